//! An import of pkg_resources.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, Tag, rule};

rule! {
    /// setuptools 82 no longer brings `pkg_resources`: a setup.py that imports it fails wherever the newest setuptools builds,
    /// which is what pip does for projects without a `[build-system]` table.
    ///
    /// ```python bad
    /// import pkg_resources
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// try:
    ///     import pkg_resources
    /// except ImportError:
    ///     pkg_resources = None
    /// setup(name="demo", version="1.0")
    /// ```
    "pkg-resources-import", Warning, "an import of pkg_resources, which setuptools no longer brings",
    tags: &[Tag::Deprecated],
    timeline: Timeline {
        deprecated_in: setuptools("67.5.0", "2023-03-05"),
        removed_in: setuptools("82.0.0", "2026-02-08"),
        due: None,
    },
    sources: &["setuptools change log: 67.5.0, 82.0.0"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let gone = RULE.timeline.is_removed_from_setuptools(&cx.settings.setuptools());
    let imports = script.imports().into_iter().filter(|import| {
        import.module.split('.').next() == Some("pkg_resources")
            && !import.seen.guarded
            && !import.seen.nested
    });
    let told = imports.map(|import| {
        Diagnostic::new(&CODE, import.span, "setuptools 82 and later have no `pkg_resources`")
            .severity(if gone { Severity::Error } else { Severity::Warning })
            .help("use `importlib.metadata`, or the `packaging` project for versions and requirements")
    });
    told.collect()
}

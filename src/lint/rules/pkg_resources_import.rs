//! An import of pkg_resources.

use crate::diagnostic::Diagnostic;
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, Tag, rule};

rule! {
    /// setuptools 82 has no pkg_resources any more, so setup.py fails at the import.
    ///
    /// ```python bad
    /// import pkg_resources
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    "pkg-resources-import", Warning, "an import of pkg_resources, which setuptools no longer has",
    tags: &[Tag::Deprecated],
    timeline: Timeline {
            deprecated_in: setuptools("67.5.0", "2023-03-05"),
            removed_in: setuptools("82.0.0", "2026-02-08"),
            due: None,
        },
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let imports = script.imports();
    let told = imports.iter().filter(|import| !import.seen.guarded && !import.seen.nested);
    let found = told.filter(|import| is_one(import.module)).map(|import| {
        let message = format!("setuptools no longer has `{}`", import.module);
        Diagnostic::new(&CODE, import.span, message).help("use `importlib.metadata` and `importlib.resources`, or `packaging` for versions and requirements")
    });
    found.collect()
}

fn is_one(module: &str) -> bool {
    module == "pkg_resources" || module.starts_with("pkg_resources.")
}

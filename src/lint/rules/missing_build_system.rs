//! A project that does not say what builds it.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// Without a `[build-system]` table in pyproject.toml, pip builds with whatever setuptools is the newest on that day: a release that
    /// drops something breaks every old version of the project.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```text good
    /// # file: pyproject.toml
    /// [build-system]
    /// requires = ["setuptools>=61"]
    /// build-backend = "setuptools.build_meta"
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "missing-build-system", Info, "a project without a `[build-system]` table",
    profile: Profile::Pedantic,
    sources: &["PEP 518"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let declared = cx.pyproject.as_ref().is_some_and(|(_, table)| table.get("build-system").is_some());
    let (false, Some((_, call))) = (declared, cx.call()) else { return Vec::new() };
    vec![
        Diagnostic::new(&CODE, call.span, "nothing says which setuptools builds this project")
            .help("add a pyproject.toml with `[build-system]`, `requires = [\"setuptools\"]` and `build-backend = \"setuptools.build_meta\"`"),
    ]
}

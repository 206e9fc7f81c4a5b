//! An import of pip.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// pip has no interface for programs: what is imported from it has moved several times (pip 10, 19, 20), and the environment of a build has no pip at all.
    ///
    /// ```python bad
    /// from pip.req import parse_requirements
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    "pip-internals", Error, "an import of pip, which a clean build does not have",
    sources: &["PEP 517: build environment"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let imports = script.imports();
    let told = imports.iter().filter(|import| !import.seen.guarded && !import.seen.nested);
    let found = told.filter(|import| is_one(import.module)).map(|import| {
        let message = format!("`{}` is not there in a clean build environment", import.module);
        Diagnostic::new(&CODE, import.span, message)
            .help("write the dependencies into setup.py, or read the file's lines yourself")
    });
    found.collect()
}

fn is_one(module: &str) -> bool {
    module == "pip" || module.starts_with("pip.")
}

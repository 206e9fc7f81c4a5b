//! An import of ez_setup.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Tag, rule};

rule! {
    /// `ez_setup` and `distribute_setup` fetch and run a setuptools of ten years ago. pip brings setuptools itself.
    ///
    /// ```python bad
    /// from ez_setup import use_setuptools
    /// use_setuptools()
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    "ez-setup", Warning, "an import of ez_setup, which downloads an old setuptools",
    tags: &[Tag::Unnecessary],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let imports = script.imports();
    let told = imports.iter().filter(|import| !import.seen.guarded && !import.seen.nested);
    let found = told.filter(|import| is_one(import.module)).map(|import| {
        let message = format!("`{}` downloads and runs an old setuptools", import.module);
        Diagnostic::new(&CODE, import.span, message).help("take the import and its call out")
    });
    found.collect()
}

fn is_one(module: &str) -> bool {
    module == "ez_setup" || module == "distribute_setup"
}

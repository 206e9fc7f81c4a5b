//! A project without a version.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// Nothing says the project's version, so setuptools builds it as `0.0.0`.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "missing-version", Error, "a project without a version, which builds as 0.0.0",
    sources: &["core metadata: Version"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((_, call)) = cx.call() else { return Vec::new() };
    // A file that cannot be read may well give it.
    if cx.config.is_none() && cx.tree.is_file("setup.cfg") {
        return Vec::new();
    }
    let given = match cx.metadata().text("version") {
        Ok(text) => text.is_some_and(|text| !text.is_empty()),
        Err(_) => true,
    };
    if given || call.more.is_some() {
        return Vec::new();
    }
    let message = "nothing gives the project a version: it is built as `0.0.0`";
    vec![Diagnostic::new(&CODE, call.span, message).help("pass `version=` to `setup()`")]
}

//! A project without a name.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// Nothing says the project's name, so setuptools builds it as `UNKNOWN`.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "missing-name", Error, "a project without a name, which builds as UNKNOWN",
    sources: &["core metadata: Name"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((_, call)) = cx.call() else { return Vec::new() };
    // A file that cannot be read may well give it.
    if cx.config.is_none() && cx.tree.is_file("setup.cfg") {
        return Vec::new();
    }
    let given = match cx.metadata().text("name") {
        Ok(text) => text.is_some_and(|text| !text.is_empty()),
        Err(_) => true,
    };
    if given
        || call.more.is_some()
        || cx.preview().layout.as_ref().is_some_and(|layout| layout.name(&cx.tree).is_some())
    {
        return Vec::new();
    }
    let message = "nothing gives the project a name: it is built as `UNKNOWN`";
    vec![Diagnostic::new(&CODE, call.span, message).help("pass `name=` to `setup()`")]
}

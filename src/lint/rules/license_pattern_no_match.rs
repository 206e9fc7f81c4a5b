//! A licence pattern that matches nothing.

use crate::diagnostic::Diagnostic;
use crate::lint::timeline::Timeline;
use crate::lint::{Context, rule};
use crate::project::glob::{Hidden, convert};

rule! {
    /// setuptools warns, and means to stop at it after 2027-02-18.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], license_files=["LICENCE.txt"])
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], license_files=["LICENSE"])
    /// # file: LICENSE
    /// text
    /// ```
    "license-pattern-no-match", Warning, "a pattern of `license_files` that no file matches",
    timeline: Timeline {
            deprecated_in: None,
            removed_in: None,
            due: Some("2027-02-18"),
        },
    sources: &["PEP 639"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in cx.items("license_files") {
        if cx.tree.glob(&convert(&item.text), Hidden::Skip, true).is_empty() {
            let message = format!("no file matches `{}`", item.text);
            found.push(Diagnostic::new(&CODE, item.span, message).help("name a file that is in the project"));
        }
    }
    found
}

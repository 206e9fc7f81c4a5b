//! Patterns for licence files that match nothing.

use crate::diagnostic::Diagnostic;
use crate::lint::timeline::Timeline;
use crate::lint::{Context, rule};
use crate::project::glob::Hidden;

rule! {
    /// A pattern of `license_files` that matches no file means that a licence was moved or renamed, and is now left out. setuptools warns,
    /// and will refuse.
    ///
    /// ```ini bad
    /// [metadata]
    /// license_files = LICENCE.txt
    /// ```
    /// ```text good
    /// # file: setup.cfg
    /// [metadata]
    /// license_files = LICENCE.txt
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// # file: LICENCE.txt
    /// As you like
    /// ```
    "license-pattern-without-match", Warning, "a licence pattern that matches no file",
    timeline: Timeline { deprecated_in: None, removed_in: None, due: Some("2027-02-18") },
    sources: &["PEP 639: license-files"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in cx.items("license_files") {
        if cx.tree.glob(&item.text, Hidden::Match, true).is_empty() && !item.text.contains("..") {
            let message = format!("no file matches `{}`", item.text);
            found.push(
                Diagnostic::new(&CODE, item.span, message)
                    .help("name the licence's file as it is called now"),
            );
        }
    }
    found
}

//! `classifiers` that is one text instead of a list.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::eval::outcome::View;
use crate::lint::{Context, rule};

rule! {
    /// setuptools takes a text for a list of its characters, and writes one `Classifier:` for each of them into the metadata;
    /// the index then refuses the upload.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", classifiers="Programming Language :: Python")
    /// ```
    /// ```python fixed
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", classifiers=["Programming Language :: Python"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", classifiers="""\
    /// Programming Language :: Python
    /// Topic :: Utilities
    /// """.splitlines())
    /// ```
    "classifiers-is-string", Error, "`classifiers` is one text, of which each character becomes a classifier",
    sources: &["core metadata: Classifier (multiple use)"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((View::Text(text), span)) = cx.view("classifiers") else { return Vec::new() };
    let count = text.chars().count();
    let message = format!("`classifiers` is a text, so each of its {count} characters becomes a classifier");
    let mut diagnostic =
        Diagnostic::new(&CODE, span, message).here("a list is wanted here").help("write a list of texts");
    let written = cx.argument("classifiers").map(|argument| &argument.value);
    if let (Some(value), Some(script)) = (written, &cx.script) {
        let place = script.span(value);
        let source = cx.sources.slice(place);
        let (title, replacement) = if text.trim().contains('\n') {
            ("make a list of its lines", format!("[line for line in {source}.splitlines() if line]"))
        } else {
            ("put it into a list", format!("[{source}]"))
        };
        diagnostic = diagnostic.fix(Fix::safe(title, vec![Edit::new(place, replacement)]));
    }
    vec![diagnostic]
}

//! A label of `project_urls` that is too long.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// The core metadata specification gives a label 32 characters; the index refuses longer ones.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", project_urls={"The place where the bugs are reported": "https://example.org"})
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", project_urls={"Issues": "https://example.org"})
    /// ```
    "label-too-long", Error, "a label of `project_urls` that is too long",
    sources: &["core metadata: Project-URL"],
}

/// Of the specification, in characters.
const LIMIT: usize = 32;

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(origin) = cx.metadata().origin("project_urls") else { return Vec::new() };
    let mut found = Vec::new();
    for (label, _) in cx.metadata().text_map("project_urls").unwrap_or_default() {
        let length = label.chars().count();
        if length > LIMIT {
            let span = cx.find_text("project_urls", label).map_or(origin, |item| item.span);
            let message = format!("the label `{label}` has {length} characters, and may have {LIMIT}");
            found.push(Diagnostic::new(&CODE, span, message).help("shorten it"));
        }
    }
    found
}

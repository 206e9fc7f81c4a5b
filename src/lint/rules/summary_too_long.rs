//! A description that the index refuses.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// `description` becomes the summary, of which the index takes 512 characters.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", description="long " * 200)
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "summary-too-long", Error, "a description that the package index refuses",
}

/// What the index takes, in characters.
const LIMIT: usize = 512;

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((text, span)) = cx.text("description") else { return Vec::new() };
    let length = text.chars().count();
    if length <= LIMIT {
        return Vec::new();
    }
    let message = format!("`description` has {length} characters, and the index takes {LIMIT}");
    vec![
        cx.with_trail(Diagnostic::new(&CODE, span, message), "description")
            .help("move some of it to `long_description`"),
    ]
}

//! Keywords separated by line breaks.

use crate::diagnostic::Diagnostic;
use crate::eval::outcome::View;
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, Tag, rule};

rule! {
    /// `keywords` and `platforms` given as one text are separated by commas. setuptools takes line breaks too since 84.0.0, with a warning; before that they were part of the words.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", keywords="one\ntwo")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", keywords="one, two")
    /// ```
    "newline-separated", Warning, "keywords or platforms that are separated by line breaks",
    tags: &[Tag::Deprecated],
    timeline: Timeline {
            deprecated_in: setuptools("84.0.0", "2026-08-08"),
            removed_in: None,
            due: None,
        },
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for name in ["keywords", "platforms"] {
        if let Some((View::Text(text), span)) = cx.view(name)
            && text.trim().contains('\n')
        {
            let message = format!("`{name}` is separated by line breaks");
            found.push(
                Diagnostic::new(&CODE, span, message).help("separate the words by commas, or write a list"),
            );
        }
    }
    found
}

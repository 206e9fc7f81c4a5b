//! A name that no project can have.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::Name;

rule! {
    /// A name has ASCII letters, digits, `.`, `_` and `-`, and starts and ends with a letter or digit. setuptools replaces other characters in some places and not in others, and the index refuses the upload.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo project", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "name-not-valid", Error, "a name that no project can have",
    sources: &["PEP 508: names"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((name, origin)) = cx.text("name") else { return Vec::new() };
    if name.is_empty() || name.parse::<Name>().is_ok() {
        return Vec::new();
    }
    let span = cx.find_text("name", name).map_or(origin, |item| item.span);
    let message = format!("`{}` is no name that a project can have", name.escape_debug());
    vec![
        cx.with_trail(Diagnostic::new(&CODE, span, message), "name")
            .help("use letters, digits, `.`, `_` and `-`, with a letter or digit at both ends"),
    ]
}

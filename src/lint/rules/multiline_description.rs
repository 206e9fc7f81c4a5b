//! A description of several lines.

use crate::diagnostic::Diagnostic;
use crate::eval::outcome::View;
use crate::lint::{Context, rule};

rule! {
    /// `description` is one line of the metadata: setuptools takes the first line and warns. What is longer belongs into `long_description`.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", description="one\ntwo")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", description="one")
    /// ```
    "multiline-description", Warning, "a description of several lines, of which one is taken",
    sources: &["core metadata: Summary"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((text, span)) = given(cx) else { return Vec::new() };
    if !text.trim_end().contains('\n') {
        return Vec::new();
    }
    let diagnostic = Diagnostic::new(&CODE, span, "only the first line of `description` is taken");
    vec![diagnostic.help("put the rest into `long_description`")]
}

/// As it is written, before setuptools takes the first line.
fn given(cx: &Context<'_>) -> Option<(String, crate::text::Span)> {
    if let Some((View::Text(text), span)) = cx.view("description") {
        return Some((text, span));
    }
    let setting = cx.config.as_ref()?.setting("metadata", "description")?;
    Some((setting.value.clone(), setting.name_span()))
}

//! A description in one markup that says it is in another.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::project::Field;

rule! {
    /// The index renders the description as its content type says. Markdown rendered as reStructuredText is refused or unreadable, and
    /// the other way round too.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     long_description=open("README.rst").read(),
    ///     long_description_content_type="text/markdown",
    /// )
    /// # file: README.rst
    /// Demo
    /// ====
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     long_description=open("README.rst").read(),
    ///     long_description_content_type="text/x-rst",
    /// )
    /// # file: README.rst
    /// Demo
    /// ====
    /// ```
    "content-type-mismatch", Warning, "a content type that is not that of the file",
    sources: &["core metadata: Description-Content-Type"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((declared, span)) = cx.text("long_description_content_type") else { return Vec::new() };
    let Some(Field::Known { trail, .. }) = cx.metadata().get("long_description") else { return Vec::new() };
    let kind = declared.split(';').next().unwrap_or(declared).trim();
    let wrong = trail.iter().find_map(|place| {
        let path = cx.sources.path(place.span.file);
        let real = match path.to_lowercase().rsplit('.').next() {
            Some("md" | "markdown") => "text/markdown",
            Some("rst") => "text/x-rst",
            _ => return None,
        };
        (["text/markdown", "text/x-rst"].contains(&kind) && kind != real).then(|| (path.to_owned(), real))
    });
    let told = wrong.map(|(path, real)| {
        Diagnostic::new(&CODE, span, format!("`{path}` is `{real}`, and this says `{kind}`"))
            .help(format!("write `{real}`"))
    });
    told.into_iter().collect()
}

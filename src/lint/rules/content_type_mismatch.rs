//! A content type that is not that of the file.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, rule};

rule! {
    /// The index renders the long description by its content type; reStructuredText shown as Markdown is unreadable, and the other way round the upload is refused.
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
    let (Some((text, from)), Some((kind, span))) =
        (cx.text("long_description"), cx.text("long_description_content_type"))
    else {
        return Vec::new();
    };
    let kind = kind.split(';').next().unwrap_or("").trim();
    let wanted = |path: &str| match path.rsplit_once('.').map(|(_, suffix)| suffix.to_lowercase()).as_deref()
    {
        Some("md" | "markdown") => Some("text/markdown"),
        Some("rst") => Some("text/x-rst"),
        _ => None,
    };
    let Some(evaluation) = cx.evaluation() else { return Vec::new() };
    let read: Vec<&String> = evaluation
        .outcome
        .files_read
        .iter()
        .filter(|path| {
            let content = String::from_utf8_lossy(&cx.system.read(path).unwrap_or_default()).into_owned();
            !content.trim().is_empty()
                && text.replace("\r\n", "\n").trim() == content.replace("\r\n", "\n").trim()
        })
        .collect();
    let [path] = read[..] else { return Vec::new() };
    let Some(wanted) = wanted(path).filter(|wanted| *wanted != kind) else { return Vec::new() };
    let message = format!("the long description is `{path}`, and its content type `{kind}`");
    let diagnostic = Diagnostic::new(&CODE, span, message).label(from, "the text comes from here");
    let diagnostic = diagnostic.help(format!("write `{wanted}`"));
    let item = cx.find_text("long_description_content_type", kind).filter(|item| item.exact);
    vec![match item {
        Some(item) => {
            diagnostic.fix(Fix::risky(format!("write `{wanted}`"), vec![Edit::new(item.span, wanted)]))
        }
        None => diagnostic,
    }]
}

//! A long description in Markdown that is not said to be.

use crate::diagnostic::{Diagnostic, Fix};
use crate::lint::{Context, rule};

rule! {
    /// Without `long_description_content_type` the index takes the text for reStructuredText, and shows Markdown as it stands.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", long_description=open("README.md").read())
    /// # file: README.md
    /// # Demo
    /// ```
    /// ```text fixed
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", long_description=open("README.md").read(), long_description_content_type="text/markdown")
    /// # file: README.md
    /// # Demo
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     long_description=open("README.md").read(),
    ///     long_description_content_type="text/markdown",
    /// )
    /// # file: README.md
    /// # Demo
    /// ```
    "missing-content-type", Warning, "a long description in Markdown that is not said to be",
    sources: &["core metadata: Description-Content-Type"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let metadata = cx.metadata();
    let Some((text, origin)) = cx.text("long_description") else { return Vec::new() };
    if metadata.get("long_description_content_type").is_some() || text.is_empty() {
        return Vec::new();
    }
    let Some(path) = read_from(cx, text) else { return Vec::new() };
    let message = format!("the long description is `{path}`, but nothing says that it is Markdown");
    let add = "long_description_content_type=\"text/markdown\"";
    let diagnostic = cx.with_trail(Diagnostic::new(&CODE, origin, message), "long_description");
    let diagnostic = diagnostic.help(format!("add `{add}`"));
    let in_script = cx.sources.path(origin.file) == "setup.py";
    vec![match cx.with_argument(add).filter(|_| in_script) {
        Some(edits) => diagnostic.fix(Fix::safe(format!("add `{add}`"), edits)),
        None => diagnostic,
    }]
}

/// The Markdown file whose text begins the description, when setup.py read it.
fn read_from(cx: &Context<'_>, text: &str) -> Option<String> {
    let read = cx.evaluation()?.outcome.files_read.iter();
    let mut markdown = read.filter(|path| path.to_lowercase().ends_with(".md"));
    markdown
        .find(|path| {
            let content = cx.system.read(path).unwrap_or_default();
            let content = String::from_utf8_lossy(&content).replace("\r\n", "\n");
            let start: String = content.trim().chars().take(200).collect();
            !start.is_empty() && text.replace("\r\n", "\n").trim_start().starts_with(&start)
        })
        .cloned()
}

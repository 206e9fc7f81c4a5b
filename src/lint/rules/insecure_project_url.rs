//! Addresses of the project that are not encrypted.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, Profile, rule};
use crate::text::Span;

rule! {
    /// The index shows these addresses as links. Nearly every site answers `https://` today, and browsers warn of those that do not.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", url="http://example.test/demo")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", url="https://example.test/demo")
    /// ```
    /// ```python fixed
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", url="https://example.test/demo")
    /// ```
    "insecure-project-url", Info, "an address of the project with `http://`",
    profile: Profile::Pedantic,
    sources: &["core metadata: Home-page, Project-URL"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for field in ["url", "download_url"] {
        let Some((text, origin)) = cx.text(field).filter(|(text, _)| text.starts_with("http://")) else {
            continue;
        };
        let item = cx.find_text(field, text);
        let span = item.as_ref().map_or(origin, |item| item.span);
        let mut diagnostic =
            Diagnostic::new(&CODE, span, format!("`{text}` is shown as a link without encryption"))
                .help("use `https://`");
        if item.is_some_and(|item| item.exact) {
            let scheme = Span::new(span.file, span.start, span.start + "http".len() as u32);
            diagnostic = diagnostic.fix(Fix::risky("use `https://`", vec![Edit::new(scheme, "https")]));
        }
        found.push(diagnostic);
    }
    found
}

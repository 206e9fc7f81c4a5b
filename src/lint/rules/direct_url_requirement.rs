//! Requirements of a published project that name an address instead of a version.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::Requirement;
use crate::text::Span;

rule! {
    /// The public index refuses uploads whose requirements name a URL, and whoever installs the project depends on that
    /// server for ever. In requirements files, which nobody uploads, they are fine.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     install_requires=["other @ https://files.example.test/other-1.0.tar.gz"],
    /// )
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["other>=1.0"])
    /// ```
    "direct-url-requirement", Warning, "a requirement with an address, which the public index refuses",
    sources: &["PEP 440: direct references"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let told = direct_requirements(cx).into_iter().map(|(_, span)| {
        Diagnostic::new(&CODE, span, "the public index refuses projects that require an address")
            .help("require a version, and leave the address to a requirements file")
    });
    told.collect()
}

/// The addresses that the project's own requirements name.
pub(super) fn direct_requirements(cx: &Context<'_>) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    for item in cx.items("install_requires") {
        if let Ok(Requirement { url: Some(url), .. }) = item.text.parse() {
            found.push((url, item.span));
        }
    }
    let extras = cx.metadata().list_map("extras_require").unwrap_or_default();
    for text in extras.iter().flat_map(|(_, texts)| texts) {
        if let (Ok(Requirement { url: Some(url), .. }), Some(item)) =
            (text.parse(), cx.find_text("extras_require", text))
        {
            found.push((url, item.span));
        }
    }
    found
}

//! A link without https.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// The links that the index shows should not send people over a connection that anybody can change.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", url="http://example.org/demo")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", url="https://example.org/demo")
    /// ```
    "insecure-url", Info, "a link of the project without https",
    profile: Profile::Pedantic,
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for field in ["url", "download_url"] {
        if let Some((text, origin)) = cx.text(field).filter(|(text, _)| text.starts_with("http://")) {
            let span = cx.find_text(field, text).map_or(origin, |item| item.span);
            let message = format!("`{field}` is no https address");
            found.push(
                Diagnostic::new(&CODE, span, message).help("write `https://`, if the site answers there"),
            );
        }
    }
    found
}

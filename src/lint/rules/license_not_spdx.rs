//! A licence that is no SPDX expression.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::packaging::license;

rule! {
    /// PEP 639 wants licences as SPDX expressions, which programs can read; `license` may be any text.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", license="Apache 2.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", license="Apache-2.0")
    /// ```
    "license-not-spdx", Info, "a licence that is no SPDX expression",
    profile: Profile::Pedantic,
    sources: &["PEP 639", "SPDX license list"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((text, origin)) = cx.text("license") else { return Vec::new() };
    if text.trim().is_empty() || text.lines().count() > 1 || license::canonical(text).is_ok() {
        return Vec::new();
    }
    let span = cx.find_text("license", text).map_or(origin, |item| item.span);
    let message = format!("`{text}` is no SPDX expression");
    vec![
        Diagnostic::new(&CODE, span, message)
            .help("write an identifier of the SPDX list, such as `MIT` or `Apache-2.0`"),
    ]
}

//! A project without a home page.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// Nobody who finds the project on the index can tell where to report a bug.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", url="https://example.org")
    /// ```
    "missing-url", Info, "a project without a home page",
    profile: Profile::Pedantic,
    sources: &["pyroma: URL"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((_, call)) = cx.call().filter(|(_, call)| call.more.is_none()) else { return Vec::new() };
    if cx.metadata().get("url").is_some() || cx.metadata().get("project_urls").is_some() {
        return Vec::new();
    }
    vec![
        Diagnostic::new(&CODE, call.span, "the project says no address")
            .help("add `url=` or `project_urls=`"),
    ]
}

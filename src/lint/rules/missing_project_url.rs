//! A project without an address.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::project::FieldValue;

rule! {
    /// People who find the project on the index look for its source, its documentation and a place to report what is broken.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", project_urls={"Source": "https://example.test/demo"})
    /// ```
    "missing-project-url", Info, "a project without `url` and `project_urls`",
    profile: Profile::Pedantic,
    sources: &["core metadata: Project-URL"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((_, call)) = cx.call() else { return Vec::new() };
    let unset = |field| matches!(cx.metadata().text(field), Ok(None | Some("")));
    let no_urls = match cx.metadata().known("project_urls") {
        Ok(None) => true,
        Ok(Some((FieldValue::TextMap(urls), _))) => urls.is_empty(),
        _ => false,
    };
    if !(unset("url") && no_urls) {
        return Vec::new();
    }
    vec![
        Diagnostic::new(&CODE, call.span, "the project names no address")
            .help("give `url`, or `project_urls` with `Source`, `Documentation` and `Issues`"),
    ]
}

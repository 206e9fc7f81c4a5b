//! `dependency_links`.

use crate::diagnostic::{Diagnostic, Fix};
use crate::lint::timeline::{Timeline, pip};
use crate::lint::{Context, Tag, rule};

rule! {
    /// pip looks at no links since 19.0: what only a link leads to is not found.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     dependency_links=["https://example.org/flask-1.0.zip"],
    /// )
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["flask==1.0"])
    /// ```
    "dependency-links", Warning, "`dependency_links`, which pip ignores",
    tags: &[Tag::Unnecessary],
    timeline: Timeline {
            deprecated_in: None,
            removed_in: pip("19.0", "2019-01-22"),
            due: None,
        },
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(origin) = cx.metadata().origin("dependency_links") else { return Vec::new() };
    if cx.list("dependency_links").is_empty() {
        return Vec::new();
    }
    let diagnostic = Diagnostic::new(&CODE, origin, "pip does not look at `dependency_links`");
    let diagnostic =
        diagnostic.help("require `name @ url` where no index has the project, and drop the links");
    vec![match cx.without_field("options", "dependency_links") {
        Some(edits) => diagnostic.fix(Fix::risky("take it out", edits)),
        None => diagnostic,
    }]
}

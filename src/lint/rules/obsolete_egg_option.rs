//! An argument that only eggs had a use for.

use crate::diagnostic::{Diagnostic, Fix};
use crate::lint::{Context, Profile, Tag, rule};

rule! {
    /// Eggs are gone: `zip_safe`, `eager_resources` and `features` change nothing in a wheel that anybody reads.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     zip_safe=False,
    /// )
    /// ```
    /// ```python fixed
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    /// )
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "obsolete-egg-option", Info, "an argument that only eggs had a use for",
    profile: Profile::Pedantic,
    tags: &[Tag::Unnecessary],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for name in ["zip_safe", "eager_resources", "features"] {
        let written = cx.keyword(name).map(|(_, span)| span);
        let Some(span) = cx.set_at(name).or(written) else { continue };
        let diagnostic =
            Diagnostic::new(&CODE, span, format!("`{name}` is for eggs, which are gone")).help("take it out");
        found.push(match cx.without_field("options", name) {
            Some(edits) => diagnostic.fix(Fix::safe("take it out", edits)),
            None => diagnostic,
        });
    }
    found
}

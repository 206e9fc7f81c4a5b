//! A licence that is said by a classifier.

use crate::diagnostic::Diagnostic;
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, Profile, Tag, rule};

rule! {
    /// PEP 639 replaced the `License ::` classifiers by `license_expression`, which says exactly which licence is meant. setuptools 77 warns of them, and refuses them beside an expression.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", classifiers=["License :: OSI Approved :: MIT License"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", license_expression="MIT")
    /// ```
    "license-classifier", Info, "a licence that is said by a classifier",
    profile: Profile::Pedantic,
    tags: &[Tag::Deprecated],
    timeline: Timeline {
            deprecated_in: setuptools("77.0.0", "2025-03-19"),
            removed_in: None,
            due: None,
        },
    sources: &["PEP 639"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let items = cx.items("classifiers").into_iter().filter(|item| item.text.starts_with("License ::"));
    let found = items.map(|item| {
        let message = format!("`{}` says the licence in a way that PEP 639 replaced", item.text);
        Diagnostic::new(&CODE, item.span, message)
            .help("say it with `license_expression`, once setuptools 77 is required")
    });
    found.collect()
}

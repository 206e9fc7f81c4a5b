//! A wheel tagged for Python 2 for nothing.

use crate::diagnostic::{Diagnostic, Fix};
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, rule};
use crate::packaging::{Python, specifiers};

rule! {
    /// `universal` puts `py2` into the wheel's name, and `python_requires` shuts Python 2 out.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], python_requires=">=3.6")
    /// # file: setup.cfg
    /// [bdist_wheel]
    /// universal = 1
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], python_requires=">=3.6")
    /// # file: setup.cfg
    /// [metadata]
    /// license = MIT
    /// ```
    "universal-wheel", Warning, "a wheel tagged for Python 2 that pip will not install there",
    timeline: Timeline {
            deprecated_in: setuptools("75.1.0", "2024-09-16"),
            removed_in: None,
            due: Some("2025-08-30"),
        },
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let metadata = cx.metadata();
    if metadata.flag("universal") != Ok(Some(true)) {
        return Vec::new();
    }
    let (Some((requires, limit)), Some(origin)) = (cx.text("python_requires"), metadata.origin("universal"))
    else {
        return Vec::new();
    };
    let Ok(specifiers) = specifiers::parse(requires) else { return Vec::new() };
    if specifiers::admits_python(&specifiers, Python::new(2, 7)) {
        return Vec::new();
    }
    let message = "the wheel is tagged for Python 2, which `python_requires` shuts out";
    let diagnostic =
        Diagnostic::new(&CODE, origin, message).label(limit, "shut out here").help("take `universal` out");
    let edits = ["bdist_wheel", "wheel"].iter().find_map(|section| cx.without_setting(section, "universal"));
    vec![match edits {
        Some(edits) if cx.sources.path(origin.file) == "setup.cfg" => {
            diagnostic.fix(Fix::risky("take it out", edits))
        }
        _ => diagnostic,
    }]
}

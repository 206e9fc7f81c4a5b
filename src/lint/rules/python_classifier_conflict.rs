//! Classifiers that name Pythons which `python_requires` excludes.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::Python;
use crate::packaging::specifiers::{admits_python, parse};

rule! {
    /// People read the classifiers, pip reads `python_requires`. When they differ, the index shows support that nobody can install.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     python_requires=">=3.8",
    ///     classifiers=["Programming Language :: Python :: 2.7", "Programming Language :: Python :: 3.8"],
    /// )
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     python_requires=">=3.8",
    ///     classifiers=["Programming Language :: Python :: 3.8"],
    /// )
    /// ```
    "python-classifier-conflict", Warning, "a classifier for a Python that `python_requires` excludes",
    sources: &["core metadata: Requires-Python, Classifier"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((text, origin)) = cx.text("python_requires") else { return Vec::new() };
    let Ok(specifiers) = parse(text) else { return Vec::new() };
    let mut found = Vec::new();
    for item in cx.items("classifiers") {
        let Some(version) = item.text.strip_prefix("Programming Language :: Python :: ") else { continue };
        let Some(python) = version
            .split_once('.')
            .and_then(|(major, minor)| Some(Python::new(major.parse().ok()?, minor.parse().ok()?)))
        else {
            continue;
        };
        // Only Pythons that spx knows the releases of.
        if Python::ALL.contains(&python) && !admits_python(&specifiers, python) {
            found.push(
                Diagnostic::new(&CODE, item.span, format!("`python_requires` excludes Python {version}"))
                    .label(origin, format!("`{text}`"))
                    .help("remove the classifier, or allow that Python"),
            );
        }
    }
    found
}

//! `namespace_packages`.

use crate::diagnostic::Diagnostic;
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, Tag, rule};

rule! {
    /// Packages that share a namespace need nothing since Python 3.3 (PEP 420). The old way needs pkg_resources, which setuptools no longer has.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo.a", version="1.0", packages=["demo", "demo.a"], namespace_packages=["demo"])
    /// # file: demo/__init__.py
    /// __import__("pkg_resources").declare_namespace(__name__)
    /// # file: demo/a/__init__.py
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo.a", version="1.0", packages=["demo.a"])
    /// # file: demo/a/__init__.py
    /// ```
    "namespace-packages", Warning, "`namespace_packages`, which needs pkg_resources",
    tags: &[Tag::Deprecated],
    timeline: Timeline {
            deprecated_in: setuptools("62.3.0", "2022-05-16"),
            removed_in: None,
            due: None,
        },
    sources: &["PEP 420"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(origin) = cx.metadata().origin("namespace_packages") else { return Vec::new() };
    if cx.list("namespace_packages").is_empty() {
        return Vec::new();
    }
    let message = "`namespace_packages` needs pkg_resources, which setuptools no longer has";
    let help = "take it out with the namespace's `__init__.py`, as PEP 420 has it; all packages of the namespace must do so together";
    vec![Diagnostic::new(&CODE, origin, message).help(help)]
}

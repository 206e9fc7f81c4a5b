//! Namespace packages by `namespace_packages`.

use crate::diagnostic::Diagnostic;
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, Tag, rule};

rule! {
    /// Packages declared by `namespace_packages` need `pkg_resources` at run time, which setuptools 82 no longer brings. Python 3.3 and
    /// later make a namespace package of every directory without an `__init__.py` (PEP 420).
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo-one", version="1.0", packages=["demo", "demo.one"], namespace_packages=["demo"])
    /// # file: demo/__init__.py
    /// __import__("pkg_resources").declare_namespace(__name__)
    /// # file: demo/one/__init__.py
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup, find_namespace_packages
    ///
    /// setup(name="demo-one", version="1.0", packages=["demo.one"])
    /// # file: demo/one/__init__.py
    /// ```
    "namespace-packages", Warning, "a namespace package that needs pkg_resources",
    tags: &[Tag::Deprecated],
    timeline: Timeline { deprecated_in: setuptools("62.3.0", "2022-05-16"), removed_in: None, due: None },
    sources: &["PEP 420", "setuptools change log: 62.3.0"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let names = cx.list("namespace_packages");
    let (Some(first), Some(origin)) = (names.first(), cx.metadata().origin("namespace_packages")) else {
        return Vec::new();
    };
    vec![
        Diagnostic::new(&CODE, origin, format!("`{first}` is a namespace package of the old kind, which needs `pkg_resources`"))
            .help("remove the `__init__.py` of the namespace and this argument, in every project that shares the namespace"),
    ]
}

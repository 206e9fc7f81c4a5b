//! A package of `packages` whose directory is not there.

use crate::lint::rule;

rule! {
    /// The build stops: setuptools copies what `packages` names, and the directory is not in the project.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo", "demo.comands"])
    /// # file: demo/__init__.py
    /// # file: demo/commands/__init__.py
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo", "demo.commands"])
    /// # file: demo/__init__.py
    /// # file: demo/commands/__init__.py
    /// ```
    => codes::MISSING_PACKAGE,
    sources: &["setuptools: build_py"],
    help: "name a package that is in the project, or let `find_packages()` find them",
}

//! A package that is shipped as data.

use crate::lint::rule;

rule! {
    /// `include_package_data` takes files by MANIFEST.in, modules too, and puts them into the wheel although `packages` does not list their package. setuptools warns since 62.3 that it will stop doing so.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"], include_package_data=True)
    /// # file: MANIFEST.in
    /// graft demo
    /// # file: demo/__init__.py
    /// # file: demo/sub/a.py
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo", "demo.sub"], include_package_data=True)
    /// # file: MANIFEST.in
    /// graft demo
    /// # file: demo/__init__.py
    /// # file: demo/sub/__init__.py
    /// # file: demo/sub/a.py
    /// ```
    => codes::UNLISTED_PACKAGE,
    sources: &["setuptools 62.3.0: importable packages as data"],
    help: "list the package in `packages`; `find_namespace_packages()` finds those without `__init__.py`",
}

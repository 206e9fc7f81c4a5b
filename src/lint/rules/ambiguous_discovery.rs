//! Several top-level packages, and no `packages`.

use crate::lint::rule;

rule! {
    /// Where setup() names neither packages nor modules setuptools looks for them, and refuses to choose between several.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// # file: demo/__init__.py
    /// # file: other/__init__.py
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"])
    /// # file: demo/__init__.py
    /// # file: other/__init__.py
    /// ```
    => codes::AMBIGUOUS_DISCOVERY,
    sources: &["setuptools 61.0.0: automatic discovery"],
}

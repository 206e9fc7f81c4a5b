//! A version that PEP 440 does not allow.

use crate::lint::rule;

rule! {
    /// setuptools refuses such a version since 66.0.0, pip does not install it since 24.1, and the index does not take it.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0.banana")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    => codes::INVALID_VERSION,
    sources: &["PEP 440"],
    help: "write a version such as `1.0`, `1.0rc1` or `1.0.post1`",
}

//! A file that its grammar does not allow.

use crate::lint::rule;

rule! {
    /// Nothing can be built of it.
    ///
    /// ```python bad
    /// from setuptools import setup
    /// setup(name="demo"
    /// ```
    /// ```ini bad
    /// [metadata]
    /// name = demo
    /// name = twice
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    => codes::SYNTAX_ERROR,
    help: "correct it as the message says",
}

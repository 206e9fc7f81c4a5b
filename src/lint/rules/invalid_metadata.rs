//! A field that the metadata cannot hold.

use crate::lint::rule;

rule! {
    /// The build stops at it, or makes a file that the index refuses.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo project/two", version="1.0", author="a\nb")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    => codes::INVALID_METADATA,
    sources: &["core metadata"],
    help: "give the field a value of one line",
}

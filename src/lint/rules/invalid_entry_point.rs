//! An entry point that names no object.

use crate::lint::rule;

rule! {
    /// setuptools refuses what is not `name = module:attribute`.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", entry_points={"console_scripts": ["demo = demo/cli.py"]})
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    => codes::INVALID_ENTRY_POINT,
    sources: &["PyPA specification: entry points"],
    help: "write it as `name = module:attribute`",
}

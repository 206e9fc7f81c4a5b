//! A requirement that PEP 508 does not allow.

use crate::lint::rule;

rule! {
    /// The build stops at it, or pip does.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["flask=1.0"])
    /// ```
    /// ```requirements bad
    /// flask=1.0
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["flask==1.0; python_version < '3'"])
    /// ```
    => codes::INVALID_REQUIREMENT,
    sources: &["PEP 508"],
    help: "write it as `name[extra]>=1.0; python_version < '3.8'`",
}

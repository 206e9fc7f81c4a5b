//! A path that leads out of the project.

use crate::lint::rule;

rule! {
    /// What lies outside is not there when somebody else builds the project, and is never read by spx.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"], package_dir={"demo": "../other"})
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    => codes::OUTSIDE_PROJECT,
    help: "keep what the project needs within it",
}

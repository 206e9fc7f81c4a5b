//! A data file for an absolute directory.

use crate::lint::rule;

rule! {
    /// A wheel has no absolute paths: the file lands below site-packages instead of where it is meant to.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], data_files=[("/etc/demo", ["demo.conf"])])
    /// # file: demo.conf
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], data_files=[("etc/demo", ["demo.conf"])])
    /// # file: demo.conf
    /// ```
    => codes::ABSOLUTE_DATA_FILE,
    sources: &["PEP 427: the .data directory"],
    help: "name a directory below the environment, such as `etc/demo`, or let the program make the file when it first runs",
}

//! A file of `data_files` that is not there.

use crate::lint::rule;

rule! {
    /// The build stops when it comes to copy the file.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], data_files=[("share/demo", ["demo.txt"])])
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], data_files=[("share/demo", ["demo.txt"])])
    /// # file: demo.txt
    /// ```
    => codes::MISSING_DATA_FILE,
    sources: &["setuptools: install_data"],
    help: "name a file that is in the project",
}

//! A file of `scripts` that is not there.

use crate::lint::rule;

rule! {
    /// The build stops when it comes to copy the script.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], scripts=["bin/demo"])
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], scripts=["bin/demo"])
    /// # file: bin/demo
    /// #!/usr/bin/python
    /// ```
    => codes::MISSING_SCRIPT,
    sources: &["setuptools: build_scripts"],
    help: "name a file that is in the project; for a function, use an entry point of `console_scripts`",
}

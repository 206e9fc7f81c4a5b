//! A script that cannot be installed.

use crate::lint::rule;

rule! {
    /// setuptools stops at scripts whose first line it cannot read.
    ///
    /// ```text bad
    /// # file: setup.py
    /// # coding: utf-8
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], scripts=["run"])
    /// # file: run
    /// # -*- coding: klingon -*-
    /// #!/usr/bin/python
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], scripts=["run"])
    /// # file: run
    /// #!/usr/bin/env python
    /// print(1)
    /// ```
    => codes::INVALID_SCRIPT,
    help: "say the encoding that the file has",
}

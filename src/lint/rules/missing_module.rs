//! A module of `py_modules` that is not there.

use crate::lint::rule;

rule! {
    /// setuptools only warns and builds a wheel without the module, whose `top_level.txt` claims that it is there.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", py_modules=["demmo"])
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", py_modules=["demo"])
    /// # file: demo.py
    /// ```
    => codes::MISSING_MODULE,
    sources: &["setuptools: build_py"],
    help: "name a module that is in the project, without `.py`",
}

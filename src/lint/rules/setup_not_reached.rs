//! setup.py that never calls `setup()`.

use crate::lint::rule;

rule! {
    /// A build asks setup.py for the project by running it until it calls `setup()`. Where it ends before, by an exception, by
    /// `sys.exit()` or by its last line, pip says "No distribution was found" or worse.
    ///
    /// spx follows every path that a Python it knows could take; this is said when none of them gets there.
    ///
    /// ```python bad
    /// import sys
    /// from setuptools import setup
    ///
    /// if len(sys.argv) < 5:
    ///     sys.exit("usage: setup.py a b c d")
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    => codes::SETUP_NOT_REACHED,
    help: "let setup.py call `setup()` whatever the machine and its arguments are",
}

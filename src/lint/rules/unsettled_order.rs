//! A list that has another order from run to run.

use crate::lint::rule;

rule! {
    /// Python walks a set of texts in an order of its own in each run, so two builds of one tree differ.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// requires = {"idna", "six", "attrs"}
    /// setup(name="demo", version="1.0", install_requires=list(requires))
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// requires = {"idna", "six", "attrs"}
    /// setup(name="demo", version="1.0", install_requires=sorted(requires))
    /// ```
    => codes::UNSETTLED_ORDER,
    sources: &["Python: PYTHONHASHSEED"],
    help: "sort it: `sorted(…)`",
}

//! A comment that silences nothing.

use crate::lint::{Profile, Tag, rule, suppression};

rule! {
    /// A comment `# spx: ignore[rule]` stands where the rule finds nothing: what it silenced has been mended, or the rule's name
    /// is misspelt.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")  # spx: ignore[missing-version] comes later
    /// ```
    /// ```python fixed
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo")  # spx: ignore[missing-version] comes later
    /// ```
    of suppression::UNUSED,
    profile: Profile::Default,
    tags: &[Tag::Unnecessary],
    help: "take the comment out",
}

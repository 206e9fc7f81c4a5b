//! A setting that setuptools refuses.

use crate::lint::rule;

rule! {
    /// The build stops at it.
    ///
    /// ```ini bad
    /// [metadata]
    /// name = demo
    /// [options]
    /// zip_safe = maybe
    /// include_package_data = perhaps
    /// [options.packages.find]
    /// where = src
    /// [options.nonsense]
    /// x = 1
    /// ```
    /// ```ini good
    /// [metadata]
    /// name = demo
    /// [options]
    /// zip_safe = false
    /// ```
    => codes::INVALID_SETTING,
    sources: &["setuptools: setup.cfg"],
    help: "correct it, or take it out",
}

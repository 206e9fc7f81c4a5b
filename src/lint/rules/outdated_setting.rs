//! A setting in an outdated spelling.

use crate::lint::{Tag, rule};

rule! {
    /// setuptools 78.0 refused dashes and capitals in the names of settings and took that back a day later; it still means to.
    ///
    /// ```ini bad
    /// [metadata]
    /// name = demo
    /// author-email = a@example.org
    /// ```
    /// ```ini fixed
    /// [metadata]
    /// name = demo
    /// author_email = a@example.org
    /// ```
    /// ```ini good
    /// [metadata]
    /// name = demo
    /// [tool:other]
    /// some-key = 1
    /// ```
    => codes::OUTDATED_SETTING,
    tags: &[Tag::Deprecated],
    timeline: crate::lint::Timeline {
            deprecated_in: crate::lint::timeline::setuptools("54.1.0", "2021-03-05"),
            removed_in: None,
            due: Some("2026-03-03"),
        },
    sources: &["setuptools 78.0.2"],
}

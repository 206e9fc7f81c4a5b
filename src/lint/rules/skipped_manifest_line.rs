//! A line of MANIFEST.in that is skipped.

use crate::lint::rule;

rule! {
    /// A line whose command does not exist, or that lacks its patterns, is skipped with a warning that nobody reads, and the files are missing in the source distribution.
    ///
    /// ```manifest bad
    /// incldue README.md
    /// ```
    /// ```manifest good
    /// # comments are fine
    /// include README.md
    /// ```
    => codes::SKIPPED_MANIFEST_LINE,
    sources: &["distutils: MANIFEST.in template"],
}

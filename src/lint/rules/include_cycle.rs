//! A requirements file that includes itself.

use crate::lint::rule;

rule! {
    /// pip stops at it.
    ///
    /// ```text bad
    /// # file: requirements.txt
    /// -r more.txt
    /// # file: more.txt
    /// -r requirements.txt
    /// ```
    /// ```requirements good
    /// flask
    /// ```
    => codes::INCLUDE_CYCLE,
    sources: &["pip: requirements file format"],
    help: "take one of the `-r` lines out",
}

//! An option that a file of its kind does not have.

use crate::lint::rule;

rule! {
    /// pip stops at an option that requirements files do not have, or have no longer, such as `--install-option` (gone since pip 23.1).
    ///
    /// ```requirements bad
    /// flask --install-option=--prefix=/opt
    /// ```
    /// ```requirements good
    /// --index-url https://example.org/simple
    /// flask
    /// ```
    => codes::INVALID_OPTION,
    sources: &["pip: requirements file format"],
    help: "take the option out",
}

//! An option that has no effect where it stands.

use crate::lint::rule;

rule! {
    /// pip passes over options of the whole file that stand beside a requirement.
    ///
    /// ```requirements bad
    /// flask --pre
    /// ```
    /// ```requirements good
    /// --pre
    /// flask
    /// ```
    => codes::IGNORED_OPTION,
    sources: &["pip: requirements file format"],
    help: "put the option on a line of its own, or take it out",
}

//! A file that another one names and that is not there.

use crate::lint::rule;

rule! {
    /// setup.cfg with `file:`, and requirements files with `-r` and `-c`, name files. setuptools reads nothing where one is missing; pip stops.
    ///
    /// ```requirements bad
    /// -r base.txt
    /// ```
    /// ```text good
    /// # file: requirements.txt
    /// -r base.txt
    /// # file: base.txt
    /// flask
    /// ```
    => codes::MISSING_FILE,
    sources: &["setuptools: `file:` directive", "pip: requirements file format"],
    help: "name a file that is in the project",
}

//! An editable requirement.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// `-e` installs what lies at a path or in a repository at the time: nobody can install the same again.
    ///
    /// ```text bad
    /// # file: requirements.txt
    /// -e ./demo
    /// # file: demo/setup.py
    /// from setuptools import setup
    /// setup()
    /// ```
    /// ```requirements good
    /// demo==1.0
    /// ```
    "editable-requirement", Info, "a requirement that is installed from where it lies",
    profile: Profile::Pedantic,
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let entries = cx.requirements.iter().flat_map(|file| &file.entries).filter(|entry| entry.editable);
    let found = entries.map(|entry| {
        Diagnostic::new(&CODE, entry.span, "what is installed here changes under the same name")
            .help("require a released version")
    });
    found.collect()
}

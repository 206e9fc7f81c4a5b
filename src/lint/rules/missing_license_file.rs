//! A project whose licence nobody gets.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// Most licences ask that their text goes with every copy, and those who package the project for systems look for it. setuptools takes
    /// `LICEN[CS]E*`, `COPYING*`, `NOTICE*` and `AUTHORS*` beside setup.py by itself.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    /// ```text good
    /// # file: LICENSE
    /// Permission is hereby granted
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    "missing-license-file", Info, "a project without the text of its licence",
    profile: Profile::Pedantic,
    sources: &["PEP 639"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let preview = cx.preview();
    let (Some(_), true, Some((_, call))) = (&preview.wheel, preview.licenses.is_empty(), cx.call()) else {
        return Vec::new();
    };
    vec![
        Diagnostic::new(&CODE, call.span, "no licence text goes into the wheel")
            .help("add a file `LICENSE` beside setup.py, or name it in `license_files`"),
    ]
}

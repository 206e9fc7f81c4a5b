//! A project without a licence file.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::project::glob::Hidden;

rule! {
    /// No file has the name of a licence (`LICEN[CS]E*`, `COPYING*`, `NOTICE*`, `AUTHORS*`), so neither wheel nor source distribution tells under which terms it may be used. Distributors need the text.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// # file: LICENSE
    /// text
    /// ```
    "license-file-missing", Info, "a project without a licence file",
    profile: Profile::Pedantic,
    sources: &["PEP 639"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((_, call)) = cx.call() else { return Vec::new() };
    if cx.metadata().get("license_files").is_some() || cx.metadata().get("license_file").is_some() {
        return Vec::new();
    }
    let names = ["LICEN[CS]E*", "COPYING*", "NOTICE*", "AUTHORS*"];
    if names.iter().any(|pattern| !cx.tree.glob(pattern, Hidden::Skip, false).is_empty()) {
        return Vec::new();
    }
    vec![
        Diagnostic::new(&CODE, call.span, "no file is taken as the licence of the project")
            .help("add the licence's text as `LICENSE`"),
    ]
}

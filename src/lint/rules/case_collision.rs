//! Files that are one file where case does not count.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use std::collections::BTreeMap;

rule! {
    /// macOS and Windows keep one file for two names that differ only in case: the one that is unpacked last wins.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"])
    /// # file: demo/__init__.py
    /// # file: demo/utils.py
    /// # file: demo/Utils.py
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"])
    /// # file: demo/__init__.py
    /// # file: demo/utils.py
    /// ```
    "case-collision", Warning, "two files of the wheel whose names differ only in case",
    sources: &["PEP 427"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some(wheel), Some((_, call))) = (&cx.preview().wheel, cx.call()) else { return Vec::new() };
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for (path, _) in wheel {
        if let Some(other) = seen.insert(path.to_lowercase(), path).filter(|other| other != path) {
            let message = format!("`{other}` and `{path}` are one file on macOS and Windows");
            found.push(Diagnostic::new(&CODE, call.span, message).help("rename one of them"));
        }
    }
    found
}

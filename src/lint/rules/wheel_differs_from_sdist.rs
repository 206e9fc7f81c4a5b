//! Files that only the wheel has which is built beside the sources.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use std::collections::HashSet;

rule! {
    /// MANIFEST.in keeps a file out of the source distribution that the wheel has when it is built in the checkout. `python -m build` and
    /// whoever installs from the source distribution build the wheel from that: theirs lacks the file.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"], package_data={"demo": ["*.json"]})
    /// # file: MANIFEST.in
    /// global-exclude *.json
    /// # file: demo/__init__.py
    /// x = 1
    /// # file: demo/table.json
    /// {}
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"], package_data={"demo": ["*.json"]})
    /// # file: demo/__init__.py
    /// x = 1
    /// # file: demo/table.json
    /// {}
    /// ```
    "wheel-differs-from-sdist", Warning, "a file that the wheel has, and the one built from the source distribution has not",
    sources: &["check-wheel-contents", "PEP 517"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let preview = cx.preview();
    let (Some(wheel), Some(sdist), Some((_, lines))) = (&preview.wheel, &preview.sdist, &cx.manifest) else {
        return Vec::new();
    };
    // An unpacked source distribution has what it has.
    let (Some(first), false) = (lines.first(), cx.tree.is_file("PKG-INFO")) else { return Vec::new() };
    let taken: HashSet<&str> = sdist.iter().map(String::as_str).collect();
    let missing: Vec<&str> = wheel
        .iter()
        .map(|(_, source)| source.as_str())
        .filter(|source| !source.is_empty() && !taken.contains(source) && cx.tree.is_file(source))
        .collect();
    let Some(name) = missing.first() else { return Vec::new() };
    let (which, has) = match missing.len() {
        1 => (format!("`{name}`"), "is"),
        count => (format!("`{name}` and {} more", count - 1), "are"),
    };
    let excludes = lines.iter().find(|line| {
        let command = cx.sources.slice(line.span).split_whitespace().next().unwrap_or_default();
        command == "prune" || command.ends_with("exclude")
    });
    let message =
        format!("{which} {has} in the wheel, but not in one that is built from the source distribution");
    let help =
        "`spx sdist --list` tells what MANIFEST.in takes; keep it there, or take it out of the packages too";
    vec![Diagnostic::new(&CODE, excludes.unwrap_or(first).span, message).help(help)]
}

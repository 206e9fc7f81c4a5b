//! `wheel` among the build requirements.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, Tag, rule};

rule! {
    /// setuptools makes wheels itself since 70.1.0, and asks for `wheel` where it is older.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// # file: pyproject.toml
    /// [build-system]
    /// requires = ["setuptools", "wheel"]
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// # file: pyproject.toml
    /// [build-system]
    /// requires = ["setuptools"]
    /// ```
    "needless-wheel-requirement", Info, "`wheel` among the build requirements, where setuptools needs it no more",
    profile: Profile::Pedantic,
    tags: &[Tag::Unnecessary],
    sources: &["setuptools 70.1.0 (2024-06-19)"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((_, table)) = &cx.pyproject else { return Vec::new() };
    let items =
        table.table("build-system").and_then(|table| table.get("requires")?.list()).unwrap_or_default();
    let found = items
        .iter()
        .filter(|item| item.text() == Some("wheel"))
        .map(|item| Diagnostic::new(&CODE, item.span, "setuptools needs no `wheel`").help("take it out"));
    found.collect()
}

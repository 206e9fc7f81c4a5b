//! A project without `[build-system]`.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// Without it pip builds with the newest setuptools, whatever that has dropped, and with nothing else.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// # file: pyproject.toml
    /// [build-system]
    /// requires = ["setuptools"]
    /// build-backend = "setuptools.build_meta"
    /// ```
    "missing-build-system", Info, "a project without `[build-system]`",
    profile: Profile::Pedantic,
    sources: &["PEP 518", "PEP 517"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((_, call)) = cx.call() else { return Vec::new() };
    if cx.pyproject.as_ref().is_some_and(|(_, table)| table.table("build-system").is_some()) {
        return Vec::new();
    }
    let help = "write pyproject.toml with `[build-system]`, `requires = [\"setuptools\"]` and `build-backend = \"setuptools.build_meta\"`";
    vec![Diagnostic::new(&CODE, call.span, "nothing says what builds the project").help(help)]
}

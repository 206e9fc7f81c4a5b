//! `setup_requires`.

use crate::diagnostic::Diagnostic;
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, Tag, rule};

rule! {
    /// What setup.py needs to run cannot be told by running it: pip reads `requires` of `[build-system]` in pyproject.toml, and setuptools means to drop `setup_requires`.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", setup_requires=["cython"])
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// # file: pyproject.toml
    /// [build-system]
    /// requires = ["setuptools", "cython"]
    /// ```
    "setup-requires", Warning, "`setup_requires`, which is on its way out",
    tags: &[Tag::Deprecated],
    timeline: Timeline {
            deprecated_in: setuptools("58.3.0", "2021-10-18"),
            removed_in: None,
            due: Some("2025-10-31"),
        },
    sources: &["PEP 518"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(origin) = cx.set_at("setup_requires") else { return Vec::new() };
    let names = cx.list("setup_requires");
    if names.is_empty() && cx.metadata().known("setup_requires").is_ok() {
        return Vec::new();
    }
    let wanted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let wanted = ["\"setuptools\"".to_owned()].into_iter().chain(wanted).collect::<Vec<_>>().join(", ");
    let message = "`setup_requires` is on its way out";
    let help = format!("write it into pyproject.toml: `[build-system]`, `requires = [{wanted}]`");
    vec![Diagnostic::new(&CODE, origin, message).help(help)]
}

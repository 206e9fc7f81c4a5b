//! An upper bound on Python.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::packaging::specifiers::parse;

rule! {
    /// An upper bound cannot be taken back: when the next Python comes, installers pass over every release that has it and take the last
    /// one without, which is older and supports that Python even less.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", python_requires=">=3.8,<3.12")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", python_requires=">=3.8")
    /// ```
    "python-requires-cap", Info, "an upper bound in `python_requires`",
    profile: Profile::Pedantic,
    sources: &["Python Packaging User Guide: python_requires"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((text, span)) = cx.text("python_requires") else { return Vec::new() };
    let Ok(specifiers) = parse(text) else { return Vec::new() };
    let capped = specifiers.iter().any(|specifier| specifier.operator().to_string().starts_with('<'));
    if !capped {
        return Vec::new();
    }
    vec![
        Diagnostic::new(
            &CODE,
            span,
            "installers will take an older release instead when a newer Python comes",
        )
        .help("remove the upper bound"),
    ]
}

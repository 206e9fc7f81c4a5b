//! An import that a clean build lacks.

use crate::diagnostic::Diagnostic;
use crate::eval::is_standard;
use crate::lint::{Context, rule};
use crate::packaging::{Platform, Target};

rule! {
    /// pip builds in an environment that has setuptools and what `requires` of `[build-system]` names. setup.py fails at an import of anything else.
    ///
    /// ```python bad
    /// import numpy
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    /// ```text good
    /// # file: setup.py
    /// import numpy
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// # file: pyproject.toml
    /// [build-system]
    /// requires = ["setuptools", "numpy"]
    /// ```
    "build-requirement-missing", Warning, "an import of what a clean build environment does not have",
    sources: &["PEP 517", "PEP 518"],
}

/// These have rules of their own, or are setuptools' own affair.
const OWN: &[&str] = &["setuptools", "distutils", "pkg_resources", "pip", "ez_setup", "distribute_setup"];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let targets = cx.evaluations.iter().rev().filter(|evaluation| {
        let target = evaluation.environment.target;
        target.python.major == 3 && target.platform == Platform::Linux
    });
    let newest = targets.max_by_key(|evaluation| evaluation.environment.target.python);
    let Some(evaluation) = newest else { return Vec::new() };
    let target = evaluation.environment.target;
    let mut found: Vec<Diagnostic> = Vec::new();
    for (name, span) in &evaluation.outcome.missing_modules {
        let top = name.split('.').next().unwrap_or(name);
        let own = cx.tree.is_file(&format!("{top}.py")) || cx.tree.is_file(&format!("{top}/__init__.py"));
        // Python 2 looks beside the importing module too.
        let directory = cx.sources.path(span.file).rsplit_once('/').map_or("", |(directory, _)| directory);
        let beside = cx.tree.is_file(&format!("{directory}/{top}.py"));
        if top.starts_with('_') || beside || OWN.contains(&top) || own || in_some_python(top, target) {
            continue;
        }
        let again = |d: &Diagnostic| d.primary.as_ref().is_some_and(|label| label.span.overlaps(*span));
        if found.iter().any(again) {
            continue;
        }
        let message = format!("`{name}` is not there in a clean build environment");
        let help = "add what provides it to `requires` of `[build-system]` in pyproject.toml";
        found.push(Diagnostic::new(&CODE, *span, message).help(help));
    }
    found
}

/// Modules that only other Pythons have are a matter of the Python, not of what is installed.
fn in_some_python(top: &str, target: Target) -> bool {
    let targets = Target::all().into_iter().filter(|other| other.platform == target.platform);
    targets.into_iter().any(|other| is_standard(top, other))
}

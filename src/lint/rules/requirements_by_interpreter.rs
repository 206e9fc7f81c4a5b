//! Requirements that hang on the Python that happens to build.

use crate::diagnostic::Diagnostic;
use crate::eval::outcome::View;
use crate::lint::{Context, rule};
use crate::project::Evaluation;
use std::collections::BTreeSet;

rule! {
    /// A wheel is built once and installed with many Pythons. Requirements that setup.py chooses by the interpreter or platform it runs
    /// on are written into the wheel as they are for the builder, and are wrong for everybody else. Markers are evaluated where the
    /// wheel is installed.
    ///
    /// ```python bad
    /// import sys
    /// from setuptools import setup
    ///
    /// requirements = ["six"]
    /// if sys.version_info < (3, 4):
    ///     requirements.append("enum34")
    /// setup(name="demo", version="1.0", install_requires=requirements)
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["six", "enum34; python_version < '3.4'"])
    /// ```
    "requirements-by-interpreter", Warning, "requirements that hang on the Python or platform that builds",
    sources: &["PEP 508: environment markers"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let lists: Vec<BTreeSet<String>> = cx.evaluations.iter().filter_map(requirements).collect();
    let all: BTreeSet<&String> = lists.iter().flatten().collect();
    let differing: Vec<&str> = all
        .into_iter()
        .filter(|text| !lists.iter().all(|list| list.contains(*text)))
        .map(String::as_str)
        .collect();
    let (Some(first), Some((_, span))) = (differing.first(), cx.keyword("install_requires")) else {
        return Vec::new();
    };
    let which = match differing.len() {
        1 => format!("`{first}` is"),
        count => format!("`{first}` and {} more are", count - 1),
    };
    let message = format!("{which} required or not depending on the machine that builds");
    vec![
        Diagnostic::new(&CODE, span, message)
            .help("write it with a marker, for example `name; python_version < '3.8'`"),
    ]
}

/// The texts of `install_requires`; `None` when they are not all known.
fn requirements(evaluation: &Evaluation) -> Option<BTreeSet<String>> {
    let outcome = &evaluation.outcome;
    let call = outcome.setup_calls.first()?;
    let Some((_, value, _)) = call.keywords.iter().find(|(name, ..)| name == "install_requires") else {
        return call.more.is_none().then(BTreeSet::new);
    };
    match outcome.view(value) {
        View::None => Some(BTreeSet::new()),
        View::List(items) | View::Tuple(items) => items
            .iter()
            .map(|item| match outcome.view(item) {
                View::Text(text) => Some(text),
                _ => None,
            })
            .collect(),
        View::Text(text) => Some(text.lines().map(str::to_owned).collect()),
        _ => None,
    }
}

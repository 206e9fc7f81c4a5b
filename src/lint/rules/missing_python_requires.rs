//! A project for some Pythons that does not tell pip.

use crate::diagnostic::{Diagnostic, Fix};
use crate::lint::{Context, rule};
use crate::packaging::Python;

rule! {
    /// The classifiers name the Pythons that the project is for, but classifiers do not keep pip from installing it elsewhere: `python_requires` does.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     classifiers=["Programming Language :: Python :: 3.8", "Programming Language :: Python :: 3 :: Only"],
    /// )
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     python_requires=">=3.8",
    ///     classifiers=["Programming Language :: Python :: 3.8"],
    /// )
    /// ```
    "missing-python-requires", Warning, "a project for some Pythons that does not say so to pip",
    sources: &["PEP 345: Requires-Python"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    if cx.metadata().get("python_requires").is_some() {
        return Vec::new();
    }
    let Some((_, call)) = cx.call().filter(|(_, call)| call.more.is_none()) else { return Vec::new() };
    let items = cx.items("classifiers");
    let named = |text: &str| text.strip_prefix("Programming Language :: Python :: ").map(str::to_owned);
    let mut versions: Vec<(Python, &crate::lint::Item)> = Vec::new();
    for item in &items {
        if let Some(python) = named(&item.text).and_then(|version| version.parse().ok()) {
            versions.push((python, item));
        }
    }
    let Some((lowest, item)) = versions.iter().min_by_key(|(python, _)| *python) else { return Vec::new() };
    let has = |text: &str| items.iter().any(|item| item.text == text);
    let only2 =
        versions.iter().all(|(python, _)| python.major == 2) && !has("Programming Language :: Python :: 3");
    let only3 =
        versions.iter().all(|(python, _)| python.major == 3) && !has("Programming Language :: Python :: 2");
    let wanted = match (only2, only3) {
        (true, _) => format!(">={lowest},<3"),
        (_, true) => format!(">={lowest}"),
        _ => return Vec::new(),
    };
    let which = if only2 { "Python 2" } else { "Python 3" };
    let message = format!("the project is for {which}, but nothing keeps pip from installing it elsewhere");
    let diagnostic = Diagnostic::new(&CODE, call.span, message).here("no `python_requires`");
    let diagnostic = diagnostic
        .label(item.span, "the oldest Python named")
        .help(format!("add `python_requires=\"{wanted}\"`"));
    let edits = cx.with_argument(&format!("python_requires=\"{wanted}\""));
    vec![match edits {
        Some(edits) => diagnostic.fix(Fix::risky(format!("add `python_requires=\"{wanted}\"`"), edits)),
        None => diagnostic,
    }]
}

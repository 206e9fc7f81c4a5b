//! An argument for a command that is gone.

use crate::diagnostic::{Diagnostic, Fix};
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, Tag, rule};

rule! {
    /// `setup.py test` is gone, and with it what only that command looked at: `tests_require`, `test_suite`, `test_loader`, `test_runner`. setuptools says "Unknown distribution option" and goes on.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     test_suite="tests",
    /// )
    /// ```
    /// ```python fixed
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    /// )
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", extras_require={"test": ["pytest"]})
    /// ```
    "tests-require", Warning, "an argument for the command `test`, which is gone",
    tags: &[Tag::Unnecessary],
    timeline: Timeline {
            deprecated_in: setuptools("41.5.0", "2019-10-27"),
            removed_in: None,
            due: None,
        },
    sources: &["setuptools 72.0.0 (2024-07-28): the command `test` removed"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for name in ["tests_require", "test_suite", "test_loader", "test_runner"] {
        let written = cx.keyword(name).map(|(_, span)| span);
        let Some(span) = cx.set_at(name).or(written) else { continue };
        let message = format!("`{name}` has no effect: the command `test` is gone");
        let help = match name {
            "tests_require" => {
                "name what the tests need in an extra (`extras_require`) or in the test runner's own file"
            }
            _ => "take it out",
        };
        let diagnostic = Diagnostic::new(&CODE, span, message).help(help);
        // What the tests need is knowledge; where to look for them is none any more.
        let fix = match (name, cx.without_field("options", name)) {
            ("tests_require", Some(edits)) => Some(Fix::risky("take it out", edits)),
            (_, Some(edits)) => Some(Fix::safe("take it out", edits)),
            (_, None) => None,
        };
        found.push(match fix {
            Some(fix) => diagnostic.fix(fix),
            None => diagnostic,
        });
    }
    found
}

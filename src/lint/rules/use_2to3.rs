//! Code that is converted to Python 3 when it is built.

use crate::diagnostic::Diagnostic;
use crate::eval::outcome::View;
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, rule};

rule! {
    /// setuptools 58 dropped the conversion by `2to3` and refuses to build a project that asks for it.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", use_2to3=True)
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "use-2to3", Error, "a project that is to be converted by 2to3, which setuptools refuses",
    timeline: Timeline { deprecated_in: None, removed_in: setuptools("58.0.0", "2021-09-04"), due: None },
    sources: &["setuptools change log: 58.0.0"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((View::Bool(true), span)) = cx.view("use_2to3") else { return Vec::new() };
    if !RULE.timeline.is_removed_from_setuptools(&cx.settings.setuptools()) {
        return Vec::new();
    }
    vec![
        Diagnostic::new(&CODE, span, "setuptools 58 and later refuse `use_2to3`")
            .help("convert the code once with `2to3 -w`, or write it for both Pythons"),
    ]
}

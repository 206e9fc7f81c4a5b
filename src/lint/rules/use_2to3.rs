//! `use_2to3`.

use crate::diagnostic::Diagnostic;
use crate::eval::outcome::View;
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, rule};

rule! {
    /// setuptools converts no code any more and stops at the argument.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", use_2to3=True)
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    "use-2to3", Error, "`use_2to3`, at which setuptools stops",
    timeline: Timeline {
            deprecated_in: None,
            removed_in: setuptools("58.0.0", "2021-09-04"),
            due: None,
        },
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((view, span)) = cx.view("use_2to3") else { return Vec::new() };
    if matches!(view, View::Bool(false) | View::Unknown(_))
        || matches!(&view, View::Int(number) if number == "0")
    {
        return Vec::new();
    }
    let diagnostic = Diagnostic::new(&CODE, span, "setuptools stops at `use_2to3`");
    vec![diagnostic.help("convert the code once, and ship code that Python 3 runs")]
}

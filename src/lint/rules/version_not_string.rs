//! A version that is a number.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::eval::outcome::View;
use crate::lint::{Context, rule};

rule! {
    /// setuptools makes a text of the number: `1.10` becomes `1.1`, and `(1, 0)` no version at all.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version=1.10)
    /// ```
    /// ```python fixed
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.10")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "version-not-string", Error, "a version that is a number, which loses digits",
    sources: &["PEP 440"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((view, span)) = cx.view("version") else { return Vec::new() };
    let what = match view {
        View::Float(_) => "a number, and `1.10` is written as `1.1`",
        View::Int(_) => "a number",
        View::Tuple(_) | View::List(_) => "a sequence of numbers",
        _ => return Vec::new(),
    };
    let mut diagnostic =
        Diagnostic::new(&CODE, span, format!("the version is {what}")).help("write it as a text");
    if let (Some(argument), Some(script)) = (cx.argument("version"), &cx.script) {
        let place = script.span(&argument.value);
        let source = cx.sources.slice(place);
        if source.chars().all(|c| c.is_ascii_digit() || c == '.') {
            diagnostic =
                diagnostic.fix(Fix::safe("quote it", vec![Edit::new(place, format!("\"{source}\""))]));
        }
    }
    vec![diagnostic]
}

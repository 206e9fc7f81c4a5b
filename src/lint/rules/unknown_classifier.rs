//! A classifier that the package index does not take.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::eval::outcome::View;
use crate::lint::classifiers::nearest;
use crate::lint::{Context, rule};
use crate::packaging::classifiers::{self, Standing};

rule! {
    /// The index refuses an upload with a classifier that is not on its list. Classifiers that start with `Private ::` are meant to be refused.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", classifiers=["Programming Language :: Pyhton"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     classifiers=["Programming Language :: Python", "Private :: Do Not Upload"],
    /// )
    /// ```
    "unknown-classifier", Error, "a classifier that the package index does not take",
    sources: &["trove-classifiers 2026.9.21.13"],
}

/// How many are compared with the whole list.
const MAX_HELPED: usize = 100;

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    if matches!(cx.view("classifiers"), Some((View::Text(_), _))) {
        // Each character is one: there is a rule for that.
        return Vec::new();
    }
    let mut found = Vec::new();
    for item in cx.items("classifiers") {
        let text = item.text.trim();
        if classifiers::standing(text) != Standing::Unknown || text.starts_with("Private ::") {
            continue;
        }
        let message = if text.is_empty() {
            "an empty classifier".to_owned()
        } else {
            format!("the package index knows no classifier `{text}`")
        };
        let mut diagnostic = Diagnostic::new(&CODE, item.span, message);
        let near = if found.len() < MAX_HELPED { nearest(text) } else { None };
        diagnostic = match near {
            Some(near) => {
                let fix = Fix::risky(format!("write `{near}`"), vec![Edit::new(item.span, near)]);
                let told = diagnostic.help(format!("did you mean `{near}`?"));
                if item.exact { told.fix(fix) } else { told }
            }
            None => {
                diagnostic.help(format!("take it out, or choose one of the list ({})", classifiers::EDITION))
            }
        };
        found.push(diagnostic);
    }
    found
}

//! setup.py in Python 2.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, rule};
use crate::syntax::python::Dialect;

rule! {
    /// A setup.py that only Python 2 can read cannot be built with any Python that is still kept. spx reads it all the same, as Python 2.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// print "building"
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from __future__ import print_function
    /// from setuptools import setup
    ///
    /// print("building")
    /// setup(name="demo", version="1.0")
    /// ```
    "python2-only-setup", Warning, "setup.py that only Python 2 can read",
    sources: &["Python documentation: What's New in Python 3.0"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    if script.python.dialect != Dialect::Python2 {
        return Vec::new();
    }
    let place = script.python.notes.first().map_or_else(|| cx.sources.head(script.file), |note| note.span);
    let severity = match cx.settings.target_python {
        Some(python) if python.major == 3 => Severity::Error,
        _ => Severity::Warning,
    };
    vec![
        Diagnostic::new(&CODE, place, "no Python 3 can read this file")
            .severity(severity)
            .help("write it so that both can: `2to3 setup.py` shows what to change"),
    ]
}

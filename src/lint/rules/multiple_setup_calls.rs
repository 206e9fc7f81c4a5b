//! `setup()` called more than once.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// A build runs setup.py for one project; at the second call the wheel is built again, of other arguments or the same.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// setup(name="other", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "multiple-setup-calls", Error, "`setup()` called more than once",
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((outcome, first)) = cx.call() else { return Vec::new() };
    let calls = outcome.setup_calls.iter().skip(1).filter(|call| call.certain && call.span != first.span);
    let found = calls.map(|call| {
        let diagnostic = Diagnostic::new(&CODE, call.span, "`setup()` is called once more");
        diagnostic.label(first.span, "the first call").help("make projects of their own of them")
    });
    found.collect()
}

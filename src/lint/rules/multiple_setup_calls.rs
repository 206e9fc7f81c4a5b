//! More than one call of `setup()`.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// A build expects one distribution from one setup.py. With two calls it makes two, into one place, and the front end takes one
    /// of them or fails.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// setup(name="demo-extras", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// try:
    ///     import fast
    /// except ImportError:
    ///     setup(name="demo", version="1.0")
    /// else:
    ///     setup(name="demo", version="1.0", install_requires=["fast"])
    /// ```
    "multiple-setup-calls", Error, "`setup()` is called more than once",
    sources: &["setuptools: build_meta"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(evaluation) = cx.evaluation() else { return Vec::new() };
    let certain: Vec<_> = evaluation.outcome.setup_calls.iter().filter(|call| call.certain).collect();
    let [first, second, ..] = certain[..] else { return Vec::new() };
    vec![
        Diagnostic::new(&CODE, second.span, "`setup()` is called again: a build makes one distribution only")
            .label(first.span, "called here before")
            .help("make two projects of it, or choose the arguments before one call"),
    ]
}

//! What setup.py still does after `setup()`.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::syntax::python::ast;

rule! {
    /// A build runs setup.py several times, each for one step, and takes what the step made when `setup()` returns; installers that
    /// build a wheel never run what follows at installation. Such code runs at surprising times, or not at all.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// print("Thank you for installing demo!")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "code-after-setup", Info, "code after `setup()`",
    profile: Profile::Pedantic,
    sources: &["PEP 517"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some(script), Some((_, call))) = (&cx.script, cx.call()) else { return Vec::new() };
    let after = script.python.body.iter().find(|statement| {
        let span = script.span(*statement);
        let acts = matches!(statement, ast::Stmt::Expr(expression) if matches!(&*expression.value, ast::Expr::Call(_)))
            || matches!(statement, ast::Stmt::For(_) | ast::Stmt::While(_) | ast::Stmt::With(_) | ast::Stmt::Try(_));
        span.file == call.span.file && span.start >= call.span.end && acts
    });
    let told = after.map(|statement| {
        Diagnostic::new(
            &CODE,
            script.span(statement),
            "this runs at every step of a build, and not at installation",
        )
        .label(call.span, "the call of `setup()`")
        .help("remove it")
    });
    told.into_iter().collect()
}

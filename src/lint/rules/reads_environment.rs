//! Variables of the environment that setup.py looks at.

use super::super::script::dotted;
use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::syntax::python::ast;

rule! {
    /// What a variable holds differs between machines, so two builds of the same sources may differ too.
    ///
    /// ```python bad
    /// import os
    /// from setuptools import setup
    ///
    /// setup(name="demo", version=os.environ.get("DEMO_VERSION", "0.0"))
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "reads-environment", Info, "setup.py looks at a variable of the environment",
    profile: Profile::Pedantic,
    sources: &["reproducible builds: variations in the build environment"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let mut found = Vec::new();
    for (expression, _) in script.expressions() {
        let name = match expression {
            ast::Expr::Call(call) => match dotted(&call.func).as_deref() {
                Some("os.getenv" | "os.environ.get" | "environ.get" | "getenv") => call.args.first(),
                _ => None,
            },
            ast::Expr::Subscript(subscript) if matches!(subscript.ctx, ast::ExprContext::Load) => {
                let is_environment =
                    matches!(dotted(&subscript.value).as_deref(), Some("os.environ" | "environ"));
                is_environment.then_some(&*subscript.slice)
            }
            _ => None,
        };
        if let Some(ast::Expr::Constant(constant)) = name
            && let Some(name) = constant.value.as_str()
        {
            let message = format!("the build depends on the variable `{name}`");
            found.push(
                Diagnostic::new(&CODE, script.span(expression), message)
                    .help("take the value from a file of the project"),
            );
        }
    }
    found
}

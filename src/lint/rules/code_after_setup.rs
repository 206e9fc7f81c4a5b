//! Code that runs after `setup()`.

use crate::diagnostic::Diagnostic;
use crate::lint::script::dotted;
use crate::lint::{Context, Profile, rule};
use crate::syntax::python::ast;

rule! {
    /// A build runs setup.py several times, once for each question it asks, and the code runs each time; where the build stops inside `setup()` it does not run at all.
    ///
    /// ```python bad
    /// import shutil
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// shutil.rmtree("build")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// def main():
    ///     setup(name="demo", version="1.0")
    ///
    /// if __name__ == "__main__":
    ///     main()
    /// ```
    "code-after-setup", Info, "code that runs after `setup()`",
    profile: Profile::Pedantic,
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some(script), Some((_, call))) = (&cx.script, cx.call()) else { return Vec::new() };
    let mut body = script.python.body.iter();
    // What a function or a class does happens where it is called, and that may be further down.
    let calls = body.find(|statement| script.span(*statement).overlaps(call.span));
    if calls.is_none_or(|calls| matches!(calls, ast::Stmt::FunctionDef(_) | ast::Stmt::ClassDef(_))) {
        return Vec::new();
    }
    let acts = |statement: &&ast::Stmt| match statement {
        ast::Stmt::Expr(inner) => {
            matches!(&*inner.value, ast::Expr::Call(call) if dotted(&call.func).is_none_or(|name| name != "print"))
        }
        ast::Stmt::If(_)
        | ast::Stmt::For(_)
        | ast::Stmt::While(_)
        | ast::Stmt::With(_)
        | ast::Stmt::Try(_) => true,
        _ => false,
    };
    let Some(statement) = body.find(acts) else { return Vec::new() };
    let diagnostic =
        Diagnostic::new(&CODE, script.span(statement), "this runs after `setup()`, at every step of a build");
    vec![
        diagnostic
            .label(call.span, "`setup()` is called here")
            .help("do it in a command of its own, or outside of setup.py"),
    ]
}

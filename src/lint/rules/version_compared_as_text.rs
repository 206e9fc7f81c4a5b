//! Versions of Python that are compared letter by letter.

use super::super::script::dotted;
use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::syntax::python::ast;

rule! {
    /// `"3.10" < "3.9"`, letter by letter: Python 3.10 and later are taken for older than 3.9, or for Python 3.1.
    ///
    /// ```python bad
    /// import sys
    /// from setuptools import setup
    ///
    /// requirements = ["tomli"] if sys.version < "3.11" else []
    /// setup(name="demo", version="1.0", install_requires=requirements)
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["tomli; python_version < '3.11'"])
    /// ```
    "version-compared-as-text", Warning, "a version of Python that is compared as text",
    sources: &["Python documentation: sys.version_info"],
}

/// What gives Python's version as text.
const TEXTS: &[&str] = &["platform.python_version", "sys.version", "sysconfig.get_python_version"];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let mut found = Vec::new();
    for (expression, _) in script.expressions() {
        let ast::Expr::Compare(compare) = expression else { continue };
        let ordered = |op: &ast::CmpOp| {
            matches!(op, ast::CmpOp::Lt | ast::CmpOp::LtE | ast::CmpOp::Gt | ast::CmpOp::GtE)
        };
        if !compare.ops.iter().any(ordered) {
            continue;
        }
        let sides: Vec<&ast::Expr> = std::iter::once(&*compare.left).chain(&compare.comparators).collect();
        // `sys.version < "3"` is right until Python 10.
        let literal = sides.iter().find_map(|side| match side {
            ast::Expr::Constant(constant) => {
                constant.value.as_str().filter(|text| text.contains('.') && *text != "3.0")
            }
            _ => None,
        });
        if literal.is_some() && sides.iter().any(|side| is_version_text(side)) {
            found.push(
                Diagnostic::new(
                    &CODE,
                    script.span(compare),
                    "versions are compared letter by letter, so 3.10 is before 3.9",
                )
                .help("compare `sys.version_info` with a tuple: `sys.version_info >= (3, 10)`"),
            );
        }
    }
    found
}

fn is_version_text(expression: &ast::Expr) -> bool {
    match expression {
        ast::Expr::Attribute(_) => dotted(expression).is_some_and(|name| name == "sys.version"),
        ast::Expr::Subscript(subscript) => is_version_text(&subscript.value),
        ast::Expr::Call(call) => match &*call.func {
            ast::Expr::Attribute(method) if ["split", "strip"].contains(&method.attr.as_str()) => {
                is_version_text(&method.value)
            }
            function => dotted(function).is_some_and(|name| TEXTS.contains(&name.as_str())),
        },
        _ => false,
    }
}

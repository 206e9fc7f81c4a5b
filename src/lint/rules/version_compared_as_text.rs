//! A Python version that is compared as text.

use crate::diagnostic::Diagnostic;
use crate::lint::script::dotted;
use crate::lint::{Context, rule};
use crate::syntax::python::ast;

rule! {
    /// `sys.version` is a text, and as text `3.10` comes before `3.9`. `sys.version_info` compares as numbers.
    ///
    /// ```python bad
    /// import sys
    /// from setuptools import setup
    ///
    /// if sys.version < "3.7":
    ///     print("old")
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// import sys
    /// from setuptools import setup
    ///
    /// if sys.version_info < (3, 7) or sys.version < "3":
    ///     print("old")
    /// setup(name="demo", version="1.0")
    /// ```
    "version-compared-as-text", Error, "a Python version that is compared as text",
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let mut found = Vec::new();
    for (expression, _) in script.expressions() {
        let ast::Expr::Compare(compare) = expression else { continue };
        let sides = std::iter::once(&*compare.left).chain(&compare.comparators);
        let is_version = |side: &ast::Expr| {
            let side = if let ast::Expr::Subscript(inner) = side { &*inner.value } else { side };
            matches!(dotted(side).as_deref(), Some("sys.version"))
        };
        let ordered = compare
            .ops
            .iter()
            .all(|op| matches!(op, ast::CmpOp::Lt | ast::CmpOp::LtE | ast::CmpOp::Gt | ast::CmpOp::GtE));
        let mut has_version = false;
        let mut wrong = false;
        for side in sides {
            has_version |= is_version(side);
            if let ast::Expr::Constant(constant) = side
                && let Some(text) = constant.value.as_str()
            {
                // Of one digit each the comparison of texts is right: `sys.version < "3"`. So it is below 3.1x for Python 2.
                wrong |= text.starts_with("3.");
            }
        }
        if has_version && wrong && ordered {
            let message = "`sys.version` is compared as text, where `3.10` comes before `3.9`";
            let diagnostic = Diagnostic::new(&CODE, script.span(expression), message);
            found.push(
                diagnostic.help("compare `sys.version_info` with a tuple, as in `sys.version_info < (3, 9)`"),
            );
        }
    }
    found
}

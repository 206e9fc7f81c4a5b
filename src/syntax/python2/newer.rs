//! What a tree holds that Python 2 does not read.

use crate::syntax::python::TextRange;
use crate::syntax::python::ast;
use crate::syntax::python::ast::Ranged;

/// Python 3 syntax in this statement itself, not in what it holds.
pub(in crate::syntax) fn in_statement(statement: &ast::Stmt) -> Option<(TextRange, &'static str)> {
    use ast::Stmt::*;
    let what = match statement {
        AsyncFunctionDef(_) | AsyncFor(_) | AsyncWith(_) => "`async`",
        AnnAssign(_) => "an annotation",
        TypeAlias(_) => "a type alias",
        Match(_) => "`match`",
        TryStar(_) => "`except*`",
        Nonlocal(_) => "`nonlocal`",
        FunctionDef(function) => {
            if let Some(returns) = &function.returns {
                return Some((returns.range(), "an annotation"));
            }
            return in_parameters(&function.args);
        }
        ClassDef(class) => return class.keywords.first().map(|keyword| (keyword.range, "a class keyword")),
        Raise(raise) => return raise.cause.as_ref().map(|cause| (cause.range(), "`raise … from`")),
        _ => return None,
    };
    Some((statement.range(), what))
}

fn in_parameters(parameters: &ast::Arguments) -> Option<(TextRange, &'static str)> {
    if let Some(parameter) = parameters.posonlyargs.first() {
        return Some((parameter.def.range, "a positional-only parameter"));
    }
    if let Some(parameter) = parameters.kwonlyargs.first() {
        return Some((parameter.def.range, "a keyword-only parameter"));
    }
    let named = parameters.args.iter().map(|parameter| &parameter.def);
    let starred = parameters.vararg.iter().chain(&parameters.kwarg).map(AsRef::as_ref);
    named
        .chain(starred)
        .find_map(|parameter| parameter.annotation.as_ref())
        .map(|annotation| (annotation.range(), "an annotation"))
}

/// Python 3 syntax in this expression itself. `spread` says that a `*` may stand here, as an argument of a call.
pub(in crate::syntax) fn in_expression(
    expression: &ast::Expr,
    spread: bool,
) -> Option<(TextRange, &'static str)> {
    use ast::Expr::*;
    let what = match expression {
        NamedExpr(_) => "`:=`",
        YieldFrom(_) => "`yield from`",
        Await(_) => "`await`",
        JoinedStr(_) | FormattedValue(_) => "an f-string",
        Starred(_) if !spread => "`*` outside a call",
        BinOp(operation) if operation.op == ast::Operator::MatMult => "the operator `@`",
        Dict(dict) if dict.keys.iter().any(Option::is_none) => "`**` in a dictionary",
        Lambda(lambda) => return in_parameters(&lambda.args),
        _ => return None,
    };
    Some((expression.range(), what))
}

//! What a tree holds that Python 2 does not read.

use crate::syntax::python::TextRange;
use crate::syntax::python::ast;
use crate::syntax::python::ast::Expr;
use crate::syntax::python::ast::Ranged;
use crate::syntax::python::ast::Stmt;

/// Python 3 syntax in this statement itself, not in what it holds.
pub(in crate::syntax) fn in_statement(statement: &Stmt) -> Option<(TextRange, &'static str)> {
    let what = match statement {
        Stmt::AsyncFunctionDef(_) | Stmt::AsyncFor(_) | Stmt::AsyncWith(_) => "`async`",
        Stmt::AnnAssign(_) => "an annotation",
        Stmt::TypeAlias(_) => "a type alias",
        Stmt::Match(_) => "`match`",
        Stmt::TryStar(_) => "`except*`",
        Stmt::Nonlocal(_) => "`nonlocal`",
        Stmt::FunctionDef(function) => {
            if let Some(returns) = &function.returns {
                return Some((returns.range(), "an annotation"));
            }
            return in_parameters(&function.args);
        }
        Stmt::ClassDef(class) => {
            return class.keywords.first().map(|keyword| (keyword.range, "a class keyword"));
        }
        Stmt::Raise(raise) => return raise.cause.as_ref().map(|cause| (cause.range(), "`raise … from`")),
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
pub(in crate::syntax) fn in_expression(expression: &Expr, spread: bool) -> Option<(TextRange, &'static str)> {
    let what = match expression {
        Expr::NamedExpr(_) => "`:=`",
        Expr::YieldFrom(_) => "`yield from`",
        Expr::Await(_) => "`await`",
        Expr::JoinedStr(_) | Expr::FormattedValue(_) => "an f-string",
        Expr::Starred(_) if !spread => "`*` outside a call",
        Expr::BinOp(operation) if operation.op == ast::Operator::MatMult => "the operator `@`",
        Expr::Dict(dict) if dict.keys.iter().any(Option::is_none) => "`**` in a dictionary",
        Expr::Lambda(lambda) => return in_parameters(&lambda.args),
        Expr::Call(call) => return in_arguments(call),
        _ => return None,
    };
    Some((expression.range(), what))
}

/// `f(*a, b)` and `f(**a, b=1)`.
fn in_arguments(call: &ast::ExprCall) -> Option<(TextRange, &'static str)> {
    let mut positional = call.args.iter().skip_while(|argument| !argument.is_starred_expr()).skip(1);
    let mut named = call.keywords.iter().skip_while(|keyword| keyword.arg.is_some()).skip(1);
    let positional = positional.next().map(|argument| (argument.range(), "an argument after `*`"));
    positional.or_else(|| named.next().map(|keyword| (keyword.range, "an argument after `**`")))
}

//! `setuptools.depends.get_module_constant`: what a module's code gives a name, without importing it.

use crate::eval::{Arguments, Evaluator, Raised, Value};
use crate::syntax::python::ast::{self, Constant, Expr, Stmt};
use crate::syntax::python::{self, Dialect};

type Result = std::result::Result<Value, Raised>;

/// The constant that the module's first binding of a name gives it, `default` when that is computed, None when it binds no such
/// name. setuptools reads it off the bytecode; bindings inside of other statements are left unknown.
pub(super) fn get(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (module, symbol) = (cx.text_of(&arguments.get(0))?, cx.text_of(&arguments.get(1))?);
    if arguments.some(3).is_some() {
        return Err(cx.unknown("a module looked for in given directories"));
    }
    let Some(place) = cx.project_module(&module)? else {
        return Err(cx.unknown(format!("whether `{module}` is installed depends on the machine that builds")));
    };
    let Some(file) = place.file else { return Err(cx.unknown("a module without a file")) };
    let text = String::from_utf8_lossy(&cx.read_file(&file)?).into_owned();
    let dialect = if cx.is_python2() { Dialect::Python2 } else { Dialect::Python3 };
    let Ok(parsed) = python::parse_text(&text, cx.here().file, 0, dialect) else {
        return Err(cx.unknown(format!("`{module}` cannot be read as Python")));
    };
    for statement in &parsed.body {
        let Stmt::Assign(assign) = statement else {
            let mentions = text[statement_range(statement)].contains(&*symbol);
            if mentions && !matches!(statement, Stmt::Expr(_)) {
                return Err(
                    cx.unknown(format!("`{module}` binds `{symbol}` in another way than by assignment"))
                );
            }
            continue;
        };
        let binds = |target: &Expr| matches!(target, Expr::Name(name) if name.id.as_str() == &*symbol);
        match assign.targets.as_slice() {
            [target] if binds(target) => {
                return Ok(constant(cx, &assign.value).unwrap_or_else(|| arguments.get(2)));
            }
            targets if targets.iter().any(binds) => {
                return Err(cx.unknown("an assignment to several names at once"));
            }
            _ if text[statement_range(statement)].contains(&*symbol) => {
                return Err(cx.unknown(format!("`{module}` uses `{symbol}` before it assigns it")));
            }
            _ => {}
        }
    }
    Ok(Value::NONE)
}

fn statement_range(statement: &Stmt) -> std::ops::Range<usize> {
    let range = ast::Ranged::range(statement);
    range.start().into()..range.end().into()
}

/// What one instruction loads: a text, a number, None, True, False.
fn constant(cx: &mut Evaluator<'_>, value: &Expr) -> Option<Value> {
    let Expr::Constant(constant) = value else { return None };
    match &constant.value {
        Constant::Str(text) if constant.kind.is_some() && cx.is_python2() => Some(Value::text(text.as_str())),
        Constant::Str(text) => Some(cx.native_text(text)),
        Constant::Int(number) => i64::try_from(number).ok().map(Value::int),
        Constant::Float(number) => Some(Value::float(*number)),
        _ => None,
    }
}

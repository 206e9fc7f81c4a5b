//! `setuptools.depends.get_module_constant`: the constant that a module assigns to a name, found without importing it.

use super::ast::literal;
use super::loading::beside;
use crate::eval::{Arguments, Evaluator, Raised, Value};
use crate::syntax::python::ast::{Expr, Ranged, Stmt};
use crate::text::Span;

pub(super) const SIGNATURE: &str = "(module, symbol, default=-1, paths=None)";

const NOT_PLAIN: &str = "it is not assigned as a plain constant";

/// None when there is no such module, or when it does not have the name.
pub(super) fn get_module_constant(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let module = cx.text_of(&arguments.get(0))?;
    let symbol = cx.text_of(&arguments.get(1))?;
    let Some(path) = find_module(cx, &module, &arguments.get(3))? else { return Ok(Value::NONE) };
    let file = cx.parse_file(&path)?;
    let mut found = None;
    first_binding(&file.body, &symbol, &mut found);
    match found {
        // Plain constants are the only ones that the compiler is sure to have ready; it folds others as its release likes.
        Some(expression @ Expr::Constant(_)) => {
            let value = literal(cx, expression)?;
            let range = expression.range();
            let place = Span::new(file.file, range.start().into(), range.end().into());
            Ok(cx.through(value, place))
        }
        Some(_) => Err(cx.unknown(NOT_PLAIN)),
        None => {
            let text = cx.sources().text(file.file);
            // It may be bound in ways that are not looked for: `import`, `def`, `for`.
            if text.contains(&*symbol) { Err(cx.unknown(NOT_PLAIN)) } else { Ok(Value::NONE) }
        }
    }
}

/// The file of a module, looked for in directories, or where imports look.
fn find_module(cx: &mut Evaluator<'_>, module: &str, paths: &Value) -> Result<Option<String>, Raised> {
    let relative = module.replace('.', "/");
    let directories = if paths.is_none() {
        let place = cx.project_module(module)?;
        return Ok(place.and_then(|place| place.file));
    } else {
        cx.items(paths)?
    };
    for directory in directories {
        let directory = cx.path_of(&directory)?.to_string();
        for name in [format!("{relative}/__init__.py"), format!("{relative}.py")] {
            let path = beside(cx, &directory, &name);
            if cx.is_file(&path)? {
                return Ok(Some(path));
            }
        }
    }
    Ok(None)
}

/// What the first assignment to a name at the module's level assigns; the target's own expression when it is not a plain one.
fn first_binding<'a>(body: &'a [Stmt], symbol: &str, found: &mut Option<&'a Expr>) {
    for statement in body {
        if found.is_some() {
            return;
        }
        match statement {
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    match target {
                        Expr::Name(name) if name.id.as_str() == symbol && assign.targets.len() == 1 => {
                            *found = Some(&assign.value);
                        }
                        other if names(other, symbol) => *found = Some(other),
                        _ => {}
                    }
                }
            }
            Stmt::AnnAssign(assign) if names(&assign.target, symbol) => {
                *found = assign.value.as_deref();
            }
            Stmt::AugAssign(assign) if names(&assign.target, symbol) => *found = Some(&assign.target),
            Stmt::If(inner) => {
                first_binding(&inner.body, symbol, found);
                first_binding(&inner.orelse, symbol, found);
            }
            Stmt::Try(inner) => {
                first_binding(&inner.body, symbol, found);
                for handler in &inner.handlers {
                    let crate::syntax::python::ast::ExceptHandler::ExceptHandler(handler) = handler;
                    first_binding(&handler.body, symbol, found);
                }
                first_binding(&inner.orelse, symbol, found);
                first_binding(&inner.finalbody, symbol, found);
            }
            Stmt::With(inner) => first_binding(&inner.body, symbol, found),
            Stmt::For(inner) => first_binding(&inner.body, symbol, found),
            Stmt::While(inner) => first_binding(&inner.body, symbol, found),
            _ => {}
        }
    }
}

/// Whether a target binds the name, alone or among others.
fn names(target: &Expr, symbol: &str) -> bool {
    match target {
        Expr::Name(name) => name.id.as_str() == symbol,
        Expr::Tuple(tuple) => tuple.elts.iter().any(|target| names(target, symbol)),
        Expr::List(list) => list.elts.iter().any(|target| names(target, symbol)),
        Expr::Starred(starred) => names(&starred.value, symbol),
        _ => false,
    }
}

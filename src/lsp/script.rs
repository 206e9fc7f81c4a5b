//! Python source as requests see it: calls, arguments and strings with their places.

use crate::eval::code::{for_each_block, for_each_expression, walk};
use crate::syntax::python::{PythonFile, TextRange, ast};
use ast::Ranged;

/// Every expression of a file, those of functions and classes too.
fn for_each<'a>(body: &'a [ast::Stmt], visit: &mut dyn FnMut(&'a ast::Expr)) {
    for statement in body {
        for_each_expression(statement, &mut |expression| walk(expression, visit));
        match statement {
            ast::Stmt::FunctionDef(def) => for_each(&def.body, visit),
            ast::Stmt::AsyncFunctionDef(def) => for_each(&def.body, visit),
            ast::Stmt::ClassDef(def) => for_each(&def.body, visit),
            other => for_each_block(other, &mut |block| for_each(block, visit)),
        }
    }
}

/// `a.b.c` of names and attributes; empty for anything else.
pub(super) fn dotted(expression: &ast::Expr) -> String {
    match expression {
        ast::Expr::Name(name) => name.id.to_string(),
        ast::Expr::Attribute(attribute) => match dotted(&attribute.value).as_str() {
            "" => String::new(),
            before => format!("{before}.{}", attribute.attr),
        },
        _ => String::new(),
    }
}

/// Every call with its dotted name.
pub(super) fn calls(file: &PythonFile) -> Vec<(String, &ast::ExprCall)> {
    let mut found = Vec::new();
    for_each(&file.body, &mut |expression| {
        if let ast::Expr::Call(call) = expression {
            found.push((dotted(&call.func), call));
        }
    });
    found
}

/// The calls of `setup()`.
pub(super) fn setup_calls(file: &PythonFile) -> Vec<&ast::ExprCall> {
    let is_setup = |name: &str| name == "setup" || name.ends_with(".setup");
    calls(file).into_iter().filter(|(name, _)| is_setup(name)).map(|(_, call)| call).collect()
}

/// Every string, with its text.
pub(super) fn strings(file: &PythonFile) -> Vec<(TextRange, &str)> {
    let mut found = Vec::new();
    for_each(&file.body, &mut |expression| {
        if let Some(text) = text_of(expression) {
            found.push((expression.range(), text));
        }
    });
    found
}

/// The text of a string that stands as it is.
pub(super) fn text_of(expression: &ast::Expr) -> Option<&str> {
    match expression {
        ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(text), .. }) => Some(text),
        _ => None,
    }
}

pub(super) fn start(node: &impl Ranged) -> u32 {
    node.range().start().into()
}

pub(super) fn end(node: &impl Ranged) -> u32 {
    node.range().end().into()
}

pub(super) fn holds(node: &impl Ranged, offset: u32) -> bool {
    start(node) <= offset && offset <= end(node)
}

/// The argument of a call of `setup()` that an offset is in: its name, and the node.
pub(super) fn argument_at(file: &PythonFile, offset: u32) -> Option<(&str, &ast::Keyword)> {
    let keywords = setup_calls(file).into_iter().flat_map(|call| &call.keywords);
    keywords
        .filter(|keyword| holds(*keyword, offset))
        .find_map(|keyword| Some((keyword.arg.as_ref()?.as_str(), keyword)))
}

/// The string that an offset is in.
pub(super) fn string_at(file: &PythonFile, offset: u32) -> Option<(TextRange, &str)> {
    strings(file)
        .into_iter()
        .find(|(range, _)| u32::from(range.start()) < offset && offset < u32::from(range.end()))
}

//! `ast`: `literal_eval`, and `parse` with the walks that scripts do to find `__version__`.
//!
//! Trees have the node classes of the target's Python: `Constant` since 3.8, `Str`, `Num` and others before. Not modelled:
//! `dump`, `unparse`, `NodeTransformer`, patterns of `match`, type parameters, the arguments of functions on Python 2.

use super::versions::at_least;
use crate::eval::exceptions::{INDENTATION_ERROR, SYNTAX_ERROR, VALUE_ERROR};
use crate::eval::module::{Class, Module, function};
use crate::eval::{Arguments, Data, Evaluator, Raised, Value};
use crate::syntax::python::{self, Dialect, ast};

mod node;
mod tree;

use node::AST;

pub(super) static MODULE: Module = Module { name: "ast", members: node::MEMBERS, available: None };
pub(super) static CLASSES: Module = Module { name: "_ast", members: node::CLASS_MEMBERS, available: None };

fn dialect(cx: &Evaluator<'_>) -> Dialect {
    if cx.is_python2() { Dialect::Python2 } else { Dialect::Python3 }
}

fn literal_eval(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let given = arguments.get(0);
    if cx.is_instance(&given, &AST) {
        return literal_of_node(cx, &given);
    }
    let text = cx.text_of(&given)?;
    cx.charge_steps(text.len() / 8)?;
    let trimmed = text.trim_start_matches([' ', '\t']);
    if trimmed.len() < text.len() && !at_least(cx, 10) {
        return Err(cx.error(&INDENTATION_ERROR, "unexpected indent"));
    }
    let text = trimmed;
    match python::parse_expression(text, cx.here().file, 0, dialect(cx)) {
        Ok(expression) => literal(cx, &expression),
        Err(error) => Err(cx.error(&SYNTAX_ERROR, error.message)),
    }
}

fn malformed(cx: &mut Evaluator<'_>) -> Raised {
    cx.error(&VALUE_ERROR, "malformed node or string")
}

/// The value that a literal stands for; the parser bounds how deep it nests.
pub(super) fn literal(cx: &mut Evaluator<'_>, expression: &ast::Expr) -> Result<Value, Raised> {
    cx.charge_steps(1)?;
    let all = |cx: &mut Evaluator<'_>, items: &[ast::Expr]| -> Result<Vec<Value>, Raised> {
        items.iter().map(|item| literal(cx, item)).collect()
    };
    match expression {
        ast::Expr::Constant(constant) => tree::constant(cx, &constant.value, constant.kind.as_deref()),
        ast::Expr::Tuple(tuple) => Ok(Value::tuple(all(cx, &tuple.elts)?)),
        ast::Expr::List(list) => {
            let items = all(cx, &list.elts)?;
            Ok(cx.list(items))
        }
        ast::Expr::Set(set) if !cx.is_python2() => {
            let items = all(cx, &set.elts)?;
            cx.set(items, false)
        }
        ast::Expr::Dict(dict) => {
            let mut entries = Vec::new();
            for (key, value) in dict.keys.iter().zip(&dict.values) {
                let Some(key) = key else { return Err(malformed(cx)) };
                entries.push((literal(cx, key)?, literal(cx, value)?));
            }
            cx.dict(entries)
        }
        ast::Expr::UnaryOp(unary) => {
            let number = literal(cx, &unary.operand)?;
            match (unary.op, &number.data) {
                (ast::UnaryOp::UAdd, Data::Int(_) | Data::Big(_) | Data::Float(_)) => Ok(number),
                (ast::UnaryOp::USub, Data::Int(_) | Data::Big(_)) => {
                    cx.binary(ast::Operator::Sub, &Value::int(0), &number)
                }
                (ast::UnaryOp::USub, Data::Float(number)) => Ok(Value::float(-number)),
                _ => Err(malformed(cx)),
            }
        }
        ast::Expr::BinOp(_) => Err(cx.unknown("a complex number in `ast.literal_eval`")),
        ast::Expr::Call(call) if is_empty_set(call) && at_least(cx, 9) => cx.set(Vec::new(), false),
        ast::Expr::Name(name) if cx.is_python2() && matches!(name.id.as_str(), "None" | "True" | "False") => {
            Ok(match name.id.as_str() {
                "None" => Value::NONE,
                name => Value::bool(name == "True"),
            })
        }
        _ => Err(malformed(cx)),
    }
}

fn is_empty_set(call: &ast::ExprCall) -> bool {
    matches!(&*call.func, ast::Expr::Name(name) if name.id.as_str() == "set")
        && call.args.is_empty()
        && call.keywords.is_empty()
}

/// `literal_eval` of a node that the script has.
fn literal_of_node(cx: &mut Evaluator<'_>, node: &Value) -> Result<Value, Raised> {
    if cx.is_instance(node, node::class("Expression")) {
        let body = cx.get_attribute(node, "body")?;
        return literal_of_node(cx, &body);
    }
    match cx.carried::<ast::Expr>(node) {
        Some(expression) => literal(cx, &expression),
        None => Err(malformed(cx)),
    }
}

fn parse(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let source = arguments.get(0);
    let text = match &cx.plain(&source).data {
        Data::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => return Err(cx.unknown("source text that is not UTF-8")),
        },
        _ => cx.text_of(&source)?,
    };
    if let Some(option) = arguments.keywords().first() {
        return Err(cx.unknown(format!("`{}` of `ast.parse` is not modelled", option.name)));
    }
    cx.charge_bytes(text.len().saturating_mul(20))?;
    let mode = cx.text_of(&arguments.get(2))?;
    let file = cx.here().file;
    let dialect = dialect(cx);
    let whole = cx.file_of(&source, &text);
    let wrong = |cx: &mut Evaluator<'_>, message: String| cx.error(&SYNTAX_ERROR, message);
    match &*mode {
        "exec" => match python::parse_text(&text, file, 0, dialect) {
            Ok(parsed) => tree::Maker::new(cx, &text, whole).module(&parsed.body),
            Err(error) => Err(wrong(cx, error.message)),
        },
        "eval" => match python::parse_expression(&text, file, 0, dialect) {
            Ok(expression) => tree::Maker::new(cx, &text, whole).expression(&expression),
            Err(error) => Err(wrong(cx, error.message)),
        },
        _ => Err(cx.unknown("`ast.parse` of a single interactive statement")),
    }
}

/// The names and values of a node's fields.
fn fields(cx: &mut Evaluator<'_>, node: &Value) -> Result<Vec<(Value, Value)>, Raised> {
    let names = cx.get_attribute(node, "_fields")?;
    let mut found = Vec::new();
    for name in cx.items(&names)? {
        let text = cx.text_of(&name)?;
        found.push((name, cx.get_attribute(node, &text)?));
    }
    Ok(found)
}

/// The nodes right below a node.
fn children(cx: &mut Evaluator<'_>, node: &Value) -> Result<Vec<Value>, Raised> {
    let mut found = Vec::new();
    for (_, value) in fields(cx, node)? {
        if value.is_unknown() {
            return Err(Raised::Unknown(value));
        }
        if cx.is_instance(&value, &AST) {
            found.push(value);
        } else if cx.is_instance(&value, &crate::eval::types::LIST) {
            for item in cx.items(&value)? {
                if cx.is_instance(&item, &AST) {
                    found.push(item);
                }
            }
        }
    }
    cx.charge_steps(found.len() + 1)?;
    Ok(found)
}

fn iter_child_nodes(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let found = children(cx, &arguments.get(0))?;
    Ok(cx.iterator(found))
}

fn iter_fields(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let rows = fields(cx, &arguments.get(0))?;
    let rows = rows.into_iter().map(|(name, value)| Value::tuple(vec![name, value])).collect();
    Ok(cx.iterator(rows))
}

/// Breadth first, as CPython walks.
fn walk(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut nodes = vec![arguments.get(0)];
    let mut at = 0;
    while let Some(node) = nodes.get(at).cloned() {
        nodes.extend(children(cx, &node)?);
        cx.charge_bytes(16)?;
        at += 1;
    }
    Ok(cx.iterator(nodes))
}

fn get_docstring(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let body = cx.get_attribute(&arguments.get(0), "body")?;
    let Some(first) = cx.items(&body)?.into_iter().next() else { return Ok(Value::NONE) };
    if !cx.is_instance(&first, node::class("Expr")) {
        return Ok(Value::NONE);
    }
    let value = cx.get_attribute(&first, "value")?;
    let Some(expression) = cx.carried::<ast::Expr>(&value) else { return Ok(Value::NONE) };
    let ast::Expr::Constant(constant) = &*expression else { return Ok(Value::NONE) };
    let text = tree::constant(cx, &constant.value, constant.kind.as_deref())?;
    if !matches!(constant.value, ast::Constant::Str(_)) {
        return Ok(Value::NONE);
    }
    if !cx.truth(&arguments.get(1))? {
        return Ok(text);
    }
    let cleaned = clean_doc(&cx.text_of(&text)?);
    Ok(cx.text_like(&text, &cleaned))
}

/// `inspect.cleandoc`: the margin of all lines but the first is taken off, blank lines at both ends too.
pub(super) fn clean_doc(text: &str) -> String {
    let expanded = super::textwrap::expand_tabs(text);
    let lines: Vec<&str> = expanded.split('\n').collect();
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let margin = lines[1..].iter().filter(|line| !line.trim().is_empty()).map(|line| indentation(line)).min();
    let mut cleaned = vec![lines[0].trim_start()];
    cleaned.extend(lines[1..].iter().map(|line| line.get(margin.unwrap_or(0)..).unwrap_or("")));
    while cleaned.last().is_some_and(|line| line.is_empty()) {
        cleaned.pop();
    }
    let start = cleaned.iter().position(|line| !line.is_empty()).unwrap_or(0);
    cleaned[start..].join("\n")
}

static NODE_VISITOR: Class = Class {
    name: "NodeVisitor",
    module: "ast",
    bases: &[],
    members: &[
        ("visit", function("(self, node)", visit)),
        ("generic_visit", function("(self, node)", generic_visit)),
    ],
    new: None,
};

fn visit(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let (this, node) = (arguments.get(0), arguments.get(1));
    let kind = cx.type_name(&node);
    let mut names = vec![format!("visit_{kind}")];
    let old = cx.native_class(&node).and_then(node::old_name);
    if let Some(old) = old.filter(|_| !cx.at_least(14)) {
        // The old visitors still serve constants.
        names.push(format!("visit_{old}"));
    }
    for name in names {
        if let Some(method) = cx.method(&this, &name)? {
            return cx.call(&method, vec![node]);
        }
    }
    cx.call_method(&this, "generic_visit", vec![node])
}

fn generic_visit(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    for child in children(cx, &arguments.get(1))? {
        cx.call_method(&arguments.get(0), "visit", vec![child])?;
    }
    Ok(Value::NONE)
}

//! Python's `re`: its syntax read into a tree, and two engines that search.
//!
//! [`syntax`] reads a pattern by the rules of one Python version. What is regular runs on `regex-automata` in linear time;
//! look-around, back-references, atomic groups and the rest run on a bounded [`backtrack`] machine. [`pattern`] is the
//! compiled pattern with Python's searches; [`template`] reads the replacement of `sub`. [`objects`] are the classes
//! `Pattern` and `Match`; this file is the module. Flags are plain integers, where Python 3.6 and later show `RegexFlag`.

use super::versions::{at_least, by_python};
use crate::eval::exceptions::EXCEPTION;
use crate::eval::module::{Class, Entry, Member, Module, function, when};
use crate::eval::{Arguments, Evaluator, Raised, Value};
use objects::{Text, compiled, method};

pub mod backtrack;
pub mod character;
mod objects;
pub mod pattern;
mod program;
pub mod syntax;
pub mod template;
pub mod tree;

pub(super) static MODULE: Module = Module { name: "re", members: MEMBERS, available: None };

/// `re.error`.
pub(super) static ERROR: Class =
    Class { name: "error", module: "re", bases: &[&EXCEPTION], members: &[], new: None };

const MEMBERS: &[Entry] = &[
    ("compile", function("(pattern, flags=0)", compile)),
    ("search", function("(pattern, string, flags=0)", search)),
    ("match", function("(pattern, string, flags=0)", match_)),
    ("fullmatch", Member::Only(when::python3, &function("(pattern, string, flags=0)", fullmatch))),
    ("split", function("(pattern, string, maxsplit=0, flags=0)", split)),
    ("findall", function("(pattern, string, flags=0)", findall)),
    ("finditer", function("(pattern, string, flags=0)", finditer)),
    ("sub", function("(pattern, repl, string, count=0, flags=0)", sub)),
    ("subn", function("(pattern, repl, string, count=0, flags=0)", subn)),
    ("escape", function("(pattern)", escape)),
    ("purge", Member::Ignored),
    ("error", Member::Class(&ERROR)),
    ("PatternError", Member::Only(since_3_13, &Member::Class(&ERROR))),
    ("Pattern", Member::Only(since_3_7, &Member::Class(&objects::PATTERN))),
    ("Match", Member::Only(since_3_7, &Member::Class(&objects::MATCH))),
    ("I", Member::Constant(|_| Ok(Value::int(2)))),
    ("IGNORECASE", Member::Constant(|_| Ok(Value::int(2)))),
    ("L", Member::Constant(|_| Ok(Value::int(4)))),
    ("LOCALE", Member::Constant(|_| Ok(Value::int(4)))),
    ("M", Member::Constant(|_| Ok(Value::int(8)))),
    ("MULTILINE", Member::Constant(|_| Ok(Value::int(8)))),
    ("S", Member::Constant(|_| Ok(Value::int(16)))),
    ("DOTALL", Member::Constant(|_| Ok(Value::int(16)))),
    ("U", Member::Constant(|_| Ok(Value::int(32)))),
    ("UNICODE", Member::Constant(|_| Ok(Value::int(32)))),
    ("X", Member::Constant(|_| Ok(Value::int(64)))),
    ("VERBOSE", Member::Constant(|_| Ok(Value::int(64)))),
    ("DEBUG", Member::Constant(|_| Ok(Value::int(128)))),
    ("A", Member::Only(when::python3, &Member::Constant(|_| Ok(Value::int(256))))),
    ("ASCII", Member::Only(when::python3, &Member::Constant(|_| Ok(Value::int(256))))),
    ("NOFLAG", Member::Only(since_3_11, &Member::Constant(|_| Ok(Value::int(0))))),
];

fn since_3_7(cx: &mut Evaluator<'_>) -> bool {
    at_least(cx, 7)
}

fn since_3_11(cx: &mut Evaluator<'_>) -> bool {
    at_least(cx, 11)
}

fn since_3_13(cx: &mut Evaluator<'_>) -> bool {
    at_least(cx, 13)
}

fn compile(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    compiled(cx, &arguments.get(0), &arguments.get(1))
}

/// Calls a method of the compiled pattern: `flags` is the index of that parameter.
fn by_method(
    cx: &mut Evaluator<'_>,
    arguments: &Arguments,
    flags: usize,
    run: fn(&mut Evaluator<'_>, &Value, &[Value]) -> Result<Value, Raised>,
) -> Result<Value, Raised> {
    let pattern = compiled(cx, &arguments.get(0), &arguments.get(flags))?;
    let rest: Vec<Value> = (1..flags).map(|index| arguments.get(index)).collect();
    run(cx, &pattern, &rest)
}

fn search(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    by_method(cx, arguments, 2, method::search)
}

fn match_(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    by_method(cx, arguments, 2, method::match_)
}

fn fullmatch(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    by_method(cx, arguments, 2, method::fullmatch)
}

fn split(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    by_method(cx, arguments, 3, method::split)
}

fn findall(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    by_method(cx, arguments, 2, method::findall)
}

fn finditer(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    by_method(cx, arguments, 2, method::finditer)
}

fn sub(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    by_method(cx, arguments, 4, method::sub)
}

fn subn(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    by_method(cx, arguments, 4, method::subn)
}

fn escape(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let text = Text::of(cx, &arguments.get(0))?;
    cx.charge_bytes(text.text.len() * 4)?;
    let escaped = by_python(cx, |python| pattern::escape(&text.text, python));
    Ok(text.with(&escaped))
}

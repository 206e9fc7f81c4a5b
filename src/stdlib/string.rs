//! `string`: constants, `Template`, `capwords`, and Python 2's functions that became methods.
//!
//! Not modelled: `Formatter`; subclasses of `Template` with their own delimiter or pattern.

use super::versions::by_python;
use crate::eval::exceptions::{KEY_ERROR, VALUE_ERROR};
use crate::eval::methods_text::make_bytes_translation;
use crate::eval::module::{Class, Entry, Member, Module, function, when};
use crate::eval::{Arguments, Evaluator, Raised, Value};
use crate::packaging::Python;

pub(super) static MODULE: Module = Module { name: "string", members: MEMBERS, available: None };

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";
const PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

macro_rules! text {
    ($text:expr) => {
        Member::Constant(|cx| Ok(cx.native_text($text)))
    };
}

/// Python 2's `string.f(s, …)` is `s.f(…)`.
macro_rules! old {
    ($name:literal) => {
        Member::Only(
            when::python2,
            &function("(s, *rest)", |cx, arguments| {
                cx.call_method(&arguments.get(0), $name, arguments.rest().to_vec())
            }),
        )
    };
}

const MEMBERS: &[Entry] = &[
    ("ascii_lowercase", text!(LOWER)),
    ("ascii_uppercase", text!(UPPER)),
    ("ascii_letters", text!(&[LOWER, UPPER].concat())),
    ("lowercase", Member::Only(when::python2, &text!(LOWER))),
    ("uppercase", Member::Only(when::python2, &text!(UPPER))),
    ("letters", Member::Only(when::python2, &text!(&[LOWER, UPPER].concat()))),
    ("digits", text!(DIGITS)),
    ("hexdigits", text!("0123456789abcdefABCDEF")),
    ("octdigits", text!("01234567")),
    ("punctuation", text!(PUNCTUATION)),
    ("printable", Member::Constant(printable)),
    ("whitespace", Member::Constant(whitespace)),
    ("Template", Member::Class(&TEMPLATE)),
    ("maketrans", Member::Only(when::python2, &function("(from, to)", make_bytes_translation))),
    ("capwords", function("(s, sep=None)", capwords)),
    ("join", Member::Only(when::python2, &function("(words, sep=' ')", join))),
    ("joinfields", Member::Only(when::python2, &function("(words, sep=' ')", join))),
    ("split", old!("split")),
    ("strip", old!("strip")),
    ("lstrip", old!("lstrip")),
    ("rstrip", old!("rstrip")),
    ("replace", old!("replace")),
    ("lower", old!("lower")),
    ("upper", old!("upper")),
    ("find", old!("find")),
    ("rfind", old!("rfind")),
    ("count", old!("count")),
    ("capitalize", old!("capitalize")),
    ("zfill", old!("zfill")),
    ("ljust", old!("ljust")),
    ("rjust", old!("rjust")),
    ("center", old!("center")),
    ("atoi", Member::Only(when::python2, &function("(s)", atoi))),
];

static TEMPLATE: Class = Class {
    name: "Template",
    module: "string",
    bases: &[],
    members: &[
        ("__init__", function("(self, template)", initialise)),
        ("delimiter", text!("$")),
        ("substitute", function("(self, mapping=None, **keywords)", substitute)),
        ("safe_substitute", function("(self, mapping=None, **keywords)", safe_substitute)),
    ],
    new: None,
};

fn printable(cx: &mut Evaluator<'_>) -> Result<Value, Raised> {
    Ok(cx.native_text(&[DIGITS, LOWER, UPPER, PUNCTUATION, " \t\n\r\x0b\x0c"].concat()))
}

/// In another order on Python 2.
fn whitespace(cx: &mut Evaluator<'_>) -> Result<Value, Raised> {
    Ok(cx.native_text(if cx.is_python2() { "\t\n\x0b\x0c\r " } else { " \t\n\r\x0b\x0c" }))
}

fn capwords(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let separator = arguments.get(1);
    let words = cx.call_method(&arguments.get(0), "split", vec![separator.clone()])?;
    let words = cx.items(&words)?;
    let words: Result<Vec<Value>, Raised> =
        words.iter().map(|word| cx.call_method(word, "capitalize", vec![])).collect();
    let words = words?;
    let words = cx.list(words);
    let joiner = if separator.is_none() { cx.native_text(" ") } else { separator };
    cx.call_method(&joiner, "join", vec![words])
}

fn join(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    cx.call_method(&arguments.get(1), "join", vec![arguments.get(0)])
}

fn atoi(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let text = cx.text_of(&arguments.get(0))?;
    match text.trim().parse::<i64>() {
        Ok(number) => Ok(Value::int(number)),
        Err(_) => Err(cx.error(&VALUE_ERROR, format!("invalid literal for int() with base 10: '{text}'"))),
    }
}

fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    cx.put_attribute(&arguments.get(0), "template", arguments.get(1));
    Ok(Value::NONE)
}

/// A piece of a template.
#[derive(PartialEq)]
enum Piece<'a> {
    Text(&'a str),
    /// A name, and how it is written.
    Name(&'a str, &'a str),
    /// A `$` that begins nothing, at this byte.
    Invalid(usize),
}

/// Identifiers are ASCII; beyond it they differ between Pythons, and so do the pieces.
fn pieces(template: &str, python: Python) -> Vec<Piece<'_>> {
    let starts = |c: char| {
        c.is_ascii_alphabetic()
            || c == '_'
            || (!c.is_ascii() && python < Python::new(3, 7) && c.is_alphabetic())
    };
    let goes_on = |c: char| starts(c) || c.is_ascii_digit();
    let name_length = |text: &str| {
        if text.starts_with(starts) { text.find(|c| !goes_on(c)).unwrap_or(text.len()) } else { 0 }
    };
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find('$') {
        pieces.push(Piece::Text(&rest[..at]));
        let after = &rest[at + 1..];
        let braced = after.strip_prefix('{').map(|inner| (inner, name_length(inner)));
        let length = name_length(after);
        let used = if after.starts_with('$') {
            pieces.push(Piece::Text("$"));
            1
        } else if length > 0 {
            pieces.push(Piece::Name(&after[..length], &rest[at..=at + length]));
            length
        } else if let Some((inner, length)) =
            braced.filter(|(inner, n)| *n > 0 && inner[*n..].starts_with('}'))
        {
            pieces.push(Piece::Name(&inner[..length], &rest[at..at + length + 3]));
            length + 2
        } else {
            pieces.push(Piece::Invalid(template.len() - rest.len() + at));
            0
        };
        rest = &after[used..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}

fn substitute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    fill(cx, arguments, false)
}

fn safe_substitute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    fill(cx, arguments, true)
}

fn fill(cx: &mut Evaluator<'_>, arguments: &Arguments, safe: bool) -> Result<Value, Raised> {
    let template = cx.get_attribute(&arguments.get(0), "template")?;
    let text = cx.text_of(&template)?;
    let mut out = cx.text_like(&template, "");
    for piece in by_python(cx, |python| pieces(&text, python)) {
        let piece = match piece {
            Piece::Text(text) => cx.text_like(&template, text),
            Piece::Name(name, written) => match value_of(cx, arguments, name) {
                Ok(value) => cx.to_str(&value)?,
                Err(Raised::Exception(error)) if safe && cx.is_instance(&error, &KEY_ERROR) => {
                    cx.text_like(&template, written)
                }
                Err(raised) => return Err(raised),
            },
            Piece::Invalid(_) if safe => cx.text_like(&template, "$"),
            Piece::Invalid(at) => {
                let before = &text[..at];
                let line = before.matches('\n').count() + 1;
                let column = at - before.rfind('\n').map_or(0, |newline| newline + 1) + 1;
                let text = format!("Invalid placeholder in string: line {line}, col {column}");
                return Err(cx.error(&VALUE_ERROR, text));
            }
        };
        out = cx.binary(crate::syntax::python::ast::Operator::Add, &out, &piece)?;
    }
    Ok(out)
}

/// Keywords go before the mapping.
fn value_of(cx: &mut Evaluator<'_>, arguments: &Arguments, name: &str) -> Result<Value, Raised> {
    if let Some(keyword) = arguments.keywords().iter().find(|keyword| &*keyword.name == name) {
        return Ok(keyword.value.clone());
    }
    let key = cx.native_text(name);
    match arguments.some(1) {
        Some(mapping) => cx.get_item(&mapping.clone(), &key),
        None => Err(cx.error_with(&KEY_ERROR, vec![key])),
    }
}

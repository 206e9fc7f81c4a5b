//! `distutils.version`: `LooseVersion` and `StrictVersion`.

use crate::eval::module::{Class, Entry, Member, Module, function};
use crate::eval::value::Data;
use crate::eval::{Arguments, Evaluator, Raised, Value, exceptions};
use crate::syntax::python::ast::CmpOp;
use num_bigint::BigInt;
use std::cmp::Ordering;

pub(super) static MODULE: Module = Module { name: "distutils.version", members: MEMBERS, available: None };

type Result = std::result::Result<Value, Raised>;

const MEMBERS: &[Entry] = &[
    ("LooseVersion", Member::Class(&LOOSE)),
    ("StrictVersion", Member::Class(&STRICT)),
    ("Version", Member::Class(&VERSION)),
];

macro_rules! rich {
    ($($name:literal $holds:expr),*) => { &[
        $(($name, function("(self, other)", |cx, a| compared(cx, a, |order: Ordering| $holds(order)))),)*
        ("__cmp__", function("(self, other)", three_way)),
        ("__init__", function("(self, vstring=None)", initialise)),
        ("__repr__", function("(self)", represent)),
    ] };
}

static VERSION: Class = Class {
    name: "Version",
    module: "distutils.version",
    bases: &[],
    members: rich![
        "__eq__" Ordering::is_eq,
        "__ge__" Ordering::is_ge,
        "__gt__" Ordering::is_gt,
        "__le__" Ordering::is_le,
        "__lt__" Ordering::is_lt
    ],
    new: None,
};

static LOOSE: Class = Class {
    name: "LooseVersion",
    module: "distutils.version",
    bases: &[&VERSION],
    members: &[
        ("__str__", function("(self)", |cx, a| cx.get_attribute(&a.get(0), "vstring"))),
        ("parse", function("(self, vstring)", parse_loose)),
    ],
    new: None,
};

static STRICT: Class = Class {
    name: "StrictVersion",
    module: "distutils.version",
    bases: &[&VERSION],
    members: &[
        ("__str__", function("(self)", strict_text)),
        ("parse", function("(self, vstring)", parse_strict)),
    ],
    new: None,
};

/// CPython's own limit for reading a number.
const MAX_DIGITS: usize = 4_300;

fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if cx.truth(&arguments.get(1))? {
        cx.call_method(&arguments.get(0), "parse", vec![arguments.get(1)])?;
    }
    Ok(Value::NONE)
}

fn represent(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.type_name(&arguments.get(0));
    let text = cx.display(&arguments.get(0))?;
    Ok(cx.native_text(&format!("{name} ('{text}')")))
}

/// Numbers and runs of small letters, dots dropped, what stands between them kept.
fn parse_loose(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (this, given) = (arguments.get(0), arguments.get(1));
    let text = cx.text_of(&given)?;
    // Each character may be a part.
    cx.charge_bytes(text.len().saturating_mul(48))?;
    if text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > MAX_DIGITS) {
        return Err(cx.unknown(format!("a number of more than {MAX_DIGITS} digits in a version")));
    }
    if text.chars().any(|c| c.is_numeric() && !c.is_ascii_digit()) {
        return Err(cx.unknown("a version with digits beyond ASCII"));
    }
    let kind = |c: char| match c {
        '0'..='9' => 0,
        'a'..='z' => 1,
        '.' => 2,
        _ => 3,
    };
    let mut parts = Vec::new();
    let mut rest = &*text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        match kind(first) {
            0 => parts.push(Value::big(part.parse::<BigInt>().unwrap_or_default())),
            2 => {}
            _ => parts.push(cx.text_like(&given, part)),
        }
    }
    cx.set_attribute(&this, "vstring", given)?;
    let version = cx.list(parts);
    cx.set_attribute(&this, "version", version)?;
    Ok(Value::NONE)
}

/// `1.2`, `1.2.3`, `1.2a1`.
fn parse_strict(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (this, given) = (arguments.get(0), arguments.get(1));
    let text = cx.text_of(&given)?;
    let Some((numbers, prerelease)) = strict_parts(&text) else {
        return Err(cx.error(&exceptions::VALUE_ERROR, format!("invalid version number '{text}'")));
    };
    let numbers = numbers.map(Value::int).to_vec();
    cx.set_attribute(&this, "version", Value::tuple(numbers))?;
    let prerelease = match prerelease {
        Some((letter, number)) => {
            Value::tuple(vec![cx.text_like(&given, &letter.to_string()), Value::int(number)])
        }
        None => Value::NONE,
    };
    cx.set_attribute(&this, "prerelease", prerelease)?;
    Ok(Value::NONE)
}

/// Letter and number.
type Prerelease = (char, i64);

fn strict_parts(text: &str) -> Option<([i64; 3], Option<Prerelease>)> {
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits { text.parse::<i64>().ok() } else { None }
    };
    // `$` of Python lets a last line end be.
    let text = text.strip_suffix('\n').unwrap_or(text);
    let (release, prerelease) = match text.find(['a', 'b']) {
        Some(at) => (&text[..at], Some((text[at..].chars().next()?, number(&text[at + 1..])?))),
        None => (text, None),
    };
    let parts: Vec<i64> = release.split('.').map(number).collect::<Option<_>>()?;
    match parts.as_slice() {
        [major, minor] => Some(([*major, *minor, 0], prerelease)),
        [major, minor, patch] => Some(([*major, *minor, *patch], prerelease)),
        _ => None,
    }
}

fn strict_text(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let version = cx.get_attribute(&arguments.get(0), "version")?;
    let mut parts = Vec::new();
    for part in cx.items(&version)? {
        parts.push(cx.int_of(&part)?);
    }
    if parts.get(2) == Some(&0) {
        parts.pop();
    }
    let mut text = parts.iter().map(i64::to_string).collect::<Vec<_>>().join(".");
    let prerelease = cx.get_attribute(&arguments.get(0), "prerelease")?;
    if !prerelease.is_none() {
        for part in cx.items(&prerelease)? {
            text += &cx.display(&part)?;
        }
    }
    Ok(cx.native_text(&text))
}

/// The order of two versions; `None` when the other is none.
fn order(
    cx: &mut Evaluator<'_>,
    this: &Value,
    other: &Value,
) -> std::result::Result<Option<Ordering>, Raised> {
    let class = if cx.is_instance(this, &STRICT) { &STRICT } else { &LOOSE };
    let other = match cx.text_of(other) {
        Ok(_) => cx.call(&Value::class(class), vec![other.clone()])?,
        Err(_) if cx.is_instance(other, class) => other.clone(),
        Err(Raised::Unknown(unknown)) => return Err(Raised::Unknown(unknown)),
        Err(_) => return Ok(None),
    };
    let release = attribute_order(cx, this, &other, "version")?;
    if release != Ordering::Equal || !std::ptr::eq(class, &raw const STRICT) {
        return Ok(Some(release));
    }
    // What has a pre-release is older than what has none.
    let none = |cx: &mut Evaluator<'_>, value: &Value| -> std::result::Result<bool, Raised> {
        Ok(cx.get_attribute(value, "prerelease")?.is_none())
    };
    Ok(Some(match (none(cx, this)?, none(cx, &other)?) {
        (true, true) => Ordering::Equal,
        (false, true) => Ordering::Less,
        (true, false) => Ordering::Greater,
        (false, false) => attribute_order(cx, this, &other, "prerelease")?,
    }))
}

fn attribute_order(
    cx: &mut Evaluator<'_>,
    this: &Value,
    other: &Value,
    name: &str,
) -> std::result::Result<Ordering, Raised> {
    let (a, b) = (cx.get_attribute(this, name)?, cx.get_attribute(other, name)?);
    if cx.equal(&a, &b)? {
        return Ok(Ordering::Equal);
    }
    let less = cx.compare(CmpOp::Lt, &a, &b)?;
    Ok(if cx.truth(&less)? { Ordering::Less } else { Ordering::Greater })
}

fn compared(cx: &mut Evaluator<'_>, arguments: &Arguments, holds: impl Fn(Ordering) -> bool) -> Result {
    Ok(match order(cx, &arguments.get(0), &arguments.get(1))? {
        Some(order) => Value::bool(holds(order)),
        None => Data::NotImplemented.into(),
    })
}

fn three_way(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    match order(cx, &arguments.get(0), &arguments.get(1))? {
        Some(order) => Ok(Value::int(order as i64)),
        None => Err(cx.unknown("comparing a version with something else is not modelled")),
    }
}

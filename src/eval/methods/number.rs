//! `int`, `bool`, `float`, `range`.

use super::text::Result;
use crate::eval::Evaluator;
use crate::eval::arguments::Arguments;
use crate::eval::budget::MAX_INT_BITS;
use crate::eval::exceptions::{OVERFLOW_ERROR, TYPE_ERROR, VALUE_ERROR};
use crate::eval::module::{Entry, Member, function, when};
use crate::eval::raised::Raised;
use crate::eval::types;
use crate::eval::value::{Data, Value};
use crate::syntax::python::ast::{Operator, UnaryOp};
use num_bigint::BigInt;
use num_traits::FromPrimitive;

/// The methods behind operators, with the operands in their order or turned round.
macro_rules! operators {
    ($($forward:literal $backward:literal $op:ident)*; $($more:tt)*) => { &[
        $(($forward, function("(self, other, /)", |cx, a| operate(cx, a, Operator::$op, false))),
        ($backward, function("(self, other, /)", |cx, a| operate(cx, a, Operator::$op, true))),)*
        ("__neg__", function("(self)", |cx, a| cx.unary(UnaryOp::USub, &cx.plain(&a.get(0))))),
        ("__pos__", function("(self)", |cx, a| cx.unary(UnaryOp::UAdd, &cx.plain(&a.get(0))))),
        ("__int__", function("(self)", new_int)),
        ("__float__", function("(self)", new_float)),
        ("__abs__", function("(self)", absolute)),
        ("__truediv__", Member::Only(when::python3, &function("(self, other, /)", |cx, a| operate(cx, a, Operator::Div, false)))),
        ("__rtruediv__", Member::Only(when::python3, &function("(self, other, /)", |cx, a| operate(cx, a, Operator::Div, true)))),
        $($more)*
    ] };
}

/// `int.__add__` and the like: what they do not know is NotImplemented.
fn operate(cx: &mut Evaluator<'_>, arguments: &Arguments, op: Operator, turned: bool) -> Result {
    let (this, other) = (cx.plain(&arguments.get(0)), cx.plain(&arguments.get(1)));
    let float = matches!(this.data, Data::Float(_));
    let knows = matches!(other.data, Data::Int(_) | Data::Bool(_) | Data::Big(_))
        || float && matches!(other.data, Data::Float(_));
    if !knows {
        return Ok(Data::NotImplemented.into());
    }
    if turned { cx.binary(op, &other, &this) } else { cx.binary(op, &this, &other) }
}

fn absolute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let this = cx.plain(&arguments.get(0));
    let negative = cx.less(&this, &Value::int(0))?;
    cx.unary(if negative { UnaryOp::USub } else { UnaryOp::UAdd }, &this)
}

pub const INT_MEMBERS: &[Entry] = operators![
    "__add__" "__radd__" Add "__sub__" "__rsub__" Sub "__mul__" "__rmul__" Mult "__floordiv__" "__rfloordiv__" FloorDiv
    "__mod__" "__rmod__" Mod "__pow__" "__rpow__" Pow "__lshift__" "__rlshift__" LShift "__rshift__" "__rrshift__" RShift
    "__and__" "__rand__" BitAnd "__or__" "__ror__" BitOr "__xor__" "__rxor__" BitXor;
    ("__index__", function("(self)", new_int)),
    ("__invert__", function("(self)", |cx, a| cx.unary(UnaryOp::Invert, &cx.plain(&a.get(0))))),
    ("bit_length", function("(self)", bit_length)),
    ("conjugate", function("(self)", itself)),
    ("denominator", Member::Property(|_, _| Ok(Value::int(1)))),
    ("imag", Member::Property(|_, _| Ok(Value::int(0)))),
    ("numerator", Member::Property(|_, this| Ok(this.clone()))),
    ("real", Member::Property(|_, this| Ok(this.clone()))),
    (
        "as_integer_ratio",
        Member::Only(|cx| is_since(cx, 8), &Member::Opaque("`as_integer_ratio` is not modelled")),
    ),
    ("bit_count", Member::Only(|cx| is_since(cx, 10), &Member::Opaque("`bit_count` is not modelled"))),
    ("is_integer", Member::Only(|cx| is_since(cx, 12), &function("(self)", |_, _| Ok(Value::bool(true))))),
    ("to_bytes", Member::Only(when::python3, &Member::Opaque("`int.to_bytes` is not modelled"))),
    ("from_bytes", Member::Only(when::python3, &Member::Opaque("`int.from_bytes` is not modelled"))),
];

pub const FLOAT_MEMBERS: &[Entry] = operators![
    "__add__" "__radd__" Add "__sub__" "__rsub__" Sub "__mul__" "__rmul__" Mult "__floordiv__" "__rfloordiv__" FloorDiv
    "__mod__" "__rmod__" Mod "__pow__" "__rpow__" Pow;
    ("conjugate", function("(self)", itself)),
    ("as_integer_ratio", Member::Opaque("`as_integer_ratio` is not modelled")),
    ("fromhex", Member::Opaque("`float.fromhex` is not modelled")),
    ("hex", Member::Opaque("`float.hex` is not modelled")),
    ("imag", Member::Property(|_, _| Ok(Value::float(0.0)))),
    ("is_integer", function("(self)", is_integer)),
    ("real", Member::Property(|_, this| Ok(this.clone()))),
];

fn is_since(cx: &mut Evaluator<'_>, minor: u8) -> bool {
    cx.at_least(minor)
}

fn itself(_: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(arguments.get(0))
}

fn bit_length(_: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let bits = Evaluator::big_of(&arguments.get(0)).map_or(0, |number| number.bits());
    Ok(Value::int(bits as i64))
}

fn is_integer(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let number = cx.float_of(&arguments.get(0))?;
    Ok(Value::bool(number.fract() == 0.0))
}

pub fn new_bool(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(Value::bool(cx.truth(&arguments.get(0))?))
}

pub fn new_long(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let made = new_int(cx, arguments)?;
    Ok(Evaluator::big_of(&made).map_or(made, Value::long))
}

pub fn new_int(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let value = cx.plain(&arguments.get(0));
    if arguments.some(1).is_some() && !matches!(value.data, Data::Text(_) | Data::Bytes(_)) {
        return Err(cx.error(&TYPE_ERROR, "int() can't convert non-string with explicit base"));
    }
    if let Some(number) = Evaluator::big_of(&value) {
        return Ok(Value::big(number));
    }
    match &value.data {
        Data::Float(number) => match BigInt::from_f64(number.trunc()) {
            Some(number) => Ok(Value::big(number)),
            None if number.is_nan() => Err(cx.error(&VALUE_ERROR, "cannot convert float NaN to integer")),
            None => Err(cx.error(&OVERFLOW_ERROR, "cannot convert float infinity to integer")),
        },
        Data::Text(_) | Data::Bytes(_) => {
            let text = match &value.data {
                Data::Bytes(bytes) => crate::eval::format::latin1(bytes),
                _ => cx.text_of(&value)?.to_string(),
            };
            let base = match arguments.some(1).cloned() {
                Some(base) => cx.int_of(&base)?,
                None => 10,
            };
            parse_int(cx, &text, base)
        }
        _ => {
            for name in ["__int__", "__trunc__", "__index__"] {
                if let Some(method) = cx.method(&value, name)? {
                    return cx.call(&method, vec![]);
                }
            }
            let kind = cx.type_name(&value);
            let text =
                format!("int() argument must be a string, a bytes-like object or a number, not '{kind}'");
            Err(cx.error(&TYPE_ERROR, text))
        }
    }
}

fn parse_int(cx: &mut Evaluator<'_>, text: &str, base: i64) -> Result {
    let invalid = |cx: &mut Evaluator<'_>| {
        let shown = cx.native_text(text);
        match cx.repr_text(&shown) {
            Ok(shown) => {
                cx.error(&VALUE_ERROR, format!("invalid literal for int() with base {base}: {shown}"))
            }
            Err(raised) => raised,
        }
    };
    if base != 0 && !(2..=36).contains(&base) {
        return Err(cx.error(&VALUE_ERROR, "int() base must be >= 2 and <= 36, or 0"));
    }
    if text.chars().any(|c| !c.is_ascii() && c.is_numeric()) {
        return Err(cx.unknown("digits beyond ASCII are not modelled"));
    }
    let trimmed = text.trim();
    let (negative, digits) = match trimmed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let lower = digits.to_ascii_lowercase();
    let prefixed = |prefix: &str, of: i64| {
        if base == of || base == 0 { lower.strip_prefix(prefix).map(|rest| (rest, of)) } else { None }
    };
    // A zero in front is octal on Python 2, and wrong on Python 3 unless nothing else follows.
    let second = lower.chars().nth(1).is_some_and(|c| c.is_ascii_digit() || c == '_');
    if base == 0 && second && lower.starts_with('0') && lower.contains(|c| !matches!(c, '0' | '_')) {
        let octal =
            BigInt::parse_bytes(lower.as_bytes(), 8).filter(|_| cx.is_python2() && !lower.contains('_'));
        return match octal {
            Some(number) => Ok(Value::big(if negative { -number } else { number })),
            None => Err(invalid(cx)),
        };
    }
    let found = prefixed("0x", 16).or_else(|| prefixed("0o", 8)).or_else(|| prefixed("0b", 2));
    let (digits, base) = found.unwrap_or((&lower, if base == 0 { 10 } else { base }));
    let well_placed = !digits.starts_with('_') && !digits.ends_with('_') && !digits.contains("__");
    if digits.contains('_') && !(well_placed && cx.at_least(6)) {
        return Err(invalid(cx));
    }
    let digits = digits.replace('_', "");
    if digits.len() as u64 > MAX_INT_BITS {
        return Err(cx.unknown("an integer larger than spx holds (4,096 bits)"));
    }
    let valid = !digits.is_empty() && digits.chars().all(|c| c.is_digit(base as u32));
    match BigInt::parse_bytes(digits.as_bytes(), base as u32).filter(|_| valid) {
        Some(number) if number.bits() > MAX_INT_BITS => {
            Err(cx.unknown("an integer larger than spx holds (4,096 bits)"))
        }
        Some(number) => Ok(Value::big(if negative { -number } else { number })),
        None => Err(invalid(cx)),
    }
}

/// Whether every underscore stands between digits, where Python allows it.
fn between_digits(cx: &mut Evaluator<'_>, text: &str) -> bool {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let fits = |at: usize| at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(at + 1));
    !text.contains('_') || cx.at_least(6) && text.match_indices('_').all(|(at, _)| fits(at))
}

pub fn new_float(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let value = cx.plain(&arguments.get(0));
    match &value.data {
        Data::Text(_) | Data::Bytes(_) => {
            let text = match &value.data {
                Data::Bytes(bytes) => crate::eval::format::latin1(bytes),
                _ => cx.text_of(&value)?.to_string(),
            };
            if text.chars().any(|c| !c.is_ascii() && c.is_numeric()) {
                return Err(cx.unknown("digits beyond ASCII are not modelled"));
            }
            let plain = text.trim().replace('_', "").to_ascii_lowercase();
            let word = plain.trim_start_matches(['+', '-']);
            let well_formed = matches!(word, "inf" | "infinity" | "nan")
                || word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | '+' | '-'));
            match plain.parse::<f64>() {
                Ok(number) if well_formed && (!text.contains('_') || between_digits(cx, &text)) => {
                    Ok(Value::float(number))
                }
                _ => {
                    let shown = cx.repr_text(&value)?;
                    Err(cx.error(&VALUE_ERROR, format!("could not convert string to float: {shown}")))
                }
            }
        }
        _ => {
            if let Some(method) = cx.method(&value, "__float__")? {
                return cx.call(&method, vec![]);
            }
            Ok(Value::float(cx.float_of(&value)?))
        }
    }
}

/// The attribute that holds start, stop and step.
pub const BOUNDS: &str = "<bounds>";

/// `range(…)[a:b:c]`.
pub fn sliced_range(cx: &mut Evaluator<'_>, bounds: &Value, length: usize, slice: &Value) -> Result {
    if cx.is_python2() {
        return Err(cx.error(&TYPE_ERROR, "sequence index must be integer, not 'slice'"));
    }
    let bounds = cx.items(bounds)?;
    let (first, step) = (cx.int_of(&bounds[0])?, cx.int_of(&bounds[2])?);
    let (start, stop, by) = cx.slice_bounds(length, slice)?;
    let part = [first + start * step, first + stop * step, step.saturating_mul(by)];
    cx.call(&Value::class(&types::RANGE), part.map(Value::int).to_vec())
}

/// `range(…)` of Python 3, `range` and `xrange` of Python 2: the numbers, as a tuple with a class of its own or a list.
pub fn new_range(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let numbers = range_numbers(cx, arguments)?;
    let range = cx.instance_with_payload(&types::RANGE, Value::tuple(numbers));
    let bounds = match arguments.given(1) {
        Some(stop) => [arguments.get(0), stop.clone(), arguments.get(2)],
        None => [Value::int(0), arguments.get(0), arguments.get(2)],
    };
    cx.put_attribute(&range, BOUNDS, Value::tuple(bounds.to_vec()));
    Ok(range)
}

/// `repr(range(…))`.
pub fn range_repr(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let bounds = cx.own_attribute(&arguments.get(0), BOUNDS).unwrap_or(Value::NONE);
    let numbers: Vec<Value> = cx.items(&bounds)?;
    let numbers: std::result::Result<Vec<i64>, Raised> =
        numbers.iter().map(|number| cx.int_of(number)).collect();
    let numbers = numbers?;
    let python2 = cx.is_python2();
    let text = match numbers.as_slice() {
        [0, stop, 1] if python2 => format!("xrange({stop})"),
        [start, stop, 1] if python2 => format!("xrange({start}, {stop})"),
        [start, stop, 1] => format!("range({start}, {stop})"),
        [start, stop, step] if !python2 => format!("range({start}, {stop}, {step})"),
        _ => return Err(cx.unknown("the text of an `xrange` with a step is not modelled")),
    };
    Ok(cx.native_text(&text))
}

/// The numbers of `range(start, stop, step)`.
pub fn range_numbers(
    cx: &mut Evaluator<'_>,
    arguments: &Arguments,
) -> std::result::Result<Vec<Value>, Raised> {
    let (start, stop) = match arguments.given(1) {
        Some(stop) => (cx.int_of(&arguments.get(0))?, cx.int_of(&stop.clone())?),
        None => (0, cx.int_of(&arguments.get(0))?),
    };
    let step = cx.int_of(&arguments.get(2))?;
    if step == 0 {
        return Err(cx.error(&VALUE_ERROR, "range() arg 3 must not be zero"));
    }
    let span = if step > 0 { stop.saturating_sub(start) } else { start.saturating_sub(stop) };
    let count = if span <= 0 { 0 } else { (span - 1) / step.saturating_abs() + 1 };
    cx.charge_bytes(usize::try_from(count).unwrap_or(usize::MAX).saturating_mul(24))?;
    Ok((0..count).map(|index| Value::int(start + index * step)).collect())
}

//! `math`: what is exact on every machine. Not modelled: functions whose last digit depends on the C library.

use crate::eval::exceptions::VALUE_ERROR;
use crate::eval::module::{Entry, Member, Module, function, when};
use crate::eval::{Arguments, Data, Evaluator, Raised, Value};
use num_bigint::BigInt;
use num_traits::FromPrimitive;

pub(super) static MODULE: Module = Module { name: "math", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("pi", Member::Constant(|_| Ok(Value::float(std::f64::consts::PI)))),
    ("e", Member::Constant(|_| Ok(Value::float(std::f64::consts::E)))),
    ("inf", Member::Only(when::python3, &Member::Constant(|_| Ok(Value::float(f64::INFINITY))))),
    ("nan", Member::Only(when::python3, &Member::Constant(|_| Ok(Value::float(f64::NAN))))),
    ("floor", function("(x)", |cx, a| whole(cx, a, f64::floor))),
    ("ceil", function("(x)", |cx, a| whole(cx, a, f64::ceil))),
    ("trunc", function("(x)", trunc)),
    ("fabs", function("(x)", |cx, a| Ok(Value::float(cx.float_of(&a.get(0))?.abs())))),
    ("sqrt", function("(x)", sqrt)),
    ("isnan", function("(x)", |cx, a| Ok(Value::bool(cx.float_of(&a.get(0))?.is_nan())))),
    ("isinf", function("(x)", |cx, a| Ok(Value::bool(cx.float_of(&a.get(0))?.is_infinite())))),
];

/// A float on Python 2, an integer on Python 3.
fn whole(cx: &mut Evaluator<'_>, arguments: &Arguments, round: fn(f64) -> f64) -> Result<Value, Raised> {
    let value = arguments.get(0);
    if matches!(value.data, Data::Int(_) | Data::Big(_) | Data::Bool(_)) && !cx.is_python2() {
        return Ok(Value::int(cx.int_of(&value)?));
    }
    let number = round(cx.float_of(&value)?);
    if cx.is_python2() { Ok(Value::float(number)) } else { integer(cx, number) }
}

fn integer(cx: &mut Evaluator<'_>, number: f64) -> Result<Value, Raised> {
    match BigInt::from_f64(number) {
        Some(number) => Ok(Value::big(number)),
        None => Err(cx.error(&VALUE_ERROR, "cannot convert float to integer")),
    }
}

fn trunc(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let value = arguments.get(0);
    if matches!(value.data, Data::Int(_) | Data::Big(_) | Data::Bool(_)) {
        return Ok(Value::int(cx.int_of(&value)?));
    }
    let number = cx.float_of(&value)?.trunc();
    integer(cx, number)
}

fn sqrt(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let number = cx.float_of(&arguments.get(0))?;
    if number < 0.0 {
        return Err(cx.error(&VALUE_ERROR, "math domain error"));
    }
    Ok(Value::float(number.sqrt()))
}

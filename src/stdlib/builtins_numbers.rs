//! Builtins about numbers: `abs`, `divmod`, `hash`, `pow`, `round`.

use crate::eval::arguments::Arguments;
use crate::eval::exceptions::{OVERFLOW_ERROR, TYPE_ERROR, VALUE_ERROR};
use crate::eval::types;
use crate::eval::{Data, Evaluator, Raised, Value};
use crate::syntax::python::ast::Operator;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

type Result = std::result::Result<Value, Raised>;

pub(super) fn abs(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let value = arguments.get(0);
    if let Some(method) = cx.method(&value, "__abs__")? {
        return cx.call(&method, vec![]);
    }
    if !matches!(cx.plain(&value).data, Data::Int(_) | Data::Bool(_) | Data::Big(_) | Data::Float(_)) {
        let kind = cx.type_name(&value);
        return Err(cx.error(&TYPE_ERROR, format!("bad operand type for abs(): '{kind}'")));
    }
    let negative = cx.less(&value, &Value::int(0))?;
    if !negative {
        return match value.data {
            Data::Bool(flag) => Ok(Value::int(i64::from(flag))),
            _ => Ok(value),
        };
    }
    match value.data {
        Data::Float(number) => Ok(Value::float(-number)),
        _ => cx.binary(Operator::Sub, &Value::int(0), &value),
    }
}

pub(super) fn divide(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (x, y) = (arguments.get(0), arguments.get(1));
    if let Some(method) = cx.method(&x, "__divmod__")? {
        return cx.call(&method, vec![y]);
    }
    let quotient = cx.binary(Operator::FloorDiv, &x, &y)?;
    Ok(Value::tuple(vec![quotient, cx.binary(Operator::Mod, &x, &y)?]))
}

/// What has no hash is a TypeError; the hash of a small integer is itself, every other is not told.
pub(super) fn hash(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let value = arguments.get(0);
    if let Some(method) = cx.method(&value, "__hash__")? {
        return cx.call(&method, vec![]);
    }
    cx.key(&value)?;
    let number = match cx.plain(&value).data {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => Some(number as i64),
        Data::Int(number) => Some(number),
        Data::Big(number) => number.to_i64(),
        Data::Bool(flag) => Some(i64::from(flag)),
        _ => None,
    };
    match number {
        Some(-1) => Ok(Value::int(-2)),
        Some(number) if number.abs() < (1 << 60) => Ok(Value::int(number)),
        _ => Err(cx.unknown("hashes differ from run to run")),
    }
}

pub(super) fn power(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (base, exponent) = (arguments.get(0), arguments.get(1));
    let Some(modulus) = arguments.some(2).cloned() else { return cx.binary(Operator::Pow, &base, &exponent) };
    let long = cx.is_python2()
        && [&base, &exponent, &modulus].iter().any(|value| matches!(value.data, Data::Big(_)));
    let numbers =
        [base, exponent, modulus].map(|value| cx.plain(&value)).map(|value| Evaluator::big_of(&value));
    let [Some(base), Some(exponent), Some(modulus)] = numbers else {
        return Err(cx.error(&TYPE_ERROR, "pow() 3rd argument not allowed unless all arguments are integers"));
    };
    if modulus.is_zero() {
        return Err(cx.error(&VALUE_ERROR, "pow() 3rd argument cannot be 0"));
    }
    if exponent.is_negative() {
        return Err(cx.unknown("`pow` of a negative exponent with a modulus is not modelled"));
    }
    cx.charge_steps(usize::try_from(exponent.bits() * modulus.bits() / 64).unwrap_or(usize::MAX))?;
    let value = base.modpow(&exponent, &modulus);
    Ok(if long { Value::long(value) } else { Value::big(value) })
}

pub(super) fn round(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (value, digits) = (arguments.get(0), arguments.some(1).cloned());
    if let Some(method) = cx.method(&value, "__round__")?.filter(|_| !cx.is_python2()) {
        return cx.call(&method, digits.into_iter().collect());
    }
    let digits = match digits {
        Some(digits) => Some(cx.int_of(&digits)?),
        None => None,
    };
    let plain = cx.plain(&value);
    match &plain.data {
        Data::Float(number) => round_float(cx, *number, digits),
        Data::Int(_) | Data::Bool(_) | Data::Big(_) if cx.is_python2() => {
            let number = cx.float_of(&plain)?;
            round_float(cx, number, digits)
        }
        Data::Int(_) | Data::Bool(_) | Data::Big(_) => {
            let number = Evaluator::big_of(&plain).unwrap_or_default();
            Ok(Value::big(round_integer(&number, digits.unwrap_or(0))))
        }
        _ => {
            let kind = cx.type_name(&value);
            Err(cx.error(&TYPE_ERROR, format!("type {kind} doesn't define __round__ method")))
        }
    }
}

/// To a multiple of a power of ten, half to even.
fn round_integer(number: &BigInt, digits: i64) -> BigInt {
    let Some(places) =
        digits.checked_neg().and_then(|places| u32::try_from(places).ok()).filter(|places| *places > 0)
    else {
        return number.clone();
    };
    if u64::from(places) > number.bits() {
        return BigInt::ZERO;
    }
    let unit = BigInt::from(10).pow(places);
    let (quotient, rest) = number.div_mod_floor(&unit);
    let twice = rest * 2;
    let up = twice > unit || (twice == unit && quotient.is_odd());
    (quotient + i32::from(up)) * unit
}

fn round_float(cx: &mut Evaluator<'_>, number: f64, digits: Option<i64>) -> Result {
    let python2 = cx.is_python2();
    match digits {
        None if python2 => Ok(Value::float(number.round())),
        None if number.is_nan() => Err(cx.error(&VALUE_ERROR, "cannot convert float NaN to integer")),
        None if number.is_infinite() => {
            Err(cx.error(&OVERFLOW_ERROR, "cannot convert float infinity to integer"))
        }
        None => cx.call(&Value::class(&types::INT), vec![Value::float(number.round_ties_even())]),
        Some(_) if !number.is_finite() => Ok(Value::float(number)),
        Some(digits) => Ok(Value::float(round_decimally(number, digits, !python2))),
    }
}

/// The float nearest to a number's exact decimal value rounded to so many digits behind the point.
fn round_decimally(number: f64, digits: i64, half_to_even: bool) -> f64 {
    // The exact value of a double has at most 1,074 digits behind the point.
    let exact = format!("{:.1074}", number.abs());
    let Some((whole, fraction)) = exact.split_once('.') else { return number };
    let kept = whole.len() as i64 + digits;
    let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
    if kept >= all.len() as i64 {
        return number;
    }
    let Ok(kept) = usize::try_from(kept) else { return 0f64.copysign(number) };
    let (head, tail) = all.split_at(kept);
    let zero_behind = tail.iter().skip(1).all(|digit| *digit == 0);
    let up = match tail.first() {
        Some(5) if zero_behind && half_to_even => head.last().is_some_and(|digit| digit % 2 == 1),
        Some(first) => *first >= 5,
        None => false,
    };
    let text: String = head.iter().map(|digit| char::from(digit + b'0')).collect();
    let rounded = text.parse::<BigInt>().unwrap_or_default() + i32::from(up);
    format!("{rounded}e{}", -digits).parse().map_or(number, |value: f64| value.copysign(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_round_by_their_exact_value() {
        let even = |number, digits| round_decimally(number, digits, true).to_string();
        let away = |number, digits| round_decimally(number, digits, false).to_string();
        assert_eq!(
            [even(2.675, 2), even(1.25, 1), even(0.5, 0), even(1234.5, -2)],
            ["2.67", "1.2", "0", "1200"]
        );
        assert_eq!(
            [away(1.25, 1), away(1250.0, -2), away(-0.25, 1), away(2.675, 2)],
            ["1.3", "1300", "-0.3", "2.67"]
        );
        assert_eq!([even(1e300, -301), even(6.0, -1), even(-4.0, -5)], ["0", "10", "-0"]);
        assert_eq!(round_decimally(5e-324, 400, true).to_bits(), 1);
    }

    #[test]
    fn integers_round_half_to_even() {
        let round = |number: i32, digits| round_integer(&BigInt::from(number), digits);
        assert_eq!(
            [round(1250, -2), round(1350, -2), round(-1250, -2), round(7, 2), round(7, -9)]
                .map(|n| n.to_string()),
            ["1200", "1400", "-1200", "7", "0"]
        );
    }
}

//! Floats as CPython writes them: `repr`, and the notations `e`, `f` and `g`.

/// The most digits after the point that a double can have; what is asked beyond are zeros.
const MOST_DECIMALS: usize = 1100;

/// `repr(value)`, and `str(value)` on Python 3: the shortest digits that read back as the same float.
pub fn repr(value: f64) -> String {
    if !value.is_finite() {
        return not_finite(value);
    }
    let (digits, exponent) = shortest(value.abs());
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let text = if (-4..16).contains(&exponent) {
        let mut text = positional(&digits, exponent);
        if !text.contains('.') {
            text.push_str(".0");
        }
        text
    } else {
        scientific(&digits, exponent, false)
    };
    format!("{sign}{text}")
}

/// `str(value)` on Python 2: twelve digits.
pub fn python2_str(value: f64) -> String {
    if !value.is_finite() {
        return not_finite(value);
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    format!("{sign}{}", general(value.abs(), 12, false, true))
}

fn not_finite(value: f64) -> String {
    match value {
        v if v.is_nan() => "nan",
        v if v > 0.0 => "inf",
        _ => "-inf",
    }
    .to_owned()
}

/// `f` notation of a finite value that is not negative; `alternate` keeps the point when nothing follows it.
pub fn fixed(value: f64, precision: usize, alternate: bool) -> String {
    let mut text = format!("{value:.*}", precision.min(MOST_DECIMALS));
    text.extend(std::iter::repeat_n('0', precision.saturating_sub(MOST_DECIMALS)));
    if precision == 0 && alternate {
        text.push('.');
    }
    text
}

/// `e` notation of a finite value that is not negative.
pub fn exponential(value: f64, precision: usize, alternate: bool) -> String {
    let (mut digits, exponent) = rounded(value, precision.min(MOST_DECIMALS));
    digits.extend(std::iter::repeat_n('0', precision.saturating_sub(MOST_DECIMALS)));
    scientific(&digits, exponent, alternate)
}

/// `g` notation of a finite value that is not negative. `alternate` keeps trailing zeros; `always_point` is how an empty
/// presentation type with a precision (and Python 2's `str`) differs: the result shows that it is a float.
pub fn general(value: f64, precision: usize, alternate: bool, always_point: bool) -> String {
    let precision = precision.max(1);
    let (mut digits, exponent) = rounded(value, (precision - 1).min(MOST_DECIMALS));
    if alternate {
        digits.extend(std::iter::repeat_n('0', precision.saturating_sub(digits.len())));
    } else {
        let kept = digits.trim_end_matches('0').len().max(1);
        digits.truncate(kept);
    }
    let largest = precision as i64 - i64::from(always_point);
    if exponent < -4 || i64::from(exponent) >= largest {
        return scientific(&digits, exponent, alternate);
    }
    let mut text = positional(&digits, exponent);
    if always_point && !text.contains('.') {
        text.push_str(".0");
    } else if alternate && !text.contains('.') {
        text.push('.');
    }
    text
}

/// Digits without a point, and the power of ten of the first.
fn shortest(value: f64) -> (String, i32) {
    split_exponent(&format!("{value:e}"))
}

fn rounded(value: f64, decimals: usize) -> (String, i32) {
    split_exponent(&format!("{value:.decimals$e}"))
}

fn split_exponent(text: &str) -> (String, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    (mantissa.replace('.', ""), exponent.parse().unwrap_or(0))
}

/// `digits` with the point where `exponent` puts it; no point when nothing follows it.
fn positional(digits: &str, exponent: i32) -> String {
    if exponent < 0 {
        return format!("0.{}{digits}", "0".repeat((-exponent - 1) as usize));
    }
    let whole = exponent as usize + 1;
    if digits.len() <= whole {
        return format!("{digits}{}", "0".repeat(whole - digits.len()));
    }
    format!("{}.{}", &digits[..whole], &digits[whole..])
}

fn scientific(digits: &str, exponent: i32, alternate: bool) -> String {
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() && !alternate { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{first}{point}{rest}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repr_is_the_shortest_that_reads_back() {
        // python3 -c 'print([repr(x) for x in (…)])'
        let cases = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (9_999_999_999_999_998.0, "9999999999999998.0"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (1.5e-7, "1.5e-07"),
            (123_456.789, "123456.789"),
            (5e-324, "5e-324"),
            (1.797_693_134_862_315_7e308, "1.7976931348623157e+308"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
            (2.5, "2.5"),
            (1e22, "1e+22"),
            (0.1 + 0.2, "0.30000000000000004"),
        ];
        for (value, text) in cases {
            assert_eq!(repr(value), text);
        }
    }

    #[test]
    fn python_2_str_has_twelve_digits() {
        let cases = [
            (0.1 + 0.2, "0.3"),
            (1e11, "1e+11"),
            (99_999_999_999.0, "99999999999.0"),
            (123_456_789_012.0, "1.23456789012e+11"),
            (1e12, "1e+12"),
            (2.0, "2.0"),
            (1.0 / 3.0, "0.333333333333"),
            (-0.0, "-0.0"),
            (1e-5, "1e-05"),
        ];
        for (value, text) in cases {
            assert_eq!(python2_str(value), text);
        }
    }

    #[test]
    fn notations() {
        assert_eq!(fixed(2.5, 0, false), "2");
        assert_eq!(fixed(3.5, 0, true), "4.");
        assert_eq!(fixed(1e22, 6, false), "10000000000000000000000.000000");
        assert_eq!(fixed(0.1, 20, false), "0.10000000000000000555");
        assert_eq!(fixed(1.0, 1200, false).len(), 1202);
        assert_eq!(exponential(12345.678, 6, false), "1.234568e+04");
        assert_eq!(exponential(0.0, 0, true), "0.e+00");
        assert_eq!(general(1234.5, 3, false, false), "1.23e+03");
        assert_eq!(general(1234.5, 0, false, false), "1e+03");
        assert_eq!(general(1.0, 6, true, false), "1.00000");
        assert_eq!(general(100_000.0, 6, false, false), "100000");
        assert_eq!(general(1_000_000.0, 6, false, false), "1e+06");
        assert_eq!(general(0.0001, 6, false, false), "0.0001");
        assert_eq!(general(9.999_999_9, 6, false, false), "10");
    }
}

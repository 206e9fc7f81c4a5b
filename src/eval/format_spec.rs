//! The format specification mini-language: `format(value, spec)` for text, integers and floats.
//!
//! Source: the "Format Specification Mini-Language" of CPython's library reference, and its behaviour in 2.7 to 3.13.
//! Locale-aware `n` is modelled for the C locale, the one that setup.py runs in. Not modelled: grouping in the fraction
//! (3.14).

use crate::eval::float_text;
use crate::eval::format_error::{Bounded, FormatError};
use crate::packaging::Python;
use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

/// A parsed specification.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Spec {
    fill: char,
    align: char,
    sign: Option<char>,
    /// `z`: a negative number that rounds to zero loses its sign.
    coerce_zero: bool,
    alternate: bool,
    width: usize,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

/// `format(value, spec)` of a string.
pub fn text(value: &str, spec: &str, python: Python, limit: usize) -> Result<String, FormatError> {
    if spec.is_empty() {
        return Ok(value.to_owned());
    }
    let spec = Spec::parse(spec, python, "str", '<', 's')?;
    if spec.kind != Some('s') {
        return Err(unknown_code(spec.kind, "str"));
    }
    let refused =
        |what: &str| Err(FormatError::value_error(format!("{what} not allowed in string format specifier")));
    match spec.sign {
        Some(' ') if python >= Python::new(3, 10) => return refused("Space"),
        Some(_) => return refused("Sign"),
        None => {}
    }
    if spec.coerce_zero {
        return refused("Negative zero coercion (z)");
    }
    if spec.alternate {
        return refused("Alternate form (#)");
    }
    if spec.align == '=' {
        return Err(FormatError::value_error("'=' alignment not allowed in string format specifier"));
    }
    let end = spec.precision.and_then(|p| value.char_indices().nth(p)).map_or(value.len(), |(at, _)| at);
    let mut out = Bounded::new(limit);
    spec.pad(&mut out, &Number { sign: "", prefix: "", digits: &value[..end], rest: "" })?;
    Ok(out.finish())
}

/// `format(value, spec)` of an int, or of a bool (whose `type_name` is `bool`); an empty spec is the caller's `str()`.
pub fn integer(
    value: &BigInt,
    type_name: &str,
    spec: &str,
    python: Python,
    limit: usize,
) -> Result<String, FormatError> {
    let spec = Spec::parse(spec, python, type_name, '>', 'd')?;
    let kind = spec.kind.unwrap_or('d');
    if matches!(kind, 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') {
        let number = value
            .to_f64()
            .filter(|n| n.is_finite())
            .ok_or_else(|| FormatError::overflow_error("int too large to convert to float"))?;
        return spec.float(number, limit);
    }
    if !matches!(kind, 'b' | 'c' | 'd' | 'n' | 'o' | 'x' | 'X') {
        return Err(unknown_code(spec.kind, type_name));
    }
    if spec.precision.is_some() {
        return Err(FormatError::value_error("Precision not allowed in integer format specifier"));
    }
    if spec.coerce_zero {
        let text = "Negative zero coercion (z) not allowed in format specifier with integer format code";
        return Err(FormatError::value_error(format!("{text} '{kind}'")));
    }
    let mut out = Bounded::new(limit);
    if kind == 'c' {
        spec.pad(
            &mut out,
            &Number { sign: "", prefix: "", digits: "", rest: &spec.character(value, python)? },
        )?;
        return Ok(out.finish());
    }
    let radix = match kind {
        'b' => 2,
        'o' => 8,
        'x' | 'X' => 16,
        _ => 10,
    };
    let mut digits = value.magnitude().to_str_radix(radix);
    if kind == 'X' {
        digits.make_ascii_uppercase();
    }
    let prefix = match kind {
        'b' if spec.alternate => "0b",
        'o' if spec.alternate => "0o",
        'x' if spec.alternate => "0x",
        'X' if spec.alternate => "0X",
        _ => "",
    };
    let sign = spec.sign_text(value.sign() == Sign::Minus);
    spec.number(&mut out, &Number { sign, prefix, digits: &digits, rest: "" })?;
    Ok(out.finish())
}

/// `format(value, spec)` of a float; an empty spec is the caller's `str()`.
pub fn float(value: f64, spec: &str, python: Python, limit: usize) -> Result<String, FormatError> {
    let spec = Spec::parse(spec, python, "float", '>', '\0')?;
    if python.major == 2 && spec.alternate {
        return Err(FormatError::value_error("Alternate form (#) not allowed in float format specifier"));
    }
    if !matches!(spec.kind, None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%')) {
        return Err(unknown_code(spec.kind, "float"));
    }
    spec.float(value, limit)
}

/// A number's text in parts: what is grouped and zero-filled is `digits`.
struct Number<'a> {
    sign: &'a str,
    prefix: &'a str,
    digits: &'a str,
    rest: &'a str,
}

impl Number<'_> {
    fn length(&self) -> usize {
        self.sign.len() + self.prefix.len() + self.digits.chars().count() + self.rest.chars().count()
    }
}

fn unknown_code(kind: Option<char>, type_name: &str) -> FormatError {
    let kind = kind.unwrap_or('\0');
    let shown =
        if (' '..='~').contains(&kind) { kind.to_string() } else { format!("\\x{:x}", u32::from(kind)) };
    FormatError::value_error(format!("Unknown format code '{shown}' for object of type '{type_name}'"))
}

fn is_alignment(character: char) -> bool {
    matches!(character, '<' | '>' | '=' | '^')
}

impl Spec {
    /// `default_kind` is NUL where the type has no default presentation.
    fn parse(
        text: &str,
        python: Python,
        type_name: &str,
        default_align: char,
        default_kind: char,
    ) -> Result<Self, FormatError> {
        let characters: Vec<char> = text.chars().collect();
        let mut at = 0;
        let accept = |at: &mut usize, wanted: &[char]| {
            let found = characters.get(*at).copied().filter(|c| wanted.contains(c));
            *at += usize::from(found.is_some());
            found
        };
        let mut fill = None;
        let mut align = None;
        if characters.get(1).copied().is_some_and(is_alignment) {
            fill = Some(characters[0]);
            align = Some(characters[1]);
            at = 2;
        } else if let Some(found) = accept(&mut at, &['<', '>', '=', '^']) {
            align = Some(found);
        }
        let sign = accept(&mut at, &[' ', '+', '-']);
        let coerce_zero = python >= Python::new(3, 11) && accept(&mut at, &['z']).is_some();
        let alternate = accept(&mut at, &['#']).is_some();
        if fill.is_none() && accept(&mut at, &['0']).is_some() {
            fill = Some('0');
            // Since 3.10 a leading zero no longer asks strings for sign-aware padding.
            if align.is_none() && (default_align == '>' || python < Python::new(3, 10)) {
                align = Some('=');
            }
        }
        let width = digits(&characters, &mut at)?.unwrap_or(0);
        let grouping = Self::grouping(&characters, &mut at, python)?;
        let mut precision = None;
        if accept(&mut at, &['.']).is_some() {
            if python >= Python::new(3, 14) && characters[at..].iter().any(|c| matches!(c, ',' | '_')) {
                return Err(FormatError::NotModelled("grouping in the fraction, which Python 3.14 added"));
            }
            precision = digits(&characters, &mut at)?;
            if precision.is_none() {
                return Err(FormatError::value_error("Format specifier missing precision"));
            }
        }
        if characters.len() - at > 1 {
            return Err(FormatError::value_error(match python {
                p if p.major == 2 => "Invalid conversion specification".to_owned(),
                p if p >= Python::new(3, 10) => {
                    format!("Invalid format specifier '{text}' for object of type '{type_name}'")
                }
                _ => "Invalid format specifier".to_owned(),
            }));
        }
        let kind = characters.get(at).copied().or(Some(default_kind).filter(|&k| k != '\0'));
        if let Some(separator) = grouping
            && !kind.is_none_or(|k| "deEfFgG%".contains(k) || (separator == '_' && "boxX".contains(k)))
        {
            let kind = kind.unwrap_or('\0');
            return Err(FormatError::value_error(format!("Cannot specify '{separator}' with '{kind}'.")));
        }
        Ok(Self {
            fill: fill.unwrap_or(' '),
            align: align.unwrap_or(default_align),
            sign,
            coerce_zero,
            alternate,
            width,
            grouping,
            precision,
            kind,
        })
    }

    fn grouping(characters: &[char], at: &mut usize, python: Python) -> Result<Option<char>, FormatError> {
        let mut grouping = None;
        if characters.get(*at) == Some(&',') {
            grouping = Some(',');
            *at += 1;
        }
        // PEP 515's `_` came with 3.6.
        if python >= Python::new(3, 6) {
            let both = || Err(FormatError::value_error("Cannot specify both ',' and '_'."));
            if characters.get(*at) == Some(&'_') {
                if grouping.is_some() {
                    return both();
                }
                grouping = Some('_');
                *at += 1;
            }
            if grouping == Some('_') && characters.get(*at) == Some(&',') {
                return both();
            }
        }
        Ok(grouping)
    }

    fn sign_text(&self, negative: bool) -> &'static str {
        match self.sign {
            _ if negative => "-",
            Some('+') => "+",
            Some(' ') => " ",
            _ => "",
        }
    }

    fn character(&self, value: &BigInt, python: Python) -> Result<String, FormatError> {
        if self.sign.is_some() {
            return Err(FormatError::value_error("Sign not allowed with integer format specifier 'c'"));
        }
        if self.alternate && python.major > 2 {
            return Err(FormatError::value_error(
                "Alternate form (#) not allowed with integer format specifier 'c'",
            ));
        }
        let range = if python.major == 2 { 0x100 } else { 0x11_0000 };
        let code = value
            .to_u32()
            .filter(|&n| n < range)
            .ok_or_else(|| FormatError::overflow_error(format!("%c arg not in range(0x{range:x})")))?;
        Ok(char::from_u32(code).ok_or(FormatError::NotModelled("a lone surrogate made by `c`"))?.to_string())
    }

    fn float(&self, value: f64, limit: usize) -> Result<String, FormatError> {
        let mut out = Bounded::new(limit);
        let precision = self.precision.unwrap_or(6);
        // 310 digits can stand before the point.
        out.check(precision)?;
        let percent = self.kind == Some('%');
        let value = if percent { value * 100.0 } else { value };
        let size = value.abs();
        let mut text = match self.kind.map(|k| k.to_ascii_lowercase()) {
            _ if value.is_nan() => "nan".to_owned(),
            _ if value.is_infinite() => "inf".to_owned(),
            None if self.precision.is_none() => self.shortest(size),
            None => float_text::general(size, precision, self.alternate, true),
            Some('e') => float_text::exponential(size, precision, self.alternate),
            Some('f' | '%') => float_text::fixed(size, precision, self.alternate),
            Some(_) => float_text::general(size, precision, self.alternate, false),
        };
        if self.kind.is_some_and(|k| k.is_ascii_uppercase()) {
            text.make_ascii_uppercase();
        }
        if percent {
            text.push('%');
        }
        let mut negative = value.is_sign_negative() && !value.is_nan();
        if self.coerce_zero && value.is_finite() {
            let mantissa = text.split(['e', 'E']).next().unwrap_or("");
            negative &= mantissa.bytes().any(|b| (b'1'..=b'9').contains(&b));
        }
        let whole = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, rest) = text.split_at(whole);
        self.number(&mut out, &Number { sign: self.sign_text(negative), prefix: "", digits, rest })?;
        Ok(out.finish())
    }

    fn shortest(&self, size: f64) -> String {
        let text = float_text::repr(size);
        match text.find('e') {
            Some(at) if self.alternate && !text.contains('.') => format!("{}.{}", &text[..at], &text[at..]),
            _ => text,
        }
    }

    /// A number with its separators and padding.
    fn number(&self, out: &mut Bounded, number: &Number<'_>) -> Result<(), FormatError> {
        let Some(separator) = self.grouping.filter(|_| !number.digits.is_empty()) else {
            return self.pad(out, number);
        };
        // Bits, octal and hexadecimal digits go in fours.
        let size = if matches!(self.kind, Some('b' | 'o' | 'x' | 'X')) { 4 } else { 3 };
        let least = if self.fill == '0' && self.align == '=' {
            out.check(self.width)?;
            self.width.saturating_sub(number.length() - number.digits.len())
        } else {
            0
        };
        out.check(number.digits.len().max(least).saturating_mul(2))?;
        let digits = group(number.digits, size, separator, least);
        self.pad(out, &Number { digits: &digits, ..*number })
    }

    fn pad(&self, out: &mut Bounded, number: &Number<'_>) -> Result<(), FormatError> {
        let missing = self.width.saturating_sub(number.length());
        let before = match self.align {
            '>' => missing,
            '^' => missing / 2,
            _ => 0,
        };
        let inside = if self.align == '=' { missing } else { 0 };
        out.push_repeated(self.fill, before)?;
        out.push_str(number.sign)?;
        out.push_str(number.prefix)?;
        out.push_repeated(self.fill, inside)?;
        out.push_str(number.digits)?;
        out.push_str(number.rest)?;
        out.push_repeated(self.fill, missing - before - inside)
    }
}

fn digits(characters: &[char], at: &mut usize) -> Result<Option<usize>, FormatError> {
    let mut number: Option<usize> = None;
    while let Some(digit) = characters.get(*at).and_then(|c| c.to_digit(10)) {
        let next = number.unwrap_or(0).checked_mul(10).and_then(|n| n.checked_add(digit as usize));
        number = Some(
            next.filter(|&n| i64::try_from(n).is_ok())
                .ok_or_else(|| FormatError::value_error("Too many decimal digits in format string"))?,
        );
        *at += 1;
    }
    Ok(number)
}

/// Separators every `size` digits from the right, zeros in front until `least` characters stand there.
fn group(digits: &str, size: usize, separator: char, least: usize) -> String {
    let mut backwards = String::new();
    let mut source = digits.chars().rev().fuse();
    let mut left = digits.len();
    let mut least = least;
    loop {
        let here = size.min(left.max(least).max(1));
        backwards.extend((0..here).map(|_| source.next().unwrap_or('0')));
        left = left.saturating_sub(here);
        least = least.saturating_sub(here);
        if left == 0 && least == 0 {
            return backwards.chars().rev().collect();
        }
        backwards.push(separator);
        least = least.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests;

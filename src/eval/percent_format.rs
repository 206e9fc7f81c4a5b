//! Python's `%` formatting of text (printf style), over whatever values the caller has.
//!
//! Bytes are formatted as Latin-1 text (one character a byte) with [`Flavour::bytes`] set. Modelled: every conversion,
//! flag, `*`, mapping keys, length modifiers (ignored, as in CPython). Known differences between versions that are kept:
//! `%5%` (padded on 2.7, plain to 3.7, refused from 3.8), `%o`'s prefix, which operands `%d` and `%x` accept, messages.

use crate::eval::float_text;
use crate::eval::format_error::{Bounded, FormatError};
use crate::packaging::Python;
use num_bigint::{BigInt, Sign};
use num_traits::{FromPrimitive, ToPrimitive};

/// Whose rules apply.
#[derive(Clone, Copy, Debug)]
pub struct Flavour {
    pub python: Python,
    /// The format is `bytes` (Python 3) or a byte `str` (Python 2).
    pub bytes: bool,
}

/// What stands right of the `%`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A tuple of so many operands.
    Tuple(usize),
    /// Something with `__getitem__` that is neither a tuple nor a string: a dict, and by CPython's test a list too.
    Mapping,
    /// Any other value: one operand.
    Single,
}

/// How a value is turned into text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Conversion {
    /// `str(x)`; in Python 3's bytes formatting the bytes of a bytes-like object.
    Str,
    Repr,
    Ascii,
}

/// What an operand is, as far as the numeric conversions ask.
#[derive(Clone, Debug)]
pub enum Operand {
    /// An int, or a bool.
    Integer(BigInt),
    Float(f64),
    /// A string (bytes as Latin-1).
    Text(String),
    /// Any other known value without numeric methods; the name of its type.
    Other(String),
    Unknown,
}

/// The operands of one formatting.
pub trait Operands {
    type Value;
    type Failure: From<FormatError>;

    fn shape(&self) -> Shape;
    /// The whole right operand.
    fn whole(&mut self) -> Self::Value;
    /// The tuple's item at `index`, which is below the length told by [`Operands::shape`].
    fn item(&mut self, index: usize) -> Self::Value;
    /// `operand[key]`, with the exception that subscription raises.
    fn lookup(&mut self, key: &str) -> Result<Self::Value, Self::Failure>;
    /// `None` where the text is unknown.
    fn text(&mut self, value: &Self::Value, how: Conversion) -> Result<Option<String>, Self::Failure>;
    fn operand(&mut self, value: &Self::Value) -> Operand;
}

/// The text, or the first operand whose text or number is unknown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Formatted<V> {
    Known(String),
    Unknown(V),
}

/// `template % operands`, of at most `limit` bytes.
pub fn format<O: Operands>(
    template: &str,
    operands: &mut O,
    flavour: Flavour,
    limit: usize,
) -> Result<Formatted<O::Value>, O::Failure> {
    let mut run = Run {
        characters: template.char_indices().peekable(),
        template,
        source: Source::Operand { next: 0 },
        operands,
        flavour,
        out: Bounded::new(limit),
    };
    while let Some((start, character)) = run.characters.next() {
        if character != '%' {
            let rest = &template[start..];
            let end = rest.find('%').unwrap_or(rest.len());
            run.out.push_str(&rest[..end])?;
            while run.characters.next_if(|&(at, _)| at < start + end).is_some() {}
        } else if let Some(unknown) = run.conversion(start)? {
            return Ok(Formatted::Unknown(unknown));
        }
    }
    let left_over = match (run.operands.shape(), &run.source) {
        (Shape::Mapping, _) => false,
        (Shape::Tuple(length), Source::Operand { next }) => *next < length,
        (Shape::Single, Source::Operand { next }) => *next == 0,
        (_, Source::Keyed(_)) => false,
    };
    if left_over {
        let text = if flavour.bytes && flavour.python.major > 2 {
            "not all arguments converted during bytes formatting"
        } else {
            "not all arguments converted during string formatting"
        };
        return Err(FormatError::type_error(text).into());
    }
    Ok(Formatted::Known(run.out.finish()))
}

/// Where the next operand comes from.
enum Source<V> {
    Operand {
        next: usize,
    },
    /// After a mapping key: its value, once.
    Keyed(Option<V>),
}

struct Run<'a, O: Operands> {
    characters: std::iter::Peekable<std::str::CharIndices<'a>>,
    template: &'a str,
    source: Source<O::Value>,
    operands: &'a mut O,
    flavour: Flavour,
    out: Bounded,
}

#[derive(Default)]
struct Spec {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

/// A conversion's text before padding: sign and prefix stand before the zeros.
struct Body {
    sign: &'static str,
    prefix: &'static str,
    digits: String,
    zero_padded: bool,
}

/// An operand that is unknown ends the formatting without being a failure.
enum Stop<V, F> {
    Unknown(V),
    Failed(F),
}

impl<V, F: From<FormatError>> From<FormatError> for Stop<V, F> {
    fn from(error: FormatError) -> Self {
        Self::Failed(error.into())
    }
}

type Step<T, O> = Result<T, Stop<<O as Operands>::Value, <O as Operands>::Failure>>;

impl<O: Operands> Run<'_, O> {
    fn conversion(&mut self, start: usize) -> Result<Option<O::Value>, O::Failure> {
        match self.one(start) {
            Ok(()) => Ok(None),
            Err(Stop::Unknown(value)) => Ok(Some(value)),
            Err(Stop::Failed(failure)) => Err(failure),
        }
    }

    /// One conversion, whose `%` is read already.
    fn one(&mut self, start: usize) -> Step<(), O> {
        let modern = self.flavour.python >= Python::new(3, 8);
        let mut spec = Spec::default();
        if let Some((open, _)) = self.characters.next_if(|&(_, c)| c == '(') {
            self.key(open).map_err(Stop::Failed)?;
        }
        self.flags(&mut spec);
        self.width(&mut spec)?;
        self.precision(&mut spec)?;
        self.characters.next_if(|&(_, c)| matches!(c, 'h' | 'l' | 'L'));
        let Some((at, letter)) = self.characters.next() else {
            return Err(FormatError::value_error("incomplete format").into());
        };
        if letter == '%' && (!modern || at == start + 1) {
            let width = if self.flavour.python.major == 2 { spec.width } else { 0 };
            let body = Body { sign: "", prefix: "", digits: "%".into(), zero_padded: false };
            return Ok(self.pad(&Spec { width, ..spec }, &body)?);
        }
        let value = self.next()?;
        let body = match letter {
            's' | 'r' | 'a' | 'b' => self.textual(&value, letter, at, &spec),
            'd' | 'i' | 'u' | 'x' | 'X' | 'o' => self.integral(&value, letter, &spec),
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => self.floating(&value, letter, &spec),
            'c' => self.character(&value),
            _ => Err(self.unsupported(letter, at).into()),
        };
        match body.map_err(Stop::Failed)? {
            Some(body) => Ok(self.pad(&spec, &body)?),
            None => Err(Stop::Unknown(value)),
        }
    }

    fn key(&mut self, open: usize) -> Result<(), O::Failure> {
        if self.operands.shape() != Shape::Mapping {
            return Err(FormatError::type_error("format requires a mapping").into());
        }
        let mut depth = 1;
        for (at, character) in self.characters.by_ref() {
            match character {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let value = self.operands.lookup(&self.template[open + 1..at])?;
                self.source = Source::Keyed(Some(value));
                return Ok(());
            }
        }
        Err(FormatError::value_error("incomplete format key").into())
    }

    fn flags(&mut self, spec: &mut Spec) {
        while let Some((_, flag)) =
            self.characters.next_if(|&(_, c)| matches!(c, '-' | '+' | ' ' | '#' | '0'))
        {
            match flag {
                '-' => spec.left = true,
                '+' => spec.plus = true,
                ' ' => spec.space = true,
                '#' => spec.alternate = true,
                _ => spec.zero = true,
            }
        }
    }

    fn width(&mut self, spec: &mut Spec) -> Step<(), O> {
        if self.characters.next_if(|&(_, c)| c == '*').is_some() {
            let width = self.star("width too big")?;
            spec.left |= width < 0;
            spec.width = usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX);
        } else if let Some(width) = self.digits("width too big")? {
            spec.width = width;
        }
        Ok(())
    }

    fn precision(&mut self, spec: &mut Spec) -> Step<(), O> {
        if self.characters.next_if(|&(_, c)| c == '.').is_none() {
            return Ok(());
        }
        let message = if self.flavour.python.major == 2 { "prec too big" } else { "precision too big" };
        spec.precision = Some(if self.characters.next_if(|&(_, c)| c == '*').is_some() {
            usize::try_from(self.star(message)?).unwrap_or(0)
        } else {
            self.digits(message)?.unwrap_or(0)
        });
        Ok(())
    }

    fn digits(&mut self, too_big: &str) -> Result<Option<usize>, FormatError> {
        let mut number: Option<usize> = None;
        while let Some((_, digit)) = self.characters.next_if(|(_, c)| c.is_ascii_digit()) {
            let next = number
                .unwrap_or(0)
                .checked_mul(10)
                .and_then(|n| n.checked_add(digit as usize - '0' as usize));
            number = Some(
                next.filter(|&n| i64::try_from(n).is_ok())
                    .ok_or_else(|| FormatError::value_error(too_big))?,
            );
        }
        Ok(number)
    }

    fn star(&mut self, too_big: &str) -> Step<i64, O> {
        let value = self.next()?;
        match self.operands.operand(&value) {
            Operand::Unknown => Err(Stop::Unknown(value)),
            Operand::Integer(number) => {
                Ok(number.to_i64().ok_or_else(|| FormatError::overflow_error(too_big))?)
            }
            _ => Err(FormatError::type_error("* wants int").into()),
        }
    }

    fn next(&mut self) -> Result<O::Value, FormatError> {
        let found = match &mut self.source {
            Source::Keyed(value) => value.take(),
            Source::Operand { next } => {
                let at = *next;
                *next += 1;
                match self.operands.shape() {
                    Shape::Tuple(length) if at < length => Some(self.operands.item(at)),
                    Shape::Mapping | Shape::Single if at == 0 => Some(self.operands.whole()),
                    _ => None,
                }
            }
        };
        found.ok_or_else(|| FormatError::type_error("not enough arguments for format string"))
    }

    fn textual(
        &mut self,
        value: &O::Value,
        letter: char,
        at: usize,
        spec: &Spec,
    ) -> Result<Option<Body>, O::Failure> {
        let python3 = self.flavour.python.major > 2;
        let how = match letter {
            's' => Conversion::Str,
            'b' if python3 && self.flavour.bytes => Conversion::Str,
            // In bytes formatting `%r` is the same as `%a`.
            'r' if python3 && self.flavour.bytes => Conversion::Ascii,
            'r' => Conversion::Repr,
            'a' if python3 => Conversion::Ascii,
            _ => return Err(self.unsupported(letter, at).into()),
        };
        let Some(mut text) = self.operands.text(value, how)? else { return Ok(None) };
        if let Some(precision) = spec.precision
            && let Some((end, _)) = text.char_indices().nth(precision)
        {
            text.truncate(end);
        }
        Ok(Some(Body { sign: "", prefix: "", digits: text, zero_padded: false }))
    }

    fn integral(&mut self, value: &O::Value, letter: char, spec: &Spec) -> Result<Option<Body>, O::Failure> {
        let python = self.flavour.python;
        let decimal = matches!(letter, 'd' | 'i' | 'u');
        let number = match self.operands.operand(value) {
            Operand::Unknown => return Ok(None),
            Operand::Integer(number) => number,
            Operand::Float(number) if decimal || python.major == 2 => {
                match BigInt::from_f64(number.trunc()) {
                    Some(whole) => whole,
                    None if python.major == 2 => return Err(number_required(python, letter, "float").into()),
                    None if number.is_nan() => {
                        return Err(FormatError::value_error("cannot convert float NaN to integer").into());
                    }
                    None => {
                        return Err(
                            FormatError::overflow_error("cannot convert float infinity to integer").into()
                        );
                    }
                }
            }
            Operand::Float(_) => return Err(integer_required(letter, "float").into()),
            Operand::Text(_) | Operand::Other(_) if !decimal && python.major > 2 => {
                let kind = self.type_name(value);
                return Err(integer_required(letter, &kind).into());
            }
            Operand::Text(_) | Operand::Other(_) => {
                let kind = self.type_name(value);
                return Err(number_required(python, letter, &kind).into());
            }
        };
        let radix = match letter {
            'x' | 'X' => 16,
            'o' => 8,
            _ => 10,
        };
        let mut digits = number.magnitude().to_str_radix(radix);
        if letter == 'X' {
            digits.make_ascii_uppercase();
        }
        let prefix = match letter {
            'x' if spec.alternate => "0x",
            'X' if spec.alternate => "0X",
            'o' if spec.alternate && python.major > 2 => "0o",
            'o' if spec.alternate && number.sign() != Sign::NoSign => "0",
            _ => "",
        };
        if let Some(missing) = spec.precision.and_then(|p| p.checked_sub(digits.len())) {
            self.out.check(missing)?;
            digits.insert_str(0, &"0".repeat(missing));
        }
        Ok(Some(Body {
            sign: sign(number.sign() == Sign::Minus, spec),
            prefix,
            digits,
            zero_padded: spec.zero,
        }))
    }

    fn floating(&mut self, value: &O::Value, letter: char, spec: &Spec) -> Result<Option<Body>, O::Failure> {
        let number = match self.operands.operand(value) {
            Operand::Unknown => return Ok(None),
            Operand::Float(number) => number,
            Operand::Integer(number) => number
                .to_f64()
                .filter(|n| n.is_finite())
                .ok_or_else(|| FormatError::overflow_error("int too large to convert to float"))?,
            Operand::Text(_) | Operand::Other(_) => {
                let kind = self.type_name(value);
                return Err(FormatError::type_error(if self.flavour.python.major == 2 {
                    "float argument required, not ".to_owned() + &kind
                } else {
                    "must be real number, not ".to_owned() + &kind
                })
                .into());
            }
        };
        let precision = spec.precision.unwrap_or(6);
        // 310 digits can stand before the point.
        self.out.check(precision)?;
        let size = number.abs();
        let mut digits = match letter.to_ascii_lowercase() {
            _ if number.is_nan() => "nan".to_owned(),
            _ if number.is_infinite() => "inf".to_owned(),
            'f' => float_text::fixed(size, precision, spec.alternate),
            'e' => float_text::exponential(size, precision, spec.alternate),
            _ => float_text::general(size, precision, spec.alternate, false),
        };
        if letter.is_ascii_uppercase() {
            digits.make_ascii_uppercase();
        }
        let negative = number.is_sign_negative() && !number.is_nan();
        Ok(Some(Body { sign: sign(negative, spec), prefix: "", digits, zero_padded: spec.zero }))
    }

    fn character(&mut self, value: &O::Value) -> Result<Option<Body>, O::Failure> {
        let bytes = self.flavour.bytes;
        let python2 = self.flavour.python.major == 2;
        let digits = match self.operands.operand(value) {
            Operand::Unknown => return Ok(None),
            Operand::Text(text) if text.chars().count() == 1 => text,
            Operand::Integer(number) => {
                let range = if bytes { 256 } else { 0x11_0000 };
                let Some(code) = number.to_u32().filter(|&n| n < range) else {
                    return Err(match (python2 && bytes, number.sign() == Sign::Minus) {
                        (true, true) => {
                            FormatError::overflow_error("unsigned byte integer is less than minimum")
                        }
                        (true, false) => {
                            FormatError::overflow_error("unsigned byte integer is greater than maximum")
                        }
                        _ if bytes => FormatError::overflow_error("%c arg not in range(256)"),
                        _ => FormatError::overflow_error("%c arg not in range(0x110000)"),
                    }
                    .into());
                };
                char::from_u32(code)
                    .ok_or(FormatError::NotModelled("a lone surrogate made by `%c`"))?
                    .to_string()
            }
            _ if bytes && !python2 => {
                return Err(
                    FormatError::type_error("%c requires an integer in range(256) or a single byte").into()
                );
            }
            Operand::Float(_) if python2 => {
                return Err(FormatError::type_error("integer argument expected, got float").into());
            }
            _ => return Err(FormatError::type_error("%c requires int or char").into()),
        };
        Ok(Some(Body { sign: "", prefix: "", digits, zero_padded: false }))
    }

    fn pad(&mut self, spec: &Spec, body: &Body) -> Result<(), FormatError> {
        let length = body.sign.len() + body.prefix.len() + body.digits.chars().count();
        let missing = spec.width.saturating_sub(length);
        let zeros = body.zero_padded && !spec.left;
        if !spec.left && !zeros {
            self.out.push_repeated(' ', missing)?;
        }
        self.out.push_str(body.sign)?;
        self.out.push_str(body.prefix)?;
        if zeros {
            self.out.push_repeated('0', missing)?;
        }
        self.out.push_str(&body.digits)?;
        if spec.left {
            self.out.push_repeated(' ', missing)?;
        }
        Ok(())
    }

    fn unsupported(&self, letter: char, at: usize) -> FormatError {
        let index = self.template[..at].chars().count();
        let shown = if (' '..='~').contains(&letter) { letter } else { '?' };
        FormatError::value_error(format!(
            "unsupported format character '{shown}' (0x{:x}) at index {index}",
            u32::from(letter)
        ))
    }

    fn type_name(&mut self, value: &O::Value) -> String {
        match self.operands.operand(value) {
            Operand::Other(name) => name,
            Operand::Text(_) if self.flavour.bytes && self.flavour.python.major > 2 => "bytes".into(),
            _ => "str".into(),
        }
    }
}

fn number_required(python: Python, letter: char, kind: &str) -> FormatError {
    let what = if python >= Python::new(3, 10) { "a real number" } else { "a number" };
    FormatError::type_error(format!("%{letter} format: {what} is required, not {kind}"))
}

fn integer_required(letter: char, kind: &str) -> FormatError {
    FormatError::type_error(format!("%{letter} format: an integer is required, not {kind}"))
}

fn sign(negative: bool, spec: &Spec) -> &'static str {
    match (negative, spec.plus, spec.space) {
        (true, _, _) => "-",
        (_, true, _) => "+",
        (_, _, true) => " ",
        _ => "",
    }
}

#[cfg(test)]
mod tests;

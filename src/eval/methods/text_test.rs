//! Asking strings: `startswith`, `find`, `isdigit` and their kin.

use super::text::{Result, Subject};
use crate::eval::Evaluator;
use crate::eval::arguments::Arguments;
use crate::eval::exceptions::VALUE_ERROR;
use crate::eval::raised::Raised;
use crate::eval::value::{Data, Value};
use regex::Regex;
use std::sync::LazyLock;

/// `str.isspace` of one character; of bytes the six of ASCII.
pub fn is_space_character(character: char, bytes: bool) -> bool {
    match character {
        ' ' | '\t'..='\r' => true,
        '\u{1c}'..='\u{1f}' => !bytes,
        other => !bytes && other.is_whitespace(),
    }
}

/// The part of a subject between the arguments `start` and `end` (at 2 and 3), and its place in characters; `None` when
/// the start lies beyond the end.
pub(super) fn window<'a>(
    cx: &mut Evaluator<'_>,
    subject: &'a Subject,
    arguments: &Arguments,
) -> std::result::Result<Option<(&'a str, usize)>, Raised> {
    if arguments.some(2).is_none() && arguments.some(3).is_none() {
        return Ok(Some((&subject.text, 0)));
    }
    let length = subject.text.chars().count() as i64;
    let mut bound = |index: usize, default: i64| -> std::result::Result<i64, Raised> {
        match arguments.some(index).cloned() {
            None => Ok(default),
            Some(value) => {
                let at = cx.int_of(&value)?;
                Ok(if at < 0 { (at + length).max(0) } else { at })
            }
        }
    };
    let (start, end) = (bound(2, 0)?, bound(3, length)?.min(length));
    if start > end {
        return Ok(None);
    }
    let offset = |at: i64| {
        let mut indices = subject.text.char_indices();
        indices.nth(at as usize).map_or(subject.text.len(), |(offset, _)| offset)
    };
    Ok(Some((&subject.text[offset(start)..offset(end)], start as usize)))
}

pub fn starts_with(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    affix(cx, arguments, |text, part| text.starts_with(part))
}

pub fn ends_with(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    affix(cx, arguments, |text, part| text.ends_with(part))
}

fn affix(cx: &mut Evaluator<'_>, arguments: &Arguments, test: impl Fn(&str, &str) -> bool) -> Result {
    let subject = Subject::new(cx, arguments, &[1])?;
    let wanted = arguments.get(1);
    let parts = match &wanted.data {
        Data::Tuple(parts) => parts.to_vec(),
        _ => vec![wanted],
    };
    let Some((text, _)) = window(cx, &subject, arguments)? else { return Ok(Value::bool(false)) };
    let mut found = false;
    for part in parts {
        let part = subject.other(cx, &part)?;
        found |= test(text, &part);
    }
    Ok(Value::bool(found))
}

fn search(
    cx: &mut Evaluator<'_>,
    arguments: &Arguments,
    from_right: bool,
) -> std::result::Result<Option<usize>, Raised> {
    let subject = Subject::new(cx, arguments, &[1])?;
    let part = subject.other(cx, &arguments.get(1))?;
    cx.charge_steps(subject.text.len() / 64)?;
    let Some((text, start)) = window(cx, &subject, arguments)? else { return Ok(None) };
    let found = if from_right { text.rfind(&part) } else { text.find(&part) };
    Ok(found.map(|at| start + text[..at].chars().count()))
}

pub fn find(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(Value::int(search(cx, arguments, false)?.map_or(-1, |at| at as i64)))
}

pub fn rfind(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(Value::int(search(cx, arguments, true)?.map_or(-1, |at| at as i64)))
}

pub fn index(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    match search(cx, arguments, false)? {
        Some(at) => Ok(Value::int(at as i64)),
        None => Err(cx.error(&VALUE_ERROR, "substring not found")),
    }
}

pub fn rindex(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    match search(cx, arguments, true)? {
        Some(at) => Ok(Value::int(at as i64)),
        None => Err(cx.error(&VALUE_ERROR, "substring not found")),
    }
}

fn all(cx: &mut Evaluator<'_>, arguments: &Arguments, test: impl Fn(char, bool) -> bool) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    let holds = !subject.text.is_empty() && subject.text.chars().all(|c| test(c, subject.bytes));
    Ok(Value::bool(holds))
}

pub fn is_alnum(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    all(cx, arguments, |c, bytes| if bytes { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() })
}

pub fn is_alpha(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    all(cx, arguments, |c, bytes| if bytes { c.is_ascii_alphabetic() } else { c.is_alphabetic() })
}

/// Digits of any script.
static DECIMAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\A\p{Nd}\z"));
/// Numbers that are no decimal digits: powers, fractions, circled and Roman ones.
static OTHER_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\A[\p{Nl}\p{No}]\z"));
/// What `str.isprintable` refuses beyond ASCII: Unicode's categories "Other" and "Separator".
static NOT_PRINTABLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{C}\p{Z}]"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("internal error: the pattern is a constant")
}

fn is_one(pattern: &Regex, character: char) -> bool {
    pattern.is_match(character.encode_utf8(&mut [0; 4]))
}

fn is_decimal_character(character: char) -> bool {
    character.is_ascii_digit() || (!character.is_ascii() && is_one(&DECIMAL, character))
}

pub fn is_decimal(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    all(cx, arguments, |c, _| is_decimal_character(c))
}

pub fn is_digit(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    // Which other numbers are digits: raised and lowered ones are, fractions are not, of the rest spx has no table.
    let digit =
        |c: char| matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉') || is_decimal_character(c);
    let fraction = |c: char| ('¼'..='¾').contains(&c);
    let open = |c: char| !c.is_ascii() && !digit(c) && !fraction(c) && is_one(&OTHER_NUMBER, c);
    if !subject.bytes && subject.text.chars().any(open) {
        return Err(cx.unknown("whether some numbers beyond ASCII are digits is not modelled"));
    }
    let bytes = subject.bytes;
    all(cx, arguments, |c, _| if bytes { c.is_ascii_digit() } else { digit(c) })
}

pub fn is_numeric(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    let ideograph = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    if subject.text.chars().any(ideograph) {
        return Err(cx.unknown("whether an ideograph is a number is not modelled"));
    }
    all(cx, arguments, |c, _| is_decimal_character(c) || (!c.is_ascii() && is_one(&OTHER_NUMBER, c)))
}

pub fn is_space(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    all(cx, arguments, is_space_character)
}

pub fn is_printable(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    let printable = |c: char| {
        if c.is_ascii() { (' '..='~').contains(&c) } else { !is_one(&NOT_PRINTABLE, c) }
    };
    Ok(Value::bool(subject.text.chars().all(printable)))
}

pub fn is_ascii(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    Ok(Value::bool(subject.text.is_ascii()))
}

pub fn is_identifier(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    let mut characters = subject.text.chars();
    let first = characters.next().is_some_and(|c| c == '_' || c.is_alphabetic());
    Ok(Value::bool(first && characters.all(|c| c == '_' || c.is_alphanumeric())))
}

fn cased(
    cx: &mut Evaluator<'_>,
    arguments: &Arguments,
    wanted: fn(char) -> bool,
    other: fn(char) -> bool,
) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    let seen =
        |test: fn(char) -> bool| subject.text.chars().any(|c| (!subject.bytes || c.is_ascii()) && test(c));
    Ok(Value::bool(seen(wanted) && !seen(other)))
}

pub fn is_lower(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    cased(cx, arguments, char::is_lowercase, char::is_uppercase)
}

pub fn is_upper(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    cased(cx, arguments, char::is_uppercase, char::is_lowercase)
}

pub fn is_title(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    let (mut inside, mut any) = (false, false);
    for character in subject.text.chars() {
        if character.is_uppercase() || (!subject.bytes && super::text_case::is_title_letter(character)) {
            if inside {
                return Ok(Value::bool(false));
            }
            (inside, any) = (true, true);
        } else if character.is_lowercase() {
            if !inside {
                return Ok(Value::bool(false));
            }
        } else {
            inside = false;
        }
    }
    Ok(Value::bool(any))
}

//! Cutting strings: `split`, `strip`, `partition`, `splitlines` and their kin.

use super::text::{Result, Subject};
use super::text_test::is_space_character;
use crate::eval::Evaluator;
use crate::eval::arguments::Arguments;
use crate::eval::exceptions::VALUE_ERROR;
use crate::eval::raised::Raised;
use crate::eval::value::Value;

pub fn split(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    cut(cx, arguments, false)
}

pub fn rsplit(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    cut(cx, arguments, true)
}

fn cut(cx: &mut Evaluator<'_>, arguments: &Arguments, from_right: bool) -> Result {
    let subject = Subject::new(cx, arguments, &[1])?;
    let most = usize::try_from(cx.int_of(&arguments.get(2))?).unwrap_or(usize::MAX);
    cx.charge_steps(subject.text.len() / 16)?;
    let text = subject.text.as_str();
    let Some(separator) = arguments.some(1).cloned() else {
        let parts = split_spaces(text, subject.bytes, most, from_right);
        return subject.make_list(cx, parts);
    };
    let separator = subject.other(cx, &separator)?;
    if separator.is_empty() {
        return Err(cx.error(&VALUE_ERROR, "empty separator"));
    }
    let most = most.saturating_add(1);
    let parts: Vec<&str> = if from_right {
        let mut parts: Vec<&str> = text.rsplitn(most, separator.as_str()).collect();
        parts.reverse();
        parts
    } else {
        text.splitn(most, separator.as_str()).collect()
    };
    subject.make_list(cx, parts)
}

/// `split()` at runs of white space.
fn split_spaces(text: &str, bytes: bool, most: usize, from_right: bool) -> Vec<&str> {
    let space = |c: char| is_space_character(c, bytes);
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        rest = if from_right { rest.trim_end_matches(space) } else { rest.trim_start_matches(space) };
        if rest.is_empty() {
            break;
        }
        if parts.len() == most {
            parts.push(rest);
            break;
        }
        if from_right {
            if let Some(at) = rest.rfind(space) {
                let next = at + rest[at..].chars().next().map_or(1, char::len_utf8);
                parts.push(&rest[next..]);
                rest = &rest[..at];
            } else {
                parts.push(rest);
                rest = "";
            }
        } else {
            let end = rest.find(space).unwrap_or(rest.len());
            parts.push(&rest[..end]);
            rest = &rest[end..];
        }
    }
    if from_right {
        parts.reverse();
    }
    parts
}

pub fn strip(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    trim(cx, arguments, true, true)
}

pub fn lstrip(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    trim(cx, arguments, true, false)
}

pub fn rstrip(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    trim(cx, arguments, false, true)
}

fn trim(cx: &mut Evaluator<'_>, arguments: &Arguments, left: bool, right: bool) -> Result {
    let subject = Subject::new(cx, arguments, &[1])?;
    let set = match arguments.some(1).cloned() {
        Some(set) => Some(subject.other(cx, &set)?),
        None => None,
    };
    let gone = |c: char| match &set {
        Some(set) => set.contains(c),
        None => is_space_character(c, subject.bytes),
    };
    let mut text = subject.text.as_str();
    if left {
        text = text.trim_start_matches(gone);
    }
    if right {
        text = text.trim_end_matches(gone);
    }
    Ok(subject.make(text))
}

pub fn partition(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    halve(cx, arguments, false)
}

pub fn rpartition(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    halve(cx, arguments, true)
}

fn halve(cx: &mut Evaluator<'_>, arguments: &Arguments, from_right: bool) -> Result {
    let subject = Subject::new(cx, arguments, &[1])?;
    let separator = subject.other(cx, &arguments.get(1))?;
    if separator.is_empty() {
        return Err(cx.error(&VALUE_ERROR, "empty separator"));
    }
    let text = subject.text.as_str();
    let found = if from_right { text.rfind(&separator) } else { text.find(&separator) };
    let parts = match found {
        Some(at) => [&text[..at], &text[at..at + separator.len()], &text[at + separator.len()..]],
        None if from_right => ["", "", text],
        None => [text, "", ""],
    };
    Ok(Value::tuple(parts.map(|part| subject.make(part)).to_vec()))
}

pub fn remove_prefix(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[1])?;
    let prefix = subject.other(cx, &arguments.get(1))?;
    Ok(subject.make(subject.text.strip_prefix(prefix.as_str()).unwrap_or(&subject.text)))
}

pub fn remove_suffix(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[1])?;
    let suffix = subject.other(cx, &arguments.get(1))?;
    Ok(subject.make(subject.text.strip_suffix(suffix.as_str()).unwrap_or(&subject.text)))
}

pub fn split_lines(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    let keep = cx.truth(&arguments.get(1))?;
    cx.charge_steps(subject.text.len() / 16)?;
    let parts = lines(&subject.text, subject.bytes, keep);
    subject.make_list(cx, parts)
}

/// The lines of a text by `str.splitlines` (of bytes: only `\n`, `\r` and `\r\n` end one).
pub fn lines(text: &str, bytes: bool, keep: bool) -> Vec<&str> {
    let ends = |c: char| match c {
        '\n' | '\r' => true,
        '\u{b}' | '\u{c}' | '\u{1c}' | '\u{1d}' | '\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}' => !bytes,
        _ => false,
    };
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(ends) {
        let width = if rest[at..].starts_with("\r\n") {
            2
        } else {
            rest[at..].chars().next().map_or(1, char::len_utf8)
        };
        found.push(&rest[..if keep { at + width } else { at }]);
        rest = &rest[at + width..];
    }
    if !rest.is_empty() {
        found.push(rest);
    }
    found
}

impl Evaluator<'_> {
    /// The lines of a text with their ends, as files give them: only `\n` ends one.
    pub fn file_lines(&mut self, text: &str) -> std::result::Result<Vec<String>, Raised> {
        self.charge_bytes(text.len())?;
        Ok(text.split_inclusive('\n').map(str::to_owned).collect())
    }
}

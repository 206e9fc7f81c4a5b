//! `lower`, `upper`, `title` and their kin.
//!
//! Bytes know ASCII letters alone. `unicode` of Python 2 maps one character to one, `str` of Python 3 to one or more. Letters
//! whose title case is a matter of tables that spx does not have are unknown.

use super::text::{Result, Subject};
use crate::eval::Evaluator;
use crate::eval::arguments::Arguments;
use crate::eval::raised::Raised;
use crate::eval::value::Value;

/// The title-case letters among the digraphs of Latin: the one in the middle of each three.
const DIGRAPHS: &[[char; 3]] = &[
    ['\u{1c4}', '\u{1c5}', '\u{1c6}'],
    ['\u{1c7}', '\u{1c8}', '\u{1c9}'],
    ['\u{1ca}', '\u{1cb}', '\u{1cc}'],
    ['\u{1f1}', '\u{1f2}', '\u{1f3}'],
];

/// Whether a letter is of title case itself.
pub(super) fn is_title_letter(character: char) -> bool {
    DIGRAPHS.iter().any(|three| three[1] == character)
        || matches!(character, '\u{1f88}'..='\u{1ffc}')
            && !character.is_uppercase()
            && !character.is_lowercase()
            && character.is_alphabetic()
}

fn is_cased(character: char) -> bool {
    character.is_lowercase() || character.is_uppercase() || is_title_letter(character)
}

/// How one kind of string changes letters.
struct Mapper {
    bytes: bool,
    python2: bool,
}

/// A letter whose mapping is not known.
struct NotKnown;

impl Mapper {
    fn new(cx: &Evaluator<'_>, subject: &Subject) -> Self {
        Self { bytes: subject.bytes, python2: cx.is_python2() }
    }

    fn lower(&self, character: char, out: &mut String) {
        match character {
            _ if self.bytes => out.push(character.to_ascii_lowercase()),
            '\u{130}' if self.python2 => out.push('i'),
            _ => out.extend(character.to_lowercase()),
        }
    }

    fn upper(&self, character: char, out: &mut String) -> std::result::Result<(), NotKnown> {
        if self.bytes {
            out.push(character.to_ascii_uppercase());
            return Ok(());
        }
        let mapped = character.to_uppercase();
        match mapped.len() {
            1 => out.extend(mapped),
            _ if !self.python2 => out.extend(mapped),
            // Greek letters with iota below have a capital of their own too.
            _ if matches!(character, '\u{1f80}'..='\u{1fff}') => return Err(NotKnown),
            _ => out.push(character),
        }
        Ok(())
    }

    fn title(&self, character: char, out: &mut String) -> std::result::Result<(), NotKnown> {
        if self.bytes || character.is_ascii() {
            return self.upper(character, out);
        }
        if let Some(three) = DIGRAPHS.iter().find(|three| three.contains(&character)) {
            out.push(three[1]);
            return Ok(());
        }
        match character {
            'ß' if !self.python2 => out.push_str("Ss"),
            // Georgian, and Greek with iota below.
            '\u{10d0}'..='\u{10ff}' | '\u{1f80}'..='\u{1fff}' => return Err(NotKnown),
            _ if character.to_uppercase().len() > 1 && !self.python2 => return Err(NotKnown),
            _ => return self.upper(character, out),
        }
        Ok(())
    }
}

/// Changes a subject letter by letter.
fn each(
    cx: &mut Evaluator<'_>,
    subject: &Subject,
    mut change: impl FnMut(char, &mut String) -> std::result::Result<(), NotKnown>,
) -> Result {
    let mut out = String::with_capacity(subject.text.len());
    for character in subject.text.chars() {
        if change(character, &mut out).is_err() {
            return Err(not_modelled(cx));
        }
    }
    Ok(subject.make(&out))
}

fn not_modelled(cx: &mut Evaluator<'_>) -> Raised {
    cx.unknown("the case of some letters beyond Latin is not modelled")
}

/// Sigma is written in another way at the end of a word, which only whole-text mapping knows.
fn refuse_sigma(cx: &mut Evaluator<'_>, subject: &Subject) -> std::result::Result<(), Raised> {
    if !subject.bytes && !cx.is_python2() && subject.text.contains('Σ') {
        return Err(not_modelled(cx));
    }
    Ok(())
}

pub fn lower(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    if subject.bytes || cx.is_python2() {
        let mapper = Mapper::new(cx, &subject);
        return each(cx, &subject, |character, out| {
            mapper.lower(character, out);
            Ok(())
        });
    }
    Ok(Value::text(subject.text.to_lowercase()))
}

pub fn upper(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    let mapper = Mapper::new(cx, &subject);
    each(cx, &subject, |character, out| mapper.upper(character, out))
}

pub fn casefold(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    each(cx, &subject, |character, out| {
        match character {
            'ß' => out.push_str("ss"),
            'µ' => out.push('μ'),
            '\0'..='\u{ff}' => out.extend(character.to_lowercase()),
            other
                if !is_cased(other)
                    && other.is_alphabetic()
                    && !('\u{13a0}'..='\u{13ff}').contains(&other) =>
            {
                out.push(other);
            }
            _ => return Err(NotKnown),
        }
        Ok(())
    })
}

pub fn capitalize(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    refuse_sigma(cx, &subject)?;
    let mapper = Mapper::new(cx, &subject);
    // Before 3.8 the first letter became a capital, since then it gets title case: where the two differ is not told.
    let special = |first: char| {
        let (mut title, mut upper) = (String::new(), String::new());
        mapper.title(first, &mut title).is_err() || mapper.upper(first, &mut upper).is_err() || title != upper
    };
    if subject.text.chars().next().is_some_and(special) {
        return Err(not_modelled(cx));
    }
    let mut first = true;
    each(cx, &subject, |character, out| {
        if std::mem::take(&mut first) {
            return mapper.upper(character, out);
        }
        mapper.lower(character, out);
        Ok(())
    })
}

pub fn swap_case(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    refuse_sigma(cx, &subject)?;
    let mapper = Mapper::new(cx, &subject);
    each(cx, &subject, |character, out| {
        if character.is_lowercase() {
            return mapper.upper(character, out);
        }
        if character.is_uppercase() {
            mapper.lower(character, out);
        } else {
            out.push(character);
        }
        Ok(())
    })
}

pub fn title(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    refuse_sigma(cx, &subject)?;
    let mapper = Mapper::new(cx, &subject);
    let mut inside = false;
    each(cx, &subject, |character, out| {
        let cased = if subject.bytes { character.is_ascii_alphabetic() } else { is_cased(character) };
        let was_inside = std::mem::replace(&mut inside, cased);
        if cased && !was_inside {
            return mapper.title(character, out);
        }
        mapper.lower(character, out);
        Ok(())
    })
}

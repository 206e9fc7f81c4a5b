//! The replacement of `sub` and `expand`: text with `\1`, `\g<name>` and escapes.

use super::pattern::{Match, Pattern, Subject};
use super::syntax::{Dialect, PatternError, is_identifier};
use crate::packaging::Python;

/// A piece of a replacement.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Piece {
    Text(String),
    Group(usize),
}

/// A replacement that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    pieces: Vec<Piece>,
    /// Before 3.5 a group that took no part was an error.
    strict: bool,
}

impl Template {
    /// Reads a replacement for matches of `pattern`.
    pub fn new(text: &str, pattern: &Pattern, dialect: Dialect) -> Result<Self, PatternError> {
        let characters: Vec<char> = text.chars().collect();
        let mut reader = Reader { characters: &characters, at: 0, pattern, dialect };
        let mut pieces = Vec::new();
        let mut literal = String::new();
        while let Some(&character) = characters.get(reader.at) {
            reader.at += 1;
            if character != '\\' {
                literal.push(character);
                continue;
            }
            match reader.escape()? {
                Piece::Text(text) => literal.push_str(&text),
                group @ Piece::Group(_) => {
                    if !literal.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut literal)));
                    }
                    pieces.push(group);
                }
            }
        }
        if !literal.is_empty() {
            pieces.push(Piece::Text(literal));
        }
        Ok(Self { pieces, strict: dialect.python < Python::new(3, 5) })
    }

    /// The replacement of one match, appended to `out`.
    pub fn expand(&self, found: &Match, subject: &Subject<'_>, out: &mut String) -> Result<(), PatternError> {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Group(group) => match found.span(*group) {
                    Some((start, end)) => out.push_str(&subject.text()[start..end]),
                    None if self.strict => return Err(PatternError::Invalid("unmatched group".to_owned())),
                    None => {}
                },
            }
        }
        Ok(())
    }

    /// Bytes that one expansion has, so that the caller can charge for them first.
    pub fn length(&self, found: &Match) -> usize {
        self.pieces.iter().fold(0, |sum, piece| {
            sum + match piece {
                Piece::Text(text) => text.len(),
                Piece::Group(group) => found.span(*group).map_or(0, |(start, end)| end - start),
            }
        })
    }
}

struct Reader<'a> {
    characters: &'a [char],
    at: usize,
    pattern: &'a Pattern,
    dialect: Dialect,
}

impl Reader<'_> {
    fn invalid(&self, message: &str, place: usize) -> PatternError {
        if self.dialect.python < Python::new(3, 5) {
            return PatternError::Invalid(message.to_owned());
        }
        PatternError::Invalid(format!("{message} at position {place}"))
    }

    fn digit(&mut self, radix: u32) -> Option<char> {
        let digit = self.characters.get(self.at).copied().filter(|c| c.is_digit(radix))?;
        self.at += 1;
        Some(digit)
    }

    /// What follows a backslash that is taken.
    fn escape(&mut self) -> Result<Piece, PatternError> {
        let start = self.at - 1;
        let Some(&letter) = self.characters.get(self.at) else {
            return Err(self.invalid("bad escape (end of pattern)", start));
        };
        self.at += 1;
        let text = match letter {
            'g' => return self.named(start),
            '0' => {
                let mut code = 0;
                for _ in 0..2 {
                    code = self.digit(8).map_or(code, |d| code * 8 + d as u32 - '0' as u32);
                }
                char::from_u32(code).unwrap_or('\0')
            }
            '1'..='9' => return self.number(letter, start),
            'a' => '\x07',
            'b' => '\x08',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            '\\' => '\\',
            _ if letter.is_ascii_alphabetic() && self.dialect.python >= Python::new(3, 7) => {
                return Err(self.invalid(&format!("bad escape \\{letter}"), start));
            }
            _ => return Ok(Piece::Text(format!("\\{letter}"))),
        };
        Ok(Piece::Text(text.to_string()))
    }

    /// `\1`, `\12`, or a character by three octal digits.
    fn number(&mut self, first: char, start: usize) -> Result<Piece, PatternError> {
        let mut digits = String::from(first);
        if let Some(second) = self.digit(10) {
            digits.push(second);
            if digits.chars().all(|c| c.is_digit(8))
                && let Some(third) = self.digit(8)
            {
                digits.push(third);
                let code = u32::from_str_radix(&digits, 8).unwrap_or(u32::MAX);
                if code > 0o377 && self.dialect.python >= Python::new(3, 5) {
                    let text = format!("octal escape value \\{digits} outside of range 0-0o377");
                    return Err(self.invalid(&text, start));
                }
                // Older ones drop the ninth bit.
                return Ok(Piece::Text(char::from(code as u8).to_string()));
            }
        }
        self.group(digits.parse().unwrap_or(usize::MAX), &digits, start + 1)
    }

    fn group(&self, group: usize, shown: &str, place: usize) -> Result<Piece, PatternError> {
        if group > self.pattern.groups() {
            return Err(self.invalid(&format!("invalid group reference {shown}"), place));
        }
        Ok(Piece::Group(group))
    }

    /// `\g<name>` or `\g<number>`; the `g` is taken.
    fn named(&mut self, start: usize) -> Result<Piece, PatternError> {
        if self.characters.get(self.at) != Some(&'<') {
            return Err(self.invalid("missing <", self.at));
        }
        self.at += 1;
        let place = self.at;
        let Some(length) = self.characters[place..].iter().position(|&c| c == '>') else {
            let message = if place == self.characters.len() {
                "missing group name"
            } else {
                "missing >, unterminated name"
            };
            return Err(self.invalid(message, place));
        };
        let name: String = self.characters[place..place + length].iter().collect();
        self.at = place + length + 1;
        if name.is_empty() {
            return Err(self.invalid("missing group name", place));
        }
        if name.bytes().all(|b| b.is_ascii_digit()) {
            return self.group(name.parse().unwrap_or(usize::MAX), &name, place);
        }
        if !name.is_ascii() {
            return Err(PatternError::NotModelled("a group name beyond ASCII"));
        }
        if !is_identifier(&name) {
            return Err(self.invalid(&format!("bad character in group name '{name}'"), start + 3));
        }
        match self.pattern.group_index(&name) {
            Some(group) => Ok(Piece::Group(group)),
            None => Err(PatternError::Python {
                class: "IndexError",
                message: format!("unknown group name '{name}'"),
            }),
        }
    }
}

//! Reads a pattern of Python's `re` into a [`Node`], by the rules of one Python version.
//!
//! Versions differ in scoped flags (3.6), refused unknown escapes (3.6), global flags only in front (3.11), possessive
//! repeats and atomic groups (3.11), `\u` and `\N` escapes. Not modelled: `\N{…}`, the LOCALE flag, nesting deeper than
//! [`DEEPEST`].

use super::character;
use super::tree::{Assertion, Mode, Node};
use crate::packaging::Python;
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};
use std::sync::Arc;

mod group;
pub use group::is_identifier;
mod set;

/// Python's flag bits.
pub mod flag {
    pub const IGNORE_CASE: u32 = 2;
    pub const LOCALE: u32 = 4;
    pub const MULTI_LINE: u32 = 8;
    pub const DOT_ALL: u32 = 16;
    pub const UNICODE: u32 = 32;
    pub const VERBOSE: u32 = 64;
    pub const DEBUG: u32 = 128;
    pub const ASCII: u32 = 256;
}

/// Groups and alternatives within each other: real patterns have a handful; the limit keeps recursion off the stack's end.
pub const DEEPEST: u32 = 100;
/// Characters in a pattern: real ones have a few hundred, and each set may take kilobytes.
const LONGEST: usize = 1 << 13;
/// A repeat of more is as good as unbounded on any subject that fits, and CPython's own limit is near.
const MOST_REPEATS: u64 = u32::MAX as u64;

/// What is matched, and by whose rules.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Dialect {
    pub python: Python,
    /// The pattern is `bytes` (Python 3) or a byte `str` (Python 2); it and its subjects are given as Latin-1.
    pub bytes: bool,
}

impl Dialect {
    fn at_least(self, major: u8, minor: u8) -> bool {
        self.python >= Python::new(major, minor)
    }
}

/// Why there is no compiled pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PatternError {
    /// `re.error`, with its message.
    Invalid(String),
    /// `ValueError` or `OverflowError`, with its message.
    Python {
        class: &'static str,
        message: String,
    },
    NotModelled(&'static str),
}

/// A pattern that was read.
#[derive(Clone, PartialEq, Debug)]
pub struct Parsed {
    pub node: Node,
    /// All flags: given, inline, and `UNICODE` where it is the default.
    pub flags: u32,
    /// How many capturing groups there are.
    pub groups: u32,
    /// Names of groups, in order of their number.
    pub names: Vec<(String, u32)>,
    /// Group numbers in the order in which they close.
    pub closing: Vec<u32>,
}

/// Reads `pattern`.
pub fn parse(pattern: &str, flags: u32, dialect: Dialect) -> Result<Parsed, PatternError> {
    let characters: Vec<char> = pattern.chars().collect();
    if characters.len() > LONGEST {
        return Err(PatternError::NotModelled("a pattern of more than 8,192 characters"));
    }
    let mut flags = check_flags(flags, dialect)?;
    // A flag in the middle of a pattern holds from its beginning (refused since 3.11), so it is read again.
    loop {
        let mut parser = Parser::new(&characters, flags, dialect);
        let node = parser.whole()?;
        let found = check_flags(parser.global, dialect)?;
        if found == flags {
            return Ok(Parsed {
                node,
                flags,
                groups: parser.open.len() as u32 - 1,
                names: parser.names,
                closing: parser.closing,
            });
        }
        flags = found;
    }
}

fn check_flags(flags: u32, dialect: Dialect) -> Result<u32, PatternError> {
    let wrong =
        |message: &str| Err(PatternError::Python { class: "ValueError", message: message.to_owned() });
    if dialect.python.major == 2 {
        return if flags & flag::LOCALE == 0 { Ok(flags) } else { Err(locale()) };
    }
    let ascii = flags & flag::ASCII != 0;
    if dialect.bytes {
        if flags & flag::UNICODE != 0 {
            return wrong("cannot use UNICODE flag with a bytes pattern");
        }
        if flags & flag::LOCALE != 0 {
            return if ascii { wrong("ASCII and LOCALE flags are incompatible") } else { Err(locale()) };
        }
        return Ok(flags);
    }
    if flags & flag::LOCALE != 0 {
        return if dialect.at_least(3, 6) {
            wrong("cannot use LOCALE flag with a str pattern")
        } else {
            Err(locale())
        };
    }
    if ascii && flags & flag::UNICODE != 0 {
        return wrong("ASCII and UNICODE flags are incompatible");
    }
    Ok(if ascii { flags } else { flags | flag::UNICODE })
}

fn locale() -> PatternError {
    PatternError::NotModelled("the LOCALE flag of a pattern")
}

struct Parser<'a> {
    characters: &'a [char],
    at: usize,
    dialect: Dialect,
    /// Flags of the whole pattern, as found so far.
    global: u32,
    /// Flags that hold here.
    local: u32,
    names: Vec<(String, u32)>,
    /// Whether each group is still open; index 0 stands for the whole.
    open: Vec<bool>,
    closing: Vec<u32>,
    /// Conditions on groups that may come later: number and place.
    conditions: Vec<(u32, usize)>,
    /// How many look-behinds are around this place.
    behind: u32,
    depth: u32,
}

impl<'a> Parser<'a> {
    fn new(characters: &'a [char], flags: u32, dialect: Dialect) -> Self {
        Self {
            characters,
            at: 0,
            dialect,
            global: flags,
            local: flags,
            names: Vec::new(),
            open: vec![false],
            closing: Vec::new(),
            conditions: Vec::new(),
            behind: 0,
            depth: 0,
        }
    }

    fn whole(&mut self) -> Result<Node, PatternError> {
        let node = self.alternation(true)?;
        if self.at < self.characters.len() {
            return Err(self.invalid("unbalanced parenthesis", self.at));
        }
        for &(group, place) in &self.conditions {
            if group as usize >= self.open.len() {
                if !self.dialect.at_least(3, 7) {
                    return Err(PatternError::NotModelled(
                        "a condition on a missing group before Python 3.7",
                    ));
                }
                return Err(self.invalid(&format!("invalid group reference {group}"), place));
            }
        }
        Ok(node)
    }

    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn accept(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// Up to `most` characters that fit.
    fn take_while(&mut self, most: usize, fits: impl Fn(char) -> bool) -> String {
        let mut text = String::new();
        while text.len() < most
            && let Some(character) = self.peek().filter(|&c| fits(c))
        {
            text.push(character);
            self.at += 1;
        }
        text
    }

    fn invalid(&self, message: &str, place: usize) -> PatternError {
        if !self.dialect.at_least(3, 5) {
            return PatternError::Invalid(message.to_owned());
        }
        let text = format!("{message} at position {place}");
        if !self.characters.contains(&'\n') {
            return PatternError::Invalid(text);
        }
        let before = &self.characters[..place];
        let line = before.iter().filter(|&&c| c == '\n').count() + 1;
        let column = place - before.iter().rposition(|&c| c == '\n').map_or(0, |at| at + 1) + 1;
        PatternError::Invalid(format!("{text} (line {line}, column {column})"))
    }

    fn has(&self, flag: u32) -> bool {
        self.local & flag != 0
    }

    /// Whether `\w` and its kin know only ASCII here.
    fn ascii(&self) -> bool {
        !self.has(flag::UNICODE)
    }

    fn alternation(&mut self, first: bool) -> Result<Node, PatternError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(PatternError::NotModelled("a pattern nested deeper than 100 groups"));
        }
        let mut branches = vec![self.concatenation(first)?];
        while self.accept('|') {
            branches.push(self.concatenation(false)?);
        }
        self.depth -= 1;
        Ok(if branches.len() == 1 { branches.remove(0) } else { Node::Alternation(branches) })
    }

    fn concatenation(&mut self, first: bool) -> Result<Node, PatternError> {
        let mut nodes: Vec<Node> = Vec::new();
        while let Some(character) = self.peek() {
            if matches!(character, '|' | ')') {
                break;
            }
            let start = self.at;
            self.at += 1;
            if self.has(flag::VERBOSE) && self.skip_verbose(character) {
                continue;
            }
            let node = match character {
                '*' | '+' | '?' | '{' => match self.repeat(character, start, nodes.last())? {
                    Some((min, max, mode)) => {
                        let node = Box::new(nodes.pop().unwrap_or(Node::Empty));
                        Node::Repeat { node, min, max, mode }
                    }
                    None => self.literal('{'),
                },
                '\\' => self.escape(start)?,
                '[' => self.set(start)?,
                '.' => Node::Class(Arc::new(character::any(self.has(flag::DOT_ALL)))),
                '^' if self.has(flag::MULTI_LINE) => Node::Assertion(Assertion::LineStart),
                '^' => Node::Assertion(Assertion::TextStart),
                '$' if self.has(flag::MULTI_LINE) => Node::Assertion(Assertion::LineEnd),
                '$' => Node::Assertion(Assertion::LastLineEnd),
                '(' => match self.group(start, first && nodes.is_empty())? {
                    Some(node) => node,
                    None => continue,
                },
                _ => self.literal(character),
            };
            nodes.push(node);
        }
        Ok(match nodes.len() {
            0 => Node::Empty,
            1 => nodes.remove(0),
            _ => Node::Concatenation(nodes),
        })
    }

    /// Whether `character`, already taken, is white space or a comment of the verbose syntax.
    fn skip_verbose(&mut self, character: char) -> bool {
        if character == '#' {
            while self.peek().is_some_and(|c| c != '\n') {
                self.at += 1;
            }
            self.at = (self.at + 1).min(self.characters.len());
        }
        matches!(character, '#' | ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
    }

    fn literal(&self, character: char) -> Node {
        if !self.has(flag::IGNORE_CASE) {
            return Node::Literal(character);
        }
        let mut class = ClassUnicode::new([ClassUnicodeRange::new(character, character)]);
        character::fold(&mut class, self.ascii());
        match class.ranges() {
            [only] if only.start() == only.end() => Node::Literal(character),
            _ => Node::Class(Arc::new(class)),
        }
    }

    /// The bounds of a repeat whose first character is taken; `None` when that is a brace that stands for itself.
    fn repeat(
        &mut self,
        character: char,
        start: usize,
        repeated: Option<&Node>,
    ) -> Result<Option<(u32, Option<u32>, Mode)>, PatternError> {
        let (min, max) = match character {
            '*' => (0, None),
            '+' => (1, None),
            '?' => (0, Some(1)),
            _ => match self.braces()? {
                Some(bounds) => bounds,
                None => return Ok(None),
            },
        };
        match repeated {
            None | Some(Node::Assertion(_)) => return Err(self.invalid("nothing to repeat", start)),
            Some(Node::Repeat { .. }) => return Err(self.invalid("multiple repeat", start)),
            Some(_) => {}
        }
        let mode = if self.accept('?') {
            Mode::Lazy
        } else if self.dialect.at_least(3, 11) && self.accept('+') {
            Mode::Possessive
        } else {
            Mode::Greedy
        };
        Ok(Some((min, max, mode)))
    }

    fn braces(&mut self) -> Result<Option<(u32, Option<u32>)>, PatternError> {
        let after_brace = self.at;
        if self.peek() == Some('}') {
            return Ok(None);
        }
        let low = self.take_while(usize::MAX, |c| c.is_ascii_digit());
        let high =
            if self.accept(',') { self.take_while(usize::MAX, |c| c.is_ascii_digit()) } else { low.clone() };
        if !self.accept('}') {
            self.at = after_brace;
            return Ok(None);
        }
        let too_large = || PatternError::Python {
            class: "OverflowError",
            message: "the repetition number is too large".to_owned(),
        };
        let number = |digits: &str| match digits.parse::<u64>() {
            Ok(number) if number < MOST_REPEATS => Ok(number as u32),
            _ => Err(too_large()),
        };
        let min = if low.is_empty() { 0 } else { number(&low)? };
        let max = if high.is_empty() { None } else { Some(number(&high)?) };
        if max.is_some_and(|max| max < min) {
            return Err(self.invalid("min repeat greater than max repeat", after_brace));
        }
        Ok(Some((min, max)))
    }

    /// An escape outside a set, whose backslash is taken.
    fn escape(&mut self, start: usize) -> Result<Node, PatternError> {
        let Some(letter) = self.peek() else {
            return Err(self.invalid("bad escape (end of pattern)", start));
        };
        self.at += 1;
        let ascii = self.ascii();
        Ok(match letter {
            'A' => Node::Assertion(Assertion::TextStart),
            'Z' => Node::Assertion(Assertion::TextEnd),
            'z' if self.dialect.at_least(3, 14) => Node::Assertion(Assertion::TextEnd),
            'b' => Node::Assertion(Assertion::Boundary { ascii, negated: false }),
            'B' => Node::Assertion(Assertion::Boundary { ascii, negated: true }),
            '0' => {
                let digits = self.take_while(2, |c| c.is_digit(8));
                self.literal(octal(&format!("0{digits}")).unwrap_or('\0'))
            }
            '1'..='9' => return self.reference(start),
            _ => {
                if let Some(class) = character::category(letter, ascii) {
                    return Ok(Node::Class(class));
                }
                let character = self.common_escape(letter, start)?;
                self.literal(character)
            }
        })
    }

    /// `\1`, or a character by three octal digits; the first digit is taken.
    fn reference(&mut self, start: usize) -> Result<Node, PatternError> {
        let mut digits = String::from(self.characters[self.at - 1]);
        if let Some(second) = self.peek().filter(char::is_ascii_digit) {
            self.at += 1;
            digits.push(second);
            if let Some(third) = self.peek().filter(|c| c.is_digit(8))
                && digits.chars().all(|c| c.is_digit(8))
            {
                self.at += 1;
                digits.push(third);
                return match octal(&digits) {
                    Some(character) => Ok(self.literal(character)),
                    None => Err(self.octal_range(&digits, start)),
                };
            }
        }
        let group = digits.parse().unwrap_or(u32::MAX);
        self.backreference(group, &digits, start)
    }

    fn octal_range(&self, digits: &str, start: usize) -> PatternError {
        if !self.dialect.at_least(3, 5) {
            return PatternError::NotModelled("an octal escape above \\377 before Python 3.5");
        }
        self.invalid(&format!("octal escape value \\{digits} outside of range 0-0o377"), start)
    }

    fn backreference(&self, group: u32, shown: &str, start: usize) -> Result<Node, PatternError> {
        match self.open.get(group as usize) {
            None => Err(self.invalid(&format!("invalid group reference {shown}"), start + 1)),
            Some(true) => Err(self.invalid("cannot refer to an open group", start)),
            Some(false) if self.behind > 0 => {
                Err(PatternError::NotModelled("a back-reference within a look-behind"))
            }
            Some(false) => Ok(Node::Backreference { group, ignore_case: self.has(flag::IGNORE_CASE) }),
        }
    }

    /// The escapes that are the same inside and outside of a set; `letter` is taken.
    fn common_escape(&mut self, letter: char, start: usize) -> Result<char, PatternError> {
        let text = !self.dialect.bytes && self.dialect.python.major > 2;
        match letter {
            'a' => Ok('\x07'),
            'f' => Ok('\x0c'),
            'n' => Ok('\n'),
            'r' => Ok('\r'),
            't' => Ok('\t'),
            'v' => Ok('\x0b'),
            'x' => self.hexadecimal(letter, 2, start),
            'u' if text => self.hexadecimal(letter, 4, start),
            'U' if text => self.hexadecimal(letter, 8, start),
            'N' if text && self.dialect.at_least(3, 8) => {
                Err(PatternError::NotModelled("a character by its name in a pattern"))
            }
            _ if letter.is_ascii_alphabetic() && self.dialect.at_least(3, 6) => {
                Err(self.invalid(&format!("bad escape \\{letter}"), start))
            }
            _ => Ok(letter),
        }
    }

    fn hexadecimal(&mut self, letter: char, length: usize, start: usize) -> Result<char, PatternError> {
        let digits = self.take_while(length, |c| c.is_ascii_hexdigit());
        if digits.len() < length {
            return Err(self.invalid(&format!("incomplete escape \\{letter}{digits}"), start));
        }
        let code = u32::from_str_radix(&digits, 16).unwrap_or(u32::MAX);
        if code > 0x10_ffff {
            return Err(self.invalid(&format!("bad escape \\{letter}{digits}"), start));
        }
        char::from_u32(code).ok_or(PatternError::NotModelled("a lone surrogate in a pattern"))
    }
}

/// The character of octal digits, up to 255.
fn octal(digits: &str) -> Option<char> {
    u32::from_str_radix(digits, 8).ok().filter(|&code| code <= 0o377).and_then(char::from_u32)
}

#[cfg(test)]
mod tests;

//! One pass over the bytes: logical lines, brackets, string literals, comments, and what the parser's lexer cannot read.
//!
//! The parser's own lexer knows neither PEP 701 (f-strings within f-strings) nor Python 2. What it cannot read is recorded
//! here as a [`Literal`] and shown to it as a mask of the same length, so that every offset stays an offset of the source.

use super::Dialect;
use super::problem::Problem;
use format::FormatString;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

mod format;

/// Open brackets at one place; CPython's `MAXSTACK` of its tokenizer.
const MAX_BRACKETS: usize = 200;
/// f-strings within f-strings; CPython's `MAXFSTRINGLEVEL`.
const MAX_FORMAT_STRINGS: usize = 150;
/// Digits of a decimal integer; CPython's `int_max_str_digits`, since conversion takes quadratic time.
const MAX_DIGITS: usize = 4300;

/// A logical line that holds code. All numbers are byte offsets into the scanned text.
#[derive(Clone, Debug)]
pub(in crate::syntax) struct Line {
    /// Where its indentation begins.
    pub start: u32,
    /// Where its first token begins.
    pub code: u32,
    /// After its line break.
    pub end: u32,
    /// Width of the indentation with tabs to the next multiple of 8.
    pub column: u32,
    /// Width of the indentation with tabs counted as one: Python 3 wants both to agree.
    pub narrow: u32,
}

/// Something that the parser's lexer reads through a mask.
#[derive(Clone, Debug)]
pub(in crate::syntax) struct Literal {
    pub end: u32,
    pub kind: LiteralKind,
}

#[derive(Clone, Debug)]
pub(in crate::syntax) enum LiteralKind {
    /// An f-string or t-string.
    Format { parts: Vec<Part>, raw: bool, template: bool },
    /// Python 2: `0777` or `0777L`.
    Octal,
    /// Python 2: `10L`.
    Long,
    /// Python 2: `<>`.
    NotEqual,
    /// Python 2: the opening or closing backtick.
    Backtick { opens: bool },
    /// Python 2: `ur''`.
    UnicodeRaw,
}

/// A piece of an f-string.
#[derive(Clone, Debug)]
pub(in crate::syntax) enum Part {
    /// Literal text; `doubled` where `{{` stands for `{`.
    Text {
        range: Range<u32>,
        doubled: bool,
    },
    Field(Field),
}

/// A replacement field of an f-string.
#[derive(Clone, Debug)]
pub(in crate::syntax) struct Field {
    pub expression: Range<u32>,
    /// `s`, `r` or `a`.
    pub conversion: Option<u8>,
    /// `x = ` of `{x = }`, with its spaces.
    pub debug: Option<Range<u32>>,
    pub spec: Option<Vec<Part>>,
}

/// What one pass over the bytes found.
#[derive(Debug, Default)]
pub(in crate::syntax) struct Scan {
    pub lines: Vec<Line>,
    /// By where they begin.
    pub literals: BTreeMap<u32, Literal>,
    pub comments: Vec<Range<u32>>,
    /// What stopped the scan, and where the logical line began that it stands in.
    pub problem: Option<(u32, Problem)>,
}

impl Scan {
    pub(in crate::syntax) fn new(text: &str, dialect: Dialect) -> Self {
        let mut scanner = Scanner {
            text,
            bytes: text.as_bytes(),
            at: if text.starts_with('\u{feff}') { 3 } else { 0 },
            dialect,
            frames: Vec::new(),
            scan: Self::default(),
        };
        scanner.run();
        scanner.scan
    }

    /// A part of the text as the parser's lexer may see it: of the same length, with every [`Literal`] masked.
    pub(super) fn masked<'a>(&self, text: &'a str, range: Range<u32>) -> Cow<'a, str> {
        let whole = &text[range.start as usize..range.end as usize];
        let mut masked: Option<String> = None;
        let mut copied = range.start;
        for (&start, literal) in self.literals.range(range.clone()) {
            if start < copied || literal.end > range.end {
                continue;
            }
            let output = masked.get_or_insert_with(|| String::with_capacity(whole.len()));
            output.push_str(&text[copied as usize..start as usize]);
            literal.mask(&text[start as usize..literal.end as usize], output);
            copied = literal.end;
        }
        match masked {
            None => Cow::Borrowed(whole),
            Some(mut output) => {
                output.push_str(&text[copied as usize..range.end as usize]);
                Cow::Owned(output)
            }
        }
    }
}

impl Literal {
    fn mask(&self, source: &str, output: &mut String) {
        match self.kind {
            LiteralKind::Format { .. } => {
                output.push('"');
                output.extend(std::iter::repeat_n('x', source.len() - 2));
                output.push('"');
            }
            LiteralKind::Octal => {
                output.extend(source.chars().map(|c| if c.is_ascii_digit() { '1' } else { ' ' }));
            }
            LiteralKind::Long => {
                output.push_str(&source[..source.len() - 1]);
                output.push(' ');
            }
            LiteralKind::NotEqual => output.push_str("!="),
            LiteralKind::Backtick { opens } => output.push(if opens { '(' } else { ')' }),
            LiteralKind::UnicodeRaw => {
                // Of the same length, and raw; the lexer knows no raw prefix of two letters for text.
                output.push_str("br");
                output.push_str(&source[2..]);
            }
        }
    }
}

/// What is open at one place of the source.
#[derive(Debug)]
enum Frame {
    Bracket { open: u8, at: usize },
    Backtick { at: usize },
    FormatString(FormatString),
    Field { brace: usize, end: Option<usize>, conversion: Option<u8>, debug: Option<usize> },
    Spec { text_from: usize, parts: Vec<Part> },
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    dialect: Dialect,
    frames: Vec<Frame>,
    scan: Scan,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while self.at < self.bytes.len() {
            let start = self.at;
            let (column, narrow) = self.indentation();
            match self.peek(0) {
                None => break,
                Some(b'\n' | b'\r') => self.at = self.after_break(self.at),
                Some(b'#') => self.comment(),
                Some(_) => {
                    let code = self.at;
                    if let Err(problem) = self.logical_line() {
                        self.scan.problem = Some((start as u32, problem));
                        return;
                    }
                    let (start, code, end) = (start as u32, code as u32, self.at as u32);
                    self.scan.lines.push(Line { start, code, end, column, narrow });
                }
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// The offset after a line break that begins at `at`: `\r\n` is one.
    fn after_break(&self, at: usize) -> usize {
        at + if self.bytes[at..].starts_with(b"\r\n") { 2 } else { 1 }
    }

    fn indentation(&mut self) -> (u32, u32) {
        let (mut column, mut narrow) = (0, 0);
        loop {
            match self.peek(0) {
                Some(b' ') => (column, narrow) = (column + 1, narrow + 1),
                Some(b'\t') => (column, narrow) = ((column / 8 + 1) * 8, narrow + 1),
                Some(b'\x0c') => (column, narrow) = (0, 0),
                _ => return (column, narrow),
            }
            self.at += 1;
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        while self.peek(0).is_some_and(|b| b != b'\n' && b != b'\r') {
            self.at += 1;
        }
        self.scan.comments.push(start as u32..self.at as u32);
    }

    /// Goes on to the end of the logical line.
    fn logical_line(&mut self) -> Result<(), Problem> {
        while let Some(byte) = self.peek(0) {
            if matches!(self.frames.last(), Some(Frame::FormatString(_) | Frame::Spec { .. })) {
                self.format_text(byte)?;
            } else if matches!(byte, b'\n' | b'\r') {
                if let Some(Frame::Backtick { at }) = self.frames.last() {
                    return Err(never_closed("`", *at));
                }
                self.at = self.after_break(self.at);
                if self.frames.is_empty() {
                    return Ok(());
                }
            } else {
                self.code(byte)?;
            }
        }
        match self.frames.last() {
            None => Ok(()),
            Some(Frame::Bracket { open, at }) => Err(never_closed(&char::from(*open).to_string(), *at)),
            Some(Frame::Field { brace, .. }) => Err(never_closed("{", *brace)),
            Some(Frame::Backtick { at }) => Err(never_closed("`", *at)),
            Some(Frame::FormatString(string)) => Err(string.unterminated()),
            Some(Frame::Spec { .. }) => Err(self.unclosed_field()),
        }
    }

    fn code(&mut self, byte: u8) -> Result<(), Problem> {
        match byte {
            b'\\' => {
                self.at += 1;
                if matches!(self.peek(0), Some(b'\n' | b'\r')) {
                    self.at = self.after_break(self.at);
                }
            }
            b'#' => self.comment(),
            b'(' | b'[' | b'{' => {
                self.push(Frame::Bracket { open: byte, at: self.at })?;
                self.at += 1;
            }
            b')' | b']' | b'}' => self.close(byte)?,
            b'"' | b'\'' => self.string(self.at)?,
            b'0'..=b'9' => self.number()?,
            b'_' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => self.word()?,
            b'`' if self.dialect == Dialect::Python2 => self.backtick()?,
            b'<' if self.dialect == Dialect::Python2 && self.peek(1) == Some(b'>') => {
                self.literal(self.at, self.at + 2, LiteralKind::NotEqual);
                self.at += 2;
            }
            b'=' | b'!' | b'<' | b'>' if self.peek(1) == Some(b'=') => self.at += 2,
            b'!' | b'=' | b':' if matches!(self.frames.last(), Some(Frame::Field { .. })) => {
                self.field_suffix(byte)?;
            }
            _ => self.at += 1,
        }
        Ok(())
    }

    fn literal(&mut self, start: usize, end: usize, kind: LiteralKind) {
        self.scan.literals.insert(start as u32, Literal { end: end as u32, kind });
    }

    fn push(&mut self, frame: Frame) -> Result<(), Problem> {
        let strings = |frame: &&Frame| matches!(frame, Frame::FormatString(_));
        let of_its_kind = self.frames.iter().filter(strings).count();
        let (count, limit, what) = match frame {
            Frame::FormatString(_) => (of_its_kind, MAX_FORMAT_STRINGS, "f-strings"),
            _ => (self.frames.len() - of_its_kind, MAX_BRACKETS, "brackets"),
        };
        if count == limit {
            return Err(Problem::limit(self.at, format!("more than {limit} {what} within each other")));
        }
        self.frames.push(frame);
        Ok(())
    }

    fn close(&mut self, byte: u8) -> Result<(), Problem> {
        let closing = char::from(byte);
        match self.frames.last() {
            Some(Frame::Bracket { open, at }) => {
                if matches!((open, byte), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
                    self.frames.pop();
                    self.at += 1;
                    return Ok(());
                }
                let message = format!("`{closing}` does not close `{}`", char::from(*open));
                Err(Problem::new(self.at, self.at + 1, message).label(*at, at + 1, "opened here"))
            }
            Some(Frame::Field { .. }) if byte == b'}' => {
                self.at += 1;
                self.finish_field(self.at - 1, None)
            }
            _ => Err(Problem::new(self.at, self.at + 1, format!("`{closing}` closes nothing"))),
        }
    }

    fn backtick(&mut self) -> Result<(), Problem> {
        let opens = !matches!(self.frames.last(), Some(Frame::Backtick { .. }));
        if opens {
            self.push(Frame::Backtick { at: self.at })?;
        } else {
            self.frames.pop();
        }
        self.literal(self.at, self.at + 1, LiteralKind::Backtick { opens });
        self.at += 1;
        Ok(())
    }

    /// A name, a keyword, or the prefix of a string.
    fn word(&mut self) -> Result<(), Problem> {
        let start = self.at;
        while self.peek(0).is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80) {
            self.at += 1;
        }
        let quoted = matches!(self.peek(0), Some(b'"' | b'\''));
        if quoted && is_prefix(&self.text[start..self.at]) { self.string(start) } else { Ok(()) }
    }

    /// A string whose quotes begin at `self.at` and whose prefix, if it is one, begins at `start`.
    fn string(&mut self, start: usize) -> Result<(), Problem> {
        let quote = self.bytes[self.at];
        let triple = self.peek(1) == Some(quote) && self.peek(2) == Some(quote);
        let prefix = self.text[start..self.at].to_ascii_lowercase();
        let text_from = self.at + if triple { 3 } else { 1 };
        let format = matches!(prefix.as_str(), "f" | "fr" | "rf" | "t" | "tr" | "rt");
        if format && self.dialect == Dialect::Python3 {
            let (raw, template) = (prefix.contains('r'), prefix.contains('t'));
            let string = FormatString { start, quote, triple, raw, template, text_from, parts: Vec::new() };
            self.push(Frame::FormatString(string))?;
            self.at = text_from;
            return Ok(());
        }
        let Some(end) = self.end_of_string(text_from, quote, triple) else {
            return Err(match self.frames.iter().rfind(|f| matches!(f, Frame::FormatString(_))) {
                // `f'{name'`: what looks like a string is the end of this one.
                Some(Frame::FormatString(outer)) if outer.quote == quote => self.unclosed_field(),
                _ => unterminated(start, text_from, triple),
            });
        };
        if prefix == "ur" && self.dialect == Dialect::Python2 {
            self.literal(start, end, LiteralKind::UnicodeRaw);
        }
        self.at = end;
        Ok(())
    }

    fn end_of_string(&self, mut at: usize, quote: u8, triple: bool) -> Option<usize> {
        loop {
            match *self.bytes.get(at)? {
                b'\\' => {
                    at += 1;
                    at = if at < self.bytes.len() { self.after_break(at) } else { at };
                }
                byte if byte == quote => {
                    if !triple {
                        return Some(at + 1);
                    }
                    if self.bytes[at..].starts_with(&[quote; 3]) {
                        return Some(at + 3);
                    }
                    at += 1;
                }
                b'\n' | b'\r' if !triple => return None,
                _ => at += 1,
            }
        }
    }

    fn number(&mut self) -> Result<(), Problem> {
        let start = self.at;
        let alphanumeric = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        self.skip_while(alphanumeric);
        let fraction = start > 0 && self.bytes[start - 1] == b'.';
        let radix = matches!(self.bytes[start..], [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', ..]);
        let long = self.dialect == Dialect::Python2 && matches!(self.bytes[self.at - 1], b'l' | b'L');
        if !radix && !long && (fraction || self.peek(0) == Some(b'.') || self.in_exponent()) {
            if self.peek(0) == Some(b'.') {
                self.at += 1;
                self.skip_while(alphanumeric);
            }
            if self.in_exponent() {
                self.at += 1;
                self.skip_while(alphanumeric);
            }
            return Ok(());
        }
        let literal = &self.text[start..self.at];
        if !radix && literal.len() > MAX_DIGITS {
            return Err(Problem::limit(start, format!("an integer of more than {MAX_DIGITS} digits")));
        }
        if self.dialect == Dialect::Python2 {
            let digits = literal.trim_end_matches(['l', 'L']);
            let octal = |b: u8| matches!(b, b'0'..=b'7');
            if literal.len() - digits.len() <= 1 {
                if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(octal) {
                    self.literal(start, self.at, LiteralKind::Octal);
                } else if digits.len() < literal.len() {
                    self.literal(start, self.at, LiteralKind::Long);
                }
            }
        }
        Ok(())
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&wanted) {
            self.at += 1;
        }
    }

    /// Whether the number so far ends in `e` and its sign comes next.
    fn in_exponent(&self) -> bool {
        matches!(self.bytes[self.at - 1], b'e' | b'E') && matches!(self.peek(0), Some(b'+' | b'-'))
    }
}

/// Whether a word before a quote belongs to the string; `ur` does in Python 2, where others of these are refused later.
fn is_prefix(word: &str) -> bool {
    const PREFIXES: [&str; 12] = ["r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt", "ur"];
    PREFIXES.iter().any(|prefix| prefix.eq_ignore_ascii_case(word))
}

fn never_closed(what: &str, at: usize) -> Problem {
    let shown = if what == "`" { "the backtick".to_owned() } else { format!("`{what}`") };
    Problem::new(at, at + 1, format!("{shown} is never closed")).here("opened here")
}

/// `start..opened` is the prefix with the opening quotes.
fn unterminated(start: usize, opened: usize, triple: bool) -> Problem {
    let what =
        if triple { "a triple-quoted string that never ends" } else { "a string that its line does not end" };
    Problem::new(start, opened, what).here("opened here")
}

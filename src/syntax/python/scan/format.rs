//! The scan within f-strings: literal text, fields, conversions, specifications (PEP 701).

use super::Field;
use super::Frame;
use super::LiteralKind;
use super::Part;
use super::Problem;
use super::Scanner;
use super::never_closed;
use super::unterminated;

/// An f-string whose end was not seen yet.
#[derive(Debug)]
pub(super) struct FormatString {
    pub(super) start: usize,
    pub(super) quote: u8,
    pub(super) triple: bool,
    pub(super) raw: bool,
    pub(super) template: bool,
    pub(super) text_from: usize,
    pub(super) parts: Vec<Part>,
}

impl Scanner<'_> {
    /// One step through the literal text of an f-string or of a format specification.
    pub(super) fn format_text(&mut self, byte: u8) -> Result<(), Problem> {
        let Some(string) = self.format_string() else { return Ok(()) };
        let (quote, triple, raw) = (string.quote, string.triple, string.raw);
        let in_spec = matches!(self.frames.last(), Some(Frame::Spec { .. }));
        match byte {
            b'\\' => self.format_escape(raw),
            b'{' | b'}' if !in_spec && self.peek(1) == Some(byte) => self.at += 2,
            b'{' => {
                self.finish_text();
                self.push(Frame::Field { brace: self.at, end: None, conversion: None, debug: None })?;
                self.at += 1;
            }
            b'}' if in_spec => {
                self.finish_text();
                self.at += 1;
                if let Some(Frame::Spec { parts, .. }) = self.frames.pop() {
                    self.finish_field(self.at - 1, Some(parts))?;
                }
            }
            b'}' => {
                let message = "a single `}` in an f-string";
                return Err(Problem::new(self.at, self.at + 1, message).help("write `}}` for a brace"));
            }
            b'\n' | b'\r' if !triple && !in_spec => return Err(string.unterminated()),
            _ if byte == quote && (!triple || self.bytes[self.at..].starts_with(&[quote; 3])) => {
                if in_spec {
                    return Err(self.unclosed_field());
                }
                self.finish_text();
                self.at += if triple { 3 } else { 1 };
                self.finish_format_string();
            }
            _ => self.at += 1,
        }
        Ok(())
    }

    fn format_escape(&mut self, raw: bool) {
        self.at += 1;
        match self.peek(0) {
            Some(b'N') if !raw && self.peek(1) == Some(b'{') => {
                self.at += 2;
                self.skip_while(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-'));
                self.at += usize::from(self.peek(0) == Some(b'}'));
            }
            Some(b'{' | b'}') | None => {}
            Some(_) => self.at = self.after_break(self.at),
        }
    }

    /// The f-string whose text is at the top.
    fn format_string(&self) -> Option<&FormatString> {
        self.frames.iter().rev().find_map(|frame| match frame {
            Frame::FormatString(string) => Some(string),
            _ => None,
        })
    }

    /// Ends the run of literal text before `self.at`.
    fn finish_text(&mut self) {
        let at = self.at;
        let (text_from, parts, doubled) = match self.frames.last_mut() {
            Some(Frame::FormatString(string)) => (&mut string.text_from, &mut string.parts, true),
            Some(Frame::Spec { text_from, parts }) => (text_from, parts, false),
            _ => return,
        };
        if *text_from < at {
            parts.push(Part::Text { range: *text_from as u32..at as u32, doubled });
        }
        *text_from = at;
    }

    fn finish_format_string(&mut self) {
        if let Some(Frame::FormatString(string)) = self.frames.pop() {
            let FormatString { start, raw, template, parts, .. } = string;
            self.literal(start, self.at, LiteralKind::Format { parts, raw, template });
        }
    }

    /// `!r`, `=` or `:` at the top level of a replacement field.
    pub(super) fn field_suffix(&mut self, byte: u8) -> Result<(), Problem> {
        let at = self.at;
        self.at += 1;
        if byte == b':' {
            self.end_expression(at);
            return self.push(Frame::Spec { text_from: self.at, parts: Vec::new() });
        }
        let letter = self.peek(0).filter(|b| byte == b'!' && matches!(b, b's' | b'r' | b'a'));
        self.at += usize::from(letter.is_some());
        self.blanks();
        let (after, next) = (self.at, self.peek(0));
        let Some(Frame::Field { end, conversion, debug, .. }) = self.frames.last_mut() else {
            return Ok(());
        };
        if byte == b'=' {
            if end.is_some() || !matches!(next, Some(b'!' | b':' | b'}')) {
                return Err(Problem::new(at, at + 1, "unexpected `=` in an f-string's expression"));
            }
            *debug = Some(after);
        } else {
            if letter.is_none() || conversion.is_some() || !matches!(next, Some(b':' | b'}')) {
                let problem = Problem::new(at, at + 1, "`!` in an f-string needs a conversion");
                return Err(problem.help("write `!s`, `!r` or `!a`, then `:` or `}`"));
            }
            *conversion = letter;
        }
        self.end_expression(at);
        Ok(())
    }

    /// The expression of the field at the top ends here, if it did not before.
    fn end_expression(&mut self, at: usize) {
        if let Some(Frame::Field { end, .. }) = self.frames.last_mut() {
            end.get_or_insert(at);
        }
    }

    /// Skips what may stand between the parts of a field.
    fn blanks(&mut self) {
        loop {
            match self.peek(0) {
                Some(b' ' | b'\t' | b'\n' | b'\r' | b'\x0c') => self.at += 1,
                Some(b'#') => self.comment(),
                _ => return,
            }
        }
    }

    /// Ends the replacement field at the top, whose `}` stands at `closed`.
    pub(super) fn finish_field(&mut self, closed: usize, spec: Option<Vec<Part>>) -> Result<(), Problem> {
        let Some(Frame::Field { brace, end, conversion, debug }) = self.frames.pop() else { return Ok(()) };
        let (start, end) = (brace + 1, end.unwrap_or(closed));
        if self.text[start..end].trim().is_empty() {
            return Err(Problem::new(brace, closed + 1, "an f-string's field without an expression")
                .help("write `{{` for a brace"));
        }
        let expression = start as u32..end as u32;
        let debug = debug.map(|debug_end| start as u32..debug_end as u32);
        let field = Part::Field(Field { expression, conversion, debug, spec });
        match self.frames.last_mut() {
            Some(Frame::FormatString(string)) => {
                string.parts.push(field);
                string.text_from = self.at;
            }
            Some(Frame::Spec { text_from, parts }) => {
                parts.push(field);
                *text_from = self.at;
            }
            _ => {}
        }
        Ok(())
    }

    /// The innermost field of an f-string was not closed.
    pub(super) fn unclosed_field(&self) -> Problem {
        let brace = self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Field { brace, .. } => Some(*brace),
            _ => None,
        });
        never_closed("{", brace.unwrap_or(self.at))
    }
}

impl FormatString {
    pub(super) fn unterminated(&self) -> Problem {
        unterminated(self.start, self.text_from.min(self.start + 6), self.triple)
    }
}

//! Numbers, strings and words as Python 2 reads them.

use super::REPR;
use super::Rewriter;
use crate::syntax::python::Spanned;
use crate::syntax::python::StringKind;
use crate::syntax::python::TextRange;
use crate::syntax::python::Tok;
use crate::syntax::python::problem::Problem;
use crate::syntax::python::scan::Literal;
use crate::syntax::python::scan::LiteralKind;
use crate::syntax::python::tokens::at_top;
use crate::syntax::python::tokens::soft_name;
use num_bigint::BigInt;
use num_traits::Zero;

impl Rewriter {
    /// Takes a token of the lexer and the literal that was masked where it begins.
    pub(in crate::syntax) fn token(
        &mut self,
        (token, range): Spanned,
        literal: Option<&Literal>,
        text: &str,
        output: &mut Vec<Spanned>,
    ) -> Result<(), Problem> {
        let start = self.at(range);
        let end = start + usize::from(range.len());
        let source = text.get(start..end).unwrap_or("");
        let masked = literal.map(|literal| (&literal.kind, literal.end as usize));
        let token = match (soft_name(token), masked) {
            (Tok::Int { .. }, Some((LiteralKind::Octal, end))) => {
                let whole = TextRange::at(range.start(), ((end - start) as u32).into());
                let value = self.octal(&text[start..end], whole);
                output.push((Tok::Int { value }, whole));
                return Ok(());
            }
            (Tok::Int { value }, Some((LiteralKind::Long, end))) => {
                let whole = TextRange::at(range.start(), ((end - start) as u32).into());
                self.note(whole, "a long integer `1L`");
                output.push((Tok::Int { value }, whole));
                return Ok(());
            }
            (token @ (Tok::Lpar | Tok::Rpar), Some((LiteralKind::Backtick { opens }, _))) => {
                if *opens {
                    self.note(range, "backticks");
                    output.push((Tok::Name { name: REPR.to_owned() }, range));
                }
                output.push((token.clone(), TextRange::empty(range.end())));
                token
            }
            (Tok::NotEqual, Some(_)) => {
                self.note(range, "`<>`");
                Tok::NotEqual
            }
            (Tok::Int { .. } | Tok::Float { .. }, None) if source.contains('_') => {
                return Err(python3(start, end, "an underscore in a number"));
            }
            (Tok::Name { name }, _) if !name.is_ascii() => {
                return Err(python3(start, end, "a name beyond ASCII"));
            }
            (Tok::Async, _) => self.reserved("async", range),
            (Tok::Await, _) => self.reserved("await", range),
            (Tok::Nonlocal, _) => self.reserved("nonlocal", range),
            (Tok::True, _) if names_follow(output) => self.reserved("True", range),
            (Tok::False, _) if names_follow(output) => self.reserved("False", range),
            (Tok::None, _) if names_follow(output) => self.reserved("None", range),
            (Tok::Equal, _) => {
                // The name of a keyword argument, or the target of an assignment.
                if let Some((last @ (Tok::True | Tok::False), _)) = output.last_mut() {
                    *last = constant_name(last.clone());
                }
                Tok::Equal
            }
            (Tok::String { value, kind, triple_quoted }, literal) => {
                let (value, kind) = self.string(value, kind, literal.is_some(), range)?;
                Tok::String { value, kind, triple_quoted }
            }
            (token, _) => token,
        };
        output.push((token, range));
        Ok(())
    }

    /// A name that Python 3 made a keyword.
    fn reserved(&mut self, name: &str, range: TextRange) -> Tok {
        self.note(range, "a keyword as a name");
        Tok::Name { name: name.to_owned() }
    }

    fn octal(&mut self, source: &str, range: TextRange) -> BigInt {
        let digits = source.trim_end_matches(['l', 'L']);
        let value = BigInt::parse_bytes(digits.as_bytes(), 8).unwrap_or_default();
        if digits.len() < source.len() {
            self.note(range, "a long integer `1L`");
        } else if !value.is_zero() {
            self.note(range, "an octal integer `0777`");
        }
        value
    }

    fn string(
        &mut self,
        value: String,
        kind: StringKind,
        unicode_raw: bool,
        range: TextRange,
    ) -> Result<(String, StringKind), Problem> {
        let start = self.at(range);
        if unicode_raw {
            self.note(range, "a `ur''` string");
            return Ok((escape_raw(&value, true), StringKind::Unicode));
        }
        Ok(match kind {
            StringKind::FString | StringKind::RawFString => {
                return Err(python3(start, start + 1, "an f-string"));
            }
            StringKind::Unicode => (value, StringKind::Unicode),
            StringKind::String if self.unicode_literals => (value, StringKind::Unicode),
            StringKind::RawString if self.unicode_literals => (escape_raw(&value, true), StringKind::Unicode),
            StringKind::String | StringKind::Bytes => (byte_escapes(&value), StringKind::String),
            StringKind::RawString | StringKind::RawBytes => (value, StringKind::RawString),
        })
    }
}

/// One unicode literal makes a whole run of adjacent literals unicode; the parser looks at the first only.
pub(super) fn unify_runs(tokens: &mut [Spanned]) {
    let is_string = |token: &Spanned| matches!(token.0, Tok::String { .. });
    for run in tokens.chunk_by_mut(|a, b| is_string(a) && is_string(b)) {
        let unicode = |token: &Spanned| matches!(token.0, Tok::String { kind: StringKind::Unicode, .. });
        if run.len() < 2 || !run.iter().any(unicode) {
            continue;
        }
        if let Some((Tok::String { value, kind, .. }, _)) = run.first_mut() {
            if *kind == StringKind::RawString {
                *value = escape_raw(value, false);
            }
            *kind = StringKind::Unicode;
        }
    }
}

/// `True, False = 1, 0` assigns names in Python 2.
pub(super) fn name_assigned_constants(tokens: &mut [Spanned]) {
    let Some(&assigned) = at_top(tokens, |token| *token == Tok::Equal).last() else { return };
    for index in 0..assigned {
        let before = index.checked_sub(1).map(|before| &tokens[before].0);
        let alone_before = match before {
            None | Some(Tok::Comma | Tok::Equal) => true,
            // The bracket of a call or subscript stands behind what it is for.
            Some(Tok::Lpar | Tok::Lsqb) => index.checked_sub(2).is_none_or(|opener| {
                matches!(tokens[opener].0, Tok::Comma | Tok::Lpar | Tok::Lsqb | Tok::Equal | Tok::For)
            }),
            Some(_) => false,
        };
        let alone_after = matches!(tokens[index + 1].0, Tok::Comma | Tok::Rpar | Tok::Rsqb | Tok::Equal);
        if alone_before && alone_after && matches!(tokens[index].0, Tok::True | Tok::False) {
            tokens[index].0 = constant_name(tokens[index].0.clone());
        }
    }
}

fn constant_name(token: Tok) -> Tok {
    let name = match token {
        Tok::True => "True",
        Tok::False => "False",
        Tok::None => "None",
        other => return other,
    };
    Tok::Name { name: name.to_owned() }
}

/// Whether what comes next can only be a name.
fn names_follow(output: &[Spanned]) -> bool {
    matches!(
        output.last(),
        Some((Tok::Dot | Tok::Import | Tok::As | Tok::Global | Tok::Del | Tok::Def | Tok::Class, _))
    )
}

fn python3(start: usize, end: usize, what: &str) -> Problem {
    Problem::new(start, end, format!("this is Python 3 syntax: {what}"))
}

/// A byte string's literal as the parser should decode it: `\u`, `\U` and `\N` are no escapes there, and `\777` is one byte.
fn byte_escapes(value: &str) -> String {
    let mut output = String::with_capacity(value.len());
    let mut characters = value.chars().peekable();
    while let Some(c) = characters.next() {
        output.push(c);
        if c != '\\' {
            continue;
        }
        match characters.next() {
            Some(c @ ('u' | 'U' | 'N')) => output.extend(['\\', c]),
            Some(c @ '4'..='7') => {
                let mut digits = vec![c];
                while digits.len() < 3 {
                    let Some(digit) = characters.next_if(|c| matches!(c, '0'..='7')) else { break };
                    digits.push(digit);
                }
                // `\777` is `\377`: what does not fit the byte is dropped.
                digits[0] = if digits.len() == 3 { char::from(c as u8 - 4) } else { c };
                output.extend(digits);
            }
            Some(c) => output.push(c),
            None => {}
        }
    }
    output
}

/// A raw literal as one that is not raw; `unicode` keeps the only escapes that raw unicode literals know.
fn escape_raw(value: &str, unicode: bool) -> String {
    let mut output = String::with_capacity(value.len() + 8);
    let mut characters = value.chars().peekable();
    let mut backslashes = 0;
    while let Some(c) = characters.next() {
        if c != '\\' {
            backslashes = 0;
            output.push(c);
            continue;
        }
        let escapes = unicode && backslashes % 2 == 0 && matches!(characters.peek(), Some('u' | 'U'));
        output.push_str(if escapes { "\\" } else { "\\\\" });
        backslashes += 1;
    }
    output
}

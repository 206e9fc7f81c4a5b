//! Format strings: `'{0.name[key]!r:>{width}}'` into parts, and the parts into text.
//!
//! Source: PEP 3101. Field numbers (automatic or given) are settled here. Not modelled: `:`, `!` and braces inside an
//! index before Python 3.4, whose parser cut there.

use crate::eval::format_error::{Bounded, FormatError};
use crate::packaging::Python;
use std::iter::Peekable;
use std::str::CharIndices;

/// A piece of a format string.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    Literal(String),
    Field(Field),
}

/// A replacement field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    pub first: First,
    pub accessors: Vec<Accessor>,
    /// `r`, `s`, `a`; any other character is a ValueError of the caller's `!` step (see [`unknown_conversion`]).
    pub conversion: Option<char>,
    /// The format specification, which may hold fields itself.
    pub spec: Vec<Part>,
}

/// Which argument a field starts from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum First {
    Positional(usize),
    Keyword(String),
}

/// What a field does with its argument.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Accessor {
    Attribute(String),
    Index(usize),
    Key(String),
}

/// The exception for a conversion that is none of `r`, `s`, `a`.
pub fn unknown_conversion(conversion: char) -> FormatError {
    if (' '..='~').contains(&conversion) {
        FormatError::value_error(format!("Unknown conversion specifier {conversion}"))
    } else {
        FormatError::value_error(format!("Unknown conversion specifier \\x{:x}", u32::from(conversion)))
    }
}

/// The parts of a format string.
pub fn parse(template: &str, python: Python) -> Result<Vec<Part>, FormatError> {
    Parser { numbering: Numbering::Undecided, python }.parts(template, 2)
}

/// Gives the text of a field whose specification is expanded already; `None` where that is unknown.
pub type FieldText<'a, F> = &'a mut dyn FnMut(&Field, &str) -> Result<Option<String>, F>;

/// Puts the parts together: `field` gives the text of a field whose specification is expanded already, `None` where
/// that is unknown, which makes the whole unknown.
pub fn render<F: From<FormatError>>(
    parts: &[Part],
    limit: usize,
    field: FieldText<'_, F>,
) -> Result<Option<String>, F> {
    let mut out = Bounded::new(limit);
    for part in parts {
        match part {
            Part::Literal(text) => out.push_str(text)?,
            Part::Field(found) => {
                let Some(spec) = render(&found.spec, limit, field)? else { return Ok(None) };
                let Some(text) = field(found, &spec)? else { return Ok(None) };
                out.push_str(&text)?;
            }
        }
    }
    Ok(Some(out.finish()))
}

enum Numbering {
    Undecided,
    Automatic(usize),
    Given,
}

struct Parser {
    numbering: Numbering,
    python: Python,
}

type Characters<'a> = Peekable<CharIndices<'a>>;

impl Parser {
    fn parts(&mut self, template: &str, depth: u8) -> Result<Vec<Part>, FormatError> {
        if depth == 0 {
            return Err(FormatError::value_error("Max string recursion exceeded"));
        }
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut characters = template.char_indices().peekable();
        while let Some((_, character)) = characters.next() {
            let doubled = characters.peek().is_some_and(|&(_, next)| next == character);
            match character {
                '{' | '}' if doubled => {
                    characters.next();
                    literal.push(character);
                }
                '}' => return Err(FormatError::value_error("Single '}' encountered in format string")),
                '{' if characters.peek().is_none() => {
                    return Err(FormatError::value_error("Single '{' encountered in format string"));
                }
                '{' => {
                    if !literal.is_empty() {
                        parts.push(Part::Literal(std::mem::take(&mut literal)));
                    }
                    parts.push(Part::Field(self.field(template, &mut characters, depth)?));
                }
                _ => literal.push(character),
            }
        }
        if !literal.is_empty() {
            parts.push(Part::Literal(literal));
        }
        Ok(parts)
    }

    fn field(
        &mut self,
        template: &str,
        characters: &mut Characters<'_>,
        depth: u8,
    ) -> Result<Field, FormatError> {
        let start = characters.peek().map_or(template.len(), |&(at, _)| at);
        let (end, stop) = self.name_end(characters)?;
        let (first, accessors) = self.name(&template[start..end])?;
        let mut stop = stop;
        let mut conversion = None;
        if stop == '!' {
            let missing = "end of string while looking for conversion specifier";
            conversion = Some(characters.next().ok_or_else(|| FormatError::value_error(missing))?.1);
            stop = match characters.next() {
                Some((_, next @ (':' | '}'))) => next,
                Some(_) => return Err(FormatError::value_error("expected ':' after conversion specifier")),
                None => return Err(unmatched_spec()),
            };
        }
        let spec = if stop == ':' { spec_text(template, characters)? } else { "" };
        Ok(Field { first, accessors, conversion, spec: self.parts_of_spec(spec, depth)? })
    }

    /// A specification without fields is taken as it stands: `}}` means nothing there.
    fn parts_of_spec(&mut self, spec: &str, depth: u8) -> Result<Vec<Part>, FormatError> {
        match spec {
            "" => Ok(Vec::new()),
            spec if spec.contains(['{', '}']) => self.parts(spec, depth - 1),
            spec => Ok(vec![Part::Literal(spec.to_owned())]),
        }
    }

    /// Where the field's name ends, and at which of `!`, `:` and `}`.
    fn name_end(&self, characters: &mut Characters<'_>) -> Result<(usize, char), FormatError> {
        let mut in_index = false;
        for (at, character) in characters.by_ref() {
            match character {
                '{' if !in_index => {
                    return Err(FormatError::value_error("unexpected '{' in field name"));
                }
                '{' | '}' | ':' | '!' if in_index && self.python < Python::new(3, 4) => {
                    return Err(FormatError::NotModelled(
                        "an index with `:`, `!` or braces before Python 3.4",
                    ));
                }
                '[' => in_index = true,
                ']' => in_index = false,
                '}' | ':' | '!' if !in_index => return Ok((at, character)),
                _ => {}
            }
        }
        Err(unmatched())
    }

    fn name(&mut self, name: &str) -> Result<(First, Vec<Accessor>), FormatError> {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, mut rest) = name.split_at(end);
        let first = self.first(first)?;
        let mut accessors = Vec::new();
        while !rest.is_empty() {
            let empty = || FormatError::value_error("Empty attribute in format string");
            if let Some(attribute) = rest.strip_prefix('.') {
                let end = attribute.find(['.', '[']).unwrap_or(attribute.len());
                if end == 0 {
                    return Err(empty());
                }
                accessors.push(Accessor::Attribute(attribute[..end].to_owned()));
                rest = &attribute[end..];
            } else if let Some(index) = rest.strip_prefix('[') {
                let end = index
                    .find(']')
                    .ok_or_else(|| FormatError::value_error("Missing ']' in format string"))?;
                if end == 0 {
                    return Err(empty());
                }
                accessors.push(match number(&index[..end])? {
                    Some(number) => Accessor::Index(number),
                    None => Accessor::Key(index[..end].to_owned()),
                });
                rest = &index[end + 1..];
            } else {
                let text = "Only '.' or '[' may follow ']' in format field specifier";
                return Err(FormatError::value_error(text));
            }
        }
        Ok((first, accessors))
    }

    fn first(&mut self, name: &str) -> Result<First, FormatError> {
        let given = number(name)?;
        match (&mut self.numbering, given, name.is_empty()) {
            (_, None, false) => Ok(First::Keyword(name.to_owned())),
            (Numbering::Given, None, true) => Err(FormatError::value_error(
                "cannot switch from manual field specification to automatic field numbering",
            )),
            (Numbering::Automatic(_), Some(_), _) => Err(FormatError::value_error(
                "cannot switch from automatic field numbering to manual field specification",
            )),
            (Numbering::Automatic(next), None, true) => {
                *next += 1;
                Ok(First::Positional(*next - 1))
            }
            (numbering, None, true) => {
                *numbering = Numbering::Automatic(1);
                Ok(First::Positional(0))
            }
            (numbering, Some(given), _) => {
                *numbering = Numbering::Given;
                Ok(First::Positional(given))
            }
        }
    }
}

fn unmatched() -> FormatError {
    FormatError::value_error("expected '}' before end of string")
}

fn unmatched_spec() -> FormatError {
    FormatError::value_error("unmatched '{' in format spec")
}

/// The text up to the brace that closes the field; nested fields keep theirs.
fn spec_text<'a>(template: &'a str, characters: &mut Characters<'_>) -> Result<&'a str, FormatError> {
    let start = characters.peek().map_or(template.len(), |&(at, _)| at);
    let mut depth = 1;
    for (at, character) in characters.by_ref() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok(&template[start..at]);
        }
    }
    Err(unmatched_spec())
}

/// A field name that is all digits is a number.
fn number(text: &str) -> Result<Option<usize>, FormatError> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    text.parse::<i64>()
        .map(|number| Some(number as usize))
        .map_err(|_| FormatError::value_error("Too many decimal digits in format string"))
}

#[cfg(test)]
mod tests;

//! `repr` of text and bytes, as Python 3 and Python 2 print them.

use crate::eval::format_error::{Bounded, FormatError};
use regex::Regex;
use std::fmt::Write;
use std::sync::LazyLock;

/// Whose escapes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// `repr` of Python 3: what can be printed stands as it is.
    Python3,
    /// `ascii()`: every character beyond ASCII escaped.
    Ascii,
    /// `repr` of Python 2's `unicode`: as `ascii()`, with a `u` in front.
    Python2Unicode,
}

/// What `str.isprintable` refuses beyond ASCII: Unicode's categories "Other" and "Separator".
static NOT_PRINTABLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\A[\p{C}\p{Z}]").expect("internal error: the pattern is a constant"));

/// Single quotes, unless the text has those and no double ones.
fn quote(single: bool, double: bool) -> char {
    if single && !double { '"' } else { '\'' }
}

/// `repr` of a string, at most `limit` bytes.
pub fn text(text: &str, style: Style, limit: usize) -> Result<String, FormatError> {
    let quote = quote(text.contains('\''), text.contains('"'));
    let mut out = Bounded::new(limit);
    if style == Style::Python2Unicode {
        out.push_str("u")?;
    }
    out.push_repeated(quote, 1)?;
    let mut piece = String::new();
    for character in text.chars() {
        piece.clear();
        if character.is_ascii() {
            ascii(&mut piece, character as u8, quote);
        } else if style == Style::Python3 {
            piece.push(character);
            if NOT_PRINTABLE.is_match(&piece) {
                piece.clear();
                escape(&mut piece, character);
            }
        } else {
            escape(&mut piece, character);
        }
        out.push_str(&piece)?;
    }
    out.push_repeated(quote, 1)?;
    Ok(out.finish())
}

/// `repr` of bytes: `prefix` is `b` on Python 3 and nothing on Python 2.
pub fn bytes(bytes: &[u8], prefix: &str, limit: usize) -> Result<String, FormatError> {
    let quote = quote(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut out = Bounded::new(limit);
    out.push_str(prefix)?;
    out.push_repeated(quote, 1)?;
    let mut piece = String::new();
    for &byte in bytes {
        piece.clear();
        ascii(&mut piece, byte, quote);
        out.push_str(&piece)?;
    }
    out.push_repeated(quote, 1)?;
    Ok(out.finish())
}

fn ascii(piece: &mut String, byte: u8, quote: char) {
    match byte {
        b'\n' => piece.push_str("\\n"),
        b'\r' => piece.push_str("\\r"),
        b'\t' => piece.push_str("\\t"),
        b'\\' => piece.push_str("\\\\"),
        b' '..=b'~' => {
            if char::from(byte) == quote {
                piece.push('\\');
            }
            piece.push(char::from(byte));
        }
        _ => hexadecimal(piece, 'x', 2, u32::from(byte)),
    }
}

fn escape(piece: &mut String, character: char) {
    match u32::from(character) {
        code @ 0..=0xff => hexadecimal(piece, 'x', 2, code),
        code @ 0x100..=0xffff => hexadecimal(piece, 'u', 4, code),
        code => hexadecimal(piece, 'U', 8, code),
    }
}

fn hexadecimal(piece: &mut String, letter: char, digits: usize, code: u32) {
    write!(piece, "\\{letter}{code:0digits$x}").expect("internal error: a String takes every write");
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIXED: &str = "a\u{200b}\u{3000}é\u{85}\u{ad}\u{300}😀";

    #[test]
    fn python_3() {
        let show = |s: &str| text(s, Style::Python3, 1000).unwrap();
        assert_eq!(show(MIXED), "'a\\u200b\\u3000é\\x85\\xad\u{300}😀'");
        assert_eq!(show("it's"), "\"it's\"");
        assert_eq!(show("a'b\"c'\n\r\t\\\0\x7f\x1b"), "'a\\'b\"c\\'\\n\\r\\t\\\\\\x00\\x7f\\x1b'");
        assert_eq!(text("é\u{20ac}😀", Style::Ascii, 1000).unwrap(), "'\\xe9\\u20ac\\U0001f600'");
        assert_eq!(bytes(b"a\xff'\"", "b", 1000).unwrap(), "b'a\\xff\\'\"'");
        assert_eq!(bytes(b"it's", "b", 1000).unwrap(), "b\"it's\"");
    }

    #[test]
    fn python_2() {
        let show = |s: &str| text(s, Style::Python2Unicode, 1000).unwrap();
        assert_eq!(show(MIXED), "u'a\\u200b\\u3000\\xe9\\x85\\xad\\u0300\\U0001f600'");
        assert_eq!(bytes(b"a\xff'\"", "", 1000).unwrap(), "'a\\xff\\'\"'");
    }

    #[test]
    fn the_limit_holds() {
        let refused = Err(FormatError::TooLarge { limit: 10 });
        assert_eq!(text("\n\n\n\n\n", Style::Python3, 10), refused);
        assert_eq!(bytes(&[0; 4], "b", 10), refused);
    }
}

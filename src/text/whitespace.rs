//! White space and line ends as Python's `str` methods judge them, which is wider than files and editors do.

use std::ops::Range;

/// `str.isspace()` of one character, which is also `\s` in a `str` pattern.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}

/// `str.strip()` of a part of a text, as a range of the text.
pub fn strip(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start_matches(is_space).len());
    start..start + inner.trim_matches(is_space).len()
}

/// `str.splitlines()`, as ranges: vertical tabs, form feeds, U+2028 and their like end a line too.
pub fn split_lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let ends = |c: char| {
            matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
        };
        let rest = &text[start..];
        let length = rest.find(ends).unwrap_or(rest.len());
        let terminator = if rest[length..].starts_with("\r\n") {
            2
        } else {
            rest[length..].chars().next().map_or(0, char::len_utf8)
        };
        let line = start..start + length;
        start += length + terminator;
        Some(line)
    })
}

/// `io.TextIOWrapper`'s reading of line ends: `\r\n` and `\r` become `\n`.
pub fn universal_newlines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_python_ends_them() {
        let text = "a\r\nb\rc\u{2028}d\x0be\n";
        let lines: Vec<&str> = split_lines(text).map(|range| &text[range]).collect();
        assert_eq!(lines, ["a", "b", "c", "d", "e"]);
        assert_eq!(&"\u{1f} x\u{a0}"[strip("\u{1f} x\u{a0}", 0..5)], "x");
        assert_eq!(universal_newlines("a\r\nb\rc".into()), "a\nb\nc");
    }
}

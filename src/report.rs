//! Diagnostics to bytes, one file a format.

pub mod concise;
pub mod json;
pub mod terminal;

/// Makes a text safe to show: control characters and those that reorder text stand as visible escapes.
///
/// Project files and index answers are hostile input; without this a version could clear the screen or hide code.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' || c == '\t' || !is_unsafe(c) {
            out.push(c);
        } else {
            out.extend(c.escape_unicode());
        }
    }
    out
}

/// C0, C1 and bidirectional controls (Unicode TR 36): what a terminal may obey instead of show.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        assert_eq!(super::escape("a\x1b[2Jb\u{202e}c\u{9b}\td\n"), "a\\u{1b}[2Jb\\u{202e}c\\u{9b}\td\n");
    }
}

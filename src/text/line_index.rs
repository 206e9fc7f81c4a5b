//! Bytes to lines and columns, in characters and in UTF-16: the only file that counts them.

/// A place as people and editors name it; both numbers from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Position {
    pub line: u32,
    /// In characters (Unicode scalar values); a tab is one.
    pub column: u32,
}

/// Where each line starts. Lines end at `\n`, `\r\n` and a lone `\r`, as Python's tokenizer and editors have it;
/// U+2028 and form feeds do not end one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends {
                starts.push(at as u32 + 1);
            }
        }
        Self { starts }
    }

    /// The position of a byte offset; offsets past the end or inside a character are moved back.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let (line, before) = self.before(text, offset);
        Position { line, column: before.chars().count() as u32 + 1 }
    }

    /// Line from 0 and UTF-16 code units from 0, as the language server protocol counts by default.
    pub fn utf16(&self, text: &str, offset: u32) -> (u32, u32) {
        let (line, before) = self.before(text, offset);
        (line - 1, before.encode_utf16().count() as u32)
    }

    fn before<'a>(&self, text: &'a str, offset: u32) -> (u32, &'a str) {
        let mut end = (offset as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= end);
        (line as u32, &text[self.starts[line - 1] as usize..end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts by walking the text once per offset: slow, and obviously right.
    fn slow(text: &str, offset: usize) -> (u32, u32, u32) {
        let (mut line, mut column, mut utf16) = (1, 1, 0);
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if at + c.len_utf8() > offset {
                break;
            }
            let breaks = c == '\n' || (c == '\r' && chars.peek().map(|(_, next)| *next) != Some('\n'));
            if breaks {
                (line, column, utf16) = (line + 1, 1, 0);
            } else {
                (column, utf16) = (column + 1, utf16 + c.len_utf16() as u32);
            }
        }
        (line, column, utf16)
    }

    #[test]
    fn agrees_with_counting_by_hand() {
        for text in
            ["", "\n", "a\r\nb\rc\n", "é🎉\u{301}\tx\r\n🎉", "\u{feff}a\u{2028}b\u{c}c\n", "\r\r\n\n\r"]
        {
            let index = LineIndex::new(text);
            for offset in 0..=text.len() {
                let position = index.position(text, offset as u32);
                let (line, column, utf16) = slow(text, offset);
                assert_eq!((position.line, position.column), (line, column), "{text:?} at {offset}");
                assert_eq!(index.utf16(text, offset as u32), (line - 1, utf16), "{text:?} at {offset}");
            }
        }
    }
}

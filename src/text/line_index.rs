//! Bytes to lines and columns and back, in characters, UTF-8 and UTF-16: the only file that counts them.

/// What a column counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Units {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units, which the language server protocol counts by default.
    Utf16,
    /// Unicode scalar values.
    Characters,
}

impl Units {
    pub fn of(self, text: &str) -> u32 {
        (match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Characters => text.chars().count(),
        }) as u32
    }

    fn of_char(self, c: char) -> u32 {
        (match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Characters => 1,
        }) as u32
    }
}

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

    /// Line and column, both from 0; offsets past the end or inside a character are moved back.
    pub fn locate(&self, text: &str, offset: u32, units: Units) -> (u32, u32) {
        let (line, before) = self.before(text, offset);
        (line - 1, units.of(before))
    }

    /// The byte offset of a line and a column, both from 0. A column past the end of the line is that end, before the line
    /// break; a column inside a character is its start; a line past the last one is the text's end.
    pub fn offset(&self, text: &str, line: u32, column: u32, units: Units) -> u32 {
        let Some(start) = self.starts.get(line as usize) else { return text.len() as u32 };
        let end = self.starts.get(line as usize + 1).map_or(text.len(), |next| *next as usize);
        let content = text[*start as usize..end].trim_end_matches(['\n', '\r']);
        let mut counted = 0;
        for (at, c) in content.char_indices() {
            counted += units.of_char(c);
            if counted > column {
                return start + at as u32;
            }
        }
        start + content.len() as u32
    }

    /// How many lines there are; a text that ends with a line break has an empty one after it.
    pub fn count(&self) -> u32 {
        self.starts.len() as u32
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
                let located = index.locate(text, offset as u32, Units::Utf16);
                assert_eq!(located, (line - 1, utf16), "{text:?} at {offset}");
                // Where a break of two characters is cut, the way back leads before it.
                let inside_break = text.as_bytes().get(offset.wrapping_sub(1)) == Some(&b'\r')
                    && text.as_bytes().get(offset) == Some(&b'\n');
                if text.is_char_boundary(offset) && !inside_break {
                    for units in [Units::Utf8, Units::Utf16, Units::Characters] {
                        let (line, column) = index.locate(text, offset as u32, units);
                        assert_eq!(
                            index.offset(text, line, column, units),
                            offset as u32,
                            "{text:?} {units:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn places_that_are_not_there_are_moved_back() {
        let text = "a🎉b\r\nc";
        let index = LineIndex::new(text);
        assert_eq!(index.count(), 2);
        assert_eq!(index.offset(text, 0, 2, Units::Utf16), 1, "inside the surrogate pair");
        assert_eq!(index.offset(text, 0, 99, Units::Utf16), 6, "before the line break");
        assert_eq!(index.offset(text, 9, 0, Units::Utf8), text.len() as u32);
    }
}

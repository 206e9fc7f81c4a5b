//! The logical lines of a requirements file: joined, without comments, variables expanded, each byte still traceable.

use crate::text::whitespace::{is_space, split_lines};
use crate::text::{FileId, Span};
use std::ops::Range;

/// One logical line, never blank.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Without white space at its ends.
    pub(super) text: String,
    /// Whether it has values from the environment, which nothing may print.
    pub(super) expanded: bool,
    pieces: Vec<Piece>,
    file: FileId,
}

/// A part of a logical line and where it came from; consecutive pieces touch.
#[derive(Clone, Debug)]
struct Piece {
    /// In the line.
    start: usize,
    /// In the file.
    source: Range<usize>,
    /// Whether the line has the file's own bytes, not a variable's value.
    verbatim: bool,
}

impl Line {
    /// A text that stands as it is in a file from an offset on.
    pub(super) fn verbatim(text: &str, file: FileId, offset: usize) -> Self {
        let source = offset..offset + text.len();
        let piece = Piece { start: 0, source, verbatim: true };
        Self { text: text.to_owned(), expanded: false, pieces: vec![piece], file }
    }

    /// Where a byte range of the line stands in the file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = self.source(range.start, false);
        let end = if range.is_empty() { start } else { self.source(range.end, true) };
        Span::new(self.file, start as u32, end as u32)
    }

    /// The file offset of a line offset; `end` asks for the end of what precedes the offset.
    fn source(&self, at: usize, end: bool) -> usize {
        let inside = at.saturating_sub(usize::from(end));
        let index = self.pieces.partition_point(|piece| piece.start <= inside).saturating_sub(1);
        let Some(piece) = self.pieces.get(index) else { return 0 };
        match (piece.verbatim, end) {
            (true, _) => (piece.source.start + (at - piece.start)).min(piece.source.end),
            (false, true) => piece.source.end,
            (false, false) => piece.source.start,
        }
    }

    fn push(&mut self, text: &str, source: Range<usize>, verbatim: bool) {
        if !text.is_empty() {
            self.pieces.push(Piece { start: self.text.len(), source, verbatim });
            self.text.push_str(text);
        }
    }

    /// Keeps a range of the line only.
    fn cut(&mut self, range: Range<usize>) {
        let mut kept = self.clone_head();
        self.copy(&mut kept, range);
        *self = kept;
    }

    fn clone_head(&self) -> Self {
        Self { text: String::new(), expanded: self.expanded, pieces: Vec::new(), file: self.file }
    }

    /// Replaces each `${NAME}` that has a value; upper case, digits and `_` only (pip's format).
    fn expand(&mut self, environment: &dyn Fn(&str) -> Option<String>) {
        if !self.text.contains("${") {
            return;
        }
        let mut out = self.clone_head();
        let mut done = 0;
        while let Some(at) = self.text[done..].find("${").map(|at| done + at) {
            let name_end = self.text[at + 2..]
                .find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'))
                .map_or(self.text.len(), |length| at + 2 + length);
            let name = &self.text[at + 2..name_end];
            let value = (!name.is_empty() && self.text[name_end..].starts_with('}'))
                .then(|| environment(name).filter(|value| !value.is_empty()))
                .flatten();
            let next = if value.is_some() { name_end + 1 } else { at + 2 };
            let kept = if value.is_some() { at } else { next };
            self.copy(&mut out, done..kept);
            if let Some(value) = value {
                let place = self.span(at..next);
                out.push(&value, place.start as usize..place.end as usize, false);
                out.expanded = true;
            }
            done = next;
        }
        self.copy(&mut out, done..self.text.len());
        *self = out;
    }

    fn copy(&self, out: &mut Self, range: Range<usize>) {
        let first = self.pieces.partition_point(|piece| piece.start <= range.start).saturating_sub(1);
        for (index, piece) in self.pieces.iter().enumerate().skip(first) {
            if piece.start >= range.end {
                break;
            }
            let end = self.pieces.get(index + 1).map_or(self.text.len(), |next| next.start);
            let (from, to) = (piece.start.max(range.start), end.min(range.end));
            if from < to {
                let source = if piece.verbatim {
                    piece.source.start + from - piece.start..piece.source.start + to - piece.start
                } else {
                    piece.source.clone()
                };
                out.push(&self.text[from..to], source, piece.verbatim);
            }
        }
    }
}

/// Where a comment starts, the white space before it included: `(^|\s+)#.*$`.
fn comment(text: &str) -> Option<usize> {
    text.match_indices('#').map(|(at, _)| at).find_map(|at| {
        let before = text[..at].trim_end_matches(is_space);
        (at == 0 || before.len() < at).then_some(before.len())
    })
}

/// The logical lines of a text; a line is joined to the next when it ends with a backslash and is no comment.
pub(super) fn logical<'a>(
    text: &'a str,
    file: FileId,
    environment: &'a dyn Fn(&str) -> Option<String>,
) -> impl Iterator<Item = Line> + 'a {
    let mut lines = split_lines(text);
    std::iter::from_fn(move || {
        loop {
            let mut line = Line { text: String::new(), expanded: false, pieces: Vec::new(), file };
            let mut any = false;
            for range in lines.by_ref() {
                any = true;
                let content = &text[range.clone()];
                let is_comment = comment(content) == Some(0);
                if content.ends_with('\\') && !is_comment {
                    // pip strips backslashes from both ends.
                    let start = range.start + (content.len() - content.trim_start_matches('\\').len());
                    let inner = content.trim_matches('\\');
                    line.push(inner, start..start + inner.len(), true);
                    continue;
                }
                if is_comment {
                    // So that a comment after a continued line is one.
                    line.push(" ", range.start..range.start, false);
                }
                line.push(content, range, true);
                break;
            }
            if !any {
                return None;
            }
            let end = comment(&line.text).unwrap_or(line.text.len());
            let start = line.text.len() - line.text.trim_start_matches(is_space).len();
            let end = line.text[..end].trim_end_matches(is_space).len();
            if start < end {
                line.cut(start..end);
                line.expand(environment);
                return Some(line);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    fn lines(text: &str) -> Vec<String> {
        let environment = |name: &str| (name == "SET").then(|| "value".to_owned());
        let file = Sources::new().add("r.txt", text);
        logical(text, file, &environment).map(|line| line.text).collect()
    }

    /// Each answer was given by pip's own preprocessing.
    #[test]
    fn joining_comments_and_variables() {
        for (text, expected) in [
            ("a\\\nb\n", vec!["ab"]),
            ("a \\\n  # c\\\nb", vec!["a", "b"]),
            ("# c\\\na", vec!["a"]),
            ("a#b # c", vec!["a#b"]),
            ("a\\\n", vec!["a"]),
            ("\\\\a\\\\\nb", vec!["ab"]),
            ("a\u{2028}b\x0bc", vec!["a", "b", "c"]),
            ("${SET}-${UNSET}-${set}-${}-$SET", vec!["value-${UNSET}-${set}-${}-$SET"]),
            ("  \n\t# x\n", vec![]),
            ("a\\ \nb", vec!["a\\", "b"]),
        ] {
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }

    #[test]
    fn spans_lead_back_through_joins_and_variables() {
        let text = "# head\n  foo\\\n  ==${SET}.${SET} # c\n";
        let mut sources = Sources::new();
        let file = sources.add("r.txt", text);
        let environment = |_: &str| Some("1".to_owned());
        let line = logical(text, file, &environment).next().unwrap();
        assert_eq!(line.text, "foo  ==1.1");
        let slice = |range| sources.slice(line.span(range)).to_owned();
        assert_eq!(slice(0..3), "foo");
        assert_eq!(slice(5..7), "==");
        assert_eq!(slice(7..8), "${SET}");
        assert_eq!(slice(5..10), "==${SET}.${SET}");
        assert_eq!(slice(0..10), "foo\\\n  ==${SET}.${SET}");
        assert!(line.expanded);
    }
}

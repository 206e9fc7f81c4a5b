//! A file as the editor holds it: text, edits, positions, and what kind of file it is.

use super::protocol::{Position, Range};
use crate::syntax::python::{Dialect, PythonFile, parse_either};
use crate::system::MAX_FILE;
use crate::text::{FileId, Sources, Span, Units};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use url::Url;

/// The largest Python source whose tree answers are made from, in bytes; real setup.py files are below 100 KiB.
const MAX_TREE: usize = 256 << 10;

/// What a file is, by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    SetupPy,
    SetupCfg,
    Pyproject,
    Manifest,
    Requirements,
    Python,
    Other,
}

impl Kind {
    /// `language` is what the editor takes the file for.
    pub(super) fn of(path: &Path, language: &str) -> Self {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        match name {
            "setup.py" => Self::SetupPy,
            "setup.cfg" => Self::SetupCfg,
            "pyproject.toml" => Self::Pyproject,
            "MANIFEST.in" => Self::Manifest,
            _ if name.ends_with(".py") => Self::Python,
            _ if is_requirements(path) || matches!(language, "pip-requirements" | "requirements") => {
                Self::Requirements
            }
            _ => Self::Other,
        }
    }
}

/// Whether pip users would take a file for a requirements file: `requirements-dev.txt`, `requirements/dev.txt`.
pub(super) fn is_requirements(path: &Path) -> bool {
    let part = |part: Option<&std::ffi::OsStr>| {
        part.and_then(|part| part.to_str()).unwrap_or_default().to_lowercase()
    };
    let name = part(path.file_name());
    let within = part(path.parent().and_then(Path::file_name));
    let says = |text: &str| text.contains("requirements") || text.contains("constraints");
    name.strip_suffix(".txt").is_some_and(|stem| says(stem) || says(&within))
}

/// An open document. Its text is that of one file in [`Sources`] of its own, without a byte order mark.
#[derive(Debug)]
pub(super) struct Document {
    /// As the client spells it.
    pub(super) uri: String,
    /// `None` for what is in no file.
    pub(super) path: Option<PathBuf>,
    pub(super) version: Option<i64>,
    pub(super) kind: Kind,
    pub(super) language: String,
    pub(super) sources: Sources,
    pub(super) file: FileId,
    /// Whether the client's text begins with a byte order mark.
    marked: bool,
    python: OnceLock<Option<PythonFile>>,
}

/// One change: of a range, or of everything.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Change {
    range: Option<Range>,
    text: String,
}

impl Document {
    pub(super) fn new(uri: &str, language: &str, version: Option<i64>, text: &str) -> Self {
        let path = path_of(uri);
        let (marked, text) = match text.strip_prefix('\u{feff}') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut kind = path.as_deref().map_or(Kind::Other, |path| Kind::of(path, language));
        if text.len() as u64 > MAX_FILE {
            kind = Kind::Other;
        }
        let mut sources = Sources::new();
        let file = sources.add("", text);
        let (uri, language) = (uri.to_owned(), language.to_owned());
        Self { uri, path, version, kind, language, sources, file, marked, python: OnceLock::new() }
    }

    pub(super) fn text(&self) -> &Arc<str> {
        self.sources.text(self.file)
    }

    /// The document after some changes, each made to what the one before left.
    pub(super) fn changed(&self, changes: &[Change], version: Option<i64>, units: Units) -> Self {
        let mark = if self.marked { "\u{feff}" } else { "" };
        let again = |text: &str| Self::new(&self.uri, &self.language, version, text);
        let mut made = again(&format!("{mark}{}", self.text()));
        for change in changes {
            made = match change.range {
                None => again(&change.text),
                Some(range) => {
                    let (start, end) =
                        (made.whole_offset(range.start, units), made.whole_offset(range.end, units));
                    let (start, end) = (start.min(end), end.max(start));
                    let mut text = if made.marked {
                        format!("\u{feff}{}", made.text())
                    } else {
                        made.text().to_string()
                    };
                    text.replace_range(start..end, &change.text);
                    again(&text)
                }
            };
        }
        made
    }

    /// An offset in the text with its mark.
    fn whole_offset(&self, position: Position, units: Units) -> usize {
        if self.marked && position == Position::default() {
            return 0;
        }
        let mark = if self.marked { '\u{feff}'.len_utf8() } else { 0 };
        self.offset(position, units) as usize + mark
    }

    /// The byte offset of a position, moved to the nearest one that is there.
    pub(super) fn offset(&self, position: Position, units: Units) -> u32 {
        let mark = self.mark(position.line, units);
        let column = position.character.saturating_sub(mark);
        self.sources.offset(self.file, position.line, column, units)
    }

    pub(super) fn range(&self, start: u32, end: u32, units: Units) -> Range {
        self.range_in(&self.sources, Span::new(self.file, start, end), units)
    }

    /// The range of a span in sources that hold the same text.
    pub(super) fn range_in(&self, sources: &Sources, span: Span, units: Units) -> Range {
        let mut range = Range::from(sources.range(span, units));
        range.start.character += self.mark(range.start.line, units);
        range.end.character += self.mark(range.end.line, units);
        range
    }

    /// What the byte order mark takes of a line.
    fn mark(&self, line: u32, units: Units) -> u32 {
        if self.marked && line == 0 { units.of("\u{feff}") } else { 0 }
    }

    /// The tree of Python source; `None` when it has none, or is larger than what is worth an answer while people type.
    pub(super) fn python(&self) -> Option<&PythonFile> {
        let small = self.text().len() <= MAX_TREE;
        let parse = || small.then(|| parse_either(&self.sources, self.file, Dialect::Python3).ok())?;
        self.python.get_or_init(parse).as_ref()
    }
}

/// The path that a `file:` address names.
pub(super) fn path_of(uri: &str) -> Option<PathBuf> {
    let url = Url::parse(uri).ok().filter(|url| url.scheme() == "file")?;
    url.to_file_path().ok()
}

/// The `file:` address of an absolute path.
pub(super) fn uri_of(path: &Path) -> String {
    Url::from_file_path(path).map_or_else(|()| path.display().to_string(), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        Document::new("file:///p/setup.py", "python", Some(1), text)
    }

    fn change(start: (u32, u32), end: (u32, u32), text: &str) -> Change {
        Change { range: Some(Range::from([start, end])), text: text.to_owned() }
    }

    #[test]
    fn edits_land_where_the_editor_means_them() {
        let before = document("a = '🎉é'\r\n\tb = 'e\u{301}x'\r\n");
        let after = before.changed(
            &[change((0, 8), (0, 8), "!"), change((1, 8), (1, 9), "y")],
            Some(2),
            Units::Utf16,
        );
        assert_eq!(&**after.text(), "a = '🎉é!'\r\n\tb = 'e\u{301}y'\r\n");
        let after = before.changed(&[change((0, 11), (0, 11), "!")], Some(2), Units::Utf8);
        assert_eq!(&**after.text(), "a = '🎉é!'\r\n\tb = 'e\u{301}x'\r\n");
        let gone = before.changed(&[change((9, 9), (0, 0), "")], None, Units::Utf16);
        assert_eq!(&**gone.text(), "");
    }

    #[test]
    fn a_byte_order_mark_counts_for_the_editor_only() {
        let marked = document("\u{feff}ab\ncd");
        assert_eq!(&**marked.text(), "ab\ncd");
        assert_eq!(marked.offset(Position { line: 0, character: 2 }, Units::Utf16), 1);
        assert_eq!(marked.range(1, 3, Units::Utf8), Range::from([(0, 4), (1, 0)]));
        let inserted = marked.changed(&[change((0, 1), (0, 2), "X")], None, Units::Utf16);
        assert_eq!(&**inserted.text(), "Xb\ncd");
        let bare = marked.changed(&[change((0, 0), (0, 1), "")], None, Units::Utf16);
        assert_eq!(bare.range(0, 1, Units::Utf16), Range::from([(0, 0), (0, 1)]));
    }

    #[test]
    fn kinds_follow_names() {
        let kind = |path: &str| Kind::of(Path::new(path), "");
        assert_eq!(kind("/p/requirements-dev.txt"), Kind::Requirements);
        assert_eq!(kind("/p/requirements/dev.txt"), Kind::Requirements);
        assert_eq!(kind("/p/notes.txt"), Kind::Other);
        assert_eq!(kind("/p/pkg/__init__.py"), Kind::Python);
        assert_eq!(Kind::of(Path::new("/p/deps.in"), "pip-requirements"), Kind::Requirements);
        assert_eq!(path_of("file:///a%20b/setup.py"), Some(PathBuf::from("/a b/setup.py")));
        assert_eq!(path_of("untitled:1"), None);
        assert_eq!(uri_of(Path::new("/a b/ü")), "file:///a%20b/%C3%BC");
    }
}

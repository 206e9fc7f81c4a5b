//! Who said what, where: files, byte spans in them, and the positions people read.
//!
//! Spans are byte ranges into the *decoded* text of a file. Only [`line_index`] turns them into lines and columns.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

pub mod encoding;
pub mod line_index;
pub mod nearest;
pub mod whitespace;

pub use line_index::{LineIndex, Position, Units};

/// A file that was read, named by its place in [`Sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(u32);

/// A byte range in the decoded text of one file; `start <= end`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end: end.max(start) }
    }

    /// The smallest span that covers both; `self` when they stand in different files.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.file == other.file {
            Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
        } else {
            self
        }
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.file == other.file
            && self.start < other.end.max(other.start + 1)
            && other.start < self.end.max(self.start + 1)
    }
}

/// One file: its path as people should read it (relative to the project, with `/`), and its decoded text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub path: String,
    pub text: Arc<str>,
    /// Made when somebody asks for a place in it.
    lines: OnceLock<LineIndex>,
}

impl SourceFile {
    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// Every file that was read, each once.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    by_path: HashMap<String, FileId>,
}

impl Sources {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or gives the id it already has under this path and text.
    pub fn add(&mut self, path: &str, text: &str) -> FileId {
        if let Some(&id) = self.by_path.get(path)
            && &*self.file(id).text == text
        {
            return id;
        }
        let id = FileId(self.files.len() as u32);
        self.files.push(SourceFile { path: path.to_owned(), text: text.into(), lines: OnceLock::new() });
        self.by_path.insert(path.to_owned(), id);
        id
    }

    pub fn find(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    pub fn path(&self, id: FileId) -> &str {
        &self.file(id).path
    }

    pub fn text(&self, id: FileId) -> &Arc<str> {
        &self.file(id).text
    }

    /// The text that a span covers; empty when the span does not fit the file.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and column, both from 1, column in characters.
    pub fn position(&self, span: Span) -> Position {
        let file = self.file(span.file);
        file.lines().position(&file.text, span.start)
    }

    /// Line and column of the span's end.
    pub fn end_position(&self, span: Span) -> Position {
        let file = self.file(span.file);
        file.lines().position(&file.text, span.end)
    }

    /// The byte offset of a line and a column, both from 0, moved to the nearest place that is there.
    pub fn offset(&self, id: FileId, line: u32, column: u32, units: Units) -> u32 {
        let file = self.file(id);
        file.lines().offset(&file.text, line, column, units)
    }

    /// Start and end of a span as editors have them: lines and columns from 0.
    pub fn range(&self, span: Span, units: Units) -> [(u32, u32); 2] {
        let file = self.file(span.file);
        [span.start, span.end].map(|offset| file.lines().locate(&file.text, offset, units))
    }

    /// `file:line:column`, as every message prints a place.
    pub fn place(&self, span: Span) -> String {
        let position = self.position(span);
        format!("{}:{}:{}", self.path(span.file), position.line, position.column)
    }

    /// A span that covers a whole file's first line: for findings about a file as such.
    pub fn head(&self, id: FileId) -> Span {
        let end = self.text(id).find(['\n', '\r']).unwrap_or(self.text(id).len());
        Span::new(id, 0, end as u32)
    }
}

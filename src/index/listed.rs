//! The files of a project's page, each read at the first look: the largest pages list thousands, and few are ever looked at.
//!
//! A line of the cache has a file's fields, each ended by a tab.

use super::project_page::{CoreMetadata, Hashes, IndexFile};
use crate::packaging::Name;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// The files of one project, those of `--find-links` places first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProjectPage {
    pub name: Name,
    pub files: Vec<Listed>,
    /// How many entries were no wheel or source distribution of the project (eggs, installers, broken names).
    pub passed_over: usize,
}

/// A file as a page lists it; an [`IndexFile`] to whoever looks.
#[derive(Clone)]
pub struct Listed(Form);

#[derive(Clone)]
enum Form {
    Read(Arc<IndexFile>),
    Line { body: Arc<Body>, line: Line, read: OnceLock<Arc<IndexFile>> },
}

/// Where a line is in its text.
#[derive(Clone, Copy)]
struct Line {
    start: u32,
    /// Of its first field.
    name: u32,
    end: u32,
}

/// The text that lines are parts of.
pub(super) struct Body {
    text: String,
    /// What led to it.
    setting: Arc<str>,
}

impl Listed {
    /// [`IndexFile::filename`], without reading more.
    pub fn filename(&self) -> &str {
        match &self.0 {
            Form::Read(file) => &file.filename,
            // Names of distributions have no character that a field writes otherwise.
            Form::Line { body, line, .. } => &body.text[line.start as usize..line.name as usize],
        }
    }

    /// Adds its line.
    pub(super) fn write(&self, out: &mut String) {
        match &self.0 {
            Form::Read(file) => write_file(out, file),
            Form::Line { body, line, .. } => {
                out.push_str(body.line(*line));
                out.push('\n');
            }
        }
    }
}

impl Deref for Listed {
    type Target = IndexFile;

    fn deref(&self) -> &IndexFile {
        match &self.0 {
            Form::Read(file) => file,
            Form::Line { body, line, read } => {
                read.get_or_init(|| Arc::new(read_file(body.line(*line), &body.setting)))
            }
        }
    }
}

impl From<IndexFile> for Listed {
    fn from(file: IndexFile) -> Self {
        Self(Form::Read(Arc::new(file)))
    }
}

impl PartialEq for Listed {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Listed {}

impl fmt::Debug for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl Body {
    pub(super) fn new(text: String, setting: Arc<str>) -> Arc<Self> {
        Arc::new(Self { text, setting })
    }

    fn line(&self, line: Line) -> &str {
        &self.text[line.start as usize..line.end as usize]
    }

    /// The files of all lines from a place on; `None` when one is no file's.
    pub(super) fn files(self: Arc<Self>, mut start: usize) -> Option<Vec<Listed>> {
        let mut files = Vec::new();
        while start < self.text.len() {
            let rest = &self.text[start..];
            let (name, length) = (rest.find('\t')?, rest.find('\n')?);
            let at = |offset: usize| u32::try_from(start + offset).ok();
            let line = Line { start: at(0)?, name: at(name)?, end: at(length)? };
            if line.name > line.end {
                return None;
            }
            files.push(Listed(Form::Line { body: Arc::clone(&self), line, read: OnceLock::new() }));
            start += length + 1;
        }
        Some(files)
    }
}

/// One field of a line: nothing is empty, empty text is `\e`.
pub(super) fn field(line: &mut String, text: Option<&str>) {
    match text {
        None => {}
        Some("") => line.push_str("\\e"),
        Some(text) if !text.contains(['\\', '\t', '\n', '\r']) => line.push_str(text),
        Some(text) => {
            for c in text.chars() {
                match c {
                    '\\' => line.push_str("\\\\"),
                    '\t' => line.push_str("\\t"),
                    '\n' => line.push_str("\\n"),
                    '\r' => line.push_str("\\r"),
                    c => line.push(c),
                }
            }
        }
    }
    line.push('\t');
}

/// What [`field`] wrote.
pub(super) fn text(field: &str) -> Option<String> {
    match field {
        "" => None,
        "\\e" => Some(String::new()),
        field if !field.contains('\\') => Some(field.to_owned()),
        field => {
            let mut out = String::with_capacity(field.len());
            let mut characters = field.chars();
            while let Some(c) = characters.next() {
                match c {
                    '\\' => out.push(match characters.next()? {
                        't' => '\t',
                        'n' => '\n',
                        'r' => '\r',
                        c => c,
                    }),
                    c => out.push(c),
                }
            }
            Some(out)
        }
    }
}

fn write_file(out: &mut String, file: &IndexFile) {
    field(out, Some(&file.filename));
    // Most addresses end with the file's name: `+` says that it follows.
    match file.url.strip_suffix(&file.filename) {
        Some(start) => field(out, Some(&format!("+{start}"))),
        None => field(out, Some(&format!("={}", file.url))),
    }
    field(out, file.hashes.sha256.as_deref());
    field(out, file.hashes.sha384.as_deref());
    field(out, file.hashes.sha512.as_deref());
    field(out, file.requires_python.as_deref());
    field(out, file.yanked.as_deref());
    field(
        out,
        match &file.core_metadata {
            None => None,
            Some(CoreMetadata::Unhashed) => Some("true"),
            Some(CoreMetadata::Sha256(hash)) => Some(hash),
        },
    );
    field(out, file.size.map(|size| size.to_string()).as_deref());
    field(out, file.upload_time.as_deref());
    out.push('\n');
}

/// Reads the line of a file.
fn read_file(line: &str, setting: &Arc<str>) -> IndexFile {
    let mut fields = line.split('\t');
    let mut next = || fields.next().and_then(text);
    let filename = next().unwrap_or_default();
    let url = next().unwrap_or_default();
    let url = match url.strip_prefix('+') {
        Some(start) => [start, &filename].concat(),
        None => url.strip_prefix('=').unwrap_or(&url).to_owned(),
    };
    IndexFile {
        filename,
        url,
        hashes: Hashes { sha256: next(), sha384: next(), sha512: next() },
        requires_python: next(),
        yanked: next(),
        core_metadata: next().map(|value| match value.as_str() {
            "true" => CoreMetadata::Unhashed,
            _ => CoreMetadata::Sha256(value),
        }),
        size: next().and_then(|size| size.parse().ok()),
        upload_time: next(),
        setting: Arc::clone(setting),
    }
}

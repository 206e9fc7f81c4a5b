//! Requirements files in all of pip's format, nested files included, every part with its span.
//!
//! Supported: requirements (PEP 508, local paths, archives, URLs, version control addresses, which are only recognised),
//! `-r`, `-c`, `-e`, the options of indexes and of binaries, `--hash` and the settings of single requirements, comments,
//! continued lines, `${VARIABLES}`, and the encodings that pip reads. Refused with a diagnostic: files and paths outside
//! the project, nested files by URL, cycles.

use crate::diagnostic::{Code, Diagnostic, codes};
use crate::packaging::{Marker, Requirement};
use crate::system::{ReadError, System, normalise};
use crate::text::{FileId, Sources, Span, encoding, whitespace};
use entry::Paths;
use lines::Line;
use options::{FoundOption, OptionName};
use std::collections::BTreeSet;
use std::sync::Arc;

mod entry;
mod lines;
mod options;

/// The most files that one requirements file may lead to; real ones lead to below ten.
const MAX_FILES: usize = 1_000;

/// The most physical lines in all files together; the largest lock files seen have twenty thousand.
const MAX_LINES: usize = 100_000;

/// How deep files may include files.
const MAX_DEPTH: usize = 64;

/// What a requirements file and all that it includes ask for.
#[derive(Clone, Debug, Default)]
pub struct RequirementsFile {
    /// In the order in which pip reads them.
    pub entries: Vec<Entry>,
    pub options: FileOptions,
    /// Every file that was read, the first one first.
    pub files: Vec<FileId>,
}

/// One thing to install, or one constraint.
#[derive(Clone, Debug)]
pub struct Entry {
    pub kind: EntryKind,
    /// From `-e`.
    pub editable: bool,
    /// From a `-c` file: it narrows what is installed and asks for nothing.
    pub constraint: bool,
    /// The requirement itself, without options and comments.
    pub span: Span,
    pub hashes: Vec<Hash>,
    pub settings: Vec<Setting>,
    /// The `-r` and `-c` options that led here, outermost first.
    pub included_from: Vec<Span>,
    /// Whether the text has values of environment variables: then no output may show it.
    pub expanded: bool,
}

#[derive(Clone, Debug)]
pub enum EntryKind {
    /// PEP 508, with a version or as `name @ url`.
    Requirement(Box<Requirement>),
    /// A directory or an archive, relative to the project's root; as typed for what the user typed.
    Path { path: String, extras: Vec<String>, marker: Option<Marker> },
    /// A URL without a name, also of version control (`git+https://…`).
    Url { url: String, marker: Option<Marker> },
}

/// `--hash=algorithm:digest`; the digest in lower case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hash {
    pub algorithm: String,
    pub digest: String,
    pub span: Span,
}

/// An option's value and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting {
    pub value: String,
    pub span: Span,
}

/// What holds for the whole installation, whichever file says it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FileOptions {
    /// The last one given.
    pub index_url: Option<Setting>,
    pub extra_index_urls: Vec<Setting>,
    pub no_index: Option<Span>,
    pub find_links: Vec<Setting>,
    pub no_binary: Vec<Setting>,
    pub only_binary: Vec<Setting>,
    pub prefer_binary: Option<Span>,
    pub require_hashes: Option<Span>,
    pub pre: Option<Span>,
    pub trusted_hosts: Vec<Setting>,
    pub use_features: Vec<Setting>,
}

/// Reads a requirements file and what it includes. Paths are relative to the project's root.
pub fn read(
    path: &str,
    system: &dyn System,
    sources: &mut Sources,
    environment: &dyn Fn(&str) -> Option<String>,
) -> (RequirementsFile, Vec<Diagnostic>) {
    let mut reader = Reader {
        system,
        sources,
        environment,
        file: RequirementsFile::default(),
        diagnostics: Vec::new(),
        seen: BTreeSet::new(),
        open: Vec::new(),
        lines: 0,
    };
    reader.file(path, false, None);
    (reader.file, reader.diagnostics)
}

/// Reads one requirement that the user typed; its text becomes a source named `command line`.
pub fn parse_line(text: &str, sources: &mut Sources) -> Result<Entry, Box<Diagnostic>> {
    let file = sources.add("command line", text);
    let start = text.len() - text.trim_start().len();
    let line = Line::verbatim(text.trim(), file, start);
    entry::read(&line, 0..line.text.len(), false, Paths::Anywhere)
}

struct Reader<'a> {
    system: &'a dyn System,
    sources: &'a mut Sources,
    environment: &'a dyn Fn(&str) -> Option<String>,
    file: RequirementsFile,
    diagnostics: Vec<Diagnostic>,
    /// Files read, each once as requirements and once as constraints: a second time would add nothing.
    seen: BTreeSet<(String, bool)>,
    /// The files that are being read, outermost first, each with the option that named it.
    open: Vec<(String, Option<Span>)>,
    lines: usize,
}

impl Reader<'_> {
    fn report(&mut self, code: &'static Code, span: Option<Span>, message: String) -> &mut Diagnostic {
        let diagnostic = match span {
            Some(span) => Diagnostic::new(code, span, message),
            None => Diagnostic::general(code, message),
        };
        self.diagnostics.push(diagnostic);
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    fn file(&mut self, path: &str, constraint: bool, from: Option<Span>) {
        let Some(inside) = normalise(path) else {
            self.report(&codes::OUTSIDE_PROJECT, from, "the file is outside the project".into());
            return;
        };
        if let Some(at) = self.open.iter().position(|(open, _)| *open == inside) {
            let trail: Vec<Span> = self.open[at + 1..].iter().filter_map(|(_, span)| *span).collect();
            let diagnostic = self.report(&codes::INCLUDE_CYCLE, from, format!("`{inside}` includes itself"));
            for span in trail {
                *diagnostic = diagnostic.clone().label(span, "by way of this");
            }
            return;
        }
        if !self.seen.insert((inside.clone(), constraint)) {
            return;
        }
        if self.open.len() == MAX_DEPTH || self.file.files.len() == MAX_FILES {
            let message = format!("spx reads at most {MAX_FILES} files, {MAX_DEPTH} levels deep");
            self.report(&codes::LIMIT, from, message);
            return;
        }
        let content = match self.system.read(&inside) {
            Ok(content) => content,
            Err(error) => {
                let code = match error {
                    ReadError::NotFound => &codes::MISSING_FILE,
                    ReadError::Outside => &codes::OUTSIDE_PROJECT,
                    _ => &codes::UNREADABLE_FILE,
                };
                self.report(code, from, format!("`{inside}`: {error}"));
                return;
            }
        };
        let text = match decode(&content) {
            Ok(text) => text,
            Err(error) => {
                // What can be shown of it, so that the message has a place.
                let shown = String::from_utf8_lossy(&content).into_owned();
                let at = shown.find('\u{fffd}').unwrap_or(0) as u32;
                let file = self.sources.add(&inside, &shown);
                let span = Span::new(file, at, at + 1);
                self.report(&codes::UNREADABLE_FILE, Some(span), error.to_string());
                return;
            }
        };
        let file = self.sources.add(&inside, &text);
        self.file.files.push(file);
        self.lines += whitespace::split_lines(&text).count();
        if self.lines > MAX_LINES {
            let message = format!("more than {MAX_LINES} lines, which is the most that spx reads");
            self.report(&codes::LIMIT, Some(self.sources.head(file)), message);
            return;
        }
        self.open.push((inside.clone(), from));
        let text: Arc<str> = self.sources.text(file).clone();
        for line in lines::logical(&text, file, self.environment) {
            self.line(&line, &inside, constraint);
        }
        self.open.pop();
    }

    fn line(&mut self, line: &Line, path: &str, constraint: bool) {
        let start = options::start(&line.text);
        let found = match options::read(&line.text, start) {
            Ok(options) => options,
            Err(error) => {
                let code = &codes::INVALID_OPTION;
                let message =
                    if line.expanded { "options that cannot be read".into() } else { error.message };
                let diagnostic = Diagnostic::new(code, line.span(error.range), message);
                self.diagnostics.push(error.help.into_iter().fold(diagnostic, Diagnostic::help));
                return;
            }
        };
        for range in found.rest {
            self.ignored(line.span(range), "pip ignores what stands between or after options");
        }
        let requirement = line.text[..start].trim_end().len();
        let editable = found.found.iter().find(|option| option.name == OptionName::Editable);
        if requirement > 0 {
            let entry = entry::read(line, 0..requirement, false, Paths::InProject(self.system));
            self.entry(line, entry, constraint, &found.found, None);
        } else if let Some(option) = editable {
            let entry = editable_entry(line, option, self.system);
            self.entry(line, entry, constraint, &found.found, Some(option));
        } else {
            self.options(line, path, &found.found);
        }
    }

    fn ignored(&mut self, span: Span, message: &str) {
        self.diagnostics.push(Diagnostic::new(&codes::IGNORED_OPTION, span, message));
    }

    /// Adds an entry with the options of its line; options of the whole file have no effect there.
    fn entry(
        &mut self,
        line: &Line,
        entry: Result<Entry, Box<Diagnostic>>,
        constraint: bool,
        found: &[FoundOption],
        own: Option<&FoundOption>,
    ) {
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                return;
            }
        };
        entry.constraint = constraint;
        entry.included_from = self.open.iter().filter_map(|(_, span)| *span).collect();
        for option in found {
            let span = line.span(option.range.clone());
            if own == Some(option) {
                continue;
            }
            if !option.name.is_per_requirement() || own.is_some() {
                self.ignored(span, "pip ignores this option beside a requirement");
            } else if option.name == OptionName::Hash {
                match hash(line, option) {
                    Ok(hash) => entry.hashes.push(hash),
                    Err(diagnostic) => self.diagnostics.push(*diagnostic),
                }
            } else {
                entry.settings.push(Setting { value: option.value.clone(), span });
            }
        }
        self.file.entries.push(entry);
    }

    /// A line of options only.
    fn options(&mut self, line: &Line, path: &str, found: &[FoundOption]) {
        let include = |name| found.iter().find(|option| option.name == name);
        let nested = include(OptionName::Requirement).or_else(|| include(OptionName::Constraint));
        if let Some(option) = nested {
            for other in found.iter().filter(|other| *other != option) {
                self.ignored(
                    line.span(other.range.clone()),
                    "pip ignores this option beside an included file",
                );
            }
            let span = line.span(option.value_range.clone());
            self.include(&option.value, option.name == OptionName::Constraint, path, span, line.expanded);
            return;
        }
        for option in found {
            let span = line.span(option.range.clone());
            let setting =
                Setting { value: option.value.clone(), span: line.span(option.value_range.clone()) };
            let options = &mut self.file.options;
            match option.name {
                OptionName::IndexUrl => options.index_url = Some(setting),
                OptionName::ExtraIndexUrl => options.extra_index_urls.push(setting),
                OptionName::NoIndex => options.no_index = Some(span),
                OptionName::FindLinks => options.find_links.push(setting),
                OptionName::NoBinary => options.no_binary.push(setting),
                OptionName::OnlyBinary => options.only_binary.push(setting),
                OptionName::PreferBinary => options.prefer_binary = Some(span),
                OptionName::RequireHashes => options.require_hashes = Some(span),
                OptionName::Pre => options.pre = Some(span),
                OptionName::TrustedHost => options.trusted_hosts.push(setting),
                OptionName::UseFeature => options.use_features.push(setting),
                OptionName::Hash | OptionName::GlobalOption | OptionName::ConfigSettings => {
                    self.ignored(span, "pip ignores this option without a requirement on its line");
                }
                OptionName::Requirement | OptionName::Constraint | OptionName::Editable => {}
            }
        }
    }

    fn include(&mut self, value: &str, constraint: bool, path: &str, span: Span, expanded: bool) {
        if expanded {
            self.report(
                &codes::UNREADABLE_FILE,
                Some(span),
                "the name of an included file depends on the environment".into(),
            );
            return;
        }
        let scheme = value.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        if matches!(scheme.as_deref(), Some("http" | "https")) {
            let diagnostic =
                self.report(&codes::OUTSIDE_PROJECT, Some(span), "a requirements file by URL".into());
            *diagnostic =
                diagnostic.clone().help("download the file into the project and include it from there");
            return;
        }
        let value = value.strip_prefix("file:").map_or(value, |path| path.strip_prefix("//").unwrap_or(path));
        let nested = match path.rsplit_once('/') {
            Some((directory, _)) if !value.starts_with('/') => format!("{directory}/{value}"),
            _ => value.to_owned(),
        };
        self.file(&nested, constraint, Some(span));
    }
}

/// The entry of an `-e` option.
fn editable_entry(line: &Line, option: &FoundOption, system: &dyn System) -> Result<Entry, Box<Diagnostic>> {
    let range = option.value_range.clone();
    if line.text[range.clone()] == option.value {
        return entry::read(line, range, true, Paths::InProject(system));
    }
    // The value was quoted: its own text has no places of its own, so the whole option stands for it.
    let span = line.span(range);
    let unquoted = Line::verbatim(&option.value, span.file, span.start as usize);
    let mut entry = entry::read(&unquoted, 0..option.value.len(), true, Paths::InProject(system));
    match &mut entry {
        Ok(entry) => entry.span = span,
        Err(diagnostic) => diagnostic.primary.iter_mut().for_each(|label| label.span = span),
    }
    entry
}

/// The algorithms that pip takes for strong, with the digits of their digests.
const ALGORITHMS: &[(&str, usize)] = &[("sha256", 64), ("sha384", 96), ("sha512", 128)];

fn hash(line: &Line, option: &FoundOption) -> Result<Hash, Box<Diagnostic>> {
    let span = line.span(option.value_range.clone());
    let error = |message: &str| {
        let diagnostic = Diagnostic::new(&codes::INVALID_OPTION, span, message);
        Box::new(diagnostic.help("a hash is `--hash=sha256:` and 64 hexadecimal digits"))
    };
    let (algorithm, digest) =
        option.value.split_once(':').ok_or_else(|| error("no algorithm before the digest"))?;
    let (_, digits) = ALGORITHMS
        .iter()
        .find(|(name, _)| *name == algorithm)
        .ok_or_else(|| error("the algorithm is none of sha256, sha384 and sha512"))?;
    if digest.len() != *digits || !digest.chars().all(|c| c.is_ascii_hexdigit()) {
        return Err(error("not a digest of this algorithm"));
    }
    Ok(Hash { algorithm: algorithm.to_owned(), digest: digest.to_ascii_lowercase(), span })
}

/// pip's `auto_decode`: by byte order mark, by a PEP 263 comment in the first two lines, else UTF-8.
fn decode(content: &[u8]) -> Result<String, encoding::DecodeError> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let odd = bytes.len() % 2 == 1;
        let text: Result<String, _> = char::decode_utf16(units).collect();
        let invalid = encoding::DecodeError::Invalid { encoding: "UTF-16", byte: 0, offset: bytes.len() };
        if odd { Err(invalid) } else { text.map_err(|_| invalid) }
    };
    if let Some(rest) = content.strip_prefix(b"\xff\xfe") {
        return wide(rest, u16::from_le_bytes);
    }
    if let Some(rest) = content.strip_prefix(b"\xfe\xff") {
        return wide(rest, u16::from_be_bytes);
    }
    let named = content.split(|byte| *byte == b'\n').take(2).find_map(encoding::comment_encoding);
    match named {
        Some(name) if !content.starts_with(b"\xef\xbb\xbf") => encoding::decode(content, &name),
        _ => encoding::decode_utf8(content),
    }
}

#[cfg(test)]
mod tests;

//! INI files as Python's `configparser` reads them, with spans: the only file that names the crate `configparser`.
//!
//! The crate knows neither CPython's errors nor positions and differs in what opens a section, so a classifier of lines
//! that is exact to CPython goes first and writes a guarded text in which the crate cannot go wrong. The crate stores
//! the values; a cross-check makes sure that they are what the spans cover.

use crate::diagnostic::{Diagnostic, codes};
use crate::text::{FileId, Sources, Span};
use classify::FoundSection;
use std::ops::Range;

mod classify;
#[cfg(test)]
mod differential;
mod interpolation;

pub use interpolation::{Budget, Interpolation, InterpolationError, expand, expand_within};

/// Which module's rules hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flavour {
    /// `configparser` of Python 3.
    Python3,
    /// `ConfigParser` of Python 2: a ` ;` after an option's value opens a comment, only a `#`, `;` or `rem` in the first
    /// column is one otherwise, an indented line always continues, blank lines are no part of a value, duplicates
    /// are merged.
    Python2,
}

/// The arguments of the parser's constructor.
#[derive(Clone, Debug)]
pub struct Dialect {
    pub flavour: Flavour,
    /// Whether a second section or option of the same name is an error; Python 2 has no such error.
    pub strict: bool,
    pub allow_no_value: bool,
    pub delimiters: Vec<char>,
    pub comment_prefixes: Vec<char>,
    pub inline_comment_prefixes: Vec<char>,
    /// Whether the first place that opens an inline comment does so (Python 3.13 and later), or the first of those
    /// that a round over the prefixes finds: with two prefixes these differ.
    pub earliest_inline_comment: bool,
    pub empty_lines_in_values: bool,
    pub default_section: String,
    /// `optionxform`: lower case by default, as written when it is `str`.
    pub lower_case: bool,
    /// Whether a header reaches to the line's last `]` (Python 3.10 and later) or to its first.
    pub header_to_last_bracket: bool,
    /// Whether `\r` and `\r\n` end lines: true for files opened in text mode, false for `read_string`.
    pub universal_newlines: bool,
}

impl Dialect {
    /// `configparser.ConfigParser()` of Python 3, reading a file.
    pub fn python3() -> Self {
        Self {
            flavour: Flavour::Python3,
            strict: true,
            allow_no_value: false,
            delimiters: vec!['=', ':'],
            comment_prefixes: vec!['#', ';'],
            inline_comment_prefixes: Vec::new(),
            earliest_inline_comment: true,
            empty_lines_in_values: true,
            default_section: "DEFAULT".to_owned(),
            lower_case: true,
            header_to_last_bracket: true,
            universal_newlines: true,
        }
    }

    /// `ConfigParser.ConfigParser()` of Python 2, reading a file that was opened in text mode with `io.open`.
    pub fn python2() -> Self {
        Self { flavour: Flavour::Python2, strict: false, header_to_last_bracket: false, ..Self::python3() }
    }
}

/// One option; places are [`Span`]s in files, byte ranges in other texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigOption<P = Span> {
    pub name: String,
    pub name_place: P,
    /// `None` only with [`Dialect::allow_no_value`].
    pub value: Option<String>,
    /// The lines whose texts, joined by `\n`, are the value; blank ones and comments within are empty or left out.
    pub lines: Vec<P>,
}

/// One section; its place is its name's, without the brackets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section<P = Span> {
    pub name: String,
    pub place: P,
    pub options: Vec<ConfigOption<P>>,
}

/// A read file: sections in order of first appearance, without the default section, whose options stand apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigFile<P = Span> {
    pub sections: Vec<Section<P>>,
    pub defaults: Vec<ConfigOption<P>>,
}

/// What Python raises, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IniError {
    pub kind: IniErrorKind,
    /// From 1.
    pub line: usize,
    pub range: Range<usize>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum IniErrorKind {
    MissingSectionHeader,
    DuplicateSection {
        section: String,
        first: Range<usize>,
    },
    DuplicateOption {
        section: String,
        option: String,
        first: Range<usize>,
    },
    /// Every line, with its number, that is neither a header nor an option.
    Parsing {
        lines: Vec<(usize, Range<usize>)>,
    },
    /// An indented line after an option without a value: `AttributeError` up to Python 3.12.
    ContinuesNoValue,
    /// The text contains the character that guards names and values; Python would read it.
    Reserved,
    /// The crate and the classifier disagree: a defect of spx, never of the file.
    Disagreement,
}

impl IniError {
    /// The exception that Python raises; the last two are spx's own.
    pub fn class_name(&self) -> &'static str {
        match self.kind {
            IniErrorKind::MissingSectionHeader => "MissingSectionHeaderError",
            IniErrorKind::DuplicateSection { .. } => "DuplicateSectionError",
            IniErrorKind::DuplicateOption { .. } => "DuplicateOptionError",
            IniErrorKind::Parsing { .. } => "ParsingError",
            IniErrorKind::ContinuesNoValue => "AttributeError",
            IniErrorKind::Reserved | IniErrorKind::Disagreement => "Error",
        }
    }

    /// The error as a diagnostic in the file that was parsed.
    fn diagnostic(&self, file: FileId) -> Diagnostic {
        let at = |range: &Range<usize>| Span::new(file, range.start as u32, range.end as u32);
        let new = |message: String| Diagnostic::new(&codes::SYNTAX_ERROR, at(&self.range), message);
        match &self.kind {
            IniErrorKind::MissingSectionHeader => new("a line before the first section header".into())
                .here("belongs to no section")
                .help("start the file with a section such as `[metadata]`"),
            IniErrorKind::DuplicateSection { section, first } => {
                new(format!("section `[{section}]` stands twice"))
                    .here("again here")
                    .label(at(first), "first here")
                    .help("put the options of both under one header")
            }
            IniErrorKind::DuplicateOption { section, option, first } => {
                new(format!("option `{option}` of `[{section}]` stands twice"))
                    .here("again here")
                    .label(at(first), "first here")
                    .help("keep one of the two")
            }
            IniErrorKind::Parsing { lines } => {
                let diagnostic = new("a line that is neither a section header nor an option".into())
                    .help("write `name = value`, or indent the line when it continues the value above");
                lines.iter().skip(1).take(9).fold(diagnostic, |d, (_, range)| d.label(at(range), "here too"))
            }
            IniErrorKind::ContinuesNoValue => {
                new("an indented line continues an option that has no value".into())
                    .help("write `=` after the option's name, or do not indent the line")
            }
            IniErrorKind::Reserved => {
                new(format!("the character U+{:04X} is one that spx keeps for itself", GUARD as u32))
                    .help("remove the character")
            }
            IniErrorKind::Disagreement => new("internal error: two readings of this file differ".into())
                .help("please report this as a defect of spx, with the file"),
        }
    }
}

/// Stands before and after every name and line in the guarded text, so that the crate trims and folds nothing.
const GUARD: char = '\u{10FFFD}';

/// Reads a file in the dialect; an error leaves an empty file and one diagnostic.
pub fn read(sources: &Sources, file: FileId, dialect: &Dialect) -> (ConfigFile, Vec<Diagnostic>) {
    match parse(sources.text(file), dialect) {
        Ok(config) => (config.in_file(file), Vec::new()),
        Err(error) => {
            let empty = ConfigFile { sections: Vec::new(), defaults: Vec::new() };
            (empty, vec![error.diagnostic(file)])
        }
    }
}

/// Parses a text without a file; places are byte ranges in it.
pub fn parse(text: &str, dialect: &Dialect) -> Result<ConfigFile<Range<usize>>, IniError> {
    if let Some(at) = text.find(GUARD) {
        let line = 1 + text[..at].matches('\n').count();
        return Err(IniError { kind: IniErrorKind::Reserved, line, range: at..at + GUARD.len_utf8() });
    }
    let classified = classify::classify(text, dialect)?;
    let disagreement = || IniError { kind: IniErrorKind::Disagreement, line: 1, range: 0..0 };
    let stored = store(&guarded(text, &classified, dialect), dialect).ok_or_else(disagreement)?;
    let mut stored = stored.into_iter();
    let mut config = ConfigFile { sections: Vec::new(), defaults: Vec::new() };
    for section in classified {
        // The crate keeps the order of first appearance, as the classifier does.
        let (name, options) = stored.next().ok_or_else(disagreement)?;
        if name != section.name || options.len() != section.options.len() {
            return Err(disagreement());
        }
        let mut read = Vec::with_capacity(options.len());
        for (option, (name, value)) in section.options.into_iter().zip(options) {
            let lines = option.lines.unwrap_or_default();
            let covered: Vec<&str> = lines.iter().map(|range| &text[range.clone()]).collect();
            if name != option.name || value.as_deref().unwrap_or("") != covered.join("\n") {
                return Err(disagreement());
            }
            read.push(ConfigOption { name, name_place: option.name_range, value, lines });
        }
        if section.name == dialect.default_section {
            config.defaults = read;
        } else {
            config.sections.push(Section { name, place: section.range, options: read });
        }
    }
    Ok(config)
}

/// The text that the crate parses: `[|name|]`, `|option|=|value|`, ` |continuation|`, blank lines kept.
fn guarded(text: &str, sections: &[FoundSection], dialect: &Dialect) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let delimiter = dialect.delimiters.first().copied().unwrap_or('=');
    for section in sections {
        out.extend(['[', GUARD]);
        out.push_str(&section.name);
        out.extend([GUARD, ']', '\n']);
        for option in &section.options {
            out.push(GUARD);
            out.push_str(&option.name);
            out.push(GUARD);
            for (index, range) in option.lines.iter().flatten().enumerate() {
                if index == 0 {
                    out.push(delimiter);
                } else if range.is_empty() {
                    out.push('\n');
                    continue;
                } else {
                    out.extend(['\n', ' ']);
                }
                out.push(GUARD);
                out.push_str(&text[range.clone()]);
                out.push(GUARD);
            }
            out.push('\n');
        }
    }
    out
}

/// Sections with their options and values, in order.
type Stored = Vec<(String, Vec<(String, Option<String>)>)>;

/// What the crate makes of the guarded text, the guards taken away; `None` when it refuses the text.
fn store(guarded: &str, dialect: &Dialect) -> Option<Stored> {
    let mut settings = configparser::ini::IniDefault::default();
    settings.case_sensitive = true;
    settings.multiline = true;
    settings.enable_inline_comments = false;
    settings.delimiters.clone_from(&dialect.delimiters);
    let mut ini = configparser::ini::Ini::new_from_defaults(settings);
    ini.read(guarded.to_owned()).ok()?;
    // On Windows the crate joins lines by `\r\n`.
    let plain = |text: &str| text.replace("\r\n", "\n").replace(GUARD, "");
    let mut stored = Vec::new();
    for (section, options) in ini.get_map_ref() {
        let options = options.iter().map(|(name, value)| (plain(name), value.as_deref().map(plain)));
        stored.push((plain(section), options.collect()));
    }
    Some(stored)
}

impl ConfigFile<Range<usize>> {
    fn in_file(self, file: FileId) -> ConfigFile {
        let span = |range: Range<usize>| Span::new(file, range.start as u32, range.end as u32);
        let option = |option: ConfigOption<Range<usize>>| ConfigOption {
            name: option.name,
            name_place: span(option.name_place),
            value: option.value,
            lines: option.lines.into_iter().map(span).collect(),
        };
        let section = |section: Section<Range<usize>>| Section {
            name: section.name,
            place: span(section.place),
            options: section.options.into_iter().map(option).collect(),
        };
        ConfigFile {
            sections: self.sections.into_iter().map(section).collect(),
            defaults: self.defaults.into_iter().map(option).collect(),
        }
    }
}

impl<P> Section<P> {
    pub fn option(&self, name: &str) -> Option<&ConfigOption<P>> {
        self.options.iter().find(|option| option.name == name)
    }
}

impl<P> ConfigFile<P> {
    pub fn section(&self, name: &str) -> Option<&Section<P>> {
        self.sections.iter().find(|section| section.name == name)
    }
}

impl ConfigOption {
    /// The whole value; the name when the value is empty.
    pub fn value_span(&self) -> Span {
        match (self.lines.iter().find(|s| s.start < s.end), self.lines.last()) {
            (Some(first), Some(last)) => first.to(*last),
            _ => self.name_place,
        }
    }

    /// Where each line starts in the value.
    pub fn starts(&self) -> Vec<usize> {
        let ends = self.lines.iter().scan(0, |end, line| {
            let start = *end;
            *end += (line.end - line.start) as usize + 1;
            Some(start)
        });
        ends.collect()
    }

    /// Where a byte range of the value stands in the file; a range over several lines gives all of them.
    pub fn span_of(&self, range: Range<usize>, starts: &[usize]) -> Span {
        let first = starts.partition_point(|start| *start <= range.start).saturating_sub(1);
        let mut found: Option<Span> = None;
        for (line, before) in self.lines.iter().zip(starts).skip(first) {
            let before = *before;
            if before > range.end {
                break;
            }
            let length = (line.end - line.start) as usize;
            let (start, end) = (range.start.max(before), range.end.min(before + length));
            if start < end || (range.is_empty() && start == end && start == range.start) {
                let offset = |at: usize| line.start + (at - before) as u32;
                let piece = Span::new(line.file, offset(start), offset(end));
                found = Some(found.map_or(piece, |span| span.to(piece)));
            }
        }
        found.unwrap_or_else(|| self.value_span())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sections and values, or the error with its line.
    fn show(text: &str, dialect: &Dialect) -> String {
        let option = |o: &ConfigOption<Range<usize>>| {
            format!("{}={}", o.name, o.value.as_ref().map_or("None".into(), |v| format!("{v:?}")))
        };
        let options = |o: &[ConfigOption<Range<usize>>]| o.iter().map(option).collect::<Vec<_>>().join(" ");
        match parse(text, dialect) {
            Err(error) => format!("{} {}", error.class_name(), error.line),
            Ok(config) => {
                let mut parts: Vec<String> = Vec::new();
                if !config.defaults.is_empty() {
                    parts.push(format!("DEFAULT {}", options(&config.defaults)));
                }
                parts.extend(config.sections.iter().map(|s| format!("[{}] {}", s.name, options(&s.options))));
                parts.join("; ")
            }
        }
    }

    /// Each answer was given by CPython 3.11.
    #[test]
    fn python3_cases_that_differ_in_other_parsers() {
        let dialect = Dialect { lower_case: false, ..Dialect::python3() };
        for (text, expected) in [
            (
                "[options]\nentry_points =\n    [console_scripts]\n    x = y:z",
                r#"[options] entry_points="\n[console_scripts]\nx = y:z""#,
            ),
            ("[a]\nk=1\n  [b]\nj=2", r#"[a] k="1\n[b]" j="2""#),
            ("[ a ]", "[ a ] "),
            ("[a]\nk", "ParsingError 2"),
            ("[a]\nk\n  x", "ParsingError 2"),
            ("[a]\nk=1\nk=2", "DuplicateOptionError 3"),
            ("[a]\nk=1\n[a]", "DuplicateSectionError 3"),
            ("k=1\n[a]", "MissingSectionHeaderError 1"),
            ("\u{feff}[a]", "MissingSectionHeaderError 1"),
            ("[a]\rk = 1\r", r#"[a] k="1""#),
            ("[a", "MissingSectionHeaderError 1"),
            ("[]", "MissingSectionHeaderError 1"),
            ("[]]", "[]] "),
            ("[a] junk ]", "[a] junk ] "),
            ("[a]\n = v", "ParsingError 2"),
            ("[a]\n = v\n = w", "DuplicateOptionError 3"),
            ("[a]\nk = v\x1c", r#"[a] k="v""#),
            ("[a]\nk =\n\n  # c\n  b\n\n", r#"[a] k="\n\nb""#),
            ("[DEFAULT]\nx=1\n[DEFAULT]\ny=2\n[a]", r#"DEFAULT x="1" y="2"; [a] "#),
            ("[a]\nK A : v ; c # d", r#"[a] K A="v ; c # d""#),
            ("", ""),
        ] {
            assert_eq!(show(text, &dialect), expected, "{text:?}");
        }
    }

    /// Each answer was given by CPython 2.7.
    #[test]
    fn python2_cases() {
        let dialect = Dialect::python2();
        for (text, expected) in [
            ("[a]\nK = v ; comment\n  more ; kept", r#"[a] k="v\nmore ; kept""#),
            ("[a]\nk = ; x \nj = ;x", r#"[a] k="" j=";x""#),
            ("[a]\nk = \"\"\nrem ark\nREM = x\nremx = 1", r#"[a] k="" remx="1""#),
            ("[a]\nk = 1\n  # kept\n\n  two", "[a] k=\"1\\n# kept\\ntwo\""),
            ("[a]b]\nk=1\n[a]\nk=2", r#"[a] k="2""#),
            (" [a]", "MissingSectionHeaderError 1"),
            ("[a]\n  k=1", "ParsingError 2"),
        ] {
            assert_eq!(show(text, &dialect), expected, "{text:?}");
        }
    }

    #[test]
    fn the_guard_itself_is_refused() {
        assert_eq!(show("[a]\nx = \u{10FFFD}", &Dialect::python3()), "Error 2");
    }

    #[test]
    fn spans_cover_names_and_pieces_of_values() {
        let mut sources = Sources::new();
        let file = sources.add("setup.cfg", "[options]\npackages =\n  a\n  # no\n  bé, c\n");
        let (config, diagnostics) = read(&sources, file, &Dialect::python3());
        assert!(diagnostics.is_empty());
        let section = &config.sections[0];
        let option = section.option("packages").unwrap();
        let value = option.value.as_deref().unwrap();
        assert_eq!((sources.slice(section.place), sources.slice(option.name_place)), ("options", "packages"));
        for piece in ["a", "bé", "c"] {
            let at = value.find(piece).unwrap();
            assert_eq!(sources.slice(option.span_of(at..at + piece.len(), &option.starts())), piece);
        }
        assert_eq!(sources.slice(option.value_span()), "a\n  # no\n  bé, c");
    }

    #[test]
    fn errors_name_both_places() {
        let mut sources = Sources::new();
        let file = sources.add("setup.cfg", "[a]\nk=1\nk=2\n");
        let (config, diagnostics) = read(&sources, file, &Dialect::python3());
        assert!(config.sections.is_empty());
        let places: Vec<String> = std::iter::once(diagnostics[0].primary.as_ref().unwrap())
            .chain(&diagnostics[0].secondary)
            .map(|label| format!("{} {}", sources.place(label.span), label.text))
            .collect();
        assert_eq!(diagnostics[0].message, "option `k` of `[a]` stands twice");
        assert_eq!(places, ["setup.cfg:3:1 again here", "setup.cfg:2:1 first here"]);
    }
}

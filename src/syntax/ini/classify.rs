//! What each line of an INI file is, exactly as CPython's `configparser` (3) and `ConfigParser` (2) decide it.

use super::{Dialect, Flavour, IniError, IniErrorKind};
use crate::text::whitespace::{is_space, strip};
use std::collections::HashMap;
use std::ops::Range;

/// An option whose lines are known by their byte ranges; the value is those lines joined by `\n`.
#[derive(Clone, Debug)]
pub(super) struct FoundOption {
    pub(super) name: String,
    pub(super) name_range: Range<usize>,
    /// `None` for an option without a delimiter, where the dialect allows one.
    pub(super) lines: Option<Vec<Range<usize>>>,
}

#[derive(Clone, Debug)]
pub(super) struct FoundSection {
    pub(super) name: String,
    pub(super) range: Range<usize>,
    pub(super) options: Vec<FoundOption>,
}

/// A physical line: its text without the line end, where it starts, and its number from 1.
struct Line<'a> {
    text: &'a str,
    start: usize,
    number: usize,
}

/// The lines as a Python file object yields them: in text mode `\r` and `\r\n` end a line too.
fn lines(text: &str, universal_newlines: bool) -> Vec<Line<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = bytes[start..]
            .iter()
            .position(|b| *b == b'\n' || (universal_newlines && *b == b'\r'))
            .map_or(text.len(), |length| start + length);
        found.push(Line { text: &text[start..end], start, number: found.len() + 1 });
        let pair = universal_newlines && bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) == Some(&b'\n');
        start = end + if pair { 2 } else { 1 };
    }
    found
}

/// The classifier's state: what has been read, and which option an indented line would continue.
struct Reader<'a> {
    text: &'a str,
    dialect: &'a Dialect,
    sections: Vec<FoundSection>,
    section_index: HashMap<String, usize>,
    option_index: HashMap<(usize, String), usize>,
    /// The section that options go to.
    section: Option<usize>,
    /// The option that an indented line continues.
    option: Option<usize>,
    indent: usize,
    /// Lines that are neither header, option nor continuation: reported at the end, as CPython does.
    bad_lines: Vec<(usize, Range<usize>)>,
}

/// Sections in order of first appearance, the default section among them.
pub(super) fn classify(text: &str, dialect: &Dialect) -> Result<Vec<FoundSection>, IniError> {
    let mut reader = Reader {
        text,
        dialect,
        sections: Vec::new(),
        section_index: HashMap::new(),
        option_index: HashMap::new(),
        section: None,
        option: None,
        indent: 0,
        bad_lines: Vec::new(),
    };
    for line in lines(text, dialect.universal_newlines) {
        match dialect.flavour {
            Flavour::Python3 => reader.line3(&line)?,
            Flavour::Python2 => reader.line2(&line)?,
        }
    }
    if let Some((line, range)) = reader.bad_lines.first().cloned() {
        return Err(IniError { kind: IniErrorKind::Parsing { lines: reader.bad_lines }, line, range });
    }
    let mut sections = reader.sections;
    if dialect.flavour == Flavour::Python3 {
        for lines in sections.iter_mut().flat_map(|s| &mut s.options).filter_map(|o| o.lines.as_mut()) {
            // `'\n'.join(lines).rstrip()`: every line is stripped already, so only empty ones can go.
            while lines.len() > 1 && lines.last().is_some_and(Range::is_empty) {
                lines.pop();
            }
        }
    }
    Ok(sections)
}

impl Reader<'_> {
    fn line3(&mut self, line: &Line<'_>) -> Result<(), IniError> {
        let whole = line.start..line.start + line.text.len();
        let comment = self.comment_start(line.text);
        let value = strip(self.text, line.start..line.start + comment.unwrap_or(line.text.len()));
        if value.is_empty() {
            if !self.dialect.empty_lines_in_values {
                self.indent = usize::MAX;
            } else if comment.is_none()
                && let Some(lines) = self.continued()
            {
                lines.push(whole.start..whole.start);
            }
            return Ok(());
        }
        let indent = line.text.chars().take_while(|c| is_space(*c)).count();
        if self.option.is_some() && indent > self.indent {
            return match self.continued() {
                Some(lines) => {
                    lines.push(value);
                    Ok(())
                }
                None => Err(Self::error(IniErrorKind::ContinuesNoValue, line, value)),
            };
        }
        self.indent = indent;
        let content = &self.text[value.clone()];
        if content.starts_with('[')
            && let Some(close) = self.header_end(content)
        {
            return self.header(line, value.start + 1..value.start + close);
        }
        let Some(section) = self.section else {
            return Err(Self::error(IniErrorKind::MissingSectionHeader, line, value));
        };
        let delimiter = content.find(|c| self.dialect.delimiters.contains(&c));
        let (name, lines) = match delimiter {
            Some(at) => {
                let width = content[at..].chars().next().map_or(1, char::len_utf8);
                let name = strip(self.text, value.start..value.start + at);
                (name, Some(vec![strip(self.text, value.start + at + width..value.end)]))
            }
            None if self.dialect.allow_no_value => (value.clone(), None),
            None => {
                self.bad_lines.push((line.number, value));
                return Ok(());
            }
        };
        if name.is_empty() {
            self.bad_lines.push((line.number, value));
        }
        self.add_option(line, section, name, lines)
    }

    /// `ConfigParser` of Python 2: comments only in the first column, ` ;` ends a value, any indented line continues.
    fn line2(&mut self, line: &Line<'_>) -> Result<(), IniError> {
        let text = line.text;
        let stripped = strip(self.text, line.start..line.start + text.len());
        if stripped.is_empty() || text.starts_with(['#', ';']) {
            return Ok(());
        }
        let word = text.split(is_space).next().unwrap_or("");
        if word.eq_ignore_ascii_case("rem") {
            return Ok(());
        }
        if self.option.is_some() && text.starts_with(is_space) {
            return match self.continued() {
                Some(lines) => {
                    lines.push(stripped);
                    Ok(())
                }
                None => Err(Self::error(IniErrorKind::ContinuesNoValue, line, stripped)),
            };
        }
        if text.starts_with('[')
            && let Some(close) = self.header_end(text)
        {
            return self.header(line, line.start + 1..line.start + close);
        }
        let Some(section) = self.section else {
            return Err(Self::error(IniErrorKind::MissingSectionHeader, line, stripped));
        };
        let delimiter = text.find([':', '=']);
        let starts = !text.starts_with(|c: char| is_space(c) || matches!(c, ':' | '='));
        match delimiter {
            Some(at) if starts => {
                let name = strip(self.text, line.start..line.start + at);
                let value = line.start + at + 1..line.start + text.len();
                let value = self.value2(value);
                self.add_option(line, section, name, Some(vec![value]))
            }
            None if starts && self.dialect.allow_no_value => self.add_option(line, section, stripped, None),
            _ => {
                self.bad_lines.push((line.number, stripped));
                Ok(())
            }
        }
    }

    /// The value after a delimiter in Python 2, without a comment that a `;` after white space opens.
    fn value2(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.text[range.clone()];
        let start = range.start + (text.len() - text.trim_start_matches(is_space).len());
        let value = &self.text[start..range.end];
        let mut end = range.end;
        if let Some(at) = value.find(';') {
            // `optval[pos-1]` is the *last* character when the semicolon is the first one.
            let before = if at == 0 { value.chars().next_back() } else { value[..at].chars().next_back() };
            if before.is_some_and(is_space) {
                end = start + at;
            }
        }
        let value = strip(self.text, start..end);
        if &self.text[value.clone()] == "\"\"" { value.start..value.start } else { value }
    }

    /// The bracket that closes a header with a name.
    fn header_end(&self, line: &str) -> Option<usize> {
        let close = if self.dialect.header_to_last_bracket { line.rfind(']') } else { line.find(']') };
        close.filter(|close| *close >= 2)
    }

    /// Where a comment starts in a line, by the prefixes of the dialect.
    fn comment_start(&self, line: &str) -> Option<usize> {
        if line.trim_start_matches(is_space).starts_with(|c| self.dialect.comment_prefixes.contains(&c)) {
            return Some(0);
        }
        let opens = |at: &usize| *at == 0 || line[..*at].chars().next_back().is_some_and(is_space);
        let prefixes = &self.dialect.inline_comment_prefixes;
        if self.dialect.earliest_inline_comment {
            let places = line.char_indices().filter(|(_, c)| prefixes.contains(c)).map(|(at, _)| at);
            return places.filter(opens).min();
        }
        let mut after: Vec<(char, usize)> = prefixes.iter().map(|prefix| (*prefix, 0)).collect();
        // A round looks at the next occurrence of each prefix, and the first round with one that opens decides.
        while !after.is_empty() {
            let found: Vec<(char, usize)> = after
                .iter()
                .filter_map(|(prefix, from)| Some((*prefix, from + line[*from..].find(*prefix)?)))
                .collect();
            if let Some(at) = found.iter().map(|(_, at)| *at).filter(opens).min() {
                return Some(at);
            }
            after = found.into_iter().map(|(prefix, at)| (prefix, at + prefix.len_utf8())).collect();
        }
        None
    }

    /// The lines of the option that an indented line continues; `None` when there is none, or it has no value.
    fn continued(&mut self) -> Option<&mut Vec<Range<usize>>> {
        self.sections[self.section?].options[self.option?].lines.as_mut()
    }

    fn header(&mut self, line: &Line<'_>, range: Range<usize>) -> Result<(), IniError> {
        let name = self.text[range.clone()].to_owned();
        self.option = None;
        let Some(&known) = self.section_index.get(&name) else {
            self.section_index.insert(name.clone(), self.sections.len());
            self.section = Some(self.sections.len());
            self.sections.push(FoundSection { name, range, options: Vec::new() });
            return Ok(());
        };
        if self.dialect.strict && name != self.dialect.default_section {
            let first = self.sections[known].range.clone();
            return Err(Self::error(IniErrorKind::DuplicateSection { section: name, first }, line, range));
        }
        self.section = Some(known);
        Ok(())
    }

    fn add_option(
        &mut self,
        line: &Line<'_>,
        section: usize,
        name_range: Range<usize>,
        lines: Option<Vec<Range<usize>>>,
    ) -> Result<(), IniError> {
        let written = &self.text[name_range.clone()];
        let name = if self.dialect.lower_case { written.to_lowercase() } else { written.to_owned() };
        let nameless = name.is_empty();
        let option = FoundOption { name: name.clone(), name_range: name_range.clone(), lines };
        let options = &mut self.sections[section].options;
        let at = match self.option_index.get(&(section, name.clone())) {
            Some(&first) if self.dialect.strict => {
                let first = options[first].name_range.clone();
                let section = self.sections[section].name.clone();
                let kind = IniErrorKind::DuplicateOption { section, option: name, first };
                return Err(Self::error(kind, line, name_range));
            }
            Some(&first) => {
                options[first] = option;
                first
            }
            None => {
                options.push(option);
                self.option_index.insert((section, name), options.len() - 1);
                options.len() - 1
            }
        };
        // An empty name is false in Python, so nothing continues it.
        self.option = (!nameless).then_some(at);
        Ok(())
    }

    fn error(kind: IniErrorKind, line: &Line<'_>, range: Range<usize>) -> IniError {
        IniError { kind, line: line.number, range }
    }
}

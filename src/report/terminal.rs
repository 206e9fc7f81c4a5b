//! Diagnostics for people: drawn by miette, with the source shown.

use super::{escape, is_unsafe};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::text::{FileId, Sources};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};
use std::fmt;
use std::sync::Arc;

/// A label on a longer line than this is named by its place alone: nobody reads a screen of minified text.
const MAX_LINE: usize = 600;

/// How a terminal wants it.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub color: bool,
    pub unicode: bool,
    /// In columns.
    pub width: usize,
}

/// All diagnostics, each followed by an empty line.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let theme = match (style.color, style.unicode) {
        (true, true) => GraphicalTheme::unicode(),
        (false, true) => GraphicalTheme::unicode_nocolor(),
        (true, false) => {
            GraphicalTheme { characters: miette::ThemeCharacters::ascii(), ..GraphicalTheme::unicode() }
        }
        (false, false) => GraphicalTheme::none(),
    };
    // The themes do not switch links off, and a terminal that does not know them prints their escapes.
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_links(false)
        .with_context_lines(1)
        .tab_width(4)
        .with_show_related_as_nested(true);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let report = Report::new(diagnostic, sources);
        if handler.render_report(&mut out, &report).is_err() {
            out.push_str(&format!("{}: {}\n", diagnostic.severity, escape(&diagnostic.message)));
        }
        out.push('\n');
    }
    out
}

/// What miette sees of a diagnostic: the labels in the primary's file; others as related reports.
#[derive(Debug)]
struct Report {
    message: String,
    code: &'static str,
    severity: Severity,
    help: String,
    source: Option<Excerpt>,
    labels: Vec<LabeledSpan>,
    related: Vec<Self>,
}

impl Report {
    fn new(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let mut report = Self {
            message: escape(&diagnostic.message),
            code: diagnostic.code.name,
            severity: diagnostic.severity,
            help: escape(&diagnostic.help.join("\n")),
            source: None,
            labels: Vec::new(),
            related: Vec::new(),
        };
        let Some(primary) = &diagnostic.primary else { return report };
        report.add(primary, true, sources);
        for label in &diagnostic.secondary {
            if label.span.file == primary.span.file {
                report.add(label, false, sources);
            } else {
                report.related.push(Self::elsewhere(label, sources));
            }
        }
        report
    }

    /// A place in another file than the primary one.
    fn elsewhere(label: &Label, sources: &Sources) -> Self {
        let mut report = Self {
            message: escape(&label.text),
            code: "",
            severity: Severity::Info,
            help: String::new(),
            source: None,
            labels: Vec::new(),
            related: Vec::new(),
        };
        report.add(&Label { span: label.span, text: String::new() }, true, sources);
        report
    }

    fn add(&mut self, label: &Label, primary: bool, sources: &Sources) {
        let text = sources.text(label.span.file);
        if text.is_empty() || line_around(text, label.span.start as usize).len() > MAX_LINE {
            let note = format!("{}: {}", escape(&sources.place(label.span)), escape(&label.text));
            let note = note.trim_end_matches(": ");
            self.help =
                if self.help.is_empty() { format!("at {note}") } else { format!("{}\nat {note}", self.help) };
            return;
        }
        // miette drops a label at the end of the file silently: it is put on the last character instead.
        let end = (label.span.end as usize).min(text.len());
        let mut start = (label.span.start as usize).min(end);
        if start == text.len() {
            start = text.trim_end_matches(['\n', '\r']).len();
            start -= text[..start].chars().next_back().map_or(0, char::len_utf8);
        }
        let span = SourceSpan::from((start, end.saturating_sub(start).max(1)));
        let text_of_label = (!label.text.is_empty()).then(|| escape(&label.text));
        self.labels.push(if primary {
            LabeledSpan::new_primary_with_span(text_of_label, span)
        } else {
            LabeledSpan::new_with_span(text_of_label, span)
        });
        self.source.get_or_insert_with(|| Excerpt::new(label.span.file, sources));
    }
}

fn line_around(text: &str, offset: usize) -> &str {
    let bytes = text.as_bytes();
    let offset = offset.min(bytes.len());
    let start = bytes[..offset].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    let end = bytes[offset..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| offset + at);
    text.get(start..end).unwrap_or("")
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl miette::Diagnostic for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.code.is_empty()).then(|| Box::new(self.code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Info => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty())
            .then(|| Box::new(self.labels.iter().cloned()) as Box<dyn Iterator<Item = LabeledSpan>>)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        (!self.related.is_empty()).then(|| {
            Box::new(self.related.iter().map(|r| r as &dyn miette::Diagnostic)) as Box<dyn Iterator<Item = _>>
        })
    }
}

/// A file's text with what a terminal would obey replaced, byte for byte, so that spans still fit.
#[derive(Debug)]
struct Excerpt {
    path: String,
    text: Arc<str>,
}

impl Excerpt {
    fn new(file: FileId, sources: &Sources) -> Self {
        let mut text = String::with_capacity(sources.text(file).len());
        for c in sources.text(file).chars() {
            match (is_unsafe(c) && !matches!(c, '\n' | '\r' | '\t'), c.len_utf8()) {
                (false, _) => text.push(c),
                (true, 3) => text.push('\u{fffd}'),
                (true, len) => text.extend(std::iter::repeat_n('?', len)),
            }
        }
        Self { path: escape(sources.path(file)), text: without_passwords(text).into() }
    }
}

/// Stars for the user and password of every URL, byte for byte: reports end up in logs and issues, and tokens stand in
/// either place.
fn without_passwords(mut text: String) -> String {
    let mut from = 0;
    while let Some(at) = text[from..].find("://") {
        let start = from + at + 3;
        let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '#');
        let authority = text[start..].find(ends).unwrap_or(text.len() - start);
        if let Some(userinfo) = text[start..start + authority].rfind('@') {
            text.replace_range(start..start + userinfo, &"*".repeat(userinfo));
        }
        from = start + authority;
    }
    text
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.text.read_span(span, before, after)?;
        // miette counts columns in bytes; people and our other formats count characters.
        let offset = span.offset().min(self.text.len());
        let start = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let column = if before == 0 { self.text[start..offset].chars().count() } else { inner.column() };
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.clone(),
            inner.data(),
            *inner.span(),
            inner.line(),
            column,
            inner.line_count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;
    use crate::text::Span;

    const PLAIN: Style = Style { color: false, unicode: true, width: 80 };

    #[test]
    fn two_files_and_help() {
        let mut sources = Sources::new();
        let setup = sources.add("setup.py", "from x import v\nsetup(\n    name='é', version=v,\n)\n");
        let other = sources.add("x.py", "v = 'one'\n");
        let diagnostic = Diagnostic::new(
            &codes::SYNTAX_ERROR,
            Span::new(setup, 44, 45),
            "the version is `one`, which is none",
        )
        .here("used here")
        .label(Span::new(setup, 14, 15), "imported here")
        .label(Span::new(other, 4, 9), "set here")
        .help("write it as PEP 440 has it");
        insta::assert_snapshot!(render(&[diagnostic], &sources, PLAIN), @"
        syntax-error

          × the version is `one`, which is none
           ╭─[setup.py:3:21]
         1 │ from x import v
           ·               ┬
           ·               ╰── imported here
         2 │ setup(
         3 │     name='é', version=v,
           ·                     ┬
           ·                     ╰── used here
         4 │ )
           ╰────
          help: write it as PEP 440 has it
          ╰─▶   ☞ set here
                 ╭─[x.py:1:5]
               1 │ v = 'one'
                 ·     ─────
                 ╰────
        ");
    }

    #[test]
    fn the_end_of_a_file_and_an_empty_one_can_be_shown() {
        let mut sources = Sources::new();
        let file = sources.add("setup.py", "setup(\n");
        let empty = sources.add("empty.py", "");
        let at_end =
            Diagnostic::new(&codes::SYNTAX_ERROR, Span::new(file, 7, 7), "never closed").here("here");
        let nothing = Diagnostic::new(&codes::SYNTAX_ERROR, Span::new(empty, 0, 0), "nothing in it");
        insta::assert_snapshot!(render(&[at_end, nothing], &sources, PLAIN), @"
        syntax-error

          × never closed
           ╭─[setup.py:1:6]
         1 │ setup(
           ·      ─┬
           ·       ╰── here
           ╰────

        syntax-error

          × nothing in it
          help: at empty.py:1:1
        ");
    }

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(
            without_passwords(
                "--index-url https://me:se@cret@host/x http://a:b@c é https://host:80/@".to_owned()
            ),
            "--index-url https://**********@host/x http://***@c é https://host:80/@"
        );
    }

    #[test]
    fn hostile_source_reaches_no_terminal() {
        let mut sources = Sources::new();
        let file = sources.add("a\x1b[2J.py", "x = '\x1b[2J\u{202e}' # \u{9b}\n");
        let long = sources.add("long.py", &"x".repeat(100_000));
        let all = [
            Diagnostic::new(&codes::SYNTAX_ERROR, Span::new(file, 4, 9), "bad \x1b[31m"),
            Diagnostic::new(&codes::SYNTAX_ERROR, Span::new(long, 90_000, 90_001), "too far").here("here"),
        ];
        let shown = render(&all, &sources, PLAIN);
        assert!(!shown.contains(['\x1b', '\u{202e}', '\u{9b}']), "{shown}");
        assert!(shown.len() < 4_000 && shown.contains("long.py:1:90001"), "{shown}");
    }
}

//! Edits that several rules make: an argument, a setting, a line taken away.

use super::Context;
use crate::diagnostic::Edit;
use crate::text::Span;

impl Context<'_> {
    /// Takes an argument out of the call of `setup()`, with its comma; with its lines when nothing else stands on them.
    pub fn without_argument(&self, name: &str) -> Option<Vec<Edit>> {
        let script = self.script.as_ref()?;
        let span = script.span(self.argument(name)?);
        let text = self.sources.text(script.file);
        let (mut start, mut end) = (span.start as usize, span.end as usize);
        let rest = &text[end..];
        let comma = rest.trim_start().starts_with(',');
        if comma {
            end += rest.len() - rest.trim_start().len() + 1;
        }
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let after = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        let alone = text[line_start..start].trim().is_empty() && text[end..after].trim().is_empty();
        if alone {
            (start, end) = (line_start, after);
        } else if comma {
            end += text[end..].len() - text[end..].trim_start_matches([' ', '\t']).len();
        } else {
            // The last one: the comma before it goes.
            let before = text[..start].trim_end();
            start = before.strip_suffix(',').map_or(start, str::len);
        }
        Some(vec![Edit::new(Span::new(script.file, start as u32, end as u32), "")])
    }

    /// Puts an argument at the end of the call of `setup()`, laid out as the others are.
    pub fn with_argument(&self, argument: &str) -> Option<Vec<Edit>> {
        let script = self.script.as_ref()?;
        let call = self.written_call()?;
        let last = call.keywords.last()?;
        last.arg.as_ref()?;
        let span = script.span(last);
        let text = self.sources.text(script.file);
        let line_start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let indent = &text[line_start..span.start as usize];
        let between = if indent.trim().is_empty() { format!("\n{indent}") } else { " ".to_owned() };
        let end = Span::new(script.file, span.end, span.end);
        Some(vec![Edit::new(end, format!(",{between}{argument}"))])
    }

    /// Takes a setting out of setup.cfg with its lines; `None` when comments stand among them.
    pub fn without_setting(&self, section: &str, name: &str) -> Option<Vec<Edit>> {
        let config = self.config.as_ref()?;
        let setting = config.setting(section, name)?;
        let span = self.lines_of(setting.name_span().to(setting.value_span()));
        (!self.sources.slice(span).contains(['#', ';'])).then(|| vec![Edit::new(span, "")])
    }

    /// The whole lines that a span touches, with the last one's end.
    pub fn lines_of(&self, span: Span) -> Span {
        let text = self.sources.text(span.file);
        let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let end = text[span.end as usize..].find('\n').map_or(text.len(), |at| span.end as usize + at + 1);
        Span::new(span.file, start as u32, end as u32)
    }

    /// Takes a field away wherever one place sets it: in the call of `setup()` or in setup.cfg.
    pub fn without_field(&self, section: &str, field: &str) -> Option<Vec<Edit>> {
        let origin = self.metadata().origin(field).or_else(|| self.keyword(field).map(|(_, span)| span))?;
        match self.sources.path(origin.file) {
            "setup.py" => self.without_argument(field),
            "setup.cfg" => self.without_setting(section, field),
            _ => None,
        }
    }
}

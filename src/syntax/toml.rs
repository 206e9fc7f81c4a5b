//! pyproject.toml as a tree with spans: the only file that names the crate `toml`, which bounds how deep values nest.

use crate::diagnostic::{Diagnostic, codes};
use crate::system::{ReadError, System};
use crate::text::{FileId, Sources, Span, encoding};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Value {
    pub kind: Kind,
    pub span: Span,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    Text(String),
    Boolean(bool),
    /// Integers, floats and dates, as written: no setting of a project is one.
    Other(String),
    List(Vec<Value>),
    Table(Table),
}

/// A key with its value.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Value,
}

/// Entries in the file's order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Table {
    pub entries: Vec<Entry>,
}

impl Table {
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The table below a key, when it is one.
    pub fn table(&self, key: &str) -> Option<&Self> {
        self.get(key)?.table()
    }
}

impl Value {
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn boolean(&self) -> Option<bool> {
        match self.kind {
            Kind::Boolean(value) => Some(value),
            _ => None,
        }
    }

    pub fn list(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    /// A list of texts; `None` when it is no list, or one of its items is no text.
    pub fn texts(&self) -> Option<Vec<String>> {
        self.list()?.iter().map(|item| item.text().map(str::to_owned)).collect()
    }

    pub fn table(&self) -> Option<&Table> {
        match &self.kind {
            Kind::Table(table) => Some(table),
            _ => None,
        }
    }
}

/// Reads the project's pyproject.toml; `None` when there is none, or when it cannot be read, which the diagnostics say.
pub fn read(system: &dyn System, sources: &mut Sources) -> (Option<(FileId, Table)>, Vec<Diagnostic>) {
    const PATH: &str = "pyproject.toml";
    let content = match system.read(PATH) {
        Ok(content) => content,
        Err(ReadError::NotFound) => return (None, Vec::new()),
        Err(error) => {
            let message = format!("`{PATH}`: {error}");
            return (None, vec![Diagnostic::general(&codes::UNREADABLE_FILE, message)]);
        }
    };
    // TOML is UTF-8, and Python's reader takes no byte order mark.
    let text = match std::str::from_utf8(&content) {
        Ok(text) if !text.starts_with('\u{feff}') => text,
        _ => {
            let message = match encoding::decode_utf8(&content) {
                Err(error) => error.to_string(),
                Ok(_) => "a byte order mark, which Python's reader of TOML refuses".to_owned(),
            };
            let shown = String::from_utf8_lossy(&content).into_owned();
            let at = shown.find(['\u{fffd}', '\u{feff}']).unwrap_or(0) as u32;
            let file = sources.add(PATH, &shown);
            let span = Span::new(file, at, at + 1);
            return (None, vec![Diagnostic::new(&codes::UNREADABLE_FILE, span, message)]);
        }
    };
    let file = sources.add(PATH, text);
    match parse(text, file) {
        Ok(table) => (Some((file, table)), Vec::new()),
        Err(diagnostic) => (None, vec![*diagnostic]),
    }
}

/// Parses a text that is the text of `file`.
pub fn parse(text: &str, file: FileId) -> Result<Table, Box<Diagnostic>> {
    let parsed = DeTable::parse(text).map_err(|error| {
        let range = error.span().unwrap_or(0..0);
        let message = error.message().lines().next().unwrap_or("not TOML").to_owned();
        Box::new(Diagnostic::new(
            &codes::SYNTAX_ERROR,
            Span::new(file, range.start as u32, range.end as u32),
            message,
        ))
    })?;
    Ok(table(parsed.get_ref(), file))
}

fn span<T>(spanned: &Spanned<T>, file: FileId) -> Span {
    let range = spanned.span();
    Span::new(file, range.start as u32, range.end as u32)
}

/// Recursion is as deep as the crate lets values nest, 80 levels a construct.
fn table(parsed: &DeTable<'_>, file: FileId) -> Table {
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let key_text: &std::borrow::Cow<'_, str> = key.get_ref();
        Entry {
            key: key_text.clone().into_owned(),
            key_span: span(key, file),
            value: self::value(value, file),
        }
    };
    let mut entries: Vec<Entry> = parsed.iter().map(entry).collect();
    // The crate sorts keys by name.
    entries.sort_by_key(|entry| entry.key_span.start);
    Table { entries }
}

fn value(parsed: &Spanned<DeValue<'_>>, file: FileId) -> Value {
    let kind = match parsed.get_ref() {
        DeValue::String(text) => Kind::Text(text.clone().into_owned()),
        DeValue::Boolean(value) => Kind::Boolean(*value),
        DeValue::Integer(number) => Kind::Other(number.as_str().to_owned()),
        DeValue::Float(number) => Kind::Other(number.as_str().to_owned()),
        DeValue::Datetime(date) => Kind::Other(date.to_string()),
        DeValue::Array(items) => Kind::List(items.iter().map(|item| value(item, file)).collect()),
        DeValue::Table(inner) => Kind::Table(table(inner, file)),
    };
    Value { kind, span: span(parsed, file) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;

    #[test]
    fn values_keep_order_and_places() {
        let text = "[project]\nname = 'x'\nkeywords = [\n  'a', \"b\\n\",\n]\n[tool.a]\nb.c = 1979-05-27\nd = {e = true}\n";
        let system = Memory::new().with("pyproject.toml", text);
        let mut sources = Sources::new();
        let (read, diagnostics) = read(&system, &mut sources);
        assert!(diagnostics.is_empty());
        let (_, root) = read.unwrap();
        let project = root.table("project").unwrap();
        let name = project.entry("name").unwrap();
        assert_eq!((sources.slice(name.key_span), sources.slice(name.value.span)), ("name", "'x'"));
        assert_eq!(project.get("keywords").unwrap().texts().unwrap(), ["a", "b\n"]);
        let a = root.table("tool").unwrap().table("a").unwrap();
        assert_eq!(a.table("b").unwrap().get("c").unwrap().kind, Kind::Other("1979-05-27".into()));
        assert_eq!(a.table("d").unwrap().get("e").unwrap().boolean(), Some(true));
        assert_eq!(a.get("d").unwrap().texts(), None);
    }

    #[test]
    fn errors_have_a_place() {
        for (content, place) in [
            (b"a = 1\nb = \n".to_vec(), "pyproject.toml:2:5"),
            (b"a = 1\na = 2\n".to_vec(), "pyproject.toml:2:1"),
            (b"a = '\xff'\n".to_vec(), "pyproject.toml:1:6"),
            (b"\xef\xbb\xbfa = 1\n".to_vec(), "pyproject.toml:1:1"),
        ] {
            let mut sources = Sources::new();
            let (read, diagnostics) = read(&Memory::new().with("pyproject.toml", content), &mut sources);
            assert!(read.is_none());
            assert_eq!(sources.place(diagnostics[0].primary.as_ref().unwrap().span), place);
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = 100_000;
        for text in [
            format!("a = {}{}", "[".repeat(deep), "]".repeat(deep)),
            format!("a = {}1{}", "{a=".repeat(deep), "}".repeat(deep)),
            format!("{} = 1", vec!["a"; deep].join(".")),
            format!("[{}]", vec!["a"; deep].join(".")),
        ] {
            let mut sources = Sources::new();
            let file = sources.add("pyproject.toml", &text);
            let error = parse(&text, file).unwrap_err();
            assert_eq!(error.code.name, "syntax-error");
        }
    }
}

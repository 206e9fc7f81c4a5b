//! METADATA and PKG-INFO: the headers of a distribution (core metadata specification, PEP 566 and its successors).

use super::{Name, Requirement, RequirementError, Version, VersionSpecifiers, name, specifiers};

/// The largest METADATA that is read, in bytes: real ones are below 1 MiB, most of it the description.
pub const MAX_SIZE: usize = 16 * 1024 * 1024;
/// The most Requires-Dist lines: the largest real ones have several hundred.
pub const MAX_REQUIREMENTS: usize = 10_000;

/// A Requires-Dist line that PEP 508 does not allow, old spellings included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvalidRequirement {
    pub text: String,
    pub error: RequirementError,
}

/// What a distribution says of itself, as far as choosing versions needs it; every header as written.
#[derive(Clone, Debug)]
pub struct CoreMetadata {
    pub name: Name,
    pub version: Version,
    /// In order; the invalid ones make the distribution unusable, as in pip.
    pub requires_dist: Vec<Result<Requirement, InvalidRequirement>>,
    /// `Err` is the text that is no specifier.
    pub requires_python: Option<Result<VersionSpecifiers, String>>,
    /// Normalised (PEP 685), in order.
    pub provides_extra: Vec<String>,
    headers: Vec<(String, String)>,
    body: String,
}

/// Why a text is no metadata.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MetadataError {
    #[error("metadata of {0} bytes; at most {MAX_SIZE} are read")]
    TooLarge(usize),
    #[error("more than {MAX_REQUIREMENTS} dependencies")]
    TooManyRequirements,
    #[error("metadata without `{0}`")]
    Missing(&'static str),
    #[error("`{value}` is no {field}")]
    Invalid { field: &'static str, value: String },
}

impl CoreMetadata {
    /// Reads the headers, in UTF-8 (bytes that are not become U+FFFD: names in old files are in many encodings).
    pub fn parse(bytes: &[u8]) -> Result<Self, MetadataError> {
        if bytes.len() > MAX_SIZE {
            return Err(MetadataError::TooLarge(bytes.len()));
        }
        let (headers, body) = split_headers(&String::from_utf8_lossy(bytes));
        let first = |field: &str| {
            headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(field)).map(|(_, value)| value.trim())
        };
        let all = |field: &'static str| {
            headers
                .iter()
                .filter(move |(key, _)| key.eq_ignore_ascii_case(field))
                .map(|(_, value)| value.trim())
        };
        let required = |field: &'static str| first(field).ok_or(MetadataError::Missing(field));
        let invalid = |field: &'static str, value: &str| MetadataError::Invalid {
            field,
            value: value.chars().take(100).collect(),
        };
        let name = required("Name")?;
        let version = required("Version")?;
        if all("Requires-Dist").count() > MAX_REQUIREMENTS {
            return Err(MetadataError::TooManyRequirements);
        }
        let requirement = |text: &str| {
            specifiers::parse_requirement(text)
                .map_err(|error| InvalidRequirement { text: text.to_owned(), error })
        };
        let python = first("Requires-Python").filter(|text| !text.is_empty());
        Ok(Self {
            name: name.parse().map_err(|_| invalid("Name", name))?,
            version: version.parse().map_err(|_| invalid("Version", version))?,
            requires_dist: all("Requires-Dist").map(requirement).collect(),
            requires_python: python.map(|text| specifiers::parse(text).map_err(|_| text.to_owned())),
            provides_extra: all("Provides-Extra").map(name::normalize).collect(),
            body,
            headers,
        })
    }

    /// The first value of a header, by its name in any case; blanks at the ends are those of the file.
    pub fn header(&self, field: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(field)).map(|(_, value)| value.as_str())
    }

    /// Every value of a header, in order.
    pub fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(field))
            .map(|(_, value)| value.as_str())
    }

    /// Every header, in order; continued lines are joined by `\n` and keep their indentation.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The description: what follows the headers, or the `Description` header.
    pub fn description(&self) -> &str {
        if self.body.trim().is_empty() { self.header("Description").unwrap_or_default() } else { &self.body }
    }
}

/// Headers and body as Python's `email.parser` divides them: the first line that is no header ends them, and is left out
/// when it is blank.
fn split_headers(text: &str) -> (Vec<(String, String)>, String) {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    while !rest.is_empty() {
        let (line, after) = next_line(rest);
        if line.is_empty() {
            return (headers, after.to_owned());
        }
        if line.starts_with([' ', '\t']) {
            // A continuation before any header is a defect that the parser skips.
            if let Some((_, value)) = headers.last_mut() {
                value.push('\n');
                value.push_str(line);
            }
        } else {
            let name = line.split(':').next().unwrap_or_default();
            if name.len() == line.len() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
                break;
            }
            let value = line[name.len() + 1..].trim_start_matches([' ', '\t']);
            headers.push((name.to_owned(), value.to_owned()));
        }
        rest = after;
    }
    (headers, rest.to_owned())
}

/// A line without its end (`\n`, `\r\n` or `\r`), and what follows.
fn next_line(text: &str) -> (&str, &str) {
    let Some(end) = text.find(['\n', '\r']) else { return (text, "") };
    let after = if text[end..].starts_with("\r\n") { end + 2 } else { end + 1 };
    (&text[..end], &text[after..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Metadata-Version: 2.1\nName: Foo.Bar\nVersion: 1.0\nSummary: a\n        summary\n\
        Requires-Python: >=2.7, !=3.0.*\nProvides-Extra: Fast_IO\nRequires-Dist: click (>=7.*)\n\
        Requires-Dist: lxml ; extra == 'Fast_IO'\nRequires-Dist: broken >=>= 1\n\nThe body: text\n";

    #[test]
    fn headers_are_read() {
        let metadata = CoreMetadata::parse(TEXT.as_bytes()).unwrap();
        assert_eq!((metadata.name.normalized(), metadata.version.to_string().as_str()), ("foo-bar", "1.0"));
        assert_eq!(metadata.provides_extra, ["fast-io"]);
        assert_eq!(metadata.header("summary"), Some("a\n        summary"));
        assert_eq!(metadata.description(), "The body: text\n");
        let python = metadata.requires_python.as_ref().unwrap().as_ref().unwrap();
        assert!(specifiers::admits(python, &Version::new([3, 6])));
        let requirements: Vec<String> = metadata
            .requires_dist
            .iter()
            .map(|line| match line {
                Ok(requirement) => requirement.to_string(),
                Err(invalid) => format!("invalid: {}", invalid.text),
            })
            .collect();
        assert_eq!(requirements, ["click >=7", "lxml ; extra == 'Fast_IO'", "invalid: broken >=>= 1"]);
    }

    #[test]
    fn line_ends_and_defects_are_those_of_the_email_parser() {
        let crlf = CoreMetadata::parse(TEXT.replace('\n', "\r\n").as_bytes()).unwrap();
        assert_eq!(crlf.requires_dist.len(), 3);
        let no_blank =
            CoreMetadata::parse(b" x\nName: a\nVersion: 1\nno header here\nRequires-Dist: b").unwrap();
        assert_eq!(no_blank.description(), "no header here\nRequires-Dist: b");
        assert!(no_blank.requires_dist.is_empty());
        let latin =
            CoreMetadata::parse(b"Name: a\nAuthor: J\xf6rg\nVersion: 1\nRequires-Python: python3").unwrap();
        assert_eq!(latin.header("Author"), Some("J\u{fffd}rg"));
        assert_eq!(latin.requires_python, Some(Err("python3".to_owned())));
        let old = CoreMetadata::parse(b"Name: a\nVersion: 1\nDescription: old\n").unwrap();
        assert_eq!(old.description(), "old");
    }

    #[test]
    fn what_is_no_metadata_says_why() {
        let message = |text: &str| CoreMetadata::parse(text.as_bytes()).unwrap_err().to_string();
        assert_eq!(message(""), "metadata without `Name`");
        assert_eq!(message("Name: a"), "metadata without `Version`");
        assert_eq!(message("Name: ../a\nVersion: 1"), "`../a` is no Name");
        assert_eq!(message("Name: a\nVersion: one"), "`one` is no Version");
        let many = format!("Name: a\nVersion: 1\n{}", "Requires-Dist: b\n".repeat(MAX_REQUIREMENTS + 1));
        assert_eq!(message(&many), "more than 10000 dependencies");
    }

    #[test]
    fn a_nul_in_a_folded_line_is_read() {
        let read = CoreMetadata::parse(b"Name: a\nVersion: 1\nSummary: s\n \0");
        assert!(read.is_ok_and(|metadata| metadata.name.normalized() == "a"));
    }

    proptest::proptest! {
        #[test]
        fn headers_round_trip(values in proptest::collection::vec("[!-~]([ -~]{0,20}[!-~])?", 0..6), body in "[ -~\n]{0,40}") {
            let headers: Vec<String> = values.iter().map(|value| format!("X-Header: {value}\n")).collect();
            let text = format!("Name: a\nVersion: 1\n{}", headers.concat());
            let metadata = CoreMetadata::parse(format!("{text}\n{body}").as_bytes()).unwrap();
            proptest::prop_assert_eq!(metadata.all("x-header").collect::<Vec<_>>(), values);
            proptest::prop_assert_eq!(&metadata.body, &body);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let mut text = b"Name: a\nVersion: 1\nSummary: s\n".to_vec();
            text.extend(bytes);
            // What precedes stands, whatever follows.
            let read = CoreMetadata::parse(&text);
            proptest::prop_assert!(read.is_ok_and(|metadata| metadata.name.normalized() == "a"));
        }
    }
}

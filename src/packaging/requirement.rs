//! A dependency as PEP 508 writes it.

use super::marker::{Marker, MarkerError};
use super::{Name, VersionSpecifiers};
use pep508_rs::{MarkerEnvironment, VerbatimUrl, VersionOrUrl};
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// The longest requirement that is read: real ones are below 500 bytes, and marker trees grow with their text.
const MAX_LENGTH: usize = 16 * 1024;

/// A parsed requirement that keeps its own text, because normalising it would change METADATA.
#[derive(Clone, Debug)]
pub struct Requirement {
    pub name: Name,
    /// Normalised and sorted.
    pub extras: Vec<String>,
    /// Empty when any version will do, and for a URL.
    pub specifiers: VersionSpecifiers,
    pub url: Option<String>,
    pub marker: Option<Marker>,
    text: String,
}

/// Why a text is no requirement, with the byte range in it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct RequirementError {
    pub message: String,
    pub range: Range<usize>,
}

impl Requirement {
    /// As it was written, surrounding blanks aside.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is wanted in an environment, with these extras (normalised) of the project that says so.
    pub fn applies(&self, environment: &MarkerEnvironment, extras: &[String]) -> bool {
        self.marker.as_ref().is_none_or(|marker| marker.holds(environment, extras))
    }

    /// A text without the marker: `requests[socks]>=2`.
    pub fn without_marker(&self) -> &str {
        self.text[..marker_start(&self.text).unwrap_or(self.text.len())].trim_end()
    }
}

impl FromStr for Requirement {
    type Err = RequirementError;

    fn from_str(text: &str) -> Result<Self, RequirementError> {
        let text = text.trim();
        if text.len() > MAX_LENGTH {
            let message = format!("a requirement may have at most {MAX_LENGTH} bytes");
            return Err(RequirementError { message, range: 0..text.len() });
        }
        let cut = marker_start(text);
        let head = text[..cut.unwrap_or(text.len())].trim_end();
        if let Some(range) = dangling(head) {
            let message = "a name ends with a letter or a digit".to_owned();
            return Err(RequirementError { message, range });
        }
        let parsed = pep508_rs::Requirement::<VerbatimUrl>::from_str(head).map_err(|error| {
            let start = error.start.min(head.len());
            RequirementError {
                message: error.message.to_string(),
                range: start..(start + error.len).min(head.len()),
            }
        })?;
        let marker = match cut {
            None => None,
            Some(cut) => Some(text[cut + 1..].parse().map_err(|error: MarkerError| RequirementError {
                range: cut + 1 + error.range.start..cut + 1 + error.range.end,
                message: error.message,
            })?),
        };
        let end = text
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
            .unwrap_or(text.len());
        let name = text[..end].parse().map_err(|error: super::name::InvalidName| RequirementError {
            message: error.to_string(),
            range: 0..end,
        })?;
        let mut extras: Vec<String> = parsed.extras.iter().map(ToString::to_string).collect();
        extras.sort();
        extras.dedup();
        let (specifiers, url) = match parsed.version_or_url {
            None => (VersionSpecifiers::empty(), None),
            Some(VersionOrUrl::VersionSpecifier(specifiers)) => (specifiers, None),
            Some(VersionOrUrl::Url(url)) => (VersionSpecifiers::empty(), Some(url.to_string())),
        };
        Ok(Self { name, extras, specifiers, url, marker, text: text.to_owned() })
    }
}

/// Where the `;` before the marker stands. A URL may contain `;`, and then the marker follows a blank (PEP 508).
fn marker_start(text: &str) -> Option<usize> {
    let name = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .unwrap_or(text.len());
    let after = text[name..].trim_start();
    let after = match after.strip_prefix('[').and_then(|extras| extras.split_once(']')) {
        Some((_, after)) => after.trim_start(),
        None => after,
    };
    if after.starts_with('@') {
        let blank = text.find(" ;").or_else(|| text.find("\t;"))?;
        Some(blank + 1)
    } else {
        text.find(';')
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The `.`, `-` or `_` that a name or an extra ends with: the crate panics on one that something follows.
fn dangling(head: &str) -> Option<Range<usize>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let word_at = |start: usize| {
        let length = head[start..].find(|c| !is_name(c)).unwrap_or(head.len() - start);
        start..start + length
    };
    let last = |word: &Range<usize>| {
        let ends = head[word.clone()].ends_with(['-', '_', '.']);
        ends.then(|| word.end - 1..word.end)
    };
    let name = word_at(0);
    if let Some(range) = last(&name) {
        return Some(range);
    }
    let rest = &head[name.end..];
    let open = name.end + (rest.len() - rest.trim_start().len());
    let inside = head[open..].strip_prefix('[')?;
    let inside = &inside[..inside.find(']').unwrap_or(inside.len())];
    let mut at = open + 1;
    for extra in inside.split(',') {
        let word = word_at(at + extra.len() - extra.trim_start().len());
        if let Some(range) = last(&word) {
            return Some(range);
        }
        at += extra.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packaging::{Platform, Python, Target};

    #[test]
    fn names_that_end_with_a_separator_are_refused_where_that_stands() {
        for text in
            ["backports.>=1", "3.[x]", "a-", "a_ ; python_version > '3'", "a[b.]", "a [é., b-]", "a[b, c_,"]
        {
            let error = text.parse::<super::Requirement>().unwrap_err();
            assert!(error.range.end <= text.len(), "{text}");
        }
        assert_eq!("é a[b, c.]>1".parse::<super::Requirement>().unwrap_err().range.start, 0);
        assert_eq!("ab[b, c.]>1".parse::<super::Requirement>().unwrap_err().range, 7..8);
        assert!("zope.interface[a.b, c-d] >= 1".parse::<super::Requirement>().is_ok());
    }

    #[test]
    fn parts_and_text_are_kept() {
        let requirement: Requirement = "Foo_Bar[z, A]>=1.0,<2 ; python_version < '3'".parse().unwrap();
        assert_eq!(requirement.name.normalized(), "foo-bar");
        assert_eq!(requirement.extras, ["a", "z"]);
        assert_eq!(requirement.without_marker(), "Foo_Bar[z, A]>=1.0,<2");
        let at = |python| Target { python, platform: Platform::Linux }.marker_environment();
        assert!(requirement.applies(&at(Python::new(2, 7)), &[]));
        assert!(!requirement.applies(&at(Python::new(3, 12)), &[]));
        let url: Requirement = "foo[a] @ https://e.test/x;y ; os_name == 'nt'".parse().unwrap();
        assert_eq!(url.without_marker(), "foo[a] @ https://e.test/x;y");
        assert!(!url.applies(&at(Python::new(3, 12)), &[]));
        let error = "foo>=1; os_name == nonsense".parse::<Requirement>().unwrap_err();
        assert_eq!(error.range, 19..27);
    }

    #[test]
    fn errors_say_where() {
        let error = "foo >> 1".parse::<Requirement>().unwrap_err();
        assert_eq!(error.range.start, 4, "{error:?}");
        for bad in ["", "-x", "foo bar", "foo==", "é", "foo; nonsense", "foo[", "\u{1F389}"] {
            let error = bad.parse::<Requirement>().unwrap_err();
            assert!(error.range.end <= bad.len(), "{bad:?} {error:?}");
        }
    }
}

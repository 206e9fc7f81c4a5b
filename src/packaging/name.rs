//! Project names: as written, and as compared (PEP 503).

use std::fmt;
use std::str::FromStr;

/// A project's name. Equality, order and hash are those of the normalised form (PEP 503: lower case, runs of `-_.` are `-`).
#[derive(Clone, Debug)]
pub struct Name {
    written: String,
    normalized: String,
}

/// The text is no project name.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "`{0}` is not a project name: letters, digits, `-`, `_` and `.`, starting and ending with a letter or digit"
)]
pub struct InvalidName(pub String);

impl Name {
    /// As its author wrote it.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// As PEP 503 compares it: `Foo.Bar_baz` is `foo-bar-baz`.
    pub fn normalized(&self) -> &str {
        &self.normalized
    }

    /// As wheel and sdist file names carry it (PEP 427, PEP 625): normalised, `-` as `_`.
    pub fn escaped(&self) -> String {
        self.normalized.replace('-', "_")
    }
}

/// Lower case, and every run of `-`, `_` and `.` a single `-` (PEP 503).
pub fn normalize(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if matches!(c, '-' | '_' | '.') {
            if !out.ends_with('-') {
                out.push('-');
            }
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

impl FromStr for Name {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let inner = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let ends = text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.ends_with(|c: char| c.is_ascii_alphanumeric());
        if inner && ends {
            Ok(Self { written: text.to_owned(), normalized: normalize(text) })
        } else {
            Err(InvalidName(text.to_owned()))
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.normalized == other.normalized
    }
}
impl Eq for Name {}
impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Name {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.normalized.cmp(&other.normalized)
    }
}
impl std::hash::Hash for Name {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.normalized.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_by_their_normalised_form() {
        let name: Name = "Foo.Bar__baz".parse().unwrap();
        assert_eq!(name, "foo-bar-baz".parse().unwrap());
        assert_eq!(
            (name.written(), name.normalized(), name.escaped().as_str()),
            ("Foo.Bar__baz", "foo-bar-baz", "foo_bar_baz")
        );
        for bad in ["", "-a", "a-", "a b", "a/b", "ü", "..", "a\n"] {
            assert!(bad.parse::<Name>().is_err(), "{bad:?}");
        }
    }
}

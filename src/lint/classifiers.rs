//! The classifiers that the package index takes, embedded with the edition that they are from.

use crate::text::nearest;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Where the list is from.
pub const EDITION: &str = "trove-classifiers 2026.9.21.13";

static TEXT: &str = include_str!("data/classifiers.txt");

/// How a classifier stands with the index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Current,
    /// With those that replace it, joined by ` | `; there may be none.
    Deprecated(&'static str),
    Unknown,
}

fn all() -> &'static BTreeMap<&'static str, Standing> {
    static ALL: OnceLock<BTreeMap<&'static str, Standing>> = OnceLock::new();
    ALL.get_or_init(|| {
        let lines = TEXT.lines().filter(|line| !line.starts_with('#'));
        let entry = |line: &'static str| match line.split_once(" =>") {
            Some((name, instead)) => (name, Standing::Deprecated(instead.trim())),
            None => (line, Standing::Current),
        };
        lines.map(entry).collect()
    })
}

/// How a classifier stands.
pub fn standing(text: &str) -> Standing {
    all().get(text).copied().unwrap_or(Standing::Unknown)
}

/// The classifier that was probably meant.
pub fn nearest(text: &str) -> Option<&'static str> {
    let plain = |text: &str| text.to_lowercase().replace(char::is_whitespace, "");
    let wanted = plain(text);
    let current =
        || all().iter().filter(|(_, standing)| **standing == Standing::Current).map(|(name, _)| *name);
    // The same but for blanks and capitals, else a few letters off, in the same branch of the list.
    let same = current().find(|name| plain(name) == wanted);
    let branch = text.split("::").next().unwrap_or("").trim();
    same.or_else(|| {
        let near: Vec<&str> =
            current().filter(|name| name.starts_with(branch) && !branch.is_empty()).collect();
        let close = |name: &&&str| name.len().abs_diff(text.len()) <= 4;
        nearest::nearest_within(text, near.iter().filter(close).copied(), 4)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_ones_are_offered() {
        assert_eq!(standing("Programming Language :: Python"), Standing::Current);
        assert_eq!(
            standing("Natural Language :: Ukranian"),
            Standing::Deprecated("Natural Language :: Ukrainian")
        );
        assert_eq!(nearest("Programming Language::Python :: 3"), Some("Programming Language :: Python :: 3"));
        assert_eq!(nearest("Programming Language :: Pyhton"), Some("Programming Language :: Python"));
        assert_eq!(nearest("Something else"), None);
    }
}

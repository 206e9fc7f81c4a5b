//! The trove classifiers that the package index takes, embedded with the edition that they are from.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Where the list is from.
pub const EDITION: &str = "trove-classifiers 2026.9.21.13";

static TEXT: &str = include_str!("classifiers.txt");

/// How a classifier stands with the index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Current,
    /// With what replaces it; empty when nothing does.
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

/// Every classifier that a new release may have, sorted.
pub fn known() -> impl Iterator<Item = &'static str> {
    all().iter().filter(|(_, standing)| **standing == Standing::Current).map(|(name, _)| *name)
}

/// How a classifier stands.
pub fn standing(text: &str) -> Standing {
    all().get(text).copied().unwrap_or(Standing::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_holds_what_everybody_uses() {
        assert!(known().is_sorted() && known().count() > 800);
        assert_eq!(standing("Programming Language :: Python :: 3"), Standing::Current);
        assert_eq!(standing("Programming Language :: Python :: 4"), Standing::Unknown);
        let instead = Standing::Deprecated("Natural Language :: Ukrainian");
        assert_eq!(standing("Natural Language :: Ukranian"), instead);
        assert_eq!(standing("Topic :: Games"), Standing::Unknown);
    }
}

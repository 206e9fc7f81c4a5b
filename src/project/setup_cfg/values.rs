//! Texts of setup.cfg as lists, truth values and markers, as setuptools reads them.

use crate::text::whitespace::{split_lines, strip};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

const NAME: &str = r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*";
/// `distutils.version.StrictVersion`.
const STRICT_VERSION: &str = r"[0-9]+\.[0-9]+(?:\.[0-9]+)?(?:[ab][0-9]+)?";

/// `distutils.versionpredicate.split_provision`.
static PROVISION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"\A{NAME}(?:\s*\(\s*{STRICT_VERSION}\s*\))?\z"))
        .expect("internal error: the pattern of provisions is a constant")
});

/// `distutils.versionpredicate.VersionPredicate`.
static PREDICATE: LazyLock<Regex> = LazyLock::new(|| {
    let comparison = format!(r"\s*(?:<=|>=|<|>|!=|==)\s*{STRICT_VERSION}\s*");
    Regex::new(&format!(r"\A\s*{NAME}\s*(?:\({comparison}(?:,{comparison})*\)\s*)?\z"))
        .expect("internal error: the pattern of predicates is a constant")
});

/// Whether an item of `provides` is one that setuptools takes.
pub(super) fn is_provision(text: &str) -> bool {
    PROVISION.is_match(text)
}

/// Whether an item of `requires` or `obsoletes` is one that setuptools takes.
pub(super) fn is_predicate(text: &str) -> bool {
    PREDICATE.is_match(text)
}

/// An item of a list and where it stands in the option's value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

/// Lines when there are several, else what stands between separators; blank items are dropped.
pub(super) fn list(value: &str, separator: char) -> Vec<Item> {
    let pieces: Vec<Range<usize>> = if value.contains('\n') {
        split_lines(value).collect()
    } else {
        let mut start = 0;
        let ends = value.match_indices(separator).map(|(at, _)| at).chain([value.len()]);
        ends.map(|end| std::mem::replace(&mut start, end + separator.len_utf8())..end).collect()
    };
    let items = pieces.into_iter().map(|range| strip(value, range)).filter(|range| !range.is_empty());
    items.map(|range| Item { text: value[range.clone()].to_owned(), range }).collect()
}

/// Truth as setup.cfg's own options have it: anything else than these words is false.
pub(super) fn boolean(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "1" | "true" | "yes")
}

/// Truth as options of commands have it (`distutils.util.strtobool`); `None` is an error.
pub(in crate::project) fn strict_boolean(value: &str) -> Option<bool> {
    match value.to_lowercase().as_str() {
        "y" | "yes" | "t" | "true" | "on" | "1" => Some(true),
        "n" | "no" | "f" | "false" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// The variables that a marker may start with (`packaging.markers.default_environment`).
const VARIABLES: &[&str] = &[
    "implementation_name",
    "implementation_version",
    "os_name",
    "platform_machine",
    "platform_release",
    "platform_system",
    "platform_version",
    "python_full_version",
    "platform_python_implementation",
    "python_version",
    "sys_platform",
];

/// Whether a requirement looks like a marker that lost its requirement.
pub(super) fn starts_with_marker_variable(text: &str) -> bool {
    VARIABLES.iter().any(|variable| text.starts_with(variable))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each answer was given by `distutils.versionpredicate`.
    #[test]
    fn legacy_dependencies() {
        for good in ["a", "a.b_c", "a (1.0)", "a(1.2.3b4)"] {
            assert!(is_provision(good), "{good}");
        }
        for bad in ["", "a-b", "a>=1", "a (1)", "a (1.0", "1a"] {
            assert!(!is_provision(bad) && !is_predicate(bad), "{bad}");
        }
        for good in ["a", "a (>1.0, !=2.1)", " a.b(==1.0a1) "] {
            assert!(is_predicate(good), "{good}");
        }
        for bad in ["a (1.0)", "a (>1.0,)", "a ()", "a b"] {
            assert!(!is_predicate(bad), "{bad}");
        }
    }

    #[test]
    fn lists_split_at_lines_or_separators() {
        let texts =
            |value, separator| list(value, separator).into_iter().map(|item| item.text).collect::<Vec<_>>();
        assert_eq!(texts("a, b", ','), ["a", "b"]);
        assert_eq!(texts("\na, b\n\n c ", ','), ["a, b", "c"]);
        assert_eq!(texts("a;b,c", ';'), ["a", "b,c"]);
        assert_eq!(texts("", ','), [""; 0]);
        for item in list(" a ,é, b", ',') {
            assert_eq!(&" a ,é, b"[item.range], item.text);
        }
    }
}

//! Texts of setup.cfg as lists, truth values and markers, as setuptools reads them.

use crate::text::whitespace::{split_lines, strip};
use std::ops::Range;

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
pub(super) fn strict_boolean(value: &str) -> Option<bool> {
    match value.to_lowercase().as_str() {
        "y" | "yes" | "t" | "true" | "on" | "1" => Some(true),
        "n" | "no" | "f" | "false" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// The variables that a marker may start with (`packaging.markers.default_environment`).
const VARIABLES: &[&str] = &[
    "implementation_name", "implementation_version", "os_name", "platform_machine", "platform_release",
    "platform_system", "platform_version", "python_full_version", "platform_python_implementation", "python_version",
    "sys_platform",
];

/// Whether a requirement looks like a marker that lost its requirement.
pub(super) fn starts_with_marker_variable(text: &str) -> bool {
    VARIABLES.iter().any(|variable| text.starts_with(variable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_split_at_lines_or_separators() {
        let texts = |value, separator| list(value, separator).into_iter().map(|item| item.text).collect::<Vec<_>>();
        assert_eq!(texts("a, b", ','), ["a", "b"]);
        assert_eq!(texts("\na, b\n\n c ", ','), ["a, b", "c"]);
        assert_eq!(texts("a;b,c", ';'), ["a", "b,c"]);
        assert_eq!(texts("", ','), [""; 0]);
        for item in list(" a ,é, b", ',') {
            assert_eq!(&" a ,é, b"[item.range], item.text);
        }
    }
}

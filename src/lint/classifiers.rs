//! The classifier that was probably meant by one that the package index does not take.

use crate::packaging::classifiers::known;
use crate::text::nearest;

/// The classifier that was probably meant.
pub fn nearest(text: &str) -> Option<&'static str> {
    let plain = |text: &str| text.to_lowercase().replace(char::is_whitespace, "");
    let wanted = plain(text);
    // The same but for blanks and capitals, else a few letters off, in the same branch of the list.
    let same = known().find(|name| plain(name) == wanted);
    let branch = text.split("::").next().unwrap_or("").trim();
    same.or_else(|| {
        let near: Vec<&str> = known().filter(|name| name.starts_with(branch) && !branch.is_empty()).collect();
        let close = |name: &&&str| name.len().abs_diff(text.len()) <= 4;
        nearest::nearest_within(text, near.iter().filter(close).copied(), 4)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_ones_are_offered() {
        assert_eq!(nearest("Programming Language::Python :: 3"), Some("Programming Language :: Python :: 3"));
        assert_eq!(nearest("Programming Language :: Pyhton"), Some("Programming Language :: Python"));
        assert_eq!(nearest("Something else"), None);
    }
}

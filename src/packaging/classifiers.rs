//! The trove classifiers that the package index knows, as of the list of `trove-classifiers` 2026.9.21.

/// Sorted.
static KNOWN: &str = include_str!("classifiers.txt");
/// Classifiers that are on their way out, each with what takes its place, if anything does.
static DEPRECATED: &str = include_str!("classifiers_deprecated.txt");

/// Every classifier that a new release may have.
pub fn known() -> impl Iterator<Item = &'static str> {
    KNOWN.lines()
}

pub fn is_known(classifier: &str) -> bool {
    known().any(|one| one == classifier)
}

/// What takes the place of a deprecated classifier; `None` for one that is not deprecated.
pub fn deprecated(classifier: &str) -> Option<Vec<&'static str>> {
    let line =
        DEPRECATED.lines().map(|line| line.split('\t')).find(|line| line.clone().next() == Some(classifier));
    line.map(|line| line.skip(1).filter(|word| !word.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_holds_what_everybody_uses() {
        assert!(KNOWN.lines().is_sorted() && known().count() > 800);
        assert!(
            is_known("Programming Language :: Python :: 3")
                && !is_known("Programming Language :: Python :: 4")
        );
        assert!(
            deprecated("Natural Language :: Ukranian").is_some() && deprecated("Topic :: Games").is_none()
        );
        assert!(known().all(|classifier| deprecated(classifier).is_none()));
    }
}

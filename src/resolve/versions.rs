//! Sets of the versions of one project, as the solver handles them.

use pubgrub::{Ranges, VersionSet};
use std::fmt;
use std::ops::Bound;

/// A set of versions, each named by its place in the project's sorted list.
///
/// Places instead of versions make every question of PEP 440 (local versions, `===`, old spellings) one of admission,
/// asked once for each version that exists. Every interval is half open, so equal sets are equal values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Versions(Ranges<u32>);

impl Versions {
    /// The set of the places for which `admits` holds, among the first `count`.
    pub(super) fn of(count: usize, admits: impl Fn(u32) -> bool) -> Self {
        let mut intervals = Vec::new();
        let mut start = None;
        for place in 0..=count as u32 {
            let inside = (place as usize) < count && admits(place);
            match (inside, start) {
                (true, None) => start = Some(place),
                (false, Some(first)) => {
                    intervals.push((Bound::Included(first), Bound::Excluded(place)));
                    start = None;
                }
                _ => {}
            }
        }
        Self(intervals.into_iter().collect())
    }

    /// The places in the set among the first `count`, ascending.
    pub(super) fn places(&self, count: usize) -> impl DoubleEndedIterator<Item = u32> {
        let count = count as u32;
        self.0.clone().into_iter().flat_map(move |(start, end)| {
            let start = match start {
                Bound::Included(place) => place,
                Bound::Excluded(place) => place + 1,
                Bound::Unbounded => 0,
            };
            let end = match end {
                Bound::Included(place) => place + 1,
                Bound::Excluded(place) => place,
                Bound::Unbounded => count,
            };
            start..end.min(count)
        })
    }
}

impl VersionSet for Versions {
    type V = u32;

    fn empty() -> Self {
        Self(Ranges::empty())
    }

    fn full() -> Self {
        Self(Ranges::full())
    }

    fn singleton(place: u32) -> Self {
        Self(Ranges::between(place, place + 1))
    }

    fn complement(&self) -> Self {
        Self(self.0.complement())
    }

    fn intersection(&self, other: &Self) -> Self {
        Self(self.0.intersection(&other.0))
    }

    fn union(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0))
    }

    fn contains(&self, place: &u32) -> bool {
        self.0.contains(place)
    }

    fn is_disjoint(&self, other: &Self) -> bool {
        self.0.is_disjoint(&other.0)
    }

    fn subset_of(&self, other: &Self) -> bool {
        self.0.subset_of(&other.0)
    }
}

impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_sets_are_equal_values() {
        let neighbours = Versions::singleton(3).union(&Versions::singleton(4));
        assert_eq!(neighbours, Versions::of(9, |place| place == 3 || place == 4));
        assert_eq!(neighbours.places(9).collect::<Vec<_>>(), [3, 4]);
        assert_eq!(neighbours.complement().complement(), neighbours);
        assert_eq!(neighbours.intersection(&Versions::singleton(4)), Versions::singleton(4));
        assert_eq!(Versions::of(3, |_| false), Versions::empty());
    }
}

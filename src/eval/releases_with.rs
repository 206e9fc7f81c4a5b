//! Which Pythons have a name, for tables of names that come and go.

use crate::packaging::Python;

/// The Pythons that have a name; the tables were read off CPython 2.7 and 3.6 to 3.13, so 3.5 is taken as 3.6 and what comes after as
/// 3.13.
#[derive(Clone, Copy)]
pub(super) enum On {
    All,
    Two,
    Three,
    /// Minor versions of Python 3: the first, and the last.
    Between(u8, u8),
    /// Python 2 and Python 3 up to this minor version.
    Until(u8),
}

/// The last of [`On::Between`] where it is still there.
pub(super) const ON: u8 = u8::MAX;

impl On {
    pub(super) fn holds(self, python: Python) -> bool {
        match self {
            Self::All => true,
            Self::Two => python.major == 2,
            Self::Three => python.major == 3,
            Self::Between(first, last) => python.major == 3 && (first..=last).contains(&python.minor),
            Self::Until(last) => python.major == 2 || python.minor <= last,
        }
    }
}

//! Which Python a script runs under is asked for only where the answer depends on it: what was asked decides which
//! targets need a run of their own.

use crate::eval::Evaluator;
use crate::packaging::Python;

/// The oldest and newest Python 3 that spx answers for: what is the same in both is taken to be the same between.
const OLDEST: Python = Python::new(3, 5);
const NEWEST: Python = Python::new(3, 14);
const PYTHON2: Python = Python::new(2, 7);

/// What `make` gives for the target's Python.
pub(super) fn by_python<T: PartialEq>(cx: &mut Evaluator<'_>, make: impl Fn(Python) -> T) -> T {
    if cx.is_python2() {
        return make(PYTHON2);
    }
    let newest = make(NEWEST);
    if newest == make(OLDEST) { newest } else { cx.by_python(make) }
}

/// Whether the target is at least this Python 3.
pub(super) fn at_least(cx: &mut Evaluator<'_>, minor: u8) -> bool {
    cx.at_least(minor)
}

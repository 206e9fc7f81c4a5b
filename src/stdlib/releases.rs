//! Which releases of setuptools, and which `distutils`, a target has: asked for only where the answer depends on it.

use super::versions::at_least;
use crate::eval::Evaluator;
use crate::packaging::requirement_text::Specifiers;

/// Whether the setuptools there is this release or a later one.
pub(super) fn since(cx: &mut Evaluator<'_>, release: &'static [u64]) -> bool {
    cx.has_setuptools(release)
}

/// Whether the setuptools there is older than this release.
pub(super) fn before(cx: &mut Evaluator<'_>, release: &'static [u64]) -> bool {
    !since(cx, release)
}

/// Whether `distutils` is setuptools' own copy, which it is by default since 60.0; else it is the standard library's.
pub(super) fn own_distutils(cx: &mut Evaluator<'_>) -> bool {
    since(cx, &[60])
}

/// Whether `distutils` has something that setuptools' copy lost in a release, and the standard library's in Python 3.`minor`.
pub(super) fn distutils_until(cx: &mut Evaluator<'_>, release: &'static [u64], minor: u8) -> bool {
    if own_distutils(cx) { before(cx, release) } else { cx.is_python2() || !at_least(cx, minor) }
}

/// Which version specifiers the `packaging` of the setuptools there takes.
pub(super) fn specifiers(cx: &mut Evaluator<'_>) -> Specifiers {
    if since(cx, Specifiers::STANDARD_SINCE) { Specifiers::Standard } else { Specifiers::Legacy }
}

/// What is in no clean environment: only there when the build asks for it, or taken as there because nothing replaces it.
pub(super) fn never(_: &mut Evaluator<'_>) -> bool {
    false
}

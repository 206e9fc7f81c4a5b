//! `packaging`: versions, specifiers, requirements, markers, names. setuptools has it on `sys.path` since 71, and before
//! under `setuptools.extern` and `pkg_resources.extern`.
//!
//! Not modelled: tags, `SpecifierSet.filter`, versions that PEP 440 does not know (`LegacyVersion`).

use super::releases;
use crate::eval::module::{Class, Entry, Member, Module, function};
use crate::eval::{Arguments, Evaluator, Raised, Value, exceptions};
use crate::packaging::name::normalize;

mod requirement;
mod specifier;
pub(super) mod version;

pub(super) use requirement::{
    INVALID_REQUIREMENT, REQUIREMENT, fill as fill_requirement, holds as marker_holds,
};
pub(super) use specifier::{SPECIFIER_SET, clauses, contains};

type Result = std::result::Result<Value, Raised>;

macro_rules! homes {
    ($($home:literal $available:path;)*) => {
        /// Every module of this file, under each of its homes.
        pub(super) static MODULES: &[&Module] = &[$(
            &Module { name: $home, members: &[], available: Some($available) },
            &Module { name: concat!($home, ".markers"), members: MARKERS, available: Some($available) },
            &Module { name: concat!($home, ".requirements"), members: REQUIREMENTS, available: Some($available) },
            &Module { name: concat!($home, ".specifiers"), members: SPECIFIERS, available: Some($available) },
            &Module { name: concat!($home, ".utils"), members: UTILS, available: Some($available) },
            &Module { name: concat!($home, ".version"), members: VERSIONS, available: Some($available) },
        )*];
    };
}

homes! {
    "packaging" since_71;
    "pkg_resources.extern.packaging" super::pkg_resources::has_extern;
    "setuptools.extern.packaging" before_71;
}

fn since_71(cx: &mut Evaluator<'_>) -> bool {
    releases::since(cx, &[71])
}

pub(super) fn before_71(cx: &mut Evaluator<'_>) -> bool {
    releases::before(cx, &[71])
}

const VERSIONS: &[Entry] = &[
    ("InvalidVersion", Member::Class(&version::INVALID_VERSION)),
    ("VERSION_PATTERN", Member::Unknown("the pattern of versions is not modelled")),
    ("Version", Member::Class(&version::VERSION)),
    ("parse", function("(version)", |cx, a| version::parse(cx, &a.get(0)))),
];

const SPECIFIERS: &[Entry] = &[
    ("InvalidSpecifier", Member::Class(&specifier::INVALID_SPECIFIER)),
    ("SpecifierSet", Member::Class(&SPECIFIER_SET)),
];

const REQUIREMENTS: &[Entry] = &[
    ("InvalidRequirement", Member::Class(&INVALID_REQUIREMENT)),
    ("Requirement", Member::Class(&REQUIREMENT)),
];

const MARKERS: &[Entry] = &[
    ("InvalidMarker", Member::Class(&requirement::INVALID_MARKER)),
    ("Marker", Member::Class(&requirement::MARKER)),
    ("default_environment", Member::Opaque("the environment of markers depends on the machine that builds")),
];

const UTILS: &[Entry] = &[("canonicalize_name", function("(name, *, validate=False)", canonicalize_name))];

fn canonicalize_name(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.text_of(&arguments.get(0))?;
    Ok(cx.native_text(&normalize(&name)))
}

const VALUE_ERROR: &[&Class] = &[&exceptions::VALUE_ERROR];

/// An exception class of this library: all derive from ValueError.
pub(super) const fn error_class(name: &'static str, module: &'static str) -> Class {
    Class { name, module, bases: VALUE_ERROR, members: &[], new: None }
}

//! `distutils.core`: `setup()`, which is setuptools' own, and the classes that scripts derive from.

use super::setuptools::{COMMAND, DISTRIBUTION, EXTENSION, setup};
use crate::eval::module::{Entry, Member, Module, seeing};

pub(super) static MODULE: Module = Module { name: "distutils.core", members: MEMBERS, available: None };
pub(super) static PACKAGE: Module = Module { name: "distutils", members: &[], available: None };

const MEMBERS: &[Entry] = &[
    ("Command", Member::Class(&COMMAND)),
    ("Distribution", Member::Class(&DISTRIBUTION)),
    ("Extension", Member::Class(&EXTENSION)),
    ("gen_usage", Member::Opaque("`gen_usage` is not modelled")),
    ("run_setup", Member::Opaque("running another setup.py is not followed")),
    ("setup", seeing("(*arguments, **attributes)", setup)),
];

//! `distutils.core`: `setup()`, which is setuptools' own, and the classes that scripts derive from.

use super::setuptools::{COMMAND, DISTRIBUTION, EXTENSION, setup};
use crate::eval::module::{Entry, Member, Module, seeing};
use crate::eval::{Evaluator, Value};

pub(super) static MODULE: Module = Module { name: "distutils.core", members: MEMBERS, available: None };
pub(super) static PACKAGE: Module = Module { name: "distutils", members: &[], available: None };

const MEMBERS: &[Entry] = &[
    ("Command", Member::Class(&COMMAND)),
    ("Distribution", Member::Class(&DISTRIBUTION)),
    ("Extension", Member::Class(&EXTENSION)),
    ("extension_keywords", Member::Constant(|cx| Ok(names(cx, EXTENSION_KEYWORDS)))),
    ("gen_usage", Member::Opaque("`gen_usage` is not modelled")),
    ("run_setup", Member::Opaque("running another setup.py is not followed")),
    ("setup", seeing("(*arguments, **attributes)", setup)),
    ("setup_keywords", Member::Constant(|cx| Ok(names(cx, SETUP_KEYWORDS)))),
];

const SETUP_KEYWORDS: &str = "\
    distclass script_name script_args options name version author author_email maintainer maintainer_email url license \
    description long_description keywords platforms classifiers download_url requires provides obsoletes";

const EXTENSION_KEYWORDS: &str = "\
    name sources include_dirs define_macros undef_macros library_dirs libraries runtime_library_dirs extra_objects \
    extra_compile_args extra_link_args swig_opts export_symbols depends language";

fn names(cx: &mut Evaluator<'_>, names: &str) -> Value {
    Value::tuple(names.split(' ').map(|name| cx.native_text(name)).collect::<Vec<_>>())
}

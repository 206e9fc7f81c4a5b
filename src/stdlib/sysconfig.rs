//! `sysconfig`, `distutils.sysconfig`, `site`, `zipimport`: where and how Python is installed, which the machine decides.

use super::versions::by_python;
use crate::eval::module::{Class, Entry, Member, Module, Native, function, seeing};
use crate::eval::{Arguments, Evaluator, Raised, Value};

pub(super) static MODULES: &[&Module] = &[&DISTUTILS, &SITE, &SYSCONFIG, &ZIPIMPORT];

type Result = std::result::Result<Value, Raised>;

const INSTALLATION: &str = "where and how Python is installed depends on the machine that builds";

/// Asking is harmless; the answer is the machine's.
const ASKED: Member = seeing("(*arguments, **options)", |cx, _| Ok(cx.unknown_value(INSTALLATION)));

static SYSCONFIG: Module = Module { name: "sysconfig", members: SYSCONFIG_MEMBERS, available: None };

const SYSCONFIG_MEMBERS: &[Entry] = &[
    ("get_config_h_filename", ASKED),
    ("get_config_var", ASKED),
    ("get_config_vars", ASKED),
    ("get_default_scheme", Member::Only(|cx| cx.at_least(10), &ASKED)),
    ("get_makefile_filename", ASKED),
    ("get_path", ASKED),
    ("get_path_names", function("()", path_names)),
    ("get_paths", ASKED),
    ("get_platform", function("()", |cx, _| Ok(super::machine::platform_tag(cx)))),
    ("get_python_version", function("()", python_version)),
    ("is_python_build", ASKED),
];

static DISTUTILS: Module =
    Module { name: "distutils.sysconfig", members: DISTUTILS_MEMBERS, available: None };

const DISTUTILS_MEMBERS: &[Entry] = &[
    ("EXEC_PREFIX", Member::Unknown(INSTALLATION)),
    ("PREFIX", Member::Unknown(INSTALLATION)),
    ("customize_compiler", Member::Ignored),
    ("get_config_h_filename", ASKED),
    ("get_config_var", ASKED),
    ("get_config_vars", ASKED),
    ("get_makefile_filename", ASKED),
    ("get_python_inc", ASKED),
    ("get_python_lib", ASKED),
    ("get_python_version", function("()", python_version)),
    ("parse_config_h", ASKED),
    ("parse_makefile", ASKED),
];

fn python_version(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    let version = by_python(cx, |python| python.to_string());
    Ok(cx.native_text(&version))
}

fn path_names(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    let names = ["stdlib", "platstdlib", "purelib", "platlib", "include", "scripts", "data"];
    if cx.is_python2() {
        return Err(cx.unknown("the order of the names is not modelled"));
    }
    Ok(Value::tuple(names.map(|name| cx.native_text(name)).to_vec()))
}

static SITE: Module = Module {
    name: "site",
    members: &[
        ("ENABLE_USER_SITE", Member::Unknown(INSTALLATION)),
        ("PREFIXES", Member::Unknown(INSTALLATION)),
        ("USER_BASE", Member::Unknown(INSTALLATION)),
        ("USER_SITE", Member::Unknown(INSTALLATION)),
        ("addsitedir", Member::Ignored),
        ("getsitepackages", ASKED),
        ("getuserbase", ASKED),
        ("getusersitepackages", ASKED),
    ],
    available: None,
};

static ZIPIMPORT: Module =
    Module { name: "zipimport", members: &[("zipimporter", Member::Class(&ZIP_IMPORTER))], available: None };

static ZIP_IMPORTER: Class = Class {
    name: "zipimporter",
    module: "zipimport",
    bases: &[],
    // CPython never had it; scripts ask.
    members: &[("iter_modules", Member::Only(|_| false, &Member::Ignored))],
    new: Some(Native::looking_at_unknown("(path)", |cx, _| Err(cx.unknown("archives are not opened")))),
};

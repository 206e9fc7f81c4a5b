//! The modules below `setuptools` other than its commands, in the releases that have them.

use super::distutils_modules::SETUPTOOLS_ERRORS;
use super::packaging::before_71;
use super::releases::{before, since};
use super::setuptools::{COMMAND, DISTRIBUTION, EXTENSION};
use super::setuptools_config;
use crate::eval::exceptions::{USER_WARNING, WARNING};
use crate::eval::module::{Class, Entry, Member, Module, function};
use crate::eval::{Evaluator, Raised, Value};

/// Every module of this file.
pub(super) static MODULES: &[&Module] = &[
    &module(
        "setuptools.archive_util",
        None,
        &[
            ("UnrecognizedFormat", Member::Class(&UNRECOGNIZED_FORMAT)),
            ("unpack_archive", Member::Opaque("archives are not opened")),
        ],
    ),
    &module("setuptools.build_meta", None, &[]),
    &module("setuptools.config", None, setuptools_config::MEMBERS),
    &module("setuptools.config.setupcfg", Some(|cx| since(cx, &[61])), setuptools_config::MEMBERS),
    &module("setuptools.dep_util", Some(|cx| before(cx, &[70])), &[("newer_group", Member::Opaque(TIMES))]),
    &module(
        "setuptools.depends",
        None,
        &[
            ("Require", Member::Opaque("what is installed is not looked at")),
            ("find_module", Member::Opaque("`setuptools.depends` is not modelled")),
            (
                "get_module_constant",
                function(super::module_constant::SIGNATURE, super::module_constant::get_module_constant),
            ),
        ],
    ),
    &module(
        "setuptools.discovery",
        Some(|cx| since(cx, &[61])),
        &[
            ("PEP420PackageFinder", Member::Class(&super::setuptools::NAMESPACE_FINDER)),
            ("PackageFinder", Member::Class(&super::setuptools::PACKAGE_FINDER)),
        ],
    ),
    &module("setuptools.dist", None, DIST),
    &module("setuptools.errors", Some(|cx| since(cx, &[42])), SETUPTOOLS_ERRORS),
    &module(
        "setuptools.extension",
        None,
        &[
            ("Extension", Member::Class(&EXTENSION)),
            ("Library", Member::Class(&EXTENSION)),
            ("have_pyrex", function("()", |cx, _| has_cython(cx))),
        ],
    ),
    &module("setuptools.extern", Some(before_71), &[]),
    &module("setuptools.glob", Some(|cx| since(cx, &[28, 5])), &[]),
    &module(
        "setuptools.installer",
        Some(|cx| since(cx, &[42])),
        &[("fetch_build_egg", Member::Opaque("nothing is downloaded"))],
    ),
    &module("setuptools.launch", None, &[]),
    &module("setuptools.lib2to3_ex", Some(|cx| before(cx, &[58])), &[]),
    &module(
        "setuptools.logging",
        Some(|cx| since(cx, &[60, 2])),
        &[
            ("configure", Member::Ignored),
            ("set_threshold", Member::Opaque("the threshold of the log is not followed")),
        ],
    ),
    &module(
        "setuptools.modified",
        Some(|cx| since(cx, &[69])),
        &[
            ("newer", Member::Opaque(TIMES)),
            ("newer_group", Member::Opaque(TIMES)),
            ("newer_pairwise", Member::Opaque(TIMES)),
            ("newer_pairwise_group", Member::Opaque(TIMES)),
        ],
    ),
    &module(
        "setuptools.monkey",
        Some(|cx| since(cx, &[27, 1])),
        &[
            ("get_unpatched", function("(item)", |_, a| Ok(a.get(0)))),
            ("patch_all", Member::Ignored),
            ("patch_func", Member::Ignored),
        ],
    ),
    &module("setuptools.msvc", None, &[]),
    &module("setuptools.namespaces", Some(|cx| since(cx, &[28, 7])), &[]),
    &module(
        "setuptools.package_index",
        Some(|cx| before(cx, &[80, 3])),
        &[("PackageIndex", Member::Opaque("the network is not asked"))],
    ),
    &module("setuptools.pep425tags", Some(|cx| since(cx, &[38, 2]) && before(cx, &[42])), &[]),
    &module("setuptools.py27compat", Some(|cx| before(cx, &[47])), &[]),
    &module("setuptools.py31compat", Some(|cx| before(cx, &[50])), &[]),
    &module("setuptools.py33compat", Some(|cx| before(cx, &[46])), &[]),
    &module(
        "setuptools.sandbox",
        Some(|cx| before(cx, &[80])),
        &[
            ("DirectorySandbox", Member::Opaque("running another setup.py is not followed")),
            ("run_setup", Member::Opaque("running another setup.py is not followed")),
        ],
    ),
    &module("setuptools.ssl_support", Some(|cx| before(cx, &[57, 1])), &[]),
    &module("setuptools.unicode_utils", None, &[]),
    &module("setuptools.version", None, &[("__version__", Member::Constant(version))]),
    &module(
        "setuptools.warnings",
        Some(|cx| since(cx, &[67, 7])),
        &[
            ("InformationOnly", Member::Class(&USER_WARNING)),
            ("SetuptoolsDeprecationWarning", Member::Class(&WARNING)),
            ("SetuptoolsWarning", Member::Class(&USER_WARNING)),
        ],
    ),
    &module("setuptools.wheel", Some(|cx| since(cx, &[38, 2])), &[]),
    &module("setuptools.windows_support", None, &[]),
];

const fn module(
    name: &'static str,
    available: Option<fn(&mut Evaluator<'_>) -> bool>,
    members: &'static [Entry],
) -> Module {
    Module { name, members, available }
}

const TIMES: &str = "the times of files depend on the machine that builds";
const CHECKS: &str = "the checks of a distribution are not modelled";

const DIST: &[Entry] = &[
    ("Command", Member::Class(&COMMAND)),
    ("Distribution", Member::Class(&DISTRIBUTION)),
    ("Feature", Member::Only(|cx| before(cx, &[46]), &Member::Class(&super::setuptools::FEATURE))),
    ("_get_unpatched", Member::Only(|cx| before(cx, &[68]), &function("(item)", |_, a| Ok(a.get(0))))),
    ("assert_bool", Member::Opaque(CHECKS)),
    ("assert_string_list", Member::Opaque(CHECKS)),
    ("check_entry_points", Member::Opaque(CHECKS)),
    ("check_extras", Member::Opaque(CHECKS)),
    ("check_package_data", Member::Opaque(CHECKS)),
    ("check_packages", Member::Opaque(CHECKS)),
    ("check_requirements", Member::Opaque(CHECKS)),
    ("check_test_suite", Member::Only(|cx| before(cx, &[72]), &Member::Opaque(CHECKS))),
    (
        "sequence",
        Member::Only(
            |cx| before(cx, &[75, 2]),
            &Member::Constant(|_| {
                Ok(Value::tuple(vec![
                    Value::class(&crate::eval::types::TUPLE),
                    Value::class(&crate::eval::types::LIST),
                ]))
            }),
        ),
    ),
];

static UNRECOGNIZED_FORMAT: Class = Class {
    name: "UnrecognizedFormat",
    module: "setuptools.archive_util",
    bases: &[&super::distutils_modules::DISTUTILS_ERROR],
    members: &[],
    new: None,
};

fn version(cx: &mut Evaluator<'_>) -> Result<Value, Raised> {
    let version = cx.setuptools_version().to_string();
    Ok(cx.native_text(&version))
}

fn has_cython(cx: &mut Evaluator<'_>) -> Result<Value, Raised> {
    Ok(Value::bool(cx.has_module("Cython")?))
}

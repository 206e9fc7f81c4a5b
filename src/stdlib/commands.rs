//! `setuptools.command.*`, `distutils.command.*`, `wheel.bdist_wheel`: classes that scripts derive their own commands from.
//!
//! No command is ever run, so their methods do nothing and what their options hold is unknown.

use super::releases::{before, distutils_until, own_distutils, since};
use super::setuptools::COMMAND;
use super::versions::at_least;
use crate::eval::module::{Class, Entry, Member, Module, seeing};
use crate::eval::{Arguments, Evaluator, Raised, Value};

type There = Option<fn(&mut Evaluator<'_>) -> bool>;

const OPTIONS: &str = "the options of setuptools' own commands differ from release to release";
const RUNS: &str = "commands are not run";

/// A command of setuptools or distutils, and what a script finds of it on the class.
const fn command(name: &'static str, module: &'static str, bases: &'static [&'static Class]) -> Class {
    Class { name, module, bases, members: MEMBERS, new: None }
}

const MEMBERS: &[Entry] = &[
    ("__init__", seeing("(self, dist=None, **options)", initialise)),
    ("boolean_options", Member::Unknown(OPTIONS)),
    ("build_module", seeing("(self, module, module_file, package)", super::setuptools::build_module)),
    ("byte_compile", Member::Ignored),
    ("description", Member::Unknown(OPTIONS)),
    ("find_package_modules", seeing("(self, package, package_dir)", super::setuptools::find_package_modules)),
    ("get_tag", seeing("(self)", super::setuptools::tag)),
    ("help_options", Member::Unknown(OPTIONS)),
    ("make_release_tree", seeing("(self, base_dir, files)", super::setuptools::make_release_tree)),
    ("negative_opt", Member::Unknown(OPTIONS)),
    ("run", seeing("(self)", super::setuptools::run)),
    ("sub_commands", Member::Unknown(OPTIONS)),
    ("user_options", Member::Unknown(OPTIONS)),
];

fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    cx.put_attribute(&this, "distribution", arguments.get(1));
    for option in arguments.keywords() {
        cx.put_attribute(&this, &option.name, option.value.clone());
    }
    let unknown = cx.unknown_value(RUNS);
    cx.open_attributes(&this, &unknown);
    Ok(Value::NONE)
}

macro_rules! commands {
    (
        distutils { $($d:ident $d_name:literal $d_there:expr, [$($d_more:expr),*];)* }
        setuptools { $($s:ident $s_name:literal [$($s_base:ident)?] $s_there:expr, [$($s_more:expr),*];)* }
    ) => {
        $(static $d: Class = command($d_name, concat!("distutils.command.", $d_name), &[&COMMAND]);)*
        $(static $s: Class = command($s_name, concat!("setuptools.command.", $s_name), commands!(@bases $($s_base)?));)*
        /// Every module of this file.
        pub(super) static MODULES: &[&Module] = &[
            &Module { name: "distutils.command", members: &[], available: None },
            $(&Module {
                name: concat!("distutils.command.", $d_name),
                members: &[($d_name, Member::Class(&$d)) $(, $d_more)*],
                available: $d_there,
            },)*
            &Module { name: "setuptools.command", members: &[], available: None },
            $(&Module {
                name: concat!("setuptools.command.", $s_name),
                members: &[($s_name, Member::Class(&$s)) $(, $s_more)*],
                available: $s_there,
            },)*
            &Module { name: "wheel", members: &[], available: None },
            &Module {
                name: "wheel.bdist_wheel",
                members: &[("bdist_wheel", Member::Class(&BDIST_WHEEL))],
                available: None,
            },
        ];
    };
    (@bases $base:ident) => { &[&$base] };
    (@bases) => { &[&COMMAND] };
}

/// Always there.
const ALWAYS: There = None;

/// A name that tells how commands or the sources of a build are, of which nothing is known.
const fn unknown(name: &'static str) -> Entry {
    (name, Member::Unknown(RUNS))
}

commands! {
    distutils {
        BDIST "bdist" ALWAYS, [unknown("show_formats")];
        BDIST_DUMB "bdist_dumb" ALWAYS, [];
        BDIST_MSI "bdist_msi" Some(|cx| cx.is_windows() && distutils_until(cx, &[65], 11)), [];
        BDIST_RPM "bdist_rpm" ALWAYS, [];
        BDIST_WININST "bdist_wininst" Some(|cx| distutils_until(cx, &[65], 10)), [];
        BUILD "build" ALWAYS, [unknown("show_compilers")];
        BUILD_CLIB "build_clib" ALWAYS, [unknown("show_compilers")];
        BUILD_EXT "build_ext" ALWAYS, [unknown("show_compilers"), unknown("extension_name_re")];
        BUILD_PY "build_py" ALWAYS, [("build_py_2to3", Member::Only(has_2to3, &Member::Class(&BUILD_PY_2TO3)))];
        BUILD_SCRIPTS "build_scripts" ALWAYS, [unknown("first_line_re")];
        CHECK "check" ALWAYS, [];
        CLEAN "clean" ALWAYS, [];
        CONFIG "config" ALWAYS, [unknown("LANG_EXT"), unknown("dump_file")];
        INSTALL "install" ALWAYS, [unknown("INSTALL_SCHEMES"), unknown("SCHEME_KEYS"), unknown("HAS_USER_SITE")];
        INSTALL_DATA "install_data" ALWAYS, [];
        INSTALL_EGG_INFO "install_egg_info" ALWAYS, [];
        INSTALL_HEADERS "install_headers" ALWAYS, [];
        INSTALL_LIB "install_lib" ALWAYS, [unknown("PYTHON_SOURCE_EXTENSION")];
        INSTALL_SCRIPTS "install_scripts" ALWAYS, [];
        REGISTER "register" Some(|cx| distutils_until(cx, &[75], 12)), [];
        SDIST "sdist" ALWAYS, [unknown("show_formats")];
        UPLOAD "upload" Some(|cx| distutils_until(cx, &[75], 12)), [];
    }
    setuptools {
        ALIAS "alias" [] ALWAYS, [];
        BDIST_EGG "bdist_egg" [] ALWAYS, [];
        SETUPTOOLS_BDIST_RPM "bdist_rpm" [BDIST_RPM] ALWAYS, [];
        BDIST_WHEEL "bdist_wheel" [] Some(|cx| since(cx, &[70, 1])), [];
        SETUPTOOLS_BDIST_WININST "bdist_wininst" [BDIST_WININST] Some(|cx| before(cx, &[55])), [];
        SETUPTOOLS_BUILD "build" [BUILD] Some(|cx| since(cx, &[62, 4])), [];
        SETUPTOOLS_BUILD_CLIB "build_clib" [BUILD_CLIB] ALWAYS, [];
        SETUPTOOLS_BUILD_EXT "build_ext" [BUILD_EXT] ALWAYS, [unknown("have_rtld"), unknown("libtype"), unknown("use_stubs")];
        SETUPTOOLS_BUILD_PY "build_py" [BUILD_PY] ALWAYS, [
            ("Mixin2to3", Member::Only(|cx| before(cx, &[58]), &Member::Class(&MIXIN_2TO3)))
        ];
        DEVELOP "develop" [] ALWAYS, [("VersionlessRequirement", Member::Only(|cx| before(cx, &[80]), &unknown("").1))];
        DIST_INFO "dist_info" [] Some(|cx| since(cx, &[36, 6])), [];
        EASY_INSTALL "easy_install" [] Some(|cx| before(cx, &[80, 3]) || since(cx, &[80, 3, 1])), [
            unknown("ScriptWriter"),
            unknown("sys_executable"),
            gone("CommandSpec"),
            gone("PthDistributions"),
            gone("chmod"),
            ("get_script_args", Member::Only(|cx| before(cx, &[68]), &unknown("").1)),
            ("get_script_header", Member::Only(|cx| before(cx, &[68]), &unknown("").1)),
            gone("is_sh"),
            gone("main"),
            gone("nt_quote_arg")
        ];
        EDITABLE_WHEEL "editable_wheel" [] Some(|cx| since(cx, &[64])), [];
        EGG_INFO "egg_info" [] ALWAYS, [
            ("FileList", Member::Unknown(RUNS)),
            ("get_pkg_info_revision", Member::Only(|cx| before(cx, &[68]), &unknown("").1)),
            ("manifest_maker", Member::Class(&MANIFEST_MAKER))
        ];
        SETUPTOOLS_INSTALL "install" [INSTALL] ALWAYS, [];
        SETUPTOOLS_INSTALL_EGG_INFO "install_egg_info" [] ALWAYS, [];
        SETUPTOOLS_INSTALL_LIB "install_lib" [INSTALL_LIB] ALWAYS, [];
        SETUPTOOLS_INSTALL_SCRIPTS "install_scripts" [INSTALL_SCRIPTS] ALWAYS, [];
        SETUPTOOLS_REGISTER "register" [REGISTER] Some(|cx| before(cx, &[75])), [];
        ROTATE "rotate" [] ALWAYS, [];
        SAVEOPTS "saveopts" [] ALWAYS, [];
        SETUPTOOLS_SDIST "sdist" [SDIST] ALWAYS, [unknown("walk_revctrl")];
        SETOPT "setopt" [] ALWAYS, [unknown("config_file"), unknown("edit_config")];
        TEST "test" [] Some(has_test), [
            ("NonDataProperty", Member::Only(|cx| before(cx, &[72]), &unknown("").1)),
            ("ScanningLoader", Member::Only(|cx| before(cx, &[72]), &unknown("").1))
        ];
        SETUPTOOLS_UPLOAD "upload" [UPLOAD] Some(|cx| before(cx, &[75])), [];
        UPLOAD_DOCS "upload_docs" [] Some(|cx| before(cx, &[75])), [];
    }
}

/// What `easy_install` lost with setuptools 80.3.
const fn gone(name: &'static str) -> Entry {
    (name, Member::Only(|cx| before(cx, &[80, 3]), &Member::Unknown(RUNS)))
}

static BUILD_PY_2TO3: Class = command("build_py_2to3", "distutils.command.build_py", &[&BUILD_PY]);
static MIXIN_2TO3: Class =
    Class { name: "Mixin2to3", module: "setuptools.lib2to3_ex", bases: &[], members: &[], new: None };
static MANIFEST_MAKER: Class = command("manifest_maker", "setuptools.command.egg_info", &[&SETUPTOOLS_SDIST]);

/// 2to3 went with setuptools 58, and from the standard library with `distutils` itself.
pub(super) fn has_2to3(cx: &mut Evaluator<'_>) -> bool {
    !cx.is_python2() && if own_distutils(cx) { before(cx, &[58]) } else { !at_least(cx, 12) }
}

/// The command was removed in setuptools 72.0; later releases have a class that says so.
fn has_test(cx: &mut Evaluator<'_>) -> bool {
    before(cx, &[72]) || since(cx, &[72, 1])
}

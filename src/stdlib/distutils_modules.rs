//! The rest of `distutils`: errors, log, compilers, classes that `setuptools` has too.
//!
//! No compiler and no process is run; what they would find is unknown.

use super::releases::{before, distutils_until, own_distutils, since};
use super::setuptools::{COMMAND, DISTRIBUTION, EXTENSION};
use crate::eval::exceptions::EXCEPTION;
use crate::eval::module::{Class, Entry, Member, Module, seeing, when};
use crate::eval::{Arguments, Evaluator, Raised, Value};

/// Every module of this file.
pub(super) static MODULES: &[&Module] = &[
    &ARCHIVE_UTIL,
    &BCPPCOMPILER,
    &CCOMPILER,
    &CMD,
    &CONFIG,
    &CYGWINCCOMPILER,
    &DEBUG,
    &DIST,
    &ERRORS,
    &EXTENSIONS,
    &FANCY_GETOPT,
    &FILELIST,
    &LOG,
    &MSVC9COMPILER,
    &MSVCCOMPILER,
    &SPAWN,
    &TEXT_FILE,
    &UNIXCCOMPILER,
    &VERSIONPREDICATE,
];

type Result = std::result::Result<Value, Raised>;

macro_rules! module {
    ($ident:ident $name:literal $members:expr) => {
        module!($ident $name None, $members);
    };
    ($ident:ident $name:literal $available:expr, $members:expr) => {
        static $ident: Module =
            Module { name: $name, members: { const MEMBERS: &[Entry] = $members; MEMBERS }, available: $available };
    };
}

macro_rules! errors {
    ($($ident:ident $name:literal $base:expr;)*) => {
        $(pub(super) static $ident: Class =
            Class { name: $name, module: "distutils.errors", bases: &[$base], members: &[], new: None };)*
        const ERROR_MEMBERS: &[Entry] = &[$(($name, Member::Class(&$ident))),*];
    };
}

errors! {
    CCOMPILER_ERROR "CCompilerError" &EXCEPTION;
    COMPILE_ERROR "CompileError" &CCOMPILER_ERROR;
    DISTUTILS_ARG_ERROR "DistutilsArgError" &DISTUTILS_ERROR;
    DISTUTILS_BYTE_COMPILE_ERROR "DistutilsByteCompileError" &DISTUTILS_ERROR;
    DISTUTILS_CLASS_ERROR "DistutilsClassError" &DISTUTILS_ERROR;
    DISTUTILS_ERROR "DistutilsError" &EXCEPTION;
    DISTUTILS_EXEC_ERROR "DistutilsExecError" &DISTUTILS_ERROR;
    DISTUTILS_FILE_ERROR "DistutilsFileError" &DISTUTILS_ERROR;
    DISTUTILS_GETOPT_ERROR "DistutilsGetoptError" &DISTUTILS_ERROR;
    DISTUTILS_INTERNAL_ERROR "DistutilsInternalError" &DISTUTILS_ERROR;
    DISTUTILS_MODULE_ERROR "DistutilsModuleError" &DISTUTILS_ERROR;
    DISTUTILS_OPTION_ERROR "DistutilsOptionError" &DISTUTILS_ERROR;
    DISTUTILS_PLATFORM_ERROR "DistutilsPlatformError" &DISTUTILS_ERROR;
    DISTUTILS_SETUP_ERROR "DistutilsSetupError" &DISTUTILS_ERROR;
    DISTUTILS_TEMPLATE_ERROR "DistutilsTemplateError" &DISTUTILS_ERROR;
    LIB_ERROR "LibError" &CCOMPILER_ERROR;
    LINK_ERROR "LinkError" &CCOMPILER_ERROR;
    PREPROCESS_ERROR "PreprocessError" &CCOMPILER_ERROR;
    UNKNOWN_FILE_ERROR "UnknownFileError" &CCOMPILER_ERROR;
}

module!(ERRORS "distutils.errors" ERROR_MEMBERS);

module!(LOG "distutils.log" &[
    ("DEBUG", Member::Constant(|cx| level(cx, 1))),
    ("ERROR", Member::Constant(|cx| level(cx, 4))),
    ("FATAL", Member::Constant(|cx| level(cx, 5))),
    ("INFO", Member::Constant(|cx| level(cx, 2))),
    ("Log", Member::Opaque("nothing is logged")),
    ("WARN", Member::Constant(|cx| level(cx, 3))),
    ("debug", Member::Ignored),
    ("error", Member::Ignored),
    ("fatal", Member::Ignored),
    ("info", Member::Ignored),
    ("log", Member::Ignored),
    ("set_threshold", seeing("(level)", |cx, _| Ok(cx.unknown_value("the threshold of the log is not followed")))),
    ("set_verbosity", Member::Ignored),
    ("warn", Member::Ignored),
]);

/// Levels are those of `logging` since setuptools 65.6.
fn level(cx: &mut Evaluator<'_>, level: i64) -> Result {
    Ok(Value::int(if own_distutils(cx) && since(cx, &[65, 6]) { level * 10 } else { level }))
}

const PROCESS: &str = "what a process does depends on the machine that builds";

module!(SPAWN "distutils.spawn" &[
    ("find_executable", seeing("(executable, path=None)", |cx, _| {
        Ok(cx.unknown_value("which programs there are depends on the machine that builds"))
    })),
    ("spawn", Member::Opaque(PROCESS)),
]);

const COMPILERS: &str = "compilers are not run";

const COMPILER_MEMBERS: &[Entry] = &[("__init__", seeing("(self, *rest, **options)", initialise_compiler))];

static COMPILER: Class = Class {
    name: "CCompiler",
    module: "distutils.ccompiler",
    bases: &[],
    members: COMPILER_MEMBERS,
    new: None,
};
static UNIX_COMPILER: Class = Class {
    name: "UnixCCompiler",
    module: "distutils.unixccompiler",
    bases: &[&COMPILER],
    members: &[],
    new: None,
};
static MSVC_COMPILER: Class = Class {
    name: "MSVCCompiler",
    module: "distutils.msvccompiler",
    bases: &[&COMPILER],
    members: &[],
    new: None,
};
static CYGWIN_COMPILER: Class = Class {
    name: "CygwinCCompiler",
    module: "distutils.cygwinccompiler",
    bases: &[&UNIX_COMPILER],
    members: &[],
    new: None,
};
static MINGW_COMPILER: Class = Class {
    name: "Mingw32CCompiler",
    module: "distutils.cygwinccompiler",
    bases: &[&CYGWIN_COMPILER],
    members: &[],
    new: None,
};

/// Everything about a compiler is unknown.
fn initialise_compiler(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let unknown = cx.unknown_value(COMPILERS);
    cx.open_attributes(&arguments.get(0), &unknown);
    Ok(Value::NONE)
}

fn default_compiler(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if arguments.some(0).is_some() || arguments.some(1).is_some() {
        return Err(cx.unknown("the compiler of another platform is not modelled"));
    }
    let windows = cx.is_windows();
    Ok(cx.native_text(if windows { "msvc" } else { "unix" }))
}

module!(CCOMPILER "distutils.ccompiler" &[
    ("CCompiler", Member::Class(&COMPILER)),
    ("CompileError", Member::Class(&COMPILE_ERROR)),
    ("LinkError", Member::Class(&LINK_ERROR)),
    ("compiler_class", Member::Unknown(COMPILERS)),
    ("gen_lib_options", Member::Opaque(COMPILERS)),
    ("gen_preprocess_options", Member::Opaque(COMPILERS)),
    ("get_default_compiler", seeing("(osname=None, platform=None)", default_compiler)),
    ("new_compiler", Member::Opaque(COMPILERS)),
    ("show_compilers", Member::Ignored),
]);
module!(UNIXCCOMPILER "distutils.unixccompiler" &[("UnixCCompiler", Member::Class(&UNIX_COMPILER))]);
module!(CYGWINCCOMPILER "distutils.cygwinccompiler" &[
    ("CygwinCCompiler", Member::Class(&CYGWIN_COMPILER)),
    ("Mingw32CCompiler", Member::Class(&MINGW_COMPILER)),
    ("get_msvcr", Member::Opaque(COMPILERS)),
]);
module!(MSVCCOMPILER "distutils.msvccompiler" Some(|cx| distutils_until(cx, &[74], 12)), &[
    ("MSVCCompiler", Member::Class(&MSVC_COMPILER)),
    ("get_build_version", Member::Opaque(COMPILERS)),
]);
module!(MSVC9COMPILER "distutils.msvc9compiler" Some(|cx| when::windows(cx) && distutils_until(cx, &[74], 12)), &[
    ("MSVCCompiler", Member::Class(&MSVC_COMPILER)),
    ("find_vcvarsall", Member::Opaque(COMPILERS)),
    ("get_build_version", Member::Opaque(COMPILERS)),
    ("query_vcvarsall", Member::Opaque(COMPILERS)),
]);
module!(BCPPCOMPILER "distutils.bcppcompiler" Some(|cx| distutils_until(cx, &[75], 12)), &[]);

module!(CMD "distutils.cmd" &[("Command", Member::Class(&COMMAND))]);
module!(DIST "distutils.dist" &[
    ("Distribution", Member::Class(&DISTRIBUTION)),
    ("DistributionMetadata", Member::Class(&METADATA)),
]);

pub(super) static METADATA: Class = Class {
    name: "DistributionMetadata",
    module: "distutils.dist",
    bases: &[],
    members: &[(
        "__init__",
        seeing("(self, path=None)", |cx, a| {
            let unknown = cx.unknown_value("what a distribution holds is not followed");
            cx.open_attributes(&a.get(0), &unknown);
            Ok(Value::NONE)
        }),
    )],
    new: None,
};

module!(EXTENSIONS "distutils.extension" &[
    ("Extension", Member::Class(&EXTENSION)),
    ("read_setup_file", Member::Opaque("`read_setup_file` is not modelled")),
]);
module!(DEBUG "distutils.debug" &[("DEBUG", Member::Constant(|cx| {
    cx.note_variable("DISTUTILS_DEBUG");
    Ok(Value::NONE)
}))]);
module!(CONFIG "distutils.config" Some(|cx| distutils_until(cx, &[75], 12)), &[("PyPIRCCommand", Member::Class(&PYPIRC))]);

static PYPIRC: Class =
    Class { name: "PyPIRCCommand", module: "distutils.config", bases: &[&COMMAND], members: &[], new: None };

module!(FANCY_GETOPT "distutils.fancy_getopt" &[
    ("FancyGetopt", Member::Opaque("options of the command line are not read")),
    ("fancy_getopt", Member::Opaque("options of the command line are not read")),
]);
module!(FILELIST "distutils.filelist" &[
    ("FileList", Member::Opaque("`FileList` is not modelled")),
    ("findall", Member::Opaque("`distutils.filelist.findall` gives files in no certain order")),
    ("glob_to_re", Member::Opaque("`glob_to_re` is not modelled")),
    ("translate_pattern", Member::Opaque("`translate_pattern` is not modelled")),
]);
module!(TEXT_FILE "distutils.text_file" &[("TextFile", Member::Opaque("`TextFile` is not modelled"))]);
module!(ARCHIVE_UTIL "distutils.archive_util" &[
    ("make_archive", Member::Opaque("archives are not made")),
    ("make_tarball", Member::Opaque("archives are not made")),
    ("make_zipfile", Member::Opaque("archives are not made")),
]);
module!(VERSIONPREDICATE "distutils.versionpredicate" &[
    ("VersionPredicate", Member::Opaque("`VersionPredicate` is not modelled")),
    ("split_provision", Member::Opaque("`split_provision` is not modelled")),
]);

/// setuptools' own names of the errors, since 59.
pub(super) const SETUPTOOLS_ERRORS: &[Entry] = &[
    ("BaseError", Member::Only(since_59, &Member::Class(&DISTUTILS_ERROR))),
    ("ByteCompileError", Member::Only(since_59, &Member::Class(&DISTUTILS_BYTE_COMPILE_ERROR))),
    ("CCompilerError", Member::Only(since_59, &Member::Class(&CCOMPILER_ERROR))),
    ("ClassError", Member::Only(since_59, &Member::Class(&DISTUTILS_CLASS_ERROR))),
    ("CompileError", Member::Only(since_59, &Member::Class(&COMPILE_ERROR))),
    // These were never there: scripts ask for them and fall back to distutils.
    ("DistutilsExecError", Member::Only(|_| false, &Member::Class(&DISTUTILS_EXEC_ERROR))),
    ("DistutilsPlatformError", Member::Only(|_| false, &Member::Class(&DISTUTILS_PLATFORM_ERROR))),
    ("ExecError", Member::Only(since_59, &Member::Class(&DISTUTILS_EXEC_ERROR))),
    ("FileError", Member::Only(since_59, &Member::Class(&DISTUTILS_FILE_ERROR))),
    ("InternalError", Member::Only(since_59, &Member::Class(&DISTUTILS_INTERNAL_ERROR))),
    ("InvalidConfigError", Member::Only(|cx| since(cx, &[69]), &Member::Class(&INVALID_CONFIG_ERROR))),
    ("LibError", Member::Only(since_59, &Member::Class(&LIB_ERROR))),
    ("LinkError", Member::Only(since_59, &Member::Class(&LINK_ERROR))),
    ("ModuleError", Member::Only(since_59, &Member::Class(&DISTUTILS_MODULE_ERROR))),
    ("OptionError", Member::Only(since_59, &Member::Class(&DISTUTILS_OPTION_ERROR))),
    ("PackageDiscoveryError", Member::Only(|cx| since(cx, &[61]), &Member::Class(&PACKAGE_DISCOVERY_ERROR))),
    ("PlatformError", Member::Only(since_59, &Member::Class(&DISTUTILS_PLATFORM_ERROR))),
    ("PreprocessError", Member::Only(since_59, &Member::Class(&PREPROCESS_ERROR))),
    ("RemovedCommandError", Member::Class(&REMOVED_COMMAND_ERROR)),
    ("SetupError", Member::Only(since_59, &Member::Class(&DISTUTILS_SETUP_ERROR))),
    ("TemplateError", Member::Only(since_59, &Member::Class(&DISTUTILS_TEMPLATE_ERROR))),
    ("UnknownFileError", Member::Only(since_59, &Member::Class(&UNKNOWN_FILE_ERROR))),
];

static INVALID_CONFIG_ERROR: Class = Class {
    name: "InvalidConfigError",
    module: "setuptools.errors",
    bases: &[&DISTUTILS_OPTION_ERROR],
    members: &[],
    new: None,
};
static PACKAGE_DISCOVERY_ERROR: Class = Class {
    name: "PackageDiscoveryError",
    module: "setuptools.errors",
    bases: &[&DISTUTILS_ERROR, &crate::eval::exceptions::RUNTIME_ERROR],
    members: &[],
    new: None,
};
static REMOVED_COMMAND_ERROR: Class = Class {
    name: "RemovedCommandError",
    module: "setuptools.errors",
    bases: &[&DISTUTILS_ERROR, &crate::eval::exceptions::RUNTIME_ERROR],
    members: &[],
    new: None,
};

fn since_59(cx: &mut Evaluator<'_>) -> bool {
    !before(cx, &[59])
}

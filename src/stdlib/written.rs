//! Modules that are written in Python: `python/*.py`, run by the interpreter itself when a script first asks for a name of theirs.

use crate::eval::module::{Entry, Member, Module, when};
use crate::eval::{Evaluator, Raised, Value};

/// Entries of a module's table, all of them defined by one file.
macro_rules! written {
    ($module:literal $file:literal [$($name:literal $(if $there:expr)?),* $(,)?]) => { {
        const MEMBERS: &[$crate::eval::module::Entry] = &[$(($name, $crate::stdlib::written::one!($module $file $name $($there)?))),*];
        MEMBERS
    } };
}

/// One of them, which only some targets may have.
macro_rules! one {
    ($module:literal $file:literal $name:literal) => {
        $crate::eval::module::Member::Constant(|cx| {
            $crate::stdlib::written::load(cx, $module, include_str!(concat!("python/", $file)), $name)
        })
    };
    ($module:literal $file:literal $name:literal $there:expr) => {
        $crate::eval::module::Member::Only($there, &$crate::stdlib::written::one!($module $file $name))
    };
}
pub(super) use one;

/// The name in a module's namespace that holds the namespace in which its file has run.
const DONE: &str = "<written>";

/// What the file defines under a name. It runs in a namespace of its own, so that the module shows nothing but what it has.
pub(super) fn load(
    cx: &mut Evaluator<'_>,
    module: &'static str,
    text: &'static str,
    name: &str,
) -> Result<Value, Raised> {
    let outer = cx.own_namespace(module)?;
    let inner = match cx.namespace_value(&outer, DONE) {
        Some(inner) => inner,
        None => {
            let inner = cx.dict(Vec::new())?;
            cx.run_own(module, text, &inner)?;
            let key = cx.native_text(DONE);
            cx.set_item(&outer, &key, inner.clone())?;
            inner
        }
    };
    match cx.namespace_value(&inner, name) {
        Some(value) => Ok(value),
        None => Err(cx.unknown(format!("`{module}.{name}` is not modelled"))),
    }
}

const fn module(name: &'static str, members: &'static [Entry]) -> Module {
    Module { name, members, available: None }
}

const fn python3(name: &'static str, members: &'static [Entry]) -> Module {
    Module { name, members, available: Some(when::python3) }
}

const MACHINE: &str = "what programs and disks there are depends on the machine that builds";
const ARCHIVE: &str = "archives are not made or opened";

pub(super) static ARGPARSE: Module = module(
    "argparse",
    written!("argparse" "argparse.py" [
        "Action", "ArgumentDefaultsHelpFormatter", "ArgumentError", "ArgumentParser", "ArgumentTypeError", "HelpFormatter",
        "MetavarTypeHelpFormatter" if when::python3, "Namespace", "ONE_OR_MORE", "OPTIONAL", "PARSER",
        "RawDescriptionHelpFormatter", "RawTextHelpFormatter", "REMAINDER", "SUPPRESS", "ZERO_OR_MORE",
    ]),
);

pub(super) static OPTPARSE: Module = module(
    "optparse",
    written!("optparse" "optparse.py" [
        "BadOptionError", "HelpFormatter", "IndentedHelpFormatter", "NO_DEFAULT", "OptParseError", "Option",
        "OptionConflictError", "OptionContainer", "OptionError", "OptionGroup", "OptionParser", "OptionValueError",
        "SUPPRESS_HELP", "SUPPRESS_USAGE", "TitledHelpFormatter", "Values", "make_option",
    ]),
);

pub(super) static ENUM: Module = python3(
    "enum",
    written!("enum" "enum.py" [
        "Enum", "EnumMeta", "EnumType" if |cx| since(cx, 11), "Flag", "IntEnum", "IntFlag",
        "ReprEnum" if |cx| since(cx, 11), "StrEnum" if |cx| since(cx, 11), "auto",
        "member" if |cx| since(cx, 11), "nonmember" if |cx| since(cx, 11), "unique",
    ]),
);

pub(super) static DATETIME: Module = module(
    "datetime",
    written!("datetime" "datetime.py" [
        "MAXYEAR", "MINYEAR", "UTC" if |cx| since(cx, 11), "date", "datetime", "time", "timedelta",
        "timezone" if when::python3, "tzinfo",
    ]),
);

pub(super) static CALENDAR: Module = module(
    "calendar",
    written!("calendar" "calendar.py" [
        "FRIDAY", "MONDAY", "SATURDAY", "SUNDAY", "THURSDAY", "TUESDAY", "WEDNESDAY", "day_abbr", "day_name", "isleap",
        "leapdays", "month_abbr", "month_name", "monthrange", "timegm", "weekday",
    ]),
);

pub(super) static STRUCT: Module =
    module("struct", written!("struct" "struct.py" ["calcsize", "error", "pack", "unpack", "unpack_from"]));

pub(super) static SHUTIL: Module = module("shutil", SHUTIL_MEMBERS);
const SHUTIL_MEMBERS: &[Entry] = &[
    ("Error", one!("shutil" "shutil.py" "Error")),
    ("ExecError", one!("shutil" "shutil.py" "ExecError")),
    ("ReadError", one!("shutil" "shutil.py" "ReadError" when::python3)),
    ("SameFileError", one!("shutil" "shutil.py" "SameFileError" when::python3)),
    ("SpecialFileError", one!("shutil" "shutil.py" "SpecialFileError")),
    ("chown", Member::Only(when::python3, &Member::Ignored)),
    ("copy", one!("shutil" "shutil.py" "copy")),
    ("copy2", one!("shutil" "shutil.py" "copy2")),
    ("copyfile", one!("shutil" "shutil.py" "copyfile")),
    ("copyfileobj", one!("shutil" "shutil.py" "copyfileobj")),
    ("copymode", one!("shutil" "shutil.py" "copymode")),
    ("copystat", one!("shutil" "shutil.py" "copystat")),
    ("copytree", one!("shutil" "shutil.py" "copytree")),
    ("disk_usage", Member::Only(when::python3, &Member::Opaque(MACHINE))),
    ("get_terminal_size", Member::Only(when::python3, &Member::Opaque(MACHINE))),
    ("ignore_patterns", one!("shutil" "shutil.py" "ignore_patterns")),
    ("make_archive", Member::Opaque(ARCHIVE)),
    ("move", one!("shutil" "shutil.py" "move")),
    ("rmtree", one!("shutil" "shutil.py" "rmtree")),
    ("unpack_archive", Member::Only(when::python3, &Member::Opaque(ARCHIVE))),
    ("which", Member::Only(when::python3, &Member::Opaque(MACHINE))),
];

pub(super) static EMAIL_UTILS: Module =
    module("email.utils", written!("email.utils" "email_utils.py" ["formataddr", "parseaddr"]));

/// Whether the target is Python 3 of at least this minor version.
fn since(cx: &mut Evaluator<'_>, minor: u8) -> bool {
    super::versions::at_least(cx, minor)
}

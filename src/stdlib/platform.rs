//! `platform`: what follows from the target; the machine, the host and releases are unknown.

use super::versions::at_least;
use crate::eval::module::{Entry, Member, Module, function, when};
use crate::eval::{Arguments, Evaluator, Raised, Value};

pub(super) static MODULE: Module = Module { name: "platform", members: MEMBERS, available: None };

const MACHINE: &str = "the machine that builds is not known";

const MEMBERS: &[Entry] = &[
    ("system", function("()", system)),
    ("python_version", function("()", python_version)),
    ("python_version_tuple", function("()", python_version_tuple)),
    ("python_implementation", function("()", |cx, _| Ok(cx.native_text("CPython")))),
    ("machine", Member::Opaque(MACHINE)),
    ("processor", Member::Opaque(MACHINE)),
    ("node", Member::Opaque(MACHINE)),
    ("release", Member::Opaque(MACHINE)),
    ("version", Member::Opaque(MACHINE)),
    ("platform", Member::Opaque(MACHINE)),
    ("uname", super::machine::PLATFORM_UNAME),
    ("architecture", Member::Opaque(MACHINE)),
    ("mac_ver", Member::Opaque(MACHINE)),
    ("win32_ver", Member::Opaque(MACHINE)),
    ("libc_ver", Member::Opaque(MACHINE)),
    ("python_build", Member::Opaque(MACHINE)),
    ("python_compiler", Member::Opaque(MACHINE)),
    ("linux_distribution", Member::Only(before_3_8, &Member::Opaque(MACHINE))),
    ("dist", Member::Only(before_3_8, &Member::Opaque(MACHINE))),
    ("freedesktop_os_release", Member::Only(|cx| at_least(cx, 10), &Member::Opaque(MACHINE))),
    ("java_ver", Member::Only(when::python3, &Member::Opaque(MACHINE))),
];

fn before_3_8(cx: &mut Evaluator<'_>) -> bool {
    !at_least(cx, 8)
}

fn system(cx: &mut Evaluator<'_>, _: &Arguments) -> Result<Value, Raised> {
    let system = cx.platform().system();
    Ok(cx.native_text(system))
}

/// The version with the newest micro release of the target's minor, as `sys.version_info` has it.
fn version(cx: &mut Evaluator<'_>) -> [String; 3] {
    let python = cx.python();
    [python.major, python.minor, python.newest_micro()].map(|number| number.to_string())
}

fn python_version(cx: &mut Evaluator<'_>, _: &Arguments) -> Result<Value, Raised> {
    let version = version(cx).join(".");
    Ok(cx.native_text(&version))
}

fn python_version_tuple(cx: &mut Evaluator<'_>, _: &Arguments) -> Result<Value, Raised> {
    let parts = version(cx);
    Ok(Value::tuple(parts.iter().map(|part| cx.native_text(part)).collect::<Vec<_>>()))
}

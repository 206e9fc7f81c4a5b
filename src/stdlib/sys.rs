//! `sys`: the target's version and platform, `argv`, `path`, `exit`; what the machine decides is unknown.

use crate::eval::arguments::Arguments;
use crate::eval::exceptions::{ATTRIBUTE_ERROR, SYSTEM_EXIT};
use crate::eval::module::{Class, Entry, Member, Module, function, when};
use crate::eval::types::TUPLE;
use crate::eval::{Data, Evaluator, OfTheVersion, Raised, Value};
use crate::packaging::Python;
use crate::syntax::python::ast::CmpOp;
use std::sync::Arc;

pub(super) static MODULE: Module = Module { name: "sys", members: MEMBERS, available: None };

type Result = std::result::Result<Value, Raised>;

const MEMBERS: &[Entry] = &[
    ("__stderr__", Member::Constant(stream)),
    ("__stdout__", Member::Constant(stream)),
    ("_getframe", function("(depth=0)", get_frame)),
    ("api_version", Member::Constant(|_| Ok(Value::int(1013)))),
    ("argv", Member::Constant(argv)),
    ("base_exec_prefix", Member::Only(when::python3, &Member::Constant(prefix))),
    ("base_prefix", Member::Only(when::python3, &Member::Constant(prefix))),
    ("builtin_module_names", Member::Constant(|cx| Ok(cx.instance(&BUILTIN_NAMES)))),
    ("byteorder", Member::Constant(|cx| Ok(cx.native_text("little")))),
    ("dont_write_bytecode", Member::Constant(|_| Ok(Value::bool(false)))),
    ("exc_clear", Member::Only(when::python2, &Member::Ignored)),
    ("exc_info", function("()", exception_info)),
    ("exec_prefix", Member::Constant(prefix)),
    ("executable", Member::Constant(executable)),
    ("exit", function("(code=None)", exit)),
    ("exitfunc", Member::Constant(|_| Ok(Value::NONE))),
    ("flags", Member::Unknown("the options of the Python that builds are not known")),
    ("getdefaultencoding", function("()", default_encoding)),
    ("getfilesystemencoding", function("()", file_encoding)),
    ("getrecursionlimit", function("()", |_, _| Ok(Value::int(1000)))),
    ("getrefcount", Member::Opaque("the count of references is not modelled")),
    ("getsizeof", Member::Opaque("the size of an object differs between Pythons")),
    (
        "getwindowsversion",
        Member::Only(when::windows, &Member::Opaque("the version of Windows is not known")),
    ),
    ("hexversion", Member::Constant(hex_version)),
    ("implementation", Member::Only(when::python3, &Member::Constant(implementation))),
    ("maxint", Member::Only(when::python2, &Member::Constant(|_| Ok(Value::int(i64::MAX))))),
    ("maxsize", Member::Constant(|_| Ok(Value::int(i64::MAX)))),
    ("maxunicode", Member::Constant(|_| Ok(Value::int(0x10_ffff)))),
    ("meta_path", Member::Constant(|cx| Ok(cx.list(Vec::new())))),
    ("modules", Member::Constant(modules)),
    ("path", Member::Constant(path)),
    ("path_hooks", Member::Constant(|cx| Ok(cx.list(Vec::new())))),
    ("platform", Member::Constant(platform)),
    ("prefix", Member::Constant(prefix)),
    ("setdefaultencoding", Member::Only(when::python2, &function("(name)", set_default_encoding))),
    ("setrecursionlimit", Member::Ignored),
    ("stderr", Member::Constant(stream)),
    ("stdin", Member::Unknown("what is typed in is not known")),
    ("stdout", Member::Constant(stream)),
    ("subversion", Member::Only(when::python2, &Member::Constant(subversion))),
    ("version", Member::Constant(version)),
    ("version_info", Member::Constant(version_info)),
    ("warnoptions", Member::Constant(|cx| Ok(cx.list(Vec::new())))),
    ("winver", Member::Only(when::windows, &Member::Constant(win_version))),
];

fn argv(cx: &mut Evaluator<'_>) -> Result {
    let arguments = cx.argv().iter().map(|argument| cx.native_text(argument)).collect();
    Ok(cx.list(arguments))
}

/// The project's root, and somewhere the standard library.
fn path(cx: &mut Evaluator<'_>) -> Result {
    let mut entries = Vec::new();
    if cx.is_root_on_path() {
        entries.push(cx.native_text(cx.project_root()));
    }
    entries.push(cx.unknown_value("where Python is installed depends on the machine that builds"));
    Ok(cx.list(entries))
}

fn modules(cx: &mut Evaluator<'_>) -> Result {
    Ok(cx.modules_dict())
}

fn platform(cx: &mut Evaluator<'_>) -> Result {
    let platform = cx.platform();
    let python = if cx.is_python2() { Python::new(2, 7) } else { Python::new(3, 5) };
    Ok(cx.native_text(platform.sys_platform(python)))
}

/// A text that names the machine: usable in paths, unknown in metadata.
fn installed(cx: &mut Evaluator<'_>, below: &str) -> Value {
    let above = cx.project_root().rsplit_once(['/', '\\']).map_or("", |(above, _)| above).to_owned();
    cx.native_text(&format!("{above}/{below}"))
}

fn prefix(cx: &mut Evaluator<'_>) -> Result {
    Ok(installed(cx, "python"))
}

fn executable(cx: &mut Evaluator<'_>) -> Result {
    Ok(installed(cx, "python/bin/python"))
}

fn full(python: Python) -> String {
    format!("{python}.{}", python.newest_micro())
}

/// `3.11.7 (…)`, whose compiler and date are the machine's own.
fn version(cx: &mut Evaluator<'_>) -> Result {
    let number = full(cx.python());
    Ok(cx.native_text(&format!("{number} (main, \u{1a}) \n[GCC \u{1a}]")))
}

fn win_version(cx: &mut Evaluator<'_>) -> Result {
    let python = cx.python();
    Ok(cx.native_text(&python.to_string()))
}

fn hex_version(cx: &mut Evaluator<'_>) -> Result {
    let python = cx.python();
    let parts = [python.major, python.minor, python.newest_micro(), 0xf0];
    Ok(Value::int(i64::from(u32::from_be_bytes(parts))))
}

fn implementation(cx: &mut Evaluator<'_>) -> Result {
    let made = cx.instance(&NAMESPACE);
    let name = cx.native_text("cpython");
    cx.put_attribute(&made, "name", name);
    let version = version_info(cx)?;
    cx.put_attribute(&made, "version", version);
    Ok(made)
}

static NAMESPACE: Class =
    Class { name: "SimpleNamespace", module: "types", bases: &[], members: &[], new: None };

fn subversion(cx: &mut Evaluator<'_>) -> Result {
    let parts = ["CPython", "", ""].map(|part| cx.native_text(part));
    Ok(Value::tuple(parts.to_vec()))
}

pub(super) fn exit(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let arguments = arguments.given(0).cloned().into_iter().collect();
    Err(cx.error_with(&SYSTEM_EXIT, arguments))
}

static FRAME: Class =
    Class { name: "frame", module: "builtins", bases: &[], members: FRAME_MEMBERS, new: None };

const FRAME_MEMBERS: &[Entry] = &[
    ("f_back", Member::Unknown("the frames of a running program are not modelled")),
    ("f_code", Member::Unknown("the frames of a running program are not modelled")),
    ("f_lineno", Member::Unknown("the frames of a running program are not modelled")),
];

/// The code of a frame, of which only the name is followed.
static CODE: Class = Class {
    name: "code",
    module: "builtins",
    bases: &[],
    members: &[
        ("co_filename", Member::Unknown("the frames of a running program are not modelled")),
        ("co_firstlineno", Member::Unknown("the frames of a running program are not modelled")),
    ],
    new: None,
};

/// A frame, with its namespaces.
fn get_frame(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let depth = usize::try_from(cx.int_of(&arguments.get(0))?).unwrap_or(usize::MAX);
    frame(cx, depth)
}

pub(super) fn frame(cx: &mut Evaluator<'_>, depth: usize) -> Result {
    let Some((globals, locals)) = cx.frame_namespaces(depth) else {
        return Err(cx.error(&crate::eval::exceptions::VALUE_ERROR, "call stack is not deep enough"));
    };
    let frame = cx.instance(&FRAME);
    cx.put_attribute(&frame, "f_globals", globals);
    cx.put_attribute(&frame, "f_locals", locals);
    if let Some(name) = cx.frame_name(depth) {
        let code = cx.instance(&CODE);
        let name = cx.native_text(&name);
        cx.put_attribute(&code, "co_name", name);
        cx.put_attribute(&frame, "f_code", code);
    }
    Ok(frame)
}

static TRACEBACK: Class =
    Class { name: "traceback", module: "builtins", bases: &[], members: TRACEBACK_MEMBERS, new: None };

const TRACEBACK_MEMBERS: &[Entry] = &[
    ("tb_frame", Member::Unknown("the frames of a running program are not modelled")),
    ("tb_lineno", Member::Unknown("the frames of a running program are not modelled")),
    ("tb_next", Member::Unknown("the frames of a running program are not modelled")),
];

fn exception_info(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    let Some(exception) = cx.handled_exception() else {
        return Ok(Value::tuple(vec![Value::NONE; 3]));
    };
    if exception.is_unknown() {
        return Ok(Value::tuple(vec![exception; 3]));
    }
    let class = cx.class_of(&exception).value();
    let traceback = cx.instance(&TRACEBACK);
    Ok(Value::tuple(vec![class, exception, traceback]))
}

fn default_encoding(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    Ok(cx.native_text(if cx.is_python2() { "ascii" } else { "utf-8" }))
}

fn file_encoding(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    Ok(cx.native_text("utf-8"))
}

fn set_default_encoding(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.text_of(&arguments.get(0))?.to_ascii_lowercase();
    cx.set_default_utf8(name.starts_with("utf"));
    Ok(Value::NONE)
}

// Streams.

static STREAM: Class = Class {
    name: "TextIOWrapper",
    module: "_io",
    bases: &[],
    members: &[
        ("buffer", Member::Only(when::python3, &Member::Constant(stream))),
        ("encoding", Member::Unknown("the terminal of the machine that builds is not known")),
        ("fileno", Member::Opaque("the terminal of the machine that builds is not known")),
        ("flush", Member::Ignored),
        ("isatty", Member::Opaque("the terminal of the machine that builds is not known")),
        ("reconfigure", Member::Only(|cx| cx.at_least(7), &Member::Ignored)),
        ("write", Member::Ignored),
        ("writelines", Member::Ignored),
        ("close", Member::Ignored),
    ],
    new: None,
};

fn stream(cx: &mut Evaluator<'_>) -> Result {
    Ok(cx.instance(&STREAM))
}

/// `sys.stdout`, when the script put something of its own there.
pub(super) fn replaced_output(cx: &mut Evaluator<'_>) -> std::result::Result<Option<Value>, Raised> {
    let module = cx.import_module("sys")?;
    let output = cx.get_attribute(&module, "stdout")?;
    Ok(if cx.is_instance(&output, &STREAM) { None } else { Some(output) })
}

/// `sys.builtin_module_names`: what is asked of it is whether this is `PyPy`.
static BUILTIN_NAMES: Class = Class {
    name: "tuple",
    module: "builtins",
    bases: &[],
    members: &[
        ("__contains__", function("(self, name)", is_built_in)),
        ("__iter__", Member::Opaque(BUILT_IN)),
    ],
    new: None,
};

const BUILT_IN: &str = "which modules are built in depends on the Python that builds";

fn is_built_in(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.text_of(&arguments.get(1))?;
    match &*name {
        // What other implementations build in: that is what a script asks for.
        "__pypy__" | "__graalpython__" | "_cffi_backend" | "_pypyjson" => Ok(Value::bool(false)),
        "sys" => Ok(Value::bool(true)),
        "builtins" => Ok(Value::bool(!cx.is_python2())),
        "__builtin__" => Ok(Value::bool(cx.is_python2())),
        _ => Err(cx.unknown(BUILT_IN)),
    }
}

// The version.

static VERSION_INFO: Class =
    Class { name: "version_info", module: "sys", bases: &[&TUPLE], members: VERSION_MEMBERS, new: None };

/// On Python 2 it is no `tuple`.
static OLD_VERSION_INFO: Class =
    Class { name: "version_info", module: "sys", bases: &[], members: VERSION_MEMBERS, new: None };

const VERSION_MEMBERS: &[Entry] = &[
    ("__eq__", function("(self, other)", |cx, a| compare_version(cx, a, CmpOp::Eq))),
    ("__ge__", function("(self, other)", |cx, a| compare_version(cx, a, CmpOp::GtE))),
    ("__getitem__", function("(self, key)", version_item)),
    ("__gt__", function("(self, other)", |cx, a| compare_version(cx, a, CmpOp::Gt))),
    ("__iter__", function("(self)", iterate_version)),
    ("__le__", function("(self, other)", |cx, a| compare_version(cx, a, CmpOp::LtE))),
    ("__lt__", function("(self, other)", |cx, a| compare_version(cx, a, CmpOp::Lt))),
    ("__ne__", function("(self, other)", |cx, a| compare_version(cx, a, CmpOp::NotEq))),
    ("__repr__", function("(self)", show_version)),
    ("__setattr__", function("(self, name, value)", no_change)),
    ("major", Member::Property(|cx, _| Ok(Value::int(if cx.is_python2() { 2 } else { 3 })))),
    ("micro", Member::Property(|cx, _| Ok(Value::int(i64::from(cx.python().newest_micro()))))),
    ("minor", Member::Property(|cx, _| Ok(Value::int(i64::from(cx.python().minor))))),
    ("releaselevel", Member::Property(|cx, _| Ok(cx.native_text("final")))),
    ("serial", Member::Property(|_, _| Ok(Value::int(0)))),
];

fn show_version(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let parts = cx.plain(&arguments.get(0));
    let mut fields = Vec::new();
    for (name, part) in ["major", "minor", "micro", "releaselevel", "serial"].iter().zip(cx.items(&parts)?) {
        let part = cx.repr(&part)?;
        fields.push(format!("{name}={}", cx.text_of(&part)?));
    }
    Ok(cx.native_text(&format!("sys.version_info({})", fields.join(", "))))
}

fn no_change(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    Err(cx.error(&ATTRIBUTE_ERROR, "readonly attribute"))
}

fn parts(cx: &Evaluator<'_>, python: Python) -> Vec<Value> {
    let numbers = [python.major, python.minor, python.newest_micro()].map(|part| Value::int(i64::from(part)));
    let mut parts = numbers.to_vec();
    parts.push(cx.native_text("final"));
    parts.push(Value::int(0));
    parts
}

/// `sys.version_info`: a tuple; what only asks for the major version is not on record as looking at the minor one, nor is a
/// comparison whose answer is the same.
fn version_info(cx: &mut Evaluator<'_>) -> Result {
    let target = cx.target_python();
    let of_major = Python::ALL.into_iter().filter(|python| python.major == target.major);
    let versions = of_major.map(|python| (python, Value::tuple(parts(cx, python)))).collect();
    let payload = Value::tuple(parts(cx, target));
    let class = if cx.is_python2() { &OLD_VERSION_INFO } else { &VERSION_INFO };
    let made = cx.instance_with_payload(class, payload);
    cx.carry(&made, Arc::new(OfTheVersion(versions)));
    Ok(made)
}

fn iterate_version(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let parts = cx.plain(&arguments.get(0));
    cx.iter(&parts)
}

fn version_item(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (this, key) = (arguments.get(0), arguments.get(1));
    let whole = cx.payload(&this);
    let own = cx.get_item(&whole, &key)?;
    let mut items = Vec::new();
    let mut differs = false;
    for (python, value) in cx.carried::<OfTheVersion>(&this).iter().flat_map(|versions| &versions.0) {
        let item = cx.get_item(value, &key)?;
        differs |= !cx.equal(&item, &own)?;
        items.push((*python, item));
    }
    if differs && matches!(own.data, Data::Tuple(_)) {
        let part = cx.instance_with_payload(&TUPLE, own);
        cx.carry(&part, Arc::new(OfTheVersion(items)));
        return Ok(part);
    }
    if differs {
        cx.python();
    }
    Ok(own)
}

fn compare_version(cx: &mut Evaluator<'_>, arguments: &Arguments, op: CmpOp) -> Result {
    cx.compare(op, &arguments.get(0), &arguments.get(1))
}

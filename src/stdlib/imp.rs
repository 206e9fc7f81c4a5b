//! `imp`: modules loaded by path. Gone in Python 3.12. Not modelled: compiled modules, `get_magic`, locks.

use super::loading;
use super::versions::at_least;
use crate::eval::module::{Entry, Member, Module, function};
use crate::eval::{Arguments, Evaluator, Raised, Value, exceptions};

pub(super) static MODULE: Module = Module { name: "imp", members: MEMBERS, available: Some(before_3_12) };

type Result = std::result::Result<Value, Raised>;

const MEMBERS: &[Entry] = &[
    ("C_BUILTIN", Member::Constant(|_| Ok(Value::int(6)))),
    ("C_EXTENSION", Member::Constant(|_| Ok(Value::int(3)))),
    ("PKG_DIRECTORY", Member::Constant(|_| Ok(Value::int(PACKAGE)))),
    ("PY_COMPILED", Member::Constant(|_| Ok(Value::int(2)))),
    ("PY_FROZEN", Member::Constant(|_| Ok(Value::int(7)))),
    ("PY_SOURCE", Member::Constant(|_| Ok(Value::int(SOURCE)))),
    ("acquire_lock", Member::Ignored),
    ("find_module", function("(name, path=None)", find_module)),
    ("get_suffixes", Member::Opaque("the suffixes of compiled modules depend on the Python that builds")),
    ("load_module", function("(name, file, filename, details)", load_module)),
    ("load_package", function("(name, path)", |cx, a| load_package(cx, &a.get(0), &a.get(1)))),
    ("load_source", function("(name, pathname, file=None)", |cx, a| load_source(cx, &a.get(0), &a.get(1)))),
    ("lock_held", function("()", |_, _| Ok(Value::bool(false)))),
    ("new_module", function("(name)", new_module)),
    ("release_lock", Member::Ignored),
    ("reload", function("(module)", |cx, a| loading::reload(cx, &a.get(0)))),
];

const SOURCE: i64 = 1;
const PACKAGE: i64 = 5;

/// Python 2 has it too.
fn before_3_12(cx: &mut Evaluator<'_>) -> bool {
    !at_least(cx, 12)
}

fn load_source(cx: &mut Evaluator<'_>, name: &Value, path: &Value) -> Result {
    let (name, path) = (cx.text_of(name)?, cx.path_of(path)?);
    loading::load_file(cx, &name, &path, None)
}

fn load_package(cx: &mut Evaluator<'_>, name: &Value, directory: &Value) -> Result {
    let (name, directory) = (cx.text_of(name)?, cx.path_of(directory)?);
    let file = loading::beside(cx, &directory, "__init__.py");
    loading::load_file(cx, &name, &file, Some(&directory))
}

fn new_module(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.text_of(&arguments.get(0))?;
    Ok(cx.make_module(&name).0)
}

fn load_module(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let details = cx.items(&arguments.get(3))?;
    let Some(kind) = details.get(2) else {
        return Err(cx.error(&exceptions::VALUE_ERROR, "not enough values to unpack"));
    };
    match cx.int_of(kind)? {
        SOURCE => load_source(cx, &arguments.get(0), &arguments.get(2)),
        PACKAGE => load_package(cx, &arguments.get(0), &arguments.get(2)),
        _ => Err(cx.unknown("compiled modules are not loaded")),
    }
}

/// The file, its path and `(suffix, mode, kind)`.
fn find_module(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.text_of(&arguments.get(0))?;
    let given = arguments.some(1).is_some();
    let directories = match arguments.some(1).cloned() {
        Some(path) => cx.items(&path)?,
        None => {
            let path = loading::search_path(cx)?;
            cx.partly_known(&path)?.0
        }
    };
    for directory in directories {
        if !given && directory.is_unknown() {
            continue;
        }
        let directory = cx.path_of(&directory)?;
        if cx.is_outside(&directory) {
            // What Python itself and the build install is asked for below.
            if !given {
                continue;
            }
            return Err(cx.unknown("what stands outside the project depends on the machine that builds"));
        }
        let package = loading::beside(cx, &directory, &name);
        let init = loading::beside(cx, &package, "__init__.py");
        if cx.is_file(&init)? {
            let (path, empty) = (cx.native_text(&package), cx.native_text(""));
            let details = Value::tuple(vec![empty.clone(), empty, Value::int(PACKAGE)]);
            return Ok(Value::tuple(vec![Value::NONE, path, details]));
        }
        let file = loading::beside(cx, &directory, &format!("{name}.py"));
        if cx.is_file(&file)? {
            let path = cx.native_text(&file);
            let builtins = cx.import_module("builtins")?;
            let opened = cx.call_method(&builtins, "open", vec![path.clone()])?;
            let (suffix, mode) = (cx.native_text(".py"), if cx.is_python2() { "U" } else { "r" });
            let details = Value::tuple(vec![suffix, cx.native_text(mode), Value::int(SOURCE)]);
            return Ok(Value::tuple(vec![opened, path, details]));
        }
    }
    if !given && cx.has_module(&name)? {
        return Err(cx.unknown(format!("where `{name}` stands depends on the machine that builds")));
    }
    let shown = if cx.is_python2() { name.to_string() } else { format!("'{name}'") };
    Err(cx.error(&exceptions::IMPORT_ERROR, format!("No module named {shown}")))
}

//! `os`: the project's tree, an empty environment, and what a machine would answer, which is unknown.
//!
//! Files that the script writes, makes or removes change what it sees itself, and nothing else. `os.walk` gives names
//! sorted, where Python's order is the directory's own.

use crate::eval::arguments::Arguments;
use crate::eval::exceptions::{KEY_ERROR, OS_ERROR, STOP_ITERATION};
use crate::eval::module::{Class, Entry, Member, Module, function, seeing, when};
use crate::eval::{Evaluator, Raised, Value};
use crate::system::Kind;

pub(super) static MODULE: Module = Module { name: "os", members: MEMBERS, available: None };

type Result = std::result::Result<Value, Raised>;

const VARIABLE: &str = "variables of the environment depend on the machine that builds";

const MEMBERS: &[Entry] = &[
    ("SEEK_CUR", Member::Constant(|_| Ok(Value::int(1)))),
    ("SEEK_END", Member::Constant(|_| Ok(Value::int(2)))),
    ("SEEK_SET", Member::Constant(|_| Ok(Value::int(0)))),
    ("F_OK", Member::Constant(|_| Ok(Value::int(0)))),
    ("O_RDONLY", Member::Constant(|_| Ok(Value::int(0)))),
    ("R_OK", Member::Constant(|_| Ok(Value::int(4)))),
    ("W_OK", Member::Constant(|_| Ok(Value::int(2)))),
    ("X_OK", Member::Constant(|_| Ok(Value::int(1)))),
    ("access", function("(path, mode)", access)),
    ("altsep", Member::Constant(|cx| Ok(if cx.is_windows() { cx.native_text("/") } else { Value::NONE }))),
    ("chdir", function("(path)", change_directory)),
    ("chmod", Member::Ignored),
    (
        "cpu_count",
        Member::Only(
            when::python3,
            &Member::Opaque("the number of processors depends on the machine that builds"),
        ),
    ),
    ("curdir", Member::Constant(|cx| Ok(cx.native_text(".")))),
    (
        "devnull",
        Member::Constant(|cx| {
            Ok(if cx.is_windows() { cx.native_text("nul") } else { cx.native_text("/dev/null") })
        }),
    ),
    ("environ", Member::Constant(environment)),
    ("error", Member::Class(&OS_ERROR)),
    ("extsep", Member::Constant(|cx| Ok(cx.native_text(".")))),
    ("fspath", Member::Only(when::python3, &function("(path)", fspath))),
    ("fsdecode", Member::Only(when::python3, &function("(path)", fspath))),
    ("getcwd", function("()", working_directory)),
    ("getcwdu", Member::Only(when::python2, &function("()", unicode_working_directory))),
    ("getenv", function("(key, default=None)", get_variable)),
    ("getpid", Member::Opaque("the process's number differs from build to build")),
    ("getuid", Member::Only(when::posix, &Member::Opaque("the user depends on the machine that builds"))),
    ("geteuid", Member::Only(when::posix, &Member::Opaque("the user depends on the machine that builds"))),
    ("getlogin", Member::Opaque("the user depends on the machine that builds")),
    (
        "linesep",
        Member::Constant(|cx| {
            Ok(if cx.is_windows() { cx.native_text("\r\n") } else { cx.native_text("\n") })
        }),
    ),
    ("listdir", function("(path='.')", list_directory)),
    ("makedirs", Member::Ignored),
    ("mkdir", Member::Ignored),
    ("name", Member::Constant(os_name)),
    ("pardir", Member::Constant(|cx| Ok(cx.native_text("..")))),
    ("path", Member::Module("os.path")),
    (
        "pathsep",
        Member::Constant(|cx| Ok(if cx.is_windows() { cx.native_text(";") } else { cx.native_text(":") })),
    ),
    ("popen", Member::Opaque("what a program prints depends on the machine that builds")),
    ("putenv", Member::Ignored),
    ("readlink", Member::Opaque("where a link leads is not modelled")),
    ("remove", function("(path)", remove)),
    ("removedirs", Member::Ignored),
    ("rename", function("(src, dst)", rename)),
    ("replace", Member::Only(when::python3, &function("(src, dst)", rename))),
    ("rmdir", Member::Ignored),
    ("scandir", Member::Only(when::python3, &Member::Opaque("`os.scandir` is not modelled"))),
    (
        "sep",
        Member::Constant(|cx| Ok(if cx.is_windows() { cx.native_text("\\") } else { cx.native_text("/") })),
    ),
    ("stat", function("(path)", stat)),
    ("symlink", Member::Ignored),
    ("system", Member::Opaque("what a program answers depends on the machine that builds")),
    ("umask", Member::Opaque("the umask depends on the machine that builds")),
    ("uname", Member::Only(when::posix, &super::machine::POSIX_UNAME)),
    ("unlink", function("(path)", remove)),
    ("unsetenv", Member::Ignored),
    ("urandom", Member::Opaque("random bytes differ from build to build")),
    ("utime", Member::Ignored),
    ("walk", function("(top, topdown=True, onerror=None, followlinks=False)", walk)),
];

fn os_name(cx: &mut Evaluator<'_>) -> Result {
    let name = cx.platform().os_name();
    Ok(cx.native_text(name))
}

fn working_directory(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    let directory = cx.working_directory();
    Ok(cx.native_text(&directory))
}

fn unicode_working_directory(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    Ok(Value::text(cx.working_directory()))
}

fn change_directory(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let path = cx.path_of(&arguments.get(0))?;
    if path.is_empty() {
        return Err(cx.no_such_file(""));
    }
    cx.change_directory(&path)?;
    Ok(Value::NONE)
}

fn fspath(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let path = cx.path_of(&arguments.get(0))?;
    Ok(cx.native_text(&path))
}

fn access(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let path = cx.path_of(&arguments.get(0))?;
    if cx.exists(&path)? {
        return Err(cx.unknown("what may be done with a file depends on the machine that builds"));
    }
    Ok(Value::bool(false))
}

fn list_directory(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let argument = arguments.get(0);
    let path = cx.path_of(&argument)?;
    let names = cx.list_directory(&path)?;
    let like = cx.plain(&argument);
    let names = names.iter().map(|(name, _)| cx.text_like(&like, name)).collect();
    Ok(cx.listed(names, 0))
}

fn remove(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let path = cx.path_of(&arguments.get(0))?;
    if !cx.exists(&path)? {
        return Err(cx.no_such_file(&path));
    }
    cx.remove_file(&path);
    Ok(Value::NONE)
}

fn rename(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (from, to) = (cx.path_of(&arguments.get(0))?, cx.path_of(&arguments.get(1))?);
    if cx.kind_of(&from) == Some(Kind::File) {
        let content = Value::bytes(cx.read_file(&from)?);
        cx.write_file(&to, content);
        cx.remove_file(&from);
    } else if !cx.exists(&from)? {
        return Err(cx.no_such_file(&from));
    }
    Ok(Value::NONE)
}

fn stat(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let path = cx.path_of(&arguments.get(0))?;
    if !cx.exists(&path)? {
        return Err(cx.no_such_file(&path));
    }
    Err(cx.unknown("times and modes of files differ from build to build"))
}

// The environment.

static ENVIRON: Class = Class {
    name: "_Environ",
    module: "os",
    bases: &[],
    members: &[
        ("__contains__", function("(self, key)", has_variable)),
        ("__delitem__", function("(self, key)", delete_variable)),
        ("__getitem__", function("(self, key)", read_variable)),
        ("copy", function("(self)", copy_environment)),
        ("get", function("(self, key, default=None)", get_own_variable)),
        ("has_key", Member::Only(when::python2, &function("(self, key)", has_variable))),
        ("pop", seeing("(self, key, *default)", pop_variable)),
        ("setdefault", function("(self, key, default)", set_default_variable)),
    ],
    new: None,
};

/// `os.environ`: `PATH` and `HOME`, whose values are unknown.
fn environment(cx: &mut Evaluator<'_>) -> Result {
    let unknown = cx.unknown_value(VARIABLE);
    let names = [cx.native_text("PATH"), cx.native_text("HOME")];
    let values = cx.dict(names.map(|name| (name, unknown.clone())).to_vec())?;
    Ok(cx.instance_with_payload(&ENVIRON, values))
}

/// What the environment holds under a name, which is put on record as asked for.
fn variable(
    cx: &mut Evaluator<'_>,
    environ: &Value,
    key: &Value,
) -> std::result::Result<Option<Value>, Raised> {
    let name = cx.text_of(key)?;
    cx.note_variable(&name);
    let values = cx.plain(environ);
    if cx.contains(&values, key)? { cx.get_item(&values, key).map(Some) } else { Ok(None) }
}

fn has_variable(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(Value::bool(variable(cx, &arguments.get(0), &arguments.get(1))?.is_some()))
}

fn read_variable(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let key = arguments.get(1);
    match variable(cx, &arguments.get(0), &key)? {
        Some(value) => Ok(value),
        None => Err(cx.error_with(&KEY_ERROR, vec![key])),
    }
}

fn get_own_variable(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(variable(cx, &arguments.get(0), &arguments.get(1))?.unwrap_or_else(|| arguments.get(2)))
}

fn get_variable(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let os = cx.import_module("os")?;
    let environ = cx.get_attribute(&os, "environ")?;
    Ok(variable(cx, &environ, &arguments.get(0))?.unwrap_or_else(|| arguments.get(1)))
}

fn pop_variable(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (environ, key) = (arguments.get(0), arguments.get(1));
    match (variable(cx, &environ, &key)?, arguments.rest().first()) {
        (Some(value), _) => {
            let values = cx.plain(&environ);
            cx.delete_item(&values, &key)?;
            Ok(value)
        }
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(cx.error_with(&KEY_ERROR, vec![key])),
    }
}

fn delete_variable(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let values = cx.plain(&arguments.get(0));
    cx.delete_item(&values, &arguments.get(1))?;
    Ok(Value::NONE)
}

fn set_default_variable(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (environ, key) = (arguments.get(0), arguments.get(1));
    if let Some(value) = variable(cx, &environ, &key)? {
        return Ok(value);
    }
    let values = cx.plain(&environ);
    cx.set_item(&values, &key, arguments.get(2))?;
    Ok(arguments.get(2))
}

fn copy_environment(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let values = cx.plain(&arguments.get(0));
    cx.call_method(&values, "copy", vec![])
}

// Walking.

static WALK: Class = Class {
    name: "generator",
    module: "builtins",
    bases: &[],
    members: &[
        ("__iter__", function("(self)", itself)),
        ("__next__", function("(self)", walk_next)),
        ("next", function("(self)", walk_next)),
    ],
    new: None,
};

fn itself(_: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(arguments.get(0))
}

/// Directories still to be walked, the next one last.
const PENDING: &str = "pending";
/// The list of directory names given last, which the script may have changed since, and where they stand.
const GIVEN: &str = "given";

fn walk(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let top = arguments.get(0);
    let text = cx.path_of(&top)?;
    let like = cx.plain(&top);
    let top = cx.text_like(&like, &text);
    let topdown = cx.truth(&arguments.get(1))?;
    if !text.is_empty() && cx.is_outside(&text) {
        return Err(cx.unknown("what stands outside the project depends on the machine that builds"));
    }
    let walker = cx.instance(&WALK);
    let there = !text.is_empty() && cx.is_directory(&text)?;
    let pending = cx.list(if there { vec![top] } else { Vec::new() });
    cx.put_attribute(&walker, PENDING, pending);
    cx.put_attribute(&walker, GIVEN, Value::NONE);
    if topdown {
        return Ok(walker);
    }
    let mut entries = cx.items(&walker)?;
    entries.reverse();
    Ok(cx.iterator(entries))
}

fn walk_next(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let walker = arguments.get(0);
    let pending = cx.get_attribute(&walker, PENDING)?;
    let given = cx.get_attribute(&walker, GIVEN)?;
    if !given.is_none() {
        let parts = cx.items(&given)?;
        let (top, mut names) = (parts[0].clone(), cx.items(&parts[1])?);
        names.reverse();
        let top_text = cx.path_of(&top)?;
        for name in names {
            let name = cx.path_of(&name)?;
            let path = cx.join_path(&top_text, &name);
            if !cx.is_link(&path)? && cx.is_directory(&path)? {
                let path = cx.text_like(&top, &path);
                cx.call_method(&pending, "append", vec![path])?;
            }
        }
    }
    if cx.length(&pending)? == 0 {
        return Err(cx.error_with(&STOP_ITERATION, vec![]));
    }
    let top = cx.call_method(&pending, "pop", vec![])?;
    let path = cx.path_of(&top)?;
    let entries = cx.list_directory(&path)?;
    let name = |cx: &Evaluator<'_>, wanted: bool| -> Vec<Value> {
        let chosen = entries.iter().filter(|(_, kind)| (*kind == Kind::Directory) == wanted);
        chosen.map(|(name, _)| cx.text_like(&top, name)).collect()
    };
    let (directories, files) = (name(cx, true), name(cx, false));
    let (directories, files) = (cx.listed(directories, 0), cx.listed(files, 0));
    cx.put_attribute(&walker, GIVEN, Value::tuple(vec![top.clone(), directories.clone()]));
    Ok(Value::tuple(vec![top, directories, files]))
}

//! `pathlib`: pure paths, and what paths find in the project.
//!
//! Not modelled: `match`, `stat` and what depends on it, `home`, drives of network shares, Windows' reserved names.

use crate::eval::exceptions::{TYPE_ERROR, VALUE_ERROR};
use crate::eval::module::{Class, Entry, Member, Module, Native, function, when};
use crate::eval::{Arguments, Data, Evaluator, Raised, Value};
use std::sync::Arc;

mod pure;
mod search;

pub(super) use pure::Pure;

pub(super) static MODULE: Module =
    Module { name: "pathlib", members: MEMBERS, available: Some(when::python3) };

const MEMBERS: &[Entry] = &[
    ("PurePath", Member::Class(&PURE_PATH)),
    ("PurePosixPath", Member::Class(&PURE_POSIX_PATH)),
    ("Path", Member::Class(&PATH)),
    ("PosixPath", Member::Class(&PATH)),
];

static PURE_PATH: Class =
    Class { name: "PurePath", module: "pathlib", bases: &[], members: PURE_MEMBERS, new: None };
static PURE_POSIX_PATH: Class =
    Class { name: "PurePosixPath", module: "pathlib", bases: &[&PURE_PATH], members: &[], new: None };
static PATH: Class =
    Class { name: "Path", module: "pathlib", bases: &[&PURE_PATH], members: PATH_MEMBERS, new: None };

const PURE_MEMBERS: &[Entry] = &[
    ("__init__", function("(self, *parts)", initialise)),
    ("__str__", function("(self)", to_text)),
    ("__fspath__", function("(self)", to_text)),
    ("__repr__", function("(self)", repr)),
    ("__key__", function("(self)", |cx, a| Ok(Value::text(pure(cx, &a.get(0))?.posix())))),
    ("__eq__", function("(self, other)", equal)),
    ("__ne__", function("(self, other)", |cx, a| Ok(Value::bool(!same(cx, a)?)))),
    ("__lt__", function("(self, other)", |cx, a| Ok(Value::bool(compared(cx, a)?.is_lt())))),
    ("__gt__", function("(self, other)", |cx, a| Ok(Value::bool(compared(cx, a)?.is_gt())))),
    ("__truediv__", function("(self, other)", join_one)),
    ("__rtruediv__", function("(self, other)", join_reversed)),
    ("joinpath", function("(self, *others)", joinpath)),
    ("parent", Member::Property(|cx, this| changed(cx, this, |path| Ok(path.parent())))),
    ("parents", Member::Property(parents)),
    ("name", Member::Property(|cx, this| Ok(Value::text(pure(cx, this)?.name())))),
    ("stem", Member::Property(|cx, this| Ok(Value::text(pure(cx, this)?.stem())))),
    ("suffix", Member::Property(|cx, this| Ok(Value::text(pure(cx, this)?.suffix())))),
    ("suffixes", Member::Property(suffixes)),
    ("parts", Member::Property(parts)),
    ("as_posix", function("(self)", |cx, a| Ok(Value::text(pure(cx, &a.get(0))?.posix())))),
    ("is_absolute", function("(self)", |cx, a| Ok(Value::bool(pure(cx, &a.get(0))?.is_absolute())))),
    ("with_suffix", function("(self, suffix)", |cx, a| renamed(cx, a, Pure::with_suffix))),
    ("with_name", function("(self, name)", |cx, a| renamed(cx, a, Pure::with_name))),
    ("relative_to", function("(self, other, *more)", relative_to)),
];

const PATH_MEMBERS: &[Entry] = &[
    ("exists", function("(self, follow_symlinks=True)", |cx, a| asked(cx, a, Evaluator::exists))),
    ("is_file", function("(self, follow_symlinks=True)", |cx, a| asked(cx, a, Evaluator::is_file))),
    ("is_dir", function("(self, follow_symlinks=True)", |cx, a| asked(cx, a, Evaluator::is_directory))),
    ("is_symlink", function("(self)", |cx, a| asked(cx, a, Evaluator::is_link))),
    ("open", function("(self, *rest, **options)", open)),
    ("read_text", function("(self, encoding=None, errors=None, newline=None)", read_text)),
    ("read_bytes", function("(self)", read_bytes)),
    ("write_text", Member::Opaque("what a script writes with `Path.write_text` is not followed")),
    ("write_bytes", Member::Opaque("what a script writes with `Path.write_bytes` is not followed")),
    ("iterdir", function("(self)", iterdir)),
    ("glob", function("(self, pattern)", |cx, a| found(cx, a, false))),
    ("rglob", function("(self, pattern)", |cx, a| found(cx, a, true))),
    ("resolve", function("(self, strict=False)", resolve)),
    ("absolute", function("(self)", absolute)),
    ("expanduser", function("(self)", expanduser)),
    ("cwd", Member::ClassMethod(Native::new("(cls)", cwd))),
    ("home", Member::Opaque("the home directory depends on the machine that builds")),
    ("stat", Member::Opaque("sizes, times and modes of files are not followed")),
    ("mkdir", Member::Ignored),
    ("touch", Member::Ignored),
    ("chmod", Member::Ignored),
    ("__enter__", function("(self)", |_, a| Ok(a.get(0)))),
    ("__exit__", function("(self, *exception)", |_, _| Ok(Value::bool(false)))),
];

/// The path that an instance carries.
fn pure(cx: &mut Evaluator<'_>, this: &Value) -> Result<Arc<Pure>, Raised> {
    match cx.carried::<Pure>(this) {
        Some(path) => Ok(path),
        None if this.is_unknown() => Err(Raised::Unknown(this.clone())),
        None => Err(cx.unknown("a path whose `__init__` did not run")),
    }
}

/// A path out of a string or another path.
fn path_of(cx: &mut Evaluator<'_>, value: &Value) -> Result<Pure, Raised> {
    if let Some(path) = cx.carried::<Pure>(value) {
        return Ok((*path).clone());
    }
    let text = cx.path_of(value)?;
    let windows = text.contains(['\\', ':']) && cx.is_windows();
    Ok(Pure::new(&text, windows))
}

fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut path = Pure::default();
    for part in arguments.rest() {
        path = path.join(&path_of(cx, part)?);
    }
    cx.carry(&arguments.get(0), Arc::new(path));
    Ok(Value::NONE)
}

/// An instance of the same class for another path.
fn like(cx: &mut Evaluator<'_>, this: &Value, path: Pure) -> Value {
    let class = if cx.is_instance(this, &PATH) {
        &PATH
    } else if cx.is_instance(this, &PURE_POSIX_PATH) {
        &PURE_POSIX_PATH
    } else {
        &PURE_PATH
    };
    let made = cx.instance(class);
    cx.carry(&made, Arc::new(path));
    made
}

/// The path's text with the target's separators.
fn native(cx: &mut Evaluator<'_>, this: &Value) -> Result<String, Raised> {
    let text = pure(cx, this)?.posix();
    let posix = cx.is_instance(this, &PURE_POSIX_PATH);
    Ok(if text.contains('/') && !posix && cx.is_windows() { text.replace('/', "\\") } else { text })
}

fn to_text(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    Ok(Value::text(native(cx, &arguments.get(0))?))
}

fn repr(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let text = Value::text(pure(cx, &this)?.posix());
    let text = cx.repr(&text)?;
    let text = cx.text_of(&text)?;
    let kind = match (cx.is_instance(&this, &PATH), cx.is_instance(&this, &PURE_POSIX_PATH), cx.is_windows())
    {
        (true, _, true) => "WindowsPath",
        (true, _, false) => "PosixPath",
        (false, false, true) => "PureWindowsPath",
        _ => "PurePosixPath",
    };
    Ok(Value::text(format!("{kind}({text})")))
}

fn same(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<bool, Raised> {
    let (a, b) = (pure(cx, &arguments.get(0))?, cx.carried::<Pure>(&arguments.get(1)));
    let Some(b) = b else { return Ok(false) };
    // On Windows capitals make no difference.
    let alike = a.posix().to_lowercase() == b.posix().to_lowercase();
    Ok(a == b || (alike && cx.is_windows()))
}

fn equal(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    if cx.carried::<Pure>(&arguments.get(1)).is_none() {
        return Ok(Data::NotImplemented.into());
    }
    Ok(Value::bool(same(cx, arguments)?))
}

fn compared(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<std::cmp::Ordering, Raised> {
    let a = pure(cx, &arguments.get(0))?;
    match cx.carried::<Pure>(&arguments.get(1)) {
        Some(b) => Ok(a.all_parts().cmp(&b.all_parts())),
        None => Err(cx.error(&TYPE_ERROR, "'<' not supported between a path and another type")),
    }
}

fn changed(
    cx: &mut Evaluator<'_>,
    this: &Value,
    change: impl Fn(&Pure) -> Result<Pure, String>,
) -> Result<Value, Raised> {
    let path = pure(cx, this)?;
    match change(&path) {
        Ok(path) => Ok(like(cx, this, path)),
        Err(message) => Err(cx.error(&VALUE_ERROR, message)),
    }
}

fn renamed(
    cx: &mut Evaluator<'_>,
    arguments: &Arguments,
    change: fn(&Pure, &str) -> Result<Pure, String>,
) -> Result<Value, Raised> {
    let text = cx.text_of(&arguments.get(1))?;
    changed(cx, &arguments.get(0), |path| change(path, &text))
}

fn join_one(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let other = arguments.get(1);
    if !matches!(other.data, Data::Text(_)) && cx.method(&other, "__fspath__")?.is_none() {
        return Ok(Data::NotImplemented.into());
    }
    let other = path_of(cx, &other)?;
    changed(cx, &arguments.get(0), |path| Ok(path.join(&other)))
}

fn join_reversed(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let other = path_of(cx, &arguments.get(1))?;
    changed(cx, &arguments.get(0), |path| Ok(other.join(path)))
}

fn joinpath(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut path = (*pure(cx, &arguments.get(0))?).clone();
    for part in arguments.rest() {
        path = path.join(&path_of(cx, part)?);
    }
    Ok(like(cx, &arguments.get(0), path))
}

fn parents(cx: &mut Evaluator<'_>, this: &Value) -> Result<Value, Raised> {
    let mut path = (*pure(cx, this)?).clone();
    let mut all = Vec::new();
    while path.parent() != path {
        path = path.parent();
        all.push(like(cx, this, path.clone()));
    }
    Ok(Value::tuple(all))
}

fn suffixes(cx: &mut Evaluator<'_>, this: &Value) -> Result<Value, Raised> {
    let found = pure(cx, this)?.suffixes().into_iter().map(Value::text).collect();
    Ok(cx.list(found))
}

fn parts(cx: &mut Evaluator<'_>, this: &Value) -> Result<Value, Raised> {
    let path = pure(cx, this)?;
    Ok(Value::tuple(path.all_parts().into_iter().map(Value::text).collect::<Vec<_>>()))
}

fn relative_to(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut other = path_of(cx, &arguments.get(1))?;
    for part in arguments.rest() {
        other = other.join(&path_of(cx, part)?);
    }
    changed(cx, &arguments.get(0), |path| path.relative_to(&other))
}

fn asked<'run>(
    cx: &mut Evaluator<'run>,
    arguments: &Arguments,
    ask: fn(&mut Evaluator<'run>, &str) -> Result<bool, Raised>,
) -> Result<Value, Raised> {
    let path = native(cx, &arguments.get(0))?;
    Ok(Value::bool(ask(cx, &path)?))
}

/// The built-in `open` for this path.
fn opened(
    cx: &mut Evaluator<'_>,
    this: &Value,
    rest: Vec<Value>,
    options: &[(&str, Value)],
) -> Result<Value, Raised> {
    let path = native(cx, this)?;
    let io = cx.import_module("io")?;
    let open = cx.get_attribute(&io, "open")?;
    let mut call = crate::eval::CallArguments::positional(vec![Value::text(path)]);
    call.positional.extend(rest);
    for (name, value) in options {
        call.keywords.push(crate::eval::Keyword { name: (*name).into(), value: value.clone(), span: None });
    }
    cx.call_with(&open, call)
}

fn open(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let options: Vec<(&str, Value)> =
        arguments.keywords().iter().map(|keyword| (&*keyword.name, keyword.value.clone())).collect();
    opened(cx, &arguments.get(0), arguments.rest().to_vec(), &options)
}

fn read_text(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let options = [("encoding", arguments.get(1)), ("errors", arguments.get(2))];
    let file = opened(cx, &arguments.get(0), vec![Value::text("r")], &options)?;
    cx.call_method(&file, "read", vec![])
}

fn read_bytes(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let path = native(cx, &arguments.get(0))?;
    Ok(Value::bytes(cx.read_file(&path)?))
}

fn iterdir(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let path = native(cx, &this)?;
    let base = pure(cx, &this)?;
    let names = cx.list_directory(&path)?;
    let paths = names.iter().map(|(name, _)| like(cx, &this, base.child(name))).collect();
    Ok(cx.iterator(paths))
}

fn found(cx: &mut Evaluator<'_>, arguments: &Arguments, anywhere: bool) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let base = pure(cx, &this)?;
    let pattern = path_of(cx, &arguments.get(1))?;
    let paths = search::paths(cx, &base, &pattern, anywhere)?;
    let paths = paths.into_iter().map(|path| like(cx, &this, path)).collect();
    Ok(cx.iterator(paths))
}

/// The absolute path, as text with `/`.
fn absolute_text(cx: &mut Evaluator<'_>, this: &Value) -> Result<String, Raised> {
    let path = pure(cx, this)?;
    let directory = cx.working_directory().replace('\\', "/");
    Ok(if path.is_absolute() { path.posix() } else { join_posix(&directory, &path.posix()) })
}

fn join_posix(directory: &str, rest: &str) -> String {
    if rest == "." { directory.to_owned() } else { format!("{}/{rest}", directory.trim_end_matches('/')) }
}

fn absolute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let text = absolute_text(cx, &arguments.get(0))?;
    let windows = text.contains(':');
    Ok(like(cx, &arguments.get(0), Pure::new(&text, windows)))
}

/// `..` is settled; symbolic links within the project are not followed, and make the answer unknown.
fn resolve(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let text = absolute_text(cx, &this)?;
    let windows = text.contains(':');
    let mut path = Pure::default();
    for part in Pure::new(&text, windows).all_parts() {
        path = if part == ".." { path.parent() } else { path.join(&Pure::new(&part, windows)) };
        let so_far = path.posix();
        if crate::eval::project_path(&so_far).is_some_and(|inside| !inside.is_empty())
            && cx.is_link(&so_far)?
        {
            return Err(cx.unknown("a path through a symbolic link"));
        }
    }
    Ok(like(cx, &this, path))
}

fn expanduser(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    if pure(cx, &arguments.get(0))?.posix().starts_with('~') {
        return Err(cx.unknown("the home directory depends on the machine that builds"));
    }
    Ok(arguments.get(0))
}

fn cwd(cx: &mut Evaluator<'_>, _: &Arguments) -> Result<Value, Raised> {
    let directory = cx.working_directory().replace('\\', "/");
    let windows = directory.contains(':');
    let made = cx.instance(&PATH);
    cx.carry(&made, Arc::new(Pure::new(&directory, windows)));
    Ok(made)
}

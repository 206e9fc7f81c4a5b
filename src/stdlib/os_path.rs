//! `os.path`: the text functions of `posixpath` and `ntpath`, and the few that look at the project's files.
//!
//! Times, sizes of what lies outside and the user's home are unknown.

use crate::eval::arguments::Arguments;
use crate::eval::exceptions::TYPE_ERROR;
use crate::eval::module::{Entry, Member, Module, function, when};
use crate::eval::{Evaluator, Raised, Value};
use crate::system::Kind;

pub(super) static MODULE: Module = Module { name: "os.path", members: MEMBERS, available: None };

type Result = std::result::Result<Value, Raised>;

const MEMBERS: &[Entry] = &[
    ("abspath", function("(path)", abspath)),
    ("altsep", Member::Constant(|cx| Ok(if cx.is_windows() { cx.native_text("/") } else { Value::NONE }))),
    ("basename", function("(p)", basename)),
    ("commonpath", Member::Only(when::python3, &Member::Opaque("`os.path.commonpath` is not modelled"))),
    ("commonprefix", function("(m)", commonprefix)),
    ("curdir", Member::Constant(|cx| Ok(cx.native_text(".")))),
    ("dirname", function("(p)", dirname)),
    ("exists", function("(path)", exists)),
    ("expanduser", function("(path)", expand_user)),
    ("expandvars", function("(path)", expand_variables)),
    ("extsep", Member::Constant(|cx| Ok(cx.native_text(".")))),
    ("getatime", Member::Opaque("the time of a file differs from build to build")),
    ("getctime", Member::Opaque("the time of a file differs from build to build")),
    ("getmtime", Member::Opaque("the time of a file differs from build to build")),
    ("getsize", function("(filename)", size)),
    ("isabs", function("(s)", is_absolute)),
    ("isdir", function("(s)", is_directory)),
    ("isfile", function("(path)", is_file)),
    ("islink", function("(path)", is_link)),
    ("ismount", Member::Opaque("mount points depend on the machine that builds")),
    ("join", function("(path, *paths)", join)),
    ("lexists", function("(path)", exists)),
    ("normcase", function("(s)", normcase)),
    ("normpath", function("(path)", normpath)),
    ("pardir", Member::Constant(|cx| Ok(cx.native_text("..")))),
    (
        "pathsep",
        Member::Constant(|cx| Ok(if cx.is_windows() { cx.native_text(";") } else { cx.native_text(":") })),
    ),
    ("realpath", function("(path)", abspath)),
    ("relpath", function("(path, start=None)", relpath)),
    ("samefile", function("(f1, f2)", same_file)),
    (
        "sep",
        Member::Constant(|cx| Ok(if cx.is_windows() { cx.native_text("\\") } else { cx.native_text("/") })),
    ),
    ("split", function("(p)", split)),
    ("splitdrive", function("(p)", split_drive)),
    ("splitext", function("(p)", split_extension)),
    ("supports_unicode_filenames", Member::Constant(|_| Ok(Value::bool(false)))),
    ("walk", Member::Only(when::python2, &Member::Opaque("`os.path.walk` is not modelled"))),
];

/// A path argument and the value whose kind (text or bytes) the result has.
fn path(
    cx: &mut Evaluator<'_>,
    arguments: &Arguments,
    index: usize,
) -> std::result::Result<(String, Value), Raised> {
    let value = arguments.get(index);
    let text = cx.path_of(&value)?.to_string();
    let like = cx.plain(&value);
    let like = if like.as_object().is_some() { cx.native_text("") } else { like };
    Ok((text, like))
}

/// Drive (Windows only) and the rest.
pub(super) fn drive(path: &str, windows: bool) -> (&str, &str) {
    if windows && path.get(1..2) == Some(":") { path.split_at(2) } else { ("", path) }
}

fn is_separator(windows: bool) -> impl Fn(char) -> bool {
    move |c| c == '/' || (windows && c == '\\')
}

/// `os.path.join`.
pub(super) fn join_paths(first: &str, more: &[String], windows: bool) -> String {
    let separator = is_separator(windows);
    let mut joined = first.to_owned();
    for part in more {
        let (part_drive, rest) = drive(part, windows);
        let absolute = rest.starts_with(&separator);
        let (own_drive, _) = drive(&joined, windows);
        if !part_drive.is_empty() && !part_drive.eq_ignore_ascii_case(own_drive) {
            joined.clone_from(part);
        } else if absolute {
            joined = format!("{own_drive}{rest}");
        } else {
            let (_, own_rest) = drive(&joined, windows);
            if !own_rest.is_empty() && !own_rest.ends_with(&separator) {
                joined.push(if windows { '\\' } else { '/' });
            }
            joined.push_str(rest);
        }
    }
    joined
}

/// `os.path.normpath`.
pub(super) fn normalise(path: &str, windows: bool) -> String {
    let separator = if windows { "\\" } else { "/" };
    let (drive, rest) = drive(path, windows);
    let rest = if windows { rest.replace('/', "\\") } else { rest.to_owned() };
    let absolute = rest.starts_with(separator);
    // POSIX keeps exactly two leading slashes.
    let double = !windows && rest.starts_with("//") && !rest.starts_with("///");
    let mut parts: Vec<&str> = Vec::new();
    for part in rest.split(separator) {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&last) if last != ".." => drop(parts.pop()),
                None if absolute => {}
                _ => parts.push(".."),
            },
            part => parts.push(part),
        }
    }
    let lead = if double {
        "//"
    } else if absolute {
        separator
    } else {
        ""
    };
    let joined = format!("{drive}{lead}{}", parts.join(separator));
    if joined.is_empty() { ".".to_owned() } else { joined }
}

/// `os.path.split`.
pub(super) fn split_path(path: &str, windows: bool) -> (String, String) {
    let separator = is_separator(windows);
    let (drive, rest) = drive(path, windows);
    let at = rest.rfind(&separator).map_or(0, |at| at + 1);
    let (head, tail) = rest.split_at(at);
    let trimmed = head.trim_end_matches(&separator);
    let head = if trimmed.is_empty() { head } else { trimmed };
    (format!("{drive}{head}"), tail.to_owned())
}

fn is_absolute_path(path: &str, windows: bool) -> bool {
    drive(path, windows).1.starts_with(is_separator(windows))
}

impl Evaluator<'_> {
    /// `os.path.abspath`.
    pub(super) fn absolute_path(&mut self, path: &str) -> String {
        let windows = self.is_windows();
        if is_absolute_path(path, windows) {
            return normalise(path, windows);
        }
        let directory = self.working_directory();
        normalise(&join_paths(&directory, &[path.to_owned()], windows), windows)
    }

    /// `os.path.join` for the target.
    pub(super) fn join_path(&mut self, first: &str, second: &str) -> String {
        let windows = self.is_windows();
        join_paths(first, &[second.to_owned()], windows)
    }
}

fn join(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (first, mut like) = path(cx, arguments, 0)?;
    let mut more = Vec::new();
    for part in arguments.rest() {
        more.push(cx.path_of(part)?.to_string());
        let bytes = |value: &Value| matches!(value.data, crate::eval::Data::Bytes(_));
        if !cx.is_python2() && bytes(part) != bytes(&arguments.get(0)) {
            return Err(cx.error(&TYPE_ERROR, "Can't mix strings and bytes in path components"));
        }
        if matches!(part.data, crate::eval::Data::Text(_)) {
            like = part.clone();
        }
    }
    let total = more.iter().map(String::len).sum::<usize>() + first.len();
    cx.charge_bytes(total)?;
    // With nothing but plain names the platforms differ in the separator alone.
    let windows = !more.is_empty() && cx.is_windows();
    Ok(cx.text_like(&like, &join_paths(&first, &more, windows)))
}

fn abspath(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, like) = path(cx, arguments, 0)?;
    let absolute = cx.absolute_path(&path);
    Ok(cx.text_like(&like, &absolute))
}

fn normpath(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, like) = path(cx, arguments, 0)?;
    let windows = cx.is_windows();
    Ok(cx.text_like(&like, &normalise(&path, windows)))
}

fn normcase(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, like) = path(cx, arguments, 0)?;
    let text = if cx.is_windows() { path.replace('/', "\\").to_lowercase() } else { path };
    Ok(cx.text_like(&like, &text))
}

fn basename(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, like) = path(cx, arguments, 0)?;
    let windows = path.contains(['\\', ':']) && cx.is_windows();
    Ok(cx.text_like(&like, &split_path(&path, windows).1))
}

fn dirname(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, like) = path(cx, arguments, 0)?;
    let windows = path.contains(['\\', ':']) && cx.is_windows();
    Ok(cx.text_like(&like, &split_path(&path, windows).0))
}

fn split(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, like) = path(cx, arguments, 0)?;
    let windows = path.contains(['\\', ':']) && cx.is_windows();
    let (head, tail) = split_path(&path, windows);
    Ok(Value::tuple(vec![cx.text_like(&like, &head), cx.text_like(&like, &tail)]))
}

fn split_drive(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, like) = path(cx, arguments, 0)?;
    let windows = cx.is_windows();
    let (drive, rest) = drive(&path, windows);
    Ok(Value::tuple(vec![cx.text_like(&like, drive), cx.text_like(&like, rest)]))
}

fn split_extension(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, like) = path(cx, arguments, 0)?;
    let windows = path.contains('\\') && cx.is_windows();
    let name_start = path.rfind(is_separator(windows)).map_or(0, |at| at + 1);
    let name = &path[name_start..];
    let leading = name.len() - name.trim_start_matches('.').len();
    let at = name.rfind('.').filter(|at| *at >= leading.max(1)).map_or(path.len(), |at| name_start + at);
    let (root, extension) = path.split_at(at);
    Ok(Value::tuple(vec![cx.text_like(&like, root), cx.text_like(&like, extension)]))
}

fn relpath(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, like) = path(cx, arguments, 0)?;
    let start = match arguments.some(1).cloned() {
        Some(start) => cx.path_of(&start)?.to_string(),
        None => ".".to_owned(),
    };
    let windows = cx.is_windows();
    let separator = if windows { "\\" } else { "/" };
    let (path, start) = (cx.absolute_path(&path), cx.absolute_path(&start));
    let parts =
        |text: &str| text.split(separator).filter(|p| !p.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (path, start) = (parts(&path), parts(&start));
    let same = path.iter().zip(&start).take_while(|(a, b)| a == b).count();
    let mut relative: Vec<&str> = vec![".."; start.len() - same];
    relative.extend(path[same..].iter().map(String::as_str));
    let text = if relative.is_empty() { ".".to_owned() } else { relative.join(separator) };
    Ok(cx.text_like(&like, &text))
}

fn commonprefix(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let items = cx.items(&arguments.get(0))?;
    let mut texts = Vec::new();
    for item in &items {
        texts.push(cx.text_of(item)?.to_string());
    }
    let Some(first) = texts.first() else { return Ok(cx.native_text("")) };
    let mut length = first.len();
    for other in &texts[1..] {
        length = length.min(
            first.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum(),
        );
    }
    Ok(cx.text_like(&items[0], &first[..length]))
}

fn is_absolute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, _) = path(cx, arguments, 0)?;
    let windows = cx.is_windows();
    Ok(Value::bool(is_absolute_path(&path, windows)))
}

fn exists(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, _) = path(cx, arguments, 0)?;
    Ok(Value::bool(!path.is_empty() && cx.exists(&path)?))
}

fn is_file(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, _) = path(cx, arguments, 0)?;
    Ok(Value::bool(!path.is_empty() && cx.is_file(&path)?))
}

fn is_directory(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, _) = path(cx, arguments, 0)?;
    Ok(Value::bool(!path.is_empty() && cx.is_directory(&path)?))
}

fn is_link(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, _) = path(cx, arguments, 0)?;
    Ok(Value::bool(!path.is_empty() && cx.is_link(&path)?))
}

fn same_file(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let ((a, _), (b, _)) = (path(cx, arguments, 0)?, path(cx, arguments, 1)?);
    match (cx.locate(&a), cx.locate(&b)) {
        (Some(a), Some(b)) => Ok(Value::bool(a == b)),
        _ => Err(cx.unknown("what stands outside the project depends on the machine that builds")),
    }
}

fn size(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, _) = path(cx, arguments, 0)?;
    match cx.kind_of(&path) {
        Some(Kind::File) => Ok(Value::int(cx.read_file(&path)?.len() as i64)),
        Some(_) => Err(cx.unknown("the size of a directory depends on the machine that builds")),
        None if cx.is_outside(&path) => {
            Err(cx.unknown("what stands outside the project depends on the machine that builds"))
        }
        None => Err(cx.no_such_file(&path)),
    }
}

fn expand_user(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, _) = path(cx, arguments, 0)?;
    if path.starts_with('~') {
        return Err(cx.unknown("the home directory depends on the machine that builds"));
    }
    Ok(arguments.get(0))
}

fn expand_variables(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (path, _) = path(cx, arguments, 0)?;
    if path.contains('$') || path.contains('%') {
        return Err(cx.unknown("variables of the environment depend on the machine that builds"));
    }
    Ok(arguments.get(0))
}

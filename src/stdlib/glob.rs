//! `glob`: paths by shell-style patterns, `**` with `recursive=True` from 3.5 on.
//!
//! Python's own order is the directory's, which differs between machines; here results are sorted by name, directory by
//! directory. Not modelled: `root_dir`, `dir_fd`, `include_hidden`; character ranges that run backwards.

use super::fnmatch::{Glob, normalise_case};
use crate::eval::module::{Entry, Member, Module, function, when};
use crate::eval::{Arguments, Evaluator, Raised, Value};
use crate::system::Kind;

pub(super) static MODULE: Module = Module { name: "glob", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("glob", function("(pathname, **options)", glob)),
    ("iglob", function("(pathname, **options)", iglob)),
    ("has_magic", function("(s)", |cx, a| Ok(Value::bool(has_magic(&cx.text_of(&a.get(0))?))))),
    ("escape", Member::Only(when::python3, &function("(pathname)", escape))),
];

/// Directories below each other that `**` goes into.
const DEEPEST: usize = 64;

fn has_magic(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

fn glob(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let found = found(cx, arguments)?;
    // `x/**` gives `x/` before what it finds there.
    let pattern = cx.path_of(&arguments.get(0))?;
    let top = pattern.strip_suffix("**").filter(|top| !has_magic(top));
    let first = found.first().map(|first| cx.path_of(first)).transpose()?;
    let certain = usize::from(top.is_some() && first.as_deref() == top);
    Ok(cx.listed(found, certain))
}

fn iglob(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let found = found(cx, arguments)?;
    Ok(cx.iterator(found))
}

fn found(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Vec<Value>, Raised> {
    let mut recursive = false;
    for option in arguments.keywords() {
        match &*option.name {
            "recursive" if !cx.is_python2() => recursive = cx.truth(&option.value)?,
            name => return Err(cx.unknown(format!("`{name}` of `glob.glob` is not modelled"))),
        }
    }
    let pattern = cx.path_of(&arguments.get(0))?;
    let paths = paths(cx, &pattern, recursive)?;
    Ok(paths.iter().map(|path| cx.text_like(&arguments.get(0), path)).collect())
}

fn escape(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let text = cx.text_of(&arguments.get(0))?;
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '*' | '?' | '[' => out.extend(['[', character, ']']),
            _ => out.push(character),
        }
    }
    Ok(cx.text_like(&arguments.get(0), &out))
}

/// The path's directory and its last component, as `os.path.split` cuts them.
fn split<'a>(cx: &mut Evaluator<'_>, path: &'a str) -> (&'a str, &'a str) {
    let separator = |c: char| c == '/' || c == '\\';
    let at = if path.contains('\\') && cx.is_windows() { path.rfind(separator) } else { path.rfind('/') };
    let Some(at) = at else { return ("", path) };
    let head = path[..=at].trim_end_matches(separator);
    (if head.is_empty() { &path[..=at] } else { head }, &path[at + 1..])
}

/// `os.path.join` of a directory and a name in it.
pub(super) fn join(cx: &mut Evaluator<'_>, directory: &str, name: &str) -> String {
    if directory.is_empty() {
        return name.to_owned();
    }
    if directory.ends_with('/') || directory.ends_with('\\') {
        return format!("{directory}{name}");
    }
    format!("{directory}{}{name}", if cx.is_windows() { '\\' } else { '/' })
}

/// Every path that the pattern matches.
pub(super) fn paths(cx: &mut Evaluator<'_>, pattern: &str, recursive: bool) -> Result<Vec<String>, Raised> {
    cx.charge_steps(8)?;
    let (directory, name) = split(cx, pattern);
    if !has_magic(pattern) {
        let there = if name.is_empty() { cx.is_directory(directory)? } else { cx.exists(pattern)? };
        return Ok(if there { vec![pattern.to_owned()] } else { Vec::new() });
    }
    if directory.is_empty() {
        return in_directory(cx, "", name, recursive);
    }
    let directories = if has_magic(directory) && directory != pattern {
        paths(cx, directory, recursive)?
    } else {
        vec![directory.to_owned()]
    };
    let mut found = Vec::new();
    for directory in directories {
        for name in in_directory(cx, &directory, name, recursive)? {
            found.push(join(cx, &directory, &name));
            cx.charge_bytes(directory.len() + 64)?;
        }
    }
    Ok(found)
}

/// The names in a directory that one component matches; with `**`, paths below it, the directory itself (`""`) first.
fn in_directory(
    cx: &mut Evaluator<'_>,
    directory: &str,
    pattern: &str,
    recursive: bool,
) -> Result<Vec<String>, Raised> {
    if pattern == "**" && recursive {
        // Without a directory the empty path itself is left out.
        let mut found = if directory.is_empty() { Vec::new() } else { vec![String::new()] };
        if !directory.is_empty() && !cx.is_directory(directory)? {
            return Ok(Vec::new());
        }
        below(cx, directory, "", &mut found, 0)?;
        return Ok(found);
    }
    if !has_magic(pattern) {
        let there = if pattern.is_empty() {
            cx.is_directory(directory)?
        } else {
            let path = join(cx, directory, pattern);
            cx.exists(&path)?
        };
        return Ok(if there { vec![pattern.to_owned()] } else { Vec::new() });
    }
    let Some(names) = listed(cx, directory)? else { return Ok(Vec::new()) };
    let wanted = normalise_case(cx, pattern);
    let wanted = Glob::new(&wanted).map_err(|reason| cx.unknown(reason))?;
    let mut found = Vec::new();
    for (name, _) in names {
        // Hidden files are matched only by patterns that begin with a dot.
        if (!name.starts_with('.') || pattern.starts_with('.')) && wanted.matches(&normalise_case(cx, &name))
        {
            found.push(name);
        }
    }
    Ok(found)
}

/// What a directory holds; `None` when it is none.
fn listed(cx: &mut Evaluator<'_>, directory: &str) -> Result<Option<Vec<(String, Kind)>>, Raised> {
    let directory = if directory.is_empty() { "." } else { directory };
    if !cx.is_directory(directory)? {
        return Ok(None);
    }
    cx.list_directory(directory).map(Some)
}

fn below(
    cx: &mut Evaluator<'_>,
    directory: &str,
    prefix: &str,
    found: &mut Vec<String>,
    depth: usize,
) -> Result<(), Raised> {
    if depth > DEEPEST {
        return Err(cx.unknown("directories nested deeper than 64 levels"));
    }
    let Some(names) = listed(cx, directory)? else { return Ok(()) };
    for (name, kind) in names {
        if name.starts_with('.') {
            continue;
        }
        let path = join(cx, prefix, &name);
        cx.charge_bytes(path.len() + 64)?;
        found.push(path.clone());
        if kind == Kind::Directory {
            let inner = join(cx, directory, &name);
            below(cx, &inner, &path, found, depth + 1)?;
        }
    }
    Ok(())
}

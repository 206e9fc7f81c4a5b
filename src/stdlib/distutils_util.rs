//! `distutils.util`, `distutils.dir_util`, `distutils.file_util`, `distutils.dep_util`: paths, words, files.
//!
//! Files that are copied or written are seen by the script's later reads, and by nothing else.

use super::commands::has_2to3;
use super::loading::beside;
use super::machine::platform_tag;
use super::releases::since;
use crate::eval::module::{Class, Entry, Member, Module, function, seeing};
use crate::eval::{Arguments, Evaluator, Raised, Value, exceptions};
use crate::system::Kind;

pub(super) static MODULES: &[&Module] = &[&DEP_UTIL, &DIR_UTIL, &FILE_UTIL, &UTIL];

type Result = std::result::Result<Value, Raised>;

static UTIL: Module = Module { name: "distutils.util", members: UTIL_MEMBERS, available: None };

const UTIL_MEMBERS: &[Entry] = &[
    ("Mixin2to3", Member::Only(has_2to3, &Member::Class(&MIXIN_2TO3))),
    ("byte_compile", Member::Ignored),
    ("change_root", function("(new_root, pathname)", change_root)),
    ("check_environ", Member::Ignored),
    ("convert_path", function("(pathname)", convert_path)),
    ("copydir_run_2to3", Member::Only(has_2to3, &Member::Opaque("2to3 is not run"))),
    ("execute", seeing("(func, args, msg=None, verbose=0, dry_run=0)", execute)),
    ("get_host_platform", function("()", |cx, _| Ok(platform_tag(cx)))),
    ("get_platform", function("()", |cx, _| Ok(platform_tag(cx)))),
    (
        "grok_environment_error",
        function("(exc, prefix='error: ')", |cx, a| {
            let (prefix, error) = (cx.text_of(&a.get(1))?, cx.display(&a.get(0))?);
            Ok(cx.native_text(&format!("{prefix}{error}")))
        }),
    ),
    ("rfc822_escape", function("(header)", rfc822_escape)),
    ("run_2to3", Member::Only(has_2to3, &Member::Ignored)),
    ("split_quoted", function("(s)", split_quoted)),
    ("strtobool", function("(val)", strtobool)),
    ("subst_vars", Member::Opaque("`subst_vars` reads variables of the machine that builds")),
];

static MIXIN_2TO3: Class =
    Class { name: "Mixin2to3", module: "distutils.util", bases: &[], members: &[], new: None };

/// A path with `/` as one of the target's platform; since setuptools 72.2 by way of pathlib.
pub(super) fn convert_path(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let path = arguments.get(0);
    if path.is_none() {
        return if since(cx, &[72, 2]) {
            Ok(path)
        } else {
            Err(cx.unknown("`convert_path(None)` differs between platforms"))
        };
    }
    let text = cx.path_of(&path)?;
    if text.is_empty()
        || text.starts_with('/')
        || text.ends_with('/')
        || text.contains("//")
        || text.split('/').any(|part| part == ".")
    {
        return convert_odd_path(cx, &text);
    }
    let text = if text.contains('/') && cx.is_windows() { text.replace('/', "\\") } else { text.to_string() };
    Ok(cx.native_text(&text))
}

/// Paths on which platforms and releases of setuptools differ.
fn convert_odd_path(cx: &mut Evaluator<'_>, text: &str) -> Result {
    let windows = cx.is_windows();
    if since(cx, &[72, 2]) {
        if windows && text.starts_with('/') {
            return Err(cx.unknown("an absolute path on Windows"));
        }
        let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        let root = if text.starts_with("//") && !text.starts_with("///") {
            "//"
        } else if text.starts_with('/') {
            "/"
        } else {
            ""
        };
        let joined = format!("{root}{}", parts.join(if windows { "\\" } else { "/" }));
        return Ok(cx.native_text(if joined.is_empty() { "." } else { &joined }));
    }
    if !windows || text.is_empty() {
        return Ok(cx.native_text(text));
    }
    for (wrong, what) in [(text.starts_with('/'), "be absolute"), (text.ends_with('/'), "end with '/'")] {
        if wrong {
            return Err(cx.error(&exceptions::VALUE_ERROR, format!("path '{text}' cannot {what}")));
        }
    }
    let parts: Vec<&str> = text.split('/').filter(|part| *part != ".").collect();
    if parts.iter().any(|part| part.is_empty()) {
        return Err(cx.unknown("a path with two slashes in a row on Windows"));
    }
    let joined = parts.join("\\");
    Ok(cx.native_text(if parts.is_empty() { "." } else { &joined }))
}

fn change_root(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if cx.is_windows() {
        return Err(cx.unknown("`change_root` on Windows is not modelled"));
    }
    let (root, path) = (cx.path_of(&arguments.get(0))?, cx.path_of(&arguments.get(1))?);
    let path = beside(cx, &root, path.strip_prefix('/').unwrap_or(&path));
    Ok(cx.native_text(&path))
}

fn execute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if !cx.truth(&arguments.get(4))? {
        let given = cx.items(&arguments.get(1))?;
        cx.call(&arguments.get(0), given)?;
    }
    Ok(Value::NONE)
}

fn strtobool(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = cx.text_of(&arguments.get(0))?.to_lowercase();
    let flag = match text.as_str() {
        "y" | "yes" | "t" | "true" | "on" | "1" => true,
        "n" | "no" | "f" | "false" | "off" | "0" => false,
        _ => {
            let shown = cx.native_text(&text);
            let shown = cx.repr_text(&shown)?;
            return Err(cx.error(&exceptions::VALUE_ERROR, format!("invalid truth value {shown}")));
        }
    };
    // True and 1 are equal, but print differently.
    let boolean = since(cx, &[76]);
    Ok(if boolean { Value::bool(flag) } else { Value::int(i64::from(flag)) })
}

fn rfc822_escape(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = cx.text_of(&arguments.get(0))?;
    // Other line ends count since setuptools 62.
    if text.contains(|c: char| c != '\n' && (c.is_control() || c > '\u{7f}') && c != '\t') {
        return Err(cx.unknown("`rfc822_escape` of text with unusual line ends"));
    }
    Ok(cx.native_text(&text.replace('\n', "\n        ")))
}

/// Words at blanks, with quotes and backslashes as in distutils.
fn split_quoted(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = cx.text_of(&arguments.get(0))?;
    match words(&text) {
        Ok(words) => {
            let words = words.iter().map(|word| cx.native_text(word)).collect();
            Ok(cx.list(words))
        }
        Err(quote) => {
            Err(cx.error(&exceptions::VALUE_ERROR, format!("bad string (mismatched {quote} quotes?)")))
        }
    }
}

fn words(text: &str) -> std::result::Result<Vec<String>, char> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = text.trim_matches(crate::text::whitespace::is_space).chars();
    while let Some(c) = rest.next() {
        match c {
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' => words.extend(word.take()),
            '\\' => word.get_or_insert_default().extend(rest.next()),
            '\'' | '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next() {
                        None => return Err(c),
                        Some(end) if end == c => break,
                        // Inside quotes a backslash stays.
                        Some('\\') => {
                            word.push('\\');
                            word.push(rest.next().ok_or(c)?);
                        }
                        Some(other) => word.push(other),
                    }
                }
            }
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Ok(words)
}

const TIMES: &str = "the times of files depend on the machine that builds";

static DEP_UTIL: Module = Module {
    name: "distutils.dep_util",
    members: &[
        ("newer", Member::Opaque(TIMES)),
        ("newer_group", Member::Opaque(TIMES)),
        ("newer_pairwise", Member::Opaque(TIMES)),
    ],
    available: None,
};

const MADE: &str = "which directories were made is not followed";

static DIR_UTIL: Module = Module {
    name: "distutils.dir_util",
    members: &[
        ("copy_tree", function("(src, dst, *rest, **options)", copy_tree)),
        ("create_tree", Member::Ignored),
        ("mkpath", seeing("(name, *rest, **options)", |cx, _| Ok(cx.unknown_value(MADE)))),
        ("remove_tree", function("(directory, *rest, **options)", remove_tree)),
    ],
    available: None,
};

static FILE_UTIL: Module = Module {
    name: "distutils.file_util",
    members: &[
        ("copy_file", function("(src, dst, *rest, **options)", |cx, a| transfer(cx, a, true))),
        (
            "move_file",
            function("(src, dst, *rest, **options)", |cx, a| {
                let moved = transfer(cx, a, false)?;
                let source = cx.path_of(&a.get(0))?;
                cx.remove_file(&source);
                Ok(moved)
            }),
        ),
        ("write_file", function("(filename, contents)", write_file)),
    ],
    available: None,
};

/// Copies one file and says to where; the destination may be a directory.
pub(super) fn copy(
    cx: &mut Evaluator<'_>,
    source: &str,
    target: &str,
) -> std::result::Result<String, Raised> {
    let content = cx.read_file(source)?;
    cx.copy_mode(source);
    let name = source.rsplit(['/', '\\']).next().unwrap_or(source);
    let target = if cx.kind_of(target) == Some(Kind::Directory) {
        beside(cx, target, name)
    } else {
        target.to_owned()
    };
    cx.write_file(&target, Value::bytes(content));
    Ok(target)
}

fn transfer(cx: &mut Evaluator<'_>, arguments: &Arguments, copied: bool) -> Result {
    let (source, target) = (cx.path_of(&arguments.get(0))?, cx.path_of(&arguments.get(1))?);
    let target = copy(cx, &source, &target)?;
    let target = cx.native_text(&target);
    Ok(if copied { Value::tuple(vec![target, Value::int(1)]) } else { target })
}

fn write_file(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let path = cx.path_of(&arguments.get(0))?;
    let mut text = String::new();
    for line in cx.items(&arguments.get(1))? {
        text += &cx.text_of(&line)?;
        text.push('\n');
    }
    cx.charge_bytes(text.len())?;
    cx.write_file(&path, Value::bytes(text.as_bytes()));
    Ok(Value::NONE)
}

/// Every file below a directory, by its path inside.
fn files_below(cx: &mut Evaluator<'_>, directory: &str) -> std::result::Result<Vec<String>, Raised> {
    let mut files = Vec::new();
    let mut pending = vec![(String::new(), 0)];
    while let Some((inside, depth)) = pending.pop() {
        if depth > 64 {
            return Err(cx.unknown("directories nest too deeply"));
        }
        let here = if inside.is_empty() { directory.to_owned() } else { format!("{directory}/{inside}") };
        for (name, kind) in cx.list_directory(&here)? {
            let path = if inside.is_empty() { name } else { format!("{inside}/{name}") };
            match kind {
                Kind::Directory => pending.push((path, depth + 1)),
                Kind::File => files.push(path),
                Kind::Other => {}
            }
        }
    }
    Ok(files)
}

fn copy_tree(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (source, target) = (cx.path_of(&arguments.get(0))?, cx.path_of(&arguments.get(1))?);
    for file in files_below(cx, &source)? {
        let content = cx.read_file(&format!("{source}/{file}"))?;
        cx.write_file(&format!("{target}/{file}"), Value::bytes(content));
    }
    Ok(cx.unknown_value("the order of copied files differs from machine to machine"))
}

fn remove_tree(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let directory = cx.path_of(&arguments.get(0))?;
    if cx.is_directory(&directory)? {
        for file in files_below(cx, &directory)? {
            cx.remove_file(&format!("{directory}/{file}"));
        }
    }
    Ok(Value::NONE)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_split_as_distutils_does() {
        for (text, expected) in [
            ("", &[][..]),
            ("a  b\tc", &["a", "b", "c"]),
            ("'a b' c", &["a b", "c"]),
            ("-DX=\"a b\" y", &["-DX=a b", "y"]),
            (r"a\ b c", &["a b", "c"]),
            (r#""a\"b""#, &[r#"a\"b"#]),
        ] {
            assert_eq!(words(text).unwrap(), expected, "{text}");
        }
        assert_eq!(words("'a"), Err('\''));
    }
}

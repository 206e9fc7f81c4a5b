//! `setuptools`: `setup()` itself, package discovery, and the classes that scripts derive from.

mod distribution;
mod feature;
mod modules;
mod rehearse;

pub(in crate::stdlib) use modules::{build_module, find_package_modules};
pub(in crate::stdlib) use rehearse::{make_release_tree, run, tag};

use super::distutils_util::convert_path;
use super::os_path;
use super::releases::{before, since};
use crate::eval::arguments::Arguments;
use crate::eval::module::{Class, Entry, Member, Module, Native, function, seeing};
use crate::eval::object::Object;
use crate::eval::{Evaluator, Raised, SetupCall, Value};
use crate::system::Kind;

pub(super) static MODULE: Module = Module { name: "setuptools", members: MEMBERS, available: None };

type Result = std::result::Result<Value, Raised>;

const MEMBERS: &[Entry] = &[
    ("Command", Member::Class(&COMMAND)),
    ("Distribution", Member::Class(&DISTRIBUTION)),
    ("Extension", Member::Class(&EXTENSION)),
    ("Feature", Member::Only(has_feature, &Member::Class(&FEATURE))),
    ("Library", Member::Class(&EXTENSION)),
    ("PackageFinder", Member::Class(&PACKAGE_FINDER)),
    ("PEP420PackageFinder", Member::Class(&NAMESPACE_FINDER)),
    ("SetuptoolsDeprecationWarning", Member::Class(&crate::eval::exceptions::WARNING)),
    ("__version__", Member::Constant(version)),
    ("convert_path", Member::Only(|cx| before(cx, &[70]), &function("(pathname)", convert_path))),
    ("find_namespace_packages", Member::Only(has_namespaces, &function(FIND, find_namespace_packages))),
    ("find_packages", function(FIND, find_packages)),
    ("findall", function("(dir='.')", find_all)),
    ("setup", seeing("(*arguments, **attributes)", setup)),
    ("sic", Member::Only(|cx| since(cx, &[46, 1]), &function("(text)", |_, arguments| Ok(arguments.get(0))))),
];

const FIND: &str = "(where='.', exclude=None, include=None)";

fn has_feature(cx: &mut Evaluator<'_>) -> bool {
    before(cx, &[46])
}

fn has_namespaces(cx: &mut Evaluator<'_>) -> bool {
    !cx.is_python2() && since(cx, &[40, 1])
}

fn version(cx: &mut Evaluator<'_>) -> Result {
    let version = cx.setuptools_version().to_string();
    Ok(cx.native_text(&version))
}

/// `setup(**attributes)`: puts the call on record and gives a `Distribution` of which nothing is known.
pub(super) fn setup(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let span = arguments.span;
    let mut keywords = Vec::new();
    for keyword in arguments.keywords() {
        let place = keyword.span.or_else(|| cx.place_of(&keyword.value)).unwrap_or(span);
        let value = cx.settle(keyword.value.clone())?;
        keywords.push((keyword.name.to_string(), value, place));
    }
    let more = arguments.more().cloned();
    distribution::initialise(cx, &mut keywords)?;
    feature::finalise(cx, &mut keywords)?;
    // setuptools_scm, which takes the keyword, asks a function for its settings.
    for (_, settings, _) in keywords.iter_mut().filter(|(name, ..)| name == "use_scm_version") {
        if settings.as_object().is_some_and(|id| matches!(cx.state.object(id), Object::Function(_))) {
            let told = cx.call(settings, vec![])?;
            *settings = cx.settle(told)?;
        }
    }
    let commands = rehearse::all(cx, &keywords);
    let written = std::sync::Arc::default();
    let distribution = cx.instance(&DISTRIBUTION);
    distribution::hold(cx, &distribution, &keywords);
    cx.record_setup(SetupCall { span, keywords, more, certain: true, written, commands })?;
    Ok(distribution)
}

// Classes that scripts derive from. What their methods do happens in a build, after setup() is called.

const COMMAND_MEMBERS: &[Entry] = &[
    ("__init__", seeing("(self, dist=None, **keywords)", initialise_command)),
    ("announce", Member::Ignored),
    ("copy_file", seeing("(self, infile, outfile, *rest, **options)", rehearse::copy_file)),
    ("copy_tree", Member::Opaque("what a command does is not followed")),
    ("dump_options", Member::Ignored),
    ("ensure_finalized", Member::Ignored),
    ("ensure_string_list", Member::Ignored),
    ("execute", seeing("(self, func, args, msg=None, level=1)", rehearse::execute)),
    ("finalize_options", Member::Ignored),
    ("get_finalized_command", seeing("(self, command, create=1)", rehearse::finalized)),
    ("get_sub_commands", Member::Opaque("what a command does is not followed")),
    ("initialize_options", Member::Ignored),
    ("make_archive", Member::Opaque("what a command does is not followed")),
    ("mkpath", seeing("(self, name, mode=511)", rehearse::make_path)),
    ("reinitialize_command", Member::Opaque("what a command does is not followed")),
    ("run", Member::Ignored),
    ("run_command", seeing("(self, command)", rehearse::run_command)),
    ("set_undefined_options", Member::Ignored),
    ("spawn", Member::Ignored),
    ("sub_commands", Member::Constant(|cx| Ok(cx.list(Vec::new())))),
    ("user_options", Member::Constant(|cx| Ok(cx.list(Vec::new())))),
    ("boolean_options", Member::Constant(|cx| Ok(cx.list(Vec::new())))),
    ("description", Member::Constant(|cx| Ok(cx.native_text("")))),
    ("warn", Member::Ignored),
];

pub(super) static COMMAND: Class =
    Class { name: "Command", module: "setuptools", bases: &[], members: COMMAND_MEMBERS, new: None };

fn initialise_command(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    cx.put_attribute(&arguments.get(0), "distribution", arguments.get(1));
    Ok(Value::NONE)
}

pub(super) use distribution::DISTRIBUTION;
pub(super) use feature::FEATURE;

const EXTENSION_FIELDS: [&str; 13] = [
    "include_dirs",
    "define_macros",
    "undef_macros",
    "library_dirs",
    "libraries",
    "runtime_library_dirs",
    "extra_objects",
    "extra_compile_args",
    "extra_link_args",
    "export_symbols",
    "swig_opts",
    "depends",
    "language",
];

pub(super) static EXTENSION: Class = Class {
    name: "Extension",
    module: "setuptools.extension",
    bases: &[],
    members: &[("__init__", seeing("(self, name, sources=None, *rest, **keywords)", initialise_extension))],
    new: None,
};

fn initialise_extension(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let this = arguments.get(0);
    cx.put_attribute(&this, "name", arguments.get(1));
    let sources = arguments.some(2).cloned().unwrap_or_else(|| cx.list(Vec::new()));
    cx.put_attribute(&this, "sources", sources);
    for field in EXTENSION_FIELDS {
        let empty = if field == "language" { Value::NONE } else { cx.list(Vec::new()) };
        cx.put_attribute(&this, field, empty);
    }
    for (field, value) in EXTENSION_FIELDS.iter().zip(arguments.rest()) {
        cx.put_attribute(&this, field, value.clone());
    }
    for keyword in arguments.keywords() {
        cx.put_attribute(&this, &keyword.name, keyword.value.clone());
    }
    if let Some(more) = arguments.more() {
        cx.open_attributes(&this, more);
    }
    Ok(Value::NONE)
}

pub(super) static PACKAGE_FINDER: Class = Class {
    name: "PackageFinder",
    module: "setuptools.discovery",
    bases: &[],
    members: &[("find", Member::StaticMethod(Native::new(FIND, find_packages)))],
    new: None,
};

pub(super) static NAMESPACE_FINDER: Class = Class {
    name: "PEP420PackageFinder",
    module: "setuptools.discovery",
    bases: &[&PACKAGE_FINDER],
    members: &[("find", Member::StaticMethod(Native::new(FIND, find_namespace_packages)))],
    new: None,
};

// Discovery (setuptools/discovery.py).

fn find_packages(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    find(cx, arguments, false)
}

fn find_namespace_packages(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    find(cx, arguments, true)
}

/// The patterns of an argument; `default` when it is not given.
fn patterns(
    cx: &mut Evaluator<'_>,
    arguments: &Arguments,
    index: usize,
    default: &str,
) -> std::result::Result<Vec<String>, Raised> {
    let Some(value) = arguments.some(index).cloned() else {
        return Ok(if default.is_empty() { Vec::new() } else { vec![default.to_owned()] });
    };
    // A string is walked over by character, as setuptools does.
    let mut found = Vec::new();
    for item in cx.items(&value)? {
        found.push(cx.text_of(&item)?.to_string());
    }
    Ok(found)
}

struct Finder {
    exclude: Vec<String>,
    include: Vec<String>,
    namespace: bool,
}

impl Finder {
    fn excluded(&self, package: &str) -> bool {
        ["ez_setup", "*__pycache__"]
            .into_iter()
            .chain(self.exclude.iter().map(String::as_str))
            .any(|pattern| matches(pattern, package))
    }
}

fn find(cx: &mut Evaluator<'_>, arguments: &Arguments, namespace: bool) -> Result {
    let exclude = patterns(cx, arguments, 1, "")?;
    let include = patterns(cx, arguments, 2, "*")?;
    let place = cx.path_of(&arguments.get(0))?;
    let finder = Finder { exclude, include, namespace };
    // `convert_path('')` is '', which `os.walk` finds nothing in.
    let mut found = Vec::new();
    if !place.is_empty() {
        if cx.is_outside(&place) {
            return Err(cx.unknown("what stands outside the project depends on the machine that builds"));
        }
        if cx.kind_of(&place) == Some(Kind::Directory) {
            walk(cx, &finder, &place, "", 0, &mut found)?;
        }
    }
    let packages = found.iter().map(|package| cx.native_text(package)).collect();
    // A package is listed before those in it.
    let is_above = |first: &String| {
        found[1..]
            .iter()
            .all(|other| other.strip_prefix(first.as_str()).is_some_and(|rest| rest.starts_with('.')))
    };
    Ok(cx.listed(packages, usize::from(found.first().is_some_and(is_above))))
}

/// Directories of one level, then what lies below those that are packages.
fn walk(
    cx: &mut Evaluator<'_>,
    finder: &Finder,
    directory: &str,
    prefix: &str,
    depth: usize,
    found: &mut Vec<String>,
) -> std::result::Result<(), Raised> {
    if depth > 64 {
        return Err(cx.unknown("directories nest too deeply"));
    }
    let names = cx.list_directory(directory)?;
    let mut below = Vec::new();
    for (name, kind) in names {
        if kind != Kind::Directory || name.contains('.') {
            continue;
        }
        let path = format!("{directory}/{name}");
        if !finder.namespace && cx.kind_of(&format!("{path}/__init__.py")) != Some(Kind::File) {
            continue;
        }
        let package = format!("{prefix}{name}");
        let included = finder.include.iter().any(|pattern| matches(pattern, &package));
        let excluded = finder.excluded(&package);
        if included && !excluded {
            found.push(package.clone());
        }
        // Since 61 a package that is excluded together with everything below it is not walked into.
        let cut = [format!("{package}*"), format!("{package}.*")];
        if finder.exclude.iter().any(|pattern| cut.contains(pattern)) {
            continue;
        }
        below.push((path, package));
    }
    for (path, package) in below {
        walk(cx, finder, &path, &format!("{package}."), depth + 1, found)?;
    }
    Ok(())
}

/// `fnmatch.fnmatchcase`: `*`, `?`, `[…]`.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while t < text.len() {
        let step = match pattern.get(p) {
            Some('*') => {
                back = Some((p, t));
                p += 1;
                continue;
            }
            Some('?') => Some(p + 1),
            Some('[') => match class(&pattern, p, text[t]) {
                Some((end, true)) => Some(end),
                Some((_, false)) => None,
                None => (text[t] == '[').then_some(p + 1),
            },
            Some(c) if *c == text[t] => Some(p + 1),
            _ => None,
        };
        match (step, back) {
            (Some(next), _) => (p, t) = (next, t + 1),
            (None, Some((star, at))) => {
                back = Some((star, at + 1));
                (p, t) = (star + 1, at + 1);
            }
            (None, None) => return false,
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// A `[…]` that begins at `start`: its end and whether it takes a character; `None` when it is not closed.
fn class(pattern: &[char], start: usize, character: char) -> Option<(usize, bool)> {
    let negated = pattern.get(start + 1) == Some(&'!');
    let first = start + 1 + usize::from(negated);
    let close = (first + 1..pattern.len()).find(|at| pattern[*at] == ']')?;
    let body = &pattern[first..close];
    let mut at = 0;
    let mut taken = false;
    while at < body.len() {
        if at + 2 < body.len() && body[at + 1] == '-' {
            taken |= (body[at]..=body[at + 2]).contains(&character);
            at += 3;
        } else {
            taken |= body[at] == character;
            at += 1;
        }
    }
    Some((close + 1, taken != negated))
}

/// Every file below a directory, by its path.
fn find_all(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let top = cx.path_of(&arguments.get(0))?.to_string();
    let windows = cx.is_windows();
    let mut files = Vec::new();
    let mut pending = vec![(top.clone(), 0)];
    while let Some((directory, depth)) = pending.pop() {
        if depth > 64 {
            return Err(cx.unknown("directories nest too deeply"));
        }
        for (name, kind) in cx.list_directory(&directory)? {
            let path =
                if directory == "." { name } else { os_path::join_paths(&directory, &[name], windows) };
            match kind {
                Kind::Directory if !cx.is_link(&path)? => pending.push((path, depth + 1)),
                Kind::File => files.push(path),
                _ => {}
            }
        }
    }
    let files = files.iter().map(|file| cx.native_text(file)).collect();
    Ok(cx.list(files))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_as_fnmatchcase_does() {
        for (pattern, text, expected) in [
            ("tests", "tests", true),
            ("tests", "tests.x", false),
            ("tests.*", "tests.x.y", true),
            ("*.tests", "a.b.tests", true),
            ("*", "anything", true),
            ("a?c", "abc", true),
            ("[!a]b", "cb", true),
            ("[!a]b", "ab", false),
            ("[a-c]", "b", true),
            ("[", "[", true),
            ("**a*", "bbabb", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} on {text}");
        }
    }
}

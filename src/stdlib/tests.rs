//! Every `testdata/python/stdlib_*.py` is Python that CPython runs to its end: here each of its assertions must be known to
//! hold, for each Python that the file is for.

use super::MODULES;
use crate::eval::{Environment, Session, run};
use crate::packaging::{Platform, Python, Target};
use crate::system::Memory;
use crate::text::Sources;
use std::str::FromStr;

const FILES: &[(&str, &str)] = &[
    ("stdlib_ast.py", include_str!("../../testdata/python/stdlib_ast.py")),
    ("stdlib_collections.py", include_str!("../../testdata/python/stdlib_collections.py")),
    ("stdlib_configparser.py", include_str!("../../testdata/python/stdlib_configparser.py")),
    ("stdlib_copy.py", include_str!("../../testdata/python/stdlib_copy.py")),
    ("stdlib_fnmatch.py", include_str!("../../testdata/python/stdlib_fnmatch.py")),
    ("stdlib_functools.py", include_str!("../../testdata/python/stdlib_functools.py")),
    ("stdlib_itertools.py", include_str!("../../testdata/python/stdlib_itertools.py")),
    ("stdlib_json.py", include_str!("../../testdata/python/stdlib_json.py")),
    ("stdlib_operator.py", include_str!("../../testdata/python/stdlib_operator.py")),
    ("stdlib_pathlib_py3.py", include_str!("../../testdata/python/stdlib_pathlib_py3.py")),
    ("stdlib_re.py", include_str!("../../testdata/python/stdlib_re.py")),
    ("stdlib_small.py", include_str!("../../testdata/python/stdlib_small.py")),
    ("stdlib_string.py", include_str!("../../testdata/python/stdlib_string.py")),
    ("stdlib_textwrap.py", include_str!("../../testdata/python/stdlib_textwrap.py")),
];

/// What kept a file from running to its end with all that it says known.
fn problems(name: &str, text: &str, python: Python) -> Vec<String> {
    let script = format!("{text}\nfrom distutils.core import setup as _end\n_end(name='end')\n");
    let system = Memory::new().with(name, script);
    let target = Target { python, platform: Platform::Linux };
    let setuptools = crate::packaging::Version::from_str("44.1.1").unwrap();
    let environment = Environment::new(target, setuptools);
    let mut sources = Sources::new();
    let outcome = run(&mut Session::new(), &environment, &system, &mut sources, MODULES, name);
    let mut found = Vec::new();
    for end in &outcome.ended {
        found.push(format!("{}: {}", sources.place(end.span), end.text));
    }
    for assumption in &outcome.assumptions {
        found.push(format!("{}: {}", sources.place(assumption.span), assumption.text));
    }
    if outcome.setup_calls.len() != 1 {
        found.push(format!("the end was reached {} times", outcome.setup_calls.len()));
        for diagnostic in &outcome.diagnostics {
            found.push(format!("{}: {}", sources.place(diagnostic.primary.span), diagnostic.message));
        }
    }
    found.into_iter().map(|problem| format!("{python} {problem}")).collect()
}

#[test]
fn assertions_hold() {
    let mut found = Vec::new();
    let only = std::env::args().skip(1).find(|argument| argument.ends_with(".py"));
    for (name, text) in FILES.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name)) {
        for (major, minor) in [(2, 7), (3, 6), (3, 7), (3, 8), (3, 9), (3, 12), (3, 13)] {
            if major == 2 && name.ends_with("_py3.py") {
                continue;
            }
            found.extend(problems(name, text, Python::new(major, minor)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn modules_are_listed_once_and_in_order() {
    for family in super::FAMILIES {
        let names: Vec<&str> = family.iter().map(|module| module.name).collect();
        assert!(names.is_sorted(), "{names:?}");
    }
    let mut names: Vec<&str> = MODULES.iter().map(|module| module.name).collect();
    names.sort_unstable();
    let once = names.len();
    names.dedup();
    assert_eq!(names.len(), once);
}

//! Runs the files of `testdata/python` as their README says: each assertion must be known to hold.

use super::super::MODULES;
use crate::eval::{Environment, Session, run};
use crate::packaging::{Platform, Python, Target, Version};
use crate::syntax::python::{Dialect, ast, parse_either, span};
use crate::system::{Kind, Overlay, Rooted, System};
use crate::text::Sources;
use std::ops::Range;
use std::path::Path;
use std::str::FromStr;

/// Files that do not pass yet, and why. A file that passes must leave the list.
const KNOWN_GAPS: &[(&str, &str)] =
    &[("class_special_methods.py", "one or a few of its assertions are not known to hold")];

/// The Pythons that every file runs for, and those that only a suffix asks for.
const PYTHONS: &[(u8, u8)] = &[(2, 7), (3, 8), (3, 13)];
const SUFFIXES: &[(&str, (u8, u8))] = &[
    ("_py3", (3, 6)),
    ("_py38", (3, 8)),
    ("_py39", (3, 9)),
    ("_py310", (3, 10)),
    ("_py311", (3, 11)),
    ("_py312", (3, 12)),
];

/// The newest setuptools that a Python can have.
fn setuptools(python: Python) -> &'static str {
    match (python.major, python.minor) {
        (2, _) => "44.1.1",
        (_, ..=6) => "59.6.0",
        (_, 7) => "68.0.0",
        (_, 8) => "75.3.2",
        _ => "84.2.1",
    }
}

/// What kept a script from running to its end with all that it says known.
pub(super) fn problems(below: &dyn System, name: &str, script: &[u8], python: Python) -> Vec<String> {
    let mut script = script.to_vec();
    script.extend_from_slice(b"\nfrom distutils.core import setup as _end\n_end(name='end')\n");
    let mut system = Overlay::new(below);
    system.insert(name, script);
    let target = Target { python, platform: Platform::Linux };
    let environment = Environment::new(target, Version::from_str(setuptools(python)).unwrap());
    let mut sources = Sources::new();
    let outcome = run(&mut Session::new(), &environment, &system, &mut sources, MODULES, name);
    let mut found = Vec::new();
    for end in &outcome.ended {
        let unknown = if end.condition.is_some() { "unknown, perhaps it " } else { "" };
        found.push(format!("{}: {unknown}{}", sources.place(end.span), end.text));
    }
    for assumption in &outcome.assumptions {
        found.push(format!("{}: unknown: {}", sources.place(assumption.span), assumption.text));
    }
    for (module, span) in &outcome.missing_modules {
        found.push(format!("{}: `{module}` was taken as there", sources.place(*span)));
    }
    if outcome.setup_calls.len() != 1 {
        found.push(format!("the end was reached {} times", outcome.setup_calls.len()));
        for diagnostic in &outcome.diagnostics {
            let place =
                diagnostic.primary.as_ref().map_or_else(String::new, |label| sources.place(label.span));
            found.push(format!("{place}: {}", diagnostic.message));
        }
    }
    found.into_iter().map(|problem| format!("{python} {problem}")).collect()
}

/// The byte ranges of the `assert` statements in bodies that run where they stand.
fn assertions(body: &[ast::Stmt], found: &mut Vec<Range<usize>>) {
    for statement in body {
        match statement {
            ast::Stmt::Assert(assert) => {
                found.push(usize::from(assert.range.start())..usize::from(assert.range.end()));
            }
            ast::Stmt::If(inner) => {
                assertions(&inner.body, found);
                assertions(&inner.orelse, found);
            }
            ast::Stmt::For(inner) => assertions(&inner.body, found),
            ast::Stmt::While(inner) => assertions(&inner.body, found),
            ast::Stmt::With(inner) => assertions(&inner.body, found),
            ast::Stmt::Try(inner) => {
                assertions(&inner.body, found);
                for ast::ExceptHandler::ExceptHandler(handler) in &inner.handlers {
                    assertions(&handler.body, found);
                }
                assertions(&inner.orelse, found);
                assertions(&inner.finalbody, found);
            }
            _ => {}
        }
    }
}

/// The script with statements replaced by a `pass` of as many lines.
fn without(script: &[u8], ranges: &[Range<usize>]) -> Vec<u8> {
    let mut left = script.to_vec();
    for range in ranges {
        for byte in &mut left[range.clone()] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        left[range.start..range.start + 4].copy_from_slice(b"pass");
        let mut line = range.start + 4;
        while line < range.end {
            if left[line] == b'\n' {
                left[line - 1] = b'\\';
            }
            line += 1;
        }
    }
    left
}

/// Every assertion of a failing script that does not hold, each found with those before it that fail left out.
fn all_problems(below: &dyn System, name: &str, script: &[u8], python: Python) -> Vec<String> {
    let mut sources = Sources::new();
    let mut found = problems(below, name, script, python);
    let Ok(text) = std::str::from_utf8(script) else { return found };
    let file = sources.add(name, text);
    let dialect = if python.major == 2 { Dialect::Python2 } else { Dialect::Python3 };
    let Ok(tree) = parse_either(&sources, file, dialect) else { return found };
    let mut asserts = Vec::new();
    assertions(&tree.body, &mut asserts);
    let mut wrong: Vec<Range<usize>> = Vec::new();
    let mut told = Vec::new();
    while !found.is_empty() && wrong.len() < 60 {
        // How many assertions, from the first, must be kept for the run to fail.
        let with = |kept: usize| {
            let ranges: Vec<_> = wrong.iter().chain(&asserts[kept..]).cloned().collect();
            problems(below, name, &without(script, &ranges), python)
        };
        let (mut low, mut high) = (0, asserts.len());
        if !with(low).is_empty() {
            found.insert(0, format!("{python} {name}: fails without its assertions too"));
            told.append(&mut found);
            return told;
        }
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            if with(middle).is_empty() { low = middle } else { high = middle }
        }
        let culprit = asserts[high - 1].clone();
        let place = sources.place(span(file, text_range(&culprit)));
        let line = text[culprit.clone()].lines().next().unwrap_or_default();
        told.push(format!(
            "{python} {place}: {line}\n      {}",
            with(high).first().cloned().unwrap_or_default()
        ));
        wrong.push(culprit);
        found = problems(below, name, &without(script, &wrong), python);
    }
    told
}

fn text_range(range: &Range<usize>) -> crate::syntax::python::TextRange {
    let offset = |at: usize| u32::try_from(at).unwrap().into();
    crate::syntax::python::TextRange::new(offset(range.start), offset(range.end))
}

fn is_for(name: &str, python: (u8, u8)) -> bool {
    let stem = name.trim_end_matches(".py");
    if stem.ends_with("_py2") {
        return python.0 == 2;
    }
    match SUFFIXES.iter().find(|(suffix, _)| stem.ends_with(suffix)) {
        Some((_, least)) => python >= *least,
        None => true,
    }
}

/// Each file that is wanted with its problems, for every Python that it is for; with each of them when `thorough`.
fn run_files(wanted: impl Fn(&str) -> bool, thorough: bool) -> Vec<(String, Vec<String>)> {
    let system = Rooted::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/python")).unwrap();
    let mut results = Vec::new();
    for (name, kind) in system.list("").unwrap() {
        if kind != Kind::File || !name.ends_with(".py") || !wanted(&name) {
            continue;
        }
        let script = system.read(&name).unwrap();
        let own = SUFFIXES.iter().filter(|(suffix, _)| name.trim_end_matches(".py").ends_with(suffix));
        let mut pythons: Vec<_> = PYTHONS.iter().chain(own.map(|(_, python)| python)).collect();
        pythons.sort_unstable();
        pythons.dedup();
        pythons.retain(|python| is_for(&name, **python));
        assert!(!pythons.is_empty(), "no Python runs {name}");
        let mut found = Vec::new();
        for (major, minor) in pythons {
            let python = Python::new(*major, *minor);
            let first = problems(&system, &name, &script, python);
            if thorough && !first.is_empty() {
                found.extend(all_problems(&system, &name, &script, python));
            } else {
                found.extend(first);
            }
        }
        results.push((name, found));
    }
    results
}

#[test]
fn assertions_hold() {
    let is_gap = |name: &str| KNOWN_GAPS.iter().any(|(file, _)| *file == name);
    let mut report = Vec::new();
    for (_, mut found) in run_files(|name| !is_gap(name), true) {
        report.append(&mut found);
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}

#[test]
fn known_gaps_are_gaps() {
    let mut passing = Vec::new();
    for (name, _) in KNOWN_GAPS {
        let results = run_files(|file| file == *name, false);
        assert_eq!(results.len(), 1, "there is no {name}");
        if results[0].1.is_empty() {
            passing.push(*name);
        }
    }
    assert!(passing.is_empty(), "these pass, take them from KNOWN_GAPS: {}", passing.join(" "));
}

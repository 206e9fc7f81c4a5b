//! A file opened without an encoding.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::eval::code::walk;
use crate::lint::{Context, rule};
use crate::packaging::{Python, specifiers};
use crate::syntax::python::{Dialect, ast};
use crate::text::Span;

rule! {
    /// `open()` without an encoding reads by the locale of the machine: the file below has characters that are read wrong, or not at all, on Windows and under `LC_ALL=C` before Python 3.15.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", python_requires=">=3.6", long_description=open("README.rst").read())
    /// # file: README.rst
    /// Größe
    /// ```
    /// ```text fixed
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", python_requires=">=3.6", long_description=open("README.rst", encoding="utf-8").read())
    /// # file: README.rst
    /// Größe
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", long_description=open("README.rst").read())
    /// # file: README.rst
    /// size
    /// ```
    "open-without-encoding", Warning, "a file that is not ASCII, opened without an encoding",
    sources: &["PEP 597"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some(script), Some(evaluation)) = (&cx.script, cx.evaluation()) else { return Vec::new() };
    if script.python.dialect == Dialect::Python2 {
        return Vec::new();
    }
    // A module of the project may have given `open` another meaning.
    let renamed =
        script.imports().iter().any(|import| import.names.contains(&"open") || import.names.contains(&"*"));
    let is_code = |path: &String| path.ends_with(".py");
    let foreign: Vec<&String> = (evaluation.outcome.files_read.iter())
        .filter(|path| !is_code(path) && cx.system.read(path).is_ok_and(|content| !content.is_ascii()))
        .collect();
    if renamed || foreign.is_empty() {
        return Vec::new();
    }
    let requires = cx.metadata().text("python_requires").ok().flatten();
    let only3 = requires
        .and_then(|text| specifiers::parse(text).ok())
        .is_some_and(|all| !specifiers::admits_python(&all, Python::new(2, 7)));
    let calls = script.calls();
    // Where one branch reads the file with an encoding, the other one is for Python 2, which has none to give.
    let with_encoding: Vec<String> = calls
        .iter()
        .filter(|(call, ..)| has_encoding(call))
        .flat_map(|(call, ..)| texts(call.args.first()))
        .collect();
    let mut found = Vec::new();
    for (call, name, _) in calls {
        if name != "open" || call.args.len() > 2 || has_encoding(call) {
            continue;
        }
        let words = texts(call.args.first());
        if words.iter().any(|word| with_encoding.contains(word)) {
            continue;
        }
        let binary = call
            .args
            .get(1)
            .is_some_and(|mode| texts(Some(mode)).iter().any(|mode| mode.contains(['b', 'w', 'a'])));
        let named = foreign.iter().find(|path| words.iter().any(|word| ends_as(path, word)));
        let (Some(path), false) = (named, binary) else { continue };
        let span = script.span(call);
        let message = format!("`{path}` is not ASCII, and is read by the locale of the machine");
        let diagnostic = Diagnostic::new(&CODE, span, message);
        let end = Span::new(span.file, span.end - 1, span.end - 1);
        let comma =
            if cx.sources.slice(span).trim_end_matches(')').trim_end().ends_with(',') { " " } else { ", " };
        let edits = vec![Edit::new(end, format!("{comma}encoding=\"utf-8\""))];
        found.push(if only3 {
            diagnostic.help("add `encoding=\"utf-8\"`").fix(Fix::safe("add `encoding=\"utf-8\"`", edits))
        } else {
            diagnostic.help("open it with `io.open(…, encoding=\"utf-8\")`, which Python 2 has too")
        });
    }
    found
}

/// Whether a call names an encoding, or may do so in a mapping.
fn has_encoding(call: &ast::ExprCall) -> bool {
    call.keywords.iter().any(|keyword| keyword.arg.as_ref().is_none_or(|arg| arg.as_str() == "encoding"))
}

fn ends_as(path: &str, word: &str) -> bool {
    !word.is_empty() && path.rsplit('/').next() == word.rsplit('/').next()
}

/// The literal texts in an expression: what a path is put together from.
fn texts(expression: Option<&ast::Expr>) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(expression) = expression {
        walk(expression, &mut |inner| {
            if let ast::Expr::Constant(constant) = inner
                && let Some(text) = constant.value.as_str()
            {
                found.push(text.clone());
            }
        });
    }
    found
}

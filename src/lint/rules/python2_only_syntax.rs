//! A setup.py that only Python 2 reads.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::{Python, specifiers};
use crate::syntax::python::Dialect;

rule! {
    /// Python 3 stops at the first such line, and pip says "error: subprocess-exited-with-error". A project that `python_requires` keeps to Python 2 is passed over.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// print "building"
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// print("building")
    /// setup(name="demo", version="1.0")
    /// ```
    "python2-only-syntax", Error, "a setup.py that only Python 2 reads",
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let requires = cx.metadata().text("python_requires").ok().flatten();
    let specifiers = requires.and_then(|text| specifiers::parse(text).ok());
    let admits = |specifiers| specifiers::admits_python(&specifiers, Python::new(3, 12));
    if script.python.dialect == Dialect::Python3 || !specifiers.is_none_or(admits) {
        return Vec::new();
    }
    let Some(note) = script.python.notes.first() else { return Vec::new() };
    let diagnostic =
        Diagnostic::new(&CODE, note.span, format!("only Python 2 reads setup.py: {}", note.what));
    let more = script.python.notes.iter().skip(1).take(3);
    let diagnostic = more.fold(diagnostic, |diagnostic, note| diagnostic.label(note.span, note.what));
    let help = "write it for both, or keep pip on Python 2 with `python_requires=\"<3\"`";
    vec![diagnostic.help(help)]
}

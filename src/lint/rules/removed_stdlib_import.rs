//! An import of a module that Python has dropped.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Tag, rule};

rule! {
    /// setup.py fails at the import on the Pythons that have dropped the module.
    ///
    /// ```python bad
    /// import imp
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    /// ```python good
    /// try:
    ///     import imp
    /// except ImportError:
    ///     imp = None
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// ```
    "removed-stdlib-import", Warning, "an import of a standard module that newer Pythons do not have",
    tags: &[Tag::Deprecated],
    sources: &["PEP 594", "Python 3.12: imp, asyncore, asynchat, smtpd removed"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let imports = script.imports();
    let told = imports.iter().filter(|import| !import.seen.guarded && !import.seen.nested);
    let found = told.filter(|import| is_one(import.module)).map(|import| {
        let message = format!("newer Pythons have no `{}`", import.module);
        Diagnostic::new(&CODE, import.span, message).help("import something else where it is missing")
    });
    found.collect()
}

fn is_one(module: &str) -> bool {
    // With the version that dropped them: Python's "What's New" pages.
    const GONE: &[&str] = &[
        "asynchat",
        "asyncore",
        "audioop",
        "cgi",
        "cgitb",
        "crypt",
        "imghdr",
        "imp",
        "mailcap",
        "msilib",
        "nntplib",
        "ossaudiodev",
        "pipes",
        "smtpd",
        "sndhdr",
        "spwd",
        "sunau",
        "telnetlib",
        "uu",
        "xdrlib",
        "lib2to3",
    ];
    GONE.contains(&module.split('.').next().unwrap_or(module))
}

//! Imports of standard modules that newer Pythons no longer have.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Tag, rule};
use crate::packaging::Python;
use crate::packaging::specifiers::{admits_python, parse};

rule! {
    /// Python drops standard modules from time to time: `imp`, `asyncore` and others in 3.12, nineteen old ones in 3.13. A setup.py
    /// that imports one of them cannot be built there.
    ///
    /// ```python bad
    /// import imp
    /// from setuptools import setup
    ///
    /// version = imp.load_source("version", "version.py")
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// try:
    ///     import imp
    /// except ImportError:
    ///     imp = None
    /// setup(name="demo", version="1.0")
    /// ```
    "removed-module", Warning, "an import of a standard module that newer Pythons do not have",
    tags: &[Tag::Deprecated],
    sources: &["PEP 594", "Python documentation: What's New in 3.12 and 3.13, Removed"],
}

/// The first Python without the modules.
const REMOVED: &[((u8, u8), &[&str])] = &[
    (
        (3, 0),
        &[
            "ConfigParser",
            "HTMLParser",
            "Queue",
            "StringIO",
            "cPickle",
            "cStringIO",
            "commands",
            "urllib2",
            "urlparse",
        ],
    ),
    ((3, 9), &["_dummy_thread", "dummy_threading"]),
    ((3, 10), &["formatter", "parser", "symbol"]),
    ((3, 11), &["binhex"]),
    ((3, 12), &["asynchat", "asyncore", "imp", "smtpd"]),
    (
        (3, 13),
        &[
            "aifc",
            "audioop",
            "cgi",
            "cgitb",
            "chunk",
            "crypt",
            "imghdr",
            "lib2to3",
            "mailcap",
            "msilib",
            "nis",
            "nntplib",
            "ossaudiodev",
            "pipes",
            "sndhdr",
            "spwd",
            "sunau",
            "telnetlib",
            "uu",
            "xdrlib",
        ],
    ),
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let specifiers = cx.text("python_requires").and_then(|(text, _)| parse(text).ok());
    let newest = Python::ALL
        .into_iter()
        .rfind(|python| specifiers.as_ref().is_none_or(|specifiers| admits_python(specifiers, *python)));
    let newest = cx.settings.target_python.or(newest);
    let mut found = Vec::new();
    for import in script.imports() {
        if import.seen.guarded || import.seen.nested {
            continue;
        }
        let top = import.module.split('.').next().unwrap_or(import.module);
        let Some(((major, minor), _)) = REMOVED.iter().find(|(_, modules)| modules.contains(&top)) else {
            continue;
        };
        // A module of the project's own may have that name.
        let own = cx.tree.is_file(&format!("{top}.py")) || cx.tree.is_directory(top);
        if !own && newest.is_some_and(|newest| newest >= Python::new(*major, *minor)) {
            let message = format!("`{top}` is no module of Python {major}.{minor} and later");
            let help = format!(
                "import something else, or catch the `ImportError`; or exclude Python {major}.{minor} with `python_requires`"
            );
            found.push(Diagnostic::new(&CODE, import.span, message).help(help));
        }
    }
    found
}

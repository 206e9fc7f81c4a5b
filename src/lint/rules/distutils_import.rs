//! `import distutils`, which Python no longer has.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::timeline::{Timeline, python};
use crate::lint::{Context, Tag, rule};
use crate::syntax::python::ast;

/// What setuptools itself offers of `distutils.core`.
const OFFERED: &[&str] = &["setup", "Extension", "Command"];

rule! {
    /// distutils is gone from Python 3.12 (PEP 632). What answers to the name there is a copy that setuptools brings, and only
    /// where setuptools is imported first; take what is needed from setuptools itself.
    ///
    /// An import that stands in a branch or in an `except ImportError:` is a fallback and is left alone.
    ///
    /// ```python bad
    /// from distutils.core import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python fixed
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// try:
    ///     from setuptools import setup
    /// except ImportError:
    ///     from distutils.core import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "distutils-import", Warning, "an import of distutils, which is gone from Python 3.12",
    tags: &[Tag::Deprecated],
    timeline: Timeline {
        deprecated_in: python("3.10", "2021-10-04"),
        removed_in: python("3.12", "2023-10-02"),
        due: None,
    },
    sources: &["PEP 632"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let imports = script.imports();
    let first_setuptools = imports
        .iter()
        .filter(|import| import.module.split('.').next() == Some("setuptools"))
        .map(|import| import.span.start)
        .min();
    let mut found = Vec::new();
    for import in &imports {
        let is_distutils = import.module.split('.').next() == Some("distutils");
        // With setuptools before it, its copy answers.
        let stands_in = first_setuptools.is_some_and(|at| at < import.span.start);
        if !is_distutils || import.seen.guarded || import.seen.nested || stands_in {
            continue;
        }
        let message = format!("`{}` is not part of Python 3.12 and later", import.module);
        let mut diagnostic = Diagnostic::new(&CODE, import.span, message)
            .help("import setuptools first, or take what is needed from setuptools itself");
        if matches!(import.seen.statement, ast::Stmt::ImportFrom(_))
            && import.module == "distutils.core"
            && import.names.iter().all(|name| OFFERED.contains(name))
            && let Some(at) = cx.sources.slice(import.span).find("distutils.core")
        {
            let start = import.span.start + at as u32;
            let span = crate::text::Span::new(script.file, start, start + "distutils.core".len() as u32);
            diagnostic =
                diagnostic.fix(Fix::safe("import it from setuptools", vec![Edit::new(span, "setuptools")]));
        }
        found.push(diagnostic);
    }
    found
}

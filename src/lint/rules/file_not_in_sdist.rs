//! A file that the source distribution lacks.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, rule};
use crate::text::Span;

rule! {
    /// setup.py opens a file that MANIFEST.in does not name. It works in the checkout, and whoever builds the source distribution gets `FileNotFoundError`.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version=open("VERSION").read().strip(), packages=[])
    /// # file: VERSION
    /// 1.0
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version=open("VERSION").read().strip(), packages=[])
    /// # file: VERSION
    /// 1.0
    /// # file: MANIFEST.in
    /// include VERSION
    /// ```
    "file-not-in-sdist", Error, "a file that setup.py reads and that the source distribution lacks",
    sources: &["check-manifest"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some(sdist), Some(evaluation)) = (&cx.preview().sdist, cx.evaluation()) else { return Vec::new() };
    // An unpacked source distribution has what it has.
    if cx.tree.is_file("PKG-INFO") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for path in &evaluation.outcome.files_read {
        let generated = path.contains(".egg-info/") || path.starts_with(".git/");
        if sdist.contains(path) || generated || !cx.tree.is_file(path) {
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some(script) = &cx.script else { continue };
        let text = cx.sources.text(script.file);
        let span = match text.find(name) {
            Some(at) => Span::new(script.file, at as u32, (at + name.len()) as u32),
            None => {
                evaluation.outcome.setup_calls.first().map_or(cx.sources.head(script.file), |call| call.span)
            }
        };
        let message = format!("setup.py reads `{path}`, which the source distribution will not have");
        let mut diagnostic =
            Diagnostic::new(&CODE, span, message).help(format!("write `include {path}` into MANIFEST.in"));
        if let Some((file, _)) = &cx.manifest {
            let text = cx.sources.text(*file);
            let end = Span::new(*file, text.len() as u32, text.len() as u32);
            let line_end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
            let fix = Fix::safe(
                format!("include `{path}`"),
                vec![Edit::new(end, format!("{line_end}include {path}\n"))],
            );
            diagnostic = diagnostic.fix(fix);
        }
        found.push(diagnostic);
    }
    found
}

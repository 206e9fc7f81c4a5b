//! An argument whose value cannot be known.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::project::Field;

rule! {
    /// The value depends on something that is not in the project's files: the environment, the clock, a program's output. A build gives another result on another machine, and no tool can tell what it will be.
    ///
    /// ```python bad
    /// import subprocess
    /// from setuptools import setup
    ///
    /// setup(name="demo", version=subprocess.check_output(["git", "describe"]).decode())
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "undecidable-argument", Info, "an argument whose value cannot be known without running setup.py",
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((_, call)) = cx.call() else { return Vec::new() };
    let mut found = Vec::new();
    for (name, field) in cx.metadata().iter() {
        if !matches!(field, Field::Unknown { .. }) {
            continue;
        }
        // What only differs between Pythons is known for each of them.
        let variants = cx.project.variants.iter();
        let unknown =
            variants.filter_map(|variant| variant.metadata.get(name)).find_map(|field| match field {
                Field::Unknown { origin, unknown } => Some((origin, unknown)),
                Field::Known { .. } => None,
            });
        let Some((origin, unknown)) = unknown else { continue };
        if unknown.reason.starts_with(&format!("`{name}` depends on the target")) {
            // Likewise for platforms.
            continue;
        }
        if cx.is_wrong(*origin) || cx.is_wrong(unknown.span) {
            // What it is, is known, and no value for the field.
            continue;
        }
        // `setup(**unknown)` makes every field unknown at one place: the first says it all.
        let whole = *origin == call.span;
        if whole
            && found
                .iter()
                .any(|d: &Diagnostic| d.primary.as_ref().is_some_and(|label| label.span == call.span))
        {
            continue;
        }
        let what = if whole { "what `setup()` is given".to_owned() } else { format!("`{name}`") };
        let message = format!("{what} cannot be known without running setup.py: {}", unknown.reason);
        let mut diagnostic = Diagnostic::new(&CODE, *origin, message);
        if unknown.span != *origin && !cx.sources.path(unknown.span.file).is_empty() {
            diagnostic = diagnostic.label(unknown.span, "this is not known");
        }
        found.push(diagnostic.help("give it a value that stands in the project's own files"));
    }
    found
}

//! An argument that `setup()` does not have.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, rule};
use crate::project::vocabulary::{Slot, words};
use crate::text::nearest::nearest_within;

rule! {
    /// setuptools says "Unknown distribution option" and goes on, so that what was meant is silently missing. Arguments of plug-ins that `setup_requires` or `[build-system]` name are passed over.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_require=["flask"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["flask"])
    /// ```
    "unknown-keyword", Error, "an argument that `setup()` does not have",
    sources: &["setuptools: keywords"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((outcome, call)) = cx.call() else { return Vec::new() };
    // A class of the project's own may take any argument.
    if call.keywords.iter().any(|(name, ..)| name == "distclass") || !outcome.patches.is_empty() {
        return Vec::new();
    }
    let required = !cx.list("setup_requires").is_empty()
        || cx.pyproject.as_ref().is_some_and(|(_, table)| {
            let requires = table.table("build-system").and_then(|table| table.get("requires")?.texts());
            requires
                .unwrap_or_default()
                .iter()
                .any(|text| !text.starts_with("setuptools") && !text.starts_with("wheel"))
        });
    let mut found = Vec::new();
    for (name, _, span) in &call.keywords {
        if words(&[Slot::Setup, Slot::PlugIn]).any(|word| word.name == name) {
            continue;
        }
        let near = nearest_within(name, words(&[Slot::Setup]).map(|word| word.name), 2);
        if required && near.is_none() {
            continue;
        }
        let message = format!("`setup()` has no argument `{name}`: setuptools passes over it");
        let diagnostic = Diagnostic::new(&CODE, *span, message);
        let word = crate::text::Span::new(span.file, span.start, span.start + name.len() as u32);
        found.push(match near {
            Some(near) if cx.sources.slice(word) == name => diagnostic
                .help(format!("did you mean `{near}`?"))
                .fix(Fix::risky(format!("write `{near}`"), vec![Edit::new(word, near)])),
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => {
                diagnostic.help("take it out; where a plug-in has it, name the plug-in in `[build-system]`")
            }
        });
    }
    found
}

//! Requirements that only this checkout can satisfy.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::syntax::requirements_txt::EntryKind;

rule! {
    /// `-e` and paths tie a requirements file to one checkout: it cannot be used to deploy, and what it installs has no version.
    ///
    /// ```text bad
    /// # file: requirements.txt
    /// -e ./vendored
    /// # file: vendored/setup.py
    /// from setuptools import setup
    /// setup(name="vendored", version="1")
    /// ```
    /// ```requirements good
    /// vendored==1
    /// ```
    "editable-requirement", Info, "an editable requirement or a path in a requirements file",
    profile: Profile::Pedantic,
    sources: &["pip documentation: editable installs"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let entries = cx.requirements.iter().flat_map(|file| &file.entries);
    let tied = entries.filter(|entry| entry.editable || matches!(entry.kind, EntryKind::Path { .. }));
    // `-e .` is how a development file asks for the project itself.
    let tied = tied.filter(|entry| !matches!(&entry.kind, EntryKind::Path { path, .. } if path.trim_matches(['.', '/']).is_empty()));
    let told = tied.map(|entry| {
        let message = match entry.kind {
            EntryKind::Path { .. } => "only this checkout can satisfy this requirement",
            _ => "what is installed is a checkout of a repository, and no release",
        };
        Diagnostic::new(&CODE, entry.span, message)
            .help("require a released version, and keep this line in a file for development")
    });
    told.collect()
}

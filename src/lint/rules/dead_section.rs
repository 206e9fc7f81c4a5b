//! A section for a command that is gone.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, Tag, rule};

rule! {
    /// Nothing reads it any more.
    ///
    /// ```ini bad
    /// [metadata]
    /// name = demo
    /// [upload_docs]
    /// upload_dir = docs
    /// ```
    /// ```ini good
    /// [metadata]
    /// name = demo
    /// [sdist]
    /// formats = gztar
    /// ```
    "dead-section", Info, "a section of setup.cfg for a command that is gone",
    profile: Profile::Pedantic,
    tags: &[Tag::Unnecessary],
}

/// Sections, and since when nothing reads them.
const DEAD: &[(&str, &str)] = &[
    ("bdist_msi", "setuptools 65.0.0 has no `bdist_msi`"),
    ("bdist_wininst", "setuptools 65.0.0 has no `bdist_wininst`"),
    ("pytest", "pytest 4.0 reads `[tool:pytest]`"),
    ("test", "setuptools 72.0.0 has no `test`"),
    ("upload", "setuptools 42.0.0 has no `upload`"),
    ("upload_docs", "setuptools 75.0.0 has no `upload_docs`"),
    ("upload_sphinx", "setuptools 75.0.0 has no `upload`"),
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(config) = &cx.config else { return Vec::new() };
    let mut found = Vec::new();
    for section in &config.sections {
        if let Some((_, why)) = DEAD.iter().find(|(name, _)| *name == section.name) {
            let message = format!("nothing reads `[{}]`: {why}", section.name);
            found.push(Diagnostic::new(&CODE, section.span, message).help("take the section out"));
        }
    }
    found
}

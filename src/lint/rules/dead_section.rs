//! Sections of setup.cfg for commands that are gone.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, Tag, rule};

rule! {
    /// Commands that setuptools dropped leave their sections behind; nothing reads them any more. pytest reads `[tool:pytest]`
    /// and refuses `[pytest]` in setup.cfg.
    ///
    /// ```ini bad
    /// [upload]
    /// sign = 1
    /// ```
    /// ```ini good
    /// [tool:pytest]
    /// addopts = -q
    /// ```
    "dead-section", Info, "a section for a command that is gone",
    profile: Profile::Pedantic,
    tags: &[Tag::Unnecessary],
    sources: &["setuptools change log: 42, 65, 75, 80"],
}

const DEAD: &[(&str, &str)] = &[
    ("bdist_msi", "setuptools 65 dropped the command"),
    ("bdist_wininst", "setuptools 65 dropped the command"),
    ("easy_install", "setuptools 80 dropped the command"),
    ("pytest", "pytest reads `[tool:pytest]`"),
    ("register", "setuptools 75 dropped the command"),
    ("upload", "setuptools 75 dropped the command"),
    ("upload_docs", "setuptools 75 dropped the command"),
    ("upload_sphinx", "its command was part of a project that is no longer kept"),
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let sections = cx.config.iter().flat_map(|config| &config.sections);
    let told = sections.filter_map(|section| {
        let (name, why) = DEAD.iter().find(|(name, _)| *name == section.name)?;
        let message = format!("nothing reads `[{name}]`: {why}");
        let help = if *name == "pytest" { "write `[tool:pytest]`" } else { "remove the section" };
        Some(Diagnostic::new(&CODE, section.span, message).help(help))
    });
    told.collect()
}

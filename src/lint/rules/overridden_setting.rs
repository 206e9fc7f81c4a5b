//! A setting that is overridden.

use crate::diagnostic::Diagnostic;
use crate::eval::outcome::View;
use crate::lint::{Context, rule};

rule! {
    /// setup.py and setup.cfg both give the field, with values that differ: one of them has no effect.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.1", packages=[])
    /// # file: setup.cfg
    /// [metadata]
    /// version = 1.0
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", packages=[])
    /// # file: setup.cfg
    /// [metadata]
    /// version = 1.0
    /// ```
    "overridden-setting", Warning, "a setting of setup.cfg that an argument of `setup()` overrides",
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some(config), Some((outcome, call))) = (&cx.config, cx.call()) else { return Vec::new() };
    if ["pbr", "d2to1"].iter().any(|name| cx.keyword(name).is_some()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for section in ["metadata", "options"] {
        for setting in config.section(section).iter().flat_map(|section| &section.settings) {
            let given = call.keywords.iter().find(|(name, ..)| *name == setting.name);
            let Some((name, value, span)) = given else { continue };
            let same = match outcome.view(value) {
                View::None => true,
                View::Text(text) => text.trim() == setting.value.trim(),
                View::Bool(flag) => {
                    matches!(setting.value.to_lowercase().as_str(), "1" | "true" | "yes") == flag
                }
                _ => false,
            };
            let Some(origin) = cx.metadata().origin(name).filter(|_| !same) else { continue };
            let config_wins = cx.sources.path(origin.file) == "setup.cfg";
            let (winner, loser) =
                if config_wins { (setting.name_span(), *span) } else { (*span, setting.name_span()) };
            let message =
                format!("`{name}` has no effect here: {} gives another value", cx.sources.path(winner.file));
            let diagnostic = Diagnostic::new(&CODE, loser, message).label(winner, "this one counts");
            found.push(diagnostic.help("keep one of the two"));
        }
    }
    found
}

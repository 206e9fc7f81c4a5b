//! Settings of setup.cfg that setup.py says too.

use crate::diagnostic::Diagnostic;
use crate::eval::outcome::View;
use crate::lint::{Context, rule};

rule! {
    /// What setup.py gives to `setup()` goes before what setup.cfg says. The setting in setup.cfg is dead, and whoever changes it wonders.
    ///
    /// ```text bad
    /// # file: setup.cfg
    /// [metadata]
    /// name = demo
    /// version = 1.1
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(version="1.0")
    /// ```
    /// ```text good
    /// # file: setup.cfg
    /// [metadata]
    /// name = demo
    /// version = 1.1
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup()
    /// ```
    "overridden-setting", Warning, "a setting of setup.cfg that setup.py overrides",
    sources: &["setuptools.dist.Distribution.parse_config_files"],
}

/// Names that setup.cfg spells otherwise than `setup()`.
const ALIASES: &[(&str, &str)] = &[
    ("classifier", "classifiers"),
    ("home_page", "url"),
    ("platform", "platforms"),
    ("summary", "description"),
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(config) = &cx.config else { return Vec::new() };
    let mut found = Vec::new();
    for section in
        config.sections.iter().filter(|section| ["metadata", "options"].contains(&section.name.as_str()))
    {
        for setting in &section.settings {
            let name = ALIASES
                .iter()
                .find(|(alias, _)| *alias == setting.name)
                .map_or(setting.name.as_str(), |(_, name)| name);
            let Some((view, span)) = cx.view(name).filter(|(view, _)| is_truthy(view)) else { continue };
            let message = match view {
                View::Text(text) if text == setting.value => {
                    format!("setup.py says `{name}` too, and goes before this")
                }
                _ => format!("setup.py gives another `{name}`, and goes before this"),
            };
            found.push(
                Diagnostic::new(&CODE, setting.name_span(), message)
                    .label(span, "goes before")
                    .help("keep one of them"),
            );
        }
    }
    found
}

/// Whether setuptools takes the argument for given; what is unknown is not called so.
fn is_truthy(view: &View) -> bool {
    match view {
        View::Bool(value) => *value,
        View::Text(text) => !text.is_empty(),
        View::List(items) | View::Tuple(items) | View::Set(items) => !items.is_empty(),
        View::Dict(entries) => !entries.is_empty(),
        _ => false,
    }
}

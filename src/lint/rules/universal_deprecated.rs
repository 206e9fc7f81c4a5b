//! `universal` wheels, which setuptools means to drop.

use crate::diagnostic::Diagnostic;
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, Profile, Tag, rule};

rule! {
    /// `universal = 1` tags the wheel for Python 2 and 3. setuptools still does it, and has said since 75.1 that it will stop. While the
    /// project supports Python 2, it is right.
    ///
    /// ```ini bad
    /// [bdist_wheel]
    /// universal = 1
    /// ```
    /// ```ini good
    /// [bdist_wheel]
    /// universal = 0
    /// python_tag = py3
    /// ```
    "universal-deprecated", Info, "a universal wheel, which setuptools means to drop",
    profile: Profile::Pedantic,
    tags: &[Tag::Deprecated],
    timeline: Timeline { deprecated_in: setuptools("75.1.0", "2024-09-16"), removed_in: None, due: Some("2025-08-30") },
    sources: &["setuptools change log: 75.1.0"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(config) = &cx.config else { return Vec::new() };
    let settings =
        ["bdist_wheel", "wheel"].into_iter().filter_map(|section| config.setting(section, "universal"));
    let is_set =
        |value: &str| ["1", "on", "t", "true", "y", "yes"].contains(&value.trim().to_lowercase().as_str());
    let told = settings.filter(|setting| is_set(&setting.value)).map(|setting| {
        Diagnostic::new(&CODE, setting.name_span(), "setuptools means to drop universal wheels")
            .help("remove it once the project leaves Python 2")
    });
    told.collect()
}

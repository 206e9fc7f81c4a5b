//! `license_file` in setup.cfg.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::timeline::{Timeline, setuptools};
use crate::lint::{Context, Tag, rule};

rule! {
    /// `license_files` takes its place, with patterns and several lines.
    ///
    /// ```ini bad
    /// [metadata]
    /// name = demo
    /// license_file = LICENSE
    /// ```
    /// ```ini fixed
    /// [metadata]
    /// name = demo
    /// license_files = LICENSE
    /// ```
    /// ```ini good
    /// [metadata]
    /// name = demo
    /// license_files = LICENSE
    /// ```
    "license-file-key", Warning, "`license_file`, a deprecated setting",
    tags: &[Tag::Deprecated],
    timeline: Timeline {
            deprecated_in: setuptools("56.0.0", "2021-04-08"),
            removed_in: None,
            due: None,
        },
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(setting) = cx.config.as_ref().and_then(|config| config.setting("metadata", "license_file"))
    else {
        return Vec::new();
    };
    let diagnostic = Diagnostic::new(&CODE, setting.name_span(), "`license_file` is deprecated")
        .help("write `license_files`");
    let both = cx.config.as_ref().is_some_and(|config| config.setting("metadata", "license_files").is_some());
    let fix = Fix::safe("write `license_files`", vec![Edit::new(setting.name_span(), "license_files")]);
    vec![if both { diagnostic } else { diagnostic.fix(fix) }]
}

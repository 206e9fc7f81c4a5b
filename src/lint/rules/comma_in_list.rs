//! A comma in a list of lines.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, rule};

rule! {
    /// A list in setup.cfg is separated by commas when it stands on one line, and by lines when it stands on several: there a comma is part of the item.
    ///
    /// ```ini bad
    /// [metadata]
    /// name = demo
    /// [options]
    /// py_modules =
    ///     one,
    ///     two,
    /// ```
    /// ```ini fixed
    /// [metadata]
    /// name = demo
    /// [options]
    /// py_modules =
    ///     one
    ///     two
    /// ```
    /// ```ini good
    /// [metadata]
    /// name = demo
    /// [options]
    /// py_modules = one, two
    /// ```
    "comma-in-list", Warning, "a comma at the end of a line of a list in setup.cfg",
    sources: &["setuptools: setup.cfg, dangling lists"],
}

/// Lists of names, in which no item has a comma.
const LISTS: &[(&str, &str)] = &[
    ("metadata", "keywords"),
    ("metadata", "platforms"),
    ("metadata", "license_files"),
    ("metadata", "classifiers"),
    ("options", "py_modules"),
    ("options", "scripts"),
    ("options", "packages"),
    ("options", "namespace_packages"),
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(config) = &cx.config else { return Vec::new() };
    let mut found = Vec::new();
    for (section, name) in LISTS {
        let Some(setting) = config.setting(section, name) else { continue };
        if !setting.value.trim_end().contains('\n') {
            continue;
        }
        let mut offset = 0;
        let mut edits = Vec::new();
        for line in setting.value.split_inclusive('\n') {
            let end = line.trim_end();
            if end.ends_with(',') {
                edits.push(Edit::new(setting.span_of(offset + end.len() - 1..offset + end.len()), ""));
            }
            offset += line.len();
        }
        let Some(first) = edits.first() else { continue };
        let exact = edits.iter().all(|edit| cx.sources.slice(edit.span) == ",");
        let message = format!("the comma becomes part of the item of `{name}`");
        let diagnostic = Diagnostic::new(&CODE, first.span, message)
            .help("separate items by lines or by commas, not by both");
        let fix = Fix::safe("take the commas out", edits.clone());
        found.push(if exact { diagnostic.fix(fix) } else { diagnostic });
    }
    found
}

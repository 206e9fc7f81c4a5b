//! A setting that setuptools does not have.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, rule};
use crate::project::vocabulary::{Slot, words};
use crate::syntax::setup_cfg::SetupCfg;
use crate::text::nearest::nearest_within;
use std::collections::BTreeSet;

rule! {
    /// setuptools passes over it without a word, so that what was meant is silently missing.
    ///
    /// ```ini bad
    /// [metadata]
    /// name = demo
    /// desciption = short
    /// ```
    /// ```ini good
    /// [metadata]
    /// name = demo
    /// description = short
    /// ```
    /// ```ini good
    /// [metadata]
    /// name = demo
    /// home = https://demo.example
    /// url = %(home)s/start
    /// ```
    "unknown-setting", Warning, "a setting of setup.cfg that setuptools does not have",
    sources: &["setuptools: setup.cfg"],
}

const METADATA: &[Slot] = &[Slot::Metadata];
const OPTIONS: &[Slot] = &[Slot::Options, Slot::Refused];

/// The names that values refer to as `%(name)s`: what they name says something, whatever it is called.
fn variables(cx: &Context<'_>, config: &SetupCfg) -> BTreeSet<String> {
    let settings = config.sections.iter().flat_map(|section| &section.settings);
    let values = settings.map(|setting| cx.sources.slice(setting.value_span()));
    let references = values.flat_map(|value| value.split("%(").skip(1));
    references.filter_map(|rest| Some(rest.split_once(")s")?.0.to_lowercase())).collect()
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(config) = &cx.config else { return Vec::new() };
    // These read setup.cfg themselves, with keys of their own.
    if ["pbr", "d2to1"].iter().any(|name| cx.keyword(name).is_some()) {
        return Vec::new();
    }
    let variables = variables(cx, config);
    let is = |slots: &'static [Slot], name: &str| words(slots).any(|word| word.name == name);
    let mut found = Vec::new();
    for (section, known) in [("metadata", METADATA), ("options", OPTIONS)] {
        for setting in config.section(section).iter().flat_map(|section| &section.settings) {
            // Keys of other tools have dashes, and a rule of their own.
            if is(known, &setting.name)
                || cx.sources.slice(setting.name_span()) != setting.written()
                || variables.contains(&setting.written().to_lowercase())
            {
                continue;
            }
            let message = format!("`[{section}]` has no `{}`: setuptools passes over it", setting.name);
            let elsewhere = if section == "metadata" { (OPTIONS, "options") } else { (METADATA, "metadata") };
            let diagnostic = Diagnostic::new(&CODE, setting.name_span(), message);
            let near = nearest_within(&setting.name, words(known).map(|word| word.name), 2);
            found.push(if is(elsewhere.0, &setting.name) {
                diagnostic.help(format!("it belongs into `[{}]`", elsewhere.1))
            } else if let Some(near) = near {
                let fix = Fix::risky(format!("write `{near}`"), vec![Edit::new(setting.name_span(), near)]);
                diagnostic.help(format!("did you mean `{near}`?")).fix(fix)
            } else {
                diagnostic.help("take it out")
            });
        }
    }
    found
}

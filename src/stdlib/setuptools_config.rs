//! `setuptools.config`: `read_configuration`, the options of setup.cfg in a dict.
//!
//! Texts and plain lists are known; what files, modules or discovery would give is unknown.

use crate::eval::module::{Entry, Member, function};
use crate::eval::{Arguments, Evaluator, Raised, Value};
use crate::syntax::setup_cfg::{Setting, SetupCfg};

pub(super) const MEMBERS: &[Entry] = &[
    ("parse_configuration", Member::Opaque("the configuration of a distribution is not followed")),
    (
        "read_configuration",
        function("(filepath, find_others=False, ignore_option_errors=False)", read_configuration),
    ),
];

/// Options of `[metadata]` that stay as they are written.
const TEXTS: &[&str] = &[
    "author",
    "author_email",
    "download_url",
    "license",
    "long_description_content_type",
    "maintainer",
    "maintainer_email",
    "name",
    "url",
    "version",
    "description",
    "long_description",
];
/// Options that are lists at commas or lines.
const LISTS: &[&str] = &["keywords", "platforms", "classifiers"];

fn read_configuration(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let path = cx.path_of(&arguments.get(0))?;
    if cx.locate(&path).as_deref() != Some("setup.cfg") || cx.truth(&arguments.get(1))? {
        return Err(cx.unknown("only the project's own setup.cfg is read"));
    }
    if !cx.is_file(&path)? {
        return Err(cx.error(
            &super::distutils_modules::DISTUTILS_FILE_ERROR,
            format!("Configuration file {path} does not exist."),
        ));
    }
    let Some(config) = cx.read_setup_cfg()? else {
        return Err(cx.unknown("setup.cfg cannot be read"));
    };
    let mut sections = Vec::new();
    for (name, prefix) in [("metadata", "metadata"), ("options", "options")] {
        if let Some(section) = section(cx, &config, prefix)? {
            sections.push((cx.native_text(name), section));
        }
    }
    cx.dict(sections)
}

/// The options of a section, known where their parsing is plain.
fn section(cx: &mut Evaluator<'_>, config: &SetupCfg, name: &str) -> Result<Option<Value>, Raised> {
    let mut entries = Vec::new();
    let below = format!("{name}.");
    for section in
        config.sections.iter().filter(|section| section.name == name || section.name.starts_with(&below))
    {
        if section.name != name {
            let key = section.name[below.len()..].replace('.', "_");
            let value = cx.unknown_value(format!("`[{}]` of setup.cfg is not read here", section.name));
            entries.push((cx.native_text(&key), value));
            continue;
        }
        for setting in &section.settings {
            let value = value(cx, name, setting);
            entries.push((cx.native_text(&setting.name), value));
        }
    }
    if entries.is_empty() { Ok(None) } else { cx.dict(entries).map(Some) }
}

fn value(cx: &mut Evaluator<'_>, section: &str, setting: &Setting) -> Value {
    let text = setting.value.as_str();
    let plain = !["file:", "attr:", "find:"].iter().any(|directive| text.starts_with(directive));
    let value = if section == "metadata" && plain && TEXTS.contains(&setting.name.as_str()) {
        cx.native_text(text)
    } else if section == "metadata" && plain && LISTS.contains(&setting.name.as_str()) {
        let parts: Vec<&str> =
            if text.contains('\n') { text.split('\n').collect() } else { text.split(',').collect() };
        let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
        let parts = parts.map(|part| cx.native_text(part)).collect();
        cx.list(parts)
    } else {
        cx.unknown_value(format!("`{}` of setup.cfg is not read here", setting.name))
    };
    cx.through(value, setting.value_span())
}

//! `setuptools.config`: `read_configuration`, the options of setup.cfg in a dict.
//!
//! What modules would give (`attr:`) is unknown, and what parsers of other releases than those looked at made.

use super::releases::before;
use super::setuptools::found_packages;
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
            let key = &section.name[below.len()..];
            // It says how packages are found, and sets nothing of its own.
            if key != "packages.find" {
                let value = table(cx, key, &section.settings)?;
                entries.push((cx.native_text(key), value));
            }
            continue;
        }
        for setting in &section.settings {
            let value = value(cx, config, name, setting)?;
            entries.push((cx.native_text(&setting.name), value));
        }
    }
    if entries.is_empty() { Ok(None) } else { cx.dict(entries).map(Some) }
}

/// `_parse_list`: at line ends where there are any, else at the separator.
fn items(text: &str, separator: char) -> Vec<&str> {
    let parts: Vec<&str> =
        if text.contains('\n') { text.lines().collect() } else { text.split(separator).collect() };
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn list(cx: &mut Evaluator<'_>, text: &str, separator: char) -> Value {
    let items = items(text, separator).into_iter().map(|item| cx.native_text(item)).collect();
    cx.list(items)
}

/// Whether a text is more than it says: what another file or module has, or a comment that only some releases take for one.
fn is_plain(text: &str) -> bool {
    !["file:", "attr:", "find:", "find_namespace:"].iter().any(|directive| text.starts_with(directive))
        && !items(text, ',').iter().any(|item| item.starts_with('#'))
}

/// A section of its own, as a dict of lists.
fn table(cx: &mut Evaluator<'_>, name: &str, settings: &[Setting]) -> Result<Value, Raised> {
    let separator = match name {
        "entry_points" | "exclude_package_data" | "package_data" => ',',
        "extras_require" => ';',
        _ => '\0',
    };
    if cx.is_python2() || separator == '\0' || !settings.iter().all(|setting| is_plain(&setting.value)) {
        return Ok(cx.unknown_value(format!("`[options.{name}]` of setup.cfg is not read here")));
    }
    let mut entries = Vec::new();
    let mut everywhere = None;
    for setting in settings {
        let value = list(cx, &setting.value, separator);
        let value = cx.through(value, setting.value_span());
        if setting.name == "*" && name.ends_with("package_data") {
            everywhere = Some((cx.native_text(""), value));
        } else {
            entries.push((cx.native_text(&setting.name), value));
        }
    }
    entries.extend(everywhere);
    cx.dict(entries)
}

fn value(
    cx: &mut Evaluator<'_>,
    config: &SetupCfg,
    section: &str,
    setting: &Setting,
) -> Result<Value, Raised> {
    let (name, text) = (setting.name.as_str(), setting.value.as_str());
    let read = match section {
        "metadata" if is_plain(text) && TEXTS.contains(&name) => Some(cx.native_text(text)),
        "metadata" if is_plain(text) && LISTS.contains(&name) => Some(list(cx, text, ',')),
        "metadata" if name == "long_description" && !cx.is_python2() => files(cx, text)?,
        "options" if !cx.is_python2() => option(cx, config, name, text)?,
        _ => None,
    };
    let value = read.unwrap_or_else(|| cx.unknown_value(format!("`{name}` of setup.cfg is not read here")));
    Ok(cx.through(value, setting.value_span()))
}

/// An option of `[options]`, where all releases make the same of it.
fn option(
    cx: &mut Evaluator<'_>,
    config: &SetupCfg,
    name: &str,
    text: &str,
) -> Result<Option<Value>, Raised> {
    Ok(match name {
        "include_package_data" | "zip_safe" => {
            Some(Value::bool(["1", "true", "yes"].contains(&text.to_lowercase().as_str())))
        }
        "packages" if text.trim() == "find:" => Some(discovered(cx, config)?),
        // A `SpecifierSet` since 41.3.
        "python_requires" if before(cx, &[41, 3]) => Some(cx.native_text(text)),
        _ if !is_plain(text) => None,
        "dependency_links" | "eager_resources" | "namespace_packages" | "packages" | "py_modules"
        | "scripts" => Some(list(cx, text, ',')),
        "install_requires" | "setup_requires" | "tests_require" => Some(list(cx, text, ';')),
        "package_dir" => {
            let mut entries = Vec::new();
            for item in items(text, ',') {
                let Some((key, value)) = item.split_once('=') else { return Ok(None) };
                entries.push((cx.native_text(key.trim()), cx.native_text(value.trim())));
            }
            Some(cx.dict(entries)?)
        }
        _ => None,
    })
}

/// `packages = find:` with what `[options.packages.find]` says.
fn discovered(cx: &mut Evaluator<'_>, config: &SetupCfg) -> Result<Value, Raised> {
    let settings = config.sections.iter().find(|section| section.name == "options.packages.find");
    let given = |name: &str| -> Vec<String> {
        let setting =
            settings.iter().flat_map(|section| &section.settings).find(|setting| setting.name == name);
        setting.map_or_else(Vec::new, |setting| {
            items(&setting.value, ',').into_iter().map(str::to_owned).collect()
        })
    };
    let root = cx.project_root().to_owned();
    let place = given("where").first().map_or_else(|| root.clone(), |below| format!("{root}/{below}"));
    let include = Some(given("include")).filter(|include| !include.is_empty());
    found_packages(cx, &place, given("exclude"), include.unwrap_or_else(|| vec!["*".to_owned()]), false)
}

/// `file:` of a text: the files that are there, one after the other.
fn files(cx: &mut Evaluator<'_>, text: &str) -> Result<Option<Value>, Raised> {
    let Some(paths) = text.strip_prefix("file:") else { return Ok(None) };
    let mut found = Vec::new();
    for path in paths.split(',') {
        let path = format!("{}/{}", cx.project_root(), path.trim());
        if cx.is_outside(&path) {
            return Ok(None);
        }
        if cx.is_file(&path)? {
            let Ok(content) = String::from_utf8(cx.read_file(&path)?.to_vec()) else { return Ok(None) };
            found.push(content.replace("\r\n", "\n").replace('\r', "\n"));
        }
    }
    Ok(Some(Value::text(found.join("\n"))))
}

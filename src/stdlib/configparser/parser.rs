//! What the parsers keep, how they read, and how values are expanded.
//!
//! A parser keeps `_defaults`, a dict, and `_sections`, a dict of dicts, as CPython's does.

use super::super::versions::by_python;
use super::{
    CONFIG, DUPLICATE_OPTION, DUPLICATE_SECTION, INTERPOLATION_DEPTH, INTERPOLATION_MISSING,
    INTERPOLATION_SYNTAX, MISSING_HEADER, NO_OPTION, PARSING, SAFE, key, settings, wanted,
};
use crate::eval::{Arguments, Data, Evaluator, Raised, Value};
use crate::packaging::Python;
use crate::syntax::ini::{
    self, ConfigOption, Dialect, IniError, IniErrorKind, Interpolation, InterpolationError,
};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// What the constructor was given.
#[derive(Clone)]
pub(super) struct Settings {
    pub dialect: Dialect,
    interpolation: Interpolation,
}

pub(super) fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let python2 = cx.is_python2();
    let mut dialect = if python2 { Dialect::python2() } else { Dialect::python3() };
    let interpolating = cx.is_instance(&this, &CONFIG);
    let mut interpolation = match (interpolating, python2 && !cx.is_instance(&this, &SAFE)) {
        (false, _) => Interpolation::None,
        (true, true) => Interpolation::Classic,
        (true, false) => Interpolation::Basic,
    };
    dialect.allow_no_value = cx.truth(&arguments.get(3))?;
    for option in arguments.keywords() {
        let value = &option.value;
        match &*option.name {
            "strict" => dialect.strict = cx.truth(value)?,
            "empty_lines_in_values" => dialect.empty_lines_in_values = cx.truth(value)?,
            "default_section" => dialect.default_section = cx.text_of(value)?.to_string(),
            "delimiters" => dialect.delimiters = marks(cx, value)?,
            "comment_prefixes" => dialect.comment_prefixes = marks(cx, value)?,
            "inline_comment_prefixes" if value.is_none() => {}
            "inline_comment_prefixes" => dialect.inline_comment_prefixes = marks(cx, value)?,
            "interpolation" if value.is_none() => interpolation = Interpolation::None,
            "interpolation" if cx.is_instance(value, &super::BASIC_INTERPOLATION) => {
                interpolation = Interpolation::Basic;
            }
            name => return Err(cx.unknown(format!("`{name}` of a configuration parser is not modelled"))),
        }
    }
    let (defaults, sections) = (cx.ordered_dict(), cx.ordered_dict());
    cx.put_attribute(&this, "_defaults", defaults.clone());
    cx.put_attribute(&this, "_sections", sections);
    let default_section = cx.native_text(&dialect.default_section);
    cx.put_attribute(&this, "default_section", default_section);
    cx.carry(&this, Arc::new(Settings { dialect, interpolation }));
    if let Some(given) = arguments.some(1).cloned() {
        for (name, value) in cx.dict_items(&given)? {
            let name = key(cx, &this, &name)?;
            cx.set_item(&defaults, &name, value)?;
        }
    }
    Ok(Value::NONE)
}

/// One-character marks; longer ones are not modelled.
fn marks(cx: &mut Evaluator<'_>, value: &Value) -> Result<Vec<char>, Raised> {
    let mut found = Vec::new();
    for mark in cx.items(value)? {
        let text = cx.text_of(&mark)?;
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(only), None) => found.push(only),
            _ => return Err(cx.unknown("a delimiter or comment prefix of more than one character")),
        }
    }
    Ok(found)
}

/// The dict of a section, the defaults' excluded.
pub(super) fn section(cx: &mut Evaluator<'_>, this: &Value, name: &Value) -> Result<Option<Value>, Raised> {
    let sections = cx.get_attribute(this, "_sections")?;
    if cx.contains(&sections, name)? { cx.get_item(&sections, name).map(Some) } else { Ok(None) }
}

/// The default section's name, then the others.
pub(super) fn names(cx: &mut Evaluator<'_>, this: &Value) -> Result<Vec<Value>, Raised> {
    let sections = cx.get_attribute(this, "_sections")?;
    let mut names = vec![cx.get_attribute(this, "default_section")?];
    names.extend(cx.items(&sections)?);
    Ok(names)
}

pub(super) fn read(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let given = arguments.get(1);
    let plain = cx.plain(&given);
    let single =
        matches!(plain.data, Data::Text(_) | Data::Bytes(_)) || cx.method(&given, "__fspath__")?.is_some();
    let names = if single { vec![given] } else { cx.items(&given)? };
    let encoding = match arguments.some(2) {
        Some(encoding) => cx.text_of(&encoding.clone())?.to_lowercase().replace('_', "-"),
        None => "utf-8".to_owned(),
    };
    let mut found = Vec::new();
    for name in names {
        let path = cx.path_of(&name)?;
        let bytes = match cx.read_file(&path) {
            Ok(bytes) => bytes,
            // What cannot be opened is passed over.
            Err(Raised::Exception(error)) if cx.is_environment_error(&error) => continue,
            Err(raised) => return Err(raised),
        };
        let text = match (&*encoding, std::str::from_utf8(&bytes)) {
            ("utf-8" | "utf8", Ok(text)) => text.to_owned(),
            ("utf-8-sig", Ok(text)) => text.trim_start_matches('\u{feff}').to_owned(),
            ("ascii" | "us-ascii", Ok(text)) if text.is_ascii() => text.to_owned(),
            ("latin-1" | "latin1" | "iso-8859-1", _) => bytes.iter().map(|byte| char::from(*byte)).collect(),
            _ => return Err(cx.unknown("a configuration file that is not in the encoding asked for")),
        };
        let universal_newlines = !cx.is_python2();
        let origin = cx.file_origin(&path, &text);
        cx.put_attribute(&arguments.get(0), super::ORIGIN, Value::NONE.with_origin(origin));
        take_in(cx, &arguments.get(0), &text, universal_newlines)?;
        found.push(name);
    }
    Ok(cx.list(found))
}

pub(super) fn read_file(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    // The parser walks over the lines of whatever it is given.
    let lines = cx.items(&arguments.get(1))?;
    let mut text = String::new();
    if let Some(first) = lines.first() {
        cx.put_attribute(&arguments.get(0), super::ORIGIN, Value::NONE.with_origin(first.origin));
    }
    for line in lines {
        let line = cx.text_of(&line)?;
        cx.charge_bytes(line.len())?;
        text.push_str(&line);
        if !line.ends_with('\n') {
            text.push('\n');
        }
    }
    take_in(cx, &arguments.get(0), &text, false)?;
    Ok(Value::NONE)
}

pub(super) fn read_string(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let text = cx.text_of(&arguments.get(1))?;
    take_in(cx, &arguments.get(0), &text, false)?;
    Ok(Value::NONE)
}

pub(super) fn read_dict(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    for (name, options) in cx.dict_items(&arguments.get(1))? {
        let into = section_for(cx, &this, &name)?;
        for (option, value) in cx.dict_items(&options)? {
            let option = cx.to_str(&option)?;
            let option = key(cx, &this, &option)?;
            let value = if value.is_none() { value } else { cx.to_str(&value)? };
            cx.set_item(&into, &option, value)?;
        }
    }
    Ok(Value::NONE)
}

/// The dict that a section's options go into, made if it is new.
fn section_for(cx: &mut Evaluator<'_>, this: &Value, name: &Value) -> Result<Value, Raised> {
    if let Some(found) = section(cx, this, name)? {
        return Ok(found);
    }
    let default = cx.get_attribute(this, "default_section")?;
    if cx.equal(&default, name)? {
        return cx.get_attribute(this, "_defaults");
    }
    let made = cx.ordered_dict();
    let sections = cx.get_attribute(this, "_sections")?;
    cx.set_item(&sections, name, made.clone())?;
    Ok(made)
}

/// Reads a text into the parser.
fn take_in(cx: &mut Evaluator<'_>, this: &Value, text: &str, universal_newlines: bool) -> Result<(), Raised> {
    cx.charge_bytes(text.len() * 4)?;
    cx.charge_steps(text.len() / 16)?;
    let settings = settings(cx, this)?;
    let own_names = cx.own_attribute(this, "optionxform").is_some();
    let config = by_python(cx, |python| {
        let dialect = Dialect {
            lower_case: !own_names,
            header_to_last_bracket: python >= Python::new(3, 10),
            universal_newlines,
            ..settings.dialect.clone()
        };
        ini::parse(text, &dialect)
    });
    let config = config.map_err(|error| refuse(cx, &error))?;
    let defaults = cx.get_attribute(this, "_defaults")?;
    store(cx, this, &defaults, &config.defaults)?;
    for section in &config.sections {
        let name = cx.native_text(&section.name);
        let into = section_for(cx, this, &name)?;
        store(cx, this, &into, &section.options)?;
    }
    Ok(())
}

fn store(
    cx: &mut Evaluator<'_>,
    this: &Value,
    into: &Value,
    options: &[ConfigOption<Range<usize>>],
) -> Result<(), Raised> {
    for option in options {
        let name = cx.native_text(&option.name);
        let name = key(cx, this, &name)?;
        let value = option.value.as_ref().map_or(Value::NONE, |value| cx.native_text(value));
        cx.set_item(into, &name, value)?;
    }
    Ok(())
}

fn refuse(cx: &mut Evaluator<'_>, error: &IniError) -> Raised {
    let class = match error.kind {
        IniErrorKind::MissingSectionHeader => &MISSING_HEADER,
        IniErrorKind::DuplicateSection { .. } => &DUPLICATE_SECTION,
        IniErrorKind::DuplicateOption { .. } => &DUPLICATE_OPTION,
        IniErrorKind::Parsing { .. } => &PARSING,
        IniErrorKind::ContinuesNoValue | IniErrorKind::Reserved | IniErrorKind::Disagreement => {
            return cx.unknown("a configuration file that spx does not read as Python does");
        }
    };
    cx.error(class, format!("{} at line {}", error.class_name(), error.line))
}

/// `get` by its arguments, without the fallback.
pub(super) fn get(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let layers = layers(cx, &this, &arguments.get(1), &arguments.get(4))?;
    let option = key(cx, &this, &arguments.get(2))?;
    let Some(value) = find(cx, &layers, &option)? else {
        let name = cx.text_of(&option)?;
        let section = cx.text_of(&arguments.get(1))?;
        return Err(cx.error(&NO_OPTION, format!("No option '{name}' in section: '{section}'")));
    };
    if cx.truth(&arguments.get(3))? { Ok(value) } else { expanded(cx, &this, &layers, &value) }
}

/// Where a name is looked for: `vars`, the section, the defaults.
fn layers(cx: &mut Evaluator<'_>, this: &Value, section: &Value, vars: &Value) -> Result<Vec<Value>, Raised> {
    let mut layers = Vec::new();
    let section = wanted(cx, this, section)?;
    if !vars.is_none() {
        let mut entries = Vec::new();
        for (name, value) in cx.dict_items(vars)? {
            entries.push((key(cx, this, &name)?, value));
        }
        layers.push(cx.dict(entries)?);
    }
    layers.push(section);
    layers.push(cx.get_attribute(this, "_defaults")?);
    Ok(layers)
}

fn find(cx: &mut Evaluator<'_>, layers: &[Value], option: &Value) -> Result<Option<Value>, Raised> {
    for layer in layers {
        if cx.contains(layer, option)? {
            return cx.get_item(layer, option).map(Some);
        }
    }
    Ok(None)
}

fn expanded(cx: &mut Evaluator<'_>, this: &Value, layers: &[Value], value: &Value) -> Result<Value, Raised> {
    let settings = settings(cx, this)?;
    if settings.interpolation == Interpolation::None || !matches!(value.data, Data::Text(_) | Data::Bytes(_))
    {
        return Ok(value.clone());
    }
    let text = cx.text_of(value)?;
    if !text.contains('%') {
        return Ok(value.clone());
    }
    // All that references can name, the innermost layer last.
    let mut known: HashMap<String, String> = HashMap::new();
    for layer in layers.iter().rev() {
        for (name, value) in cx.dict_items(layer)? {
            if let (Ok(name), Ok(value)) = (cx.text_of(&name), cx.text_of(&value)) {
                known.insert(name.to_string(), value.to_string());
            }
        }
    }
    let own_names = cx.own_attribute(this, "optionxform").is_some();
    let fold = |name: &str| if own_names { name.to_owned() } else { name.to_lowercase() };
    match ini::expand(settings.interpolation, &text, &|name| known.get(&fold(name)).cloned()) {
        Ok(expanded) => Ok(cx.text_like(value, &expanded)),
        Err(error) => {
            let class = match error {
                InterpolationError::Syntax { .. } | InterpolationError::Unclosed { .. } => {
                    &INTERPOLATION_SYNTAX
                }
                InterpolationError::MissingOption { .. } => &INTERPOLATION_MISSING,
                InterpolationError::Depth => &INTERPOLATION_DEPTH,
                InterpolationError::TooLarge | InterpolationError::Conversion { .. } => {
                    return Err(cx.unknown(format!("a configuration value: {error}")));
                }
            };
            Err(cx.error(class, error.to_string()))
        }
    }
}

/// Pairs of a section's options and values, the defaults first.
pub(super) fn items(
    cx: &mut Evaluator<'_>,
    this: &Value,
    section: &Value,
    raw: &Value,
    vars: &Value,
) -> Result<Vec<Value>, Raised> {
    let layers = layers(cx, this, section, vars)?;
    let raw = cx.truth(raw)?;
    let merged = cx.ordered_dict();
    for layer in layers.iter().rev() {
        for (name, value) in cx.dict_items(layer)? {
            cx.set_item(&merged, &name, value)?;
        }
    }
    let mut rows = Vec::new();
    for (name, value) in cx.dict_items(&merged)? {
        let value = if raw { value } else { expanded(cx, this, &layers, &value)? };
        rows.push(Value::tuple(vec![name, value]));
    }
    Ok(rows)
}

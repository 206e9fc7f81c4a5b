//! `configparser` (Python 3) and `ConfigParser` (Python 2): the parsers with sections, options, interpolation.
//!
//! Not modelled: `ExtendedInterpolation`, converters, `BOOLEAN_STATES` of the script's own.

use super::versions::at_least;
use crate::eval::exceptions::{EXCEPTION, KEY_ERROR};
use crate::eval::module::{Class, Entry, Member, Module, function, seeing, when};
use crate::eval::{Arguments, Evaluator, Origin, Raised, Value};
use parser::Settings;
use std::sync::Arc;

mod parser;

pub(super) static MODULE: Module =
    Module { name: "configparser", members: MEMBERS, available: Some(when::python3) };
pub(super) static PYTHON2: Module =
    Module { name: "ConfigParser", members: MEMBERS, available: Some(when::python2) };

const MEMBERS: &[Entry] = &[
    ("RawConfigParser", Member::Class(&RAW)),
    ("ConfigParser", Member::Class(&CONFIG)),
    ("SafeConfigParser", Member::Only(before_3_12, &Member::Class(&SAFE))),
    ("BasicInterpolation", Member::Only(when::python3, &Member::Class(&BASIC_INTERPOLATION))),
    ("DEFAULTSECT", Member::Constant(|cx| Ok(cx.native_text("DEFAULT")))),
    ("Error", Member::Class(&ERROR)),
    ("NoSectionError", Member::Class(&NO_SECTION)),
    ("NoOptionError", Member::Class(&NO_OPTION)),
    ("DuplicateSectionError", Member::Class(&DUPLICATE_SECTION)),
    ("DuplicateOptionError", Member::Only(when::python3, &Member::Class(&DUPLICATE_OPTION))),
    ("InterpolationError", Member::Class(&INTERPOLATION)),
    ("InterpolationSyntaxError", Member::Class(&INTERPOLATION_SYNTAX)),
    ("InterpolationDepthError", Member::Class(&INTERPOLATION_DEPTH)),
    ("InterpolationMissingOptionError", Member::Class(&INTERPOLATION_MISSING)),
    ("ParsingError", Member::Class(&PARSING)),
    ("MissingSectionHeaderError", Member::Class(&MISSING_HEADER)),
];

/// Any Python 2, or Python 3 before 3.12.
fn before_3_12(cx: &mut Evaluator<'_>) -> bool {
    !at_least(cx, 12)
}

macro_rules! exception {
    ($ident:ident $name:literal $base:expr) => {
        pub(super) static $ident: Class =
            Class { name: $name, module: "configparser", bases: &[$base], members: &[], new: None };
    };
}

exception!(ERROR "Error" &EXCEPTION);
exception!(NO_SECTION "NoSectionError" &ERROR);
exception!(NO_OPTION "NoOptionError" &ERROR);
exception!(DUPLICATE_SECTION "DuplicateSectionError" &ERROR);
exception!(DUPLICATE_OPTION "DuplicateOptionError" &ERROR);
exception!(INTERPOLATION "InterpolationError" &ERROR);
exception!(INTERPOLATION_SYNTAX "InterpolationSyntaxError" &INTERPOLATION);
exception!(INTERPOLATION_DEPTH "InterpolationDepthError" &INTERPOLATION);
exception!(INTERPOLATION_MISSING "InterpolationMissingOptionError" &INTERPOLATION);
exception!(PARSING "ParsingError" &ERROR);
exception!(MISSING_HEADER "MissingSectionHeaderError" &PARSING);

static BASIC_INTERPOLATION: Class =
    Class { name: "BasicInterpolation", module: "configparser", bases: &[], members: &[], new: None };

static RAW: Class = Class {
    name: "RawConfigParser",
    module: "configparser",
    bases: &[],
    members: &[
        (
            "__init__",
            function(
                "(self, defaults=None, dict_type=None, allow_no_value=False, **options)",
                parser::initialise,
            ),
        ),
        ("optionxform", function("(self, optionstr)", |cx, a| cx.call_method(&a.get(1), "lower", vec![]))),
        ("read", function("(self, filenames, encoding=None)", parser::read)),
        ("read_file", Member::Only(when::python3, &function("(self, f, source=None)", parser::read_file))),
        ("readfp", Member::Only(before_3_12, &function("(self, fp, filename=None)", parser::read_file))),
        (
            "read_string",
            Member::Only(when::python3, &function("(self, string, source=None)", parser::read_string)),
        ),
        (
            "read_dict",
            Member::Only(when::python3, &function("(self, dictionary, source=None)", parser::read_dict)),
        ),
        ("sections", function("(self)", sections)),
        ("defaults", function("(self)", |cx, a| cx.get_attribute(&a.get(0), "_defaults"))),
        (
            "has_section",
            function("(self, section)", |cx, a| {
                Ok(Value::bool(parser::section(cx, &a.get(0), &a.get(1))?.is_some()))
            }),
        ),
        ("has_option", function("(self, section, option)", has_option)),
        ("add_section", function("(self, section)", add_section)),
        ("options", function("(self, section)", options)),
        ("set", seeing("(self, section, option, value=None)", set)),
        ("get", function("(self, section, option, raw=False, vars=None, fallback=None)", get)),
        ("getint", function("(self, section, option, raw=False, vars=None, fallback=None)", getint)),
        ("getfloat", function("(self, section, option, raw=False, vars=None, fallback=None)", getfloat)),
        ("getboolean", function("(self, section, option, raw=False, vars=None, fallback=None)", getboolean)),
        ("items", function("(self, section=None, raw=False, vars=None)", items)),
        ("remove_section", function("(self, section)", remove_section)),
        ("remove_option", function("(self, section, option)", remove_option)),
        ("write", function("(self, fp, space_around_delimiters=True)", write)),
        ("__getitem__", Member::Only(when::python3, &function("(self, key)", proxy))),
        ("__contains__", Member::Only(when::python3, &function("(self, key)", contains))),
        ("__iter__", Member::Only(when::python3, &function("(self)", names))),
        ("keys", Member::Only(when::python3, &function("(self)", names))),
    ],
    new: None,
};

static CONFIG: Class =
    Class { name: "ConfigParser", module: "configparser", bases: &[&RAW], members: &[], new: None };
static SAFE: Class =
    Class { name: "SafeConfigParser", module: "configparser", bases: &[&CONFIG], members: &[], new: None };

/// `parser[section]`.
static PROXY: Class = Class {
    name: "SectionProxy",
    module: "configparser",
    bases: &[],
    members: &[
        ("get", function("(self, option, fallback=None, raw=False, vars=None)", proxy_get)),
        (
            "getint",
            function("(self, option, fallback=None, raw=False, vars=None)", |cx, a| {
                proxy_typed(cx, a, "getint")
            }),
        ),
        (
            "getfloat",
            function("(self, option, fallback=None, raw=False, vars=None)", |cx, a| {
                proxy_typed(cx, a, "getfloat")
            }),
        ),
        (
            "getboolean",
            function("(self, option, fallback=None, raw=False, vars=None)", |cx, a| {
                proxy_typed(cx, a, "getboolean")
            }),
        ),
        ("__getitem__", function("(self, key)", proxy_item)),
        ("__contains__", function("(self, key)", proxy_contains)),
        ("__iter__", function("(self)", proxy_names)),
        ("keys", function("(self)", proxy_names)),
        ("items", function("(self)", proxy_items)),
        ("values", function("(self)", proxy_values)),
    ],
    new: None,
};

fn sections(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let sections = cx.get_attribute(&arguments.get(0), "_sections")?;
    let names = cx.items(&sections)?;
    Ok(cx.list(names))
}

fn settings(cx: &mut Evaluator<'_>, this: &Value) -> Result<Arc<Settings>, Raised> {
    match cx.carried::<Settings>(this) {
        Some(settings) => Ok(settings),
        None => Err(cx.unknown("a parser whose `__init__` did not run")),
    }
}

/// The name as a key, by the parser's `optionxform`.
fn key(cx: &mut Evaluator<'_>, this: &Value, option: &Value) -> Result<Value, Raised> {
    cx.call_method(this, "optionxform", vec![option.clone()])
}

/// The section's dict, or that of the defaults for their name; else `NoSectionError`.
fn wanted(cx: &mut Evaluator<'_>, this: &Value, section: &Value) -> Result<Value, Raised> {
    if let Some(found) = parser::section(cx, this, section)? {
        return Ok(found);
    }
    let name = cx.text_of(section)?;
    if *name == *settings(cx, this)?.dialect.default_section {
        return cx.get_attribute(this, "_defaults");
    }
    Err(no_section(cx, section))
}

fn no_section(cx: &mut Evaluator<'_>, section: &Value) -> Raised {
    match cx.repr(section).and_then(|shown| cx.text_of(&shown)) {
        Ok(shown) => cx.error(&NO_SECTION, format!("No section: {shown}")),
        Err(raised) => raised,
    }
}

fn has_option(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let section = match wanted(cx, &this, &arguments.get(1)) {
        Ok(section) => section,
        Err(Raised::Exception(_)) => return Ok(Value::bool(false)),
        Err(raised) => return Err(raised),
    };
    let option = key(cx, &this, &arguments.get(2))?;
    let defaults = cx.get_attribute(&this, "_defaults")?;
    Ok(Value::bool(cx.contains(&section, &option)? || cx.contains(&defaults, &option)?))
}

fn add_section(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let (this, name) = (arguments.get(0), arguments.get(1));
    if parser::section(cx, &this, &name)?.is_some() {
        let text = cx.text_of(&name)?;
        return Err(cx.error(&DUPLICATE_SECTION, format!("Section '{text}' already exists")));
    }
    let sections = cx.get_attribute(&this, "_sections")?;
    let empty = cx.dict(Vec::new())?;
    cx.set_item(&sections, &name, empty)?;
    Ok(Value::NONE)
}

fn options(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let Some(section) = parser::section(cx, &this, &arguments.get(1))? else {
        return Err(no_section(cx, &arguments.get(1)));
    };
    let defaults = cx.get_attribute(&this, "_defaults")?;
    let mut names = cx.items(&section)?;
    for name in cx.items(&defaults)? {
        if !cx.contains(&section, &name)? {
            names.push(name);
        }
    }
    Ok(cx.list(names))
}

fn set(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let section = wanted(cx, &this, &arguments.get(1))?;
    let option = key(cx, &this, &arguments.get(2))?;
    cx.set_item(&section, &option, arguments.get(3))?;
    Ok(Value::NONE)
}

/// The value, or the fallback where there is none.
fn get(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    match parser::get(cx, arguments) {
        Err(Raised::Exception(error)) => {
            let missing = cx.is_instance(&error, &NO_SECTION) || cx.is_instance(&error, &NO_OPTION);
            match arguments.given(5) {
                Some(fallback) if missing => Ok(fallback.clone()),
                _ => Err(Raised::Exception(error)),
            }
        }
        Ok(value) => match cx.own_attribute(&arguments.get(0), ORIGIN) {
            Some(read) if value.origin == Origin::NOWHERE => Ok(value.with_origin(read.origin)),
            _ => Ok(value),
        },
        other => other,
    }
}

/// The attribute of a parser that knows which file was read last.
const ORIGIN: &str = "<origin>";

/// Calls a built-in class on the value, unless it is the fallback.
fn converted(cx: &mut Evaluator<'_>, arguments: &Arguments, class: &'static Class) -> Result<Value, Raised> {
    let value = get(cx, arguments)?;
    if arguments.given(5).is_some_and(|fallback| fallback.is(&value)) {
        return Ok(value);
    }
    cx.call(&Value::class(class), vec![value])
}

fn getint(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    converted(cx, arguments, &crate::eval::types::INT)
}

fn getfloat(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    converted(cx, arguments, &crate::eval::types::FLOAT)
}

fn getboolean(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let value = get(cx, arguments)?;
    if arguments.given(5).is_some_and(|fallback| fallback.is(&value)) {
        return Ok(value);
    }
    let text = cx.text_of(&value)?;
    match &*text.to_lowercase() {
        "1" | "yes" | "true" | "on" => Ok(Value::bool(true)),
        "0" | "no" | "false" | "off" => Ok(Value::bool(false)),
        _ => Err(cx.error(&crate::eval::exceptions::VALUE_ERROR, format!("Not a boolean: {text}"))),
    }
}

fn items(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    if arguments.some(1).is_none() {
        let names = parser::names(cx, &this)?;
        let mut rows = Vec::new();
        for name in names {
            let proxy = make_proxy(cx, &this, &name);
            rows.push(Value::tuple(vec![name, proxy]));
        }
        return Ok(cx.list(rows));
    }
    let rows = parser::items(cx, &this, &arguments.get(1), &arguments.get(2), &arguments.get(3))?;
    Ok(cx.list(rows))
}

/// Writes the defaults and every section with its own options.
fn write(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let delimiter = if cx.truth(&arguments.get(2))? { " = " } else { "=" };
    let defaults = cx.get_attribute(&this, "_defaults")?;
    let sections = cx.get_attribute(&this, "_sections")?;
    let mut written = cx.dict_items(&sections)?;
    if !cx.items(&defaults)?.is_empty() {
        let settings = settings(cx, &this)?;
        let name = cx.native_text(&settings.dialect.default_section);
        written.insert(0, (name, defaults));
    }
    for (name, options) in written {
        let mut text = format!("[{}]\n", cx.text_of(&name)?);
        for (option, value) in cx.dict_items(&options)? {
            text.push_str(&cx.text_of(&option)?);
            if !value.is_none() {
                let value = cx.display(&value)?.replace('\n', "\n\t");
                text.push_str(delimiter);
                text.push_str(&value);
            }
            text.push('\n');
        }
        text.push('\n');
        cx.charge_bytes(text.len())?;
        let text = cx.native_text(&text);
        cx.call_method(&arguments.get(1), "write", vec![text])?;
    }
    Ok(Value::NONE)
}

fn remove_section(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let sections = cx.get_attribute(&arguments.get(0), "_sections")?;
    remove(cx, &sections, &arguments.get(1))
}

fn remove_option(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let section = wanted(cx, &this, &arguments.get(1))?;
    let option = key(cx, &this, &arguments.get(2))?;
    remove(cx, &section, &option)
}

fn remove(cx: &mut Evaluator<'_>, dict: &Value, key: &Value) -> Result<Value, Raised> {
    let there = cx.contains(dict, key)?;
    if there {
        cx.call_method(dict, "pop", vec![key.clone()])?;
    }
    Ok(Value::bool(there))
}

fn contains(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let (this, name) = (arguments.get(0), arguments.get(1));
    for known in parser::names(cx, &this)? {
        if cx.equal(&known, &name)? {
            return Ok(Value::bool(true));
        }
    }
    Ok(Value::bool(false))
}

fn names(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let names = parser::names(cx, &arguments.get(0))?;
    Ok(cx.iterator(names))
}

fn make_proxy(cx: &mut Evaluator<'_>, parser: &Value, name: &Value) -> Value {
    let proxy = cx.instance(&PROXY);
    cx.put_attribute(&proxy, "parser", parser.clone());
    cx.put_attribute(&proxy, "name", name.clone());
    proxy
}

fn proxy(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let known = contains(cx, arguments)?;
    if !cx.truth(&known)? {
        return Err(cx.error_with(&KEY_ERROR, vec![arguments.get(1)]));
    }
    Ok(make_proxy(cx, &arguments.get(0), &arguments.get(1)))
}

/// The parser and the name of a proxy's section.
fn behind(cx: &mut Evaluator<'_>, this: &Value) -> Result<(Value, Value), Raised> {
    Ok((cx.get_attribute(this, "parser")?, cx.get_attribute(this, "name")?))
}

fn proxy_has(cx: &mut Evaluator<'_>, this: &Value, option: &Value) -> Result<bool, Raised> {
    let (parser, name) = behind(cx, this)?;
    let found = cx.call_method(&parser, "has_option", vec![name, option.clone()])?;
    cx.truth(&found)
}

fn proxy_contains(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    Ok(Value::bool(proxy_has(cx, &arguments.get(0), &arguments.get(1))?))
}

fn proxy_get(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    proxy_typed(cx, arguments, "get")
}

fn proxy_typed(cx: &mut Evaluator<'_>, arguments: &Arguments, method: &str) -> Result<Value, Raised> {
    let this = arguments.get(0);
    if !proxy_has(cx, &this, &arguments.get(1))? {
        return Ok(arguments.get(2));
    }
    let (parser, name) = behind(cx, &this)?;
    cx.call_method(&parser, method, vec![name, arguments.get(1), arguments.get(3), arguments.get(4)])
}

fn proxy_item(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    if !proxy_has(cx, &this, &arguments.get(1))? {
        return Err(cx.error_with(&KEY_ERROR, vec![arguments.get(1)]));
    }
    let (parser, name) = behind(cx, &this)?;
    cx.call_method(&parser, "get", vec![name, arguments.get(1)])
}

fn proxy_rows(cx: &mut Evaluator<'_>, this: &Value) -> Result<Vec<(Value, Value)>, Raised> {
    let (parser, name) = behind(cx, this)?;
    let options = match parser::section(cx, &parser, &name)? {
        Some(_) => cx.call_method(&parser, "options", vec![name.clone()])?,
        None => cx.get_attribute(&parser, "_defaults")?,
    };
    let mut rows = Vec::new();
    for option in cx.items(&options)? {
        let value = cx.call_method(&parser, "get", vec![name.clone(), option.clone()])?;
        rows.push((option, value));
    }
    Ok(rows)
}

fn proxy_names(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let names = proxy_rows(cx, &arguments.get(0))?.into_iter().map(|(name, _)| name).collect();
    Ok(cx.iterator(names))
}

fn proxy_items(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let rows = proxy_rows(cx, &arguments.get(0))?;
    let rows = rows.into_iter().map(|(name, value)| Value::tuple(vec![name, value])).collect();
    Ok(cx.iterator(rows))
}

fn proxy_values(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let values = proxy_rows(cx, &arguments.get(0))?.into_iter().map(|(_, value)| value).collect();
    Ok(cx.iterator(values))
}

//! `parse_requirements` in the homes that pip gave it over the years. No clean environment has pip.
//!
//! Its requirements have the attributes of every release: `req` and `link` of the old ones, `requirement` of the new.

use super::packaging::{REQUIREMENT, fill_requirement};
use super::releases::never;
use crate::eval::module::{Class, Entry, Member, Module, seeing};
use crate::eval::{Arguments, Evaluator, Raised, Value};
use crate::syntax::requirements_txt::{Entry as Line, EntryKind};

/// Every module of this file.
pub(super) static MODULES: &[&Module] = &[
    &module("pip", PIP),
    &module("pip._internal", PIP),
    &module("pip._internal.download", SESSION_MEMBERS),
    &module("pip._internal.network", &[]),
    &module("pip._internal.network.session", SESSION_MEMBERS),
    &module("pip._internal.req", REQ),
    &module("pip._internal.req.req_file", REQ),
    &module("pip.download", SESSION_MEMBERS),
    &module("pip.req", REQ),
    &module("pip.req.req_file", REQ),
];

const fn module(name: &'static str, members: &'static [Entry]) -> Module {
    Module { name, members, available: Some(never) }
}

type Result = std::result::Result<Value, Raised>;

const PIP: &[Entry] = &[
    ("__version__", Member::Unknown("which pip builds is not known")),
    ("main", Member::Opaque("pip is not run")),
];

const SESSION_MEMBERS: &[Entry] = &[("PipSession", Member::Class(&SESSION))];

static SESSION: Class = Class {
    name: "PipSession",
    module: "pip",
    bases: &[],
    members: &[("__init__", seeing("(self, *rest, **options)", |_, _| Ok(Value::NONE)))],
    new: None,
};

const REQ: &[Entry] = &[("parse_requirements", seeing("(filename, *rest, **options)", parse_requirements))];

static PARSED: Class = Class {
    name: "ParsedRequirement",
    module: "pip._internal.req.req_file",
    bases: &[],
    members: &[("__str__", Member::Opaque("how pip shows a requirement differs from release to release"))],
    new: None,
};

static LINK: Class = Class {
    name: "Link",
    module: "pip._internal.models.link",
    bases: &[],
    members: &[("__str__", Member::Opaque("how pip shows a link differs from release to release"))],
    new: None,
};

fn parse_requirements(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = arguments.get(0);
    if name.is_unknown() {
        return Ok(name);
    }
    let path = cx.path_of(&name)?;
    let file = cx.read_requirements(&path)?;
    let mut found = Vec::new();
    for entry in &file.entries {
        let made = parsed(cx, entry)?;
        found.push(cx.through(made, entry.span));
    }
    Ok(cx.iterator(found))
}

fn parsed(cx: &mut Evaluator<'_>, entry: &Line) -> Result {
    if entry.expanded {
        return Ok(cx.unknown_value("the requirement has values of the environment's variables"));
    }
    let made = cx.instance(&PARSED);
    let text =
        cx.sources().text(entry.span.file)[entry.span.start as usize..entry.span.end as usize].to_owned();
    let (requirement, address) = match &entry.kind {
        EntryKind::Requirement(requirement) => (Some(requirement.text().to_owned()), requirement.url.clone()),
        EntryKind::Url { url, .. } => (egg(url), Some(url.clone())),
        EntryKind::Path { .. } => (None, None),
    };
    let requirement = match requirement {
        Some(text) => {
            let requirement = cx.instance(&REQUIREMENT);
            fill_requirement(cx, &requirement, &text)?;
            cx.through(requirement, entry.span)
        }
        None => Value::NONE,
    };
    let path = matches!(entry.kind, EntryKind::Path { .. });
    for (own, theirs) in
        [("name", "name"), ("specifier", "specifier"), ("extras", "extras"), ("markers", "marker")]
    {
        let value = if requirement.is_none() { Value::NONE } else { cx.get_attribute(&requirement, theirs)? };
        cx.put_attribute(&made, own, value);
    }
    cx.put_attribute(&made, "req", requirement);
    let text = cx.native_text(&text);
    cx.put_attribute(&made, "requirement", text);
    let (link, url) = match address {
        Some(url) => {
            let link = cx.instance(&LINK);
            let text = cx.native_text(&url);
            cx.put_attribute(&link, "url", text.clone());
            (link, text)
        }
        None if path => {
            let unknown = cx.unknown_value("the address of a path depends on where the project lies");
            (unknown.clone(), unknown)
        }
        None => (Value::NONE, Value::NONE),
    };
    cx.put_attribute(&made, "link", link.clone());
    cx.put_attribute(&made, "original_link", link);
    cx.put_attribute(&made, "url", url);
    for name in ["editable", "is_editable"] {
        cx.put_attribute(&made, name, Value::bool(entry.editable));
    }
    cx.put_attribute(&made, "constraint", Value::bool(entry.constraint));
    for name in ["comes_from", "line_source", "options"] {
        let unknown =
            cx.unknown_value("how pip keeps where a requirement stands differs from release to release");
        cx.put_attribute(&made, name, unknown);
    }
    Ok(made)
}

/// The project that `#egg=name` of a URL names, with its extras.
fn egg(url: &str) -> Option<String> {
    let (_, fragment) = url.split_once('#')?;
    let egg = fragment.split('&').find_map(|part| part.strip_prefix("egg="))?;
    (!egg.is_empty()).then(|| egg.to_owned())
}

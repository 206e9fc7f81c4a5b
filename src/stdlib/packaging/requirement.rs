//! `packaging.requirements.Requirement` and `packaging.markers.Marker`.

use super::{error_class, specifier};
use crate::eval::module::{Class, Entry, function};
use crate::eval::{Arguments, Evaluator, Raised, Value};
use crate::packaging::requirement_text;
use crate::packaging::{Marker, Target};
use crate::stdlib::releases;

type Result = std::result::Result<Value, Raised>;

pub(in crate::stdlib) static INVALID_REQUIREMENT: Class =
    error_class("InvalidRequirement", "packaging.requirements");
pub(in crate::stdlib) static INVALID_MARKER: Class = error_class("InvalidMarker", "packaging.markers");

pub(in crate::stdlib) static REQUIREMENT: Class =
    Class { name: "Requirement", module: "packaging.requirements", bases: &[], members: MEMBERS, new: None };

const MEMBERS: &[Entry] = &[
    ("__eq__", function("(self, other)", equal)),
    ("__init__", function("(self, requirement_string)", initialise)),
    (
        "__repr__",
        function("(self)", |cx, a| {
            let text = text_of(cx, &a.get(0))?;
            Ok(cx.native_text(&format!("<Requirement('{text}')>")))
        }),
    ),
    (
        "__str__",
        function("(self)", |cx, a| {
            let text = text_of(cx, &a.get(0))?;
            Ok(cx.native_text(&text))
        }),
    ),
];

/// The canonical text of a requirement; kept with the instance.
struct Text(String);

fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = cx.text_of(&arguments.get(1))?;
    fill(cx, &arguments.get(0), &text)?;
    Ok(Value::NONE)
}

/// Sets what a requirement has: `name`, `extras`, `specifier`, `url`, `marker`.
pub(in crate::stdlib) fn fill(
    cx: &mut Evaluator<'_>,
    this: &Value,
    text: &str,
) -> std::result::Result<(), Raised> {
    let allowed = releases::specifiers(cx);
    let canonical = match requirement_text::canonical_with(text.trim(), allowed) {
        Ok(canonical) => canonical,
        Err(error) => {
            let message = format!("{}: '{text}'", error.message);
            return Err(cx.error(&INVALID_REQUIREMENT, message));
        }
    };
    let (head, marker) = match canonical.find("; ") {
        Some(at) => (&canonical[..at], Some(canonical[at + 2..].to_owned())),
        None => (canonical.as_str(), None),
    };
    let (head, url) = match head.split_once(" @ ") {
        Some((head, url)) => (head, Some(url.trim_end())),
        None => (head, None),
    };
    let end = head.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(head.len());
    let (name, rest) = head.split_at(end);
    let (extras, specifiers) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((extras, rest)) => (extras, rest),
        None => ("", rest),
    };
    let name = cx.native_text(name);
    cx.put_attribute(this, "name", name);
    let extras =
        extras.split(',').filter(|extra| !extra.is_empty()).map(|extra| cx.native_text(extra)).collect();
    let extras = cx.set(extras, false)?;
    cx.put_attribute(this, "extras", extras);
    let specifier = match specifier::make(cx, specifiers) {
        Err(Raised::Unknown(unknown)) => unknown,
        made => made?,
    };
    cx.put_attribute(this, "specifier", specifier);
    let address = url.map_or(Value::NONE, |url| cx.native_text(url));
    cx.put_attribute(this, "url", address);
    let marker = match marker {
        Some(marker) => make_marker(cx, &marker)?,
        None => Value::NONE,
    };
    cx.put_attribute(this, "marker", marker);
    // Older releases of `packaging`, which come with setuptools before 81, have no blank before the `@`.
    let shown = match url {
        Some(_) if releases::before(cx, &[81]) => canonical.replacen(" @ ", "@ ", 1),
        _ => canonical,
    };
    cx.carry(this, std::sync::Arc::new(Text(shown)));
    Ok(())
}

/// The canonical text of a requirement.
fn text_of(cx: &mut Evaluator<'_>, this: &Value) -> std::result::Result<String, Raised> {
    match cx.carried::<Text>(this) {
        Some(text) => Ok(text.0.clone()),
        None => Err(cx.unknown("a requirement whose `__init__` did not run")),
    }
}

fn equal(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = text_of(cx, &arguments.get(0))?;
    match cx.carried::<Text>(&arguments.get(1)) {
        Some(other) if other.0 == text => Ok(Value::bool(true)),
        Some(_) => Err(cx.unknown("whether differently written requirements are equal is not modelled")),
        None => Ok(Value::bool(false)),
    }
}

pub(in crate::stdlib) static MARKER: Class = Class {
    name: "Marker",
    module: "packaging.markers",
    bases: &[],
    members: &[
        ("__init__", function("(self, marker)", initialise_marker)),
        (
            "__str__",
            function("(self)", |cx, a| {
                let text = text_of(cx, &a.get(0))?;
                Ok(cx.native_text(&text))
            }),
        ),
        ("evaluate", function("(self, environment=None, context='metadata')", evaluate)),
    ],
    new: None,
};

fn make_marker(cx: &mut Evaluator<'_>, text: &str) -> Result {
    let marker = cx.instance(&MARKER);
    cx.carry(&marker, std::sync::Arc::new(Text(text.to_owned())));
    Ok(marker)
}

fn initialise_marker(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = cx.text_of(&arguments.get(1))?;
    // A marker is spelled as it is in a requirement.
    match requirement_text::canonical(&format!("x; {text}")) {
        Ok(canonical) => {
            let marker = canonical.strip_prefix("x; ").unwrap_or(&canonical).to_owned();
            cx.carry(&arguments.get(0), std::sync::Arc::new(Text(marker)));
            Ok(Value::NONE)
        }
        Err(error) => Err(cx.error(&INVALID_MARKER, format!("{}: '{text}'", error.message))),
    }
}

/// What the machine, and not the target, decides.
const OF_THE_MACHINE: &[&str] = &[
    "platform_machine",
    "platform_release",
    "platform_version",
    "platform.machine",
    "platform.version",
    "python_full_version",
    "implementation_version",
    "extra",
    "dependency_groups",
];

fn evaluate(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = text_of(cx, &arguments.get(0))?;
    if arguments.some(1).is_some() {
        return Err(cx.unknown(format!("whether `{text}` holds depends on the machine that builds")));
    }
    holds(cx, &text)
}

/// Whether a marker holds for the target.
pub(in crate::stdlib) fn holds(cx: &mut Evaluator<'_>, text: &str) -> Result {
    if OF_THE_MACHINE.iter().any(|name| text.contains(name)) {
        return Err(cx.unknown(format!("whether `{text}` holds depends on the machine that builds")));
    }
    let target = Target { python: cx.python(), platform: cx.platform() };
    match text.parse::<Marker>() {
        Ok(marker) => Ok(Value::bool(marker.holds(&target.marker_environment(), &[]))),
        Err(_) => Err(cx.unknown(format!("`{text}` cannot be judged"))),
    }
}

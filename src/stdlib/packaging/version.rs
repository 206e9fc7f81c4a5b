//! `packaging.version.Version`, and what `pkg_resources.parse_version` gives.

use super::error_class;
use crate::eval::module::{Class, Entry, Member, function};
use crate::eval::value::Data;
use crate::eval::{Arguments, Evaluator, Raised, Value};
use crate::packaging::Version;
use crate::stdlib::releases;
use std::cmp::Ordering;
use std::sync::Arc;

type Result = std::result::Result<Value, Raised>;

pub(in crate::stdlib) static INVALID_VERSION: Class = error_class("InvalidVersion", "packaging.version");

pub(in crate::stdlib) static VERSION: Class =
    Class { name: "Version", module: "packaging.version", bases: &[], members: MEMBERS, new: None };

const MEMBERS: &[Entry] = &[
    ("__eq__", function("(self, other)", |cx, a| compare(cx, a, |order| order == Ordering::Equal))),
    ("__ge__", function("(self, other)", |cx, a| compare(cx, a, |order| order != Ordering::Less))),
    ("__gt__", function("(self, other)", |cx, a| compare(cx, a, |order| order == Ordering::Greater))),
    ("__hash__", Member::Opaque("the hash of a version is not modelled")),
    ("__init__", function("(self, version)", initialise)),
    ("__le__", function("(self, other)", |cx, a| compare(cx, a, |order| order != Ordering::Greater))),
    ("__lt__", function("(self, other)", |cx, a| compare(cx, a, |order| order == Ordering::Less))),
    ("__ne__", function("(self, other)", |cx, a| compare(cx, a, |order| order != Ordering::Equal))),
    ("__repr__", function("(self)", represent)),
    ("__str__", function("(self)", |cx, a| shown(cx, &a.get(0), Version::to_string))),
    (
        "base_version",
        Member::Property(|cx, this| {
            shown(cx, this, |version| Version::new(version.release()).with_epoch(version.epoch()).to_string())
        }),
    ),
    ("dev", Member::Property(|cx, this| optional(cx, this, Version::dev))),
    ("epoch", Member::Property(|cx, this| Ok(Value::int(known(cx, this)?.epoch() as i64)))),
    ("is_devrelease", Member::Property(|cx, this| Ok(Value::bool(known(cx, this)?.is_dev())))),
    ("is_postrelease", Member::Property(|cx, this| Ok(Value::bool(known(cx, this)?.is_post())))),
    ("is_prerelease", Member::Property(|cx, this| Ok(Value::bool(known(cx, this)?.any_prerelease())))),
    ("local", Member::Property(local)),
    ("major", Member::Property(|cx, this| release_part(cx, this, 0))),
    ("micro", Member::Property(|cx, this| release_part(cx, this, 2))),
    ("minor", Member::Property(|cx, this| release_part(cx, this, 1))),
    ("post", Member::Property(|cx, this| optional(cx, this, Version::post))),
    ("pre", Member::Property(prerelease)),
    (
        "public",
        Member::Property(|cx, this| shown(cx, this, |version| version.clone().without_local().to_string())),
    ),
    (
        "release",
        Member::Property(|cx, this| {
            let version = known(cx, this)?;
            Ok(Value::tuple(
                version.release().iter().map(|part| Value::int(*part as i64)).collect::<Vec<_>>(),
            ))
        }),
    ),
];

/// A version from its text; what PEP 440 does not know is an error, or a `LegacyVersion` with setuptools before 66.
pub(in crate::stdlib) fn parse(cx: &mut Evaluator<'_>, text: &Value) -> Result {
    let version = cx.instance(&VERSION);
    fill(cx, &version, text)?;
    Ok(version)
}

fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    fill(cx, &arguments.get(0), &arguments.get(1))?;
    Ok(Value::NONE)
}

fn fill(cx: &mut Evaluator<'_>, this: &Value, text: &Value) -> std::result::Result<(), Raised> {
    let text = match of(cx, text) {
        Some(version) => version.to_string().into(),
        None => cx.text_of(text)?,
    };
    let version = read(cx, &text)?;
    cx.carry(this, Arc::new(version));
    Ok(())
}

/// Reads a text as PEP 440 does.
pub(in crate::stdlib) fn read(cx: &mut Evaluator<'_>, text: &str) -> std::result::Result<Version, Raised> {
    if let Ok(version) = text.trim().parse() {
        return Ok(version);
    }
    if text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 18) {
        return Err(cx.unknown("a version with a number that is larger than spx holds"));
    }
    if releases::before(cx, &[66]) {
        return Err(cx.unknown("versions that PEP 440 does not know are not compared"));
    }
    let shown = cx.native_text(text);
    let shown = cx.repr(&shown)?;
    let shown = cx.display(&shown)?;
    Err(cx.error(&INVALID_VERSION, format!("Invalid version: {shown}")))
}

/// The version that an instance stands for.
pub(in crate::stdlib) fn of(cx: &Evaluator<'_>, value: &Value) -> Option<Arc<Version>> {
    cx.carried::<Version>(value)
}

fn known(cx: &mut Evaluator<'_>, this: &Value) -> std::result::Result<Arc<Version>, Raised> {
    match of(cx, this) {
        Some(version) => Ok(version),
        None => Err(cx.unknown("a version whose `__init__` did not run")),
    }
}

fn compare(cx: &mut Evaluator<'_>, arguments: &Arguments, holds: fn(Ordering) -> bool) -> Result {
    let version = known(cx, &arguments.get(0))?;
    match of(cx, &arguments.get(1)) {
        Some(other) => Ok(Value::bool(holds(version.cmp(&other)))),
        None => Ok(Data::NotImplemented.into()),
    }
}

fn shown(cx: &mut Evaluator<'_>, this: &Value, show: impl Fn(&Version) -> String) -> Result {
    let version = known(cx, this)?;
    Ok(cx.native_text(&show(&version)))
}

fn represent(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    shown(cx, &arguments.get(0), |version| format!("<Version('{version}')>"))
}

fn optional(cx: &mut Evaluator<'_>, this: &Value, part: fn(&Version) -> Option<u64>) -> Result {
    let version = known(cx, this)?;
    Ok(part(&version).map_or(Value::NONE, |number| Value::int(number as i64)))
}

fn release_part(cx: &mut Evaluator<'_>, this: &Value, index: usize) -> Result {
    let version = known(cx, this)?;
    Ok(Value::int(version.release().get(index).copied().unwrap_or(0) as i64))
}

fn prerelease(cx: &mut Evaluator<'_>, this: &Value) -> Result {
    let version = known(cx, this)?;
    Ok(match version.pre() {
        Some(pre) => Value::tuple(vec![cx.native_text(&pre.kind.to_string()), Value::int(pre.number as i64)]),
        None => Value::NONE,
    })
}

fn local(cx: &mut Evaluator<'_>, this: &Value) -> Result {
    let version = known(cx, this)?;
    if version.local().is_empty() {
        return Ok(Value::NONE);
    }
    let parts: Vec<String> = version.local().iter().map(ToString::to_string).collect();
    Ok(cx.native_text(&parts.join(".")))
}

//! `packaging.specifiers.SpecifierSet`.

use super::{error_class, version};
use crate::eval::module::{Class, Entry, Member, function};
use crate::eval::{Arguments, Evaluator, Raised, Value};
use crate::packaging::requirement_text;
use crate::packaging::{VersionSpecifiers, specifiers};
use crate::stdlib::releases;
use std::sync::Arc;

type Result = std::result::Result<Value, Raised>;

pub(in crate::stdlib) static INVALID_SPECIFIER: Class =
    error_class("InvalidSpecifier", "packaging.specifiers");

pub(in crate::stdlib) static SPECIFIER_SET: Class =
    Class { name: "SpecifierSet", module: "packaging.specifiers", bases: &[], members: MEMBERS, new: None };

const MEMBERS: &[Entry] = &[
    ("__and__", function("(self, other)", both)),
    ("__contains__", function("(self, item)", |cx, a| contains(cx, &a.get(0), &a.get(1), None))),
    ("__eq__", function("(self, other)", equal)),
    ("__init__", function("(self, specifiers='', prereleases=None)", initialise)),
    ("__iter__", function("(self)", iterate)),
    ("__len__", function("(self)", |cx, a| Ok(Value::int(known(cx, &a.get(0))?.clauses().len() as i64)))),
    ("__repr__", function("(self)", represent)),
    (
        "__str__",
        function("(self)", |cx, a| {
            let set = known(cx, &a.get(0))?;
            Ok(cx.native_text(&set.text))
        }),
    ),
    (
        "contains",
        function("(self, item, prereleases=None, installed=None)", |cx, a| {
            contains(cx, &a.get(0), &a.get(1), a.some(2))
        }),
    ),
    ("filter", Member::Opaque("`SpecifierSet.filter` is not modelled")),
];

/// One clause of a set.
static SPECIFIER: Class = Class {
    name: "Specifier",
    module: "packaging.specifiers",
    bases: &[],
    members: &[("__str__", function("(self)", clause_text))],
    new: None,
};

/// A set in `packaging`'s spelling, and as PEP 440 reads it.
struct Set {
    /// Sorted, without blanks.
    text: String,
    specifiers: VersionSpecifiers,
}

impl Set {
    fn clauses(&self) -> Vec<(&str, &str)> {
        let clauses = self.text.split(',').filter(|clause| !clause.is_empty());
        clauses
            .map(|clause| clause.split_at(clause.find(|c| !"=!<>~".contains(c)).unwrap_or(clause.len())))
            .collect()
    }

    fn admits(&self, version: &crate::packaging::Version) -> bool {
        specifiers::admits(&self.specifiers, version)
    }
}

/// A set from its text.
pub(in crate::stdlib) fn make(cx: &mut Evaluator<'_>, text: &str) -> Result {
    let set = cx.instance(&SPECIFIER_SET);
    let read = read(cx, text)?;
    cx.carry(&set, Arc::new(read));
    Ok(set)
}

fn read(cx: &mut Evaluator<'_>, text: &str) -> std::result::Result<Set, Raised> {
    let allowed = releases::specifiers(cx);
    match requirement_text::canonical_specifiers_with(text, allowed) {
        Ok(text) if text.contains("===") => {
            Err(cx.unknown(format!("`{text}` compares texts, which is not modelled")))
        }
        Ok(text) => match specifiers::parse(&text) {
            Ok(specifiers) => Ok(Set { text, specifiers }),
            Err(reason) => Err(cx.unknown(format!("the specifiers `{text}` cannot be judged: {reason}"))),
        },
        Err(_) => Err(cx.error(&INVALID_SPECIFIER, format!("Invalid specifier: '{text}'"))),
    }
}

fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = cx.text_of(&arguments.get(1))?;
    let set = read(cx, &text)?;
    cx.carry(&arguments.get(0), Arc::new(set));
    Ok(Value::NONE)
}

fn known(cx: &mut Evaluator<'_>, this: &Value) -> std::result::Result<Arc<Set>, Raised> {
    match cx.carried::<Set>(this) {
        Some(set) => Ok(set),
        None => Err(cx.unknown("specifiers whose `__init__` did not run")),
    }
}

/// Whether a version, given as one or as text, is in a set.
pub(in crate::stdlib) fn contains(
    cx: &mut Evaluator<'_>,
    set: &Value,
    item: &Value,
    prereleases: Option<&Value>,
) -> Result {
    let set = known(cx, set)?;
    let version = match version::of(cx, item) {
        Some(version) => version,
        None => {
            let text = cx.text_of(item)?;
            Arc::new(version::read(cx, &text)?)
        }
    };
    if version.any_prerelease() {
        let wanted = match prereleases {
            Some(wanted) => cx.truth(wanted)?,
            None if specifiers::names_prerelease(&set.specifiers) => true,
            None => {
                return Err(
                    cx.unknown("whether a pre-release counts differs between releases of `packaging`")
                );
            }
        };
        return Ok(Value::bool(wanted && set.admits(&version)));
    }
    Ok(Value::bool(set.admits(&version)))
}

/// The clauses of a set: operator and version.
pub(in crate::stdlib) fn clauses(
    cx: &mut Evaluator<'_>,
    set: &Value,
) -> std::result::Result<Vec<(String, String)>, Raised> {
    let set = known(cx, set)?;
    Ok(set
        .clauses()
        .into_iter()
        .map(|(operator, version)| (operator.to_owned(), version.to_owned()))
        .collect())
}

fn equal(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let set = known(cx, &arguments.get(0))?;
    let other = match cx.carried::<Set>(&arguments.get(1)) {
        Some(other) => other,
        None => {
            let text = cx.text_of(&arguments.get(1))?;
            Arc::new(read(cx, &text)?)
        }
    };
    if set.text == other.text {
        return Ok(Value::bool(true));
    }
    // `==1.0` equals `==1.0.0`.
    Err(cx.unknown("whether differently written specifiers are equal is not modelled"))
}

fn both(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let set = known(cx, &arguments.get(0))?;
    let other = match cx.carried::<Set>(&arguments.get(1)) {
        Some(other) => other.text.clone(),
        None => cx.text_of(&arguments.get(1))?.to_string(),
    };
    make(cx, &format!("{},{other}", set.text))
}

fn iterate(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let set = known(cx, &arguments.get(0))?;
    let clauses = set.clauses();
    if clauses.len() > 1 {
        return Err(cx.unknown("the order of several specifiers differs from run to run"));
    }
    let mut found = Vec::new();
    for (operator, version) in clauses {
        let specifier = cx.instance(&SPECIFIER);
        for (name, text) in [("operator", operator), ("version", version)] {
            let text = cx.native_text(text);
            cx.put_attribute(&specifier, name, text);
        }
        found.push(specifier);
    }
    Ok(cx.iterator(found))
}

fn clause_text(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mut text = String::new();
    for name in ["operator", "version"] {
        let part = cx.get_attribute(&arguments.get(0), name)?;
        text += &cx.text_of(&part)?;
    }
    Ok(cx.native_text(&text))
}

fn represent(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let set = known(cx, &arguments.get(0))?;
    Ok(cx.native_text(&format!("<SpecifierSet('{}')>", set.text)))
}

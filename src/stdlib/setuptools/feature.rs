//! `Feature`: parts of a distribution that setuptools before 46 could put in or leave out (`setup(features=…)`).

use super::super::releases::before;
use crate::eval::arguments::Arguments;
use crate::eval::module::{Class, Member, seeing};
use crate::eval::{Evaluator, Raised, Value};
use crate::text::Span;

pub(in crate::stdlib) static FEATURE: Class = Class {
    name: "Feature",
    module: "setuptools.dist",
    bases: &[],
    members: &[
        ("__init__", seeing(PARAMETERS, initialise)),
        ("exclude_from", Member::Opaque(NOT_FOLLOWED)),
        ("include_by_default", Member::Opaque(NOT_FOLLOWED)),
        ("include_in", Member::Opaque(NOT_FOLLOWED)),
        ("validate", Member::Ignored),
        ("warn_deprecated", Member::Ignored),
    ],
    new: None,
};

const PARAMETERS: &str = "(self, description, standard=False, available=True, optional=True, require_features=None, remove=None, **extras)";
const NOT_FOLLOWED: &str = "what a feature does to a distribution is not followed";
const UNKNOWN_FEATURE: &str = "what a feature puts in or leaves out is not known";

/// What features usually bring.
const USUAL_FIELDS: [&str; 3] = ["packages", "py_modules", "ext_modules"];

type Keywords = Vec<(String, Value, Span)>;

fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let names = ["description", "standard", "available", "optional"];
    for (index, name) in names.iter().enumerate() {
        cx.put_attribute(&this, name, arguments.get(index + 1));
    }
    for (index, name) in [(5, "require_features"), (6, "remove")] {
        let value = arguments.some(index).cloned().unwrap_or_else(|| Value::tuple(Vec::new()));
        let one = cx.text_of(&value).is_ok();
        let value = if one { Value::tuple(vec![value]) } else { value };
        cx.put_attribute(&this, name, value);
    }
    let mut extras = Vec::new();
    for keyword in arguments.keywords() {
        extras.push((cx.native_text(&keyword.name), keyword.value.clone()));
    }
    let extras = match arguments.more() {
        Some(unknown) => unknown.clone(),
        None => cx.dict(extras)?,
    };
    cx.put_attribute(&this, "extras", extras);
    Ok(Value::NONE)
}

/// Puts in and leaves out what the features say, none of them being asked for or refused on the command line
/// (`Distribution._finalize_features`).
pub(super) fn finalise(cx: &mut Evaluator<'_>, keywords: &mut Keywords) -> Result<(), Raised> {
    let Some((_, features, span)) = keywords.iter().find(|keyword| keyword.0 == "features").cloned() else {
        return Ok(());
    };
    if !before(cx, &[46]) {
        return Ok(());
    }
    let mut changes = Changes { keywords, span };
    match changes.apply(cx, &features) {
        Err(Raised::Exhausted(limit)) => Err(Raised::Exhausted(limit)),
        Err(raised) => {
            let unknown = match raised {
                Raised::Unknown(unknown) => unknown,
                _ => cx.unknown_value(UNKNOWN_FEATURE),
            };
            for name in USUAL_FIELDS {
                changes.set(name, unknown.clone());
            }
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

struct Changes<'a> {
    keywords: &'a mut Keywords,
    span: Span,
}

impl Changes<'_> {
    fn apply(&mut self, cx: &mut Evaluator<'_>, features: &Value) -> Result<(), Raised> {
        let mut left_out = Vec::new();
        for (_, feature) in cx.dict_items(features)? {
            let class = cx.type_of(&feature)?;
            let required = cx.get_attribute(&feature, "require_features")?;
            if cx.is_script_class(&class) || !cx.items(&required)?.is_empty() {
                return Err(cx.unknown(NOT_FOLLOWED));
            }
            let mut included = true;
            for name in ["available", "standard"] {
                let value = cx.get_attribute(&feature, name)?;
                included &= cx.truth(&value)?;
            }
            if included {
                for (name, items) in extras(cx, &feature)? {
                    self.include(cx, &name, &items)?;
                }
            } else {
                left_out.push(feature);
            }
        }
        for feature in left_out {
            for (name, items) in extras(cx, &feature)? {
                self.exclude(cx, &name, &items)?;
            }
            let removed = cx.get_attribute(&feature, "remove")?;
            for package in cx.items(&removed)? {
                self.exclude_package(cx, &package)?;
            }
        }
        Ok(())
    }

    fn get(&self, name: &str) -> Option<Value> {
        let found = self.keywords.iter().find(|keyword| keyword.0 == name);
        found.map(|keyword| keyword.1.clone()).filter(|value| !value.is_none())
    }

    fn set(&mut self, name: &str, value: Value) {
        match self.keywords.iter_mut().find(|keyword| keyword.0 == name) {
            Some(keyword) => keyword.1 = value,
            None => self.keywords.push((name.to_owned(), value, self.span)),
        }
    }

    /// Adds the items that are not there yet.
    fn include(&mut self, cx: &mut Evaluator<'_>, name: &str, items: &Value) -> Result<(), Raised> {
        let Some(old) = self.get(name) else {
            self.set(name, items.clone());
            return Ok(());
        };
        let mut all = cx.items(&old)?;
        for item in cx.items(items)? {
            if !cx.contains(&old, &item)? {
                all.push(item);
            }
        }
        let all = cx.list(all);
        self.set(name, all);
        Ok(())
    }

    /// Takes the items away.
    fn exclude(&mut self, cx: &mut Evaluator<'_>, name: &str, items: &Value) -> Result<(), Raised> {
        if name == "packages" {
            for package in cx.items(items)? {
                self.exclude_package(cx, &package)?;
            }
            return Ok(());
        }
        self.keep(cx, name, |cx, item| Ok(!cx.contains(items, item)?))
    }

    /// Takes away a package and what lies below it.
    fn exclude_package(&mut self, cx: &mut Evaluator<'_>, package: &Value) -> Result<(), Raised> {
        let package = cx.text_of(package)?;
        let outside = |name: &str| {
            name != &*package && !name.strip_prefix(&*package).is_some_and(|rest| rest.starts_with('.'))
        };
        for field in ["packages", "py_modules"] {
            self.keep(cx, field, |cx, item| Ok(outside(&cx.text_of(item)?)))?;
        }
        self.keep(cx, "ext_modules", |cx, item| {
            let name = cx.get_attribute(item, "name")?;
            Ok(outside(&cx.text_of(&name)?))
        })
    }

    fn keep(
        &mut self,
        cx: &mut Evaluator<'_>,
        name: &str,
        stays: impl Fn(&mut Evaluator<'_>, &Value) -> Result<bool, Raised>,
    ) -> Result<(), Raised> {
        let Some(old) = self.get(name) else { return Ok(()) };
        let mut kept = Vec::new();
        for item in cx.items(&old)? {
            if stays(cx, &item)? {
                kept.push(item);
            }
        }
        let kept = cx.list(kept);
        self.set(name, kept);
        Ok(())
    }
}

/// What a feature brings, by field.
fn extras(cx: &mut Evaluator<'_>, feature: &Value) -> Result<Vec<(String, Value)>, Raised> {
    let extras = cx.get_attribute(feature, "extras")?;
    let mut found = Vec::new();
    for (name, items) in cx.dict_items(&extras)? {
        found.push((cx.text_of(&name)?.to_string(), items));
    }
    Ok(found)
}

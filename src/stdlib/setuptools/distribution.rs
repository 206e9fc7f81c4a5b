//! `Distribution`, and what a class of the project that takes its place (`setup(distclass=…)`) does to the fields.

use super::super::distutils_modules::METADATA;
use super::rehearse;
use crate::eval::arguments::Arguments;
use crate::eval::module::{Class, Entry, Member, seeing};
use crate::eval::{Evaluator, Raised, Value};
use crate::text::Span;

const NOT_FOLLOWED: &str = "what a distribution holds is not followed";

pub(in crate::stdlib) static DISTRIBUTION: Class =
    Class { name: "Distribution", module: "setuptools.dist", bases: &[], members: MEMBERS, new: None };

const MEMBERS: &[Entry] = &[
    ("__init__", seeing("(self, attrs=None)", fill)),
    ("dump_option_dicts", Member::Ignored),
    ("fetch_build_egg", Member::Opaque("what is downloaded is not known")),
    ("fetch_build_eggs", Member::Opaque("what is downloaded is not known")),
    ("finalize_options", Member::Ignored),
    ("get_command_class", Member::Opaque("the commands of a distribution are not followed")),
    ("get_command_obj", seeing("(self, command, create=1)", rehearse::command_object)),
    ("get_name", Member::Opaque(NOT_FOLLOWED)),
    ("get_option_dict", Member::Opaque(NOT_FOLLOWED)),
    ("get_version", Member::Opaque(NOT_FOLLOWED)),
    ("has_ext_modules", Member::Opaque(NOT_FOLLOWED)),
    ("is_pure", Member::Opaque(NOT_FOLLOWED)),
    ("metadata", Member::Unknown(NOT_FOLLOWED)),
    ("parse_command_line", Member::Opaque(NOT_FOLLOWED)),
    ("parse_config_files", Member::Ignored),
    ("run_command", seeing("(self, command)", rehearse::run_command)),
    ("run_commands", Member::Ignored),
];

/// Arguments of `setup()` that its metadata holds; the attribute of that name says whether the command line asked to show it.
const METADATA_NAMES: &[&str] = &[
    "author",
    "author_email",
    "classifiers",
    "description",
    "download_url",
    "keywords",
    "license",
    "long_description",
    "maintainer",
    "maintainer_email",
    "name",
    "obsoletes",
    "platforms",
    "provides",
    "requires",
    "url",
    "version",
];

/// Whether an argument of `setup()` goes to the metadata.
pub(super) fn is_metadata(name: &str) -> bool {
    METADATA_NAMES.contains(&name)
}

/// Gives a distribution what `setup()` was given.
pub(super) fn hold(cx: &mut Evaluator<'_>, distribution: &Value, keywords: &[(String, Value, Span)]) {
    let unknown = cx.unknown_value(NOT_FOLLOWED);
    for (name, value, _) in keywords {
        let value = if is_metadata(name) { &unknown } else { value };
        cx.put_attribute(distribution, name, value.clone());
    }
}

/// Gives a distribution a metadata object that holds what `setup()` was given.
pub(super) fn hold_metadata(
    cx: &mut Evaluator<'_>,
    distribution: &Value,
    keywords: &[(String, Value, Span)],
) -> Value {
    let metadata = cx.instance(&METADATA);
    for (name, value, _) in keywords.iter().filter(|(name, ..)| is_metadata(name)) {
        cx.put_attribute(&metadata, name, value.clone());
    }
    let unknown = cx.unknown_value(NOT_FOLLOWED);
    cx.open_attributes(&metadata, &unknown);
    cx.put_attribute(distribution, "metadata", metadata.clone());
    metadata
}

/// Ends the rehearsal when a metadata object says something else than `setup()` was given.
pub(super) fn check_metadata(
    cx: &mut Evaluator<'_>,
    metadata: &Value,
    keywords: &[(String, Value, Span)],
) -> Result<(), Raised> {
    for name in cx.own_attribute_names(metadata) {
        let given = keywords.iter().find(|(keyword, ..)| *keyword == name).map(|(_, value, _)| value);
        let same = match (given, cx.own_attribute(metadata, &name)) {
            (Some(given), Some(now)) => now.is(given) || cx.text_of(&now)? == cx.text_of(given)?,
            _ => false,
        };
        if !same {
            cx.stop_rehearsal(|| format!("it changes `{name}`"));
        }
    }
    Ok(())
}

/// `Distribution.__init__`.
fn fill(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    if let Some(attributes) = arguments.some(1).cloned() {
        for (name, value) in cx.dict_items(&attributes)? {
            let name = cx.text_of(&name)?;
            cx.put_attribute(&this, &name, value);
        }
    }
    let unknown = cx.unknown_value(NOT_FOLLOWED);
    // What a script sets there changes the fields, what it reads is not known.
    let metadata = cx.instance(&METADATA);
    cx.open_attributes(&metadata, &unknown);
    cx.put_attribute(&this, "metadata", metadata);
    cx.open_attributes(&this, &unknown);
    Ok(Value::NONE)
}

/// Runs the `__init__` of a `distclass` of the project: what it sets, adds or takes away is unknown afterwards, what it leaves alone
/// is what `setup()` was given. (Whether its other methods take part is told from its body.)
pub(super) fn initialise(
    cx: &mut Evaluator<'_>,
    keywords: &mut Vec<(String, Value, Span)>,
) -> Result<(), Raised> {
    let Some((_, class, place)) = keywords.iter().find(|keyword| keyword.0 == "distclass").cloned() else {
        return Ok(());
    };
    if !cx.is_script_class(&class) {
        return Ok(());
    }
    let mut entries = Vec::new();
    for (name, value, _) in keywords.iter().filter(|keyword| keyword.0 != "distclass") {
        entries.push((cx.native_text(name), value.clone()));
    }
    let attributes = cx.dict(entries)?;
    let made = match cx.call(&class, vec![attributes]) {
        Ok(made) => made,
        Err(Raised::Exhausted(limit)) => return Err(Raised::Exhausted(limit)),
        Err(_) => Value::NONE,
    };
    let unknown = cx.unknown_value("the `__init__` of the class given as `distclass` may change it");
    for (name, value, _) in keywords.iter_mut().filter(|keyword| keyword.0 != "distclass") {
        if !cx.own_attribute(&made, name).is_some_and(|now| now.is(value)) {
            *value = unknown.clone();
        }
    }
    let metadata = cx.own_attribute(&made, "metadata").unwrap_or(Value::NONE);
    let mut added = cx.own_attribute_names(&made);
    added.extend(cx.own_attribute_names(&metadata));
    for name in added {
        match keywords.iter_mut().find(|keyword| keyword.0 == name) {
            Some(_) if cx.own_attribute(&metadata, &name).is_none_or(|set| set.is_unknown()) => {}
            Some(keyword) => keyword.1 = unknown.clone(),
            None => keywords.push((name, unknown.clone(), place)),
        }
    }
    Ok(())
}

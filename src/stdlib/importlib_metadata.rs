//! `importlib.metadata` and `importlib.resources`: what is installed beside the build, and files of the project's packages.
//!
//! Not modelled: `files`, `entry_points`, `requires`, the traversable objects of `importlib.resources.files`.

use super::loading;
use super::versions::at_least;
use crate::eval::module::{Class, Entry, Member, Module, function};
use crate::eval::{Arguments, Evaluator, Raised, Value, exceptions};
use crate::packaging::name::normalize;

pub(super) static MODULES: &[&Module] = &[&METADATA, &RESOURCES];

type Result = std::result::Result<Value, Raised>;

static METADATA: Module = Module {
    name: "importlib.metadata",
    members: &[
        ("PackageNotFoundError", Member::Class(&PACKAGE_NOT_FOUND)),
        ("distribution", function("(distribution_name)", |cx, a| absent(cx, &a.get(0)))),
        ("files", function("(distribution_name)", |cx, a| absent(cx, &a.get(0)))),
        ("metadata", function("(distribution_name)", |cx, a| absent(cx, &a.get(0)))),
        ("requires", function("(distribution_name)", |cx, a| absent(cx, &a.get(0)))),
        ("version", function("(distribution_name)", version)),
    ],
    available: Some(|cx| at_least(cx, 8)),
};

static PACKAGE_NOT_FOUND: Class = Class {
    name: "PackageNotFoundError",
    module: "importlib.metadata",
    bases: &[&exceptions::MODULE_NOT_FOUND_ERROR],
    members: &[
        ("__str__", function("(self)", not_found_text)),
        ("name", Member::Only(|cx| at_least(cx, 10), &Member::Property(first_argument))),
    ],
    new: None,
};

fn first_argument(cx: &mut Evaluator<'_>, this: &Value) -> Result {
    let args = cx.get_attribute(this, "args")?;
    cx.get_item(&args, &Value::int(0))
}

fn not_found_text(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = first_argument(cx, &arguments.get(0))?;
    let name = cx.display(&name)?;
    Ok(cx.native_text(&format!("No package metadata was found for {name}")))
}

/// What is known of a distribution by its name in a clean build environment.
pub(super) enum Installed {
    /// Its version, where that is known.
    Yes(Option<String>),
    /// The tree has metadata of it that an earlier build left: whether Python finds that depends on how it is built.
    Stale,
    No,
}

/// Looks for a distribution by its name.
pub(super) fn installed(cx: &mut Evaluator<'_>, name: &str) -> std::result::Result<Installed, Raised> {
    let normal = normalize(name);
    if normal == "setuptools" {
        return Ok(Installed::Yes(Some(cx.setuptools_version().to_string())));
    }
    if normal == "wheel" || cx.has_installed(&normal.replace('-', "_")) {
        return Ok(Installed::Yes(None));
    }
    for directory in [".", "src", "lib"] {
        if !cx.is_directory(directory)? {
            continue;
        }
        for (entry, _) in cx.list_directory(directory)? {
            let stem = entry.strip_suffix(".egg-info").or_else(|| entry.strip_suffix(".dist-info"));
            if stem.is_some_and(|stem| normalize(stem.split('-').next().unwrap_or(stem)) == normal) {
                return Ok(Installed::Stale);
            }
        }
    }
    Ok(Installed::No)
}

fn version(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.text_of(&arguments.get(0))?;
    match installed(cx, &name)? {
        Installed::Yes(Some(version)) => Ok(cx.native_text(&version)),
        _ => absent(cx, &arguments.get(0)),
    }
}

fn absent(cx: &mut Evaluator<'_>, name: &Value) -> Result {
    let text = cx.text_of(name)?;
    match installed(cx, &text)? {
        Installed::Yes(_) => Err(cx.unknown(format!("what is installed of `{text}` is not known"))),
        Installed::Stale => Err(cx.unknown(format!("`{text}` has metadata of an earlier build in the tree"))),
        Installed::No => Err(cx.error_with(&PACKAGE_NOT_FOUND, vec![name.clone()])),
    }
}

static RESOURCES: Module =
    Module { name: "importlib.resources", members: RESOURCE_MEMBERS, available: Some(|cx| at_least(cx, 7)) };

const RESOURCE_MEMBERS: &[Entry] = &[
    ("contents", function("(package)", contents)),
    ("is_resource", function("(package, name)", is_resource)),
    ("read_binary", function("(package, resource)", |cx, a| Ok(Value::bytes(resource(cx, a)?)))),
    ("read_text", function("(package, resource, encoding='utf-8', errors='strict')", read_text)),
];

/// The directory of a package given as a module or by name.
fn directory(cx: &mut Evaluator<'_>, package: &Value) -> std::result::Result<String, Raised> {
    let module = match cx.text_of(package) {
        Ok(name) => cx.import_module(&name)?,
        Err(_) => package.clone(),
    };
    loading::package_directory(cx, &module)
}

fn resource(
    cx: &mut Evaluator<'_>,
    arguments: &Arguments,
) -> std::result::Result<std::sync::Arc<[u8]>, Raised> {
    let directory = directory(cx, &arguments.get(0))?;
    let name = cx.text_of(&arguments.get(1))?;
    let path = loading::beside(cx, &directory, &name);
    cx.read_file(&path)
}

fn read_text(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let bytes = resource(cx, arguments)?;
    let (encoding, errors) = (cx.text_of(&arguments.get(2))?, cx.text_of(&arguments.get(3))?);
    let text = cx.decode_bytes(&bytes, &encoding, &errors)?;
    Ok(Value::text(crate::text::whitespace::universal_newlines(text)))
}

fn is_resource(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let directory = directory(cx, &arguments.get(0))?;
    let name = cx.text_of(&arguments.get(1))?;
    let path = loading::beside(cx, &directory, &name);
    Ok(Value::bool(cx.is_file(&path)?))
}

fn contents(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let directory = directory(cx, &arguments.get(0))?;
    let names = cx.list_directory(&directory)?;
    let names = names.iter().map(|(name, _)| cx.native_text(name)).collect();
    Ok(cx.iterator(names))
}

//! `pkgutil`: the modules and data files of the project's packages. What `sys.path` has beyond the project is unknown.

use super::loading;
use super::versions::at_least;
use crate::eval::module::{Class, Entry, Member, Module, function};
use crate::eval::object::Object;
use crate::eval::{Arguments, Evaluator, Raised, Value, exceptions};
use crate::system::Kind;
use std::collections::BTreeSet;

pub(super) static MODULE: Module = Module { name: "pkgutil", members: MEMBERS, available: None };

type Result = std::result::Result<Value, Raised>;

const MEMBERS: &[Entry] = &[
    ("ModuleInfo", Member::Only(|cx| at_least(cx, 6), &Member::Class(&MODULE_INFO))),
    (
        "extend_path",
        function("(path, name)", |cx, a| {
            // Nothing but the project has parts of its packages.
            let path = cx.items(&a.get(0))?;
            Ok(cx.list(path))
        }),
    ),
    ("find_loader", Member::Only(|cx| !at_least(cx, 14), &function("(fullname)", find_loader))),
    ("get_data", function("(package, resource)", get_data)),
    ("get_loader", Member::Only(|cx| !at_least(cx, 14), &function("(module_or_name)", find_loader))),
    ("iter_importer_modules", Member::Constant(|cx| Ok(cx.instance(&GENERIC_FUNCTION)))),
    ("iter_modules", function("(path=None, prefix='')", iter_modules)),
    ("walk_packages", function("(path=None, prefix='', onerror=None)", walk_packages)),
];

/// `iter_importer_modules`, which has a function for each kind of importer (`functools.singledispatch` from 3.4 on).
static GENERIC_FUNCTION: Class = Class {
    name: "function",
    module: "pkgutil",
    bases: &[],
    members: &[
        ("__call__", Member::Opaque("how importers walk is not modelled")),
        ("register", Member::Opaque("how importers walk is not modelled")),
        ("registry", Member::Only(|cx| at_least(cx, 4), &Member::Property(|cx, _| registry(cx)))),
    ],
    new: None,
};

/// Importers of zip files are among those that it knows.
fn registry(cx: &mut Evaluator<'_>) -> Result {
    let zipimport = cx.import_module("zipimport")?;
    let importer = cx.get_attribute(&zipimport, "zipimporter")?;
    let unknown = cx.unknown_value("how importers walk is not modelled");
    let registry = cx.dict(vec![(importer, unknown.clone())])?;
    if let Some(id) = registry.as_object()
        && let Object::Dict(dict) = cx.state.object_mut(id)
    {
        dict.rest = unknown.as_unknown().cloned();
    }
    Ok(registry)
}

/// What both iterators give: a tuple with names.
static MODULE_INFO: Class = Class {
    name: "ModuleInfo",
    module: "pkgutil",
    bases: &[],
    members: &[
        ("ispkg", Member::Property(|cx, this| part(cx, this, 2))),
        ("module_finder", Member::Property(|cx, this| part(cx, this, 0))),
        ("name", Member::Property(|cx, this| part(cx, this, 1))),
    ],
    new: None,
};

fn part(cx: &mut Evaluator<'_>, this: &Value, index: i64) -> Result {
    let tuple = cx.plain(this);
    cx.get_item(&tuple, &Value::int(index))
}

fn info(cx: &mut Evaluator<'_>, name: &str, package: bool) -> Value {
    let finder = cx.unknown_value("the finder of a module is not modelled");
    let tuple = Value::tuple(vec![finder, cx.native_text(name), Value::bool(package)]);
    cx.instance_with_payload(&MODULE_INFO, tuple)
}

/// The modules of the directories of a path: name and whether it is a package.
fn modules(cx: &mut Evaluator<'_>, path: &Value) -> std::result::Result<Vec<(String, bool)>, Raised> {
    if path.is_none() {
        return Err(cx.unknown("which modules are installed depends on the Python that builds"));
    }
    if cx.text_of(path).is_ok() {
        return Err(
            cx.error(&exceptions::VALUE_ERROR, "path must be None or list of paths to look for modules in")
        );
    }
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for directory in cx.items(path)? {
        let directory = cx.path_of(&directory)?;
        if !cx.is_directory(&directory)? {
            continue;
        }
        let mut here = BTreeSet::new();
        for (entry, kind) in cx.list_directory(&directory)? {
            let stem = entry.strip_suffix(".py").or_else(|| entry.strip_suffix(".pyc"));
            if [".so", ".pyd"].iter().any(|suffix| entry.ends_with(suffix)) {
                return Err(cx.unknown("which compiled modules count depends on the Python that builds"));
            }
            let (name, package) = match stem {
                Some(name) => (name, false),
                None if kind == Kind::Directory && !entry.contains('.') => {
                    let inside = loading::beside(cx, &directory, &entry);
                    let names = cx.list_directory(&inside)?;
                    let init = names.iter().any(|(name, _)| name == "__init__.py" || name == "__init__.pyc");
                    if !init {
                        continue;
                    }
                    (entry.as_str(), true)
                }
                None => continue,
            };
            if name != "__init__"
                && !name.contains('.')
                && here.insert(name.to_owned())
                && seen.insert(name.to_owned())
            {
                found.push((name.to_owned(), package));
            }
        }
    }
    Ok(found)
}

fn iter_modules(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let prefix = cx.text_of(&arguments.get(1))?;
    let found = modules(cx, &arguments.get(0))?;
    let found =
        found.into_iter().map(|(name, package)| info(cx, &format!("{prefix}{name}"), package)).collect();
    Ok(cx.iterator(found))
}

fn walk_packages(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let prefix = cx.text_of(&arguments.get(1))?;
    let mut found = Vec::new();
    walk(cx, &arguments.get(0), &prefix, arguments.some(2), &mut found)?;
    Ok(cx.iterator(found))
}

fn walk(
    cx: &mut Evaluator<'_>,
    path: &Value,
    prefix: &str,
    on_error: Option<&Value>,
    found: &mut Vec<Value>,
) -> std::result::Result<(), Raised> {
    if prefix.matches('.').count() > 64 {
        return Err(cx.unknown("packages nest too deeply"));
    }
    for (name, package) in modules(cx, path)? {
        let name = format!("{prefix}{name}");
        found.push(info(cx, &name, package));
        if !package {
            continue;
        }
        match cx.import_module(&name) {
            Ok(module) => {
                let path = cx.get_attribute(&module, "__path__")?;
                walk(cx, &path, &format!("{name}."), on_error, found)?;
            }
            Err(Raised::Exception(error)) => {
                let import = cx.is_instance(&error, &exceptions::IMPORT_ERROR);
                match on_error {
                    Some(on_error) => {
                        let name = cx.native_text(&name);
                        cx.call(on_error, vec![name])?;
                    }
                    None if import => {}
                    None => return Err(Raised::Exception(error)),
                }
            }
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

fn find_loader(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.text_of(&arguments.get(0))?;
    if let Some((parent, _)) = name.rsplit_once('.') {
        cx.import_module(parent)?;
    }
    if cx.has_module(&name)? {
        Err(cx.unknown("the loader of a module is not modelled"))
    } else {
        Ok(Value::NONE)
    }
}

fn get_data(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let package = cx.text_of(&arguments.get(0))?;
    let resource = cx.text_of(&arguments.get(1))?;
    let module = cx.import_module(&package)?;
    let directory = loading::package_directory(cx, &module)?;
    let path = loading::beside(cx, &directory, &resource);
    Ok(Value::bytes(cx.read_file(&path)?))
}

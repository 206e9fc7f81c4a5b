//! `importlib`, `importlib.util`, `importlib.machinery`: modules by name and by path. Python 2.7 has `import_module` only.
//!
//! Not modelled: finders, hooks, compiled modules.

use super::loading;
use super::versions::at_least;
use crate::eval::module::{Class, Member, Module, Native, function, when};
use crate::eval::{Arguments, Evaluator, ModulePlace, Raised, Value, exceptions};

pub(super) static MODULES: &[&Module] = &[&IMPORTLIB, &ABC, &MACHINERY, &UTIL];

type Result = std::result::Result<Value, Raised>;

static IMPORTLIB: Module = Module {
    name: "importlib",
    members: &[
        (
            "__import__",
            Member::Only(when::python3, &function("(name, *rest)", |cx, a| top_module(cx, &a.get(0)))),
        ),
        ("find_loader", Member::Only(before_3_12, &function("(name, path=None)", find))),
        ("import_module", function("(name, package=None)", import_module)),
        ("invalidate_caches", Member::Only(when::python3, &Member::Ignored)),
        (
            "reload",
            Member::Only(when::python3, &function("(module)", |cx, a| loading::reload(cx, &a.get(0)))),
        ),
    ],
    available: None,
};

static ABC: Module = Module { name: "importlib.abc", members: &[], available: Some(when::python3) };

static UTIL: Module = Module {
    name: "importlib.util",
    members: &[
        ("find_spec", function("(name, package=None)", find)),
        ("module_from_spec", function("(spec)", module_from_spec)),
        (
            "resolve_name",
            function("(name, package)", |cx, a| {
                let name = resolve(cx, &a.get(0), &a.get(1))?;
                Ok(cx.native_text(&name))
            }),
        ),
        (
            "spec_from_file_location",
            function(
                "(name, location=None, *, loader=None, submodule_search_locations=None)",
                spec_from_file,
            ),
        ),
        ("spec_from_loader", function("(name, loader, *, origin=None, is_package=None)", spec_from_loader)),
    ],
    available: Some(when::python3),
};

static MACHINERY: Module = Module {
    name: "importlib.machinery",
    members: &[
        ("BYTECODE_SUFFIXES", Member::Constant(|cx| suffixes(cx, ".pyc"))),
        (
            "EXTENSION_SUFFIXES",
            Member::Unknown("the suffixes of compiled modules depend on the Python that builds"),
        ),
        ("ModuleSpec", Member::Class(&SPEC)),
        ("SOURCE_SUFFIXES", Member::Constant(|cx| suffixes(cx, ".py"))),
        ("SourceFileLoader", Member::Class(&LOADER)),
    ],
    available: Some(when::python3),
};

fn before_3_12(cx: &mut Evaluator<'_>) -> bool {
    !cx.is_python2() && !at_least(cx, 12)
}

fn suffixes(cx: &mut Evaluator<'_>, suffix: &str) -> Result {
    let suffix = cx.native_text(suffix);
    Ok(cx.list(vec![suffix]))
}

fn top_module(cx: &mut Evaluator<'_>, name: &Value) -> Result {
    let name = cx.text_of(name)?;
    cx.import_module(&name)?;
    cx.import_module(name.split('.').next().unwrap_or(&name))
}

fn import_module(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = resolve(cx, &arguments.get(0), &arguments.get(1))?;
    cx.import_module(&name)
}

/// A name, relative ones taken from a package.
fn resolve(cx: &mut Evaluator<'_>, name: &Value, package: &Value) -> std::result::Result<String, Raised> {
    let name = cx.text_of(name)?;
    let level = name.len() - name.trim_start_matches('.').len();
    if level == 0 {
        return Ok(name.to_string());
    }
    if package.is_none() {
        let text = format!("the 'package' argument is required to perform a relative import for '{name}'");
        return Err(cx.error(&exceptions::TYPE_ERROR, text));
    }
    let package = cx.text_of(package)?;
    let mut parts: Vec<&str> = package.split('.').collect();
    if parts.len() < level {
        return Err(cx.error(&exceptions::IMPORT_ERROR, "attempted relative import beyond top-level package"));
    }
    parts.truncate(parts.len() + 1 - level);
    if name.len() > level {
        parts.push(&name[level..]);
    }
    Ok(parts.join("."))
}

/// `find_spec`: None for what is not there; where the rest stands depends on the machine, but for the project's own.
fn find(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = resolve(cx, &arguments.get(0), &arguments.get(1))?;
    if let Some((parent, _)) = name.rsplit_once('.') {
        cx.import_module(parent)?;
    }
    match cx.project_module(&name)? {
        Some(ModulePlace { file: Some(file), directory }) => {
            let name = cx.native_text(&name);
            let (file, directory) =
                (cx.native_text(&file), directory.map(|directory| cx.native_text(&directory)));
            let loader = new_loader(cx, &name, &file);
            let locations = match directory {
                Some(directory) => cx.list(vec![directory]),
                None => Value::NONE,
            };
            new_spec(cx, &name, &loader, &file, &locations)
        }
        Some(_) => Err(cx.unknown("the spec of a namespace package is not modelled")),
        None if cx.has_module(&name)? => {
            Err(cx.unknown(format!("where `{name}` stands depends on the machine that builds")))
        }
        None => Ok(Value::NONE),
    }
}

static SPEC: Class = Class {
    name: "ModuleSpec",
    module: "importlib.machinery",
    bases: &[],
    members: &[
        (
            "__init__",
            function(
                "(self, name, loader, *, origin=None, loader_state=None, is_package=None)",
                initialise_spec,
            ),
        ),
        ("parent", Member::Property(parent)),
    ],
    new: None,
};

fn initialise_spec(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let this = arguments.get(0);
    let package = cx.truth(&arguments.get(5))?;
    let locations = if package { cx.list(Vec::new()) } else { Value::NONE };
    fill_spec(cx, &this, &arguments.get(1), &arguments.get(2), &arguments.get(3), &locations);
    Ok(Value::NONE)
}

fn fill_spec(
    cx: &mut Evaluator<'_>,
    spec: &Value,
    name: &Value,
    loader: &Value,
    origin: &Value,
    locations: &Value,
) {
    cx.put_attribute(spec, "name", name.clone());
    cx.put_attribute(spec, "loader", loader.clone());
    cx.put_attribute(spec, "origin", origin.clone());
    cx.put_attribute(spec, "submodule_search_locations", locations.clone());
    cx.put_attribute(spec, "has_location", Value::bool(!origin.is_none()));
    let cached = cx.unknown_value("where compiled modules are kept depends on the Python that builds");
    cx.put_attribute(spec, "cached", cached);
}

fn new_spec(
    cx: &mut Evaluator<'_>,
    name: &Value,
    loader: &Value,
    origin: &Value,
    locations: &Value,
) -> Result {
    let spec = cx.instance(&SPEC);
    fill_spec(cx, &spec, name, loader, origin, locations);
    Ok(spec)
}

fn parent(cx: &mut Evaluator<'_>, this: &Value) -> Result {
    let name = cx.get_attribute(this, "name")?;
    let name = cx.text_of(&name)?;
    if cx.get_attribute(this, "submodule_search_locations")?.is_none() {
        return Ok(cx.native_text(name.rsplit_once('.').map_or("", |(parent, _)| parent)));
    }
    Ok(cx.native_text(&name))
}

fn spec_from_file(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = arguments.get(0);
    let (loader, path) = match (arguments.some(2).cloned(), arguments.some(1).cloned()) {
        (loader, Some(location)) => (loader, location),
        (Some(loader), None) => {
            let path = cx.get_attribute(&loader, "path")?;
            (Some(loader), path)
        }
        (None, None) => return Err(cx.unknown("a spec without a location")),
    };
    let path = cx.path_of(&path)?;
    let loader = match loader {
        Some(loader) => loader,
        None if path.ends_with(".py") => {
            let shown = loading::file_shown(cx, &path);
            let shown = cx.native_text(&shown);
            new_loader(cx, &name, &shown)
        }
        // Compiled modules are known by suffixes that depend on the Python that builds.
        None if [".pyc", ".so", ".pyd"].iter().any(|suffix| path.ends_with(suffix)) => {
            return Err(cx.unknown("compiled modules are not loaded"));
        }
        None => return Ok(Value::NONE),
    };
    let shown = loading::file_shown(cx, &path);
    let shown = cx.native_text(&shown);
    let mut locations = arguments.get(3);
    if locations.is_none()
        && path.rsplit(['/', '\\']).next() == Some("__init__.py")
        && arguments.some(2).is_none()
    {
        let directory = path.rfind(['/', '\\']).map_or("", |at| &path[..at]);
        let directory = loading::file_shown(cx, directory);
        let directory = cx.native_text(&directory);
        locations = cx.list(vec![directory]);
    }
    new_spec(cx, &name, &loader, &shown, &locations)
}

fn spec_from_loader(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let loader = arguments.get(1);
    let origin =
        if cx.is_instance(&loader, &LOADER) { cx.get_attribute(&loader, "path")? } else { arguments.get(2) };
    new_spec(cx, &arguments.get(0), &loader, &origin, &Value::NONE)
}

fn module_from_spec(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let spec = arguments.get(0);
    let name = cx.get_attribute(&spec, "name")?;
    let text = cx.text_of(&name)?;
    let (module, namespace) = cx.make_module(&text);
    let origin = cx.get_attribute(&spec, "origin")?;
    if !origin.is_none() {
        cx.set_name(namespace, "__file__", origin);
    }
    let package = cx.get_attribute(&spec, "parent")?;
    cx.set_name(namespace, "__package__", package);
    let locations = cx.get_attribute(&spec, "submodule_search_locations")?;
    if !locations.is_none() {
        cx.set_name(namespace, "__path__", locations);
    }
    let loader = cx.get_attribute(&spec, "loader")?;
    cx.set_name(namespace, "__loader__", loader);
    cx.set_name(namespace, "__spec__", spec);
    Ok(module)
}

static LOADER: Class = Class {
    name: "SourceFileLoader",
    module: "importlib.machinery",
    bases: &[],
    members: &[
        ("__init__", Member::Function(Native::new("(self, fullname, path)", initialise_loader))),
        ("create_module", function("(self, spec)", |_, _| Ok(Value::NONE))),
        ("exec_module", function("(self, module)", exec_module)),
        ("get_data", function("(self, path)", get_data)),
        ("get_filename", function("(self, fullname=None)", |cx, a| cx.get_attribute(&a.get(0), "path"))),
        ("get_source", function("(self, fullname=None)", get_source)),
        ("load_module", function("(self, fullname=None)", load_module)),
    ],
    new: None,
};

fn new_loader(cx: &mut Evaluator<'_>, name: &Value, path: &Value) -> Value {
    let loader = cx.instance(&LOADER);
    cx.put_attribute(&loader, "name", name.clone());
    cx.put_attribute(&loader, "path", path.clone());
    loader
}

fn initialise_loader(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    cx.put_attribute(&arguments.get(0), "name", arguments.get(1));
    cx.put_attribute(&arguments.get(0), "path", arguments.get(2));
    Ok(Value::NONE)
}

fn loader_path(cx: &mut Evaluator<'_>, loader: &Value) -> std::result::Result<String, Raised> {
    let path = cx.get_attribute(loader, "path")?;
    Ok(cx.path_of(&path)?.to_string())
}

fn exec_module(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let path = loader_path(cx, &arguments.get(0))?;
    let namespace = loading::namespace(cx, &arguments.get(1))?;
    cx.run_file(&path, namespace)?;
    Ok(Value::NONE)
}

fn load_module(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let path = loader_path(cx, &arguments.get(0))?;
    let name = match arguments.some(1).cloned() {
        Some(name) => name,
        None => cx.get_attribute(&arguments.get(0), "name")?,
    };
    let name = cx.text_of(&name)?;
    let package = path.rsplit(['/', '\\']).next() == Some("__init__.py");
    let directory = package.then(|| path.rfind(['/', '\\']).map_or("", |at| &path[..at]).to_owned());
    loading::load_file(cx, &name, &path, directory.as_deref())
}

fn get_data(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let path = cx.path_of(&arguments.get(1))?;
    Ok(Value::bytes(cx.read_file(&path)?))
}

fn get_source(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let path = loader_path(cx, &arguments.get(0))?;
    let bytes = cx.read_file(&path)?;
    match crate::text::encoding::decode_python(&bytes) {
        Ok(text) => Ok(Value::text(crate::text::whitespace::universal_newlines(text))),
        Err(_) => Err(cx.unknown("the file cannot be decoded")),
    }
}

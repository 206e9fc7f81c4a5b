//! `runpy`: a file or module run in a namespace of its own, which is given back.

use super::loading;
use crate::eval::module::{Entry, Module, function};
use crate::eval::{Arguments, Evaluator, Raised, Value, exceptions};

pub(super) static MODULE: Module = Module { name: "runpy", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("run_module", function("(mod_name, init_globals=None, run_name=None, alter_sys=False)", run_module)),
    ("run_path", function("(path_name, init_globals=None, run_name=None)", run_path)),
];

fn run_path(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let path = cx.path_of(&arguments.get(0))?;
    let name = match arguments.some(2) {
        Some(name) => cx.text_of(&name.clone())?,
        None => "<run_path>".into(),
    };
    let package = name.rsplit_once('.').map_or("", |(parent, _)| parent).to_owned();
    if cx.is_directory(&path)? {
        let main = loading::beside(cx, &path, "__main__.py");
        if !cx.is_file(&main)? {
            return Err(
                cx.error(&exceptions::IMPORT_ERROR, format!("can't find '__main__' module in '{path}'"))
            );
        }
        return Err(cx.unknown("running a directory is not modelled"));
    }
    run(cx, arguments.some(1), &path, &name, &package)
}

fn run_module(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut module = cx.text_of(&arguments.get(0))?.to_string();
    for _ in 0..2 {
        if let Some((parent, _)) = module.rsplit_once('.') {
            cx.import_module(parent)?;
        }
        let Some(place) = cx.project_module(&module)? else { break };
        if place.directory.is_some() && !module.ends_with(".__main__") {
            module.push_str(".__main__");
            continue;
        }
        let Some(file) = place.file else { break };
        let name = match arguments.some(2) {
            Some(name) => cx.text_of(&name.clone())?,
            None => module.as_str().into(),
        };
        let package = module.rsplit_once('.').map_or("", |(parent, _)| parent).to_owned();
        return run(cx, arguments.some(1), &file, &name, &package);
    }
    if cx.has_module(&module)? {
        return Err(cx.unknown(format!("running `{module}` is not followed")));
    }
    Err(cx.error(&exceptions::IMPORT_ERROR, format!("No module named {module}")))
}

/// Runs a file; the names that it leaves behind, in a dict.
fn run(
    cx: &mut Evaluator<'_>,
    globals: Option<&Value>,
    path: &str,
    name: &str,
    package: &str,
) -> Result<Value, Raised> {
    let given = match globals {
        Some(globals) => cx.dict_items(globals)?,
        None => Vec::new(),
    };
    let names = cx.dict(given)?;
    let Some(namespace) = names.as_object() else { return Ok(names) };
    for (key, text) in [("__name__", name), ("__file__", path), ("__package__", package)] {
        let text = cx.native_text(text);
        cx.set_name(namespace, key, text);
    }
    for key in ["__cached__", "__doc__", "__loader__", "__spec__"] {
        cx.set_name(namespace, key, Value::NONE);
    }
    let builtins = cx.import_module("builtins")?;
    cx.set_name(namespace, "__builtins__", builtins);
    cx.run_file(path, namespace)?;
    Ok(names)
}

//! What the modules that load modules share: a file of the project run in a module of its own.

use super::versions::at_least;
use crate::eval::{Evaluator, ModulePlace, ObjectId, Raised, Value, exceptions};

/// A name in a directory, as `os.path.join` puts it.
pub(super) fn beside(cx: &mut Evaluator<'_>, directory: &str, name: &str) -> String {
    if directory.is_empty() || directory.ends_with('/') {
        return format!("{directory}{name}");
    }
    let separator = if directory.starts_with("C:\\") || (directory.contains('\\') && cx.is_windows()) {
        '\\'
    } else {
        '/'
    };
    format!("{directory}{separator}{name}")
}

/// `sys.path`.
pub(super) fn search_path(cx: &mut Evaluator<'_>) -> Result<Value, Raised> {
    let sys = cx.import_module("sys")?;
    cx.get_attribute(&sys, "path")
}

/// `sys.modules`.
fn modules(cx: &mut Evaluator<'_>) -> Result<Value, Raised> {
    let sys = cx.import_module("sys")?;
    cx.get_attribute(&sys, "modules")
}

/// The namespace of a module object.
pub(super) fn namespace(cx: &mut Evaluator<'_>, module: &Value) -> Result<ObjectId, Raised> {
    if module.is_unknown() {
        return Err(Raised::Unknown(module.clone()));
    }
    let names = cx.get_attribute(module, "__dict__")?;
    match names.as_object() {
        Some(id) => Ok(id),
        None if names.is_unknown() => Err(Raised::Unknown(names)),
        None => Err(cx.error(&exceptions::TYPE_ERROR, "a module is wanted")),
    }
}

/// Runs a file as the module `name` (again, when there is one by that name) and puts it into `sys.modules`; `directory` is
/// that of a package.
pub(super) fn load_file(
    cx: &mut Evaluator<'_>,
    name: &str,
    path: &str,
    directory: Option<&str>,
) -> Result<Value, Raised> {
    let modules = modules(cx)?;
    let key = cx.native_text(name);
    let known = if cx.contains(&modules, &key)? { Some(cx.get_item(&modules, &key)?) } else { None };
    let module = known.clone().unwrap_or_else(|| cx.make_module(name).0);
    describe(cx, &module, name, path, directory)?;
    cx.set_item(&modules, &key, module.clone())?;
    let namespace = namespace(cx, &module)?;
    if let Err(raised) = cx.run_file(path, namespace) {
        if known.is_none() && cx.contains(&modules, &key)? {
            cx.delete_item(&modules, &key)?;
        }
        return Err(raised);
    }
    // A module may replace itself.
    cx.get_item(&modules, &key)
}

/// Sets `__file__`, `__package__` and `__path__`.
pub(super) fn describe(
    cx: &mut Evaluator<'_>,
    module: &Value,
    name: &str,
    path: &str,
    directory: Option<&str>,
) -> Result<(), Raised> {
    let namespace = namespace(cx, module)?;
    let shown = file_shown(cx, path);
    let shown = cx.native_text(&shown);
    cx.set_name(namespace, "__file__", shown);
    let package = match directory {
        Some(_) => name,
        None => name.rsplit_once('.').map_or("", |(parent, _)| parent),
    };
    // Python 2 leaves it to the first relative import, which finds the same.
    let package = cx.native_text(package);
    cx.set_name(namespace, "__package__", package);
    if let Some(directory) = directory {
        let directory = cx.native_text(directory);
        let path = cx.list(vec![directory]);
        cx.set_name(namespace, "__path__", path);
    }
    Ok(())
}

/// The path as `__file__` has it: absolute since Python 3.10, as given before.
pub(super) fn file_shown(cx: &mut Evaluator<'_>, path: &str) -> String {
    let absolute = path.starts_with('/') || path.get(1..2) == Some(":");
    if absolute || !at_least(cx, 10) {
        return path.to_owned();
    }
    let here = cx.working_directory();
    let separator = if here.starts_with('/') { '/' } else { '\\' };
    format!("{here}{separator}{path}")
}

/// `reload(module)`: what an import by its name finds is run in it again; what is not the project's stays as it is.
pub(super) fn reload(cx: &mut Evaluator<'_>, module: &Value) -> Result<Value, Raised> {
    let namespace = namespace(cx, module)?;
    let name = cx.get_attribute(module, "__name__")?;
    let name = cx.text_of(&name)?;
    let modules = modules(cx)?;
    if let Some((parent, _)) = name.rsplit_once('.') {
        let key = cx.native_text(parent);
        if !cx.contains(&modules, &key)? {
            return Err(cx.error(&exceptions::IMPORT_ERROR, format!("parent '{parent}' not in sys.modules")));
        }
    }
    match cx.project_module(&name)? {
        Some(ModulePlace { file: Some(file), .. }) => cx.run_file(&file, namespace)?,
        Some(_) => {}
        None if cx.has_module(&name)? => {}
        None => {
            return Err(
                cx.error(&exceptions::IMPORT_ERROR, format!("spec not found for the module '{name}'"))
            );
        }
    }
    let key = cx.native_text(&name);
    cx.get_item(&modules, &key)
}

/// The directory of a package of the project, from its `__file__` or `__path__`.
pub(super) fn package_directory(cx: &mut Evaluator<'_>, module: &Value) -> Result<String, Raised> {
    let namespace = namespace(cx, module)?;
    let names = Value::object(namespace);
    let file = cx.native_text("__file__");
    if cx.contains(&names, &file)? {
        let file = cx.get_item(&names, &file)?;
        let path = cx.path_of(&file)?;
        return Ok(path.rfind(['/', '\\']).map_or(String::new(), |at| path[..at].to_owned()));
    }
    Err(cx.unknown("where a module of Python or setuptools stands depends on the machine that builds"))
}

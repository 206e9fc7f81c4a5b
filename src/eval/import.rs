//! Imports: modelled modules, the project's own, and those that are not there.

use super::Evaluator;
use super::dict::{Dict, Key};
use super::exceptions::{ATTRIBUTE_ERROR, IMPORT_ERROR, MODULE_NOT_FOUND_ERROR};
use super::object::{ModuleObject, Object};
use super::raised::{Flow, Raised};
use super::standard_library;
use super::value::{Data, ObjectId, Unknown, Value};
use crate::packaging::Target;
use crate::syntax::python::ast;
use crate::system::Kind;
use std::sync::Arc;

mod relative;
mod whereabouts;

pub use whereabouts::ModulePlace;

/// Modelled modules that come with neither Python nor setuptools: a file of the project by that name wins.
const THIRD_PARTY: &[&str] =
    &["six", "versioneer", "pbr", "setuptools_scm", "numpy", "Cython", "cffi", "toml", "attr"];

/// Modelled modules that neither Python nor setuptools has imported when the script begins: a file of the project wins, too.
const NOT_YET_LOADED: &[&str] =
    &["argparse", "commands", "getpass", "multiprocessing", "optparse", "pdb", "runpy", "uuid", "webbrowser"];

/// Modules of `setuptools` and `distutils` that some release has and no table models.
const NOT_MODELLED: &[&str] = &[
    "command.bdist_packager",
    "command.editable_wheel",
    "command.py36compat",
    "command.upload",
    "command.upload_docs",
    "compat",
    "compilers",
    "config.expand",
    "config.pyprojecttoml",
    "emxccompiler",
    "extern",
    "glibc",
    "mwerkscompiler",
    "pep425tags",
    "py26compat",
    "py27compat",
    "py310compat",
    "py31compat",
    "py33compat",
    "py34compat",
    "py36compat",
    "py38compat",
    "py39compat",
    "script",
    "site-patch",
    "svn_utils",
    "utf8",
    "utils",
    "vendor",
];

/// Modules of the standard library that are packages on no Python.
const NO_PACKAGES: &[&str] = &[
    "ast",
    "codecs",
    "copy",
    "datetime",
    "errno",
    "fnmatch",
    "functools",
    "glob",
    "imp",
    "inspect",
    "io",
    "itertools",
    "math",
    "operator",
    "os",
    "platform",
    "random",
    "shlex",
    "shutil",
    "socket",
    "stat",
    "struct",
    "subprocess",
    "sys",
    "tempfile",
    "textwrap",
    "time",
    "traceback",
    "types",
    "warnings",
];

impl Evaluator<'_> {
    pub(super) fn execute_import(&mut self, statement: &ast::StmtImport) -> Result<(), Flow> {
        for alias in &statement.names {
            let place = self.span_of(alias);
            self.here = place;
            let name = alias.name.as_str();
            let beside = self.beside(name)?;
            let leaf = self.import_module(beside.as_deref().unwrap_or(name))?;
            if let Some(asname) = &alias.asname {
                self.store_name(asname.as_str(), leaf);
            } else {
                let top = name.split('.').next().unwrap_or(name);
                let beside = beside.map(|full| full[..full.len() - (name.len() - top.len())].to_owned());
                let module = self.import_module(beside.as_deref().unwrap_or(top))?;
                let module = self.through(module, place);
                self.store_name(top, module);
            }
        }
        Ok(())
    }

    pub(super) fn execute_import_from(&mut self, statement: &ast::StmtImportFrom) -> Result<(), Flow> {
        let level = statement.level.as_ref().map_or(0, ast::Int::to_usize);
        let name = statement.module.as_ref().map_or("", ast::Identifier::as_str);
        let full = self.absolute_name(name, level)?;
        if full == "__future__" {
            return Ok(());
        }
        let beside = if level == 0 { self.beside(name)? } else { None };
        let full = beside.unwrap_or(full);
        let module = self.import_module(&full)?;
        for alias in &statement.names {
            let place = self.span_of(alias);
            self.here = place;
            if alias.name.as_str() == "*" {
                self.import_star(&module)?;
                continue;
            }
            let value = self.import_name(&module, &full, alias.name.as_str())?;
            let value = self.through(value, place);
            self.store_name(alias.asname.as_ref().unwrap_or(&alias.name).as_str(), value);
        }
        Ok(())
    }

    /// The full name of what Python 2 finds for a name beside the importing file, in the same package.
    fn beside(&mut self, name: &str) -> Result<Option<String>, Raised> {
        if !self.facts().looks_beside {
            return Ok(None);
        }
        let Some(package) = self.package_with(name)? else { return Ok(None) };
        Ok(Some(format!("{package}.{name}")))
    }

    /// The package of the running module, when what a name begins with is a module of it.
    fn package_with(&mut self, name: &str) -> Result<Option<String>, Raised> {
        let globals = self.frame().globals;
        let package = match self.namespace_get(globals, "__package__") {
            Some(package) if !package.is_none() && !package.is_unknown() => {
                self.text_of(&package)?.to_string()
            }
            _ => return Ok(None),
        };
        let top = name.split('.').next().unwrap_or(name);
        if package.is_empty() || self.find_project_module(&format!("{package}.{top}"))?.is_none() {
            return Ok(None);
        }
        Ok(Some(package))
    }

    fn absolute_name(&mut self, name: &str, level: usize) -> Result<String, Raised> {
        if level == 0 {
            return Ok(name.to_owned());
        }
        let globals = self.frame().globals;
        let package = match self.namespace_get(globals, "__package__") {
            Some(package) if !package.is_none() => self.text_of(&package)?.to_string(),
            _ => String::new(),
        };
        let mut parts: Vec<&str> = package.split('.').filter(|part| !part.is_empty()).collect();
        if parts.len() < level {
            let class = if self.is_python2() { &super::exceptions::VALUE_ERROR } else { &IMPORT_ERROR };
            return Err(self.error(class, "attempted relative import with no known parent package"));
        }
        parts.truncate(parts.len() + 1 - level);
        if !name.is_empty() {
            parts.push(name);
        }
        Ok(parts.join("."))
    }

    /// `from module import name`.
    fn import_name(&mut self, module: &Value, full: &str, name: &str) -> Result<Value, Raised> {
        if let Some(id) = module.as_object().filter(|id| matches!(self.state.object(*id), Object::Module(_)))
        {
            match self.module_member(id, name) {
                Ok(Some(value)) => return Ok(value),
                Ok(None) => {}
                // What the target's version lacks is an ImportError here.
                Err(Raised::Exception(error)) if self.is_instance(&error, &ATTRIBUTE_ERROR) => {
                    return Err(self.cannot_import(full, name));
                }
                Err(other) => return Err(other),
            }
            let submodule = format!("{full}.{name}");
            if self.has_native(&submodule) || self.find_project_module(&submodule)?.is_some() {
                return self.import_module(&submodule);
            }
            match standard_library::has_submodule(&submodule, self.environment.target) {
                Some(true) => return self.import_module(&submodule),
                Some(false) => return Err(self.cannot_import(full, name)),
                None => {}
            }
            if let Object::Module(module) = self.state.object(id)
                && let Some(unknown) = &module.partial
            {
                return Ok(Data::Unknown(unknown.clone()).into());
            }
            return Err(self.cannot_import(full, name));
        }
        self.get_attribute(module, name)
    }

    fn cannot_import(&mut self, module: &str, name: &str) -> Raised {
        if self.has_native(module) {
            // If nothing catches this, evaluation goes on as if the name were still there.
            self.missing_modules.push((format!("{module}.{name}"), self.here));
        }
        let text = if self.is_python2() {
            format!("cannot import name {name}")
        } else {
            format!("cannot import name '{name}' from '{module}'")
        };
        self.error(&IMPORT_ERROR, text)
    }

    fn import_star(&mut self, module: &Value) -> Result<(), Raised> {
        let globals = self.frame().globals;
        let Some(id) = module.as_object() else {
            self.lose_names(globals, module);
            return Ok(());
        };
        let Object::Module(found) = self.state.object(id) else { return Ok(()) };
        let (namespace, native, partial) = (found.namespace, found.native, found.partial.clone());
        let module_name = found.name.clone();
        let mut names: Vec<String> = Vec::new();
        let listed = self.namespace_get_known(namespace, "__all__");
        let told = listed.is_some();
        if let Some(all) = listed {
            for name in self.items(&all)? {
                names.push(self.text_of(&name)?.to_string());
            }
        } else {
            // They come in the order in which the module's names are walked.
            if let Object::Dict(names) = self.state.object_mut(globals) {
                names.lose_order();
            }
            if let Object::Dict(dict) = self.state.object(namespace) {
                let keys = dict.keys();
                for key in keys {
                    names.push(self.text_of(&key)?.to_string());
                }
            }
            names.extend(
                native.iter().flat_map(|native| native.members.iter().map(|entry| entry.0.to_owned())),
            );
            names.retain(|name| !name.starts_with('_'));
        }
        for name in names {
            match self.module_member(id, &name) {
                Ok(Some(value)) => self.store_name(&name, value),
                Ok(None) if told && partial.is_none() => {
                    let full = module_name.clone();
                    let submodule = format!("{full}.{name}");
                    if !self.has_native(&submodule) && self.find_project_module(&submodule)?.is_none() {
                        let text = format!("module '{full}' has no attribute '{name}'");
                        return Err(self.error(&ATTRIBUTE_ERROR, text));
                    }
                    let value = self.import_module(&submodule)?;
                    self.store_name(&name, value);
                }
                Ok(None) => {}
                Err(Raised::Exception(error)) if self.is_instance(&error, &ATTRIBUTE_ERROR) => {}
                Err(other) => return Err(other),
            }
        }
        if let Some(unknown) = partial {
            self.lose_names(globals, &Data::Unknown(unknown).into());
        }
        Ok(())
    }

    /// There may be entries beyond those seen in a namespace that unknown code ran in.
    pub fn open_namespace(&mut self, namespace: &Value, unknown: &Value) {
        if let Some(id) = self.plain(namespace).as_object() {
            self.lose_names(id, unknown);
        }
    }

    /// There may be names beyond those seen.
    pub(super) fn lose_names(&mut self, namespace: ObjectId, unknown: &Value) {
        if let Object::Dict(dict) = self.state.object_mut(namespace) {
            dict.rest = unknown.as_unknown().cloned();
        }
    }

    pub(super) fn namespace_get_known(&self, namespace: ObjectId, name: &str) -> Option<Value> {
        match self.state.object(namespace) {
            Object::Dict(dict) => dict.name(name).cloned(),
            _ => None,
        }
    }

    /// The object of a modelled module; it exists from the beginning in every state.
    pub(super) fn native_module(&mut self, name: &str) -> Result<ObjectId, Raised> {
        match self.modules.iter().position(|module| module.name == name) {
            Some(index) => Ok(ObjectId(index as u32 * 2)),
            None => Err(self.unknown(format!("the module `{name}` is not modelled"))),
        }
    }

    pub(super) fn has_native(&self, name: &str) -> bool {
        self.modules.iter().any(|module| module.name == name)
    }

    /// Makes the objects of all modelled modules: ids 0, 2, 4, … and their namespaces after each. Later runs begin with copies.
    pub(super) fn make_native_modules(&mut self) {
        let modules = self.modules;
        let dialect = usize::from(self.is_python2());
        let made = &self.session.native_modules[dialect];
        if made.len() == modules.len() * 2 {
            self.next_object = made.len() as u32;
            self.state.objects.clone_from(made);
            return;
        }
        let (key, shown) = (Key::Text("__name__".into()), self.native_text("__name__"));
        for native in modules {
            let id = ObjectId(self.next_object);
            let namespace = ObjectId(self.next_object + 1);
            self.next_object += 2;
            let mut names = Dict::default();
            names.lose_order();
            names.insert(key.clone(), shown.clone(), self.native_text(native.name));
            let object =
                ModuleObject { name: native.name.into(), namespace, native: Some(native), partial: None };
            self.state.place(id, Object::Module(object));
            self.state.place(namespace, Object::Dict(names));
        }
        self.session.native_modules[dialect].clone_from(&self.state.objects);
    }

    /// A module's attribute: what the script set, what the model has, a submodule of the model.
    pub(super) fn module_member(&mut self, id: ObjectId, name: &str) -> Result<Option<Value>, Raised> {
        let Object::Module(module) = self.state.object(id) else { return Ok(None) };
        let (namespace, native, module_name) = (module.namespace, module.native, module.name.clone());
        if let Some(value) = self.namespace_get_known(namespace, name) {
            return Ok(Some(value));
        }
        if name == "__dict__" {
            return Ok(Some(Value::object(namespace)));
        }
        let Some(native) = native else {
            // Something unknown may have bound it.
            return Ok(self.namespace_get(namespace, name));
        };
        let submodule = format!("{module_name}.{name}");
        if let Some(entry) = native.members.iter().find(|entry| entry.0 == name) {
            let value = if self.is_assumed(&submodule) {
                self.gone_member(entry)?
            } else {
                self.member_value(entry)?
            };
            // Kept, so that what a script changes stays changed; functions and classes never change.
            if !matches!(value.data, Data::Native(_) | Data::Class(_)) {
                self.namespace_set(namespace, name, value.clone());
            }
            return Ok(Some(value));
        }
        if self.has_native(&submodule) {
            let id = self.native_module(&submodule)?;
            let there = self.is_available(id) || self.is_assumed(&submodule);
            return Ok(there.then(|| Value::object(id)));
        }
        let nowhere = super::module_names::lacks(&module_name, name)
            || self.by_python(|python| super::module_releases::lacks(&module_name, name, python));
        if matches!(&*module_name, "builtins" | "__builtin__") || name.starts_with("__") || nowhere {
            return Ok(None);
        }
        let reason = format!("`{module_name}.{name}` is not modelled");
        Ok(Some(self.unknown_value(reason)))
    }

    /// Imports a module by its full name, packages first.
    pub fn import_module(&mut self, name: &str) -> Result<Value, Raised> {
        self.budget.steps(4)?;
        if let Some(found) = self.loaded(name)? {
            return Ok(found);
        }
        if let Some((parent, leaf)) = name.rsplit_once('.') {
            let package = self.import_module(parent)?;
            if package.is_unknown() {
                return Ok(package);
            }
            if let Some(found) = self.loaded(name)? {
                return Ok(found);
            }
            let module = self.load(name)?;
            if let Some(id) = package.as_object()
                && let Object::Module(parent) = self.state.object(id)
            {
                let namespace = parent.namespace;
                self.namespace_set(namespace, leaf, module.clone());
            }
            return Ok(module);
        }
        self.load(name)
    }

    /// `sys.modules[name]`.
    fn loaded(&mut self, name: &str) -> Result<Option<Value>, Raised> {
        let Some(modules) = self.state.modules else { return Ok(None) };
        match self.namespace_get_known(modules, name) {
            Some(value) if value.is_none() => Err(self.no_module(name)),
            Some(value) if value.as_unknown().is_some_and(|unknown| unknown.maybe_absent) => Ok(None),
            found => Ok(found),
        }
    }

    fn remember(&mut self, name: &str, module: &Value) {
        if let Some(modules) = self.state.modules {
            self.namespace_set(modules, name, module.clone());
        }
    }

    fn load(&mut self, name: &str) -> Result<Value, Raised> {
        let top = name.split('.').next().unwrap_or(name);
        let own_first =
            THIRD_PARTY.contains(&top) || NOT_YET_LOADED.contains(&name) || self.lacks_native(name);
        // What is modelled has been imported by Python or setuptools before the script runs; what else the standard library
        // has, a file of the project hides, unless that is only a directory.
        if (own_first || !self.has_native(name))
            && let Some(found) = self.find_project_module(name)?
            && (found.file.is_some() || !self.is_standard(top))
        {
            return self.load_project_module(name, found);
        }
        let absent = standard_library::has_submodule(name, self.environment.target) == Some(false);
        if name != top && (absent || NO_PACKAGES.contains(&top)) && !self.has_native(name) {
            return Err(self.no_module(name));
        }
        if self.has_native(name) {
            let id = self.native_module(name)?;
            if !self.is_available(id)
                && !self.is_assumed(name)
                && !self.is_assumed(top)
                && !self.environment.installed.iter().any(|installed| installed == top)
            {
                return Err(self.no_module(name));
            }
            let module = Value::object(id);
            self.remember(name, &module);
            return Ok(module);
        }
        if self.never_was(name) && !self.is_assumed(name) {
            return Err(self.no_module(name));
        }
        if self.is_standard(top) || self.is_assumed(name) || self.is_assumed(top) || self.is_installed(top) {
            let reason = format!("the module `{name}` is not modelled");
            return Ok(self.unknown_module(name, reason));
        }
        Err(self.no_module(name))
    }

    /// Whether a module is modelled and the target's standard library has no such module.
    fn lacks_native(&mut self, name: &str) -> bool {
        self.native_module(name).is_ok_and(|id| !self.is_available(id))
    }

    /// Whether a name is below `setuptools` or `distutils`, of whose modules all that scripts may see are in the table or in this list.
    fn never_was(&self, name: &str) -> bool {
        let Some((top @ ("setuptools" | "distutils"), below)) = name.split_once('.') else { return false };
        let private = below.split('.').any(|part| part.starts_with('_') || part == "tests");
        self.has_native(top)
            && !private
            && !NOT_MODELLED.iter().any(|module| {
                below == *module || below.starts_with(module) && below[module.len()..].starts_with('.')
            })
    }

    fn is_standard(&mut self, top: &str) -> bool {
        let target = self.environment.target;
        match standard_library::exists(top, target) {
            standard_library::Answer::Always => true,
            standard_library::Answer::Never => self.has_native_package(top),
            standard_library::Answer::Here | standard_library::Answer::NotHere => {
                let there = |python| standard_library::is_standard(top, Target { python, ..target });
                self.by_python(there)
            }
            standard_library::Answer::OnPlatform => {
                self.is_windows();
                true
            }
            standard_library::Answer::NotOnPlatform => {
                self.is_windows();
                false
            }
        }
    }

    /// `setuptools.x` and `distutils.x` that are not modelled are there all the same.
    fn has_native_package(&self, top: &str) -> bool {
        !THIRD_PARTY.contains(&top)
            && self.modules.iter().any(|module| module.name == top && module.available.is_none())
    }

    fn is_installed(&self, top: &str) -> bool {
        self.environment.installed.iter().any(|installed| installed == top)
    }

    /// A module that is there, of which nothing is known.
    fn unknown_module(&mut self, name: &str, reason: String) -> Value {
        let namespace = self.new_module_namespace();
        let shown = self.native_text(name);
        self.namespace_set(namespace, "__name__", shown);
        let partial =
            Unknown { reason: reason.into(), span: self.here, others: Vec::new(), maybe_absent: false };
        let partial = Some(Arc::new(partial));
        let module = ModuleObject { name: name.into(), namespace, native: None, partial };
        let module = Value::object(self.allocate(Object::Module(module)));
        self.remember(name, &module);
        module
    }

    fn no_module(&mut self, name: &str) -> Raised {
        let place = self.here;
        // A module that stands beside the importing file was found by Python 2 alone; nothing that is installed makes up for it.
        if self.is_python2() || !matches!(self.package_with(name), Ok(Some(_))) {
            self.missing_modules.push((name.to_owned(), place));
        }
        let error = if self.is_python2() {
            let leaf = name.rsplit('.').next().unwrap_or(name).to_owned();
            self.error(&IMPORT_ERROR, format!("No module named {leaf}"))
        } else {
            self.error(&MODULE_NOT_FOUND_ERROR, format!("No module named '{name}'"))
        };
        if let Raised::Exception(exception) = &error {
            let name = self.native_text(name);
            self.put_attribute(exception, "name", name);
        }
        error
    }

    /// The file of a module of the project, by `sys.path` or its package's `__path__`.
    fn find_project_module(&mut self, name: &str) -> Result<Option<Found>, Raised> {
        let (path, leaf) = if let Some((parent, leaf)) = name.rsplit_once('.') {
            let Some(modules) = self.state.modules else { return Ok(None) };
            let package = self.namespace_get_known(modules, parent);
            let Some(id) = package.and_then(|package| package.as_object()) else { return Ok(None) };
            let Object::Module(module) = self.state.object(id) else { return Ok(None) };
            let Some(path) = self.namespace_get_known(module.namespace, "__path__") else {
                return Ok(None);
            };
            (path, leaf)
        } else {
            let sys = self.native_module("sys")?;
            let Some(path) = self.module_member(sys, "path")? else { return Ok(None) };
            (path, name)
        };
        let (entries, _) = self.partly(&path)?;
        let mut namespace_package = None;
        for entry in entries {
            let Ok(directory) = self.path_of(&entry) else { continue };
            let directory = if directory.is_empty() { ".".into() } else { directory };
            let Some(directory) = self.locate(&directory) else { continue };
            let base = if directory.is_empty() { leaf.to_owned() } else { format!("{directory}/{leaf}") };
            let package = format!("{base}/__init__.py");
            if self.kind_below_root(&package) == Some(Kind::File) {
                return Ok(Some(Found { file: Some(package), package: Some(base) }));
            }
            let module = format!("{base}.py");
            if self.kind_below_root(&module) == Some(Kind::File) {
                return Ok(Some(Found { file: Some(module), package: None }));
            }
            if !self.is_python2() && self.kind_below_root(&base) == Some(Kind::Directory) {
                namespace_package = namespace_package.or(Some(base));
            }
        }
        Ok(namespace_package.map(|base| Found { file: None, package: Some(base) }))
    }

    fn kind_below_root(&mut self, inside: &str) -> Option<Kind> {
        let absolute = self.absolute(inside);
        self.kind_of(&absolute)
    }

    /// A path below the root as the script sees it.
    pub(super) fn absolute(&self, inside: &str) -> String {
        let root = self.project_root();
        if inside.is_empty() {
            root.to_owned()
        } else if root.starts_with('/') {
            format!("{root}/{inside}")
        } else {
            format!("{root}\\{}", inside.replace('/', "\\"))
        }
    }

    fn load_project_module(&mut self, name: &str, found: Found) -> Result<Value, Raised> {
        // The names in the order in which Python puts them in: some scripts walk over a module.
        let namespace = self.new_namespace();
        let set = |cx: &mut Self, key: &str, text: &str| {
            let value = cx.native_text(text);
            cx.namespace_set(namespace, key, value);
        };
        let put_unknown = |cx: &mut Self, keys: &[&str]| {
            for key in keys {
                let value = cx.unknown_value(format!("`{key}` of a module is not modelled"));
                cx.namespace_set(namespace, key, value);
            }
        };
        set(self, "__name__", name);
        self.namespace_set(namespace, "__doc__", Value::NONE);
        let package = if found.package.is_some() {
            name
        } else {
            name.rsplit_once('.').map_or("", |(parent, _)| parent)
        };
        set(self, "__package__", package);
        if !self.is_python2() {
            put_unknown(self, &["__loader__", "__spec__"]);
        }
        if let Some(directory) = &found.package {
            let directory = self.absolute(directory);
            if self.is_python2() {
                set(self, "__file__", &directory);
            }
            let directory = self.native_text(&directory);
            let path = self.list(vec![directory]);
            self.namespace_set(namespace, "__path__", path);
        }
        let object = ModuleObject { name: name.into(), namespace, native: None, partial: None };
        let module = Value::object(self.allocate(Object::Module(object)));
        self.remember(name, &module);
        let Some(file) = found.file else { return Ok(module) };
        let absolute = self.absolute(&file);
        if self.is_python2() {
            put_unknown(self, &["__builtins__"]);
            set(self, "__file__", &absolute);
        } else {
            set(self, "__file__", &absolute);
            put_unknown(self, &["__cached__", "__builtins__"]);
        }
        let result = self.run_file(&absolute, namespace);
        match result {
            Ok(()) => {
                // A module may replace itself in `sys.modules`.
                Ok(self.loaded(name)?.unwrap_or(module))
            }
            Err(raised) => {
                if let Some(modules) = self.state.modules
                    && let Object::Dict(dict) = self.state.object_mut(modules)
                {
                    dict.remove_name(name);
                }
                Err(raised)
            }
        }
    }
}

/// Where a module of the project stands.
struct Found {
    /// Below the root; a namespace package has none.
    file: Option<String>,
    /// Its directory, for packages.
    package: Option<String>,
}

//! Which files of the project its fields declare: what build_py, build_scripts and install_data of setuptools look at.
//!
//! Both artifacts start from these: a wheel holds them, a source distribution takes them in by default.

use super::{at, list, list_map};
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::project::Metadata;
use crate::project::glob::{Hidden, Tree, convert, fnmatch, join, split};
use crate::project::normalise::license_patterns;
use crate::project::packages::Layout;
use crate::system::{Kind, ReadError, normalise};
use crate::text::nearest::nearest;

/// setuptools ships these of every package.
const ALWAYS_DATA: &[&str] = &["*.pyi", "py.typed"];
const LICENSE_PATTERNS: &[&str] = &["LICEN[CS]E*", "COPYING*", "NOTICE*", "AUTHORS*"];

/// How many paths that are not there are compared with what is.
const MAX_HELPED: usize = 100;

/// Where a file goes in a wheel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Scheme {
    /// Modules, never executable.
    Module,
    /// Beside the modules, executable as the source is.
    Library,
    /// First line rewritten, executable.
    Scripts,
    /// `data_files`.
    Data,
}

/// A file of the project that a field declares.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    /// As setuptools spells it.
    pub(super) source: String,
    /// Below its scheme's directory.
    pub(super) target: String,
    pub(super) scheme: Scheme,
    pub(super) field: &'static str,
    /// For people: "module of package `x`".
    pub(super) rule: String,
}

/// Everything that is declared, and what is wrong with it.
#[derive(Default)]
pub(super) struct Declarations {
    pub(super) files: Vec<Declared>,
    pub(super) errors: Vec<Diagnostic>,
    /// Files that are not there: setuptools builds no wheel without them, but a source distribution.
    pub(super) missing: Vec<Diagnostic>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// Reads the fields. They must be known.
pub(super) fn declarations(
    metadata: &Metadata,
    tree: &Tree<'_>,
    layout: &Layout,
    plain_build_py: bool,
) -> Declarations {
    let mut reader = Reader { metadata, tree, layout, plain_build_py, found: Declarations::default() };
    reader.modules();
    reader.packages();
    // What each package is looked up in.
    let tables = layout.directories.len() + list_map(metadata, "package_data").len();
    for package in &layout.packages {
        if !tree.spend(1 + tables) {
            break;
        }
        let mut files = reader.matching_data(package);
        if !plain_build_py {
            files = without_excluded(metadata, tree, layout, package, files);
        }
        reader.package_data(package, files);
    }
    reader.scripts();
    reader.data_files();
    reader.found
}

struct Reader<'a> {
    metadata: &'a Metadata,
    tree: &'a Tree<'a>,
    layout: &'a Layout,
    plain_build_py: bool,
    found: Declarations,
}

impl Reader<'_> {
    fn error(&mut self, field: &str, code: &'static Code, message: impl Into<String>) {
        self.found.errors.push(at(self.metadata, field, code, message));
    }

    fn outside(&mut self, field: &str, path: &str) {
        self.error(field, &codes::OUTSIDE_PROJECT, format!("`{path}` leads out of the project"));
    }

    fn declare(&mut self, scheme: Scheme, field: &'static str, source: String, target: &str, rule: String) {
        self.found.files.push(Declared { source, target: target.to_owned(), scheme, field, rule });
    }

    /// `py_modules`.
    fn modules(&mut self) {
        let layout = self.layout;
        for module in &layout.modules {
            let (package, base) = module.rsplit_once('.').unwrap_or(("", module));
            let directory = layout.directory(package);
            let directory =
                if package.is_empty() && layout.directories.is_empty() { String::new() } else { directory };
            if !self.check_package(package, &directory, "py_modules") {
                continue;
            }
            let init = join(&directory, "__init__.py");
            let target = |name: &str| format!("{}/{name}.py", package.replace('.', "/"));
            if !package.is_empty() && self.tree.is_file(&init) {
                let rule = format!("package of module `{module}`");
                self.declare(Scheme::Module, "py_modules", init, &target("__init__"), rule);
            }
            let file = join(&directory, &format!("{base}.py"));
            if self.tree.is_file(&file) {
                let target = target(base);
                self.declare(
                    Scheme::Module,
                    "py_modules",
                    file,
                    target.trim_start_matches('/'),
                    format!("module `{module}`"),
                );
            } else {
                let message = format!("module `{module}` is not in the project: there is no `{file}`");
                let mut diagnostic = at(self.metadata, "py_modules", &codes::MISSING_MODULE, message);
                if let Some(near) = self.near(&file) {
                    diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                }
                self.found.warnings.push(diagnostic.help("it is left out, as setuptools does"));
            }
        }
    }

    /// The `*.py` files of each package.
    fn packages(&mut self) {
        let layout = self.layout;
        for package in &layout.packages {
            let directory = layout.directory(package);
            if !self.check_package(package, &directory, "packages") {
                continue;
            }
            let listed = self.tree.list(&directory);
            if !self.tree.spend(listed.len()) {
                break;
            }
            for (name, _) in listed.iter() {
                let source = join(&directory, name);
                let python = name.strip_suffix(".py").is_some_and(|stem| !stem.starts_with('.'));
                if python && normalise(&source).as_deref() != Some("setup.py") {
                    let target = join(&package.replace('.', "/"), name);
                    self.declare(
                        Scheme::Module,
                        "packages",
                        source,
                        &target,
                        format!("module of package `{package}`"),
                    );
                }
            }
            self.check_namespace(package, &directory);
        }
    }

    /// Whether a package's directory is there; reported when not.
    fn check_package(&mut self, package: &str, directory: &str, field: &str) -> bool {
        if directory.is_empty() || self.tree.is_directory(directory) {
            return true;
        }
        if normalise(directory).is_none() || self.tree.system.metadata(directory) == Err(ReadError::Outside) {
            let message =
                format!("the directory `{directory}` of package `{package}` leads out of the project");
            self.error(field, &codes::OUTSIDE_PROJECT, message);
            return false;
        }
        let message = if self.tree.exists(directory) {
            format!("`{directory}`, where package `{package}` should be, is not a directory")
        } else {
            format!("package `{package}` is not in the project: there is no directory `{directory}`")
        };
        let mut diagnostic = at(self.metadata, field, &codes::MISSING_PACKAGE, message);
        if let Some(near) = self.near(directory) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        self.found.errors.push(diagnostic);
        false
    }

    /// A namespace package's `__init__.py` must declare it, as setuptools demands.
    fn check_namespace(&mut self, package: &str, directory: &str) {
        let init = join(directory, "__init__.py");
        let within = |name: &&String| *name == package || name.starts_with(&format!("{package}."));
        if package.is_empty()
            || !list(self.metadata, "namespace_packages").iter().any(|name| within(&name))
            || !self.tree.is_file(&init)
        {
            return;
        }
        let declares = |content: Vec<u8>| content.windows(17).any(|window| window == b"declare_namespace");
        if !self.tree.system.read(&init).is_ok_and(declares) {
            let message =
                format!("`{init}` of the namespace package `{package}` does not call `declare_namespace`");
            self.error("namespace_packages", &codes::INVALID_METADATA, message);
        }
    }

    /// What was probably meant by a path that is not there; the first ones are enough help.
    fn near(&self, path: &str) -> Option<String> {
        if self.found.errors.len() + self.found.missing.len() + self.found.warnings.len() > MAX_HELPED {
            return None;
        }
        let (directory, name) = split(path);
        let listed = self.tree.list(directory);
        nearest(name, listed.iter().map(|(name, _)| name.as_str())).map(|near| join(directory, near))
    }

    /// The files that `package_data`'s patterns match, spelled from the project's root.
    fn matching_data(&self, package: &str) -> Vec<String> {
        let directory = self.layout.directory(package);
        let always = if self.plain_build_py { &[] } else { ALWAYS_DATA };
        let patterns = always.iter().copied();
        let patterns = patterns.chain(patterns_for(list_map(self.metadata, "package_data"), package));
        let mut out = Vec::new();
        for pattern in patterns {
            let pattern = join(&directory, &convert(pattern));
            if !self.tree.spend(1) {
                break;
            }
            let found = self.tree.glob(&pattern, Hidden::Skip, !self.plain_build_py);
            out.extend(found.into_iter().filter(|path| self.tree.is_file(path)));
        }
        out
    }

    fn package_data(&mut self, package: &str, files: Vec<String>) {
        for file in data_of(self.layout, package, files, "package_data") {
            match file {
                // The `build_py` of distutils copies no execute bits.
                Ok(declared) if self.plain_build_py => {
                    self.found.files.push(Declared { scheme: Scheme::Module, ..declared });
                }
                Ok(declared) => self.found.files.push(declared),
                Err(path) => self.outside("package_data", &path),
            }
        }
        let directory = self.layout.directory(package);
        let map = list_map(self.metadata, "package_data");
        let patterns =
            map.iter().filter(|(key, _)| key == package || key.is_empty()).flat_map(|(_, patterns)| patterns);
        let patterns = patterns.take_while(|_| self.tree.spend(1));
        for pattern in patterns.filter(|pattern| normalise(&join(&directory, pattern)).is_none()) {
            let message = format!("the pattern `{pattern}` leads out of the project");
            self.found.errors.push(at(self.metadata, "package_data", &codes::OUTSIDE_PROJECT, message));
        }
    }

    /// `scripts`.
    fn scripts(&mut self) {
        for script in list(self.metadata, "scripts") {
            // Unlike other fields, SOURCES.txt has it as it is written.
            let source = script.clone();
            if normalise(&source).is_none() {
                self.outside("scripts", script);
            } else if self.tree.is_file(&source) {
                let name = split(&source).1.to_owned();
                self.declare(Scheme::Scripts, "scripts", source, &name, "script".to_owned());
            } else {
                self.missing("scripts", &codes::MISSING_SCRIPT, "script", &source);
            }
        }
    }

    fn missing(&mut self, field: &str, code: &'static Code, what: &str, path: &str) {
        let message = match self.tree.system.metadata(path) {
            Ok(found) if found.kind == Kind::Directory => format!("{what} `{path}` is a directory"),
            Ok(_) => format!("{what} `{path}` is no regular file"),
            Err(_) => format!("{what} `{path}` is not in the project"),
        };
        let mut diagnostic = at(self.metadata, field, code, message);
        if let Some(near) = self.near(path) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        self.found.missing.push(diagnostic);
    }

    /// `data_files`.
    fn data_files(&mut self) {
        for (directory, files) in list_map(self.metadata, "data_files") {
            let directory = convert(directory);
            if normalise(directory.trim_start_matches('/')).is_none() {
                let message = format!("data files for `{directory}` would be put outside the wheel");
                self.error("data_files", &codes::OUTSIDE_PROJECT, message);
                continue;
            }
            let (scheme, below) = match directory.strip_prefix('/') {
                Some(below) => {
                    let message =
                        format!("data files for `{directory}` are installed as `{below}` in site-packages");
                    self.found.warnings.push(at(
                        self.metadata,
                        "data_files",
                        &codes::ABSOLUTE_DATA_FILE,
                        message,
                    ));
                    (Scheme::Library, below.to_owned())
                }
                None => (Scheme::Data, directory),
            };
            for file in files {
                let source = convert(file);
                if normalise(&source).is_none() {
                    self.outside("data_files", file);
                } else if self.tree.is_file(&source) {
                    let target = join(&below, split(&source).1);
                    self.declare(scheme, "data_files", source, &target, "data file".to_owned());
                } else {
                    self.missing("data_files", &codes::MISSING_DATA_FILE, "data file", &source);
                }
            }
        }
    }
}

/// Data files of a package as declarations; their place is that relative to the package's directory. A path that leads
/// out of the project is an error.
pub(super) fn data_of<'a>(
    layout: &Layout,
    package: &'a str,
    files: Vec<String>,
    field: &'static str,
) -> impl Iterator<Item = Result<Declared, String>> + use<'a> {
    let directory = layout.directory(package);
    files.into_iter().map(move |source| {
        let (Some(from), Some(to)) = (normalise(&directory), normalise(&source)) else { return Err(source) };
        let target = join(&package.replace('.', "/"), &relative(&to, &from));
        Ok(Declared {
            source,
            target,
            scheme: Scheme::Library,
            field,
            rule: format!("data of package `{package}` ({field})"),
        })
    })
}

/// `exclude_package_data`.
pub(super) fn without_excluded(
    metadata: &Metadata,
    tree: &Tree<'_>,
    layout: &Layout,
    package: &str,
    mut files: Vec<String>,
) -> Vec<String> {
    let directory = layout.directory(package);
    for pattern in patterns_for(list_map(metadata, "exclude_package_data"), package) {
        let pattern = join(&directory, &convert(pattern));
        if !tree.spend_on(&pattern, files.len()) {
            break;
        }
        files.retain(|path| !fnmatch(path, &pattern));
    }
    files
}

/// The licence files: those that `license_files` and `license_file` match, else those with the usual names in the project's root.
pub(super) fn license_files(metadata: &Metadata, tree: &Tree<'_>) -> (Vec<String>, Vec<Diagnostic>) {
    let defaults = || LICENSE_PATTERNS.iter().map(|pattern| (*pattern).to_owned()).collect();
    let patterns: Vec<String> = license_patterns(metadata).ok().flatten().unwrap_or_else(defaults);
    let mut out: Vec<String> = Vec::new();
    let mut errors = Vec::new();
    for pattern in &patterns {
        if normalise(pattern).is_none() {
            let message = format!("the licence file pattern `{pattern}` leads out of the project");
            errors.push(at(metadata, "license_files", &codes::OUTSIDE_PROJECT, message));
            continue;
        }
        let mut found = tree.glob(pattern, Hidden::Skip, true);
        found.retain(|path| !path.ends_with('~') && tree.is_file(path));
        found.sort();
        for path in found {
            if !out.contains(&path) {
                out.push(path);
            }
        }
    }
    (out, errors)
}

/// The patterns of `""` and those of the package.
fn patterns_for<'a>(map: &'a [(String, Vec<String>)], package: &str) -> impl Iterator<Item = &'a str> {
    let of = |name: &str| map.iter().rev().find(|(key, _)| key == name).map(|(_, list)| list.as_slice());
    let own = if package.is_empty() { None } else { of(package) };
    of("").unwrap_or_default().iter().chain(own.unwrap_or_default()).map(String::as_str)
}

/// `os.path.relpath` of two normalised paths.
fn relative(path: &str, from: &str) -> String {
    let parts = |text: &str| -> Vec<String> {
        text.split('/').filter(|p| !p.is_empty()).map(str::to_owned).collect()
    };
    let (path, from) = (parts(path), parts(from));
    let common = path.iter().zip(&from).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - common);
    up.chain(path[common..].iter().cloned()).collect::<Vec<_>>().join("/")
}

//! Which files of the project go into a wheel, and where: build_py, build_scripts and install_data of setuptools.

use super::nearest::nearest;
use super::{WheelOptions, at, list, list_map, scripts};
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::packaging::entry_point::is_identifier;
use crate::project::Metadata;
use crate::project::file_list::{Contributions, source_files};
use crate::project::glob::{Hidden, Tree, TreeLimit, convert, fnmatch, join, split};
use crate::project::packages::Layout;
use crate::syntax::manifest_in;
use crate::system::{Kind, ReadError, normalise};
use crate::text::Sources;
use crate::text::encoding::decode_utf8;
use std::collections::{BTreeMap, BTreeSet};

/// The largest file of a wheel, and all of them together: the largest pure wheels of the package index are below 200 MiB.
const MAX_FILE: u64 = 256 * 1024 * 1024;
const MAX_TOTAL: u64 = 1024 * 1024 * 1024;
/// setuptools ships these of every package.
const ALWAYS_DATA: &[&str] = &["*.pyi", "py.typed"];
const LICENSE_PATTERNS: &[&str] = &["LICEN[CS]E*", "COPYING*", "NOTICE*", "AUTHORS*"];

/// A file of the wheel.
#[derive(Clone, Debug)]
pub(super) struct Collected {
    pub(super) source: Option<String>,
    pub(super) content: Vec<u8>,
    pub(super) executable: bool,
    pub(super) rule: String,
}

/// How a file gets from the project into the wheel.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Never executable.
    Module,
    /// Executable as the source is.
    Data,
    /// First line rewritten, executable.
    Script,
}

pub(super) struct Collector<'a> {
    metadata: &'a Metadata,
    pub(super) tree: &'a Tree<'a>,
    sources: &'a Sources,
    layout: &'a Layout,
    pub(super) files: BTreeMap<String, Collected>,
    pub(super) errors: Vec<Diagnostic>,
    pub(super) warnings: Vec<Diagnostic>,
    /// The project's files that modules, data and scripts were taken from, as setuptools spells their paths.
    used: Vec<String>,
    total: u64,
}

impl<'a> Collector<'a> {
    pub(super) fn new(
        metadata: &'a Metadata,
        tree: &'a Tree<'a>,
        sources: &'a Sources,
        layout: &'a Layout,
    ) -> Self {
        Self {
            metadata,
            tree,
            sources,
            layout,
            files: BTreeMap::new(),
            errors: Vec::new(),
            warnings: Vec::new(),
            used: Vec::new(),
            total: 0,
        }
    }

    pub(super) fn error(&mut self, field: &str, code: &'static Code, message: impl Into<String>) {
        self.errors.push(at(self.metadata, field, code, message));
    }

    /// Everything but `.dist-info`. `data` is the wheel's `.data` directory, `licenses` the paths of the licence files.
    pub(super) fn run(&mut self, data: &str, licenses: &[String], full_name: &str, options: &WheelOptions) {
        self.modules();
        self.packages();
        let mut contributions = Contributions {
            full_name: full_name.to_owned(),
            kept: licenses.to_vec(),
            ..Contributions::default()
        };
        contributions.kept.extend(options.referenced_files.iter().cloned());
        let by_pattern: Vec<(String, Vec<String>)> = self
            .layout
            .packages
            .iter()
            .map(|package| (package.clone(), self.without_excluded(package, self.matching_data(package))))
            .collect();
        for (package, files) in &by_pattern {
            self.package_data(package, files, "package_data");
        }
        self.scripts(data);
        let root = if options.data_files_in_library { String::new() } else { format!("{data}/data") };
        self.data_files(&root);
        if self.metadata.flag("include_package_data") == Ok(Some(true)) && !self.layout.packages.is_empty() {
            contributions.sources = self.used.clone();
            self.manifest_data(&contributions);
        }
        if let Some(why) = self.tree.limit() {
            let code = if matches!(why, TreeLimit::Unreadable(..)) {
                &codes::UNREADABLE_FILE
            } else {
                &codes::TOO_LARGE
            };
            self.errors.push(Diagnostic::general(code, why.to_string()));
        }
    }

    /// Puts a file into the wheel. Setuptools copies onto what is there; two different sources are refused instead.
    fn add(&mut self, target: &str, source: &str, how: How, field: &str, rule: String) {
        let Some(place) = normalise(target).filter(|path| !path.is_empty()) else {
            let message = format!("`{source}` would be put outside the wheel, at `{target}`");
            return self.error(field, &codes::OUTSIDE_PROJECT, message);
        };
        if self.files.get(&place).is_some_and(|there| there.source == normalise(source)) {
            return;
        }
        let limit = MAX_FILE.min(MAX_TOTAL - self.total);
        let content = match self.tree.system.read_up_to(source, limit) {
            Ok(content) => content,
            Err(error) => {
                let code = match error {
                    ReadError::Outside => &codes::OUTSIDE_PROJECT,
                    ReadError::TooLarge { .. } => &codes::TOO_LARGE,
                    _ => &codes::UNREADABLE_FILE,
                };
                return self.error(field, code, format!("`{source}` {error}"));
            }
        };
        self.total += content.len() as u64;
        let (content, executable) = match how {
            How::Module => (content, false),
            How::Data => (content, self.tree.system.metadata(source).is_ok_and(|m| m.executable)),
            How::Script => match scripts::installed(&content) {
                Ok(content) => (content, true),
                Err(error) => {
                    return self.error(field, &codes::INVALID_SCRIPT, format!("`{source}` {error}"));
                }
            },
        };
        if let Some(there) = self.files.get(&place) {
            if there.content != content {
                let first = there.source.clone().unwrap_or_default();
                let message = format!("`{first}` and `{source}` would both be `{place}` in the wheel");
                self.error(field, &codes::CONFLICTING_FILES, message);
            }
            return;
        }
        self.files.insert(place, Collected { source: normalise(source), content, executable, rule });
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
                self.module(
                    &target("__init__"),
                    &init,
                    "py_modules",
                    format!("package of module `{module}`"),
                );
            }
            let file = join(&directory, &format!("{base}.py"));
            if self.tree.is_file(&file) {
                self.module(
                    target(base).trim_start_matches('/'),
                    &file,
                    "py_modules",
                    format!("module `{module}`"),
                );
            } else {
                let message = format!("module `{module}` is not in the project: there is no `{file}`");
                let mut diagnostic = at(self.metadata, "py_modules", &codes::MISSING_MODULE, message);
                if let Some(near) = self.near(&file) {
                    diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                }
                self.warnings.push(diagnostic.help("the wheel is built without it, as setuptools does"));
            }
        }
    }

    fn module(&mut self, target: &str, source: &str, field: &str, rule: String) {
        self.used.push(source.to_owned());
        self.add(target, source, How::Module, field, rule);
    }

    /// The `*.py` files of each package.
    fn packages(&mut self) {
        let layout = self.layout;
        for package in &layout.packages {
            let directory = layout.directory(package);
            if !self.check_package(package, &directory, "packages") {
                continue;
            }
            for (name, _) in self.tree.list(&directory).iter() {
                let source = join(&directory, name);
                let python = name.strip_suffix(".py").is_some_and(|stem| !stem.starts_with('.'));
                if python && normalise(&source).as_deref() != Some("setup.py") {
                    let target = join(&package.replace('.', "/"), name);
                    self.module(&target, &source, "packages", format!("module of package `{package}`"));
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
        let mut diagnostic = if self.tree.exists(directory) {
            let message = format!("`{directory}`, where package `{package}` should be, is not a directory");
            at(self.metadata, field, &codes::MISSING_PACKAGE, message)
        } else {
            let message =
                format!("package `{package}` is not in the project: there is no directory `{directory}`");
            at(self.metadata, field, &codes::MISSING_PACKAGE, message)
        };
        if let Some(near) = self.near(directory) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        self.errors.push(diagnostic);
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

    fn near(&self, path: &str) -> Option<String> {
        let (directory, name) = split(path);
        let listed = self.tree.list(directory);
        nearest(name, listed.iter().map(|(name, _)| name.as_str())).map(|near| join(directory, near))
    }

    /// The files that `package_data`'s patterns match, spelled from the project's root.
    fn matching_data(&self, package: &str) -> Vec<String> {
        let directory = self.layout.directory(package);
        let patterns = ALWAYS_DATA.iter().map(|pattern| (*pattern).to_owned());
        let patterns = patterns.chain(patterns_for(list_map(self.metadata, "package_data"), package));
        let mut out = Vec::new();
        for pattern in patterns {
            let pattern = join(&directory, &convert(&pattern));
            out.extend(
                self.tree
                    .glob(&pattern, Hidden::Skip, true)
                    .into_iter()
                    .filter(|path| self.tree.is_file(path)),
            );
        }
        out
    }

    fn without_excluded(&self, package: &str, mut files: Vec<String>) -> Vec<String> {
        let directory = self.layout.directory(package);
        for pattern in patterns_for(list_map(self.metadata, "exclude_package_data"), package) {
            let pattern = join(&directory, &convert(&pattern));
            files.retain(|path| !fnmatch(path, &pattern));
        }
        files
    }

    /// Copies data files of a package; their place in the wheel is that relative to the package's directory.
    fn package_data(&mut self, package: &str, files: &[String], field: &str) {
        let directory = self.layout.directory(package);
        for path in files {
            let (Some(from), Some(to)) = (normalise(&directory), normalise(path)) else {
                self.error(field, &codes::OUTSIDE_PROJECT, format!("`{path}` leads out of the project"));
                continue;
            };
            let target = join(&package.replace('.', "/"), &relative(&to, &from));
            self.used.push(path.clone());
            self.add(&target, path, How::Data, field, format!("data of package `{package}` ({field})"));
        }
        for (_, patterns) in
            list_map(self.metadata, field).iter().filter(|(key, _)| key == package || key.is_empty())
        {
            for pattern in patterns.iter().filter(|pattern| normalise(&join(&directory, pattern)).is_none()) {
                self.errors.push(at(
                    self.metadata,
                    field,
                    &codes::OUTSIDE_PROJECT,
                    format!("the pattern `{pattern}` leads out of the project"),
                ));
            }
        }
    }

    /// `include_package_data`: the files of the source distribution that stand in a package's directory.
    fn manifest_data(&mut self, contributions: &Contributions) {
        let lines = self.manifest();
        let (files, diagnostics) = source_files(self.tree, contributions, &lines);
        let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(Diagnostic::is_error);
        self.errors.extend(errors);
        self.warnings.extend(warnings);
        let directories: BTreeMap<String, &String> =
            self.layout.packages.iter().map(|package| (self.layout.directory(package), package)).collect();
        let mut by_package: BTreeMap<&String, Vec<String>> = BTreeMap::new();
        let mut unlisted = BTreeSet::new();
        for path in &files {
            let (mut directory, name) = split(path);
            let mut inside = name.to_owned();
            while !directory.is_empty() && !directories.contains_key(directory) {
                let (parent, last) = split(directory);
                inside = join(last, &inside);
                directory = parent;
            }
            let Some(package) = directories.get(directory) else { continue };
            match inside.rsplit_once('/') {
                None if inside.strip_suffix(".py").is_some_and(is_identifier) => continue,
                None => {}
                Some((below, _)) => {
                    let parts: Vec<&str> = below.split('/').take_while(|part| is_identifier(part)).collect();
                    if !parts.is_empty() && inside.strip_suffix(".py").is_some() {
                        unlisted.insert(format!("{package}.{}", parts.join(".")));
                    }
                }
            }
            by_package.entry(package).or_default().push(path.clone());
        }
        for (package, files) in by_package {
            let files = self.without_excluded(package, files);
            self.package_data(package, &files, "include_package_data");
        }
        for package in unlisted {
            let message =
                format!("package `{package}` is shipped as data, because `packages` does not list it");
            self.warnings.push(at(self.metadata, "packages", &codes::UNLISTED_PACKAGE, message));
        }
    }

    /// MANIFEST.in's lines. Spans need the file among the sources; without it, only its effect counts.
    fn manifest(&mut self) -> Vec<manifest_in::ManifestLine> {
        let content = match self.tree.system.read("MANIFEST.in") {
            Ok(content) => content,
            Err(ReadError::NotFound) => return Vec::new(),
            Err(error) => {
                let message = format!("`MANIFEST.in` {error}");
                self.errors.push(Diagnostic::general(&codes::UNREADABLE_FILE, message));
                return Vec::new();
            }
        };
        let text = match decode_utf8(&content) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("`MANIFEST.in` cannot be read: {error}");
                self.errors.push(Diagnostic::general(&codes::UNREADABLE_FILE, message));
                return Vec::new();
            }
        };
        let known = self.sources.find("MANIFEST.in");
        let mut scratch = Sources::new();
        let file = known.unwrap_or_else(|| scratch.add("MANIFEST.in", &text));
        let (lines, mut diagnostics) = manifest_in::parse(file, &text);
        if known.is_none() {
            for diagnostic in &mut diagnostics {
                let place = diagnostic.primary.take().map(|label| scratch.place(label.span));
                diagnostic.message = format!("{}: {}", place.unwrap_or_default(), diagnostic.message);
            }
        }
        self.warnings.extend(diagnostics);
        lines
    }

    /// `scripts`.
    fn scripts(&mut self, data: &str) {
        for script in list(self.metadata, "scripts") {
            let source = convert(script);
            if normalise(&source).is_none() {
                self.error(
                    "scripts",
                    &codes::OUTSIDE_PROJECT,
                    format!("`{script}` leads out of the project"),
                );
            } else if self.tree.is_file(&source) {
                self.used.push(source.clone());
                let target = format!("{data}/scripts/{}", split(&source).1);
                self.add(&target, &source, How::Script, "scripts", "script".to_owned());
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
        self.errors.push(diagnostic);
    }

    /// `data_files`; those for a relative directory go below `root`.
    fn data_files(&mut self, root: &str) {
        for (directory, files) in list_map(self.metadata, "data_files") {
            let directory = convert(directory);
            let climbs = normalise(directory.trim_start_matches('/')).is_none();
            if climbs {
                let message = format!("data files for `{directory}` would be put outside the wheel");
                self.error("data_files", &codes::OUTSIDE_PROJECT, message);
                continue;
            }
            let target = match directory.strip_prefix('/') {
                Some(below) => {
                    let message =
                        format!("data files for `{directory}` are installed as `{below}` in site-packages");
                    self.warnings.push(at(self.metadata, "data_files", &codes::ABSOLUTE_DATA_FILE, message));
                    below.to_owned()
                }
                None => join(root, &directory),
            };
            for file in files {
                let source = convert(file);
                if normalise(&source).is_none() {
                    self.error(
                        "data_files",
                        &codes::OUTSIDE_PROJECT,
                        format!("`{file}` leads out of the project"),
                    );
                } else if self.tree.is_file(&source) {
                    self.used.push(source.clone());
                    let target = join(&target, split(&source).1);
                    self.add(&target, &source, How::Data, "data_files", "data file".to_owned());
                } else {
                    self.missing("data_files", &codes::MISSING_DATA_FILE, "data file", &source);
                }
            }
        }
    }

    /// The licence files: those that `license_files` matches, else those with the usual names in the project's root.
    pub(super) fn license_files(&mut self) -> Vec<String> {
        let given = self.metadata.get("license_files").is_some();
        let defaults: Vec<String> = LICENSE_PATTERNS.iter().map(|pattern| (*pattern).to_owned()).collect();
        let patterns = if given { list(self.metadata, "license_files") } else { &defaults };
        let mut out: Vec<String> = Vec::new();
        for pattern in patterns {
            if normalise(pattern).is_none() {
                let message = format!("the licence file pattern `{pattern}` leads out of the project");
                self.error("license_files", &codes::OUTSIDE_PROJECT, message);
                continue;
            }
            let mut found = self.tree.glob(pattern, Hidden::Skip, true);
            found.retain(|path| !path.ends_with('~') && self.tree.is_file(path));
            found.sort();
            for path in found {
                if !out.contains(&path) {
                    out.push(path);
                }
            }
        }
        out
    }

    /// Copies the licence files to `.dist-info/licenses/`.
    pub(super) fn add_licenses(&mut self, paths: &[String], dist_info: &str) {
        for path in paths {
            let target = format!("{dist_info}/licenses/{path}");
            self.add(&target, path, How::Data, "license_files", "licence file".to_owned());
        }
    }
}

/// The patterns of `""` and those of the package.
fn patterns_for(map: &[(String, Vec<String>)], package: &str) -> impl Iterator<Item = String> {
    let of = |name: &str| map.iter().rev().find(|(key, _)| key == name).map(|(_, list)| list.clone());
    let own = if package.is_empty() { None } else { of(package) };
    of("").unwrap_or_default().into_iter().chain(own.unwrap_or_default())
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

//! The files of a wheel, read from the project: what the fields declare, and what the source distribution adds to that.

use super::declared::{Declared, Scheme, data_of, declarations, without_excluded};
use super::names::{Names, egg_info_directory};
use super::{WheelOptions, at, place, scripts};
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::packaging::entry_point::is_identifier;
use crate::project::Metadata;
use crate::project::Written;
use crate::project::file_list::{Contributions, SourceFile, manifest, source_files};
use crate::project::glob::{Tree, TreeLimit, convert, join, split};
use crate::project::packages::Layout;
use crate::system::{ReadError, normalise};
use crate::text::Sources;
use std::collections::{BTreeMap, BTreeSet};

/// The largest file of an artifact, and all of them together: the largest pure wheels of the package index are below
/// 200 MiB.
pub(super) const MAX_FILE: u64 = 256 * 1024 * 1024;
pub(super) const MAX_TOTAL: u64 = 1024 * 1024 * 1024;

/// A file of the wheel.
#[derive(Clone, Debug)]
pub(super) struct Collected {
    pub(super) source: Option<String>,
    pub(super) content: Vec<u8>,
    pub(super) executable: bool,
    pub(super) rule: String,
    pub(super) place: Option<String>,
}

pub(super) struct Collector<'a> {
    metadata: &'a Metadata,
    tree: &'a Tree<'a>,
    sources: &'a Sources,
    layout: &'a Layout,
    pub(super) files: BTreeMap<String, Collected>,
    pub(super) errors: Vec<Diagnostic>,
    pub(super) warnings: Vec<Diagnostic>,
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
            total: 0,
        }
    }

    fn error(&mut self, field: &str, code: &'static Code, message: impl Into<String>) {
        self.errors.push(at(self.metadata, field, code, message));
    }

    /// Everything but `.dist-info`. `data` is the wheel's `.data` directory, `licenses` the paths of the licence files.
    pub(super) fn run(&mut self, data: &str, licenses: &[String], names: &Names, options: &WheelOptions) {
        let declared = declarations(self.metadata, self.tree, self.layout, options.plain_build_py);
        self.errors.extend(declared.errors);
        self.errors.extend(declared.missing);
        self.warnings.extend(declared.warnings);
        for file in &declared.files {
            let place = match file.scheme {
                Scheme::Module | Scheme::Library => file.target.clone(),
                Scheme::Scripts => format!("{data}/scripts/{}", file.target),
                Scheme::Data if options.data_files_in_library => file.target.clone(),
                Scheme::Data => join(&format!("{data}/data"), &file.target),
            };
            self.add(&place, file);
        }
        if !options.plain_build_py
            && self.metadata.flag("include_package_data") == Ok(Some(true))
            && !self.layout.packages.is_empty()
        {
            let contributions = contributions(
                self.metadata,
                self.sources,
                self.tree,
                self.layout,
                names,
                &declared.files,
                licenses,
                options,
            );
            self.manifest_data(&contributions);
        }
        self.written_by_commands(options);
        self.errors.extend(incomplete(self.tree));
    }

    /// What commands of the project do to the libraries.
    fn written_by_commands(&mut self, options: &WheelOptions) {
        for (path, written) in &options.library {
            let rule = "written by a command of the project".to_owned();
            let place = place(self.metadata, self.sources, "cmdclass");
            match written {
                Written::Content(content) => {
                    let source = self.copied_from(path, content);
                    let rule = match &source {
                        Some(_) => "copied by a command of the project".to_owned(),
                        None => rule,
                    };
                    let content = content.clone();
                    let made = Collected { source, content, executable: false, rule, place };
                    self.files.insert(path.clone(), made);
                }
                Written::Removed => drop(self.files.remove(path)),
                Written::Unknown(why) => {
                    let message = format!("`{path}` is {rule}, and what it writes is not known: {why}");
                    self.error("packages", &codes::CODE_IN_BUILD, message);
                }
            }
        }
    }

    /// The file of the project that a command seems to have copied: the one in its place, where that holds the same.
    fn copied_from(&self, path: &str, content: &[u8]) -> Option<String> {
        let (directory, name) = split(path);
        let source = normalise(&join(&self.layout.directory(&directory.replace('/', ".")), name))?;
        let there = self.tree.system.read_up_to(&source, content.len() as u64).ok()?;
        (there == content).then_some(source)
    }

    /// Puts a file into the wheel. Setuptools copies onto what is there; two different sources are refused instead.
    fn add(&mut self, target: &str, file: &Declared) {
        let place = place(self.metadata, self.sources, file.field);
        self.add_by(target, file, place);
    }

    /// The same, of a file whose rule is written at `written`.
    fn add_by(&mut self, target: &str, file: &Declared, written: Option<String>) {
        let Declared { source, field, .. } = file;
        let Some(place) = normalise(target).filter(|path| !path.is_empty()) else {
            let message = format!("`{source}` would be put outside the wheel, at `{target}`");
            return self.error(field, &codes::OUTSIDE_PROJECT, message);
        };
        if self.files.get(&place).is_some_and(|there| there.source == normalise(source)) {
            return;
        }
        let content = match read(self.tree, source, &mut self.total) {
            Ok(content) => content,
            Err((code, message)) => return self.error(field, code, message),
        };
        let (content, executable) = match file.scheme {
            Scheme::Module => (content, false),
            Scheme::Library | Scheme::Data => {
                (content, self.tree.system.metadata(source).is_ok_and(|m| m.executable))
            }
            Scheme::Scripts => match scripts::installed(&content) {
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
        let rule = file.rule.clone();
        let file = Collected { source: normalise(source), content, executable, rule, place: written };
        self.files.insert(place, file);
    }

    /// `include_package_data`: the files of the source distribution that stand in a package's directory.
    fn manifest_data(&mut self, contributions: &Contributions) {
        let (lines, read) = manifest(self.tree.system, self.sources);
        let (files, listed) = source_files(self.tree, contributions, &lines);
        let (errors, warnings): (Vec<_>, Vec<_>) =
            read.into_iter().chain(listed).partition(Diagnostic::is_error);
        self.errors.extend(errors);
        self.warnings.extend(warnings);
        let directories: BTreeMap<String, &String> =
            self.layout.packages.iter().map(|package| (self.layout.directory(package), package)).collect();
        let mut by_package: BTreeMap<&String, Vec<String>> = BTreeMap::new();
        let mut rules: BTreeMap<&String, (&String, &Option<String>)> = BTreeMap::new();
        let mut unlisted = BTreeSet::new();
        for SourceFile { path, rule, place } in &files {
            rules.insert(path, (rule, place));
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
            let files = without_excluded(self.metadata, self.tree, self.layout, package, files);
            for file in data_of(self.layout, package, files, "include_package_data") {
                match file {
                    Ok(mut file) => {
                        let Some((rule, place)) = rules.get(&file.source) else { continue };
                        file.rule = format!("data of package `{package}` (include_package_data: {rule})");
                        self.add_by(&file.target.clone(), &file, (*place).clone());
                    }
                    Err(path) => {
                        let message = format!("`{path}` leads out of the project");
                        self.error("include_package_data", &codes::OUTSIDE_PROJECT, message);
                    }
                }
            }
        }
        for package in unlisted {
            let message =
                format!("package `{package}` is shipped as data, because `packages` does not list it");
            self.warnings.push(at(self.metadata, "packages", &codes::UNLISTED_PACKAGE, message));
        }
    }

    /// Copies what an unpacked source distribution's `.egg-info` holds beside what setuptools writes. Some of it never goes
    /// into a wheel (setuptools/command/bdist_wheel.py, `egg2dist`).
    pub(super) fn add_handed_on(&mut self, paths: &[String], egg_info: &str, dist_info: &str) {
        const DROPPED: &[&str] = &["PKG-INFO", "SOURCES.txt", "not-zip-safe", "requires.txt"];
        const VERSION_CONTROL: &[&str] = &["CVS", ".svn"];
        for path in paths {
            let (directories, name) = split(path);
            if DROPPED.contains(&name)
                || directories.split('/').any(|directory| VERSION_CONTROL.contains(&directory))
            {
                continue;
            }
            let file = Declared {
                source: join(egg_info, path),
                target: String::new(),
                scheme: Scheme::Library,
                field: "name",
                rule: "kept from the source distribution's `.egg-info`".to_owned(),
            };
            self.add(&join(dist_info, path), &file);
        }
    }

    /// Copies the licence files to `.dist-info/licenses/`.
    pub(super) fn add_licenses(&mut self, paths: &[String], dist_info: &str) {
        for path in paths {
            let target = format!("{dist_info}/licenses/{path}");
            let file = Declared {
                source: path.clone(),
                target: String::new(),
                scheme: Scheme::Library,
                field: "license_files",
                rule: "licence file".to_owned(),
            };
            self.add(&target, &file);
        }
    }
}

/// What the fields and the configuration give a source distribution.
pub(super) fn contributions(
    metadata: &Metadata,
    sources: &Sources,
    tree: &Tree<'_>,
    layout: &Layout,
    names: &Names,
    declared: &[Declared],
    licenses: &[String],
    options: &WheelOptions,
) -> Contributions {
    let at = |field: &str| place(metadata, sources, field);
    let file = |path: &str, rule: &str, place: Option<String>| SourceFile {
        path: path.to_owned(),
        rule: rule.to_owned(),
        place,
    };
    let declared = declared.iter().map(|declared| file(&declared.source, &declared.rule, at(declared.field)));
    let recorded = recorded(tree, &egg_info_directory(layout, names, options));
    let recorded = recorded.iter().map(|path| file(path, "listed by the source distribution's maker", None));
    let licenses = licenses.iter().map(|path| file(path, "licence file", at("license_files")));
    let referenced = options.referenced_files.iter().map(|path| file(path, "named with `file:`", None));
    Contributions {
        sources: declared.collect(),
        recorded: recorded.collect(),
        kept: licenses.chain(referenced).collect(),
        full_name: names.source_name.clone(),
        egg_info: None,
        pbr: None,
    }
}

/// The files that SOURCES.txt lists, where the tree is an unpacked source distribution: its maker may have known more
/// than MANIFEST.in says (files under version control). In a tree without PKG-INFO it is what an earlier build left.
fn recorded(tree: &Tree<'_>, egg_info: &str) -> Vec<String> {
    if !tree.is_file("PKG-INFO") {
        return Vec::new();
    }
    let text = tree.system.read(&join(egg_info, "SOURCES.txt")).unwrap_or_default();
    let lines =
        text.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok()).map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(convert).collect()
}

/// A search of the tree that ended early: what it found is not everything.
pub(super) fn incomplete(tree: &Tree<'_>) -> Option<Diagnostic> {
    let why = tree.limit()?;
    let code =
        if matches!(why, TreeLimit::Unreadable(..)) { &codes::UNREADABLE_FILE } else { &codes::TOO_LARGE };
    Some(Diagnostic::general(code, why.to_string()))
}

/// Reads a file that goes into an artifact, whose files have `total` bytes so far.
pub(super) fn read(
    tree: &Tree<'_>,
    source: &str,
    total: &mut u64,
) -> Result<Vec<u8>, (&'static Code, String)> {
    let limit = MAX_FILE.min(MAX_TOTAL - *total);
    let content = tree.system.read_up_to(source, limit).map_err(|error| {
        let code = match error {
            ReadError::Outside => &codes::OUTSIDE_PROJECT,
            ReadError::Unknown(_) => &codes::CODE_IN_BUILD,
            ReadError::TooLarge { .. } => &codes::TOO_LARGE,
            _ => &codes::UNREADABLE_FILE,
        };
        (code, format!("`{source}` {error}"))
    })?;
    *total += content.len() as u64;
    Ok(content)
}

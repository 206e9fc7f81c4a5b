//! `setup(pbr=True)` and `setup(d2to1=True)`: setup.cfg in distutils2's dialect, as pbr 6.1 and d2to1 read it (pbr/util.py,
//! pbr/hooks, pbr/packaging.py).
//!
//! What these plug-ins say replaces what setup() was given; setuptools' own reading of setup.cfg then fills what is left.

use super::glob::Tree;
use super::packages::find_packages;
use super::scm::package_info;
use super::{Field, FieldValue, Metadata, Place, Unknown};
use crate::packaging::{Marker, Target};
use crate::stdlib::shlex;
use crate::syntax::setup_cfg::{Setting, SetupCfg, SetupSection};
use crate::system::System;
use crate::text::whitespace::{is_space, universal_newlines};
use crate::text::{Sources, Span};
use requirements::{Requirements, Tests, split_marker, version_in_brackets};

mod requirements;

/// Which plug-in reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// With the hooks that find packages, requirements and the version.
    Pbr,
    D2to1,
}

/// What reading needs of the project.
pub struct Context<'a, 'tree> {
    pub tree: &'a Tree<'tree>,
    pub sources: &'a mut Sources,
    /// The target for which markers are judged, as these plug-ins do but for wheels; `None` keeps them.
    pub target: Option<Target>,
    /// Whether setuptools still has `tests_require`.
    pub has_tests: bool,
}

/// Options by section and name, with the field that they give.
const FIELDS: &[(&str, &str, &str)] = &[
    ("metadata", "name", "name"),
    ("metadata", "version", "version"),
    ("metadata", "author", "author"),
    ("metadata", "author_email", "author_email"),
    ("metadata", "maintainer", "maintainer"),
    ("metadata", "maintainer_email", "maintainer_email"),
    ("metadata", "home_page", "url"),
    ("metadata", "project_urls", "project_urls"),
    ("metadata", "summary", "description"),
    ("metadata", "keywords", "keywords"),
    ("metadata", "description", "long_description"),
    ("metadata", "description_content_type", "long_description_content_type"),
    ("metadata", "download_url", "download_url"),
    ("metadata", "classifier", "classifiers"),
    ("metadata", "platform", "platforms"),
    ("metadata", "license", "license"),
    ("metadata", "setup_requires_dist", "setup_requires"),
    ("metadata", "python_requires", "python_requires"),
    ("metadata", "requires_python", "python_requires"),
    ("metadata", "provides_dist", "provides"),
    ("metadata", "obsoletes_dist", "obsoletes"),
    ("files", "packages_root", "package_dir"),
    ("files", "package_data", "package_data"),
    ("files", "namespace_packages", "namespace_packages"),
    ("files", "data_files", "data_files"),
    ("files", "scripts", "scripts"),
    ("files", "modules", "py_modules"),
];

/// Fields whose options have one item a line.
const LISTS: &[&str] = &[
    "classifiers",
    "platforms",
    "provides",
    "obsoletes",
    "namespace_packages",
    "scripts",
    "py_modules",
    "setup_requires",
    "keywords",
];

const FROM_GIT: &str = "the version comes from git, which spx does not ask";

/// Reads setup.cfg into the fields, as the keyword at `keyword` asks.
pub fn merge(
    metadata: &mut Metadata,
    config: &SetupCfg,
    dialect: Dialect,
    keyword: Span,
    context: &mut Context<'_, '_>,
) {
    let mut merger = Merger { metadata, config, dialect, keyword, context };
    if let Some(hooks) = merger.option("global", "setup_hooks") {
        let own = lines(&hooks.value).into_iter().find(|hook| hook != "pbr.hooks.setup_hook");
        if let Some(hook) = own {
            let (reason, span) =
                (format!("the hook `{hook}` changes setup.cfg's options by code"), hooks.value_span());
            return merger.lose_everything(&reason, span);
        }
    }
    merger.plain_fields();
    merger.version();
    merger.packages();
    merger.requirements();
    merger.entry_points();
    merger.extensions();
    for (name, flag) in [("include_package_data", true), ("zip_safe", false)] {
        merger.set(name, keyword, Ok((FieldValue::Bool(flag), Vec::new())));
    }
}

/// Files that pbr puts into a source distribution by name. `None` where which files go in is not known: in a checkout git
/// says it (only an unpacked source distribution is surely none), and release notes come from git by way of `reno`.
pub fn source_files(
    system: &dyn System,
    config: Option<&SetupCfg>,
    metadata: &Metadata,
) -> Option<Vec<String>> {
    let known = system.is_file("PKG-INFO") && system.metadata(".git").is_err();
    let notes = metadata.list("setup_requires").ok()?.iter().any(|text| text.starts_with("reno"));
    let settings = || config.into_iter().flat_map(|config| &config.sections);
    let setting = |section: &str, name: &str| {
        let settings = settings().filter(|own| own.name == section).flat_map(|own| &own.settings);
        settings.into_iter().find(|setting| folded(setting) == name && !setting.value.is_empty())
    };
    if !known
        || notes
        || setting("global", "commands").is_some()
        || setting("pbr", "skip_git_sdist").is_some()
    {
        return None;
    }
    Some(setting("files", "extra_files").map(|setting| lines(&setting.value)).unwrap_or_default())
}

/// The lines that say something, without blanks around them.
fn lines(value: &str) -> Vec<String> {
    let lines = value.split('\n').map(|line| line.trim_matches(is_space));
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// The name that `ConfigParser` and these plug-ins make of an option's.
fn folded(setting: &Setting) -> String {
    setting.written().to_lowercase().replace('-', "_")
}

type Found = Result<(FieldValue, Vec<Place>), Unknown>;

struct Merger<'a, 'b, 'tree> {
    metadata: &'a mut Metadata,
    config: &'a SetupCfg,
    dialect: Dialect,
    keyword: Span,
    context: &'a mut Context<'b, 'tree>,
}

impl<'a> Merger<'a, '_, '_> {
    fn section(&self, name: &str) -> Option<&'a SetupSection> {
        self.config.section(name)
    }

    /// An option that says something.
    fn option(&self, section: &str, name: &str) -> Option<&'a Setting> {
        let settings = &self.section(section)?.settings;
        settings.iter().find(|setting| folded(setting) == name && !setting.value.is_empty())
    }

    fn set(&mut self, name: &str, origin: Span, found: Found) {
        let field = match found {
            Ok((value, trail)) => Field::Known { value, origin, trail },
            Err(unknown) => Field::Unknown { origin, unknown },
        };
        self.metadata.set(name, field);
    }

    fn lose_everything(&mut self, reason: &str, span: Span) {
        for (name, _) in super::metadata::FIELDS {
            if !matches!(*name, "universal" | "setup_requires") {
                let unknown = Unknown { reason: reason.to_owned(), span, trail: Vec::new() };
                self.set(name, self.keyword, Err(unknown));
            }
        }
    }

    fn plain_fields(&mut self) {
        for (section, option, field) in FIELDS {
            let setting = match self.option(section, option) {
                None if *field == "long_description" => {
                    self.described_by_files();
                    continue;
                }
                None => continue,
                Some(setting) => setting,
            };
            let origin = setting.name_span();
            let value = match self.value(field, setting) {
                Ok(value) if is_empty(&value) => continue,
                Ok(value) => Ok((value, Vec::new())),
                Err(reason) => Err(Unknown { reason, span: setting.value_span(), trail: Vec::new() }),
            };
            self.set(field, origin, value);
        }
    }

    fn value(&mut self, field: &str, setting: &Setting) -> Result<FieldValue, String> {
        let text = setting.value.as_str();
        Ok(match field {
            _ if LISTS.contains(&field) => FieldValue::List(lines(text)),
            "project_urls" => FieldValue::TextMap(pairs(text)?),
            "package_dir" => FieldValue::TextMap(vec![(String::new(), text.to_owned())]),
            "package_data" => FieldValue::ListMap(files_by_key(&lines(text))?),
            "data_files" => FieldValue::Files(self.data_files(text)?),
            _ => FieldValue::Text(text.to_owned()),
        })
    }

    /// `description-file`: the texts of the files, each without blanks at its ends, followed by an empty line.
    fn described_by_files(&mut self) {
        let Some(setting) = self.option("metadata", "description_file") else { return };
        let (mut text, mut trail) = (String::new(), Vec::new());
        for path in lines(&setting.value) {
            let content = match self.read(&path) {
                Ok((content, place)) => {
                    trail.push(place);
                    content
                }
                Err(reason) => {
                    let unknown = Unknown { reason, span: setting.value_span(), trail };
                    return self.set("long_description", setting.name_span(), Err(unknown));
                }
            };
            text += content.trim_matches(is_space);
            text += "\n\n";
        }
        self.set("long_description", setting.name_span(), Ok((FieldValue::Text(text), trail)));
    }

    /// A text file of the project, in UTF-8.
    fn read(&mut self, path: &str) -> Result<(String, Place), String> {
        let content = self.context.tree.system.read(path).map_err(|error| format!("`{path}`: {error}"))?;
        let text = String::from_utf8(content).map_err(|_| format!("`{path}` is not UTF-8"))?;
        let file = self.context.sources.add(path, &text);
        let place = Place { span: self.context.sources.head(file), text: format!("read from `{path}`") };
        Ok((universal_newlines(text), place))
    }

    /// The version of PKG-INFO when that is this project's; else git's.
    fn version(&mut self) {
        if self.dialect == Dialect::D2to1 {
            return;
        }
        let name = self.option("metadata", "name").map_or("", |setting| setting.value.as_str());
        let info = ["METADATA", "PKG-INFO"]
            .iter()
            .find_map(|path| package_info(self.context.tree.system, self.context.sources, path));
        let found = match info {
            Some(info) if info.name == name => Ok((FieldValue::Text(info.version), vec![info.place])),
            _ => Err(Unknown { reason: FROM_GIT.to_owned(), span: self.keyword, trail: Vec::new() }),
        };
        self.set("version", self.keyword, found);
    }

    /// The named directories and what `find_packages` finds below them. Their order is not kept by pbr; here they are sorted.
    fn packages(&mut self) {
        let setting = self.option("files", "packages");
        let origin = setting.map_or(self.keyword, Setting::name_span);
        if self.dialect == Dialect::D2to1 {
            if let Some(setting) = setting {
                self.set("packages", origin, Ok((FieldValue::List(lines(&setting.value)), Vec::new())));
            }
            return;
        }
        let name = || self.option("metadata", "name").map_or("", |setting| setting.value.as_str());
        let named = setting.map_or_else(name, |setting| setting.value.as_str());
        let mut packages: Vec<String> = Vec::new();
        for package in named.split('\n').map(|package| package.trim_matches(is_space)) {
            if package.is_empty() || !self.context.tree.is_directory(package) {
                continue;
            }
            let below = find_packages(self.context.tree, &package.replace('.', "/"), &["*"], &[], false);
            packages.push(package.to_owned());
            packages.extend(below.into_iter().map(|inner| format!("{package}.{inner}")));
        }
        packages.retain(|package| !package.starts_with('#'));
        packages.sort();
        packages.dedup();
        if !packages.is_empty() {
            self.set("packages", origin, Ok((FieldValue::List(packages), Vec::new())));
        }
    }

    /// `target = files`, a last `*` of pbr's standing for everything below a directory; by target, sorted.
    fn data_files(&mut self, text: &str) -> Result<Vec<(String, Vec<String>)>, String> {
        if self.dialect == Dialect::Pbr {
            if self.option("pbr", "manpages").is_some() {
                return Err("where manual pages go depends on the machine that builds".to_owned());
            }
            let starred = |line: &str| line.trim_end_matches(is_space).ends_with('*') && line.contains('=');
            if text.split('\n').any(starred) {
                return self.expanded(text);
            }
        }
        let mut files = files_by_key(&lines(text))?;
        files.sort();
        Ok(files)
    }

    fn expanded(&mut self, text: &str) -> Result<Vec<(String, Vec<String>)>, String> {
        let mut finished: Vec<String> = Vec::new();
        for line in text.split('\n') {
            let starred = line.trim_end_matches(is_space).ends_with('*');
            let Some((target, glob)) = line.split_once('=').filter(|_| starred) else {
                finished.push(line.to_owned());
                continue;
            };
            let glob = glob.trim_matches(is_space);
            let unquote =
                |text: &str| shlex::split(text, false).map(|words| words.concat()).map_err(str::to_owned);
            let prefix = unquote(&glob[..glob.len() - 1])?;
            let mut target = target.trim_matches(is_space).to_owned();
            if !target.ends_with('/') {
                target.push('/');
            }
            let target = unquote(&target)?;
            let top = prefix.trim_end_matches('/');
            let mut directories = vec![prefix.clone()];
            for file in self.context.tree.find_all(top) {
                let directory = file.rfind('/').map_or("", |at| &file[..at]).to_owned();
                let directory = if directory == top { prefix.clone() } else { directory };
                if !directories.contains(&directory) {
                    directories.push(directory);
                }
            }
            for directory in directories {
                finished.push(format!("'{}' = ", directory.replacen(&prefix, &target, 1)));
                let listed = self.context.tree.list(directory.trim_end_matches('/'));
                for (name, kind) in listed.iter() {
                    if *kind != crate::system::Kind::Directory {
                        finished.push(format!(" '{}'", super::glob::join(&directory, name)));
                    }
                }
            }
        }
        let mut files = files_by_key(&lines(&finished.join("\n")))?;
        files.sort();
        Ok(files)
    }

    fn entry_points(&mut self) {
        let Some(section) = self.section("entry_points") else { return };
        let groups: Vec<_> =
            section.settings.iter().map(|setting| (folded(setting), lines(&setting.value))).collect();
        if !groups.is_empty() {
            self.set("entry_points", section.span, Ok((FieldValue::ListMap(groups), Vec::new())));
        }
    }

    /// `[extension: name]` sections with sources.
    fn extensions(&mut self) {
        let named = self.config.sections.iter().filter_map(|section| {
            let (kind, name) = section.name.split_once(':').or_else(|| section.name.split_once('='))?;
            (kind.trim_matches(is_space) == "extension" && !section.settings.is_empty())
                .then(|| (section.span, name.trim_matches(is_space).to_owned()))
        });
        let (spans, names): (Vec<Span>, Vec<String>) = named.unzip();
        if let Some(span) = spans.first() {
            self.set("ext_modules", *span, Ok((FieldValue::List(names), Vec::new())));
        }
    }

    fn requirements(&mut self) {
        let mut reader =
            Requirements { tree: self.context.tree, sources: self.context.sources, trail: Vec::new() };
        let hooks = self.dialect == Dialect::Pbr;
        let mut install: Vec<String> = Vec::new();
        let setting = self.config.section("metadata").and_then(|section| {
            section
                .settings
                .iter()
                .find(|setting| folded(setting) == "requires_dist" && !setting.value.is_empty())
        });
        install.extend(setting.iter().flat_map(|setting| lines(&setting.value)));
        let read = if hooks { reader.install() } else { Ok(Vec::new()) };
        let tests = if hooks { reader.tests() } else { Ok(Tests::default()) };
        let links = if hooks { reader.links() } else { Vec::new() };
        let trail = reader.trail;
        let origin = setting.map_or(self.keyword, Setting::name_span);
        let (all, tests) = match (read, tests) {
            (Ok(read), Ok(tests)) => (install.into_iter().chain(read).collect::<Vec<_>>(), tests),
            (Err(reason), _) | (_, Err(reason)) => {
                for name in ["install_requires", "extras_require", "tests_require"] {
                    let unknown =
                        Unknown { reason: reason.clone(), span: self.keyword, trail: trail.clone() };
                    self.set(name, origin, Err(unknown));
                }
                return;
            }
        };
        let all: Vec<String> = all.iter().flat_map(|line| lines(line)).collect();
        let mut groups = vec![(
            String::new(),
            all.iter().map(|line| split_marker(&version_in_brackets(line), ';')).collect::<Vec<_>>(),
        )];
        if let Some(section) = self.section("extras") {
            for setting in &section.settings {
                let items = lines(&setting.value).iter().map(|line| split_marker(line, ':')).collect();
                groups.push((folded(setting), items));
            }
            if hooks && !groups.iter().any(|(name, _)| name == "test") {
                let lines = tests.with_markers.iter().flat_map(|line| lines(&line.replace(';', ":")));
                groups.push(("test".to_owned(), lines.map(|line| split_marker(&line, ':')).collect()));
            }
        }
        self.set_requirements(groups, origin, &trail);
        let bare: Vec<String> =
            tests.bare.iter().flat_map(|line| lines(line)).map(|line| version_in_brackets(&line)).collect();
        if self.context.has_tests && !bare.is_empty() {
            self.set("tests_require", self.keyword, Ok((FieldValue::List(bare), trail.clone())));
        }
        if !links.is_empty() {
            self.set("dependency_links", self.keyword, Ok((FieldValue::List(links), trail)));
        }
    }

    /// Requirements without markers, or whose marker holds, under the group itself, the others under `group:(marker)`; with
    /// their markers when those are kept.
    fn set_requirements(
        &mut self,
        groups: Vec<(String, Vec<(String, String)>)>,
        origin: Span,
        trail: &[Place],
    ) {
        let mut keyed: Vec<(String, Vec<String>)> = Vec::new();
        for (group, items) in groups {
            for (mut requirement, marker) in items {
                let kept = self.context.target.is_none() && !marker.is_empty();
                if kept {
                    requirement = format!("{requirement}; {marker}");
                }
                let key = match self.holds(&marker) {
                    _ if kept => group.clone(),
                    Ok(true) => group.clone(),
                    Ok(false) => format!("{group}:({marker})"),
                    Err(reason) => {
                        for name in ["install_requires", "extras_require"] {
                            let unknown =
                                Unknown { reason: reason.clone(), span: origin, trail: trail.to_vec() };
                            self.set(name, origin, Err(unknown));
                        }
                        return;
                    }
                };
                match keyed.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, items)) => items.push(requirement),
                    None => keyed.push((key, vec![requirement])),
                }
            }
        }
        let install = keyed.iter().position(|(key, _)| key.is_empty());
        let install = install.map_or(Vec::new(), |at| keyed.remove(at).1);
        let trail = || trail.to_vec();
        self.set("install_requires", origin, Ok((FieldValue::List(install), trail())));
        self.set("extras_require", origin, Ok((FieldValue::ListMap(keyed), trail())));
    }

    fn holds(&self, marker: &str) -> Result<bool, String> {
        let Some(target) = self.context.target.filter(|_| !marker.is_empty()) else {
            return Ok(marker.is_empty());
        };
        let machine = [
            "platform_machine",
            "platform_release",
            "platform_version",
            "python_full_version",
            "implementation",
            ".",
        ];
        let variables = marker.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        if variables.into_iter().any(|word| machine.contains(&word)) {
            return Err(format!("whether `{marker}` holds depends on the machine that builds"));
        }
        let parsed: Marker = marker.parse().map_err(|_| format!("`{marker}` is no marker"))?;
        Ok(parsed.holds(&target.marker_environment(), &[]))
    }
}

fn is_empty(value: &FieldValue) -> bool {
    matches!(value, FieldValue::List(items) if items.is_empty())
        || matches!(value, FieldValue::TextMap(items) if items.is_empty())
        || matches!(value, FieldValue::ListMap(items) | FieldValue::Files(items) if items.is_empty())
}

/// `key = value` lines.
fn pairs(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for line in lines(text) {
        let (key, value) = line.split_once('=').ok_or_else(|| format!("`{line}` has no `=`"))?;
        let (key, value) = (key.trim_matches(is_space).to_owned(), value.trim_matches(is_space).to_owned());
        match pairs.iter_mut().find(|(known, _)| *known == key) {
            Some(pair) => pair.1 = value,
            None => pairs.push((key, value)),
        }
    }
    Ok(pairs)
}

/// `key = files`, more files on the lines that follow.
fn files_by_key(lines: &[String]) -> Result<Vec<(String, Vec<String>)>, String> {
    let split = |text: &str| shlex::split(text, false).map_err(|error| format!("`{text}`: {error}"));
    let mut files: Vec<(String, Vec<String>)> = Vec::new();
    let mut last = None;
    for line in lines {
        if let Some((key, value)) = line.split_once('=') {
            let key = split(key.trim_matches(is_space))?
                .into_iter()
                .next()
                .ok_or_else(|| format!("`{line}` has no key"))?;
            let value = split(value.trim_matches(is_space))?;
            let at = files.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
                files.push((key, Vec::new()));
                files.len() - 1
            });
            files[at].1.extend(value);
            last = Some(at);
        } else {
            let at = last.ok_or_else(|| format!("the first line `{line}` has no `=`"))?;
            files[at].1.extend(split(line)?);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests;

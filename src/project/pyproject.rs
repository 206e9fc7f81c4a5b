//! pyproject.toml merged into the fields, as setuptools does (setuptools/config/pyprojecttoml.py): `[project]` replaces
//! what setup() and setup.cfg gave, and takes away what it neither gives nor lists as dynamic.

use super::packages::find_packages;
use super::setup_cfg::values::strict_boolean;
use super::setup_cfg::{Context, Merged, expand, is_true};
use super::{Field, FieldValue, Metadata, Place, Unknown, text_files};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::packaging::{Version, license, requirement_text};
use crate::syntax::toml::{Kind, Table, Value};
use crate::system::normalise as normalise_path;
use crate::text::{FileId, Span};
use std::collections::BTreeSet;

mod dynamic;
mod schema;

/// What `[build-system]` says (PEP 517, PEP 518).
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BuildSystem {
    pub requires: Vec<(String, Span)>,
    /// Without one, builds go through setuptools with the project's directory on `sys.path`.
    pub backend: Option<(String, Span)>,
    /// Directories that hold the backend: it is then code of the project.
    pub backend_path: Vec<(String, Span)>,
}

/// Reads `[build-system]`; `None` when there is none.
pub fn build_system(root: &Table) -> Option<BuildSystem> {
    let table = root.table("build-system")?;
    let texts = |key| -> Vec<(String, Span)> {
        let items = table.get(key).and_then(Value::list).unwrap_or_default();
        items.iter().filter_map(|item| Some((item.text()?.to_owned(), item.span))).collect()
    };
    let backend = table.get("build-backend").and_then(|value| Some((value.text()?.to_owned(), value.span)));
    Some(BuildSystem { requires: texts("requires"), backend, backend_path: texts("backend-path") })
}

/// Merges `[project]` and `[tool.setuptools]`, which setuptools reads from 61 on. When one of them is not as setuptools
/// wants it, nothing is merged and the diagnostics say why: setuptools would build nothing.
pub fn merge(metadata: &mut Metadata, file: FileId, root: &Table, context: &mut Context<'_, '_>) -> Merged {
    let mut merged = Merged::default();
    let project = root.table("project").filter(|table| !table.entries.is_empty());
    let setuptools = root.table("tool").and_then(|tool| tool.table("setuptools"));
    let configured = project.is_some() || setuptools.is_some_and(|table| !table.entries.is_empty());
    if !configured || *context.setuptools < Version::new([61]) {
        return merged;
    }
    let entry = root.entry("project").or_else(|| root.entry("tool"));
    let head = entry.map_or_else(|| context.sources.head(file), |entry| entry.key_span);
    let problems = schema::check(project, setuptools, head);
    let Some(project) = project.filter(|_| problems.is_empty()) else {
        merged.diagnostics = problems;
        return merged;
    };
    let empty = Table::default();
    let mut dynamic = project.get("dynamic").and_then(Value::texts).unwrap_or_default();
    dynamic.sort();
    dynamic.dedup();
    let setuptools = setuptools.unwrap_or(&empty);
    let mut merger =
        Merger { metadata, context, merged, head, project, setuptools, dynamic, entry_points_set: false };
    merger.tool_layout();
    merger.dynamic();
    merger.forget_what_is_not_dynamic();
    merger.project();
    merger.tool();
    merger.universal(root);
    merger.merged
}

struct Merger<'a, 'b, 'tree> {
    metadata: &'a mut Metadata,
    context: &'a mut Context<'b, 'tree>,
    merged: Merged,
    /// What stands for the whole table.
    head: Span,
    project: &'a Table,
    setuptools: &'a Table,
    dynamic: Vec<String>,
    /// Whether the entry points came from a file already.
    entry_points_set: bool,
}

fn texts(value: &Value) -> FieldValue {
    FieldValue::List(value.texts().unwrap_or_default())
}

fn pairs(table: &Table) -> Vec<(String, String)> {
    let pair = |entry: &crate::syntax::toml::Entry| Some((entry.key.clone(), entry.value.text()?.to_owned()));
    table.entries.iter().filter_map(pair).collect()
}

fn lists(table: &Table) -> Vec<(String, Vec<String>)> {
    table.entries.iter().map(|entry| (entry.key.clone(), entry.value.texts().unwrap_or_default())).collect()
}

impl Merger<'_, '_, '_> {
    fn set(&mut self, name: &str, origin: Span, value: FieldValue) {
        self.set_with(name, origin, value, Vec::new());
    }

    fn set_with(&mut self, name: &str, origin: Span, value: FieldValue, trail: Vec<Place>) {
        self.metadata.set(name, Field::Known { value, origin, trail });
    }

    fn set_parsed(&mut self, name: &str, origin: Span, parsed: Result<(FieldValue, Vec<Place>), Unknown>) {
        match parsed {
            Ok((value, trail)) => self.set_with(name, origin, value, trail),
            Err(unknown) => self.metadata.set(name, Field::Unknown { origin, unknown }),
        }
    }

    fn refuse(&mut self, code: &'static Code, span: Span, message: &str, help: &str) -> Unknown {
        text_files::refuse(&mut self.merged.diagnostics, code, span, message, help)
    }

    /// The text of files that a setting names: one text, or a list of them.
    fn files(&mut self, value: &Value) -> Result<(String, Vec<Place>), Unknown> {
        let items = value.list().unwrap_or(std::slice::from_ref(value));
        let named: Vec<(&str, Span)> =
            items.iter().filter_map(|item| Some((item.text()?, item.span))).collect();
        self.merged.referenced_files.extend(named.iter().map(|(name, _)| (*name).to_owned()));
        text_files::read(&named, self.context.tree.system, self.context.sources, &mut self.merged.diagnostics)
    }

    /// The settings that say where packages and modules stand; `attr` needs them.
    fn tool_layout(&mut self) {
        let mut directories = self.setuptools.table("package-dir").map(pairs).unwrap_or_default();
        let mut origin = self.setuptools.entry("package-dir").map(|entry| entry.key_span);
        if let Some(entry) = self.setuptools.entry("packages") {
            let parsed = self.packages(&entry.value, &mut directories);
            origin = origin.or((!directories.is_empty()).then_some(entry.key_span));
            self.set_parsed("packages", entry.key_span, parsed);
        }
        if let Some(entry) = self.setuptools.entry("py-modules") {
            self.set("py_modules", entry.key_span, texts(&entry.value));
        }
        // What setup() said of a package's directory stays, what pyproject.toml says joins it.
        if let (Ok(given), Some(origin)) = (self.metadata.text_map("package_dir"), origin) {
            for (package, directory) in given.iter().cloned() {
                match directories.iter_mut().find(|(known, _)| *known == package) {
                    Some(pair) => pair.1 = directory,
                    None => directories.push((package, directory)),
                }
            }
            self.set("package_dir", origin, FieldValue::TextMap(directories));
        }
        match self.setuptools.entry("include-package-data") {
            Some(entry) => {
                let value = FieldValue::Bool(entry.value.boolean().unwrap_or(true));
                self.set("include_package_data", entry.key_span, value);
            }
            // True unless something else says it, also when it says false.
            None if self.metadata.get("include_package_data").is_none() => {
                self.set("include_package_data", self.head, FieldValue::Bool(true));
            }
            None => {}
        }
    }

    /// A list of packages, or `find` with its arguments; directories that are searched become `package_dir`.
    fn packages(
        &mut self,
        value: &Value,
        directories: &mut Vec<(String, String)>,
    ) -> Result<(FieldValue, Vec<Place>), Unknown> {
        if value.texts().is_some() {
            return Ok((texts(value), Vec::new()));
        }
        let find = value.table().and_then(|table| table.get("find"));
        let Some((find, place)) = find.and_then(|find| Some((find.table()?, find.span))) else {
            let message = "`packages` must be a list of texts or a table `find`";
            return Err(self.refuse(
                &codes::INVALID_SETTING,
                value.span,
                message,
                "write `packages = [\"…\"]` or `[tool.setuptools.packages.find]`",
            ));
        };
        let items = |key: &str, default: &[&str]| -> Vec<String> {
            let given = find
                .get(key)
                .and_then(|value| value.texts().or_else(|| Some(vec![value.text()?.to_owned()])));
            given.unwrap_or_else(|| default.iter().map(|item| (*item).to_owned()).collect())
        };
        let (include, exclude) = (items("include", &["*"]), items("exclude", &[]));
        let namespaces = find.get("namespaces").and_then(Value::boolean).unwrap_or(true);
        let mut roots = items("where", &["."]);
        let mut seen = BTreeSet::new();
        roots.retain(|root| seen.insert(root.clone()));
        let mut found = Vec::new();
        for root in &roots {
            let Some(inside) = normalise_path(root) else {
                return Err(self.refuse(
                    &codes::OUTSIDE_PROJECT,
                    place,
                    "`where` leads out of the project",
                    "",
                ));
            };
            let here = find_packages(self.context.tree, &inside, &include, &exclude, namespaces);
            let mut given: BTreeSet<String> =
                directories.iter().map(|(package, _)| package.clone()).collect();
            let mut add = |package: String, directory: String| {
                if given.insert(package.clone()) {
                    directories.push((package, directory));
                }
            };
            if roots.len() == 1 && !inside.is_empty() {
                add(String::new(), root.clone());
            } else if !inside.is_empty() {
                // Packages in one that is listed itself need no directory of their own.
                let names: BTreeSet<&str> = here.iter().map(String::as_str).collect();
                let inner = |package: &String| {
                    package.match_indices('.').any(|(at, _)| names.contains(&package[..at]))
                };
                for package in here.iter().filter(|package| !inner(package)) {
                    add(package.clone(), format!("{root}/{}", package.replace('.', "/")));
                }
            }
            found.extend(here);
        }
        if let Some(limit) = self.context.tree.limit() {
            let reason = format!("not every directory was searched: {limit}");
            return Err(Unknown { reason, span: place, trail: Vec::new() });
        }
        Ok((FieldValue::List(found), Vec::new()))
    }

    /// Takes away what something else gave and `[project]` neither gives nor lists as dynamic.
    fn forget_what_is_not_dynamic(&mut self) {
        // Authors and maintainers stay, as setuptools sets an empty list of people to nothing.
        const FIELDS: &[(&str, &[&str])] = &[
            ("description", &["description"]),
            ("readme", &["long_description"]),
            ("requires-python", &["python_requires"]),
            ("license", &["license", "license_expression"]),
            ("keywords", &["keywords"]),
            ("classifiers", &["classifiers"]),
            ("urls", &["project_urls"]),
            ("dependencies", &["install_requires"]),
            ("optional-dependencies", &["extras_require"]),
        ];
        for (key, names) in FIELDS {
            let given = self.project.get(key).is_some() || self.dynamic.iter().any(|field| field == key);
            let Some(name) = names.iter().find(|name| is_true(self.metadata.get(name))) else { continue };
            if given {
                continue;
            }
            let origin = self.metadata.origin(name).unwrap_or(self.head);
            let message =
                format!("`{name}` is ignored: `[project]` neither gives `{key}` nor lists it as dynamic");
            let help = format!("list `{key}` under `dynamic` in pyproject.toml");
            let known = matches!(self.metadata.get(name), Some(Field::Known { .. }));
            if known && matches!(*key, "readme" | "requires-python") {
                // setuptools means to reset it and stops with a TypeError or an AttributeError.
                let unknown = self.refuse(&codes::INVALID_SETTING, origin, &message, &help);
                self.metadata.set(name, Field::Unknown { origin, unknown });
                continue;
            }
            let diagnostic = Diagnostic::new(&codes::IGNORED_OPTION, origin, message);
            self.merged.diagnostics.push(diagnostic.help(help));
            names.iter().for_each(|name| self.metadata.remove(name));
        }
    }

    fn project(&mut self) {
        let project = self.project;
        for entry in &project.entries {
            let (value, at) = (&entry.value, entry.key_span);
            let text = || FieldValue::Text(value.text().unwrap_or_default().to_owned());
            match entry.key.as_str() {
                "name" | "version" | "description" => self.set(&entry.key, at, text()),
                "keywords" | "classifiers" => self.set(&entry.key, at, texts(value)),
                "license-files" => self.set("license_files", at, texts(value)),
                "dependencies" => self.set("install_requires", at, texts(value)),
                "optional-dependencies" => {
                    self.set(
                        "extras_require",
                        at,
                        FieldValue::ListMap(value.table().map(lists).unwrap_or_default()),
                    );
                }
                "urls" => {
                    self.set(
                        "project_urls",
                        at,
                        FieldValue::TextMap(value.table().map(pairs).unwrap_or_default()),
                    );
                }
                "requires-python" => {
                    let text = value.text().unwrap_or_default();
                    let sorted =
                        requirement_text::canonical_specifiers(text).unwrap_or_else(|_| text.to_owned());
                    self.set("python_requires", at, FieldValue::Text(sorted));
                }
                "readme" => self.readme(value, at),
                "license" => self.license(value, at),
                "authors" => self.people(value, at, "author"),
                "maintainers" => self.people(value, at, "maintainer"),
                _ => {}
            }
        }
        if !self.entry_points_set {
            self.entry_points();
        }
    }

    fn readme(&mut self, value: &Value, at: Span) {
        let (parsed, kind) = if let Some(path) = value.text() {
            let lower = path.to_ascii_lowercase();
            let ending =
                lower.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
            let kind = match ending {
                None => None,
                Some("md") => Some("text/markdown"),
                Some("rst") => Some("text/x-rst"),
                Some("txt") => Some("text/plain"),
                Some(_) => {
                    self.refuse(
                        &codes::INVALID_SETTING,
                        value.span,
                        "the ending of the readme says no content type",
                        "use .md, .rst or .txt, or a table with `file` and `content-type`",
                    );
                    return;
                }
            };
            (self.files(value), kind.map(str::to_owned))
        } else {
            let table = value.table();
            let kind = table.and_then(|table| table.get("content-type")).and_then(Value::text);
            let text = table.and_then(|table| table.get("text")).and_then(Value::text);
            let file = table.and_then(|table| table.get("file"));
            let parsed = match (text, file, kind) {
                (Some(text), _, Some(_)) => Ok((text.to_owned(), Vec::new())),
                (None, Some(file), Some(_)) => self.files(file),
                _ => {
                    self.refuse(
                        &codes::INVALID_SETTING,
                        value.span,
                        "a table `readme` needs `content-type`, and `file` or `text`",
                        "",
                    );
                    return;
                }
            };
            (parsed, kind.map(str::to_owned))
        };
        let parsed = parsed.map(|(text, trail)| (FieldValue::Text(text), trail));
        self.set_parsed("long_description", at, parsed);
        if let Some(kind) = kind {
            self.set("long_description_content_type", at, FieldValue::Text(kind));
        }
    }

    fn license(&mut self, value: &Value, at: Span) {
        let since_77 = *self.context.setuptools >= Version::new([77]);
        match (value.text(), value.table()) {
            (Some(expression), _) if since_77 => {
                self.metadata.remove("license");
                let parsed = license::canonical(expression).map(|text| (FieldValue::Text(text), Vec::new()));
                let parsed = parsed.map_err(|reason| Unknown { reason, span: value.span, trail: Vec::new() });
                self.set_parsed("license_expression", at, parsed);
            }
            (None, Some(table)) => {
                let parsed = match (table.get("file"), table.get("text").and_then(Value::text)) {
                    (Some(file), None) => self.files(file),
                    (None, Some(text)) => Ok((text.to_owned(), Vec::new())),
                    _ => Err(self.refuse(
                        &codes::INVALID_SETTING,
                        value.span,
                        "a table `license` has one of `file` and `text`",
                        "",
                    )),
                };
                self.set_parsed("license", at, parsed.map(|(text, trail)| (FieldValue::Text(text), trail)));
            }
            _ => {
                let help = "before setuptools 77 it is a table: `license = {text = \"MIT\"}`";
                self.refuse(&codes::INVALID_SETTING, value.span, "`license` is of the wrong type", help);
            }
        }
    }

    fn people(&mut self, value: &Value, at: Span, kind: &str) {
        let (mut names, mut addresses): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for person in value.list().unwrap_or_default() {
            let part = |key| person.table().and_then(|table| table.get(key)).and_then(Value::text);
            match (part("name"), part("email")) {
                (Some(name), None) => names.push(name.to_owned()),
                (None, Some(email)) => addresses.push(email.to_owned()),
                (Some(name), Some(email)) => addresses.push(address(name, email)),
                (None, None) => {}
            }
        }
        for (name, texts) in [(kind.to_owned(), names), (format!("{kind}_email"), addresses)] {
            if !texts.is_empty() {
                self.set(&name, at, FieldValue::Text(texts.join(", ")));
            }
        }
    }

    /// `entry-points`, `scripts` and `gui-scripts` are one field: one of them, given or taken away, replaces it all.
    fn entry_points(&mut self) {
        let given = ["entry-points", "scripts", "gui-scripts"].map(|key| self.project.entry(key));
        let is_dynamic = |key: &str| self.dynamic.iter().any(|field| field == key);
        let previous = self.metadata.list_map("entry_points").map(<[_]>::to_vec);
        let has = |wanted: &dyn Fn(&str) -> bool| match &previous {
            Ok(groups) => groups.iter().any(|(group, _)| wanted(group)),
            Err(_) => true,
        };
        let reset = (!is_dynamic("entry-points")
            && given[0].is_none()
            && has(&|group| !matches!(group, "console_scripts" | "gui_scripts")))
            || (!is_dynamic("scripts") && given[1].is_none() && has(&|group| group == "console_scripts"))
            || (!is_dynamic("gui-scripts") && given[2].is_none() && has(&|group| group == "gui_scripts"));
        let Some(origin) =
            given.iter().flatten().next().map(|entry| entry.key_span).or_else(|| reset.then_some(self.head))
        else {
            return;
        };
        let commands = |table: &Table| -> Vec<String> {
            pairs(table).into_iter().map(|(name, value)| format!("{name} = {value}")).collect()
        };
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for entry in
            given[0].and_then(|entry| entry.value.table()).into_iter().flat_map(|table| &table.entries)
        {
            groups.push((entry.key.clone(), entry.value.table().map(commands).unwrap_or_default()));
        }
        for entry in &self.project.entries {
            let group = match entry.key.as_str() {
                "scripts" => "console_scripts",
                "gui-scripts" => "gui_scripts",
                _ => continue,
            };
            groups.push((group.to_owned(), entry.value.table().map(commands).unwrap_or_default()));
        }
        groups.retain(|(_, commands)| !commands.is_empty());
        self.set("entry_points", origin, FieldValue::ListMap(groups));
    }

    fn tool(&mut self) {
        let setuptools = self.setuptools;
        for entry in &setuptools.entries {
            let (value, at) = (&entry.value, entry.key_span);
            let table = || value.table().map(lists).unwrap_or_default();
            match entry.key.as_str() {
                "platforms" | "provides" | "obsoletes" => self.set(&entry.key, at, texts(value)),
                "script-files" => self.set("scripts", at, texts(value)),
                "license-files" => self.set("license_files", at, texts(value)),
                "zip-safe" => self.set("zip_safe", at, FieldValue::Bool(value.boolean().unwrap_or_default())),
                "package-data" | "exclude-package-data" => {
                    let mut data = table();
                    if let Some(index) = data.iter().position(|(package, _)| package == "*") {
                        let (_, patterns) = data.remove(index);
                        data.push((String::new(), patterns));
                    }
                    self.set(&entry.key.replace('-', "_"), at, FieldValue::ListMap(data));
                }
                "data-files" => {
                    let mut files = table();
                    for (_, patterns) in &mut files {
                        *patterns =
                            patterns.iter().flat_map(|pattern| expand(self.context.tree, pattern)).collect();
                    }
                    self.set("data_files", at, FieldValue::Files(files));
                }
                "ext-modules" => {
                    let mut names = self.metadata.list("ext_modules").unwrap_or_default().to_vec();
                    let modules = value.list().unwrap_or_default().iter();
                    let named =
                        modules.filter_map(|module| module.table()?.get("name")?.text().map(str::to_owned));
                    names.extend(named);
                    self.set("ext_modules", at, FieldValue::List(names));
                }
                "cmdclass" => {
                    for command in value.table().into_iter().flat_map(|table| &table.entries) {
                        self.merged.command_classes.push((command.key.clone(), command.key_span));
                    }
                }
                _ => {}
            }
        }
    }

    /// `[tool.distutils.bdist_wheel]`: commands' options, behind those of setup.cfg.
    fn universal(&mut self, root: &Table) {
        let distutils = root.table("tool").and_then(|tool| tool.table("distutils"));
        let entries = distutils.into_iter().flat_map(|table| &table.entries);
        let command = entries.filter(|entry| entry.key.to_lowercase().replace('-', "_") == "bdist_wheel");
        for entry in command.filter_map(|entry| entry.value.table()?.entry("universal")) {
            // A text is a truth value as in setup.cfg, anything else as Python sees it.
            let value = match &entry.value.kind {
                Kind::Boolean(value) => Some(*value),
                Kind::Text(text) => strict_boolean(text),
                Kind::Other(number) => Some(!number.trim_start_matches(['0', '_', '.', '-', '+']).is_empty()),
                Kind::List(_) | Kind::Table(_) => None,
            };
            if let Some(value) = value {
                self.set("universal", entry.key_span, FieldValue::Bool(value));
            }
        }
    }
}

/// `str(email.headerregistry.Address(display_name, addr_spec))`.
fn address(name: &str, email: &str) -> String {
    if name.contains(|c| "()<>@,:;.\\\"[]".contains(c)) {
        format!("\"{}\" <{email}>", name.replace('\\', "\\\\").replace('"', "\\\""))
    } else if name.is_empty() {
        email.to_owned()
    } else {
        format!("{name} <{email}>")
    }
}

#[cfg(test)]
mod tests;

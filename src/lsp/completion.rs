//! What can be written here: keywords, options, values, classifiers, commands, paths, projects that are known.

use super::document::{Document, Kind};
use super::knowledge::{Entry, FIND_OPTIONS, MANIFEST_COMMANDS, REQUIREMENT_OPTIONS, SECTIONS};
use super::protocol::AtPosition;
use super::typing::Around;
use super::view::View;
use super::{known, outline, script};
use crate::packaging::license;
use crate::project::glob::Tree;
use crate::project::packages::find_packages;
use crate::project::vocabulary::{self, Slot};
use crate::syntax::requirements_txt::EntryKind;
use crate::system::{Kind as FileKind, System};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Items that are sent at most.
const MAX: usize = 2_000;

/// Kinds of items that the protocol numbers.
const PROPERTY: u8 = 10;
const VALUE: u8 = 12;
const KEYWORD: u8 = 14;
const FILE: u8 = 17;
const FOLDER: u8 = 19;
const MODULE: u8 = 9;

/// Values of `long_description_content_type` (PEP 566).
const CONTENT_TYPES: &[&str] = &["text/markdown", "text/plain", "text/x-rst"];
const REQUIREMENT_FIELDS: &[&str] =
    &["install_requires", "setup_requires", "tests_require", "extras_require"];
const PATH_FIELDS: &[&str] =
    &["scripts", "data_files", "package_data", "license_files", "license_file", "exclude_package_data"];

struct Item {
    label: String,
    kind: u8,
    /// What is put there, when that is not the label.
    text: Option<String>,
    detail: String,
    about: String,
}

impl Item {
    fn new(label: impl Into<String>, kind: u8) -> Self {
        Self { label: label.into(), kind, text: None, detail: String::new(), about: String::new() }
    }

    fn explained(entry: &Entry, kind: u8) -> Self {
        Self { about: entry.about.to_owned(), ..Self::new(entry.name, kind) }
    }
}

pub(super) fn answer(view: &View, params: &AtPosition) -> Value {
    let Some(document) = view.document(&params.text_document.uri) else { return json!([]) };
    let offset = document.offset(params.position, view.units());
    let writer = Writer { view, document, offset };
    let (start, items) = match document.kind {
        Kind::SetupPy => writer.in_setup_py(),
        Kind::SetupCfg => writer.in_setup_cfg(),
        Kind::Manifest => writer.in_manifest(),
        Kind::Requirements => writer.in_requirements(),
        Kind::Pyproject | Kind::Python | Kind::Other => (offset, Vec::new()),
    };
    let range = document.range(start, offset, view.units());
    let typed = document.text()[start as usize..offset as usize].to_lowercase();
    let fits = |item: &&Item| typed.is_empty() || item.label.to_lowercase().contains(&typed);
    let shown: Vec<Value> = items
        .iter()
        .filter(fits)
        .take(MAX)
        .map(|item| {
            let mut made = json!({
                "label": item.label,
                "kind": item.kind,
                "filterText": item.label,
                "textEdit": { "range": range, "newText": item.text.as_ref().unwrap_or(&item.label) },
            });
            if !item.detail.is_empty() {
                made["detail"] = json!(item.detail);
            }
            if !item.about.is_empty() {
                made["documentation"] = json!({ "kind": "markdown", "value": item.about });
            }
            made
        })
        .collect();
    json!({ "isIncomplete": false, "items": shown })
}

struct Writer<'a> {
    view: &'a View,
    document: &'a Document,
    offset: u32,
}

type Offer = (u32, Vec<Item>);

impl Writer<'_> {
    /// Where the word begins that is being written.
    fn word(&self, is_part: impl Fn(char) -> bool) -> u32 {
        let before = &self.document.text()[..self.offset as usize];
        before.trim_end_matches(is_part).len() as u32
    }

    fn line_before(&self) -> &str {
        let before = &self.document.text()[..self.offset as usize];
        &before[before.rfind('\n').map_or(0, |at| at + 1)..]
    }

    fn nothing(&self) -> Offer {
        (self.offset, Vec::new())
    }

    fn in_setup_py(&self) -> Offer {
        let around = Around::of(self.document.text(), self.offset);
        if around.in_comment {
            return self.nothing();
        }
        let argument = around.setup_argument();
        if let Some(start) = around.string {
            return match argument {
                Some((_, Some(keyword))) => self.value(keyword, start),
                _ => self.paths(start),
            };
        }
        match argument {
            Some((depth, None)) if depth + 1 == around.frames.len() => {
                (self.word(|c| c.is_alphanumeric() || c == '_'), self.keywords())
            }
            _ => self.nothing(),
        }
    }

    /// Arguments of `setup()` that are not there yet.
    fn keywords(&self) -> Vec<Item> {
        let calls = self.document.python().map(script::setup_calls).unwrap_or_default();
        let given: Vec<&str> = calls
            .iter()
            .flat_map(|call| &call.keywords)
            .filter_map(|k| Some(k.arg.as_ref()?.as_str()))
            .collect();
        let missing = [Slot::Setup, Slot::PlugIn].into_iter().flat_map(vocabulary::offered);
        missing
            .filter(|word| !given.contains(&word.name))
            .map(|word| Item {
                text: Some(format!("{}=", word.name)),
                about: word.about.to_owned(),
                ..Item::new(word.name, PROPERTY)
            })
            .collect()
    }

    /// The value of a field, from where it begins.
    fn value(&self, field: &str, start: u32) -> Offer {
        match field {
            "classifiers" => {
                (start, crate::packaging::classifiers::known().map(|name| Item::new(name, VALUE)).collect())
            }
            "license" | "license_expression" => {
                (start, license::known().map(|name| Item::new(name, VALUE)).collect())
            }
            "long_description_content_type" => {
                (start, CONTENT_TYPES.iter().map(|name| Item::new(*name, VALUE)).collect())
            }
            "packages" | "py_modules" => (start, self.packages()),
            field if REQUIREMENT_FIELDS.contains(&field) => self.requirement(start),
            field if PATH_FIELDS.contains(&field) => self.paths(start),
            _ => self.nothing(),
        }
    }

    fn packages(&self) -> Vec<Item> {
        let Some(project) = self.view.project(self.document) else { return Vec::new() };
        let found = self.view.with_tree(&project.root.path, |tree| {
            find_packages::<&str>(&Tree::new(tree), "", &["*"], &[], false)
        });
        found.unwrap_or_default().into_iter().map(|name| Item::new(name, MODULE)).collect()
    }

    /// Files and directories, from the one that is named so far.
    fn paths(&self, start: u32) -> Offer {
        let Some(project) = self.view.project(self.document) else { return self.nothing() };
        let typed = &self.document.text()[start as usize..self.offset as usize];
        let (directory, name) = typed.rsplit_once('/').unwrap_or(("", typed));
        let listed = self.view.with_tree(&project.root.path, |tree| tree.list(directory).unwrap_or_default());
        let shown = listed
            .into_iter()
            .flatten()
            .filter(|(entry, _)| !entry.starts_with('.') || name.starts_with('.'));
        let items = shown.map(|(entry, kind)| match kind {
            FileKind::Directory => Item { text: Some(format!("{entry}/")), ..Item::new(entry, FOLDER) },
            FileKind::File | FileKind::Other => Item::new(entry, FILE),
        });
        (self.offset - name.len() as u32, items.collect())
    }

    /// A requirement: the name, or an extra of a name that is there.
    fn requirement(&self, start: u32) -> Offer {
        let typed = &self.document.text()[start as usize..self.offset as usize];
        if let Some((name, rest)) = typed.split_once('[') {
            if rest.contains(']') {
                return self.nothing();
            }
            let extra = rest.rsplit(',').next().unwrap_or_default().trim_start();
            return (self.offset - extra.len() as u32, self.extras(name.trim()));
        }
        let is_name = typed.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        if is_name { (start, self.projects()) } else { self.nothing() }
    }

    /// The extras of a project: of this one, from its fields; of another one, from the cache.
    fn extras(&self, name: &str) -> Vec<Item> {
        let normal = crate::packaging::name::normalize(name);
        let mut extras: BTreeSet<String> = known::projects()
            .get(&normal)
            .map(|project| project.extras.iter().cloned().collect())
            .unwrap_or_default();
        let analysis = self.view.project(self.document).and_then(|project| project.root.analysis.as_deref());
        if let Some(metadata) =
            analysis.and_then(|analysis| analysis.project.as_ref()).map(|project| &project.metadata)
            && metadata
                .text("name")
                .ok()
                .flatten()
                .is_some_and(|own| crate::packaging::name::normalize(own) == normal)
        {
            let own = metadata.list_map("extras_require").unwrap_or_default();
            extras
                .extend(own.iter().map(|(extra, _)| extra.split(':').next().unwrap_or_default().to_owned()));
        }
        extras.into_iter().filter(|extra| !extra.is_empty()).map(|extra| Item::new(extra, VALUE)).collect()
    }

    /// Projects that this one or the cache knows.
    fn projects(&self) -> Vec<Item> {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for (name, project) in known::projects() {
            names.insert(name.clone(), project.summary.clone().unwrap_or_default());
        }
        let analysis = self.view.project(self.document).and_then(|project| project.root.analysis.as_deref());
        for entry in analysis
            .into_iter()
            .flat_map(|analysis| &analysis.requirements)
            .flat_map(|(_, file)| &file.entries)
        {
            if let EntryKind::Requirement(requirement) = &entry.kind {
                names.entry(requirement.name.normalized().to_owned()).or_default();
            }
        }
        names.into_iter().map(|(name, summary)| Item { detail: summary, ..Item::new(name, MODULE) }).collect()
    }

    fn in_setup_cfg(&self) -> Offer {
        let text = self.document.text();
        let line = self.line_before();
        if let Some(typed) = line.strip_prefix('[') {
            let items = SECTIONS.iter().map(|entry| Item::explained(entry, MODULE));
            return (self.offset - typed.len() as u32, items.collect());
        }
        let sections = outline::sections(text);
        let Some((section, setting)) = outline::find(&sections, text, self.offset) else {
            let section = sections.iter().rev().find(|section| section.start <= self.offset);
            return match section {
                Some(section) if !line.starts_with([' ', '\t']) => {
                    (self.offset - line.len() as u32, keys(section))
                }
                _ => self.nothing(),
            };
        };
        let in_name = !line.starts_with([' ', '\t']) && !line.contains(['=', ':']);
        if in_name {
            return (self.offset - line.len() as u32, keys(section));
        }
        let Some(setting) = setting else { return self.nothing() };
        let value = match line.find(['=', ':']).filter(|_| !line.starts_with([' ', '\t'])) {
            Some(cut) => line[cut + 1..].trim_start(),
            None => line.trim_start(),
        };
        self.setting(section.name, setting.name, self.offset - value.len() as u32, value)
    }

    fn setting(&self, section: &str, name: &str, start: u32, value: &str) -> Offer {
        let words = |words: &[&str]| (start, words.iter().map(|word| Item::new(*word, KEYWORD)).collect());
        let name = name.replace('-', "_");
        if let Some(files) = value.strip_prefix("file:") {
            let file = files.rsplit(',').next().unwrap_or_default().trim_start();
            return self.paths(self.offset - file.len() as u32);
        }
        match (section, name.as_str()) {
            ("options.extras_require", _) => self.requirement(start),
            ("options.package_data" | "options.exclude_package_data" | "options.data_files", _) => {
                self.paths(start)
            }
            ("options", "zip_safe" | "include_package_data") | ("bdist_wheel", "universal") => {
                words(&["True", "False"])
            }
            ("options", "packages") => {
                let (_, mut items) = words(&["find:", "find_namespace:"]);
                items.extend(self.packages());
                (start, items)
            }
            ("metadata", "long_description" | "description") => words(&["file:"]),
            ("metadata", "version") => words(&["attr:", "file:"]),
            ("options.packages.find", "where") => self.paths(start),
            (_, field) => self.value(field, start),
        }
    }

    fn in_manifest(&self) -> Offer {
        let line = self.line_before();
        if line.trim_start().contains([' ', '\t']) {
            let start = self.word(|c| !c.is_whitespace());
            return self.paths(start);
        }
        let items = MANIFEST_COMMANDS.iter().map(|entry| Item::explained(entry, KEYWORD));
        (self.word(|c| !c.is_whitespace()), items.collect())
    }

    fn in_requirements(&self) -> Offer {
        let line = self.line_before();
        let start = self.offset - line.trim_start().len() as u32;
        let typed = line.trim_start();
        if typed.starts_with('#') {
            return self.nothing();
        }
        if typed.starts_with('-') {
            return match typed.split_once([' ', '=']) {
                Some(("-r" | "-c" | "-e" | "-f" | "--requirement" | "--constraint", rest)) => {
                    self.paths(self.offset - rest.trim_start().len() as u32)
                }
                Some(_) => self.nothing(),
                None => {
                    (start, REQUIREMENT_OPTIONS.iter().map(|entry| Item::explained(entry, KEYWORD)).collect())
                }
            };
        }
        self.requirement(start)
    }
}

/// The options of a section that are not there yet.
fn keys(section: &outline::Section<'_>) -> Vec<Item> {
    let given: Vec<String> = section.settings.iter().map(|setting| setting.name.replace('-', "_")).collect();
    let item = |name: &'static str, about: &str| Item {
        text: Some(format!("{name} = ")),
        about: about.to_owned(),
        ..Item::new(name, PROPERTY)
    };
    let names: Vec<Item> = match section.name {
        "metadata" => vocabulary::offered(Slot::Metadata).map(|word| item(word.name, word.about)).collect(),
        "options" => vocabulary::offered(Slot::Options).map(|word| item(word.name, word.about)).collect(),
        "options.packages.find" => FIND_OPTIONS.iter().map(|entry| item(entry.name, entry.about)).collect(),
        "options.entry_points" => vec![item("console_scripts", "Commands: `name = module:function` a line.")],
        "bdist_wheel" => {
            ["universal", "python_tag", "plat_name", "build_number"].map(|name| item(name, "")).into()
        }
        _ => Vec::new(),
    };
    names.into_iter().filter(|item| !given.contains(&item.label)).collect()
}

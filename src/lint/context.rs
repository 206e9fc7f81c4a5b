//! What rules look at: everything that is known of a project, read once.

use super::script::Script;
use super::{RULES, Settings};
use crate::build::{self, Preview};
use crate::diagnostic::{Code, Diagnostic, Severity, codes};
use crate::eval::outcome::{Outcome, View};
use crate::eval::state::SetupCall;
use crate::eval::value::Value;
use crate::packaging::Python;
use crate::project::glob::{Hidden, Tree};
use crate::project::{Evaluation, Field, Metadata, Project, read_whole};
use crate::syntax::manifest_in::{self, ManifestLine};
use crate::syntax::requirements_txt::{self, RequirementsFile};
use crate::syntax::setup_cfg::{self, SetupCfg};
use crate::syntax::toml::{self, Table};
use crate::system::System;
use crate::text::encoding::decode_utf8;
use crate::text::{FileId, Sources, Span};
use std::cell::{Cell, OnceCell};

/// Places that a finding shows of a value's way.
const MAX_TRAIL: usize = 6;

/// Where requirements files are.
const REQUIREMENTS: &[&str] = &[
    "*requirements*.txt",
    "constraints*.txt",
    "requirements/*.txt",
    "*requirements*.in",
    "requirements/*.in",
];

/// Where people and machines are told what to call.
const DOCUMENTS: &[&str] = &[
    ".appveyor.yml",
    ".circleci/config.yml",
    ".github/workflows/*.yaml",
    ".github/workflows/*.yml",
    ".gitlab-ci.yml",
    ".travis.yml",
    "CONTRIBUTING*",
    "Makefile",
    "README*",
    "appveyor.yml",
    "azure-pipelines.yml",
    "tox.ini",
];

/// Such a file has less than this, in bytes.
const MAX_DOCUMENT: u64 = 1 << 20;

/// What is said of spx's own work, or is there for those who build: no findings about the files.
const NOT_FINDINGS: &[&Code] = &[
    &codes::ASSUMPTION,
    &codes::CODE_IN_BUILD,
    &codes::INERT_COMMAND,
    &codes::LEFT_OUT,
    &codes::NATIVE_CODE,
];

/// A project with everything that rules ask of it.
pub struct Context<'a> {
    pub system: &'a dyn System,
    pub tree: Tree<'a>,
    pub sources: &'a Sources,
    pub settings: &'a Settings,
    /// Folded over the targets.
    pub project: Project,
    /// The evaluations of setup.py.
    pub evaluations: Vec<Evaluation>,
    /// setup.py, when there is one and it is Python.
    pub script: Option<Script>,
    pub config: Option<SetupCfg>,
    pub pyproject: Option<(FileId, Table)>,
    /// MANIFEST.in.
    pub manifest: Option<(FileId, Vec<ManifestLine>)>,
    /// Each file with all that it includes.
    pub requirements: Vec<RequirementsFile>,
    /// Documents and files of CI that mention setup.py.
    pub documents: Vec<FileId>,
    /// What the readers say.
    said: Vec<Diagnostic>,
    preview: OnceCell<Preview>,
    /// How much was searched for the places of items, in bytes or so.
    pub(super) searched: Cell<usize>,
}

impl<'a> Context<'a> {
    /// Reads a project and every file of it that rules look at.
    pub(super) fn read(system: &'a dyn System, sources: &'a mut Sources, settings: &'a Settings) -> Self {
        let reading = read_whole(system, sources, &settings.scope(), true, settings.patience.clone());
        let mut said = reading.diagnostics;
        let setuptools = settings.setuptools();
        let python = settings.target_python.unwrap_or(Python::new(3, 11));
        // What these say, the project's reader has said.
        let (config, _) = setup_cfg::read(system, sources, python, &setuptools);
        let (pyproject, _) = toml::read(system, sources);
        let manifest = system.read("MANIFEST.in").ok().and_then(|content| decode_utf8(&content).ok());
        let manifest = manifest.map(|text| {
            let file = sources.add("MANIFEST.in", &text);
            (file, manifest_in::parse(file, &text))
        });
        let tree = Tree::new(system);
        let mut requirements: Vec<RequirementsFile> = Vec::new();
        let mut paths: Vec<String> =
            REQUIREMENTS.iter().flat_map(|pattern| tree.glob(pattern, Hidden::Skip, false)).collect();
        paths.sort();
        paths.dedup();
        for path in paths.iter().filter(|path| tree.is_file(path)) {
            let known =
                sources.find(path).is_some_and(|id| requirements.iter().any(|r| r.files.contains(&id)));
            if known {
                continue;
            }
            let (file, more) = requirements_txt::read(path, system, sources, &|_| None);
            requirements.push(file);
            said.extend(more);
        }
        let documents = documents(&tree, sources);
        let sources: &'a Sources = sources;
        let mut project = reading.project;
        if project.variants.is_empty() {
            // Where `setup()` is not reached nothing is set, as far as rules go.
            project.metadata = Metadata::default();
        }
        let (manifest, lines_said) = match manifest {
            Some((file, (lines, said))) => (Some((file, lines)), said),
            None => (None, Vec::new()),
        };
        said.extend(lines_said);
        Self {
            system,
            tree,
            sources,
            settings,
            project,
            evaluations: reading.evaluations,
            script: Script::read(sources),
            config,
            pyproject,
            manifest,
            requirements,
            documents,
            said,
            preview: OnceCell::new(),
            searched: Cell::new(0),
        }
    }

    /// What a build would take and say; for the newest Pythons where these differ from older ones.
    pub fn preview(&self) -> &Preview {
        self.preview.get_or_init(|| match self.project.variants.last() {
            Some(variant) => build::preview(&variant.metadata, self.system, self.sources, &variant.options),
            None => Preview::default(),
        })
    }

    /// The fields, merged over files and folded over targets.
    pub fn metadata(&self) -> &Metadata {
        &self.project.metadata
    }

    /// The evaluation that rules speak of: the newest Python's that reaches `setup()`.
    pub fn evaluation(&self) -> Option<&Evaluation> {
        self.evaluations.iter().rev().find(|evaluation| !evaluation.outcome.setup_calls.is_empty())
    }

    /// The call of `setup()`, with the evaluation that knows its values.
    pub fn call(&self) -> Option<(&Outcome, &SetupCall)> {
        let outcome = &self.evaluation()?.outcome;
        Some((outcome, outcome.setup_calls.first()?))
    }

    /// An argument of `setup()`, with where it stands.
    pub fn keyword(&self, name: &str) -> Option<(&Value, Span)> {
        let (_, call) = self.call()?;
        call.keywords.iter().find(|(keyword, ..)| keyword == name).map(|(_, value, span)| (value, *span))
    }

    /// An argument's value, looked into; `None` too when it is `None`.
    pub fn view(&self, name: &str) -> Option<(View, Span)> {
        let (value, span) = self.keyword(name)?;
        match self.call()?.0.view(value) {
            View::None => None,
            view => Some((view, span)),
        }
    }

    /// A known text field, and where it is set.
    pub fn text(&self, field: &str) -> Option<(&str, Span)> {
        Some((self.metadata().text(field).ok()??, self.metadata().origin(field)?))
    }

    /// A known list, empty when unset or unknown.
    pub fn list(&self, field: &str) -> &[String] {
        self.metadata().list(field).unwrap_or_default()
    }

    /// Where a field is set by name; not when an unknown `**mapping` may set it.
    pub fn set_at(&self, field: &str) -> Option<Span> {
        let origin = self.metadata().origin(field)?;
        let may_be = self.call().is_some_and(|(_, call)| call.span == origin);
        (!may_be).then_some(origin)
    }

    /// Adds the way that a field's value came to a finding about it.
    pub fn with_trail(&self, mut diagnostic: Diagnostic, field: &str) -> Diagnostic {
        let trail = match self.metadata().get(field) {
            Some(Field::Known { trail, .. }) => trail,
            Some(Field::Unknown { unknown, .. }) => &unknown.trail,
            None => return diagnostic,
        };
        let mut shown: Vec<Span> = diagnostic.primary.iter().map(|label| label.span).collect();
        for place in trail {
            if shown.len() < MAX_TRAIL && !shown.iter().any(|span| span.overlaps(place.span)) {
                shown.push(place.span);
                let told = if place.text.is_empty() { "comes from here" } else { &place.text };
                diagnostic = diagnostic.label(place.span, told);
            }
        }
        diagnostic
    }

    /// What readers and builder say under a code.
    pub(super) fn said(&self, code: &Code) -> Vec<Diagnostic> {
        let said = self.all_said().filter(|diagnostic| diagnostic.code == code).cloned();
        said.map(|diagnostic| self.with_way(diagnostic)).collect()
    }

    /// A finding about a field, with the way of its value where it says none.
    fn with_way(&self, diagnostic: Diagnostic) -> Diagnostic {
        let Some(label) = &diagnostic.primary else { return diagnostic };
        let field = self.metadata().iter().find(|(name, _)| self.metadata().origin(name) == Some(label.span));
        match field {
            Some((name, _)) if diagnostic.secondary.is_empty() => self.with_trail(diagnostic, name),
            _ => diagnostic,
        }
    }

    /// Whether an error is said of this very place.
    pub fn is_wrong(&self, span: Span) -> bool {
        let mut said = self.all_said().filter(|diagnostic| diagnostic.is_error());
        said.any(|diagnostic| diagnostic.primary.as_ref().is_some_and(|label| label.span == span))
    }

    fn all_said(&self) -> impl Iterator<Item = &Diagnostic> {
        // What the reader says of imports under this code is judged by a rule of its own.
        let imports = |diagnostic: &&Diagnostic| diagnostic.code != &codes::MISSING_MODULE;
        self.said.iter().filter(imports).chain(&self.preview().said)
    }

    /// What readers and builder say that no rule passes on.
    pub(super) fn unclaimed(&self, settings: &Settings) -> Vec<Diagnostic> {
        let claimed = |code: &Code| RULES.iter().any(|rule| rule.code == code);
        let shown = |diagnostic: &&Diagnostic| {
            diagnostic.severity > Severity::Info
                && !NOT_FINDINGS.contains(&diagnostic.code)
                && !claimed(diagnostic.code)
                && settings.wants_name(diagnostic.code.name)
        };
        self.all_said().filter(shown).cloned().collect()
    }
}

/// The documents of a project that say something of setup.py.
fn documents(tree: &Tree<'_>, sources: &mut Sources) -> Vec<FileId> {
    let names = tree.list("");
    let in_root = |pattern: &str| {
        let start = pattern.split(['*', '/']).next().unwrap_or_default();
        names.iter().any(|(name, _)| name.starts_with(start))
    };
    let patterns = DOCUMENTS.iter().filter(|pattern| in_root(pattern));
    let mut paths: Vec<String> =
        patterns.flat_map(|pattern| tree.glob(pattern, Hidden::Match, false)).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths.iter().filter(|path| tree.is_file(path)) {
        let known = sources.find(path).filter(|file| sources.text(*file).contains("setup.py "));
        let read = || {
            let content = tree.system.read_up_to(path, MAX_DOCUMENT).ok()?;
            let text = decode_utf8(&content).ok().filter(|text| text.contains("setup.py "))?;
            Some(sources.add(path, &text))
        };
        found.extend(known.or_else(read));
    }
    found
}

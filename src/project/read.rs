//! A project read: setup.py evaluated for each target, setup.cfg and pyproject.toml merged in, the answers folded.

use super::command_class::Replacement;
use super::fold::fold;
use super::from_setup::{Call, Special, from_setup};
use super::glob::Tree;
use super::metadata::FIELDS;
use super::refusals::Artifact;
use super::setup_cfg::{self, Context, Merged};
use super::variants::{self, Answer, Variant};
use super::{
    Field, FieldValue, Metadata, Unknown, WheelOptions, attribute, elsewhere, normalise, orders, pbr,
    pyproject, scm, separators, validity,
};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::outcome::{self, Outcome};
use crate::eval::{Environment, LookedAt, PROJECT_ROOT, Patience, Session};
use crate::packaging::specifiers::admits_python;
use crate::packaging::{Platform, Python, Target, Version};
use crate::stdlib::MODULES;
use crate::syntax::setup_cfg::SetupCfg;
use crate::syntax::{self, toml};
use crate::system::System;
use crate::text::{FileId, Sources, Span};
use std::rc::Rc;
use toml::Table;

/// The setuptools that spx matches where nothing older is asked for.
const REFERENCE: [u64; 3] = [84, 2, 1];

/// What to answer for.
#[derive(Clone, Debug)]
pub struct Scope {
    /// One, or all that the answer is to hold for.
    pub targets: Vec<Target>,
    /// The newest that each target's Python can have, unless given.
    pub setuptools: Option<Version>,
    /// What is built of the answer, if anything: setup.py sees the command, and pbr keeps markers that it judges otherwise.
    pub artifact: Option<Artifact>,
}

/// A project as far as it can be known.
#[derive(Clone, Debug)]
pub struct Project {
    /// The one target and its setuptools, when it was asked for one.
    pub target: Option<(Target, Version)>,
    pub metadata: Metadata,
    /// What is built: one, unless files differ by target in a way that no marker can say. Empty when `setup()` is not
    /// reached.
    pub variants: Vec<Variant>,
    /// Targets on which setup.py ends before it calls `setup()`.
    pub unsupported: Vec<Target>,
}

/// The newest setuptools that a Python can have; the reference from 3.9 on.
pub fn newest_setuptools(python: Python) -> Version {
    let release = match (python.major, python.minor) {
        (2, _) => [44, 1, 1],
        (3, ..=5) => [50, 3, 2],
        (3, 6) => [59, 6, 0],
        (3, 7) => [68, 0, 0],
        (3, 8) => [75, 3, 2],
        _ => REFERENCE,
    };
    Version::new(release)
}

/// Reads a project. Diagnostics that are errors mean that some file of it cannot be read as what it is, or that
/// `setup()` is never called; unknown fields are no errors here.
pub fn read(system: &dyn System, sources: &mut Sources, scope: &Scope) -> (Project, Vec<Diagnostic>) {
    let reading = read_whole(system, sources, scope, false, Patience::default());
    (reading.project, reading.diagnostics)
}

/// What reading a project gives to those who look at more than its fields.
#[derive(Debug)]
pub struct Reading {
    pub project: Project,
    pub diagnostics: Vec<Diagnostic>,
    /// The evaluations of setup.py, the oldest Python's first; empty unless they were to be kept.
    pub evaluations: Vec<Evaluation>,
}

/// One evaluation of setup.py, which may answer for several targets.
#[derive(Debug)]
pub struct Evaluation {
    pub environment: Environment,
    pub outcome: Outcome,
}

/// Reads a project as [`read`] does, and keeps the evaluations when asked to.
/// `patience` is for somebody who does not wait for ever: what was not evaluated by then is told as a limit that was reached.
pub fn read_whole(
    system: &dyn System,
    sources: &mut Sources,
    scope: &Scope,
    keep: bool,
    patience: Patience,
) -> Reading {
    let mut reader = Reader {
        system,
        sources,
        scope,
        tree: Tree::new(system),
        session: Session::with_patience(patience),
        keep,
        runs: Vec::new(),
        diagnostics: Vec::new(),
        pyproject: None,
        config: None,
    };
    let project = reader.read();
    let mut diagnostics = reader.diagnostics;
    crate::diagnostic::sort(&mut diagnostics);
    let kept = reader
        .runs
        .into_iter()
        .filter_map(|run| Some(Evaluation { environment: run.environment, outcome: run.outcome? }));
    let evaluations = kept.collect();
    Reading { project, diagnostics, evaluations }
}

/// One evaluation, which may answer for several targets.
struct Run {
    environment: Environment,
    looked_at: LookedAt,
    /// `None` when `setup()` was not reached; then why not.
    call: Result<Call, Vec<Diagnostic>>,
    notes: Vec<Diagnostic>,
    /// Kept for whoever asked.
    outcome: Option<Outcome>,
}

struct Reader<'a> {
    system: &'a dyn System,
    sources: &'a mut Sources,
    scope: &'a Scope,
    tree: Tree<'a>,
    session: Session,
    /// Whether evaluations are kept.
    keep: bool,
    runs: Vec<Run>,
    diagnostics: Vec<Diagnostic>,
    pyproject: Option<(FileId, Table)>,
    config: Option<(Python, Version, Option<Rc<SetupCfg>>)>,
}

impl Reader<'_> {
    fn read(&mut self) -> Project {
        let (pyproject, diagnostics) = toml::read(self.system, self.sources);
        self.pyproject = pyproject;
        self.diagnostics.extend(diagnostics);
        let several = self.scope.targets.len() > 1;
        let mut answers: Vec<Answer> = Vec::new();
        let mut unsupported = Vec::new();
        let common = self.common_environment();
        for target in self.scope.targets.clone() {
            let environment = self.environment(target, &common);
            let at = self.run(&environment);
            let Ok(call) = &self.runs[at].call else {
                unsupported.push(target);
                continue;
            };
            let call = call.clone();
            // The folded answer is what the reference makes of the arguments, so that only real differences show.
            let setuptools = if several { Version::new(REFERENCE) } else { environment.setuptools.clone() };
            let python = if several { Python::new(3, 11) } else { target.python };
            let known = answers.iter().position(|other| {
                let there = || self.environment(other.target, &common);
                several && self.runs[at].looked_at.answers_for(&environment, &there())
            });
            let (metadata, options, mut special) = if let Some(known) = known {
                let Answer { metadata, options, special, .. } = answers[known].clone();
                (metadata, options, special)
            } else {
                let mut metadata = call.metadata.clone();
                let merged = self.merge(&mut metadata, &call, python, &environment, &setuptools);
                for (at, other) in answers.iter().enumerate() {
                    if !answers[..at].iter().any(|before| other.metadata.is_copy_of(&before.metadata)) {
                        metadata.share(&other.metadata);
                    }
                }
                let options = self.wheel_options(&call, &merged, &metadata, python);
                let mut special = self::special(&call, &merged);
                let table = self.pyproject.as_ref().map(|(_, table)| table);
                special.extend(elsewhere::found(&call, &metadata, table));
                (metadata, options, special)
            };
            if target.python.major == 2 {
                special.retain(|one| one.keyword != "use_2to3");
            }
            answers.push(Answer { target, metadata, options, special });
        }
        self.paths_of_windows(&mut answers);
        self.report(answers.is_empty());
        let variants = variants::of(&answers);
        if let Some(left_out) = answers
            .iter()
            .filter(|answer| !variants.iter().any(|variant| variant.targets.contains(&answer.target)))
            .find_map(variants::converted)
        {
            let message = "`use_2to3` makes Python 3 code of Python 2 code during the build, which setuptools dropped in version 58: the wheel is for Python 2";
            self.diagnostics.push(Diagnostic::new(&codes::LEFT_OUT, left_out.span, message));
        }
        let target = match &self.scope.targets[..] {
            [only] => Some((*only, self.environment(*only, &common).setuptools)),
            _ => None,
        };
        for (at, answer) in answers.iter().enumerate() {
            if !answers[..at].iter().any(|other| answer.metadata.is_copy_of(&other.metadata)) {
                self.diagnostics.extend(validity::check(&answer.metadata));
            }
        }
        let pairs: Vec<(Target, Metadata)> =
            answers.into_iter().map(|answer| (answer.target, answer.metadata)).collect();
        let metadata = if pairs.is_empty() { self.nothing_known() } else { fold(&pairs) };
        Project { target, metadata, variants, unsupported }
    }

    /// Paths that an answer for Windows writes its own way.
    fn paths_of_windows(&self, answers: &mut [Answer]) {
        if let [only] = answers {
            if self.scope.artifact.is_some() && only.target.platform == Platform::Windows {
                separators::unify(&mut only.metadata, None);
            }
            return;
        }
        let others: Vec<(Python, Metadata)> = answers
            .iter()
            .filter(|answer| answer.target.platform != Platform::Windows)
            .map(|answer| (answer.target.python, answer.metadata.clone()))
            .collect();
        for answer in answers.iter_mut().filter(|answer| answer.target.platform == Platform::Windows) {
            for (_, other) in others.iter().filter(|(python, _)| *python == answer.target.python) {
                separators::unify(&mut answer.metadata, Some(other));
            }
        }
    }

    /// The environment of one target.
    fn environment(&self, target: Target, common: &Environment) -> Environment {
        let setuptools = self.scope.setuptools.clone().unwrap_or_else(|| newest_setuptools(target.python));
        Environment { target, setuptools, ..common.clone() }
    }

    /// What the environments of all targets have in common.
    fn common_environment(&self) -> Environment {
        let any = Target { python: Python::new(3, 11), platform: Platform::Linux };
        let mut environment = Environment::new(any, Version::new(REFERENCE));
        environment.commands = self.scope.artifact.is_some();
        if let Some(artifact) = self.scope.artifact {
            environment.argv = command_line(artifact);
        }
        if let Some((_, table)) = &self.pyproject
            && let Some(system) = pyproject::build_system(table)
        {
            environment.root_on_path =
                system.backend.is_none_or(|(backend, _)| backend != "setuptools.build_meta");
            environment.installed =
                system.requires.iter().filter_map(|(text, _)| import_name(text)).collect();
        }
        environment
    }

    /// The evaluation that answers for an environment: one made before, when it looked at nothing that differs.
    fn run(&mut self, environment: &Environment) -> usize {
        if let Some(at) =
            self.runs.iter().position(|run| run.looked_at.answers_for(&run.environment, environment))
        {
            return at;
        }
        let run = self.evaluate(environment);
        self.runs.push(run);
        self.runs.len() - 1
    }

    fn evaluate(&mut self, environment: &Environment) -> Run {
        if self.system.metadata("setup.py").is_err() && !self.system.is_link("setup.py") {
            let call = Ok(Call::default());
            return Run {
                environment: environment.clone(),
                looked_at: LookedAt::default(),
                call,
                notes: Vec::new(),
                outcome: None,
            };
        }
        let outcome =
            outcome::run(&mut self.session, environment, self.system, self.sources, MODULES, "setup.py");
        let mut notes = outcome.diagnostics.clone();
        // What holds for several targets is what the reference makes of the arguments.
        let reference = Version::new(REFERENCE);
        let several = self.scope.targets.len() > 1;
        let setuptools = if several { &reference } else { &environment.setuptools };
        let mut call = called(&outcome, setuptools).ok_or_else(|| std::mem::take(&mut notes));
        if let Ok(call) = &mut call {
            notes.extend(self.try_other_orders(call, &outcome, environment, setuptools));
        }
        for (field, span) in call.iter().flat_map(|call| &call.spent) {
            let message = format!(
                "`{field}` gets nothing: setuptools walks over the iterator to check it, and finds it at its end"
            );
            notes.push(
                Diagnostic::new(&codes::SPENT_ITERATOR, *span, message).help("make a list of it: `list(…)`"),
            );
        }
        for assumption in &outcome.assumptions {
            notes.push(Diagnostic::new(&codes::ASSUMPTION, assumption.span, assumption.text.clone()));
        }
        let looked_at = outcome.looked_at;
        Run {
            environment: environment.clone(),
            looked_at,
            call,
            notes,
            outcome: self.keep.then_some(outcome),
        }
    }

    /// Evaluates again with other orders of the sets whose order Python does not settle, if there are any.
    fn try_other_orders(
        &mut self,
        call: &mut Call,
        outcome: &Outcome,
        environment: &Environment,
        setuptools: &Version,
    ) -> Vec<Diagnostic> {
        let unsettled = outcome.unsettled();
        let attempts = 1..=unsettled.attempts();
        let others = attempts.map(|attempt| {
            let environment = Environment { attempt, ..environment.clone() };
            let (session, system) = (&mut self.session, self.system);
            let outcome = outcome::run(session, &environment, system, self.sources, MODULES, "setup.py");
            called(&outcome, setuptools)
        });
        let others: Vec<Option<Call>> = others.collect();
        orders::settle(call, &others, unsettled.places())
    }

    /// What plug-ins that setup() names by a keyword make of setup.cfg and PKG-INFO. They run before setuptools reads setup.cfg.
    fn plug_ins(
        &mut self,
        metadata: &mut Metadata,
        call: &Call,
        config: Option<&SetupCfg>,
        setuptools: &Version,
    ) {
        let target = match self.scope.targets[..] {
            [only] if self.scope.artifact != Some(Artifact::Wheel) => Some(only),
            _ => None,
        };
        for special in &call.special {
            let dialect = match special.keyword.as_str() {
                "pbr" => pbr::Dialect::Pbr,
                "d2to1" => pbr::Dialect::D2to1,
                "use_scm_version" => {
                    let because = special.unknown.as_deref();
                    scm::merge(metadata, special.span, because, self.system, self.sources);
                    continue;
                }
                _ => continue,
            };
            let has_tests = *setuptools < Version::new([72]);
            let mut context = pbr::Context { tree: &self.tree, sources: self.sources, target, has_tests };
            match (&special.unknown, config) {
                (None, Some(config)) => pbr::merge(metadata, config, dialect, special.span, &mut context),
                (reason, _) => {
                    let reason =
                        reason.as_deref().unwrap_or("setup.cfg, which should say it, cannot be read");
                    for (name, _) in FIELDS {
                        metadata.set(name, lost(reason, special.span, special.span));
                    }
                }
            }
        }
    }

    /// Merges setup.cfg and pyproject.toml into what setup() was given.
    fn merge(
        &mut self,
        metadata: &mut Metadata,
        call: &Call,
        python: Python,
        environment: &Environment,
        setuptools: &Version,
    ) -> Merged {
        for (command, name, value, span) in &call.options {
            if name == "universal" && (command == "bdist_wheel" || command == "wheel") {
                let flag = matches!(value.to_lowercase().as_str(), "1" | "true" | "yes" | "on" | "y" | "t");
                let field = Field::Known { value: FieldValue::Bool(flag), origin: *span, trail: Vec::new() };
                metadata.set("universal", field);
            }
        }
        let config = self.config(python, setuptools);
        self.plug_ins(metadata, call, config.as_deref(), setuptools);
        let (system, session) = (self.system, &mut self.session);
        let mut resolve = |sources: &mut Sources, metadata: &Metadata, reference: &str, span: Span| {
            attribute::value(session, environment, system, sources, metadata, reference, span)
        };
        let mut context =
            Context { tree: &self.tree, sources: self.sources, setuptools, attribute: &mut resolve };
        let mut merged = match &config {
            Some(config) => setup_cfg::merge(metadata, config, &mut context),
            None => Merged::default(),
        };
        if let Some((file, table)) = &self.pyproject {
            let more = pyproject::merge(metadata, *file, table, &mut context);
            merged.referenced_files.extend(more.referenced_files);
            merged.command_classes.extend(more.command_classes);
            merged.diagnostics.extend(more.diagnostics);
        }
        if let Some((_, table)) = &self.pyproject
            && let Some(tools) = table.table("tool")
            && let Some((span, _)) = scm::configured(tools)
            && pyproject::build_system(table)
                .is_some_and(|system| system.requires.iter().any(|(text, _)| scm::is_asked_for(text)))
        {
            let because = scm::section_unmodelled(tools);
            scm::merge(metadata, span, because.as_deref(), self.system, self.sources);
        }
        self.diagnostics.append(&mut merged.diagnostics);
        self.diagnostics.extend(normalise::finalise(metadata, setuptools));
        merged
    }

    /// Every field, unknown: where `setup()` is not reached, anything may have been given.
    fn nothing_known(&mut self) -> Metadata {
        let mut metadata = Metadata::default();
        let why = self.diagnostics.iter().find(|d| d.is_error() && d.primary.is_some());
        let Some(span) = why.and_then(|why| why.primary.as_ref()).map(|label| label.span) else {
            return metadata;
        };
        for (name, _) in FIELDS {
            metadata.set(name, lost("setup() is not reached", span, span));
        }
        metadata
    }

    /// setup.cfg as a Python and a setuptools read it; read anew only for others than last time.
    fn config(&mut self, python: Python, setuptools: &Version) -> Option<Rc<SetupCfg>> {
        match &self.config {
            Some((for_python, for_setuptools, config))
                if *for_python == python && for_setuptools == setuptools =>
            {
                config.clone()
            }
            _ => {
                let (config, diagnostics) =
                    syntax::setup_cfg::read(self.system, self.sources, python, setuptools);
                self.diagnostics.extend(diagnostics);
                let config = config.map(Rc::new);
                self.config = Some((python, setuptools.clone(), config.clone()));
                config
            }
        }
    }

    /// What the evaluations have to say: all of it when some target is served, the newest Python's when none is.
    fn report(&mut self, nothing: bool) {
        for run in self.runs.iter_mut().filter(|run| run.call.is_ok()) {
            self.diagnostics.append(&mut run.notes);
        }
        if !nothing {
            return;
        }
        let Some(Err(why)) = self.runs.last().map(|run| &run.call) else { return };
        let script = self.sources.find("setup.py").map(|file| self.sources.head(file));
        // A file that cannot be parsed is all there is to say; that it also never calls setup() follows.
        let unparsed = why.iter().any(|d| d.code == &codes::SYNTAX_ERROR || d.code == &codes::TOO_COMPLEX);
        for mut diagnostic in why.iter().filter(|d| !unparsed || d.code != &codes::SETUP_NOT_REACHED).cloned()
        {
            if let (Some(label), Some(script)) = (&mut diagnostic.primary, script)
                && self.sources.path(label.span.file).is_empty()
            {
                label.span = script;
            }
            self.diagnostics.push(diagnostic);
        }
    }

    /// The setuptools_scm that the build gets; for several targets, that of the oldest Python that the project is for.
    fn scm_release(&self, metadata: &Metadata, python: Python) -> Option<&'static scm::Release> {
        let required = metadata.text("python_requires").ok().flatten().and_then(|text| text.parse().ok());
        let pythons = self.scope.targets.iter().map(|target| target.python);
        let served = pythons.filter(|python| required.as_ref().is_none_or(|it| admits_python(it, *python)));
        let oldest = served.min().unwrap_or(python);
        let declared = metadata.list("setup_requires").unwrap_or_default().iter().map(String::as_str);
        let system = self.pyproject.as_ref().and_then(|(_, table)| pyproject::build_system(table));
        let required = system.iter().flat_map(|system| system.requires.iter().map(|(text, _)| text.as_str()));
        scm::release(oldest, declared.chain(required))
    }

    fn wheel_options(
        &mut self,
        call: &Call,
        merged: &Merged,
        metadata: &Metadata,
        python: Python,
    ) -> WheelOptions {
        let version = metadata.text("version").ok().flatten();
        let version_file = call
            .version_file
            .clone()
            .or_else(|| scm::configured(self.pyproject.as_ref()?.1.table("tool")?)?.1);
        let version_file = version_file.map(|(path, template)| {
            let release = self.scm_release(metadata, python);
            scm::version_file(&path, template.as_deref(), version, release)
        });
        let config = self.config(python, &Version::new(REFERENCE));
        let option = |command: &str, name: &str| -> Option<String> {
            let from_file = config
                .as_ref()
                .and_then(|config| config.setting(command, name))
                .map(|setting| setting.value.clone());
            let from_call = || {
                let found = call.options.iter().find(|(c, n, _, _)| c == command && n == name);
                found.map(|(_, _, value, _)| value.clone())
            };
            from_file.or_else(from_call).filter(|value| !value.is_empty())
        };
        WheelOptions {
            python: None,
            own_tag: None,
            own_platform: None,
            python_tag: option("bdist_wheel", "python_tag"),
            plat_name: option("bdist_wheel", "plat_name"),
            build_number: option("bdist_wheel", "build_number"),
            tag_build: option("egg_info", "tag_build"),
            tag_date: option("egg_info", "tag_date")
                .is_some_and(|value| !matches!(value.as_str(), "0" | "false" | "no")),
            data_files_in_library: metadata.list_map("data_files").is_ok_and(|files| !files.is_empty())
                && call
                    .special
                    .iter()
                    .any(|special| matches!(&special.command, Some((_, Replacement::DataInLibrary)))),
            referenced_files: merged.referenced_files.clone(),
            egg_base: option("egg_info", "egg_base"),
            written: call.written.clone().into_iter().chain(version_file).collect(),
            library: call.library.clone(),
            plain_build_py: call.plain_build_py,
            listed_by_pbr: call
                .special
                .iter()
                .any(|special| special.keyword == "pbr")
                .then(|| pbr::source_files(self.system, config.as_deref(), metadata))
                .flatten(),
            release: call.release.clone(),
            extension_files: call.extension_files.clone(),
            handed_over: call
                .special
                .iter()
                .any(|special| matches!(special.keyword.as_str(), "pbr" | "d2to1")),
        }
    }
}

/// The arguments with which setuptools' build backend runs setup.py (setuptools/build_meta.py); the directory is that of the
/// machine that builds.
fn command_line(artifact: Artifact) -> Vec<String> {
    let command: &[&str] = match artifact {
        Artifact::Wheel => &["bdist_wheel"],
        Artifact::Sdist => &["sdist", "--formats", "gztar"],
    };
    let output = format!("{PROJECT_ROOT}-output");
    let words = ["setup.py"].into_iter().chain(command.iter().copied()).chain(["--dist-dir", &output]);
    words.map(str::to_owned).collect()
}

/// An unknown field.
fn lost(reason: &str, span: Span, origin: Span) -> Field {
    Field::Unknown { origin, unknown: Unknown { reason: reason.to_owned(), span, trail: Vec::new() } }
}

/// The arguments that let code take part; Python 2 code is not converted for a Python 2.
fn special(call: &Call, merged: &Merged) -> Vec<Special> {
    let replaced = merged.command_classes.iter().map(|(command, span)| Special {
        keyword: "cmdclass".to_owned(),
        span: *span,
        command: Some((
            command.clone(),
            Replacement::Changes("it is named in a configuration file".to_owned()),
        )),
        unknown: None,
    });
    call.special.iter().cloned().chain(replaced).collect()
}

/// What `setup()` was given; `None` when it was not reached.
fn called(outcome: &Outcome, setuptools: &Version) -> Option<Call> {
    Some(match &outcome.setup_calls[..] {
        [] => return None,
        [only] => from_setup(outcome, only, setuptools),
        calls => several(outcome, calls, setuptools),
    })
}

/// Calls one after the other: setuptools builds something at each, so only what they agree on is known.
fn several(outcome: &Outcome, calls: &[crate::eval::state::SetupCall], setuptools: &Version) -> Call {
    let made: Vec<Call> = calls.iter().map(|call| from_setup(outcome, call, setuptools)).collect();
    let mut joined = made[0].clone();
    for (name, _) in FIELDS {
        let value = |call: &Call| match call.metadata.get(name) {
            Some(Field::Known { value, .. }) => Some(value.clone()),
            _ => None,
        };
        if made.iter().any(|call| value(call) != value(&made[0])) {
            let reason = "setup() is called several times, with different arguments";
            joined.metadata.set(name, lost(reason, calls[1].span, calls[0].span));
        }
    }
    joined.special.extend(made.into_iter().skip(1).flat_map(|call| call.special));
    joined
}

/// The name by which a build requirement is most likely imported.
fn import_name(requirement: &str) -> Option<String> {
    let requirement: crate::packaging::Requirement = requirement.parse().ok()?;
    Some(requirement.name.escaped())
}

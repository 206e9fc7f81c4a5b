//! `spx .`: reads, builds, resolves, fetches, and writes the application file.

use super::build;
use super::client::{client, failure};
use super::entry::Choice;
use super::held::Verdicts;
use super::inputs::{self, Input};
use super::roots::{Wanted, has_requirements, tree_for};
use super::{Failure, Outcome, sources};
use crate::build::BuiltWheel;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::index::{CacheChoice, Client, Options as IndexOptions, Progress};
use crate::packaging::{
    CoreMetadata, Environment, Name, Platform, Python, Target, VersionSpecifiers, WheelFilename,
};
use crate::project::{self, Scope, Variant};
use crate::resolve::{self, resolve};
use crate::system::{Rooted, os};
use crate::text::Sources;
use crate::zipapp::{Behaviour, WheelSource};
use compose::Fetched;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

mod compose;

/// The most requirements of one application; the largest lock files seen have some two thousand.
const MAX_REQUIREMENTS: usize = 10_000;

/// What was asked for.
#[derive(Clone)]
pub struct AppOptions {
    /// Directories, wheels and requirements, as typed.
    pub inputs: Vec<String>,
    /// Requirements files; without any, the project's requirements.txt.
    pub requirement_files: Vec<String>,
    pub constraint_files: Vec<String>,
    pub choice: Option<Choice>,
    /// The program to take of several, when none was chosen.
    pub preferred: Option<String>,
    pub inject_args: Vec<String>,
    pub inject_env: Vec<(String, String)>,
    pub output: Option<PathBuf>,
    /// `3.12` or `>=3.8`; empty for every Python that the project supports.
    pub pythons: Vec<String>,
    /// Empty for all of them.
    pub platforms: Vec<Platform>,
    /// Whether the application runs on this machine only.
    pub here: bool,
    pub python_shebang: Option<String>,
    /// Directories whose files go in beside the project, as they are.
    pub sources: Vec<PathBuf>,
    /// Patterns of files that are left out of those.
    pub exclude_files: Vec<String>,
    /// Projects that are left out wherever they are required.
    pub exclude: Vec<Name>,
    pub behaviour: Behaviour,
    pub compress: bool,
    /// Whether the application is a directory.
    pub loose: bool,
    pub pre: bool,
    pub index: IndexOptions,
}

/// The file that was written.
#[derive(Clone, Debug)]
pub struct BuiltApp {
    pub path: PathBuf,
    /// In bytes.
    pub size: u64,
    pub sha256: String,
    /// What runs, for people.
    pub entry: String,
    pub wheels: Vec<HeldWheel>,
    /// Which wheels each target gets, by their place in `wheels`.
    pub targets: BTreeMap<Target, Vec<usize>>,
    /// Requests that went over the network.
    pub requests: usize,
}

/// A wheel in the application.
#[derive(Clone, Debug)]
pub struct HeldWheel {
    pub file_name: String,
    pub name: String,
    pub version: String,
    pub sha256: String,
}

/// Builds the application file.
pub fn app(options: &AppOptions, progress: Arc<dyn Progress>) -> Result<Outcome<BuiltApp>, Failure> {
    let mut work = Work { options, sources: Sources::new(), diagnostics: Vec::new() };
    let built = work.build(progress)?;
    let Work { sources, mut diagnostics, .. } = work;
    if built.is_none() && !diagnostics.iter().any(Diagnostic::is_error) {
        return Err(Failure::new("nothing was built, and nothing said why: this is a defect of spx"));
    }
    crate::diagnostic::sort(&mut diagnostics);
    Ok(Outcome { value: built, diagnostics, sources })
}

/// The project, read and built.
struct Own {
    tree: Rooted,
    /// One, unless the project's files differ by Python; never empty.
    wheels: Vec<OwnWheel>,
    extras: Vec<String>,
}

/// A wheel of the project, and whom it serves.
struct OwnWheel {
    variant: Variant,
    wheel: BuiltWheel,
    metadata: CoreMetadata,
}

impl OwnWheel {
    /// Whether a target's interpreters take the wheel.
    fn fits(&self, target: Target) -> bool {
        let tags = self.wheel.file_name.parse::<WheelFilename>().ok().and_then(|name| name.tags());
        let tagged = tags.as_ref().is_none_or(|tags| {
            Environment::defaults(&[target])
                .into_iter()
                .any(|environment| environment.priority(tags).is_some())
        });
        let python = self.metadata.requires_python.as_ref().and_then(|python| python.as_ref().ok());
        self.variant.targets.contains(&target)
            && tagged
            && python.is_none_or(|python| python.contains(&target.python.full_version()))
    }
}

struct Work<'a> {
    options: &'a AppOptions,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
}

impl Work<'_> {
    /// `None` when a diagnostic says why not.
    fn build(&mut self, progress: Arc<dyn Progress>) -> Result<Option<BuiltApp>, Failure> {
        let mut index = self.options.index.clone();
        let Some(inputs) = self.inputs() else { return Ok(None) };
        let mut targets = targets(&self.options.pythons, &self.options.platforms)?;
        if self.options.here {
            targets.retain(|target| target.platform.to_string() == std::env::consts::OS);
        }
        let own = match project_of(&inputs)? {
            None => None,
            Some((path, extras)) => match self.own(path, extras, &targets)? {
                None => return Ok(None),
                own => own,
            },
        };
        let Some(wanted) = self.wanted(&inputs, own.as_ref(), &mut index)? else { return Ok(None) };
        let Some(targets) = self.supported(targets, own.as_ref()) else { return Ok(None) };

        let verdicts = Verdicts::new(cache_directory(&index).as_deref());
        let (client, warnings) = client(index, progress)?;
        for warning in warnings {
            self.diagnostics.push(Diagnostic::general(&codes::INDEX_WARNING, warning));
        }
        let resolve_options = resolve::Options {
            constraints: wanted.constraints.clone(),
            prereleases: self.options.pre || wanted.pre,
            require_hashes: wanted.require_hashes,
            extras: wanted.extras.clone(),
            exclude: self.options.exclude.iter().cloned().collect(),
            ..resolve::Options::default()
        };
        let outcome = resolve(&wanted.roots, &Environment::defaults(&targets), &client, &resolve_options);
        if let Some(away) = outcome.failures.values().find(|why| why.code == &codes::INDEX_UNAVAILABLE) {
            return Err(Failure { message: away.message.clone(), help: away.help.clone() });
        }
        if !self.judge(&outcome, &wanted.roots) {
            return Ok(None);
        }
        let Some(held) = self.fetch(&outcome, &client, &verdicts)? else { return Ok(None) };
        let sources = sources::wheels(&self.options.sources, &self.options.exclude_files)?;
        let Some(app) = self.compose(own, sources, &wanted, &outcome, held)? else { return Ok(None) };
        for warning in client.warnings() {
            self.diagnostics.push(Diagnostic::general(&codes::INDEX_WARNING, warning));
        }
        self.write(app, client.requests()).map(Some)
    }

    fn inputs(&mut self) -> Option<Vec<Input>> {
        let mut inputs = Vec::new();
        for word in &self.options.inputs {
            match inputs::read(word, &mut self.sources) {
                Ok(input) => inputs.push(input),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        (inputs.len() == self.options.inputs.len()).then_some(inputs)
    }

    /// Reads the project and builds its wheels.
    fn own(&mut self, path: &Path, extras: &[String], targets: &[Target]) -> Result<Option<Own>, Failure> {
        let tree = super::metadata::open(path)?;
        let scope = Scope { targets: targets.to_vec(), setuptools: None, building: true };
        let (project, diagnostics) = project::read(&tree, &mut self.sources, &scope);
        let refused = diagnostics.iter().any(Diagnostic::is_error);
        self.diagnostics.extend(diagnostics);
        if refused {
            return Ok(None);
        }
        let mut wheels = Vec::new();
        for variant in project.variants {
            let Some(wheel) = build::wheel(&variant, &tree, &self.sources, &mut self.diagnostics) else {
                return Ok(None);
            };
            let metadata = match CoreMetadata::parse(wheel.metadata.as_bytes()) {
                Ok(metadata) => metadata,
                Err(error) => {
                    self.diagnostics.push(Diagnostic::general(
                        &codes::LIMIT,
                        format!("the project's own metadata: {error}"),
                    ));
                    return Ok(None);
                }
            };
            wheels.push(OwnWheel { variant, wheel, metadata });
        }
        Ok(Some(Own { tree, wheels, extras: extras.to_vec() }))
    }

    fn wanted(
        &mut self,
        inputs: &[Input],
        own: Option<&Own>,
        index: &mut IndexOptions,
    ) -> Result<Option<Wanted>, Failure> {
        let before = self.diagnostics.len();
        let mut wanted = Wanted::default();
        for input in inputs {
            if let Err(diagnostic) = wanted.add_input(input, index) {
                self.diagnostics.push(diagnostic);
            }
        }
        // Variants differ in files, never in requirements.
        if let Some((own, first)) = own.and_then(|own| Some((own, own.wheels.first()?))) {
            let origin = first.variant.metadata.origin("install_requires");
            if let Err(diagnostic) = wanted.add_metadata(&first.metadata, &own.extras, origin) {
                self.diagnostics.push(diagnostic);
            }
        }
        let tree = own.map(|own| &own.tree);
        let mut files: Vec<(PathBuf, bool)> =
            self.options.requirement_files.iter().map(|file| (PathBuf::from(file), false)).collect();
        if let Some(tree) = tree.filter(|tree| files.is_empty() && has_requirements(tree)) {
            files.push((tree.root().join("requirements.txt"), false));
        }
        files.extend(self.options.constraint_files.iter().map(|file| (PathBuf::from(file), true)));
        for (path, constraints) in files {
            let tree = tree_for(&path, tree)?;
            self.diagnostics.extend(wanted.add_file(&path, &tree, constraints, index, &mut self.sources));
        }
        if wanted.roots.len() + wanted.constraints.len() > MAX_REQUIREMENTS {
            let message = format!("more than {MAX_REQUIREMENTS} requirements, which is more than spx takes");
            self.diagnostics.push(Diagnostic::general(&codes::LIMIT, message));
        }
        let refused = self.diagnostics[before..].iter().any(Diagnostic::is_error);
        Ok((!refused).then_some(wanted))
    }

    /// The targets that the project's own wheels run on.
    fn supported(&mut self, targets: Vec<Target>, own: Option<&Own>) -> Option<Vec<Target>> {
        let Some(own) = own else { return Some(targets) };
        let kept: Vec<Target> =
            targets.into_iter().filter(|target| own.wheels.iter().any(|wheel| wheel.fits(*target))).collect();
        if !kept.is_empty() {
            return Some(kept);
        }
        let names: Vec<String> = own.wheels.iter().map(|own| format!("`{}`", own.wheel.file_name)).collect();
        let message = format!("the project's wheel {} fits none of the Pythons asked for", names.join(", "));
        let mut diagnostic =
            match own.wheels.iter().find_map(|own| own.variant.metadata.origin("python_requires")) {
                Some(span) => Diagnostic::new(&codes::NO_PYTHON, span, message),
                None => Diagnostic::general(&codes::NO_PYTHON, message),
            };
        if own.wheels.iter().all(|own| own.wheel.tag.starts_with("py3-")) {
            diagnostic =
                diagnostic.help("for Python 2 and 3 alike, setup.cfg says `[bdist_wheel]` `universal=1`");
        }
        self.diagnostics.push(diagnostic);
        None
    }

    /// Whether to go on with what was resolved: nothing that was asked for by name may be missing.
    fn judge(&mut self, outcome: &resolve::Outcome, roots: &[resolve::Root]) -> bool {
        self.diagnostics.extend(outcome.notes.iter().cloned());
        let named = self.options.pythons.iter().any(|text| text.parse::<Python>().is_ok())
            || !self.options.platforms.is_empty();
        let go_on = !outcome.resolutions.is_empty() && (outcome.failures.is_empty() || !named);
        for mut diagnostic in outcome.diagnostics(roots) {
            if go_on {
                // The application is good without these; what it serves is said with it.
                diagnostic.severity = Severity::Info;
                diagnostic.message = format!("left out: {}", diagnostic.message);
            }
            self.diagnostics.push(diagnostic);
        }
        go_on
    }

    /// Every wheel that some environment needs, on this machine and checked.
    fn fetch(
        &mut self,
        outcome: &resolve::Outcome,
        client: &Client,
        verdicts: &Verdicts,
    ) -> Result<Option<BTreeMap<String, Fetched>>, Failure> {
        let pins = outcome.resolutions.values().flat_map(|resolution| &resolution.pins);
        let chosen: BTreeMap<&str, _> = pins.map(|pin| (pin.file.listed.url.as_str(), pin)).collect();
        let files: Vec<_> = chosen.values().map(|pin| &pin.file.listed).collect();
        let mut fetched = BTreeMap::new();
        for (local, pin) in client.files(&files).into_iter().zip(chosen.values()) {
            let local = local.map_err(failure)?;
            let file = &pin.file.listed;
            match verdicts.held(&file.filename, &local)? {
                Err(diagnostic) => self.diagnostics.push(diagnostic),
                Ok(held) => {
                    let wheel = HeldWheel {
                        file_name: file.filename.clone(),
                        name: pin.name.normalized().to_owned(),
                        version: pin.version.to_string(),
                        sha256: local.sha256,
                    };
                    let programs = held.programs(pin.name.written());
                    let fetched_wheel = Fetched {
                        wheel,
                        source: WheelSource::File(local.path),
                        programs,
                        license: held.license(),
                        required_by: BTreeSet::new(),
                    };
                    fetched.insert(file.url.clone(), fetched_wheel);
                }
            }
        }
        Ok((fetched.len() == chosen.len()).then_some(fetched))
    }
}

fn project_of(inputs: &[Input]) -> Result<Option<(&Path, &[String])>, Failure> {
    let mut projects = inputs.iter().filter_map(|input| match input {
        Input::Project { path, extras } => Some((path.as_path(), extras.as_slice())),
        _ => None,
    });
    let first = projects.next();
    if let (Some((one, _)), Some((other, _))) = (first, projects.next()) {
        let message = format!(
            "an application is built of one project, not of `{}` and `{}`",
            one.display(),
            other.display()
        );
        return Err(Failure::new(message)
            .help("build the other one's wheel with `spx wheel`, and name its folder with `--find-links`"));
    }
    Ok(first)
}

/// The targets asked for: `3.12` is a Python, anything else a specifier that Pythons satisfy.
fn targets(pythons: &[String], platforms: &[Platform]) -> Result<Vec<Target>, Failure> {
    let mut wanted: BTreeSet<Python> = BTreeSet::new();
    for text in pythons {
        let matching: Vec<Python> = if let Ok(python) = text.parse::<Python>() {
            Python::ALL.into_iter().filter(|known| *known == python).collect()
        } else {
            let specifiers: VersionSpecifiers = text.parse().map_err(|_| {
                Failure::new(format!(
                    "`--python {text}` is neither a version such as 3.12 nor a specifier such as '>=3.8'"
                ))
            })?;
            Python::ALL.into_iter().filter(|python| specifiers.contains(&python.full_version())).collect()
        };
        if matching.is_empty() {
            let known: Vec<String> = Python::ALL.iter().map(ToString::to_string).collect();
            return Err(Failure::new(format!("no Python that spx knows is `{text}`"))
                .help(format!("it knows {}", known.join(", "))));
        }
        wanted.extend(matching);
    }
    let all = Target::all().into_iter();
    Ok(all
        .filter(|target| pythons.is_empty() || wanted.contains(&target.python))
        .filter(|target| platforms.is_empty() || platforms.contains(&target.platform))
        .collect())
}

/// Where spx keeps what it found out itself; the index client has its own place below the same directory.
fn cache_directory(options: &IndexOptions) -> Option<PathBuf> {
    match &options.cache {
        CacheChoice::None => None,
        CacheChoice::At(directory) => Some(directory.clone()),
        CacheChoice::User => os::cache_directory(),
    }
}

//! `spx .`: reads, builds, resolves, fetches, and writes the application file.

use super::build;
use super::client::{client, failure};
use super::entry::{Choice, Program, Runs, choose, function};
use super::held::Verdicts;
use super::inputs::{self, Input};
use super::roots::{Wanted, has_requirements, tree_for};
use super::selections::{Chosen, selections};
use super::{Failure, Outcome};
use crate::build::BuiltWheel;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::index::{CacheChoice, Client, Options as IndexOptions, Progress};
use crate::packaging::{
    CoreMetadata, Environment, Platform, Python, Target, VersionSpecifiers, WheelFilename,
};
use crate::project::{self, Artifact, Scope, Variant};
use crate::resolve::{self, resolve};
use crate::system::{Rooted, os};
use crate::text::Sources;
use crate::zipapp::{App, AppWheel, Entry, Header, WheelSource};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    pub inject_args: Vec<String>,
    pub inject_env: Vec<(String, String)>,
    pub output: Option<PathBuf>,
    /// `3.12` or `>=3.8`; empty for every Python that the project supports.
    pub pythons: Vec<String>,
    /// Empty for all of them.
    pub platforms: Vec<Platform>,
    pub python_shebang: Option<String>,
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
        let targets = targets(&self.options.pythons, &self.options.platforms)?;
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
        let Some(app) = self.compose(own, &wanted, &outcome, held)? else { return Ok(None) };
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
        let scope = Scope { targets: targets.to_vec(), setuptools: None, artifact: Some(Artifact::Wheel) };
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
                    let fetched_wheel = Fetched { wheel, source: WheelSource::File(local.path), programs };
                    fetched.insert(file.url.clone(), fetched_wheel);
                }
            }
        }
        Ok((fetched.len() == chosen.len()).then_some(fetched))
    }

    /// The application: wheels in an order of their own, who gets which, and what runs.
    fn compose(
        &mut self,
        own: Option<Own>,
        wanted: &Wanted,
        outcome: &resolve::Outcome,
        fetched: BTreeMap<String, Fetched>,
    ) -> Result<Option<Composed>, Failure> {
        let own_name = own.as_ref().and_then(|own| own.wheels.first()).map(|own| own.metadata.name.clone());
        let own = own.map(|own| own.wheels).unwrap_or_default();
        let mut all: Vec<Fetched> = Vec::new();
        for one in &own {
            all.push(Fetched {
                wheel: HeldWheel {
                    file_name: one.wheel.file_name.clone(),
                    name: one.metadata.name.normalized().to_owned(),
                    version: one.metadata.version.to_string(),
                    sha256: one.wheel.sha256.clone(),
                },
                source: WheelSource::Bytes(one.wheel.content.clone()),
                programs: own_programs(one),
            });
        }
        let first = all.len();
        let mut places = BTreeMap::new();
        // By file name, so that the order says nothing of where a wheel came from.
        let mut sorted: Vec<(String, Fetched)> = fetched.into_iter().collect();
        sorted.sort_by(|(_, a), (_, b)| a.wheel.file_name.cmp(&b.wheel.file_name));
        for (url, wheel) in sorted {
            places.insert(url, all.len());
            all.push(wheel);
        }
        let roots: BTreeSet<&str> =
            wanted.roots.iter().map(|root| root.requirement.name.normalized()).collect();
        let mut chosen: BTreeMap<Environment, Chosen> = BTreeMap::new();
        for (environment, resolution) in &outcome.resolutions {
            let mut wheels: Vec<usize> =
                own.iter().position(|one| one.fits(environment.target)).into_iter().collect();
            // A requirements file that names the project itself wants what is already there.
            let pins = resolution.pins.iter().filter(|pin| Some(&pin.name) != own_name.as_ref());
            wheels.extend(pins.filter_map(|pin| places.get(&pin.file.listed.url)));
            let is_own = |at: &&usize| {
                if first > 0 { **at < first } else { roots.contains(all[**at].wheel.name.as_str()) }
            };
            let programs = |wheels: Vec<&usize>| -> Vec<Program> {
                wheels.into_iter().flat_map(|at| all[*at].programs.clone()).collect()
            };
            let (mine, others): (Vec<&usize>, Vec<&usize>) = wheels.iter().partition(is_own);
            match choose(self.options.choice.as_ref(), &programs(mine), &programs(others)) {
                Ok(runs) => drop(chosen.insert(*environment, Chosen { wheels, runs })),
                Err(diagnostic) => {
                    self.diagnostics.push(diagnostic);
                    return Ok(None);
                }
            }
        }
        let runs: BTreeSet<&Runs> = chosen.values().map(|chosen| &chosen.runs).collect();
        let [runs] = runs.into_iter().collect::<Vec<_>>()[..] else {
            let diagnostic = Diagnostic::general(
                &codes::AMBIGUOUS_ENTRY_POINT,
                "the program is another one on other Pythons",
            );
            self.diagnostics.push(
                diagnostic
                    .help("choose fewer Pythons with `--python`, or a function with `-e module:function`"),
            );
            return Ok(None);
        };
        let name = own_name.map_or_else(
            || all.first().map_or("app".to_owned(), |wheel| wheel.wheel.name.clone()),
            |name| name.written().to_owned(),
        );
        let name = if first > 0 {
            name
        } else {
            wanted.roots.first().map_or(name, |root| root.requirement.name.written().to_owned())
        };
        Ok(Some(Composed { name, runs: runs.clone(), chosen, all }))
    }

    /// Writes the file, whole or not at all.
    fn write(&mut self, composed: Composed, requests: usize) -> Result<BuiltApp, Failure> {
        let Composed { name, runs, chosen, all } = composed;
        let path =
            self.options.output.clone().unwrap_or_else(|| Path::new("dist").join(format!("{name}.pyz")));
        let wheels: Vec<HeldWheel> = all.iter().map(|fetched| fetched.wheel.clone()).collect();
        let file_names: Vec<&str> = wheels.iter().map(|wheel| wheel.file_name.as_str()).collect();
        let selections = selections(&chosen, &file_names);
        let app = App {
            name,
            wheels: all
                .into_iter()
                .map(|fetched| AppWheel {
                    file_name: fetched.wheel.file_name,
                    sha256: fetched.wheel.sha256,
                    source: fetched.source,
                })
                .collect(),
            selections,
            entry: match &runs {
                Runs::Script(name) => Entry::Script(name.clone()),
                Runs::Function { module, attribute } => {
                    Entry::Function { module: module.clone(), attr: attribute.clone() }
                }
                Runs::Module(name) => Entry::Module(name.clone()),
            },
            inject_args: self.options.inject_args.clone(),
            inject_env: self.options.inject_env.clone(),
            header: match &self.options.python_shebang {
                Some(shebang) => Header::Shebang(shebang.trim_start_matches("#!").to_owned()),
                None => Header::Sh,
            },
        };
        let mut summary = None;
        os::write_atomically(&path, true, |file| {
            summary = Some(crate::zipapp::write(&app, file)?);
            Ok::<(), crate::zipapp::Error>(())
        })
        .map_err(|error| Failure::new(format!("`{}` could not be written: {error}", path.display())))?;
        let mut targets = BTreeMap::new();
        for (environment, chosen) in chosen {
            targets.entry(environment.target).or_insert(chosen.wheels);
        }
        Ok(BuiltApp {
            sha256: digest(&path)?,
            size: summary.map_or(0, |summary| summary.size),
            path,
            entry: app.entry.to_string(),
            wheels,
            targets,
            requests,
        })
    }
}

/// A wheel that goes into the application.
struct Fetched {
    wheel: HeldWheel,
    source: WheelSource,
    programs: Vec<Program>,
}

struct Composed {
    name: String,
    runs: Runs,
    chosen: BTreeMap<Environment, Chosen>,
    all: Vec<Fetched>,
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

/// The project's programs with the places in its own files that say so.
fn own_programs(own: &OwnWheel) -> Vec<Program> {
    let metadata = &own.variant.metadata;
    let from = own.metadata.name.written();
    let scripts = metadata.list("scripts").unwrap_or_default().iter().map(|path| {
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        Program {
            runs: Runs::Script(name.clone()),
            name,
            from: from.to_owned(),
            span: metadata.origin("scripts"),
        }
    });
    let groups = metadata.list_map("entry_points").unwrap_or_default();
    let lines = groups.iter().filter(|(group, _)| group == "console_scripts").flat_map(|(_, lines)| lines);
    let functions = lines.filter_map(|line| {
        let (name, runs) = function(line)?;
        Some(Program { name, runs, from: from.to_owned(), span: metadata.origin("entry_points") })
    });
    scripts.chain(functions).collect()
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

fn digest(path: &Path) -> Result<String, Failure> {
    let unreadable = |error: &dyn std::fmt::Display| Failure::new(format!("`{}`: {error}", path.display()));
    let mut file =
        os::canonical(path).and_then(|path| os::open_regular(&path)).map_err(|error| unreadable(&error))?;
    let mut hasher = Sha256::new();
    std::io::copy(&mut file, &mut HashWriter(&mut hasher)).map_err(|error| unreadable(&error))?;
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

struct HashWriter<'a>(&'a mut Sha256);

impl std::io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

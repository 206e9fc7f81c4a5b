//! What an application is to hold: the project read and built, its requirements gathered, and versions chosen for every
//! Python and platform. `spx .`, `spx lock` and `spx tree` start with it.

use super::build;
use super::client::client;
use super::inputs::{self, Input};
use super::locked::{self, LockUse};
use super::roots::{Wanted, has_requirements, tree_for};
use super::supply::Supply;
use super::{Failure, Outcome};
use crate::build::BuiltWheel;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::index::{About, CacheChoice, Client, Options as IndexOptions, Progress};
use crate::packaging::{
    CoreMetadata, Environment, PlatformChoice, Python, Target, VersionSpecifiers, WheelFilename,
};
use crate::project::{self, Artifact, Scope, Variant};
use crate::resolve::{self, resolve, seconds_since_1970};
use crate::system::{Rooted, os};
use crate::text::Sources;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most requirements of one application; the largest lock files seen have some two thousand.
const MAX_REQUIREMENTS: usize = 10_000;

/// What was asked for.
#[derive(Clone)]
pub struct Request {
    /// Directories, wheels and requirements, as typed.
    pub inputs: Vec<String>,
    /// Requirements files; without any, the project's requirements.txt.
    pub requirement_files: Vec<String>,
    pub constraint_files: Vec<String>,
    /// `3.12` or `>=3.8`; empty for every Python that the project supports.
    pub pythons: Vec<String>,
    /// As [`PlatformChoice`] reads them; empty for all.
    pub platforms: Vec<String>,
    /// Whether the application is for this machine's platform only.
    pub here: bool,
    pub pre: bool,
    /// Names of projects that are left out wherever they are required.
    pub exclude: Vec<String>,
    pub choice: resolve::Choice,
    /// A date or a time in UTC: what was uploaded later does not exist.
    pub exclude_newer: Option<String>,
    pub require_hashes: bool,
    pub lock: LockUse,
    pub index: IndexOptions,
}

/// The project, read and built.
pub(super) struct Own {
    pub(super) tree: Rooted,
    /// One, unless the project's files differ by Python; never empty.
    pub(super) wheels: Vec<OwnWheel>,
    extras: Vec<String>,
}

/// A wheel of the project, and whom it serves.
pub(super) struct OwnWheel {
    pub(super) variant: Variant,
    pub(super) wheel: BuiltWheel,
    pub(super) metadata: CoreMetadata,
}

impl OwnWheel {
    /// Whether a target's interpreters take the wheel.
    pub(super) fn fits(&self, target: Target) -> bool {
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

/// What is asked for, before anything is chosen.
pub(super) struct Question {
    pub(super) own: Option<Own>,
    pub(super) wanted: Wanted,
    pub(super) environments: Vec<Environment>,
    pub(super) options: resolve::Options,
    pub(super) supply: Supply,
}

/// What is said on the way: files and diagnostics.
#[derive(Default)]
pub(super) struct Said {
    pub(super) sources: Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Said {
    /// The end of a verb; without a value, something said why.
    pub(super) fn outcome<T>(self, value: Option<T>) -> Result<Outcome<T>, Failure> {
        let Self { sources, mut diagnostics } = self;
        if value.is_none() && !diagnostics.iter().any(Diagnostic::is_error) {
            return Err(Failure::new("nothing was made, and nothing said why: this is a defect of spx"));
        }
        crate::diagnostic::sort(&mut diagnostics);
        Ok(Outcome { value, diagnostics, sources })
    }

    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn is_refused(&self, since: usize) -> bool {
        self.diagnostics[since..].iter().any(Diagnostic::is_error)
    }

    /// Says what went wrong on the way to an answer.
    pub(super) fn warn_of(&mut self, client: &Client, outcome: &resolve::Outcome) {
        let pins = outcome.resolutions.values().flat_map(|resolution| &resolution.pins);
        let files: BTreeSet<&str> = pins.map(|pin| pin.file.listed.url.as_str()).collect();
        let matters = |about: &About| match about {
            About::All => true,
            About::Project(name) => outcome.asked.contains(name),
            About::File(url) => files.contains(url.as_str()),
        };
        let warnings = client.warnings().into_iter().filter(|(about, _)| matters(about));
        self.warn(warnings.map(|(_, warning)| warning).collect::<BTreeSet<String>>());
    }

    pub(super) fn warn(&mut self, warnings: impl IntoIterator<Item = String>) {
        let said = warnings.into_iter().map(|warning| Diagnostic::general(&codes::INDEX_WARNING, warning));
        self.diagnostics.extend(said);
    }
}

/// Reads everything that is asked for; `None` when a diagnostic says why not.
pub(super) fn question(
    request: &Request,
    said: &mut Said,
    progress: Arc<dyn Progress>,
) -> Result<Option<Question>, Failure> {
    let mut index = request.index.clone();
    let platforms = platforms(&request.platforms)?;
    let pythons = pythons(&request.pythons)?;
    let environments: Vec<Environment> = Python::ALL
        .into_iter()
        .filter(|python| pythons.is_empty() || pythons.contains(python))
        .flat_map(|python| platforms.iter().flat_map(move |platform| platform.environments(python)))
        .filter(|on| !request.here || on.target.platform.to_string() == std::env::consts::OS)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let Some(inputs) = inputs(request, said) else { return Ok(None) };
    let own = match project_of(&inputs)? {
        None => None,
        Some((path, extras)) => {
            let targets: BTreeSet<Target> = environments.iter().map(|on| on.target).collect();
            match own(path, extras, targets.into_iter().collect(), said)? {
                None => return Ok(None),
                own => own,
            }
        }
    };
    let Some(mut wanted) = wanted(request, &inputs, own.as_ref(), &mut index, said)? else {
        return Ok(None);
    };
    let Some(environments) = supported(environments, own.as_ref(), said) else { return Ok(None) };
    let cache = cache_directory(&index);
    let (client, warnings) = client(index, progress)?;
    said.warn(warnings);
    let Some(supply) = supply(client, cache, &mut wanted, said)? else { return Ok(None) };
    let options = options(request, &wanted)?;
    Ok(Some(Question { own, wanted, environments, options, supply }))
}

/// The supply, with everything in it that is named by an address.
fn supply(
    client: Client,
    cache: Option<PathBuf>,
    wanted: &mut Wanted,
    said: &mut Said,
) -> Result<Option<Supply>, Failure> {
    let before = said.diagnostics.len();
    let mut supply = Supply::new(client, cache);
    let mut named = Vec::new();
    for reference in &wanted.references {
        match supply.name(reference, &said.sources)? {
            Ok(root) => named.push((reference.at, root)),
            Err(diagnostic) => said.say(diagnostic),
        }
    }
    wanted.named(named);
    supply.restrict(wanted.roots.iter().chain(&wanted.constraints));
    Ok((!said.is_refused(before)).then_some(supply))
}

fn options(request: &Request, wanted: &Wanted) -> Result<resolve::Options, Failure> {
    let exclude = request.exclude.iter().map(|name| {
        name.parse().map_err(|_| Failure::new(format!("`--exclude {name}` is not the name of a project")))
    });
    let exclude_newer = request.exclude_newer.as_deref().map(|text| {
        seconds_since_1970(text).ok_or_else(|| {
            Failure::new(format!("`--exclude-newer {text}` is neither a date such as 2024-05-31 nor a time such as 2024-05-31T12:00:00Z"))
        })
    });
    Ok(resolve::Options {
        constraints: wanted.constraints.clone(),
        prereleases: request.pre || wanted.pre,
        require_hashes: request.require_hashes || wanted.require_hashes,
        extras: wanted.extras.clone(),
        exclude: exclude.collect::<Result<_, Failure>>()?,
        choice: request.choice,
        exclude_newer: exclude_newer.transpose()?,
        source_distributions: true,
        ..resolve::Options::default()
    })
}

/// Chooses versions, or takes those of the lock; `None` when a diagnostic says why that is not possible. Nothing that was asked for by name may be
/// missing: other Pythons and platforms are left out and named.
pub(super) fn answer(
    request: &Request,
    question: &mut Question,
    said: &mut Said,
) -> Result<Option<resolve::Outcome>, Failure> {
    let before = said.diagnostics.len();
    if let Some(outcome) = locked::outcome(request, question, said)? {
        return Ok(Some(outcome));
    }
    if said.is_refused(before) {
        return Ok(None);
    }
    let Question { wanted, environments, options, supply, .. } = question;
    let outcome = resolve(&wanted.roots, environments, supply, options);
    if let Some(away) = outcome.failures.values().find(|why| why.code == &codes::INDEX_UNAVAILABLE) {
        return Err(Failure { message: away.message.clone(), help: away.help.clone() });
    }
    said.diagnostics.extend(outcome.notes.iter().cloned());
    let named = request.pythons.iter().any(|text| text.parse::<Python>().is_ok())
        || request.platforms.iter().any(|text| text != "all");
    let go_on = !outcome.resolutions.is_empty() && (outcome.failures.is_empty() || !named);
    for mut diagnostic in outcome.diagnostics(&wanted.roots) {
        if go_on {
            // The application is good without these; what it serves is said with it.
            diagnostic.severity = Severity::Info;
            diagnostic.message = format!("left out: {}", diagnostic.message);
        }
        said.say(diagnostic);
    }
    if !go_on {
        // What is wrong with the index may be why.
        said.warn_of(&supply.client, &outcome);
    }
    Ok(go_on.then_some(outcome))
}

fn inputs(request: &Request, said: &mut Said) -> Option<Vec<Input>> {
    let mut inputs = Vec::new();
    for word in &request.inputs {
        match inputs::read(word, &mut said.sources) {
            Ok(input) => inputs.push(input),
            Err(diagnostic) => said.say(diagnostic),
        }
    }
    (inputs.len() == request.inputs.len()).then_some(inputs)
}

/// Reads the project and builds its wheels.
fn own(
    path: &Path,
    extras: &[String],
    targets: Vec<Target>,
    said: &mut Said,
) -> Result<Option<Own>, Failure> {
    let tree = super::metadata::open(path)?;
    let scope = Scope { targets, setuptools: None, artifact: Some(Artifact::Wheel) };
    let (project, diagnostics) = project::read(&tree, &mut said.sources, &scope);
    let before = said.diagnostics.len();
    said.diagnostics.extend(diagnostics);
    if said.is_refused(before) {
        return Ok(None);
    }
    let mut wheels = Vec::new();
    for variant in project.variants {
        let Some(wheel) = build::wheel(&variant, &tree, &said.sources, &mut said.diagnostics) else {
            return Ok(None);
        };
        let metadata = match CoreMetadata::parse(wheel.metadata.as_bytes()) {
            Ok(metadata) => metadata,
            Err(error) => {
                said.say(Diagnostic::general(&codes::LIMIT, format!("the project's own metadata: {error}")));
                return Ok(None);
            }
        };
        wheels.push(OwnWheel { variant, wheel, metadata });
    }
    Ok(Some(Own { tree, wheels, extras: extras.to_vec() }))
}

fn wanted(
    request: &Request,
    inputs: &[Input],
    own: Option<&Own>,
    index: &mut IndexOptions,
    said: &mut Said,
) -> Result<Option<Wanted>, Failure> {
    let before = said.diagnostics.len();
    let mut wanted = Wanted { of_project: own.is_some(), ..Wanted::default() };
    for input in inputs {
        if let Err(diagnostic) = wanted.add_input(input) {
            said.say(diagnostic);
        }
    }
    // Variants differ in files, never in requirements.
    let first = own.and_then(|own| Some((own, own.wheels.first()?)));
    if let Some((own, first)) = first {
        let origin = first.variant.metadata.origin("install_requires");
        if let Err(diagnostic) = wanted.add_metadata(&first.metadata, &own.extras, origin) {
            said.say(diagnostic);
        }
    }
    let tree = own.map(|own| &own.tree);
    let mut files: Vec<(PathBuf, bool)> =
        request.requirement_files.iter().map(|file| (PathBuf::from(file), false)).collect();
    if let Some(tree) = tree.filter(|tree| files.is_empty() && has_requirements(tree)) {
        files.push((tree.root().join("requirements.txt"), false));
    }
    files.extend(request.constraint_files.iter().map(|file| (PathBuf::from(file), true)));
    for (path, constraints) in files {
        let tree = tree_for(&path, tree)?;
        said.diagnostics.extend(wanted.add_file(&path, &tree, constraints, index, &mut said.sources));
    }
    if let Some((_, first)) = first {
        let extras = std::mem::take(&mut wanted.own_extras);
        said.diagnostics.extend(wanted.add_extras(&first.metadata, &extras).err());
    }
    if wanted.roots.len() + wanted.references.len() + wanted.constraints.len() > MAX_REQUIREMENTS {
        let message = format!("more than {MAX_REQUIREMENTS} requirements, which is more than spx takes");
        said.say(Diagnostic::general(&codes::LIMIT, message));
    }
    Ok((!said.is_refused(before)).then_some(wanted))
}

/// Where the project's own wheels run.
fn supported(environments: Vec<Environment>, own: Option<&Own>, said: &mut Said) -> Option<Vec<Environment>> {
    let Some(own) = own else { return Some(environments) };
    let kept: Vec<Environment> = environments
        .into_iter()
        .filter(|environment| own.wheels.iter().any(|wheel| wheel.fits(environment.target)))
        .collect();
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
    said.say(diagnostic);
    None
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
        return Err(Failure::new(message).help(
            "name the other one in a requirements file, as `./path`, or build its wheel with `spx wheel`",
        ));
    }
    Ok(first)
}

/// The Pythons asked for: `3.12` is one, anything else a specifier that Pythons satisfy.
fn pythons(texts: &[String]) -> Result<BTreeSet<Python>, Failure> {
    let mut wanted: BTreeSet<Python> = BTreeSet::new();
    for text in texts {
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
    Ok(wanted)
}

fn platforms(texts: &[String]) -> Result<Vec<PlatformChoice>, Failure> {
    if texts.is_empty() {
        return Ok(vec![PlatformChoice::All]);
    }
    texts.iter().map(|text| text.parse().map_err(Failure::new)).collect()
}

/// Where spx keeps what it found out itself; the index client has its own place below the same directory.
pub(super) fn cache_directory(options: &IndexOptions) -> Option<PathBuf> {
    match &options.cache {
        CacheChoice::None => None,
        CacheChoice::At(directory) => Some(directory.clone()),
        CacheChoice::User => os::cache_directory(),
    }
}

//! The answers of all environments: versions and files, or the reason why there is none.

use super::candidates::{Catalogue, Unfit};
use super::distributions::{DistributionFile, Distributions};
use super::explain::{self, Story, joined};
use super::scout::{SCOUTS, Scout};
use super::solver::{Answer, Fitness, Package, Question, Solver, Stop};
use super::versions::Versions;
use super::{Options, Root};
use crate::diagnostic::{Code, Diagnostic, Label, codes};
use crate::packaging::{Environment, Name, Platform, Python, Version, specifiers};
use pubgrub::VersionSet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Forks that are solved at once: they mostly wait for the index, whose client asks for several things at a time itself.
const THREADS: usize = 4;

/// A version that was chosen for one environment.
#[derive(Clone, Debug)]
pub struct Pin {
    pub name: Name,
    pub version: Version,
    /// The file for this environment; environments that take the same file share it.
    pub file: Arc<DistributionFile>,
    /// Normalised and sorted.
    pub extras: Vec<String>,
    /// Sorted: roots first.
    pub required_by: Vec<RequiredBy>,
}

/// Who wants a project.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct RequiredBy {
    /// The chosen project that says so; `None` for a root.
    pub project: Option<(Name, Version)>,
    /// For a root, its place in what [`resolve`] was given.
    pub root: Option<usize>,
    /// The requirement as written.
    pub requirement: String,
}

/// Everything one environment needs, sorted by name.
#[derive(Clone, Debug)]
pub struct Resolution {
    pub pins: Vec<Pin>,
}

/// Why an environment has no resolution.
#[derive(Clone, Debug)]
pub struct Failure {
    pub code: &'static Code,
    /// One phrase that names no environment.
    pub message: String,
    /// The roots that take part, by their place in what [`resolve`] was given.
    pub roots: Vec<usize>,
    /// Who else wants what, and what stands in the way: sentences from the roots down, without full stops.
    pub story: Vec<String>,
    /// The newest version that this environment could take of the project on which it fails.
    pub newest: Option<(Name, Version)>,
    /// What to do next.
    pub help: Vec<String>,
    /// Whether it lies in the environment; otherwise it would fail in any.
    pub environmental: bool,
}

/// What [`resolve`] found out.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub resolutions: BTreeMap<Environment, Resolution>,
    pub failures: BTreeMap<Environment, Failure>,
    /// Every project that was looked at for it.
    pub asked: BTreeSet<Name>,
    /// What people should know of the resolutions: newer versions that could not be taken, extras that do not exist.
    pub notes: Vec<Diagnostic>,
}

impl Outcome {
    /// The failures, those with one reason together; `roots` are those that were given to [`resolve`].
    pub fn diagnostics(&self, roots: &[Root]) -> Vec<Diagnostic> {
        let mut groups: Vec<(&Failure, Vec<Environment>)> = Vec::new();
        for (&environment, failure) in &self.failures {
            match groups.iter_mut().find(|(known, _)| known.same_reason(failure)) {
                Some((_, members)) => members.push(environment),
                None => groups.push((failure, vec![environment])),
            }
        }
        let all: BTreeSet<Environment> =
            self.resolutions.keys().chain(self.failures.keys()).copied().collect();
        groups.into_iter().map(|(failure, members)| self.diagnostic(failure, roots, &members, &all)).collect()
    }

    fn diagnostic(
        &self,
        failure: &Failure,
        roots: &[Root],
        members: &[Environment],
        all: &BTreeSet<Environment>,
    ) -> Diagnostic {
        let place = if failure.environmental { places(members, all) } else { String::new() };
        let mut diagnostic = Diagnostic::general(failure.code, format!("{}{place}", failure.message));
        for root in failure.roots.iter().filter_map(|&index| roots.get(index)) {
            let wants = format!("wants `{}`", root.requirement.without_marker());
            match root.origin {
                None => diagnostic.help.push(format!("{} {wants}", root.who)),
                Some(span) if diagnostic.primary.is_none() => {
                    diagnostic.primary = Some(Label { span, text: wants });
                }
                Some(span) => diagnostic = diagnostic.label(span, wants),
            }
        }
        diagnostic.help.extend(failure.story.iter().cloned());
        let mut newest: BTreeMap<&(Name, Version), BTreeSet<Python>> = BTreeMap::new();
        for member in members {
            if let Some(version) = self.failures.get(member).and_then(|failure| failure.newest.as_ref()) {
                newest.entry(version).or_default().insert(member.target.python);
            }
        }
        for ((name, version), pythons) in newest {
            diagnostic
                .help
                .push(format!("{name} {version} is the newest for Python {}", python_ranges(&pythons)));
        }
        diagnostic.help.extend(failure.help.iter().cloned());
        diagnostic
    }
}

impl Failure {
    fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            roots: Vec::new(),
            story: Vec::new(),
            newest: None,
            help: Vec::new(),
            environmental: false,
        }
    }

    fn of(story: Story) -> Self {
        Self {
            roots: story.roots,
            story: story.lines,
            newest: story.newest,
            environmental: true,
            ..Self::new(story.code, story.message)
        }
    }

    fn stopped(stop: Stop) -> Self {
        match stop {
            Stop::World(message) => Self::new(&codes::INDEX_UNAVAILABLE, message),
            Stop::Budget | Stop::Divide(_) => {
                let message = "the resolver gave up looking for versions that fit together";
                let help = "narrow the requirements, for instance by a lower bound for each".to_owned();
                let failure = Self::new(&codes::RESOLUTION_TOO_HARD, message);
                Self { help: vec![help], environmental: true, ..failure }
            }
        }
    }

    fn same_reason(&self, other: &Self) -> bool {
        let reason = |failure: &Self| (failure.message.clone(), failure.story.clone(), failure.roots.clone());
        reason(self) == reason(other)
    }
}

/// Chooses versions for every environment, each on its own.
///
/// Failing in one environment stops no other. The same question has the same answer, whatever the threads do.
pub fn resolve(
    roots: &[Root],
    environments: &[Environment],
    distributions: &dyn Distributions,
    options: &Options,
) -> Outcome {
    let environments: BTreeSet<Environment> = environments.iter().copied().collect();
    if let Some(failure) = unsupported(roots, options, distributions) {
        let failures = environments.into_iter().map(|environment| (environment, failure.clone())).collect();
        return Outcome { failures, ..Outcome::default() };
    }
    let mut hashes: BTreeMap<Name, BTreeSet<String>> = BTreeMap::new();
    for root in roots.iter().chain(&options.constraints).filter(|root| !root.hashes.is_empty()) {
        hashes.entry(root.requirement.name.clone()).or_default().extend(root.hashes.iter().cloned());
    }
    let question = Question { roots, options, hashes };
    let catalogue = Catalogue::new(distributions);
    catalogue.prefetch(roots.iter().map(|root| root.requirement.name.clone()));

    let mut pythons: BTreeMap<Python, Vec<Environment>> = BTreeMap::new();
    for &environment in &environments {
        pythons.entry(environment.target.python).or_default().push(environment);
    }
    // The newest Python first: most projects support it, so it finds most of the pages.
    let forks: Mutex<Vec<Vec<Environment>>> = Mutex::new(pythons.into_values().collect());
    let done: Mutex<Vec<Solved>> = Mutex::default();
    let scout = Scout::new(&catalogue, &question, &environments);
    std::thread::scope(|scope| {
        for _ in 0..SCOUTS {
            scope.spawn(|| scout.work());
        }
        let solvers: Vec<_> = (0..THREADS.min(environments.len()))
            .map(|_| {
                scope.spawn(|| {
                    while let Some(fork) = { forks.lock().unwrap_or_else(PoisonError::into_inner).pop() } {
                        let solved = solve(&catalogue, &question, fork);
                        done.lock().unwrap_or_else(PoisonError::into_inner).extend(solved);
                    }
                })
            })
            .collect();
        let ended: Vec<_> = solvers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        scout.stop();
        if let Some(Err(panic)) = ended.into_iter().find(Result::is_err) {
            std::panic::resume_unwind(panic);
        }
    });
    let solved = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    Outcome { asked: catalogue.into_asked(), ..collect(solved, &question, &environments) }
}

/// What one fork came to.
struct Solved {
    environments: Vec<Environment>,
    answer: Result<(Vec<Resolution>, Vec<Note>), Failure>,
}

/// Something to know of a resolution, without its environments.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Note {
    name: Name,
    text: String,
}

/// Solves a fork, and its parts when it had to be divided.
fn solve(catalogue: &Catalogue<'_>, question: &Question<'_>, fork: Vec<Environment>) -> Vec<Solved> {
    let mut open = vec![fork];
    let mut solved = Vec::new();
    while let Some(environments) = open.pop() {
        let solver = Solver::new(catalogue, question, environments.clone());
        let answer = match solver.solve() {
            Ok(Answer::Solved(chosen)) => read_off(&solver, &chosen).map_err(Failure::stopped),
            Ok(Answer::Unsolvable(tree)) => Err(Failure::of(explain::tell(&solver, tree))),
            Err(Stop::Divide(parts)) if parts.len() > 1 => {
                open.extend(parts);
                continue;
            }
            Err(stop) => Err(Failure::stopped(stop)),
        };
        solved.push(Solved { environments, answer });
    }
    solved
}

/// Pins and notes from the solver's choice, a resolution for each environment of the fork.
fn read_off(
    solver: &Solver<'_>,
    chosen: &BTreeMap<Package, u32>,
) -> Result<(Vec<Resolution>, Vec<Note>), Stop> {
    let mut extras: BTreeMap<&Name, Vec<String>> = BTreeMap::new();
    let mut required_by: BTreeMap<Name, Vec<RequiredBy>> = BTreeMap::new();
    for (package, &place) in chosen {
        if let Package::Extra(name, extra) = package {
            extras.entry(name).or_default().push(extra.clone());
        }
        let Ok(wants) = solver.wants(package, place)? else { continue };
        let project = match package.name() {
            None => None,
            Some(name) => Some((name.clone(), solver.view(name)?.project.version(place).clone())),
        };
        for want in wants.iter() {
            required_by.entry(want.requirement.name.clone()).or_default().push(RequiredBy {
                project: project.clone(),
                root: want.root,
                requirement: want.requirement.text().to_owned(),
            });
        }
    }
    let mut resolutions = vec![Resolution { pins: Vec::new() }; solver.environments.len()];
    let mut notes = Vec::new();
    for (package, &place) in chosen {
        let Package::Project(name) = package else { continue };
        let view = solver.view(name)?;
        let Fitness::Usable { files, .. } = solver.fitness(&view, place) else { continue };
        let mut required_by = required_by.remove(name).unwrap_or_default();
        required_by.sort();
        required_by.dedup();
        let extras = extras.get(name).cloned().unwrap_or_default();
        notes.extend(passed_over(solver, name, place, &required_by)?);
        notes.extend(unknown_extras(solver, name, place, &extras)?);
        for (resolution, &file) in resolutions.iter_mut().zip(files) {
            resolution.pins.push(Pin {
                name: name.clone(),
                version: view.project.version(place).clone(),
                file: view.project.file(file).clone(),
                extras: extras.clone(),
                required_by: required_by.clone(),
            });
        }
    }
    Ok((resolutions, notes))
}

/// The newest version that everybody would have taken, had it a wheel or metadata of use.
fn passed_over(
    solver: &Solver<'_>,
    name: &Name,
    place: u32,
    by: &[RequiredBy],
) -> Result<Option<Note>, Stop> {
    let view = solver.view(name)?;
    let mut wanted = Versions::full();
    for requirement in by.iter().filter_map(|by| specifiers::parse_requirement(&by.requirement).ok()) {
        wanted = wanted.intersection(&solver.meant(&view, &requirement));
    }
    let newer = wanted.places(view.project.releases.len()).rev().take_while(|&newer| newer > place);
    for newer in newer {
        let version = view.project.version(newer);
        if version.any_prerelease() {
            continue;
        }
        let Some(unfit) = solver.unfit(&view, newer) else { continue };
        if unfit.lacks_wheel() || matches!(unfit, Unfit::Metadata(_)) {
            let taken = view.project.version(place);
            let text = format!("{name} {version} {}; {taken} is taken", unfit.phrase(false));
            return Ok(Some(Note { name: name.clone(), text }));
        }
    }
    Ok(None)
}

fn unknown_extras(
    solver: &Solver<'_>,
    name: &Name,
    place: u32,
    extras: &[String],
) -> Result<Vec<Note>, Stop> {
    if extras.is_empty() {
        return Ok(Vec::new());
    }
    let known = solver.extras(name, place)?;
    let version = solver.view(name)?.project.version(place).clone();
    let unknown = extras.iter().filter(|extra| !known.contains(extra));
    Ok(unknown
        .map(|extra| Note { name: name.clone(), text: format!("{name} {version} has no extra `{extra}`") })
        .collect())
}

fn collect(solved: Vec<Solved>, question: &Question<'_>, all: &BTreeSet<Environment>) -> Outcome {
    let mut outcome = Outcome::default();
    let mut notes: BTreeMap<Note, Vec<Environment>> = BTreeMap::new();
    for Solved { environments, answer } in solved {
        match answer {
            Ok((resolutions, found)) => {
                outcome.resolutions.extend(environments.iter().copied().zip(resolutions));
                for note in found {
                    notes.entry(note).or_default().extend(&environments);
                }
            }
            Err(failure) => {
                outcome
                    .failures
                    .extend(environments.into_iter().map(|environment| (environment, failure.clone())));
            }
        }
    }
    for (note, mut environments) in notes {
        environments.sort();
        let message = format!("{}{}", note.text, places(&environments, all));
        let root = question.roots.iter().find(|root| root.requirement.name == note.name);
        outcome.notes.push(match root.and_then(|root| root.origin) {
            Some(span) => Diagnostic::new(&codes::PASSED_OVER_VERSION, span, message),
            None => Diagnostic::general(&codes::PASSED_OVER_VERSION, message),
        });
    }
    outcome
}

/// Roots and constraints that no answer can be given for.
fn unsupported(roots: &[Root], options: &Options, distributions: &dyn Distributions) -> Option<Failure> {
    let urls =
        |root: &Root| root.requirement.url.is_some() && distributions.at_url(&root.requirement).is_none();
    let found = roots.iter().position(urls);
    let root =
        found.map_or_else(|| options.constraints.iter().find(|root| urls(root)), |index| roots.get(index))?;
    let message = format!(
        "`{}` names a URL; spx takes distributions from an index or a directory only",
        root.requirement.text()
    );
    let help =
        "name a version instead, or put the wheel into a directory that spx is told to look in".to_owned();
    Some(Failure {
        roots: found.into_iter().collect(),
        help: vec![help],
        ..Failure::new(&codes::UNSUPPORTED_REQUIREMENT, message)
    })
}

/// ` on Python 2.7 and 3.5 to 3.7 (windows)`; empty when all environments are meant.
fn places(members: &[Environment], all: &BTreeSet<Environment>) -> String {
    if members.len() == all.len() && all.len() > 1 {
        return String::new();
    }
    let pythons: BTreeSet<Python> = members.iter().map(|member| member.target.python).collect();
    let of_these = all.iter().filter(|environment| pythons.contains(&environment.target.python)).count();
    let mut text = format!(" on Python {}", python_ranges(&pythons));
    if of_these > members.len() {
        text = format!("{text} ({})", joined(&systems(members, all)));
    }
    text
}

/// Platforms, with their machine where only some of the machines are meant.
fn systems(members: &[Environment], all: &BTreeSet<Environment>) -> Vec<String> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for member in members {
        let beside = |other: &&Environment| other.target == member.target;
        let whole = all.iter().filter(beside).count() == members.iter().filter(beside).count();
        names.insert(if whole { member.target.platform.to_string() } else { member.system() });
    }
    // `linux` says more than `linux x86_64` beside it.
    let whole: Vec<String> =
        Platform::ALL.iter().map(ToString::to_string).filter(|name| names.contains(name)).collect();
    names
        .into_iter()
        .filter(|name| !whole.iter().any(|whole| name.starts_with(&format!("{whole} "))))
        .collect()
}

/// `2.7 and 3.5 to 3.7`: neighbours among all Pythons as ranges.
fn python_ranges(pythons: &BTreeSet<Python>) -> String {
    let mut ranges: Vec<(Python, Python)> = Vec::new();
    for &python in pythons {
        match ranges.last_mut() {
            Some((_, end)) if end.major == python.major && end.minor + 1 == python.minor => *end = python,
            _ => ranges.push((python, python)),
        }
    }
    let texts: Vec<String> = ranges
        .into_iter()
        .flat_map(|(first, last)| match last.minor - first.minor {
            0 => vec![first.to_string()],
            1 => vec![first.to_string(), last.to_string()],
            _ => vec![format!("{first} to {last}")],
        })
        .collect();
    joined(&texts)
}

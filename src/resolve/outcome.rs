//! The answers of all environments: versions and files, or the reason why there is none.

use super::candidates::{Catalogue, Unfit};
use super::distributions::{DistributionFile, Distributions};
use super::explain::{self, Story, joined};
use super::solver::{Answer, Fitness, Package, Question, Solver, Stop};
use super::{Options, Root};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::packaging::{Environment, Name, Platform, Python, Version};
use crate::text::Span;
use pubgrub::VersionSet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Forks that are solved at once: they mostly wait for the index.
const THREADS: usize = 8;

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
    /// Who wants what, and what stands in the way: sentences from the roots down, without full stops.
    pub story: Vec<String>,
    /// What to do next.
    pub help: Vec<String>,
    /// The places of the roots that take part, with what each says.
    pub labels: Vec<(Span, String)>,
}

/// What [`resolve`] found out.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub resolutions: BTreeMap<Environment, Resolution>,
    pub failures: BTreeMap<Environment, Failure>,
    /// What people should know of the resolutions: newer versions that could not be taken, extras that do not exist.
    pub notes: Vec<Diagnostic>,
}

impl Outcome {
    /// The failures, those with one reason together.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut groups: Vec<(&Failure, Vec<Environment>, Vec<String>)> = Vec::new();
        for (&environment, failure) in &self.failures {
            let same = |known: &Failure| {
                (known.code.name, &known.message, &known.story) == (failure.code.name, &failure.message, &failure.story)
            };
            match groups.iter_mut().find(|(known, ..)| same(known)) {
                Some((_, members, help)) => {
                    members.push(environment);
                    help.extend(failure.help.iter().filter(|line| !help.contains(line)).cloned().collect::<Vec<_>>());
                }
                None => groups.push((failure, vec![environment], failure.help.clone())),
            }
        }
        let all: BTreeSet<Environment> = self.resolutions.keys().chain(self.failures.keys()).copied().collect();
        groups.into_iter().map(|(failure, members, help)| failure.diagnostic(&members, &all, help)).collect()
    }
}

impl Failure {
    fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), story: Vec::new(), help: Vec::new(), labels: Vec::new() }
    }

    fn of(story: Story, question: &Question<'_>) -> Self {
        let label = |&index: &usize| {
            let root = &question.roots[index];
            Some((root.origin?, format!("wants `{}`", root.requirement.without_marker())))
        };
        Self {
            code: story.code,
            labels: story.roots.iter().filter_map(label).collect(),
            message: story.message,
            story: story.lines,
            help: story.advice,
        }
    }

    fn stopped(stop: Stop) -> Self {
        match stop {
            Stop::World(message) => Self::new(&codes::INDEX_UNAVAILABLE, message),
            Stop::Budget | Stop::Divide(_) => {
                let mut failure = Self::new(&codes::RESOLUTION_TOO_HARD, "the resolver gave up looking for versions that fit together");
                failure.help.push("narrow the requirements, for instance by a lower bound for each".to_owned());
                failure
            }
        }
    }

    fn diagnostic(&self, members: &[Environment], all: &BTreeSet<Environment>, help: Vec<String>) -> Diagnostic {
        let message = format!("{}{}", self.message, places(members, all));
        let mut labels = self.labels.iter();
        let mut diagnostic = match labels.next() {
            Some((span, text)) => Diagnostic::new(self.code, *span, message).here(text.clone()),
            None => Diagnostic::general(self.code, message),
        };
        for (span, text) in labels {
            diagnostic = diagnostic.label(*span, text.clone());
        }
        diagnostic.help.extend(self.story.iter().cloned());
        diagnostic.help.extend(help);
        diagnostic
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
    if let Some(failure) = unsupported(roots, options) {
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
    std::thread::scope(|scope| {
        for _ in 0..THREADS.min(environments.len()) {
            scope.spawn(|| {
                while let Some(fork) = { forks.lock().unwrap_or_else(PoisonError::into_inner).pop() } {
                    let solved = solve(&catalogue, &question, fork);
                    done.lock().unwrap_or_else(PoisonError::into_inner).extend(solved);
                }
            });
        }
    });
    collect(done.into_inner().unwrap_or_else(PoisonError::into_inner), &question, &environments)
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
            Ok(Answer::Unsolvable(tree)) => Err(Failure::of(explain::tell(&solver, tree), question)),
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
fn read_off(solver: &Solver<'_>, chosen: &BTreeMap<Package, u32>) -> Result<(Vec<Resolution>, Vec<Note>), Stop> {
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
fn passed_over(solver: &Solver<'_>, name: &Name, place: u32, by: &[RequiredBy]) -> Result<Option<Note>, Stop> {
    let view = solver.view(name)?;
    let mut wanted = super::versions::Versions::full();
    for requirement in by.iter().filter_map(|by| crate::packaging::specifiers::parse_requirement(&by.requirement).ok()) {
        wanted = wanted.intersection(&view.project.admitted(&requirement.specifiers));
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

fn unknown_extras(solver: &Solver<'_>, name: &Name, place: u32, extras: &[String]) -> Result<Vec<Note>, Stop> {
    if extras.is_empty() {
        return Ok(Vec::new());
    }
    let known = solver.extras(name, place)?;
    let version = solver.view(name)?.project.version(place).clone();
    let unknown = extras.iter().filter(|extra| !known.contains(extra));
    Ok(unknown.map(|extra| Note { name: name.clone(), text: format!("{name} {version} has no extra `{extra}`") }).collect())
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
                outcome.failures.extend(environments.into_iter().map(|environment| (environment, failure.clone())));
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
fn unsupported(roots: &[Root], options: &Options) -> Option<Failure> {
    let root = roots.iter().chain(&options.constraints).find(|root| root.requirement.url.is_some())?;
    let text = root.requirement.text();
    let mut failure = Failure::new(
        &codes::UNSUPPORTED_REQUIREMENT,
        format!("`{text}` names a URL, and spx takes distributions from an index or a directory only"),
    );
    failure.help.push("name a version instead, or put the wheel into a directory for `--find-links`".to_owned());
    failure.labels.extend(root.origin.map(|span| (span, "this requirement".to_owned())));
    Some(failure)
}

/// ` for Python 2.7 and 3.5 to 3.7 on windows`; empty when all environments are meant.
fn places(members: &[Environment], all: &BTreeSet<Environment>) -> String {
    if members.len() == all.len() && all.len() > 1 {
        return String::new();
    }
    let pythons: BTreeSet<Python> = members.iter().map(|member| member.target.python).collect();
    let of_these = all.iter().filter(|environment| pythons.contains(&environment.target.python)).count();
    let mut text = format!(" for Python {}", python_ranges(&pythons));
    if of_these > members.len() {
        text.push_str(" on ");
        text.push_str(&joined(&systems(members, all)));
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
    let whole: Vec<String> = Platform::ALL.iter().map(ToString::to_string).filter(|name| names.contains(name)).collect();
    names.into_iter().filter(|name| !whole.iter().any(|whole| name.starts_with(&format!("{whole} ")))).collect()
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
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first} to {last}") })
        .collect();
    joined(&texts)
}

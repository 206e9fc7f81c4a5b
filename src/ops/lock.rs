//! `spx lock`: chooses versions for every Python and platform, and writes them down as `pylock.toml` (PEP 751).

use super::locked::{self, LockUse};
use super::plan::{self, Question, Request, Said};
use super::pylock::{self, At, File, Lock, Package, Source};
use super::{Failure, Outcome, spread};
use crate::diagnostic::Severity;
use crate::index::Progress;
use crate::packaging::{Environment, Name, Python, Version};
use crate::resolve::{self, DistributionFile, DistributionKind, RequiredBy};
use crate::system::{ReadError, os};
use crate::text::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use url::Url;

/// What was asked for.
#[derive(Clone)]
pub struct LockOptions {
    pub request: Request,
    pub output: Option<PathBuf>,
    /// Whether only the differences to the lock that is there are wanted.
    pub diff: bool,
    /// Whether no version stays because an older lock has it.
    pub upgrade: bool,
    /// Names of projects whose versions may move.
    pub upgrade_packages: Vec<String>,
}

/// A lock, written or only compared.
#[derive(Clone, Debug)]
pub struct Locked {
    /// Where it was written; `None` when it was only compared.
    pub path: Option<PathBuf>,
    pub projects: usize,
    pub versions: usize,
    pub pythons: Vec<Python>,
    /// What differs from the lock that was there: `click 8.1.7 -> 8.1.8`, sorted; `None` when there was none.
    pub changes: Option<Vec<String>>,
}

/// Makes the lock.
pub fn lock(options: &LockOptions, progress: Arc<dyn Progress>) -> Result<Outcome<Locked>, Failure> {
    let mut said = Said::default();
    let request = Request { lock: LockUse::Ignore, ..options.request.clone() };
    let Some(mut question) = plan::question(&request, &mut said, progress)? else {
        return said.outcome(None);
    };
    let directory = locked::directory(&question)?;
    let path = options.output.clone().unwrap_or_else(|| directory.root().join(pylock::FILE));
    let base = match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => {
            os::canonical(parent).map_err(|error| Failure::new(format!("`{}`: {error}", parent.display())))?
        }
        None => os::current_directory().map_err(|error| Failure::new(error.to_string()))?,
    };
    let moving = moving(options)?;
    let before = before(&path, &mut said);
    if let Some(before) = before.as_ref().filter(|_| !options.upgrade) {
        question.options.preferred = kept(before, &question.environments, &moving);
    }
    let Some(outcome) = plan::answer(&request, &mut question, &mut said)? else { return said.outcome(None) };
    let lock = made(&question, &outcome, &base, &said.sources)?;
    said.warn_of(&question.supply.client, &outcome);
    let has = |lock: &Lock, name: &Name| lock.packages.iter().any(|package| package.name == *name);
    if let Some(before) = &before
        && let Some(name) = moving.iter().find(|name| !has(before, name) && !has(&lock, name))
    {
        return Err(Failure::new(format!(
            "`--upgrade-package {name}`: nothing needs it, and the lock has none"
        )));
    }
    let changes = before.map(|before| differences(&before, &lock));
    let written = (!options.diff).then_some(path);
    if let Some(path) = &written {
        os::write_atomically(path, false, |file| file.write_all(lock.text().as_bytes()))
            .map_err(|error| Failure::new(format!("`{}` could not be written: {error}", path.display())))?;
    }
    let names: BTreeSet<&str> = lock.packages.iter().map(|package| package.name.normalized()).collect();
    let pythons: BTreeSet<Python> = outcome.resolutions.keys().map(|on| on.target.python).collect();
    said.outcome(Some(Locked {
        path: written,
        projects: names.len(),
        versions: lock.packages.len(),
        pythons: pythons.into_iter().collect(),
        changes,
    }))
}

/// The projects that may move.
fn moving(options: &LockOptions) -> Result<BTreeSet<Name>, Failure> {
    let names = options.upgrade_packages.iter().map(|name| {
        name.parse()
            .map_err(|_| Failure::new(format!("`--upgrade-package {name}` is not the name of a project")))
    });
    names.collect()
}

/// The lock that is there. One that cannot be read keeps nothing, which is said.
fn before(path: &Path, said: &mut Said) -> Option<Lock> {
    let content = match os::read_followed(path, crate::system::MAX_FILE) {
        Ok(content) => content,
        Err(ReadError::NotFound) => return None,
        Err(error) => {
            said.warn([format!("`{}` was not looked at: {error}", path.display())]);
            return None;
        }
    };
    let text = String::from_utf8_lossy(&content).into_owned();
    let file = said.sources.add(pylock::FILE, &text);
    match pylock::read(&text, file) {
        Ok(lock) => Some(lock),
        Err(diagnostic) => {
            let diagnostic = diagnostic.severity(Severity::Warning);
            said.say(diagnostic.help("all versions are chosen anew, as if there were no lock"));
            None
        }
    }
}

/// The versions that a lock has for each environment, without those that may move. What requirements name by its place has
/// but one version.
fn kept(
    lock: &Lock,
    environments: &[Environment],
    moving: &BTreeSet<Name>,
) -> BTreeMap<Environment, BTreeMap<Name, Version>> {
    let markers: Vec<_> = environments.iter().map(|on| (*on, on.marker_environment())).collect();
    let mut kept: BTreeMap<Environment, BTreeMap<Name, Version>> = BTreeMap::new();
    for package in lock.packages.iter().filter(|package| !moving.contains(&package.name)) {
        let (Source::Files { .. }, Some(version)) = (&package.source, &package.version) else { continue };
        let marker = package.parsed_marker();
        for (on, values) in &markers {
            if marker.as_ref().is_none_or(|marker| marker.holds(values, &[])) {
                kept.entry(*on).or_default().entry(package.name.clone()).or_insert_with(|| version.clone());
            }
        }
    }
    kept
}

/// A version that some environments take.
#[derive(Default)]
struct Chosen {
    environments: BTreeSet<Environment>,
    files: BTreeMap<String, Arc<DistributionFile>>,
    required_by: BTreeSet<RequiredBy>,
}

fn made(
    question: &Question,
    outcome: &resolve::Outcome,
    base: &Path,
    sources: &Sources,
) -> Result<Lock, Failure> {
    let own = question.own.as_ref().and_then(|own| own.wheels.first()).map(|own| &own.metadata.name);
    let mut chosen: BTreeMap<(Name, Version), Chosen> = BTreeMap::new();
    for (&environment, resolution) in &outcome.resolutions {
        for pin in resolution.pins.iter().filter(|pin| Some(&pin.name) != own) {
            let entry = chosen.entry((pin.name.clone(), pin.version.clone())).or_default();
            entry.environments.insert(environment);
            entry.files.insert(pin.file.listed.filename.clone(), pin.file.clone());
            entry.required_by.extend(pin.required_by.iter().cloned());
        }
    }
    let covered: BTreeSet<Environment> = outcome.resolutions.keys().copied().collect();
    let base = Url::from_directory_path(base)
        .map_err(|()| Failure::new(format!("`{}` has no address", base.display())))?;
    let mut packages = Vec::new();
    for ((name, version), one) in &chosen {
        packages.push(package(question, name, version, one, &chosen, &covered, &base)?);
    }
    let everywhere = spread::marker(&covered, &spread::universe(&covered));
    let lowest = covered.iter().map(|on| on.target.python).min();
    Ok(Lock {
        environments: everywhere.map(alternatives).unwrap_or_default(),
        requires_python: lowest.map(|python| format!(">={python}")),
        packages,
        inputs: Some(locked::inputs(question, sources)?),
    })
}

/// `a or b` apart, when nothing is bracketed over it.
fn alternatives(marker: String) -> Vec<String> {
    let parts: Vec<&str> = marker.split(" or ").collect();
    let balanced = |part: &&str| part.matches('(').count() == part.matches(')').count();
    match parts.iter().all(balanced) {
        true => {
            parts.iter().map(|part| part.trim_start_matches('(').trim_end_matches(')').to_owned()).collect()
        }
        false => vec![marker],
    }
}

fn package(
    question: &Question,
    name: &Name,
    version: &Version,
    one: &Chosen,
    chosen: &BTreeMap<(Name, Version), Chosen>,
    covered: &BTreeSet<Environment>,
    base: &Url,
) -> Result<Package, Failure> {
    let clash = chosen.iter().find(|((other, of), chosen)| {
        other == name
            && of < version
            && chosen.environments.iter().any(|on| {
                one.environments.iter().any(|mine| mine.target == on.target && mine.machine == on.machine)
            })
    });
    if let Some(((_, other), _)) = clash {
        return Err(Failure::new(format!("{name} is {version} on one Linux and {other} on another, which no marker of a lock can tell apart"))
            .help("lock musl and glibc apart, with `--platform` and `--output`"));
    }
    let mut wheels = Vec::new();
    let mut sdist = None;
    let mut direct = None;
    for file in one.files.values() {
        if question.supply.is_named(name) {
            direct = Some(direct_source(question, file, base)?);
        } else if file.kind == DistributionKind::Sdist {
            sdist = Some(locked_file(question, file, base)?);
        } else {
            wheels.push(locked_file(question, file, base)?);
        }
    }
    let pythons: BTreeSet<Option<&String>> =
        one.files.values().map(|file| file.listed.requires_python.as_ref()).collect();
    let requires_python = match pythons.into_iter().collect::<Vec<_>>()[..] {
        [Some(only)] if only.parse::<crate::packaging::VersionSpecifiers>().is_ok() => Some(only.clone()),
        _ => None,
    };
    let several = |name: &Name| chosen.keys().filter(|(other, _)| other == name).count() > 1;
    let needs = chosen.iter().filter(|(_, child)| {
        child.required_by.iter().any(|by| by.project.as_ref() == Some(&(name.clone(), version.clone())))
            && !child.environments.is_disjoint(&one.environments)
    });
    let dependencies = needs
        .map(|((needed, of), _)| (needed.normalized().to_owned(), several(needed).then(|| of.to_string())));
    Ok(Package {
        name: name.clone(),
        version: Some(version.clone()),
        marker: spread::marker(&one.environments, covered),
        requires_python,
        dependencies: dependencies.collect(),
        source: direct.unwrap_or(Source::Files { wheels, sdist }),
        span: None,
    })
}

/// What a requirement names by its place.
fn direct_source(question: &Question, file: &DistributionFile, base: &Url) -> Result<Source, Failure> {
    if file.listed.url.ends_with('/') {
        return Ok(Source::Directory(relative(base, &file.listed.url)));
    }
    Ok(Source::Archive(locked_file(question, file, base)?))
}

fn locked_file(question: &Question, file: &DistributionFile, base: &Url) -> Result<File, Failure> {
    let listed = &file.listed;
    let mut hashes = listed.hashes.clone();
    if hashes.is_empty() {
        hashes.sha256 = Some(question.supply.client.file(listed).map_err(super::client::failure)?.sha256);
    }
    let at = match listed.url.starts_with("file:") {
        true => At::Path(relative(base, &listed.url)),
        false => At::Url(listed.url.clone()),
    };
    Ok(File {
        name: listed.filename.clone(),
        at,
        size: listed.size,
        upload_time: listed.upload_time.clone(),
        hashes,
    })
}

/// A `file:` address as a path from the lock.
fn relative(base: &Url, url: &str) -> String {
    let path = Url::parse(url).ok().and_then(|url| base.make_relative(&url));
    let path =
        path.map_or_else(|| url.to_owned(), |path| if path.is_empty() { ".".to_owned() } else { path });
    if path.starts_with('.') { path } else { format!("./{path}") }
}

/// The versions of a lock with their markers, by project.
type Versions = BTreeMap<String, BTreeMap<String, String>>;

/// What differs between two locks, by project.
fn differences(before: &Lock, after: &Lock) -> Vec<String> {
    let versions = |lock: &Lock| -> Versions {
        let mut all = Versions::new();
        for package in &lock.packages {
            let version = package.version.as_ref().map_or("?".to_owned(), ToString::to_string);
            let marker = package.marker.as_ref().map(|marker| format!(" ({marker})")).unwrap_or_default();
            all.entry(package.name.normalized().to_owned()).or_default().insert(version, marker);
        }
        all
    };
    let (before, after) = (versions(before), versions(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let none = BTreeMap::new();
    let of = |versions: &Versions, name: &String| versions.get(name).unwrap_or(&none).clone();
    names.into_iter().filter_map(|name| difference(name, &of(&before, name), &of(&after, name))).collect()
}

/// What differs between the versions of a project: those that came and went, else where they are taken.
fn difference(
    name: &str,
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Option<String> {
    let without = |these: &BTreeMap<String, String>, same: &dyn Fn(&String, &String) -> bool| {
        let left = these.iter().filter(|(version, marker)| !same(version, marker));
        left.map(|(version, marker)| format!("{version}{marker}")).collect::<Vec<_>>().join(", ")
    };
    let mut gone = without(before, &|version, _| after.contains_key(version));
    let mut come = without(after, &|version, _| before.contains_key(version));
    if gone.is_empty() && come.is_empty() {
        gone = without(before, &|version, marker| after.get(version) == Some(marker));
        come = without(after, &|version, marker| before.get(version) == Some(marker));
    }
    match (gone.is_empty(), come.is_empty()) {
        (true, true) => None,
        _ if before.is_empty() => Some(format!("+ {name} {come}")),
        _ if after.is_empty() => Some(format!("- {name} {gone}")),
        (true, false) => Some(format!("{name}: also {come}")),
        (false, true) => Some(format!("{name}: no longer {gone}")),
        (false, false) => Some(format!("{name} {gone} -> {come}")),
    }
}

//! `spx lint`: the rules over one project or many, each read for itself, and one report of all.

use super::Failure;
use super::inputs::is_project;
use crate::diagnostic::{Diagnostic, Label};
use crate::lint::{self, Settings, Suppressed};
use crate::packaging::Version;
use crate::report::{RuleInfo, Silenced};
use crate::system::os::{self, Stamp};
use crate::system::{Overlay, Rooted, System};
use crate::text::{FileId, Sources, Span};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The most projects below one directory.
const MAX_PROJECTS: usize = 100_000;

/// What was found in all projects, in one set of files whose paths start where the user stands.
#[derive(Debug, Default)]
pub struct Linted {
    pub diagnostics: Vec<Diagnostic>,
    pub suppressed: Vec<Silenced>,
    pub sources: Sources,
    pub projects: usize,
}

/// The settings that the command line gives.
pub fn settings(
    select: &[String],
    ignore: &[String],
    target_python: Option<&str>,
    target_setuptools: Option<&str>,
) -> Result<Settings, Failure> {
    let list = "`spx explain --list` lists all rules";
    for names in [select, ignore] {
        lint::check_names(names).map_err(|message| Failure::new(message).help(list))?;
    }
    let scope = super::metadata::scope(target_python, None, target_setuptools)?;
    let target_setuptools: Option<Version> = scope.setuptools;
    Ok(Settings {
        select: select.to_vec(),
        ignore: ignore.to_vec(),
        target_python: target_python.and_then(|_| Some(scope.targets.first()?.python)),
        target_setuptools,
        ..Settings::default()
    })
}

/// One project that is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) root: PathBuf,
    /// What its files' paths start with in reports.
    pub(super) prefix: String,
    /// When files were named: only what is found in them.
    pub(super) only: Vec<String>,
}

/// Looks at every project named, at those directly below directories that are none, and at single files within their
/// project. `progress` is told how many of how many are done.
pub fn lint(
    paths: &[PathBuf],
    settings: &Settings,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Linted, Failure> {
    let places = places(paths)?;
    let found = each(&places, progress, &|place| {
        let system = open(place)?;
        let mut sources = Sources::new();
        let (diagnostics, suppressed) = look(&system, &mut sources, settings);
        Ok((diagnostics, suppressed, sources))
    })?;
    let mut all = Linted { projects: places.len(), ..Linted::default() };
    for (place, (diagnostics, suppressed, sources)) in places.iter().zip(found) {
        all.add(place, diagnostics, suppressed, &sources);
    }
    Ok(all)
}

/// Looks at a text as if it stood in a file, which need not be there: what an editor has not saved yet.
pub fn text(path: &Path, content: &[u8], settings: &Settings) -> Result<Linted, Failure> {
    let place = place_of_file(path);
    let system = open(&place)?;
    let mut overlay = Overlay::new(&system);
    overlay.insert(&place.only[0], content.to_vec());
    let mut sources = Sources::new();
    let (diagnostics, suppressed) = look(&overlay, &mut sources, settings);
    let mut linted = Linted { projects: 1, ..Linted::default() };
    linted.add(&place, diagnostics, suppressed, &sources);
    Ok(linted)
}

/// Files by path, time and size.
pub type State = Vec<(PathBuf, Option<Stamp>)>;

/// What stands in the projects' directories and below: something else once a file is saved.
pub fn state(paths: &[PathBuf]) -> Result<State, Failure> {
    /// Files that one project is watched for; more are not what rules look at.
    const MAX_FILES: usize = 10_000;
    const MAX_DEPTH: usize = 8;
    let mut found = Vec::new();
    for place in places(paths)? {
        let mut open = vec![(place.root.clone(), 0)];
        let mut files = 0;
        while let Some((directory, depth)) = open.pop() {
            for name in os::list(&directory, MAX_FILES).unwrap_or_default() {
                let path = directory.join(&name);
                if os::is_directory(&path)
                    && !os::is_link(&path)
                    && !name.starts_with('.')
                    && depth < MAX_DEPTH
                {
                    open.push((path, depth + 1));
                } else if files < MAX_FILES {
                    files += 1;
                    let stamp = os::stamp(&path);
                    found.push((path, stamp));
                }
            }
        }
    }
    found.sort();
    Ok(found)
}

/// One project with its own settings.
pub(super) fn look(
    system: &dyn System,
    sources: &mut Sources,
    settings: &Settings,
) -> (Vec<Diagnostic>, Vec<Suppressed>) {
    let (settings, said) = settings.configured(system, sources);
    let findings = lint::check(system, sources, &settings);
    let mut diagnostics = findings.diagnostics;
    diagnostics.extend(said);
    crate::diagnostic::sort(&mut diagnostics);
    (diagnostics, findings.suppressed)
}

pub(super) fn open(place: &Place) -> Result<Rooted, Failure> {
    Rooted::new(&place.root).map_err(|error| Failure::new(format!("`{}`: {error}", place.root.display())))
}

impl Linted {
    /// Adds what one project gave, its files under the paths that the user would name.
    pub(super) fn add(
        &mut self,
        place: &Place,
        diagnostics: Vec<Diagnostic>,
        suppressed: Vec<Suppressed>,
        sources: &Sources,
    ) {
        let mut files: HashMap<FileId, FileId> = HashMap::new();
        let wanted = |diagnostic: &Diagnostic| match &diagnostic.primary {
            Some(label) => {
                let path = sources.path(label.span.file);
                place.only.is_empty() || place.only.iter().any(|only| only == path)
            }
            None => place.only.is_empty(),
        };
        for mut diagnostic in diagnostics.into_iter().filter(wanted) {
            self.rehome(&mut diagnostic, place, sources, &mut files);
            self.diagnostics.push(diagnostic);
        }
        for mut silenced in suppressed.into_iter().filter(|silenced| wanted(&silenced.diagnostic)) {
            self.rehome(&mut silenced.diagnostic, place, sources, &mut files);
            let Suppressed { diagnostic, reason } = silenced;
            self.suppressed.push(Silenced { diagnostic, reason, in_source: true });
        }
    }

    fn rehome(
        &mut self,
        diagnostic: &mut Diagnostic,
        place: &Place,
        sources: &Sources,
        files: &mut HashMap<FileId, FileId>,
    ) {
        let all = &mut self.sources;
        let mut moved = |span: &mut Span| {
            let add = || {
                let path = sources.path(span.file);
                let path = if path.is_empty() { String::new() } else { format!("{}{path}", place.prefix) };
                all.add(&path, sources.text(span.file))
            };
            span.file = *files.entry(span.file).or_insert_with(add);
        };
        let labels = diagnostic.primary.iter_mut().chain(&mut diagnostic.secondary);
        labels.for_each(|Label { span, .. }| moved(span));
        diagnostic.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| moved(&mut edit.span));
        if diagnostic.primary.is_none() && !place.prefix.is_empty() {
            diagnostic.message = format!("{}: {}", place.prefix.trim_end_matches('/'), diagnostic.message);
        }
    }
}

/// The projects that paths name, each once, in the order of the words.
pub(super) fn places(paths: &[PathBuf]) -> Result<Vec<Place>, Failure> {
    let mut found: Vec<Place> = Vec::new();
    for path in paths {
        if os::is_file(path) {
            let new = place_of_file(path);
            match found.iter_mut().find(|place| place.root == new.root) {
                Some(place) if place.only.is_empty() => {}
                Some(place) => place.only.extend(new.only),
                None => found.push(new),
            }
            continue;
        }
        let mut add = |root: PathBuf| match found.iter_mut().find(|place| place.root == root) {
            Some(place) => place.only.clear(),
            None => found.push(Place { prefix: prefix(&root), root, only: Vec::new() }),
        };
        if is_project(path) {
            add(path.clone());
            continue;
        }
        let names = os::list(path, MAX_PROJECTS)
            .map_err(|error| Failure::new(format!("`{}`: {error}", path.display())))?;
        let below: Vec<PathBuf> =
            names.into_iter().map(|name| path.join(name)).filter(|path| is_project(path)).collect();
        if below.is_empty() {
            if !os::is_directory(path) {
                return Err(Failure::new(format!("`{}` is no directory", path.display())));
            }
            // Requirements files alone can be looked at too.
            add(path.clone());
        }
        below.into_iter().for_each(add);
    }
    Ok(found)
}

/// A file within its project.
fn place_of_file(path: &Path) -> Place {
    let root = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (root, inside) = root_of(root, path);
    Place { prefix: prefix(&root), root, only: vec![inside] }
}

/// The project that a file belongs to: the nearest directory above that is one, else its own; and the path within.
fn root_of(directory: &Path, file: &Path) -> (PathBuf, String) {
    let root = directory.ancestors().take(8).find(|root| is_project(root) && !root.as_os_str().is_empty());
    let root = root.unwrap_or(directory).to_path_buf();
    let inside = file.strip_prefix(&root).unwrap_or(file);
    (root, inside.to_string_lossy().replace('\\', "/"))
}

fn prefix(root: &Path) -> String {
    let text = root.to_string_lossy().replace('\\', "/");
    let text = text.trim_start_matches("./").trim_end_matches('/');
    if text.is_empty() || text == "." { String::new() } else { format!("{text}/") }
}

/// Does something for each place on all cores; the results stand in the order of the places.
pub(super) fn each<T: Send>(
    places: &[Place],
    progress: &(dyn Fn(usize, usize) + Sync),
    work: &(dyn Fn(&Place) -> Result<T, Failure> + Sync),
) -> Result<Vec<T>, Failure> {
    let cores =
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(places.len().max(1));
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results: Mutex<BTreeMap<usize, Result<T, Failure>>> = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some((at, place)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    places.get(at).map(|place| (at, place))
                } {
                    let result = work(place);
                    progress(done.fetch_add(1, Ordering::Relaxed) + 1, places.len());
                    results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(at, result);
                }
            });
        }
    });
    let results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.into_values().collect()
}

/// A rule for people who ask: its documentation, with what is on record about it.
pub fn explain(name: &str) -> Result<String, Failure> {
    if let Some(rule) = lint::find(name) {
        return Ok(rule.page());
    }
    if let Some(code) = crate::diagnostic::codes::CODES.iter().find(|code| code.name == name) {
        return Ok(format!("# {} ({})\n\n{}\n", code.name, code.severity, code.summary));
    }
    let names: Vec<&str> = lint::RULES.iter().map(|rule| rule.code.name).collect();
    let near = crate::text::nearest::nearest(name, names);
    let failure = Failure::new(format!("there is no rule `{name}`"));
    Err(match near {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help("`spx explain --list` lists all rules"),
    })
}

/// Every rule as formats tell it.
pub fn rule_infos() -> Vec<RuleInfo> {
    let rules = lint::RULES.iter().map(|rule| RuleInfo {
        name: rule.code.name,
        severity: rule.code.severity,
        summary: rule.code.summary,
        page: rule.page(),
        url: lint::documentation(rule.code),
    });
    rules.collect()
}

/// A line for each rule: name, severity, profile, what it finds, whether it can mend that.
pub fn rules() -> Vec<[String; 4]> {
    let line = |rule: &&lint::Rule| {
        let profile = rule.profile.name().to_owned();
        [rule.code.name.to_owned(), rule.code.severity.to_string(), profile, rule.code.summary.to_owned()]
    };
    lint::RULES.iter().map(line).collect()
}

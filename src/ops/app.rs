//! `spx .`: reads, builds, resolves, fetches, and writes the application file.

use super::client::failure;
use super::directories::{BuiltDirectory, Source};
use super::entry::{Choice, Program, Runs, choose, function};
use super::held::{Held, Verdicts, license, startup};
use super::plan::{self, OwnWheel, Question, Request, Said};
use super::roots::PROJECT;
use super::selections::{Chosen, selections};
use super::supply::Supplied;
use super::{Failure, Outcome, directories};
use crate::diagnostic::{Diagnostic, codes};
use crate::index::{IndexFile, Listed, Progress};
use crate::packaging::{Environment, Target};
use crate::resolve;
use crate::system::os;
use crate::zipapp::{self, App, AppWheel, Behaviour, Entry, Header, License, WheelSource};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was asked for.
#[derive(Clone)]
pub struct AppOptions {
    pub request: Request,
    pub choice: Option<Choice>,
    /// The program to take of several, when none was chosen.
    pub preferred: Option<String>,
    pub inject_args: Vec<String>,
    pub inject_env: Vec<(String, String)>,
    pub output: Option<PathBuf>,
    pub python_shebang: Option<String>,
    /// Files that go in beside the project, as they are.
    pub sources: Vec<Source>,
    /// Patterns of files that are left out of those.
    pub exclude_files: Vec<String>,
    pub behaviour: Behaviour,
    pub compress: bool,
    /// Whether the application is a directory.
    pub loose: bool,
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
    /// The `.pth` files in the wheels, and whose they are; not those of namespace packages.
    pub startup: Vec<Startup>,
    /// Whether those run at every start (`--pth`).
    pub runs_startup: bool,
}

/// A `.pth` file in the application.
#[derive(Clone, Debug)]
pub struct Startup {
    /// Its name, such as `distutils-precedence.pth`.
    pub file: String,
    /// A place in [`BuiltApp::wheels`].
    pub wheel: usize,
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
    let mut work = Work { options, said: Said::default() };
    let built = work.build(progress)?;
    work.said.outcome(built)
}

struct Work<'a> {
    options: &'a AppOptions,
    said: Said,
}

impl Work<'_> {
    /// `None` when a diagnostic says why not.
    fn build(&mut self, progress: Arc<dyn Progress>) -> Result<Option<BuiltApp>, Failure> {
        let request = &self.options.request;
        let Some(mut question) = plan::question(request, &mut self.said, progress)? else { return Ok(None) };
        let Some(outcome) = plan::answer(request, &mut question, &mut self.said)? else { return Ok(None) };
        let Some(fetched) = self.fetch(&outcome, &question)? else { return Ok(None) };
        let Some(app) = self.compose(&question, &outcome, fetched)? else { return Ok(None) };
        self.said.warn_of(&question.supply.client, &outcome);
        self.write(app, question.supply.client.requests()).map(Some)
    }

    /// Every wheel that some environment needs, on this machine and checked.
    fn fetch(&mut self, outcome: &resolve::Outcome, question: &Question) -> Result<Option<Fetched>, Failure> {
        let supply = &question.supply;
        let verdicts = Verdicts::new(plan::cache_directory(&self.options.request.index).as_deref());
        let mut fetched = Fetched::default();
        let mut published: BTreeMap<String, (&resolve::Pin, Listed)> = BTreeMap::new();
        for (&environment, resolution) in &outcome.resolutions {
            for pin in &resolution.pins {
                let url = pin.file.listed.url.clone();
                let key = match supply.supplied(&pin.name, &pin.file, environment)? {
                    Supplied::Published(file) => {
                        published.insert(url.clone(), (pin, file));
                        url.clone()
                    }
                    Supplied::Built(wheel) => {
                        let key = format!("{url}\n{}", wheel.file_name);
                        if !fetched.wheels.contains_key(&key) {
                            let content = wheel.content();
                            match Held::check(&wheel.file_name, content.clone()) {
                                Err(diagnostic) => self.said.say(diagnostic),
                                Ok(held) => {
                                    let wheel = held_wheel(pin, &wheel.file_name, &wheel.sha256);
                                    fetched.add(key.clone(), wheel, WheelSource::Bytes(content), &held, pin);
                                }
                            }
                        }
                        key
                    }
                };
                fetched.taken.insert((environment, url), key);
            }
        }
        let files: Vec<&IndexFile> = published.values().map(|(_, file)| &**file).collect();
        for (local, (pin, file)) in supply.client.files(&files).into_iter().zip(published.values()) {
            let local = local.map_err(failure)?;
            supply.check(&pin.name, file, &local).map_err(Failure::new)?;
            match verdicts.held(&file.filename, &local)? {
                Err(diagnostic) => self.said.say(diagnostic),
                Ok(held) => {
                    let wheel = held_wheel(pin, &file.filename, &local.sha256);
                    fetched.add(file.url.clone(), wheel, WheelSource::File(local.path), &held, pin);
                }
            }
        }
        Ok(fetched.taken.values().all(|key| fetched.wheels.contains_key(key)).then_some(fetched))
    }

    /// The application: wheels in an order of their own, who gets which, and what runs.
    fn compose(
        &mut self,
        question: &Question,
        outcome: &resolve::Outcome,
        fetched: Fetched,
    ) -> Result<Option<Composed>, Failure> {
        let wanted = &question.wanted;
        let own: &[OwnWheel] = question.own.as_ref().map_or(&[], |own| &own.wheels);
        let own_name = own.first().map(|own| own.metadata.name.clone());
        let mut all: Vec<FetchedWheel> = own.iter().map(FetchedWheel::own).collect();
        let first = all.len();
        let directories = directories::wheels(&self.options.sources, &self.options.exclude_files)?;
        all.extend(directories.into_iter().map(FetchedWheel::directory));
        let listed = all.len();
        let mut places = BTreeMap::new();
        // By file name, so that the order says nothing of where a wheel came from.
        let mut sorted: Vec<(String, FetchedWheel)> = fetched.wheels.into_iter().collect();
        sorted.sort_by(|(_, a), (_, b)| a.wheel.file_name.cmp(&b.wheel.file_name));
        for (key, wheel) in sorted {
            places.insert(key, all.len());
            all.push(wheel);
        }
        let roots: BTreeSet<&str> =
            wanted.roots.iter().map(|root| root.requirement.name.normalized()).collect();
        let mut chosen: BTreeMap<Environment, Chosen> = BTreeMap::new();
        for (environment, resolution) in &outcome.resolutions {
            let mut wheels: Vec<usize> = own
                .iter()
                .position(|one| one.fits(environment.target))
                .into_iter()
                .chain(first..listed)
                .collect();
            // A requirements file that names the project itself wants what is already there.
            let pins = resolution.pins.iter().filter(|pin| Some(&pin.name) != own_name.as_ref());
            let taken = |pin: &resolve::Pin| fetched.taken.get(&(*environment, pin.file.listed.url.clone()));
            for pin in pins {
                let Some(at) = taken(pin).and_then(|key| places.get(key)).copied() else { continue };
                wheels.push(at);
                let whose = |by: &resolve::RequiredBy| required_by(by, &wanted.roots, own.first());
                all[at].required_by.extend(pin.required_by.iter().map(whose));
            }
            let is_own = |at: &&usize| {
                if first > 0 { **at < first } else { roots.contains(all[**at].wheel.name.as_str()) }
            };
            let programs = |wheels: Vec<&usize>| -> Vec<Program> {
                wheels.into_iter().flat_map(|at| all[*at].programs.clone()).collect()
            };
            let (mine, others): (Vec<&usize>, Vec<&usize>) = wheels.iter().partition(is_own);
            let choice = self.options.choice.as_ref();
            let preferred = self.options.preferred.as_deref();
            match choose(choice, preferred, &programs(mine), &programs(others)) {
                Ok(runs) => drop(chosen.insert(*environment, Chosen { wheels, runs })),
                Err(diagnostic) => {
                    self.said.say(diagnostic);
                    return Ok(None);
                }
            }
        }
        let Some(runs) = self.one_program(&chosen) else { return Ok(None) };
        let name = own_name.map_or_else(
            || all.first().map_or("app".to_owned(), |wheel| wheel.wheel.name.clone()),
            |name| name.written().to_owned(),
        );
        let name = if first > 0 {
            name
        } else {
            wanted.roots.first().map_or(name, |root| root.requirement.name.written().to_owned())
        };
        let version = if first > 0 || wanted.roots.is_empty() {
            all.first().map(|wheel| wheel.wheel.version.clone())
        } else {
            let root = wanted.roots[0].requirement.name.normalized();
            all.iter().rev().find(|wheel| wheel.wheel.name == root).map(|wheel| wheel.wheel.version.clone())
        };
        let requirements: BTreeSet<String> =
            wanted.roots.iter().map(|root| root.requirement.to_string()).collect();
        let requirements = requirements.into_iter().collect();
        Ok(Some(Composed { name, version, requirements, runs, chosen, all }))
    }

    /// What every interpreter runs; `None` when they differ.
    fn one_program(&mut self, chosen: &BTreeMap<Environment, Chosen>) -> Option<Runs> {
        let runs: BTreeSet<&Runs> = chosen.values().map(|chosen| &chosen.runs).collect();
        let [runs] = runs.into_iter().collect::<Vec<_>>()[..] else {
            let diagnostic = Diagnostic::general(
                &codes::AMBIGUOUS_ENTRY_POINT,
                "the program is another one on other Pythons",
            );
            self.said.say(
                diagnostic
                    .help("choose fewer Pythons with `--python`, or a function with `-e module:function`"),
            );
            return None;
        };
        Some(runs.clone())
    }

    /// Writes the file, whole or not at all.
    fn write(&mut self, composed: Composed, requests: usize) -> Result<BuiltApp, Failure> {
        let Composed { name, version, requirements, runs, chosen, all } = composed;
        let loose = self.options.loose;
        let default = if loose { name.clone() } else { format!("{name}.pyz") };
        let path = self.options.output.clone().unwrap_or_else(|| Path::new("dist").join(default));
        let wheels: Vec<HeldWheel> = all.iter().map(|fetched| fetched.wheel.clone()).collect();
        let startup = all.iter().enumerate().flat_map(|(wheel, fetched)| {
            fetched.startup.iter().map(move |file| Startup { file: file.clone(), wheel })
        });
        let startup = startup.collect();
        let file_names: Vec<&str> = wheels.iter().map(|wheel| wheel.file_name.as_str()).collect();
        let selections = selections(&chosen, &file_names);
        let app = App {
            name,
            version,
            requirements,
            wheels: all.into_iter().map(FetchedWheel::finished).collect(),
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
            behaviour: self.options.behaviour,
            compress: self.options.compress,
        };
        let summary = written(&app, &path, loose)?;
        let mut targets = BTreeMap::new();
        for (environment, chosen) in chosen {
            targets.entry(environment.target).or_insert(chosen.wheels);
        }
        Ok(BuiltApp {
            sha256: if loose { String::new() } else { digest(&path)? },
            size: summary.size,
            path,
            entry: app.entry.to_string(),
            wheels,
            targets,
            requests,
            startup,
            runs_startup: self.options.behaviour.pth,
        })
    }
}

/// A wheel that goes into the application.
struct FetchedWheel {
    wheel: HeldWheel,
    source: WheelSource,
    programs: Vec<Program>,
    license: Option<License>,
    required_by: BTreeSet<zipapp::RequiredBy>,
    /// As [`startup`] has them.
    startup: Vec<String>,
}

impl FetchedWheel {
    fn own(one: &OwnWheel) -> Self {
        Self {
            wheel: HeldWheel {
                file_name: one.wheel.file_name.clone(),
                name: one.metadata.name.normalized().to_owned(),
                version: one.metadata.version.to_string(),
                sha256: one.wheel.sha256.clone(),
            },
            source: WheelSource::Bytes(one.wheel.content.clone()),
            programs: own_programs(one),
            license: license(&one.metadata),
            required_by: BTreeSet::new(),
            startup: startup(one.wheel.files.iter().map(|file| file.path.as_str())),
        }
    }

    fn directory(one: BuiltDirectory) -> Self {
        Self {
            wheel: one.wheel,
            source: WheelSource::Bytes(one.content),
            programs: Vec::new(),
            license: None,
            required_by: BTreeSet::new(),
            startup: one.startup,
        }
    }

    fn finished(self) -> AppWheel {
        AppWheel {
            file_name: self.wheel.file_name,
            sha256: self.wheel.sha256,
            source: self.source,
            name: self.wheel.name,
            version: self.wheel.version,
            license: self.license,
            required_by: self.required_by.into_iter().collect(),
        }
    }
}

/// The dependencies' wheels.
#[derive(Default)]
struct Fetched {
    /// By a key that [`Fetched::taken`] gives.
    wheels: BTreeMap<String, FetchedWheel>,
    /// What an environment takes of a pinned file's address: the wheel itself, or the one that was built of it.
    taken: BTreeMap<(Environment, String), String>,
}

impl Fetched {
    fn add(&mut self, key: String, wheel: HeldWheel, source: WheelSource, held: &Held, pin: &resolve::Pin) {
        let programs = held.programs(pin.name.written());
        let (license, required_by) = (held.license(), BTreeSet::new());
        let startup = held.startup.clone();
        self.wheels.insert(key, FetchedWheel { wheel, source, programs, license, required_by, startup });
    }
}

fn held_wheel(pin: &resolve::Pin, file_name: &str, sha256: &str) -> HeldWheel {
    HeldWheel {
        file_name: file_name.to_owned(),
        name: pin.name.normalized().to_owned(),
        version: pin.version.to_string(),
        sha256: sha256.to_owned(),
    }
}

struct Composed {
    name: String,
    version: Option<String>,
    requirements: Vec<String>,
    runs: Runs,
    chosen: BTreeMap<Environment, Chosen>,
    all: Vec<FetchedWheel>,
}

/// Who wants a distribution, in the application's words. What the project's own metadata requires, the project wants.
fn required_by(
    by: &resolve::RequiredBy,
    roots: &[resolve::Root],
    own: Option<&OwnWheel>,
) -> zipapp::RequiredBy {
    let distribution = match (&by.project, by.root) {
        (Some((name, version)), _) => Some((name.normalized().to_owned(), version.to_string())),
        (None, Some(root)) if roots.get(root).is_some_and(|root| root.who == PROJECT) => {
            own.map(|own| (own.metadata.name.normalized().to_owned(), own.metadata.version.to_string()))
        }
        (None, _) => None,
    };
    zipapp::RequiredBy { distribution, requirement: by.requirement.clone() }
}

/// Writes the file or the directory, whole or not at all.
fn written(app: &App, path: &Path, loose: bool) -> Result<zipapp::Summary, Failure> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new(format!("`{}` could not be written: {error}", path.display()))
    };
    if loose {
        // A new directory takes the old one's place, so that no file of another build stays in it.
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let old = os::is_directory(path);
        if old && !os::is_file(&path.join("spx.json")) {
            return Err(Failure::new(format!("`{}` is there, and no application", path.display()))
                .help("name another place with `-o`"));
        }
        os::create_directories(parent, false).map_err(|error| failed(&error))?;
        let place = os::temporary_directory(parent).map_err(|error| failed(&error))?;
        let summary = zipapp::write_loose(app, &place.path().join("new")).map_err(|error| failed(&error))?;
        if old {
            os::rename(path, &place.path().join("old")).map_err(|error| failed(&error))?;
        }
        os::rename(&place.path().join("new"), path).map_err(|error| failed(&error))?;
        return Ok(summary);
    }
    let mut summary = None;
    os::write_atomically(path, true, |file| {
        summary = Some(zipapp::write(app, file)?);
        Ok::<(), zipapp::Error>(())
    })
    .map_err(|error| failed(&error))?;
    summary.ok_or_else(|| failed(&"nothing was written"))
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

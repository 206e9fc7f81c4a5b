//! `spx .`: reads, builds, resolves, fetches, and writes the application file.

use super::client::failure;
use super::entry::{Choice, Program, Runs, choose, function};
use super::held::{Held, Verdicts};
use super::plan::{self, OwnWheel, Question, Request, Said};
use super::selections::{Chosen, selections};
use super::supply::Supplied;
use super::{Failure, Outcome};
use crate::diagnostic::{Diagnostic, codes};
use crate::index::{IndexFile, Progress};
use crate::packaging::{Environment, Target};
use crate::resolve;
use crate::system::os;
use crate::zipapp::{App, AppWheel, Entry, Header, WheelSource};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was asked for.
#[derive(Clone)]
pub struct AppOptions {
    pub request: Request,
    pub choice: Option<Choice>,
    pub inject_args: Vec<String>,
    pub inject_env: Vec<(String, String)>,
    pub output: Option<PathBuf>,
    pub python_shebang: Option<String>,
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
        let Some(question) = plan::question(request, &mut self.said, progress)? else { return Ok(None) };
        let Some(outcome) = plan::answer(request, &question, &mut self.said)? else { return Ok(None) };
        let Some(fetched) = self.fetch(&outcome, &question)? else { return Ok(None) };
        let Some(app) = self.compose(&question, &outcome, fetched)? else { return Ok(None) };
        self.said.warn(question.supply.client.warnings());
        self.write(app, question.supply.client.requests()).map(Some)
    }

    /// Every wheel that some environment needs, on this machine and checked.
    fn fetch(&mut self, outcome: &resolve::Outcome, question: &Question) -> Result<Option<Fetched>, Failure> {
        let supply = &question.supply;
        let verdicts = Verdicts::new(plan::cache_directory(&self.options.request.index).as_deref());
        let mut fetched = Fetched::default();
        let mut published: BTreeMap<String, (&resolve::Pin, IndexFile)> = BTreeMap::new();
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
        let files: Vec<&IndexFile> = published.values().map(|(_, file)| file).collect();
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
        let mut all: Vec<FetchedWheel> = Vec::new();
        for one in own {
            all.push(FetchedWheel {
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
            let mut wheels: Vec<usize> =
                own.iter().position(|one| one.fits(environment.target)).into_iter().collect();
            // A requirements file that names the project itself wants what is already there.
            let pins = resolution.pins.iter().filter(|pin| Some(&pin.name) != own_name.as_ref());
            let taken = |pin: &resolve::Pin| fetched.taken.get(&(*environment, pin.file.listed.url.clone()));
            wheels.extend(pins.filter_map(|pin| places.get(taken(pin)?)));
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
                    self.said.say(diagnostic);
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
            self.said.say(
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
struct FetchedWheel {
    wheel: HeldWheel,
    source: WheelSource,
    programs: Vec<Program>,
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
        self.wheels.insert(key, FetchedWheel { wheel, source, programs });
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
    runs: Runs,
    chosen: BTreeMap<Environment, Chosen>,
    all: Vec<FetchedWheel>,
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

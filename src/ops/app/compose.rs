//! Putting the application together from what was built and fetched, and writing it.

use super::{BuiltApp, HeldWheel, Own, OwnWheel, Work};
use crate::diagnostic::{Diagnostic, codes};
use crate::ops::Failure;
use crate::ops::entry::{Program, Runs, choose, function};
use crate::ops::held::license;
use crate::ops::roots::Wanted;
use crate::ops::selections::{Chosen, selections};
use crate::ops::sources::BuiltSources;
use crate::packaging::Environment;
use crate::resolve;
use crate::system::os;
use crate::zipapp::{self, App, AppWheel, Entry, Header, License, WheelSource};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

impl Work<'_> {
    /// The application: wheels in an order of their own, who gets which, and what runs.
    pub(super) fn compose(
        &mut self,
        own: Option<Own>,
        sources: Vec<BuiltSources>,
        wanted: &Wanted,
        outcome: &resolve::Outcome,
        fetched: BTreeMap<String, Fetched>,
    ) -> Result<Option<Composed>, Failure> {
        let own_name = own.as_ref().and_then(|own| own.wheels.first()).map(|own| own.metadata.name.clone());
        let own = own.map(|own| own.wheels).unwrap_or_default();
        let whose_project = own
            .first()
            .map(|own| (own.metadata.name.normalized().to_owned(), own.metadata.version.to_string()));
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
                license: license(&one.metadata),
                required_by: BTreeSet::new(),
            });
        }
        let first = all.len();
        all.extend(sources.into_iter().map(|sources| Fetched {
            wheel: sources.wheel,
            source: WheelSource::Bytes(sources.content),
            programs: Vec::new(),
            license: None,
            required_by: BTreeSet::new(),
        }));
        let listed = all.len();
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
            let mut wheels: Vec<usize> = own
                .iter()
                .position(|one| one.fits(environment.target))
                .into_iter()
                .chain(first..listed)
                .collect();
            // A requirements file that names the project itself wants what is already there.
            let pins = resolution.pins.iter().filter(|pin| Some(&pin.name) != own_name.as_ref());
            for pin in pins {
                let Some(at) = places.get(&pin.file.listed.url).copied() else { continue };
                wheels.push(at);
                let whose = |by: &resolve::RequiredBy| required_by(by, &wanted.roots, whose_project.as_ref());
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
        let version = if first > 0 || wanted.roots.is_empty() {
            all.first().map(|wheel| wheel.wheel.version.clone())
        } else {
            let root = wanted.roots[0].requirement.name.normalized();
            all.iter().rev().find(|wheel| wheel.wheel.name == root).map(|wheel| wheel.wheel.version.clone())
        };
        let requirements: BTreeSet<String> =
            wanted.roots.iter().map(|root| root.requirement.to_string()).collect();
        let requirements = requirements.into_iter().collect();
        Ok(Some(Composed { name, version, requirements, runs: runs.clone(), chosen, all }))
    }

    /// Writes the file, whole or not at all.
    pub(super) fn write(&mut self, composed: Composed, requests: usize) -> Result<BuiltApp, Failure> {
        let Composed { name, version, requirements, runs, chosen, all } = composed;
        let loose = self.options.loose;
        let default = if loose { name.clone() } else { format!("{name}.pyz") };
        let path = self.options.output.clone().unwrap_or_else(|| Path::new("dist").join(default));
        let wheels: Vec<HeldWheel> = all.iter().map(|fetched| fetched.wheel.clone()).collect();
        let file_names: Vec<&str> = wheels.iter().map(|wheel| wheel.file_name.as_str()).collect();
        let selections = selections(&chosen, &file_names);
        let app = App {
            name,
            version,
            requirements,
            wheels: all
                .into_iter()
                .map(|fetched| AppWheel {
                    file_name: fetched.wheel.file_name,
                    sha256: fetched.wheel.sha256,
                    source: fetched.source,
                    name: fetched.wheel.name,
                    version: fetched.wheel.version,
                    license: fetched.license,
                    required_by: fetched.required_by.into_iter().collect(),
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
        })
    }
}

/// A wheel that goes into the application.
pub(super) struct Fetched {
    pub wheel: HeldWheel,
    pub source: WheelSource,
    pub programs: Vec<Program>,
    pub license: Option<License>,
    pub required_by: BTreeSet<zipapp::RequiredBy>,
}

pub(super) struct Composed {
    name: String,
    version: Option<String>,
    requirements: Vec<String>,
    runs: Runs,
    chosen: BTreeMap<Environment, Chosen>,
    all: Vec<Fetched>,
}

/// Who wants a distribution, in the application's words. What the project's own metadata requires, the project wants.
fn required_by(
    by: &resolve::RequiredBy,
    roots: &[resolve::Root],
    own: Option<&(String, String)>,
) -> zipapp::RequiredBy {
    let distribution = match (&by.project, by.root) {
        (Some((name, version)), _) => Some((name.normalized().to_owned(), version.to_string())),
        (None, Some(root)) if roots.get(root).is_some_and(|root| root.who == crate::ops::roots::PROJECT) => {
            own.cloned()
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

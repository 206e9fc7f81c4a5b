//! `spx .`: builds the application file and says what it is.

use super::args::{AppArgs, Format, IndexArgs, Inherit, KeyringProvider, Layout, Resolution, ResolveArgs};
use super::progress::Bars;
use super::{Exit, Screen, exit};
use crate::diagnostic::Diagnostic;
use crate::ops::app::{AppOptions, BuiltApp, app};
use crate::ops::directories::Source;
use crate::ops::entry::Choice;
use crate::ops::locked::LockUse;
use crate::ops::plan::Request;
use crate::ops::{self, CacheChoice, Failure, IndexOptions, VersionChoice};
use crate::packaging::{Platform, Python};
use crate::report::json;
use crate::text::Sources;
use crate::zipapp::{Behaviour, InheritPath};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

pub(super) fn run(args: &AppArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let mut options = options(args)?;
    options.inject_args = inject_args(args)?;
    let bars = Arc::new(Bars::new(!screen.quiet && screen.format == Format::Human, screen.style));
    let outcome = app(&options, bars.clone());
    bars.clear();
    let outcome = outcome?;
    let status = if outcome.value.is_some() { Exit::Done } else { exit(&outcome.diagnostics) };
    if screen.format == Format::Json {
        super::data(&document(outcome.value.as_ref(), &outcome.diagnostics, &outcome.sources))?;
        return Ok(status);
    }
    screen.diagnostics(outcome.diagnostics, &outcome.sources);
    if let Some(built) = &outcome.value {
        say(built, screen);
    }
    Ok(status)
}

/// What the words on the command line mean, those aside that are for the program.
pub(super) fn options(args: &AppArgs) -> Result<AppOptions, Failure> {
    let choice = match (&args.script, &args.entry_point, &args.module) {
        (Some(name), _, _) => Some(Choice::Script(name.clone())),
        (_, Some(text), _) => Some(Choice::EntryPoint(text.clone())),
        (_, _, Some(module)) => Some(Choice::Module(module.clone())),
        _ => None,
    };
    let mut request = request(&args.resolve);
    let directories = args.sources_directory.iter().cloned().map(Source::Directory);
    let packages = args.package.iter().cloned().map(Source::Package);
    let modules = args.module_file.iter().cloned().map(Source::Module);
    let sources: Vec<Source> = directories.chain(packages).chain(modules).collect();
    let only_sources = args.resolve.inputs.is_empty() && !sources.is_empty();
    if only_sources && !ops::is_project(Path::new(".")) {
        request.inputs.clear();
    }
    Ok(AppOptions {
        request,
        choice,
        preferred: None,
        inject_args: Vec::new(),
        inject_env: args.inject_env.iter().map(|text| variable(text)).collect::<Result<_, _>>()?,
        output: args.output.clone(),
        python_shebang: args.python_shebang.clone(),
        sources,
        exclude_files: args.exclude_file.clone(),
        behaviour: Behaviour {
            inherit_path: args.inherit_path.map_or(InheritPath::No, InheritPath::from),
            extend_pythonpath: args.extend_pythonpath,
            compile: !args.no_compile,
            pth: args.pth,
            venv: args.venv,
        },
        compress: args.compress,
        loose: args.layout == Layout::Loose,
    })
}

/// What is to be resolved, by what was typed.
pub(super) fn request(args: &ResolveArgs) -> Request {
    Request {
        inputs: match &args.inputs[..] {
            // `spx -r requirements.txt -m tool`: requirements are enough where there is no project.
            [] if !args.requirement.is_empty() && !ops::is_project(Path::new(".")) => Vec::new(),
            [] => vec![".".to_owned()],
            inputs => inputs.to_vec(),
        },
        requirement_files: args.requirement.clone(),
        constraint_files: args.constraints.clone(),
        pythons: args.python.clone(),
        platforms: args.platform.clone(),
        here: false,
        pre: args.index.pre,
        exclude: args.exclude.clone(),
        choice: match args.resolution {
            Resolution::Highest => VersionChoice::Highest,
            Resolution::Lowest => VersionChoice::Lowest,
        },
        exclude_newer: args.exclude_newer.clone(),
        require_hashes: args.require_hashes,
        lock: if args.locked { LockUse::Insist } else { LockUse::Auto },
        index: index(&args.index),
    }
}

impl From<Inherit> for InheritPath {
    fn from(inherit: Inherit) -> Self {
        match inherit {
            Inherit::False => Self::No,
            Inherit::Fallback => Self::Fallback,
            Inherit::Prefer => Self::Prefer,
        }
    }
}

fn index(args: &IndexArgs) -> IndexOptions {
    IndexOptions {
        index_url: args.index_url.clone(),
        extra_index_urls: args.extra_index_url.clone(),
        find_links: args.find_links.clone(),
        no_index: args.no_index,
        cert: args.cert.clone(),
        trusted_hosts: args.trusted_host.clone(),
        cache: match &args.cache_dir {
            _ if args.no_cache => CacheChoice::None,
            Some(directory) => CacheChoice::At(directory.clone()),
            None => CacheChoice::User,
        },
        refresh: args.refresh,
        offline: args.offline,
        timeout: None,
        retries: None,
        proxy: args.proxy.clone(),
        keyring: args.keyring_provider == KeyringProvider::Subprocess,
        best_match: false,
    }
}

/// The words of every `--inject-args`, split as a shell splits them, and what follows `--`.
fn inject_args(args: &AppArgs) -> Result<Vec<String>, Failure> {
    if args.inject_args.is_empty() && !args.arguments.is_empty() {
        return Err(Failure::new("arguments after `--` are baked in only with `--inject-args`")
            .help("to give them to the application when it runs: ./dist/NAME.pyz ARGS"));
    }
    let mut words = Vec::new();
    for text in &args.inject_args {
        let split = shlex::split(text).ok_or_else(|| {
            Failure::new(format!("`--inject-args {text}` has a quote that is never closed"))
        })?;
        words.extend(split);
    }
    words.extend(args.arguments.iter().cloned());
    Ok(words)
}

fn variable(text: &str) -> Result<(String, String), Failure> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !name.contains('\0') => {
            Ok((name.to_owned(), value.to_owned()))
        }
        _ => Err(Failure::new(format!("`--inject-env {text}` is not NAME=VALUE"))),
    }
}

fn say(built: &BuiltApp, screen: &Screen) {
    screen.say(&format!("wrote {} ({})", built.path.display(), size(built.size)));
    let pythons: BTreeSet<Python> = built.targets.keys().map(|target| target.python).collect();
    let platforms: BTreeSet<Platform> = built.targets.keys().map(|target| target.platform).collect();
    let on = if platforms.len() == Platform::ALL.len() {
        String::new()
    } else {
        format!(" on {}", platforms.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and "))
    };
    screen.say(&format!(
        "  runs {} under Python {}{on}",
        built.entry,
        ranges(&pythons.into_iter().collect::<Vec<_>>())
    ));
    screen.say(&format!("  holds {}", names(built)));
    let mut files: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for startup in &built.startup {
        files.entry(&startup.file).or_default().insert(&built.wheels[startup.wheel].name);
    }
    for (file, whose) in files {
        let whose = whose.into_iter().collect::<Vec<_>>().join(", ");
        screen.say(&match built.runs_startup {
            true => format!("  runs {file} of {whose} at every start (`--pth`)"),
            false => {
                format!("  does not run {file} of {whose}, as Python would at every start (`--pth` does)")
            }
        });
    }
    for wheel in &built.wheels {
        screen.detail(&format!("  {} sha256={}", wheel.file_name, wheel.sha256));
    }
    screen.detail(&format!("  {} requests to indexes", built.requests));
}

/// `demo 0.0.1, click 7.1.2 8.1.8, sh 1.14.2`, or how many there are when that would be a long list.
fn names(built: &BuiltApp) -> String {
    const SHOWN: usize = 8;
    let mut shown: Vec<(&str, Vec<&str>)> = Vec::new();
    for wheel in &built.wheels {
        match shown.iter_mut().find(|(name, _)| *name == wheel.name) {
            Some((_, versions)) if versions.contains(&wheel.version.as_str()) => {}
            Some((_, versions)) => versions.push(&wheel.version),
            None => shown.push((&wheel.name, vec![&wheel.version])),
        }
    }
    if shown.len() > SHOWN {
        return format!("{} wheels of {} projects (`-v` lists them)", built.wheels.len(), shown.len());
    }
    shown
        .into_iter()
        .map(|(name, versions)| format!("{name} {}", versions.join(" ")))
        .collect::<Vec<_>>()
        .join(", ")
}

/// `2.7, 3.6 to 3.14`: neighbours as ranges.
pub(super) fn ranges(pythons: &[Python]) -> String {
    let places: Vec<usize> =
        pythons.iter().filter_map(|python| Python::ALL.iter().position(|p| p == python)).collect();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for place in places {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == place && Python::ALL[*end].major == Python::ALL[place].major => {
                *end = place;
            }
            _ => runs.push((place, place)),
        }
    }
    let run = |(start, end): (usize, usize)| match end - start {
        0 => Python::ALL[start].to_string(),
        1 => format!("{}, {}", Python::ALL[start], Python::ALL[end]),
        _ => format!("{} to {}", Python::ALL[start], Python::ALL[end]),
    };
    runs.into_iter().map(run).collect::<Vec<_>>().join(", ")
}

pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

fn document(built: Option<&BuiltApp>, diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let said: Vec<_> = diagnostics.iter().map(|diagnostic| json::value(diagnostic, sources)).collect();
    let application = built.map(|built| {
        let wheels: Vec<_> = built
            .wheels
            .iter()
            .map(|w| serde_json::json!({ "file": w.file_name, "name": w.name, "version": w.version, "sha256": w.sha256 }))
            .collect();
        let targets: Vec<_> = built
            .targets
            .iter()
            .map(|(target, wheels)| {
                let files: Vec<&str> = wheels.iter().map(|at| built.wheels[*at].file_name.as_str()).collect();
                serde_json::json!({
                    "python": target.python.to_string(), "platform": target.platform.to_string(), "wheels": files,
                })
            })
            .collect();
        let startup: Vec<_> = built
            .startup
            .iter()
            .map(|one| serde_json::json!({ "file": one.file, "wheel": built.wheels[one.wheel].file_name }))
            .collect();
        serde_json::json!({
            "file": built.path.display().to_string(),
            "size": built.size,
            "sha256": built.sha256,
            "entry": built.entry,
            "wheels": wheels,
            "targets": targets,
            "requests": built.requests,
            "pth": startup,
        })
    });
    let document =
        serde_json::json!({ "schema": json::SCHEMA, "application": application, "diagnostics": said });
    format!("{document:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_ranges() {
        assert_eq!(ranges(&Python::ALL), "2.7, 3.5 to 3.14");
        assert_eq!(ranges(&[Python::new(3, 6), Python::new(3, 7), Python::new(3, 9)]), "3.6, 3.7, 3.9");
    }
}

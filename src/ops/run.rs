//! `spx run`: an application in the cache, built when there is none yet or what it was built from changed.

use super::app::{AppOptions, app};
use super::entry::Choice;
use super::{CacheChoice, Failure, Outcome, Progress, is_project};
use crate::system::os;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is remembered beside an application.
pub(super) const MEMO: &str = "memo.json";
/// The versions that an index had are asked for anew after so many seconds.
const FRESH: u64 = 86_400;
/// Directories that no build reads.
const PASSED: [&str; 8] = [".git", ".hg", ".svn", ".tox", ".nox", ".venv", "__pycache__", "node_modules"];
/// A project with more files is built every time.
const MAX_FILES: usize = 20_000;

#[derive(Serialize, Deserialize)]
struct Memo {
    /// Of everything on this machine that went in.
    fingerprint: String,
    /// Seconds since 1970.
    built: u64,
}

/// The application's file. `None` when a diagnostic says why there is none.
pub fn prepare(mut options: AppOptions, progress: Arc<dyn Progress>) -> Result<Outcome<PathBuf>, Failure> {
    let root = match &options.request.index.cache {
        CacheChoice::At(directory) => directory.clone(),
        CacheChoice::User | CacheChoice::None => super::cache::root(None)?,
    };
    let root = os::current_directory().map(|here| here.join(&root)).unwrap_or(root);
    let (key, fingerprint) = (key(&options), fingerprint(&options));
    let directory = root.join("run").join(&key[..24]);
    let file = directory.join(format!("{}.pyz", name(&options)));
    let index = &options.request.index;
    let only_local = index.no_index && index.find_links.iter().all(|place| !place.contains("://"));
    let lasting = index.offline || only_local;
    let memo = os::read_regular(&directory.join(MEMO), 1 << 16).unwrap_or_default();
    if let Ok(memo) = serde_json::from_slice::<Memo>(&memo)
        && fingerprint.as_ref() == Some(&memo.fingerprint)
        && !index.refresh
        && (lasting || memo.built <= os::now() && os::now() - memo.built < FRESH)
        && os::is_file(&file)
    {
        let (diagnostics, sources) = (Vec::new(), crate::text::Sources::new());
        return Ok(Outcome { value: Some(file), diagnostics, sources });
    }
    let failed = |error: std::io::Error| Failure::new(format!("`{}`: {error}", directory.display()));
    os::create_directories(&directory, true).map_err(failed)?;
    options.request.here = options.request.platforms.is_empty();
    let wanted = options.output.replace(file.clone());
    if wanted.is_some() {
        return Err(Failure::new("`spx run` writes no file").help("leave `spx run` out and keep `-o`"));
    }
    if options.choice.is_none()
        && options.request.inputs.len() == 1
        && !is_project(Path::new(&options.request.inputs[0]))
    {
        options.preferred = Some(name(&options));
    }
    let outcome = app(&options, progress)?;
    if let (Some(_), Some(fingerprint)) = (&outcome.value, fingerprint) {
        let memo = serde_json::to_vec(&Memo { fingerprint, built: os::now() }).unwrap_or_default();
        os::write_atomically(&directory.join(MEMO), false, |file| file.write_all(&memo)).map_err(failed)?;
    }
    let Outcome { value, diagnostics, sources } = outcome;
    Ok(Outcome { value: value.map(|built| built.path), diagnostics, sources })
}

/// What was asked for, wherever it was typed.
fn key(options: &AppOptions) -> String {
    let place = |word: &String| os::canonical(Path::new(word)).unwrap_or_else(|_| PathBuf::from(word));
    let request = &options.request;
    let inputs: Vec<PathBuf> = request.inputs.iter().map(place).collect();
    let files: Vec<PathBuf> =
        request.requirement_files.iter().chain(&request.constraint_files).map(place).collect();
    let index = &request.index;
    let what = (&inputs, &files, request.requirement_files.len(), &options.choice, &options.sources);
    let whom = (&request.pythons, &request.platforms, &options.python_shebang, options.behaviour);
    let how = (&options.inject_args, &options.inject_env, &options.exclude_files, options.compress);
    let which = (
        request.choice,
        request.pre,
        &request.exclude,
        &request.exclude_newer,
        request.require_hashes,
        request.lock,
    );
    let place = (&index.index_url, &index.extra_index_urls, &index.find_links, index.no_index);
    let text = format!("{what:?} {whom:?} {how:?} {which:?} {place:?} {}", env!("CARGO_PKG_VERSION"));
    hexadecimal(text.as_bytes())
}

/// Sizes and times of the files that go in; `None` when there are too many to look at.
fn fingerprint(options: &AppOptions) -> Option<String> {
    let request = &options.request;
    let mut text = String::new();
    let mut count = 0;
    let places = request.inputs.iter().chain(&request.requirement_files).chain(&request.constraint_files);
    let places = places.chain(&request.index.find_links).map(Path::new);
    let sources: Vec<PathBuf> = options.sources.iter().map(super::directories::Source::place).collect();
    // `--locked` takes the lock of the current directory where no project is asked for.
    let lock = [PathBuf::from(super::pylock::FILE)];
    for place in places.chain(sources.iter().chain(&lock).map(PathBuf::as_path)) {
        let entries = walkdir::WalkDir::new(place).sort_by_file_name().into_iter();
        let entries = entries
            .filter_entry(|entry| !entry.file_name().to_str().is_some_and(|name| PASSED.contains(&name)));
        for entry in entries.flatten() {
            count += 1;
            if count > MAX_FILES {
                return None;
            }
            let Ok(metadata) = entry.metadata() else { continue };
            let time =
                metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
            // A String takes everything.
            let _ = writeln!(text, "{}\0{} {time:?}", entry.path().display(), metadata.len());
        }
    }
    Some(hexadecimal(text.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the application calls itself: the program, or the project that was asked for.
fn name(options: &AppOptions) -> String {
    let word = match (&options.choice, options.request.inputs.first()) {
        (Some(Choice::Script(name)), _) => name.clone(),
        (_, Some(word)) if is_project(Path::new(word)) => os::canonical(Path::new(word))
            .ok()
            .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
            .unwrap_or_default(),
        (_, Some(word)) => word.clone(),
        (Some(Choice::EntryPoint(name) | Choice::Module(name)), None) => name.clone(),
        (None, None) => String::new(),
    };
    let plain = |c: &char| c.is_ascii_alphanumeric() || "._-".contains(*c);
    let name: String = word.chars().take_while(plain).collect();
    if name.trim_matches('.').is_empty() { "app".to_owned() } else { name }
}

//! `spx cache`: what lies in the cache, and taking it away, all of it or what nobody used for long.

use super::Failure;
use crate::system::os;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What spx and its applications keep, and for what. Nothing else in the directory is touched.
pub const PARTS: [(&str, &str); 6] = [
    ("index", "downloads and index pages"),
    ("checked", "verdicts on wheels"),
    ("run", "applications of `spx run`"),
    ("app", "applications' directories"),
    ("whl", "unpacked wheels"),
    ("tmp", "unfinished"),
];
/// A wheel that no application names yet may belong to one that is being unpacked, for so many seconds.
const GRACE: u64 = 86_400;
const DAY: u64 = 86_400;
/// More names than any directory of the cache has.
const MAX_NAMES: usize = 10_000_000;

/// A part of the cache.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    pub name: &'static str,
    pub what: &'static str,
    pub files: u64,
    /// In bytes, each file once.
    pub size: u64,
}

/// What was taken away.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Removed {
    pub applications: usize,
    pub wheels: usize,
    pub files: u64,
    pub size: u64,
}

/// Where the cache is: the one named, or the user's.
pub fn root(named: Option<&Path>) -> Result<PathBuf, Failure> {
    named.map(Path::to_owned).or_else(os::cache_directory).ok_or_else(|| {
        Failure::new("there is no cache directory: the environment names no home").help("set `SPX_CACHE`")
    })
}

pub fn info(root: &Path) -> Vec<Part> {
    PARTS
        .into_iter()
        .map(|(name, what)| {
            let (files, size) = measure(&root.join(name));
            Part { name, what, files, size }
        })
        .collect()
}

/// Files and bytes below a path; links are not followed.
fn measure(path: &Path) -> (u64, u64) {
    let entries =
        walkdir::WalkDir::new(path).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    entries.fold((0, 0), |(files, size), entry| {
        (files + 1, size + entry.metadata().map_or(0, |metadata| metadata.len()))
    })
}

/// Removes everything that spx keeps.
pub fn clean(root: &Path) -> Result<Removed, Failure> {
    let mut removed = Removed::default();
    for (name, _) in PARTS {
        removed.add(&root.join(name))?;
    }
    Ok(removed)
}

impl Removed {
    fn add(&mut self, path: &Path) -> Result<(), Failure> {
        let (files, size) = measure(path);
        let gone = if os::is_directory(path) && !os::is_link(path) {
            os::remove_directory(path)
        } else {
            os::remove_file(path)
        };
        gone.map_err(|error| Failure::new(format!("`{}`: {error}", path.display())))?;
        self.files += files;
        self.size += size;
        Ok(())
    }
}

/// Removes what was not used for so many days: applications, then wheels that no application needs, then downloads.
pub fn prune(root: &Path, days: u64) -> Result<Removed, Failure> {
    let mut removed = Removed::default();
    let now = os::now();
    let old = |path: &Path, age: u64| os::modified(path).is_none_or(|time| time.saturating_add(age) <= now);
    let mut needed: BTreeSet<String> = BTreeSet::new();
    for application in children(&root.join("app")) {
        let mut kept = false;
        for started in children(&application).into_iter().filter(|path| os::is_directory(path)) {
            // Every start sets the time of `used`; a run that is preparing has not come so far, but is young.
            if old(&started.join("used"), days * DAY) && old(&started, days * DAY) {
                removed.add(&started)?;
                removed.applications += 1;
                continue;
            }
            kept = true;
            let wheels = os::read_regular(&started.join("wheels"), 1 << 20).unwrap_or_default();
            needed.extend(String::from_utf8_lossy(&wheels).lines().map(str::to_owned));
        }
        if !kept {
            removed.add(&application)?;
        }
    }
    for wheel in children(&root.join("whl")) {
        let name = wheel.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !needed.contains(&name) && old(&wheel, GRACE.min(days * DAY)) {
            removed.add(&wheel)?;
            removed.wheels += 1;
        }
    }
    for unfinished in children(&root.join("tmp")) {
        if old(&unfinished, GRACE) {
            removed.add(&unfinished)?;
        }
    }
    for run in children(&root.join("run")) {
        if old(&run.join(super::run::MEMO), days * DAY) {
            removed.add(&run)?;
        }
    }
    for part in ["index", "checked"] {
        for entry in walkdir::WalkDir::new(root.join(part)).contents_first(true).into_iter().flatten() {
            if entry.file_type().is_file() && old(entry.path(), days * DAY) {
                removed.add(entry.path())?;
            }
        }
    }
    Ok(removed)
}

fn children(path: &Path) -> Vec<PathBuf> {
    os::list(path, MAX_NAMES).unwrap_or_default().into_iter().map(|name| path.join(name)).collect()
}

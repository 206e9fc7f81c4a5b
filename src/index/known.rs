//! What the cache knows of distributions, without any index: names, versions, summaries, extras.

use crate::packaging::Version;
use crate::packaging::name::normalize;
use crate::system::os;
use std::collections::BTreeMap;
use std::path::Path;

/// Files that are looked at in all.
const MAX_FILES: usize = 5_000;
/// The part of a file that is read: the headers stand first.
const MAX_METADATA: u64 = 1 << 20;

/// A project that the cache has heard of.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KnownProject {
    /// The newest version whose metadata is there.
    pub version: Option<Version>,
    pub summary: Option<String>,
    pub extras: Vec<String>,
}

/// Projects by normalised name.
pub type KnownProjects = BTreeMap<String, KnownProject>;

/// Looks through the user's cache; what is damaged there is passed over.
pub fn known_projects() -> KnownProjects {
    os::cache_directory().map(|base| look_through(&base.join("index"))).unwrap_or_default()
}

fn look_through(cache: &Path) -> KnownProjects {
    let mut known = KnownProjects::new();
    let mut left = MAX_FILES;
    let mut names = |directory: &Path| {
        let names = os::list(directory, left).unwrap_or_default();
        left = left.saturating_sub(names.len());
        names
    };
    for index in names(&cache.join("simple")) {
        for page in names(&cache.join("simple").join(index)) {
            if let Some(name) = page.strip_suffix(".page") {
                known.entry(normalize(name)).or_default();
            }
        }
    }
    let metadata = cache.join("metadata");
    for start in names(&metadata) {
        let directory = metadata.join(start);
        for key in names(&directory) {
            let content = os::read_regular(&directory.join(key), MAX_METADATA).ok();
            if let Some(text) = content.as_deref().and_then(|content| std::str::from_utf8(content).ok()) {
                add(&mut known, text);
            }
        }
    }
    known
}

/// Adds a METADATA with the cache's own line above it.
fn add(known: &mut KnownProjects, text: &str) {
    let headers = text.lines().skip(1).take_while(|line| !line.is_empty());
    let (mut name, mut version, mut summary, mut extras) = (None, None, None, Vec::new());
    for (field, value) in headers.filter_map(|line| line.split_once(": ")) {
        match field {
            "Name" => name = Some(normalize(value)),
            "Version" => version = value.parse::<Version>().ok(),
            "Summary" => summary = Some(value.to_owned()),
            "Provides-Extra" => extras.push(value.to_owned()),
            _ => {}
        }
    }
    let (Some(name), Some(version)) = (name, version) else { return };
    let project = known.entry(name).or_default();
    if project.version.as_ref().is_none_or(|other| *other < version) {
        *project = KnownProject { version: Some(version), summary, extras };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_metadata_of_each_project_counts() {
        let directory = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = directory.path().join(path);
            os::write_atomically(&path, false, |file| std::io::Write::write_all(file, text.as_bytes()))
                .unwrap();
        };
        write("simple/x/flask.page", "");
        write("metadata/aa/aa1", "head\nName: Re_quests\nVersion: 2.9\nSummary: old\n\nbody\nSummary: no\n");
        write(
            "metadata/aa/aa2",
            "head\nName: re-quests\nVersion: 2.10\nSummary: new\nProvides-Extra: socks\n\n",
        );
        write("metadata/ab/ab1", "damaged");
        let known = look_through(directory.path());
        assert_eq!(known.keys().collect::<Vec<_>>(), ["flask", "re-quests"]);
        assert_eq!(known["re-quests"].summary.as_deref(), Some("new"));
        assert_eq!(known["re-quests"].extras, ["socks"]);
    }
}

//! Which directories are projects: those of open documents, and those that a bounded look into the workspace finds.

use super::document::{Document, Kind};
use crate::system::os;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files that make a directory a project.
const PROJECT_FILES: &[&str] = &["setup.py", "setup.cfg", "pyproject.toml"];
/// How far above a document its project may be.
const MAX_ABOVE: usize = 32;
/// How deep the look into a workspace goes, how many directories it sees, and how many projects it takes.
const MAX_DEPTH: usize = 4;
const MAX_DIRECTORIES: usize = 2_000;
const MAX_PROJECTS: usize = 64;
/// Names in one directory that are looked at.
const MAX_NAMES: usize = 2_000;
/// Directories that hold other people's projects.
const PASSED_OVER: &[&str] =
    &["node_modules", "site-packages", "__pycache__", "venv", "env", "build", "dist", "target"];

/// The project of a document: the nearest directory with one of the files that make a project, on disk or open. A
/// requirements file is read without one, in its own directory.
pub(super) fn project_of(
    document: &Document,
    folders: &[PathBuf],
    documents: &BTreeMap<String, Arc<Document>>,
) -> Option<PathBuf> {
    let path = document.path.as_deref()?;
    let makes = |directory: &Path| {
        PROJECT_FILES.iter().any(|name| {
            let file = directory.join(name);
            os::is_file(&file) || documents.values().any(|open| open.path.as_deref() == Some(&file))
        })
    };
    let folder =
        folders.iter().filter(|folder| path.starts_with(folder)).max_by_key(|folder| folder.iter().count());
    let above = path.ancestors().skip(1).take(MAX_ABOVE);
    let within = above.take_while(|directory| folder.is_none_or(|folder| directory.starts_with(folder)));
    let found = within.into_iter().find(|directory| makes(directory)).map(Path::to_owned);
    let own = || {
        matches!(document.kind, Kind::Requirements | Kind::Manifest)
            .then(|| path.parent().map(Path::to_owned))
    };
    found.or_else(|| own().flatten())
}

/// The projects in a workspace folder, breadth first, links not followed.
pub(super) fn projects_in(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut level = vec![folder.to_owned()];
    let mut seen = 0;
    for _ in 0..MAX_DEPTH {
        let mut next = Vec::new();
        for directory in level {
            seen += 1;
            if seen > MAX_DIRECTORIES || found.len() == MAX_PROJECTS {
                return found;
            }
            let names = os::list(&directory, MAX_NAMES).unwrap_or_default();
            if names.iter().any(|name| name == "setup.py" || name == "setup.cfg") {
                found.push(directory.clone());
            }
            let below =
                names.iter().filter(|name| !name.starts_with('.') && !PASSED_OVER.contains(&name.as_str()));
            next.extend(
                below
                    .map(|name| directory.join(name))
                    .filter(|path| !os::is_link(path) && os::is_directory(path)),
            );
        }
        level = next;
    }
    found
}

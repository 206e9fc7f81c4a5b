//! `spx metadata --statistics`: what is unknown over many projects, and what each unmodelled thing costs.

use super::Failure;
use super::inputs::is_project;
use super::metadata::metadata;
use crate::project::{Field, Scope};
use crate::system::os;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The most projects in one directory that is no project itself.
const MAX_PROJECTS: usize = 100_000;

/// What was counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Statistics {
    pub projects: usize,
    /// Fields that something sets, and those of them that are known.
    pub fields: usize,
    pub known: usize,
    /// By reason, the costliest first.
    pub losses: Vec<Loss>,
}

/// One reason for not knowing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loss {
    pub reason: String,
    /// How many fields of how many projects.
    pub fields: usize,
    pub projects: BTreeSet<String>,
    /// Which fields, sorted.
    pub names: BTreeSet<&'static str>,
    /// `file:line:column` of the first one met, behind its project.
    pub example: String,
}

/// Reads every project named, and those directly below directories that are none.
pub fn statistics(paths: &[PathBuf], scope: &Scope) -> Result<Statistics, Failure> {
    let mut found = Statistics::default();
    let mut losses: BTreeMap<String, Loss> = BTreeMap::new();
    for path in projects(paths)? {
        // One tree that cannot be read says nothing about the others.
        let Ok(outcome) = metadata(&path, scope) else { continue };
        let Some(project) = outcome.value else { continue };
        found.projects += 1;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        for (field, value) in project.metadata.iter() {
            found.fields += 1;
            let Field::Unknown { unknown, .. } = value else {
                found.known += 1;
                continue;
            };
            let loss = losses.entry(unknown.reason.clone()).or_insert_with(|| Loss {
                reason: unknown.reason.clone(),
                fields: 0,
                projects: BTreeSet::new(),
                names: BTreeSet::new(),
                example: format!("{name}/{}", outcome.sources.place(unknown.span)),
            });
            loss.fields += 1;
            loss.projects.insert(name.clone());
            loss.names.insert(field);
        }
    }
    found.losses = losses.into_values().collect();
    found.losses.sort_by(|a, b| (b.fields, &a.reason).cmp(&(a.fields, &b.reason)));
    Ok(found)
}

fn projects(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if is_project(path) {
            found.push(path.clone());
            continue;
        }
        let below = |name: String| Some(path.join(name)).filter(|path: &PathBuf| is_project(path));
        found.extend(names(path)?.into_iter().filter_map(below));
    }
    Ok(found)
}

fn names(path: &Path) -> Result<Vec<String>, Failure> {
    os::list(path, MAX_PROJECTS).map_err(|error| Failure::new(format!("`{}`: {error}", path.display())))
}

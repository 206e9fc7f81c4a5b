//! `spx wheel`, `spx sdist` and `spx build`: a project read once, its artifacts built, and written whole or not at all.

use super::metadata::open;
use super::sources::unpacked;
use super::{Failure, Outcome};
use crate::build::{self, BuiltSdist, BuiltWheel, ListedFile, SdistOptions};
use crate::diagnostic::Diagnostic;
use crate::packaging::{Platform, Python, Target};
use crate::project::{self, Artifact, Project, Scope, Variant};
use crate::system::{System, os};
use crate::text::Sources;
use std::path::{Path, PathBuf};

/// An artifact that was built.
#[derive(Clone, Debug)]
pub struct Built {
    pub kind: Artifact,
    pub file_name: String,
    /// Where it was written; `None` for a preview.
    pub path: Option<PathBuf>,
    /// In bytes.
    pub size: u64,
    pub sha256: String,
    pub files: Vec<ListedFile>,
}

/// Builds artifacts of the project at `path` into a directory, or only to look at them. All of them are built before the
/// first one is written, so a refusal leaves nothing behind.
pub fn build(
    path: &Path,
    kinds: &[Artifact],
    directory: Option<&Path>,
    scope: &Scope,
) -> Result<Outcome<Vec<Built>>, Failure> {
    let system = &*tree(path)?;
    let mut sources = Sources::new();
    let mut diagnostics = Vec::new();
    let mut made = Vec::new();
    for kind in kinds {
        // setup.py sees which command it is run for.
        let scope = Scope { artifact: Some(*kind), ..scope.clone() };
        let (project, found) = project::read(system, &mut sources, &scope);
        let new: Vec<_> = found.into_iter().filter(|one| !diagnostics.contains(one)).collect();
        diagnostics.extend(new);
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Ok(Outcome { value: None, diagnostics, sources });
        }
        match kind {
            Artifact::Wheel => {
                for variant in &project.variants {
                    made.extend(wheel(variant, system, &sources, &mut diagnostics).map(|wheel| {
                        (Artifact::Wheel, wheel.file_name, wheel.sha256, wheel.files, wheel.content)
                    }));
                }
            }
            Artifact::Sdist => {
                made.extend(sdist(&project, system, &sources, &mut diagnostics)?.map(|sdist| {
                    (Artifact::Sdist, sdist.file_name, sdist.sha256, sdist.files, sdist.content)
                }));
            }
        }
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Ok(Outcome { value: None, diagnostics, sources });
    }
    let mut built = Vec::new();
    for (kind, file_name, sha256, files, content) in made {
        let path = directory.map(|directory| directory.join(&file_name));
        if let Some(path) = &path {
            os::write_whole(path, &content).map_err(|error| {
                Failure::new(format!("`{}` could not be written: {error}", path.display()))
            })?;
        }
        built.push(Built { kind, file_name, path, size: content.len() as u64, sha256, files });
    }
    Ok(Outcome { value: Some(built), diagnostics, sources })
}

/// The project in a directory, or in a source distribution as it came, which is not unpacked to disk.
fn tree(path: &Path) -> Result<Box<dyn System>, Failure> {
    const ENDINGS: &[&str] = &[".tar.gz", ".tgz", ".zip"];
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if !ENDINGS.iter().any(|ending| name.ends_with(ending)) || os::is_directory(path) {
        return Ok(Box::new(open(path)?));
    }
    let tree = unpacked(path, name).map_err(|why| Failure::new(format!("`{}` {why}", path.display())))?;
    Ok(Box::new(tree))
}

/// The wheel of a variant; without one, errors say why.
pub(super) fn wheel(
    variant: &Variant,
    system: &dyn System,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<BuiltWheel> {
    if let Some(native) = build::native_code(&variant.metadata) {
        diagnostics.push(native);
        return None;
    }
    let refusals = variant.refusals(Artifact::Wheel);
    if !refusals.is_empty() {
        diagnostics.extend(refusals);
        return None;
    }
    diagnostics.extend(variant.inert(Artifact::Wheel));
    match build::wheel(&variant.metadata, system, sources, &variant.options) {
        Err(errors) => {
            diagnostics.extend(errors);
            None
        }
        Ok(mut wheel) => {
            diagnostics.append(&mut wheel.warnings);
            Some(wheel)
        }
    }
}

/// The one source distribution of all variants: what the Python of the reference makes of the project, with the files
/// that only other Pythons use.
fn sdist(
    project: &Project,
    system: &dyn System,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<BuiltSdist>, Failure> {
    let reference = |variant: &&Variant| {
        let newer = Target { python: Python::new(3, 11), platform: Platform::Linux };
        variant.targets.contains(&newer)
    };
    let Some(variant) = project.variants.iter().find(reference).or(project.variants.last()) else {
        return Ok(None);
    };
    let refusals: Vec<Diagnostic> =
        project.variants.iter().flat_map(|variant| variant.refusals(Artifact::Sdist)).collect();
    if !refusals.is_empty() {
        diagnostics.extend(refusals);
        return Ok(None);
    }
    diagnostics.extend(variant.inert(Artifact::Sdist));
    let others: Vec<_> = project
        .variants
        .iter()
        .map(|other| &other.metadata)
        .filter(|other| !std::ptr::eq(*other, &raw const variant.metadata))
        .collect();
    let options = SdistOptions { modified: modified()?, others };
    Ok(match build::sdist(&variant.metadata, system, sources, &variant.options, &options) {
        Err(errors) => {
            diagnostics.extend(errors);
            None
        }
        Ok(mut sdist) => {
            diagnostics.append(&mut sdist.warnings);
            Some(sdist)
        }
    })
}

/// `SOURCE_DATE_EPOCH`, for people who want another time than 1980 in the archive.
fn modified() -> Result<Option<u64>, Failure> {
    let Some(text) = os::environment("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let time = text.parse::<u64>().ok().filter(|time| *time < 1 << 33);
    time.map(Some).ok_or_else(|| {
        Failure::new(format!("SOURCE_DATE_EPOCH is `{text}`, not a number of seconds since 1970"))
    })
}

//! `setup(use_scm_version=…)`: the version that a source distribution's PKG-INFO holds, as setuptools_scm reads it where there
//! is no repository. That of a checkout comes from git, which is not asked.

use super::{Field, FieldValue, Metadata, Place, Unknown};
use crate::packaging::CoreMetadata;
use crate::system::System;
use crate::text::{Sources, Span};

/// What a PKG-INFO says of the project.
pub(super) struct PackageInfo {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) place: Place,
}

/// Reads a PKG-INFO, if there is one with name and version.
pub(super) fn package_info(system: &dyn System, sources: &mut Sources, path: &str) -> Option<PackageInfo> {
    let content = system.read(path).ok()?;
    let metadata = CoreMetadata::parse(&content).ok()?;
    let header = |field: &str| metadata.header(field).map(|value| value.trim().to_owned());
    let (name, version) = (header("Name")?, header("Version")?);
    let text = String::from_utf8_lossy(&content).into_owned();
    let file = sources.add(path, &text);
    let at = text.find("\nVersion:").map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let place = Place { span: Span::new(file, at as u32, end as u32), text: format!("read from `{path}`") };
    Some(PackageInfo { name, version, place })
}

/// A repository, or what `git archive` leaves of one: these come before PKG-INFO.
const REPOSITORIES: &[&str] = &[".git", ".hg", ".git_archival.txt", ".hg_archival.txt"];

/// Sets the version, unless setup() was given one. `because` says why the settings at `keyword` cannot be followed, if so.
pub fn merge(
    metadata: &mut Metadata,
    keyword: Span,
    because: Option<&str>,
    system: &dyn System,
    sources: &mut Sources,
) {
    if metadata.get("version").is_some() {
        return;
    }
    let unknown = |reason: &str| Unknown { reason: reason.to_owned(), span: keyword, trail: Vec::new() };
    let repository = REPOSITORIES.iter().any(|path| system.metadata(path).is_ok());
    let info = if repository { None } else { package_info(system, sources, "PKG-INFO") };
    let field = match (because, info) {
        (None, Some(info)) => {
            Field::Known { value: FieldValue::Text(info.version), origin: keyword, trail: vec![info.place] }
        }
        (Some(reason), _) => Field::Unknown { origin: keyword, unknown: unknown(reason) },
        (None, None) => {
            let reason = "the version comes from git, which spx does not ask";
            Field::Unknown { origin: keyword, unknown: unknown(reason) }
        }
    };
    metadata.set("version", field);
}

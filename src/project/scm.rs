//! `setup(use_scm_version=…)`: the version that a source distribution's PKG-INFO holds, as setuptools_scm reads it where there
//! is no repository. That of a checkout comes from git, which is not asked.

use super::{Field, FieldValue, Metadata, Place, Unknown, Written};
use crate::packaging::CoreMetadata;
use crate::syntax::toml::Table;
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

/// Path and template of the file that a version goes to.
type VersionFile = (String, Option<String>);

/// `[tool.setuptools_scm]`, which asks for the version without a keyword: where it stands, and the file that it names.
pub fn configured(tools: &Table) -> Option<(Span, Option<VersionFile>)> {
    let entry = tools.entry("setuptools_scm")?;
    let table = entry.value.table()?;
    let text = |names: [&str; 2]| names.iter().find_map(|name| table.get(name)?.text()).map(str::to_owned);
    let template = text(["write_to_template", "version_file_template"]);
    Some((entry.key_span, text(["write_to", "version_file"]).map(|path| (path, template))))
}

/// What setuptools_scm does to the file that a project wants its version in: path and content.
pub fn version_file(path: &str, template: Option<&str>, version: Option<&str>) -> (String, Written) {
    let content = match (template, version) {
        (_, None) => Written::Unknown("the version is not known".to_owned()),
        (Some(template), Some(version)) => match template.replace("{version}", version) {
            // Other fields and `{{` are left to Python.
            text if text.contains(['{', '}']) => Written::Unknown("its template is not followed".to_owned()),
            text => Written::Content(text.into_bytes()),
        },
        (None, Some(version)) if path.ends_with(".txt") => Written::Content(version.as_bytes().to_vec()),
        (None, Some(_)) => {
            Written::Unknown("setuptools_scm's words differ from release to release".to_owned())
        }
    };
    (path.to_owned(), content)
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

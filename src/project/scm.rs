//! `setup(use_scm_version=…)`: the version that a source distribution's PKG-INFO holds, as setuptools_scm reads it where there
//! is no repository. That of a checkout comes from git, which is not asked.

use super::{Field, FieldValue, Metadata, Place, Unknown, Written};
use crate::packaging::{CoreMetadata, name};
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

/// Why the settings of `[tool.setuptools_scm]` cannot be followed, if so.
pub fn section_unmodelled(tools: &Table) -> Option<String> {
    let table = tools.table("setuptools_scm")?;
    table.entries.iter().find_map(|entry| unmodelled(&entry.key, entry.value.text()))
}

/// Why a setting cannot be followed, if so. Those that say how a version is guessed from a repository, or written to a
/// file, do not matter where PKG-INFO has it.
pub fn unmodelled(name: &str, text: Option<&str>) -> Option<String> {
    const HARMLESS: &[&str] = &[
        "fallback_version",
        "git_describe_command",
        "local_scheme",
        "normalize",
        "search_parent_directories",
        "tag_regex",
        "version_cls",
        "version_file",
        "version_file_template",
        "version_scheme",
        "write_to",
        "write_to_template",
    ];
    let follows = HARMLESS.contains(&name) || (name == "root" && text == Some("."));
    (!follows).then(|| format!("its setting `{name}` is not modelled"))
}

/// Whether a requirement asks for setuptools_scm.
pub fn is_asked_for(requirement: &str) -> bool {
    let text = requirement.trim();
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    name::normalize(&text[..end]) == "setuptools-scm"
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;

    fn version(memory: &Memory, because: Option<&str>) -> Result<String, String> {
        let mut sources = Sources::new();
        let keyword = Span::new(sources.add("setup.py", "setup()"), 0, 0);
        let mut metadata = Metadata::default();
        merge(&mut metadata, keyword, because, memory, &mut sources);
        let text = metadata.text("version").map_err(|unknown| unknown.reason.clone());
        text.map(|text| text.unwrap_or_default().to_owned())
    }

    #[test]
    fn pkg_info_has_the_version_where_there_is_no_repository() {
        let tree = || Memory::new().with("PKG-INFO", "Metadata-Version: 2.1\nName: demo\nVersion: 1.2\n\n");
        assert_eq!(version(&tree(), None).as_deref(), Ok("1.2"));
        assert!(version(&tree().with(".git/HEAD", ""), None).unwrap_err().contains("git"));
        assert!(version(&Memory::new(), None).unwrap_err().contains("git"));
        assert_eq!(version(&tree(), Some("of a setting")).unwrap_err(), "of a setting");
    }

    #[test]
    fn settings_that_matter_without_a_repository() {
        assert_eq!(unmodelled("write_to", Some("a.py")), None);
        assert_eq!(unmodelled("root", Some(".")), None);
        assert!(unmodelled("root", Some("..")).is_some());
        assert!(unmodelled("parse", None).is_some());
        assert!(is_asked_for("setuptools_scm[toml]>=6") && is_asked_for("Setuptools-SCM"));
        assert!(!is_asked_for("setuptools>=40"));
    }
}

//! `setup(use_scm_version=…)`: the version that a source distribution's PKG-INFO holds, as setuptools_scm reads it where there
//! is no repository. That of a checkout comes from git, which is not asked.

use super::{Field, FieldValue, Metadata, Place, Unknown, Written};
use crate::packaging::{CoreMetadata, Requirement, Version, name, specifiers};
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

/// The release whose words the file for the version has; they differ from release to release.
const REFERENCE: [u64; 3] = [10, 3, 4];

/// Whether requirements leave setuptools_scm at the release that is modelled.
pub fn is_reference<'a>(requirements: impl IntoIterator<Item = &'a str>) -> bool {
    let reference = Version::new(REFERENCE);
    requirements.into_iter().filter(|text| is_asked_for(text)).all(|text| {
        text.parse::<Requirement>().is_ok_and(|requirement| {
            requirement.url.is_none() && specifiers::admits(&requirement.specifiers, &reference)
        })
    })
}

/// What setuptools_scm does to the file that a project wants its version in: path and content. `is_reference` says whether the
/// project takes the release that is modelled.
pub fn version_file(
    path: &str,
    template: Option<&str>,
    version: Option<&str>,
    is_reference: bool,
) -> (String, Written) {
    let content = match (template, version) {
        (_, None) => Written::Unknown("the version is not known".to_owned()),
        (Some(template), Some(version)) => match template.replace("{version}", version) {
            // Other fields and `{{` are left to Python.
            text if text.contains(['{', '}']) => Written::Unknown("its template is not followed".to_owned()),
            text => Written::Content(text.into_bytes()),
        },
        (None, Some(version)) if path.ends_with(".txt") => Written::Content(version.as_bytes().to_vec()),
        (None, Some(version)) if path.ends_with(".py") && is_reference => module(version),
        (None, Some(_)) => {
            Written::Unknown("setuptools_scm's words differ from release to release".to_owned())
        }
    };
    (path.to_owned(), content)
}

/// The module that the modelled release writes where no repository names a commit.
fn module(version: &str) -> Written {
    let Ok(parsed) = version.parse::<Version>() else {
        return Written::Unknown(format!("`{version}` is no version that PEP 440 allows"));
    };
    let names =
        ["__version__", "__version_tuple__", "version", "version_tuple", "__commit_id__", "commit_id"];
    let mut text = "# file generated by vcs-versioning\n# don't change, don't track in version control\n\
        from __future__ import annotations\n\n__all__ = [\n"
        .to_owned();
    for name in names {
        text.push_str(&format!("    \"{name}\",\n"));
    }
    text.push_str("]\n\n");
    let annotations = [
        ("version", "str"),
        ("__version__", "str"),
        ("__version_tuple__", "tuple[int | str, ...]"),
        ("version_tuple", "tuple[int | str, ...]"),
        ("commit_id", "str | None"),
        ("__commit_id__", "str | None"),
    ];
    for (name, annotation) in annotations {
        text.push_str(&format!("{name}: {annotation}\n"));
    }
    text.push_str(&format!(
        "\n__version__ = version = '{version}'\n__version_tuple__ = version_tuple = {}\n\n\
        __commit_id__ = commit_id = None\n",
        tuple(&parsed)
    ));
    Written::Content(text.into_bytes())
}

/// A version's parts as a Python tuple.
fn tuple(version: &Version) -> String {
    let mut parts: Vec<String> = Vec::new();
    if version.epoch() > 0 {
        parts.push(format!("'{}!'", version.epoch()));
    }
    parts.extend(version.release().iter().map(u64::to_string));
    parts.extend(version.pre().map(|pre| format!("'{pre}'")));
    parts.extend(version.post().map(|number| format!("'post{number}'")));
    parts.extend(version.dev().map(|number| format!("'dev{number}'")));
    if let Some((_, local)) = version.to_string().split_once('+') {
        parts.push(format!("'{local}'"));
    }
    if let [only] = parts.as_slice() { format!("({only},)") } else { format!("({})", parts.join(", ")) }
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

    /// What setuptools_scm's own function gives for each.
    #[test]
    fn the_module_for_a_version() {
        let text = |version: &str| match version_file("p/_version.py", None, Some(version), true).1 {
            Written::Content(content) => String::from_utf8(content).unwrap(),
            other => panic!("{other:?}"),
        };
        let known = "638019ecca511a2046b04e12408cd66212b9dc82831e88bcf7dd18e9342b0b38";
        let digest = <sha2::Sha256 as sha2::Digest>::digest(text("3.10.1").as_bytes());
        assert_eq!(digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>(), known);
        for (version, tuple) in [
            ("1", "(1,)"),
            ("1.2.3.dev4+gabc", "(1, 2, 3, 'dev4', 'gabc')"),
            ("1!2.0rc1", "('1!', 2, 0, 'rc1')"),
            ("1.0a1.post2.dev3", "(1, 0, 'a1', 'post2', 'dev3')"),
            ("1.0+a.5.b", "(1, 0, 'a.5.b')"),
        ] {
            assert!(text(version).contains(&format!("version_tuple = {tuple}\n")), "{version}");
        }
        assert!(matches!(version_file("v.py", None, Some("1"), false).1, Written::Unknown(_)));
    }

    #[test]
    fn settings_that_matter_without_a_repository() {
        assert_eq!(unmodelled("write_to", Some("a.py")), None);
        assert_eq!(unmodelled("root", Some(".")), None);
        assert!(unmodelled("root", Some("..")).is_some());
        assert!(unmodelled("parse", None).is_some());
        assert!(is_asked_for("setuptools_scm[toml]>=6") && is_asked_for("Setuptools-SCM"));
        assert!(!is_asked_for("setuptools>=40"));
        assert!(is_reference(["setuptools_scm[toml]>=3.4", "setuptools<5"]) && is_reference([]));
        assert!(!is_reference(["setuptools-scm<10"]) && !is_reference(["setuptools_scm @ https://x/y.zip"]));
    }
}

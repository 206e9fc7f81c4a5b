//! The files of `.egg-info`, as setuptools' egg_info command writes them, and setup.cfg as its sdist command rewrites it.

use super::{at, dist_info, list, list_map};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::packaging::name::normalize;
use crate::packaging::{RequirementError, requirement_text};
use crate::project::Metadata;
use crate::project::glob::{Tree, join};
use crate::project::packages::Layout;
use crate::syntax::ini::{self, Dialect, IniError};
use crate::system::Overlay;
use std::collections::{BTreeMap, BTreeSet};

/// Files of `.egg-info` that setuptools writes anew or removes each time.
const OWN: &[&str] = &[
    "PKG-INFO",
    "SOURCES.txt",
    "dependency_links.txt",
    "eager_resources.txt",
    "entry_points.txt",
    "namespace_packages.txt",
    "native_libs.txt",
    "not-zip-safe",
    "requires.txt",
    "top_level.txt",
    "zip-safe",
];

/// The `.egg-info` of an unpacked source distribution: setuptools writes its files over those that stand there. In a tree
/// without PKG-INFO it is what an earlier build left, and no part of the project.
pub(super) struct Standing<'a> {
    tree: &'a Tree<'a>,
    directory: Option<&'a str>,
}

impl<'a> Standing<'a> {
    pub(super) fn new(tree: &'a Tree<'a>, directory: &'a str) -> Self {
        let unpacked = tree.is_file("PKG-INFO") && tree.is_directory(directory);
        Self { tree, directory: unpacked.then_some(directory) }
    }

    /// The files that setuptools hands on as they are (`pbr.json`, what plug-ins wrote), below the directory.
    pub(super) fn handed_on(&self) -> Vec<String> {
        let Some(directory) = self.directory else { return Vec::new() };
        let prefix = format!("{directory}/");
        let found = self.tree.find_all(directory);
        let below = found.iter().filter_map(|path| path.strip_prefix(&prefix));
        below.filter(|path| !OWN.contains(path)).map(str::to_owned).collect()
    }

    /// Whether a file that setuptools writes over one of the same name is executable, as that one is. PKG-INFO is a new file.
    pub(super) fn is_executable(&self, name: &str) -> bool {
        self.directory.is_some_and(|directory| {
            name != "PKG-INFO"
                && self.tree.system.metadata(&join(directory, name)).is_ok_and(|found| found.executable)
        })
    }

    /// Hides what setuptools removes before it writes.
    pub(super) fn hide(&self, directory: &str, written: &mut Overlay<'_>) {
        match self.directory {
            Some(directory) => OWN.iter().for_each(|name| written.hide(&join(directory, name))),
            None => written.hide(directory),
        }
    }
}

/// All of them but SOURCES.txt: name and content. `pkg_info` is the text of PKG-INFO.
pub(super) fn files(
    metadata: &Metadata,
    layout: &Layout,
    pkg_info: String,
) -> Result<Vec<(&'static str, String)>, Vec<Diagnostic>> {
    let mut out = vec![("PKG-INFO", pkg_info)];
    // Written even when there are none.
    let links = list(metadata, "dependency_links").join("\n");
    out.push(("dependency_links.txt", format!("{links}\n")));
    let mut errors = Vec::new();
    match dist_info::entry_points(metadata) {
        Ok(points) => out.extend(points.map(|points| ("entry_points.txt", points))),
        Err(more) => errors.extend(more),
    }
    for (field, file) in
        [("eager_resources", "eager_resources.txt"), ("namespace_packages", "namespace_packages.txt")]
    {
        out.extend(dist_info::lines(metadata, field).map(|text| (file, text)));
    }
    match requires(metadata) {
        Ok(text) if text.is_empty() => {}
        Ok(text) => out.push(("requires.txt", text)),
        Err(error) => errors.push(*error),
    }
    out.push(("top_level.txt", dist_info::top_level(metadata, layout)));
    match metadata.flag("zip_safe") {
        Ok(Some(true)) => out.push(("zip-safe", "\n".to_owned())),
        Ok(Some(false)) => out.push(("not-zip-safe", "\n".to_owned())),
        _ => {}
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

/// Requirements of one section, each once: two that differ only in how the name is written are the same.
#[derive(Default)]
struct Section {
    seen: BTreeSet<String>,
    written: BTreeSet<String>,
    lines: Vec<String>,
}

impl Section {
    fn add(&mut self, requirement: String, marker: Option<&str>) {
        let name = requirement
            .find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)))
            .unwrap_or(requirement.len());
        let key =
            format!("{}{};{}", normalize(&requirement[..name]), &requirement[name..], marker.unwrap_or(""));
        if self.seen.insert(key) && self.written.insert(requirement.clone()) {
            self.lines.push(requirement);
        }
    }
}

/// requires.txt: markers stand in the sections' names, never with a requirement (setuptools/command/_requirestxt.py).
fn requires(metadata: &Metadata) -> Result<String, Box<Diagnostic>> {
    let wrong = |field: &str, line: &str, error: RequirementError| {
        let message = format!("`{line}` in `{field}` is no requirement: {error}");
        Box::new(at(metadata, field, &codes::INVALID_REQUIREMENT, message))
    };
    let mut sections: BTreeMap<String, Section> = BTreeMap::new();
    for (extra, requirements) in list_map(metadata, "extras_require") {
        sections.entry(extra.clone()).or_default();
        for line in requirement_text::lines(requirements) {
            let (requirement, marker) = requirement_text::without_marker(&line)
                .map_err(|error| wrong("extras_require", &line, error))?;
            let name = marker.as_ref().map_or_else(|| extra.clone(), |marker| format!("{extra}:{marker}"));
            sections.entry(name).or_default().add(requirement, marker.as_deref());
        }
    }
    let mut out = String::new();
    for line in requirement_text::lines(list(metadata, "install_requires")) {
        let (requirement, marker) = requirement_text::without_marker(&line)
            .map_err(|error| wrong("install_requires", &line, error))?;
        match marker {
            None => out.push_str(&format!("{requirement}\n")),
            Some(marker) => sections.entry(format!(":{marker}")).or_default().add(requirement, Some(&marker)),
        }
    }
    for (name, section) in sections {
        out.push_str(&format!("\n[{name}]\n"));
        for requirement in section.lines {
            out.push_str(&requirement);
            out.push('\n');
        }
    }
    Ok(out)
}

fn borrowed(options: &[(String, String)]) -> Vec<(&str, &str)> {
    options.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// setup.cfg with the version's tags settled in `[egg_info]`, as Python's `RawConfigParser` writes it: without comments,
/// continuation lines indented by a tab. `text` is what the project has, empty when it has none.
pub(super) fn setup_cfg(text: &str, tag_build: &str) -> Result<String, IniError> {
    let config = ini::parse(text, &Dialect { lower_case: false, ..Dialect::python3() })?;
    let mut sections: Vec<(&str, Vec<(&str, &str)>)> = Vec::new();
    let options = |options: &'_ [ini::ConfigOption<std::ops::Range<usize>>]| -> Vec<(String, String)> {
        options.iter().map(|option| (option.name.clone(), option.value.clone().unwrap_or_default())).collect()
    };
    let defaults = options(&config.defaults);
    let own: Vec<(String, Vec<(String, String)>)> =
        config.sections.iter().map(|section| (section.name.clone(), options(&section.options))).collect();
    if !defaults.is_empty() {
        sections.push(("DEFAULT", borrowed(&defaults)));
    }
    sections.extend(own.iter().map(|(name, options)| (name.as_str(), borrowed(options))));
    if !sections.iter().any(|(name, _)| *name == "egg_info") {
        sections.push(("egg_info", Vec::new()));
    }
    for (_, options) in sections.iter_mut().filter(|(name, _)| *name == "egg_info") {
        for (name, value) in [("tag_build", tag_build), ("tag_date", "0")] {
            match options.iter_mut().find(|(other, _)| *other == name) {
                Some(option) => option.1 = value,
                None => options.push((name, value)),
            }
        }
    }
    let mut out = String::new();
    for (name, options) in sections {
        out.push_str(&format!("[{name}]\n"));
        for (name, value) in options {
            out.push_str(&format!("{name} = {}\n", value.replace('\n', "\n\t")));
        }
        out.push('\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Field, FieldValue};
    use crate::text::{Sources, Span};

    /// What CPython 3.11's RawConfigParser wrote.
    #[test]
    fn setup_cfg_is_rewritten_as_python_does() {
        let added = "[egg_info]\ntag_build = \ntag_date = 0\n\n";
        assert_eq!(setup_cfg("", "").unwrap(), added);
        let text = "# c\n[DEFAULT]\nd: 1\n[metadata]\nLicense-File = x\nlong =\n  a\n\n  b\n[egg_info]\ntag_date = 1\nother=%(x)s\n";
        assert_eq!(
            setup_cfg(text, "dev").unwrap(),
            "[DEFAULT]\nd = 1\n\n[metadata]\nLicense-File = x\nlong = \n\ta\n\t\n\tb\n\n\
             [egg_info]\ntag_date = 0\nother = %(x)s\ntag_build = dev\n\n"
        );
    }

    /// What setuptools 84.2.1 wrote.
    #[test]
    fn markers_are_sections_of_requires_txt() {
        let origin = Span::new(Sources::new().add("setup.py", "x"), 0, 1);
        let mut metadata = Metadata::default();
        let words = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
        let requires = words(&["b >=1", "a; python_version<'3'", "B>=1", "c ; sys_platform=='win32'"]);
        metadata.set(
            "install_requires",
            Field::Known { value: FieldValue::List(requires), origin, trail: vec![] },
        );
        let extras = vec![
            ("test".to_owned(), words(&["x", "y; python_version<'3'", "Y ; python_version < \"3\""])),
            (":python_version<'3'".to_owned(), words(&["z"])),
            ("Empty".to_owned(), vec![]),
        ];
        metadata.set(
            "extras_require",
            Field::Known { value: FieldValue::ListMap(extras), origin, trail: vec![] },
        );
        assert_eq!(
            super::requires(&metadata).unwrap(),
            "b>=1\nB>=1\n\n[:python_version < \"3\"]\na\n\n[:python_version<'3']\nz\n\n[:sys_platform == \"win32\"]\nc\n\n\
             [Empty]\n\n[test]\nx\n\n[test:python_version < \"3\"]\ny\n"
        );
    }
}

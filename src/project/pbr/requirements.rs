//! pbr's own reading of requirements files (pbr/packaging.py), which is not pip's.

use crate::project::Place;
use crate::project::glob::Tree;
use crate::text::Sources;
use crate::text::whitespace::{is_space, universal_newlines};

/// The first of these that exists is read.
const INSTALL: &[&str] = &["requirements.txt", "tools/pip-requires"];
const TESTS: &[&str] = &["test-requirements.txt", "tools/test-requires"];
/// Files that include files are rarely two levels deep.
const MAX_DEPTH: usize = 16;

/// Reads the files that pbr looks for.
pub(super) struct Requirements<'a, 'tree> {
    pub(super) tree: &'a Tree<'tree>,
    pub(super) sources: &'a mut Sources,
    /// The files that were read.
    pub(super) trail: Vec<Place>,
}

/// What the tests need.
#[derive(Default)]
pub(super) struct Tests {
    pub(super) with_markers: Vec<String>,
    /// Without markers.
    pub(super) bare: Vec<String>,
}

impl Requirements<'_, '_> {
    pub(super) fn install(&mut self) -> Result<Vec<String>, String> {
        self.parsed(INSTALL, 0)
    }

    pub(super) fn tests(&mut self) -> Result<Tests, String> {
        let with_markers = self.parsed(TESTS, 0)?;
        let bare =
            with_markers.iter().map(|line| line.split(';').next().unwrap_or_default().to_owned()).collect();
        Ok(Tests { with_markers, bare })
    }

    /// Addresses among the requirements.
    pub(super) fn links(&mut self) -> Vec<String> {
        let lines = self.lines(INSTALL).unwrap_or_default();
        let mut links = Vec::new();
        for line in lines {
            let text = line.trim_start_matches(is_space);
            let flagged = ["-e", "-f"]
                .iter()
                .find_map(|flag| text.strip_prefix(flag))
                .filter(|rest| rest.starts_with(is_space));
            match flagged {
                Some(rest) => links.push(rest.trim_start_matches(is_space).to_owned()),
                None if is_address(text) => links.push(line),
                None => {}
            }
        }
        links
    }

    /// The lines of the first file that exists.
    fn lines(&mut self, paths: &[&str]) -> Result<Vec<String>, String> {
        let Some(path) = paths.iter().find(|path| self.tree.exists(path)) else { return Ok(Vec::new()) };
        let content = self.tree.system.read(path).map_err(|error| format!("`{path}`: {error}"))?;
        let text = String::from_utf8(content).map_err(|_| format!("`{path}` is not UTF-8"))?;
        let file = self.sources.add(path, &text);
        let place = Place { span: self.sources.head(file), text: format!("read from `{path}`") };
        if !self.trail.contains(&place) {
            self.trail.push(place);
        }
        Ok(universal_newlines(text).split('\n').map(str::to_owned).collect())
    }

    fn parsed(&mut self, paths: &[&str], depth: usize) -> Result<Vec<String>, String> {
        if depth > MAX_DEPTH {
            return Err("requirements files include each other too deeply".to_owned());
        }
        let mut found = Vec::new();
        for line in self.lines(paths)? {
            let text = line.trim_start_matches(is_space);
            let index = ["-i", "--index-url", "--extra-index-url", "--find-links"];
            if text.is_empty() || line.starts_with('#') || index.iter().any(|option| text.starts_with(option))
            {
                continue;
            }
            if line.starts_with("-r") {
                let path = line.split_once(' ').map_or("", |(_, path)| path);
                found.extend(self.parsed(&[path], depth + 1)?);
                continue;
            }
            let mut line = line.as_str();
            if let Some(rest) = text.strip_prefix("-e").filter(|rest| rest.starts_with(is_space)) {
                line = rest.trim_start_matches(is_space);
            }
            let requirement = if has_scheme(line) {
                egg(line)?
            } else if text.strip_prefix("-f").is_some_and(|rest| rest.starts_with(is_space)) {
                continue;
            } else {
                line.to_owned()
            };
            found.push(requirement.split('#').next().unwrap_or_default().to_owned());
        }
        Ok(found)
    }
}

/// Whether `urlparse` finds a scheme.
fn has_scheme(line: &str) -> bool {
    line.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// `#egg=name` of an address: the requirement is that name.
fn egg(address: &str) -> Result<String, String> {
    let fragment = address.split_once('#').map_or("", |(_, fragment)| fragment);
    let Some(at) = fragment.find("egg=") else { return Ok(fragment.to_owned()) };
    let name = fragment[at + 4..].split('&').next().unwrap_or_default();
    // `egg=name-1.2.3` asks for a version, by rules of its own.
    if name.split('-').skip(1).any(|part| part.starts_with(|c: char| c.is_ascii_digit())) || name.is_empty() {
        return Err(format!("`{address}` names a version in a way that is not read"));
    }
    Ok(format!("{}{name}", &fragment[..at]))
}

/// `^\s*(https?|git(\+(https|ssh))?|svn|hg)\S*:`
fn is_address(text: &str) -> bool {
    ["http", "git", "svn", "hg"].iter().any(|start| {
        text.strip_prefix(start)
            .is_some_and(|rest| rest.split(is_space).next().is_some_and(|word| word.contains(':')))
    })
}

/// `name (>=1.0)` of PEP 345 as `name>=1.0`.
pub(super) fn version_in_brackets(requirement: &str) -> String {
    let Some(inner) = requirement.trim_end_matches(is_space).strip_suffix(')') else {
        return requirement.to_owned();
    };
    match inner.split_once('(') {
        Some((name, version)) => format!("{}{version}", name.trim_matches(is_space)),
        None => requirement.to_owned(),
    }
}

/// A requirement and its marker, which stands after `separator` and before a comment.
pub(super) fn split_marker(line: &str, separator: char) -> (String, String) {
    let Some((requirement, rest)) = line.split_once(separator) else {
        return (line.trim_matches(is_space).to_owned(), String::new());
    };
    let marker = match rest.find('#') {
        Some(at) => rest[..at].trim_end_matches(is_space),
        None => rest,
    };
    // pbr trims the marker of an installation's requirement, not that of an extra's.
    let marker = if separator == ';' { marker.trim_matches(is_space) } else { marker };
    (requirement.trim_matches(is_space).to_owned(), marker.to_owned())
}

//! What the words on the command line name: a project's directory, a wheel's file, a requirement.

use super::reference::{Location, Reference, location};
use crate::diagnostic::Diagnostic;
use crate::packaging::Requirement;
use crate::syntax::requirements_txt::{self, EntryKind};
use crate::system::os;
use crate::text::{Sources, Span};
use std::path::{Path, PathBuf};

/// One word.
#[derive(Clone, Debug)]
pub(super) enum Input {
    /// A directory with a setup.py, setup.cfg or pyproject.toml.
    Project {
        path: PathBuf,
        extras: Vec<String>,
    },
    /// A wheel, an archive, or an address.
    Reference(Box<Reference>),
    Requirement {
        requirement: Box<Requirement>,
        span: Span,
    },
}

/// Tells what a word names. A bare name is a directory only when a project stands in it, so that `spx demo` beside
/// `demo/setup.py` never asks an index for a stranger's `demo`.
pub(super) fn read(word: &str, sources: &mut Sources) -> Result<Input, Diagnostic> {
    let bare = word.split_once('[').map_or(word, |(path, _)| path);
    // `C:\project` and `\\server\project` are paths where the separator says so.
    let is_directory = is_project(Path::new(bare))
        || os::is_directory(Path::new(bare)) && bare.contains(std::path::is_separator);
    if is_directory {
        let extras = word[bare.len()..]
            .trim_matches(['[', ']'])
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        return Ok(Input::Project { path: PathBuf::from(bare), extras: extras.map(str::to_owned).collect() });
    }
    let entry = requirements_txt::parse_line(word, sources).map_err(|diagnostic| *diagnostic)?;
    match entry.kind {
        EntryKind::Requirement(requirement) => Ok(Input::Requirement { requirement, span: entry.span }),
        EntryKind::Path { path, extras, marker }
            if os::is_file(Path::new(&path)) || path.ends_with(".whl") =>
        {
            let location = Location::Path(PathBuf::from(path));
            Ok(Input::Reference(Box::new(Reference::unnamed(
                location,
                extras,
                marker,
                entry.span,
                WHO.to_owned(),
            ))))
        }
        EntryKind::Path { path, extras, .. } => Ok(Input::Project { path: PathBuf::from(path), extras }),
        EntryKind::Url { url, marker } => {
            let location = location(&url, Some(entry.span), Some(Path::new(".")))?;
            Ok(Input::Reference(Box::new(Reference::unnamed(
                location,
                Vec::new(),
                marker,
                entry.span,
                WHO.to_owned(),
            ))))
        }
    }
}

/// Who says what is typed.
pub(super) const WHO: &str = "the command line";

/// Whether a project stands in a directory.
pub fn is_project(path: &Path) -> bool {
    ["setup.py", "setup.cfg", "pyproject.toml"].into_iter().any(|name| os::is_file(&path.join(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_wheels_and_requirements() {
        let mut sources = Sources::new();
        let mut kind = |word: &str| match read(word, &mut sources) {
            Ok(Input::Project { path, extras }) => format!("project {} {extras:?}", path.display()),
            Ok(Input::Reference(reference)) => format!("reference {}", reference.shown()),
            Ok(Input::Requirement { requirement, .. }) => format!("requirement {requirement}"),
            Err(diagnostic) => diagnostic.message,
        };
        assert_eq!(kind("./testdata/demo"), "project ./testdata/demo []");
        assert_eq!(kind("testdata/demo[a_b, c]"), "project testdata/demo [\"a_b\", \"c\"]");
        assert_eq!(kind("testdata"), "requirement testdata");
        assert_eq!(kind("a/b-1-py3-none-any.whl"), "reference a/b-1-py3-none-any.whl");
        assert_eq!(kind("httpie[x]>=3"), "requirement httpie[x]>=3");
        assert_eq!(kind("httpie=3"), "not a requirement");
        assert_eq!(
            kind("https://u:p@example.org/x-1.zip#sha256=00"),
            "reference https://example.org/x-1.zip"
        );
        assert_eq!(
            kind("git+https://example.org/x.git"),
            "a requirement in version control, which spx does not read: it runs no `git`"
        );
    }
}

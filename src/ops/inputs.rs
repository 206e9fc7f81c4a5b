//! What the words on the command line name: a project's directory, a wheel's file, a requirement.

use crate::diagnostic::{Diagnostic, codes};
use crate::packaging::Requirement;
use crate::syntax::requirements_txt::{self, EntryKind};
use crate::system::os;
use crate::text::{Sources, Span};
use std::path::{Path, PathBuf};

/// One word.
#[derive(Clone, Debug)]
pub enum Input {
    /// A directory with a setup.py, setup.cfg or pyproject.toml.
    Project {
        path: PathBuf,
        extras: Vec<String>,
    },
    /// A wheel's file.
    Wheel {
        path: PathBuf,
        extras: Vec<String>,
        span: Span,
    },
    Requirement {
        requirement: Box<Requirement>,
        span: Span,
    },
}

/// Tells what a word names. A bare name is a directory only when a project stands in it, so that `spx demo` beside
/// `demo/setup.py` never asks an index for a stranger's `demo`.
pub fn read(word: &str, sources: &mut Sources) -> Result<Input, Diagnostic> {
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
        EntryKind::Path { path, extras, .. } if path.ends_with(".whl") => {
            Ok(Input::Wheel { path: PathBuf::from(path), extras, span: entry.span })
        }
        EntryKind::Path { path, extras, .. } => Ok(Input::Project { path: PathBuf::from(path), extras }),
        EntryKind::Url { .. } => Err(url(entry.span)),
    }
}

/// A requirement by its URL, which spx does not fetch yet.
pub fn url(span: Span) -> Diagnostic {
    Diagnostic::new(&codes::UNSUPPORTED_REQUIREMENT, span, "requirements by URL are not supported")
        .here("spx takes distributions from an index or a folder only")
        .help("download the wheel into a folder and name that with `--find-links`, or require it by name and version")
}

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
            Ok(Input::Wheel { path, .. }) => format!("wheel {}", path.display()),
            Ok(Input::Requirement { requirement, .. }) => format!("requirement {requirement}"),
            Err(diagnostic) => diagnostic.message,
        };
        assert_eq!(kind("./testdata/demo"), "project ./testdata/demo []");
        assert_eq!(kind("testdata/demo[a_b, c]"), "project testdata/demo [\"a_b\", \"c\"]");
        assert_eq!(kind("testdata"), "requirement testdata");
        assert_eq!(kind("a/b-1-py3-none-any.whl"), "wheel a/b-1-py3-none-any.whl");
        assert_eq!(kind("httpie[x]>=3"), "requirement httpie[x]>=3");
        assert_eq!(kind("httpie=3"), "not a requirement");
        assert_eq!(kind("git+https://example.org/x.git"), "requirements by URL are not supported");
    }
}

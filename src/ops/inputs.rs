//! What the words on the command line name: a project's directory, a wheel's file, a requirement.

use crate::diagnostic::{Diagnostic, codes};
use crate::packaging::Requirement;
use crate::system::os;
use crate::text::{Sources, Span};
use std::path::{Path, PathBuf};

/// Where requirements that were typed are shown to come from.
pub const COMMAND_LINE: &str = "command line";

/// One word.
#[derive(Clone, Debug)]
pub enum Input {
    /// A directory with a setup.py, setup.cfg or pyproject.toml.
    Project { path: PathBuf, extras: Vec<String> },
    /// A wheel's file.
    Wheel { path: PathBuf, extras: Vec<String> },
    Requirement { requirement: Box<Requirement>, span: Span },
}

/// Tells what a word names. A path has a separator, starts with a dot or ends in `.whl`; a bare name is a directory only when a project
/// stands in it, so that `spx demo` beside `demo/setup.py` never asks an index for a stranger's `demo`.
pub fn read(word: &str, sources: &mut Sources) -> Result<Input, Diagnostic> {
    let (path, extras) = split_extras(word);
    let is_path = path.contains(['/', std::path::MAIN_SEPARATOR]) && !path.contains("://") && !path.contains('@')
        || path.starts_with('.');
    if path.ends_with(".whl") && !path.contains("://") && !path.contains('@') {
        return Ok(Input::Wheel { path: PathBuf::from(path), extras });
    }
    if is_path || is_project(Path::new(path)) {
        return Ok(Input::Project { path: PathBuf::from(path), extras });
    }
    let file = sources.add(COMMAND_LINE, word);
    let span = |range: std::ops::Range<usize>| Span::new(file, range.start as u32, range.end as u32);
    match word.parse::<Requirement>() {
        Ok(requirement) => Ok(Input::Requirement { requirement: Box::new(requirement), span: span(0..word.len()) }),
        Err(error) => Err(Diagnostic::new(
            &codes::INVALID_REQUIREMENT,
            span(error.range.clone()),
            format!("`{word}` is neither a directory nor a requirement"),
        )
        .here(error.message)
        .help("a project is named by its path, as in `spx ./project`; a requirement looks like `httpie>=3`")),
    }
}

fn is_project(path: &Path) -> bool {
    ["setup.py", "setup.cfg", "pyproject.toml"].into_iter().any(|name| os::is_file(&path.join(name)))
}

/// `.[a, b]` is `.` and its extras.
fn split_extras(word: &str) -> (&str, Vec<String>) {
    match word.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
        Some((path, extras)) => {
            let names = extras.split(',').map(str::trim).filter(|name| !name.is_empty());
            (path, names.map(crate::packaging::name::normalize).collect())
        }
        None => (word, Vec::new()),
    }
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
            Err(diagnostic) => format!("{}", diagnostic.message),
        };
        assert_eq!(kind("."), "project . []");
        assert_eq!(kind(".[A_b, c]"), "project . [\"a-b\", \"c\"]");
        assert_eq!(kind("../x"), "project ../x []");
        assert_eq!(kind("testdata/demo"), "project testdata/demo []");
        assert_eq!(kind("a/b-1-py3-none-any.whl"), "wheel a/b-1-py3-none-any.whl");
        assert_eq!(kind("httpie[x]>=3"), "requirement httpie[x]>=3");
        assert_eq!(kind("httpie=3"), "`httpie=3` is neither a directory nor a requirement");
    }
}

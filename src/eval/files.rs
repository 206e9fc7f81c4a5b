//! The project's files as the script sees them: an artificial root, a working directory, and what the script "wrote".

use super::Evaluator;
use super::exceptions::{FILE_NOT_FOUND_ERROR, IS_A_DIRECTORY_ERROR, NOT_A_DIRECTORY_ERROR, OS_ERROR};
use super::raised::Raised;
use super::value::{Origin, Value};
use crate::packaging::Platform;
use crate::system::{Kind, ReadError, normalise};
use crate::text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Stands in every component of the path above the project, which no real path contains: text that has it depends on the
/// machine that builds.
const MARK: char = '\u{1a}';

/// What stands at a path by what the script does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stands {
    There(Kind),
    Nowhere,
    /// It has no part in that.
    AsBefore,
}

/// Where the project lies, as the script sees it.
pub const PROJECT_ROOT: &str = "/\u{1a}above/\u{1a}project";
const WINDOWS_ROOT: &str = "C:\\\u{1a}above\\\u{1a}project";

/// Whether a text depends on where the project, or anything else, lies on the machine that builds.
pub fn names_this_machine(text: &str) -> bool {
    text.contains(MARK)
}

/// A text for people: paths below the project's root are relative, whether written plainly or by `repr`.
pub fn without_root(text: &str) -> String {
    let mut out = text.to_owned();
    for (root, separator) in [(PROJECT_ROOT, "/"), (WINDOWS_ROOT, "\\")] {
        for below in [root.to_owned(), format!("{root}{separator}")].iter().rev() {
            let by_repr = below.replace('\\', "\\\\").replace(MARK, "\\x1a");
            let short = if below == root { "." } else { "" };
            out = out.replace(&by_repr, short).replace(below, short);
        }
    }
    out
}

/// The path below the project's root that an absolute path of a script means, with `/`.
pub fn project_path(text: &str) -> Option<String> {
    let slashed = text.replace('\\', "/");
    let slashed = slashed.strip_prefix("C:").unwrap_or(&slashed);
    let rest = slashed.strip_prefix(PROJECT_ROOT)?;
    if rest.is_empty() || rest.starts_with('/') { normalise(rest.trim_start_matches('/')) } else { None }
}

impl Evaluator<'_> {
    /// The project's root as an absolute path of the target's platform.
    pub fn project_root(&self) -> &'static str {
        if self.environment.target.platform == Platform::Windows { WINDOWS_ROOT } else { PROJECT_ROOT }
    }

    /// The working directory, absolute.
    pub fn working_directory(&self) -> Arc<str> {
        self.state.directory.clone()
    }

    /// `os.chdir`.
    pub fn change_directory(&mut self, path: &str) -> Result<(), Raised> {
        match self.locate(path) {
            None => {
                // Wherever that leads, nothing can be read there.
                self.state.directory = super::join::UNKNOWN_DIRECTORY.into();
                Ok(())
            }
            Some(inside) if self.is_directory_at(&inside) => {
                let mut directory = self.project_root().to_owned();
                let separator = if directory.starts_with('/') { "/" } else { "\\" };
                for part in inside.split('/').filter(|part| !part.is_empty()) {
                    directory += separator;
                    directory += part;
                }
                self.state.directory = directory.into();
                Ok(())
            }
            Some(_) => Err(self.no_such_file(path)),
        }
    }

    /// The path below the project's root that a path of the script means; `None` when it leads elsewhere.
    pub fn locate(&self, path: &str) -> Option<String> {
        let windows = self.environment.target.platform == Platform::Windows;
        let slashed = if windows { path.replace('\\', "/") } else { path.to_owned() };
        let absolute = slashed.starts_with('/') || (windows && slashed.get(1..2) == Some(":"));
        if absolute {
            return project_path(&slashed);
        }
        let directory = self.state.directory.replace('\\', "/");
        project_path(&format!("{directory}/{slashed}"))
    }

    /// The bytes of a file of the project. What is not there raises as `open` does; what lies outside is unknown.
    pub fn read_file(&mut self, path: &str) -> Result<Arc<[u8]>, Raised> {
        let Some(inside) = self.locate(path) else {
            return Err(self.unknown("a file outside the project, which spx does not read"));
        };
        match self.state.written.get(&inside) {
            Some(Some(value)) => {
                let value = value.clone();
                return match &value.data {
                    super::Data::Text(text) => Ok(text.as_bytes().into()),
                    _ => self.bytes_of(&value),
                };
            }
            Some(None) => return Err(self.read_error(&ReadError::NotFound, path, true)),
            None => {}
        }
        self.look_at_built(&inside);
        let inside = self.copied_from(inside);
        self.budget.file()?;
        let system = self.system;
        let read = self.session.content(&inside, || system.read(&inside));
        match read {
            Ok(bytes) => {
                self.budget.bytes(bytes.len() / 4)?;
                self.files_read.insert(inside);
                Ok(bytes)
            }
            Err(error) => Err(self.read_error(&error, path, true)),
        }
    }

    /// Why a path cannot be read, as `open` (`opening`) or a function of `os` raises it.
    fn read_error(&mut self, error: &ReadError, path: &str, opening: bool) -> Raised {
        let name = self.native_text(path);
        let (class, number, text) = match error {
            ReadError::NotFound => (&FILE_NOT_FOUND_ERROR, 2, "No such file or directory"),
            ReadError::IsDirectory => (&IS_A_DIRECTORY_ERROR, 21, "Is a directory"),
            ReadError::NotADirectory => (&NOT_A_DIRECTORY_ERROR, 20, "Not a directory"),
            other => return self.unknown(format!("the file {other}")),
        };
        let text = self.native_text(text);
        let class = match opening {
            true => self.opening_error(class),
            false if self.is_python2() => &OS_ERROR,
            false => class,
        };
        self.error_with(class, vec![Value::int(number), text, name])
    }

    /// `FileNotFoundError` for a path.
    pub fn no_such_file(&mut self, path: &str) -> Raised {
        self.read_error(&ReadError::NotFound, path, false)
    }

    /// The origin of text that a file holds: its first line.
    pub fn file_origin(&mut self, path: &str, text: &str) -> Origin {
        let Some(inside) = self.locate(path) else { return Origin::NOWHERE };
        let file = self.sources.add(&inside, text);
        let head = self.sources.head(file);
        let value = self.through(Value::NONE, head);
        let here = self.here;
        self.through(value, here).origin
    }

    /// What stands at a path: `None` when nothing does, or when it lies outside the project.
    pub fn kind_of(&mut self, path: &str) -> Option<Kind> {
        let inside = self.locate(path)?;
        if self.written_kind(&inside) == Stands::AsBefore {
            self.look_at_built(&inside);
        }
        self.kind_at(&inside)
    }

    /// What the script makes of a path.
    fn written_kind(&self, inside: &str) -> Stands {
        if let Some(content) = self.state.written.get(inside) {
            return if content.is_some() { Stands::There(Kind::File) } else { Stands::Nowhere };
        }
        let prefix = format!("{inside}/");
        let below =
            self.state.written.iter().any(|(path, content)| content.is_some() && path.starts_with(&prefix));
        if below { Stands::There(Kind::Directory) } else { Stands::AsBefore }
    }

    fn kind_at(&mut self, inside: &str) -> Option<Kind> {
        match self.written_kind(inside) {
            Stands::There(kind) => return Some(kind),
            Stands::Nowhere => return None,
            Stands::AsBefore => {}
        }
        match self.built_kind(inside) {
            Stands::There(kind) => return Some(kind),
            Stands::Nowhere => return None,
            Stands::AsBefore => {}
        }
        let system = self.system;
        self.session.kind(inside, || system.metadata(inside).ok().map(|metadata| metadata.kind))
    }

    fn is_directory_at(&mut self, inside: &str) -> bool {
        self.kind_at(inside) == Some(Kind::Directory)
    }

    /// Whether a path of the script leads out of the project, so that what stands there is unknown.
    pub fn is_outside(&self, path: &str) -> bool {
        self.locate(path).is_none()
    }

    pub fn is_file(&mut self, path: &str) -> Result<bool, Raised> {
        self.check_inside(path)?;
        Ok(self.kind_of(path) == Some(Kind::File))
    }

    pub fn is_directory(&mut self, path: &str) -> Result<bool, Raised> {
        self.check_inside(path)?;
        Ok(self.kind_of(path) == Some(Kind::Directory))
    }

    /// `os.path.exists`.
    pub fn exists(&mut self, path: &str) -> Result<bool, Raised> {
        self.check_inside(path)?;
        Ok(self.kind_of(path).is_some())
    }

    fn check_inside(&mut self, path: &str) -> Result<(), Raised> {
        self.charge_steps(4)?;
        if !path.is_empty() && self.is_outside(path) {
            return Err(self.unknown("what stands outside the project depends on the machine that builds"));
        }
        Ok(())
    }

    /// Whether the last component is a symbolic link.
    pub fn is_link(&mut self, path: &str) -> Result<bool, Raised> {
        self.check_inside(path)?;
        Ok(self.locate(path).is_some_and(|inside| self.system.is_link(&inside)))
    }

    /// The names in a directory with their kinds, sorted (Python's own order is arbitrary).
    pub fn list_directory(&mut self, path: &str) -> Result<Vec<(String, Kind)>, Raised> {
        self.check_inside(path)?;
        let inside = self.locate(path).unwrap_or_default();
        self.list_built(&inside);
        self.budget.directory()?;
        let mut names: BTreeMap<String, Kind> = BTreeMap::new();
        let system = self.system;
        match self.session.listing(&inside, || system.list(&inside)) {
            Ok(listed) => names.extend(listed.iter().cloned()),
            Err(error) if !self.is_directory_at(&inside) => return Err(self.read_error(&error, path, false)),
            Err(_) => {}
        }
        let prefix = if inside.is_empty() { String::new() } else { format!("{inside}/") };
        for (written, content) in self.state.written.iter() {
            let Some(rest) = written.strip_prefix(&prefix) else { continue };
            match (rest.split_once('/'), content) {
                (Some((directory, _)), Some(_)) => drop(names.insert(directory.to_owned(), Kind::Directory)),
                // What a rehearsal marks is no file.
                (None, _) if rest.starts_with('\u{1a}') => {}
                (None, Some(_)) => drop(names.insert(rest.to_owned(), Kind::File)),
                (None, None) => drop(names.remove(rest)),
                (Some(_), None) => {}
            }
        }
        self.charge_steps(names.len())?;
        Ok(names.into_iter().collect())
    }

    /// Records that the script writes a file: later reads of this run see it, nothing else does.
    pub fn write_file(&mut self, path: &str, content: Value) {
        if let Some(inside) = self.locate(path) {
            Arc::make_mut(&mut self.state.written).insert(inside, Some(content));
        }
    }

    /// Records that the script removes a file.
    pub fn remove_file(&mut self, path: &str) {
        if let Some(inside) = self.locate(path) {
            Arc::make_mut(&mut self.state.written).insert(inside, None);
        }
    }

    /// Where a text stands in the files that were read: whole, or as a part of one.
    pub(super) fn place_of_text(&self, text: &str) -> Option<Span> {
        if text.is_empty() {
            return None;
        }
        let files = self.files_read.iter().filter_map(|path| self.sources.find(path));
        let found = files.filter_map(|file| Some((file, self.sources.text(file).find(text)?)));
        // The file that it is most of is the one that it was read from.
        let (file, at) = found.min_by_key(|(file, _)| self.sources.text(*file).len())?;
        Some(Span::new(file, at as u32, (at + text.len()) as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_see_relative_paths() {
        assert_eq!(without_root("no '/\\x1aabove/\\x1aproject/a/b'"), "no 'a/b'");
        assert_eq!(without_root("no 'C:\\\\\\x1aabove\\\\\\x1aproject\\\\a'"), "no 'a'");
        assert_eq!(without_root(&format!("in {PROJECT_ROOT} or {WINDOWS_ROOT}\\a")), "in . or a");
    }
}

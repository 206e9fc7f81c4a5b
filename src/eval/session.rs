//! What outlives one evaluation: parsed files and code, shared between the runs for many targets.

use super::budget::Patience;
use super::code::{Code, FileFacts};
use super::object::Object;
use crate::diagnostic::Diagnostic;
use crate::syntax::python::{Dialect, PythonFile};
use crate::system::{Kind, ReadError};
use crate::text::{FileId, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// Paths whose kinds are remembered, and names in directories: far more than a real setup.py looks at.
const REMEMBERED: usize = 20_000;

/// What a directory holds, or why that cannot be said.
type Listing = Result<Arc<[(String, Kind)]>, ReadError>;

/// Caches for the evaluation of one project. Everything in it comes from files whose content does not change while it
/// lives, and names places in one [`crate::text::Sources`].
#[derive(Default)]
pub struct Session {
    contents: HashMap<String, Result<Arc<[u8]>, ReadError>>,
    listings: HashMap<String, Listing>,
    /// Names in `listings`.
    listed: usize,
    kinds: HashMap<String, Option<Kind>>,
    /// The objects of the modelled modules as every run begins with them, on Python 3 and on Python 2.
    pub(super) native_modules: [Vec<Option<Arc<Object>>>; 2],
    files: HashMap<(FileId, bool), Result<Arc<PythonFile>, Arc<Diagnostic>>>,
    codes: HashMap<(Span, bool), Arc<Code>>,
    pub(super) patience: Patience,
}

impl Session {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn with_patience(patience: Patience) -> Self {
        Self { patience, ..Self::default() }
    }

    /// A file's bytes, read once.
    pub(super) fn content(
        &mut self,
        path: &str,
        read: impl FnOnce() -> Result<Vec<u8>, ReadError>,
    ) -> Result<Arc<[u8]>, ReadError> {
        if let Some(found) = self.contents.get(path) {
            return found.clone();
        }
        let found = read().map(Arc::from);
        self.contents.insert(path.to_owned(), found.clone());
        found
    }

    /// What is in a directory, listed once.
    pub(super) fn listing(
        &mut self,
        path: &str,
        list: impl FnOnce() -> Result<Vec<(String, Kind)>, ReadError>,
    ) -> Listing {
        if let Some(found) = self.listings.get(path) {
            return found.clone();
        }
        let found: Listing = list().map(Arc::from);
        let names = 1 + found.as_ref().map_or(0, |names| names.len());
        if self.listed + names <= REMEMBERED {
            self.listed += names;
            self.listings.insert(path.to_owned(), found.clone());
        }
        found
    }

    /// What stands at a path, looked at once; `None` when that is nothing.
    pub(super) fn kind(&mut self, path: &str, look: impl FnOnce() -> Option<Kind>) -> Option<Kind> {
        if let Some(found) = self.kinds.get(path) {
            return *found;
        }
        let found = look();
        if self.kinds.len() < REMEMBERED {
            self.kinds.insert(path.to_owned(), found);
        }
        found
    }

    /// A file's tree, parsed once for each dialect.
    pub(super) fn file(
        &mut self,
        file: FileId,
        dialect: Dialect,
        parse: impl FnOnce() -> Result<PythonFile, Diagnostic>,
    ) -> Result<Arc<PythonFile>, Arc<Diagnostic>> {
        let key = (file, dialect == Dialect::Python2);
        self.files.entry(key).or_insert_with(|| parse().map(Arc::new).map_err(Arc::new)).clone()
    }

    /// A function's code, made once.
    pub(super) fn code(&mut self, place: Span, facts: FileFacts, make: impl FnOnce() -> Code) -> Arc<Code> {
        if facts.stands_for.is_some() {
            // Code of a computed string has no place of its own.
            return Arc::new(make());
        }
        self.codes.entry((place, facts.python2)).or_insert_with(|| Arc::new(make())).clone()
    }
}

//! A project's tree held in memory: for tests, for documented examples, and for trees read out of an archive.

use super::{Kind, Metadata, ReadError, System, normalise};
use std::collections::BTreeMap;

/// Files by normalised path; directories are implied.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, (Vec<u8>, bool)>,
}

impl Memory {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn with(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.insert(path, content.into(), false);
        self
    }

    /// Puts a file there; a path that leads outside is ignored.
    pub fn insert(&mut self, path: &str, content: Vec<u8>, executable: bool) {
        if let Some(path) = normalise(path) {
            self.files.insert(path, (content, executable));
        }
    }

    fn below<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a str> {
        let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
        let from = prefix.clone();
        self.files
            .range::<str, _>((std::ops::Bound::Included(from.as_str()), std::ops::Bound::Unbounded))
            .map(|(name, _)| name.as_str())
            .take_while({
                let prefix = prefix.clone();
                move |name| name.starts_with(&prefix)
            })
            .map(move |name| &name[prefix.len()..])
            .collect::<Vec<_>>()
            .into_iter()
    }
}

impl System for Memory {
    fn read_up_to(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let path = normalise(path).ok_or(ReadError::Outside)?;
        match self.files.get(&path) {
            Some((content, _)) if content.len() as u64 > limit => {
                Err(ReadError::TooLarge { len: content.len() as u64, limit })
            }
            Some((content, _)) => Ok(content.clone()),
            None if self.is_directory(&path) => Err(ReadError::IsDirectory),
            None => Err(ReadError::NotFound),
        }
    }

    fn list(&self, path: &str) -> Result<Vec<(String, Kind)>, ReadError> {
        let path = normalise(path).ok_or(ReadError::Outside)?;
        if self.files.contains_key(&path) {
            return Err(ReadError::NotADirectory);
        }
        let mut names = BTreeMap::new();
        for rest in self.below(&path) {
            match rest.split_once('/') {
                Some((directory, _)) => names.insert(directory.to_owned(), Kind::Directory),
                None => names.insert(rest.to_owned(), Kind::File),
            };
        }
        if names.is_empty() && !path.is_empty() {
            Err(ReadError::NotFound)
        } else {
            Ok(names.into_iter().collect())
        }
    }

    fn metadata(&self, path: &str) -> Result<Metadata, ReadError> {
        let path = normalise(path).ok_or(ReadError::Outside)?;
        if let Some((content, executable)) = self.files.get(&path) {
            return Ok(Metadata { kind: Kind::File, len: content.len() as u64, executable: *executable });
        }
        if path.is_empty() || self.below(&path).next().is_some() {
            return Ok(Metadata { kind: Kind::Directory, len: 0, executable: true });
        }
        Err(ReadError::NotFound)
    }

    fn is_link(&self, _path: &str) -> bool {
        false
    }
}

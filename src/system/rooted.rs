//! A project's tree on disk, read beneath its root only: links may point within it, never out.

use super::{Kind, Metadata, ReadError, System, normalise, os};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The most names in one directory: real ones have below ten thousand.
const MAX_ENTRIES: usize = 100_000;

/// The longest path, in bytes: what Linux takes.
const MAX_PATH: usize = 4096;

/// The tree below a directory, for one reading of it: a directory is looked at once.
#[derive(Clone, Debug)]
pub struct Rooted {
    /// Canonical, so that a canonical path inside starts with it.
    root: PathBuf,
    /// The real places of directories, by their paths inside.
    directories: Arc<Mutex<HashMap<String, PathBuf>>>,
}

impl Rooted {
    pub fn new(root: &Path) -> Result<Self, ReadError> {
        let root = os::canonical(root)?;
        let directories = Arc::new(Mutex::new(HashMap::from([(String::new(), root.clone())])));
        Ok(Self { root, directories })
    }

    /// The canonical root on this machine.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The real place of a path, every link followed, refused when that is outside; and what is there.
    fn resolve(&self, path: &str) -> Result<(PathBuf, Metadata), ReadError> {
        // A literal `..` is resolved by the text first, so that `link/../x` cannot mean another directory's sibling.
        let inside = normalise(path).ok_or(ReadError::Outside)?;
        if inside.len() > MAX_PATH {
            return Err(ReadError::Io("has too long a name".to_owned()));
        }
        let place = match inside.rsplit_once('/') {
            Some((parent, name)) => self.directory(parent)?.join(name),
            None => self.root.join(&inside),
        };
        if let Some(metadata) = os::metadata_unless_link(&place)? {
            return Ok((place, metadata));
        }
        let real = os::canonical(&place)?;
        if !real.starts_with(&self.root) {
            return Err(ReadError::Outside);
        }
        let metadata = os::metadata(&real)?;
        Ok((real, metadata))
    }

    /// The real place of a directory inside.
    fn directory(&self, inside: &str) -> Result<PathBuf, ReadError> {
        let known = || self.directories.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = known().get(inside) {
            return Ok(place.clone());
        }
        let (place, metadata) = self.resolve(inside)?;
        if metadata.kind == Kind::Directory {
            known().insert(inside.to_owned(), place.clone());
        }
        Ok(place)
    }
}

impl System for Rooted {
    fn read_up_to(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        os::read_regular(&self.resolve(path)?.0, limit)
    }

    fn list(&self, path: &str) -> Result<Vec<(String, Kind)>, ReadError> {
        let names = os::entries(&self.resolve(path)?.0, MAX_ENTRIES)?;
        let prefix = normalise(path).unwrap_or_default();
        // An entry that leads outside is listed as what may not be opened, never by what stands there.
        Ok(names
            .into_iter()
            .map(|(name, kind)| {
                let led_to = || self.metadata(format!("{prefix}/{name}").trim_start_matches('/'));
                let kind = kind.unwrap_or_else(|| led_to().map_or(Kind::Other, |m| m.kind));
                (name, kind)
            })
            .collect())
    }

    fn metadata(&self, path: &str) -> Result<Metadata, ReadError> {
        Ok(self.resolve(path)?.1)
    }

    fn is_link(&self, path: &str) -> bool {
        normalise(path).is_some_and(|inside| os::is_link(&self.root.join(inside)))
    }
}

//! A project's tree on disk, read beneath its root only: links may point within it, never out.

use super::{Kind, Metadata, ReadError, System, normalise, os};
use std::path::{Path, PathBuf};

/// The most names in one directory: real ones have below ten thousand.
const MAX_ENTRIES: usize = 100_000;

/// The tree below a directory.
#[derive(Clone, Debug)]
pub struct Rooted {
    /// Canonical, so that a canonical path inside starts with it.
    root: PathBuf,
}

impl Rooted {
    pub fn new(root: &Path) -> Result<Self, ReadError> {
        let root = os::canonical(root)?;
        Ok(Self { root })
    }

    /// The canonical root on this machine.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The real place of a path, every link followed, refused when that is outside.
    fn resolve(&self, path: &str) -> Result<PathBuf, ReadError> {
        // A literal `..` is resolved by the text first, so that `link/../x` cannot mean another directory's sibling.
        let inside = normalise(path).ok_or(ReadError::Outside)?;
        let real = os::canonical(&self.root.join(&inside))?;
        if real.starts_with(&self.root) { Ok(real) } else { Err(ReadError::Outside) }
    }
}

impl System for Rooted {
    fn read_up_to(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        os::read_regular(&self.resolve(path)?, limit)
    }

    fn list(&self, path: &str) -> Result<Vec<(String, Kind)>, ReadError> {
        let names = os::list(&self.resolve(path)?, MAX_ENTRIES)?;
        let prefix = normalise(path).unwrap_or_default();
        // An entry that leads outside is listed as what may not be opened, never by what stands there.
        Ok(names
            .into_iter()
            .map(|name| {
                let kind = self.metadata(format!("{prefix}/{name}").trim_start_matches('/'));
                (name, kind.map_or(Kind::Other, |m| m.kind))
            })
            .collect())
    }

    fn metadata(&self, path: &str) -> Result<Metadata, ReadError> {
        os::metadata(&self.resolve(path)?)
    }

    fn is_link(&self, path: &str) -> bool {
        normalise(path).is_some_and(|inside| os::is_link(&self.root.join(inside)))
    }
}

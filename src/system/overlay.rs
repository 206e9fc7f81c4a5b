//! A tree with files laid over it: what a build has written by the time that the tree is searched, without writing it.

use super::{Kind, Memory, Metadata, ReadError, System, normalise};
use std::collections::BTreeMap;

/// Files over a tree. They hide what the tree has in their place.
pub struct Overlay<'a> {
    below: &'a dyn System,
    files: Memory,
    /// Normalised; nothing of the tree in or below these is seen.
    hidden: Vec<String>,
    /// Files of `files` whose content is not known, and why.
    lost: BTreeMap<String, String>,
}

impl<'a> Overlay<'a> {
    pub fn new(below: &'a dyn System) -> Self {
        Self { below, files: Memory::new(), hidden: Vec::new(), lost: BTreeMap::new() }
    }

    /// Hides a file or directory of the tree.
    pub fn hide(&mut self, path: &str) {
        self.hidden.extend(normalise(path));
    }

    pub fn insert(&mut self, path: &str, content: Vec<u8>) {
        self.files.insert(path, content, false);
    }

    /// Puts a file there that cannot be read.
    pub fn lose(&mut self, path: &str, why: impl Into<String>) {
        if let Some(inside) = normalise(path) {
            self.insert(&inside, Vec::new());
            self.lost.insert(inside, why.into());
        }
    }

    fn is_hidden(&self, path: &str) -> bool {
        normalise(path).is_some_and(|path| {
            let within = |hidden: &String| {
                path.strip_prefix(hidden).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            self.hidden.iter().any(within)
        })
    }
}

impl System for Overlay<'_> {
    fn read_up_to(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        if let Some(why) = normalise(path).and_then(|inside| self.lost.get(&inside)) {
            return Err(ReadError::Unknown(why.clone()));
        }
        match self.files.read_up_to(path, limit) {
            Err(ReadError::NotFound | ReadError::IsDirectory) if !self.is_hidden(path) => {
                self.below.read_up_to(path, limit)
            }
            answer => answer,
        }
    }

    fn list(&self, path: &str) -> Result<Vec<(String, Kind)>, ReadError> {
        let own = self.files.list(path);
        if self.is_hidden(path) {
            return own;
        }
        let mut names = match self.below.list(path) {
            // A directory that only files of ours imply.
            Err(ReadError::NotFound) => return own,
            answer => answer?,
        };
        let inside = normalise(path).unwrap_or_default();
        names.retain(|(name, _)| !self.is_hidden(format!("{inside}/{name}").trim_start_matches('/')));
        for (name, kind) in own.unwrap_or_default() {
            match names.binary_search_by(|(other, _)| other.cmp(&name)) {
                Ok(at) => names[at].1 = kind,
                Err(at) => names.insert(at, (name, kind)),
            }
        }
        Ok(names)
    }

    fn metadata(&self, path: &str) -> Result<Metadata, ReadError> {
        match self.files.metadata(path) {
            Err(ReadError::NotFound) if !self.is_hidden(path) => self.below.metadata(path),
            // Writing a file anew leaves its mode.
            Ok(own) if own.kind == Kind::File => {
                let executable =
                    self.below.metadata(path).is_ok_and(|below| below.executable && below.kind == Kind::File);
                Ok(Metadata { executable, ..own })
            }
            answer => answer,
        }
    }

    fn is_link(&self, path: &str) -> bool {
        !self.is_hidden(path) && self.files.metadata(path).is_err() && self.below.is_link(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_laid_over_the_tree_and_hidden_ones_are_gone() {
        let tree =
            Memory::new().with("a", "1").with("x.egg-info/OLD", "").with("x.egg-info2", "").with("s/b", "2");
        let mut overlay = Overlay::new(&tree);
        overlay.hide("./x.egg-info");
        overlay.insert("x.egg-info/PKG-INFO", b"new".to_vec());
        overlay.insert("s/new", b"3".to_vec());
        overlay.lose("s/b", "nobody knows");
        let names = |path: &str| -> Vec<String> {
            overlay.list(path).unwrap().into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names(""), ["a", "s", "x.egg-info", "x.egg-info2"]);
        assert_eq!(names("x.egg-info"), ["PKG-INFO"]);
        assert_eq!(names("s"), ["b", "new"]);
        assert_eq!(overlay.read("x.egg-info/OLD"), Err(ReadError::NotFound));
        assert_eq!(overlay.read("x.egg-info/PKG-INFO").unwrap(), b"new");
        assert_eq!(overlay.read("s/b"), Err(ReadError::Unknown("nobody knows".to_owned())));
        assert_eq!(overlay.read("s"), Err(ReadError::IsDirectory));
        assert!(
            overlay.is_directory("x.egg-info") && overlay.is_file("a") && !overlay.is_file("x.egg-info/OLD")
        );
        assert_eq!(overlay.list("gone"), Err(ReadError::NotFound));
    }
}

//! The world behind a trait: a project's tree as its readers see it, and (in [`os`]) the machine.
//!
//! Readers, the interpreter and the builders see a project only through [`System`], whose paths are relative to the
//! project's root, use `/`, and never lead out of it.

use std::fmt;

pub mod memory;
pub mod os;
pub mod overlay;
pub mod rooted;
pub mod stack;

pub use memory::Memory;
pub use overlay::Overlay;
pub use rooted::Rooted;

/// The most bytes that one project file may have: real setup files and READMEs are below 1 MiB, package data above this
/// is copied by the builder through [`System::read_up_to`].
pub const MAX_FILE: u64 = 8 * 1024 * 1024;

/// What stands at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    File,
    Directory,
    /// Device, pipe, socket: never opened.
    Other,
}

/// Kind, size in bytes and whether anyone may execute it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Metadata {
    pub kind: Kind,
    pub len: u64,
    pub executable: bool,
}

/// Why a path could not be read; the text never quotes a file's content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReadError {
    NotFound,
    /// The path leads out of the project, by `..`, by being absolute, or through a symbolic link.
    Outside,
    IsDirectory,
    NotADirectory,
    /// A device, pipe or socket.
    NotRegular,
    TooLarge {
        len: u64,
        limit: u64,
    },
    /// The file will be there with content that cannot be told; why.
    Unknown(String),
    /// More entries than a directory listing may have.
    TooMany,
    Io(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("no such file"),
            Self::Outside => f.write_str("leads out of the project, where spx does not read"),
            Self::IsDirectory => f.write_str("is a directory"),
            Self::NotADirectory => f.write_str("is not a directory"),
            Self::NotRegular => f.write_str("is a device, pipe or socket"),
            Self::TooLarge { len, limit } => write!(f, "has {len} bytes, more than the limit of {limit}"),
            Self::Unknown(why) => f.write_str(why),
            Self::TooMany => f.write_str("has more entries than spx lists"),
            Self::Io(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for ReadError {}

/// A project's tree. Paths are relative to its root, with `/`; `""` and `"."` are the root itself.
///
/// `Sync`, because the interpreter reads from a thread with a stack of its own.
pub trait System: Sync {
    /// The whole content of a regular file of at most `limit` bytes.
    fn read_up_to(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError>;

    /// The names in a directory with their kinds (links followed while they stay inside), sorted by name.
    fn list(&self, path: &str) -> Result<Vec<(String, Kind)>, ReadError>;

    fn metadata(&self, path: &str) -> Result<Metadata, ReadError>;

    /// Whether the last component is a symbolic link, wherever that leads.
    fn is_link(&self, path: &str) -> bool;

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.read_up_to(path, MAX_FILE)
    }

    fn is_file(&self, path: &str) -> bool {
        self.metadata(path).is_ok_and(|m| m.kind == Kind::File)
    }

    fn is_directory(&self, path: &str) -> bool {
        self.metadata(path).is_ok_and(|m| m.kind == Kind::Directory)
    }
}

/// Resolves `.`, `..` and doubled slashes by the text alone; `None` when the path is absolute or climbs out of the root.
pub fn normalise(path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains('\0') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn paths_stay_inside_or_are_refused() {
        assert_eq!(normalise("a/./b//c/../d").as_deref(), Some("a/b/d"));
        assert_eq!(normalise(".").as_deref(), Some(""));
        assert_eq!(normalise("a/../.."), None);
        assert_eq!(normalise("/etc/passwd"), None);
    }
}

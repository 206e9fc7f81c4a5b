//! Archives: reading wheels and sdists with suspicion, writing them deterministically.

mod names;
pub mod rejection;
pub mod sdist;
pub mod tar_gz;
pub mod tar_reader;
pub mod wheel;
pub mod wheel_metadata;
pub mod zip;
pub mod zip_reader;

pub use rejection::{Limits, Note, Rejection};
pub use sdist::{CheckedSdist, SdistFile, open_sdist};
pub use wheel::{CheckedWheel, open_wheel};

/// One file of an archive that is being written.
#[derive(Clone, Debug)]
pub struct ArchiveEntry {
    /// Relative, with `/`, no `..`.
    pub path: String,
    pub content: Vec<u8>,
    /// Permission bits, such as `0o644`.
    pub mode: u32,
    /// Deflated when true, else stored byte for byte.
    pub compress: bool,
}

impl ArchiveEntry {
    /// A deflated file that nobody executes.
    pub fn new(path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), content: content.into(), mode: 0o644, compress: true }
    }

    #[must_use]
    pub fn stored(mut self) -> Self {
        self.compress = false;
        self
    }

    #[must_use]
    pub fn mode(mut self, mode: u32) -> Self {
        self.mode = mode;
        self
    }
}

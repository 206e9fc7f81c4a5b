//! What the resolver asks the world for: the files of a project, and the metadata of a file.

use crate::packaging::{CoreMetadata, Name, Version, WheelTags};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file that a project offers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DistributionFile {
    pub filename: String,
    /// Where it is fetched: a URL or a path. The resolver only hands it back.
    pub location: String,
    pub version: Version,
    pub kind: DistributionKind,
    /// Requires-Python as the index says it.
    pub requires_python: Option<String>,
    /// The reason, empty when none is given (PEP 592).
    pub yanked: Option<String>,
    /// Algorithm to lower-case hexadecimal digits.
    pub hashes: BTreeMap<String, String>,
    /// Seconds since 1970 (UTC).
    pub uploaded: Option<u64>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DistributionKind {
    /// A wheel; among equal tags the greater build tag wins (PEP 427).
    Wheel { tags: WheelTags, build: Option<(u64, String)> },
    /// A source distribution: only good when [`super::Options::source_distributions`] says that somebody reads them.
    Sdist,
}

/// Why an answer is missing.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unavailable {
    /// It will be missing every time: no such project, metadata that nobody can read. The resolver goes on without it.
    /// One phrase that follows a name: "has no readable metadata: …".
    #[error("{0}")]
    Missing(String),
    /// The world failed: no network, a server's error, refused credentials. The resolver stops, because an answer
    /// without it might be another one tomorrow. A whole message.
    #[error("{0}")]
    Failed(String),
}

/// Where distributions come from. Answers must not change during one resolution.
pub trait Distributions: Sync {
    /// The files of a project, in any order; an unknown name is an empty list or [`Unavailable::Missing`].
    fn files(&self, name: &Name) -> Result<Vec<Arc<DistributionFile>>, Unavailable>;

    /// The metadata of one of those files.
    ///
    /// Wheels of one version may say different things, so each is asked; whoever answers may share what has equal hashes.
    fn metadata(&self, name: &Name, file: &DistributionFile) -> Result<Arc<CoreMetadata>, Unavailable>;

    /// A hint: the files of these projects will be asked for next. It may fetch them in parallel.
    fn prefetch(&self, _names: &[Name]) {}

    /// A hint: the metadata of these files will be asked for next. It may fetch them in parallel.
    fn prefetch_metadata(&self, _files: &[(Name, Arc<DistributionFile>)]) {}
}

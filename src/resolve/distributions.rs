//! What the resolver asks the world for: the files of a project, and the metadata of a file.

use crate::index::{Client, Distribution, IndexError, IndexFile, Listed};
use crate::packaging::{
    BuildTag, CoreMetadata, Environment, Name, Requirement, SdistFilename, Version, WheelFilename, WheelTags,
};
use std::sync::{Arc, OnceLock};

/// A file that a project offers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DistributionFile {
    /// As the index lists it; whoever answers for other sources makes one up, with a `file:` address.
    pub listed: Listed,
    pub version: Version,
    pub kind: DistributionKind,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DistributionKind {
    /// A wheel; among equal tags the greater build tag wins (PEP 427).
    Wheel { tags: WheelTags, build: Option<BuildTag> },
    /// A source distribution: only good when [`super::Options::source_distributions`] says that somebody reads them.
    Sdist,
}

/// A file that a project offers: its version and name at once, all else at the first look.
#[derive(Clone, Debug)]
pub struct Offer {
    pub version: Version,
    listed: Listed,
    /// `None` inside when its name is that of no wheel or source distribution after all.
    file: OnceLock<Option<Arc<DistributionFile>>>,
}

impl Offer {
    /// What an index lists, in its order.
    pub fn of_index(project: &Name, files: &[Listed]) -> Vec<Self> {
        let mut offers: Vec<Self> = Vec::with_capacity(files.len());
        let mut last = None;
        for listed in files {
            let filename = listed.filename();
            // That it is a file of the project was seen when the page was read.
            let text =
                WheelFilename::version_text(filename).or_else(|| SdistFilename::version_text(filename));
            let version = match (text, offers.last()) {
                // Most files of a release stand together: its version is read once.
                (Some(text), Some(offer)) if last == Some(text) => Some(offer.version.clone()),
                (Some(text), _) => WheelFilename::version_of(text),
                (None, _) => Distribution::parse(filename, project).ok().map(|read| read.version().clone()),
            };
            if let Some(version) = version {
                last = text;
                offers.push(Self { version, listed: listed.clone(), file: OnceLock::new() });
            }
        }
        offers
    }

    pub fn filename(&self) -> &str {
        self.listed.filename()
    }

    /// The file; `None` when its name is that of no wheel or source distribution of the project.
    pub fn file(&self, project: &Name) -> Option<&Arc<DistributionFile>> {
        let read = || DistributionFile::of_index(project, self.listed.clone()).map(Arc::new);
        self.file.get_or_init(read).as_ref()
    }
}

impl From<Arc<DistributionFile>> for Offer {
    fn from(file: Arc<DistributionFile>) -> Self {
        let (version, listed) = (file.version.clone(), file.listed.clone());
        Self { version, listed, file: OnceLock::from(Some(file)) }
    }
}

/// Why an answer is missing.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unavailable {
    /// It will be missing every time: no such project, metadata that nobody can read. The resolver goes on without it.
    /// One phrase that follows a name, verb first: "has no readable metadata: …".
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
    fn files(&self, name: &Name) -> Result<Vec<Offer>, Unavailable>;

    /// The metadata of one of those files.
    ///
    /// Wheels of one version may say different things, so each is asked; whoever answers may share what has equal hashes.
    /// A wheel says the same everywhere; a source distribution may become another wheel in another environment.
    fn metadata(
        &self,
        name: &Name,
        file: &DistributionFile,
        environment: Environment,
    ) -> Result<Arc<CoreMetadata>, Unavailable>;

    /// The version that a requirement by URL means; `None` for an address that nobody has looked at.
    fn at_url(&self, _requirement: &Requirement) -> Option<Version> {
        None
    }

    /// A hint: the files of these projects will be asked for next. It may fetch them in parallel.
    fn prefetch(&self, _names: &[Name]) {}

    /// A hint: the metadata of these files will be asked for next. It may fetch them in parallel.
    fn prefetch_metadata(&self, _files: &[(Name, Arc<DistributionFile>)]) {}
}

impl DistributionFile {
    /// What an index lists under a project; `None` when its name is that of no wheel or source distribution of it.
    pub fn of_index(project: &Name, listed: Listed) -> Option<Self> {
        let distribution = Distribution::parse(listed.filename(), project).ok()?;
        let version = distribution.version().clone();
        let kind = match distribution {
            Distribution::Sdist(_) => DistributionKind::Sdist,
            Distribution::Wheel(wheel) => {
                DistributionKind::Wheel { tags: WheelTags::of(&wheel)?, build: wheel.build }
            }
        };
        Some(Self { listed, version, kind })
    }

    /// Seconds since 1970 (UTC); `None` when the index does not say, or nonsense.
    pub fn uploaded(&self) -> Option<u64> {
        self.listed.upload_time.as_deref().and_then(seconds_since_1970)
    }
}

/// An index alone: wheels and what it says of them.
impl Distributions for Client {
    fn files(&self, name: &Name) -> Result<Vec<Offer>, Unavailable> {
        let page = self.project(name).map_err(|error| match error {
            IndexError::NotFound { .. } => Unavailable::Missing("is on no index".to_owned()),
            other => Unavailable::Failed(other.to_string()),
        })?;
        Ok(Offer::of_index(name, &page.files))
    }

    fn metadata(
        &self,
        _name: &Name,
        file: &DistributionFile,
        _environment: Environment,
    ) -> Result<Arc<CoreMetadata>, Unavailable> {
        let text = Self::metadata(self, &file.listed).map_err(|error| match error {
            IndexError::NotFound { .. } | IndexError::Malformed { .. } => {
                Unavailable::Missing(format!("has no readable metadata: {error}"))
            }
            other => Unavailable::Failed(other.to_string()),
        })?;
        let metadata = CoreMetadata::parse(text.as_bytes())
            .map_err(|error| Unavailable::Missing(format!("has no readable metadata: {error}")))?;
        Ok(Arc::new(metadata))
    }

    fn prefetch(&self, names: &[Name]) {
        Self::prefetch(self, names);
    }

    fn prefetch_metadata(&self, files: &[(Name, Arc<DistributionFile>)]) {
        let files: Vec<&IndexFile> = files.iter().map(|(_, file)| &*file.listed).collect();
        Self::prefetch_metadata(self, &files);
    }
}

/// The time of ISO 8601 as indexes write it: `2023-01-31T12:34:56.789Z`, always in UTC.
pub fn seconds_since_1970(text: &str) -> Option<u64> {
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, "00:00:00Z"));
    let number = |text: &str| -> Option<u64> {
        let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits { text.parse().ok() } else { None }
    };
    let numbers = |text: &str, separator: char| -> Option<[u64; 3]> {
        let parts: Option<Vec<u64>> = text.split(separator).map(number).collect();
        parts?.try_into().ok()
    };
    let time = time.strip_suffix('Z').or_else(|| time.strip_suffix("+00:00"))?;
    let time = time.split_once('.').map_or(time, |(whole, _)| whole);
    let ([year, month, day], [hour, minute, second]) = (numbers(date, '-')?, numbers(time, ':')?);
    let fits = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !fits {
        return None;
    }
    // Days before the month in a year that begins in March, so that the leap day is the last.
    let (shifted_year, shifted_month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = shifted_year / 4 - shifted_year / 100 + shifted_year / 400;
    let days = shifted_year * 365 + leap_days + (shifted_month * 153 + 2) / 5 + day - 1 - DAYS_TO_1970;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

/// From March 1 of year 0 to January 1, 1970.
const DAYS_TO_1970: u64 = 719_468;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2000-02-29T00:00:00.123456Z", Some(951_782_400)),
            ("2026-11-22 18:06:07+00:00", Some(1_795_370_767)),
            ("2026-11-22", Some(1_795_305_600)),
            ("1969-12-31T23:59:59Z", None),
            ("2026-13-01T00:00:00Z", None),
            ("2026-01-01T00:00:00+02:00", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(seconds_since_1970(text), expected, "{text}");
        }
    }
}

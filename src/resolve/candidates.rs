//! What a project offers: its releases, and for each environment the file that fits best, or why none does.

use super::Options;
use super::distributions::{DistributionFile, DistributionKind, Distributions, Offer, Unavailable};
use super::versions::Versions;
use crate::index::CoreMetadata as IndexMetadata;
use crate::packaging::CoreMetadata;
use crate::packaging::tags::Priority;
use crate::packaging::{
    BuildTag, Environment, Name, Python, Version, VersionSpecifiers, WheelTags, specifiers,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Every project that was asked for, each fetched once and shared by all forks.
pub(super) struct Catalogue<'a> {
    pub(super) distributions: &'a dyn Distributions,
    projects: Mutex<BTreeMap<Name, Slot>>,
    /// What the answer is made of; looks ahead are not.
    asked: Mutex<BTreeSet<Name>>,
    /// What wheels say, by their address: several forks ask for the same.
    metadata: Mutex<BTreeMap<String, Result<Arc<CoreMetadata>, Unavailable>>>,
}

type Slot = Arc<OnceLock<Result<Arc<Project>, String>>>;

impl<'a> Catalogue<'a> {
    pub(super) fn new(distributions: &'a dyn Distributions) -> Self {
        Self {
            distributions,
            projects: Mutex::default(),
            asked: Mutex::default(),
            metadata: Mutex::default(),
        }
    }

    /// The project, for an answer.
    pub(super) fn ask(&self, name: &Name) -> Result<Arc<Project>, String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone());
        self.project(name)
    }

    /// Every project that was asked for.
    pub(super) fn into_asked(self) -> BTreeSet<Name> {
        self.asked.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// The project; one that does not exist has no releases. `Err` when the world failed.
    pub(super) fn project(&self, name: &Name) -> Result<Arc<Project>, String> {
        let slot = {
            let mut projects = self.projects.lock().unwrap_or_else(PoisonError::into_inner);
            projects.entry(name.clone()).or_default().clone()
        };
        slot.get_or_init(|| match self.distributions.files(name) {
            Ok(files) => Ok(Arc::new(Project::new(name, files, None))),
            Err(Unavailable::Missing(reason)) => Ok(Arc::new(Project::new(name, Vec::new(), Some(reason)))),
            Err(Unavailable::Failed(message)) => Err(message),
        })
        .clone()
    }

    /// What a file says of itself.
    pub(super) fn metadata(
        &self,
        name: &Name,
        file: &DistributionFile,
        environment: Environment,
    ) -> Result<Arc<CoreMetadata>, Unavailable> {
        if file.kind == DistributionKind::Sdist {
            return self.distributions.metadata(name, file, environment);
        }
        let known =
            self.metadata.lock().unwrap_or_else(PoisonError::into_inner).get(&file.listed.url).cloned();
        known.unwrap_or_else(|| {
            let metadata = self.distributions.metadata(name, file, environment);
            let mut all = self.metadata.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(file.listed.url.clone(), metadata.clone());
            metadata
        })
    }

    /// Tells the world which of these files nobody has asked for yet.
    pub(super) fn prefetch_metadata(&self, mut files: Vec<(Name, Arc<DistributionFile>)>) {
        let known = self.metadata.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|(_, file)| !known.contains_key(&file.listed.url));
        drop(known);
        // A single one is as soon there when it is asked for.
        if files.len() > 1 {
            self.distributions.prefetch_metadata(&files);
        }
    }

    /// Tells the world which of these projects nobody has asked for yet.
    pub(super) fn prefetch(&self, names: impl Iterator<Item = Name>) {
        let wanted: BTreeSet<Name> = {
            let projects = self.projects.lock().unwrap_or_else(PoisonError::into_inner);
            names.filter(|name| projects.get(name).is_none_or(|slot| slot.get().is_none())).collect()
        };
        if wanted.len() > 1 {
            self.distributions.prefetch(&wanted.into_iter().collect::<Vec<_>>());
        }
    }
}

/// One version and its files.
pub(super) struct Release {
    pub(super) version: Version,
    files: Range<usize>,
}

/// A project's releases in ascending order; the solver names them by their place.
pub(super) struct Project {
    pub(super) name: Name,
    pub(super) releases: Vec<Release>,
    /// Why there is nothing, in the index's words: a phrase that follows the name.
    pub(super) missing: Option<String>,
    files: Vec<Offer>,
    /// For each file; one that nobody can read excludes no Python, as in pip.
    pythons: Vec<OnceLock<Option<VersionSpecifiers>>>,
    admitted: Mutex<BTreeMap<String, Versions>>,
}

impl Project {
    fn new(name: &Name, mut files: Vec<Offer>, missing: Option<String>) -> Self {
        // The index may list in any order; ours must not depend on it.
        files.sort_by(|a, b| a.version.cmp(&b.version).then_with(|| a.filename().cmp(b.filename())));
        let mut releases: Vec<Release> = Vec::new();
        for (index, file) in files.iter().enumerate() {
            match releases.last_mut() {
                Some(release) if release.version == file.version => release.files.end = index + 1,
                _ => releases.push(Release { version: file.version.clone(), files: index..index + 1 }),
            }
        }
        let pythons = files.iter().map(|_| OnceLock::new()).collect();
        Self { name: name.clone(), releases, missing, files, pythons, admitted: Mutex::default() }
    }

    pub(super) fn version(&self, place: u32) -> &Version {
        &self.releases[place as usize].version
    }

    /// The place of a version.
    pub(super) fn place(&self, version: &Version) -> Option<u32> {
        self.releases.binary_search_by(|release| release.version.cmp(version)).ok().map(|place| place as u32)
    }

    /// A file that [`Project::fit`] or [`Project::representative`] named.
    pub(super) fn file(&self, index: usize) -> &Arc<DistributionFile> {
        self.readable(index).expect("internal error: only files with a readable name are named")
    }

    fn readable(&self, index: usize) -> Option<&Arc<DistributionFile>> {
        self.files[index].file(&self.name)
    }

    /// Whether a file's `Requires-Python` admits a Python.
    fn admits(&self, index: usize, python: Python) -> bool {
        let read = || {
            let text = self.readable(index)?.listed.requires_python.as_deref()?;
            specifiers::parse(text).ok()
        };
        let wanted = self.pythons[index].get_or_init(read);
        wanted.as_ref().is_none_or(|wanted| specifiers::admits_python(wanted, python))
    }

    /// Whether a wheel of a release has native code: then nothing can be built of its source distribution here.
    fn is_native(&self, release: &Release) -> bool {
        release
            .files
            .clone()
            .filter_map(|index| self.readable(index))
            .any(|file| matches!(&file.kind, DistributionKind::Wheel { tags, .. } if !tags.is_pure()))
    }

    /// Whether a file becomes a wheel only here.
    pub(super) fn is_source(&self, index: usize) -> bool {
        self.file(index).kind == DistributionKind::Sdist
    }

    /// A file of the same release that has the same metadata, the same one for all of them: wheels for many platforms
    /// mostly differ in nothing that matters here, and the index gives a hash to see it by.
    pub(super) fn representative(&self, place: u32, index: usize) -> usize {
        let hashed = |index: usize| match &self.readable(index)?.listed.core_metadata {
            Some(IndexMetadata::Sha256(hash)) => Some(hash),
            _ => None,
        };
        let own = hashed(index);
        let mut files = self.releases[place as usize].files.clone();
        files.find(|&other| own.is_some() && hashed(other) == own).unwrap_or(index)
    }

    /// The releases that specifiers admit.
    pub(super) fn admitted(&self, specifiers: &VersionSpecifiers) -> Versions {
        if specifiers.is_empty() {
            return pubgrub::VersionSet::full();
        }
        let key = specifiers.to_string();
        if let Some(set) = self.admitted.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return set.clone();
        }
        let set =
            Versions::of(self.releases.len(), |place| specifiers::admits(specifiers, self.version(place)));
        self.admitted.lock().unwrap_or_else(PoisonError::into_inner).insert(key, set.clone());
        set
    }

    /// The file of a release that an environment takes.
    pub(super) fn fit(
        &self,
        place: u32,
        environment: Environment,
        options: &Options,
        hashes: Option<&BTreeSet<String>>,
    ) -> Result<Fit, Unfit> {
        let release = &self.releases[place as usize];
        let mut readable =
            release.files.clone().filter_map(|index| Some((index, self.readable(index)?))).peekable();
        if readable.peek().is_none() {
            return Err(Unfit::Metadata("has only files whose names nobody can read".to_owned()));
        }
        let recent: Vec<usize> = readable
            .filter(|(_, file)| {
                options.exclude_newer.is_none_or(|limit| file.uploaded().is_some_and(|at| at <= limit))
            })
            .map(|(index, _)| index)
            .collect();
        if recent.is_empty() {
            return Err(Unfit::TooNew);
        }
        let listed: Vec<usize> =
            recent.into_iter().filter(|&index| hash_listed(self.file(index), options, hashes)).collect();
        if listed.is_empty() {
            return Err(Unfit::Hash);
        }
        let python = environment.target.python;
        let allowed: Vec<usize> =
            listed.iter().copied().filter(|&index| self.admits(index, python)).collect();
        if allowed.is_empty() {
            return Err(Unfit::Python(
                self.file(listed[0]).listed.requires_python.clone().unwrap_or_default(),
            ));
        }
        let best = (allowed.iter().copied())
            .filter_map(|index| {
                Some((self.order(index, environment, release, options.source_distributions)?, index))
            })
            .min_by(|a, b| a.0.cmp(&b.0));
        let Some((_, file)) = best else {
            return Err(why_no_wheel(allowed.iter().map(|&index| &**self.file(index)), environment));
        };
        Ok(Fit { file, yanked: self.file(file).listed.yanked.is_some() })
    }

    /// The place of a file in the order of preference, the smallest best; `None` when it does not run there.
    fn order(
        &self,
        index: usize,
        environment: Environment,
        release: &Release,
        sources: bool,
    ) -> Option<FileOrder<'_>> {
        let file = self.file(index);
        let yanked = file.listed.yanked.is_some();
        match &file.kind {
            DistributionKind::Wheel { tags, build } => Some(FileOrder {
                yanked,
                tags: (false, environment.priority(tags)),
                build: std::cmp::Reverse(build.as_ref()),
            })
            .filter(|order| order.tags.1.is_some()),
            DistributionKind::Sdist => (sources && !self.is_native(release)).then_some(FileOrder {
                yanked,
                tags: (true, None),
                build: std::cmp::Reverse(None),
            }),
        }
    }
}

/// Files that were not yanked, then wheels before source distributions, better tags, greater build tags.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct FileOrder<'a> {
    yanked: bool,
    tags: (bool, Option<Priority>),
    build: std::cmp::Reverse<Option<&'a BuildTag>>,
}

/// Whether a file may be taken by the hashes listed for its project. A file whose index names none of the listed
/// algorithms passes: whoever downloads it compares.
fn hash_listed(file: &DistributionFile, options: &Options, hashes: Option<&BTreeSet<String>>) -> bool {
    let Some(hashes) = hashes else { return !options.require_hashes };
    let mut comparable = hashes.iter().filter_map(|listed| {
        let (algorithm, digits) = listed.split_once(':')?;
        let known = match algorithm {
            "sha256" => file.listed.hashes.sha256.as_ref(),
            "sha384" => file.listed.hashes.sha384.as_ref(),
            "sha512" => file.listed.hashes.sha512.as_ref(),
            _ => None,
        };
        Some(known?.eq_ignore_ascii_case(digits))
    });
    match comparable.next() {
        None => true,
        Some(first) => first || comparable.any(|equal| equal),
    }
}

fn why_no_wheel<'f>(files: impl Iterator<Item = &'f DistributionFile>, environment: Environment) -> Unfit {
    let wheels: Vec<&WheelTags> = files
        .filter_map(|file| match &file.kind {
            DistributionKind::Wheel { tags, .. } => Some(tags),
            DistributionKind::Sdist => None,
        })
        .collect();
    let names = |tags: &dyn Fn(&WheelTags) -> Vec<String>| -> Vec<String> {
        let all: BTreeSet<String> = wheels.iter().flat_map(|wheel| tags(wheel)).collect();
        let mut all: Vec<String> = all.into_iter().collect();
        // `cp39` before `cp310`.
        all.sort_by_key(String::len);
        all
    };
    if wheels.is_empty() {
        Unfit::SourceOnly
    } else if wheels.iter().any(|tags| environment.system_fits(tags)) {
        Unfit::OtherPythons(names(&|tags| {
            if environment.system_fits(tags) { tags.pythons().to_vec() } else { Vec::new() }
        }))
    } else {
        Unfit::OtherSystems(names(&|tags| tags.platforms().to_vec()))
    }
}

/// The file that an environment takes of a release.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Fit {
    pub(super) file: usize,
    pub(super) yanked: bool,
}

/// Why a release cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Unfit {
    /// Requires-Python as written.
    Python(String),
    SourceOnly,
    /// The Python tags that its wheels for this system have.
    OtherPythons(Vec<String>),
    /// The platform tags that its wheels have.
    OtherSystems(Vec<String>),
    TooNew,
    Hash,
    /// The constraint, and who says so.
    Constraint(String, String),
    /// The reason, when one is given.
    Yanked(String),
    Prerelease,
    /// Its metadata is no use: a phrase that follows the name and version, verb first ("has …", "wants …").
    Metadata(String),
}

impl Unfit {
    /// What follows the name of one version, or of several: `needs Python >=3.10`.
    pub(super) fn phrase(&self, several: bool) -> String {
        let (has, is, was) = if several { ("have", "are", "were") } else { ("has", "is", "was") };
        match self {
            Self::Python(wanted) => format!("{} Python {wanted}", if several { "need" } else { "needs" }),
            Self::SourceOnly => format!("{has} no wheel, only a source distribution"),
            Self::OtherPythons(tags) | Self::OtherSystems(tags) => {
                format!("{has} wheels only for {}", some_of(tags))
            }
            Self::TooNew => format!("{is} newer than the date given"),
            Self::Hash => format!("{has} no file with a listed hash"),
            Self::Constraint(text, who) => format!("{is} ruled out by the constraint `{text}` ({who})"),
            Self::Yanked(reason) if reason.is_empty() => format!("{was} withdrawn by the author"),
            Self::Yanked(reason) => format!("{was} withdrawn by the author: {}", reason.escape_debug()),
            Self::Prerelease if several => "are pre-releases".to_owned(),
            Self::Prerelease => "is a pre-release".to_owned(),
            Self::Metadata(reason) if several => match reason.split_once(' ') {
                Some(("has", rest)) => format!("have {rest}"),
                Some((verb, rest)) => format!("{} {rest}", verb.trim_end_matches('s')),
                None => reason.clone(),
            },
            Self::Metadata(reason) => reason.clone(),
        }
    }

    /// Whether people take both for one reason: the same, or two Pythons, or two lists of wheels.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let lists =
            |unfit: &Self| matches!(unfit, Self::Python(_) | Self::OtherPythons(_) | Self::OtherSystems(_));
        self == other || (lists(self) && std::mem::discriminant(self) == std::mem::discriminant(other))
    }

    /// One phrase for reasons that are alike, those of the newest version first.
    pub(super) fn together(reasons: &[Self], several: bool) -> String {
        let tags = || -> Vec<String> {
            let all: BTreeSet<&String> = reasons
                .iter()
                .flat_map(|reason| match reason {
                    Self::OtherPythons(tags) | Self::OtherSystems(tags) => tags.as_slice(),
                    _ => &[],
                })
                .collect();
            let mut all: Vec<String> = all.into_iter().cloned().collect();
            all.sort_by_key(String::len);
            all
        };
        match (reasons.first(), reasons.last()) {
            (Some(Self::Python(newest)), Some(Self::Python(oldest))) if newest != oldest => {
                format!("need Python {oldest}, the newest of them {newest}")
            }
            (Some(Self::OtherPythons(_)), _) => Self::OtherPythons(tags()).phrase(several),
            (Some(Self::OtherSystems(_)), _) => Self::OtherSystems(tags()).phrase(several),
            (Some(reason), _) => reason.phrase(several),
            (None, _) => String::new(),
        }
    }

    /// Whether it says that there is no wheel for an environment whose Python fits.
    pub(super) fn lacks_wheel(&self) -> bool {
        matches!(self, Self::SourceOnly | Self::OtherPythons(_) | Self::OtherSystems(_))
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.phrase(false))
    }
}

/// The first few of a sorted list.
fn some_of(tags: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<&str> = tags.iter().take(SHOWN).map(String::as_str).collect();
    let more = if tags.len() > SHOWN { format!(" and {} more", tags.len() - SHOWN) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

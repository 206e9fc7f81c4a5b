//! A project's page of a simple repository index: which files there are, and what the index says of each.

use super::credentials::{Credentials, percent_decode};
use crate::packaging::{InvalidFilename, Name, SdistFilename, Version, WheelFilename};
use std::collections::BTreeMap;
use std::sync::Arc;
use url::Url;

/// The most files of one project: the largest on public indexes have some ten thousand.
pub(super) const MAX_FILES: usize = 100_000;

/// Longer addresses are no file's.
const MAX_URL: usize = 8 * 1024;

/// Longer `Requires-Python` values are nobody's.
const MAX_SPECIFIERS: usize = 4 * 1024;

/// The longest reason for a yank that is kept, in characters.
const MAX_REASON: usize = 1000;

/// Hashes in lower-case hexadecimal digits; only algorithms that protect.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hashes {
    pub sha256: Option<String>,
    pub sha384: Option<String>,
    pub sha512: Option<String>,
}

impl Hashes {
    pub fn is_empty(&self) -> bool {
        self.sha256.is_none() && self.sha384.is_none() && self.sha512.is_none()
    }

    /// Takes a hash; an algorithm that does not protect is left out, and a value that cannot be a hash is an error.
    pub(super) fn set(&mut self, algorithm: &str, value: &str) -> Result<(), ()> {
        let (slot, digits) = match algorithm {
            "sha256" => (&mut self.sha256, 64),
            "sha384" => (&mut self.sha384, 96),
            "sha512" => (&mut self.sha512, 128),
            _ => return Ok(()),
        };
        if value.len() != digits || !value.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(());
        }
        *slot = Some(value.to_ascii_lowercase());
        Ok(())
    }
}

/// What the index says of a file's metadata file (PEP 658, PEP 714).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CoreMetadata {
    /// It is there.
    Unhashed,
    /// It is there, with this SHA-256 in lower-case hexadecimal digits.
    Sha256(String),
}

/// One file that an index or a `--find-links` place offers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IndexFile {
    /// Parses as a wheel or source distribution of the page's project.
    pub filename: String,
    /// Absolute: http, https or file; without credentials and fragment.
    pub url: String,
    pub hashes: Hashes,
    /// As the index has it; may be nonsense.
    pub requires_python: Option<String>,
    /// The reason, perhaps empty, when its author withdrew the file (PEP 592). Escape it before printing.
    pub yanked: Option<String>,
    pub core_metadata: Option<CoreMetadata>,
    /// In bytes, as the index has it.
    pub size: Option<u64>,
    /// ISO 8601, as the index has it.
    pub upload_time: Option<String>,
    /// What led to it, for messages: `--index-url`.
    pub setting: Arc<str>,
}

/// What a file name says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Distribution {
    Wheel(WheelFilename),
    Sdist(SdistFilename),
}

impl Distribution {
    /// Reads a file name of the project.
    pub fn parse(filename: &str, project: &Name) -> Result<Self, InvalidFilename> {
        if !is_wheel(filename) {
            return SdistFilename::parse(filename, project).map(Self::Sdist);
        }
        let wheel: WheelFilename = filename.parse()?;
        if wheel.name == *project {
            Ok(Self::Wheel(wheel))
        } else {
            let reason = "it names another project";
            Err(InvalidFilename { name: filename.to_owned(), kind: "wheel", reason })
        }
    }

    pub fn version(&self) -> &Version {
        match self {
            Self::Wheel(wheel) => &wheel.version,
            Self::Sdist(sdist) => &sdist.version,
        }
    }
}

impl IndexFile {
    pub fn distribution(&self, project: &Name) -> Result<Distribution, InvalidFilename> {
        Distribution::parse(&self.filename, project)
    }

    pub fn is_wheel(&self) -> bool {
        is_wheel(&self.filename)
    }
}

/// By the suffix, which is lower case in all that tools write.
pub(super) fn is_wheel(filename: &str) -> bool {
    filename.strip_suffix(".whl").is_some()
}

/// Whether the name may be that of a distribution of some project.
pub(super) fn is_archive(filename: &str) -> bool {
    let known = [".whl", ".tar.gz", ".tgz", ".zip"].iter().any(|suffix| filename.ends_with(suffix));
    known && filename.len() <= 255 && !filename.contains(['/', '\\', '\0'])
}

/// A file as a page describes it, before anything was checked.
#[derive(Default)]
pub(super) struct RawFile {
    pub filename: String,
    pub href: String,
    /// Algorithm and value; those of the address's fragment are added.
    pub hashes: Hashes,
    pub bad_hash: bool,
    pub requires_python: Option<String>,
    pub yanked: Option<String>,
    pub core_metadata: Option<CoreMetadata>,
    pub size: Option<u64>,
    pub upload_time: Option<String>,
}

/// Why a page could not be taken.
pub(super) type Problem = String;

/// Gathers a page's files, checking each.
pub(super) struct Gathering<'a> {
    /// `None` for pages of many projects.
    project: Option<&'a Name>,
    base: Url,
    /// The page is a file of this machine, which may name other such files.
    local: bool,
    setting: Arc<str>,
    files: Vec<IndexFile>,
    passed_over: usize,
    seen: usize,
}

impl<'a> Gathering<'a> {
    /// `base` is the page's own address; without a project, files of any project are taken.
    pub(super) fn new(project: Option<&'a Name>, base: &Url, setting: &Arc<str>) -> Self {
        let local = base.scheme() == "file";
        let (files, setting) = (Vec::new(), Arc::clone(setting));
        Self { project, base: base.clone(), local, setting, files, passed_over: 0, seen: 0 }
    }

    /// HTML's `<base href>`.
    pub(super) fn rebase(&mut self, href: &str) {
        if let Ok(base) = self.base.join(href.trim()) {
            self.base = base;
        }
    }

    /// Takes a file, or passes over one that cannot be a wheel or source distribution of the project.
    pub(super) fn add(&mut self, raw: RawFile) -> Result<(), Problem> {
        self.seen += 1;
        if self.seen > MAX_FILES {
            return Err(format!("it lists more than {MAX_FILES} files"));
        }
        match self.checked(raw) {
            Some(file) => self.files.push(file),
            None => self.passed_over += 1,
        }
        Ok(())
    }

    fn checked(&self, mut raw: RawFile) -> Option<IndexFile> {
        let href = raw.href.trim_matches([' ', '\t', '\r', '\n', '\x0c']);
        if raw.bad_hash || href.len() > MAX_URL || href.chars().any(char::is_control) {
            return None;
        }
        let mut url = self.base.join(href).ok()?;
        // A page from the network must not point into this machine's files.
        if !(matches!(url.scheme(), "http" | "https") || self.local && url.scheme() == "file") {
            return None;
        }
        Credentials::take(&mut url);
        if let Some((algorithm, value)) = url.fragment().and_then(|fragment| fragment.split_once('=')) {
            raw.hashes.set(algorithm, value.split('&').next().unwrap_or_default()).ok()?;
        }
        url.set_fragment(None);
        if raw.filename.is_empty() {
            raw.filename = percent_decode(url.path().rsplit('/').next()?);
        }
        match self.project {
            Some(project) => drop(Distribution::parse(&raw.filename, project).ok()?),
            None if is_archive(&raw.filename) => {}
            None => return None,
        }
        if raw.requires_python.as_ref().is_some_and(|text| text.len() > MAX_SPECIFIERS) {
            return None;
        }
        let short = |text: String| text.chars().take(MAX_REASON).collect();
        Some(IndexFile {
            filename: raw.filename,
            url: url.into(),
            hashes: raw.hashes,
            requires_python: raw.requires_python.map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()),
            yanked: raw.yanked.map(short),
            core_metadata: raw.core_metadata,
            size: raw.size,
            upload_time: raw.upload_time.map(short),
            setting: Arc::clone(&self.setting),
        })
    }

    /// The page, and a warning for each file that it lists twice with different hashes: neither can be believed.
    pub(super) fn finish(self) -> (Vec<IndexFile>, usize, Vec<String>) {
        let Self { setting, mut files, passed_over, .. } = self;
        let mut first: BTreeMap<String, (usize, bool)> = BTreeMap::new();
        for (at, file) in files.iter().enumerate() {
            match first.get_mut(&file.filename) {
                None => {
                    first.insert(file.filename.clone(), (at, true));
                }
                Some((earlier, agrees)) => *agrees &= files[*earlier].hashes == file.hashes,
            }
        }
        let mut warnings = Vec::new();
        for (filename, (_, agrees)) in &first {
            if !agrees {
                warnings.push(format!(
                    "the index from {setting} lists `{}` more than once with different hashes; it is passed over",
                    filename.escape_debug()
                ));
            }
        }
        let mut at = 0;
        files.retain(|file| {
            let keep = first.get(&file.filename) == Some(&(at, true));
            at += 1;
            keep
        });
        (files, passed_over, warnings)
    }
}

#[cfg(test)]
pub(super) fn gather(page: &str, is_json: bool) -> Result<(Vec<IndexFile>, usize, Vec<String>), Problem> {
    let name: Name = "foo".parse().expect("a name");
    let base = Url::parse("https://index.example/simple/foo/").expect("an address");
    let mut gathering = Gathering::new(Some(&name), &base, &Arc::from("`--index-url`"));
    if is_json {
        super::json::read(page.as_bytes(), &mut gathering)?;
    } else {
        super::html::read(page.into(), &mut gathering)?;
    }
    Ok(gathering.finish())
}

//! Where a resolution takes its files from: indexes, source distributions that are built here, and single archives and
//! directories that requirements name.

use super::Failure;
use super::client::failure;
use super::reference::{Location, Reference, place_of};
use super::sources::{SourceWheel, Sourced};
use crate::diagnostic::{Diagnostic, codes};
use crate::index::{Client, Hashes, IndexFile, Listed, LocalFile};
use crate::packaging::{CoreMetadata, Environment, Name, Requirement, Version, WheelFilename, WheelTags};
use crate::resolve::{DistributionFile, DistributionKind, Distributions, Offer, Root, Unavailable};
use crate::system::{Rooted, os};
use crate::text::Sources;
use sha2::{Digest, Sha384, Sha512};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use url::Url;

/// Files are hashed in pieces of so many bytes.
const BLOCK: usize = 64 * 1024;

/// Everything that may be taken.
pub(super) struct Supply {
    pub(super) client: Client,
    /// What requirements name by an address, by its project; nothing else is taken of such a project.
    named: BTreeMap<Name, Vec<Named>>,
    /// The only files there are, when a lock says so.
    pub(super) locked: Option<BTreeMap<Name, Vec<Arc<DistributionFile>>>>,
    /// The only hashes that may be taken of a project.
    hashes: BTreeMap<Name, BTreeSet<String>>,
    /// By address. Held while one is built: so one is built at a time, which keeps memory low.
    sourced: Mutex<BTreeMap<String, Arc<Sourced>>>,
    /// Where spx keeps what it built.
    cache: Option<PathBuf>,
}

/// An archive or directory that a requirement names.
struct Named {
    /// As the requirement has it.
    url: String,
    file: Arc<DistributionFile>,
}

/// What an environment takes for a pin.
pub(super) enum Supplied {
    /// The wheel as it was published.
    Published(Listed),
    /// One that was built of its source here.
    Built(SourceWheel),
}

impl Supply {
    pub(super) fn new(client: Client, cache: Option<PathBuf>) -> Self {
        Self {
            client,
            named: BTreeMap::new(),
            locked: None,
            hashes: BTreeMap::new(),
            sourced: Mutex::default(),
            cache,
        }
    }

    /// Whether requirements name a project by its place.
    pub(super) fn is_named(&self, name: &Name) -> bool {
        self.named.contains_key(name)
    }

    /// What is known of the hashes of an archive that requirements name; `None` when they name none.
    pub(super) fn named_hashes(&self, name: &Name) -> Option<&Hashes> {
        Some(&self.named.get(name)?.first()?.file.listed.hashes)
    }

    /// Takes every restriction back.
    pub(super) fn unrestrict(&mut self) {
        self.hashes.clear();
    }

    /// Restricts projects to the hashes listed for them.
    pub(super) fn restrict<'r>(&mut self, roots: impl Iterator<Item = &'r Root>) {
        for root in roots.filter(|root| !root.hashes.is_empty()) {
            self.hashes.entry(root.requirement.name.clone()).or_default().extend(root.hashes.iter().cloned());
        }
    }

    /// Looks at what a requirement names by an address, and makes it a requirement by name. The inner error is one of the
    /// input.
    pub(super) fn name(
        &mut self,
        reference: &Reference,
        sources: &Sources,
    ) -> Result<Result<Root, Diagnostic>, Failure> {
        let setting = place_of(reference, sources);
        let found = match &reference.location {
            Location::Path(path) if os::is_directory(path) => self.directory(path, reference),
            Location::Path(path) => {
                let url = os::canonical(path).ok().and_then(|path| Url::from_file_path(path).ok());
                let Some(url) = url else {
                    return Ok(Err(
                        reference.refused(&codes::MISSING_FILE, format!("there is no `{}`", path.display()))
                    ));
                };
                self.archive(url.as_str(), &setting, reference)?
            }
            Location::Url(url) => self.archive(url, &setting, reference)?,
        };
        Ok(found.and_then(|file| {
            let name = file.name;
            if let Some(wanted) = reference.name.as_ref().filter(|wanted| **wanted != name) {
                let message = format!("it is required as `{wanted}`, and it is `{name}`");
                return Err(reference.refused(&codes::UNSUPPORTED_REQUIREMENT, message));
            }
            let root = reference.root(&name, &file.listed.version, &file.listed.listed.url, &setting)?;
            let url = root.requirement.url.clone().unwrap_or_default();
            let others = self.named.entry(name).or_default();
            if !others.iter().any(|other| other.url == url) {
                others.push(Named { url, file: Arc::new(file.listed) });
            }
            Ok(root)
        }))
    }

    fn archive(
        &self,
        address: &str,
        setting: &str,
        reference: &Reference,
    ) -> Result<Result<Found, Diagnostic>, Failure> {
        let unsupported =
            |message: String| Ok(Err(reference.refused(&codes::UNSUPPORTED_REQUIREMENT, message)));
        let hidden = |error| match reference.expanded {
            // An address may have a token anywhere.
            true => Failure::new(format!(
                "what {setting} names cannot be got (its address is not shown, because it has values of environment variables)"
            )),
            false => failure(error),
        };
        let listed = self.client.archive_at(address, setting).map_err(hidden)?;
        let file_name = listed.filename.clone();
        if let Ok(wheel) = file_name.parse::<WheelFilename>() {
            let Some(tags) = WheelTags::of(&wheel) else {
                return unsupported(format!("`{file_name}` has more tags than spx reads"));
            };
            let kind = DistributionKind::Wheel { tags, build: wheel.build };
            let listed = DistributionFile { listed: listed.into(), version: wheel.version, kind };
            return Ok(Ok(Found { name: wheel.name, listed }));
        }
        if ![".tar.gz", ".tgz", ".zip"].iter().any(|ending| file_name.ends_with(ending)) {
            return unsupported(format!(
                "`{file_name}` is no wheel and no archive (.tar.gz, .tgz, .zip) that spx reads"
            ));
        }
        let local = self.client.file(&listed).map_err(hidden)?;
        if !reference.hashes.is_empty() {
            let hashes = reference.hashes.iter().cloned().collect();
            check(&hashes, &listed, &local).map_err(Failure::new)?;
        }
        let sourced = Sourced::of_archive(&local.path, &file_name, &local.sha256, self.cache.as_deref());
        self.found(listed, Some(local.sha256), sourced, reference)
    }

    fn directory(&self, path: &Path, reference: &Reference) -> Result<Found, Diagnostic> {
        let refused = |message: String| reference.refused(&codes::UNSUPPORTED_REQUIREMENT, message);
        let tree = Rooted::new(path).map_err(|error| refused(format!("`{}`: {error}", path.display())))?;
        let url = Url::from_directory_path(tree.root())
            .map_err(|()| refused(format!("`{}` has no address", path.display())))?;
        let listed = IndexFile {
            filename: "setup.py".to_owned(),
            url: url.into(),
            hashes: Hashes::default(),
            requires_python: None,
            yanked: None,
            core_metadata: None,
            size: None,
            upload_time: None,
            setting: Arc::from("a directory"),
        };
        let sourced = Sourced::of_tree(&tree);
        self.found(listed, None, sourced, reference).unwrap_or_else(|failure| Err(refused(failure.message)))
    }

    /// A source that is named directly: what it says of itself is what it is.
    fn found(
        &self,
        mut listed: IndexFile,
        sha256: Option<String>,
        sourced: Sourced,
        reference: &Reference,
    ) -> Result<Result<Found, Diagnostic>, Failure> {
        let CoreMetadata { name, version, .. } = match sourced.identity() {
            Ok(metadata) => metadata,
            Err(reason) => {
                let message = format!("`{}` {reason}", reference.shown());
                return Ok(Err(reference.refused(&codes::UNSUPPORTED_REQUIREMENT, message)));
            }
        };
        listed.filename = format!("{}-{version}.tar.gz", name.escaped());
        listed.hashes.sha256 = sha256.or(listed.hashes.sha256);
        self.sourced
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(listed.url.clone(), Arc::new(sourced));
        let listed = DistributionFile { listed: listed.into(), version, kind: DistributionKind::Sdist };
        Ok(Ok(Found { name, listed }))
    }

    /// What a source gives, built when nobody asked before.
    fn sourced(&self, name: &Name, file: &DistributionFile) -> Result<Arc<Sourced>, Unavailable> {
        let mut known = self.sourced.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sourced) = known.get(&file.listed.url) {
            return Ok(sourced.clone());
        }
        let local = self.client.file(&file.listed).map_err(|error| Unavailable::Failed(error.to_string()))?;
        self.check(name, &file.listed, &local).map_err(Unavailable::Failed)?;
        let sourced =
            Sourced::of_archive(&local.path, &file.listed.filename, &local.sha256, self.cache.as_deref());
        let sourced = Arc::new(sourced);
        known.insert(file.listed.url.clone(), sourced.clone());
        Ok(sourced)
    }

    /// What an environment takes for a file that was chosen for it.
    pub(super) fn supplied(
        &self,
        name: &Name,
        file: &DistributionFile,
        environment: Environment,
    ) -> Result<Supplied, Failure> {
        if file.kind != DistributionKind::Sdist {
            return Ok(Supplied::Published(file.listed.clone()));
        }
        let sourced = self.sourced(name, file).map_err(|error| Failure::new(error.to_string()))?;
        match sourced.wheel(environment) {
            Ok(wheel) => Ok(Supplied::Built(wheel.clone())),
            Err(reason) => Err(Failure::new(format!("`{}` {reason}", file.listed.filename))),
        }
    }

    /// Compares a file with the hashes that requirements list for its project.
    pub(super) fn check(&self, name: &Name, file: &IndexFile, local: &LocalFile) -> Result<(), String> {
        self.hashes.get(name).map_or(Ok(()), |listed| check(listed, file, local))
    }
}

/// Compares a file with the hashes that it may have, each as `sha256:…`.
fn check(listed: &BTreeSet<String>, file: &IndexFile, local: &LocalFile) -> Result<(), String> {
    let is_listed = |algorithm: &str, digits: &str| listed.contains(&format!("{algorithm}:{digits}"));
    let longer = |path: &Path| -> Option<(String, String)> {
        let mut content = os::open_regular(path).ok()?;
        let (mut sha384, mut sha512) = (Sha384::new(), Sha512::new());
        let mut block = vec![0; BLOCK];
        loop {
            match content.read(&mut block).ok()? {
                0 => return Some((hexadecimal(&sha384.finalize()), hexadecimal(&sha512.finalize()))),
                count => {
                    sha384.update(&block[..count]);
                    sha512.update(&block[..count]);
                }
            }
        }
    };
    let fine = is_listed("sha256", &local.sha256)
        || (listed.iter().any(|hash| !hash.starts_with("sha256:"))
            && longer(&local.path).is_some_and(|(sha384, sha512)| {
                is_listed("sha384", &sha384) || is_listed("sha512", &sha512)
            }));
    if fine {
        return Ok(());
    }
    let name = &file.filename;
    Err(format!("`{name}` has none of the hashes that are listed for it; its SHA-256 is {}", local.sha256))
}

/// A project and its only file.
struct Found {
    name: Name,
    listed: DistributionFile,
}

impl Distributions for Supply {
    fn files(&self, name: &Name) -> Result<Vec<Offer>, Unavailable> {
        match self.named.get(name) {
            Some(named) => Ok(named.iter().map(|named| named.file.clone().into()).collect()),
            None => match &self.locked {
                Some(locked) => match locked.get(name) {
                    Some(files) => Ok(files.iter().cloned().map(Offer::from).collect()),
                    None => Err(Unavailable::Missing("is not in the lock".to_owned())),
                },
                None => Distributions::files(&self.client, name),
            },
        }
    }

    fn metadata(
        &self,
        name: &Name,
        file: &DistributionFile,
        environment: Environment,
    ) -> Result<Arc<CoreMetadata>, Unavailable> {
        if file.kind != DistributionKind::Sdist {
            return Distributions::metadata(&self.client, name, file, environment);
        }
        let sourced = self.sourced(name, file)?;
        let wheel = sourced.wheel(environment).map_err(|reason| {
            Unavailable::Missing(format!("has no wheel, and its source distribution {reason}"))
        })?;
        let metadata = wheel
            .metadata()
            .map_err(|error| Unavailable::Missing(format!("has no readable metadata: {error}")))?;
        Ok(Arc::new(metadata))
    }

    fn at_url(&self, requirement: &Requirement) -> Option<Version> {
        let url = requirement.url.as_ref()?;
        let (address, fragment) = url.split_once('#').unwrap_or((url, ""));
        let named = self.named.get(&requirement.name)?.iter().find(|named| named.url == address)?;
        // Whoever gives a hash means that file and no other.
        let hashes = &named.file.listed.hashes;
        let other = fragment.split('&').filter_map(|part| part.split_once('=')).any(|(algorithm, digits)| {
            let known = match algorithm {
                "sha256" => &hashes.sha256,
                "sha384" => &hashes.sha384,
                "sha512" => &hashes.sha512,
                _ => return false,
            };
            known.as_ref().is_none_or(|known| !known.eq_ignore_ascii_case(digits))
        });
        (!other).then(|| named.file.version.clone())
    }

    fn prefetch(&self, names: &[Name]) {
        if self.locked.is_some() {
            return;
        }
        let names: Vec<Name> = names.iter().filter(|name| !self.named.contains_key(name)).cloned().collect();
        Distributions::prefetch(&self.client, &names);
    }

    fn prefetch_metadata(&self, files: &[(Name, Arc<DistributionFile>)]) {
        let wheels: Vec<_> =
            files.iter().filter(|(_, file)| file.kind != DistributionKind::Sdist).cloned().collect();
        Distributions::prefetch_metadata(&self.client, &wheels);
    }
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Distributions: from this machine, from the cache after hashing them again, or downloaded, resumed and verified.

use super::access::{About, Access};
use super::cache::{Cache, hexadecimal};
use super::error::{Fault, IndexError, Place};
use super::http::{Answer, Get, read_fault};
use super::patience::{Failure, Patience};
use super::progress::Transfer;
use super::project_page::IndexFile;
use crate::system::os;
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use url::Url;

/// An attempt that brought as much may have failed by bad luck: the next one has all the time again, in bytes.
const GOOD_PIECE: u64 = 1024 * 1024;

const BLOCK: usize = 64 * 1024;

/// A distribution on this machine, verified against the hashes that its index gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LocalFile {
    pub path: PathBuf,
    /// In lower-case hexadecimal digits.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
    /// Whether the index gave a hash that it was verified against; always true for files of this machine.
    pub verified: bool,
}

/// SHA-256 always, the others when the index gave them.
#[derive(Clone)]
struct Hasher {
    sha256: Sha256,
    sha384: Option<Sha384>,
    sha512: Option<Sha512>,
    size: u64,
}

impl Hasher {
    fn new(file: &IndexFile) -> Self {
        Self {
            sha256: Sha256::new(),
            sha384: file.hashes.sha384.as_ref().map(|_| Sha384::new()),
            sha512: file.hashes.sha512.as_ref().map(|_| Sha512::new()),
            size: 0,
        }
    }

    fn update(&mut self, content: &[u8]) {
        self.sha256.update(content);
        if let Some(hasher) = &mut self.sha384 {
            hasher.update(content);
        }
        if let Some(hasher) = &mut self.sha512 {
            hasher.update(content);
        }
        self.size += content.len() as u64;
    }

    /// The SHA-256 and size, when all that the index said is true.
    fn finish(self, file: &IndexFile) -> Result<(String, u64), IndexError> {
        let sha256 = hexadecimal(&self.sha256.finalize());
        let of = |digest: Vec<u8>| hexadecimal(&digest);
        let size = file.size.filter(|_| file.hashes.is_empty()).map(|size| size.to_string());
        for (algorithm, expected, actual) in [
            ("SHA-256", &file.hashes.sha256, Some(sha256.clone())),
            ("SHA-384", &file.hashes.sha384, self.sha384.map(|hasher| of(hasher.finalize().to_vec()))),
            ("SHA-512", &file.hashes.sha512, self.sha512.map(|hasher| of(hasher.finalize().to_vec()))),
            // Where there is a hash, a wrong size is the index's carelessness.
            ("size", &size, Some(self.size.to_string())),
        ] {
            let (Some(expected), Some(actual)) = (expected, actual) else { continue };
            if *expected != actual {
                return Err(IndexError::Hash {
                    place: Box::new(place(file)),
                    algorithm,
                    expected: expected.clone(),
                    actual,
                });
            }
        }
        Ok((sha256, self.size))
    }
}

/// A file's place for messages.
pub(super) fn place(file: &IndexFile) -> Place {
    let url =
        Url::parse(&file.url).map_or_else(|_| file.filename.clone(), |url| super::credentials::shown(&url));
    Place { what: format!("`{}`", file.filename), url, setting: file.setting.to_string() }
}

/// Hashes an open file.
fn verify(mut content: impl Read, file: &IndexFile) -> Result<(String, u64), IndexError> {
    let mut hasher = Hasher::new(file);
    let mut block = vec![0; BLOCK];
    loop {
        match content.read(&mut block) {
            Ok(0) => return hasher.finish(file),
            Ok(count) => hasher.update(&block[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(IndexError::malformed(&place(file), error.to_string())),
        }
    }
}

impl Access {
    pub(super) fn verified_file(&self, file: &IndexFile) -> Result<LocalFile, IndexError> {
        let url =
            Url::parse(&file.url).map_err(|error| IndexError::malformed(&place(file), error.to_string()))?;
        if url.scheme() == "file" {
            let path = url
                .to_file_path()
                .map_err(|()| IndexError::malformed(&place(file), "it is not on this machine"))?;
            return Self::file_in_place(file, &path);
        }
        if let Some(local) = self.cached_file(file) {
            return Ok(local);
        }
        if self.settings.offline {
            return Err(IndexError::Offline { what: place(file).to_string() });
        }
        if file.hashes.is_empty() {
            if !self.http.is_trusted(&url) {
                return Err(IndexError::NoHash { place: Box::new(place(file)) });
            }
            let warning = format!(
                "{} has no hash: nobody can tell whether it is what its author uploaded",
                place(file)
            );
            self.warn(About::File(file.url.clone()), warning);
        }
        self.download(file, &url)
    }

    /// The file in the cache, its content hashed again; a damaged one is removed.
    pub(super) fn cached_file(&self, file: &IndexFile) -> Option<LocalFile> {
        let path = self.cache.file_path(file.hashes.sha256.as_ref()?, &file.filename);
        if !os::is_file(&path) {
            return None;
        }
        let local = Self::file_in_place(file, &path);
        if local.is_err() {
            self.forget_file(file);
        }
        local.ok()
    }

    /// Takes a file out of the cache.
    pub(super) fn forget_file(&self, file: &IndexFile) {
        if let Some(sha256) = &file.hashes.sha256 {
            // A file that stays is compared with its metadata again.
            let _ = os::remove_file(&self.cache.file_path(sha256, &file.filename));
        }
    }

    fn file_in_place(file: &IndexFile, path: &Path) -> Result<LocalFile, IndexError> {
        let failed = |error| IndexError::malformed(&place(file), crate::system::ReadError::to_string(&error));
        let path = os::canonical(path).map_err(failed)?;
        let content = os::open_regular(&path).map_err(failed)?;
        let (sha256, size) = verify(content, file)?;
        Ok(LocalFile { path, sha256, size, verified: true })
    }

    fn download(&self, file: &IndexFile, url: &Url) -> Result<LocalFile, IndexError> {
        let place = place(file);
        let transfer = self.progress.start(&file.filename, file.size);
        let mut temporary = self.cache.temporary_file()?;
        let mut download = Download {
            access: self,
            file,
            url,
            transfer: &*transfer,
            hasher: Hasher::new(file),
            validator: None,
            resumed: false,
        };
        let (sha256, size) = self
            .http
            .retrying(&place, url, |patience| download.attempt(temporary.as_file_mut(), patience))?;
        let path = self.cache.file_path(&sha256, &file.filename);
        Cache::publish(temporary, &path)?;
        transfer.finish();
        Ok(LocalFile { path, sha256, size, verified: !file.hashes.is_empty() })
    }
}

/// One file on its way into a temporary one, over as many attempts as it takes.
struct Download<'a> {
    access: &'a Access,
    file: &'a IndexFile,
    url: &'a Url,
    transfer: &'a dyn Transfer,
    /// Of what was written so far.
    hasher: Hasher,
    /// The strong `ETag` of the first attempt.
    validator: Option<String>,
    /// Some of it came from an earlier attempt.
    resumed: bool,
}

impl Download<'_> {
    fn attempt(&mut self, out: &mut File, patience: &mut Patience) -> Result<(String, u64), Failure> {
        let had = self.hasher.size;
        let result = self.receive(out, patience);
        if result.is_err() && self.hasher.size >= had + GOOD_PIECE {
            patience.renew();
        }
        result?;
        let finished = self.hasher.clone().finish(self.file);
        match finished {
            Ok(found) => Ok(found),
            // The pieces may be of two versions of the file: all of it once more.
            Err(_) if self.resumed => {
                self.restart(out)?;
                Err(Fault::Connection("the pieces of two attempts do not fit".to_owned()).into())
            }
            Err(error) => Err(Failure::Final(error)),
        }
    }

    fn restart(&mut self, out: &mut File) -> Result<(), Failure> {
        self.hasher = Hasher::new(self.file);
        self.validator = None;
        self.resumed = false;
        out.rewind().and_then(|()| out.set_len(0)).map_err(|error| self.disk(&error))
    }

    fn disk(&self, error: &io::Error) -> Failure {
        Failure::Final(IndexError::Disk { path: self.file.filename.clone(), problem: error.to_string() })
    }

    fn receive(&mut self, out: &mut File, patience: &mut Patience) -> Result<(), Failure> {
        // Only where the pieces can be shown to fit.
        if self.validator.is_none() && self.file.hashes.is_empty() {
            self.restart(out)?;
        }
        let had = self.hasher.size;
        let mut headers = Vec::new();
        if had > 0 {
            headers.push(("Range", format!("bytes={had}-")));
            headers.extend(self.validator.clone().map(|etag| ("If-Range", etag)));
        }
        let get = Get { url: self.url, accept: "*/*", compressed: false, headers };
        let answer = self.access.http.exchange(&get, &[416], patience)?;
        match (answer.status, content_range(&answer)) {
            (206, Some((first, ..))) if first == had && had > 0 && !answer.is_encoded() => {
                self.resumed = true;
            }
            (206 | 416, _) => {
                self.restart(out)?;
                return Err(Fault::Connection("the server did not go on where it stopped".to_owned()).into());
            }
            _ => {
                self.restart(out)?;
                self.validator =
                    answer.header("etag").filter(|etag| etag.starts_with('"')).map(str::to_owned);
            }
        }
        self.copy(answer, out)
    }

    fn copy(&mut self, answer: Answer, out: &mut File) -> Result<(), Failure> {
        let limit = self.access.settings.limits.file;
        let decoded = answer.is_encoded();
        if answer.length().is_some_and(|length| length.saturating_add(self.hasher.size) > limit) {
            return Err(Fault::TooLarge { limit, decoded: false }.into());
        }
        let mut body = answer.into_reader()?;
        let mut block = vec![0; BLOCK];
        loop {
            let count = match body.read(&mut block) {
                Ok(0) => return Ok(()),
                Ok(count) => count,
                Err(error) => {
                    if decoded {
                        // What came so far is no prefix of what a range would bring.
                        self.restart(out)?;
                    }
                    return Err(read_fault(&error).into());
                }
            };
            if self.hasher.size + count as u64 > limit {
                return Err(Fault::TooLarge { limit, decoded }.into());
            }
            out.write_all(&block[..count]).map_err(|error| self.disk(&error))?;
            self.hasher.update(&block[..count]);
            self.transfer.advance(self.hasher.size);
        }
    }
}

/// First byte, last byte and total of a `Content-Range` (RFC 9110, 14.4).
pub(super) fn content_range(answer: &Answer) -> Option<(u64, u64, u64)> {
    let (range, total) = answer.header("content-range")?.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last, total) = (first.parse().ok()?, last.parse().ok()?, total.parse().ok()?);
    (first <= last && last < total).then_some((first, last, total))
}

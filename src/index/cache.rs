//! What indexes said, on disk: pages in a compact form, metadata files, and distributions by their content's hash.
//!
//! Everything is written beside its place and renamed into it, so many processes can share one cache without locks; and
//! everything is checked when it is read, so that a damaged entry is as good as none.

use super::error::IndexError;
use super::listed::{Body, Listed, field, text};
use super::project_page::is_wheel;
use super::settings::CacheChoice;
use crate::system::os;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest cache entry that is read, in bytes.
const MAX_ENTRY: u64 = 128 * 1024 * 1024;

/// Temporary files of processes that were killed are removed after this many seconds.
const LEFTOVER_AGE: u64 = 86_400;

/// A directory of the cache, and whether it goes with the client.
pub(super) struct Cache {
    root: PathBuf,
    _temporary: Option<tempfile::TempDir>,
}

/// What an index said of a project, and when.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct CachedPage {
    /// Seconds since 1970.
    pub fetched: u64,
    /// Seconds.
    pub fresh_for: u64,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// The index has no such project.
    pub absent: bool,
    pub passed_over: usize,
    pub warnings: Vec<String>,
    pub files: Vec<Listed>,
}

impl CachedPage {
    pub(super) fn is_fresh(&self, now: u64) -> bool {
        // A time to come is a clock that was wrong.
        self.fetched <= now && now - self.fetched < self.fresh_for
    }
}

/// SHA-256 in lower-case hexadecimal digits.
pub(super) fn sha256(content: &[u8]) -> String {
    hexadecimal(&Sha256::digest(content))
}

pub(super) fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Cache {
    /// Opens the chosen directory; one that cannot be made is a warning, and a temporary one stands in.
    pub(super) fn open(choice: &CacheChoice) -> Result<(Self, Option<String>), IndexError> {
        let root = match choice {
            CacheChoice::None => None,
            CacheChoice::At(path) => Some(path.clone()),
            CacheChoice::User => os::cache_directory().map(|base| base.join("index")),
        };
        let mut warning = None;
        if let Some(root) = root {
            match os::create_directories(&root.join("temporary"), true) {
                Ok(()) => return Ok((Self { root, _temporary: None }, None)),
                Err(error) => {
                    warning =
                        Some(format!("cannot use the cache `{}`: {error}; nothing is kept", root.display()));
                }
            }
        }
        let temporary = tempfile::Builder::new().prefix("spx-index-").tempdir();
        let temporary = temporary.map_err(|error| IndexError::disk(&std::env::temp_dir(), error))?;
        let root = temporary.path().to_owned();
        let made = os::create_directories(&root.join("temporary"), true);
        made.map_err(|error| IndexError::disk(&root, error))?;
        Ok((Self { root, _temporary: Some(temporary) }, warning))
    }

    /// A new file on the cache's file system, removed unless it is published.
    pub(super) fn temporary_file(&self) -> Result<tempfile::NamedTempFile, IndexError> {
        let directory = self.root.join("temporary");
        sweep(&directory);
        let file = tempfile::Builder::new().prefix("download-").tempfile_in(&directory);
        file.map_err(|error| IndexError::disk(&directory, error))
    }

    /// Where a distribution with this hash is, or would be. `filename` has been parsed, so it has no separators.
    pub(super) fn file_path(&self, sha256: &str, filename: &str) -> PathBuf {
        let kind = if is_wheel(filename) { "wheels" } else { "sdists" };
        self.root.join(kind).join(&sha256[..2]).join(sha256).join(filename)
    }

    /// Puts a complete temporary file into its place.
    pub(super) fn publish(file: tempfile::NamedTempFile, path: &Path) -> Result<(), IndexError> {
        let failed = |error: std::io::Error| IndexError::disk(path, error);
        if let Some(parent) = path.parent() {
            os::create_directories(parent, true).map_err(failed)?;
        }
        file.as_file().sync_all().map_err(failed)?;
        file.persist(path).map_err(|error| failed(error.error))?;
        Ok(())
    }

    fn page_path(&self, place: &str, name: &str) -> PathBuf {
        self.root.join("simple").join(&sha256(place.as_bytes())[..16]).join(format!("{name}.page"))
    }

    /// What the index at `place` said of `name`, for a file's `setting` as it is now.
    pub(super) fn page(&self, place: &str, name: &str, setting: &Arc<str>) -> Option<CachedPage> {
        let content = os::read_regular(&self.page_path(place, name), MAX_ENTRY).ok()?;
        read_page(String::from_utf8(content).ok()?, setting)
    }

    pub(super) fn store_page(&self, place: &str, name: &str, page: &CachedPage) -> Result<(), String> {
        let (head, body) = write_page(page);
        store(&self.page_path(place, name), &[&head, &body])
    }

    pub(super) fn forget_page(&self, place: &str, name: &str) {
        // A page that stays is only asked for again.
        let _ = os::remove_file(&self.page_path(place, name));
    }

    fn metadata_path(&self, key: &str) -> PathBuf {
        self.root.join("metadata").join(&key[..2]).join(key)
    }

    /// Metadata by a key of hexadecimal digits.
    pub(super) fn metadata(&self, key: &str) -> Option<String> {
        let content = os::read_regular(&self.metadata_path(key), MAX_ENTRY).ok()?;
        let (head, text) = std::str::from_utf8(&content).ok()?.split_once('\n')?;
        (head == metadata_head(text)).then(|| text.to_owned())
    }

    pub(super) fn store_metadata(&self, key: &str, text: &str) -> Result<(), String> {
        store(&self.metadata_path(key), &[&metadata_head(text), "\n", text])
    }

    pub(super) fn forget_metadata(&self, key: &str) {
        // What stays is compared with the wheel again.
        let _ = os::remove_file(&self.metadata_path(key));
    }
}

fn sweep(directory: &Path) {
    let now = os::now();
    for name in os::list(directory, 1000).unwrap_or_default() {
        let path = directory.join(name);
        if os::modified(&path).is_some_and(|time| time + LEFTOVER_AGE < now) {
            // Another process may sweep too.
            let _ = os::remove_file(&path);
        }
    }
}

fn store(path: &Path, parts: &[&str]) -> Result<(), String> {
    let stored = path.parent().map_or(Ok(()), |parent| os::create_directories(parent, true)).and_then(|()| {
        os::write_atomically(path, false, |file| {
            parts.iter().try_for_each(|part| file.write_all(part.as_bytes()))
        })
    });
    stored.map_err(|error| format!("cannot write `{}`: {error}", path.display()))
}

fn checksum(text: &str) -> u32 {
    crc32fast::hash(text.as_bytes())
}

fn metadata_head(text: &str) -> String {
    format!("spx-metadata 1 {:08x} {}", checksum(text), text.len())
}

/// The first word of a page's entry; the number is the form's version.
const PAGE_HEAD: &str = "spx-page 1";

/// The two lines of a page's head, and the body that they describe.
fn write_page(page: &CachedPage) -> (String, String) {
    let mut body = String::new();
    for warning in &page.warnings {
        field(&mut body, Some(warning));
        body.push('\n');
    }
    for file in &page.files {
        file.write(&mut body);
    }
    let mut head = format!("{PAGE_HEAD} {:08x} {}\n", checksum(&body), body.len());
    field(&mut head, Some(&page.fetched.to_string()));
    field(&mut head, Some(&page.fresh_for.to_string()));
    field(&mut head, page.etag.as_deref());
    field(&mut head, page.last_modified.as_deref());
    field(&mut head, page.absent.then_some("absent"));
    field(&mut head, Some(&page.passed_over.to_string()));
    field(&mut head, Some(&page.warnings.len().to_string()));
    field(&mut head, Some(&page.files.len().to_string()));
    head.push('\n');
    (head, body)
}

fn read_page(content: String, setting: &Arc<str>) -> Option<CachedPage> {
    let (first, rest) = content.split_once('\n')?;
    let (head, body) = rest.split_once('\n')?;
    if first != format!("{PAGE_HEAD} {:08x} {}", checksum(body), body.len()) {
        return None;
    }
    let mut fields = head.split('\t');
    let number = |fields: &mut std::str::Split<'_, char>| fields.next()?.parse::<u64>().ok();
    let mut page = CachedPage {
        fetched: number(&mut fields)?,
        fresh_for: number(&mut fields)?,
        etag: text(fields.next()?),
        last_modified: text(fields.next()?),
        absent: fields.next()? == "absent",
        passed_over: number(&mut fields)? as usize,
        ..CachedPage::default()
    };
    let warnings = number(&mut fields)? as usize;
    let files = number(&mut fields)? as usize;
    let mut start = content.len() - body.len();
    for _ in 0..warnings {
        let length = content[start..].find('\n')?;
        page.warnings.push(text(content[start..start + length].trim_end_matches('\t'))?);
        start += length + 1;
    }
    page.files = Body::new(content, Arc::clone(setting)).files(start)?;
    (page.files.len() == files).then_some(page)
}

#[cfg(test)]
mod tests {
    use super::super::project_page::{CoreMetadata, Hashes, IndexFile};
    use super::*;

    #[test]
    fn pages_survive_the_disk_and_damage_is_noticed() {
        let setting: Arc<str> = Arc::from("`--index-url`");
        let file = IndexFile {
            filename: "foo-1.0-py3-none-any.whl".to_owned(),
            url: "https://files.example/a/foo-1.0-py3-none-any.whl".to_owned(),
            hashes: Hashes { sha256: Some("ab".repeat(32)), ..Hashes::default() },
            requires_python: Some(">=3.6".to_owned()),
            yanked: Some("a\tb\n\\c\r".to_owned()),
            core_metadata: Some(CoreMetadata::Unhashed),
            size: Some(7),
            upload_time: None,
            setting: Arc::clone(&setting),
        };
        let mut other = file.clone();
        other.url = "https://files.example/download?id=1".to_owned();
        other.yanked = Some(String::new());
        other.core_metadata = Some(CoreMetadata::Sha256("cd".repeat(32)));
        let page = CachedPage {
            fetched: 100,
            fresh_for: 50,
            etag: Some("\"x\\y\"".to_owned()),
            warnings: vec!["w".to_owned()],
            files: vec![file.into(), other.into()],
            passed_over: 3,
            ..CachedPage::default()
        };
        let (head, body) = write_page(&page);
        let written = head + &body;
        assert_eq!(read_page(written.clone(), &setting), Some(page.clone()));
        assert_eq!(
            (page.is_fresh(100), page.is_fresh(149), page.is_fresh(150), page.is_fresh(99)),
            (true, true, false, false)
        );
        for end in 0..written.len() {
            assert_eq!(read_page(written[..end].to_owned(), &setting), None, "cut at {end}");
        }
        assert_eq!(read_page(written.replace("3.6", "3.7"), &setting), None);

        let directory = tempfile::tempdir().unwrap();
        let (cache, warning) = Cache::open(&CacheChoice::At(directory.path().join("c"))).unwrap();
        assert_eq!(warning, None);
        cache.store_page("https://a.example/", "foo", &page).unwrap();
        assert_eq!(cache.page("https://a.example/", "foo", &setting), Some(page));
        assert_eq!(cache.page("https://b.example/", "foo", &setting), None);
        cache.store_metadata("abcd", "Name: x\n").unwrap();
        assert_eq!(cache.metadata("abcd").as_deref(), Some("Name: x\n"));
        cache.forget_metadata("abcd");
        assert_eq!(cache.metadata("abcd"), None);
    }

    #[test]
    fn without_a_usable_directory_nothing_is_kept() {
        let directory = tempfile::tempdir().unwrap();
        let blocked = directory.path().join("file");
        os::write_atomically(&blocked, false, |file| file.write_all(b"x")).unwrap();
        let (cache, warning) = Cache::open(&CacheChoice::At(blocked)).unwrap();
        assert!(warning.unwrap().contains("nothing is kept"));
        assert!(cache.temporary_file().is_ok());
    }
}

//! A wheel's METADATA without the wheel: the index's copy (PEP 658), the end of the archive by ranges, else the whole.

use super::access::{About, Access};
use super::cache::sha256;
use super::error::{Fault, IndexError};
use super::files::{LocalFile, place};
use super::http::Get;
use super::project_page::{CoreMetadata, IndexFile};
use super::ranged::Ranged;
use crate::archive::wheel_metadata;
use crate::packaging::name;
use crate::system::os;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use url::Url;

/// Where metadata is kept when it comes from the verified wheel itself.
fn own_key(file: &IndexFile) -> Option<String> {
    file.hashes.sha256.clone()
}

/// Where metadata is kept that somebody said belongs to the wheel: by who said what, so that one index's lie never
/// serves for another index's wheel.
fn told_key(file: &IndexFile) -> Option<String> {
    let wheel = file.hashes.sha256.as_ref()?;
    let said = match &file.core_metadata {
        Some(CoreMetadata::Sha256(hash)) => hash,
        _ => &file.url,
    };
    Some(sha256(format!("{wheel}\n{said}").as_bytes()))
}

impl Access {
    /// The METADATA of a file, invalid UTF-8 replaced. Of source distributions only when the index has it.
    pub(super) fn find_metadata(&self, file: &IndexFile) -> Result<String, IndexError> {
        let url =
            Url::parse(&file.url).map_err(|error| IndexError::malformed(&place(file), error.to_string()))?;
        if url.scheme() != "file" {
            let known = [own_key(file), told_key(file)]
                .into_iter()
                .flatten()
                .find_map(|key| self.cache.metadata(&key));
            if let Some(text) = known {
                return Ok(text);
            }
            if file.is_wheel()
                && let Some(local) = self.cached_file(file)
            {
                return self.metadata_in(file, &local.path);
            }
            if self.settings.offline {
                return Err(IndexError::Offline { what: format!("the metadata of {}", place(file)) });
            }
            if let Some(text) = self.told_metadata(file, &url)? {
                self.keep(told_key(file), &text);
                return Ok(text);
            }
        }
        if !file.is_wheel() {
            return Err(IndexError::malformed(
                &place(file),
                "the index has no metadata of this source distribution",
            ));
        }
        if url.scheme() != "file"
            && let Some(text) = self.ranged_metadata(file, &url)
        {
            self.keep(told_key(file), &text);
            return Ok(text);
        }
        let local = self.verified_file(file)?;
        let text = self.metadata_in(file, &local.path)?;
        if url.scheme() != "file" {
            self.keep(own_key(file), &text);
        }
        Ok(text)
    }

    fn keep(&self, key: Option<String>, text: &str) {
        let Some(key) = key else { return };
        if let Err(problem) = self.cache.store_metadata(&key, text) {
            self.warn(About::All, problem);
        }
    }

    fn metadata_in(&self, file: &IndexFile, path: &Path) -> Result<String, IndexError> {
        let unreadable = |problem: String| IndexError::malformed(&place(file), problem);
        let content = os::open_regular(path).map_err(|error| unreadable(error.to_string()))?;
        let content = std::io::BufReader::new(content);
        let text = wheel_metadata::read(content, self.settings.limits.metadata);
        text.map(|text| lossy(&text)).map_err(|error| unreadable(error.to_string()))
    }

    /// The index's copy; `None` when it has none, whatever its page says.
    fn told_metadata(&self, file: &IndexFile, url: &Url) -> Result<Option<String>, IndexError> {
        let Some(core_metadata) = &file.core_metadata else { return Ok(None) };
        let mut place = place(file);
        place.what = format!("the metadata of {}", place.what);
        let mut url = url.clone();
        url.set_path(&format!("{}.metadata", url.path()));
        let fetched = self.http.retrying(&place, &url, |patience| {
            let get = Get { url: &url, accept: "*/*", compressed: true, headers: Vec::new() };
            let answer = self.http.exchange(&get, &[], patience)?;
            Ok(answer.read(self.settings.limits.metadata)?)
        });
        let content = match fetched {
            Ok(content) => content,
            Err(IndexError::Transfer { fault: Fault::Status(403 | 404 | 410), .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        if let CoreMetadata::Sha256(expected) = core_metadata {
            let actual = sha256(&content);
            if actual != *expected {
                return Err(IndexError::Hash {
                    place: Box::new(place),
                    algorithm: "SHA-256",
                    expected: expected.clone(),
                    actual,
                });
            }
        }
        Ok(Some(lossy(&content)))
    }

    /// Out of the wheel's end by ranges; `None` when the server has no ranges, or anything about them is odd.
    fn ranged_metadata(&self, file: &IndexFile, url: &Url) -> Option<String> {
        let place = place(file);
        let source = Ranged::open(&self.http, &place, url, self.settings.limits.file)?;
        let content = wheel_metadata::read(source, self.settings.limits.metadata).ok()?;
        std::str::from_utf8(&content).ok().map(str::to_owned)
    }

    /// Compares a wheel with what was said of it before it was there; what differs is a lie that versions were chosen by.
    /// `given` is what this run was given.
    pub(super) fn check_metadata(
        &self,
        file: &IndexFile,
        local: &LocalFile,
        given: Option<Arc<str>>,
    ) -> Result<(), IndexError> {
        if !file.is_wheel() || file.url.starts_with("file:") {
            return Ok(());
        }
        let own = own_key(file).and_then(|key| self.cache.metadata(&key));
        let told = match (&own, given) {
            // What was given in this run came from the wheel itself.
            (Some(own), Some(given)) if **own == *given => return Ok(()),
            (Some(_), None) => return Ok(()),
            (_, Some(given)) => Some(given.to_string()),
            (None, None) => told_key(file).and_then(|key| self.cache.metadata(&key)),
        };
        let Some(told) = told else { return Ok(()) };
        let text = self.metadata_in(file, &local.path)?;
        if let Some(field) = difference(&told, &text) {
            if let Some(key) = told_key(file) {
                self.cache.forget_metadata(&key);
            }
            // Else the next run would take the wheel's own word, and what was refused would pass.
            // One that stays is compared again.
            let _ = os::remove_file(&local.path);
            return Err(IndexError::Metadata {
                place: Box::new(place(file)),
                problem: format!("`{field}` differs"),
            });
        }
        self.keep(own_key(file), &text);
        Ok(())
    }
}

fn lossy(content: &[u8]) -> String {
    String::from_utf8_lossy(content).into_owned()
}

/// The fields that decide what is installed.
const FIELDS: [&str; 5] = ["Name", "Version", "Requires-Dist", "Requires-Python", "Provides-Extra"];

/// The first field in which two METADATA texts mean different things.
fn difference(told: &str, own: &str) -> Option<&'static str> {
    let (told, own) = (fields(told), fields(own));
    FIELDS.into_iter().find(|field| told.get(field) != own.get(field))
}

/// The values of [`FIELDS`], sorted, white space made equal.
fn fields(text: &str) -> BTreeMap<&'static str, Vec<String>> {
    let mut found: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut current: Option<&'static str> = None;
    for line in text.lines().take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) {
            if let Some(value) = current.and_then(|field| found.get_mut(field)?.last_mut()) {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        current = FIELDS.into_iter().find(|field| field.eq_ignore_ascii_case(key.trim_end()));
        if let Some(field) = current {
            found.entry(field).or_default().push(value.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    for (field, values) in &mut found {
        if matches!(*field, "Name" | "Provides-Extra") {
            for value in values.iter_mut() {
                *value = name::normalize(value);
            }
        }
        values.sort();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn only_what_matters_is_compared() {
        let told = "Metadata-Version: 2.1\nName: Foo_Bar\nVersion: 1\nSummary: a\nRequires-Dist: a >1\nRequires-Dist: b\n\nx";
        let own = "Metadata-Version: 2.4\nname: foo-bar\nVersion:  1\nRequires-Dist: b\nRequires-Dist: a\n  >1\n\nRequires-Dist: c";
        assert_eq!(difference(told, own), None);
        assert_eq!(difference(told, &own.replace("Dist: b", "Dist: c")), Some("Requires-Dist"));
        assert_eq!(difference(told, &own.replace("Requires-Dist: b\n", "")), Some("Requires-Dist"));
        assert_eq!(difference(told, &own.replace("Version:  1", "Version: 2")), Some("Version"));
        assert_eq!(difference(told, &format!("Requires-Python: >3\n{own}")), Some("Requires-Python"));
    }
}

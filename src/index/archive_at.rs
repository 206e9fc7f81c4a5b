//! Single archives by their address, as requirements name them: `https://host/path/name-1.0.tar.gz#sha256=…`.

use super::access::Access;
use super::credentials::{Credentials, percent_decode};
use super::error::IndexError;
use super::project_page::{Hashes, IndexFile};
use std::sync::Arc;
use url::Url;

impl Access {
    /// [`super::Client::archive_at`].
    pub(super) fn archive_at(&self, address: &str, setting: &str) -> Result<IndexFile, IndexError> {
        let wrong = |problem: &str| IndexError::setting(setting, problem);
        let mut url = Url::parse(address).map_err(|error| wrong(&format!("its address is none: {error}")))?;
        let mut hashes = Hashes::default();
        for part in url.fragment().unwrap_or_default().split('&') {
            if let Some((algorithm, value)) = part.split_once('=') {
                hashes
                    .set(algorithm, value)
                    .map_err(|()| wrong(&format!("`{algorithm}` in its address is no hash")))?;
            }
        }
        url.set_fragment(None);
        let credentials = Credentials::take(&mut url);
        let name = url.path().rsplit('/').next().map(percent_decode).unwrap_or_default();
        // The name becomes that of a file in the cache.
        let fine = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '!');
        let filename: String = name.chars().map(|c| if fine(c) { c } else { '_' }).collect();
        if filename.trim_matches('.').is_empty() || filename.len() > 255 {
            return Err(wrong("its address names no file"));
        }
        if let Some(credentials) = credentials {
            self.http.remember(&url, credentials);
        }
        Ok(IndexFile {
            filename,
            url: url.into(),
            hashes,
            requires_python: None,
            yanked: None,
            core_metadata: None,
            size: None,
            upload_time: None,
            setting: Arc::from(setting),
        })
    }
}

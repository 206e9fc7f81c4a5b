//! Files from `--find-links`: directories, pages of links, and single archives.

use super::access::{About, Access};
use super::error::{IndexError, Place};
use super::pages::PageRequest;
use super::project_page::{Hashes, IndexFile, MAX_FILES, is_archive};
use super::settings::{LinksLocation, LinksPlace};
use crate::system::os;
use std::path::Path;
use std::sync::Arc;
use url::Url;

impl Access {
    /// All files of all `--find-links` places; places that cannot be used are warnings when only the environment or a
    /// configuration file names them.
    pub(super) fn links(&self) -> Result<Vec<IndexFile>, IndexError> {
        let mut files = Vec::new();
        for location in &self.settings.find_links {
            match self.links_of(location) {
                Ok(found) => files.extend(found),
                Err(error) if location.required => return Err(error),
                Err(error) => self.warn(About::All, error.to_string()),
            }
        }
        Ok(files)
    }

    fn links_of(&self, location: &LinksLocation) -> Result<Vec<IndexFile>, IndexError> {
        let page = |url: Url| {
            let key = url.to_string();
            let request =
                PageRequest { url, setting: &location.setting, project: None, key: (&key, "links") };
            let page = self.page(&request)?;
            if page.absent {
                return Err(IndexError::setting(&*location.setting, format!("there is no page at `{key}`")));
            }
            page.warnings.iter().for_each(|warning| self.warn(About::All, warning.clone()));
            Ok(page.files.iter().map(|file| IndexFile::clone(file)).collect())
        };
        let path = match &location.place {
            LinksPlace::Page(url, _) => return page(url.clone()),
            LinksPlace::Path(path) => path,
        };
        let setting = &location.setting;
        if os::is_directory(path) {
            return files_of_directory(path, setting);
        }
        // A mistyped address may have a password.
        let text = path.display().to_string();
        let text = text.rsplit_once('@').map_or(text.clone(), |(_, host)| format!("***@{host}"));
        let wrong = |problem: &str| IndexError::setting(&**setting, format!("`{text}` {problem}"));
        if !os::is_file(path) {
            return Err(wrong("is not there"));
        }
        match path.file_name().and_then(|name| name.to_str()) {
            Some(name) if is_archive(name) => Ok(local_file(path, name, setting).into_iter().collect()),
            _ => page(Url::from_file_path(path).map_err(|()| wrong("has no address"))?),
        }
    }
}

/// A directory's archives, sorted by name.
fn files_of_directory(path: &Path, setting: &Arc<str>) -> Result<Vec<IndexFile>, IndexError> {
    let names = os::list(path, MAX_FILES).map_err(|error| {
        let place = Place {
            what: "the directory".to_owned(),
            url: path.display().to_string(),
            setting: setting.to_string(),
        };
        IndexError::malformed(&place, error.to_string())
    })?;
    let archives = names.iter().filter(|name| is_archive(name));
    Ok(archives.filter_map(|name| local_file(&path.join(name), name, setting)).collect())
}

/// A file of this machine; `None` when it is a directory or gone.
fn local_file(path: &Path, name: &str, setting: &Arc<str>) -> Option<IndexFile> {
    let metadata = os::metadata(path).ok().filter(|metadata| metadata.kind == crate::system::Kind::File)?;
    Some(IndexFile {
        filename: name.to_owned(),
        url: Url::from_file_path(path).ok()?.into(),
        hashes: Hashes::default(),
        requires_python: None,
        yanked: None,
        core_metadata: None,
        size: Some(metadata.len),
        upload_time: None,
        setting: Arc::clone(setting),
    })
}

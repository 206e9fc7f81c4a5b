//! The client: pages, metadata and files of projects, each asked for once, from several threads.

use super::access::{About, Access};
use super::error::IndexError;
use super::files::LocalFile;
use super::listed::{Listed, ProjectPage};
use super::once::{Slots, in_parallel, locked, once};
use super::pages::of_project;
use super::progress::Progress;
use super::project_page::IndexFile;
use super::settings::Settings;
use crate::packaging::Name;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// Reads indexes by its settings. All methods may be called from several threads at a time.
pub struct Client {
    pub(super) access: Access,
    /// The files of all `--find-links` places.
    links: Mutex<Option<Result<Arc<Vec<IndexFile>>, IndexError>>>,
    pages: Slots<Name, Arc<ProjectPage>>,
    texts: Slots<String, Arc<str>>,
    files: Slots<String, LocalFile>,
}

impl Client {
    /// Makes no request; fails only when not even a temporary directory can be made.
    pub fn new(settings: Settings, progress: Arc<dyn Progress>) -> Result<Self, IndexError> {
        Ok(Self {
            access: Access::new(settings, progress)?,
            links: Mutex::default(),
            pages: Slots::default(),
            texts: Slots::default(),
            files: Slots::default(),
        })
    }

    /// The files of a project: those of `--find-links`, then those of the first index that has it (or of all, when the
    /// settings say so). [`IndexError::NotFound`] when nobody has it.
    pub fn project(&self, name: &Name) -> Result<Arc<ProjectPage>, IndexError> {
        once(&self.pages, name, || self.find_project(name))
    }

    fn find_project(&self, name: &Name) -> Result<Arc<ProjectPage>, IndexError> {
        let links = self.links()?;
        let settings = &self.access.settings;
        let mut files: Vec<Listed> = of_project(&links, name).map(Listed::from).collect();
        let mut passed_over = 0;
        let mut places = usize::from(!files.is_empty());
        for index in &settings.indexes {
            let page = match self.access.page_of_index(index, name) {
                // Offline, what is at hand must do.
                Err(IndexError::Offline { .. }) if places > 0 => None,
                result => result?,
            };
            let Some(page) = page else { continue };
            places += 1;
            for warning in page.warnings {
                self.access.warn(About::Project(name.clone()), warning);
            }
            passed_over += page.passed_over;
            files.extend(page.files);
            if !settings.best_match {
                break;
            }
        }
        if places == 0 {
            return Err(IndexError::NotFound { name: name.to_string(), places: self.places() });
        }
        // One page has no name twice.
        if places > 1 {
            let mut names = BTreeSet::new();
            files.retain(|file| names.insert(file.filename().to_owned()));
        }
        Ok(Arc::new(ProjectPage { name: name.clone(), files, passed_over }))
    }

    /// The files of all `--find-links` places, looked up once.
    fn links(&self) -> Result<Arc<Vec<IndexFile>>, IndexError> {
        // Held while looking: other threads need the same answer.
        locked(&self.links).get_or_insert_with(|| self.access.links().map(Arc::new)).clone()
    }

    fn places(&self) -> String {
        let settings = &self.access.settings;
        let indexes = settings.indexes.iter().map(|i| format!("`{}` (from {})", i.url, i.setting));
        let links = settings.find_links.iter().map(|links| links.setting.to_string());
        let places: Vec<String> = indexes.chain(links).collect();
        if places.is_empty() { "no place, as none is set".to_owned() } else { places.join(", ") }
    }

    /// Brings pages in, several at a time, so that [`Client::project`] has them; what fails is told there.
    pub fn prefetch(&self, names: &[Name]) {
        in_parallel(names, |name| drop(self.project(name)));
    }

    /// The METADATA of a file, invalid UTF-8 replaced. Of source distributions only when the index has it.
    pub fn metadata(&self, file: &IndexFile) -> Result<Arc<str>, IndexError> {
        once(&self.texts, &identity(file), || self.access.find_metadata(file).map(Arc::from))
    }

    /// Brings metadata in, several at a time, so that [`Client::metadata`] has it; what fails is told there.
    pub fn prefetch_metadata(&self, files: &[&IndexFile]) {
        in_parallel(files, |file| drop(self.metadata(file)));
    }

    /// A distribution's file on this machine: where it lies, or in the cache, downloaded when need be, hashes verified.
    ///
    /// A wheel's metadata is compared with what [`Client::metadata`] said.
    pub fn file(&self, file: &IndexFile) -> Result<LocalFile, IndexError> {
        once(&self.files, &identity(file), || {
            let local = self.access.verified_file(file)?;
            let told = locked(&self.texts).get(&identity(file)).cloned();
            let told =
                told.and_then(|slot| locked(&slot).as_ref().and_then(|result| result.as_ref().ok().cloned()));
            self.access.check_metadata(file, &local, told)?;
            Ok(local)
        })
    }

    /// [`Client::file`] for several files at a time; the results are in the files' order.
    pub fn files(&self, files: &[&IndexFile]) -> Vec<Result<LocalFile, IndexError>> {
        in_parallel(files, |file| drop(self.file(file)));
        files.iter().map(|file| self.file(file)).collect()
    }

    /// The archive at an address, with the hashes that its fragment gives. `setting` is where the address is written.
    ///
    /// Makes no request. Credentials in the address are kept for this address alone and never shown.
    pub fn archive_at(&self, address: &str, setting: &str) -> Result<IndexFile, IndexError> {
        self.access.archive_at(address, setting)
    }

    /// What went wrong without stopping the work, sorted.
    pub fn warnings(&self) -> Vec<(About, String)> {
        self.access.warnings()
    }

    /// How many requests went over the network, retries and redirects included.
    pub fn requests(&self) -> usize {
        self.access.http.requests()
    }
}

/// What tells a file from others, also from those of the same name elsewhere.
fn identity(file: &IndexFile) -> String {
    format!("{}\n{}", file.url, file.hashes.sha256.as_deref().unwrap_or_default())
}

//! The client: pages, metadata and files of projects, each asked for once, from several threads.

use super::cache::Cache;
use super::error::IndexError;
use super::http::{Http, locked};
use super::pages::of_project;
use super::progress::Progress;
use super::project_page::{IndexFile, ProjectPage};
use super::settings::Settings;
use crate::packaging::Name;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Connections at a time: more gain little and annoy servers.
pub(super) const WORKERS: usize = 8;

/// A place for a result that one thread works out while others that need it wait.
type Slot<T> = Arc<Mutex<Option<Result<T, IndexError>>>>;

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

/// Reads indexes by its settings. All methods may be called from several threads at a time.
pub struct Client {
    pub(super) settings: Arc<Settings>,
    pub(super) http: Http,
    pub(super) cache: Cache,
    pub(super) progress: Arc<dyn Progress>,
    /// The files of all `--find-links` places.
    pub(super) links: Mutex<Option<Result<Arc<Vec<IndexFile>>, IndexError>>>,
    pages: Mutex<BTreeMap<Name, Slot<Arc<ProjectPage>>>>,
    pub(super) texts: Mutex<BTreeMap<String, Slot<Arc<str>>>>,
    files: Mutex<BTreeMap<String, Slot<LocalFile>>>,
    warnings: Mutex<BTreeSet<String>>,
}

impl Client {
    /// Makes no request; fails only when not even a temporary directory can be made.
    pub fn new(settings: Settings, progress: Arc<dyn Progress>) -> Result<Self, IndexError> {
        let settings = Arc::new(settings);
        let (cache, warning) = Cache::open(&settings.cache)?;
        Ok(Self {
            http: Http::new(Arc::clone(&settings)),
            settings,
            cache,
            progress,
            links: Mutex::default(),
            pages: Mutex::default(),
            texts: Mutex::default(),
            files: Mutex::default(),
            warnings: Mutex::new(warning.into_iter().collect()),
        })
    }

    /// The files of a project: those of `--find-links`, then those of the first index that has it (or of all, when the
    /// settings say so). [`IndexError::NotFound`] when nobody has it.
    pub fn project(&self, name: &Name) -> Result<Arc<ProjectPage>, IndexError> {
        once(&self.pages, name, || self.find_project(name))
    }

    fn find_project(&self, name: &Name) -> Result<Arc<ProjectPage>, IndexError> {
        let links = self.links()?;
        let mut files: Vec<IndexFile> = of_project(&links, name).collect();
        let mut passed_over = 0;
        let mut found = !files.is_empty();
        for index in &self.settings.indexes {
            let page = match self.page_of_index(index, name) {
                // Offline, what is at hand must do.
                Err(IndexError::Offline { .. }) if found => None,
                result => result?,
            };
            let Some(page) = page else { continue };
            found = true;
            page.warnings.into_iter().for_each(|warning| self.warn(warning));
            passed_over += page.passed_over;
            files.extend(page.files);
            if !self.settings.best_match {
                break;
            }
        }
        if !found {
            return Err(IndexError::NotFound { name: name.to_string(), places: self.places() });
        }
        let mut names = BTreeSet::new();
        files.retain(|file| names.insert(file.filename.clone()));
        Ok(Arc::new(ProjectPage { name: name.clone(), files, passed_over }))
    }

    fn places(&self) -> String {
        let indexes = self.settings.indexes.iter().map(|i| format!("`{}` (from {})", i.url, i.setting));
        let links = self.settings.find_links.iter().map(|links| links.setting.to_string());
        let places: Vec<String> = indexes.chain(links).collect();
        if places.is_empty() { "no place, as none is set".to_owned() } else { places.join(", ") }
    }

    /// Brings pages in, several at a time, so that [`Client::project`] has them; what fails is told there.
    pub fn prefetch(&self, names: &[Name]) {
        in_parallel(names, |name| drop(self.project(name)));
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
            let local = self.verified_file(file)?;
            self.check_metadata(file, &local)?;
            Ok(local)
        })
    }

    /// [`Client::file`] for several files at a time; the results are in the files' order.
    pub fn files(&self, files: &[&IndexFile]) -> Vec<Result<LocalFile, IndexError>> {
        in_parallel(files, |file| drop(self.file(file)));
        files.iter().map(|file| self.file(file)).collect()
    }

    /// What went wrong without stopping the work, sorted.
    pub fn warnings(&self) -> Vec<String> {
        locked(&self.warnings).iter().cloned().collect()
    }

    /// How many requests went over the network, retries and redirects included.
    pub fn requests(&self) -> usize {
        self.http.requests()
    }

    pub(super) fn warn(&self, warning: String) {
        locked(&self.warnings).insert(warning);
    }
}

/// What tells a file from others, also from those of the same name elsewhere.
pub(super) fn identity(file: &IndexFile) -> String {
    format!("{}\n{}", file.url, file.hashes.sha256.as_deref().unwrap_or_default())
}

/// Works a result out once; threads that ask meanwhile wait for it.
pub(super) fn once<K: Ord + Clone, T: Clone>(
    slots: &Mutex<BTreeMap<K, Slot<T>>>,
    key: &K,
    work: impl FnOnce() -> Result<T, IndexError>,
) -> Result<T, IndexError> {
    let slot = Arc::clone(locked(slots).entry(key.clone()).or_default());
    locked(&slot).get_or_insert_with(work).clone()
}

/// Calls `work` for every item on a few threads.
fn in_parallel<T: Sync>(items: &[T], work: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..items.len().min(WORKERS) {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(item);
                }
            });
        }
    });
}

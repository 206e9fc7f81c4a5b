//! What reading an index takes: the settings, the network, the cache, and where warnings go.

use super::cache::Cache;
use super::error::IndexError;
use super::http::Http;
use super::once::locked;
use super::progress::Progress;
use super::settings::Settings;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// Pages, metadata and files are read through this; [`super::Client`] remembers what was read.
pub(super) struct Access {
    pub settings: Arc<Settings>,
    pub http: Http,
    pub cache: Cache,
    pub progress: Arc<dyn Progress>,
    warnings: Mutex<BTreeSet<String>>,
}

impl Access {
    pub(super) fn new(settings: Settings, progress: Arc<dyn Progress>) -> Result<Self, IndexError> {
        let settings = Arc::new(settings);
        let (cache, warning) = Cache::open(&settings.cache)?;
        let http = Http::new(Arc::clone(&settings));
        Ok(Self { settings, http, cache, progress, warnings: Mutex::new(warning.into_iter().collect()) })
    }

    /// Notes what went wrong without stopping the work.
    pub(super) fn warn(&self, warning: String) {
        locked(&self.warnings).insert(warning);
    }

    /// Sorted.
    pub(super) fn warnings(&self) -> Vec<String> {
        locked(&self.warnings).iter().cloned().collect()
    }
}

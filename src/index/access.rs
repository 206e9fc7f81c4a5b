//! What reading an index takes: the settings, the network, the cache, and where warnings go.

use super::cache::Cache;
use super::error::IndexError;
use super::http::Http;
use super::once::locked;
use super::progress::Progress;
use super::settings::Settings;
use crate::packaging::Name;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// What a warning is about. Who looks ahead may look at what nobody needs; what is wrong with that need not be told.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum About {
    All,
    /// What an index says of it.
    Project(Name),
    /// The file at this address.
    File(String),
}

/// Pages, metadata and files are read through this; [`super::Client`] remembers what was read.
pub(super) struct Access {
    pub settings: Arc<Settings>,
    pub http: Http,
    pub cache: Cache,
    pub progress: Arc<dyn Progress>,
    warnings: Mutex<BTreeSet<(About, String)>>,
}

impl Access {
    pub(super) fn new(settings: Settings, progress: Arc<dyn Progress>) -> Result<Self, IndexError> {
        let settings = Arc::new(settings);
        let (cache, warning) = Cache::open(&settings.cache)?;
        let http = Http::new(Arc::clone(&settings));
        let warnings = Mutex::new(warning.map(|warning| (About::All, warning)).into_iter().collect());
        Ok(Self { settings, http, cache, progress, warnings })
    }

    /// Notes what went wrong without stopping the work.
    pub(super) fn warn(&self, about: About, warning: String) {
        locked(&self.warnings).insert((about, warning));
    }

    /// Sorted.
    pub(super) fn warnings(&self) -> Vec<(About, String)> {
        locked(&self.warnings).iter().cloned().collect()
    }
}

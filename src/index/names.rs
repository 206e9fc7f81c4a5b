//! Host names, looked up once a run and one after the other.
//!
//! Eight workers that all ask for the same host at once lose packets on small networks, and the system's resolver then waits five
//! seconds before it asks again.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// What was found, by host and port. ureq gives its `unversioned` interfaces no promise: this file is all that uses them.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: Mutex<BTreeMap<String, ResolvedSocketAddrs>>,
    system: DefaultResolver,
}

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let Some(authority) = uri.authority() else { return self.system.resolve(uri, config, timeout) };
        let key = format!("{}://{authority}", uri.scheme_str().unwrap_or_default());
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(&key) {
            return Ok(found.clone());
        }
        let found = self.system.resolve(uri, config, timeout)?;
        known.insert(key, found.clone());
        Ok(found)
    }
}

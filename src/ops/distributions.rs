//! The resolver's questions put to the index client.

use super::Failure;
use crate::index::{Client, Distribution, IndexError, IndexFile, Options, PipValue, Progress, Settings, pip_configuration_files};
use crate::packaging::{CoreMetadata, Name};
use crate::resolve::{DistributionFile, DistributionKind, Distributions, Unavailable};
use crate::syntax::ini::{self, Dialect};
use crate::system::os;
use crate::text::encoding;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// pip's configuration files are a few lines; more than this is none.
const MAX_CONFIGURATION: u64 = 1024 * 1024;

/// A client by the options, the environment and pip's configuration files; with it, what of those files could not be read.
pub fn client(options: Options, progress: Arc<dyn Progress>) -> Result<(Client, Vec<String>), Failure> {
    let mut values = Vec::new();
    let mut warnings = Vec::new();
    for path in pip_configuration_files(&os::environment) {
        let Ok(bytes) = os::read_followed(&path, MAX_CONFIGURATION) else { continue };
        let file = path.display().to_string();
        let read = encoding::decode_utf8(&bytes)
            .map_err(|error| error.to_string())
            .and_then(|text| ini::parse(&text, &Dialect::python3()).map_err(|error| format!("line {}", error.line)));
        match read {
            Err(problem) => warnings.push(format!("`{file}` is no configuration file of pip and was left out: {problem}")),
            Ok(config) => values.extend(config.sections.into_iter().flat_map(|section| {
                let (file, name) = (file.clone(), section.name);
                section.options.into_iter().map(move |option| PipValue {
                    file: file.clone(),
                    section: name.clone(),
                    key: option.name,
                    value: option.value.unwrap_or_default(),
                })
            })),
        }
    }
    let settings = Settings::new(options, &os::environment, &values).map_err(failure)?;
    Ok((Client::new(settings, progress).map_err(failure)?, warnings))
}

/// An index's error as spx's own.
pub fn failure(error: IndexError) -> Failure {
    let failure = Failure::new(error.to_string());
    match error.help() {
        Some(help) => failure.help(help),
        None => failure,
    }
}

/// Answers the resolver from a client, and remembers which file of the index each answer was.
pub struct FromIndex<'a> {
    client: &'a Client,
    files: Mutex<BTreeMap<String, IndexFile>>,
    /// The first error of the world, which the resolver can only pass on as text.
    failed: Mutex<Option<IndexError>>,
}

impl<'a> FromIndex<'a> {
    pub fn new(client: &'a Client) -> Self {
        Self { client, files: Mutex::default(), failed: Mutex::default() }
    }

    /// The index's file behind one that the resolver chose.
    pub fn file(&self, file: &DistributionFile) -> Option<IndexFile> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).get(&file.location).cloned()
    }

    /// What of the world stopped the resolver, if anything did.
    pub fn failed(&self) -> Option<IndexError> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn unavailable(&self, error: IndexError) -> Unavailable {
        match error {
            IndexError::NotFound { places, .. } => Unavailable::Missing(format!("is in none of the places looked in: {places}")),
            // What one file is, the next version's file need not be.
            IndexError::Malformed { ref place, ref problem } if place.what.ends_with(".whl") => {
                Unavailable::Missing(format!("has no readable metadata: {problem}"))
            }
            error => {
                let text = error.to_string();
                self.failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                Unavailable::Failed(text)
            }
        }
    }
}

impl Distributions for FromIndex<'_> {
    fn files(&self, name: &Name) -> Result<Vec<Arc<DistributionFile>>, Unavailable> {
        let page = self.client.project(name).map_err(|error| self.unavailable(error))?;
        let mut known = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let mut files = Vec::with_capacity(page.files.len());
        for file in &page.files {
            let Ok(distribution) = file.distribution(name) else { continue };
            let kind = match &distribution {
                Distribution::Sdist(_) => DistributionKind::Sdist,
                Distribution::Wheel(wheel) => match wheel.tags() {
                    Some(tags) => DistributionKind::Wheel { tags, build: wheel.build.as_ref().map(|tag| (tag.number, tag.suffix.clone())) },
                    None => continue,
                },
            };
            known.entry(file.url.clone()).or_insert_with(|| file.clone());
            files.push(Arc::new(DistributionFile {
                filename: file.filename.clone(),
                location: file.url.clone(),
                version: distribution.version().clone(),
                kind,
                requires_python: file.requires_python.clone(),
                yanked: file.yanked.clone(),
                hashes: [("sha256", &file.hashes.sha256), ("sha384", &file.hashes.sha384), ("sha512", &file.hashes.sha512)]
                    .into_iter()
                    .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)))
                    .collect(),
                uploaded: None,
            }));
        }
        Ok(files)
    }

    fn metadata(&self, _name: &Name, file: &DistributionFile) -> Result<Arc<CoreMetadata>, Unavailable> {
        let known = self.file(file).ok_or_else(|| Unavailable::Missing("is not a file that was offered".to_owned()))?;
        let text = self.client.metadata(&known).map_err(|error| self.unavailable(error))?;
        let metadata = CoreMetadata::parse(text.as_bytes())
            .map_err(|error| Unavailable::Missing(format!("has no readable metadata: {error}")))?;
        Ok(Arc::new(metadata))
    }

    fn prefetch(&self, names: &[Name]) {
        self.client.prefetch(names);
    }

    fn prefetch_metadata(&self, files: &[(Name, Arc<DistributionFile>)]) {
        let known: Vec<IndexFile> = files.iter().filter_map(|(_, file)| self.file(file)).collect();
        self.client.prefetch_metadata(&known.iter().collect::<Vec<_>>());
    }
}

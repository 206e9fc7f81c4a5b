//! Wheels of what comes as source: archives and directories, read, interpreted and built here, never run.

use super::build;
use crate::archive::{Limits, open_sdist};
use crate::diagnostic::{Diagnostic, codes};
use crate::packaging::{CoreMetadata, Environment, Target, WheelFilename};
use crate::project::{self, Artifact, Scope};
use crate::system::{Memory, System, os};
use crate::text::Sources;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Goes up when the same source gives another wheel or another reason: then everything is built again.
const BUILDER: &str = "2";

/// Projects without native code are far below this, packed and unpacked; they are held in memory.
const MAX_ARCHIVE: u64 = 48 << 20;
const MAX_UNPACKED: u64 = 96 << 20;

/// The longest reason that is passed on, in characters.
const MAX_REASON: usize = 300;

/// What one source gives: a wheel for some targets, reasons for others.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Sourced {
    made: Vec<Made>,
    /// Why targets that `made` does not name get nothing; a phrase behind the source's name.
    otherwise: String,
}

/// What some targets get.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Made {
    /// Each as `3.8 linux`.
    targets: Vec<String>,
    wheel: Result<SourceWheel, String>,
}

/// A wheel that was built here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SourceWheel {
    pub(super) file_name: String,
    pub(super) sha256: String,
    /// The text of METADATA.
    metadata: String,
    #[serde(skip)]
    content: Arc<Vec<u8>>,
}

impl SourceWheel {
    pub(super) fn metadata(&self) -> Result<CoreMetadata, String> {
        CoreMetadata::parse(self.metadata.as_bytes()).map_err(|error| error.to_string())
    }

    fn fits(&self, environment: Environment) -> bool {
        let tags = self.file_name.parse::<WheelFilename>().ok().and_then(|name| name.tags());
        tags.is_some_and(|tags| environment.priority(&tags).is_some())
    }

    pub(super) fn content(&self) -> Vec<u8> {
        self.content.to_vec()
    }
}

impl Sourced {
    /// The wheel that an environment gets, or why none.
    pub(super) fn wheel(&self, environment: Environment) -> Result<&SourceWheel, &str> {
        let target = written(environment.target);
        let mut why = None;
        for made in self.made.iter().filter(|made| made.targets.contains(&target)) {
            match &made.wheel {
                Ok(wheel) if wheel.fits(environment) => return Ok(wheel),
                Ok(_) => why = why.or(Some("cannot be built for this Python")),
                Err(reason) => why = Some(reason),
            }
        }
        Err(why.unwrap_or(&self.otherwise))
    }

    /// What it says of itself first: its name and version, or why nothing is known.
    pub(super) fn identity(&self) -> Result<CoreMetadata, String> {
        let mut wheels = self.made.iter().map(|made| made.wheel.as_ref());
        match wheels.clone().find_map(Result::ok) {
            Some(wheel) => wheel.metadata(),
            None => Err(wheels.find_map(Result::err).unwrap_or(&self.otherwise).clone()),
        }
    }

    fn refused(reason: String) -> Self {
        Self { made: Vec::new(), otherwise: reason }
    }

    /// Builds what a project's tree gives, for every target that spx knows.
    pub(super) fn of_tree(tree: &dyn System) -> Self {
        let mut sourced = Self::of_targets(tree, Target::all());
        // A wheel is tagged by the Python that builds it unless the project says that it is for both series; so Python 2
        // gets one of its own, as pip there would build it.
        let unserved: Vec<Target> = Target::all()
            .into_iter()
            .filter(|target| {
                let name = written(*target);
                let wheels = sourced.made.iter().filter(|made| made.targets.contains(&name));
                let mut wheels = wheels.filter_map(|made| made.wheel.as_ref().ok()).peekable();
                wheels.peek().is_some()
                    && !wheels
                        .any(|wheel| Environment::defaults(&[*target]).into_iter().any(|on| wheel.fits(on)))
            })
            .collect();
        if !unserved.is_empty() {
            sourced.made.extend(Self::of_targets(tree, unserved).made);
        }
        sourced
    }

    fn of_targets(tree: &dyn System, targets: Vec<Target>) -> Self {
        let mut sources = Sources::new();
        let scope = Scope { targets, setuptools: None, artifact: Some(Artifact::Wheel) };
        let (project, diagnostics) = project::read(tree, &mut sources, &scope);
        if let Some(error) = diagnostics.iter().find(|diagnostic| diagnostic.is_error()) {
            return Self::refused(reason(error, &sources));
        }
        let made: Vec<Made> = (project.variants.into_iter())
            .map(|variant| {
                let mut diagnostics = Vec::new();
                let wheel = build::wheel(&variant, tree, &sources, &mut diagnostics).ok_or_else(|| {
                    let error = diagnostics.iter().find(|diagnostic| diagnostic.is_error());
                    error.map_or_else(|| "cannot be built here".to_owned(), |error| reason(error, &sources))
                });
                Made {
                    targets: variant.targets.into_iter().map(written).collect(),
                    wheel: wheel.map(|wheel| SourceWheel {
                        file_name: wheel.file_name,
                        sha256: wheel.sha256,
                        metadata: wheel.metadata,
                        content: Arc::new(wheel.content),
                    }),
                }
            })
            .collect();
        let otherwise = match diagnostics.iter().find(|diagnostic| diagnostic.code == &codes::LEFT_OUT) {
            Some(why) => reason(why, &sources),
            None => "cannot be built there: its setup.py ends before it calls setup()".to_owned(),
        };
        Self { made, otherwise }
    }

    /// Builds what an archive gives. `sha256` is that of the archive, and the key under which the result is kept in `cache`.
    pub(super) fn of_archive(path: &Path, file_name: &str, sha256: &str, cache: Option<&Path>) -> Self {
        let kept = cache.map(|cache| {
            let builder = format!("{}-{BUILDER}", env!("CARGO_PKG_VERSION"));
            cache.join("built").join(builder).join(sha256)
        });
        if let Some(known) = kept.as_deref().and_then(Self::kept) {
            return known;
        }
        let sourced = match unpacked(path, file_name) {
            Ok(tree) => Self::of_tree(&tree),
            Err(reason) => Self::refused(reason),
        };
        if let Some(directory) = kept {
            // A cache that cannot be written costs time, nothing else.
            let _ = sourced.keep(&directory);
        }
        sourced
    }

    fn kept(directory: &Path) -> Option<Self> {
        let text = os::read_regular(&directory.join(LIST), MAX_UNPACKED).ok()?;
        let mut sourced: Self = serde_json::from_slice(&text).ok()?;
        for wheel in sourced.made.iter_mut().filter_map(|made| made.wheel.as_mut().ok()) {
            wheel.file_name.parse::<WheelFilename>().ok()?;
            let content = os::read_regular(&directory.join(&wheel.file_name), MAX_UNPACKED).ok()?;
            if hexadecimal(&Sha256::digest(&content)) != wheel.sha256 {
                return None;
            }
            wheel.content = Arc::new(content);
        }
        Some(sourced)
    }

    /// The list last: what it names is there.
    fn keep(&self, directory: &Path) -> std::io::Result<()> {
        os::create_directories(directory, true)?;
        for wheel in self.made.iter().filter_map(|made| made.wheel.as_ref().ok()) {
            let path = directory.join(&wheel.file_name);
            os::write_atomically(&path, false, |file| file.write_all(&wheel.content))?;
        }
        let text = serde_json::to_vec(self)?;
        os::write_atomically(&directory.join(LIST), false, |file| file.write_all(&text))
    }
}

/// The file that says what was made of a source.
const LIST: &str = "made.json";

fn written(target: Target) -> String {
    format!("{} {}", target.python, target.platform)
}

/// The files of a source distribution as a tree.
pub(super) fn unpacked(path: &Path, file_name: &str) -> Result<Memory, String> {
    let content = os::read_followed(path, MAX_ARCHIVE).map_err(|error| format!("cannot be read: {error}"))?;
    let limits = Limits { entries: 20_000, total: MAX_UNPACKED, sdist_links: true, ..Limits::default() };
    let sdist = open_sdist(file_name, &content, &limits)
        .map_err(|error| format!("breaks the rules for source distributions: {error}"))?;
    let mut tree = Memory::new();
    for file in sdist.files {
        tree.insert(&file.path, file.content, file.executable);
    }
    Ok(tree)
}

/// An error as a phrase behind the source's name.
fn reason(error: &Diagnostic, sources: &Sources) -> String {
    let place = error.primary.as_ref().map(|label| format!(" ({})", sources.place(label.span)));
    let text = format!("cannot be built without running it: {}{}", error.message, place.unwrap_or_default());
    text.chars().take(MAX_REASON).collect()
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

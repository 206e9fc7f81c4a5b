//! One project read with the editor's buffers over its files: its values, what there is to say, and which files that took.

use super::document::{Document, Kind, is_requirements};
use super::settings::Settings;
use crate::build::{self, ListedFile};
use crate::diagnostic::{Diagnostic, codes, sort};
use crate::eval::Patience;
use crate::eval::codec::{self, Named};
use crate::lint;
use crate::project::{Artifact, Project};
use crate::syntax::requirements_txt::{self, RequirementsFile};
use crate::system::{Kind as FileKind, Metadata, Overlay, ReadError, Rooted, System};
use crate::text::Sources;
use crate::text::encoding::cookie;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Requirements files that are read beside the open ones; real projects have below ten.
const MAX_REQUIREMENTS: usize = 50;

/// The files that make a project.
const MAIN_FILES: &[&str] = &["setup.py", "setup.cfg", "pyproject.toml"];

/// The editor's text of a file, by its path below the root, as bytes that decode to it.
pub(super) type Buffers = Vec<(String, Vec<u8>)>;

/// What is known of a project.
#[derive(Debug)]
pub(super) struct Analysis {
    pub(super) root: PathBuf,
    /// Which state of the buffers and files this is about.
    pub(super) generation: u64,
    pub(super) sources: Sources,
    /// `None` where there is none of the files that make a project.
    pub(super) project: Option<Project>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) requirements: Vec<(String, RequirementsFile)>,
    /// Paths below the root that were read, listed or looked for.
    pub(super) looked_at: BTreeSet<String>,
    /// Whether it was given up: then nothing in it counts.
    pub(super) cancelled: bool,
}

/// What would be built.
#[derive(Debug)]
pub(super) struct Preview {
    /// File name and files; or why there is none.
    pub(super) wheel: Result<(String, Vec<ListedFile>), String>,
    pub(super) sdist: Result<(String, Vec<ListedFile>), String>,
    /// The text of METADATA.
    pub(super) metadata: Option<String>,
}

impl Default for Preview {
    fn default() -> Self {
        Self { wheel: Err(String::new()), sdist: Err(String::new()), metadata: None }
    }
}

/// Reads a project.
pub(super) fn analyse(
    root: &Path,
    generation: u64,
    buffers: &Buffers,
    settings: &Settings,
    patience: Patience,
) -> Analysis {
    let mut made = Analysis {
        root: root.to_owned(),
        generation,
        sources: Sources::new(),
        project: None,
        diagnostics: Vec::new(),
        requirements: Vec::new(),
        looked_at: BTreeSet::new(),
        cancelled: false,
    };
    let Ok(disk) = Rooted::new(root) else { return made };
    let tree = Recorder { below: &laid_over(&disk, buffers), seen: Mutex::default() };
    let wanted = settings.lint(patience.clone());
    let (wanted, said) = wanted.configured(&tree, &mut made.sources);
    let findings = lint::check(&tree, &mut made.sources, &wanted);
    let is_project = |name: &&str| made.sources.find(name).is_some();
    made.project = findings.project.filter(|_| MAIN_FILES.iter().any(is_project));
    made.diagnostics = findings.diagnostics;
    made.diagnostics.extend(said);
    made.read_requirements(&tree, buffers, &patience);
    sort(&mut made.diagnostics);
    made.cancelled = patience.is_cancelled();
    made.looked_at = tree.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    made
}

impl Analysis {
    fn read_requirements(&mut self, tree: &dyn System, buffers: &Buffers, patience: &Patience) {
        let mut names: BTreeSet<String> = BTreeSet::new();
        for (directory, prefix) in [("", ""), ("requirements", "requirements/")] {
            for (name, kind) in tree.list(directory).unwrap_or_default() {
                let path = format!("{prefix}{name}");
                if kind == FileKind::File && is_requirements(&self.root.join(&path)) {
                    names.insert(path);
                }
            }
        }
        let mut names: Vec<String> = names.into_iter().take(MAX_REQUIREMENTS).collect();
        for (path, _) in buffers {
            if is_requirements(&self.root.join(path)) && !names.contains(path) {
                names.push(path.clone());
            }
        }
        for name in names {
            if patience.is_over() {
                return;
            }
            // What the rules have looked at is said already.
            let is_known = self.sources.find(&name).is_some();
            let (file, diagnostics) = requirements_txt::read(&name, tree, &mut self.sources, &|_| None);
            if !is_known {
                self.diagnostics.extend(diagnostics);
            }
            self.requirements.push((name, file));
        }
    }

    /// The file that what stands nowhere is shown in.
    pub(super) fn main_file(&self) -> Option<&'static str> {
        MAIN_FILES.iter().copied().find(|name| self.sources.find(name).is_some())
    }
}

/// What would be built of a project that was read. Contents are left out of it, but for those that decide what goes in.
pub(super) fn preview(analysis: &Analysis, buffers: &Buffers) -> Preview {
    let mut made = Preview::default();
    let (Some(project), Ok(disk)) = (&analysis.project, Rooted::new(&analysis.root)) else { return made };
    let Some(variant) = project.variants.last() else {
        let why = || Err("setup() is not reached".to_owned());
        return Preview { wheel: why(), sdist: why(), metadata: None };
    };
    let light = Light { below: &laid_over(&disk, buffers) };
    let because = |diagnostics: Vec<Diagnostic>| {
        diagnostics.into_iter().find(Diagnostic::is_error).map_or_else(String::new, |first| first.message)
    };
    let refused = |kind| {
        let refusals = variant.refusals(kind);
        if refusals.is_empty() { Ok(()) } else { Err(because(refusals)) }
    };
    let (metadata, options) = (&variant.metadata, &variant.options);
    let wheel = build::wheel(metadata, &light, &analysis.sources, options).map_err(because);
    made.metadata = wheel.as_ref().ok().map(|wheel| wheel.metadata.clone());
    made.wheel = refused(Artifact::Wheel).and_then(|()| wheel.map(|wheel| (wheel.file_name, wheel.files)));
    let others = project.variants.iter().rev().skip(1).map(|other| &other.metadata).collect();
    let sdist = build::SdistOptions { modified: None, others };
    let sdist = build::sdist(metadata, &light, &analysis.sources, options, &sdist).map_err(because);
    made.sdist = refused(Artifact::Sdist).and_then(|()| sdist.map(|sdist| (sdist.file_name, sdist.files)));
    made
}

/// The bytes of a document that lies in a directory; `None` when it lies elsewhere or is more than a file may be.
pub(super) fn buffer(document: &Document, root: &Path) -> Option<(String, Vec<u8>)> {
    let inside = document.path.as_deref()?.strip_prefix(root).ok()?;
    let path: Vec<&str> = inside.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
    let text = document.text();
    if text.len() as u64 > crate::system::MAX_FILE {
        return None;
    }
    let named = match document.kind {
        Kind::SetupPy | Kind::Python | Kind::Requirements => cookie(text.as_bytes()),
        _ => None,
    };
    // What the file says it is written in; what cannot be written in that is an error of the file, which UTF-8 shows.
    let encoded = named.and_then(|name| match codec::find(&name, false) {
        Named::Codec(codec) => codec.encode(text, "strict").ok(),
        _ => None,
    });
    Some((path.join("/"), encoded.unwrap_or_else(|| text.as_bytes().to_vec())))
}

pub(super) fn laid_over<'a>(disk: &'a Rooted, buffers: &Buffers) -> Overlay<'a> {
    let mut tree = Overlay::new(disk);
    for (path, content) in buffers {
        tree.insert(path, content.clone());
    }
    tree
}

/// A tree that remembers what was asked of it.
struct Recorder<'a> {
    below: &'a dyn System,
    seen: Mutex<BTreeSet<String>>,
}

impl Recorder<'_> {
    fn saw(&self, path: &str) -> &dyn System {
        if let Some(path) = crate::system::normalise(path) {
            self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
        }
        self.below
    }
}

impl System for Recorder<'_> {
    fn read_up_to(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.saw(path).read_up_to(path, limit)
    }

    fn list(&self, path: &str) -> Result<Vec<(String, FileKind)>, ReadError> {
        self.saw(path).list(path)
    }

    fn metadata(&self, path: &str) -> Result<Metadata, ReadError> {
        self.saw(path).metadata(path)
    }

    fn is_link(&self, path: &str) -> bool {
        self.saw(path).is_link(path)
    }
}

/// A tree whose files have no content of note, but for those that say what is built: a preview reads names, and a project
/// may have a gigabyte of data.
struct Light<'a> {
    below: &'a dyn System,
}

impl System for Light<'_> {
    fn read_up_to(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let counts = path == "MANIFEST.in"
            || path == "setup.cfg"
            || path.contains(".egg-info/")
            || path.ends_with("PKG-INFO");
        if counts {
            return self.below.read_up_to(path, limit);
        }
        match self.below.metadata(path)?.kind {
            FileKind::File => Ok(b"#\n".to_vec()),
            FileKind::Directory => Err(ReadError::IsDirectory),
            FileKind::Other => Err(ReadError::NotRegular),
        }
    }

    fn list(&self, path: &str) -> Result<Vec<(String, FileKind)>, ReadError> {
        self.below.list(path)
    }

    fn metadata(&self, path: &str) -> Result<Metadata, ReadError> {
        self.below.metadata(path)
    }

    fn is_link(&self, path: &str) -> bool {
        self.below.is_link(path)
    }
}

/// An analysis that many may hold.
pub(super) type Known = Arc<Analysis>;

/// What is said of a project that spx itself failed at.
pub(super) fn failed(root: &Path, generation: u64) -> Analysis {
    let mut sources = Sources::new();
    sources.add("setup.py", "");
    let message = "internal error: spx could not read this project; please report it with the files";
    Analysis {
        root: root.to_owned(),
        generation,
        sources,
        project: None,
        diagnostics: vec![Diagnostic::general(&codes::LIMIT, message)],
        requirements: Vec::new(),
        looked_at: BTreeSet::new(),
        cancelled: false,
    }
}

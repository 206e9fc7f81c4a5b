//! What the application needs, and who says so: the project's own requirements, its requirements files, the command line.

use super::Failure;
use super::inputs::{self, Input};
use super::reference::{Location, Reference, location};
use crate::diagnostic::{Diagnostic, codes};
use crate::index::Options as IndexOptions;
use crate::packaging::name::normalize;
use crate::packaging::{CoreMetadata, Requirement};
use crate::resolve::Root;
use crate::syntax::requirements_txt::{self, Entry, EntryKind, FileOptions, RequirementsFile};
use crate::system::{Rooted, System, os};
use crate::text::{Sources, Span};
use std::path::Path;

/// Everything that is asked for beside the project's own wheel.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub roots: Vec<Root>,
    pub constraints: Vec<Root>,
    /// Whether a requirements file or a `--hash` in one asks for hashes everywhere.
    pub require_hashes: bool,
    pub pre: bool,
    /// Of the project, normalised.
    pub extras: Vec<String>,
    /// Whether the project's own directory is what the application is built of.
    pub of_project: bool,
    /// Extras of the project that its requirements files ask for, as `-e .[dev]` does.
    pub own_extras: Vec<String>,
    /// What is named by an address, to be looked at before anything is resolved.
    pub references: Vec<Reference>,
}

impl Wanted {
    /// Adds a requirement that was typed.
    pub fn add_input(&mut self, input: &Input) -> Result<(), Diagnostic> {
        match input {
            Input::Project { .. } => {}
            Input::Reference(reference) => self.refer((**reference).clone()),
            Input::Requirement { requirement, span } => {
                self.require((**requirement).clone(), Some(*span), inputs::WHO, Some(Path::new(".")))?;
            }
        }
        Ok(())
    }

    fn refer(&mut self, reference: Reference) {
        self.references.push(Reference { at: self.roots.len(), ..reference });
    }

    /// Adds a requirement by name or with a URL; `base` as [`super::reference::location`] has it.
    fn require(
        &mut self,
        requirement: Requirement,
        origin: Option<Span>,
        who: &str,
        base: Option<&Path>,
    ) -> Result<(), Diagnostic> {
        let who = who.to_owned();
        if requirement.url.is_some() {
            self.refer(Reference::of_requirement(&requirement, origin, who, base)?);
        } else {
            self.roots.push(Root { requirement, origin, who, hashes: Vec::new() });
        }
        Ok(())
    }

    /// Puts what references turned out to be into their places.
    pub fn named(&mut self, named: Vec<(usize, Root)>) {
        for (at, root) in named.into_iter().rev() {
            self.roots.insert(at, root);
        }
    }

    /// Adds what the project's METADATA requires, with these extras. `origin` is the argument that says so.
    pub fn add_metadata(
        &mut self,
        metadata: &CoreMetadata,
        extras: &[String],
        origin: Option<Span>,
    ) -> Result<(), Diagnostic> {
        self.add_extras(metadata, extras)?;
        // spx wrote this METADATA itself, after it had read every requirement in it.
        for requirement in metadata.requires_dist.iter().flatten().cloned() {
            self.require(requirement, origin, "the project", None)?;
        }
        Ok(())
    }

    /// Asks for extras of the project.
    pub fn add_extras(&mut self, metadata: &CoreMetadata, extras: &[String]) -> Result<(), Diagnostic> {
        for extra in extras {
            let normal = normalize(extra);
            if !metadata.provides_extra.contains(&normal) {
                let provided = metadata.provides_extra.join(", ");
                let help = if provided.is_empty() {
                    "it has no extras".to_owned()
                } else {
                    format!("it has {provided}")
                };
                let message = format!("the project has no extra `{extra}`");
                return Err(Diagnostic::general(&codes::NO_SUCH_EXTRA, message).help(help));
            }
            if !self.extras.contains(&normal) {
                self.extras.push(normal);
            }
        }
        Ok(())
    }

    /// Adds a requirements file with everything it includes.
    pub fn add_file(
        &mut self,
        path: &Path,
        system: &Rooted,
        constraints: bool,
        index: &mut IndexOptions,
        sources: &mut Sources,
    ) -> Vec<Diagnostic> {
        let Some(inside) = relative(path, system.root()) else {
            return vec![Diagnostic::general(
                &codes::UNREADABLE_FILE,
                format!("`{}` cannot be read", path.display()),
            )];
        };
        let (file, mut diagnostics) = requirements_txt::read(&inside, system, sources, &os::environment);
        let RequirementsFile { entries, options, .. } = file;
        for entry in entries {
            let added = self.add_entry(entry, constraints, system.root(), sources);
            diagnostics.extend(added.err());
        }
        self.add_options(options, index);
        diagnostics
    }

    fn add_entry(
        &mut self,
        entry: Entry,
        constraints: bool,
        root: &Path,
        sources: &Sources,
    ) -> Result<(), Diagnostic> {
        let who = sources.path(entry.span.file).to_owned();
        let (span, constraint) = (entry.span, constraints || entry.constraint);
        let hashes: Vec<String> =
            entry.hashes.iter().map(|hash| format!("{}:{}", hash.algorithm, hash.digest)).collect();
        self.require_hashes |= !hashes.is_empty();
        let reference = match entry.kind {
            EntryKind::Requirement(requirement) if requirement.url.is_none() => {
                let root = Root { requirement: *requirement, origin: Some(span), who, hashes };
                if constraint {
                    self.constraints.push(root);
                } else {
                    self.roots.push(root);
                }
                return Ok(());
            }
            _ if constraint => {
                let message = "a constraint narrows versions, and an address has none";
                return Err(Diagnostic::new(&codes::UNSUPPORTED_REQUIREMENT, span, message)
                    .help("require it in a requirements file instead"));
            }
            // The project itself, as `-e .` in a requirements file for developers: its wheel is there already.
            EntryKind::Path { path, extras, .. } if path.is_empty() && self.of_project => {
                self.own_extras.extend(extras);
                return Ok(());
            }
            EntryKind::Path { path, extras, marker } => {
                Reference::unnamed(Location::Path(root.join(path)), extras, marker, span, who)
            }
            EntryKind::Requirement(requirement) => {
                Reference::of_requirement(&requirement, Some(span), who, Some(root))?
            }
            EntryKind::Url { url, marker } => {
                Reference::unnamed(location(&url, Some(span), Some(root))?, Vec::new(), marker, span, who)
            }
        };
        self.refer(Reference { hashes, expanded: entry.expanded, ..reference });
        Ok(())
    }

    /// Options in a requirements file count as pip counts them: they go before the command line's.
    fn add_options(&mut self, options: FileOptions, index: &mut IndexOptions) {
        if let Some(url) = options.index_url {
            index.index_url = Some(url.value);
        }
        index.no_index |= options.no_index.is_some();
        index.extra_index_urls.extend(options.extra_index_urls.into_iter().map(|setting| setting.value));
        index.find_links.extend(options.find_links.into_iter().map(|setting| setting.value));
        index.trusted_hosts.extend(options.trusted_hosts.into_iter().map(|setting| setting.value));
        self.require_hashes |= options.require_hashes.is_some();
        self.pre |= options.pre.is_some();
    }
}

/// The tree through which a typed requirements file is read: the project's when it lies there, else the current
/// directory's, else its own directory's. Files that it includes must lie in the same tree.
pub fn tree_for(path: &Path, project: Option<&Rooted>) -> Result<Rooted, Failure> {
    let failure = |error| Failure::new(format!("`{}`: {error}", path.display()));
    let real = os::canonical(path).map_err(failure)?;
    if let Some(project) = project.filter(|project| real.starts_with(project.root())) {
        return Ok(project.clone());
    }
    let current = os::current_directory().and_then(|directory| Rooted::new(&directory)).map_err(failure)?;
    if real.starts_with(current.root()) {
        return Ok(current);
    }
    Rooted::new(real.parent().unwrap_or(&real)).map_err(failure)
}

/// A path below a root, with `/`.
fn relative(path: &Path, root: &Path) -> Option<String> {
    let real = os::canonical(path).ok()?;
    let inside = real.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = inside.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// Whether a project has a requirements file of the usual name.
pub fn has_requirements(system: &Rooted) -> bool {
    system.metadata("requirements.txt").is_ok() || system.is_link("requirements.txt")
}

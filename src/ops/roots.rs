//! What the application needs, and who says so: the project's own requirements, its requirements files, the command line.

use super::Failure;
use super::inputs::{self, Input};
use crate::diagnostic::{Diagnostic, codes};
use crate::index::Options as IndexOptions;
use crate::packaging::name::normalize;
use crate::packaging::{CoreMetadata, Requirement};
use crate::resolve::Root;
use crate::syntax::requirements_txt::{self, Entry, EntryKind, FileOptions, RequirementsFile};
use crate::system::{Rooted, System, os};
use crate::text::{Sources, Span};
use std::path::Path;

/// Who says so when the project's own metadata does.
pub const PROJECT: &str = "the project";

/// Everything that is asked for beside the project's own wheel.
#[derive(Debug, Default)]
pub struct Wanted {
    pub roots: Vec<Root>,
    pub constraints: Vec<Root>,
    /// Whether a requirements file or a `--hash` in one asks for hashes everywhere.
    pub require_hashes: bool,
    pub pre: bool,
    /// Of the project, normalised.
    pub extras: Vec<String>,
}

impl Wanted {
    /// Adds a requirement that was typed; a wheel's file is required exactly, and offered as a place to find it.
    pub fn add_input(&mut self, input: &Input, index: &mut IndexOptions) -> Result<(), Diagnostic> {
        let (requirement, span) = match input {
            Input::Project { .. } => return Ok(()),
            Input::Requirement { requirement, span } if requirement.url.is_some() => {
                return Err(inputs::url(*span));
            }
            Input::Requirement { requirement, span } => ((**requirement).clone(), *span),
            Input::Wheel { path, extras, span } => {
                index.find_links.push(path.display().to_string());
                (exactly(path, extras, *span)?, *span)
            }
        };
        self.roots.push(Root {
            requirement,
            origin: Some(span),
            who: "the command line".to_owned(),
            hashes: Vec::new(),
        });
        Ok(())
    }

    /// Adds what the project's METADATA requires, with these extras. `origin` is the argument that says so.
    pub fn add_metadata(
        &mut self,
        metadata: &CoreMetadata,
        extras: &[String],
        origin: Option<Span>,
    ) -> Result<(), Diagnostic> {
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
            self.extras.push(normal);
        }
        // spx wrote this METADATA itself, after it had read every requirement in it.
        for requirement in metadata.requires_dist.iter().flatten().cloned() {
            if requirement.url.is_some() {
                return Err(origin.map_or_else(
                    || {
                        Diagnostic::general(
                            &codes::UNSUPPORTED_REQUIREMENT,
                            format!("`{requirement}` is required by its URL"),
                        )
                    },
                    inputs::url,
                ));
            }
            self.roots.push(Root { requirement, origin, who: PROJECT.to_owned(), hashes: Vec::new() });
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
            if let Err(diagnostic) = self.add_entry(entry, constraints, sources) {
                diagnostics.extend(diagnostic);
            }
        }
        self.add_options(options, index);
        diagnostics
    }

    fn add_entry(
        &mut self,
        entry: Entry,
        constraints: bool,
        sources: &Sources,
    ) -> Result<(), Option<Diagnostic>> {
        let requirement = match entry.kind {
            EntryKind::Requirement(requirement) if requirement.url.is_none() => *requirement,
            // The project itself, as `-e .` in a requirements file for developers: its wheel is there already.
            EntryKind::Path { path, extras, .. } if path.is_empty() && extras.is_empty() => return Err(None),
            EntryKind::Path { .. } => {
                let diagnostic = Diagnostic::new(
                    &codes::UNSUPPORTED_REQUIREMENT,
                    entry.span,
                    "requirements by a local path are not supported",
                );
                return Err(Some(diagnostic.help("build its wheel with `spx wheel PATH --out-dir wheelhouse`, and add `--find-links wheelhouse`")));
            }
            EntryKind::Requirement(_) | EntryKind::Url { .. } => return Err(Some(inputs::url(entry.span))),
        };
        let hashes =
            entry.hashes.iter().map(|hash| format!("{}:{}", hash.algorithm, hash.digest)).collect::<Vec<_>>();
        self.require_hashes |= !hashes.is_empty();
        let root = Root {
            requirement,
            origin: Some(entry.span),
            who: sources.path(entry.span.file).to_owned(),
            hashes,
        };
        if constraints || entry.constraint {
            self.constraints.push(root);
        } else {
            self.roots.push(root);
        }
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

fn exactly(path: &Path, extras: &[String], span: Span) -> Result<Requirement, Diagnostic> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut parts = name.split('-');
    let extras = if extras.is_empty() { String::new() } else { format!("[{}]", extras.join(",")) };
    let text = match (parts.next(), parts.next()) {
        (Some(name), Some(version)) => format!("{name}{extras}=={version}"),
        _ => String::new(),
    };
    text.parse().map_err(|_| {
        Diagnostic::new(&codes::INVALID_REQUIREMENT, span, format!("`{name}` is not a wheel's file name"))
            .help("PEP 427 has it as NAME-VERSION-PYTHON-ABI-PLATFORM.whl")
    })
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

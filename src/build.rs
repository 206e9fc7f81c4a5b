//! Wheels, from a project that was read.
//!
//! The result equals what setuptools 84.2.1 builds, the generator's name in `WHEEL` and the files' times aside; what
//! cannot be built so is refused with the reason.

pub use crate::project::WheelOptions;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::project::Metadata;
use crate::system::System;
use crate::text::Sources;

mod collect;
mod dist_info;
mod license;
mod nearest;
mod scripts;
mod wheel;

/// A file of a wheel, and why it is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListedFile {
    pub path: String,
    /// The project's file that it was made from; `None` for what was generated.
    pub source: Option<String>,
    /// The rule that put it there, for people: "module of package `x`".
    pub rule: String,
    /// In bytes.
    pub size: u64,
}

/// A wheel in memory.
#[derive(Clone, Debug)]
pub struct BuiltWheel {
    pub file_name: String,
    pub content: Vec<u8>,
    /// Of `content`, in hexadecimal.
    pub sha256: String,
    /// In the archive's order.
    pub files: Vec<ListedFile>,
    /// `py3-none-any`, or several joined by dots as the file name has them.
    pub tag: String,
    /// The text of METADATA.
    pub metadata: String,
    pub warnings: Vec<Diagnostic>,
}

/// Builds the wheel of a project; nothing when anything it needs is unknown, missing or not spx's job.
pub fn wheel(
    metadata: &Metadata,
    system: &dyn System,
    sources: &Sources,
    options: &WheelOptions,
) -> Result<BuiltWheel, Vec<Diagnostic>> {
    wheel::build(metadata, system, sources, options)
}

/// Fields that no file of a wheel depends on.
const WITHOUT_EFFECT: &[&str] = &["setup_requires", "tests_require", "test_suite"];

/// One diagnostic for each field that the wheel needs and that cannot be known.
fn unknown_fields(metadata: &Metadata) -> Vec<Diagnostic> {
    let needed = metadata.iter().filter(|(name, _)| !WITHOUT_EFFECT.contains(name));
    needed
        .filter_map(|(name, _)| {
            let unknown = metadata.known(name).err()?;
            let origin = metadata.origin(name).unwrap_or(unknown.span);
            let message = format!("`{name}` cannot be known without running setup.py: {}", unknown.reason);
            let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, origin, message).here("the wheel needs this");
            for place in &unknown.trail {
                diagnostic = diagnostic.label(place.span, place.text.clone());
            }
            if unknown.span != origin {
                diagnostic = diagnostic.label(unknown.span, "this is not known");
            }
            Some(diagnostic.help(format!("give `{name}` a value that stands in the project's own files")))
        })
        .collect()
}

/// A diagnostic at the argument that sets a field, if one does.
fn at(metadata: &Metadata, field: &str, code: &'static Code, message: impl Into<String>) -> Diagnostic {
    match metadata.origin(field) {
        Some(span) => Diagnostic::new(code, span, message),
        None => Diagnostic::general(code, message),
    }
}

/// A known text field.
fn text<'a>(metadata: &'a Metadata, field: &str) -> Option<&'a str> {
    metadata.text(field).ok().flatten()
}

/// A known list, empty when unset.
fn list<'a>(metadata: &'a Metadata, field: &str) -> &'a [String] {
    metadata.list(field).unwrap_or_default()
}

/// A known map to lists, empty when unset.
fn list_map<'a>(metadata: &'a Metadata, field: &str) -> &'a [(String, Vec<String>)] {
    metadata.list_map(field).unwrap_or_default()
}

/// Whether a field comes from setup.cfg or pyproject.toml, which setuptools calls static.
fn is_static(metadata: &Metadata, sources: &Sources, field: &str) -> bool {
    metadata.origin(field).is_some_and(|span| {
        let path = sources.path(span.file);
        path == "setup.cfg" || path == "pyproject.toml"
    })
}

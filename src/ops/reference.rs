//! Requirements that name a file, a directory or an address instead of a version.

use crate::diagnostic::{Code, Diagnostic, codes};
use crate::packaging::{Marker, Name, Requirement, Version};
use crate::resolve::Root;
use crate::text::{Sources, Span};
use std::path::{Path, PathBuf};

/// Where it lies.
#[derive(Clone, Debug)]
pub(super) enum Location {
    /// A directory, a wheel or a source archive.
    Path(PathBuf),
    /// `http:` or `https:`.
    Url(String),
}

/// A requirement that names where to find it.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) location: Location,
    /// As `name @ address` gives it.
    pub(super) name: Option<Name>,
    pub(super) extras: Vec<String>,
    pub(super) marker: Option<Marker>,
    pub(super) hashes: Vec<String>,
    pub(super) origin: Option<Span>,
    pub(super) who: String,
    /// Its place among the other requirements.
    pub(super) at: usize,
    /// Whether the address has values of environment variables: then nothing may show it.
    pub(super) expanded: bool,
}

/// Tells what an address leads to; spx fetches archives, and runs no version control.
///
/// `base` is the directory that addresses of this machine without a root start from, where they may be named at all.
pub(super) fn location(url: &str, span: Option<Span>, base: Option<&Path>) -> Result<Location, Diagnostic> {
    let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let said = |message: &str| match span {
        Some(span) => Diagnostic::new(&codes::UNSUPPORTED_REQUIREMENT, span, message),
        None => Diagnostic::general(&codes::UNSUPPORTED_REQUIREMENT, message),
    };
    match scheme.as_str() {
        "http" | "https" => Ok(Location::Url(url.to_owned())),
        "file" => {
            let Some(base) = base else {
                return Err(said("a project's own metadata may not name files of this machine"));
            };
            let relative = url["file:".len()..].split(['#', '?']).next().unwrap_or_default();
            if !relative.starts_with('/') {
                return Ok(Location::Path(base.join(relative)));
            }
            let path = url::Url::parse(url).ok().and_then(|url| url.to_file_path().ok());
            path.map(Location::Path).ok_or_else(|| said("a `file:` address names no file of this machine"))
        }
        scheme if scheme.contains('+') || matches!(scheme, "git" | "ssh" | "svn" | "hg" | "bzr") => {
            let (tool, _) = scheme.split_once('+').unwrap_or((scheme, ""));
            Err(said(&format!("a requirement in version control, which spx does not read: it runs no `{tool}`"))
                .help("name an archive of that revision instead: hosts give one at an address such as https://HOST/OWNER/PROJECT/archive/REVISION.tar.gz"))
        }
        _ => Err(said("an address that spx does not fetch from")
            .help("archives come over https or http, or from this machine")),
    }
}

/// Where a reference is written, for messages: `requirements.txt:3:1`.
pub(super) fn place_of(reference: &Reference, sources: &Sources) -> String {
    match reference.origin {
        Some(span) if !sources.path(span.file).is_empty() => sources.place(span),
        _ => reference.who.clone(),
    }
}

impl Reference {
    /// The location as it may be shown.
    pub(super) fn shown(&self) -> String {
        match &self.location {
            _ if self.expanded => "what is named here".to_owned(),
            Location::Path(path) => path.display().to_string(),
            Location::Url(url) => without_secrets(url),
        }
    }

    /// A requirement that has a URL, taken apart.
    pub(super) fn of_requirement(
        requirement: &Requirement,
        origin: Option<Span>,
        who: String,
        base: Option<&Path>,
    ) -> Result<Self, Diagnostic> {
        Ok(Self {
            location: location(requirement.url.as_deref().unwrap_or_default(), origin, base)?,
            name: Some(requirement.name.clone()),
            extras: requirement.extras.clone(),
            marker: requirement.marker.clone(),
            hashes: Vec::new(),
            origin,
            who,
            at: 0,
            expanded: false,
        })
    }

    /// Something that only its place names.
    pub(super) fn unnamed(
        location: Location,
        extras: Vec<String>,
        marker: Option<Marker>,
        origin: Span,
        who: String,
    ) -> Self {
        let (name, hashes) = (None, Vec::new());
        Self { location, name, extras, marker, hashes, origin: Some(origin), who, at: 0, expanded: false }
    }

    pub(super) fn refused(&self, code: &'static Code, message: String) -> Diagnostic {
        match self.origin {
            Some(span) => Diagnostic::new(code, span, message),
            None => Diagnostic::general(code, message),
        }
    }

    /// The requirement by name that stands for it, at `url` as the archive has it, without credentials.
    pub(super) fn root(
        &self,
        name: &Name,
        version: &Version,
        url: &str,
        setting: &str,
    ) -> Result<Root, Diagnostic> {
        let extras =
            if self.extras.is_empty() { String::new() } else { format!("[{}]", self.extras.join(",")) };
        let marker = self.marker.as_ref().map(|marker| format!(" ; {}", marker.text())).unwrap_or_default();
        let name = name.written();
        let text = match self.expanded {
            true => format!("{name}{extras}=={version}{marker}"),
            false => format!("{name}{extras} @ {url}{marker}"),
        };
        let requirement: Requirement = text.parse().map_err(|error| {
            self.refused(&codes::INVALID_REQUIREMENT, format!("{setting} cannot be required: {error}"))
        })?;
        Ok(Root { requirement, origin: self.origin, who: self.who.clone(), hashes: self.hashes.clone() })
    }
}

/// An address without user name, password, query and fragment.
fn without_secrets(url: &str) -> String {
    let Ok(mut url) = url::Url::parse(url) else { return "the address".to_owned() };
    // Both only fail for addresses that cannot have credentials.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.into()
}

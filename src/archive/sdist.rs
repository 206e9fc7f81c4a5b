//! Source distributions read with suspicion: one root directory, plain files, and the project that the file name says.

use super::names;
use super::rejection::{Limits, Note, Rejection};
use super::tar_reader::{self, TarMember};
use super::wheel::{headers, only};
use super::zip_reader;
use crate::packaging::Version;
use crate::packaging::name::normalize;
use std::collections::BTreeSet;
use std::str::FromStr;

/// A file of a source distribution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SdistFile {
    /// Below the root directory.
    pub path: String,
    pub content: Vec<u8>,
    pub executable: bool,
}

/// A source distribution whose every byte was checked.
#[derive(Clone, Debug)]
pub struct CheckedSdist {
    /// The directory that everything stands in.
    pub root: String,
    /// In the archive's order.
    pub files: Vec<SdistFile>,
    pub notes: Vec<Note>,
}

/// Opens a source distribution (`.tar.gz`, `.tgz` or `.zip`) by its file name (the last component) and content.
pub fn open_sdist(file_name: &str, content: &[u8], limits: &Limits) -> Result<CheckedSdist, Rejection> {
    let (stem, members, mut notes) = if let Some(stem) = file_name.strip_suffix(".zip") {
        (stem, zip_members(content, limits)?, Vec::new())
    } else if let Some(stem) = file_name.strip_suffix(".tar.gz").or_else(|| file_name.strip_suffix(".tgz")) {
        let (members, notes) = tar_reader::members(content, limits)?;
        (stem, members, notes)
    } else {
        let message = format!("{} is no `.tar.gz`, `.tgz` or `.zip`", names::shown(file_name));
        return Err(Rejection::new("sdist-file-name", message));
    };
    notes.extend(names::check_all(members.iter().map(|member| member.name.as_str()))?);
    let roots: BTreeSet<&str> = members.iter().filter_map(|member| member.name.split('/').next()).collect();
    let root = match roots.first() {
        Some(root) if roots.len() == 1 => (*root).to_owned(),
        _ => {
            let message = format!("the archive has {} top-level names instead of one directory", roots.len());
            return Err(Rejection::new("sdist-layout", message));
        }
    };
    let mut files = Vec::new();
    for TarMember { name, content, executable } in members.into_iter().filter(|member| !member.name.ends_with('/')) {
        let Some(path) = name.strip_prefix(&root).and_then(|rest| rest.strip_prefix('/')) else {
            return Err(Rejection::new("sdist-layout", "the archive's only top-level name is a file"));
        };
        files.push(SdistFile { path: path.to_owned(), content, executable });
    }
    check_identity(stem, &files, &mut notes)?;
    Ok(CheckedSdist { root, files, notes })
}

fn zip_members(content: &[u8], limits: &Limits) -> Result<Vec<TarMember>, Rejection> {
    let mut out = Vec::new();
    for member in zip_reader::members(content, limits)? {
        let mut content_of = Vec::new();
        zip_reader::unpack(content, &member, |piece| content_of.extend_from_slice(piece))?;
        out.push(TarMember { name: member.name, content: content_of, executable: member.executable });
    }
    Ok(out)
}

/// PKG-INFO must be that of the file name, where a legacy name may itself contain `-`.
fn check_identity(stem: &str, files: &[SdistFile], notes: &mut Vec<Note>) -> Result<(), Rejection> {
    let Some(info) = files.iter().find(|file| file.path == "PKG-INFO") else {
        notes.push(Note { code: "no-pkg-info", message: "the source distribution has no PKG-INFO".to_owned() });
        return Ok(());
    };
    // Descriptions of old tools may be in any encoding; names and versions are ASCII.
    let text = String::from_utf8_lossy(&info.content);
    let headers = headers(&text).map_err(|why| Rejection::new("sdist-metadata", format!("PKG-INFO {why}")))?;
    let (Some(name), Some(version)) = (only(&headers, "name"), only(&headers, "version")) else {
        return Err(Rejection::new("sdist-metadata", "PKG-INFO does not give one name and one version"));
    };
    let same_version = |text: &str| match (Version::from_str(text), Version::from_str(version)) {
        (Ok(file), Ok(own)) => file == own,
        _ => text == version,
    };
    let same = stem
        .match_indices('-')
        .any(|(at, _)| normalize(&stem[..at]) == normalize(name) && same_version(&stem[at + 1..]));
    if same {
        return Ok(());
    }
    let message = format!("PKG-INFO is that of {} {}, not of this file name", names::shown(name), names::shown(version));
    Err(Rejection::new("sdist-identity", message))
}

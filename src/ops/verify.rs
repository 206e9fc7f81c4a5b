//! `spx verify`: what the checked readers say of a wheel, a source distribution or an application file.

use super::Failure;
use crate::archive::{Limits, Note, Rejection, open_sdist, open_wheel};
use crate::system::os;
use crate::zipapp::read::{self, is_application};
use sha2::{Digest, Sha256};
use std::path::Path;

/// What an archive holds that was taken.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// "wheel of demo 1.0", "source distribution", "application demo of 3 wheels".
    pub what: String,
    pub files: usize,
    /// Unpacked, in bytes.
    pub size: u64,
    pub notes: Vec<Note>,
}

/// The verdict on a file.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub file_name: String,
    pub sha256: String,
    pub outcome: Result<Accepted, Rejection>,
}

/// Reads every byte of an archive. Fails when the file cannot be read, or is of no known kind.
pub fn verify(path: &Path, limits: &Limits) -> Result<Verdict, Failure> {
    let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_wheel = path.extension().is_some_and(|extension| extension == "whl");
    let is_sdist = [".tar.gz", ".tgz", ".zip"].iter().any(|suffix| file_name.ends_with(suffix));
    // What an archive may unpack to at most bounds what it may be.
    let content = os::read_followed(path, limits.total)
        .map_err(|error| Failure::new(format!("`{}`: {error}", path.display())))?;
    let is_application = !is_wheel && !is_sdist && is_application(&content);
    if !is_wheel && !is_sdist && !is_application {
        return Err(Failure::new(format!(
            "`{}` is neither a wheel nor a source distribution by its name, and no application file",
            path.display()
        ))
        .help("wheels end in .whl, source distributions in .tar.gz, .tgz or .zip"));
    }
    let sha256 = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
    let outcome = if is_wheel {
        open_wheel(&file_name, content, limits).map(|wheel| Accepted {
            what: format!("wheel of {} {}", wheel.name, wheel.version),
            files: wheel.members.len(),
            size: wheel.members.iter().map(|member| member.size).sum(),
            notes: wheel.notes,
        })
    } else if is_application {
        read::open(content, limits).and_then(|app| {
            Ok(Accepted {
                files: app.verify(limits)?,
                what: format!("application {} of {} wheels", app.name, app.wheels.len()),
                size: app.wheels.iter().map(|wheel| wheel.size).sum(),
                notes: Vec::new(),
            })
        })
    } else {
        open_sdist(&file_name, &content, limits).map(|sdist| Accepted {
            what: format!("source distribution {}", sdist.root),
            files: sdist.files.len(),
            size: sdist.files.iter().map(|file| file.content.len() as u64).sum(),
            notes: sdist.notes,
        })
    };
    Ok(Verdict { file_name, sha256, outcome })
}

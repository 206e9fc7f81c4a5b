//! `spx inspect` and `spx extract`: what an application file carries, and getting it out again.

use super::Failure;
use crate::archive::{Limits, Rejection};
use crate::system::os;
use crate::zipapp::read::{self, Opened};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Reads an application file; the inner error says what is wrong with it.
pub fn inspect(path: &Path) -> Result<Result<Opened, Rejection>, Failure> {
    let limits = Limits::default();
    let content = os::read_followed(path, limits.total)
        .map_err(|error| Failure::new(format!("`{}`: {error}", path.display())))?;
    Ok(read::open(content, &limits))
}

/// Writes the wheels of an application, byte for byte, its manifest's bill of materials beside them, and says which.
pub fn extract(opened: &Opened, directory: &Path) -> Result<Result<Vec<PathBuf>, Rejection>, Failure> {
    let mut written = Vec::new();
    for wheel in &opened.wheels {
        // Names of wheels have no separators: the reader refuses other ones.
        let path = directory.join(&wheel.file_name);
        let content = match opened.wheel(wheel) {
            Ok(content) => content,
            Err(rejection) => return Ok(Err(rejection)),
        };
        os::write_atomically(&path, false, |file| file.write_all(&content))
            .map_err(|error: std::io::Error| Failure::new(format!("`{}`: {error}", path.display())))?;
        written.push(path);
    }
    Ok(Ok(written))
}

//! `spx wheel`: a project read, built, and written whole or not at all.

use super::metadata::open;
use super::{Failure, Outcome};
use crate::build::{self, BuiltWheel};
use crate::project::{self, Scope};
use crate::system::os;
use crate::text::Sources;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Builds the wheel of the project at `path` into a directory; its place and itself.
pub fn wheel(path: &Path, directory: &Path, scope: &Scope) -> Result<Outcome<(PathBuf, BuiltWheel)>, Failure> {
    let system = open(path)?;
    let mut sources = Sources::new();
    let (project, mut diagnostics) = project::read(&system, &mut sources, scope);
    if diagnostics.iter().any(crate::diagnostic::Diagnostic::is_error) {
        return Ok(Outcome { value: None, diagnostics, sources });
    }
    match build::wheel(&project.metadata, &system, &sources, &project.wheel_options) {
        Err(errors) => {
            diagnostics.extend(errors);
            Ok(Outcome { value: None, diagnostics, sources })
        }
        Ok(mut built) => {
            diagnostics.append(&mut built.warnings);
            let target = directory.join(&built.file_name);
            os::write_atomically(&target, false, |file| file.write_all(&built.content))
                .map_err(|error| Failure::new(format!("`{}` could not be written: {error}", target.display())))?;
            Ok(Outcome { value: Some((target, built)), diagnostics, sources })
        }
    }
}

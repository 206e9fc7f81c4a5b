//! Writing the file: header, wheels, manifest, bootstrap.

use super::{App, Entry, WheelSource, header, manifest};
use crate::archive::ArchiveEntry;
use crate::archive::zip::Writer;
use crate::packaging::Python;
use crate::system::os;
use sha2::{Digest, Sha256};
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;

const MAIN: &str = include_str!("bootstrap/main.py");
const START: &str = include_str!("bootstrap/start.py");
const CACHE: &str = include_str!("bootstrap/cache.py");
const INSTALL: &str = include_str!("bootstrap/install.py");

/// Why an application could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("`{}`: {error}", path.display())]
    Wheel { path: PathBuf, error: String },
    #[error("`{0}` is not the file name of a wheel")]
    WheelName(String),
    #[error("the sha256 of `{0}` is not 64 lower-case hexadecimal digits")]
    Digest(String),
    #[error("two wheels are called `{0}`")]
    DuplicateWheel(String),
    #[error("`{file_name}` has sha256 {found}, where {expected} was promised: it changed on the way")]
    Hash { file_name: String, expected: String, found: String },
    #[error("the application fits no Python")]
    NoSelection,
    #[error("the selection for Python {python} names wheel {index}, which is not there")]
    NoSuchWheel { python: Python, index: usize },
    #[error("{0} cannot be run")]
    Entry(Entry),
    #[error("an injected argument or variable has a NUL, or a variable has no name")]
    Inject,
    #[error("`#!{0}` is no shebang line")]
    Shebang(String),
}

/// What was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// Names the application's directory in the cache: 24 hexadecimal digits of everything in the file that is not a
    /// wheel's content, and of the wheels' hashes.
    pub id: String,
    /// Bytes.
    pub size: u64,
}

/// Writes the application to `out`, which is empty; the caller makes the file executable.
///
/// The same `app` gives the same bytes. A wheel whose content has another sha256 than promised is an error.
pub fn write(app: &App, out: &mut (impl Write + Seek)) -> Result<Summary, Error> {
    let manifest = manifest::text(app)?;
    let header = header::text(app);
    let mut hasher = Sha256::new();
    for part in [&manifest, &header, MAIN, START, CACHE, INSTALL] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let id = hex(&hasher.finalize())[..24].to_owned();
    out.write_all(header.replace("@ID@", &id).as_bytes())?;
    let mut zip = Writer::new(&mut *out);
    for wheel in &app.wheels {
        let path = format!("whl/{}", wheel.file_name);
        let found = match &wheel.source {
            WheelSource::Bytes(content) => store(&mut zip, &path, content.len() as u64, content.as_slice())?,
            WheelSource::File(source) => {
                let unreadable = |error: String| Error::Wheel { path: source.clone(), error };
                let file = os::open_regular(source).map_err(|error| unreadable(error.to_string()))?;
                let len = file.metadata()?.len();
                store(&mut zip, &path, len, file).map_err(|error| unreadable(error.to_string()))?
            }
        };
        if found != wheel.sha256 {
            let (file_name, expected) = (wheel.file_name.clone(), wheel.sha256.clone());
            return Err(Error::Hash { file_name, expected, found });
        }
    }
    zip.add(&ArchiveEntry::new("spx.json", manifest).stored())?;
    zip.add(&ArchiveEntry::new("spx_start.py", START).stored())?;
    zip.add(&ArchiveEntry::new("spx_cache.py", CACHE))?;
    zip.add(&ArchiveEntry::new("spx_install.py", INSTALL))?;
    // Stored, because to inflate pulls in zlib: at every start, and from wherever PYTHONPATH points.
    zip.add(&ArchiveEntry::new("__main__.py", MAIN.replace("@ID@", &id)).stored())?;
    zip.finish()?;
    let size = out.stream_position()?;
    Ok(Summary { id, size })
}

/// Copies `content` into the zip and says its sha256.
fn store<W: Write + Seek>(
    zip: &mut Writer<W>,
    path: &str,
    len: u64,
    content: impl Read,
) -> io::Result<String> {
    let mut content = Hashing { content, hasher: Sha256::new() };
    zip.add_stored(path, len, &mut content)?;
    Ok(hex(&content.hasher.finalize()))
}

struct Hashing<R> {
    content: R,
    hasher: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

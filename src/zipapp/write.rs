//! Writing the file: header, wheels, manifest, bootstrap.

use super::{App, AppWheel, Entry, Header, InheritPath, WheelSource, header, manifest, sbom};
use crate::archive::ArchiveEntry;
use crate::archive::zip::Writer;
use crate::packaging::Python;
use crate::system::os;
use sha2::{Digest, Sha256};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

const MAIN: &str = include_str!("bootstrap/main.py");
const FIND: &str = include_str!("bootstrap/find.py");
const COLD: &str = include_str!("bootstrap/cold.py");
const START: &str = include_str!("bootstrap/start.py");
const CACHE: &str = include_str!("bootstrap/cache.py");
const INSTALL: &str = include_str!("bootstrap/install.py");
const RARE: &str = include_str!("bootstrap/rare.py");
const SETTLE: &str = include_str!("bootstrap/settle.py");
const TOOLS: &str = include_str!("bootstrap/tools.py");

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

/// A file of the application that is no wheel.
struct Part {
    path: &'static str,
    text: String,
    /// Read at every start, where inflating would pull in `zlib`: at every start, and from wherever PYTHONPATH points.
    stored: bool,
}

/// Everything of the application but the wheels, in order; the header, and the id that is in it and in `spx_find.py`.
fn parts(app: &App) -> Result<(String, String, Vec<Part>), Error> {
    let manifest = manifest::text(app)?;
    let header = header::text(app);
    // Before `ready` is there to say which, everything inherited stays where it is.
    let inherits = app.behaviour.inherit_path != InheritPath::No;
    let cold = COLD.replace("@INHERIT@", if inherits { InheritPath::Prefer.word() } else { "" });
    let code = [
        ("spx_find.py", FIND, true),
        ("spx_cold.py", &cold, true),
        ("spx_start.py", START, true),
        ("spx_cache.py", CACHE, false),
        ("spx_install.py", INSTALL, false),
        ("spx_rare.py", RARE, false),
        ("spx_settle.py", SETTLE, false),
        ("spx_tools.py", TOOLS, false),
    ];
    let mut named = vec![manifest.as_str(), &header, MAIN];
    named.extend(code.map(|(_, text, _)| text));
    let id = identity(&named);
    let part = |path, text: &str, stored| Part { path, text: text.replace("@ID@", &id), stored };
    let mut parts = vec![
        Part { path: "spx.json", text: manifest.clone(), stored: true },
        Part { path: "spx_sbom.json", text: sbom::text(app, &id)?, stored: false },
    ];
    parts.extend(code.map(|(path, text, stored)| part(path, text, stored)));
    parts.push(part("__main__.py", MAIN, true));
    Ok((header.replace("@ID@", &id), id, parts))
}

/// Names an application by its manifest, header, `__main__.py` and other parts in their order, with `@ID@` where the
/// name goes.
pub(super) fn identity(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hex(&hasher.finalize())[..24].to_owned()
}

/// Writes the application to `out`, which is empty; the caller makes the file executable.
///
/// The same `app` gives the same bytes. A wheel whose content has another sha256 than promised is an error.
pub fn write(app: &App, out: &mut (impl Write + Seek)) -> Result<Summary, Error> {
    let (header, id, parts) = parts(app)?;
    out.write_all(header.as_bytes())?;
    let mut zip = Writer::new(&mut *out);
    for wheel in &app.wheels {
        let path = format!("whl/{}", wheel.file_name);
        let (len, content) = open(wheel)?;
        let mut content = Hashing { content, hasher: Sha256::new() };
        let unreadable = |error| unreadable(wheel, error);
        if app.compress {
            let mut bytes = Vec::new();
            content.read_to_end(&mut bytes).map_err(unreadable)?;
            zip.add(&ArchiveEntry::new(path, bytes))?;
        } else {
            zip.add_stored(&path, len, &mut content).map_err(unreadable)?;
        }
        content.check(wheel)?;
    }
    for part in parts {
        let entry = ArchiveEntry::new(part.path, part.text);
        zip.add(&if part.stored { entry.stored() } else { entry })?;
    }
    zip.finish()?;
    let size = out.stream_position()?;
    Ok(Summary { id, size })
}

/// Writes the application as a directory, which must not be there or be empty: `python DIRECTORY` runs it.
pub fn write_loose(app: &App, directory: &Path) -> Result<Summary, Error> {
    let (header, id, parts) = parts(app)?;
    // A shell script cannot be a Python file: the one with a `#!` line stays, the one that finds a Python does not.
    let first = match app.header {
        Header::Shebang(_) => header,
        Header::Sh => "#!/usr/bin/env python3\n".to_owned(),
    };
    let mut size = 0;
    for wheel in &app.wheels {
        let (_, content) = open(wheel)?;
        let mut content = Hashing { content, hasher: Sha256::new() };
        os::write_atomically(&directory.join("whl").join(&wheel.file_name), false, |file| {
            size += io::copy(&mut content, file).map_err(|error| unreadable(wheel, error))?;
            Ok::<(), Error>(())
        })?;
        content.check(wheel)?;
    }
    for part in parts {
        let main = part.path == "__main__.py";
        let text = if main { format!("{first}{}", part.text) } else { part.text };
        size += text.len() as u64;
        os::write_atomically(&directory.join(part.path), main, |file| file.write_all(text.as_bytes()))?;
    }
    Ok(Summary { id, size })
}

/// A wheel's length and bytes.
fn open(wheel: &AppWheel) -> Result<(u64, Box<dyn Read + '_>), Error> {
    match &wheel.source {
        WheelSource::Bytes(content) => Ok((content.len() as u64, Box::new(content.as_slice()))),
        WheelSource::File(source) => {
            let file = os::open_regular(source)
                .map_err(|error| Error::Wheel { path: source.clone(), error: error.to_string() })?;
            Ok((file.metadata()?.len(), Box::new(file)))
        }
    }
}

fn unreadable(wheel: &AppWheel, error: io::Error) -> Error {
    match &wheel.source {
        WheelSource::Bytes(_) => Error::Io(error),
        WheelSource::File(path) => Error::Wheel { path: path.clone(), error: error.to_string() },
    }
}

struct Hashing<R> {
    content: R,
    hasher: Sha256,
}

impl<R> Hashing<R> {
    /// Whether what went through is what was promised.
    fn check(self, wheel: &AppWheel) -> Result<(), Error> {
        let found = hex(&self.hasher.finalize());
        if found == wheel.sha256 {
            return Ok(());
        }
        let (file_name, expected) = (wheel.file_name.clone(), wheel.sha256.clone());
        Err(Error::Hash { file_name, expected, found })
    }
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

//! `--sources-directory`: the files of a directory as a wheel, as they are, for programs that have no setup.py.

use super::Failure;
use super::app::HeldWheel;
use crate::archive::{ArchiveEntry, zip};
use crate::packaging::name::normalize;
use crate::packaging::record::{self, RecordRow};
use crate::system::os;
use regex::Regex;
use sha2::{Digest, Sha256};
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// What one directory may hold; more is no program but somebody's home.
const MAX_FILES: usize = 50_000;
const MAX_BYTES: u64 = 1 << 30;
const MAX_DEPTH: usize = 64;

/// A wheel made of a directory.
pub struct BuiltDirectory {
    pub wheel: HeldWheel,
    pub content: Vec<u8>,
}

/// One wheel a directory, without the files that a pattern names: `*.txt`, `tests/*`.
pub fn wheels(directories: &[PathBuf], exclude: &[String]) -> Result<Vec<BuiltDirectory>, Failure> {
    let exclude = exclude.iter().map(|text| pattern(text)).collect::<Result<Vec<_>, _>>()?;
    let mut wheels: Vec<BuiltDirectory> = Vec::new();
    for directory in directories {
        let built = wheel(directory, &exclude, wheels.len())?;
        wheels.push(built);
    }
    Ok(wheels)
}

fn wheel(directory: &Path, exclude: &[Regex], place: usize) -> Result<BuiltDirectory, Failure> {
    let mut entries = Vec::new();
    let mut left = MAX_BYTES;
    collect(directory, "", exclude, 0, &mut left, &mut entries)?;
    if entries.is_empty() {
        return Err(Failure::new(format!("`{}` has no files to take", directory.display())));
    }
    let real = os::canonical(directory).ok();
    let own =
        real.as_deref().unwrap_or(directory).file_name().map(|name| name.to_string_lossy().into_owned());
    let plain: String = own.unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).collect();
    // Two directories may have one name, and a name must not be that of a project.
    let name = normalize(&format!("spx-sources-{plain}-{place}")).trim_end_matches('-').replace('-', "_");
    let information = format!("{name}-0.dist-info");
    let mut add =
        |file: &str, text: String| entries.push(ArchiveEntry::new(format!("{information}/{file}"), text));
    add(
        "METADATA",
        format!(
            "Metadata-Version: 2.1\nName: {name}\nVersion: 0\nSummary: files taken by --sources-directory\n"
        ),
    );
    add(
        "WHEEL",
        format!(
            "Wheel-Version: 1.0\nGenerator: spx ({})\nRoot-Is-Purelib: true\nTag: py2-none-any\nTag: py3-none-any\n",
            env!("CARGO_PKG_VERSION")
        ),
    );
    let row = |path: &str, content: Option<&[u8]>| RecordRow {
        path: path.to_owned(),
        hash: content.map(record::hash).unwrap_or_default(),
        size: content.map(|content| content.len() as u64),
    };
    let mut rows: Vec<RecordRow> =
        entries.iter().map(|entry| row(&entry.path, Some(&entry.content))).collect();
    rows.push(row(&format!("{information}/RECORD"), None));
    entries.push(ArchiveEntry::new(format!("{information}/RECORD"), record::write(&rows)));
    let content = zip::write(Cursor::new(Vec::new()), &entries)
        .map_err(|error| Failure::new(format!("`{}`: {error}", directory.display())))?
        .into_inner();
    let sha256 = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
    let wheel = HeldWheel {
        file_name: format!("{name}-0-py2.py3-none-any.whl"),
        name: normalize(&name),
        version: "0".to_owned(),
        sha256,
    };
    Ok(BuiltDirectory { wheel, content })
}

/// The files below a directory, sorted; bytecode, hidden files and links to elsewhere stay out.
fn collect(
    directory: &Path,
    below: &str,
    exclude: &[Regex],
    depth: usize,
    left: &mut u64,
    entries: &mut Vec<ArchiveEntry>,
) -> Result<(), Failure> {
    let failure =
        |path: &Path, error: &dyn std::fmt::Display| Failure::new(format!("`{}`: {error}", path.display()));
    if depth > MAX_DEPTH {
        return Err(failure(directory, &format!("more than {MAX_DEPTH} directories in each other")));
    }
    for name in os::list(directory, MAX_FILES).map_err(|error| failure(directory, &error))? {
        let inside = format!("{below}{name}");
        let path = directory.join(&name);
        let hidden = name.starts_with('.') || name == "__pycache__" || name.ends_with(".pyc");
        if hidden || os::is_link(&path) || exclude.iter().any(|pattern| pattern.is_match(&inside)) {
            continue;
        }
        if os::is_directory(&path) {
            collect(&path, &format!("{inside}/"), exclude, depth + 1, left, entries)?;
            continue;
        }
        if entries.len() == MAX_FILES {
            return Err(failure(directory, &format!("more than {MAX_FILES} files")));
        }
        let content = os::read_regular(&path, *left).map_err(|error| failure(&path, &error))?;
        *left -= content.len() as u64;
        let executable = os::metadata(&path).is_ok_and(|metadata| metadata.executable);
        entries.push(ArchiveEntry::new(inside, content).mode(if executable { 0o755 } else { 0o644 }));
    }
    Ok(())
}

/// A pattern as a shell has it, for a path below the directory; `*` goes past `/`, so that `tests/*` is all of it.
fn pattern(text: &str) -> Result<Regex, Failure> {
    let mut out = String::from("^(?:.*/)?");
    for character in text.trim_end_matches('/').chars() {
        match character {
            '*' => out.push_str(".*"),
            '?' => out.push('.'),
            other => out.push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
        }
    }
    out.push_str("(?:/.*)?$");
    Regex::new(&out).map_err(|error| Failure::new(format!("`--exclude-file {text}`: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_a_shells() {
        let matches = |text: &str, path: &str| pattern(text).unwrap().is_match(path);
        for (text, path) in
            [("*.txt", "a/b.txt"), ("tests/*", "tests/a/b.py"), ("tests", "a/tests/b.py"), ("a?.py", "ab.py")]
        {
            assert!(matches(text, path), "{text} {path}");
        }
        for (text, path) in [("*.txt", "a.txtx"), ("tests", "testsuite/a.py"), ("a.py", "axpy")] {
            assert!(!matches(text, path), "{text} {path}");
        }
    }
}

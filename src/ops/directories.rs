//! `--sources-directory`, `--package`, `--module-file`: files as wheels, as they are, for programs that have no setup.py.

use super::Failure;
use super::app::HeldWheel;
use super::held::startup;
use crate::archive::{ArchiveEntry, zip};
use crate::packaging::entry_point::is_dotted_name;
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

/// Files that go in beside the project.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// All of a directory.
    Directory(PathBuf),
    /// A package and what is below it, by `a.b` or `a.b@DIRECTORY`, as pex has it.
    Package(String),
    /// One module, written the same way.
    Module(String),
}

impl Source {
    /// Where the files are: a directory, or a file.
    pub fn place(&self) -> PathBuf {
        match self {
            Self::Directory(directory) => directory.clone(),
            Self::Package(text) => split(text).1.join(split(text).0.replace('.', "/")),
            Self::Module(text) => split(text).1.join(split(text).0.replace('.', "/") + ".py"),
        }
    }

    /// The files with their paths in the wheel. A package's parents come along as far as they have an `__init__.py`.
    fn entries(&self, exclude: &[Regex]) -> Result<Vec<ArchiveEntry>, Failure> {
        let mut entries = Vec::new();
        let mut left = MAX_BYTES;
        let (Self::Package(text) | Self::Module(text)) = self else {
            collect(&self.place(), "", exclude, 0, &mut left, &mut entries)?;
            return Ok(entries);
        };
        let (name, base) = split(text);
        if !is_dotted_name(name) {
            return Err(Failure::new(format!("`{text}` names no package or module"))
                .help("write it as `package.module` or `package.module@DIRECTORY`"));
        }
        let mut add = |path: String| {
            let file = base.join(&path);
            let content = os::read_regular(&file, MAX_BYTES)
                .map_err(|error| Failure::new(format!("`{}`: {error}", file.display())))?;
            entries.push(ArchiveEntry::new(path, content));
            Ok::<(), Failure>(())
        };
        for (end, _) in name.match_indices('.') {
            let init = format!("{}/__init__.py", name[..end].replace('.', "/"));
            if os::is_file(&base.join(&init)) {
                add(init)?;
            }
        }
        let path = name.replace('.', "/");
        if matches!(self, Self::Module(_)) {
            add(path + ".py")?;
        } else {
            collect(&self.place(), &(path + "/"), exclude, 0, &mut left, &mut entries)?;
        }
        Ok(entries)
    }
}

/// The dotted name and the directory that it is in.
fn split(text: &str) -> (&str, &Path) {
    match text.split_once('@') {
        Some((name, directory)) => (name, Path::new(directory)),
        None => (text, Path::new("")),
    }
}

/// A wheel made of files.
pub struct BuiltDirectory {
    pub wheel: HeldWheel,
    pub content: Vec<u8>,
    /// As [`startup`] has them.
    pub startup: Vec<String>,
}

/// One wheel a source, without the files that a pattern names: `*.txt`, `tests/*`.
pub fn wheels(sources: &[Source], exclude: &[String]) -> Result<Vec<BuiltDirectory>, Failure> {
    let exclude = exclude.iter().map(|text| pattern(text)).collect::<Result<Vec<_>, _>>()?;
    sources.iter().enumerate().map(|(place, source)| wheel(source, &exclude, place)).collect()
}

fn wheel(source: &Source, exclude: &[Regex], place: usize) -> Result<BuiltDirectory, Failure> {
    let mut entries = source.entries(exclude)?;
    let directory = &source.place();
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
        format!("Metadata-Version: 2.1\nName: {name}\nVersion: 0\nSummary: files that were named to spx\n"),
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
    let startup = startup(entries.iter().map(|entry| entry.path.as_str()));
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
    Ok(BuiltDirectory { wheel, content, startup })
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

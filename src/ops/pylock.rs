//! `pylock.toml` (PEP 751): the part of it that spx writes, and what it needs of anybody's.

use crate::diagnostic::{Diagnostic, codes};
use crate::index::{Hashes, IndexFile};
use crate::packaging::{Marker, Name, Version};
use crate::syntax::toml::{self, Kind, Table, Value};
use crate::text::{FileId, Span};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;
use url::Url;

/// The name of the file, beside the project.
pub(super) const FILE: &str = "pylock.toml";

/// The form that spx writes; others of the same major number are read.
const VERSION: &str = "1.0";

/// What was chosen, for every environment.
#[derive(Clone, Debug, Default)]
pub(super) struct Lock {
    /// Markers, one of which holds wherever the lock says something; empty for everywhere.
    pub(super) environments: Vec<String>,
    pub(super) requires_python: Option<String>,
    pub(super) packages: Vec<Package>,
    /// What it was made of, one thing a line, sorted; `None` when another tool wrote it.
    pub(super) inputs: Option<BTreeSet<String>>,
}

/// A version of a project.
#[derive(Clone, Debug)]
pub(super) struct Package {
    pub(super) name: Name,
    /// `None` where only its source knows.
    pub(super) version: Option<Version>,
    pub(super) marker: Option<String>,
    pub(super) requires_python: Option<String>,
    /// Names, with a version where the lock has several.
    pub(super) dependencies: BTreeSet<(String, Option<String>)>,
    pub(super) source: Source,
    /// Where it stands in a lock that was read.
    pub(super) span: Option<Span>,
}

/// Where a package comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Files {
        wheels: Vec<File>,
        sdist: Option<File>,
    },
    Archive(File),
    /// Relative to the lock.
    Directory(String),
    /// Something that spx does not fetch.
    Other,
}

/// A file with its hashes.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) at: At,
    pub(super) size: Option<u64>,
    pub(super) upload_time: Option<String>,
    pub(super) hashes: Hashes,
}

#[derive(Clone, Debug)]
pub(super) enum At {
    Url(String),
    /// Relative to the lock, with `/`.
    Path(String),
}

impl Package {
    pub(super) fn files(&self) -> Vec<&File> {
        match &self.source {
            Source::Files { wheels, sdist } => wheels.iter().chain(sdist).collect(),
            Source::Archive(file) => vec![file],
            Source::Directory(_) | Source::Other => Vec::new(),
        }
    }

    pub(super) fn parsed_marker(&self) -> Option<Marker> {
        self.marker.as_deref()?.parse().ok()
    }
}

impl File {
    /// As an index would list it; `base` is the directory of the lock.
    pub(super) fn listed(&self, base: &Url, requires_python: Option<&str>) -> Option<IndexFile> {
        let url = match &self.at {
            At::Url(url) => url.clone(),
            At::Path(path) => base.join(path).ok()?.into(),
        };
        Some(IndexFile {
            filename: self.name.clone(),
            url,
            hashes: self.hashes.clone(),
            requires_python: requires_python.map(str::to_owned),
            yanked: None,
            core_metadata: None,
            size: self.size,
            upload_time: self.upload_time.clone(),
            setting: Arc::from("`pylock.toml`"),
        })
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

impl Lock {
    /// The text of the file: the same for the same lock.
    pub(super) fn text(&self) -> String {
        let mut out = format!("lock-version = {}\n", quoted(VERSION));
        let list = |items: Vec<String>| match items.len() {
            0 | 1 => format!("[{}]", items.concat()),
            _ => format!("[\n{}]", items.iter().map(|item| format!("    {item},\n")).collect::<String>()),
        };
        if !self.environments.is_empty() {
            let all = self.environments.iter().map(|marker| quoted(marker)).collect();
            let _ = writeln!(out, "environments = {}", list(all));
        }
        if let Some(python) = &self.requires_python {
            let _ = writeln!(out, "requires-python = {}", quoted(python));
        }
        out.push_str("created-by = \"spx\"\n");
        for package in &self.packages {
            package.write(&mut out);
        }
        if self.packages.is_empty() {
            // A key of the whole file, so it must stand before the first table.
            out.push_str("packages = []\n");
        }
        if let Some(inputs) = &self.inputs {
            let all = inputs.iter().map(|input| quoted(input)).collect();
            let _ = write!(
                out,
                "\n# What this was made of: `spx` looks here to see whether it is still true.\n[tool.spx]\ninputs = {}\n",
                list(all)
            );
        }
        out
    }
}

impl Package {
    fn write(&self, out: &mut String) {
        // Writing to a string does not fail.
        let _ = writeln!(out, "\n[[packages]]\nname = {}", quoted(self.name.normalized()));
        if let Some(version) = &self.version {
            let _ = writeln!(out, "version = {}", quoted(&version.to_string()));
        }
        for (key, value) in [("marker", &self.marker), ("requires-python", &self.requires_python)] {
            if let Some(value) = value {
                let _ = writeln!(out, "{key} = {}", quoted(value));
            }
        }
        if !self.dependencies.is_empty() {
            out.push_str("dependencies = [\n");
            for (name, version) in &self.dependencies {
                let version = version.as_ref().map(|version| format!(", version = {}", quoted(version)));
                let _ = writeln!(out, "    {{ name = {}{} }},", quoted(name), version.unwrap_or_default());
            }
            out.push_str("]\n");
        }
        match &self.source {
            Source::Files { wheels, sdist } => {
                if let Some(sdist) = sdist {
                    let _ = writeln!(out, "sdist = {}", sdist.inline(true));
                }
                if !wheels.is_empty() {
                    let all: String =
                        wheels.iter().map(|wheel| format!("    {},\n", wheel.inline(true))).collect();
                    let _ = writeln!(out, "wheels = [\n{all}]");
                }
            }
            Source::Archive(file) => {
                let _ = writeln!(out, "archive = {}", file.inline(false));
            }
            Source::Directory(path) => {
                let _ = writeln!(out, "directory = {{ path = {} }}", quoted(path));
            }
            Source::Other => {}
        }
    }
}

impl File {
    fn inline(&self, named: bool) -> String {
        let mut parts = Vec::new();
        if named {
            parts.push(format!("name = {}", quoted(&self.name)));
        }
        if let Some(time) = self.upload_time.as_deref().filter(|time| is_time(time)) {
            parts.push(format!("upload-time = {time}"));
        }
        parts.push(match &self.at {
            At::Url(url) => format!("url = {}", quoted(url)),
            At::Path(path) => format!("path = {}", quoted(path)),
        });
        if let Some(size) = self.size {
            parts.push(format!("size = {size}"));
        }
        let hashes = [
            ("sha256", &self.hashes.sha256),
            ("sha384", &self.hashes.sha384),
            ("sha512", &self.hashes.sha512),
        ];
        let hashes: Vec<String> = hashes
            .into_iter()
            .filter_map(|(name, digits)| Some(format!("{name} = {}", quoted(digits.as_ref()?))))
            .collect();
        parts.push(format!("hashes = {{ {} }}", hashes.join(", ")));
        format!("{{ {} }}", parts.join(", "))
    }
}

/// Whether a text is a time as TOML writes it (RFC 3339, UTC).
fn is_time(text: &str) -> bool {
    let shape = |text: &str| -> String {
        text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>()
    };
    let Some(text) = text.strip_suffix('Z') else { return false };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    shape(whole) == "0000-00-00T00:00:00"
        && (1..=9).contains(&fraction.len())
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && crate::resolve::seconds_since_1970(&format!("{whole}Z")).is_some()
}

/// Reads a lock; the text is that of `file`.
pub(super) fn read(text: &str, file: FileId) -> Result<Lock, Box<Diagnostic>> {
    let table = toml::parse(text, file)?;
    let wrong = |span: Span, message: String| Box::new(Diagnostic::new(&codes::STALE_LOCK, span, message));
    let head = Span::new(file, 0, 0);
    let version = table.get("lock-version").and_then(Value::text).unwrap_or_default();
    if !version.starts_with("1.") {
        let span = table.get("lock-version").map_or(head, |value| value.span);
        return Err(wrong(
            span,
            format!("a lock of version `{version}`; spx reads 1.0 and what is compatible"),
        ));
    }
    let text = |table: &Table, key: &str| table.get(key).and_then(Value::text).map(str::to_owned);
    let mut lock = Lock {
        environments: table.get("environments").and_then(Value::texts).unwrap_or_default(),
        requires_python: text(&table, "requires-python"),
        packages: Vec::new(),
        inputs: table
            .table("tool")
            .and_then(|tool| tool.table("spx"))
            .and_then(|spx| spx.get("inputs")?.texts())
            .map(|inputs| inputs.into_iter().collect()),
    };
    for item in table.get("packages").and_then(Value::list).unwrap_or_default() {
        let invalid = |what: &str| wrong(item.span, format!("a package of the lock {what}"));
        let Some(package) = item.table() else { return Err(invalid("is no table")) };
        let name = text(package, "name").and_then(|name| name.parse().ok());
        let version = match text(package, "version") {
            None => None,
            Some(version) => Some(version.parse().map_err(|_| invalid("has a version that is none"))?),
        };
        let marker = text(package, "marker");
        if marker.as_deref().is_some_and(|marker| marker.parse::<Marker>().is_err()) {
            return Err(invalid("has a marker that is none"));
        }
        lock.packages.push(Package {
            name: name.ok_or_else(|| invalid("has no name"))?,
            version,
            marker,
            requires_python: text(package, "requires-python"),
            dependencies: BTreeSet::new(),
            source: source(package).ok_or_else(|| invalid("has a file without a name, a place or a hash"))?,
            span: Some(item.span),
        });
    }
    Ok(lock)
}

fn source(package: &Table) -> Option<Source> {
    if let Some(directory) = package.table("directory") {
        return Some(Source::Directory(directory.get("path")?.text()?.to_owned()));
    }
    if let Some(archive) = package.table("archive") {
        return Some(Source::Archive(file_of(archive)?));
    }
    if package.get("vcs").is_some() {
        return Some(Source::Other);
    }
    let wheels = package.get("wheels").and_then(Value::list).unwrap_or_default();
    let wheels: Option<Vec<File>> = wheels.iter().map(|wheel| file_of(wheel.table()?)).collect();
    let sdist = match package.table("sdist") {
        Some(sdist) => Some(file_of(sdist)?),
        None => None,
    };
    Some(Source::Files { wheels: wheels?, sdist })
}

fn file_of(table: &Table) -> Option<File> {
    let text = |key: &str| table.get(key).and_then(Value::text);
    let at = match (text("url"), text("path")) {
        (Some(url), _) if url.starts_with("https:") || url.starts_with("http:") => At::Url(url.to_owned()),
        (None, Some(path)) => At::Path(path.to_owned()),
        _ => return None,
    };
    let (At::Url(place) | At::Path(place)) = &at;
    let last = place.split(['#', '?']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let name = text("name").unwrap_or(last).to_owned();
    if name.is_empty() || name.contains(['/', '\\']) || name.starts_with('.') {
        return None;
    }
    let mut hashes = Hashes::default();
    for entry in &table.table("hashes")?.entries {
        let digits = entry.value.text()?;
        let slot = match entry.key.as_str() {
            "sha256" => &mut hashes.sha256,
            "sha384" => &mut hashes.sha384,
            "sha512" => &mut hashes.sha512,
            _ => continue,
        };
        *slot = Some(digits.to_ascii_lowercase()).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
    }
    if hashes.is_empty() {
        return None;
    }
    let number = |value: &Value| match &value.kind {
        Kind::Other(text) => text.parse().ok(),
        _ => None,
    };
    Some(File { name, at, size: table.get("size").and_then(number), upload_time: None, hashes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    #[test]
    fn what_is_written_is_read() {
        let file = |name: &str| File {
            name: name.to_owned(),
            at: At::Url(format!("https://files.test/{name}")),
            size: Some(3),
            upload_time: Some("2024-05-31T12:00:00.123Z".to_owned()),
            hashes: Hashes { sha256: Some("ab".repeat(32)), ..Hashes::default() },
        };
        let package = |name: &str, source| Package {
            name: name.parse().unwrap(),
            version: Some("1.0".parse().unwrap()),
            marker: Some("python_version < \"3\"".to_owned()),
            requires_python: None,
            dependencies: BTreeSet::from([("b".to_owned(), None)]),
            source,
            span: None,
        };
        let lock = Lock {
            environments: vec!["python_version < \"3\"".to_owned()],
            requires_python: Some(">=2.7".to_owned()),
            packages: vec![
                package(
                    "a",
                    Source::Files {
                        wheels: vec![file("a-1.0-py2-none-any.whl")],
                        sdist: Some(file("a-1.0.zip")),
                    },
                ),
                package("b", Source::Archive(file("b.zip"))),
                package("c", Source::Directory("./c \"d\"\\".to_owned())),
            ],
            inputs: Some(BTreeSet::from(["x: a>1".to_owned(), "y".to_owned()])),
        };
        let text = lock.text();
        let mut sources = Sources::new();
        let id = sources.add(FILE, &text);
        let mut again = read(&text, id).unwrap();
        for (package, before) in again.packages.iter_mut().zip(&lock.packages) {
            package.dependencies.clone_from(&before.dependencies);
            if let Source::Files { wheels, sdist } = &mut package.source {
                wheels
                    .iter_mut()
                    .chain(sdist)
                    .for_each(|file| file.upload_time = Some("2024-05-31T12:00:00.123Z".to_owned()));
            }
            if let Source::Archive(file) = &mut package.source {
                file.upload_time = Some("2024-05-31T12:00:00.123Z".to_owned());
                "b.zip".clone_into(&mut file.name);
            }
        }
        assert_eq!(again.text(), text);
        for bad in [
            "",
            "lock-version = '2.0'",
            "lock-version = '1.0'\npackages = [{}]",
            "lock-version = '1.0'\n[[packages]]\nname = 'a'\nwheels = [{url = 'file:///etc/passwd', hashes = {sha256 = 'ab'}}]",
        ] {
            let id = sources.add(FILE, bad);
            assert!(read(bad, id).is_err(), "{bad}");
        }
    }
}

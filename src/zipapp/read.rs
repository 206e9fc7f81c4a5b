//! Reading an application file back: what it carries, and whether it is as it was written.

use super::write::{hex, identity};
use super::{Entry, RequiredBy};
use crate::archive::zip_reader::{self, ZipMember};
use crate::archive::{Limits, Rejection, open_wheel};
use crate::packaging::name::normalize;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The largest file of an application that is no wheel, in bytes: the manifest of a thousand wheels has 300 kB.
const MAX_PART: u64 = 16 << 20;
/// An application file that was read.
#[derive(Clone, Debug)]
pub struct Opened {
    pub id: String,
    pub name: String,
    pub version: Option<String>,
    pub requirements: Vec<String>,
    pub entry: Entry,
    pub args: Vec<String>,
    pub env: Vec<(String, String)>,
    /// `sh`, or the command after `#!`.
    pub header: String,
    pub inherit_path: String,
    pub extend_pythonpath: bool,
    pub pth: bool,
    pub venv: bool,
    pub wheels: Vec<OpenedWheel>,
    pub selections: Vec<OpenedSelection>,
    /// The bill of materials, as it stands in the file; the first versions of spx wrote none.
    pub sbom: Option<String>,
    content: Vec<u8>,
}

/// A wheel in an application.
#[derive(Clone, Debug)]
pub struct OpenedWheel {
    pub file_name: String,
    pub name: String,
    pub version: String,
    pub sha256: String,
    /// In bytes, as a wheel.
    pub size: u64,
    pub required_by: Vec<RequiredBy>,
    member: ZipMember,
}

/// Which wheels an interpreter gets.
#[derive(Clone, Debug, Deserialize)]
pub struct OpenedSelection {
    /// Major and minor.
    pub python: (u8, u8),
    pub platform: Option<String>,
    pub machine: Option<String>,
    /// `glibc` or `musl`, and its version.
    pub libc: Option<(String, u16, u16)>,
    pub implementation: Option<String>,
    /// Places in [`Opened::wheels`].
    pub wheels: Vec<usize>,
}

/// `spx.json`; what has a default was not there from the beginning.
#[derive(Deserialize)]
struct Manifest {
    name: String,
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    requirements: Vec<String>,
    entry: ManifestEntry,
    args: Vec<String>,
    env: Vec<(String, String)>,
    #[serde(default)]
    inherit_path: String,
    #[serde(default)]
    extend_pythonpath: bool,
    #[serde(default)]
    pth: bool,
    #[serde(default)]
    venv: bool,
    wheels: Vec<ManifestWheel>,
    selections: Vec<OpenedSelection>,
}

/// Looked at before anything else of the manifest, which another format may have changed.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

#[derive(Deserialize)]
struct ManifestEntry {
    kind: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    module: String,
    #[serde(default)]
    attr: String,
}

#[derive(Deserialize)]
struct ManifestWheel {
    file: String,
    sha256: String,
    /// Where it is not said, the file's name tells it.
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    version: Option<String>,
    /// The requirement, and name and version of who says so.
    #[serde(default)]
    required_by: Vec<Vec<String>>,
}

fn damaged(message: impl Into<String>) -> Rejection {
    Rejection::new("damaged-application", message)
}

/// Whether a file starts as applications do: an interpreter's line, or a zip.
pub fn is_application(start: &[u8]) -> bool {
    start.starts_with(b"#!") || start.starts_with(b"PK\x03\x04")
}

/// Whether a file of an application, not below `whl/`, is one of spx's own: its code by name and order is part of its id.
fn is_part(name: &str) -> bool {
    matches!(name, "spx.json" | "spx_sbom.json" | "__main__.py") || is_code(name)
}

fn is_code(name: &str) -> bool {
    let stem = name.strip_prefix("spx_").and_then(|name| name.strip_suffix(".py"));
    stem.is_some_and(|stem| stem.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// The id that an application's parts stand for, when it is the one that they name.
fn id(manifest: &str, header: &str, main: &str, code: &[String]) -> Result<String, Rejection> {
    let named = code.iter().map(String::as_str).chain([main]).find_map(|text| text.split_once("APP = \""));
    let id = named.and_then(|(_, rest)| rest.split_once('"')).map(|(id, _)| id);
    let id = id.ok_or_else(|| damaged("its start code has no id"))?;
    let plain: Vec<String> = [header, main]
        .into_iter()
        .chain(code.iter().map(String::as_str))
        .map(|text| text.replace(id, "@ID@"))
        .collect();
    let parts: Vec<&str> = [manifest].into_iter().chain(plain.iter().map(String::as_str)).collect();
    if identity(&parts) != id {
        return Err(damaged("its manifest, header or start code was changed after it was written"));
    }
    Ok(id.to_owned())
}

fn manifest(text: &str) -> Result<Manifest, Rejection> {
    let wrong = |error| damaged(format!("`spx.json`: {error}"));
    let Format { format } = serde_json::from_str(text).map_err(wrong)?;
    if format != 1 {
        return Err(damaged(format!("its format is {format}, and this spx reads 1: a newer spx reads it")));
    }
    serde_json::from_str(text).map_err(wrong)
}

/// Reads an application: its framing, its manifest, and that its parts are those that its id stands for.
pub fn open(content: Vec<u8>, limits: &Limits) -> Result<Opened, Rejection> {
    let start = content.windows(4).position(|window| window == b"PK\x03\x04");
    let start = start.ok_or_else(|| damaged("it holds no zip, so it is no application"))?;
    let mut by_name: BTreeMap<String, ZipMember> = BTreeMap::new();
    let mut code = Vec::new();
    for member in zip_reader::members_after(&content, start, limits)? {
        if !member.name.starts_with("whl/") && !is_part(&member.name) {
            return Err(damaged(format!("`{}` does not belong in an application of spx", member.name)));
        }
        if is_code(&member.name) {
            code.push(member.name.clone());
        }
        if by_name.insert(member.name.clone(), member).is_some() {
            return Err(damaged("two of its files have one name"));
        }
    }
    let part = |name: &str| -> Result<String, Rejection> {
        let member = by_name.get(name).ok_or_else(|| damaged(format!("`{name}` is missing")))?;
        if member.size > MAX_PART {
            return Err(Rejection::limit(format!("`{name}` has more than {MAX_PART} bytes")));
        }
        String::from_utf8(unpacked(&content, member)?).map_err(|_| damaged(format!("`{name}` is not UTF-8")))
    };
    let (text, main) = (part("spx.json")?, part("__main__.py")?);
    let sbom = by_name.contains_key("spx_sbom.json").then(|| part("spx_sbom.json")).transpose()?;
    let code = code.iter().map(|name| part(name)).collect::<Result<Vec<_>, _>>()?;
    let manifest = manifest(&text)?;
    let header = String::from_utf8_lossy(&content[..start]).into_owned();
    let id = id(&text, &header, &main, &code)?;
    let entry = entry(manifest.entry)?;
    let wheels = wheels(manifest.wheels, by_name)?;
    if manifest.selections.iter().flat_map(|selection| &selection.wheels).any(|at| *at >= wheels.len()) {
        return Err(damaged("its manifest names wheels that are not there"));
    }
    let header = match header.lines().next().unwrap_or_default().trim_start_matches("#!") {
        "/bin/sh" => "sh".to_owned(),
        command => command.to_owned(),
    };
    let Manifest {
        name,
        version,
        requirements,
        args,
        env,
        inherit_path,
        extend_pythonpath,
        pth,
        venv,
        selections,
        ..
    } = manifest;
    Ok(Opened {
        id,
        name,
        version,
        requirements,
        entry,
        args,
        env,
        header,
        inherit_path,
        extend_pythonpath,
        pth,
        venv,
        wheels,
        selections,
        sbom,
        content,
    })
}

fn entry(entry: ManifestEntry) -> Result<Entry, Rejection> {
    Ok(match entry.kind.as_str() {
        "script" => Entry::Script(entry.name),
        "function" => Entry::Function { module: entry.module, attr: entry.attr },
        "module" => Entry::Module(entry.module),
        "interpreter" => Entry::Interpreter,
        other => return Err(damaged(format!("it runs a `{other}`, which this spx does not know"))),
    })
}

/// The wheels that the manifest names; there must be no others.
fn wheels(
    named: Vec<ManifestWheel>,
    members: BTreeMap<String, ZipMember>,
) -> Result<Vec<OpenedWheel>, Rejection> {
    let mut stored: BTreeMap<String, ZipMember> =
        members.into_iter().filter(|(name, _)| name.starts_with("whl/")).collect();
    let mut wheels = Vec::new();
    for wheel in named {
        let member = stored
            .remove(&format!("whl/{}", wheel.file))
            .ok_or_else(|| damaged(format!("`{}` is missing", wheel.file)))?;
        let required_by = wheel.required_by.into_iter().map(|words| {
            let mut words = words.into_iter();
            let requirement = words.next().unwrap_or_default();
            RequiredBy { requirement, distribution: words.next().zip(words.next()) }
        });
        let mut words = wheel.file.split('-').map(str::to_owned);
        let (name, version) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        wheels.push(OpenedWheel {
            required_by: required_by.collect::<BTreeSet<_>>().into_iter().collect(),
            name: wheel.name.unwrap_or_else(|| normalize(&name)),
            version: wheel.version.unwrap_or(version),
            file_name: wheel.file,
            sha256: wheel.sha256,
            size: member.size,
            member,
        });
    }
    match stored.into_keys().next() {
        Some(name) => Err(damaged(format!("`{name}` is in no manifest"))),
        None => Ok(wheels),
    }
}

fn unpacked(content: &[u8], member: &ZipMember) -> Result<Vec<u8>, Rejection> {
    let mut out = Vec::new();
    zip_reader::unpack(content, member, |piece| out.extend_from_slice(piece))?;
    Ok(out)
}

impl Opened {
    /// The bytes of a wheel, whose sha256 is the manifest's.
    pub fn wheel(&self, wheel: &OpenedWheel) -> Result<Vec<u8>, Rejection> {
        let content = unpacked(&self.content, &wheel.member)?;
        if hex(&Sha256::digest(&content)) != wheel.sha256 {
            return Err(damaged(format!("`{}` does not have the sha256 it was built with", wheel.file_name)));
        }
        Ok(content)
    }

    /// Checks every byte: each wheel's hash, and each wheel by the rules for wheels. Returns the number of their files.
    pub fn verify(&self, limits: &Limits) -> Result<usize, Rejection> {
        let mut files = 0;
        for wheel in &self.wheels {
            files += open_wheel(&wheel.file_name, self.wheel(wheel)?, limits)?.members.len();
        }
        Ok(files)
    }

    /// In bytes.
    pub fn size(&self) -> usize {
        self.content.len()
    }

    /// Of the whole file, in hexadecimal.
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(&self.content))
    }
}

//! Reading an application file back: what it carries, and whether it is as it was written.

use super::write::{hex, identity};
use super::{Entry, RequiredBy};
use crate::archive::zip_reader::{self, ZipMember};
use crate::archive::{Limits, Rejection, open_wheel};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The largest file of an application that is no wheel, in bytes: the manifest of a thousand wheels has 300 kB.
const MAX_PART: u64 = 16 << 20;
/// What an application holds beside `whl/`; `__main__.py` is last.
const PARTS: [&str; 8] = [
    "spx.json",
    "spx_sbom.json",
    "spx_start.py",
    "spx_cache.py",
    "spx_install.py",
    "spx_rare.py",
    "spx_tools.py",
    "__main__.py",
];

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
    /// The bill of materials, as it stands in the file.
    pub sbom: String,
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

#[derive(Deserialize)]
struct Manifest {
    format: u32,
    name: String,
    version: Option<String>,
    requirements: Vec<String>,
    entry: ManifestEntry,
    args: Vec<String>,
    env: Vec<(String, String)>,
    inherit_path: String,
    extend_pythonpath: bool,
    pth: bool,
    venv: bool,
    wheels: Vec<ManifestWheel>,
    selections: Vec<OpenedSelection>,
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
    name: String,
    version: String,
    /// The requirement, and name and version of who says so.
    required_by: Vec<Vec<String>>,
}

fn damaged(message: impl Into<String>) -> Rejection {
    Rejection::new("damaged-application", message)
}

/// Whether a file starts as applications do: an interpreter's line, or a zip.
pub fn is_application(start: &[u8]) -> bool {
    start.starts_with(b"#!") || start.starts_with(b"PK\x03\x04")
}

/// Reads an application: its framing, its manifest, and that its parts are those that its id stands for.
pub fn open(content: Vec<u8>, limits: &Limits) -> Result<Opened, Rejection> {
    let start = content.windows(4).position(|window| window == b"PK\x03\x04");
    let start = start.ok_or_else(|| damaged("it holds no zip, so it is no application"))?;
    let members = zip_reader::members_after(&content, start, limits)?;
    let mut by_name: BTreeMap<String, ZipMember> = BTreeMap::new();
    for member in members {
        if !member.name.starts_with("whl/") && !PARTS.contains(&member.name.as_str()) {
            return Err(damaged(format!("`{}` does not belong in an application of spx", member.name)));
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
    let (text, sbom, main) = (part("spx.json")?, part("spx_sbom.json")?, part("__main__.py")?);
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|error| damaged(format!("`spx.json`: {error}")))?;
    if manifest.format != 1 {
        return Err(damaged(format!("its format is {}, and this spx reads 1", manifest.format)));
    }
    let header = String::from_utf8_lossy(&content[..start]).into_owned();
    let id =
        main.split_once("APP = \"").and_then(|(_, rest)| rest.split_once('"')).map(|(id, _)| id.to_owned());
    let id = id.ok_or_else(|| damaged("`__main__.py` has no id"))?;
    let (plain_header, plain_main) = (header.replace(&id, "@ID@"), main.replace(&id, "@ID@"));
    let mut parts = vec![text.as_str(), &plain_header, &plain_main];
    let others = PARTS[2..PARTS.len() - 1].iter().map(|name| part(name)).collect::<Result<Vec<_>, _>>()?;
    parts.extend(others.iter().map(String::as_str));
    if identity(&parts) != id {
        return Err(damaged("its manifest, header or start code was changed after it was written"));
    }
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
        wheels.push(OpenedWheel {
            required_by: required_by.collect::<BTreeSet<_>>().into_iter().collect(),
            file_name: wheel.file,
            name: wheel.name,
            version: wheel.version,
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

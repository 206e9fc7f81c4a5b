//! The wheels that go into an application: checked once, and what programs they bring.

use super::Failure;
use super::entry::{Program, Runs, function};
use crate::archive::{Limits, open_wheel};
use crate::diagnostic::{Diagnostic, codes};
use crate::index::LocalFile;
use crate::packaging::{CoreMetadata, entry_point};
use crate::system::os;
use crate::zipapp::License;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Goes up when the checker learns to refuse something, or [`Held`] has more: then every wheel is checked again.
const CHECKER: &str = "3";

/// What of a checked wheel the application needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Held {
    entry_points: String,
    scripts: Vec<String>,
    /// An SPDX expression, or else a name.
    license: Option<String>,
    license_name: Option<String>,
    /// As [`startup`] has them.
    pub startup: Vec<String>,
}

impl Held {
    /// Reads and checks every byte of a wheel (names, framing, limits, RECORD).
    pub fn check(file_name: &str, content: Vec<u8>) -> Result<Self, Diagnostic> {
        let rejected = |why: String| {
            Diagnostic::general(
                &codes::REJECTED_WHEEL,
                format!("`{file_name}` breaks the rules for wheels: {why}"),
            )
            .help("nothing of it was used; tell those who publish it, or choose another version")
        };
        let wheel = open_wheel(file_name, content, &Limits::default())
            .map_err(|error| rejected(error.to_string()))?;
        let mut held = Self {
            entry_points: String::new(),
            scripts: Vec::new(),
            license: None,
            license_name: None,
            startup: startup(wheel.members.iter().map(|member| member.name.as_str())),
        };
        match CoreMetadata::parse(wheel.metadata.as_bytes()).ok().as_ref().and_then(license) {
            Some(License::Expression(text)) => held.license = Some(text),
            Some(License::Name(text)) => held.license_name = Some(text),
            None => {}
        }
        for member in &wheel.members {
            let parts: Vec<&str> = member.name.split('/').collect();
            match parts.as_slice() {
                [directory, "entry_points.txt"] if directory.ends_with(".dist-info") => {
                    let bytes = wheel.read(member).map_err(|error| rejected(error.to_string()))?;
                    held.entry_points = String::from_utf8_lossy(&bytes).into_owned();
                }
                [directory, "scripts", name] if directory.ends_with(".data") => {
                    held.scripts.push((*name).to_owned());
                }
                _ => {}
            }
        }
        Ok(held)
    }

    pub fn license(&self) -> Option<License> {
        let name = self.license_name.clone().map(License::Name);
        self.license.clone().map(License::Expression).or(name)
    }

    /// The scripts and console scripts of a distribution.
    pub fn programs(&self, from: &str) -> Vec<Program> {
        let script = |name: &String| {
            // A binary's name under Windows: the start takes either file, so that one name runs everywhere.
            let name = name.strip_suffix(".exe").unwrap_or(name).to_owned();
            Program { runs: Runs::Script(name.clone()), name, from: from.to_owned(), span: None }
        };
        let points = entry_point::parse(&self.entry_points).unwrap_or_default();
        let functions =
            points.into_iter().filter(|point| point.group == "console_scripts").filter_map(|point| {
                let (name, runs) = function(&format!("{} = {}", point.name, point.value))?;
                Some(Program { name, runs, from: from.to_owned(), span: None })
            });
        self.scripts.iter().map(script).chain(functions).collect()
    }
}

/// Of a wheel's files the `.pth` files that a site directory's Python would run at every start. Those of namespace
/// packages are none: the application has their meaning without running them.
pub fn startup<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let place = |name: &'a str| match name.split('/').collect::<Vec<_>>()[..] {
        [file] => Some(file),
        [directory, "purelib" | "platlib", file] if directory.ends_with(".data") => Some(file),
        _ => None,
    };
    let runs = |file: &&str| file.ends_with(".pth") && !file.ends_with("-nspkg.pth");
    names.filter_map(place).filter(runs).map(str::to_owned).collect()
}

/// The licence that metadata declares: an SPDX expression, else the classifiers', else what `License` says in one line.
pub fn license(metadata: &CoreMetadata) -> Option<License> {
    /// Some put the whole text of a licence there.
    const LONGEST: usize = 100;
    if let Some(expression) = metadata.header("License-Expression") {
        return Some(License::Expression(expression.trim().to_owned()));
    }
    let classifiers = metadata.all("Classifier").filter_map(|text| text.trim().strip_prefix("License ::"));
    let names: Vec<&str> = classifiers
        .filter_map(|text| text.rsplit("::").next())
        .map(str::trim)
        .filter(|n| *n != "OSI Approved")
        .collect();
    if !names.is_empty() {
        return Some(License::Name(names.join(", ")));
    }
    let text = metadata.header("License")?.trim();
    let good = !text.is_empty() && text.len() <= LONGEST && !text.contains('\n') && text != "UNKNOWN";
    good.then(|| License::Name(text.to_owned()))
}

/// Which wheels were found good before, by their hash: checking reads every byte, and the same bytes stay good.
pub struct Verdicts {
    directory: Option<PathBuf>,
}

impl Verdicts {
    /// `cache` is the directory of spx's cache; without one every wheel is checked every time.
    pub fn new(cache: Option<&Path>) -> Self {
        Self { directory: cache.map(|cache| cache.join("checked").join(CHECKER)) }
    }

    /// A wheel on this machine, checked now or before.
    pub fn held(&self, file_name: &str, local: &LocalFile) -> Result<Result<Held, Diagnostic>, Failure> {
        // Part of what is checked is that the name fits the content.
        let path = self.directory.as_ref().map(|directory| directory.join(&local.sha256).join(file_name));
        if let Some(held) = path.as_deref().and_then(Self::remembered) {
            return Ok(Ok(held));
        }
        let content = os::read_followed(&local.path, Limits::default().total)
            .map_err(|error| Failure::new(format!("`{}`: {error}", local.path.display())))?;
        let held = match Held::check(file_name, content) {
            Ok(held) => held,
            Err(diagnostic) => return Ok(Err(diagnostic)),
        };
        if let (Some(path), Ok(text)) = (path, serde_json::to_vec(&held)) {
            // A cache that cannot be written costs time, nothing else.
            let _ = os::create_directories(path.parent().unwrap_or(&path), true)
                .and_then(|()| os::write_atomically(&path, false, |file| file.write_all(&text)));
        }
        Ok(Ok(held))
    }

    fn remembered(path: &Path) -> Option<Held> {
        const LARGEST: u64 = 1024 * 1024;
        serde_json::from_slice(&os::read_regular(path, LARGEST).ok()?).ok()
    }
}

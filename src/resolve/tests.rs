//! The resolver on small made-up indexes, each written out in its test.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::index::{Hashes, IndexFile, Listed};
use crate::packaging::{CoreMetadata, Environment, Platform, Target};
use crate::text::{Sources, Span};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

mod choosing;
mod stories;

/// An index in memory, its metadata by file name.
#[derive(Default)]
struct Index {
    files: BTreeMap<Name, Vec<Listed>>,
    metadata: BTreeMap<String, Result<Arc<CoreMetadata>, Unavailable>>,
}

impl Distributions for Index {
    fn files(&self, name: &Name) -> Result<Vec<Offer>, Unavailable> {
        match self.files.get(name) {
            Some(files) => Ok(Offer::of_index(name, files)),
            None if name.normalized() == "offline" => {
                Err(Unavailable::Failed("the index does not answer".to_owned()))
            }
            None => Err(Unavailable::Missing("is not on the index".to_owned())),
        }
    }

    fn metadata(
        &self,
        _name: &Name,
        file: &DistributionFile,
        _environment: Environment,
    ) -> Result<Arc<CoreMetadata>, Unavailable> {
        self.metadata[&file.listed.filename].clone()
    }
}

/// One version a line: `name version flags… needs requirement & requirement`.
///
/// A flag is a wheel's tags (`cp39-cp39-win_amd64`; without any there is one for every Python), `sdist` for a source
/// distribution instead, `python>=3.8`, `yanked`, `extra=name`, `sha256=digits`, `at=date`, or `unreadable`.
fn index(text: &str) -> Index {
    let mut index = Index::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (head, needs) = line.split_once(" needs ").unwrap_or((line, ""));
        let mut words = head.split(' ');
        let (name, version) = (words.next().unwrap(), words.next().unwrap());
        let flags: Vec<&str> = words.collect();
        let project: Name = name.parse().unwrap();
        let value = |key: &str| flags.iter().find_map(|flag| flag.strip_prefix(key));
        let mut metadata = format!("Name: {name}\nVersion: {version}\n");
        for extra in flags.iter().filter_map(|flag| flag.strip_prefix("extra=")) {
            writeln!(metadata, "Provides-Extra: {extra}").unwrap();
        }
        for need in needs.split(" & ").filter(|need| !need.is_empty()) {
            writeln!(metadata, "Requires-Dist: {need}").unwrap();
        }
        let mut kinds: Vec<Option<&str>> = flags
            .iter()
            .filter(|flag| flag.matches('-').count() == 2 && !flag.contains('='))
            .map(|flag| Some(*flag))
            .collect();
        if flags.contains(&"sdist") {
            kinds.push(None);
        }
        if kinds.is_empty() {
            kinds.push(Some("py2.py3-none-any"));
        }
        for kind in kinds {
            let filename = match kind {
                None => format!("{}-{version}.tar.gz", project.escaped()),
                Some(tags) => format!("{}-{version}-{tags}.whl", project.escaped()),
            };
            let listed = IndexFile {
                url: format!("https://files.test/{filename}"),
                hashes: Hashes { sha256: value("sha256=").map(str::to_owned), ..Hashes::default() },
                requires_python: value("python").map(str::to_owned),
                yanked: flags.contains(&"yanked").then(|| "broken".to_owned()),
                core_metadata: None,
                size: None,
                upload_time: value("at=").map(str::to_owned),
                setting: Arc::from("`--index-url`"),
                filename: filename.clone(),
            };
            index.files.entry(project.clone()).or_default().push(listed.into());
            let answer = if flags.contains(&"unreadable") {
                Err(Unavailable::Missing("has metadata that nobody can read".to_owned()))
            } else {
                Ok(Arc::new(CoreMetadata::parse(metadata.as_bytes()).unwrap()))
            };
            index.metadata.insert(filename, answer);
        }
    }
    index
}

/// Requirements as the lines of one file, each with its span.
fn roots(lines: &[&str]) -> (Vec<Root>, Sources) {
    let mut sources = Sources::new();
    let file = sources.add("requirements.txt", &lines.join("\n"));
    let mut start = 0;
    let mut roots = Vec::new();
    for line in lines {
        let (requirement, hash) = line.split_once(" --hash=").unwrap_or((line, ""));
        roots.push(Root {
            requirement: requirement.parse().unwrap(),
            origin: Some(Span::new(file, start, start + line.len() as u32)),
            who: "requirements.txt".to_owned(),
            hashes: if hash.is_empty() { Vec::new() } else { vec![hash.to_owned()] },
        });
        start += line.len() as u32 + 1;
    }
    (roots, sources)
}

fn on(python: &str, platform: Platform) -> Target {
    Target { python: python.parse().unwrap(), platform }
}

fn linux(pythons: &[&str]) -> Vec<Environment> {
    let targets: Vec<Target> = pythons.iter().map(|python| on(python, Platform::Linux)).collect();
    Environment::defaults(&targets)
}

fn everywhere() -> Vec<Environment> {
    Environment::defaults(&Target::all())
}

/// What was chosen in each environment; environments that chose alike on one line.
fn chosen(outcome: &Outcome) -> String {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    let mut add =
        |text: String, environment: &Environment| match lines.iter_mut().find(|(known, _)| *known == text) {
            Some((_, members)) => members.push(environment.to_string()),
            None => lines.push((text, vec![environment.to_string()])),
        };
    for (environment, resolution) in &outcome.resolutions {
        let pin = |pin: &Pin| {
            let extras =
                if pin.extras.is_empty() { String::new() } else { format!("[{}]", pin.extras.join(",")) };
            format!("{}{extras} {}", pin.name, pin.version)
        };
        add(resolution.pins.iter().map(pin).collect::<Vec<_>>().join(", "), environment);
    }
    for (environment, failure) in &outcome.failures {
        add(format!("{}: {}", failure.code.name, failure.message), environment);
    }
    let mut text = String::new();
    for (what, members) in lines {
        let count = members.len();
        let who = if count > 3 {
            format!("{} to {} ({count})", members[0], members[count - 1])
        } else {
            members.join("; ")
        };
        writeln!(text, "{who}: {what}").unwrap();
    }
    for note in &outcome.notes {
        writeln!(text, "note: {}", note.message).unwrap();
    }
    text
}

/// A resolution for Python 3.12 on Linux with usual options.
fn solve(text: &str, requirements: &[&str]) -> String {
    solve_with(text, requirements, &linux(&["3.12"]), &Options::default())
}

fn solve_with(text: &str, requirements: &[&str], environments: &[Environment], options: &Options) -> String {
    let (roots, _) = roots(requirements);
    let index = index(text);
    let outcome = resolve(&roots, environments, &index, options);
    let again = resolve(&roots, environments, &index, options);
    assert_eq!(chosen(&outcome), chosen(&again), "the same question has the same answer");
    for resolution in outcome.resolutions.values() {
        check(&index, resolution);
    }
    chosen(&outcome)
}

/// Every pin has the metadata of its file, is wanted by somebody, and satisfies all who want it.
fn check(index: &Index, resolution: &Resolution) {
    for pin in &resolution.pins {
        assert!(!pin.required_by.is_empty(), "{} is wanted by nobody", pin.name);
        for by in &pin.required_by {
            let requirement = crate::packaging::specifiers::parse_requirement(&by.requirement).unwrap();
            assert!(
                crate::packaging::specifiers::admits(&requirement.specifiers, &pin.version),
                "{by:?} {}",
                pin.version
            );
        }
        let metadata = index.metadata[&pin.file.listed.filename].as_ref().unwrap();
        assert_eq!((&metadata.name, &metadata.version), (&pin.name, &pin.version));
    }
}

/// The diagnostics as a concise report would have them.
fn told(outcome: &Outcome, roots: &[Root], sources: &Sources) -> String {
    let mut text = String::new();
    for diagnostic in outcome.diagnostics(roots) {
        let Diagnostic { code, message, primary, secondary, help, .. } = diagnostic;
        writeln!(text, "{} {}", code.name, message).unwrap();
        for label in primary.iter().chain(&secondary) {
            writeln!(text, "  {}: {}", sources.place(label.span), label.text).unwrap();
        }
        for line in help {
            writeln!(text, "  - {line}").unwrap();
        }
    }
    text
}

//! `spx build`, and what `spx wheel` and `spx sdist` share with it: building, and showing what was built.

use super::app::size;
use super::args::{BuildArgs, Format};
use super::{Exit, Screen, exit};
use crate::ops::build::{Built, build};
use crate::ops::{self, Failure};
use crate::project::Artifact;
use crate::report::{escape, json};
use std::fmt::Write;

pub(super) fn run(args: &BuildArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    artifacts(args, &[Artifact::Sdist, Artifact::Wheel], screen)
}

/// Builds what was asked for, and says what it is.
pub(super) fn artifacts(args: &BuildArgs, kinds: &[Artifact], screen: &mut Screen) -> Result<Exit, Failure> {
    let scope =
        ops::metadata::scope(args.python.as_deref(), args.platform.as_deref(), args.setuptools.as_deref())?;
    let directory = (!args.list).then_some(args.out_dir.as_path());
    let outcome = build(&args.path, kinds, directory, &scope)?;
    let status = if outcome.value.is_some() { Exit::Done } else { exit(&outcome.diagnostics) };
    if screen.format == Format::Json {
        let said: Vec<_> = outcome.diagnostics.iter().map(|d| json::value(d, &outcome.sources)).collect();
        let artifacts: Vec<_> = outcome.value.iter().flatten().map(|built| value(built, args.list)).collect();
        let document =
            serde_json::json!({ "schema": json::SCHEMA, "artifacts": artifacts, "diagnostics": said });
        super::data(&format!("{document:#}\n"))?;
        return Ok(status);
    }
    screen.diagnostics(outcome.diagnostics, &outcome.sources);
    for built in outcome.value.iter().flatten() {
        match &built.path {
            Some(path) => screen.say(&format!("wrote {}", path.display())),
            None => super::data(&list(built))?,
        }
    }
    Ok(status)
}

fn value(built: &Built, files: bool) -> serde_json::Value {
    let mut value = serde_json::json!({
        "kind": match built.kind {
            Artifact::Wheel => "wheel",
            Artifact::Sdist => "sdist",
        },
        "file": built.path.as_ref().map_or_else(|| built.file_name.clone(), |path| path.display().to_string()),
        "size": built.size,
        "sha256": built.sha256,
    });
    if files {
        let files = built.files.iter().map(|file| {
            serde_json::json!({ "path": file.path, "source": file.source, "rule": file.rule, "place": file.place, "size": file.size })
        });
        value["files"] = files.collect();
    }
    value
}

/// A line for each file: its path and size, where the rule that brings it is written, the rule, and which file it is made from.
fn list(built: &Built) -> String {
    /// Paths longer than this do not push everything else to the right.
    const WIDEST: usize = 60;
    let width =
        |texts: &mut dyn Iterator<Item = usize>| texts.filter(|width| *width <= WIDEST).max().unwrap_or(0);
    let files = &built.files;
    let paths = width(&mut files.iter().map(|file| file.path.chars().count()));
    let places = width(&mut files.iter().filter_map(|file| Some(file.place.as_ref()?.chars().count())));
    let total: u64 = files.iter().map(|file| file.size).sum();
    let mut out = format!(
        "{}: {} files of {}, packed {}\n",
        escape(&built.file_name),
        files.len(),
        size(total),
        size(built.size)
    );
    for file in files {
        let (path, bytes) = (escape(&file.path), size(file.size));
        let place = file.place.as_deref().map_or_else(String::new, escape);
        let mut line = format!("  {path:paths$}  {bytes:>9}  {place:places$}  {}", escape(&file.rule));
        if let Some(source) = file.source.as_ref().filter(|source| **source != file.path) {
            let _ = write!(line, ", from {}", escape(source));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

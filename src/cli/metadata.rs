//! `spx metadata`: a table for people, the JSON of the metadata schema for programs.

use super::args::{Format, MetadataArgs};
use super::{Exit, Screen, exit};
use crate::ops::statistics::Statistics;
use crate::ops::{self, Failure};
use crate::project::{Field, FieldValue, Place, Project, json};
use crate::report::{self, escape};
use crate::text::Sources;
use std::fmt::Write;

/// Items of a list, and lines of a text, that the table shows before it says how many more there are.
const SHOWN: usize = 8;

pub(super) fn run(args: &MetadataArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let scope =
        ops::metadata::scope(args.python.as_deref(), args.platform.as_deref(), args.setuptools.as_deref())?;
    if args.statistics {
        return statistics(&ops::statistics::statistics(&args.paths, &scope)?, screen);
    }
    let [path] = &args.paths[..] else {
        return Err(Failure::new("one project at a time").help("`--statistics` takes many"));
    };
    let outcome = ops::metadata::metadata(path, &scope)?;
    let Some(project) = &outcome.value else {
        screen.diagnostics(outcome.diagnostics, &outcome.sources);
        return Ok(Exit::Failed);
    };
    if screen.format == Format::Json {
        let said: Vec<_> =
            outcome.diagnostics.iter().map(|d| report::json::value(d, &outcome.sources)).collect();
        let document = json::document(project.target.as_ref(), &project.metadata, &said, &outcome.sources);
        super::data(&format!("{document:#}\n"))?;
        return Ok(Exit::Done);
    }
    let status = exit(&outcome.diagnostics);
    super::data(&table(project, &outcome.sources, args.origin, screen))?;
    screen.diagnostics(outcome.diagnostics, &outcome.sources);
    Ok(status)
}

fn statistics(found: &Statistics, screen: &Screen) -> Result<Exit, Failure> {
    if screen.format == Format::Json {
        let losses: Vec<_> = (found.losses.iter())
            .map(|loss| {
                serde_json::json!({
                    "reason": loss.reason, "fields": loss.fields, "projects": loss.projects, "names": loss.names, "example": loss.example,
                })
            })
            .collect();
        let document = serde_json::json!({
            "schema": report::json::SCHEMA,
            "projects": found.projects,
            "fields": found.fields,
            "known": found.known,
            "losses": losses,
        });
        super::data(&format!("{document:#}\n"))?;
        return Ok(Exit::Done);
    }
    let mut out = format!("{} projects, {} of {} fields known\n", found.projects, found.known, found.fields);
    for loss in &found.losses {
        let names: Vec<&str> = loss.names.iter().copied().take(SHOWN).collect();
        let more = if loss.names.len() > SHOWN { ", …" } else { "" };
        let _ = writeln!(
            out,
            "{:>5} fields, {:>3} projects  {}\n       {}{more}; first at {}",
            loss.fields,
            loss.projects.len(),
            escape(&short(&loss.reason)),
            names.join(", "),
            escape(&loss.example)
        );
    }
    super::data(&out)?;
    Ok(Exit::Done)
}

fn table(project: &Project, sources: &Sources, origins: bool, screen: &Screen) -> String {
    let (bold, dim, red, plain) =
        if screen.stdout_color { ("\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[0m") } else { ("", "", "", "") };
    let width = project.metadata.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for (name, field) in project.metadata.iter() {
        let (lines, origin, trail) = match field {
            Field::Known { value, origin, trail } => (shown(value), origin, trail.as_slice()),
            Field::Unknown { origin, unknown } => {
                let at = sources.place(unknown.span);
                (
                    vec![format!("{red}unknown{plain}: {} ({at})", escape(&unknown.reason))],
                    origin,
                    unknown.trail.as_slice(),
                )
            }
        };
        for (at, line) in lines.iter().enumerate() {
            let head = if at == 0 { name } else { "" };
            let _ = write!(out, "{bold}{head:width$}{plain}  {line}");
            if at == 0 {
                let _ = write!(out, "  {dim}{}{plain}", sources.place(*origin));
            }
            out.push('\n');
        }
        if origins {
            let mut last = None;
            for Place { span, text } in trail {
                // Calls and their results often stand at one place.
                if last.replace(*span) != Some(*span) {
                    let what = if text.is_empty() {
                        sources.slice(*span).lines().next().unwrap_or("")
                    } else {
                        text
                    };
                    let place = sources.place(*span);
                    let _ = writeln!(out, "{:width$}    {dim}← {place}  {}{plain}", "", escape(&short(what)));
                }
            }
        }
    }
    out
}

fn shown(value: &FieldValue) -> Vec<String> {
    let lines: Vec<String> = match value {
        FieldValue::Text(text) => text.lines().map(str::to_owned).collect(),
        FieldValue::Bool(value) => vec![if *value { "yes" } else { "no" }.to_owned()],
        FieldValue::List(items) => items.clone(),
        FieldValue::TextMap(map) => map.iter().map(|(key, value)| format!("{key}: {value}")).collect(),
        FieldValue::ListMap(map) | FieldValue::Files(map) => map
            .iter()
            .flat_map(|(key, items)| {
                let key = if key.is_empty() { "(all)".to_owned() } else { key.clone() };
                std::iter::once(format!("{key}:")).chain(items.iter().map(|item| format!("  {item}")))
            })
            .collect(),
    };
    let more = lines.len().saturating_sub(SHOWN);
    // One line more is shown rather than "and 1 more".
    let take = if more == 1 { SHOWN + 1 } else { SHOWN };
    let mut out: Vec<String> = lines.iter().take(take).map(|line| escape(&short(line))).collect();
    if more > 1 {
        out.push(format!("… and {more} more"));
    }
    if out.is_empty() {
        out.push("(empty)".to_owned());
    }
    out
}

fn short(line: &str) -> String {
    const WIDEST: usize = 90;
    if line.chars().count() <= WIDEST {
        line.to_owned()
    } else {
        line.chars().take(WIDEST - 1).chain(['…']).collect()
    }
}

//! `spx lock`: writes `pylock.toml`, or says what that would change.

use super::app::{ranges, request};
use super::args::{Format, LockArgs};
use super::progress::Bars;
use super::{Exit, Screen, data, exit};
use crate::ops::Failure;
use crate::ops::lock::{LockOptions, Locked, lock};
use crate::report::{escape, json};
use std::sync::Arc;

pub(super) fn run(args: &LockArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let options = LockOptions {
        request: request(&args.resolve),
        output: args.output.clone(),
        diff: args.diff,
        upgrade: args.upgrade,
        upgrade_packages: args.upgrade_package.clone(),
    };
    let bars = Arc::new(Bars::new(!screen.quiet && screen.format == Format::Human, screen.style));
    let outcome = lock(&options, bars.clone());
    bars.clear();
    let outcome = outcome?;
    let status = if outcome.value.is_some() { Exit::Done } else { exit(&outcome.diagnostics) };
    if screen.format == Format::Json {
        let said: Vec<_> =
            outcome.diagnostics.iter().map(|diagnostic| json::value(diagnostic, &outcome.sources)).collect();
        let locked = outcome.value.as_ref().map(|locked| {
            serde_json::json!({
                "file": locked.path.as_ref().map(|path| path.display().to_string()),
                "projects": locked.projects,
                "versions": locked.versions,
                "pythons": locked.pythons.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "changes": locked.changes,
            })
        });
        let document = serde_json::json!({ "schema": json::SCHEMA, "lock": locked, "diagnostics": said });
        data(&format!("{document:#}\n"))?;
        return Ok(status);
    }
    screen.diagnostics(outcome.diagnostics, &outcome.sources);
    if let Some(locked) = &outcome.value {
        say(locked, screen)?;
    }
    Ok(status)
}

fn say(locked: &Locked, screen: &Screen) -> Result<(), Failure> {
    let Some(path) = &locked.path else {
        let text = match &locked.changes {
            None => "there is no lock yet\n".to_owned(),
            Some(changes) if changes.is_empty() => "nothing would change\n".to_owned(),
            Some(changes) => changes.iter().map(|change| format!("{}\n", escape(change))).collect(),
        };
        return data(&text);
    };
    screen.say(&format!("wrote {}", path.display()));
    screen.say(&format!(
        "  {} versions of {} projects, for Python {}",
        locked.versions,
        locked.projects,
        ranges(&locked.pythons)
    ));
    for change in locked.changes.iter().flatten() {
        screen.say(&format!("  {change}"));
    }
    Ok(())
}

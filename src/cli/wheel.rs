//! `spx wheel`: builds the project's wheel.

use super::args::{Format, WheelArgs};
use super::{Exit, Screen, exit};
use crate::ops::{self, Failure};
use crate::report::json;

pub(super) fn run(args: &WheelArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let scope = ops::metadata::scope(args.python.as_deref(), args.platform.as_deref(), None)?;
    let outcome = ops::wheel::wheel(&args.path, &args.out_dir, &scope)?;
    let status = if outcome.value.is_some() { Exit::Done } else { exit(&outcome.diagnostics) };
    if screen.format == Format::Json {
        let said: Vec<_> = outcome.diagnostics.iter().map(|d| json::value(d, &outcome.sources)).collect();
        let wheel = outcome.value.as_ref().map(|(path, wheel)| {
            serde_json::json!({ "file": path.display().to_string(), "size": wheel.content.len(), "sha256": wheel.sha256 })
        });
        let document = serde_json::json!({ "schema": json::SCHEMA, "wheel": wheel, "diagnostics": said });
        screen.data(&format!("{document:#}\n"))?;
        return Ok(status);
    }
    screen.diagnostics(outcome.diagnostics, &outcome.sources);
    if let Some((path, _)) = &outcome.value {
        screen.say(&format!("wrote {}", path.display()));
    }
    Ok(status)
}

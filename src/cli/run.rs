//! `spx run`: builds into the cache, and becomes the application.

use super::args::{AppArgs, Format};
use super::progress::Bars;
use super::{Exit, Screen, exit};
use crate::diagnostic::Severity;
use crate::ops::{self, Failure};
use std::sync::Arc;

pub(super) fn run(args: &AppArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let options = super::app::options(args)?;
    if !args.inject_args.is_empty() {
        return Err(Failure::new("`spx run` bakes no arguments in").help("give them after `--`"));
    }
    let bars = Arc::new(Bars::new(!screen.quiet && screen.format == Format::Human, screen.style));
    let outcome = ops::run::prepare(options, bars.clone());
    bars.clear();
    let mut outcome = outcome?;
    let status = exit(&outcome.diagnostics);
    if outcome.value.is_some() && !screen.verbose {
        // The program is what was asked for, not remarks on how it was made.
        outcome.diagnostics.retain(|diagnostic| diagnostic.severity != Severity::Info);
    }
    screen.diagnostics(outcome.diagnostics, &outcome.sources);
    let Some(file) = outcome.value else { return Ok(status) };
    screen.detail(&format!("running {}", file.display()));
    start(&file, &args.arguments)
}

#[cfg(unix)]
fn start(file: &std::path::Path, arguments: &[String]) -> Result<Exit, Failure> {
    let error = crate::system::os::become_program(file, arguments);
    Err(Failure::new(format!("`{}` could not be started: {error}", file.display())))
}

/// Python's launcher, else the first Python; there is no header that Windows would read.
#[cfg(not(unix))]
fn start(file: &std::path::Path, arguments: &[String]) -> Result<Exit, Failure> {
    let words: Vec<String> =
        std::iter::once(file.display().to_string()).chain(arguments.iter().cloned()).collect();
    for python in ["python", "py"] {
        if let Ok(status) = crate::system::os::run_program(std::path::Path::new(python), &words) {
            return Ok(Exit::Status(u8::try_from(status).unwrap_or(1)));
        }
    }
    Err(Failure::new("there is no Python to run it with").help("install one from python.org"))
}

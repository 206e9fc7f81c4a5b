//! `spx man`: the manual pages, from the definition that `--help` comes from.

use super::Exit;
use super::args::Cli;
use crate::ops::Failure;
use clap::CommandFactory;

/// The page of spx, or that of one of its commands.
pub(super) fn run(command: Option<&str>) -> Result<Exit, Failure> {
    let mut shown = Cli::command();
    shown.build();
    if let Some(name) = command {
        let found = shown.find_subcommand(name).cloned();
        shown = found.ok_or_else(|| {
            Failure::new(format!("spx has no command `{name}`")).help("`spx --help` lists them")
        })?;
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(shown)
        .render(&mut page)
        .map_err(|error| Failure::new(format!("the manual page could not be made: {error}")))?;
    super::data(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Done)
}

//! `spx man`: the manual page, from the definition that `--help` comes from.

use super::Exit;
use super::args::Cli;
use crate::ops::Failure;
use clap::CommandFactory;

pub(super) fn run() -> Result<Exit, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command())
        .render(&mut page)
        .map_err(|error| Failure::new(format!("the manual page could not be made: {error}")))?;
    super::data(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Done)
}

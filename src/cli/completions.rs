//! `spx completions SHELL`: from the definition that `--help` comes from.

use super::Exit;
use super::args::Cli;
use crate::ops::Failure;
use clap::CommandFactory;

pub(super) fn run(shell: clap_complete::Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "spx", &mut script);
    super::data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

//! `spx completions SHELL`: from the definition that `--help` comes from.

use super::args::Cli;
use super::{Exit, Screen};
use crate::ops::Failure;
use clap::CommandFactory;

pub(super) fn run(shell: clap_complete::Shell, screen: &mut Screen) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "spx", &mut script);
    screen.data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

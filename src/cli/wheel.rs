//! `spx wheel`: builds the project's wheel, or several when its files differ by Python.

use super::args::BuildArgs;
use super::build::artifacts;
use super::{Exit, Screen};
use crate::ops::Failure;
use crate::project::Artifact;

pub(super) fn run(args: &BuildArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    artifacts(args, &[Artifact::Wheel], screen)
}

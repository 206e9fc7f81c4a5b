//! `spx metadata`: a project read for one target, or for all of them at once.

use super::{Failure, Outcome};
use crate::packaging::{Platform, Python, Target, Version};
use crate::project::{self, Project, Scope};
use crate::system::Rooted;
use crate::text::Sources;
use std::path::Path;

/// What was asked for: one target when a Python is named, else every one of the platform, or of all platforms.
pub fn scope(
    python: Option<&str>,
    platform: Option<&str>,
    setuptools: Option<&str>,
) -> Result<Scope, Failure> {
    let python: Option<Python> = python.map(str::parse).transpose().map_err(Failure::new)?;
    let platform: Option<Platform> = platform.map(str::parse).transpose().map_err(Failure::new)?;
    let setuptools: Option<Version> = setuptools
        .map(|text| {
            text.parse().map_err(|_| Failure::new(format!("`{text}` is not a version of setuptools")))
        })
        .transpose()?;
    if let Some(python) = python
        && !Python::ALL.contains(&python)
    {
        let known: Vec<String> = Python::ALL.iter().map(ToString::to_string).collect();
        return Err(Failure::new(format!("spx does not answer for Python {python}"))
            .help(format!("it knows {}", known.join(", "))));
    }
    let targets = match (python, platform) {
        (Some(python), platform) => vec![Target { python, platform: platform.unwrap_or(Platform::Linux) }],
        (None, platform) => Target::all()
            .into_iter()
            .filter(|target| platform.is_none_or(|platform| target.platform == platform))
            .collect(),
    };
    Ok(Scope { targets, setuptools, artifact: None })
}

/// Reads the project in a directory. The value is missing when there is nothing there to read.
pub fn metadata(path: &Path, scope: &Scope) -> Result<Outcome<Project>, Failure> {
    let system = open(path)?;
    let mut sources = Sources::new();
    let (project, diagnostics) = project::read(&system, &mut sources, scope);
    Ok(Outcome { value: Some(project), diagnostics, sources })
}

/// The tree of a project, which must have one of the files that make it one.
pub(super) fn open(path: &Path) -> Result<Rooted, Failure> {
    use crate::system::System;
    let system = Rooted::new(path).map_err(|error| Failure::new(format!("`{}`: {error}", path.display())))?;
    let has = |name| system.metadata(name).is_ok() || system.is_link(name);
    if ["setup.py", "setup.cfg", "pyproject.toml"].into_iter().any(has) {
        return Ok(system);
    }
    Err(Failure::new(format!("`{}` has no setup.py, setup.cfg or pyproject.toml", path.display()))
        .help("name the directory of a Python project, as in `spx path/to/project`"))
}

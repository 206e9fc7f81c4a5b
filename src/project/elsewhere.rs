//! What says that other code than setuptools' builds a project, or may take part: another build backend, arguments of plug-ins.

use super::from_setup::{Call, Special};
use super::{Metadata, pyproject};
use crate::packaging::Requirement;
use crate::syntax::toml::Table;

/// Build backends that let setuptools build from setup.py as it does by itself.
const BACKENDS: &[&str] = &["pbr.build", "setuptools.build_meta", "spx_build"];

/// Distributions that builds require, and that take no argument of `setup()` but those that are known.
const WITHOUT_ARGUMENTS: &[&str] = &[
    "cffi",
    "coverage",
    "cython",
    "d2to1",
    "flake8",
    "mock",
    "nose",
    "numpy",
    "pbr",
    "pip",
    "pytest",
    "pytest-runner",
    "setuptools",
    "setuptools-git",
    "setuptools-rust",
    "setuptools-scm",
    "six",
    "sphinx",
    "twine",
    "unittest2",
    "wheel",
];

/// What says that other code than setuptools' builds, or that it may take part.
pub(super) fn found(call: &Call, metadata: &Metadata, pyproject: Option<&Table>) -> Vec<Special> {
    let system = pyproject.and_then(pyproject::build_system);
    let mut found = Vec::new();
    if let Some((backend, span)) = system.as_ref().and_then(|system| system.backend.as_ref())
        && !BACKENDS.iter().any(|known| backend.split(':').next() == Some(known))
    {
        let why = format!("is `{backend}`, so it is not setuptools that builds this project");
        found.push(Special::elsewhere("build-backend", *span, why));
    }
    let declared = metadata.list("setup_requires").unwrap_or_default().iter().map(String::as_str);
    let required = system.iter().flat_map(|system| system.requires.iter().map(|(text, _)| text.as_str()));
    let plug_in = declared.chain(required).find_map(|text| {
        let requirement: Requirement = text.parse().ok()?;
        (!WITHOUT_ARGUMENTS.contains(&requirement.name.normalized())).then_some(requirement.name)
    });
    if let Some(plug_in) = plug_in {
        for (keyword, span) in &call.foreign {
            let why = format!(
                "is no argument of setuptools: `{}`, which the build requires, may act on it",
                plug_in.written()
            );
            found.push(Special::elsewhere(keyword, *span, why));
        }
    }
    found
}

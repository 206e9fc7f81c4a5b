//! Markers judged for all releases of a Python minor version at once.

use crate::packaging::{Environment, Name, Requirement, Version};
use pep508_rs::{MarkerEnvironment, StringVersion};
use std::collections::BTreeSet;

/// The marker environments of the newest and of the first release of a Python minor version.
///
/// A marker may tell them apart (`python_full_version < '3.11.3'`), and what is resolved must work on all. So what holds
/// for the newest release is taken, and what holds for the first one only if nothing else is said of that project: more
/// than is needed on some, enough on all.
pub(super) struct Micros {
    newest: MarkerEnvironment,
    first: MarkerEnvironment,
}

impl Micros {
    pub(super) fn of(environment: Environment) -> Self {
        let newest = environment.marker_environment();
        let version = Version::new(
            [environment.target.python.major, environment.target.python.minor, 0].map(u64::from),
        );
        let version = StringVersion { string: version.to_string(), version };
        let first =
            newest.clone().with_python_full_version(version.clone()).with_implementation_version(version);
        Self { newest, first }
    }

    /// Which of the requirements are taken.
    pub(super) fn apply(&self, requirements: &[&Requirement], extras: &[String]) -> Vec<bool> {
        let newest: Vec<bool> =
            requirements.iter().map(|requirement| requirement.applies(&self.newest, extras)).collect();
        let known: BTreeSet<&Name> = requirements
            .iter()
            .zip(&newest)
            .filter(|(_, applies)| **applies)
            .map(|(requirement, _)| &requirement.name)
            .collect();
        let takes = |(requirement, applies): (&&Requirement, &bool)| {
            *applies || (!known.contains(&requirement.name) && requirement.applies(&self.first, extras))
        };
        requirements.iter().zip(&newest).map(takes).collect()
    }
}

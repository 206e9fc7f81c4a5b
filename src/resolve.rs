//! Which versions go together, for which Pythons.
//!
//! [`resolve`] answers for every environment (Python × platform × machine) on its own: each gets the newest versions that
//! work there. Environments that nothing told apart are solved once: a *fork* is a set of them, starts as all those of
//! one Python, and is divided when a marker, a wheel's tags or a wheel's metadata first treat its members differently.
//! Equal questions have equal answers, so Pythons share versions wherever these are equally good.
//!
//! What exists is asked through [`Distributions`]; nothing is fetched, built or run here. The algorithm is PubGrub's.
//!
//! Rules, as pip has them unless said:
//! - a version without a wheel that runs there is passed over, with a note (source distributions of projects without native code need
//!   [`Options::source_distributions`]); so is one whose metadata nobody can read;
//! - pre-releases are taken when a requirement names one, when nothing else satisfies a requirement, or when asked for;
//! - withdrawn ("yanked") files are taken for exact pins only;
//! - an older answer's versions ([`Options::preferred`]) stay where the requirements still admit them;
//! - requirements with a URL need somebody who looked at it ([`Distributions::at_url`]); others are refused.

mod candidates;
mod distributions;
mod explain;
mod micros;
mod outcome;
mod provider;
mod scout;
mod solver;
mod versions;

#[cfg(test)]
mod tests;

pub use distributions::{
    DistributionFile, DistributionKind, Distributions, Offer, Unavailable, seconds_since_1970,
};
pub use outcome::{Failure, Outcome, Pin, RequiredBy, Resolution, resolve};

use crate::packaging::{Environment, Name, Requirement, Version};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// A requirement that the user has, directly or through the project.
#[derive(Clone, Debug)]
pub struct Root {
    pub requirement: Requirement,
    /// Where it is written.
    pub origin: Option<Span>,
    /// Who says so, as a sentence can begin with it: `setup.py`, `requirements.txt`, `the command line`.
    pub who: String,
    /// The only files that may be taken, as `sha256:…`; empty when any may.
    pub hashes: Vec<String>,
}

/// Which of the versions that fit.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Choice {
    #[default]
    Highest,
    Lowest,
}

/// How to choose.
#[derive(Clone, Debug)]
pub struct Options {
    /// Narrow what may be taken of a project that something requires; they require nothing themselves.
    pub constraints: Vec<Root>,
    /// Whether pre-releases are as good as other versions.
    pub prereleases: bool,
    /// The extras by which `extra == "…"` in the roots' markers is judged, normalised.
    pub extras: Vec<String>,
    /// Projects that are left out wherever they are required.
    pub exclude: BTreeSet<Name>,
    pub choice: Choice,
    /// Versions that go before all others wherever they may be taken: those of an older answer.
    pub preferred: BTreeMap<Environment, BTreeMap<Name, Version>>,
    /// Whether every project needs listed hashes.
    pub require_hashes: bool,
    /// Seconds since 1970: files uploaded later, or at an unknown time, do not exist.
    pub exclude_newer: Option<u64>,
    /// Whether [`Distributions::metadata`] can read source distributions, so that they may be taken.
    pub source_distributions: bool,
    /// The most steps (choices and backtracks) the solver may take for one fork.
    pub budget: u32,
    /// The longest it may think about one fork, waiting for the index aside. Steps on contradictory requirements become
    /// slower as what was learnt from them grows.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            constraints: Vec::new(),
            prereleases: false,
            extras: Vec::new(),
            exclude: BTreeSet::new(),
            choice: Choice::Highest,
            preferred: BTreeMap::new(),
            require_hashes: false,
            exclude_newer: None,
            source_distributions: false,
            // The largest sets known need some thousands.
            budget: 200_000,
            patience: Duration::from_mins(1),
        }
    }
}

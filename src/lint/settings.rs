//! What is to be looked for: which rules, for which Pythons and which setuptools.

use super::{Profile, Rule};
use crate::eval::Patience;
use crate::packaging::{Platform, Python, Target, Version};
use crate::project::Scope;
use crate::project::glob::fnmatch;
use crate::project::read::newest_setuptools;

/// The settings of a run, from the command line and the project's configuration.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Rules of taste too.
    pub pedantic: bool,
    /// Rules of security too.
    pub security: bool,
    /// When not empty, only these rules; names may have `*` and `?`.
    pub select: Vec<String>,
    /// Not these.
    pub ignore: Vec<String>,
    /// Path patterns, each with the rules that are silent there.
    pub per_file_ignores: Vec<(String, Vec<String>)>,
    /// One Python, instead of all that spx knows.
    pub target_python: Option<Python>,
    /// The setuptools that builds; the newest by default.
    pub target_setuptools: Option<Version>,
    /// One platform, instead of all.
    pub target_platform: Option<Platform>,
    /// How long whoever asks will wait.
    pub patience: Patience,
}

impl Settings {
    /// Whether a rule runs.
    pub fn wants(&self, rule: &Rule) -> bool {
        let by_profile = match rule.profile {
            Profile::Default => true,
            Profile::Pedantic => self.pedantic,
            Profile::Security => self.security,
        };
        let selected = if self.select.is_empty() { by_profile } else { any(&self.select, rule.code.name) };
        selected && !any(&self.ignore, rule.code.name)
    }

    /// Whether what was said under a name that no rule has is shown.
    pub fn wants_name(&self, name: &str) -> bool {
        (self.select.is_empty() || any(&self.select, name)) && !any(&self.ignore, name)
    }

    /// Whether a rule is silent in a file.
    pub fn silent_in(&self, path: &str, name: &str) -> bool {
        self.per_file_ignores.iter().any(|(pattern, names)| fnmatch(path, pattern) && any(names, name))
    }

    /// Which Pythons the project is read for.
    pub fn scope(&self) -> Scope {
        let mut targets = Target::all();
        let ends = [Python::ALL.iter().min(), Python::ALL.iter().max()];
        match self.target_python {
            Some(python) => targets.retain(|target| target.python == python),
            // What differs by platform does so on the oldest or on the newest Python too: half the work, the same findings.
            None => targets
                .retain(|target| target.platform == Platform::Linux || ends.contains(&Some(&target.python))),
        }
        if let Some(platform) = self.target_platform {
            targets.retain(|target| target.platform == platform);
        }
        Scope { targets, setuptools: self.target_setuptools.clone(), artifact: None }
    }

    /// The setuptools that removals are judged by.
    pub fn setuptools(&self) -> Version {
        let newest = || newest_setuptools(self.target_python.unwrap_or(Python::new(3, 13)));
        self.target_setuptools.clone().unwrap_or_else(newest)
    }
}

fn any(patterns: &[String], name: &str) -> bool {
    patterns.iter().any(|pattern| fnmatch(name, pattern))
}

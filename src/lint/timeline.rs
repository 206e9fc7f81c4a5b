//! When tools dropped what: releases with their dates, from the tools' own change logs, as data for rules.

use crate::packaging::Version;
use std::fmt;

/// Whose release it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tool {
    Setuptools,
    Pip,
    Python,
}

/// A release, and the day it came out where that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Release {
    pub tool: Tool,
    pub version: &'static str,
    /// `YYYY-MM-DD`; empty when not on record here.
    pub date: &'static str,
}

/// The life of something that is on its way out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Timeline {
    pub deprecated_in: Option<Release>,
    pub removed_in: Option<Release>,
    /// The day after which the tool's own source says that it will be dropped.
    pub due: Option<&'static str>,
}

impl Timeline {
    pub const NONE: Self = Self { deprecated_in: None, removed_in: None, due: None };

    /// Whether it is gone from a version of setuptools.
    pub fn is_removed_from_setuptools(&self, setuptools: &Version) -> bool {
        self.removed_in.is_some_and(|release| {
            release.tool == Tool::Setuptools
                && release.version.parse::<Version>().is_ok_and(|removed| *setuptools >= removed)
        })
    }

    /// "removed in setuptools 82.0.0 (2026-02-08), deprecated since setuptools 67.5.0"; `None` when nothing is on record.
    pub fn told(&self) -> Option<String> {
        let mut parts = Vec::new();
        if let Some(release) = &self.removed_in {
            parts.push(format!("gone since {release}"));
        }
        if let Some(release) = &self.deprecated_in {
            parts.push(format!("deprecated since {release}"));
        }
        if let Some(due) = self.due {
            parts.push(format!("due to go after {due}"));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tool = match self.tool {
            Tool::Setuptools => "setuptools",
            Tool::Pip => "pip",
            Tool::Python => "Python",
        };
        write!(f, "{tool} {}", self.version)?;
        if self.date.is_empty() { Ok(()) } else { write!(f, " ({})", self.date) }
    }
}

/// A release of setuptools.
pub const fn setuptools(version: &'static str, date: &'static str) -> Option<Release> {
    Some(Release { tool: Tool::Setuptools, version, date })
}

/// A release of pip.
pub const fn pip(version: &'static str, date: &'static str) -> Option<Release> {
    Some(Release { tool: Tool::Pip, version, date })
}

/// A release of Python.
pub const fn python(version: &'static str, date: &'static str) -> Option<Release> {
    Some(Release { tool: Tool::Python, version, date })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removal_depends_on_the_release() {
        let timeline = Timeline { removed_in: setuptools("82.0.0", "2026-02-08"), ..Timeline::NONE };
        assert!(timeline.is_removed_from_setuptools(&Version::new([84])));
        assert!(!timeline.is_removed_from_setuptools(&Version::new([81, 9])));
        let gone = Timeline { removed_in: python("3.12", "2023-10-02"), ..Timeline::NONE };
        assert!(!gone.is_removed_from_setuptools(&Version::new([84])));
        assert_eq!(timeline.told().as_deref(), Some("gone since setuptools 82.0.0 (2026-02-08)"));
    }
}

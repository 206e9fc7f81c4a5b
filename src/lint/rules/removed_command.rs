//! Commands that setuptools no longer has.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::timeline::{Release, setuptools};
use crate::lint::{Context, Tag, rule};
use crate::packaging::Version;

rule! {
    /// A class that extends one of setuptools' commands needs that command. Some were dropped, such as `upload` and
    /// `bdist_wininst`, and importing them fails; `test` and `easy_install` are left as shells that do nothing.
    ///
    /// ```python bad
    /// from setuptools import setup
    /// from setuptools.command.test import test as TestCommand
    ///
    /// class PyTest(TestCommand):
    ///     pass
    ///
    /// setup(name="demo", version="1.0", cmdclass={"test": PyTest})
    /// ```
    /// ```python good
    /// from setuptools import setup
    /// from setuptools.command.build_py import build_py
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "removed-command", Warning, "an import of a command that setuptools no longer has",
    tags: &[Tag::Deprecated],
    sources: &["setuptools change log: 42, 65, 72, 75, 80"],
}

/// Modules below `setuptools.command`, and the release without them.
const REMOVED: &[(&str, Option<Release>)] = &[
    ("bdist_msi", setuptools("65.0.0", "2022-08-14")),
    ("bdist_wininst", setuptools("65.0.0", "2022-08-14")),
    ("easy_install", setuptools("80.0.0", "2025-04-27")),
    ("register", setuptools("75.0.0", "2024-09-15")),
    ("test", setuptools("72.0.0", "2024-07-28")),
    ("upload", setuptools("75.0.0", "2024-09-15")),
    ("upload_docs", setuptools("75.0.0", "2024-09-15")),
];

/// The release since which setuptools has no such command, if it is one of those and that setuptools has none.
pub(super) fn gone(command: &str, setuptools: &Version) -> Option<&'static Release> {
    let (_, release) = REMOVED.iter().find(|(name, _)| *name == command)?;
    let release = release.as_ref()?;
    release.version.parse::<Version>().is_ok_and(|version| *setuptools >= version).then_some(release)
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let newest = cx.settings.setuptools();
    let mut found = Vec::new();
    for import in script.imports() {
        let Some(below) = import.module.strip_prefix("setuptools.command") else { continue };
        let named = import.names.iter().copied().chain(below.strip_prefix('.'));
        let removed = named.filter_map(|name| {
            // `from setuptools.command.test import test` names it twice.
            let module = if below.is_empty() { name } else { below.trim_start_matches('.') };
            REMOVED.iter().find(|(command, _)| *command == module)
        });
        let Some((command, Some(release))) = removed.into_iter().next() else { continue };
        if import.seen.guarded || import.seen.nested {
            continue;
        }
        let gone = release.version.parse::<Version>().is_ok_and(|version| newest >= version);
        // Two of them live on as shells that do nothing or only warn.
        let is_shell = ["easy_install", "test"].contains(command);
        let fails = gone && !is_shell;
        let state = if is_shell { "an empty shell" } else { "gone" };
        let message = format!("the command `{command}` is {state} since {release}");
        let help = "do without the class, or import it where it is used and catch the `ImportError`";
        let severity = if fails { Severity::Error } else { Severity::Warning };
        found.push(Diagnostic::new(&CODE, import.span, message).severity(severity).help(help));
    }
    found
}

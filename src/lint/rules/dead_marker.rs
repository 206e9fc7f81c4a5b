//! Requirements that no Python of the project ever needs.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::packaging::specifiers::{admits_python, parse};
use crate::packaging::{Requirement, Target};

rule! {
    /// A requirement whose marker is never true for the Pythons of `python_requires` is a remnant: it is installed nowhere.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     python_requires=">=3.8",
    ///     install_requires=["enum34; python_version < '3.4'"],
    /// )
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     python_requires=">=3.8",
    ///     install_requires=["tomli; python_version < '3.11'"],
    /// )
    /// ```
    "dead-marker", Info, "a requirement whose marker is false for every Python of the project",
    profile: Profile::Pedantic,
    sources: &["PEP 508"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((text, origin)) = cx.text("python_requires") else { return Vec::new() };
    let Ok(specifiers) = parse(text) else { return Vec::new() };
    let mut targets = Target::all();
    targets.retain(|target| admits_python(&specifiers, target.python));
    if targets.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for item in cx.items("install_requires") {
        let Ok(requirement) = item.text.parse::<Requirement>() else { continue };
        // Only what hangs on the version: a platform that spx does not know may still want it.
        let Some(marker) = requirement.marker.as_ref().filter(|marker| only_version(marker.text())) else {
            continue;
        };
        if !targets.iter().any(|target| marker.holds(&target.marker_environment(), &[])) {
            let message = format!(
                "`{}` is installed nowhere: its marker contradicts `python_requires`",
                requirement.name.written()
            );
            found.push(
                Diagnostic::new(&CODE, item.span, message)
                    .label(origin, "the Pythons of the project")
                    .help("remove it"),
            );
        }
    }
    found
}

fn only_version(marker: &str) -> bool {
    let others = ["platform", "os_name", "os.name", "sys", "implementation", "extra"];
    marker.contains("python_version") && !others.iter().any(|word| marker.contains(word))
}

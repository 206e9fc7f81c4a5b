//! A dependency pinned to one version.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::packaging::specifiers;

rule! {
    /// A library that pins what it needs cannot be installed beside another one that pins something else. Pins belong into the requirements file of whoever deploys.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["flask==1.0"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["flask>=1.0"])
    /// ```
    "pinned-requirement", Info, "a dependency of a library pinned to one version",
    profile: Profile::Pedantic,
    sources: &["PyPA: install_requires vs requirements files"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (field, item, requirement) in cx.requirements_of_setup() {
        if field == "install_requires" && specifiers::pinned(&requirement.specifiers).is_some() {
            let message = format!("`{}` is pinned to one version", requirement.name.written());
            let diagnostic = Diagnostic::new(&CODE, item.span, message);
            found.push(
                diagnostic.help("say the oldest version that works: `>=`, or `~=` for a compatible one"),
            );
        }
    }
    found
}

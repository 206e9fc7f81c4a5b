//! Exact versions in a project that others install beside their own.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::packaging::Requirement;
use crate::packaging::specifiers::pinned;

rule! {
    /// `==` in `install_requires` allows one version only: two projects that pin different ones cannot be installed together, and
    /// a security release does not reach your users. Ranges belong here; exact versions belong in a requirements or lock file.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["requests==2.31.0"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["requests>=2.31,<3"])
    /// ```
    "pinned-requirement", Info, "an exact version in `install_requires`",
    profile: Profile::Pedantic,
    sources: &["Python Packaging User Guide: install_requires and requirements files"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let items = cx.items("install_requires").into_iter();
    let told = items.filter_map(|item| {
        let requirement: Requirement = item.text.parse().ok()?;
        let version = pinned(&requirement.specifiers)?;
        let name = requirement.name.written();
        let message = format!("`{name}` may only be {version}, whatever else is installed");
        let diagnostic = Diagnostic::new(&CODE, item.span, message);
        Some(diagnostic.help("allow a range, and pin in a requirements file"))
    });
    told.collect()
}

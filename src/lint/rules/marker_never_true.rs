//! A dependency that is never wanted.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, Tag, rule};
use crate::packaging::{Target, specifiers};

rule! {
    /// `python_requires` shuts out every Python for which the marker holds, so the line is dead.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     python_requires=">=3.6",
    ///     install_requires=["futures; python_version < '3'"],
    /// )
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     python_requires=">=3.6",
    ///     install_requires=["dataclasses; python_version < '3.7'"],
    /// )
    /// ```
    "marker-never-true", Info, "a dependency whose marker holds on no Python of the project",
    profile: Profile::Pedantic,
    tags: &[Tag::Unnecessary],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((requires, origin)) = cx.text("python_requires") else { return Vec::new() };
    let Ok(specifiers) = specifiers::parse(requires) else { return Vec::new() };
    let targets: Vec<Target> = Target::all()
        .into_iter()
        .filter(|target| specifiers::admits_python(&specifiers, target.python))
        .collect();
    if targets.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (_, item, requirement) in cx.requirements_of_setup() {
        let Some(marker) = &requirement.marker else { continue };
        // What a marker says beside the Python (a machine, an implementation) is not told by our targets.
        let only_python = marker.text().contains("python_version")
            && !marker.text().contains("_machine")
            && !marker.text().contains("implementation")
            && !marker.text().contains("extra");
        if only_python && !targets.iter().any(|target| marker.holds(&target.marker_environment(), &[])) {
            let message = format!("`{}` is wanted on no Python of the project", requirement.name.written());
            let diagnostic = Diagnostic::new(&CODE, item.span, message).label(origin, "shuts them out");
            found.push(diagnostic.help("take the line out"));
        }
    }
    found
}

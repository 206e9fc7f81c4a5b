//! Tests that are installed for everybody.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// A wheel whose top level has `tests` puts that into everybody's site-packages, over the `tests` of another project. `find_packages(exclude=["tests"])` leaves out the package itself and keeps what is in it: `"tests.*"` leaves that out too.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import find_packages, setup
    ///
    /// setup(name="demo", version="1.0", packages=find_packages())
    /// # file: demo/__init__.py
    /// # file: tests/__init__.py
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import find_packages, setup
    ///
    /// setup(name="demo", version="1.0", packages=find_packages(exclude=["tests", "tests.*"]))
    /// # file: demo/__init__.py
    /// # file: tests/__init__.py
    /// ```
    "tests-installed", Warning, "a top-level package of tests or documents in the wheel",
}

const COMMON: &[&str] =
    &["test", "tests", "testing", "docs", "doc", "examples", "example", "benchmarks", "scripts", "tools"];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let preview = cx.preview();
    let (Some(layout), Some(wheel)) = (&preview.layout, &preview.wheel) else { return Vec::new() };
    let mut found = Vec::new();
    let name = cx.text("name").map(|(name, _)| name.to_lowercase()).unwrap_or_default();
    for top in COMMON {
        let has =
            wheel.iter().any(|(path, _)| path.strip_prefix(top).is_some_and(|rest| rest.starts_with('/')));
        let Some(package) = layout.packages.iter().find(|package| package.split('.').next() == Some(*top))
        else {
            continue;
        };
        if has && name != *top {
            let message = format!(
                "the wheel installs `{package}` at the top level, where other projects' `{top}` goes too"
            );
            let help = format!("exclude `\"{top}\"` and `\"{top}.*\"`");
            let diagnostic = match cx.metadata().origin("packages") {
                Some(origin) => cx.with_trail(Diagnostic::new(&CODE, origin, message), "packages"),
                None => Diagnostic::general(&CODE, message),
            };
            found.push(diagnostic.help(help));
        }
    }
    found
}

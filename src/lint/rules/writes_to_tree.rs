//! A setup.py that writes into the project.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// What setup.py writes is there after the first build and not before, cannot be written where the sources are read-only, and ends up in source distributions by chance.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// with open("version.txt", "w") as f:
    ///     f.write("1.0")
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "writes-to-tree", Info, "a setup.py that writes into the project",
    profile: Profile::Pedantic,
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((_, call)) = cx.call() else { return Vec::new() };
    let found = call.written.iter().map(|(path, content)| {
        let what = if content.is_some() { "writes" } else { "removes" };
        let message = format!("setup.py {what} `{path}`");
        Diagnostic::new(&CODE, call.span, message)
            .here("by the time that `setup()` is called")
            .help("write it in a build command (`cmdclass`), or keep the file in the project")
    });
    found.collect()
}

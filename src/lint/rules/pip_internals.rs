//! An import of pip's own modules.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// pip has no API: its modules move with every release (`pip.req` went to `pip._internal.req` in pip 10, where its functions
    /// changed twice since), and a build in isolation has no pip at all.
    ///
    /// ```python bad
    /// from pip.req import parse_requirements
    /// from setuptools import setup
    ///
    /// requirements = [str(entry.req) for entry in parse_requirements("requirements.txt", session=False)]
    /// setup(name="demo", version="1.0", install_requires=requirements)
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// with open("requirements.txt") as file:
    ///     requirements = [line for line in file.read().splitlines() if line and not line.startswith("#")]
    /// setup(name="demo", version="1.0", install_requires=requirements)
    /// ```
    "pip-internals", Error, "an import of pip's own modules",
    sources: &["pip documentation: Using pip from your program"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let mut imports = script.imports();
    // `import pip` in a `try` only asks whether it is there.
    imports.retain(|import| {
        import.module.starts_with("pip.") || (import.module == "pip" && !import.seen.guarded)
    });
    // One of several tries is no finding of its own.
    let told = imports.first().map(|import| {
        let message =
            format!("`{}` is pip's own and is not there when pip builds the project", import.module);
        Diagnostic::new(&CODE, import.span, message)
            .help("read the lines of the file yourself, or write the requirements into `install_requires`")
    });
    told.into_iter().collect()
}

//! An import of the project's own package.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// setup.py runs where the project's dependencies are not installed and, under `build-backend = "setuptools.build_meta"`, without the project on `sys.path`. Read the version from the file instead of importing it.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    /// from demo import __version__
    ///
    /// setup(name="demo", version=__version__, packages=["demo"])
    /// # file: demo/__init__.py
    /// __version__ = "1.0"
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"])
    /// # file: demo/__init__.py
    /// ```
    "imports-own-package", Info, "an import of the project's own package in setup.py",
    profile: Profile::Pedantic,
    sources: &["PyPA: single-sourcing the version"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some(script), Some(layout)) = (&cx.script, &cx.preview().layout) else { return Vec::new() };
    let mut found = Vec::new();
    for import in script.imports().iter().filter(|import| !import.seen.nested && !import.seen.guarded) {
        let top = import.module.split('.').next().unwrap_or(import.module);
        let own = layout.packages.iter().any(|package| package == top)
            || layout.modules.iter().any(|module| module == top);
        if own {
            let message = format!("setup.py imports the project's own `{top}`");
            let help = "read what is needed from the file, or let setup.cfg say `version = attr: …`";
            found.push(Diagnostic::new(&CODE, import.span, message).help(help));
        }
    }
    found
}

//! Code that runs at installation.

use crate::diagnostic::Diagnostic;
use crate::eval::outcome::View;
use crate::lint::{Context, Profile, rule};

rule! {
    /// `cmdclass` replaces a command of a build or an installation by code of the project. Wheels do not run it, so what it does is missing there; from a source distribution it runs with the rights of whoever installs.
    ///
    /// ```python bad
    /// from setuptools import setup
    /// from setuptools.command.install import install
    ///
    /// class Install(install):
    ///     def run(self):
    ///         install.run(self)
    ///         print("thanks")
    ///
    /// setup(name="demo", version="1.0", cmdclass={"install": Install})
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "install-hook", Info, "a command of the project's own that runs when it is installed",
    profile: Profile::Security,
}

/// Commands that run when a project is installed from its sources.
const AT_INSTALL: &[&str] =
    &["install", "develop", "egg_info", "install_lib", "install_data", "install_scripts", "build_py"];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some((View::Dict(entries), origin)), Some((outcome, _))) = (cx.view("cmdclass"), cx.call()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (key, value) in entries {
        let View::Text(command) = outcome.view(&key) else { continue };
        let own = matches!(outcome.view(&value), View::Class(_))
            && outcome
                .class_names(&value)
                .first()
                .is_some_and(|name| !name.starts_with("setuptools") && !name.starts_with("distutils"));
        if AT_INSTALL.contains(&command.as_str()) && own {
            let span =
                outcome.place(&value).filter(|span| !cx.sources.path(span.file).is_empty()).unwrap_or(origin);
            let message = format!("code of the project runs in place of the command `{command}`");
            found.push(
                Diagnostic::new(&CODE, span, message).help("do what it does when the program first runs"),
            );
        }
    }
    found
}

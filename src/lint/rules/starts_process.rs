//! Programs that setup.py starts.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// Whoever builds the project runs that program, as themselves, at each of the three to five times that a build runs setup.py;
    /// where it is missing or answers otherwise, the build fails or differs. Look at what it is.
    ///
    /// ```python bad
    /// import subprocess
    /// from setuptools import setup
    ///
    /// version = subprocess.check_output(["git", "describe"]).decode().strip()
    /// setup(name="demo", version=version)
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "starts-process", Warning, "setup.py starts another program",
    profile: Profile::Security,
    sources: &["PEP 517: build environment"],
}

/// Calls that start a program; a name that ends in a dot stands for every function of the module.
const STARTERS: &[&str] =
    &["os.exec", "os.popen", "os.spawn", "os.system", "commands.", "subprocess.", "pty.spawn"];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let taken: Vec<&str> = script
        .imports()
        .into_iter()
        .filter(|import| import.module == "subprocess")
        .flat_map(|import| import.names)
        .collect();
    let calls = script.calls().into_iter().filter(|(_, name, _)| {
        STARTERS.iter().any(|starter| name.starts_with(starter)) || taken.contains(&name.as_str())
    });
    let told = calls.map(|(call, name, _)| {
        Diagnostic::new(
            &CODE,
            script.span(call),
            format!("`{name}` starts another program while the project is built"),
        )
        .help("look at what it runs; write down what it answers in a file of the project instead")
    });
    told.collect()
}

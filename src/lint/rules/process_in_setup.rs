//! A process that setup.py starts.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// What a program says differs between machines, and the program may not be there at all: an isolated build has no git, and no checkout.
    ///
    /// ```python bad
    /// import subprocess
    /// from setuptools import setup
    ///
    /// subprocess.check_call(["make", "docs"])
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "process-in-setup", Info, "a process that setup.py starts",
    profile: Profile::Pedantic,
}

/// Calls that do it, by the name they are written with.
const CALLS: &[&str] = &[
    "os.system",
    "os.popen",
    "os.spawnl",
    "os.execv",
    "subprocess.call",
    "subprocess.check_call",
    "subprocess.check_output",
    "subprocess.run",
    "subprocess.Popen",
    "commands.getoutput",
    "subprocess.getoutput",
    "check_output",
    "Popen",
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let mut found = Vec::new();
    for (call, name, seen) in script.calls() {
        // In a function it may be for a command that nobody runs.
        if CALLS.contains(&name.as_str()) && !seen.nested {
            let message = format!("`{name}` starts a program whenever setup.py runs");
            found.push(
                Diagnostic::new(&CODE, script.span(call), message)
                    .help("do it before the build, and keep the result in the project"),
            );
        }
    }
    found
}

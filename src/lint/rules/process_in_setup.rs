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
    /// import os, sys
    /// from setuptools import setup
    ///
    /// if sys.argv[-1] == "publish":
    ///     os.system("twine upload dist/*")
    ///     sys.exit()
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
        // In a function it may be for a command that nobody runs, and behind `sys.argv` for the author alone.
        if CALLS.contains(&name.as_str()) && !seen.nested && !seen.by_argv {
            let when = if seen.guarded { "may start a program when" } else { "starts a program whenever" };
            let message = format!("`{name}` {when} setup.py runs");
            found.push(
                Diagnostic::new(&CODE, script.span(call), message)
                    .help("do it before the build, and keep the result in the project"),
            );
        }
    }
    found
}

//! A connection that setup.py opens.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// A build without a network fails, and a build with one runs or ships what somebody else put there.
    ///
    /// ```python bad
    /// from urllib.request import urlopen
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", description=urlopen("https://example.org").read())
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "network-in-setup", Warning, "a connection that setup.py opens",
    profile: Profile::Security,
}

/// Calls that do it, by the name they are written with.
const CALLS: &[&str] = &[
    "urlopen",
    "urlretrieve",
    "urllib.urlopen",
    "urllib.urlretrieve",
    "urllib2.urlopen",
    "urllib.request.urlopen",
    "urllib.request.urlretrieve",
    "requests.get",
    "requests.post",
    "socket.socket",
    "socket.create_connection",
    "http.client.HTTPSConnection",
    "http.client.HTTPConnection",
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let mut found = Vec::new();
    for (call, name, seen) in script.calls() {
        // In a function it may be for a command that nobody runs, and behind `sys.argv` for the author alone.
        if CALLS.contains(&name.as_str()) && !seen.nested && !seen.by_argv {
            let when =
                if seen.guarded { "may open a connection when" } else { "opens a connection whenever" };
            let message = format!("`{name}` {when} setup.py runs");
            found.push(
                Diagnostic::new(&CODE, script.span(call), message)
                    .help("fetch it before the build, and keep the result in the project"),
            );
        }
    }
    found
}

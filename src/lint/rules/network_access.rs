//! Connections that setup.py makes.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// A build that asks the network gives what the network answers on that day, fails where there is none, and tells a server who
    /// builds. Malicious packages send what they find this way.
    ///
    /// ```python bad
    /// import urllib.request
    /// from setuptools import setup
    ///
    /// urllib.request.urlopen("https://example.test/ping").read()
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "network-access", Warning, "setup.py makes a connection",
    profile: Profile::Security,
    sources: &["reproducible builds: no network"],
}

const CALLS: &[&str] = &[
    "http.client.HTTP",
    "httplib.HTTP",
    "requests.delete",
    "requests.get",
    "requests.head",
    "requests.post",
    "requests.put",
    "requests.request",
    "socket.create_connection",
    "socket.socket",
    "urllib.request.",
    "urllib.urlopen",
    "urllib.urlretrieve",
    "urllib2.urlopen",
    "urlopen",
    "urlretrieve",
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let calls =
        script.calls().into_iter().filter(|(_, name, _)| CALLS.iter().any(|call| name.starts_with(call)));
    let told = calls.map(|(call, name, _)| {
        Diagnostic::new(
            &CODE,
            script.span(call),
            format!("`{name}` makes a connection while the project is built"),
        )
        .help("put what it fetches into the project")
    });
    told.collect()
}

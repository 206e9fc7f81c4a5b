//! Requirements files of which some lines have hashes and some have none.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// One `--hash` in a file asks pip to insist on hashes for all of it, what the requirements bring with them included; a
    /// requirement without one is then an error.
    ///
    /// ```requirements bad
    /// one==1.0 --hash=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    /// two==2.0
    /// ```
    /// ```requirements good
    /// one==1.0 --hash=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    /// two==2.0 --hash=sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
    /// ```
    "partial-hashes", Error, "a requirement without a hash in a file whose other requirements have one",
    sources: &["pip documentation: secure installs"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for file in &cx.requirements {
        let wanted: Vec<_> = file.entries.iter().filter(|entry| !entry.constraint).collect();
        let Some(first) = wanted.iter().find_map(|entry| entry.hashes.first()) else { continue };
        for entry in wanted.iter().filter(|entry| entry.hashes.is_empty()) {
            found.push(
                Diagnostic::new(
                    &CODE,
                    entry.span,
                    "pip refuses this requirement: it has no hash, and others here have",
                )
                .label(first.span, "asks for hashes everywhere")
                .help("give each requirement its `--hash`, as `pip-compile --generate-hashes` writes them"),
            );
        }
    }
    found
}

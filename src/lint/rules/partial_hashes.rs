//! Hashes for some lines only.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// As soon as one line has `--hash`, pip wants one for every line, and a version with `==`; it stops otherwise.
    ///
    /// ```requirements bad
    /// flask==1.0 --hash=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
    /// six==1.16
    /// ```
    /// ```requirements good
    /// flask==1.0 --hash=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
    /// ```
    "partial-hashes", Error, "a requirements file in which only some lines have hashes",
    sources: &["pip: hash-checking mode"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for file in &cx.requirements {
        let entries = || file.entries.iter().filter(|entry| !entry.constraint);
        let Some(with) = entries().find(|entry| !entry.hashes.is_empty()) else { continue };
        for entry in entries().filter(|entry| entry.hashes.is_empty()) {
            let message = "this line has no `--hash`, and another one has";
            let diagnostic = Diagnostic::new(&CODE, entry.span, message).label(with.span, "this one has");
            found.push(
                diagnostic.help("add the hashes of every file, as `pip hash` prints them, or take all out"),
            );
        }
    }
    found
}

//! Passwords and tokens in addresses.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::text::{FileId, Span};
use regex::Regex;
use std::sync::LazyLock;

rule! {
    /// An address with a password in it is copied into every checkout, source distribution and wheel, into logs, and often onto
    /// the public index. A password that was published once must be changed; removing the line is not enough.
    ///
    /// ```requirements bad
    /// --index-url https://deploy:hunter2hunter2@packages.example.test/simple
    /// demo==1.0
    /// ```
    /// ```requirements good
    /// --index-url https://${INDEX_USER}:${INDEX_TOKEN}@packages.example.test/simple
    /// demo==1.0
    /// ```
    "secret-in-url", Error, "a password or token in an address",
    sources: &["pip documentation: authentication"],
}

/// The part of a URL that is a user and a password; what follows is looked at by hand.
static USER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"[a-z][a-z0-9+.-]*://([^\s/@:'"`]+):([^\s/@'"`]+)@[A-Za-z0-9\[]"#)
        .expect("internal error: the pattern is a constant")
});

/// What stands for a password in documentation and templates.
const PLACEHOLDERS: &[&str] = &["password", "passwd", "pass", "token", "secret", "xxx", "***", "pw"];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let files = cx.script.iter().map(|script| script.file).chain(cx.config.iter().map(|config| config.file));
    let pyproject = cx.pyproject.iter().map(|(file, _)| *file);
    let requirements = cx.requirements.iter().flat_map(|file| file.files.iter().copied());
    let mut files: Vec<FileId> = files.chain(pyproject).chain(requirements).collect();
    files.sort();
    files.dedup();
    let mut found = Vec::new();
    for file in files {
        let text = cx.sources.text(file);
        for captures in USER.captures_iter(text) {
            let Some(secret) = captures.get(2) else { continue };
            if is_placeholder(secret.as_str()) {
                continue;
            }
            let span = Span::new(file, secret.start() as u32, secret.end() as u32);
            let help = "take it from an environment variable, `~/.netrc` or the keyring, and change it: it has been seen";
            found.push(Diagnostic::new(&CODE, span, "a password stands in an address").help(help));
        }
    }
    found
}

/// Whether a text is filled in later, or only shows where a password goes.
fn is_placeholder(secret: &str) -> bool {
    let lower = secret.to_ascii_lowercase();
    let filled = ["${", "{", "%", "<", "$"].iter().any(|start| secret.starts_with(start));
    filled || PLACEHOLDERS.contains(&lower.as_str()) || lower.chars().all(|c| matches!(c, 'x' | '*' | '.'))
}

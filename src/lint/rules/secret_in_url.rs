//! A password in an address.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::text::{FileId, Span};

rule! {
    /// The file is copied into source distributions, and an address of setup.py into the metadata: everybody can read the password.
    ///
    /// ```requirements bad
    /// --index-url https://me:secret@example.org/simple
    /// flask
    /// ```
    /// ```requirements good
    /// --index-url https://${USER}:${TOKEN}@example.org/simple
    /// flask
    /// ```
    "secret-in-url", Error, "a password in an address",
    sources: &["pip: requirements file format, environment variables"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut files: Vec<FileId> = cx.requirements.iter().flat_map(|file| file.files.iter().copied()).collect();
    files.extend(cx.script.as_ref().map(|script| script.file));
    files.extend(cx.config.as_ref().map(|config| config.file));
    files.extend(cx.pyproject.as_ref().map(|(file, _)| *file));
    files.sort();
    files.dedup();
    let mut found = Vec::new();
    for file in files {
        let text = cx.sources.text(file);
        for (at, _) in text.match_indices("://") {
            let scheme = text[..at].rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
            if !matches!(scheme, "http" | "https" | "ftp") {
                // Of databases and the like, which are test fixtures more often than not.
                continue;
            }
            let rest = &text[at + 3..];
            let end = rest
                .find(|c: char| {
                    c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '#' | '`' | '<' | '>' | ',')
                })
                .unwrap_or(rest.len());
            let Some((userinfo, host)) = rest[..end].rsplit_once('@') else { continue };
            let Some((user, password)) = userinfo.split_once(':') else { continue };
            let placeholder = password.is_empty()
                || password.contains(['$', '%', '{', '*', '<'])
                || user.contains(['$', '%', '{']);
            let example = matches!(
                password.to_lowercase().as_str(),
                "password" | "pass" | "passwd" | "pwd" | "xxx" | "token"
            ) || host.is_empty();
            if !placeholder && !example {
                let start = at as u32 + 3;
                let span = Span::new(file, start, start + userinfo.len() as u32);
                let help = "take the password from the environment (`${NAME}` in a requirements file), and change it";
                found.push(
                    Diagnostic::new(&CODE, span, "a password stands here for everybody to read").help(help),
                );
            }
        }
    }
    found
}

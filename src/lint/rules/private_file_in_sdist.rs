//! Files that nobody means to publish.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::project::glob::split;
use std::collections::BTreeMap;

rule! {
    /// A broad line in MANIFEST.in, such as `graft .`, takes what lies about: keys, environments with passwords, compiled files. What was
    /// published once stays on mirrors.
    ///
    /// ```text bad
    /// # file: MANIFEST.in
    /// graft .
    /// # file: .env
    /// TOKEN=1
    /// ```
    /// ```text good
    /// # file: MANIFEST.in
    /// graft .
    /// global-exclude .env
    /// # file: .env
    /// TOKEN=1
    /// ```
    "private-file-in-sdist", Warning, "a file in the source distribution that is not meant for others",
    sources: &["setuptools documentation: MANIFEST.in"],
}

const NAMES: &[&str] = &[
    ".DS_Store",
    ".env",
    ".netrc",
    ".npmrc",
    ".pypirc",
    "Thumbs.db",
    "credentials.json",
    "id_dsa",
    "id_ed25519",
    "id_rsa",
];
const ENDINGS: &[&str] = &[".keystore", ".p12", ".pfx", ".pyc", ".pyo", ".swp"];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some(sdist), Some((_, lines))) = (&cx.preview().sdist, &cx.manifest) else { return Vec::new() };
    let Some(first) = lines.first() else { return Vec::new() };
    let mut kinds: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for path in sdist {
        let (directory, name) = split(path);
        // Tests come with files of every kind on purpose.
        let in_tests = directory.split('/').any(|part| part.starts_with("test"));
        if NAMES.contains(&name) && !in_tests {
            kinds.entry(name.to_owned()).or_default().push(path);
        } else if let Some(ending) = ENDINGS.iter().find(|ending| name.ends_with(**ending)) {
            kinds.entry(format!("*{ending}")).or_default().push(path);
        }
    }
    let told = kinds.into_iter().map(|(pattern, paths)| {
        let more = if paths.len() > 1 { format!(" and {} more like it", paths.len() - 1) } else { String::new() };
        let message = format!("`{}`{more} in the source distribution", paths[0]);
        let help = format!("add the line `global-exclude {pattern}` at the end; `spx sdist --list` tells which line takes each file");
        Diagnostic::new(&CODE, first.span, message).help(help)
    });
    told.collect()
}

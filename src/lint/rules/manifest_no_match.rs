//! A line of MANIFEST.in that matches nothing.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::project::glob::{Hidden, convert, join};
use crate::syntax::manifest_in::{Command, Word};

rule! {
    /// The line brings no file into the source distribution: the file was renamed or is gone, or the pattern is looked for in another directory than was meant.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// # file: MANIFEST.in
    /// include CHANGES.rst
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// # file: MANIFEST.in
    /// include CHANGES.rst
    /// global-exclude *.pyc
    /// # file: CHANGES.rst
    /// ```
    "manifest-no-match", Info, "a line of MANIFEST.in that matches no file",
    profile: Profile::Pedantic,
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((_, lines)) = &cx.manifest else { return Vec::new() };
    let mut found = Vec::new();
    for line in lines {
        let words: Vec<(&Word, String, bool)> = match &line.command {
            Command::Include(words) => words.iter().map(|word| (word, convert(&word.text), false)).collect(),
            Command::RecursiveInclude { directory, patterns } => {
                let below = join(&convert(&directory.text), "**");
                patterns.iter().map(|word| (word, join(&below, &convert(&word.text)), true)).collect()
            }
            Command::Graft(word) => vec![(word, convert(&word.text), false)],
            _ => continue,
        };
        for (word, pattern, recursive) in words {
            let matches = cx.tree.glob(&pattern, Hidden::Match, recursive);
            // What the build itself writes is there by then.
            if matches.is_empty() && !pattern.contains(".egg-info") {
                let message = format!("no file matches `{}`", word.text);
                let help = "correct the pattern, or take it out";
                found.push(Diagnostic::new(&CODE, word.span, message).help(help));
            }
        }
    }
    found
}

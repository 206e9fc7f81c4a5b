//! Documents and CI that call commands which setup.py no longer has.

use super::removed_command::gone;
use crate::diagnostic::Diagnostic;
use crate::eval::outcome::View;
use crate::lint::{Context, rule};
use crate::text::{FileId, Span};
use std::collections::BTreeSet;

rule! {
    /// `python setup.py test` or `python setup.py upload` in a README, a Makefile, tox.ini or a CI file fails: whoever
    /// follows it is stuck. Commands that the project brings itself are passed over, and so are sentences that advise against it.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// # file: tox.ini
    /// [testenv]
    /// commands = python setup.py -q test
    /// # file: README.md
    /// Release it with `python setup.py sdist upload`.
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[])
    /// # file: tox.ini
    /// [testenv]
    /// commands = python -m pytest
    /// [testenv:old]
    /// # spx: ignore[removed-command-in-use] with the setuptools of then
    /// commands = python setup.py test
    /// # file: README.md
    /// Do not run `python setup.py upload`: it is gone.
    /// ```
    "removed-command-in-use", Warning, "a document or CI file that calls a command which setuptools no longer has",
    sources: &["setuptools change log: 42, 65, 72, 75, 80"],
}

/// Commands that there are, so that the words behind them may be commands too.
const COMMANDS: &[&str] = &[
    "bdist",
    "bdist_egg",
    "bdist_rpm",
    "bdist_wheel",
    "build",
    "build_ext",
    "build_py",
    "check",
    "clean",
    "develop",
    "egg_info",
    "install",
    "sdist",
];

/// Lines that people write are shorter, in bytes.
const MAX_LINE: usize = 1_000;

/// What stands before a command in a sentence that advises against it, and what stands anywhere in one.
const AGAINST: &[&str] = &["not ", "n't ", "never ", "instead of ", "rather than ", "avoid "];
const OVER: &[&str] = &["deprecated", "no longer", "removed", "used to ", "obsolete"];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let own = own_commands(cx);
    let mut found = Vec::new();
    for file in &cx.documents {
        let mut said = BTreeSet::new();
        for (command, span) in calls(cx, *file) {
            let Some(release) = gone(command, &cx.settings.setuptools()) else { continue };
            let is_own = own.as_ref().is_none_or(|own| own.iter().any(|name| name == command));
            if is_own || !said.insert(command) {
                continue;
            }
            let help = match command {
                "test" => "call the test runner itself, for example `python -m pytest`",
                "upload" | "register" => {
                    "build with `spx build` or `python -m build`, and upload with `twine upload dist/*`"
                }
                "easy_install" => "write `pip install`",
                _ => "leave it out",
            };
            let message = format!("`setup.py {command}` fails since {release}");
            found.push(Diagnostic::new(&CODE, span, message).help(help));
        }
    }
    found
}

/// The commands that the project brings or gives another meaning; `None` when they are not known.
fn own_commands(cx: &Context<'_>) -> Option<Vec<String>> {
    let mut own: Vec<String> = Vec::new();
    if let Some((_, call)) = cx.call() {
        if call.more.is_some() {
            return None;
        }
        match cx.view("cmdclass") {
            None => {}
            Some((View::Dict(entries), _)) => {
                let outcome = cx.call()?.0;
                for (key, _) in entries {
                    let View::Text(name) = outcome.view(&key) else { return None };
                    own.push(name);
                }
            }
            Some(_) => return None,
        }
    }
    let aliases = cx.config.iter().filter_map(|config| config.section("aliases"));
    own.extend(aliases.flat_map(|section| &section.settings).map(|setting| setting.name.clone()));
    Some(own)
}

/// The commands that the lines of a file give to setup.py.
fn calls<'a>(cx: &'a Context<'_>, file: FileId) -> Vec<(&'a str, Span)> {
    let text: &str = cx.sources.text(file);
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let places = line.match_indices("setup.py ").filter(|_| line.len() < MAX_LINE);
        for (at, _) in places {
            let (before, all) = (line[..at].to_lowercase(), line.to_lowercase());
            if AGAINST.iter().any(|word| before.contains(word)) || OVER.iter().any(|word| all.contains(word))
            {
                continue;
            }
            let mut rest = at + "setup.py ".len();
            for word in line[rest..].split(' ') {
                let name = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let place = start + rest;
                rest += word.len() + 1;
                if word.is_empty() || word.starts_with('-') {
                    continue;
                }
                found.push((name, Span::new(file, place as u32, (place + name.len()) as u32)));
                // The end of a quotation or of a shell command, or the value of an option.
                if name != word || !COMMANDS.contains(&name) {
                    break;
                }
            }
        }
        start += line.len();
    }
    found
}

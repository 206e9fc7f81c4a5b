//! What guards every rule at once: its examples, its name, its words.

use super::super::examples::{Example, Kind, read};
use super::super::{Findings, Settings, check};
use super::RULES;
use crate::diagnostic::{Diagnostic, fix};
use crate::system::{Memory, System};
use crate::text::Sources;
use std::collections::BTreeSet;

fn everything() -> Settings {
    Settings { pedantic: true, security: true, ..Settings::default() }
}

fn run(tree: &Memory, sources: &mut Sources) -> Findings {
    check(tree, sources, &everything())
}

fn told(findings: &[Diagnostic], sources: &Sources) -> String {
    let line = |d: &Diagnostic| {
        let place = d.primary.as_ref().map(|label| sources.place(label.span)).unwrap_or_default();
        format!("  {place}: {}: {}\n", d.code.name, d.message)
    };
    findings.iter().map(line).collect()
}

fn raised(example: &Example, name: &str) -> (Vec<Diagnostic>, String) {
    let mut sources = Sources::new();
    let findings = run(&example.tree(), &mut sources);
    let all = told(&findings.diagnostics, &sources);
    (findings.diagnostics.into_iter().filter(|d| d.code.name == name).collect(), all)
}

/// The example's files once its findings of a rule are mended.
fn mended(example: &Example, name: &str) -> Vec<(String, String)> {
    let mut sources = Sources::new();
    let findings = run(&example.tree(), &mut sources);
    let fixes = findings.diagnostics.iter().filter(|d| d.code.name == name).filter_map(|d| d.fix.as_ref());
    let (texts, _) = fix::apply(&sources, fixes);
    let new = |path: &str, text: &str| {
        let file = sources.find(path);
        let changed = file.and_then(|file| texts.get(&file)).map_or(text, String::as_str);
        (path.to_owned(), changed.to_owned())
    };
    example.files.iter().map(|(path, text)| new(path, text)).collect()
}

#[test]
fn documented_examples_hold() {
    let mut wrong = String::new();
    for rule in RULES {
        let name = rule.code.name;
        let examples = read(rule.doc);
        if !examples.iter().any(|example| example.kind == Kind::Bad)
            || !examples.iter().any(|example| example.kind != Kind::Bad)
        {
            wrong.push_str(&format!("{name}: shows no bad, or no good example\n"));
        }
        let mut last_bad = None;
        for (index, example) in examples.iter().enumerate() {
            let (found, all) = raised(example, name);
            if (example.kind == Kind::Bad) == found.is_empty() {
                wrong.push_str(&format!("{name}: example {index} ({:?}):\n{all}", example.kind));
            }
            match (example.kind, last_bad) {
                (Kind::Bad, _) => last_bad = Some(example),
                (Kind::Fixed, Some(bad)) => {
                    let now = mended(bad, name);
                    if now != example.files {
                        wrong.push_str(&format!("{name}: example {index} is mended to {now:#?}\n"));
                    }
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_finding_with_a_fix_that_is_documented_shows_it() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let examples = read(rule.doc);
        let shows = examples.iter().any(|example| example.kind == Kind::Fixed);
        let fixes = examples
            .iter()
            .filter(|example| example.kind == Kind::Bad)
            .any(|example| raised(example, rule.code.name).0.iter().any(|d| d.fix.is_some()));
        if fixes && !shows {
            wrong.push(rule.code.name);
        }
    }
    assert!(wrong.is_empty(), "rules whose examples do not show their fix: {wrong:?}");
}

#[test]
#[allow(clippy::disallowed_methods)]
fn every_file_is_registered_under_its_own_name() {
    let files: BTreeSet<String> = std::fs::read_dir("src/lint/rules")
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().replace('_', "-"))
        .filter(|name| name != "tests")
        .collect();
    let names: BTreeSet<String> = RULES.iter().map(|rule| rule.code.name.to_owned()).collect();
    assert_eq!(files, names, "one file a rule, named after it");
    assert!(RULES.is_sorted_by(|a, b| a.code.name < b.code.name), "keep RULES sorted");
}

#[test]
fn summaries_are_one_line_and_messages_follow_the_style() {
    for rule in RULES {
        let (name, summary) = (rule.code.name, rule.code.summary);
        assert!(!summary.contains('\n') && !summary.ends_with('.') && summary.len() < 110, "{name}");
        assert!(rule.doc.trim().lines().next().is_some_and(|line| line.len() > 20), "{name}: says why");
        assert!(!rule.file.is_empty());
        for example in read(rule.doc).iter().filter(|example| example.kind == Kind::Bad) {
            for diagnostic in raised(example, name).0 {
                let message = &diagnostic.message;
                assert!(!message.ends_with('.') && !message.contains('\n'), "{name}: {message}");
                assert!(!message.starts_with(|c: char| c.is_uppercase()), "{name}: {message}");
                assert!(!diagnostic.help.is_empty(), "{name}: {message}: says what to do");
            }
        }
    }
}

#[test]
fn findings_survive_every_cut_of_a_file() {
    for rule in RULES {
        let Some(example) = read(rule.doc).into_iter().find(|example| example.kind == Kind::Bad) else {
            continue;
        };
        let tree = example.tree();
        let Some((path, text)) = example.files.iter().max_by_key(|(_, text)| text.len()) else { continue };
        for at in (0..text.len()).step_by(17).filter(|at| text.is_char_boundary(*at)) {
            let mut cut = tree.clone();
            cut.insert(path, text.as_bytes()[..at].to_vec(), false);
            assert!(cut.is_file(path));
            run(&cut, &mut Sources::new());
        }
    }
}

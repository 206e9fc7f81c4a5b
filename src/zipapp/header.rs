//! What the file starts with: the `sh` script that finds a Python, or a `#!` line.

use super::{App, Header, InheritPath};
use crate::packaging::Python;
use std::collections::BTreeSet;

const SCRIPT: &str = include_str!("bootstrap/header.sh");
const ISOLATE: &str = include_str!("bootstrap/isolate.sh");

/// The header, with `@ID@` where the application's id goes.
pub(super) fn text(app: &App) -> String {
    match &app.header {
        Header::Shebang(command) => format!("#!{command}\n"),
        Header::Sh => {
            let pythons: BTreeSet<Python> = app.selections.iter().map(|selection| selection.python).collect();
            let isolated = app.behaviour.inherit_path == InheritPath::No;
            // Without `site` there is no site-packages to inherit.
            let flags = if isolated { r#""-sS " if v[0] > 2 else "-s ""# } else { r#""-s ""# };
            SCRIPT
                .replace("@ISOLATE@", if isolated { ISOLATE } else { "" })
                .replace("@FLAGS@", flags)
                .replace("@NAME@", &app.name.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "_"))
                .replace("@TUPLES@", &tuples(&pythons))
                .replace("@COMMANDS@", &commands(&pythons))
                .replace("@RANGE@", &range(&pythons))
        }
    }
}

/// `(2,7),(3,12),`: for a Python `in` test.
fn tuples(pythons: &BTreeSet<Python>) -> String {
    let tuples: Vec<String> =
        pythons.iter().map(|python| format!("({},{}),", python.major, python.minor)).collect();
    tuples.concat()
}

/// The commands to try, in order: the plain names that can fit, then each version, newest first.
fn commands(pythons: &BTreeSet<Python>) -> String {
    let mut commands = Vec::new();
    if pythons.iter().any(|python| python.major == 3) {
        commands.push("python3".to_owned());
    }
    commands.push("python".to_owned());
    if pythons.iter().any(|python| python.major == 2) {
        commands.push("python2".to_owned());
    }
    commands.extend(pythons.iter().rev().map(|python| format!("python{python}")));
    if pythons.iter().any(|python| python.major == 3) {
        commands.push("pypy3".to_owned());
    }
    if pythons.iter().any(|python| python.major == 2) {
        commands.push("pypy".to_owned());
    }
    commands.join(" ")
}

/// `2.7 and 3.6 to 3.13`: for people.
pub(super) fn range(pythons: &BTreeSet<Python>) -> String {
    let mut runs: Vec<(Python, Python)> = Vec::new();
    for python in pythons {
        match runs.last_mut() {
            Some((_, last)) if last.major == python.major && last.minor + 1 == python.minor => {
                *last = *python;
            }
            _ => runs.push((*python, *python)),
        }
    }
    let words: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| {
            if first == last {
                first.to_string()
            } else if first.minor + 1 == last.minor {
                format!("{first} and {last}")
            } else {
                format!("{first} to {last}")
            }
        })
        .collect();
    words.join(" and ")
}

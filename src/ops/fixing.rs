//! `spx lint --fix`: fixes applied until nothing more changes, each round read anew, and only where the file still reads.

use super::Failure;
use super::lint::{Linted, Place, each, look, open, places};
use crate::diagnostic::{Applicability, Diagnostic, codes, fix};
use crate::lint::Settings;
use crate::system::{Overlay, Rooted, System, os};
use crate::text::Sources;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Rounds of fixes: each may uncover another, and overlapping ones wait for the next.
const MAX_ROUNDS: usize = 10;

/// What is to be done with fixes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fixing {
    /// Those too that somebody should look at.
    pub risky: bool,
    /// Whether files are written, or only the difference is told.
    pub write: bool,
}

/// A file that fixes change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// As the user would name it.
    pub path: String,
    pub before: String,
    pub after: String,
}

/// What fixing gave.
#[derive(Debug, Default)]
pub struct Fixed {
    /// What is left once the fixes are made.
    pub left: Linted,
    pub changed: Vec<Changed>,
    /// How many findings were mended.
    pub mended: usize,
}

/// Mends what can be mended in every project named, and looks again.
pub fn fix(
    paths: &[PathBuf],
    settings: &Settings,
    fixing: Fixing,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Fixed, Failure> {
    let places = places(paths)?;
    let done = each(&places, progress, &|place| one(place, settings, fixing))?;
    let mut all = Fixed::default();
    all.left.projects = places.len();
    for (place, done) in places.iter().zip(done) {
        for (path, (before, after)) in done.texts {
            if fixing.write {
                write(&place.root.join(&path), &after)?;
            }
            all.changed.push(Changed { path: format!("{}{path}", place.prefix), before, after });
        }
        all.mended += done.mended;
        all.left.add(place, done.diagnostics, done.suppressed, &done.sources);
    }
    Ok(all)
}

struct Done {
    /// By path: before and after.
    texts: BTreeMap<String, (String, String)>,
    mended: usize,
    diagnostics: Vec<Diagnostic>,
    suppressed: Vec<crate::lint::Suppressed>,
    sources: Sources,
}

fn one(place: &Place, settings: &Settings, fixing: Fixing) -> Result<Done, Failure> {
    let system = open(place)?;
    Ok(mend(&system, place, settings, fixing))
}

fn mend(system: &Rooted, place: &Place, settings: &Settings, fixing: Fixing) -> Done {
    let mut texts: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut mended = 0;
    let mut round = 0;
    loop {
        let mut overlay = Overlay::new(system);
        for (path, (_, after)) in &texts {
            overlay.insert(path, after.clone().into_bytes());
        }
        let mut sources = Sources::new();
        let (diagnostics, suppressed) = look(&overlay, &mut sources, settings);
        let wanted = |diagnostic: &&Diagnostic| {
            let in_place = |label: &crate::diagnostic::Label| {
                place.only.is_empty() || place.only.iter().any(|only| only == sources.path(label.span.file))
            };
            diagnostic.primary.as_ref().is_some_and(in_place)
        };
        let fixes = diagnostics.iter().filter(wanted).filter_map(|diagnostic| diagnostic.fix.as_ref());
        let fixes = fixes.filter(|fix| fixing.risky || fix.applicability == Applicability::Safe);
        let (new, applied) = fix::apply(&sources, fixes);
        let new: BTreeMap<String, String> = new
            .into_iter()
            .filter(|(file, text)| **sources.text(*file) != **text)
            .map(|(file, text)| (sources.path(file).to_owned(), text))
            .collect();
        let sound = new.keys().all(|path| is_plain(&overlay, path, &sources))
            && still_reads(&overlay, &new, &diagnostics, settings);
        if new.is_empty() || round == MAX_ROUNDS || !sound {
            return Done { texts, mended, diagnostics, suppressed, sources };
        }
        mended += applied;
        round += 1;
        for (path, after) in new {
            let before =
                || sources.find(&path).map(|file| sources.text(file).to_string()).unwrap_or_default();
            texts
                .entry(path.clone())
                .and_modify(|(_, text)| text.clone_from(&after))
                .or_insert_with(|| (before(), after));
        }
    }
}

/// Whether a file's bytes are its text: another encoding would be lost when it is written.
fn is_plain(system: &dyn System, path: &str, sources: &Sources) -> bool {
    let text = sources.find(path).map(|file| sources.text(file));
    system.read(path).is_ok_and(|content| text.is_some_and(|text| content == text.as_bytes()))
}

/// Whether the changed files bring no syntax error that was not there.
fn still_reads(
    system: &Overlay<'_>,
    new: &BTreeMap<String, String>,
    before: &[Diagnostic],
    settings: &Settings,
) -> bool {
    let mut overlay = Overlay::new(system);
    for (path, text) in new {
        overlay.insert(path, text.clone().into_bytes());
    }
    let broken = |diagnostics: &[Diagnostic]| {
        let wrong = [&codes::SYNTAX_ERROR, &codes::UNREADABLE_FILE, &codes::SETUP_NOT_REACHED];
        diagnostics.iter().filter(|diagnostic| wrong.contains(&diagnostic.code)).count()
    };
    let (after, _) = look(&overlay, &mut Sources::new(), settings);
    broken(&after) <= broken(before)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let executable = os::metadata(path).is_ok_and(|metadata| metadata.executable);
    os::write_atomically(path, executable, |file| file.write_all(text.as_bytes())).map_err(
        |error: std::io::Error| Failure::new(format!("`{}` could not be written: {error}", path.display())),
    )
}

/// The difference as `diff -u` and git write it.
pub fn difference(changed: &Changed) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (changed.before.split_inclusive('\n').collect(), changed.after.split_inclusive('\n').collect());
    let same_start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let rest = (before.len() - same_start).min(after.len() - same_start);
    let same_end = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut out = format!("--- a/{0}\n+++ b/{0}\n", changed.path);
    let marks =
        edits(&before[same_start..before.len() - same_end], &after[same_start..after.len() - same_end]);
    let head = before[..same_start].iter().map(|line| (' ', *line));
    let tail = before[before.len() - same_end..].iter().map(|line| (' ', *line));
    let all: Vec<(char, &str)> = head.chain(marks).chain(tail).collect();
    hunks(&all, &mut out);
    out
}

/// The lines that go, come and stay, by the longest common subsequence.
fn edits<'a>(before: &[&'a str], after: &[&'a str]) -> Vec<(char, &'a str)> {
    // Of changes this far apart the table would be large; they are shown as one.
    const MAX: usize = 2_000;
    if before.len() > MAX || after.len() > MAX {
        return before.iter().map(|line| ('-', *line)).chain(after.iter().map(|line| ('+', *line))).collect();
    }
    let mut table = vec![vec![0_u16; after.len() + 1]; before.len() + 1];
    for (i, old) in before.iter().enumerate().rev() {
        for (j, new) in after.iter().enumerate().rev() {
            table[i][j] =
                if old == new { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while i < before.len() || j < after.len() {
        if i < before.len() && j < after.len() && before[i] == after[j] {
            out.push((' ', before[i]));
            (i, j) = (i + 1, j + 1);
        } else if i < before.len() && (j == after.len() || table[i + 1][j] >= table[i][j + 1]) {
            out.push(('-', before[i]));
            i += 1;
        } else {
            out.push(('+', after[j]));
            j += 1;
        }
    }
    out
}

/// Changes with three lines around them.
fn hunks(all: &[(char, &str)], out: &mut String) {
    const AROUND: usize = 3;
    let changed: Vec<usize> = (0..all.len()).filter(|at| all[*at].0 != ' ').collect();
    let mut at = 0;
    while at < changed.len() {
        let start = changed[at].saturating_sub(AROUND);
        let mut last = changed[at];
        while at + 1 < changed.len() && changed[at + 1] - last <= 2 * AROUND {
            at += 1;
            last = changed[at];
        }
        at += 1;
        let end = (last + AROUND + 1).min(all.len());
        let count =
            |lines: &[(char, &str)], other: char| lines.iter().filter(|(mark, _)| *mark != other).count();
        let (old, new) = (count(&all[..start], '+'), count(&all[..start], '-'));
        let (olds, news) = (count(&all[start..end], '+'), count(&all[start..end], '-'));
        let from = |before: usize, lines: usize| if lines == 0 { before } else { before + 1 };
        out.push_str(&format!("@@ -{},{olds} +{},{news} @@\n", from(old, olds), from(new, news)));
        for (mark, line) in &all[start..end] {
            out.push(*mark);
            out.push_str(line);
            if !line.ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_unified() {
        let lines = |words: &str| words.split(' ').map(|word| format!("{word}\n")).collect::<String>();
        let changed = Changed {
            path: "a".to_owned(),
            before: lines("1 2 3 4 5 6 7 8 9 10 11 12"),
            after: lines("1 2 3 4 five 6 7 8 9 10 11 12 13").trim_end().to_owned(),
        };
        insta::assert_snapshot!(difference(&changed), @r"
        --- a/a
        +++ b/a
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +five
         6
         7
         8
        @@ -10,3 +10,4 @@
         10
         11
         12
        +13
        \ No newline at end of file
        ");
    }
}

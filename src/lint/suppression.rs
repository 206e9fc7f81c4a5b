//! `# spx: ignore[rule] reason` in the files: findings that are silenced, and comments that silence nothing.

use super::{Context, Settings, Suppressed};
use crate::diagnostic::{Applicability, Code, Diagnostic, Edit, Fix, Severity};
use crate::syntax::comments::comments;
use crate::text::{FileId, Sources, Span};
use std::collections::BTreeSet;

/// What a comment that silences nothing is called; a rule of its own documents it.
pub(super) static UNUSED: Code = Code {
    name: "unused-suppression",
    severity: Severity::Info,
    summary: "a comment that silences a rule which finds nothing there",
};

/// One comment.
#[derive(Clone, Debug)]
struct Suppression {
    file: FileId,
    /// The line it stands on, from 1.
    line: u32,
    /// Whether nothing else stands on its line: it then speaks of the next one too.
    alone: bool,
    /// For the whole file: `# spx: ignore-file[rule]`.
    whole: bool,
    names: Vec<String>,
    reason: String,
    span: Span,
    used: BTreeSet<String>,
}

/// Splits findings into those that stand and those that comments silence; comments without effect are findings.
pub(super) fn apply(
    cx: &Context<'_>,
    settings: &Settings,
    found: Vec<Diagnostic>,
) -> (Vec<Diagnostic>, Vec<Suppressed>) {
    let mut all = read(cx);
    let mut stand = Vec::new();
    let mut silenced = Vec::new();
    for diagnostic in found {
        let mut reason = None;
        for suppression in &mut all {
            if suppression.names.iter().any(|name| name == diagnostic.code.name)
                && covers(suppression, &diagnostic, cx.sources)
            {
                suppression.used.insert(diagnostic.code.name.to_owned());
                reason.get_or_insert_with(|| suppression.reason.clone());
            }
        }
        match reason {
            Some(reason) => silenced.push(Suppressed { diagnostic, reason }),
            None => stand.push(diagnostic),
        }
    }
    if settings.wants_name(UNUSED.name) {
        stand.extend(all.iter().filter_map(|suppression| unused(suppression, settings, cx)));
    }
    (stand, silenced)
}

fn unused(suppression: &Suppression, settings: &Settings, cx: &Context<'_>) -> Option<Diagnostic> {
    // A rule that did not run may well have something to silence.
    let idle = |name: &&String| {
        super::find(name).is_none_or(|rule| settings.wants(rule)) && !suppression.used.contains(*name)
    };
    let names: Vec<String> = suppression.names.iter().filter(idle).map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        return None;
    }
    let unknown: Vec<&String> = suppression.names.iter().filter(|name| super::find(name).is_none()).collect();
    let message = format!("nothing here is silenced by ignoring {}", names.join(", "));
    let mut diagnostic = Diagnostic::new(&UNUSED, suppression.span, message);
    diagnostic = match unknown.first() {
        Some(name) => diagnostic.help(format!("there is no rule `{name}`; `spx explain --list` lists all")),
        None => diagnostic.help("take the comment out"),
    };
    if names.len() == suppression.names.len() {
        let before = &cx.sources.text(suppression.file)[..suppression.span.start as usize];
        let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
        let span = Span { start: suppression.span.start - blanks as u32, ..suppression.span };
        let span = if suppression.alone { cx.lines_of(suppression.span) } else { span };
        let edit = Edit { span, text: String::new() };
        diagnostic = diagnostic.fix(Fix {
            title: "remove the comment".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![edit],
        });
    }
    Some(diagnostic)
}

/// Whether a comment speaks of a line that a finding labels.
fn covers(suppression: &Suppression, diagnostic: &Diagnostic, sources: &Sources) -> bool {
    let mut labels = diagnostic.primary.iter().chain(&diagnostic.secondary);
    labels.any(|label| {
        let first = sources.position(label.span).line;
        let last = sources.end_position(label.span).line;
        label.span.file == suppression.file
            && (suppression.whole
                || (first..=last).contains(&suppression.line)
                || suppression.alone && first == suppression.line + 1)
    })
}

/// The comments of every file that findings can stand in.
fn read(cx: &Context<'_>) -> Vec<Suppression> {
    let mut files: Vec<FileId> = Vec::new();
    files.extend(cx.sources.find("setup.py"));
    files.extend(cx.config.as_ref().map(|config| config.file));
    files.extend(cx.pyproject.as_ref().map(|(file, _)| *file));
    files.extend(cx.manifest.as_ref().map(|(file, _)| *file));
    files.extend(cx.requirements.iter().flat_map(|requirements| requirements.files.iter().copied()));
    // In prose such a comment is an example of one.
    let is_prose = |file: &&FileId| {
        ["README", "CONTRIBUTING"].iter().any(|name| cx.sources.path(**file).starts_with(name))
    };
    files.extend(cx.documents.iter().filter(|file| !is_prose(file)));
    files.sort();
    files.dedup();
    let mut all = Vec::new();
    for file in files {
        let text = cx.sources.text(file);
        if !text.contains("spx:") {
            continue;
        }
        let found: Vec<(u32, String)> = if cx.sources.path(file).ends_with(".py") {
            comments(text).into_iter().map(|(range, comment)| (range.start, comment)).collect()
        } else {
            hash_comments(text)
        };
        all.extend(found.into_iter().filter_map(|(start, comment)| parse(cx.sources, file, start, &comment)));
    }
    all
}

/// From each `#` that starts a word to the end of its line.
fn hash_comments(text: &str) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let hash = line
            .match_indices('#')
            .map(|(at, _)| at)
            .find(|at| *at == 0 || line[..*at].ends_with(|c: char| c.is_whitespace()));
        if let Some(at) = hash {
            found.push(((offset + at) as u32, line[at..].trim_end().to_owned()));
        }
        offset += line.len();
    }
    found
}

fn parse(sources: &Sources, file: FileId, start: u32, comment: &str) -> Option<Suppression> {
    let rest = comment.trim_start_matches('#').trim_start().strip_prefix("spx:")?.trim_start();
    let (whole, rest) = match rest.strip_prefix("ignore-file[") {
        Some(rest) => (true, rest),
        None => (false, rest.strip_prefix("ignore[")?),
    };
    let (names, reason) = rest.split_once(']')?;
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let span = Span::new(file, start, start + comment.len() as u32);
    let before = &sources.text(file)[..start as usize];
    let alone = before.rsplit('\n').next().is_none_or(|line| line.trim().is_empty());
    Some(Suppression {
        file,
        line: sources.position(span).line,
        alone,
        whole,
        names,
        reason: reason.trim().to_owned(),
        span,
        used: BTreeSet::new(),
    })
}

//! What can be folded: arguments over several lines, sections, runs of comments.

use super::document::{Document, Kind};
use super::protocol::OfDocument;
use super::view::View;
use super::{outline, script};
use serde_json::{Value, json};

/// Folds that are sent at most.
const MAX: usize = 5_000;

pub(super) fn answer(view: &View, params: &OfDocument) -> Value {
    let Some(document) = view.document(&params.text_document.uri) else { return json!([]) };
    let mut folds = comments(document);
    match document.kind {
        Kind::SetupPy => folds.extend(arguments(document)),
        Kind::SetupCfg => folds.extend(sections(document)),
        _ => {}
    }
    let lines = |(start, end, kind): &(u32, u32, &str)| {
        let range = document.range(*start, *end, view.units());
        (range.start.line, range.end.line, (*kind).to_owned())
    };
    let mut folds: Vec<(u32, u32, String)> =
        folds.iter().map(lines).filter(|(start, end, _)| start < end).collect();
    folds.sort();
    folds.dedup_by_key(|fold| fold.0);
    let shown = folds.iter().take(MAX).map(|(start, end, kind)| {
        if kind.is_empty() {
            json!({ "startLine": start, "endLine": end })
        } else {
            json!({ "startLine": start, "endLine": end, "kind": kind })
        }
    });
    shown.collect()
}

type Fold = (u32, u32, &'static str);

fn arguments(document: &Document) -> Vec<Fold> {
    let Some(file) = document.python() else { return Vec::new() };
    let mut folds = Vec::new();
    for call in script::setup_calls(file) {
        folds.push((script::start(call), script::end(call), ""));
        folds.extend(call.keywords.iter().map(|keyword| (script::start(keyword), script::end(keyword), "")));
    }
    folds
}

fn sections(document: &Document) -> Vec<Fold> {
    let mut folds = Vec::new();
    for section in outline::sections(document.text()) {
        folds.push((section.start, section.end, ""));
        folds.extend(section.settings.iter().map(|setting| (setting.start, setting.end, "")));
    }
    folds
}

/// Runs of at least two comment lines.
fn comments(document: &Document) -> Vec<Fold> {
    let mut folds: Vec<Fold> = Vec::new();
    let mut open: Option<(u32, u32)> = None;
    let mut at = 0;
    for line in document.text().split_inclusive('\n') {
        let start = at as u32;
        at += line.len();
        if line.trim_start().starts_with('#') {
            let end = start + line.trim_end().len() as u32;
            open = Some((open.map_or(start, |(first, _)| first), end));
        } else if let Some((start, end)) = open.take() {
            folds.push((start, end, "comment"));
        }
    }
    folds.extend(open.map(|(start, end)| (start, end, "comment")));
    folds
}

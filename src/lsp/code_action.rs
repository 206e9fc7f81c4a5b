//! Actions: each fix, all of the safe ones, and the explanation of a rule.

use super::analysis::Analysis;
use super::diagnostics::{item, primary};
use super::document::Document;
use super::protocol::{InRange, TextEdit};
use super::script;
use super::server::EXPLAIN;
use super::view::View;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::lint::find;
use crate::syntax::python::{self, Dialect};
use crate::text::Span;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const QUICK_FIX: &str = "quickfix";
const FIX_ALL: &str = "source.fixAll.spx";

pub(super) fn answer(view: &View, params: &InRange) -> Value {
    let Some(document) = view.document(&params.text_document.uri) else { return json!([]) };
    let only = params.context.get("only").and_then(Value::as_array);
    let wants = |kind: &str| {
        only.is_none_or(|only| {
            only.iter()
                .filter_map(Value::as_str)
                .any(|wanted| kind == wanted || kind.starts_with(&format!("{wanted}.")))
        })
    };
    let Some((analysis, _)) = view.known(document) else { return json!([]) };
    let mut actions = Vec::new();
    if wants(QUICK_FIX) {
        for diagnostic in &analysis.diagnostics {
            let place = primary(analysis, diagnostic).and_then(|span| view.place(analysis, span));
            let Some((uri, range)) = place.filter(|(uri, _)| *uri == document.uri) else { continue };
            if range.overlaps(params.range) {
                let said = item(view, analysis, diagnostic, range);
                actions.extend(of_diagnostic(view, analysis, diagnostic, &said));
                debug_assert_eq!(uri, document.uri);
            }
        }
    }
    if wants(FIX_ALL) {
        actions.extend(fix_all(view, analysis, document));
    }
    json!(actions)
}

/// The fix of a diagnostic, and what explains it.
fn of_diagnostic(view: &View, analysis: &Analysis, diagnostic: &Diagnostic, said: &Value) -> Vec<Value> {
    let mut actions = Vec::new();
    if let Some(fix) = &diagnostic.fix
        && let Some(edit) = workspace_edit(view, analysis, &fix.edits)
    {
        let safe = fix.applicability == Applicability::Safe;
        let title = if safe { fix.title.clone() } else { format!("{} (look at the result)", fix.title) };
        actions.push(json!({
            "title": title, "kind": QUICK_FIX, "diagnostics": [said], "isPreferred": safe, "edit": edit,
        }));
    }
    let name = diagnostic.code.name;
    let ignored = primary(analysis, diagnostic).filter(|_| find(name).is_some());
    if let Some(edit) = ignored.and_then(|span| ignore(analysis, span, name))
        && let Some(edit) = workspace_edit(view, analysis, &[edit])
    {
        let title = format!("Ignore `{name}` on this line");
        actions.push(json!({ "title": title, "kind": QUICK_FIX, "diagnostics": [said], "edit": edit }));
    }
    let title = format!("Explain `{name}`");
    let command = json!({ "title": title, "command": EXPLAIN, "arguments": [name] });
    actions.push(json!({ "title": title, "kind": QUICK_FIX, "diagnostics": [said], "command": command }));
    actions
}

/// A comment that silences a rule: at the end of the line in Python and in requirements, on a line of its own above it where
/// the format has no comments beside text. A comment that is there already takes the rule in.
fn ignore(analysis: &Analysis, span: Span, name: &str) -> Option<Edit> {
    let text = analysis.sources.text(span.file);
    let path = analysis.sources.path(span.file);
    let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].split(['\n', '\r']).next().unwrap_or_default();
    let at = |offset: usize| Span::new(span.file, (start + offset) as u32, (start + offset) as u32);
    if let Some(open) = line.find("spx: ignore[") {
        let close = open + line[open..].find(']')?;
        return Some(Edit::new(at(close), format!(", {name}")));
    }
    let comment = format!("# spx: ignore[{name}]");
    let beside = match path {
        path if path.ends_with(".py") => {
            let file = python::parse_either(&analysis.sources, span.file, Dialect::Python3).ok()?;
            let end = (start + line.len()) as u32;
            let within =
                |range: &python::TextRange| u32::from(range.start()) < end && end < u32::from(range.end());
            // At the end of a line within a string, or after a `\`, a comment would be text.
            !script::strings(&file).iter().any(|(range, _)| within(range)) && !line.ends_with('\\')
        }
        path if path.ends_with(".cfg") || path.ends_with(".in") => false,
        _ => !line.ends_with('\\'),
    };
    if beside {
        return Some(Edit::new(at(line.len()), format!("  {comment}")));
    }
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let indent: String = line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
    // Above a line that goes on from the one before, a comment would be part of what goes on.
    let continues = text[..start].trim_end_matches(['\r', '\n']).ends_with('\\');
    let within_python = path.ends_with(".py");
    (!continues && !within_python).then(|| Edit::new(at(0), format!("{indent}{comment}{ending}")))
}

/// Every safe fix of a document; of those that get in each other's way, the first.
fn fix_all(view: &View, analysis: &Analysis, document: &Document) -> Option<Value> {
    let mut taken: Vec<Edit> = Vec::new();
    let mut count = 0;
    for diagnostic in &analysis.diagnostics {
        let place = primary(analysis, diagnostic).and_then(|span| view.place(analysis, span));
        let here = place.is_some_and(|(uri, _)| uri == document.uri);
        let safe = |fix: &&Fix| fix.applicability == Applicability::Safe;
        let Some(fix) = diagnostic.fix.as_ref().filter(safe).filter(|_| here) else { continue };
        let clash = |edit: &Edit| taken.iter().any(|other| other.span.overlaps(edit.span));
        if !fix.edits.iter().any(clash) {
            taken.extend(fix.edits.iter().cloned());
            count += 1;
        }
    }
    if count == 0 {
        return None;
    }
    let edit = workspace_edit(view, analysis, &taken)?;
    Some(
        json!({ "title": format!("Fix all that spx can fix safely ({count})"), "kind": FIX_ALL, "edit": edit }),
    )
}

/// Edits by file, sorted; `None` when one of them is of a text that has changed.
fn workspace_edit(view: &View, analysis: &Analysis, edits: &[Edit]) -> Option<Value> {
    let mut files: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
    for edit in edits {
        let (uri, range) = view.place(analysis, edit.span)?;
        if let Some(document) = view.document(&uri)
            && **document.text() != **analysis.sources.text(edit.span.file)
        {
            return None;
        }
        files.entry(uri).or_default().push(TextEdit { range, new_text: edit.text.clone() });
    }
    for edits in files.values_mut() {
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    }
    if !view.client.versioned_edits {
        let changes: Map<String, Value> = files.into_iter().map(|(uri, edits)| (uri, json!(edits))).collect();
        return Some(json!({ "changes": changes }));
    }
    let changes = files.into_iter().map(|(uri, edits)| {
        let version = view.document(&uri).and_then(|document| document.version);
        json!({ "textDocument": { "uri": uri, "version": version }, "edits": edits })
    });
    Some(json!({ "documentChanges": changes.collect::<Vec<_>>() }))
}

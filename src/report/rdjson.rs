//! Reviewdog's diagnostic format.

use super::Findings;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Sources, Span};
use serde_json::{Value, json};

/// One document, indented, with a final newline.
pub fn render(findings: &Findings<'_>) -> String {
    let all: Vec<Value> = findings.diagnostics.iter().map(|diagnostic| one(diagnostic, findings)).collect();
    let document =
        json!({ "source": { "name": "spx", "url": env!("CARGO_PKG_REPOSITORY") }, "diagnostics": all });
    format!("{document:#}\n")
}

fn one(diagnostic: &Diagnostic, findings: &Findings<'_>) -> Value {
    let sources = findings.sources;
    let severity = match diagnostic.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    };
    let url = findings
        .rules
        .iter()
        .find(|rule| rule.name == diagnostic.code.name)
        .and_then(|rule| rule.url.clone());
    let mut code = json!({ "value": diagnostic.code.name });
    if let Some(url) = url {
        code["url"] = json!(url);
    }
    let mut value = json!({ "message": diagnostic.message, "severity": severity, "code": code });
    let Some(label) = &diagnostic.primary else { return value };
    value["location"] = json!({ "path": sources.path(label.span.file), "range": range(label.span, sources) });
    if let Some(fix) = &diagnostic.fix {
        // A suggestion is one replacement in the same file.
        if let [edit] = &fix.edits[..]
            && edit.span.file == label.span.file
        {
            value["suggestions"] = json!([{ "range": range(edit.span, sources), "text": edit.text }]);
        }
    }
    value
}

/// Columns count bytes of UTF-8, from 1.
fn range(span: Span, sources: &Sources) -> Value {
    let text = sources.text(span.file);
    let column = |offset: u32| {
        let before = &text[..(offset as usize).min(text.len())];
        before.len() - before.rfind(['\n', '\r']).map_or(0, |at| at + 1) + 1
    };
    let (start, end) = (sources.position(span), sources.end_position(span));
    json!({
        "start": { "line": start.line, "column": column(span.start) },
        "end": { "line": end.line, "column": column(span.end) },
    })
}

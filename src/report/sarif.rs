//! SARIF 2.1.0 (OASIS): for code scanning services.

use super::Findings;
use crate::diagnostic::{Applicability, Diagnostic, Fix, Label, Severity};
use crate::text::{Sources, Span};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One run, indented, with a final newline.
pub fn render(findings: &Findings<'_>) -> String {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    let mut results: Vec<Value> = Vec::new();
    for diagnostic in findings.diagnostics {
        results.push(result(diagnostic, findings, &mut counted));
    }
    for silenced in findings.suppressed {
        let mut value = result(&silenced.diagnostic, findings, &mut counted);
        let kind = if silenced.in_source { "inSource" } else { "external" };
        value["suppressions"] = json!([{ "kind": kind, "justification": silenced.reason }]);
        results.push(value);
    }
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "spx",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules(findings),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "SRCROOT": { "description": { "text": "where spx was started" } } },
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn rules(findings: &Findings<'_>) -> Vec<Value> {
    let rules = findings.rules.iter().map(|rule| {
        let mut value = json!({
            "id": rule.name,
            "shortDescription": { "text": rule.summary },
            "defaultConfiguration": { "level": level(rule.severity) },
        });
        if !rule.page.is_empty() {
            value["fullDescription"] = json!({ "text": rule.summary });
            value["help"] = json!({ "text": rule.page, "markdown": rule.page });
        }
        if let Some(url) = &rule.url {
            value["helpUri"] = json!(url);
        }
        value
    });
    rules.collect()
}

fn result(diagnostic: &Diagnostic, findings: &Findings<'_>, counted: &mut BTreeMap<String, usize>) -> Value {
    let sources = findings.sources;
    let mut text = diagnostic.message.clone();
    if let Some(label) = diagnostic.primary.as_ref().filter(|label| !label.text.is_empty()) {
        text = format!("{text}: {}", label.text);
    }
    for help in &diagnostic.help {
        text = format!("{text}\n{help}");
    }
    let mut value = json!({
        "ruleId": diagnostic.code.name,
        "level": level(diagnostic.severity),
        "message": { "text": text },
    });
    if let Some(at) = findings.rules.iter().position(|rule| rule.name == diagnostic.code.name) {
        value["ruleIndex"] = json!(at);
    }
    let Some(primary) = &diagnostic.primary else { return value };
    value["locations"] = json!([location(primary, sources, None)]);
    let related: Vec<Value> = diagnostic
        .secondary
        .iter()
        .enumerate()
        .map(|(id, label)| location(label, sources, Some(id)))
        .collect();
    if !related.is_empty() {
        // The way of the value, from where it was made to where it is used.
        let way = diagnostic.secondary.iter().rev().chain(std::iter::once(primary));
        let steps: Vec<Value> =
            way.map(|label| json!({ "location": location(label, sources, None) })).collect();
        value["codeFlows"] = json!([{ "threadFlows": [{ "locations": steps }] }]);
        value["relatedLocations"] = json!(related);
    }
    value["partialFingerprints"] = json!({ "spx/v1": super::fingerprint(diagnostic, sources, counted) });
    if let Some(fix) = &diagnostic.fix {
        value["fixes"] = json!([changes(fix, sources)]);
    }
    value
}

fn location(label: &Label, sources: &Sources, id: Option<usize>) -> Value {
    let mut value = json!({ "physicalLocation": {
        "artifactLocation": artifact(label.span, sources),
        "region": region(label.span, sources),
    }});
    if let Some(id) = id {
        value["id"] = json!(id);
    }
    if !label.text.is_empty() {
        value["message"] = json!({ "text": label.text });
    }
    value
}

fn artifact(span: Span, sources: &Sources) -> Value {
    json!({ "uri": super::uri(sources.path(span.file)), "uriBaseId": "SRCROOT" })
}

fn region(span: Span, sources: &Sources) -> Value {
    let (start, end) = (sources.position(span), sources.end_position(span));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn changes(fix: &Fix, sources: &Sources) -> Value {
    let mut files: BTreeMap<&str, Vec<&crate::diagnostic::Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        files.entry(sources.path(edit.span.file)).or_default().push(edit);
    }
    let changes: Vec<Value> = files
        .values()
        .map(|edits| {
            let replacements: Vec<Value> = (edits.iter())
                .map(|edit| {
                    json!({
                        "deletedRegion": region(edit.span, sources),
                        "insertedContent": { "text": edit.text },
                    })
                })
                .collect();
            json!({ "artifactLocation": artifact(edits[0].span, sources), "replacements": replacements })
        })
        .collect();
    let title = match fix.applicability {
        Applicability::Safe => fix.title.clone(),
        Applicability::Unsafe => format!("{} (look at it)", fix.title),
    };
    json!({ "description": { "text": title }, "artifactChanges": changes })
}

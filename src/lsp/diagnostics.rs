//! Diagnostics in the client's words, pushed or pulled.

use super::analysis::Analysis;
use super::protocol::{OfDocument, Range};
use super::view::{Root, View};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{self, Tag};
use crate::text::{FileId, Span};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Diagnostics of one file that are sent at most: more than anybody reads.
const MAX_ITEMS: usize = 1_000;

/// Where what stands in no file is shown: on the first line of the file that makes the project.
pub(super) fn primary(analysis: &Analysis, diagnostic: &Diagnostic) -> Option<Span> {
    let head = |file: FileId| analysis.sources.head(file);
    match diagnostic.primary.as_ref().map(|label| label.span) {
        Some(span) if !analysis.sources.path(span.file).is_empty() => Some(span),
        _ => analysis.main_file().and_then(|name| analysis.sources.find(name)).map(head),
    }
}

/// Every file of a project that has diagnostics, by address.
pub(super) fn by_file(view: &View, root: &Root) -> BTreeMap<String, Vec<Value>> {
    let mut files: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let Some(analysis) = &root.analysis else { return files };
    for diagnostic in &analysis.diagnostics {
        let Some(span) = primary(analysis, diagnostic) else { continue };
        if let Some((uri, range)) = view.place(analysis, span) {
            let items = files.entry(uri).or_default();
            if items.len() < MAX_ITEMS {
                items.push(item(view, analysis, diagnostic, range));
            }
        }
    }
    files
}

/// One diagnostic.
pub(super) fn item(view: &View, analysis: &Analysis, diagnostic: &Diagnostic, range: Range) -> Value {
    let mut message = diagnostic.message.clone();
    if let Some(label) = diagnostic.primary.as_ref().filter(|label| !label.text.is_empty()) {
        message.push_str(&format!(": {}", label.text));
    }
    for help in &diagnostic.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    let severity = match diagnostic.severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Info => 3,
    };
    let mut item = json!({
        "range": range,
        "severity": severity,
        "code": diagnostic.code.name,
        "source": "spx",
        "message": message,
    });
    if view.client.code_description
        && let Some(page) = lint::documentation(diagnostic.code)
    {
        item["codeDescription"] = json!({ "href": page });
    }
    let tags: Vec<u8> = lint::tags(diagnostic.code).iter().copied().map(tag).collect();
    if view.client.diagnostic_tags && !tags.is_empty() {
        item["tags"] = json!(tags);
    }
    if view.client.related_information {
        let related: Vec<Value> = diagnostic
            .secondary
            .iter()
            .filter_map(|label| {
                let (uri, range) = view.place(analysis, label.span)?;
                let text = if label.text.is_empty() { "here" } else { &label.text };
                Some(json!({ "location": { "uri": uri, "range": range }, "message": text }))
            })
            .collect();
        if !related.is_empty() {
            item["relatedInformation"] = json!(related);
        }
    }
    item
}

/// The number that the protocol gives to a tag.
fn tag(tag: Tag) -> u8 {
    match tag {
        Tag::Unnecessary => 1,
        Tag::Deprecated => 2,
    }
}

/// `textDocument/diagnostic`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pull {
    #[serde(flatten)]
    of: OfDocument,
    #[serde(default)]
    previous_result_id: Option<String>,
}

pub(super) fn pull(view: &View, params: &Pull) -> Value {
    let uri = &params.of.text_document.uri;
    let project = view.document(uri).and_then(|document| view.project(document));
    let items = project.and_then(|project| by_file(view, project.root).remove(uri)).unwrap_or_default();
    report(&items, params.previous_result_id.as_deref())
}

fn report(items: &[Value], previous: Option<&str>) -> Value {
    let id = identity(items);
    if previous == Some(&id) {
        json!({ "kind": "unchanged", "resultId": id })
    } else {
        json!({ "kind": "full", "resultId": id, "items": items })
    }
}

/// A text that changes when the items do.
pub(super) fn identity(items: &[Value]) -> String {
    let mut hasher = DefaultHasher::new();
    json!(items).to_string().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[derive(Clone, Debug, Deserialize)]
struct Previous {
    uri: String,
    value: String,
}

/// `workspace/diagnostic`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PullAll {
    #[serde(default)]
    previous_result_ids: Vec<Previous>,
}

pub(super) fn pull_all(view: &View, params: &PullAll) -> Value {
    let mut files: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for root in &view.roots {
        for (uri, items) in by_file(view, root) {
            files.entry(uri).or_default().extend(items);
        }
    }
    let before: BTreeMap<&str, &str> =
        params.previous_result_ids.iter().map(|one| (one.uri.as_str(), one.value.as_str())).collect();
    for uri in before.keys() {
        // What had diagnostics and has none any more.
        files.entry((*uri).to_owned()).or_default();
    }
    let reports: Vec<Value> = files
        .iter()
        .map(|(uri, items)| {
            let mut report = report(items, before.get(uri.as_str()).copied());
            report["uri"] = json!(uri);
            report["version"] = json!(view.document(uri).and_then(|document| document.version));
            report
        })
        .collect();
    json!({ "items": reports })
}

//! What a file consists of: arguments of setup(), sections and options, requirements, commands.

use super::document::{Document, Kind};
use super::protocol::OfDocument;
use super::view::View;
use super::{outline, script};
use crate::syntax::manifest_in;
use serde_json::{Value, json};

/// Symbols that are sent at most.
const MAX: usize = 5_000;

/// Kinds of symbols that the protocol numbers.
const MODULE: u8 = 2;
const NAMESPACE: u8 = 3;
const FUNCTION: u8 = 12;
const PROPERTY: u8 = 7;
const PACKAGE: u8 = 4;

struct Symbol {
    name: String,
    kind: u8,
    start: u32,
    end: u32,
    /// Where its name stands.
    name_end: u32,
    children: Vec<Self>,
}

pub(super) fn answer(view: &View, params: &OfDocument) -> Value {
    let Some(document) = view.document(&params.text_document.uri) else { return json!([]) };
    let mut symbols = match document.kind {
        Kind::SetupPy => arguments(document),
        Kind::SetupCfg => sections(document),
        Kind::Manifest => commands(document),
        Kind::Requirements => requirements(document),
        Kind::Pyproject | Kind::Python | Kind::Other => Vec::new(),
    };
    symbols.truncate(MAX);
    if view.client.nested_symbols {
        return symbols.iter().map(|symbol| nested(view, document, symbol)).collect();
    }
    let mut flat = Vec::new();
    for symbol in &symbols {
        flatten(view, document, symbol, None, &mut flat);
    }
    json!(flat)
}

fn nested(view: &View, document: &Document, symbol: &Symbol) -> Value {
    json!({
        "name": symbol.name,
        "kind": symbol.kind,
        "range": document.range(symbol.start, symbol.end, view.units()),
        "selectionRange": document.range(symbol.start, symbol.name_end, view.units()),
        "children": symbol.children.iter().map(|child| nested(view, document, child)).collect::<Vec<_>>(),
    })
}

fn flatten(view: &View, document: &Document, symbol: &Symbol, within: Option<&str>, flat: &mut Vec<Value>) {
    let range = document.range(symbol.start, symbol.end, view.units());
    let location = json!({ "uri": document.uri, "range": range });
    let mut made = json!({ "name": symbol.name, "kind": symbol.kind, "location": location });
    if let Some(within) = within {
        made["containerName"] = json!(within);
    }
    flat.push(made);
    for child in &symbol.children {
        flatten(view, document, child, Some(&symbol.name), flat);
    }
}

fn arguments(document: &Document) -> Vec<Symbol> {
    let Some(file) = document.python() else { return Vec::new() };
    let calls = script::setup_calls(file).into_iter().map(|call| {
        let children = call.keywords.iter().filter_map(|keyword| {
            let name = keyword.arg.as_ref()?.to_string();
            let start = script::start(keyword);
            let name_end = start + name.len() as u32;
            Some(Symbol {
                name,
                kind: PROPERTY,
                start,
                end: script::end(keyword),
                name_end,
                children: Vec::new(),
            })
        });
        let (start, name_end) = (script::start(call), script::end(&*call.func));
        let name = script::dotted(&call.func);
        Symbol { name, kind: FUNCTION, start, end: script::end(call), name_end, children: children.collect() }
    });
    calls.collect()
}

fn sections(document: &Document) -> Vec<Symbol> {
    let sections = outline::sections(document.text()).into_iter().map(|section| {
        let children = section.settings.iter().map(|setting| Symbol {
            name: shown(setting.name),
            kind: PROPERTY,
            start: setting.start,
            end: setting.end,
            name_end: setting.start + setting.name.len() as u32,
            children: Vec::new(),
        });
        Symbol {
            name: shown(section.name),
            kind: NAMESPACE,
            start: section.start,
            end: section.end,
            name_end: section.header_end.min(section.end),
            children: children.collect(),
        }
    });
    sections.collect()
}

/// Clients refuse a symbol without a name.
fn shown(name: &str) -> String {
    if name.trim().is_empty() { "…".to_owned() } else { name.chars().take(100).collect() }
}

fn commands(document: &Document) -> Vec<Symbol> {
    let (lines, _) = manifest_in::parse(document.file, document.text());
    let symbols = lines.into_iter().map(|line| {
        let (start, end) = (line.span.start, line.span.end);
        Symbol { name: shown(&line.shown()), kind: MODULE, start, end, name_end: end, children: Vec::new() }
    });
    symbols.collect()
}

fn requirements(document: &Document) -> Vec<Symbol> {
    let mut at = 0;
    let mut symbols = Vec::new();
    for line in document.text().split_inclusive('\n') {
        let start = at as u32;
        at += line.len();
        let content = line.split(" #").next().unwrap_or(line).trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let start = start + (line.len() - line.trim_start().len()) as u32;
        let end = start + content.len() as u32;
        let name = content.split(" --hash").next().unwrap_or(content).trim_end_matches(['\\', ' ']);
        symbols.push(Symbol {
            name: shown(name),
            kind: PACKAGE,
            start,
            end,
            name_end: end,
            children: Vec::new(),
        });
    }
    symbols
}

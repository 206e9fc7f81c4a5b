//! Hints: what an argument evaluates to, what a pattern matches, what a line of MANIFEST.in adds.

use super::analysis::Analysis;
use super::document::{Document, Kind};
use super::protocol::InRange;
use super::value::{long, short};
use super::view::View;
use super::{outline, script};
use crate::project::Field;
use crate::project::glob::{Hidden, Tree};
use crate::syntax::manifest_in;
use crate::syntax::python::ast;
use serde_json::{Value, json};

/// Hints that are sent at most.
const MAX: usize = 500;

/// Fields whose values are too long to stand beside them.
const TOO_LONG: &[&str] = &["long_description", "classifiers"];

struct Hint {
    offset: u32,
    label: String,
    tooltip: String,
}

pub(super) fn answer(view: &View, params: &InRange) -> Value {
    let Some(document) = view.document(&params.text_document.uri).filter(|_| view.settings.inlay_hints)
    else {
        return json!([]);
    };
    let mut hints = match document.kind {
        Kind::SetupPy => {
            let mut hints =
                view.known(document).map(|(analysis, _)| arguments(document, analysis)).unwrap_or_default();
            hints.extend(globs(view, document));
            hints
        }
        Kind::SetupCfg => {
            view.known(document).map(|(analysis, _)| settings(document, analysis)).unwrap_or_default()
        }
        Kind::Manifest => commands(view, document),
        _ => Vec::new(),
    };
    hints.truncate(MAX);
    let shown = hints.iter().filter_map(|hint| {
        let position = document.range(hint.offset, hint.offset, view.units()).start;
        let inside = params.range.start <= position && position <= params.range.end;
        inside.then(|| {
            json!({ "position": position, "label": hint.label, "tooltip": hint.tooltip, "paddingLeft": true, "kind": 1 })
        })
    });
    shown.collect()
}

fn of_field(name: &str, analysis: &Analysis, offset: u32) -> Option<Hint> {
    let (label, tooltip) = match analysis.project.as_ref()?.metadata.get(name)? {
        Field::Known { value, .. } => (format!("→ {}", short(value)), long(value)),
        Field::Unknown { unknown, .. } => ("→ unknown".to_owned(), unknown.reason.clone()),
    };
    Some(Hint { offset, label, tooltip })
}

/// Arguments of `setup()` that are no literals.
fn arguments(document: &Document, analysis: &Analysis) -> Vec<Hint> {
    let Some(file) = document.python() else { return Vec::new() };
    let calls = script::setup_calls(file);
    // Several calls share one set of fields: what would be said might be another call's.
    let [call] = calls[..] else { return Vec::new() };
    let hints = call.keywords.iter().filter_map(|keyword| {
        let name = keyword.arg.as_ref()?.as_str();
        if TOO_LONG.contains(&name) || is_literal(&keyword.value) {
            return None;
        }
        of_field(name, analysis, script::end(keyword))
    });
    hints.collect()
}

fn is_literal(expression: &ast::Expr) -> bool {
    match expression {
        ast::Expr::Constant(_) => true,
        ast::Expr::List(list) => list.elts.iter().all(is_literal),
        ast::Expr::Tuple(tuple) => tuple.elts.iter().all(is_literal),
        ast::Expr::Dict(dict) => dict.keys.iter().flatten().chain(&dict.values).all(is_literal),
        _ => false,
    }
}

/// `glob("bin/*")`: how many files that is.
fn globs(view: &View, document: &Document) -> Vec<Hint> {
    let (Some(file), Some(project)) = (document.python(), view.project(document)) else { return Vec::new() };
    let patterns: Vec<(u32, &str)> = script::calls(file)
        .into_iter()
        .filter(|(name, _)| name == "glob" || name.ends_with(".glob") || name.ends_with(".iglob"))
        .filter_map(|(_, call)| match (&call.args[..], &call.keywords[..]) {
            ([only], []) => Some((script::end(call), script::text_of(only)?)),
            _ => None,
        })
        .collect();
    let found = view.with_tree(&project.root.path, |tree| {
        let tree = Tree::new(tree);
        let counted = patterns.iter().map(|(offset, pattern)| {
            let found = tree.glob(pattern, Hidden::Skip, false);
            let label = format!("→ {} {}", found.len(), if found.len() == 1 { "file" } else { "files" });
            Hint { offset: *offset, label, tooltip: super::value::cut(&found, 30) }
        });
        counted.collect()
    });
    found.unwrap_or_default()
}

/// Options of setup.cfg whose values stand elsewhere: `attr:`, `file:`, `find:`.
fn settings(document: &Document, analysis: &Analysis) -> Vec<Hint> {
    let text = document.text();
    let sections = outline::sections(text);
    let mut hints = Vec::new();
    for section in sections.iter().filter(|section| matches!(section.name, "metadata" | "options")) {
        for setting in &section.settings {
            let Some((start, end)) = setting.lines.iter().find(|(start, end)| start < end).copied() else {
                continue;
            };
            let value = &text[start as usize..end as usize];
            let elsewhere =
                ["attr:", "file:", "find:", "find_namespace:"].iter().any(|word| value.starts_with(word));
            let name = setting.name.replace('-', "_");
            if elsewhere && !TOO_LONG.contains(&name.as_str()) {
                hints.extend(of_field(&name, analysis, end));
            }
        }
    }
    hints
}

/// What each line of MANIFEST.in adds.
fn commands(view: &View, document: &Document) -> Vec<Hint> {
    let Some(project) = view.project(document).filter(|project| project.root.fresh) else {
        return Vec::new();
    };
    let Some(preview) = &project.root.preview else { return Vec::new() };
    let Ok((_, files)) = &preview.sdist else { return Vec::new() };
    let (lines, _) = manifest_in::parse(document.file, document.text());
    let adds = |line: &&manifest_in::ManifestLine| {
        use manifest_in::Command as C;
        matches!(line.command, C::Include(_) | C::GlobalInclude(_) | C::RecursiveInclude { .. } | C::Graft(_))
    };
    let hints = lines.iter().filter(adds).map(|line| {
        let place = format!("MANIFEST.in:{}", line.number);
        let names: Vec<String> = files
            .iter()
            .filter(|file| file.place.as_ref() == Some(&place))
            .filter_map(|file| file.source.clone())
            .collect();
        let label = match names.len() {
            0 => "→ adds nothing".to_owned(),
            1 => "→ adds 1 file".to_owned(),
            count => format!("→ adds {count} files"),
        };
        Hint { offset: line.span.end, label, tooltip: super::value::cut(&names, 30) }
    });
    hints.collect()
}

//! `spx tree`: who brings what, as a tree for people or as data.

use super::app::request;
use super::args::{Format, ResolveArgs};
use super::progress::Bars;
use super::{Exit, Screen, data, exit};
use crate::ops::Failure;
use crate::ops::tree::{Edge, Tree, tree};
use crate::report::{escape, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Deeper than any real tree: names come from indexes.
const MAX_DEPTH: usize = 64;

pub(super) fn run(args: &ResolveArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let bars = Arc::new(Bars::new(!screen.quiet && screen.format == Format::Human, screen.style));
    let outcome = tree(&request(args), bars.clone());
    bars.clear();
    let outcome = outcome?;
    let status = if outcome.value.is_some() { Exit::Done } else { exit(&outcome.diagnostics) };
    if screen.format == Format::Json {
        let said: Vec<_> =
            outcome.diagnostics.iter().map(|diagnostic| json::value(diagnostic, &outcome.sources)).collect();
        let document = serde_json::json!({
            "schema": json::SCHEMA, "tree": outcome.value.as_ref().map(document), "diagnostics": said,
        });
        data(&format!("{document:#}\n"))?;
        return Ok(status);
    }
    screen.diagnostics(outcome.diagnostics, &outcome.sources);
    if let Some(tree) = &outcome.value {
        data(&drawn(tree))?;
    }
    Ok(status)
}

fn document(tree: &Tree) -> serde_json::Value {
    let edges = |edges: &[Edge]| -> Vec<serde_json::Value> {
        let one = |edge: &Edge| {
            let package = &tree.packages[edge.package];
            serde_json::json!({
                "name": package.name, "version": package.version,
                "requirement": edge.requirement, "marker": edge.marker,
            })
        };
        edges.iter().map(one).collect()
    };
    let packages: Vec<_> = tree
        .packages
        .iter()
        .map(|package| {
            serde_json::json!({
                "name": package.name, "version": package.version, "marker": package.marker,
                "requires": edges(&package.needs),
            })
        })
        .collect();
    serde_json::json!({ "project": tree.project, "requires": edges(&tree.roots), "packages": packages })
}

fn drawn(tree: &Tree) -> String {
    let mut drawing = Drawing { tree, seen: BTreeSet::new(), out: String::new() };
    match &tree.project {
        Some(project) => {
            drawing.out.push_str(&format!("{}\n", escape(project)));
            drawing.branches(&tree.roots, "", 0);
        }
        None => {
            for edge in &tree.roots {
                drawing.branch(edge, "", "", 0);
            }
        }
    }
    drawing.out
}

struct Drawing<'a> {
    tree: &'a Tree,
    seen: BTreeSet<usize>,
    out: String,
}

impl Drawing<'_> {
    fn branches(&mut self, edges: &[Edge], indent: &str, depth: usize) {
        for (at, edge) in edges.iter().enumerate() {
            let last = at + 1 == edges.len();
            let (joint, below) = if last { ("└── ", "    ") } else { ("├── ", "│   ") };
            self.branch(edge, &format!("{indent}{joint}"), &format!("{indent}{below}"), depth);
        }
    }

    fn branch(&mut self, edge: &Edge, lead: &str, indent: &str, depth: usize) {
        let package = &self.tree.packages[edge.package];
        let first = self.seen.insert(edge.package);
        let marker = edge.marker.as_ref().map(|marker| format!(" ; {marker}")).unwrap_or_default();
        let wanted = match edge.requirement == package.name {
            true => String::new(),
            false => format!(" [{}]", edge.requirement),
        };
        let again = if first || package.needs.is_empty() { "" } else { " (as above)" };
        let line = format!("{} {}{wanted}{marker}{again}", package.name, package.version);
        self.out.push_str(&format!("{lead}{}\n", escape(&line)));
        if first && depth < MAX_DEPTH {
            self.branches(&package.needs, indent, depth + 1);
        }
    }
}

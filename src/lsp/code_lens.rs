//! Lenses: build the project above `setup()`, and what is left out of its source distribution.

use super::document::uri_of;
use super::document::{Document, Kind};
use super::protocol::OfDocument;
use super::server::BUILD;
use super::view::View;
use super::{outline, script};
use crate::system::System;
use serde_json::{Value, json};

pub(super) fn answer(view: &View, params: &OfDocument) -> Value {
    let Some(document) = view.document(&params.text_document.uri).filter(|_| view.settings.code_lenses)
    else {
        return json!([]);
    };
    let Some(project) = view.project(document) else { return json!([]) };
    let mut lenses = Vec::new();
    let mut add = |start: u32, end: u32, command: Value| {
        lenses.push(json!({ "range": document.range(start, end, view.units()), "command": command }));
    };
    for (start, end) in anchors(view, document, &project.root.path) {
        let arguments = [uri_of(&project.root.path)];
        add(
            start,
            end,
            json!({ "title": "Build wheel and sdist", "command": BUILD, "arguments": arguments }),
        );
    }
    let sdist = project.root.preview.as_ref().filter(|_| project.root.fresh).map(|preview| &preview.sdist);
    if let Some(Ok((_, files))) = sdist {
        let is_in = files.iter().any(|file| file.source.as_deref() == Some(project.path));
        let saved = document.path.as_deref().is_some_and(crate::system::os::is_file);
        if !is_in && saved {
            add(0, 0, json!({ "title": "not in the source distribution", "command": "" }));
        }
    }
    json!(lenses)
}

/// Where the project is made: the calls of `setup()`, or `[metadata]` when there is no setup.py.
fn anchors(view: &View, document: &Document, root: &std::path::Path) -> Vec<(u32, u32)> {
    match document.kind {
        Kind::SetupPy => {
            let calls = document.python().map(script::setup_calls).unwrap_or_default();
            calls.into_iter().map(|call| (script::start(call), script::end(&*call.func))).collect()
        }
        Kind::SetupCfg => {
            let alone = view.with_tree(root, |tree| !tree.is_file("setup.py")).unwrap_or_default();
            let sections = outline::sections(document.text());
            let metadata = sections.iter().find(|section| alone && section.name == "metadata");
            metadata.map(|section| (section.start, section.header_end)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

//! Documents, files, folders and settings that change.

use super::{Asked, Event, Server};
use crate::lsp::document::{Change, Document, path_of};
use crate::lsp::workspace::projects_in;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    uri: String,
    #[serde(default)]
    version: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changed {
    text_document: Identity,
    content_changes: Vec<Change>,
}

fn uri_in(params: &Value) -> Option<String> {
    params.pointer("/textDocument/uri").and_then(Value::as_str).map(str::to_owned)
}

impl Server {
    pub(super) fn opened(&mut self, params: &Value) {
        let item = &params["textDocument"];
        let text = |name: &str| item.get(name).and_then(Value::as_str);
        let (Some(uri), Some(content)) = (text("uri"), text("text")) else { return };
        let version = item.get("version").and_then(Value::as_i64);
        let document = Document::new(uri, text("languageId").unwrap_or_default(), version, content);
        self.hold(document);
        self.document_changed(uri, Duration::ZERO);
    }

    pub(super) fn changed(&mut self, params: Value) {
        let Ok(Changed { text_document, content_changes }) = serde_json::from_value::<Changed>(params) else {
            self.notify(
                "window/logMessage",
                &json!({ "type": 1, "message": "a change that cannot be read was passed over" }),
            );
            return;
        };
        let Some(document) = self.documents.get(&text_document.uri) else { return };
        let document = document.changed(&content_changes, text_document.version, self.client.units);
        self.hold(document);
        let wait = self.settings.debounce;
        self.document_changed(&text_document.uri, wait);
    }

    pub(super) fn saved(&mut self, params: &Value) {
        if let Some(uri) = uri_in(params) {
            self.document_changed(&uri, Duration::ZERO);
        }
    }

    pub(super) fn closed(&mut self, params: &Value) {
        let Some(uri) = uri_in(params) else { return };
        // What the project looks like without the buffer: the file as it is on disk.
        let root = self.root_of(&uri);
        Arc::make_mut(&mut self.documents).remove(&uri);
        if let Some(root) = root {
            let within = |path: &Path| path.starts_with(&root);
            let is_open = self.documents.values().any(|open| open.path.as_deref().is_some_and(within));
            if is_open || self.folders.iter().any(|folder| root.starts_with(folder)) {
                self.changed_root(&root, Duration::ZERO);
            } else {
                self.forget(&root);
            }
        }
    }

    fn hold(&mut self, document: Document) {
        Arc::make_mut(&mut self.documents).insert(document.uri.clone(), Arc::new(document));
    }

    /// Reads again what depends on a document: its own project, and those above it that read it.
    fn document_changed(&mut self, uri: &str, wait: Duration) {
        let Some(root) = self.root_of(uri) else { return };
        self.changed_root(&root, wait);
        if let Some(path) = self.documents.get(uri).and_then(|document| document.path.clone()) {
            for other in self.roots_that_read(&path) {
                if other != root {
                    self.changed_root(&other, wait);
                }
            }
        }
    }

    fn roots_that_read(&self, file: &Path) -> Vec<PathBuf> {
        let reads = |(path, root): &(&PathBuf, &super::RootState)| {
            let inside = file.strip_prefix(path).ok().and_then(Path::to_str);
            match (inside, &root.analysis) {
                (Some(inside), Some(analysis)) => analysis.looked_at.contains(inside),
                (inside, None) => inside.is_some(),
                (None, _) => false,
            }
        };
        self.roots.iter().filter(reads).map(|(path, _)| path.clone()).collect()
    }

    /// Files that changed on disk: what read them is read again, and what has a directory in which something came or went.
    pub(super) fn files_changed(&mut self, params: &Value) {
        const CHANGED: u64 = 2;
        for change in params.get("changes").and_then(Value::as_array).into_iter().flatten() {
            let Some(path) = change.get("uri").and_then(Value::as_str).and_then(path_of) else { continue };
            let came_or_went = change.get("type").and_then(Value::as_u64) != Some(CHANGED);
            let mut roots = self.roots_that_read(&path);
            if came_or_went {
                roots.extend(self.roots.keys().filter(|root| path.starts_with(root)).cloned());
                roots.dedup();
            }
            let wait = self.settings.debounce;
            for root in &roots {
                self.changed_root(root, wait);
            }
        }
    }

    pub(super) fn folders_changed(&mut self, params: &Value) {
        let folders = |name: &str| -> Vec<PathBuf> {
            let list = params.pointer(&format!("/event/{name}")).and_then(Value::as_array);
            let uris = list.into_iter().flatten().filter_map(|folder| folder.get("uri")?.as_str());
            uris.filter_map(path_of).collect()
        };
        let (added, removed) = (folders("added"), folders("removed"));
        self.folders.retain(|folder| !removed.contains(folder));
        for folder in &added {
            self.look_into(folder);
        }
        self.folders.extend(added);
        let gone: Vec<PathBuf> = self
            .roots
            .keys()
            .filter(|root| removed.iter().any(|folder| root.starts_with(folder)))
            .filter(|root| !self.folders.iter().any(|folder| root.starts_with(folder)))
            .cloned()
            .collect();
        for root in &gone {
            self.forget(root);
        }
    }

    /// Looks for projects in a folder, on a thread of its own.
    pub(super) fn look_into(&self, folder: &Path) {
        let (events, folder) = (self.events.clone(), folder.to_owned());
        std::thread::spawn(move || {
            // The session may have ended.
            let _ = events.send(Event::Found(projects_in(&folder)));
        });
    }

    pub(super) fn configuration_changed(&mut self, params: &Value) {
        if self.client.asks_configuration {
            self.ask_configuration();
        } else if let Some(settings) = params.get("settings") {
            self.set(settings);
        }
    }

    pub(super) fn ask_configuration(&mut self) {
        self.ask(
            "workspace/configuration",
            &json!({ "items": [{ "section": "spx" }] }),
            Asked::Configuration,
        );
    }
}

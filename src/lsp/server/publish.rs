//! What the client is told without asking: diagnostics, refreshes, files to watch, progress.

use super::{Asked, Server};
use crate::lsp::diagnostics::{by_file, identity};
use crate::lsp::document::uri_of;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Files that a client is asked to watch for one project.
const MAX_WATCHED: usize = 500;

impl Server {
    /// Pushes the diagnostics that changed, to a client that does not pull them.
    pub(super) fn publish(&mut self, path: &Path) {
        let view = self.view(&[path.to_owned()]);
        let Some(seen) = view.roots.first() else { return };
        let files = by_file(&view, seen);
        let now: BTreeMap<String, String> =
            files.iter().map(|(uri, items)| (uri.clone(), identity(items))).collect();
        let Some(root) = self.roots.get_mut(path) else { return };
        let before = std::mem::replace(&mut root.published, now);
        if self.client.pulls_diagnostics {
            let root = &self.roots[path];
            let differs = before != root.published;
            if let Some(root) = self.roots.get_mut(path) {
                root.owes_refresh |= differs;
            }
            return;
        }
        for (uri, items) in &files {
            self.push(uri, items);
        }
        for uri in before.keys().filter(|uri| !files.contains_key(*uri)) {
            self.push(uri, &[]);
        }
    }

    fn push(&self, uri: &str, items: &[Value]) {
        let version = self.documents.get(uri).and_then(|document| document.version);
        let mut params = json!({ "uri": uri, "diagnostics": items });
        if let Some(version) = version {
            params["version"] = json!(version);
        }
        self.notify("textDocument/publishDiagnostics", &params);
    }

    /// Has the client ask again what was answered before this was known.
    pub(super) fn refresh(&mut self, path: &Path) {
        let Some(root) = self.roots.get_mut(path) else { return };
        if !std::mem::take(&mut root.owes_refresh) {
            return;
        }
        let client = self.client.clone();
        for (wanted, method) in [
            (client.refresh_diagnostics && client.pulls_diagnostics, "workspace/diagnostic/refresh"),
            (client.refresh_hints, "workspace/inlayHint/refresh"),
            (client.refresh_lenses, "workspace/codeLens/refresh"),
        ] {
            if wanted {
                self.ask(method, &Value::Null, Asked::Nothing);
            }
        }
    }

    /// Has the client watch what reading a project looked at.
    pub(super) fn watch(&mut self, path: &Path) {
        if !self.client.watches_files {
            return;
        }
        let Some(root) = self.roots.get_mut(path) else { return };
        let Some(analysis) = &root.analysis else { return };
        // Patterns have no way to quote what they give a meaning to.
        let plain = |inside: &&String| !inside.is_empty() && !inside.contains(['*', '?', '{', '}', '[', ']']);
        let looked_at: BTreeSet<String> =
            analysis.looked_at.iter().filter(plain).take(MAX_WATCHED).cloned().collect();
        if looked_at == root.watched {
            return;
        }
        let had = !root.watched.is_empty();
        root.watched.clone_from(&looked_at);
        let id = format!("spx {}", uri_of(path));
        if had {
            let method = "workspace/didChangeWatchedFiles";
            let params = json!({ "unregisterations": [{ "id": id, "method": method }] });
            self.ask("client/unregisterCapability", &params, Asked::Nothing);
        }
        let root = path.to_string_lossy().replace('\\', "/");
        self.register_watchers(&id, looked_at.iter().map(|inside| format!("{root}/{inside}")));
    }

    pub(super) fn register_watchers(&mut self, id: &str, patterns: impl Iterator<Item = String>) {
        let watchers: Vec<Value> = patterns.map(|pattern| json!({ "globPattern": pattern })).collect();
        let params = json!({ "registrations": [{
            "id": id,
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        }] });
        self.ask("client/registerCapability", &params, Asked::Nothing);
    }

    /// Drops a project; what was said of it is taken back.
    pub(super) fn forget(&mut self, path: &Path) {
        let Some(root) = self.roots.remove(path) else { return };
        if let Some(running) = &root.running {
            running.cancel();
        }
        if let Some(token) = root.running.as_ref().and_then(|running| running.token.as_ref()) {
            self.end_progress(token);
        }
        if !root.watched.is_empty() {
            let method = "workspace/didChangeWatchedFiles";
            let params =
                json!({ "unregisterations": [{ "id": format!("spx {}", uri_of(path)), "method": method }] });
            self.ask("client/unregisterCapability", &params, Asked::Nothing);
        }
        if !self.client.pulls_diagnostics {
            for uri in root.published.keys() {
                self.push(uri, &[]);
            }
        }
    }

    pub(super) fn begin_progress(&mut self, path: &Path) -> String {
        let token = format!("spx-{}", self.last_asked + 1);
        self.ask("window/workDoneProgress/create", &json!({ "token": token }), Asked::Nothing);
        let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
        let value = json!({ "kind": "begin", "title": format!("spx: reading {name}") });
        self.notify("$/progress", &json!({ "token": token, "value": value }));
        token
    }

    pub(super) fn end_progress(&self, token: &str) {
        self.notify("$/progress", &json!({ "token": token, "value": { "kind": "end" } }));
    }
}

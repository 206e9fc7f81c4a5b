//! The beginning of a session: what the client can do, and what the server offers.

use super::{Server, Stage};
use crate::lsp::client::Client;
use crate::lsp::document::path_of;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;

/// What makes a project whatever the interpreter reads of it.
const ALWAYS_WATCHED: &[&str] = &[
    "**/setup.py",
    "**/setup.cfg",
    "**/pyproject.toml",
    "**/MANIFEST.in",
    "**/*requirements*.txt",
    "**/*constraints*.txt",
    "**/__init__.py",
];

impl Server {
    pub(super) fn initialize(&mut self, params: &Value) -> Value {
        self.stage = Stage::Open;
        self.client = Arc::new(Client::of(params));
        self.folders = folders(params);
        if let Some(options) = params.get("initializationOptions").filter(|options| options.is_object()) {
            self.set(options);
        }
        json!({
            "serverInfo": { "name": "spx", "version": env!("CARGO_PKG_VERSION") },
            "capabilities": {
                "positionEncoding": self.client.encoding(),
                "textDocumentSync": {
                    "openClose": true,
                    "change": 2,
                    "save": { "includeText": false },
                },
                "hoverProvider": true,
                "definitionProvider": true,
                "documentSymbolProvider": true,
                "foldingRangeProvider": true,
                "documentFormattingProvider": true,
                "inlayHintProvider": true,
                "documentLinkProvider": { "resolveProvider": false },
                "codeLensProvider": { "resolveProvider": false },
                "completionProvider": { "triggerCharacters": [":", "=", "[", "\"", "'", "/", "-", " "] },
                "codeActionProvider": {
                    "codeActionKinds": ["quickfix", "source.fixAll", "source.fixAll.spx"],
                },
                "executeCommandProvider": { "commands": super::commands::NAMES },
                "diagnosticProvider": {
                    "identifier": "spx",
                    "interFileDependencies": true,
                    "workspaceDiagnostics": true,
                },
                "workspace": {
                    "workspaceFolders": { "supported": true, "changeNotifications": true },
                },
            },
        })
    }

    pub(super) fn initialized(&mut self) {
        if self.client.watches_files {
            self.register_watchers("spx", ALWAYS_WATCHED.iter().map(|pattern| (*pattern).to_owned()));
        }
        if self.client.asks_configuration {
            self.ask_configuration();
        }
        for folder in &self.folders {
            self.look_into(folder);
        }
    }
}

/// The workspace folders, or the root that older clients name.
fn folders(params: &Value) -> Vec<PathBuf> {
    let named =
        params.get("workspaceFolders").and_then(Value::as_array).filter(|folders| !folders.is_empty());
    let uris: Vec<&Value> = match named {
        Some(folders) => folders.iter().filter_map(|folder| folder.get("uri")).collect(),
        None => params.get("rootUri").into_iter().collect(),
    };
    uris.into_iter().filter_map(Value::as_str).filter_map(path_of).collect()
}

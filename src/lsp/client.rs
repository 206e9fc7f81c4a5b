//! What the client can do, out of its `initialize` request.

use crate::text::Units;
use serde_json::Value;

/// Capabilities that the server looks at.
#[derive(Clone, Debug)]
pub(super) struct Client {
    pub(super) units: Units,
    pub(super) pulls_diagnostics: bool,
    pub(super) related_information: bool,
    pub(super) diagnostic_tags: bool,
    pub(super) code_description: bool,
    pub(super) watches_files: bool,
    pub(super) asks_configuration: bool,
    pub(super) work_done_progress: bool,
    pub(super) refresh_diagnostics: bool,
    pub(super) refresh_hints: bool,
    pub(super) refresh_lenses: bool,
    pub(super) markdown: bool,
    pub(super) nested_symbols: bool,
    pub(super) versioned_edits: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn of(params: &Value) -> Self {
        let at = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let flag = |path: &str| at(path).and_then(Value::as_bool).unwrap_or(false);
        let has = |path: &str, word: &str| {
            at(path).and_then(Value::as_array).is_some_and(|words| words.iter().any(|one| one == word))
        };
        let encodings = "general/positionEncodings";
        let units = if has(encodings, "utf-8") { Units::Utf8 } else { Units::Utf16 };
        Self {
            units,
            pulls_diagnostics: at("textDocument/diagnostic").is_some_and(Value::is_object),
            related_information: flag("textDocument/publishDiagnostics/relatedInformation"),
            diagnostic_tags: at("textDocument/publishDiagnostics/tagSupport")
                .is_some_and(|one| *one != Value::Bool(false)),
            code_description: flag("textDocument/publishDiagnostics/codeDescriptionSupport"),
            watches_files: flag("workspace/didChangeWatchedFiles/dynamicRegistration"),
            asks_configuration: flag("workspace/configuration"),
            work_done_progress: flag("window/workDoneProgress"),
            refresh_diagnostics: flag("workspace/diagnostics/refreshSupport"),
            refresh_hints: flag("workspace/inlayHint/refreshSupport"),
            refresh_lenses: flag("workspace/codeLens/refreshSupport"),
            markdown: has("textDocument/hover/contentFormat", "markdown"),
            nested_symbols: flag("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            versioned_edits: flag("workspace/workspaceEdit/documentChanges"),
        }
    }

    /// `positionEncoding`, as the server answers.
    pub(super) fn encoding(&self) -> &'static str {
        match self.units {
            Units::Utf8 => "utf-8",
            Units::Utf16 => "utf-16",
            Units::Characters => "utf-32",
        }
    }
}

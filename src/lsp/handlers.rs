//! The requests that are answered: one line each, with what an answer needs.

use super::protocol::Problem;
use super::view::View;
use super::{
    code_action, code_lens, completion, definition, diagnostics, folding, formatting, hover, inlay_hint,
    links, symbols,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What must be known before a request is answered, if it can be known in time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Needs {
    /// The text.
    Text,
    /// The values of the document's project.
    Values,
    /// What would be built of it, too.
    Files,
    /// The values of every project.
    Everything,
}

pub(super) struct Handler {
    pub(super) method: &'static str,
    pub(super) needs: Needs,
    pub(super) answer: fn(&View, Value) -> Result<Value, Problem>,
}

macro_rules! handlers {
    ($($method:literal $needs:ident $answer:path;)*) => {
        /// Sorted by method.
        pub(super) static HANDLERS: &[Handler] = &[$(Handler {
            method: $method,
            needs: Needs::$needs,
            answer: |view, params| Ok($answer(view, &read(params)?)),
        }),*];
    };
}

handlers! {
    "textDocument/codeAction" Values code_action::answer;
    "textDocument/codeLens" Files code_lens::answer;
    "textDocument/completion" Text completion::answer;
    "textDocument/definition" Values definition::answer;
    "textDocument/diagnostic" Values diagnostics::pull;
    "textDocument/documentLink" Text links::answer;
    "textDocument/documentSymbol" Text symbols::answer;
    "textDocument/foldingRange" Text folding::answer;
    "textDocument/formatting" Text formatting::answer;
    "textDocument/hover" Files hover::answer;
    "textDocument/inlayHint" Files inlay_hint::answer;
    "workspace/diagnostic" Everything diagnostics::pull_all;
}

pub(super) fn find(method: &str) -> Option<&'static Handler> {
    HANDLERS.iter().find(|handler| handler.method == method)
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Problem> {
    serde_json::from_value(params).map_err(|error| {
        Problem::new(Problem::INVALID_PARAMS, format!("the parameters cannot be read: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use super::HANDLERS;

    #[test]
    fn the_table_is_sorted() {
        assert!(HANDLERS.is_sorted_by_key(|handler| handler.method));
    }
}

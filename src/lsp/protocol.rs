//! What goes over the wire: messages, places, and errors, as the language server protocol 3.17 has them.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A line and a column, both from 0; what a column counts is negotiated.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub(super) struct Position {
    pub(super) line: u32,
    pub(super) character: u32,
}

/// From a position to another one, which is no longer part of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Range {
    pub(super) start: Position,
    pub(super) end: Position,
}

impl Range {
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

impl From<[(u32, u32); 2]> for Range {
    fn from([start, end]: [(u32, u32); 2]) -> Self {
        let position = |(line, character)| Position { line, character };
        Self { start: position(start), end: position(end) }
    }
}

/// Replaces a range.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TextEdit {
    pub(super) range: Range,
    pub(super) new_text: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct DocumentId {
    pub(super) uri: String,
}

/// The parameters of requests about a whole document.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OfDocument {
    pub(super) text_document: DocumentId,
}

/// The parameters of requests about a place in a document.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AtPosition {
    pub(super) text_document: DocumentId,
    pub(super) position: Position,
}

/// The parameters of requests about a part of a document.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct InRange {
    pub(super) text_document: DocumentId,
    pub(super) range: Range,
    #[serde(default)]
    pub(super) context: Value,
}

/// A message that came in.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Incoming {
    Request {
        id: Id,
        method: String,
        params: Value,
    },
    Notification {
        method: String,
        params: Value,
    },
    /// The answer to a request of the server's own; nothing when the client refused.
    Response {
        id: Id,
        result: Option<Value>,
    },
    /// What is no message, and why.
    Broken(Problem),
}

/// The identity of a request: a number or a text, kept as it came.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Id {
    Number(i64),
    Text(String),
}

/// Why a request is answered with an error.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Problem {
    pub(super) code: i64,
    pub(super) message: String,
}

impl Problem {
    pub(super) const PARSE: i64 = -32700;
    pub(super) const INVALID_REQUEST: i64 = -32600;
    pub(super) const METHOD_NOT_FOUND: i64 = -32601;
    pub(super) const INVALID_PARAMS: i64 = -32602;
    pub(super) const NOT_INITIALIZED: i64 = -32002;
    pub(super) const CANCELLED: i64 = -32800;

    pub(super) fn new(code: i64, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl Incoming {
    /// Reads the body of a message.
    pub(super) fn parse(body: &[u8]) -> Self {
        let broken = |code, message: &str| Self::Broken(Problem::new(code, message));
        let Ok(Value::Object(mut message)) = serde_json::from_slice::<Value>(body) else {
            return broken(Problem::PARSE, "the message is not a JSON object");
        };
        let id = message.remove("id").filter(|id| !id.is_null());
        let Ok(id) = id.map(serde_json::from_value::<Id>).transpose() else {
            return broken(Problem::INVALID_REQUEST, "`id` is neither a number nor a text");
        };
        let params = message.remove("params").unwrap_or_default();
        match (message.remove("method"), id) {
            (Some(Value::String(method)), Some(id)) => Self::Request { id, method, params },
            (Some(Value::String(method)), None) => Self::Notification { method, params },
            (None, Some(id)) => Self::Response { id, result: message.remove("result") },
            _ => broken(Problem::INVALID_REQUEST, "the message has neither `method` nor `id`"),
        }
    }
}

pub(super) fn answer(id: &Id, result: &Result<Value, Problem>) -> Value {
    match result {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(problem) => json!({ "jsonrpc": "2.0", "id": id, "error": error(problem) }),
    }
}

/// The answer to what is no message.
pub(super) fn refusal(problem: &Problem) -> Value {
    json!({ "jsonrpc": "2.0", "id": null, "error": error(problem) })
}

fn error(problem: &Problem) -> Value {
    json!({ "code": problem.code, "message": problem.message })
}

pub(super) fn notification(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

pub(super) fn request(id: i64, method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_comes_in_is_told_apart() {
        let parse = |text: &str| Incoming::parse(text.as_bytes());
        let id = Id::Text("a".to_owned());
        assert_eq!(
            parse(r#"{"id":"a","method":"m","params":[1]}"#),
            Incoming::Request { id: id.clone(), method: "m".to_owned(), params: json!([1]) }
        );
        assert_eq!(parse(r#"{"id":"a","error":{}}"#), Incoming::Response { id, result: None });
        for text in ["", "[]", "{", "\u{0}", "{}", r#"{"id":[]}"#, r#"{"method":3}"#, &"[".repeat(100_000)] {
            assert!(matches!(parse(text), Incoming::Broken(_)), "{text:.20}");
        }
    }
}

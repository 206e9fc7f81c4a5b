//! The commands that lenses and actions name: explain a rule, build a project.

use super::{Event, Server};
use crate::lsp::document::path_of;
use crate::lsp::knowledge::explanation;
use crate::lsp::protocol::{Id, Problem, answer};
use crate::ops;
use crate::project::Artifact;
use serde_json::{Value, json};
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub(super) const NAMES: &[&str] = &[BUILD, EXPLAIN];
/// Builds the wheel and the source distribution of a project into its `dist`: the argument is the project's address.
pub(in crate::lsp) const BUILD: &str = "spx.build";
/// Gives the explanation of a kind of diagnostic: the argument is its name.
pub(in crate::lsp) const EXPLAIN: &str = "spx.explain";

impl Server {
    pub(super) fn command(&mut self, id: Id, params: &Value) {
        let argument = params.pointer("/arguments/0").and_then(Value::as_str).unwrap_or_default();
        let refused = |message: String| Err(Problem::new(Problem::INVALID_PARAMS, message));
        let result = match params.get("command").and_then(Value::as_str) {
            Some(EXPLAIN) => match explanation(argument) {
                Some(text) => {
                    self.notify("window/showMessage", &json!({ "type": 3, "message": text }));
                    Ok(json!(text))
                }
                None => refused(format!("there is no rule `{argument}`")),
            },
            Some(BUILD) => match path_of(argument).filter(|path| self.roots.contains_key(path)) {
                Some(path) => return self.build(id, &path),
                None => refused(format!("`{argument}` is no project that is open")),
            },
            _ => refused("there is no such command".to_owned()),
        };
        self.send(answer(&id, &result));
    }

    /// Builds from the files as they are saved. Writes into the project's `dist` and nowhere else.
    fn build(&mut self, id: Id, path: &Path) {
        self.under_way.insert(id.clone(), Arc::new(AtomicBool::new(false)));
        let (events, path) = (self.events.clone(), path.to_owned());
        std::thread::spawn(move || {
            let built = catch_unwind(|| build(&path)).unwrap_or_else(|_| Err("internal error".to_owned()));
            let (severity, text) = match &built {
                Ok(files) => (3, format!("spx built {}", files.join(", "))),
                Err(message) => (1, format!("spx could not build: {message}")),
            };
            // The session may have ended.
            let _ = events.send(Event::Tell(severity, text.clone()));
            let result = Ok(json!({ "built": built.ok(), "message": text }));
            let _ = events.send(Event::Answered { id, result });
        });
    }
}

/// The files that were written, or why none was.
fn build(path: &Path) -> Result<Vec<String>, String> {
    let scope = ops::metadata::scope(None, None, None).map_err(|failure| failure.message)?;
    let kinds = [Artifact::Sdist, Artifact::Wheel];
    let outcome = ops::build::build(path, &kinds, Some(&path.join("dist")), &scope)
        .map_err(|failure| failure.message)?;
    match outcome.value {
        Some(built) => Ok(built.into_iter().map(|one| format!("dist/{}", one.file_name)).collect()),
        None => {
            let error = outcome.diagnostics.into_iter().find(crate::diagnostic::Diagnostic::is_error);
            Err(error.map_or_else(|| "nothing was built".to_owned(), |error| error.message))
        }
    }
}

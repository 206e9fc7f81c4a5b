//! Diagnostics for programs: a versioned shape of its own, never the internal types.

use crate::diagnostic::{Diagnostic, Label};
use crate::text::Sources;
use serde::Serialize;

/// The version of this shape: keys are added, never given another meaning.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Json<'a> {
    code: &'a str,
    severity: String,
    message: &'a str,
    #[serde(flatten)]
    place: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Place<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    help: &'a [String],
}

/// Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
}

fn place<'a>(label: &'a Label, sources: &'a Sources) -> Place<'a> {
    let (start, end) = (sources.position(label.span), sources.end_position(label.span));
    Place {
        file: sources.path(label.span.file),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        label: &label.text,
    }
}

/// One diagnostic as a JSON object.
pub fn value(diagnostic: &Diagnostic, sources: &Sources) -> serde_json::Value {
    serde_json::to_value(Json {
        code: diagnostic.code.name,
        severity: diagnostic.severity.to_string(),
        message: &diagnostic.message,
        place: diagnostic.primary.as_ref().map(|label| place(label, sources)),
        related: diagnostic.secondary.iter().map(|label| place(label, sources)).collect(),
        help: &diagnostic.help,
    })
    .expect("internal error: strings and numbers serialise")
}

/// `{"schema": 1, "diagnostics": […]}` on one document, indented, with a final newline.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let all: Vec<_> = diagnostics.iter().map(|diagnostic| value(diagnostic, sources)).collect();
    let document = serde_json::json!({ "schema": SCHEMA, "diagnostics": all });
    format!("{document:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;
    use crate::text::Span;

    #[test]
    fn places_are_lines_and_characters() {
        let mut sources = Sources::new();
        let file = sources.add("setup.py", "# é\nx = (\n");
        let diagnostic =
            Diagnostic::new(&codes::SYNTAX_ERROR, Span::new(file, 9, 10), "never closed").help("close it");
        insta::assert_snapshot!(render(&[diagnostic], &sources), @r#"
        {
          "schema": 1,
          "diagnostics": [
            {
              "code": "syntax-error",
              "severity": "error",
              "message": "never closed",
              "file": "setup.py",
              "line": 2,
              "column": 5,
              "end_line": 2,
              "end_column": 6,
              "help": [
                "close it"
              ]
            }
          ]
        }
        "#);
    }
}

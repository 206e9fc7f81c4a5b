//! GitLab's code quality report, a subset of Code Climate's.

use super::Findings;
use crate::diagnostic::Severity;
use serde_json::json;
use std::collections::BTreeMap;

/// One JSON array, indented, with a final newline. Findings without a place are left out: the format has none for them.
pub fn render(findings: &Findings<'_>) -> String {
    let mut counted = BTreeMap::new();
    let mut all = Vec::new();
    for diagnostic in findings.diagnostics {
        let Some(label) = &diagnostic.primary else { continue };
        let (start, end) = (findings.sources.position(label.span), findings.sources.end_position(label.span));
        let severity = match diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        };
        all.push(json!({
            "description": diagnostic.message,
            "check_name": diagnostic.code.name,
            "fingerprint": super::fingerprint(diagnostic, findings.sources, &mut counted),
            "severity": severity,
            "location": {
                "path": findings.sources.path(label.span.file),
                "positions": {
                    "begin": { "line": start.line, "column": start.column },
                    "end": { "line": end.line, "column": end.column },
                },
            },
        }));
    }
    format!("{:#}\n", json!(all))
}

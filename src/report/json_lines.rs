//! A JSON object a line, each as in the JSON format.

use super::{Findings, json};

/// One line each; nothing when there is nothing.
pub fn render(findings: &Findings<'_>) -> String {
    let line = |diagnostic| format!("{}\n", json::value(diagnostic, findings.sources));
    findings.diagnostics.iter().map(line).collect()
}

//! Workflow commands of GitHub Actions: annotations beside the lines of a pull request.

use super::Findings;
use crate::diagnostic::{Diagnostic, Severity};

/// GitHub shows ten annotations of a kind and step: the gravest go first.
pub fn render(findings: &Findings<'_>) -> String {
    let mut sorted: Vec<&Diagnostic> = findings.diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    let line = |diagnostic: &Diagnostic| {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let mut properties = vec![format!("title={}", property(diagnostic.code.name))];
        if let Some(label) = &diagnostic.primary {
            let (start, end) =
                (findings.sources.position(label.span), findings.sources.end_position(label.span));
            properties.push(format!("file={}", property(findings.sources.path(label.span.file))));
            properties.push(format!("line={},endLine={}", start.line, end.line));
            // Columns of several lines confuse it.
            if start.line == end.line {
                properties.push(format!("col={},endColumn={}", start.column, end.column));
            }
        }
        let mut text = diagnostic.message.clone();
        for help in &diagnostic.help {
            text = format!("{text}\n{help}");
        }
        format!("::{command} {}::{}\n", properties.join(","), data(&text))
    };
    sorted.into_iter().map(line).collect()
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

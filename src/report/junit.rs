//! JUnit's XML: one test case a finding, one suite a file.

use super::{Findings, escape};
use crate::diagnostic::{Diagnostic, Severity};
use std::collections::BTreeMap;

/// One document with a final newline; without findings it holds one case that passed, which services want to see.
pub fn render(findings: &Findings<'_>) -> String {
    let mut files: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in findings.diagnostics {
        let path = diagnostic.primary.as_ref().map_or("", |label| findings.sources.path(label.span.file));
        files.entry(path).or_default().push(diagnostic);
    }
    let failed = findings.diagnostics.len();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!(
        "<testsuites name=\"spx lint\" tests=\"{}\" failures=\"{failed}\" errors=\"0\">\n",
        failed.max(1)
    ));
    if failed == 0 {
        out.push_str("  <testsuite name=\"spx lint\" tests=\"1\" failures=\"0\" errors=\"0\">\n    <testcase name=\"nothing found\"/>\n  </testsuite>\n");
    }
    for (path, found) in files {
        let count = found.len();
        out.push_str(&format!(
            "  <testsuite name=\"{}\" tests=\"{count}\" failures=\"{count}\" errors=\"0\">\n",
            xml(path)
        ));
        for diagnostic in found {
            out.push_str(&case(diagnostic, findings));
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn case(diagnostic: &Diagnostic, findings: &Findings<'_>) -> String {
    let name = diagnostic.code.name;
    let place =
        diagnostic.primary.as_ref().map(|label| findings.sources.place(label.span)).unwrap_or_default();
    let kind = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let help = diagnostic.help.join("\n");
    format!(
        "    <testcase name=\"{name}\" classname=\"{}\">\n      <failure type=\"{kind}\" message=\"{}\">{}</failure>\n    </testcase>\n",
        xml(&place),
        xml(&diagnostic.message),
        xml(&format!("{place}: {}\n{help}", diagnostic.message))
    )
}

/// XML has no control characters at all, not even escaped.
fn xml(text: &str) -> String {
    escape(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\n', "&#10;")
}

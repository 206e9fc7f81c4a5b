//! A line for each diagnostic: `path:line:column: severity[code] message`.

use super::escape;
use crate::diagnostic::Diagnostic;
use crate::text::Sources;

/// One line each; the columns count characters.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let line = |diagnostic: &Diagnostic| {
        let place = diagnostic.primary.as_ref().map(|label| format!("{}: ", sources.place(label.span)));
        let place = place.unwrap_or_default();
        let (severity, code) = (diagnostic.severity, diagnostic.code.name);
        let line = format!("{place}{severity}[{code}] {}", diagnostic.message);
        format!("{}\n", escape(&line).replace('\n', " "))
    };
    diagnostics.iter().map(line).collect()
}

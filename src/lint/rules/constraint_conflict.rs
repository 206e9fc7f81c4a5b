//! A requirement that a constraint shuts out.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::{Requirement, specifiers};
use crate::syntax::requirements_txt::EntryKind;
use crate::text::Span;
use std::collections::HashMap;

rule! {
    /// pip finds nothing that satisfies both lines.
    ///
    /// ```text bad
    /// # file: requirements.txt
    /// -c constraints.txt
    /// flask==1.0
    /// # file: constraints.txt
    /// flask==2.0
    /// ```
    /// ```text good
    /// # file: requirements.txt
    /// -c constraints.txt
    /// flask==2.0
    /// # file: constraints.txt
    /// flask>=2
    /// ```
    "constraint-conflict", Error, "a pinned requirement that a constraint shuts out",
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for file in &cx.requirements {
        let mut limits: HashMap<&str, Vec<(&Requirement, Span)>> = HashMap::new();
        for entry in file.entries.iter().filter(|entry| entry.constraint) {
            if let EntryKind::Requirement(limit) = &entry.kind
                && limit.marker.is_none()
            {
                limits.entry(limit.name.normalized()).or_default().push((&**limit, entry.span));
            }
        }
        for entry in file.entries.iter().filter(|entry| !entry.constraint) {
            let EntryKind::Requirement(wanted) = &entry.kind else { continue };
            let version = specifiers::pinned(&wanted.specifiers).filter(|_| wanted.marker.is_none());
            let (Some(version), Some(limits)) = (version, limits.get(wanted.name.normalized())) else {
                continue;
            };
            // One is enough, however many constraints say it.
            let shut_out = limits.iter().find(|(limit, _)| !specifiers::admits(&limit.specifiers, version));
            if let Some((_, place)) = shut_out {
                let message = format!("`{}` {version} is shut out by a constraint", wanted.name.written());
                let diagnostic = Diagnostic::new(&CODE, entry.span, message).label(*place, "the constraint");
                found.push(diagnostic.help("let both say a version that the other takes"));
            }
        }
    }
    found
}

//! A requirement that a constraint shuts out.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::specifiers;
use crate::syntax::requirements_txt::EntryKind;

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
        for entry in file.entries.iter().filter(|entry| !entry.constraint) {
            let EntryKind::Requirement(wanted) = &entry.kind else { continue };
            let Some(version) = specifiers::pinned(&wanted.specifiers) else { continue };
            for other in file.entries.iter().filter(|other| other.constraint) {
                let EntryKind::Requirement(limit) = &other.kind else { continue };
                let same = limit.name.normalized() == wanted.name.normalized();
                if same
                    && limit.marker.is_none()
                    && wanted.marker.is_none()
                    && !specifiers::admits(&limit.specifiers, version)
                {
                    let message =
                        format!("`{}` {version} is shut out by a constraint", wanted.name.written());
                    let diagnostic =
                        Diagnostic::new(&CODE, entry.span, message).label(other.span, "the constraint");
                    found.push(diagnostic.help("let both say a version that the other takes"));
                }
            }
        }
    }
    found
}

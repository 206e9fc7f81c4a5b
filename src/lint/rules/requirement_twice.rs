//! A requirement that stands twice.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::syntax::requirements_txt::{Entry, EntryKind};
use std::collections::HashMap;

rule! {
    /// pip says "Double requirement given" and stops when the same project is named twice with different versions.
    ///
    /// ```requirements bad
    /// flask==1.0
    /// Flask==2.0
    /// ```
    /// ```requirements good
    /// flask==1.0; python_version < "3"
    /// flask==2.0; python_version >= "3"
    /// ```
    "requirement-twice", Error, "a requirement that stands twice in requirements files",
    sources: &["pip: Double requirement given"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for file in &cx.requirements {
        let mut seen: HashMap<(String, String), (&Entry, String)> = HashMap::new();
        for entry in file.entries.iter().filter(|entry| !entry.constraint) {
            let EntryKind::Requirement(requirement) = &entry.kind else { continue };
            let marker =
                requirement.marker.as_ref().map(|marker| marker.text().to_owned()).unwrap_or_default();
            let key = (requirement.name.normalized().to_owned(), marker);
            let wanted = format!("{:?}{:?}", requirement.specifiers.to_string(), requirement.extras);
            match seen.get(&key) {
                Some((first, other)) if *other != wanted && first.span != entry.span => {
                    let message = format!("`{}` is required twice, in two ways", requirement.name.written());
                    let diagnostic =
                        Diagnostic::new(&CODE, entry.span, message).label(first.span, "the first time");
                    found.push(diagnostic.help("make one line of the two"));
                }
                Some(_) => {}
                None => {
                    seen.insert(key, (entry, wanted));
                }
            }
        }
    }
    found
}

//! A repository without a commit.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::syntax::requirements_txt::EntryKind;

rule! {
    /// A branch or a tag can be moved: what is installed tomorrow is something else.
    ///
    /// ```requirements bad
    /// git+https://example.org/demo.git@main#egg=demo
    /// ```
    /// ```requirements good
    /// git+https://example.org/demo.git@0123456789012345678901234567890123456789#egg=demo
    /// ```
    "unpinned-repository", Warning, "a repository without a full commit",
    profile: Profile::Security,
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for entry in cx.requirements.iter().flat_map(|file| &file.entries) {
        let url = match &entry.kind {
            EntryKind::Url { url, .. } => Some(url),
            EntryKind::Requirement(requirement) => requirement.url.as_ref(),
            EntryKind::Path { .. } => None,
        };
        let Some(url) =
            url.filter(|url| ["git+", "hg+", "svn+", "bzr+"].iter().any(|kind| url.starts_with(kind)))
        else {
            continue;
        };
        let address = url.split('#').next().unwrap_or(url);
        let commit =
            address.rsplit_once('/').and_then(|(_, last)| last.rsplit_once('@')).map(|(_, commit)| commit);
        let full = |commit: &str| commit.len() >= 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
        if !commit.is_some_and(full) {
            let diagnostic = Diagnostic::new(&CODE, entry.span, "the commit that is installed may change");
            found.push(diagnostic.help("name the full commit after `@`"));
        }
    }
    found
}

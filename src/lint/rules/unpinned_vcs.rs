//! Requirements from version control that name no commit.

use super::direct_url_requirement::direct_requirements;
use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::syntax::requirements_txt::EntryKind;
use crate::text::Span;

rule! {
    /// A branch or a tag can be moved after you looked at it; a full commit hash cannot.
    ///
    /// ```requirements bad
    /// git+https://code.example.test/demo.git@main#egg=demo
    /// ```
    /// ```requirements good
    /// git+https://code.example.test/demo.git@0123456789abcdef0123456789abcdef01234567#egg=demo
    /// ```
    "unpinned-vcs", Warning, "a requirement from version control without a full commit hash",
    profile: Profile::Security,
    sources: &["pip documentation: VCS support"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut urls: Vec<(String, Span)> = direct_requirements(cx);
    for entry in cx.requirements.iter().flat_map(|file| &file.entries) {
        match &entry.kind {
            EntryKind::Url { url, .. } => urls.push((url.clone(), entry.span)),
            EntryKind::Requirement(requirement) => {
                urls.extend(requirement.url.iter().map(|url| (url.clone(), entry.span)));
            }
            EntryKind::Path { .. } => {}
        }
    }
    let unpinned = urls.into_iter().filter(|(url, _)| is_unpinned(url));
    let told = unpinned.map(|(_, span)| {
        Diagnostic::new(&CODE, span, "what this names can change: it has no full commit hash")
            .help("write `@` and the 40 digits of a commit after the address")
    });
    told.collect()
}

fn is_unpinned(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    if !["git+", "hg+"].iter().any(|vcs| scheme.starts_with(vcs)) {
        return false;
    }
    let path = rest.split(['#', '?']).next().unwrap_or(rest);
    let path = path.split_once('/').map_or("", |(_, path)| path);
    let revision = path.rsplit_once('@').map_or("", |(_, revision)| revision);
    !(matches!(revision.len(), 40 | 64) && revision.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

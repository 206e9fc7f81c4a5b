//! A second index.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// pip takes the newest version from all indexes: who registers the name of a private project on the public index, with a higher version, is installed.
    ///
    /// ```requirements bad
    /// --extra-index-url https://example.org/simple
    /// flask
    /// ```
    /// ```requirements good
    /// --index-url https://example.org/simple
    /// flask
    /// ```
    "extra-index", Warning, "a second index, from which any name may come",
    profile: Profile::Security,
    sources: &["CVE-2018-20225"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let settings = cx.requirements.iter().flat_map(|file| &file.options.extra_index_urls);
    let found = settings.map(|setting| {
        let message = "any name may come from either index";
        Diagnostic::new(&CODE, setting.span, message).help("use one index that has both, as `--index-url`")
    });
    found.collect()
}

//! A second index, from which any name may come.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// pip asks every index for every name and takes the highest version, wherever it is. Whoever registers the name of your
    /// private package on the public index, with a higher version, is installed instead of you ("dependency confusion").
    /// spx itself takes a name from the first index that has it; pip does not.
    ///
    /// ```requirements bad
    /// --extra-index-url https://packages.example.test/simple
    /// demo==1.0
    /// ```
    /// ```requirements good
    /// --index-url https://packages.example.test/simple
    /// demo==1.0
    /// ```
    "extra-index-url", Warning, "a second index, from which pip may take any name",
    profile: Profile::Security,
    sources: &["pip documentation: --extra-index-url"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let settings = cx.requirements.iter().flat_map(|file| &file.options.extra_index_urls);
    let told = settings.map(|setting| {
        Diagnostic::new(
            &CODE,
            setting.span,
            "pip takes any name from this index too, if its version is higher",
        )
        .help("use one index that stands in front of both, or give every requirement its hash")
    });
    told.collect()
}

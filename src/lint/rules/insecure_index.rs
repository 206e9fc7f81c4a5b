//! An index without https.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, Profile, rule};

rule! {
    /// Whoever stands between can put other packages there.
    ///
    /// ```requirements bad
    /// --index-url http://example.org/simple
    /// flask
    /// ```
    /// ```requirements good
    /// --index-url https://example.org/simple
    /// flask
    /// ```
    "insecure-index", Warning, "an index or a host that is trusted without https",
    profile: Profile::Security,
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for options in cx.requirements.iter().map(|file| &file.options) {
        let urls = options.index_url.iter().chain(&options.extra_index_urls).chain(&options.find_links);
        for setting in urls.filter(|setting| setting.value.starts_with("http://")) {
            let diagnostic = Diagnostic::new(&CODE, setting.span, "packages are fetched without https");
            let scheme =
                crate::text::Span::new(setting.span.file, setting.span.start, setting.span.start + 4);
            let fix = Fix::risky("write `https`", vec![Edit::new(scheme, "https")]);
            let exact = cx.sources.slice(scheme) == "http";
            found.push(if exact { diagnostic.fix(fix) } else { diagnostic }.help("write `https://`"));
        }
        for setting in &options.trusted_hosts {
            let diagnostic =
                Diagnostic::new(&CODE, setting.span, "the host is trusted without a certificate");
            found.push(diagnostic.help("give pip the host's certificate with `--cert`"));
        }
    }
    found
}

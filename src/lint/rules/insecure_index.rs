//! Indexes and folders of links that are asked without encryption.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, Profile, rule};
use crate::text::Span;

rule! {
    /// What comes over plain `http://`, or from a host whose certificate is not looked at, may be changed by anyone on the way, and
    /// what is installed runs as you. Hashes protect what they are given for; an index without TLS also tells who asks for what.
    ///
    /// ```requirements bad
    /// --index-url http://packages.example.test/simple
    /// demo==1.0
    /// ```
    /// ```requirements fixed
    /// --index-url https://packages.example.test/simple
    /// demo==1.0
    /// ```
    /// ```requirements bad
    /// --trusted-host packages.example.test
    /// demo==1.0
    /// ```
    /// ```requirements good
    /// --index-url http://127.0.0.1:3141/simple
    /// demo==1.0
    /// ```
    "insecure-index", Warning, "an index or a host that is asked without looking who answers",
    profile: Profile::Security,
    sources: &["pip documentation: --trusted-host"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for file in &cx.requirements {
        let options = &file.options;
        let urls = options.index_url.iter().chain(&options.extra_index_urls).chain(&options.find_links);
        for setting in urls.filter(|setting| is_plain(&setting.value)) {
            let mut diagnostic =
                Diagnostic::new(&CODE, setting.span, "an index is asked over plain `http://`")
                    .help("use `https://`, or a server on this machine");
            let slice = cx.sources.slice(setting.span);
            if let Some(at) = slice.find("http://") {
                let start = setting.span.start + at as u32;
                let scheme = Span::new(setting.span.file, start, start + "http".len() as u32);
                diagnostic = diagnostic.fix(Fix::risky("use `https://`", vec![Edit::new(scheme, "https")]));
            }
            found.push(diagnostic);
        }
        for setting in &options.trusted_hosts {
            let message = format!("the certificate of `{}` is not looked at", setting.value);
            let help = "give pip the certificate authority with `--cert` instead";
            found.push(Diagnostic::new(&CODE, setting.span, message).help(help));
        }
    }
    found
}

/// Whether a URL leaves this machine without encryption.
fn is_plain(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let name = host.strip_prefix("[::1]").map_or(host.split(':').next().unwrap_or(host), |_| "::1");
    !(name == "localhost" || name == "::1" || name.starts_with("127."))
}

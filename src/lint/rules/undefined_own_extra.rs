//! Extras of the project itself that it requires and does not define.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::Requirement;
use crate::packaging::name::normalize;
use crate::text::nearest::nearest;

rule! {
    /// `demo[all]` in the extras of `demo` brings the requirements of another extra. When there is no such extra, installers
    /// warn at most, and nothing is installed for it.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", extras_require={"test": ["pytest"], "dev": ["demo[tests]"]})
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", extras_require={"test": ["pytest"], "dev": ["demo[test]"]})
    /// ```
    "undefined-own-extra", Warning, "an extra of the project itself that it does not define",
    sources: &["core metadata: Provides-Extra"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((own, _)) = cx.text("name") else { return Vec::new() };
    let Ok(extras) = cx.metadata().list_map("extras_require") else { return Vec::new() };
    let defined: Vec<String> =
        extras.iter().map(|(written, _)| normalize(written.split(':').next().unwrap_or(written))).collect();
    let mut found = Vec::new();
    for text in extras.iter().flat_map(|(_, texts)| texts) {
        let Ok(requirement) = text.parse::<Requirement>() else { continue };
        if requirement.name.normalized() != normalize(own) {
            continue;
        }
        for extra in requirement.extras.iter().filter(|extra| !defined.contains(&normalize(extra))) {
            let Some(item) = cx.find_text("extras_require", text) else { continue };
            let help = match nearest(extra, defined.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "define it, or remove the requirement".to_owned(),
            };
            let message = format!("`{own}` has no extra `{extra}`");
            found.push(Diagnostic::new(&CODE, item.span, message).help(help));
        }
    }
    found
}

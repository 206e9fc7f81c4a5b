//! A dependency by URL.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// The index refuses uploads whose metadata has `name @ url`. That is fine in a project that is never uploaded.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["flask @ https://example.org/flask.zip"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["flask"])
    /// ```
    "direct-reference", Warning, "a dependency by URL, which the package index refuses",
    sources: &["PyPA: direct references are for internal use"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, item, requirement) in cx.requirements_of_setup() {
        if requirement.url.is_some() {
            let message = format!("`{}` is required by URL", requirement.name.written());
            let diagnostic = Diagnostic::new(&CODE, item.span, message);
            found
                .push(diagnostic.help("require it by name and version, so that the project can be uploaded"));
        }
    }
    found
}

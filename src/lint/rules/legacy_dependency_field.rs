//! Dependency fields of distutils that nothing reads.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Tag, rule};

rule! {
    /// `requires`, `provides` and `obsoletes` name modules in the way of 2005. No installer reads them: what is written there is not
    /// installed.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", requires=["requests"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["requests"])
    /// ```
    "legacy-dependency-field", Warning, "a dependency field that no installer reads",
    tags: &[Tag::Deprecated],
    sources: &["core metadata: Requires (deprecated)", "PEP 314", "PEP 345"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (field, instead) in [
        ("requires", "name the projects in `install_requires`"),
        ("provides", "remove it"),
        ("obsoletes", "remove it"),
    ] {
        if let (false, Some(origin)) = (cx.list(field).is_empty(), cx.metadata().origin(field)) {
            let message = format!("no installer reads `{field}`");
            found.push(Diagnostic::new(&CODE, origin, message).help(instead));
        }
    }
    found
}

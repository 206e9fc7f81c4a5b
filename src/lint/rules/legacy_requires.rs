//! `requires`, `provides` or `obsoletes`.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Tag, rule};

rule! {
    /// These are of metadata 1.1 and name modules. No installer looks at them: what the project needs stands in `install_requires`.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", requires=["flask"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["flask"])
    /// ```
    "legacy-requires", Warning, "`requires`, `provides` or `obsoletes`, which pip ignores",
    tags: &[Tag::Deprecated],
    sources: &["PEP 345"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, instead) in [
        ("requires", "name what the project needs in `install_requires`"),
        ("provides", "take it out"),
        ("obsoletes", "take it out"),
    ] {
        let Some(origin) = cx.metadata().origin(name) else { continue };
        if !cx.list(name).is_empty() {
            let message = format!("no installer looks at `{name}`");
            found.push(Diagnostic::new(&CODE, origin, message).help(instead));
        }
    }
    found
}

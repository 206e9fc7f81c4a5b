//! A classifier that has been replaced.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, Tag, rule};
use crate::packaging::classifiers::{self, Standing};

rule! {
    /// The index still takes it, and shows it to nobody.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", classifiers=["Natural Language :: Ukranian"])
    /// ```
    /// ```python fixed
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", classifiers=["Natural Language :: Ukrainian"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "deprecated-classifier", Warning, "a classifier that has been replaced",
    tags: &[Tag::Deprecated],
    sources: &["trove-classifiers 2026.9.21.13"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in cx.items("classifiers") {
        let Standing::Deprecated(instead) = classifiers::standing(&item.text) else { continue };
        let diagnostic = Diagnostic::new(&CODE, item.span, format!("`{}` is deprecated", item.text));
        found.push(match Some(instead).filter(|instead| !instead.is_empty()) {
            Some(first) => {
                let fix = Fix::safe(format!("write `{first}`"), vec![Edit::new(item.span, first)]);
                let told = diagnostic.help(format!("write `{first}`"));
                if item.exact { told.fix(fix) } else { told }
            }
            None => diagnostic.help("take it out: nothing replaces it"),
        });
    }
    found
}

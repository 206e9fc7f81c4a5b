//! `licence=` instead of `license=`.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, Tag, rule};

rule! {
    /// distutils took both spellings; setuptools calls one of them deprecated.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", licence="MIT")
    /// ```
    /// ```python fixed
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", license="MIT")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "licence-alias", Info, "`licence=`, a deprecated spelling of `license=`",
    tags: &[Tag::Deprecated],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((_, span)) = cx.keyword("licence") else { return Vec::new() };
    let diagnostic =
        Diagnostic::new(&CODE, span, "`licence` is a deprecated spelling").help("write `license`");
    let name = crate::text::Span::new(span.file, span.start, span.start + "licence".len() as u32);
    let written = cx.sources.slice(name) == "licence";
    let fix = Fix::safe("write `license`", vec![Edit::new(name, "license")]);
    vec![if written { diagnostic.fix(fix) } else { diagnostic }]
}

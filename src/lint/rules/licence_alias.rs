//! `licence` for `license`.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, Profile, Tag, rule};
use crate::text::Span;

rule! {
    /// distutils took both spellings; the field is called `license`, and setuptools reads the other one for old projects only.
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
    /// setup(name="demo", version="1.0", license="MIT")
    /// ```
    "licence-alias", Info, "`licence` instead of `license`",
    profile: Profile::Pedantic,
    tags: &[Tag::Deprecated],
    sources: &["distutils.dist.Distribution"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some(script), Some(argument)) = (&cx.script, cx.argument("licence")) else { return Vec::new() };
    let whole = script.span(argument);
    let name = Span::new(whole.file, whole.start, whole.start + "licence".len() as u32);
    vec![
        Diagnostic::new(&CODE, name, "the field is called `license`")
            .help("write `license`")
            .fix(Fix::safe("write `license`", vec![Edit::new(name, "license")])),
    ]
}

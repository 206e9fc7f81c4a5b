//! A version in another spelling than the normal one.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::eval::outcome::View;
use crate::lint::{Context, Profile, rule};
use crate::packaging::Version;

rule! {
    /// setuptools writes the normal form into the metadata, so that `1.0-RC1` in setup.py is `1.0rc1` everywhere else.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0-RC1")
    /// ```
    /// ```python fixed
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0rc1")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0rc1")
    /// ```
    "non-normal-version", Info, "a version in another spelling than PEP 440's normal form",
    profile: Profile::Pedantic,
    sources: &["PEP 440: normalization"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((View::Text(text), _)) = cx.view("version") else { return Vec::new() };
    let Ok(version) = text.parse::<Version>() else { return Vec::new() };
    let normal = version.to_string();
    let Some(item) = cx.find_text("version", &text).filter(|_| normal != text) else { return Vec::new() };
    let message = format!("`{text}` is `{normal}` in the metadata");
    let diagnostic = Diagnostic::new(&CODE, item.span, message).help(format!("write `{normal}`"));
    let fix = Fix::safe(format!("write `{normal}`"), vec![Edit::new(item.span, normal)]);
    vec![if item.exact { diagnostic.fix(fix) } else { diagnostic }]
}

//! Requirements for what every Python of the project has in its standard library.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::specifiers::{admits_python, parse};
use crate::packaging::{Python, Requirement};

rule! {
    /// Some projects on the index only bring a standard module to Pythons that lack it. On later Pythons they are useless at
    /// best; `enum34`, `typing` and `futures` break programs there because they stand before the real module.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", python_requires=">=3.6", install_requires=["enum34"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["enum34; python_version < '3.4'"])
    /// ```
    "stdlib-backport", Warning, "a requirement for what the project's Pythons have themselves",
    sources: &["Python documentation: What's New"],
}

/// The project, and the first Python whose standard library has it.
const BACKPORTS: &[(&str, (u8, u8))] = &[
    ("argparse", (3, 2)),
    ("configparser", (3, 5)),
    ("contextvars", (3, 7)),
    ("dataclasses", (3, 7)),
    ("enum34", (3, 4)),
    ("funcsigs", (3, 3)),
    ("functools32", (3, 2)),
    ("futures", (3, 2)),
    ("importlib", (3, 1)),
    ("ipaddress", (3, 3)),
    ("ordereddict", (3, 1)),
    ("pathlib", (3, 4)),
    ("pathlib2", (3, 4)),
    ("singledispatch", (3, 4)),
    ("subprocess32", (3, 2)),
    ("typing", (3, 5)),
    ("unittest2", (3, 4)),
    ("wsgiref", (3, 1)),
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((text, _)) = cx.text("python_requires") else { return Vec::new() };
    let Ok(specifiers) = parse(text) else { return Vec::new() };
    let Some(oldest) = Python::ALL.into_iter().find(|python| admits_python(&specifiers, *python)) else {
        return Vec::new();
    };
    let items = cx.items("install_requires").into_iter();
    let told = items.filter_map(|item| {
        let requirement: Requirement = item.text.parse().ok()?;
        let name = requirement.name.normalized();
        let (_, (major, minor)) = BACKPORTS.iter().find(|(backport, _)| *backport == name)?;
        if requirement.marker.is_some() || oldest < Python::new(*major, *minor) {
            return None;
        }
        let message = format!("`{name}` is for Pythons before {major}.{minor}, which the project excludes");
        Some(Diagnostic::new(&CODE, item.span, message).help("remove it: the standard library has it"))
    });
    told.collect()
}

//! A backport that is wanted everywhere.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::{Platform, Python, Target, specifiers};

rule! {
    /// Python 3 has the module itself; the backport is dead weight there, and some (`enum34`, `pathlib`) break programs by taking its place.
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
    "stdlib-backport", Warning, "a backport of a standard module, wanted where Python has it",
}

/// Projects, and the first Python 3 that has what they bring.
const BACKPORTS: &[(&str, Python)] = &[
    ("argparse", Python::new(3, 2)),
    ("asyncio", Python::new(3, 4)),
    ("backports-lzma", Python::new(3, 3)),
    ("configparser", Python::new(3, 2)),
    ("contextvars", Python::new(3, 7)),
    ("dataclasses", Python::new(3, 7)),
    ("enum34", Python::new(3, 4)),
    ("funcsigs", Python::new(3, 3)),
    ("functools32", Python::new(3, 2)),
    ("futures", Python::new(3, 2)),
    ("ipaddress", Python::new(3, 3)),
    ("ordereddict", Python::new(3, 1)),
    ("pathlib", Python::new(3, 4)),
    ("pathlib2", Python::new(3, 4)),
    ("singledispatch", Python::new(3, 4)),
    ("subprocess32", Python::new(3, 3)),
    ("trollius", Python::new(3, 4)),
    ("typing", Python::new(3, 5)),
    ("unittest2", Python::new(3, 4)),
    ("zoneinfo", Python::new(3, 9)),
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let requires = cx.metadata().text("python_requires").ok().flatten();
    let specifiers = requires.and_then(|text| specifiers::parse(text).ok());
    let admits =
        |python: Python| specifiers.as_ref().is_none_or(|all| specifiers::admits_python(all, python));
    let newest = Python::new(3, 13);
    if !admits(newest) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (field, item, requirement) in cx.requirements_of_setup() {
        let target = Target { python: newest, platform: Platform::Linux };
        let wanted = requirement.applies(&target.marker_environment(), &[]);
        let known = BACKPORTS.iter().find(|(name, _)| *name == requirement.name.normalized());
        if let Some((_, since)) = known.filter(|_| wanted && field == "install_requires") {
            let message =
                format!("`{}` brings what Python has had since {since}", requirement.name.written());
            let diagnostic = Diagnostic::new(&CODE, item.span, message);
            let marker = format!("; python_version < '{since}'");
            found.push(diagnostic.help(format!("add the marker `{marker}`, or take the line out")));
        }
    }
    found
}

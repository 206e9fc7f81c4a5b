//! An argument that pyproject.toml makes void.

use crate::diagnostic::Diagnostic;
use crate::eval::outcome::View;
use crate::lint::{Context, rule};

rule! {
    /// With `[project]` in pyproject.toml setuptools takes from setup.py only what `dynamic` lists; the rest is dropped with a warning.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(install_requires=["flask"], packages=[])
    /// # file: pyproject.toml
    /// [project]
    /// name = "demo"
    /// version = "1.0"
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(install_requires=["flask"], packages=[])
    /// # file: pyproject.toml
    /// [project]
    /// name = "demo"
    /// version = "1.0"
    /// dynamic = ["dependencies"]
    /// ```
    "ignored-by-pyproject", Error, "an argument that pyproject.toml makes void",
    sources: &["PEP 621: dynamic"],
}

/// Arguments, with the key of `[project]` that they are.
const FIELDS: &[(&str, &str)] = &[
    ("classifiers", "classifiers"),
    ("description", "description"),
    ("entry_points", "entry-points"),
    ("extras_require", "optional-dependencies"),
    ("install_requires", "dependencies"),
    ("keywords", "keywords"),
    ("license", "license"),
    ("long_description", "readme"),
    ("name", "name"),
    ("python_requires", "requires-python"),
    ("version", "version"),
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(project) = cx.pyproject.as_ref().and_then(|(_, table)| table.table("project")) else {
        return Vec::new();
    };
    let dynamic = project.get("dynamic").and_then(crate::syntax::toml::Value::texts).unwrap_or_default();
    let mut found = Vec::new();
    for (name, key) in FIELDS {
        let listed = dynamic.iter().any(|name| name == key || name == "scripts" && *key == "entry-points");
        let Some((_, span)) = cx.keyword(name).filter(|_| !listed) else { continue };
        let Some((view, _)) = cx.view(name) else { continue };
        if matches!(&view, View::List(items) if items.is_empty()) {
            continue;
        }
        let message = format!("`{name}` has no effect: `[project]` does not list `{key}` in `dynamic`");
        let diagnostic = Diagnostic::new(&CODE, span, message);
        let place = project.entry("name").or(project.entries.first());
        let diagnostic = match place {
            Some(entry) => diagnostic.label(entry.key_span, "this `[project]` goes first"),
            None => diagnostic,
        };
        found.push(diagnostic.help(format!("say it as `{key}` in `[project]`, or list that in `dynamic`")));
    }
    found
}

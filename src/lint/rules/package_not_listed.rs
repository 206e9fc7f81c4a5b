//! A sub-package that the wheel will lack.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::entry_point::is_identifier;
use crate::project::glob::join;
use crate::system::{Kind, normalise};
use std::collections::BTreeSet;

rule! {
    /// A package of `packages` has a sub-package, with an `__init__.py`, that `packages` does not list. The wheel has one and not the other, and an import fails where the project is installed.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"])
    /// # file: demo/__init__.py
    /// # file: demo/sub/__init__.py
    /// x = 1
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import find_packages, setup
    ///
    /// setup(name="demo", version="1.0", packages=find_packages())
    /// # file: demo/__init__.py
    /// # file: demo/sub/__init__.py
    /// x = 1
    /// ```
    "package-not-listed", Warning, "a sub-package with code that the wheel will not have",
    sources: &["setuptools: package discovery"],
}

/// Directories that projects leave out on purpose.
const LEFT_OUT: &[&str] = &["test", "tests", "testing", "examples", "example", "docs", "doc", "benchmarks"];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let preview = cx.preview();
    let (Some(layout), Some(wheel)) = (&preview.layout, &preview.wheel) else { return Vec::new() };
    let Some(origin) = cx.set_at("packages") else { return Vec::new() };
    let mut found = Vec::new();
    let packages: BTreeSet<&String> = layout.packages.iter().collect();
    let shipped: BTreeSet<&String> = wheel.iter().map(|(_, source)| source).collect();
    for package in packages.iter().copied() {
        let directory = layout.directory(package);
        for (name, kind) in cx.tree.list(&directory).iter() {
            let inside = join(&directory, name);
            let dotted = format!("{package}.{name}");
            let listed = packages.contains(&dotted) || LEFT_OUT.contains(&name.as_str());
            if *kind != Kind::Directory || listed || !is_identifier(name) {
                continue;
            }
            let init = normalise(&join(&inside, "__init__.py")).unwrap_or_default();
            if cx.tree.is_file(&init) && !shipped.contains(&init) && imported(cx, package, &directory, name) {
                let message = format!(
                    "`{dotted}` is not in `packages`, so the wheel lacks it, and `{package}` imports it"
                );
                let help = format!("add `\"{dotted}\"`, or let `find_packages()` find them all");
                found.push(cx.with_trail(Diagnostic::new(&CODE, origin, message), "packages").help(help));
            }
        }
    }
    found
}

/// Whether a module of the listed package says the sub-package's name in an import.
fn imported(cx: &Context<'_>, package: &str, directory: &str, name: &str) -> bool {
    let absolute = format!("{package}.{name}");
    let modules = cx.tree.list(directory);
    let modules = modules.iter().filter(|(file, _)| file.ends_with(".py"));
    modules.take(200).any(|(file, _)| {
        let content = cx.system.read(&join(directory, file)).unwrap_or_default();
        let text = String::from_utf8_lossy(&content);
        let mut lines = text.lines().map(str::trim_start);
        let relative = [format!("from .{name} "), format!("from .{name}."), format!("from . import {name}")];
        lines.any(|line| {
            relative.iter().any(|start| line.starts_with(start.as_str()))
                || (line.starts_with("from ") || line.starts_with("import "))
                    && line
                        .split([' ', ','])
                        .any(|word| word == absolute || word.starts_with(&format!("{absolute}.")))
        })
    }) || modules_are_few(cx, directory)
}

/// A package with nothing but an empty `__init__.py` is there for its sub-packages.
fn modules_are_few(cx: &Context<'_>, directory: &str) -> bool {
    let files = cx.tree.list(directory);
    let mut modules = files.iter().filter(|(file, _)| file.ends_with(".py"));
    match (modules.next(), modules.next()) {
        (Some((only, _)), None) => cx.system.metadata(&join(directory, only)).is_ok_and(|file| file.len == 0),
        _ => false,
    }
}

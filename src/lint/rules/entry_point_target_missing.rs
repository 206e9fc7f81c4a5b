//! An entry point that leads to a module or a name that is not there.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::entry_point::ObjectReference;
use crate::text::nearest::nearest;

rule! {
    /// Nothing checks the target of an entry point when a wheel is built: the program is installed and fails when it is first
    /// started. spx looks whether the wheel will have the module, and whether the module has the name, without importing it.
    /// Modules of other projects, and names that a module makes in ways that cannot be read, are passed over.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     packages=["demo"],
    ///     entry_points={"console_scripts": ["demo = demo.cli:mian"]},
    /// )
    /// # file: demo/__init__.py
    /// # file: demo/cli.py
    /// def main():
    ///     pass
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     packages=["demo"],
    ///     entry_points={"console_scripts": ["demo = demo.cli:main"]},
    /// )
    /// # file: demo/__init__.py
    /// # file: demo/cli.py
    /// from ._cli import *
    /// # file: demo/_cli.py
    /// def main():
    ///     pass
    /// ```
    "entry-point-target-missing", Error, "an entry point that leads to nothing",
    sources: &["PyPA specification: entry points"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(wheel) = &cx.preview().wheel else { return Vec::new() };
    let groups = cx.metadata().list_map("entry_points").unwrap_or_default();
    let mut found = Vec::new();
    for line in groups.iter().flat_map(|(_, lines)| lines) {
        let Some((name, target)) = line.split_once('=') else { continue };
        let Ok(reference) = target.trim().parse::<ObjectReference>() else { continue };
        let Some((problem, help)) = missing(cx, wheel, &reference) else { continue };
        let Some(item) = cx.find_text("entry_points", line) else { continue };
        let message = format!("`{}` leads to nothing: {problem}", name.trim());
        let diagnostic =
            Diagnostic::new(&CODE, item.span, message).here(format!("`{reference}` is not there"));
        found.push(diagnostic.help(help));
    }
    found
}

/// What is missing, and what to do.
fn missing(
    cx: &Context<'_>,
    wheel: &[(String, String)],
    reference: &ObjectReference,
) -> Option<(String, String)> {
    let module = &reference.module;
    let top = module.split('.').next()?;
    let own = wheel.iter().any(|(path, _)| {
        path.strip_prefix(top).is_some_and(|rest| rest.starts_with('/') || rest.starts_with('.'))
    });
    // Extensions bring modules that no file of the tree shows.
    if !own || cx.metadata().list("ext_modules").map_or(true, |names| !names.is_empty()) {
        return None;
    }
    let path = module.replace('.', "/");
    let places = [format!("{path}.py"), format!("{path}/__init__.py")];
    let source = places.iter().find_map(|place| wheel.iter().find(|(path, _)| path == place));
    let Some((_, source)) = source else {
        if wheel
            .iter()
            .any(|(file, _)| file.starts_with(&format!("{path}/")) || file.starts_with(&format!("{path}.")))
        {
            // A namespace package, or a compiled module.
            return None;
        }
        let in_tree = cx.tree.is_file(&places[0]) || cx.tree.is_file(&places[1]);
        let help = if in_tree {
            format!(
                "`{module}` is in the project: add its package to `packages`, or the module to `py_modules`"
            )
        } else {
            let modules: Vec<String> = wheel
                .iter()
                .filter_map(|(path, _)| path.strip_suffix(".py"))
                .map(|path| path.trim_end_matches("/__init__").replace('/', "."))
                .collect();
            match nearest(module, modules.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a module that the wheel has".to_owned(),
            }
        };
        return Some((format!("the wheel has no module `{module}`"), help));
    };
    let attribute = reference.attribute.as_deref()?.split('.').next()?;
    let names = cx.module_names(source)?;
    if names.contains(attribute) {
        return None;
    }
    // `package:module` works once something has imported the module.
    let below = format!("{path}/{attribute}");
    if wheel
        .iter()
        .any(|(file, _)| file.starts_with(&format!("{below}.")) || file.starts_with(&format!("{below}/")))
    {
        return None;
    }
    let help = match nearest(attribute, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("define `{attribute}` in `{source}`, or name another function"),
    };
    Some((format!("`{source}` has no `{attribute}`"), help))
}

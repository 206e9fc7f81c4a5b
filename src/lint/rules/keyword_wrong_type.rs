//! An argument of a type that setuptools refuses.

use crate::diagnostic::Diagnostic;
use crate::eval::outcome::View;
use crate::lint::{Context, rule};

rule! {
    /// setuptools checks some arguments and stops; of others it takes each character for an item.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages="demo")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=[], py_modules=(), keywords="a, b")
    /// ```
    "keyword-wrong-type", Error, "an argument of a type that setuptools refuses or misreads",
}

/// Lists that a text is taken apart for.
const LISTS: &[&str] =
    &["packages", "py_modules", "scripts", "namespace_packages", "data_files", "ext_modules"];
const DICTS: &[&str] = &["package_data", "exclude_package_data", "package_dir", "project_urls", "cmdclass"];
/// Requirements have an order, and a set has none.
const ORDERED: &[&str] = &["install_requires", "setup_requires"];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((outcome, call)) = cx.call() else { return Vec::new() };
    let mut found = Vec::new();
    for (name, value, span) in &call.keywords {
        let name = name.as_str();
        let (is, wanted) = match outcome.view(value) {
            View::Text(text) if LISTS.contains(&name) && !text.is_empty() => ("a text", "a list"),
            View::Text(_) | View::List(_) | View::Tuple(_) if DICTS.contains(&name) => {
                if matches!(outcome.view(value), View::List(items) | View::Tuple(items) if items.is_empty()) {
                    continue;
                }
                ("no dict", "a dict")
            }
            View::Set(_) if ORDERED.contains(&name) => ("a set, which has no order", "a list"),
            View::List(_) | View::Tuple(_) if name == "extras_require" => ("a list", "a dict"),
            _ => continue,
        };
        let message = format!("`{name}` is {is}");
        found.push(
            Diagnostic::new(&CODE, *span, message)
                .here(format!("{wanted} is wanted here"))
                .help(format!("write {wanted}")),
        );
    }
    found
}

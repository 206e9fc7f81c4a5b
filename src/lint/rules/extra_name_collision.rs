//! Two extras whose names are one.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::name::normalize;
use std::collections::HashMap;

rule! {
    /// Names of extras are compared as names of projects are: without regard for case, `-`, `_` and `.` (PEP 685). Of two that are one, either may be installed.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", extras_require={"dev_tools": ["a"], "dev-tools": ["b"]})
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", extras_require={"dev": ["a"], "docs": ["b"]})
    /// ```
    "extra-name-collision", Warning, "two extras whose names are one",
    sources: &["PEP 685"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(origin) = cx.metadata().origin("extras_require") else { return Vec::new() };
    let mut seen: HashMap<String, (&str, &[String])> = HashMap::new();
    let mut found = Vec::new();
    for (name, items) in cx.metadata().list_map("extras_require").unwrap_or_default() {
        // `name:marker` is the same extra under a condition.
        let name = name.split(':').next().unwrap_or("").trim();
        if name.is_empty() {
            continue;
        }
        match seen.get(&normalize(name)) {
            // Two spellings of one list are an alias, and harmless.
            Some((first, other)) if *first != name && *other != items => {
                let span = cx.find_text("extras_require", name).map_or(origin, |item| item.span);
                let message = format!("the extras `{first}` and `{name}` are one");
                found.push(
                    Diagnostic::new(&CODE, span, message).help("give them names that differ, or join them"),
                );
            }
            Some(_) => {}
            None => {
                seen.insert(normalize(name), (name, items));
            }
        }
    }
    found
}

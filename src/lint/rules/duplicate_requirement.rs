//! A dependency that is named twice.

use crate::diagnostic::Diagnostic;
use crate::lint::Item;
use crate::lint::{Context, rule};
use std::collections::HashMap;

rule! {
    /// The same project stands twice in one list, with the same marker: one of the lines was forgotten, and both hold.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["six>=1.10", "Six>=1.12"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["six<1; python_version < '3'", "six; python_version >= '3'"])
    /// ```
    "duplicate-requirement", Warning, "a dependency that is named twice",
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut seen: HashMap<(String, String, String, Vec<String>), Item> = HashMap::new();
    let mut found = Vec::new();
    // Extras are often put together of others, in which a name may well come twice.
    let own = cx.requirements_of_setup().into_iter().filter(|(field, ..)| field == "install_requires");
    for (field, item, requirement) in own {
        let marker = requirement.marker.as_ref().map(|marker| marker.text().to_owned()).unwrap_or_default();
        let key = (field, requirement.name.normalized().to_owned(), marker, requirement.extras.clone());
        match seen.get(&key) {
            // Two places that are one place: the value came twice from one line, as in a list made by a loop.
            Some(first) if first.span == item.span => {}
            Some(first) => {
                let message = format!("`{}` is required twice", requirement.name.written());
                let diagnostic =
                    Diagnostic::new(&CODE, item.span, message).label(first.span, "the first time");
                found.push(diagnostic.help("make one line of the two"));
            }
            None => {
                seen.insert(key, item);
            }
        }
    }
    found
}

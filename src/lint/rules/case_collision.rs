//! Files whose names differ by case only.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use std::collections::HashMap;

rule! {
    /// On Windows and macOS the one takes the other's place.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"])
    /// # file: demo/__init__.py
    /// # file: demo/Main.py
    /// # file: demo/main.py
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"])
    /// # file: demo/__init__.py
    /// # file: demo/main.py
    /// ```
    "case-collision", Warning, "two files of the wheel whose names differ by case only",
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(wheel) = &cx.preview().wheel else { return Vec::new() };
    let mut seen: HashMap<String, &str> = HashMap::new();
    let mut found = Vec::new();
    for (path, _) in wheel {
        if let Some(first) = seen.insert(path.to_lowercase(), path) {
            let message = format!("`{first}` and `{path}` are one file on Windows and macOS");
            let diagnostic = match cx.metadata().origin("packages") {
                Some(origin) => Diagnostic::new(&CODE, origin, message),
                None => Diagnostic::general(&CODE, message),
            };
            found.push(diagnostic.help("rename one of them"));
        }
    }
    found
}

//! Extras whose names are the same to every tool.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::name::normalize;
use std::collections::BTreeMap;

rule! {
    /// Tools compare the names of extras without regard to case, and `-`, `_` and `.` are one (PEP 685). Two extras that differ
    /// only in that are one extra, and which requirements it has depends on the tool.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", extras_require={"fast_io": ["a"], "fast-io": ["b"]})
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", extras_require={"fast-io": ["a", "b"]})
    /// ```
    "extra-name-collision", Warning, "two extras whose names are one name",
    sources: &["PEP 685"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let extras = cx.metadata().list_map("extras_require").unwrap_or_default();
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for (written, _) in extras {
        // `extra:marker` has requirements of that extra, `:marker` of none.
        let name = written.split(':').next().unwrap_or(written);
        if name.is_empty() {
            continue;
        }
        if let Some(first) = seen.get(&normalize(name)).copied().filter(|first| *first != name)
            && let Some(item) = cx.find_text("extras_require", name)
        {
            let message = format!("the extras `{first}` and `{name}` are one extra to installers");
            found.push(
                Diagnostic::new(&CODE, item.span, message)
                    .help("give them different names, or make them one"),
            );
        }
        seen.entry(normalize(name)).or_insert(name);
    }
    found
}

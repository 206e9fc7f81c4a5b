//! A pattern that no file matches.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::project::glob::{Hidden, convert, join};

rule! {
    /// The files that were meant are missing in the wheel, and nothing says so.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"], package_data={"demo": ["templates/*.htm"]})
    /// # file: demo/__init__.py
    /// # file: demo/templates/a.html
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"], package_data={"demo": ["templates/*.html"]})
    /// # file: demo/__init__.py
    /// # file: demo/templates/a.html
    /// ```
    "package-data-no-match", Warning, "a pattern of `package_data` that no file matches",
    sources: &["setuptools: data files"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(layout) = &cx.preview().layout else { return Vec::new() };
    let Some(origin) = cx.set_at("package_data") else { return Vec::new() };
    let mut found = Vec::new();
    for (package, patterns) in cx.metadata().list_map("package_data").unwrap_or_default() {
        // `""` and `"*"` speak of every package.
        if package.is_empty() || package == "*" || !layout.packages.contains(package) {
            continue;
        }
        let directory = layout.directory(package);
        for pattern in patterns {
            let path = join(&directory, &convert(pattern));
            if cx.tree.glob(&path, Hidden::Skip, true).iter().any(|path| cx.tree.is_file(path)) {
                continue;
            }
            let span = cx.find_text("package_data", pattern).map_or(origin, |item| item.span);
            let message = format!("no file of `{package}` matches `{pattern}`");
            let mut diagnostic = Diagnostic::new(&CODE, span, message);
            diagnostic = if cx.tree.is_directory(&path) {
                diagnostic
                    .help(format!("`{pattern}` is a directory: patterns name files, as in `{pattern}/*`"))
            } else {
                diagnostic.help(format!("the pattern is looked for below `{directory}`"))
            };
            found.push(diagnostic);
        }
    }
    found
}

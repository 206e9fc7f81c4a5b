//! A classifier for a Python that is shut out.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::{Python, specifiers};

rule! {
    /// The classifiers promise a Python on which pip will not install the project.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     python_requires=">=3.6",
    ///     classifiers=["Programming Language :: Python :: 2.7"],
    /// )
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     python_requires=">=3.6",
    ///     classifiers=["Programming Language :: Python :: 3.6", "Programming Language :: Python :: 3"],
    /// )
    /// ```
    "python-classifier-conflict", Warning, "a classifier for a Python that `python_requires` shuts out",
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((requires, origin)) = cx.text("python_requires") else { return Vec::new() };
    let Ok(specifiers) = specifiers::parse(requires) else { return Vec::new() };
    let mut found = Vec::new();
    for item in cx.items("classifiers") {
        let Some(version) = item.text.strip_prefix("Programming Language :: Python :: ") else { continue };
        let Ok(python) = version.parse::<Python>() else { continue };
        if !specifiers::admits_python(&specifiers, python) {
            let message = format!("`{}` is promised, but `python_requires` is `{requires}`", item.text);
            let diagnostic = Diagnostic::new(&CODE, item.span, message).label(origin, "shut out here");
            found.push(
                diagnostic.help("take the classifier out, or let `python_requires` take that Python in"),
            );
        }
    }
    found
}

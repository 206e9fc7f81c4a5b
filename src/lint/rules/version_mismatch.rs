//! A version other than the package's own.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::Version;
use crate::packaging::name::normalize;
use crate::project::glob::join;
use crate::syntax::python::{self, Dialect, ast};
use crate::text::Sources;
use crate::text::encoding::decode_python;

rule! {
    /// The version in setup() and the `__version__` of the project's package differ: one of them was forgotten at a release.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.1", packages=["demo"])
    /// # file: demo/__init__.py
    /// __version__ = "1.0"
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.1", packages=["demo"])
    /// # file: demo/__init__.py
    /// __version__ = "1.1"
    /// ```
    "version-mismatch", Warning, "a version other than the `__version__` of the package",
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some((version, origin)), Some((name, _))) = (cx.text("version"), cx.text("name")) else {
        return Vec::new();
    };
    let Some(layout) = &cx.preview().layout else { return Vec::new() };
    // Only of the package that has the project's name: others may have versions of their own.
    let own = normalize(name).replace('-', "_");
    let Some(package) = layout.packages.iter().find(|package| package.to_lowercase() == own) else {
        return Vec::new();
    };
    let path = join(&layout.directory(package), "__init__.py");
    let Some((other, text)) = assigned(cx, &path) else { return Vec::new() };
    let same = match (version.parse::<Version>(), other.parse::<Version>()) {
        (Ok(version), Ok(other)) => version == other,
        _ => true,
    };
    if same {
        return Vec::new();
    }
    let span = cx.find_text("version", version).map_or(origin, |item| item.span);
    let message = format!("the version is `{version}`, but `__version__` of `{package}` is `{other}`");
    let line = text.lines().position(|line| line.starts_with("__version__")).unwrap_or(0) + 1;
    let help = format!("`{path}` says it on line {line}: let one of them be read from the other");
    vec![cx.with_trail(Diagnostic::new(&CODE, span, message), "version").help(help)]
}

/// The one literal `__version__` of a module, with the module's text.
fn assigned(cx: &Context<'_>, path: &str) -> Option<(String, String)> {
    let text = decode_python(&cx.system.read(path).ok()?).ok()?;
    let mut scratch = Sources::new();
    let file = scratch.add(path, &text);
    let parsed = python::parse_either(&scratch, file, Dialect::Python3).ok()?;
    let mut found = parsed.body.iter().filter_map(|statement| match statement {
        ast::Stmt::Assign(assign) => match (&assign.targets[..], &*assign.value) {
            ([ast::Expr::Name(name)], value) if name.id.as_str() == "__version__" => Some(match value {
                ast::Expr::Constant(constant) => constant.value.as_str().cloned(),
                _ => None,
            }),
            _ => None,
        },
        _ => None,
    });
    let (first, second) = (found.next()??, found.next());
    second.is_none().then_some((first, text))
}

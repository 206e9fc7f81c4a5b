//! Two versions of one project.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::packaging::Version;
use crate::syntax::python::{self, Dialect, ast};
use crate::text::Sources;
use crate::text::encoding::decode_python;

rule! {
    /// `setup()` gives one version, and the package says another in its `__version__`: one of them was forgotten at the last release.
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
    "version-mismatch", Warning, "the package says another version than `setup()`",
    sources: &["PEP 396"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some((version, span)), Some((name, _))) = (cx.text("version"), cx.text("name")) else {
        return Vec::new();
    };
    let Some(wheel) = &cx.preview().wheel else { return Vec::new() };
    // Other packages in the wheel may be somebody else's.
    let module = name.replace(['-', '.'], "_").to_lowercase();
    let places = [format!("{module}/__init__.py"), format!("{module}.py")];
    let Some((_, path)) = wheel.iter().find(|(path, _)| places.contains(&path.to_lowercase())) else {
        return Vec::new();
    };
    let Some(own) = literal_version(cx, path) else { return Vec::new() };
    let differ = match (own.parse::<Version>(), version.parse::<Version>()) {
        (Ok(own), Ok(version)) => own != version,
        _ => false,
    };
    if !differ {
        return Vec::new();
    }
    let message = format!("`setup()` says {version}, and `{path}` says {own}");
    let diagnostic = Diagnostic::new(&CODE, span, message).help("read the version from one place in both");
    vec![cx.with_trail(diagnostic, "version")]
}

/// The text of `__version__` when it is set once, plainly.
fn literal_version(cx: &Context<'_>, path: &str) -> Option<String> {
    let text = decode_python(&cx.system.read(path).ok()?).ok()?;
    let mut scratch = Sources::new();
    let file = scratch.add(path, &text);
    let parsed = python::parse_either(&scratch, file, Dialect::Python3).ok()?;
    let mut found = parsed.body.iter().filter_map(|statement| match statement {
        ast::Stmt::Assign(assign) => {
            let named = assign
                .targets
                .iter()
                .any(|target| matches!(target, ast::Expr::Name(name) if name.id.as_str() == "__version__"));
            named.then_some(&*assign.value)
        }
        _ => None,
    });
    let (Some(ast::Expr::Constant(constant)), None) = (found.next(), found.next()) else { return None };
    constant.value.as_str().cloned()
}

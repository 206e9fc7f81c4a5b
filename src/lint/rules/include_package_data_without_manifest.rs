//! `include_package_data` that includes nothing.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::project::glob::join;
use crate::system::{Kind, normalise};

rule! {
    /// `include_package_data` takes what MANIFEST.in names. Without a MANIFEST.in the data files in the package directories stay out of the wheel.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"], include_package_data=True)
    /// # file: demo/__init__.py
    /// # file: demo/data.json
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", packages=["demo"], include_package_data=True)
    /// # file: MANIFEST.in
    /// recursive-include demo *.json
    /// # file: demo/__init__.py
    /// # file: demo/data.json
    /// ```
    "include-package-data-without-manifest", Info, "`include_package_data` with nothing that it could include",
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let preview = cx.preview();
    let (Some(layout), Some(wheel)) = (&preview.layout, &preview.wheel) else { return Vec::new() };
    if cx.manifest.is_some() || cx.metadata().flag("include_package_data") != Ok(Some(true)) {
        return Vec::new();
    }
    // Plug-ins name files that nobody else knows of.
    let plug_in = |name: &str| cx.keyword(name).is_some();
    let Some(origin) =
        cx.set_at("include_package_data").filter(|_| !plug_in("use_scm_version") && !plug_in("pbr"))
    else {
        return Vec::new();
    };
    let data = layout.packages.iter().find_map(|package| {
        let directory = layout.directory(package);
        let files = cx.tree.list(&directory);
        let (name, _) = files.iter().find(|(name, kind)| {
            let source = normalise(&join(&directory, name)).unwrap_or_default();
            let code = name.ends_with(".py") || name.ends_with(".pyc") || name.starts_with('.');
            *kind == Kind::File && !code && !wheel.iter().any(|(_, other)| *other == source)
        })?;
        Some(join(&directory, name))
    });
    let Some(data) = data else { return Vec::new() };
    let message = format!("there is no MANIFEST.in, so files such as `{data}` stay out of the wheel");
    vec![Diagnostic::new(&CODE, origin, message).help("name them in MANIFEST.in, or in `package_data`")]
}

//! An argument that `setup()` does not have.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, rule};
use crate::text::nearest::nearest_within;

rule! {
    /// setuptools says "Unknown distribution option" and goes on, so that what was meant is silently missing. Arguments of plug-ins that `setup_requires` or `[build-system]` name are passed over.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_require=["flask"])
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["flask"])
    /// ```
    "unknown-keyword", Error, "an argument that `setup()` does not have",
    sources: &["setuptools: keywords"],
}

/// What setuptools 84 takes, with what distutils had and what went since (there are rules for those).
const KNOWN: &[&str] = &[
    "author",
    "author_email",
    "classifiers",
    "cmdclass",
    "command_options",
    "command_packages",
    "command_obj",
    "data_files",
    "dependency_links",
    "description",
    "distclass",
    "download_url",
    "eager_resources",
    "entry_points",
    "exclude_package_data",
    "ext_modules",
    "ext_package",
    "extra_path",
    "extras_require",
    "features",
    "fullname",
    "have_run",
    "headers",
    "include_dirs",
    "include_package_data",
    "install_requires",
    "keywords",
    "libraries",
    "licence",
    "license",
    "license_expression",
    "license_file",
    "license_files",
    "long_description",
    "long_description_content_type",
    "maintainer",
    "maintainer_email",
    "metadata",
    "name",
    "namespace_packages",
    "obsoletes",
    "options",
    "package_data",
    "package_dir",
    "packages",
    "password",
    "platforms",
    "project_urls",
    "provides",
    "provides_extras",
    "py_modules",
    "python_requires",
    "requires",
    "script_args",
    "script_name",
    "scripts",
    "setup_requires",
    "src_root",
    "summary",
    "test_loader",
    "test_runner",
    "test_suite",
    "tests_require",
    "url",
    "use_2to3",
    "use_2to3_exclude_fixers",
    "use_2to3_fixers",
    "convert_2to3_doctests",
    "verbose",
    "version",
    "zip_safe",
    "contact",
    "contact_email",
    "setup_cfg",
];

/// Of plug-ins that are common.
const PLUG_INS: &[&str] = &[
    "app",
    "bundle_files",
    "cffi_modules",
    "console",
    "d2to1",
    "executables",
    "message_extractors",
    "pbr",
    "rust_extensions",
    "service",
    "use_scm_version",
    "windows",
    "zipfile",
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((outcome, call)) = cx.call() else { return Vec::new() };
    // A class of the project's own may take any argument.
    if call.keywords.iter().any(|(name, ..)| name == "distclass") || !outcome.patches.is_empty() {
        return Vec::new();
    }
    let required = !cx.list("setup_requires").is_empty()
        || cx.pyproject.as_ref().is_some_and(|(_, table)| {
            let requires = table.table("build-system").and_then(|table| table.get("requires")?.texts());
            requires
                .unwrap_or_default()
                .iter()
                .any(|text| !text.starts_with("setuptools") && !text.starts_with("wheel"))
        });
    let mut found = Vec::new();
    for (name, _, span) in &call.keywords {
        if KNOWN.contains(&name.as_str()) || PLUG_INS.contains(&name.as_str()) {
            continue;
        }
        let near = nearest_within(name, KNOWN.iter().copied(), 2);
        if required && near.is_none() {
            continue;
        }
        let message = format!("`setup()` has no argument `{name}`: setuptools passes over it");
        let diagnostic = Diagnostic::new(&CODE, *span, message);
        let word = crate::text::Span::new(span.file, span.start, span.start + name.len() as u32);
        found.push(match near {
            Some(near) if cx.sources.slice(word) == name => diagnostic
                .help(format!("did you mean `{near}`?"))
                .fix(Fix::risky(format!("write `{near}`"), vec![Edit::new(word, near)])),
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => {
                diagnostic.help("take it out; where a plug-in has it, name the plug-in in `[build-system]`")
            }
        });
    }
    found
}

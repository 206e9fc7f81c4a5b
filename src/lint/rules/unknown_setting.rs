//! A setting that setuptools does not have.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, rule};
use crate::text::nearest::nearest_within;

rule! {
    /// setuptools passes over it without a word, so that what was meant is silently missing.
    ///
    /// ```ini bad
    /// [metadata]
    /// name = demo
    /// desciption = short
    /// ```
    /// ```ini good
    /// [metadata]
    /// name = demo
    /// description = short
    /// ```
    "unknown-setting", Warning, "a setting of setup.cfg that setuptools does not have",
    sources: &["setuptools: setup.cfg"],
}

const METADATA: &[&str] = &[
    "author",
    "author_email",
    "classifier",
    "classifiers",
    "description",
    "description_file",
    "download_url",
    "home_page",
    "keywords",
    "license",
    "license_expression",
    "license_file",
    "license_files",
    "long_description",
    "long_description_content_type",
    "maintainer",
    "maintainer_email",
    "name",
    "obsoletes",
    "platform",
    "platforms",
    "project_urls",
    "provides",
    "requires",
    "summary",
    "url",
    "version",
];
const OPTIONS: &[&str] = &[
    "data_files",
    "dependency_links",
    "eager_resources",
    "entry_points",
    "exclude_package_data",
    "extras_require",
    "include_package_data",
    "install_requires",
    "namespace_packages",
    "package_data",
    "package_dir",
    "packages",
    "py_modules",
    "python_requires",
    "scripts",
    "setup_requires",
    "test_suite",
    "tests_require",
    "use_2to3",
    "zip_safe",
    "cmdclass",
    "ext_modules",
    "test_loader",
    "test_runner",
    "use_2to3_exclude_fixers",
    "use_2to3_fixers",
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(config) = &cx.config else { return Vec::new() };
    // These read setup.cfg themselves, with keys of their own.
    if ["pbr", "d2to1"].iter().any(|name| cx.keyword(name).is_some()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (section, known) in [("metadata", METADATA), ("options", OPTIONS)] {
        for setting in config.section(section).iter().flat_map(|section| &section.settings) {
            // Keys of other tools have dashes, and a rule of their own.
            if known.contains(&setting.name.as_str())
                || cx.sources.slice(setting.name_span()) != setting.written()
            {
                continue;
            }
            let message = format!("`[{section}]` has no `{}`: setuptools passes over it", setting.name);
            let elsewhere = if section == "metadata" { (OPTIONS, "options") } else { (METADATA, "metadata") };
            let diagnostic = Diagnostic::new(&CODE, setting.name_span(), message);
            let near = nearest_within(&setting.name, known.iter().copied(), 2);
            found.push(if elsewhere.0.contains(&setting.name.as_str()) {
                diagnostic.help(format!("it belongs into `[{}]`", elsewhere.1))
            } else if let Some(near) = near {
                let fix = Fix::risky(format!("write `{near}`"), vec![Edit::new(setting.name_span(), near)]);
                diagnostic.help(format!("did you mean `{near}`?")).fix(fix)
            } else {
                diagnostic.help("take it out")
            });
        }
    }
    found
}

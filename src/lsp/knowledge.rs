//! What hovers and completions say of keywords, sections, commands and options, in tables.

/// Something with a name, and what there is to say of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
}

macro_rules! table {
    ($(#[$doc:meta])* $name:ident: $($key:literal $about:literal;)*) => {
        $(#[$doc])*
        pub(super) static $name: &[Entry] = &[$(Entry { name: $key, about: $about }),*];
    };
}

table! {
    /// Arguments of `setup()`; those that are fields have the same names in setup.cfg.
    KEYWORDS:
    "author" "Who wrote it: `Author` of the metadata.";
    "author_email" "The author's address: `Author-email`.";
    "classifiers" "A list of trove classifiers: `Classifier`. An index refuses one that it does not know.";
    "cmdclass" "Commands of setuptools that classes of the project replace. Such a class is code that takes part in the build.";
    "data_files" "Pairs of a directory and files, installed below the environment's root, not beside the packages.";
    "dependency_links" "Pages to look for requirements on. pip passes them over since version 19.0: write `name @ URL` instead.";
    "description" "One line that says what it is: `Summary`.";
    "distclass" "A class of the project that takes the place of `Distribution`.";
    "download_url" "Where to get it: `Download-URL`.";
    "eager_resources" "An option of eggs, without effect in wheels.";
    "entry_points" "What other programs find by name: groups of `name = module:attribute`. `console_scripts` become commands.";
    "exclude_package_data" "Patterns of files that are left out, by package.";
    "ext_modules" "Extension modules: they need a compiler.";
    "ext_package" "The package that extension modules are put into.";
    "extras_require" "Requirements that people ask for by name, as `project[extra]`: `Provides-Extra`.";
    "headers" "Header files to install.";
    "include_package_data" "Whether the files of packages that MANIFEST.in puts into the source distribution go into the wheel as well.";
    "install_requires" "What must be there at run time: `Requires-Dist`, one PEP 508 requirement each.";
    "keywords" "Words to find it by: `Keywords`.";
    "libraries" "C libraries that extension modules need.";
    "license" "The licence in words: `License`. `license_expression` says it in SPDX.";
    "license_expression" "The licence as an SPDX expression (PEP 639): `License-Expression`.";
    "license_file" "One licence file; `license_files` takes its place.";
    "license_files" "Patterns of licence files: they go into the wheel's metadata directory.";
    "long_description" "The page that an index shows: often the README's text.";
    "long_description_content_type" "`text/markdown`, `text/x-rst` or `text/plain`. Without it an index reads reStructuredText.";
    "maintainer" "Who looks after it now: `Maintainer`.";
    "maintainer_email" "The maintainer's address: `Maintainer-email`.";
    "name" "The project's name: `Name`. Letters, digits, `.`, `-` and `_`.";
    "namespace_packages" "Packages that several distributions share, the old way. `find_namespace_packages()` and no `__init__.py` take its place (PEP 420).";
    "obsoletes" "Written into the metadata, and read by no installer.";
    "options" "Options of commands, by command, as sections of setup.cfg give them.";
    "package_data" "Patterns of data files, by package; `\"\"` is every package.";
    "package_dir" "Where packages stand: `{\"\": \"src\"}` puts all of them below `src`.";
    "packages" "The packages that are installed, dotted; sub-packages are named each. `find_packages()` finds them.";
    "platforms" "`Platform` of the metadata.";
    "project_urls" "Labels and addresses: `Project-URL`.";
    "provides" "Written into the metadata, and read by no installer.";
    "py_modules" "Modules that stand outside of packages, without `.py`.";
    "python_requires" "The Pythons that it runs on: `Requires-Python`. pip takes an older release where this one does not run.";
    "requires" "Written into the metadata, and read by no installer: `install_requires` is meant.";
    "script_args" "The command line that setup.py sees.";
    "script_name" "The name that setup.py sees of itself.";
    "scripts" "Files that are installed as commands. `entry_points` make commands that work on Windows too.";
    "setup_requires" "What the build needs. Deprecated since setuptools 58.3: `[build-system] requires` of pyproject.toml takes its place.";
    "test_loader" "An option of the `test` command, which setuptools 72 removed.";
    "test_suite" "An option of the `test` command, which setuptools 72 removed.";
    "tests_require" "Requirements of the `test` command, which setuptools 72 removed. An extra takes its place.";
    "url" "The home page: `Home-page`.";
    "use_2to3" "Makes Python 3 code of Python 2 code. An error since setuptools 58.";
    "use_scm_version" "The version comes from version control, by setuptools_scm.";
    "version" "The version, as PEP 440 has it: `Version`.";
    "zip_safe" "An option of eggs, without effect in wheels.";
}

table! {
    /// Sections of setup.cfg that setuptools reads.
    SECTIONS:
    "metadata" "What the project is: its name, version, description, authors.";
    "options" "What is installed, and what that needs.";
    "options.packages.find" "Where `find:` and `find_namespace:` look: `where`, `include`, `exclude`.";
    "options.entry_points" "One group an option: `console_scripts = ` and lines of `name = module:attribute`.";
    "options.extras_require" "One extra an option, with a requirement a line.";
    "options.package_data" "One package an option, with patterns; `*` is every package.";
    "options.exclude_package_data" "One package an option, with patterns of files that are left out.";
    "options.data_files" "One directory an option, with the files that are put there.";
    "bdist_wheel" "Options of `bdist_wheel`: `universal`, `python_tag`, `plat_name`, `build_number`.";
    "egg_info" "Options of `egg_info`: `tag_build`, `tag_date`, `egg_base`.";
    "sdist" "Options of `sdist`: `formats`.";
    "aliases" "Short names of commands for `setup.py NAME`.";
}

table! {
    /// Options of `[options.packages.find]`.
    FIND_OPTIONS:
    "where" "The directory to look in.";
    "include" "Patterns of packages to take.";
    "exclude" "Patterns of packages to leave out: `tests` and `tests.*` are two.";
}

table! {
    /// Commands of MANIFEST.in.
    MANIFEST_COMMANDS:
    "include" "`include PATTERN …`: adds the files that match, from the root.";
    "exclude" "`exclude PATTERN …`: takes the files that match out again.";
    "recursive-include" "`recursive-include DIRECTORY PATTERN …`: adds the files below the directory whose names match.";
    "recursive-exclude" "`recursive-exclude DIRECTORY PATTERN …`: takes out the files below the directory whose names match.";
    "global-include" "`global-include PATTERN …`: adds the files anywhere whose names match.";
    "global-exclude" "`global-exclude PATTERN …`: takes out the files anywhere whose names match.";
    "graft" "`graft DIRECTORY`: adds everything below the directory.";
    "prune" "`prune DIRECTORY`: takes out everything below the directory.";
}

table! {
    /// Options of requirements files.
    REQUIREMENT_OPTIONS:
    "--constraint" "Takes versions from a constraints file, which asks for nothing itself.";
    "--editable" "Installs a project so that its files stay where they are.";
    "--extra-index-url" "A further index, asked beside the first: whoever owns a name on either can answer for it.";
    "--find-links" "A directory or page of distributions.";
    "--hash" "The archive's hash, `algorithm:digest`. With one of them, every requirement needs one.";
    "--index-url" "The index that is asked.";
    "--no-binary" "Takes source distributions of these, which run code to install.";
    "--no-index" "Asks no index.";
    "--only-binary" "Takes wheels of these only.";
    "--pre" "Takes pre-releases too.";
    "--prefer-binary" "Takes an older wheel rather than a newer source distribution.";
    "--requirement" "Includes another requirements file.";
    "--require-hashes" "Installs nothing without a hash.";
    "--trusted-host" "A host that is trusted without a certificate.";
    "-c" "Takes versions from a constraints file, which asks for nothing itself.";
    "-e" "Installs a project so that its files stay where they are.";
    "-f" "A directory or page of distributions.";
    "-i" "The index that is asked.";
    "-r" "Includes another requirements file.";
}

/// Fields of `[metadata]` in setup.cfg; the rest of the fields are options.
pub(super) const METADATA_KEYS: &[&str] = &[
    "author",
    "author_email",
    "classifiers",
    "description",
    "download_url",
    "keywords",
    "license",
    "license_expression",
    "license_files",
    "long_description",
    "long_description_content_type",
    "maintainer",
    "maintainer_email",
    "name",
    "obsoletes",
    "platforms",
    "project_urls",
    "provides",
    "requires",
    "url",
    "version",
];

/// Fields of `[options]` in setup.cfg.
pub(super) const OPTION_KEYS: &[&str] = &[
    "cmdclass",
    "dependency_links",
    "entry_points",
    "include_package_data",
    "install_requires",
    "namespace_packages",
    "package_dir",
    "packages",
    "py_modules",
    "python_requires",
    "scripts",
    "setup_requires",
    "zip_safe",
];

pub(super) fn about(table: &'static [Entry], name: &str) -> Option<&'static str> {
    table.iter().find(|entry| entry.name == name).map(|entry| entry.about)
}

/// What there is to say of a kind of diagnostic, in Markdown.
pub(super) fn explanation(code: &str) -> Option<String> {
    crate::ops::lint::explain(code).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::metadata::FIELDS;

    #[test]
    fn every_field_is_explained_and_every_key_is_a_field() {
        for (field, _) in FIELDS.iter().filter(|(field, _)| *field != "universal") {
            assert!(about(KEYWORDS, field).is_some(), "{field}");
        }
        for key in METADATA_KEYS.iter().chain(OPTION_KEYS) {
            assert!(about(KEYWORDS, key).is_some(), "{key}");
        }
        assert!(explanation("syntax-error").is_some_and(|text| text.contains("grammar")));
    }
}

//! The words of `setup()` and of setup.cfg: where each may stand, and what there is to say of it. Rules, hovers and completions
//! read this one table.

/// Where a word may stand, and what it counts for there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slot {
    /// An argument of `setup()`, of setuptools 84, of distutils, or of what went since.
    Setup,
    /// An option of `[metadata]` in setup.cfg.
    Metadata,
    /// An option of `[options]`.
    Options,
    /// An option of `[options]` that setuptools looks at and that no text can give.
    Refused,
    /// An argument of `setup()` that a plug-in which many have brings.
    PlugIn,
    /// Another spelling, or a thing that went: nothing to offer to people who write.
    Old,
}

/// One word.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    pub name: &'static str,
    slots: &'static [Slot],
    /// Markdown, one line; may be empty.
    pub about: &'static str,
}

impl Word {
    pub fn is(&self, slot: Slot) -> bool {
        self.slots.contains(&slot)
    }
}

/// The words that may stand in one of some places.
pub fn words(slots: &'static [Slot]) -> impl Iterator<Item = &'static Word> {
    WORDS.iter().filter(move |word| slots.iter().any(|slot| word.is(*slot)))
}

/// The words to offer where somebody writes.
pub fn offered(slot: Slot) -> impl Iterator<Item = &'static Word> {
    WORDS.iter().filter(move |word| word.is(slot) && !word.is(Slot::Old) && !word.about.is_empty())
}

/// What there is to say of a word, if anything.
pub fn about(name: &str) -> Option<&'static str> {
    WORDS.iter().find(|word| word.name == name).map(|word| word.about).filter(|about| !about.is_empty())
}

macro_rules! words {
    ($($name:literal [$($slot:ident)+] $($about:literal)?;)*) => {
        /// Sorted by name.
        pub static WORDS: &[Word] =
            &[$(Word { name: $name, slots: &[$(Slot::$slot),+], about: concat!($($about)?) }),*];
    };
}

words! {
    "app" [PlugIn];
    "author" [Setup Metadata] "Who wrote it: `Author` of the metadata.";
    "author_email" [Setup Metadata] "The author's address: `Author-email`.";
    "bundle_files" [PlugIn];
    "cffi_modules" [PlugIn];
    "classifier" [Metadata Old];
    "classifiers" [Setup Metadata] "A list of trove classifiers: `Classifier`. An index refuses one that it does not know.";
    "cmdclass" [Setup Options] "Commands of setuptools that classes of the project replace. Such a class is code that takes part in the build.";
    "command_obj" [Setup];
    "command_options" [Setup];
    "command_packages" [Setup];
    "console" [PlugIn];
    "contact" [Setup];
    "contact_email" [Setup];
    "convert_2to3_doctests" [Setup Old];
    "d2to1" [PlugIn];
    "data_files" [Setup Refused] "Pairs of a directory and files, installed below the environment's root, not beside the packages.";
    "dependency_links" [Setup Options Old] "Pages to look for requirements on. pip passes them over since version 19.0: write `name @ URL` instead.";
    "description" [Setup Metadata] "One line that says what it is: `Summary`.";
    "description_file" [Metadata Old];
    "distclass" [Setup] "A class of the project that takes the place of `Distribution`.";
    "download_url" [Setup Metadata] "Where to get it: `Download-URL`.";
    "eager_resources" [Setup Options Old] "An option of eggs, without effect in wheels.";
    "entry_points" [Setup Options] "What other programs find by name: groups of `name = module:attribute`. `console_scripts` become commands.";
    "exclude_package_data" [Setup Refused] "Patterns of files that are left out, by package.";
    "executables" [PlugIn];
    "ext_modules" [Setup Refused] "Extension modules: they need a compiler.";
    "ext_package" [Setup] "The package that extension modules are put into.";
    "extra_path" [Setup];
    "extras_require" [Setup Refused] "Requirements that people ask for by name, as `project[extra]`: `Provides-Extra`.";
    "features" [Setup Old];
    "fullname" [Setup];
    "have_run" [Setup];
    "headers" [Setup Refused] "Header files to install.";
    "home_page" [Metadata Old];
    "include_dirs" [Setup];
    "include_package_data" [Setup Options] "Whether the files of packages that MANIFEST.in puts into the source distribution go into the wheel as well.";
    "install_requires" [Setup Options] "What must be there at run time: `Requires-Dist`, one PEP 508 requirement each.";
    "keywords" [Setup Metadata] "Words to find it by: `Keywords`.";
    "libraries" [Setup Refused] "C libraries that extension modules need.";
    "licence" [Setup Old];
    "license" [Setup Metadata] "The licence in words: `License`. `license_expression` says it in SPDX.";
    "license_expression" [Setup Metadata] "The licence as an SPDX expression (PEP 639): `License-Expression`.";
    "license_file" [Setup Metadata Old] "One licence file; `license_files` takes its place.";
    "license_files" [Setup Metadata] "Patterns of licence files: they go into the wheel's metadata directory.";
    "long_description" [Setup Metadata] "The page that an index shows: often the README's text.";
    "long_description_content_type" [Setup Metadata] "`text/markdown`, `text/x-rst` or `text/plain`. Without it an index reads reStructuredText.";
    "maintainer" [Setup Metadata] "Who looks after it now: `Maintainer`.";
    "maintainer_email" [Setup Metadata] "The maintainer's address: `Maintainer-email`.";
    "message_extractors" [PlugIn];
    "metadata" [Setup];
    "name" [Setup Metadata] "The project's name: `Name`. Letters, digits, `.`, `-` and `_`.";
    "namespace_packages" [Setup Options Old] "Packages that several distributions share, the old way. `find_namespace_packages()` and no `__init__.py` take its place (PEP 420).";
    "obsoletes" [Setup Metadata Old] "Written into the metadata, and read by no installer.";
    "options" [Setup] "Options of commands, by command, as sections of setup.cfg give them.";
    "package_data" [Setup Refused] "Patterns of data files, by package; `\"\"` is every package.";
    "package_dir" [Setup Options] "Where packages stand: `{\"\": \"src\"}` puts all of them below `src`.";
    "packages" [Setup Options] "The packages that are installed, dotted; sub-packages are named each. `find_packages()` finds them.";
    "password" [Setup];
    "pbr" [PlugIn];
    "platform" [Metadata Old];
    "platforms" [Setup Metadata] "`Platform` of the metadata.";
    "project_urls" [Setup Metadata] "Labels and addresses: `Project-URL`.";
    "provides" [Setup Metadata Old] "Written into the metadata, and read by no installer.";
    "provides_extras" [Setup];
    "py_modules" [Setup Options] "Modules that stand outside of packages, without `.py`.";
    "python_requires" [Setup Options] "The Pythons that it runs on: `Requires-Python`. pip takes an older release where this one does not run.";
    "requires" [Setup Metadata Old] "Written into the metadata, and read by no installer: `install_requires` is meant.";
    "rust_extensions" [PlugIn];
    "script_args" [Setup] "The command line that setup.py sees.";
    "script_name" [Setup] "The name that setup.py sees of itself.";
    "scripts" [Setup Options] "Files that are installed as commands. `entry_points` make commands that work on Windows too.";
    "service" [PlugIn];
    "setup_cfg" [Setup];
    "setup_requires" [Setup Options Old] "What the build needs. Deprecated since setuptools 58.3: `[build-system] requires` of pyproject.toml takes its place.";
    "src_root" [Setup];
    "summary" [Setup Metadata Old];
    "test_loader" [Setup Options Old] "An option of the `test` command, which setuptools 72 removed.";
    "test_runner" [Setup Options Old];
    "test_suite" [Setup Options Old] "An option of the `test` command, which setuptools 72 removed.";
    "tests_require" [Setup Options Old] "Requirements of the `test` command, which setuptools 72 removed. An extra takes its place.";
    "url" [Setup Metadata] "The home page: `Home-page`.";
    "use_2to3" [Setup Refused Old] "Makes Python 3 code of Python 2 code. An error since setuptools 58.";
    "use_2to3_exclude_fixers" [Setup Options Old];
    "use_2to3_fixers" [Setup Options Old];
    "use_scm_version" [PlugIn] "The version comes from version control, by setuptools_scm.";
    "verbose" [Setup];
    "version" [Setup Metadata] "The version, as PEP 440 has it: `Version`.";
    "windows" [PlugIn];
    "zip_safe" [Setup Options Old] "An option of eggs, without effect in wheels.";
    "zipfile" [PlugIn];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::metadata::FIELDS;
    use crate::project::setup_cfg;

    #[test]
    fn every_field_is_explained() {
        assert!(WORDS.is_sorted_by_key(|word| word.name));
        for (field, _) in FIELDS.iter().filter(|(field, _)| *field != "universal") {
            assert!(about(field).is_some(), "{field}");
        }
    }

    #[test]
    fn setup_cfg_reads_what_the_table_says() {
        let find = |name: &str| WORDS.iter().find(|word| word.name == name);
        for name in setup_cfg::names("metadata") {
            assert!(find(name).is_some_and(|word| word.is(Slot::Metadata)), "{name}");
        }
        for name in setup_cfg::names("options") {
            assert!(
                find(name).is_some_and(|word| word.is(Slot::Options) || word.is(Slot::Refused)),
                "{name}"
            );
        }
        for (section, slot) in [("metadata", Slot::Metadata), ("options", Slot::Options)] {
            let read: Vec<&str> = setup_cfg::names(section).collect();
            for word in offered(slot) {
                assert!(read.contains(&word.name), "`{}` is offered in [{section}]", word.name);
            }
        }
    }
}

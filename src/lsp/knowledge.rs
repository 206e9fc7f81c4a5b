//! What hovers and completions say of sections, commands and options, in tables; of keywords, [`crate::project::vocabulary`]
//! says it.

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

    #[test]
    fn codes_are_explained() {
        assert!(explanation("syntax-error").is_some_and(|text| text.contains("grammar")));
    }
}

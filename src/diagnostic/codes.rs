//! Every kind of diagnostic, in one sorted table.

use super::{Code, Severity};

macro_rules! codes {
    ($($ident:ident $name:literal $severity:ident $summary:literal;)*) => {
        $(pub static $ident: Code = Code { name: $name, severity: Severity::$severity, summary: $summary };)*
        /// Sorted by name.
        pub static CODES: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    ABSOLUTE_DATA_FILE "absolute-data-file" Warning "a data file for an absolute directory lands in site-packages";
    AMBIGUOUS_DISCOVERY "ambiguous-discovery" Error "several top-level packages or modules and no `packages`";
    AMBIGUOUS_ENTRY_POINT "ambiguous-entry-point" Error "several programs could be the application's";
    ASSUMPTION "assumption" Info "something that spx took for granted on the way to setup()";
    CODE_IN_BUILD "code-in-build" Error "code of the project or of a plug-in takes part in the build";
    CONFLICTING_FILES "conflicting-files" Error "two files for one place in the wheel";
    IGNORED_OPTION "ignored-option" Warning "an option that has no effect where it stands";
    INCLUDE_CYCLE "include-cycle" Error "a file that includes itself";
    INDEX_UNAVAILABLE "index-unavailable" Error "an index that could not be asked";
    INDEX_WARNING "index-warning" Warning "something about an index or a download that deserves a look";
    INERT_COMMAND "inert-command" Info "a command of the project's own that changes nothing in what is built";
    INVALID_ENTRY_POINT "invalid-entry-point" Error "an entry point that is no `module:attribute`";
    INVALID_METADATA "invalid-metadata" Error "a field that METADATA cannot hold";
    INVALID_OPTION "invalid-option" Error "an option that a file of this kind does not have, or a value that it cannot have";
    INVALID_REQUIREMENT "invalid-requirement" Error "a requirement that PEP 508 does not allow";
    INVALID_SCRIPT "invalid-script" Error "a script that cannot be installed";
    INVALID_SETTING "invalid-setting" Error "a setting in setup.cfg or pyproject.toml that setuptools refuses";
    INVALID_VERSION "invalid-version" Error "a version that PEP 440 does not allow";
    LEFT_OUT "left-out" Warning "Pythons or platforms that the application does not serve";
    LIMIT "limit" Error "more than spx reads";
    LIMIT_REACHED "limit-reached" Error "evaluation went past a limit that keeps hostile files harmless";
    MISSING_DATA_FILE "missing-data-file" Error "a file of `data_files` that is not in the project";
    MISSING_FILE "missing-file" Error "a file that is named but is not there";
    MISSING_MODULE "missing-module" Warning "a module of `py_modules` that is not in the project";
    MISSING_PACKAGE "missing-package" Error "a package of `packages` whose directory is not in the project";
    MISSING_SCRIPT "missing-script" Error "a file of `scripts` that is not in the project";
    NATIVE_CODE "native-code" Error "extension modules need a compiler and a platform";
    NO_ENTRY_POINT "no-entry-point" Error "a project without a program, of which an application was asked";
    NO_MATCHING_DISTRIBUTION "no-matching-distribution" Error "a requirement that no version of the project satisfies";
    NO_PYTHON "no-python" Error "no Python is left that the application could serve";
    NO_SUCH_EXTRA "no-such-extra" Error "an extra was asked for that the project does not have";
    NO_SUCH_SCRIPT "no-such-script" Error "a script was asked for that nothing brings";
    NO_USABLE_WHEEL "no-usable-wheel" Error "versions that satisfy a requirement, none of them with a wheel that runs there";
    OUTDATED_SETTING "outdated-setting" Warning "a setting in setup.cfg or pyproject.toml that setuptools means to drop";
    OUTSIDE_PROJECT "outside-project" Error "a path that leads out of the project";
    PASSED_OVER_VERSION "passed-over-version" Info "a newer version that could not be taken";
    REJECTED_ARCHIVE "rejected-archive" Error "an archive that breaks the rules of its format";
    REJECTED_WHEEL "rejected-wheel" Error "a wheel that breaks the rules of its format";
    RESOLUTION_TOO_HARD "resolution-too-hard" Error "requirements on which the resolver spent all the steps it may take";
    SETUP_NOT_REACHED "setup-not-reached" Error "setup.py ends before it calls setup()";
    SKIPPED_MANIFEST_LINE "skipped-manifest-line" Warning "a line of MANIFEST.in that has no effect";
    SPENT_ITERATOR "spent-iterator" Warning "an iterator that setuptools has read to its end before it uses it";
    STALE_LOCK "stale-lock" Warning "a lock that is not true to what is asked for";
    SYNTAX_ERROR "syntax-error" Error "a file that its grammar does not allow";
    TOO_COMPLEX "too-complex" Error "source nested too deeply, or too large, to be read";
    TOO_LARGE "too-large" Error "more files or bytes than spx takes";
    UNKNOWN_FIELD "unknown-field" Error "a field of the wheel that cannot be known without running setup.py";
    UNLISTED_PACKAGE "unlisted-package" Warning "a package shipped as data because `packages` does not list it";
    UNREADABLE_FILE "unreadable-file" Error "a file that cannot be read";
    UNSATISFIABLE_REQUIREMENTS "unsatisfiable-requirements" Error "requirements that contradict each other";
    UNSETTLED_ORDER "unsettled-order" Warning "a list that has another order from run to run";
    UNSUPPORTED_REQUIREMENT "unsupported-requirement" Error "a requirement of a kind that spx does not take yet";
}

#[cfg(test)]
mod tests {
    use super::CODES;

    #[test]
    fn the_table_is_sorted_and_each_summary_is_one_line() {
        assert!(CODES.is_sorted_by(|a, b| a.name < b.name), "keep codes sorted by name");
        for code in CODES {
            assert!(!code.summary.contains('\n') && !code.summary.ends_with('.'), "{}", code.name);
            assert!(code.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", code.name);
        }
    }
}

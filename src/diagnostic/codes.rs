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
    AMBIGUOUS_ENTRY_POINT "ambiguous-entry-point" Error "several programs could be the application's";
    INDEX_UNAVAILABLE "index-unavailable" Error "an index that could not be asked";
    INVALID_REQUIREMENT "invalid-requirement" Error "a requirement that PEP 508 does not allow";
    NO_MATCHING_DISTRIBUTION "no-matching-distribution" Error "a requirement that no version of the project satisfies";
    NO_USABLE_WHEEL "no-usable-wheel" Error "versions that satisfy a requirement, none of them with a wheel that runs there";
    PASSED_OVER_VERSION "passed-over-version" Info "a newer version that could not be taken";
    RESOLUTION_TOO_HARD "resolution-too-hard" Error "requirements on which the resolver spent all the steps it may take";
    SYNTAX_ERROR "syntax-error" Error "a file that its grammar does not allow";
    UNSATISFIABLE_REQUIREMENTS "unsatisfiable-requirements" Error "requirements that contradict each other";
    UNSUPPORTED_REQUIREMENT "unsupported-requirement" Error "a requirement of a kind that spx does not resolve";
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

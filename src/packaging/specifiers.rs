//! Version specifiers: what they admit (PEP 440), and the older spellings that published metadata still carries.

use super::{Python, Requirement, RequirementError, Version, VersionSpecifiers};
use pep440_rs::Operator;
use std::str::FromStr;

/// The longest specifier that is read: real ones are below 200 bytes.
const MAX_LENGTH: usize = 4096;

/// Whether every specifier admits a version. Pre-releases count as versions like others: leaving them out is the
/// business of whoever chooses.
///
/// `pep440_rs` differs from PEP 440 in two places: it compares `==1.1.*` with version `1` digit by digit and stops at the
/// shorter one instead of filling with zeros, and lets `<2.0rc2` refuse 2.0rc1.
pub fn admits(specifiers: &VersionSpecifiers, version: &Version) -> bool {
    specifiers.iter().all(|specifier| {
        let wanted = specifier.version();
        let series = || {
            let digits = |release: &[u64], place: usize| release.get(place).copied().unwrap_or(0);
            wanted.epoch() == version.epoch()
                && (0..wanted.release().len())
                    .all(|place| digits(wanted.release(), place) == digits(version.release(), place))
        };
        match specifier.operator() {
            Operator::EqualStar => series(),
            Operator::NotEqualStar => !series(),
            Operator::LessThan if wanted.any_prerelease() => version < wanted,
            _ => specifier.contains(version),
        }
    })
}

/// Whether a specifier names a pre-release, which asks for pre-releases (PEP 440, "Handling of pre-releases").
pub fn names_prerelease(specifiers: &VersionSpecifiers) -> bool {
    specifiers.iter().any(|specifier| {
        specifier.version().any_prerelease() && !matches!(specifier.operator(), Operator::NotEqual)
    })
}

/// The one version that `==1.0` or `===1.0` pins.
pub fn pinned(specifiers: &VersionSpecifiers) -> Option<&Version> {
    specifiers
        .iter()
        .find(|specifier| matches!(specifier.operator(), Operator::Equal | Operator::ExactEqual))
        .map(pep440_rs::VersionSpecifier::version)
}

/// Reads specifiers, and old spellings whose meaning is beyond doubt: no comma between two of them, a comma too many,
/// brackets or quotes round them, `>=3.6.*` for `>=3.6`, `<4.*` for `<4`, `!=3.0*` for `!=3.0.*`. Bounds that are no version of
/// PEP 440 (`>=2011k`) are read as the nearest that lets through only what satisfies them by any order (`>=2012`).
///
/// The error is one phrase.
pub fn parse(text: &str) -> Result<VersionSpecifiers, String> {
    if text.len() > MAX_LENGTH {
        return Err(format!("a specifier may have at most {MAX_LENGTH} bytes"));
    }
    let strict = VersionSpecifiers::from_str(text.trim());
    strict.or_else(|error| {
        let message = || first_line(&error.to_string());
        let repaired = repair(text).ok_or_else(message)?;
        VersionSpecifiers::from_str(&repaired).map_err(|_| message())
    })
}

/// Reads a requirement of published metadata: as PEP 508 has it, or with specifiers in an old spelling (see [`parse`]).
///
/// The error is that of the text as it stands.
pub fn parse_requirement(text: &str) -> Result<Requirement, RequirementError> {
    Requirement::from_str(text).or_else(|error| {
        let Some(repaired) = repair_requirement(text) else { return Err(error) };
        Requirement::from_str(&repaired).map_err(|_| error)
    })
}

/// Whether a Python satisfies a Requires-Python, judged by its newest micro release, as pip does.
pub fn admits_python(specifiers: &VersionSpecifiers, python: Python) -> bool {
    let version =
        Version::new([u64::from(python.major), u64::from(python.minor), u64::from(python.newest_micro())]);
    admits(specifiers, &version)
}

/// The clauses of old spellings in today's.
fn repair(text: &str) -> Option<String> {
    let inner = text.trim().trim_matches(|c| matches!(c, '(' | ')' | '"' | '\''));
    let mut clauses = Vec::new();
    let mut rest = inner;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            break;
        }
        let operator = &rest[..rest.find(|c| !"<>=!~".contains(c))?];
        let after = rest[operator.len()..].trim_start();
        let end = after.find(|c: char| c.is_whitespace() || ",<>=!~".contains(c)).unwrap_or(after.len());
        let version = after[..end].trim_matches(|c| matches!(c, '"' | '\''));
        clauses.push(repair_clause(operator, version)?);
        rest = &after[end..];
    }
    clauses.retain(|clause| !clause.is_empty());
    Some(clauses.join(","))
}

/// One clause in today's spelling; empty when it says nothing about versions that can exist today.
fn repair_clause(operator: &str, version: &str) -> Option<String> {
    if let Some(series) = version.strip_suffix('*') {
        let series = series.strip_suffix('.').unwrap_or(series);
        return match operator {
            ">=" | "<" => Some(format!("{operator}{series}")),
            "==" | "!=" => Some(format!("{operator}{series}.*")),
            // Whether `>3.*` lets 3.5 through is anybody's guess.
            _ => None,
        };
    }
    if Version::from_str(version).is_ok() {
        return Some(format!("{operator}{version}"));
    }
    // `2011k`, as pytz once had it: between 2011 and 2012, whatever the order within that year.
    let series = version.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let number: u64 = series.parse().ok()?;
    match operator {
        ">" | ">=" => Some(format!(">={}", number.checked_add(1)?)),
        "<" | "<=" => Some(format!("<{number}")),
        "!=" => Some(String::new()),
        _ => None,
    }
}

fn repair_requirement(text: &str) -> Option<String> {
    let (head, marker) = match text.split_once(';') {
        Some((head, marker)) => (head, Some(marker)),
        None => (text, None),
    };
    let start = head.find(['<', '>', '=', '!', '~', '('])?;
    let (name, specifiers) = head.split_at(start);
    let mut repaired = format!("{name}{}", repair(specifiers)?);
    if let Some(marker) = marker {
        repaired.push_str(" ;");
        repaired.push_str(marker);
    }
    Some(repaired)
}

/// What a message of several lines says first.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().trim_end_matches(':').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(specifiers: &str, version: &str) -> bool {
        admits(&parse(specifiers).unwrap(), &version.parse().unwrap())
    }

    #[test]
    fn admission_is_that_of_pep_440() {
        for (specifiers, version, expected) in [
            ("==1.1.*", "1", false),
            ("==1.0.*", "1", true),
            ("!=1.1.*", "1", true),
            ("==1.1.*", "1.1.post1", true),
            ("==1.0", "1.0+local.1", true),
            ("==1.0+other", "1.0+local", false),
            ("===1.0", "1.0.0", false),
            ("~=2.2", "2.10", true),
            ("~=2.2", "3.0", false),
            (">1.0", "1.0.post1", false),
            (">1.0", "1.0+local", false),
            ("<2.0", "2.0rc1", false),
            ("<2.0rc2", "2.0rc1", true),
            (">=1.0,!=1.5", "1.5", false),
            ("~=18446744073709551615.18446744073709551615", "1", false),
            ("==18446744073709551615.*", "18446744073709551615.1", true),
        ] {
            assert_eq!(admitted(specifiers, version), expected, "{specifiers} {version}");
        }
    }

    #[test]
    fn old_spellings_are_read() {
        for (old, new) in [
            (">=3.6.*", ">=3.6"),
            (">=2.7 !=3.0.*", ">=2.7, !=3.0.*"),
            (">=2.7, !=3.0*, <4.*,", ">=2.7, !=3.0.*, <4"),
            ("(>=1.0<2)", ">=1.0, <2"),
            (">='3.6'", ">=3.6"),
            (">= 3.6 , < 4", ">=3.6, <4"),
            ("", ""),
            (">=2011k", ">=2012"),
            (">2004d,!=2005z,<=2030q", ">=2005,<2030"),
        ] {
            assert_eq!(parse(old).unwrap(), new.parse().unwrap(), "{old}");
        }
        for bad in
            ["3.6", ">3.*", "~=3", "=>3", ">=three", "==2004d", ">18446744073709551615k", "é", ">=", "*"]
        {
            let message = parse(bad).unwrap_err();
            assert!(!message.is_empty() && !message.contains('\n'), "{bad}: {message}");
        }
    }

    #[test]
    fn requirements_with_old_spellings_keep_name_extras_and_marker() {
        let requirement = parse_requirement("foo[bar] (>=1.0.*,<2.*) ; python_version<'3'").unwrap();
        assert_eq!(requirement.extras, ["bar"]);
        assert_eq!(requirement.specifiers, ">=1.0,<2".parse().unwrap());
        assert_eq!(requirement.marker.unwrap().text(), "python_version<'3'");
        let error = parse_requirement("foo (>=dev)").unwrap_err();
        assert_eq!("foo (>=dev)"[error.range].trim(), ">=dev");
    }

    #[test]
    fn pythons_are_judged_by_their_newest_release() {
        let admits = |text: &str, python: &str| admits_python(&parse(text).unwrap(), python.parse().unwrap());
        assert!(admits(">=3.6.1", "3.6"));
        assert!(admits(">=2.7, !=3.0.*, !=3.1.*", "2.7"));
        assert!(admits("<=3.12", "3.11") && !admits("<=3.12", "3.12"));
        assert!(!admits(">=3.10", "3.9") && admits(">=3.9", "3.10"));
    }

    #[test]
    fn pins_and_prereleases_are_recognised() {
        let version = pinned(&parse(">=1,==1.5").unwrap()).map(ToString::to_string);
        assert_eq!(version.as_deref(), Some("1.5"));
        assert!(pinned(&parse("==1.*").unwrap()).is_none());
        assert!(names_prerelease(&parse(">=1.0b1").unwrap()));
        assert!(names_prerelease(&parse("==1.0.dev3").unwrap()));
        assert!(!names_prerelease(&parse("!=1.0b1,>=1").unwrap()));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[<>=!~., 0-9a-c*()'\"é]{0,30}") {
            if let Ok(specifiers) = parse(&text) {
                admits(&specifiers, &Version::new([1, 0]));
                proptest::prop_assert_eq!(parse(&specifiers.to_string()).unwrap(), specifiers);
            }
        }
    }
}

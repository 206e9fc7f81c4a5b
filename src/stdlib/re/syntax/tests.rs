//! Limits and dialects; what patterns mean is tested with the searches.

use super::*;

const TEXT: Dialect = Dialect { python: Python::new(3, 13), bytes: false };
const BYTES: Dialect = Dialect { python: Python::new(3, 13), bytes: true };

#[test]
fn deep_and_long_patterns_are_not_modelled() {
    let deep = |count: usize| format!("{}a{}", "(".repeat(count), ")".repeat(count));
    assert_eq!(parse(&deep(90), 0, TEXT).unwrap().groups, 90);
    let too_deep = PatternError::NotModelled("a pattern nested deeper than 100 groups");
    assert_eq!(parse(&deep(4_000), 0, TEXT), Err(too_deep));
    let too_long = PatternError::NotModelled("a pattern of more than 8,192 characters");
    assert_eq!(parse(&"a".repeat(70_000), 0, TEXT), Err(too_long));
}

#[test]
fn flags_as_compiled_patterns_show_them() {
    assert_eq!(parse("a", 0, TEXT).unwrap().flags, flag::UNICODE);
    assert_eq!(parse("(?im)a", 0, TEXT).unwrap().flags, flag::UNICODE | flag::IGNORE_CASE | flag::MULTI_LINE);
    assert_eq!(parse("a", flag::ASCII, TEXT).unwrap().flags, flag::ASCII);
    assert_eq!(parse("a", flag::MULTI_LINE, BYTES).unwrap().flags, flag::MULTI_LINE);
    let refused = |flags, dialect| matches!(parse("a", flags, dialect), Err(PatternError::Python { .. }));
    assert!(refused(flag::UNICODE, BYTES));
    assert!(refused(flag::LOCALE, TEXT));
    assert!(refused(flag::ASCII | flag::UNICODE, TEXT));
    assert!(matches!(parse("a", flag::LOCALE, BYTES), Err(PatternError::NotModelled(_))));
}

#[test]
fn names_and_the_order_of_closing() {
    let parsed = parse("(?P<a>x(?P<b>y))(z)", 0, TEXT).unwrap();
    assert_eq!(parsed.names, [("a".to_owned(), 1), ("b".to_owned(), 2)]);
    assert_eq!(parsed.closing, [2, 1, 3]);
}

#[test]
fn named_characters_are_not_modelled() {
    assert!(matches!(parse("\\N{DASH}", 0, TEXT), Err(PatternError::NotModelled(_))));
    assert!(matches!(parse("\\N", 0, BYTES), Err(PatternError::Invalid(_))));
}

#[test]
fn many_wide_sets_are_read() {
    let pattern = "[\\w\\S\u{1}-\u{10ffff}]".repeat(800);
    assert!(parse(&pattern, flag::IGNORE_CASE, TEXT).is_ok());
}

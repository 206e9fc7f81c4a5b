//! Expected outcomes are CPython 3.13's.

use super::*;

const PYTHON: Python = Python::new(3, 13);

/// Positional arguments are `7`, `12`, `3`; `w` is `6`; a field shows its accessors after the value.
fn show(template: &str) -> String {
    let parts = match parse(template, PYTHON) {
        Ok(parts) => parts,
        Err(error) => return error.to_string(),
    };
    let mut field = |field: &Field, spec: &str| {
        let mut value = match &field.first {
            First::Positional(index) => ["7", "12", "3"][*index].to_owned(),
            First::Keyword(name) if name == "w" => "6".to_owned(),
            First::Keyword(name) if name == "unknown" => return Ok(None),
            First::Keyword(name) => {
                return Err(FormatError::Python { class: "KeyError", message: format!("'{name}'") });
            }
        };
        for accessor in &field.accessors {
            let more = match accessor {
                Accessor::Attribute(name) => format!(".{name}"),
                Accessor::Index(index) => format!("[{index}]"),
                Accessor::Key(key) => format!("['{key}']"),
            };
            value.push_str(&more);
        }
        if let Some(conversion) = field.conversion {
            value.push('!');
            value.push(conversion);
        }
        if !spec.is_empty() {
            value.push(':');
            value.push_str(spec);
        }
        Ok(Some(value))
    };
    match render::<FormatError>(&parts, 100, &mut field) {
        Ok(text) => text.unwrap_or_else(|| "unknown".to_owned()),
        Err(error) => error.to_string(),
    }
}

#[test]
fn fields_are_numbered_and_taken_apart() {
    assert_eq!(show("{}-{}"), "7-12");
    assert_eq!(show("{0}{1}{0}"), "7127");
    assert_eq!(show("{{}}"), "{}");
    assert_eq!(show("{{{}}}"), "{7}");
    assert_eq!(show("{0.b.c}{0.c[1]}{0.d[k].e}"), "7.b.c7.c[1]7.d['k'].e");
    assert_eq!(show("{0[a:b!]}{0[{]}"), "7['a:b!']7['{']");
    assert_eq!(show("{!r}{0!r:>5}".trim_start_matches("{!r}")), "7!r:>5");
    assert_eq!(show("{:{}}|{}"), "7:12|3");
    assert_eq!(show("{:>{w}}"), "7:>6");
    assert_eq!(show("{:{{}}}"), "7:{}");
    assert_eq!(show("{0:{1!r}}"), "7:12!r");
    assert_eq!(show("{:}é"), "7é");
    assert_eq!(show("{unknown}{}"), "unknown");
}

#[test]
fn exceptions() {
    let cases = [
        ("{", "ValueError: Single '{' encountered in format string"),
        ("}", "ValueError: Single '}' encountered in format string"),
        ("a}b", "ValueError: Single '}' encountered in format string"),
        ("{:}}", "ValueError: Single '}' encountered in format string"),
        ("{0", "ValueError: expected '}' before end of string"),
        ("{a.b", "ValueError: expected '}' before end of string"),
        ("{0[a}", "ValueError: expected '}' before end of string"),
        ("{0:5", "ValueError: unmatched '{' in format spec"),
        ("{!r", "ValueError: unmatched '{' in format spec"),
        ("{0!}", "ValueError: unmatched '{' in format spec"),
        ("{!", "ValueError: end of string while looking for conversion specifier"),
        ("{!rx}", "ValueError: expected ':' after conversion specifier"),
        ("{}{0}", "ValueError: cannot switch from automatic field numbering to manual field specification"),
        ("{0}{}", "ValueError: cannot switch from manual field specification to automatic field numbering"),
        ("{0.}", "ValueError: Empty attribute in format string"),
        ("{0[]}", "ValueError: Empty attribute in format string"),
        ("{0[1]x}", "ValueError: Only '.' or '[' may follow ']' in format field specifier"),
        ("{:{:{}}}", "ValueError: Max string recursion exceeded"),
        ("{99999999999999999999}", "ValueError: Too many decimal digits in format string"),
        ("{ }", "KeyError: ' '"),
        ("{0 }", "KeyError: '0 '"),
        ("{-1}", "KeyError: '-1'"),
    ];
    for (template, expected) in cases {
        assert_eq!(show(template), expected, "{template}");
    }
    assert_eq!(unknown_conversion('x').to_string(), "ValueError: Unknown conversion specifier x");
}

#[test]
fn an_index_with_a_colon_is_not_modelled_on_python_2() {
    let not_modelled = FormatError::NotModelled("an index with `:`, `!` or braces before Python 3.4");
    assert_eq!(parse("{0[a:b]}", Python::new(2, 7)), Err(not_modelled));
}

#[test]
fn the_result_is_bounded() {
    assert_eq!(show(&"{}".repeat(2)), "712");
    assert_eq!(show(&"x".repeat(101)), "the text would have more than 100 bytes");
}

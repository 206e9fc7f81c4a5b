//! Values that no artifact may hold: names that are paths, lines smuggled into METADATA, files outside the project.
//!
//! They are what running setup.py would have given, so they stay known; the diagnostics stop whoever builds of them.

use super::{Field, FieldValue, Metadata};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::eval::value::LONE_SURROGATE;
use crate::packaging::Name;
use crate::system::normalise;
use crate::text::Span;

/// Fields that are one line of METADATA; of `description` setuptools takes the first line itself.
const ONE_LINE: &[&str] = &[
    "name",
    "version",
    "author",
    "author_email",
    "maintainer",
    "maintainer_email",
    "url",
    "download_url",
    "python_requires",
    "long_description_content_type",
    "keywords",
    "platforms",
    "classifiers",
    "provides",
    "requires",
    "obsoletes",
];

/// Fields whose texts are paths within the project. `data_files` and `package_dir` have theirs as values only.
const PATHS: &[&str] = &["scripts", "package_dir", "data_files", "license_files"];

/// The longest name or version: file names end at 255 bytes on every system.
const MAX_NAME: usize = 200;

/// The most items of one field. Packages and their tables are asked for each other, so there may be fewer of them.
const MAX_ITEMS: usize = 100_000;
const MAX_PACKAGES: usize = 10_000;

/// One diagnostic a field.
pub fn check(metadata: &Metadata) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, field) in metadata.iter() {
        let (value, origin) = match field {
            Field::Known { value, origin, .. } => (value, origin),
            Field::Unknown { origin, unknown } => {
                if unknown.reason == LONE_SURROGATE && is_written_in(unknown.span, name, *origin) {
                    let message = format!("`{name}` has a lone surrogate, which METADATA cannot hold");
                    found.push(diagnostic(&codes::INVALID_METADATA, *origin, message));
                }
                continue;
            }
        };
        let (items, most) = match value {
            FieldValue::ListMap(map) => (map.len(), MAX_PACKAGES),
            FieldValue::TextMap(map) => (map.len(), MAX_PACKAGES),
            FieldValue::List(items) if name == "packages" => (items.len(), MAX_PACKAGES),
            other => (other.texts().len(), MAX_ITEMS),
        };
        if items > most {
            found.push(diagnostic(
                &codes::TOO_LARGE,
                *origin,
                format!("`{name}` has more than {most} items"),
            ));
            continue;
        }
        let texts = value.texts();
        found.extend(problem(name, &texts).map(|(code, message)| diagnostic(code, *origin, message)));
        if PATHS.contains(&name) && paths(value).iter().any(|path| normalise(path).is_none()) {
            found.push(diagnostic(
                &codes::OUTSIDE_PROJECT,
                *origin,
                format!("`{name}` leads out of the project"),
            ));
        }
    }
    found
}

/// Whether a literal is all of an argument's value, `name='literal'`.
fn is_written_in(literal: Span, name: &str, argument: Span) -> bool {
    let before = literal.start.saturating_sub(argument.start) as usize;
    literal.file == argument.file && literal.end == argument.end && before <= name.len() + " = ".len()
}

fn diagnostic(code: &'static Code, span: Span, message: String) -> Diagnostic {
    Diagnostic::new(code, span, message)
}

fn problem(name: &str, texts: &[&str]) -> Option<(&'static Code, String)> {
    let invalid = |message: String| Some((&codes::INVALID_METADATA, message));
    let controls = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\x0b' | '\x0c' | '\u{85}');
    // Most texts are plain ASCII, and some are long.
    let plain = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t'..=b'\r'));
    if texts.iter().any(|text| !plain(text) && text.contains(controls)) {
        return invalid(format!("`{name}` has control characters, which METADATA cannot hold"));
    }
    if texts.iter().any(|text| text.contains('\u{fffd}')) {
        return invalid(format!("`{name}` has characters that are no text (U+FFFD stands for them)"));
    }
    if ONE_LINE.contains(&name) && texts.iter().any(|text| text.trim_end().contains(['\n', '\r'])) {
        return invalid(format!("`{name}` has several lines, and METADATA has one for it"));
    }
    let too_long = |text: &&str| (name == "name" || name == "version") && text.len() > MAX_NAME;
    if texts.iter().any(too_long) {
        return invalid(format!("`{name}` has more than {MAX_NAME} bytes"));
    }
    let text = texts.first()?;
    // setuptools puts `-` for runs of what a name cannot have; what it then has at its ends is refused by every index.
    if name == "name" && safe_name(text).parse::<Name>().is_err() {
        return invalid(format!("`{text}` is not a project name"));
    }
    None
}

/// `safe_name` of setuptools/_normalization.py.
fn safe_name(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let fine = c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        match (fine, out.ends_with('-')) {
            (true, _) => out.push(c),
            (false, false) => out.push('-'),
            (false, true) => {}
        }
    }
    out
}

/// The texts of a field that name files to read.
fn paths(value: &FieldValue) -> Vec<&str> {
    match value {
        FieldValue::TextMap(map) => map.iter().map(|(_, value)| value.as_str()).collect(),
        FieldValue::Files(map) => {
            map.iter().flat_map(|(_, items)| items.iter().map(String::as_str)).collect()
        }
        other => other.texts(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    fn said(name: &str, value: FieldValue) -> Option<String> {
        let origin = Span::new(Sources::new().add("setup.py", "x"), 0, 1);
        let mut metadata = Metadata::default();
        metadata.set(name, Field::Known { value, origin, trail: Vec::new() });
        check(&metadata).into_iter().next().map(|diagnostic| diagnostic.message)
    }

    #[test]
    fn a_lone_surrogate_is_told_where_it_is_the_value() {
        let file = Sources::new().add("setup.py", "setup(description='\\ud800')");
        let said = |literal: Span| {
            let reason = LONE_SURROGATE.to_owned();
            let unknown = crate::project::Unknown { reason, span: literal, trail: Vec::new() };
            let mut metadata = Metadata::default();
            metadata.set("description", Field::Unknown { origin: Span::new(file, 6, 26), unknown });
            check(&metadata).len()
        };
        assert_eq!(said(Span::new(file, 18, 26)), 1);
        assert_eq!(said(Span::new(file, 18, 20)), 0, "more is made of it");
    }

    #[test]
    fn what_no_artifact_may_hold_is_told() {
        let text = |text: &str| FieldValue::Text(text.to_owned());
        assert_eq!(said("name", text("Foo Bar_1.x")), None);
        assert_eq!(said("name", text("../up")).as_deref(), Some("`../up` is not a project name"));
        assert_eq!(
            said("author", text("a\r\nName: b")).as_deref(),
            Some("`author` has several lines, and METADATA has one for it")
        );
        assert_eq!(said("description", text("a\nb")), None);
        assert!(said("url", text("x\u{1b}[2J")).is_some_and(|text| text.contains("control characters")));
        let paths = |path: &str| FieldValue::TextMap(vec![(String::new(), path.to_owned())]);
        assert_eq!(said("package_dir", paths("src/../lib")), None);
        assert_eq!(
            said("package_dir", paths("../lib")).as_deref(),
            Some("`package_dir` leads out of the project")
        );
    }
}

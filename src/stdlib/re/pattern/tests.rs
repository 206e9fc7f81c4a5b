//! What CPython 2.7, 3.6 and 3.13 did with each case of `testdata/re/record.py`, and the machine against the linear engine.

use super::*;
use crate::stdlib::re::template::Template;
use serde_json::{Value, json};

const CASES: &str = include_str!("../../../../testdata/re/cases.jsonl");

fn bits(flags: &str, dialect: Dialect) -> u32 {
    let given = match flags {
        "i" => flag::IGNORE_CASE,
        "m" => flag::MULTI_LINE,
        "s" => flag::DOT_ALL,
        "x" => flag::VERBOSE,
        "a" if dialect.python.major > 2 => flag::ASCII,
        _ => 0,
    };
    given | if dialect.python.major == 2 && flags != "a" { flag::UNICODE } else { 0 }
}

fn no_meter(_: usize) -> Result<(), ()> {
    Ok(())
}

fn refusal(error: &PatternError) -> Result<String, &'static str> {
    match error {
        PatternError::Invalid(message) => Ok(format!("error: {message}")),
        PatternError::Python { class, message } => Ok(format!("{class}: {message}")),
        PatternError::NotModelled(reason) => Err(reason),
    }
}

fn spans(subject: &Subject<'_>, found: Option<&Match>) -> Value {
    let Some(found) = found else { return Value::Null };
    let pairs = found.spans.iter().map(|span| match span {
        Some((start, end)) => json!([subject.index(*start), subject.index(*end)]),
        None => json!([-1, -1]),
    });
    Value::Array(pairs.collect())
}

fn pieces(subject: &Subject<'_>, pattern: &Pattern, most: usize) -> Result<Value, SearchError<()>> {
    match pattern.split(subject, most, &mut no_meter) {
        Err(SearchError::Value(message)) => Ok(json!(format!("ValueError: {message}"))),
        Err(error) => Err(error),
        Ok(pieces) => Ok(pieces.iter().map(|span| json!(span.map(|(a, b)| &subject.text()[a..b]))).collect()),
    }
}

fn substituted(
    subject: &Subject<'_>,
    pattern: &Pattern,
    replacement: &str,
    count: usize,
) -> Result<Value, SearchError<()>> {
    let text =
        |error: &PatternError| refusal(error).map(|text| json!(text)).map_err(SearchError::NotModelled);
    let template = match Template::new(replacement, pattern, pattern.dialect) {
        Ok(template) => template,
        Err(error) => return text(&error),
    };
    let mut out = String::new();
    let mut last = 0;
    for found in pattern.replaced(subject, count, &mut no_meter)? {
        out.push_str(&subject.text()[last..found.start()]);
        let before = out.len();
        if let Err(error) = template.expand(&found, subject, &mut out) {
            return text(&error);
        }
        assert_eq!(out.len() - before, template.length(&found));
        last = found.end();
    }
    out.push_str(&subject.text()[last..]);
    Ok(json!(out))
}

fn outcome(pattern: &Pattern, text: &str) -> Result<Value, SearchError<()>> {
    let subject = Subject::new(text);
    let at = |from, how| Ok(spans(&subject, pattern.find::<()>(&subject, from, how)?.as_ref()));
    let all = pattern.find_all(&subject, 0, &mut no_meter)?;
    let last = |found| pattern.last_index::<()>(found).map(|group| json!(group));
    Ok(json!({
        "search": at(0, How::Search)?,
        "match": at(0, How::Match)?,
        "full": at(0, How::Full)?,
        "later": at(subject.offset(1), How::Search)?,
        "all": all.iter().map(|found| spans(&subject, Some(found))).collect::<Value>(),
        "last": all.iter().map(last).collect::<Result<Value, _>>().unwrap_or(Value::Null),
        "split": pieces(&subject, pattern, 0)?,
        "split2": pieces(&subject, pattern, 2)?,
        "sub": substituted(&subject, pattern, "<\\g<0>>", 0)?,
        "sub1": substituted(&subject, pattern, "-", 1)?,
    }))
}

/// What happened to one case under one Python; `Err` where spx says that it does not know.
fn answer(case: &Value, dialect: Dialect) -> Result<Value, &'static str> {
    let pattern = Pattern::new(
        case["pattern"].as_str().unwrap(),
        bits(case["flags"].as_str().unwrap_or(""), dialect),
        dialect,
    );
    let pattern = match pattern {
        Ok(pattern) => pattern,
        Err(error) => return refusal(&error).map(|text| json!(text)),
    };
    let found = match (case["text"].as_str(), case["template"].as_str()) {
        (Some(text), _) => outcome(&pattern, text),
        (_, Some(template)) => substituted(&Subject::new("xaby"), &pattern, template, 0),
        _ => return Ok(json!("compiles")),
    };
    found.map_err(|error| match error {
        SearchError::NotModelled(reason) => reason,
        _ => "an error of another kind",
    })
}

/// The same, but for what is allowed to differ: messages before 3.13, and what spx says that it does not know.
fn agrees(expected: &Value, found: &Value, newest: bool) -> bool {
    match (expected, found) {
        (Value::String(a), Value::String(b)) if !newest && a.contains("rror: ") => {
            a.split(':').next() == b.split(':').next()
        }
        (Value::Object(a), Value::Object(b)) => a
            .iter()
            .all(|(name, value)| (name == "last" && b[name].is_null()) || agrees(value, &b[name], newest)),
        _ => expected == found,
    }
}

#[test]
fn every_case_is_as_in_cpython_or_unknown() {
    let mut wrong = Vec::new();
    let mut unknown = Vec::new();
    let mut total = 0;
    for line in CASES.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let results = case["results"].as_object().unwrap();
        for (version, python) in
            [("2.7", Python::new(2, 7)), ("3.6", Python::new(3, 6)), ("3.13", Python::new(3, 13))]
        {
            let expected = results.get(version).unwrap_or(&results["3.13"]);
            if expected.is_null() {
                continue;
            }
            let dialect = Dialect { python, bytes: false };
            total += 1;
            match answer(&case, dialect) {
                Ok(found) if agrees(expected, &found, version == "3.13") => {}
                Ok(found) => wrong.push(format!("{version} {line}\n  got {found}")),
                Err(reason) => unknown.push(format!("{version} {} {reason}", case["pattern"])),
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {total} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(unknown.len() * 50 < total, "{} of {total} unknown:\n{}", unknown.len(), unknown.join("\n"));
}

const NEW: Dialect = Dialect { python: Python::new(3, 13), bytes: false };

#[test]
fn the_two_engines_agree_where_both_may_run() {
    let mut compared = 0;
    for line in CASES.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let Some(text) = case["text"].as_str() else { continue };
        let flags = bits(case["flags"].as_str().unwrap_or(""), NEW);
        let Ok(pattern) = Pattern::new(case["pattern"].as_str().unwrap(), flags, NEW) else { continue };
        let subject = Subject::new(text);
        if !pattern.regular || pattern.check::<()>(&subject) != Ok(false) || text.ends_with('\n') {
            continue;
        }
        let machine = Machine::new(&pattern.parsed.node, pattern.parsed.groups);
        let anchoring = Anchoring { start: false, end: false, advance: false };
        let by_machine = machine.find(text, 0, anchoring).unwrap();
        let by_machine = by_machine.map(|s| s.chunks(2).map(|p| p[0].zip(p[1])).collect::<Vec<_>>());
        let linear = pattern.find::<()>(&subject, 0, How::Search).unwrap().map(|found| found.spans);
        assert_eq!(linear, by_machine, "{line}");
        compared += 1;
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn hostile_patterns_end() {
    let stopped = Err(SearchError::<()>::NotModelled("a pattern that backtracks too often on this text"));
    let subject = "a".repeat(40) + "!";
    for source in
        ["^(a+)+\\1$", "(a|aa)+\\1$", "(?=(a*)*b)", "(?:(?:a*)*)*(?!!)b", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)\\1x"]
    {
        let pattern = Pattern::new(source, 0, NEW).unwrap();
        assert_eq!(pattern.find(&Subject::new(&subject), 0, How::Search), stopped, "{source}");
    }
    // A regular pattern needs no such limit, however it nests.
    let pattern = Pattern::new("^(a+)+$", 0, NEW).unwrap();
    assert_eq!(pattern.find::<()>(&Subject::new(&subject), 0, How::Search), Ok(None));
    // Too large for the linear engine: counted by the machine.
    let pattern = Pattern::new("(?:(?:\\w{1000}){1000}){1000}", 0, NEW).unwrap();
    assert_eq!(pattern.find::<()>(&Subject::new(&subject), 0, How::Search), Ok(None));
    assert!(pattern.linear.get().unwrap().is_none());
}

#[test]
fn letters_whose_case_depends_on_the_python_are_not_modelled() {
    let pattern = Pattern::new("i", flag::IGNORE_CASE, NEW).unwrap();
    let not_modelled = Err(SearchError::<()>::NotModelled("letters whose case depends on the Python"));
    assert_eq!(pattern.find(&Subject::new("\u{131}"), 0, How::Search), not_modelled);
    assert!(matches!(Pattern::new("\u{130}", flag::IGNORE_CASE, NEW), Err(PatternError::NotModelled(_))));
}

#[test]
fn bytes_know_only_ascii() {
    let dialect = Dialect { bytes: true, ..NEW };
    let find = |source: &str, flags, text: &str| {
        let pattern = Pattern::new(source, flags, dialect).unwrap();
        pattern.find::<()>(&Subject::new(text), 0, How::Search).unwrap().map(|found| found.span(0).unwrap())
    };
    // b'\xe9' as Latin-1 text.
    assert_eq!(find("\\w", 0, "\u{e9}a"), Some((2, 3)));
    assert_eq!(find("\u{c9}", flag::IGNORE_CASE, "\u{e9}"), None);
    assert_eq!(find("\\ba", 0, "\u{e9}a"), Some((2, 3)));
    assert_eq!(find("[K]", flag::IGNORE_CASE, "k"), Some((0, 1)));
}

#[test]
fn the_meter_stops_a_long_list() {
    let pattern = Pattern::new("a", 0, NEW).unwrap();
    let mut left = 3;
    let mut meter = |bytes: usize| {
        left -= 1;
        assert_eq!(bytes, 2);
        if left == 0 { Err("out of fuel") } else { Ok(()) }
    };
    assert_eq!(
        pattern.find_all(&Subject::new("aaaaaa"), 0, &mut meter),
        Err(SearchError::Meter("out of fuel"))
    );
}

#[test]
fn escape_by_version() {
    let text = "a_b.c-d \u{e9}\0/";
    assert_eq!(escape(text, Python::new(3, 13)), "a_b\\.c\\-d\\ \u{e9}\0/");
    assert_eq!(escape(text, Python::new(3, 6)), "a_b\\.c\\-d\\ \\\u{e9}\\000\\/");
    assert_eq!(escape(text, Python::new(2, 7)), "a\\_b\\.c\\-d\\ \\\u{e9}\\000\\/");
}

#[test]
fn places_are_told_in_characters() {
    let subject = Subject::new("a\u{e9}\u{4e2d}b");
    assert_eq!(subject.offset(2), 3);
    assert_eq!(subject.index(6), 3);
    assert_eq!(subject.offset(99), 7);
    assert_eq!(subject.cut(3).text(), "a\u{e9}");
}

//! The reader against CPython's own `configparser`, on seeded random texts.
#![allow(clippy::disallowed_methods)] // the test asks a real Python

use super::{Dialect, Interpolation, expand, parse};
use serde_json::{Map, Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// Pieces that texts are made of: what sections, options, comments, white space and interpolation consist of.
const PIECES: &[&str] = &[
    "[a]",
    "[b]",
    "[DEFAULT]",
    "[",
    "]",
    "k",
    "j",
    "k = 1",
    "j:2",
    "=",
    ":",
    " = v",
    "#",
    " # c",
    ";",
    " ; c",
    "\n",
    "\n",
    "\n",
    "\n ",
    "\n  ",
    "\n\t",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "\u{1c}",
    "\u{feff}",
    "é",
    "%",
    "%%",
    "%(k)s",
    "%(j)s",
    "%(x)s",
    "%(",
    "\"\"",
    "x = y\n    z",
];

/// A generator of small numbers that gives the same ones everywhere (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

fn cases() -> Vec<(&'static str, String)> {
    let mut random = Random(0x5eed_0f1e_5eed_0f1e);
    let dialects = ["strict", "merged", "valueless", "inline", "basic"];
    (0..6000)
        .map(|index| {
            let mut text = String::from(if random.below(8) == 0 { "" } else { "[a]\n" });
            for _ in 0..random.below(14) {
                text.push_str(PIECES[random.below(PIECES.len())]);
            }
            (dialects[index % dialects.len()], text)
        })
        .collect()
}

fn ours(dialect: &str, text: &str, python: (u8, u8)) -> Value {
    let base = Dialect {
        lower_case: false,
        header_to_last_bracket: python >= (3, 10),
        earliest_inline_comment: python >= (3, 13),
        ..Dialect::python3()
    };
    let chosen = match dialect {
        "merged" => Dialect { strict: false, ..base },
        "valueless" => Dialect { allow_no_value: true, ..base },
        "inline" => Dialect { inline_comment_prefixes: vec!['#', ';'], empty_lines_in_values: false, ..base },
        _ => base,
    };
    let interpolation = if dialect == "basic" { Interpolation::Basic } else { Interpolation::None };
    let config = match parse(text, &chosen) {
        Ok(config) => config,
        Err(error) if error.class_name() == "AttributeError" => return json!("AttributeError"),
        Err(error) => return json!(format!("{} {}", error.class_name(), error.line)),
    };
    let mut answer = Map::new();
    for section in &config.sections {
        let mut values = Map::new();
        let inherited = config.defaults.iter().filter(|d| section.option(&d.name).is_none());
        for option in section.options.iter().chain(inherited) {
            let lookup = |name: &str| {
                let found = section.option(name).or(config.defaults.iter().find(|d| d.name == name))?;
                found.value.clone()
            };
            let value = option.value.as_deref().map(|value| expand(interpolation, value, &lookup));
            match value.transpose() {
                Ok(value) => values.insert(option.name.clone(), json!(value)),
                Err(error) => return json!(error.class_name()),
            };
        }
        answer.insert(section.name.clone(), Value::Object(values));
    }
    Value::Object(answer)
}

#[test]
fn agrees_with_cpython() {
    let cases = cases();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src/syntax/ini/differential.py");
    let python = Command::new("python3")
        .args(["-S", "-W", "ignore", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut python) = python else {
        eprintln!("SKIPPED: agrees_with_cpython needs python3 on PATH");
        return;
    };
    let input = serde_json::to_vec(&cases).unwrap();
    let mut stdin = python.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = python.wait_with_output().unwrap();
    writer.join().unwrap();
    let (version, answers): ((u8, u8), Vec<Value>) = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), cases.len());
    let mut valid = 0;
    for ((dialect, text), theirs) in cases.iter().zip(&answers) {
        // From 3.13 on this error has a name of its own.
        let theirs = match theirs.as_str() {
            Some(error) if error.starts_with("MultilineContinuation") => &json!("AttributeError"),
            _ => theirs,
        };
        assert_eq!(&ours(dialect, text, version), theirs, "{dialect} {text:?}");
        valid += usize::from(theirs.is_object());
    }
    assert!(valid > 1000 && valid < cases.len() - 1000, "{valid} of {} cases are valid", cases.len());
}

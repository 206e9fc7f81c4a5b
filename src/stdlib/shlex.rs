//! `shlex`: `split`, `quote` and `join`, by POSIX rules. Not modelled: the `shlex` class, `split(posix=False)`.

use super::versions::at_least;
use crate::eval::exceptions::VALUE_ERROR;
use crate::eval::module::{Entry, Member, Module, function, when};
use crate::eval::{Arguments, Evaluator, Raised, Value};

pub(super) static MODULE: Module = Module { name: "shlex", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("split", function("(s, comments=False, posix=True)", split_value)),
    ("quote", Member::Only(when::python3, &function("(s)", quote_value))),
    ("join", Member::Only(|cx| at_least(cx, 8), &function("(split_command)", join))),
];

fn split_value(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let text = cx.text_of(&arguments.get(0))?;
    if !cx.truth(&arguments.get(2))? {
        return Err(cx.unknown("`shlex.split` by other than POSIX rules"));
    }
    let comments = cx.truth(&arguments.get(1))?;
    cx.charge_bytes(text.len() * 4)?;
    match split(&text, comments) {
        Ok(words) => {
            let words = words.iter().map(|word| cx.text_like(&arguments.get(0), word)).collect();
            Ok(cx.list(words))
        }
        Err(message) => Err(cx.error(&VALUE_ERROR, message)),
    }
}

fn quote_value(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let text = cx.text_of(&arguments.get(0))?;
    cx.charge_bytes(text.len() * 5)?;
    Ok(Value::text(quote(&text)))
}

fn join(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut words = Vec::new();
    for word in cx.items(&arguments.get(0))? {
        words.push(quote(&cx.text_of(&word)?));
    }
    Ok(Value::text(words.join(" ")))
}

/// Splits as a shell would; with `comments`, `#` begins one. The error is the message of CPython's ValueError.
pub fn split(text: &str, comments: bool) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '#' if comments => {
                words.extend(word.take());
                characters.by_ref().find(|&c| c == '\n');
            }
            '\\' => {
                let next = characters.next().ok_or("No escaped character")?;
                word.get_or_insert_default().push(next);
            }
            '\'' | '"' => quoted(character, &mut characters, word.get_or_insert_default())?,
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    Ok(words)
}

/// What stands between quotes; within double ones a backslash takes back the meaning of a quote or a backslash.
fn quoted(quote: char, characters: &mut std::str::Chars<'_>, word: &mut String) -> Result<(), &'static str> {
    while let Some(character) = characters.next() {
        if character == quote {
            return Ok(());
        }
        if character == '\\' && quote == '"' {
            let next = characters.next().ok_or("No escaped character")?;
            if !matches!(next, '"' | '\\') {
                word.push('\\');
            }
            word.push(next);
        } else {
            word.push(character);
        }
    }
    Err("No closing quotation")
}

/// A word that a shell reads back as `text`.
pub fn quote(text: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "@%_-+=:,./".contains(c);
    if !text.is_empty() && text.chars().all(safe) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\"'\"'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_cpython() {
        let words = |text: &str| split(text, false).map(|words| words.join("|"));
        assert_eq!(words("a b  'c d' \"e f\"").as_deref(), Ok("a|b|c d|e f"));
        assert_eq!(words("-I/usr/include -DX=\"1 2\"").as_deref(), Ok("-I/usr/include|-DX=1 2"));
        assert_eq!(words("a\\ b '' \"\\$\\\"\\\\\"").as_deref(), Ok("a b||\\$\"\\"));
        assert_eq!(words("a'b'\"c\"d # e").as_deref(), Ok("abcd|#|e"));
        assert_eq!(words(" \n"), Ok(String::new()));
        assert_eq!(words("'a"), Err("No closing quotation"));
        assert_eq!(words("a\\"), Err("No escaped character"));
        assert_eq!(split("a#b\nc", true), Ok(vec!["a".to_owned(), "c".to_owned()]));
        assert_eq!(quote("a b"), "'a b'");
        assert_eq!(quote("it's"), "'it'\"'\"'s'");
        assert_eq!(quote("a/b-c_d.e"), "a/b-c_d.e");
        assert_eq!(quote(""), "''");
    }
}

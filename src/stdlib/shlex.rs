//! `shlex.split` and `shlex.quote`, by POSIX rules.

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

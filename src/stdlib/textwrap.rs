//! `textwrap`: `dedent`, `indent`, `wrap`, `fill`.
//!
//! Not modelled: words with hyphens in `wrap` unless they are not to be broken, `fix_sentence_endings`, `max_lines`.

use super::versions::by_python;
use crate::eval::module::{Entry, Member, Module, function, when};
use crate::eval::{Arguments, Evaluator, Raised, Value};
use crate::packaging::Python;

pub(super) static MODULE: Module = Module { name: "textwrap", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("dedent", function("(text)", dedented)),
    ("indent", Member::Only(when::python3, &function("(text, prefix, predicate=None)", indented))),
    ("wrap", function("(text, width=70, **options)", wrapped)),
    ("fill", function("(text, width=70, **options)", filled)),
];

fn dedented(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let text = cx.text_of(&arguments.get(0))?;
    cx.charge_bytes(text.len())?;
    let made = by_python(cx, |python| dedent(&text, python));
    Ok(cx.text_like(&arguments.get(0), &made))
}

/// `indent`: a prefix before every line that is more than white space.
fn indented(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let (text, prefix) = (cx.text_of(&arguments.get(0))?, cx.text_of(&arguments.get(1))?);
    let lines = cx.call_method(&arguments.get(0), "splitlines", vec![Value::bool(true)])?;
    let lines = cx.items(&lines)?;
    cx.charge_bytes(text.len() + lines.len().saturating_mul(prefix.len()))?;
    let mut out = String::new();
    for line in lines {
        let wanted = match arguments.some(2) {
            Some(predicate) => {
                let result = cx.call(&predicate.clone(), vec![line.clone()])?;
                cx.truth(&result)?
            }
            None => !cx.text_of(&line)?.chars().all(is_space),
        };
        if wanted {
            out.push_str(&prefix);
        }
        out.push_str(&cx.text_of(&line)?);
    }
    Ok(Value::text(out))
}

fn lines(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Vec<String>, Raised> {
    let text = cx.text_of(&arguments.get(0))?;
    let width = usize::try_from(cx.int_of(&arguments.get(1))?).unwrap_or(0);
    let mut wrapper = Wrapper { width, ..Wrapper::default() };
    for keyword in arguments.keywords() {
        let value = &keyword.value;
        match &*keyword.name {
            "initial_indent" => wrapper.initial_indent = cx.text_of(value)?.to_string(),
            "subsequent_indent" => wrapper.subsequent_indent = cx.text_of(value)?.to_string(),
            "expand_tabs" => wrapper.expand_tabs = cx.truth(value)?,
            "replace_whitespace" => wrapper.replace_whitespace = cx.truth(value)?,
            "break_long_words" => wrapper.break_long_words = cx.truth(value)?,
            "drop_whitespace" => wrapper.drop_whitespace = cx.truth(value)?,
            "break_on_hyphens" => wrapper.break_on_hyphens = cx.truth(value)?,
            name => return Err(cx.unknown(format!("`{name}` of `textwrap.wrap` is not modelled"))),
        }
    }
    cx.charge_bytes(text.len().saturating_mul(8 + wrapper.subsequent_indent.len()))?;
    // A word is looked at as often as it is broken.
    let longest = text.split(is_blank).map(str::len).max().unwrap_or(0);
    cx.charge_bytes(longest.saturating_mul(longest / width.max(1)))?;
    wrapper.wrap(&text).map_err(|reason| cx.unknown(reason))
}

fn wrapped(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let lines = lines(cx, arguments)?;
    let lines = lines.iter().map(|line| cx.text_like(&arguments.get(0), line)).collect();
    Ok(cx.list(lines))
}

fn filled(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let lines = lines(cx, arguments)?;
    Ok(cx.text_like(&arguments.get(0), &lines.join("\n")))
}

/// `dedent`: the white space that all lines begin with is taken off, lines of white space become empty.
pub fn dedent(text: &str, python: Python) -> String {
    let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    // Since 3.14 any white space makes a line empty, before only blanks and tabs.
    let empty = |line: &str| match python {
        p if p >= Python::new(3, 14) => line.chars().all(is_space),
        _ => indentation(line) == line.len(),
    };
    let lines: Vec<&str> = text.split('\n').map(|line| if empty(line) { "" } else { line }).collect();
    let margin = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| &line[..indentation(line)])
        .reduce(common)
        .unwrap_or("");
    let cut: Vec<&str> = lines.iter().map(|line| line.strip_prefix(margin).unwrap_or(line)).collect();
    cut.join("\n")
}

/// `str.isspace` of one character.
fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\x1c'..='\x1f').contains(&character)
}

fn common<'a>(a: &'a str, b: &'a str) -> &'a str {
    let length = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    &a[..length]
}

/// What `wrap` is asked for; the defaults are CPython's.
#[derive(Clone, Debug)]
pub struct Wrapper {
    pub width: usize,
    pub initial_indent: String,
    pub subsequent_indent: String,
    pub expand_tabs: bool,
    pub replace_whitespace: bool,
    pub break_long_words: bool,
    pub drop_whitespace: bool,
    pub break_on_hyphens: bool,
}

impl Default for Wrapper {
    fn default() -> Self {
        Self {
            width: 70,
            initial_indent: String::new(),
            subsequent_indent: String::new(),
            expand_tabs: true,
            replace_whitespace: true,
            break_long_words: true,
            drop_whitespace: true,
            break_on_hyphens: true,
        }
    }
}

/// What separates words for `textwrap`: ASCII white space only.
fn is_blank(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\x0b' | '\x0c' | '\r' | ' ')
}

impl Wrapper {
    /// The lines of `text`; the error says what is not modelled.
    pub fn wrap(&self, text: &str) -> Result<Vec<String>, &'static str> {
        if self.break_on_hyphens && text.contains('-') {
            return Err("where `textwrap` breaks words with hyphens");
        }
        if self.width == 0 {
            return Err("wrapping to no width");
        }
        let mut text = if self.expand_tabs { expand_tabs(text) } else { text.to_owned() };
        if self.replace_whitespace {
            text = text.replace(is_blank, " ");
        }
        let mut chunks = chunks(&text);
        chunks.reverse();
        let mut lines = Vec::new();
        while !chunks.is_empty() {
            let indent = if lines.is_empty() { &self.initial_indent } else { &self.subsequent_indent };
            let width = self.width.saturating_sub(length(indent));
            if self.drop_whitespace && !lines.is_empty() && blank(chunks.last()) {
                chunks.pop();
            }
            let mut line = self.take_line(&mut chunks, width);
            if self.drop_whitespace && blank(line.last()) {
                line.pop();
            }
            if !line.is_empty() {
                lines.push(format!("{indent}{}", line.concat()));
            }
        }
        Ok(lines)
    }

    /// The chunks of one line, from the end of `chunks`.
    fn take_line(&self, chunks: &mut Vec<String>, width: usize) -> Vec<String> {
        let mut line = Vec::new();
        let mut used = 0;
        while let Some(chunk) = chunks.pop_if(|chunk| used + length(chunk) <= width) {
            used += length(&chunk);
            line.push(chunk);
        }
        // A chunk that fits no line at all is broken, or has a line of its own.
        if let Some(chunk) = chunks.pop_if(|chunk| length(chunk) > width) {
            if self.break_long_words {
                let room = if width < 1 { 1 } else { width - used };
                let at = chunk.char_indices().nth(room).map_or(chunk.len(), |(at, _)| at);
                line.push(chunk[..at].to_owned());
                chunks.push(chunk[at..].to_owned());
            } else if line.is_empty() {
                line.push(chunk);
            } else {
                chunks.push(chunk);
            }
        }
        line
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

fn blank(chunk: Option<&String>) -> bool {
    chunk.is_some_and(|chunk| chunk.chars().all(is_space))
}

/// Words and the white space between them.
fn chunks(text: &str) -> Vec<String> {
    let mut chunks: Vec<String> = Vec::new();
    let mut in_blank = None;
    for character in text.chars() {
        let blank = is_blank(character);
        if in_blank == Some(blank) {
            if let Some(last) = chunks.last_mut() {
                last.push(character);
            }
        } else {
            chunks.push(character.to_string());
            in_blank = Some(blank);
        }
    }
    chunks
}

/// `str.expandtabs()`: to the next multiple of eight.
pub(super) fn expand_tabs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for character in text.chars() {
        match character {
            '\t' => {
                let missing = 8 - column % 8;
                out.extend(std::iter::repeat_n(' ', missing));
                column += missing;
            }
            '\n' | '\r' => {
                out.push(character);
                column = 0;
            }
            _ => {
                out.push(character);
                column += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dedent_as_cpython() {
        let dedent = |text: &str| super::dedent(text, Python::new(3, 12));
        assert_eq!(dedent("\n    a\n      b\n   \n    c\n    "), "\na\n  b\n\nc\n");
        assert_eq!(dedent("  a\n\tb"), "  a\n\tb");
        assert_eq!(dedent("  \ta\n  \t b"), "a\n b");
        assert_eq!(dedent("a\n  b"), "a\n  b");
        assert_eq!(dedent("  a\r\n \r\n  b"), " a\r\n\r\n b");
        assert_eq!(super::dedent("  a\r\n \r\n  b", Python::new(3, 14)), "a\r\n\nb");
        assert_eq!(dedent(""), "");
    }

    #[test]
    fn wrap_as_cpython() {
        let wrap =
            |text: &str, width| Wrapper { width, ..Wrapper::default() }.wrap(text).map(|l| l.join("|"));
        assert_eq!(wrap("The quick brown fox jumps", 10).as_deref(), Ok("The quick|brown fox|jumps"));
        assert_eq!(wrap("  leading and   inner ", 9).as_deref(), Ok("  leading|and|inner"));
        assert_eq!(wrap("abcdefghijkl mn", 5).as_deref(), Ok("abcde|fghij|kl mn"));
        assert_eq!(wrap("a\tb\nc", 70).as_deref(), Ok("a       b c"));
        assert_eq!(wrap("", 70).as_deref(), Ok(""));
        assert_eq!(wrap("a-b", 70), Err("where `textwrap` breaks words with hyphens"));
        let indented = Wrapper {
            width: 12,
            initial_indent: "* ".into(),
            subsequent_indent: "    ".into(),
            ..Wrapper::default()
        };
        assert_eq!(indented.wrap("one two three four").unwrap().join("|"), "* one two|    three|    four");
        let whole = Wrapper { width: 4, break_long_words: false, ..Wrapper::default() };
        assert_eq!(whole.wrap("ab cdefgh i").unwrap().join("|"), "ab|cdefgh|i");
    }
}

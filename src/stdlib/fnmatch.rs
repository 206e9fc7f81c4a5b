//! `fnmatch`: shell-style patterns, `*`, `?`, `[seq]` and `[!seq]` over a whole name.
//!
//! Not modelled: a range that runs backwards (`[z-a]`), which is an error or nothing at all depending on the Python;
//! `translate`, whose text differs between Pythons.

use crate::eval::module::{Entry, Module, function};
use crate::eval::{Arguments, Evaluator, Raised, Value};

pub(super) static MODULE: Module = Module { name: "fnmatch", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("fnmatch", function("(name, pat)", fnmatch)),
    ("fnmatchcase", function("(name, pat)", fnmatchcase)),
    ("filter", function("(names, pat)", filter)),
];

fn glob(cx: &mut Evaluator<'_>, pattern: &str) -> Result<Glob, Raised> {
    Glob::new(pattern).map_err(|reason| cx.unknown(reason))
}

fn fnmatchcase(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let (name, pattern) = (cx.text_of(&arguments.get(0))?, cx.text_of(&arguments.get(1))?);
    cx.charge_steps(name.len())?;
    Ok(Value::bool(glob(cx, &pattern)?.matches(&name)))
}

/// `os.path.normcase`.
pub(super) fn normalise_case(cx: &mut Evaluator<'_>, path: &str) -> String {
    // What has neither capitals nor slashes is the same everywhere.
    if path.chars().any(|c| c == '/' || !c.is_lowercase()) && cx.is_windows() {
        return path.replace('/', "\\").to_lowercase();
    }
    path.to_owned()
}

fn fnmatch(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let (name, pattern) = (cx.text_of(&arguments.get(0))?, cx.text_of(&arguments.get(1))?);
    cx.charge_steps(name.len())?;
    if glob(cx, &pattern)?.matches(&name) {
        // Normalising both alike keeps a match.
        return Ok(Value::bool(true));
    }
    let (name, pattern) = (normalise_case(cx, &name), normalise_case(cx, &pattern));
    Ok(Value::bool(glob(cx, &pattern)?.matches(&name)))
}

fn filter(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let pattern = cx.text_of(&arguments.get(1))?;
    let pattern = normalise_case(cx, &pattern);
    let pattern = glob(cx, &pattern)?;
    let mut kept = Vec::new();
    for name in cx.items(&arguments.get(0))? {
        let text = cx.text_of(&name)?;
        cx.charge_steps(text.len())?;
        if pattern.matches(&normalise_case(cx, &text)) {
            kept.push(name);
        }
    }
    Ok(cx.list(kept))
}

/// One place of a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Token {
    /// Any characters, also none.
    Star,
    Any,
    Character(char),
    Set {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
}

/// A pattern that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Glob {
    tokens: Vec<Token>,
}

impl Glob {
    /// Reads a pattern; the error says what is not modelled.
    pub fn new(pattern: &str) -> Result<Self, &'static str> {
        let characters: Vec<char> = pattern.chars().collect();
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(&character) = characters.get(at) {
            at += 1;
            tokens.push(match character {
                '*' if tokens.last() == Some(&Token::Star) => continue,
                '*' => Token::Star,
                '?' => Token::Any,
                '[' => match set_end(&characters, at) {
                    Some(end) => {
                        let token = set(&characters[at..end])?;
                        at = end + 1;
                        token
                    }
                    None => Token::Character('['),
                },
                _ => Token::Character(character),
            });
        }
        Ok(Self { tokens })
    }

    /// Whether the whole name fits.
    pub fn matches(&self, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        let (mut token, mut at) = (0, 0);
        // Where to go on when what follows the newest star does not fit.
        let mut star: Option<(usize, usize)> = None;
        while at < name.len() {
            match self.tokens.get(token) {
                Some(Token::Star) => {
                    star = Some((token, at));
                    token += 1;
                }
                Some(found) if found.fits(name[at]) => {
                    token += 1;
                    at += 1;
                }
                _ => match &mut star {
                    Some((after, from)) => {
                        *from += 1;
                        (token, at) = (*after + 1, *from);
                    }
                    None => return false,
                },
            }
        }
        self.tokens[token..].iter().all(|rest| *rest == Token::Star)
    }
}

impl Token {
    fn fits(&self, character: char) -> bool {
        match self {
            Self::Star | Self::Any => true,
            Self::Character(wanted) => *wanted == character,
            Self::Set { negated, ranges } => {
                ranges.iter().any(|&(low, high)| (low..=high).contains(&character)) != *negated
            }
        }
    }
}

/// Where the set that begins at `start` ends: a bracket right at its beginning belongs to it.
fn set_end(characters: &[char], start: usize) -> Option<usize> {
    let mut from = start;
    from += usize::from(characters.get(from) == Some(&'!'));
    from += usize::from(characters.get(from) == Some(&']'));
    characters.get(from..)?.iter().position(|&c| c == ']').map(|length| from + length)
}

fn set(inside: &[char]) -> Result<Token, &'static str> {
    let negated = inside.first() == Some(&'!');
    let inside = &inside[usize::from(negated)..];
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < inside.len() {
        let low = inside[at];
        if at + 2 < inside.len() && inside[at + 1] == '-' {
            let high = inside[at + 2];
            if low > high {
                return Err("a range that runs backwards in a file name pattern");
            }
            ranges.push((low, high));
            at += 3;
        } else {
            ranges.push((low, low));
            at += 1;
        }
    }
    Ok(Token::Set { negated, ranges })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(name: &str, pattern: &str) -> bool {
        Glob::new(pattern).unwrap().matches(name)
    }

    #[test]
    fn as_fnmatchcase() {
        // python3 -c 'from fnmatch import fnmatchcase as f; print(f(…))'
        let yes = [
            ("tests.unit", "tests.*"),
            ("tests", "tests*"),
            ("a.b.c", "*.*"),
            ("abc", "a*c"),
            ("abc", "*"),
            ("", "*"),
            ("", ""),
            ("a\nb", "a*b"),
            ("b", "[abc]"),
            ("d", "[!abc]"),
            ("]", "[]]"),
            ("a", "[!]]"),
            ("-", "[a-]"),
            ("[", "["),
            ("[a", "[a"),
            ("[!]", "[!]"),
            ("^", "[^a]"),
            ("a", "[^a]"),
            ("\\", "[\\]"),
            ("m", "[a-z]"),
            ("aXbXc", "a?b?c"),
            ("mississippi", "m*iss*ip*i"),
            ("é", "?"),
            (".hidden", "*"),
        ];
        for (name, pattern) in yes {
            assert!(matches(name, pattern), "{name} {pattern}");
        }
        let no = [
            ("test", "tests*"),
            ("b", "[^a]"),
            ("abcd", "a*c"),
            ("a", ""),
            ("", "?"),
            ("A", "a"),
            ("]", "[!]]"),
        ];
        for (name, pattern) in no {
            assert!(!matches(name, pattern), "{name} {pattern}");
        }
        assert!(Glob::new("[z-a]").is_err());
    }

    #[test]
    fn many_stars_end() {
        assert!(!matches(&"a".repeat(2000), &("*a".repeat(200) + "b")));
    }
}

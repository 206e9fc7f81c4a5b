//! Shell-style patterns as `fnmatch.fnmatchcase` matches them: `*`, `?`, `[seq]` and `[!seq]` over a whole name.
//!
//! Not modelled: a range that runs backwards (`[z-a]`), which is an error or nothing at all depending on the Python.

/// One place of a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Token {
    /// Any characters, also none.
    Star,
    Any,
    Character(char),
    Set { negated: bool, ranges: Vec<(char, char)> },
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
        let no = [("test", "tests*"), ("b", "[^a]"), ("abcd", "a*c"), ("a", ""), ("", "?"), ("A", "a"), ("]", "[!]]")];
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

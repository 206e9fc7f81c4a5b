//! How much of a text is a version specifier, by PEP 440 and by the grammar that `packaging` had before it.

use super::requirement_text::Specifiers;

/// The length of the specifier that a text begins with, in bytes; `None` when it begins with none.
///
/// Where both grammars read something, the longer of the two counts.
pub(super) fn specifier_length(text: &str, allowed: Specifiers) -> Option<usize> {
    let standard = standard(text);
    match allowed {
        Specifiers::Standard => standard,
        Specifiers::Legacy => standard.max(legacy(text)),
    }
}

/// PEP 440's version specifiers, `===` with any text included.
fn standard(text: &str) -> Option<usize> {
    let mut reader = Reader { text, at: 0 };
    if reader.eat("===") {
        reader.skip(char::is_whitespace);
        reader.skip(|c| !c.is_whitespace() && !matches!(c, ';' | ')'));
        return Some(reader.at);
    }
    if reader.eat("==") || reader.eat("!=") {
        reader.release()?;
        if !reader.eat(".*") {
            reader.suffixes();
            reader.local();
        }
        return Some(reader.at);
    }
    if reader.eat("~=") {
        let parts = reader.release()?;
        (parts > 1).then(|| reader.suffixes())?;
        return Some(reader.at);
    }
    if reader.eat("<=") || reader.eat(">=") || reader.eat("<") || reader.eat(">") {
        reader.release()?;
        reader.suffixes();
        return Some(reader.at);
    }
    None
}

/// What `packaging` before 22 takes besides: an operator and any text (`>dev`, `>=2011k`, `>=3.6.*`).
fn legacy(text: &str) -> Option<usize> {
    let mut reader = Reader { text, at: 0 };
    ["==", "!=", "<=", ">=", "<", ">"].into_iter().find(|operator| reader.eat(operator))?;
    reader.skip(char::is_whitespace);
    reader.skip(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | ')'));
    Some(reader.at)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// Takes characters as long as they are such; whether there were any.
    fn skip(&mut self, such: impl Fn(char) -> bool) -> bool {
        let rest = self.rest();
        let end = rest.find(|c| !such(c)).unwrap_or(rest.len());
        self.at += end;
        end > 0
    }

    fn digits(&mut self) -> bool {
        self.skip(|c| c.is_ascii_digit())
    }

    /// A word in any case; by Unicode's rules `ſ` is an `s`, which callers refuse later.
    fn word(&mut self, word: &str) -> bool {
        let mut characters = self.rest().char_indices();
        for wanted in word.chars() {
            match characters.next() {
                Some((_, c)) if c.to_ascii_lowercase() == wanted || (c == 'ſ' && wanted == 's') => {}
                _ => return false,
            }
        }
        let length = characters.next().map_or(self.rest().len(), |(at, _)| at);
        self.at += length;
        true
    }

    /// At most one of `-`, `_` and `.`.
    fn separator(&mut self) {
        if self.rest().starts_with(['-', '_', '.']) {
            self.at += 1;
        }
    }

    /// Blanks, `v`, epoch, release; how many numbers the release has.
    fn release(&mut self) -> Option<usize> {
        self.skip(char::is_whitespace);
        self.word("v");
        self.digits().then_some(())?;
        if self.rest().strip_prefix('!').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            self.at += 1;
            self.digits();
        }
        let mut parts = 1;
        while self.rest().strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            self.at += 1;
            self.digits();
            parts += 1;
        }
        Some(parts)
    }

    /// Pre-release, post-release and development release, each if it is there.
    fn suffixes(&mut self) {
        self.suffix(&["alpha", "beta", "preview", "pre", "a", "b", "c", "rc"]);
        let numbered =
            self.rest().strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if numbered {
            self.at += 1;
            self.digits();
        } else {
            self.suffix(&["post", "rev", "r"]);
        }
        self.suffix(&["dev"]);
    }

    /// One of these words with a number, and separators before and behind the word.
    fn suffix(&mut self, words: &[&str]) {
        let start = self.at;
        self.separator();
        if words.iter().any(|word| self.word(word)) {
            self.separator();
            self.digits();
        } else {
            self.at = start;
        }
    }

    /// The local version behind `+`.
    fn local(&mut self) {
        // `ſ` and the Kelvin sign are letters in any case, as in `word`.
        let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, 'ſ' | '\u{212a}');
        if !self.rest().strip_prefix('+').is_some_and(|rest| rest.starts_with(belongs)) {
            return;
        }
        self.at += 1;
        self.skip(belongs);
        while self.rest().strip_prefix(['-', '_', '.']).is_some_and(|rest| rest.starts_with(belongs)) {
            self.at += 1;
            self.skip(belongs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use regex::Regex;
    use std::sync::LazyLock;

    /// The grammar of PEP 440's appendix B as `packaging` writes it down.
    static STANDARD: LazyLock<Regex> = LazyLock::new(|| {
        let tail = r"(?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?[0-9]*)?(?:-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?(?:[-_.]?dev[-_.]?[0-9]*)?";
        let start = r"\s*v?(?:[0-9]+!)?[0-9]+";
        let equal =
            format!(r"(?:==|!=){start}(?:\.[0-9]+)*(?:\.\*|{tail}(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?)");
        let compatible = format!(r"~={start}(?:\.[0-9]+)+{tail}");
        let ordered = format!(r"(?:<=|>=|<|>){start}(?:\.[0-9]+)*{tail}");
        Regex::new(&format!(r"\A(?i:===\s*[^\s;)]*|{equal}|{compatible}|{ordered})")).unwrap()
    });
    static LEGACY: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\A(?:==|!=|<=|>=|<|>)\s*[^,;\s)]*").unwrap());

    fn agree(text: &str) {
        let standard = STANDARD.find(text).map(|found| found.len());
        assert_eq!(specifier_length(text, Specifiers::Standard), standard, "{text:?}");
        let either = standard.max(LEGACY.find(text).map(|found| found.len()));
        assert_eq!(specifier_length(text, Specifiers::Legacy), either, "{text:?}");
    }

    #[test]
    fn specifiers_end_where_the_grammar_ends_them() {
        for text in [
            "==1.0",
            "== v1!2.0.*",
            "==1.0.* x",
            "~=1",
            "~=1.2rc1.post2.dev3",
            ">=1.0a-1",
            "<1.0-2.dev",
            ">=1.0-",
            "==1+l.2-x_",
            "===anything goes;",
            "!=1.0PRE_1",
            "==1.0+",
            "<=1!",
            ">v1",
            "=1",
            "",
            "==1.0.poſt1",
            "==1+\u{212a}",
            "==1.0rc",
            "==1.0c.r1",
        ] {
            agree(text);
        }
    }

    proptest! {
        #[test]
        fn any_specifier_ends_where_the_grammar_ends_it(
            text in r"(==|!=|~=|<=|>=|<|>|===|=)[ \t]?[vV]?([0-9]{1,2}!?)?[0-9]?(\.[0-9*]{1,2}){0,3}([-_.+]?(alpha|beta|preview|pre|a|b|c|rc|RC|post|rev|r|dev|ſ|x)?[-_.]?[0-9]?){0,4}[,; )+]?[a-z0-9.]{0,3}"
        ) {
            agree(&text);
        }
    }
}

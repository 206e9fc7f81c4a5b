//! `(…)`: groups, look-around, conditions, comments and flags.

use super::{Parser, PatternError, flag};
use crate::packaging::Python;
use crate::stdlib::re::tree::Node;

impl Parser<'_> {
    /// What begins with a parenthesis, already taken; `None` for comments and flags of the whole pattern. `in_front` says
    /// that nothing stands before it.
    pub(super) fn group(&mut self, start: usize, in_front: bool) -> Result<Option<Node>, PatternError> {
        if !self.accept('?') {
            return self.capture(None, start).map(Some);
        }
        let Some(letter) = self.peek() else {
            return Err(self.invalid("unexpected end of pattern", self.at));
        };
        self.at += 1;
        match letter {
            ':' => self.body(start).map(Some),
            'P' => self.named(start).map(Some),
            '#' => {
                while let Some(character) = self.peek() {
                    self.at += 1;
                    if character == ')' {
                        return Ok(None);
                    }
                }
                Err(self.invalid("missing ), unterminated comment", start))
            }
            '=' | '!' => self.look(true, letter == '!', start).map(Some),
            '<' => match self.peek() {
                Some(kind @ ('=' | '!')) => {
                    self.at += 1;
                    self.look(false, kind == '!', start).map(Some)
                }
                Some(other) => Err(self.invalid(&format!("unknown extension ?<{other}"), start + 1)),
                None => Err(self.invalid("unexpected end of pattern", self.at)),
            },
            '(' => self.conditional(start).map(Some),
            '>' if self.dialect.at_least(3, 11) => Ok(Some(Node::Atomic(Box::new(self.body(start)?)))),
            'i' | 'L' | 'm' | 's' | 'x' | 'a' | 'u' | '-' => self.flags(letter, start, in_front),
            _ => Err(self.invalid(&format!("unknown extension ?{letter}"), start + 1)),
        }
    }

    /// Everything to the closing parenthesis. Flags set for the group end with it.
    fn body(&mut self, start: usize) -> Result<Node, PatternError> {
        let outer = self.local;
        let node = self.alternation(false)?;
        self.local = outer;
        if !self.accept(')') {
            return Err(self.invalid("missing ), unterminated subpattern", start));
        }
        // A repeat or an assertion in a group of its own can be repeated.
        Ok(match node {
            node @ (Node::Repeat { .. } | Node::Assertion(_)) => Node::Concatenation(vec![node]),
            node => node,
        })
    }

    fn capture(&mut self, name: Option<(String, usize)>, start: usize) -> Result<Node, PatternError> {
        let index = self.open.len() as u32;
        if let Some((name, place)) = name {
            if let Some((_, old)) = self.names.iter().find(|(known, _)| *known == name) {
                let text = format!("redefinition of group name '{name}' as group {index}; was group {old}");
                return Err(self.invalid(&text, place));
            }
            self.names.push((name, index));
        }
        self.open.push(true);
        let node = self.body(start)?;
        self.open[index as usize] = false;
        self.closing.push(index);
        Ok(Node::Capture(index, Box::new(node)))
    }

    /// Text up to `end`, which is taken.
    fn until(&mut self, end: char, what: &str) -> Result<String, PatternError> {
        let start = self.at;
        let Some(length) = self.characters[start..].iter().position(|&c| c == end) else {
            let message = if start == self.characters.len() {
                format!("missing {what}")
            } else {
                format!("missing {end}, unterminated name")
            };
            return Err(self.invalid(&message, start));
        };
        if length == 0 {
            return Err(self.invalid(&format!("missing {what}"), start));
        }
        self.at = start + length + 1;
        Ok(self.characters[start..start + length].iter().collect())
    }

    fn named(&mut self, start: usize) -> Result<Node, PatternError> {
        let kind = self.peek();
        self.at += usize::from(kind.is_some());
        let place = self.at;
        match kind {
            Some('<') => {
                let name = self.until('>', "group name")?;
                self.check_name(&name, place)?;
                self.capture(Some((name, place)), start)
            }
            Some('=') => {
                let name = self.until(')', "group name")?;
                self.check_name(&name, place)?;
                let Some(&(_, group)) = self.names.iter().find(|(known, _)| *known == name) else {
                    return Err(self.invalid(&format!("unknown group name '{name}'"), place));
                };
                self.backreference(group, &name, start)
            }
            Some(other) => Err(self.invalid(&format!("unknown extension ?P{other}"), start + 1)),
            None => Err(self.invalid("unexpected end of pattern", self.at)),
        }
    }

    fn check_name(&self, name: &str, place: usize) -> Result<(), PatternError> {
        if is_identifier(name) {
            return Ok(());
        }
        if !name.is_ascii() {
            return Err(PatternError::NotModelled("a group name beyond ASCII"));
        }
        Err(self.invalid(&format!("bad character in group name '{name}'"), place))
    }

    fn look(&mut self, ahead: bool, negated: bool, start: usize) -> Result<Node, PatternError> {
        self.behind += u32::from(!ahead);
        let node = self.body(start)?;
        self.behind -= u32::from(!ahead);
        let mut width = 0;
        if !ahead {
            let (low, high) = node.width();
            if high != Some(low) {
                return Err(PatternError::Invalid("look-behind requires fixed-width pattern".to_owned()));
            }
            width = u32::try_from(low).map_err(|_| PatternError::NotModelled("a very wide look-behind"))?;
        }
        if ahead && negated && node == Node::Empty {
            return Ok(Node::Fail);
        }
        Ok(Node::Look { ahead, negated, width, node: Box::new(node) })
    }

    fn conditional(&mut self, start: usize) -> Result<Node, PatternError> {
        let place = self.at;
        let name = self.until(')', "group name")?;
        let group = if name.bytes().all(|b| b.is_ascii_digit()) {
            let group = name.parse().unwrap_or(u32::MAX);
            if group == 0 && !self.dialect.at_least(3, 5) {
                return Err(PatternError::NotModelled("a condition on group 0 before Python 3.5"));
            }
            if group == 0 {
                return Err(self.invalid("bad group number", place));
            }
            self.conditions.push((group, place));
            group
        } else {
            self.check_name(&name, place)?;
            match self.names.iter().find(|(known, _)| *known == name) {
                Some(&(_, group)) => group,
                None => return Err(self.invalid(&format!("unknown group name '{name}'"), place)),
            }
        };
        if self.behind > 0 {
            return Err(PatternError::NotModelled("a condition within a look-behind"));
        }
        self.depth += 1;
        let outer = self.local;
        let yes = self.concatenation(false)?;
        let no = if self.accept('|') { self.concatenation(false)? } else { Node::Empty };
        self.local = outer;
        self.depth -= 1;
        if self.peek() == Some('|') {
            return Err(self.invalid("conditional backref with more than two branches", self.at));
        }
        if !self.accept(')') {
            return Err(self.invalid("missing ), unterminated subpattern", start));
        }
        Ok(Node::Conditional { group, yes: Box::new(yes), no: Box::new(no) })
    }

    /// `(?imsx)` for the whole pattern, or `(?i-s:…)` for a group; the first letter is taken.
    fn flags(&mut self, first: char, start: usize, in_front: bool) -> Result<Option<Node>, PatternError> {
        let mut letter = first;
        let (mut on, mut off) = (0, 0);
        let mut removing = false;
        loop {
            match flag_of(letter) {
                Some(bit) if removing => off |= bit,
                Some(bit) => on |= bit,
                None if letter == '-' && !removing => removing = true,
                None => return Err(self.invalid("unknown flag", self.at - 1)),
            }
            let Some(next) = self.peek() else {
                return Err(self.invalid("missing -, : or )", self.at));
            };
            self.at += 1;
            match next {
                ')' if !removing => return self.global_flags(on, start, in_front).map(|()| None),
                ':' if self.dialect.at_least(3, 6) => break,
                _ => letter = next,
            }
        }
        self.check_scoped(on, off)?;
        let outer = self.local;
        if on & (flag::ASCII | flag::UNICODE) != 0 {
            self.local &= !(flag::ASCII | flag::UNICODE);
        }
        self.local = (self.local | on) & !off;
        let inner = self.alternation(false)?;
        self.local = outer;
        if !self.accept(')') {
            return Err(self.invalid("missing ), unterminated subpattern", start));
        }
        Ok(Some(Node::Concatenation(vec![inner])))
    }

    fn global_flags(&mut self, on: u32, start: usize, in_front: bool) -> Result<(), PatternError> {
        if self.dialect.at_least(3, 11) && !in_front {
            return Err(self.invalid("global flags not at the start of the expression", start));
        }
        if self.dialect.python == Python::new(2, 7) && on & flag::ASCII != 0 {
            return Err(self.invalid("unexpected end of pattern", start));
        }
        self.global |= on;
        Ok(())
    }

    fn check_scoped(&self, on: u32, off: u32) -> Result<(), PatternError> {
        let types = flag::ASCII | flag::UNICODE | flag::LOCALE;
        if on & flag::LOCALE != 0 {
            return Err(PatternError::NotModelled("the LOCALE flag of a pattern"));
        }
        let wrong = |text: &str| Err(self.invalid(text, self.at - 1));
        if on & types == flag::ASCII | flag::UNICODE {
            return wrong("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
        }
        if self.dialect.bytes && on & flag::UNICODE != 0 {
            return wrong("bad inline flags: cannot use 'u' flag with a bytes pattern");
        }
        if off & types != 0 {
            return wrong("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
        }
        if on & off != 0 {
            return wrong("bad inline flags: flag turned on and off");
        }
        Ok(())
    }
}

fn flag_of(letter: char) -> Option<u32> {
    Some(match letter {
        'i' => flag::IGNORE_CASE,
        'L' => flag::LOCALE,
        'm' => flag::MULTI_LINE,
        's' => flag::DOT_ALL,
        'x' => flag::VERBOSE,
        'a' => flag::ASCII,
        'u' => flag::UNICODE,
        _ => return None,
    })
}

/// An ASCII identifier of Python.
pub fn is_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

//! `[…]`: what a set of characters holds.

use super::{Parser, PatternError, flag, octal};
use crate::stdlib::re::character;
use crate::stdlib::re::tree::Node;
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};
use std::sync::Arc;

/// One entry of a set.
enum Entry {
    Character(char),
    Category(Arc<ClassUnicode>),
}

impl Parser<'_> {
    /// A set whose opening bracket is taken.
    pub(super) fn set(&mut self, start: usize) -> Result<Node, PatternError> {
        let negated = self.accept('^');
        let unterminated = |parser: &Self| parser.invalid("unterminated character set", start);
        let mut own = ClassUnicode::empty();
        let mut categories = ClassUnicode::empty();
        let mut first = true;
        loop {
            let place = self.at;
            let character = self.peek().ok_or_else(|| unterminated(self))?;
            self.at += 1;
            if character == ']' && !first {
                break;
            }
            first = false;
            let low = self.entry(character, place)?;
            if !self.accept('-') {
                add(low, &mut own, &mut categories);
                continue;
            }
            let after = self.at;
            let character = self.peek().ok_or_else(|| unterminated(self))?;
            self.at += 1;
            if character == ']' {
                add(low, &mut own, &mut categories);
                own.push(ClassUnicodeRange::new('-', '-'));
                break;
            }
            let high = self.entry(character, after)?;
            match (low, high) {
                (Entry::Character(low), Entry::Character(high)) if low <= high => {
                    own.push(ClassUnicodeRange::new(low, high));
                }
                _ => {
                    let text: String = self.characters[place..self.at].iter().collect();
                    return Err(self.invalid(&format!("bad character range {text}"), place));
                }
            }
        }
        if self.has(flag::IGNORE_CASE) {
            character::fold(&mut own, self.ascii());
        }
        own.union(&categories);
        if negated {
            own.negate();
        }
        Ok(Node::Class(Arc::new(own)))
    }

    fn entry(&mut self, character: char, place: usize) -> Result<Entry, PatternError> {
        if character != '\\' {
            return Ok(Entry::Character(character));
        }
        let Some(letter) = self.peek() else {
            return Err(self.invalid("bad escape (end of pattern)", place));
        };
        self.at += 1;
        if let Some(class) = character::category(letter, self.ascii()) {
            return Ok(Entry::Category(class));
        }
        Ok(Entry::Character(match letter {
            'b' => '\x08',
            '0'..='7' => {
                let digits = format!("{letter}{}", self.take_while(2, |c| c.is_digit(8)));
                octal(&digits).ok_or_else(|| self.octal_range(&digits, place))?
            }
            '8' | '9' => return Err(self.invalid(&format!("bad escape \\{letter}"), place)),
            _ => self.common_escape(letter, place)?,
        }))
    }
}

fn add(entry: Entry, own: &mut ClassUnicode, categories: &mut ClassUnicode) {
    match entry {
        Entry::Character(character) => own.push(ClassUnicodeRange::new(character, character)),
        Entry::Category(class) => categories.union(&class),
    }
}

//! Where the items of a list stand, whatever way they came: the string in a call, the line in setup.cfg, the entry in TOML.

use super::Context;
use crate::eval::outcome::View;
use crate::text::Span;
use std::collections::HashMap;

/// One text of a list field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    pub text: String,
    pub span: Span,
    /// Whether the span covers the text and nothing else, so that it can be replaced.
    pub exact: bool,
}

impl Context<'_> {
    /// The items of a list field with their places; empty when it is unset or unknown.
    pub fn items(&self, field: &str) -> Vec<Item> {
        let Some(origin) = self.metadata().origin(field) else { return Vec::new() };
        let places = self.places(field);
        let mut taken: HashMap<&str, usize> = HashMap::new();
        let mut items = Vec::new();
        for text in self.list(field) {
            let nth = taken.entry(text).or_default();
            items.push(self.item(text, origin, &places, *nth));
            *nth += 1;
        }
        items
    }

    /// Where a text that a field's value holds stands.
    pub fn find_text(&self, field: &str, text: &str) -> Option<Item> {
        let origin = self.metadata().origin(field)?;
        Some(self.item(text, origin, &self.places(field), 0))
    }

    /// The texts of an argument in setup.py, with the places each came through, nearest first.
    fn places(&self, field: &str) -> Vec<(String, Vec<Span>)> {
        let mut places = Vec::new();
        if let (Some((value, _)), Some((outcome, _))) = (self.keyword(field), self.call()) {
            let mut open = vec![value.clone()];
            // Nested lists of requirements; a value that holds itself ends the search.
            for _ in 0..10_000 {
                let Some(value) = open.pop() else { break };
                match outcome.view(&value) {
                    View::Text(text) => places.push((text, outcome.trail(&value))),
                    View::List(items) | View::Tuple(items) | View::Set(items) => {
                        open.extend(items.into_iter().rev());
                    }
                    View::Dict(entries) => {
                        open.extend(entries.into_iter().rev().flat_map(|(key, value)| [value, key]));
                    }
                    _ => {}
                }
            }
        }
        places
    }

    /// The place of the `nth` item that has this text.
    fn item(&self, text: &str, origin: Span, places: &[(String, Vec<Span>)], nth: usize) -> Item {
        let own = places.iter().filter(|(other, _)| other == text).nth(nth);
        let own_trail = own.map(|(_, trail)| trail.as_slice()).unwrap_or_default();
        let whole =
            places.iter().filter(|(other, _)| other.contains(text)).flat_map(|(_, trail)| trail.iter());
        let candidates = own_trail.iter().chain(whole).chain(std::iter::once(&origin));
        for candidate in candidates {
            if let Some(span) = self.within(*candidate, text, nth) {
                return Item { text: text.to_owned(), span, exact: true };
            }
        }
        // Anywhere in the file, when it stands there once.
        let file = self.sources.text(origin.file);
        let mut found = file.match_indices(text);
        if let (Some((at, _)), None) = (found.next(), found.next())
            && !text.is_empty()
        {
            let span = Span::new(origin.file, at as u32, (at + text.len()) as u32);
            return Item { text: text.to_owned(), span, exact: true };
        }
        let nearest = own_trail.first().copied().filter(|span| !self.sources.path(span.file).is_empty());
        Item { text: text.to_owned(), span: nearest.unwrap_or(origin), exact: false }
    }

    /// The text within what a span covers, as a word of its own: not part of a longer one.
    fn within(&self, span: Span, text: &str, nth: usize) -> Option<Span> {
        if text.is_empty() {
            return None;
        }
        let slice = self.sources.slice(span);
        let apart = |c: Option<char>| {
            c.is_none_or(|c| matches!(c, '"' | '\'' | '\n' | '\r' | ',' | '=') || c.is_whitespace())
        };
        let mut found = slice.match_indices(text).filter(|(at, _)| {
            apart(slice[..*at].chars().next_back()) && apart(slice[at + text.len()..].chars().next())
        });
        let all: Vec<usize> = found.by_ref().map(|(at, _)| at).collect();
        let at = all.get(nth).or(all.first()).copied()? as u32;
        Some(Span::new(span.file, span.start + at, span.start + at + text.len() as u32))
    }
}

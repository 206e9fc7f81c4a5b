//! A compiled pattern and Python's searches with it.
//!
//! Places are byte offsets into the subject's UTF-8; [`Subject`] turns them into Python's character indexes.

use super::backtrack::{Anchoring, Machine, Stop};
use super::character;
use super::syntax::{self, Dialect, Parsed, PatternError, flag};
use super::tree::Assertion;
use crate::packaging::Python;
use regex_automata::meta;
use regex_automata::{Anchored, Input};
use std::sync::OnceLock;

/// Bytes that a compiled linear engine may take; larger patterns run on the machine.
const LINEAR_LIMIT: usize = 4 << 20;

/// What is searched: the text, up to Python's `endpos`.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    text: &'a str,
    ascii: bool,
}

impl<'a> Subject<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, ascii: text.is_ascii() }
    }

    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The character index of a byte offset.
    pub fn index(&self, offset: usize) -> usize {
        if self.ascii { offset } else { self.text[..offset].chars().count() }
    }

    /// The byte offset of a character index, at most the length.
    pub fn offset(&self, index: usize) -> usize {
        if self.ascii {
            return index.min(self.text.len());
        }
        self.text.char_indices().nth(index).map_or(self.text.len(), |(at, _)| at)
    }

    /// The same subject, as if it ended at this byte offset.
    #[must_use]
    pub fn cut(&self, end: usize) -> Self {
        Self::new(&self.text[..end])
    }
}

/// A match: byte offsets of the whole (group 0) and of each group that took part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Match {
    spans: Vec<Option<(usize, usize)>>,
}

impl Match {
    pub fn span(&self, group: usize) -> Option<(usize, usize)> {
        self.spans.get(group).copied().flatten()
    }

    pub fn start(&self) -> usize {
        self.span(0).map_or(0, |span| span.0)
    }

    pub fn end(&self) -> usize {
        self.span(0).map_or(0, |span| span.1)
    }

    fn is_empty(&self) -> bool {
        self.start() == self.end()
    }
}

/// What a search asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// `search`: anywhere from the place on.
    Search,
    /// `match`: at the place.
    Match,
    /// `fullmatch`: from the place to the end.
    Full,
}

/// Why a search gave neither a match nor none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SearchError<F> {
    NotModelled(&'static str),
    /// `ValueError`, with its message.
    Value(&'static str),
    /// The caller's meter ran out.
    Meter(F),
}

/// Told how many bytes a search went through, so that the caller can charge for them and stop.
pub type Meter<'m, F> = &'m mut dyn FnMut(usize) -> Result<(), F>;

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    parsed: Parsed,
    dialect: Dialect,
    regular: bool,
    linear: OnceLock<Option<meta::Regex>>,
    machine: OnceLock<Machine>,
}

/// Whether both match alike, whatever Pythons they were read for.
impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source && self.parsed == other.parsed
    }
}

impl Pattern {
    /// `re.compile(source, flags)`.
    pub fn new(source: &str, flags: u32, dialect: Dialect) -> Result<Self, PatternError> {
        let parsed = syntax::parse(source, flags, dialect)?;
        let ignores_case = parsed.flags & flag::IGNORE_CASE != 0 || source.contains("(?");
        if ignores_case && parsed.flags & flag::UNICODE != 0 && character::case_differs(source) {
            return Err(PatternError::NotModelled("letters whose case depends on the Python, in a pattern"));
        }
        let regular = parsed.node.is_regular();
        Ok(Self {
            source: source.to_owned(),
            parsed,
            dialect,
            regular,
            linear: OnceLock::new(),
            machine: OnceLock::new(),
        })
    }

    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Whether searches differ between Pythons: where empty matches stand in lists (3.7), `\B` in empty text (3.14).
    pub fn depends_on_python(&self) -> bool {
        let boundary = |a| matches!(a, Assertion::Boundary { negated: true, .. });
        self.parsed.node.may_be_empty() || self.parsed.node.has_assertion(boundary)
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    /// `Pattern.flags`.
    pub fn flags(&self) -> u32 {
        self.parsed.flags
    }

    /// How many capturing groups there are.
    pub fn groups(&self) -> usize {
        self.parsed.groups as usize
    }

    pub fn names(&self) -> &[(String, u32)] {
        &self.parsed.names
    }

    /// The number of a named group.
    pub fn group_index(&self, name: &str) -> Option<usize> {
        self.parsed.names.iter().find(|(known, _)| known == name).map(|(_, index)| *index as usize)
    }

    /// `Match.lastindex`: the group that closed last. `None` for no group; not modelled where look-around holds groups.
    pub fn last_index<F>(&self, found: &Match) -> Result<Option<usize>, SearchError<F>> {
        if self.parsed.node.has_look() {
            return Err(SearchError::NotModelled("the last group of a pattern with look-around"));
        }
        let closed = self.parsed.closing.iter().enumerate().filter_map(|(order, &group)| {
            found.span(group as usize).map(|(_, end)| (end, order, group as usize))
        });
        Ok(closed.max().map(|(_, _, group)| group))
    }

    /// The first match from byte `from` on.
    pub fn find<F>(
        &self,
        subject: &Subject<'_>,
        from: usize,
        how: How,
    ) -> Result<Option<Match>, SearchError<F>> {
        let anchoring = Anchoring { start: how != How::Search, end: how == How::Full, advance: false };
        self.run(subject, from, anchoring)
    }

    fn run<F>(
        &self,
        subject: &Subject<'_>,
        from: usize,
        anchoring: Anchoring,
    ) -> Result<Option<Match>, SearchError<F>> {
        let boundaries_differ = self.check(subject)?;
        let newline_ends =
            subject.text.ends_with('\n') && self.parsed.node.has_assertion(|a| a == Assertion::LastLineEnd);
        // The machine tries other ways until one ends the subject; a leftmost search would take the first.
        let linear =
            if self.regular && !newline_ends && !boundaries_differ && !anchoring.end && !anchoring.advance {
                self.linear.get_or_init(|| self.compile()).as_ref()
            } else {
                None
            };
        let slots = if let Some(regex) = linear {
            let anchored = if anchoring.start { Anchored::Yes } else { Anchored::No };
            let mut captures = regex.create_captures();
            regex.search_captures(&Input::new(subject.text).range(from..).anchored(anchored), &mut captures);
            captures.is_match().then(|| {
                let groups = 0..=self.groups();
                groups.map(|group| captures.get_group(group).map(|span| (span.start, span.end))).collect()
            })
        } else {
            let machine = self.machine.get_or_init(|| Machine::new(&self.parsed.node, self.parsed.groups));
            let found = machine.find(subject.text, from, anchoring).map_err(|stop| {
                SearchError::NotModelled(match stop {
                    Stop::TooManySteps => "a pattern that backtracks too often on this text",
                    Stop::CaseOfBackreference => "a back-reference that ignores case beyond ASCII",
                })
            })?;
            found.map(|slots| slots.chunks(2).map(|pair| pair[0].zip(pair[1])).collect())
        };
        Ok(slots.map(|spans| Match { spans }))
    }

    /// Whether word boundaries in this subject need the machine; an error where Pythons disagree on the subject.
    fn check<F>(&self, subject: &Subject<'_>) -> Result<bool, SearchError<F>> {
        let boundary = |wanted: bool| {
            self.parsed
                .node
                .has_assertion(|a| matches!(a, Assertion::Boundary { negated, .. } if !wanted || negated))
        };
        if subject.text.is_empty() && self.dialect.python < Python::new(3, 14) && boundary(true) {
            return Err(SearchError::NotModelled("`\\B` in an empty text"));
        }
        if subject.ascii {
            return Ok(false);
        }
        let unicode = self.parsed.flags & flag::UNICODE != 0;
        let ignores_case = self.parsed.flags & flag::IGNORE_CASE != 0 || self.source.contains("(?");
        if unicode && ignores_case && character::case_differs(subject.text) {
            return Err(SearchError::NotModelled("letters whose case depends on the Python"));
        }
        Ok(boundary(false) && character::words_differ(subject.text, !unicode || self.source.contains("(?")))
    }

    fn compile(&self) -> Option<meta::Regex> {
        let hir = self.parsed.node.to_hir()?;
        meta::Builder::new()
            .configure(
                meta::Config::new()
                    .nfa_size_limit(Some(LINEAR_LIMIT))
                    .onepass_size_limit(Some(LINEAR_LIMIT))
                    .hybrid_cache_capacity(LINEAR_LIMIT),
            )
            .build_from_hir(&hir)
            .ok()
    }

    /// `finditer`, and so `findall`: every match that does not overlap an earlier one.
    pub fn find_all<F>(
        &self,
        subject: &Subject<'_>,
        from: usize,
        meter: Meter<'_, F>,
    ) -> Result<Vec<Match>, SearchError<F>> {
        self.all(subject, from, usize::MAX, meter)
    }

    fn modern(&self) -> bool {
        self.dialect.python >= Python::new(3, 7)
    }

    fn all<F>(
        &self,
        subject: &Subject<'_>,
        from: usize,
        most: usize,
        meter: Meter<'_, F>,
    ) -> Result<Vec<Match>, SearchError<F>> {
        let mut found: Vec<Match> = Vec::new();
        let mut at = Some(from);
        let mut advance = false;
        while let Some(place) = at.filter(|_| found.len() < most) {
            let Some(next) = self.next(subject, place, advance)? else { break };
            meter(next.end() - place + 1).map_err(SearchError::Meter)?;
            (at, advance) = match (next.is_empty(), self.modern()) {
                (false, _) => (Some(next.end()), false),
                // Since 3.7 a match that is not empty may begin where an empty one stood.
                (true, true) => (Some(next.end()), true),
                (true, false) => (after(subject.text, next.end()), false),
            };
            found.push(next);
        }
        Ok(found)
    }

    fn next<F>(
        &self,
        subject: &Subject<'_>,
        from: usize,
        advance: bool,
    ) -> Result<Option<Match>, SearchError<F>> {
        if advance && self.parsed.node.prefers_text() {
            // An empty match here means that there is no other here.
            return match after(subject.text, from) {
                Some(next) => self.find(subject, next, How::Search),
                None => Ok(None),
            };
        }
        self.run(subject, from, Anchoring { start: false, end: false, advance })
    }

    /// The matches that `sub` replaces, at most `count` of them (0 for all).
    pub fn replaced<F>(
        &self,
        subject: &Subject<'_>,
        count: usize,
        meter: Meter<'_, F>,
    ) -> Result<Vec<Match>, SearchError<F>> {
        let most = if count == 0 { usize::MAX } else { count };
        if self.modern() {
            return self.all(subject, 0, most, meter);
        }
        // Before 3.7 an empty match right after another match is not replaced, nor does it count.
        let mut found = self.all(subject, 0, usize::MAX, meter)?;
        let mut end = None;
        found.retain(|next| {
            let kept = !(next.is_empty() && end == Some(next.start()));
            if kept {
                end = Some(next.end());
            }
            kept
        });
        found.truncate(most);
        Ok(found)
    }

    /// The pieces of `split`, at most `most` cuts (0 for all): text between matches, and after each piece the groups of the
    /// match (`None` where a group took no part).
    pub fn split<F>(
        &self,
        subject: &Subject<'_>,
        most: usize,
        meter: Meter<'_, F>,
    ) -> Result<Vec<Option<(usize, usize)>>, SearchError<F>> {
        if !self.modern() && self.dialect.python >= Python::new(3, 5) && self.parsed.node.width().1 == Some(0)
        {
            return Err(SearchError::Value("split() requires a non-empty pattern match."));
        }
        let limit = if most == 0 { usize::MAX } else { most };
        let mut cuts = self.all(subject, 0, if self.modern() { limit } else { usize::MAX }, meter)?;
        if !self.modern() {
            cuts.retain(|cut| !cut.is_empty());
            cuts.truncate(limit);
        }
        let mut pieces = Vec::new();
        let mut last = 0;
        for cut in cuts {
            pieces.push(Some((last, cut.start())));
            pieces.extend(cut.spans.iter().skip(1));
            last = cut.end();
        }
        pieces.push(Some((last, subject.text.len())));
        Ok(pieces)
    }
}

/// The place after the next character; `None` at the end.
fn after(text: &str, at: usize) -> Option<usize> {
    text[at..].chars().next().map(|next| at + next.len_utf8())
}

/// `re.escape`: since 3.7 only what is special, since 3.3 all but letters, digits and `_`, before that without `_`.
pub fn escape(text: &str, python: Python) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        let special = if python >= Python::new(3, 7) {
            matches!(
                character,
                '(' | ')'
                    | '['
                    | ']'
                    | '{'
                    | '}'
                    | '?'
                    | '*'
                    | '+'
                    | '-'
                    | '|'
                    | '^'
                    | '$'
                    | '\\'
                    | '.'
                    | '&'
                    | '~'
                    | '#'
                    | ' '
                    | '\t'
                    | '\n'
                    | '\r'
                    | '\x0b'
                    | '\x0c'
            )
        } else {
            !character.is_ascii_alphanumeric() && (character != '_' || python.major == 2)
        };
        match character {
            '\0' if special => escaped.push_str("\\000"),
            _ => {
                if special {
                    escaped.push('\\');
                }
                escaped.push(character);
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests;

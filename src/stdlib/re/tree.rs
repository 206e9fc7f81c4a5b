//! A pattern as a tree: flags are resolved already, so that every leaf says what it matches.

use regex_syntax::hir::{self, Class, ClassUnicode, Hir, Look};
use std::sync::Arc;

/// A piece of a pattern.
#[derive(Clone, PartialEq, Debug)]
pub enum Node {
    Empty,
    /// Never matches: `(?!)`.
    Fail,
    Literal(char),
    /// Shared, because `\w` alone has hundreds of ranges.
    Class(Arc<ClassUnicode>),
    Assertion(Assertion),
    /// A capturing group, numbered from 1.
    Capture(u32, Box<Self>),
    Backreference {
        group: u32,
        ignore_case: bool,
    },
    Look {
        ahead: bool,
        negated: bool,
        /// How many characters a look-behind goes back.
        width: u32,
        node: Box<Self>,
    },
    Atomic(Box<Self>),
    Conditional {
        group: u32,
        yes: Box<Self>,
        no: Box<Self>,
    },
    Repeat {
        node: Box<Self>,
        min: u32,
        max: Option<u32>,
        mode: Mode,
    },
    Concatenation(Vec<Self>),
    Alternation(Vec<Self>),
}

/// How a repeat chooses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    Greedy,
    Lazy,
    Possessive,
}

/// What holds between two characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Assertion {
    TextStart,
    LineStart,
    TextEnd,
    LineEnd,
    /// Python's `$`: at the end, or before a newline that ends the text.
    LastLineEnd,
    Boundary {
        ascii: bool,
        negated: bool,
    },
}

impl Node {
    /// The fewest and most characters that it matches; `None` where a back-reference or a repeat has no bound.
    pub fn width(&self) -> (u64, Option<u64>) {
        match self {
            Self::Empty | Self::Fail | Self::Assertion(_) | Self::Look { .. } => (0, Some(0)),
            Self::Literal(_) | Self::Class(_) => (1, Some(1)),
            Self::Capture(_, node) | Self::Atomic(node) => node.width(),
            Self::Backreference { .. } => (0, None),
            Self::Conditional { yes, no, .. } => either(yes.width(), no.width()),
            Self::Repeat { node, min, max, .. } => {
                let (low, high) = node.width();
                let high = match (high, max) {
                    (Some(0), _) => Some(0),
                    (Some(high), Some(max)) => Some(high.saturating_mul(u64::from(*max))),
                    _ => None,
                };
                (low.saturating_mul(u64::from(*min)), high)
            }
            Self::Concatenation(nodes) => nodes.iter().map(Self::width).fold((0, Some(0)), |sum, width| {
                let high = sum.1.zip(width.1).map(|(a, b)| a.saturating_add(b));
                (sum.0.saturating_add(width.0), high)
            }),
            Self::Alternation(nodes) => nodes.iter().map(Self::width).reduce(either).unwrap_or((0, Some(0))),
        }
    }

    pub fn may_be_empty(&self) -> bool {
        self.width().0 == 0
    }

    /// Whether, at any one place, every match that is not empty is preferred to the empty one: an engine that found the
    /// empty match then knows that there is no other.
    pub fn prefers_text(&self) -> bool {
        match self {
            _ if !self.may_be_empty() => true,
            Self::Capture(_, node) | Self::Atomic(node) => node.prefers_text(),
            Self::Conditional { yes, no, .. } => yes.prefers_text() && no.prefers_text(),
            Self::Repeat { node, mode, .. } => *mode != Mode::Lazy && node.prefers_text(),
            Self::Concatenation(nodes) => nodes.iter().all(Self::prefers_text),
            Self::Alternation(nodes) => {
                let first = nodes.iter().position(Self::may_be_empty).unwrap_or(nodes.len());
                let rest = &nodes[(first + 1).min(nodes.len())..];
                nodes.get(first).is_none_or(Self::prefers_text) && rest.iter().all(|n| n.width().1 == Some(0))
            }
            _ => true,
        }
    }

    fn any(&self, wanted: &dyn Fn(&Self) -> bool) -> bool {
        wanted(self)
            || match self {
                Self::Capture(_, node)
                | Self::Atomic(node)
                | Self::Look { node, .. }
                | Self::Repeat { node, .. } => node.any(wanted),
                Self::Conditional { yes, no, .. } => yes.any(wanted) || no.any(wanted),
                Self::Concatenation(nodes) | Self::Alternation(nodes) => nodes.iter().any(|n| n.any(wanted)),
                _ => false,
            }
    }

    pub fn has_assertion(&self, wanted: impl Fn(Assertion) -> bool) -> bool {
        self.any(&|node| matches!(node, Self::Assertion(found) if wanted(*found)))
    }

    pub fn has_look(&self) -> bool {
        self.any(&|node| matches!(node, Self::Look { .. }))
    }

    /// Whether a linear-time engine finds what Python finds: nothing that needs backtracking, and no repeat of something
    /// that may be empty with a choice or a group in it, where engines differ.
    pub fn is_regular(&self) -> bool {
        !self.any(&|node| match node {
            Self::Backreference { .. } | Self::Look { .. } | Self::Atomic(_) | Self::Conditional { .. } => {
                true
            }
            Self::Repeat { mode: Mode::Possessive, .. } => true,
            Self::Repeat { node, max, mode, .. } => {
                *max != Some(1)
                    && node.may_be_empty()
                    && (*mode == Mode::Lazy
                        || !node.prefers_text()
                        || node.any(&|inner| matches!(inner, Self::Capture(..))))
            }
            _ => false,
        })
    }

    /// The tree of `regex-syntax`; `None` for what is not regular.
    pub fn to_hir(&self) -> Option<Hir> {
        Some(match self {
            Self::Empty => Hir::empty(),
            Self::Fail => Hir::fail(),
            Self::Literal(character) => Hir::literal(character.to_string().into_bytes()),
            Self::Class(class) => Hir::class(Class::Unicode((**class).clone())),
            Self::Assertion(assertion) => Hir::look(assertion.to_look()),
            Self::Capture(index, node) => {
                Hir::capture(hir::Capture { index: *index, name: None, sub: Box::new(node.to_hir()?) })
            }
            Self::Repeat { node, min, max, mode } if *mode != Mode::Possessive => {
                Hir::repetition(hir::Repetition {
                    min: *min,
                    max: *max,
                    greedy: *mode == Mode::Greedy,
                    sub: Box::new(node.to_hir()?),
                })
            }
            Self::Concatenation(nodes) => {
                Hir::concat(nodes.iter().map(Self::to_hir).collect::<Option<Vec<_>>>()?)
            }
            Self::Alternation(nodes) => {
                Hir::alternation(nodes.iter().map(Self::to_hir).collect::<Option<Vec<_>>>()?)
            }
            _ => return None,
        })
    }
}

fn either(a: (u64, Option<u64>), b: (u64, Option<u64>)) -> (u64, Option<u64>) {
    (a.0.min(b.0), a.1.zip(b.1).map(|(a, b)| a.max(b)))
}

impl Assertion {
    /// For subjects where `$` and word boundaries are the engine's own (see `pattern`).
    fn to_look(self) -> Look {
        match self {
            Self::TextStart => Look::Start,
            Self::LineStart => Look::StartLF,
            Self::TextEnd | Self::LastLineEnd => Look::End,
            Self::LineEnd => Look::EndLF,
            Self::Boundary { negated: false, .. } => Look::WordUnicode,
            Self::Boundary { negated: true, .. } => Look::WordUnicodeNegate,
        }
    }
}

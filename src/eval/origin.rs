//! Where values come from: places linked to the places before them.

use super::Evaluator;
use super::value::{Origin, Value};
use crate::text::Span;

/// More nodes than this are not kept: a value then has the origin it came with. Real files need below 10,000.
const MAX_NODES: usize = 200_000;

/// The table of origins; node 0 is nowhere.
#[derive(Default, Debug)]
pub struct Origins {
    nodes: Vec<(Span, Origin)>,
}

impl Origins {
    fn add(&mut self, span: Span, before: Origin) -> Origin {
        if self.nodes.len() >= MAX_NODES || self.span(before) == Some(span) {
            return before;
        }
        self.nodes.push((span, before));
        Origin(self.nodes.len() as u32)
    }

    fn node(&self, origin: Origin) -> Option<(Span, Origin)> {
        self.nodes.get((origin.0 as usize).checked_sub(1)?).copied()
    }

    pub fn span(&self, origin: Origin) -> Option<Span> {
        self.node(origin).map(|(span, _)| span)
    }

    /// The places that a value came through, nearest first.
    pub fn trail(&self, origin: Origin) -> Vec<Span> {
        let mut trail: Vec<Span> = Vec::new();
        let mut at = origin;
        while let Some((span, before)) = self.node(at) {
            if trail.last() != Some(&span) {
                trail.push(span);
            }
            if trail.len() == 64 {
                break;
            }
            at = before;
        }
        trail
    }
}

impl Evaluator<'_> {
    /// The origin of a value made by the expression being evaluated.
    pub fn origin_here(&mut self) -> Origin {
        self.origins.add(self.here, Origin::NOWHERE)
    }

    /// A value handed on at a place: that place first, then where it came from.
    pub fn through(&mut self, value: Value, span: Span) -> Value {
        let origin = self.origins.add(span, value.origin);
        value.with_origin(origin)
    }

    /// A value made here out of another, unless it already knows where it came from.
    pub(super) fn made_from(&mut self, value: Value, span: Span, from: Origin) -> Value {
        if value.origin != Origin::NOWHERE {
            return value;
        }
        let origin = self.origins.add(span, from);
        value.with_origin(origin)
    }
}

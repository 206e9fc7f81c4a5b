//! Where values come from: places linked to the places before them.

use super::Evaluator;
use super::object::Object;
use super::value::{Data, Origin, Value};
use crate::text::{FileId, Span};

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

    /// The origin of a part of a text: its own place in the file that the text was read from, where it stands there.
    pub fn origin_of_part(&mut self, whole: &Value, text: &str, start: usize, end: usize) -> Origin {
        let Some(root) = self.origins.trail(whole.origin).last().copied() else { return whole.origin };
        let content = self.sources.text(root.file);
        let is_file = root == self.sources.head(root.file);
        let from = if is_file { 0 } else { root.start as usize };
        let region = if is_file { content } else { self.sources.slice(root) };
        let Some(at) = region.find(text).filter(|_| start < end) else { return whole.origin };
        let base = from + at;
        let place = Span::new(root.file, (base + start) as u32, (base + end) as u32);
        let (part, here) = (self.origins.add(place, Origin::NOWHERE), self.here);
        self.origins.add(here, part)
    }

    /// The file of which a text is the whole content.
    pub fn file_of(&self, whole: &Value, text: &str) -> Option<FileId> {
        let root = self.origins.trail(whole.origin).last().copied()?;
        let is_file = root == self.sources.head(root.file) && **self.sources.text(root.file) == *text;
        is_file.then_some(root.file)
    }

    /// The origin of what stands in a file.
    pub fn origin_in(&mut self, file: FileId, start: usize, end: usize) -> Origin {
        self.origins.add(Span::new(file, start as u32, end as u32), Origin::NOWHERE)
    }

    /// Of several values that one was made from, the first that came out of another file than the one that is being run; else
    /// the first that came from anywhere.
    pub(super) fn furthest<'a>(&self, values: impl Iterator<Item = &'a Value> + Clone) -> Origin {
        let came = values.map(|value| value.origin).filter(|origin| *origin != Origin::NOWHERE);
        let is_far = |origin: &Origin| {
            self.origins.trail(*origin).last().is_some_and(|root| root.file != self.here.file)
        };
        came.clone().find(is_far).or_else(|| came.clone().next()).unwrap_or(Origin::NOWHERE)
    }

    /// Parts of a text (`split`, `partition`) come from where the text came from.
    pub(super) fn parts_from(&mut self, parts: Value) -> Value {
        let origin = parts.origin;
        let inherit = |item: &mut Value| {
            if item.origin == Origin::NOWHERE {
                item.origin = origin;
            }
        };
        match &parts.data {
            Data::Tuple(items) => {
                let mut items = items.to_vec();
                items.iter_mut().for_each(inherit);
                return Value::tuple(items).with_origin(origin);
            }
            Data::Object(id) => {
                if let Object::List(list) = self.state.object_mut(*id) {
                    list.items.iter_mut().for_each(inherit);
                }
            }
            _ => {}
        }
        parts
    }

    /// A short text whose trail ends at a file as a whole: the place in the file where it stands, if there is only one.
    pub(super) fn narrowed(&mut self, value: Value) -> Value {
        let text = match &value.data {
            Data::Text(text) => text.clone(),
            Data::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => text.into(),
                Err(_) => return value,
            },
            _ => return value,
        };
        let mut trail = self.origins.trail(value.origin);
        let Some(root) = trail.pop() else { return value };
        if text.is_empty() || text.len() > 200 || text.contains('\n') || root != self.sources.head(root.file)
        {
            return value;
        }
        let content = self.sources.text(root.file);
        let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
        let around =
            |at: usize| (content[..at].chars().next_back(), content[at + text.len()..].chars().next());
        let places: Vec<usize> = content.match_indices(&*text).map(|(at, _)| at).take(64).collect();
        let whole = places.iter().filter(|at| !word(around(**at).0) && !word(around(**at).1));
        let whole: Vec<usize> = whole.copied().collect();
        let quoted =
            whole.iter().filter(|at| matches!(around(**at), (Some(a @ ('\'' | '"')), Some(b)) if a == b));
        let quoted: Vec<usize> = quoted.copied().collect();
        let (([at], _) | (_, [at])) = (&whole[..], &quoted[..]) else { return value };
        let place = Span::new(root.file, *at as u32, (*at + text.len()) as u32);
        let mut origin = self.origins.add(place, Origin::NOWHERE);
        for span in trail.into_iter().rev() {
            origin = self.origins.add(span, origin);
        }
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

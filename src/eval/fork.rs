//! Both ways on: branches on unknown conditions, and the paths that end.

use super::Evaluator;
use super::budget::PATHS;
use super::object::Object;
use super::raised::{Flow, Limit, Raised};
use super::state::State;
use super::value::{Data, ObjectId, Unknown, Value};
use super::{CallArguments, dict};
use crate::text::Span;
use std::sync::Arc;

/// A path that ended, with the state it ended in, until it joins the others where its end is met: a `return` at the
/// function's end, a `break` at the loop's, an exception at the `try`.
#[derive(Debug)]
pub struct Alternative {
    pub state: State,
    pub flow: Flow,
    /// The condition that it hung on.
    pub place: Span,
}

impl Evaluator<'_> {
    /// Runs both ways of a condition that is not known, on copies of the state, and joins what goes on.
    ///
    /// When only one way goes on, the other is kept as an alternative; when neither does, the second's end is the result.
    pub(super) fn fork(
        &mut self,
        place: Span,
        first: impl FnOnce(&mut Self) -> Result<Value, Flow>,
        second: impl FnOnce(&mut Self) -> Result<Value, Flow>,
    ) -> Result<Value, Flow> {
        self.charge_steps(self.state.objects.len() / 8 + 8)?;
        let saved = self.state.clone();
        let a = first(self);
        if let Err(Flow::Raise(Raised::Exhausted(_))) = a {
            return a;
        }
        let a = if let Err(Flow::Yield(_)) = a { Err(self.lose_yield(place)) } else { a };
        let state_a = std::mem::replace(&mut self.state, saved);
        let b = second(self);
        let b = if let Err(Flow::Yield(_)) = b { Err(self.lose_yield(place)) } else { b };
        match (a, b) {
            (_, Err(flow @ Flow::Raise(Raised::Exhausted(_)))) => Err(flow),
            (Ok(x), Ok(y)) => {
                let joined = self.join_with(state_a, place, vec![(x, y)])?;
                Ok(joined.into_iter().next().unwrap_or(Value::NONE))
            }
            (Ok(x), Err(flow)) => {
                let state_b = std::mem::replace(&mut self.state, state_a);
                self.push_alternative(state_b, flow, place)?;
                Ok(x)
            }
            (Err(flow), Ok(y)) => {
                self.push_alternative(state_a, flow, place)?;
                Ok(y)
            }
            (Err(flow), Err(other)) => {
                self.push_alternative(state_a, flow, place)?;
                Err(other)
            }
        }
    }

    /// Keeps a path that ended.
    pub(super) fn push_alternative(&mut self, state: State, flow: Flow, place: Span) -> Result<(), Raised> {
        if self.alternatives.len() >= PATHS {
            return Err(Raised::Exhausted(Limit::Paths));
        }
        self.alternatives.push(Alternative { state, flow, place });
        Ok(())
    }

    /// Takes the alternatives since `base` that end in a certain way, in order.
    pub(super) fn take_alternatives(
        &mut self,
        base: usize,
        wanted: impl Fn(&Flow) -> bool,
    ) -> Vec<Alternative> {
        let mut taken = Vec::new();
        let mut kept = Vec::new();
        for alternative in self.alternatives.drain(base.min(self.alternatives.len())..) {
            if wanted(&alternative.flow) {
                taken.push(alternative);
            } else {
                kept.push(alternative);
            }
        }
        self.alternatives.append(&mut kept);
        taken
    }

    /// Joins alternatives that end alike, so that loops do not pile them up.
    pub(super) fn coalesce(&mut self, base: usize) -> Result<(), Raised> {
        if self.alternatives.len() < base + 8 {
            return Ok(());
        }
        let all: Vec<Alternative> = self.alternatives.drain(base..).collect();
        let mut kept: Vec<Alternative> = Vec::new();
        for alternative in all {
            let alike = kept.iter().position(|other| match (&other.flow, &alternative.flow) {
                (Flow::Break, Flow::Break)
                | (Flow::Continue, Flow::Continue)
                | (Flow::Return(_), Flow::Return(_)) => true,
                (Flow::Raise(Raised::Exception(a)), Flow::Raise(Raised::Exception(b))) => {
                    a.is_unknown() == b.is_unknown()
                        && Self::class_in(&other.state, a) == Self::class_in(&alternative.state, b)
                }
                _ => false,
            });
            match alike {
                Some(index) => {
                    let other = kept.remove(index);
                    kept.insert(index, self.join_alternatives(other, alternative)?);
                }
                None => kept.push(alternative),
            }
        }
        self.alternatives.append(&mut kept);
        Ok(())
    }

    fn class_in(state: &State, value: &Value) -> Option<super::object::ClassRef> {
        match state.object(value.as_object()?) {
            Object::Instance(instance) => Some(instance.class),
            _ => None,
        }
    }

    fn join_alternatives(&mut self, a: Alternative, b: Alternative) -> Result<Alternative, Raised> {
        let current = std::mem::replace(&mut self.state, b.state);
        let values = match (&a.flow, &b.flow) {
            (Flow::Return(x), Flow::Return(y))
            | (Flow::Raise(Raised::Exception(x)), Flow::Raise(Raised::Exception(y))) => {
                vec![(x.clone(), y.clone())]
            }
            _ => Vec::new(),
        };
        let joined = self.join_with(a.state, a.place, values);
        let state = std::mem::replace(&mut self.state, current);
        let flow = match (joined?.into_iter().next(), b.flow) {
            (Some(value), Flow::Return(_)) => Flow::Return(value),
            (Some(value), Flow::Raise(_)) => Flow::Raise(Raised::Exception(value)),
            (_, flow) => flow,
        };
        Ok(Alternative { state, flow, place: a.place })
    }

    /// Records that an unknown operation may raise here, when a `try` would see it.
    pub(super) fn may_raise(&mut self, unknown: &Value) {
        if self.guarded == 0 {
            return;
        }
        // One such path at a place is enough; the state at the last is joined by `coalesce`.
        if self.alternatives.len() < PATHS / 2 {
            let state = self.state.clone();
            let flow = Flow::Raise(Raised::Exception(unknown.clone()));
            self.alternatives.push(Alternative { state, flow, place: self.here });
        }
    }

    pub(super) fn lose_arguments(&mut self, arguments: &CallArguments, unknown: &Value) {
        let named = arguments.keywords.iter().map(|keyword| &keyword.value);
        let values: Vec<Value> = arguments.positional.iter().chain(named).cloned().collect();
        self.lose(values, unknown);
    }

    /// Forgets what an unknown call could have changed: every list, dict, set and instance that it could reach.
    pub fn lose(&mut self, values: Vec<Value>, unknown: &Value) {
        let Some(unknown) = unknown.as_unknown().cloned() else { return };
        let mut seen = std::collections::HashSet::new();
        let mut tuples = std::collections::HashSet::new();
        let mut pending = values;
        while let Some(value) = pending.pop() {
            match &value.data {
                Data::Tuple(items) if tuples.insert(items.as_ptr()) => pending.extend(items.iter().cloned()),
                Data::Bound(bound) => pending.push(bound.receiver.clone()),
                Data::Object(id) if seen.insert(*id) => self.lose_object(*id, &unknown, &mut pending),
                _ => {}
            }
        }
    }

    fn lose_object(&mut self, id: ObjectId, unknown: &Arc<Unknown>, pending: &mut Vec<Value>) {
        // Functions, classes and modules are left alone: what they hold is not data that is handed over.
        match self.state.object(id) {
            Object::List(_)
            | Object::Dict(_)
            | Object::Set(_)
            | Object::Iterator(_)
            | Object::Lazy(_)
            | Object::Instance(_) => {}
            _ => return,
        }
        match self.state.object_mut(id) {
            Object::List(list) => {
                pending.append(&mut list.items);
                list.rest = Some(unknown.clone());
            }
            Object::Dict(dict) => {
                pending.extend(dict.iter().map(|(_, _, value)| value.clone()));
                dict.clear();
                dict.rest = Some(unknown.clone());
            }
            Object::Set(set) if !set.frozen => {
                set.clear();
                set.rest = Some(unknown.clone());
            }
            lost @ (Object::Iterator(_) | Object::Lazy(_)) => {
                if let Object::Lazy(lazy) = lost {
                    pending.extend(lazy.sources.iter().cloned());
                }
                let rest = Some(unknown.clone());
                *lost = Object::Iterator(super::object::Iteration { items: Arc::new([]), next: 0, rest });
            }
            Object::Instance(instance) => {
                pending.push(Value::object(instance.attributes));
                pending.extend(instance.payload.clone());
            }
            _ => {}
        }
    }

    /// The empty namespace of a module or class, in which Python puts names of its own.
    pub(super) fn new_module_namespace(&mut self) -> ObjectId {
        let mut names = dict::Dict::default();
        names.lose_order();
        self.allocate(Object::Dict(names))
    }

    /// An empty namespace.
    pub(super) fn new_namespace(&mut self) -> ObjectId {
        self.allocate(Object::Dict(dict::Dict::default()))
    }
}

//! Iterators that work on demand: over a list that may still grow, and those of `map`, `filter`, `zip` and `enumerate`.

use super::Evaluator;
use super::exceptions::VALUE_ERROR;
use super::iterate::Partly;
use super::object::Object;
use super::raised::{Flow, Raised};
use super::types;
use super::value::{Data, ObjectId, Value};
use std::sync::Arc;

/// An iterator that works on demand.
#[derive(Clone, Debug)]
pub struct Lazy {
    pub kind: LazyKind,
    /// What `map` and `filter` call.
    pub function: Value,
    /// The iterators that it walks over; for [`LazyKind::Walk`] the list itself.
    pub sources: Arc<[Value]>,
    /// How many items it has given; of `enumerate`, the next number.
    pub index: i64,
    pub done: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LazyKind {
    Walk,
    Map,
    Filter,
    Zip,
    /// `zip(…, strict=True)`.
    StrictZip,
    Enumerate,
}

impl Lazy {
    pub(super) fn class(&self) -> &'static super::module::Class {
        match self.kind {
            LazyKind::Walk => &types::LIST_ITERATOR,
            LazyKind::Map => &types::MAP,
            LazyKind::Filter => &types::FILTER,
            LazyKind::Zip | LazyKind::StrictZip => &types::ZIP,
            LazyKind::Enumerate => &types::ENUMERATE,
        }
    }

    /// Whether both walk over the same and are at the same place.
    pub(super) fn is_at(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.index == other.index
            && self.done == other.done
            && self.function.is(&other.function)
            && self.sources.len() == other.sources.len()
            && self.sources.iter().zip(other.sources.iter()).all(|(x, y)| x.is(y))
    }
}

impl Evaluator<'_> {
    /// An iterator that works on demand over iterables.
    pub fn lazy(
        &mut self,
        kind: LazyKind,
        function: Value,
        iterables: &[Value],
        start: i64,
    ) -> Result<Value, Raised> {
        let mut sources = Vec::with_capacity(iterables.len());
        for iterable in iterables {
            sources.push(match self.iter(iterable) {
                Err(Raised::Unknown(unknown)) => unknown,
                other => other?,
            });
        }
        let lazy = Lazy { kind, function, sources: sources.into(), index: start, done: false };
        Ok(Value::object(self.allocate(Object::Lazy(lazy))))
    }

    /// An iterator over a list, which sees what is added to it.
    pub(super) fn walk_list(&mut self, list: ObjectId) -> Value {
        let sources = [Value::object(list)].into();
        let lazy = Lazy { kind: LazyKind::Walk, function: Value::NONE, sources, index: 0, done: false };
        Value::object(self.allocate(Object::Lazy(lazy)))
    }

    /// The next item; `None` at the end.
    pub(super) fn next_lazy(&mut self, id: ObjectId) -> Result<Option<Value>, Raised> {
        let Object::Lazy(lazy) = self.state.object(id) else { return Ok(None) };
        let lazy = lazy.clone();
        if lazy.done || lazy.sources.is_empty() {
            return Ok(None);
        }
        self.budget.steps(1)?;
        self.budget.enter(2)?;
        let item = match lazy.kind {
            LazyKind::Walk => self.next_of_list(&lazy),
            LazyKind::Map => self.next_mapped(&lazy),
            LazyKind::Filter => self.next_kept(&lazy),
            LazyKind::Zip => self.next_row(&lazy.sources).map(|row| row.map(Value::tuple)),
            LazyKind::StrictZip => self.next_strict(&lazy),
            LazyKind::Enumerate => self
                .next(&lazy.sources[0])
                .map(|item| item.map(|item| Value::tuple(vec![Value::int(lazy.index), item]))),
        };
        self.budget.leave(2);
        if let Object::Lazy(lazy) = self.state.object_mut(id) {
            match item {
                Ok(Some(_)) => lazy.index += 1,
                Ok(None) => lazy.done = true,
                Err(_) => {}
            }
        }
        item
    }

    /// Every item that is left.
    pub(super) fn lazy_items(&mut self, id: ObjectId) -> Result<Partly, Raised> {
        let mut items = Vec::new();
        loop {
            match self.next_lazy(id) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Ok((items, None)),
                Err(Raised::Unknown(unknown)) => return Ok((items, unknown.as_unknown().cloned())),
                Err(other) => return Err(other),
            }
            self.charge_bytes(24)?;
        }
    }

    fn next_of_list(&mut self, lazy: &Lazy) -> Result<Option<Value>, Raised> {
        let index = usize::try_from(lazy.index).unwrap_or(usize::MAX);
        match lazy.sources[0].as_object().map(|id| self.state.object(id)) {
            Some(Object::List(list)) => match (list.items.get(index), &list.rest) {
                (None, Some(unknown)) => Err(Raised::Unknown(Data::Unknown(unknown.clone()).into())),
                (item, _) => Ok(item.cloned()),
            },
            _ => Ok(None),
        }
    }

    fn next_row(&mut self, sources: &[Value]) -> Result<Option<Vec<Value>>, Raised> {
        let mut row = Vec::with_capacity(sources.len());
        for source in sources {
            match self.next(source)? {
                Some(item) => row.push(item),
                None => return Ok(None),
            }
        }
        Ok(Some(row))
    }

    fn next_strict(&mut self, lazy: &Lazy) -> Result<Option<Value>, Raised> {
        let mut row = Vec::with_capacity(lazy.sources.len());
        for (place, source) in lazy.sources.iter().enumerate() {
            match self.next(source)? {
                Some(_) if row.len() < place => return Err(self.uneven()),
                Some(item) => row.push(item),
                None if row.is_empty() => {}
                None => return Err(self.uneven()),
            }
        }
        Ok(if row.is_empty() { None } else { Some(Value::tuple(row)) })
    }

    fn uneven(&mut self) -> Raised {
        self.error(&VALUE_ERROR, "zip() arguments are not of the same length")
    }

    fn next_mapped(&mut self, lazy: &Lazy) -> Result<Option<Value>, Raised> {
        let row = match self.next_row(&lazy.sources) {
            Ok(Some(row)) => row,
            Ok(None) => return Ok(None),
            Err(Raised::Unknown(unknown)) => {
                self.call_on_the_rest(lazy, &unknown)?;
                return Err(Raised::Unknown(unknown));
            }
            Err(other) => return Err(other),
        };
        match self.call(&lazy.function, row) {
            Err(Raised::Unknown(unknown)) => Ok(Some(unknown)),
            other => other.map(Some),
        }
    }

    /// Calls a function with items of unknown number that are not known.
    fn call_on_the_rest(&mut self, lazy: &Lazy, unknown: &Value) -> Result<(), Raised> {
        let place = self.here;
        let row = vec![unknown.clone(); lazy.sources.len()];
        let rounds = self.unknown_rounds(place, |cx| match cx.call(&lazy.function, row.clone()) {
            Err(Raised::Unknown(_)) => Ok(()),
            other => other.map(drop).map_err(Flow::from),
        });
        match rounds {
            Err(Flow::Raise(raised)) => Err(raised),
            _ => Ok(()),
        }
    }

    fn next_kept(&mut self, lazy: &Lazy) -> Result<Option<Value>, Raised> {
        loop {
            let item = match self.next(&lazy.sources[0]) {
                Ok(Some(item)) => item,
                Err(Raised::Unknown(unknown)) if !lazy.function.is_none() => {
                    self.call_on_the_rest(lazy, &unknown)?;
                    return Err(Raised::Unknown(unknown));
                }
                other => return other,
            };
            let keep = if lazy.function.is_none() {
                item.clone()
            } else {
                self.call(&lazy.function, vec![item.clone()])?
            };
            self.budget.steps(1)?;
            if self.truth(&keep)? {
                return Ok(Some(item));
            }
        }
    }

    /// The value of an argument whose items are asked for later: an iterator that works on demand is worked out now.
    pub fn settle(&mut self, value: Value) -> Result<Value, Raised> {
        let works = value
            .as_object()
            .is_some_and(|id| matches!(self.state.object(id), Object::Lazy(_) | Object::Generator(_)));
        if !works {
            return Ok(value);
        }
        let (items, rest) = match self.partly(&value) {
            Err(Raised::Unknown(unknown)) => return Ok(unknown),
            other => other?,
        };
        let iteration = super::object::Iteration { items: items.into(), next: 0, rest };
        let settled = Value::object(self.allocate(Object::Iterator(iteration)));
        Ok(settled.with_origin(value.origin))
    }
}

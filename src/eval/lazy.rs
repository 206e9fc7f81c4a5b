//! Iterators that work when asked: over a list or dict as it is then, `map`, `filter`, `zip`, `enumerate`,
//! `iter(function, sentinel)`.

use super::Evaluator;
use super::dict::Key;
use super::exceptions::{RUNTIME_ERROR, VALUE_ERROR};
use super::iterate::Walk;
use super::object::{Iteration, Object, ViewKind};
use super::raised::Raised;
use super::types;
use super::value::{Data, ObjectId, Value};
use std::sync::Arc;

/// An iterator that makes its next item when asked for it.
#[derive(Clone, Debug)]
pub struct Lazy {
    pub work: Work,
    /// The iterators, or the one container or function, that items come from.
    pub sources: Arc<[Value]>,
    /// How many items it has given.
    pub next: usize,
}

/// How the next item is made.
#[derive(Clone, Debug)]
pub enum Work {
    List,
    /// From this index down.
    Reversed(usize),
    /// A dict of so many entries: another number is a RuntimeError; with its keys in Python 2's order.
    Dict(ViewKind, usize, Option<Arc<[Key]>>),
    /// A set of these items.
    Set(Arc<[Value]>),
    Map(Value),
    Filter(Value),
    /// `strict=True`: all must end together.
    Zip(bool),
    /// From this number on.
    Enumerate(i64),
    /// Calls until this is returned.
    Until(Value),
    /// A generator that has ended.
    Ended,
    /// Used up.
    Done,
}

impl Lazy {
    /// Whether both give the same items from here on.
    pub fn is_same(&self, other: &Self) -> bool {
        let work = match (&self.work, &other.work) {
            (Work::Reversed(x), Work::Reversed(y)) => x == y,
            (Work::Dict(x, m, one), Work::Dict(y, n, other)) => x == y && m == n && one == other,
            (Work::Set(x), Work::Set(y)) => Arc::ptr_eq(x, y),
            (Work::Map(x), Work::Map(y))
            | (Work::Filter(x), Work::Filter(y))
            | (Work::Until(x), Work::Until(y)) => x.is(y),
            (Work::Zip(x), Work::Zip(y)) => x == y,
            (Work::Enumerate(x), Work::Enumerate(y)) => x == y,
            (Work::List, Work::List) | (Work::Done, Work::Done) | (Work::Ended, Work::Ended) => true,
            _ => false,
        };
        let sources = self.sources.len() == other.sources.len()
            && self.sources.iter().zip(other.sources.iter()).all(|(x, y)| x.is(y));
        work && sources && self.next == other.next
    }
}

impl Lazy {
    pub(super) fn class(&self) -> &'static super::module::Class {
        match self.work {
            Work::List | Work::Reversed(_) | Work::Dict(..) | Work::Set(_) | Work::Until(_) => {
                &types::ITERATOR
            }
            Work::Map(_) => &types::MAP,
            Work::Filter(_) => &types::FILTER,
            Work::Zip(_) => &types::ZIP,
            Work::Enumerate(_) => &types::ENUMERATE,
            Work::Ended => &types::GENERATOR,
            Work::Done => &types::ITERATOR,
        }
    }
}

impl Evaluator<'_> {
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
        let iteration = Iteration { items: items.into(), next: 0, rest };
        let settled = Value::object(self.allocate(Object::Iterator(iteration)));
        Ok(settled.with_origin(value.origin))
    }

    /// An iterator that works on demand.
    pub fn lazy(&mut self, work: Work, sources: Vec<Value>) -> Value {
        let lazy = Lazy { work, sources: sources.into(), next: 0 };
        Value::object(self.allocate(Object::Lazy(lazy)))
    }

    /// The iterator over a list, dict or set that sees what becomes of it; `None` for other values, and where something
    /// about the container is unknown.
    pub(super) fn live_iterator(&mut self, id: ObjectId) -> Option<Value> {
        let known = |dict: &super::dict::Dict| {
            dict.rest.is_none() && dict.iter().all(|(_, _, v)| v.as_unknown().is_none_or(|u| !u.maybe_absent))
        };
        let (work, source) = match self.state.object(id) {
            Object::List(_) => (Work::List, id),
            Object::Dict(dict) if known(dict) => (self.work_of(dict, ViewKind::Keys)?, id),
            Object::View(view) => match self.state.object(view.dict) {
                Object::Dict(dict) if known(dict) => (self.work_of(dict, view.kind)?, view.dict),
                _ => return None,
            },
            Object::Set(set) if set.rest.is_none() => {
                (Work::Set(self.walk_set(set)?.into_iter().map(|(_, item)| item).collect()), id)
            }
            _ => return None,
        };
        Some(self.lazy(work, vec![Value::object(source)]))
    }

    /// `None` where the order is not known.
    fn work_of(&self, dict: &super::dict::Dict, kind: ViewKind) -> Option<Work> {
        match self.walk_dict(dict) {
            Walk::AsAdded => Some(Work::Dict(kind, dict.len(), None)),
            Walk::Keys(keys) => Some(Work::Dict(kind, dict.len(), Some(keys))),
            Walk::Unknown => None,
        }
    }

    /// The next item; `None` at the end, `Err(Raised::Unknown(_))` when more of unknown number may follow.
    pub(super) fn next_lazy(&mut self, id: ObjectId) -> Result<Option<Value>, Raised> {
        let Object::Lazy(lazy) = self.state.object(id) else { return Ok(None) };
        let lazy = lazy.clone();
        self.budget.steps(1)?;
        self.budget.enter(2)?;
        let item = self.make_next(&lazy);
        self.budget.leave(2);
        let item = item?;
        if let Object::Lazy(lazy) = self.state.object_mut(id) {
            match item {
                Some(_) => lazy.next += 1,
                None if matches!(lazy.work, Work::Ended) => {}
                None => lazy.work = Work::Done,
            }
        }
        Ok(item)
    }

    fn make_next(&mut self, lazy: &Lazy) -> Result<Option<Value>, Raised> {
        match &lazy.work {
            Work::Done | Work::Ended => Ok(None),
            Work::List => self.item_at(&lazy.sources[0], Some(lazy.next)),
            Work::Reversed(last) => self.item_at(&lazy.sources[0], last.checked_sub(lazy.next)),
            Work::Dict(kind, size, keys) => {
                self.dict_item(&lazy.sources[0], *kind, *size, keys.as_deref(), lazy.next)
            }
            Work::Set(items) => {
                let size = lazy.sources[0].as_object().map(|id| self.state.object(id));
                if let Some(Object::Set(set)) = size
                    && set.len() != items.len()
                {
                    return Err(self.error(&RUNTIME_ERROR, "Set changed size during iteration"));
                }
                Ok(items.get(lazy.next).cloned())
            }
            Work::Map(function) => {
                let Some(row) =
                    self.row(&lazy.sources, false).map_err(|raised| self.also_lost(raised, function))?
                else {
                    return Ok(None);
                };
                self.known_or_not(|cx| cx.call(function, row)).map(Some)
            }
            Work::Filter(test) => loop {
                let Some(item) =
                    self.next(&lazy.sources[0]).map_err(|raised| self.also_lost(raised, test))?
                else {
                    return Ok(None);
                };
                let keep = if test.is_none() { item.clone() } else { self.call(test, vec![item.clone()])? };
                if self.truth(&keep)? {
                    return Ok(Some(item));
                }
            },
            Work::Zip(strict) => Ok(self.row(&lazy.sources, *strict)?.map(Value::tuple)),
            Work::Enumerate(start) => {
                let Some(item) = self.next(&lazy.sources[0])? else { return Ok(None) };
                let number = Value::int(start.saturating_add(lazy.next as i64));
                Ok(Some(Value::tuple(vec![number, item])))
            }
            Work::Until(sentinel) => {
                let item = self.call(&lazy.sources[0], vec![])?;
                Ok(if self.equal(&item, sentinel)? { None } else { Some(item) })
            }
        }
    }

    /// The result of a call for one item; unknown when that is what the call raises.
    fn known_or_not(
        &mut self,
        call: impl FnOnce(&mut Self) -> Result<Value, Raised>,
    ) -> Result<Value, Raised> {
        match call(self) {
            Err(Raised::Unknown(unknown)) => Ok(unknown),
            other => other,
        }
    }

    /// A function is called for each of unknown items too: what it may change is lost.
    fn also_lost(&mut self, raised: Raised, function: &Value) -> Raised {
        if let Raised::Unknown(unknown) = &raised {
            self.lose(vec![function.clone()], &unknown.clone());
        }
        raised
    }

    fn item_at(&mut self, list: &Value, index: Option<usize>) -> Result<Option<Value>, Raised> {
        let Some(Object::List(list)) = list.as_object().map(|id| self.state.object(id)) else {
            return Ok(None);
        };
        let Some(index) = index else { return Ok(None) };
        match (list.items.get(index), &list.rest) {
            (None, Some(unknown)) => Err(Raised::Unknown(Data::Unknown(unknown.clone()).into())),
            (item, _) => Ok(item.cloned()),
        }
    }

    fn dict_item(
        &mut self,
        dict: &Value,
        kind: ViewKind,
        size: usize,
        keys: Option<&[Key]>,
        index: usize,
    ) -> Result<Option<Value>, Raised> {
        let Some(Object::Dict(dict)) = dict.as_object().map(|id| self.state.object(id)) else {
            return Ok(None);
        };
        if let Some(unknown) = &dict.rest {
            return Err(Raised::Unknown(Data::Unknown(unknown.clone()).into()));
        }
        if dict.len() != size {
            return Err(self.error(&RUNTIME_ERROR, "dictionary changed size during iteration"));
        }
        let found = match keys {
            None => dict.nth(index),
            Some(keys) => match keys.get(index) {
                None => None,
                Some(key) => match dict.entry(key) {
                    None => return Err(self.unknown("a dict that other keys come into while it is walked")),
                    found => found,
                },
            },
        };
        let Some((key, value)) = found else { return Ok(None) };
        if value.as_unknown().is_some_and(|unknown| unknown.maybe_absent) {
            return Err(Raised::Unknown(value.clone()));
        }
        Ok(Some(match kind {
            ViewKind::Keys => key.clone(),
            ViewKind::Values => value.clone(),
            ViewKind::Items => Value::tuple(vec![key.clone(), value.clone()]),
        }))
    }

    /// One item of each iterator; `None` when one has ended.
    fn row(&mut self, iterators: &[Value], strict: bool) -> Result<Option<Vec<Value>>, Raised> {
        if iterators.is_empty() {
            return Ok(None);
        }
        self.charge_bytes(24 * iterators.len())?;
        let mut row = Vec::with_capacity(iterators.len());
        for (place, iterator) in iterators.iter().enumerate() {
            match self.next(iterator)? {
                Some(item) => row.push(item),
                None if strict => return self.end_of_strict_zip(iterators, place),
                None => return Ok(None),
            }
        }
        Ok(Some(row))
    }

    fn end_of_strict_zip(&mut self, iterators: &[Value], ended: usize) -> Result<Option<Vec<Value>>, Raised> {
        let mut uneven = ended > 0;
        for iterator in iterators.iter().skip(ended + 1) {
            uneven = uneven || self.next(iterator)?.is_some();
        }
        if uneven { Err(self.error(&VALUE_ERROR, "zip() arguments differ in length")) } else { Ok(None) }
    }

    /// Every item that is left of a lazy iterator, as far as known.
    pub(super) fn lazy_items(&mut self, id: ObjectId) -> Result<super::iterate::Partly, Raised> {
        let mut items = Vec::new();
        loop {
            self.charge_bytes(24)?;
            match self.next_lazy(id) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Ok((items, None)),
                Err(Raised::Unknown(unknown)) => return Ok((items, unknown.as_unknown().cloned())),
                Err(other) => return Err(other),
            }
        }
    }

    /// The same for iterators in a dict or list, and in the pairs of a list (`data_files=[('share', (…))]`).
    pub(super) fn work_off_inside(&mut self, value: &Value) -> Result<(), Raised> {
        let held: Vec<Value> = match value.as_object().map(|id| self.state.object(id)) {
            Some(Object::Dict(dict)) => dict.iter().map(|(_, _, value)| value.clone()).collect(),
            Some(Object::List(list)) => list.items.clone(),
            _ => return Ok(()),
        };
        self.charge_steps(held.len())?;
        for value in &held {
            let parts =
                if let Data::Tuple(parts) = &value.data { &parts[..] } else { std::slice::from_ref(value) };
            for part in parts {
                self.replace_generator(part)?;
                self.work_off(part)?;
            }
        }
        Ok(())
    }

    /// Lets a generator run to its end; an iterator over what it gave takes its place.
    fn replace_generator(&mut self, value: &Value) -> Result<(), Raised> {
        let Some(id) = value.as_object() else { return Ok(()) };
        if matches!(self.state.object(id), Object::Generator(_)) {
            let (items, rest) = match self.partly(value) {
                Err(Raised::Unknown(_)) => return Ok(()),
                other => other?,
            };
            *self.state.object_mut(id) = Object::Iterator(Iteration { items: items.into(), next: 0, rest });
        }
        Ok(())
    }

    /// Lets a lazy iterator do all its work now, so that readers outside see its items.
    pub(super) fn work_off(&mut self, value: &Value) -> Result<(), Raised> {
        let Some(id) = value.as_object() else { return Ok(()) };
        if matches!(self.state.object(id), Object::Lazy(_)) {
            let (items, rest) = self.lazy_items(id)?;
            *self.state.object_mut(id) = Object::Iterator(Iteration { items: items.into(), next: 0, rest });
        }
        Ok(())
    }
}

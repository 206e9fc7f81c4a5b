//! Iteration: what a value gives when it is walked over.

use super::Evaluator;
use super::dict::{Dict, Key, Set};
use super::exceptions::{STOP_ITERATION, TYPE_ERROR};
use super::hash_order::Word;
use super::object::{Object, ViewKind};
use super::raised::Raised;
use super::value::{Data, ObjectId, Unknown, Value};
use crate::text::Span;
use std::sync::Arc;

/// What an item that a walk makes takes, in bytes: a value, and a short text behind it.
const ITEM: usize = 48;

/// Items, and why more of unknown number may follow.
pub(super) type Partly = (Vec<Value>, Option<Arc<Unknown>>);

/// How a dict is walked.
pub(super) enum Walk {
    AsAdded,
    Keys(Arc<[Key]>),
    /// In an order that is not known.
    Unknown,
}

impl Evaluator<'_> {
    /// Every item of an iterable; when more of unknown number may follow, `Err(Raised::Unknown(_))`.
    pub fn items(&mut self, value: &Value) -> Result<Vec<Value>, Raised> {
        match self.partly(value)? {
            (items, None) => Ok(items),
            (_, Some(unknown)) => Err(Raised::Unknown(Data::Unknown(unknown).into())),
        }
    }

    /// Every item that is known of an iterable, and the unknown value that stands for more of unknown number.
    pub fn partly_known(&mut self, value: &Value) -> Result<(Vec<Value>, Option<Value>), Raised> {
        let (items, rest) = self.partly(value)?;
        Ok((items, rest.map(|unknown| Data::Unknown(unknown).into())))
    }

    /// Every item that is known of an iterable. An iterator is used up.
    pub(super) fn partly(&mut self, value: &Value) -> Result<Partly, Raised> {
        let known: Vec<Value> = match &value.data {
            Data::Unknown(_) => return Err(Raised::Unknown(value.clone())),
            Data::Tuple(items) => items.to_vec(),
            Data::Text(text) => {
                self.charge_bytes(text.len().saturating_mul(ITEM))?;
                let mut buffer = [0; 4];
                text.chars().map(|c| Value::text(&*c.encode_utf8(&mut buffer))).collect()
            }
            Data::Bytes(bytes) => {
                self.charge_bytes(bytes.len().saturating_mul(ITEM))?;
                let python2 = self.is_python2();
                let item =
                    |byte: &u8| if python2 { Value::bytes([*byte]) } else { Value::int(i64::from(*byte)) };
                bytes.iter().map(item).collect()
            }
            Data::Object(id) => return self.object_items(value, *id),
            _ => return Err(self.not_supported(value, "is not iterable")),
        };
        self.charge_steps(known.len() / 4)?;
        Ok((known, None))
    }

    fn object_items(&mut self, value: &Value, id: ObjectId) -> Result<Partly, Raised> {
        let found: Partly = match self.state.object_mut_if_iterator(id) {
            Some(iteration) => {
                let items = iteration.items.get(iteration.next..).unwrap_or_default().to_vec();
                iteration.next = iteration.items.len();
                (items, iteration.rest.clone())
            }
            None => match self.state.object(id) {
                Object::List(list) => (list.items.clone(), list.rest.clone()),
                Object::Set(set) => match self.walk_set(set) {
                    Some(items) => (items.into_iter().map(|(_, item)| item).collect(), set.rest.clone()),
                    None => (Vec::new(), Some(self.lost_order())),
                },
                Object::Dict(_) => self.view_items(ViewKind::Keys, id),
                Object::View(view) => self.view_items(view.kind, view.dict),
                Object::Generator(_) => return self.generator_items(id),
                Object::Lazy(_) => return self.lazy_items(id),
                Object::Instance(_) => return self.instance_items(value),
                Object::Class(_) if self.metaclass(id).is_some() => return self.instance_items(value),
                _ => return Err(self.not_supported(value, "is not iterable")),
            },
        };
        self.charge_steps(found.0.len() / 4)?;
        Ok(found)
    }

    fn view_items(&self, kind: ViewKind, id: ObjectId) -> Partly {
        let Object::Dict(dict) = self.state.object(id) else { return (Vec::new(), None) };
        let absent =
            dict.iter().find_map(|(_, _, value)| value.as_unknown().filter(|unknown| unknown.maybe_absent));
        let rest = dict.rest.clone().or_else(|| absent.cloned());
        let item = |(key, value): (&Value, &Value)| kind.item(key, value);
        match self.walk_dict(dict) {
            Walk::AsAdded => (dict.iter().map(|(_, key, value)| item((key, value))).collect(), rest),
            Walk::Keys(keys) => (keys.iter().filter_map(|key| dict.entry(key)).map(item).collect(), rest),
            Walk::Unknown => (Vec::new(), Some(rest.unwrap_or_else(|| self.lost_order()))),
        }
    }

    /// The order in which a dict is walked.
    pub(super) fn walk_dict(&self, dict: &Dict) -> Walk {
        if dict.ordered { Walk::AsAdded } else { self.walk_table(dict) }
    }

    /// The order of a dict's table, which an `OrderedDict` of Python 2 has beside its own.
    pub(super) fn walk_table(&self, dict: &Dict) -> Walk {
        if !self.is_python2() {
            return Walk::AsAdded;
        }
        dict.table_order(|| self.word()).map_or(Walk::Unknown, |keys| Walk::Keys(keys.into()))
    }

    /// The items of a set in the order in which a walk meets them, `None` when that is not known.
    pub(super) fn walk_set(&self, set: &Set) -> Option<Vec<(Key, Value)>> {
        if self.is_python2() {
            return set.table_order(|| self.word());
        }
        let order = set.settled_order(|| self.at_least(7));
        Some(set.in_order(order.unwrap_or_else(|| self.unsettled_order(set, self.here))))
    }

    /// The places of a set's items in one of the orders that they may have; on record.
    fn unsettled_order(&self, set: &Set, place: Span) -> Vec<usize> {
        let order = self.unsettled.borrow_mut().walk(set.keys(), place);
        order.unwrap_or_else(|| set.unrandomised_order())
    }

    /// The item that `pop` of Python 3 takes from a set that has some.
    pub(super) fn popped(&self, set: &Set) -> Option<Key> {
        let order =
            if set.len() < 2 || set.is_plain() { set.settled_order(|| self.at_least(7)) } else { None };
        let order = order.unwrap_or_else(|| self.unsettled_order(set, self.here));
        set.keys().nth(order.first().copied()?).cloned()
    }

    /// What `copy.copy` (`dict.copy`) or `copy.deepcopy` makes of a dict's order on Python 2; `copy` has the same keys.
    pub fn copied_order(&self, copy: Dict, of: &Dict, deep: bool) -> Dict {
        let mut made = Dict::default();
        made.rest.clone_from(&copy.rest);
        match self.walk_table(of) {
            Walk::Keys(keys) if deep => {
                for key in keys.iter() {
                    if let Some((shown, value)) = copy.entry(key) {
                        made.insert(key.clone(), shown.clone(), value.clone());
                    }
                }
            }
            Walk::Keys(keys) => made.merge(&copy, &keys),
            _ => {
                made = copy;
                made.lose_order();
            }
        }
        made
    }

    /// What `copy.copy` and `copy.deepcopy` make of a set.
    pub fn copied_set(&self, set: &Set, deep: bool) -> Set {
        if !self.is_python2() {
            let mut copy = set.clone();
            copy.remake();
            return copy;
        }
        if set.frozen {
            return set.clone();
        }
        if !deep {
            return super::methods::set::copy_of_python2(self, set);
        }
        let mut made = Set::new(false);
        made.rest.clone_from(&set.rest);
        let (items, known) = match self.walk_set(set) {
            Some(items) => (items, true),
            None => (set.iter().map(|(key, item)| (key.clone(), item.clone())).collect(), false),
        };
        for (key, item) in items {
            made.insert(key, item);
        }
        if !known {
            made.lose_order();
        }
        made
    }

    /// How wide hashes are, on record as a look at the platform.
    pub(super) fn word(&self) -> Word {
        if self.is_windows() { Word::Windows } else { Word::Wide }
    }

    fn lost_order(&self) -> Arc<Unknown> {
        let reason = "the order in which Python 2 walks this dict or set is not modelled";
        let unknown =
            Unknown { reason: reason.into(), span: self.here, others: Vec::new(), maybe_absent: false };
        Arc::new(unknown)
    }

    /// The items of something of which nothing but the order is unknown.
    pub(super) fn shuffled(&self, value: &Value) -> Option<Vec<Value>> {
        let of_dict = |dict: &Dict, kind: ViewKind| {
            let absent = |value: &Value| value.as_unknown().is_some_and(|unknown| unknown.maybe_absent);
            let lost = matches!(self.walk_dict(dict), Walk::Unknown) && dict.rest.is_none();
            (lost && !dict.iter().any(|(_, _, value)| absent(value)))
                .then(|| dict.iter().map(|(_, key, value)| kind.item(key, value)).collect())
        };
        match self.state.object(self.plain(value).as_object()?) {
            Object::List(list) => list.shuffled.as_ref().map(|items| items.to_vec()),
            Object::Dict(dict) => of_dict(dict, ViewKind::Keys),
            Object::View(view) => match self.state.object(view.dict) {
                Object::Dict(dict) => of_dict(dict, view.kind),
                _ => None,
            },
            Object::Set(set) if set.rest.is_none() && self.walk_set(set).is_none() => {
                Some(set.iter().map(|(_, item)| item.clone()).collect())
            }
            _ => None,
        }
    }

    /// The items of a set of Python 3 that compare and hash without code of the script, so that nobody can tell in which
    /// order they were met.
    fn plain_set_items(&self, value: &Value) -> Option<Vec<Value>> {
        if self.is_python2() {
            return None;
        }
        let Object::Set(set) = self.state.object(value.as_object()?) else { return None };
        let plain = |key: &Key| matches!(key, Key::Text(_) | Key::Bytes(_) | Key::Int(_));
        (set.rest.is_none() && set.keys().all(plain)).then(|| set.values())
    }

    /// Every item of an iterable whose order does not matter.
    pub fn items_in_any_order(&mut self, value: &Value) -> Result<Vec<Value>, Raised> {
        if let Some(items) = self.plain_set_items(value) {
            self.charge_steps(items.len() / 4)?;
            return Ok(items);
        }
        let walks_itself =
            matches!(value.data, Data::Object(_)) && self.script_method(value, "__iter__").is_some();
        match self.shuffled(value).filter(|_| !walks_itself) {
            Some(items) => {
                self.charge_steps(items.len() / 4)?;
                Ok(items)
            }
            None => self.items(value),
        }
    }

    fn instance_items(&mut self, value: &Value) -> Result<Partly, Raised> {
        if let Some(method) = self.method(value, "__iter__")? {
            let iterator = self.call(&method, vec![])?;
            if !iterator.is(value) {
                return self.partly(&iterator);
            }
        }
        let next = match self.method(value, "__next__")? {
            Some(next) => Some(next),
            None => self.method(value, "next")?,
        };
        if let Some(next) = next {
            let mut items = Vec::new();
            loop {
                match self.call(&next, vec![]) {
                    Ok(item) if item.is_unknown() => return Ok((items, item.as_unknown().cloned())),
                    Ok(item) => items.push(item),
                    Err(Raised::Exception(error)) if self.is_instance(&error, &STOP_ITERATION) => {
                        return Ok((items, None));
                    }
                    Err(other) => return Err(other),
                }
                self.charge_bytes(ITEM)?;
            }
        }
        let plain = self.plain(value);
        if !plain.is(value) {
            return self.partly(&plain);
        }
        if self.method(value, "__getitem__")?.is_some() {
            return self.items_by_index(value);
        }
        if let Some(unknown) = self.unknown_base(self.class_of(value)) {
            return Err(Raised::Unknown(Data::Unknown(unknown).into()));
        }
        let name = self.type_name(value);
        Err(self.error(&TYPE_ERROR, format!("'{name}' object is not iterable")))
    }

    fn items_by_index(&mut self, value: &Value) -> Result<Partly, Raised> {
        let mut items = Vec::new();
        loop {
            match self.get_item(value, &Value::int(items.len() as i64)) {
                Ok(item) => items.push(item),
                Err(Raised::Exception(error))
                    if self.is_instance(&error, &super::exceptions::INDEX_ERROR) =>
                {
                    return Ok((items, None));
                }
                Err(other) => return Err(other),
            }
        }
    }

    /// `iter(value)`.
    #[expect(clippy::iter_not_returning_iterator, reason = "named after Python's function")]
    pub fn iter(&mut self, value: &Value) -> Result<Value, Raised> {
        if let Data::Object(id) = value.data {
            match self.state.object(id) {
                Object::Iterator(_) | Object::Generator(_) | Object::Lazy(_) => return Ok(value.clone()),
                Object::Instance(_) | Object::Class(_) => {
                    if let Some(method) = self.method(value, "__iter__")? {
                        return self.call(&method, vec![]);
                    }
                }
                _ => {
                    if let Some(live) = self.live_iterator(id) {
                        return Ok(live);
                    }
                }
            }
        }
        let (items, rest) = self.partly(value)?;
        let iteration = super::object::Iteration { items: items.into(), next: 0, rest };
        Ok(Value::object(self.allocate(Object::Iterator(iteration))))
    }

    /// `next(iterator)`: `None` at its end.
    pub fn next(&mut self, iterator: &Value) -> Result<Option<Value>, Raised> {
        if let Data::Object(id) = iterator.data {
            if matches!(self.state.object(id), Object::Generator(_)) {
                return self.next_generator(id, super::generator::Sent::Value(Value::NONE));
            }
            if matches!(self.state.object(id), Object::Lazy(_)) {
                return self.next_lazy(id);
            }
            if let Some(iteration) = self.state.object_mut_if_iterator(id) {
                let item = iteration.items.get(iteration.next).cloned();
                iteration.next += 1;
                return match (item, iteration.rest.clone()) {
                    (None, Some(unknown)) => Err(Raised::Unknown(Data::Unknown(unknown).into())),
                    (item, _) => Ok(item),
                };
            }
            for name in ["__next__", "next"] {
                if let Some(method) = self.method(iterator, name)? {
                    return match self.call(&method, vec![]) {
                        Ok(item) => Ok(Some(item)),
                        Err(Raised::Exception(error)) if self.is_instance(&error, &STOP_ITERATION) => {
                            Ok(None)
                        }
                        Err(other) => Err(other),
                    };
                }
            }
        }
        if iterator.is_unknown() {
            return Err(Raised::Unknown(iterator.clone()));
        }
        Err(self.not_supported(iterator, "is not an iterator"))
    }
}

impl super::state::State {
    fn object_mut_if_iterator(&mut self, id: ObjectId) -> Option<&mut super::object::Iteration> {
        if !matches!(self.object(id), Object::Iterator(_)) {
            return None;
        }
        match self.object_mut(id) {
            Object::Iterator(iteration) => Some(iteration),
            _ => None,
        }
    }
}

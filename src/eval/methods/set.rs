//! `set` and `frozenset`.

use super::hashed_set;
use super::text::Result;
use crate::eval::Evaluator;
use crate::eval::arguments::Arguments;
use crate::eval::dict::Set;
use crate::eval::exceptions::KEY_ERROR;
use crate::eval::module::{Entry, function, seeing};
use crate::eval::object::Object;
use crate::eval::raised::Raised;
use crate::eval::types;
use crate::eval::value::{Data, ObjectId, Value};
use crate::syntax::python::ast::Operator;

pub const MEMBERS: &[Entry] = types::container![[len contains iter or]
    ("__init__", seeing("(self, iterable=None)", initialise)),
    ("add", seeing("(self, item)", add)),
    ("clear", function("(self)", clear)),
    ("copy", function("(self)", copy)),
    ("difference", function("(self, *others)", difference)),
    ("difference_update", function("(self, *others)", difference_update)),
    ("discard", function("(self, item)", discard)),
    ("intersection", function("(self, *others)", intersection)),
    ("intersection_update", function("(self, *others)", intersection_update)),
    ("isdisjoint", function("(self, other)", is_disjoint)),
    ("issubset", function("(self, other)", is_subset)),
    ("issuperset", function("(self, other)", is_superset)),
    ("pop", function("(self)", pop)),
    ("remove", function("(self, item)", remove)),
    ("symmetric_difference", function("(self, other)", symmetric_difference)),
    ("symmetric_difference_update", function("(self, other)", symmetric_difference_update)),
    ("union", function("(self, *others)", union)),
    ("update", seeing("(self, *others)", update)),
];

fn set_id(cx: &mut Evaluator<'_>, arguments: &Arguments) -> std::result::Result<ObjectId, Raised> {
    let plain = cx.plain(&arguments.get(0));
    match plain.as_object().filter(|id| matches!(cx.state.object(*id), Object::Set(_))) {
        Some(id) => Ok(id),
        None if plain.is_unknown() => Err(Raised::Unknown(plain)),
        None => Err(cx.not_supported(&plain, "is not a set")),
    }
}

/// A copy of the set, which must be known to its last item.
fn known(cx: &mut Evaluator<'_>, arguments: &Arguments) -> std::result::Result<Set, Raised> {
    let id = set_id(cx, arguments)?;
    let Object::Set(set) = cx.state.object(id) else { return Ok(Set::default()) };
    if let Some(unknown) = &set.rest {
        return Err(Raised::Unknown(Data::Unknown(unknown.clone()).into()));
    }
    Ok(set.clone())
}

fn from_items(cx: &mut Evaluator<'_>, iterable: &Value) -> std::result::Result<Set, Raised> {
    let mut made = Set::new(false);
    for item in cx.items_in_any_order(iterable)? {
        made.insert(cx.key(&item)?, item);
    }
    Ok(made)
}

/// A set of Python 3 from an iterable, or empty.
fn filled(cx: &mut Evaluator<'_>, arguments: &Arguments, frozen: bool) -> Result {
    let mut made = Set::new(frozen);
    if let Some(iterable) = arguments.given(0) {
        let items = cx.items_in_any_order(iterable)?;
        cx.charge_bytes(items.len() * 64)?;
        for item in items {
            made.insert(cx.key(&item)?, item);
        }
        // What comes out of another table makes room for all of it at once.
        let table = iterable.as_object().map(|id| cx.state.object(id));
        if matches!(table, Some(Object::Set(_) | Object::Dict(_) | Object::Instance(_))) {
            made.remake();
        }
    }
    Ok(make(cx, made))
}

fn make(cx: &mut Evaluator<'_>, set: Set) -> Value {
    Value::object(cx.allocate(Object::Set(set)))
}

/// A set of Python 3 that was worked out from others.
fn remade(cx: &mut Evaluator<'_>, mut set: Set) -> Value {
    set.remake();
    make(cx, set)
}

/// `set(set)` of Python 2.
pub(in crate::eval) fn copy_of_python2(cx: &Evaluator<'_>, set: &Set) -> Set {
    hashed_set::copy(cx, set)
}

/// `|`, `&`, `-` and `^` of Python 2.
pub(in crate::eval) fn operation_of_python2(
    cx: &mut Evaluator<'_>,
    op: Operator,
    set: &Set,
    this: &Value,
    other: &Value,
) -> std::result::Result<Set, Raised> {
    let others = std::slice::from_ref(other);
    match op {
        Operator::BitOr => hashed_set::union(cx, set, this, others),
        Operator::BitAnd => hashed_set::intersection(cx, set, this, others),
        Operator::BitXor => hashed_set::symmetric_difference(cx, set, other),
        _ => hashed_set::difference(cx, set, others),
    }
}

/// What a frozenset has: everything that changes nothing.
pub const FROZEN_MEMBERS: &[Entry] = types::container![[len contains iter or]
    ("copy", function("(self)", copy)),
    ("difference", function("(self, *others)", difference)),
    ("intersection", function("(self, *others)", intersection)),
    ("isdisjoint", function("(self, other)", is_disjoint)),
    ("issubset", function("(self, other)", is_subset)),
    ("issuperset", function("(self, other)", is_superset)),
    ("symmetric_difference", function("(self, other)", symmetric_difference)),
    ("union", function("(self, *others)", union)),
];

/// A set of Python 2 from an iterable, or empty.
fn hashed(cx: &mut Evaluator<'_>, arguments: &Arguments, frozen: bool) -> Result {
    let mut set = Set::new(frozen);
    if let Some(iterable) = arguments.given(0).cloned() {
        hashed_set::fill(cx, &mut set, &iterable)?;
    }
    Ok(make(cx, set))
}

pub fn new_set(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if cx.is_python2() {
        return hashed(cx, arguments, false);
    }
    filled(cx, arguments, false)
}

pub fn new_frozenset(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if let Some(given) = arguments.given(0)
        && let Some(Object::Set(set)) = given.as_object().map(|id| cx.state.object(id))
        && set.frozen
    {
        return Ok(given.clone());
    }
    if cx.is_python2() {
        return hashed(cx, arguments, true);
    }
    filled(cx, arguments, true)
}

fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if let Some(iterable) = arguments.given(1).cloned() {
        let id = set_id(cx, arguments)?;
        add_all(cx, id, &iterable)?;
    }
    Ok(Value::NONE)
}

fn add_all(cx: &mut Evaluator<'_>, id: ObjectId, iterable: &Value) -> std::result::Result<(), Raised> {
    if cx.is_python2()
        && let Object::Set(set) = cx.state.object(id)
    {
        if iterable.as_object() == Some(id) {
            return Ok(());
        }
        let mut set = set.clone();
        match hashed_set::fill(cx, &mut set, iterable) {
            Ok(()) => *cx.state.object_mut(id) = Object::Set(set),
            Err(Raised::Unknown(unknown)) => open(cx, id, &unknown),
            Err(other) => return Err(other),
        }
        return Ok(());
    }
    let more = match from_items(cx, iterable) {
        Ok(more) => more,
        Err(Raised::Unknown(unknown)) => {
            open(cx, id, &unknown);
            return Ok(());
        }
        Err(other) => return Err(other),
    };
    cx.charge_bytes(more.len() * 64)?;
    if let Object::Set(set) = cx.state.object_mut(id) {
        set.remake();
        for (key, value) in more.iter() {
            set.insert(key.clone(), value.clone());
        }
    }
    Ok(())
}

/// There may be items beyond those seen.
fn open(cx: &mut Evaluator<'_>, id: ObjectId, unknown: &Value) {
    if let Object::Set(set) = cx.state.object_mut(id) {
        set.rest = set.rest.clone().or_else(|| unknown.as_unknown().cloned());
    }
}

fn add(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = set_id(cx, arguments)?;
    let item = arguments.get(1);
    if item.is_unknown() {
        open(cx, id, &item);
        return Ok(Value::NONE);
    }
    let key = cx.key(&item)?;
    cx.charge_bytes(64)?;
    if let Object::Set(set) = cx.state.object_mut(id) {
        set.insert(key, item);
    }
    Ok(Value::NONE)
}

fn update(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = set_id(cx, arguments)?;
    for other in arguments.rest() {
        add_all(cx, id, other)?;
    }
    Ok(Value::NONE)
}

fn clear(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = set_id(cx, arguments)?;
    if let Object::Set(set) = cx.state.object_mut(id) {
        set.clear();
    }
    Ok(Value::NONE)
}

fn copy(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = set_id(cx, arguments)?;
    let Object::Set(set) = cx.state.object(id) else { return Ok(Value::NONE) };
    let set = if cx.is_python2() && !set.frozen && set.rest.is_none() {
        hashed_set::copy(cx, set)
    } else {
        let mut copy = set.clone();
        if !cx.is_python2() {
            copy.remake();
        }
        copy
    };
    Ok(make(cx, set))
}

fn remove_all(
    cx: &mut Evaluator<'_>,
    set: &mut Set,
    arguments: &Arguments,
) -> std::result::Result<(), Raised> {
    for other in arguments.rest() {
        for (key, _) in from_items(cx, other)?.iter() {
            set.remove(key);
        }
    }
    Ok(())
}

fn difference(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mut set = known(cx, arguments)?;
    if cx.is_python2() {
        let made = hashed_set::difference(cx, &set, arguments.rest())?;
        return Ok(make(cx, made));
    }
    remove_all(cx, &mut set, arguments)?;
    Ok(remade(cx, set))
}

fn difference_update(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = set_id(cx, arguments)?;
    let mut set = known(cx, arguments)?;
    if cx.is_python2() {
        for other in arguments.rest() {
            hashed_set::remove_all(cx, &mut set, other)?;
        }
    } else {
        remove_all(cx, &mut set, arguments)?;
    }
    *cx.state.object_mut(id) = Object::Set(set);
    Ok(Value::NONE)
}

fn intersection(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mut set = known(cx, arguments)?;
    if cx.is_python2() {
        let made = hashed_set::intersection(cx, &set, &arguments.get(0), arguments.rest())?;
        return Ok(make(cx, made));
    }
    for other in arguments.rest() {
        let other = from_items(cx, other)?;
        for key in set.sorted_keys() {
            if !other.contains(&key) {
                set.remove(&key);
            }
        }
    }
    Ok(remade(cx, set))
}

fn symmetric_difference(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mut set = known(cx, arguments)?;
    if cx.is_python2() {
        let made = hashed_set::symmetric_difference(cx, &set, &arguments.get(1))?;
        return Ok(make(cx, made));
    }
    let other = from_items(cx, &arguments.get(1))?;
    for (key, value) in other.iter() {
        if set.remove(key).is_none() {
            set.insert(key.clone(), value.clone());
        }
    }
    Ok(remade(cx, set))
}

/// Puts a set that was worked out in the place of the one that it was worked out from.
fn replace(cx: &mut Evaluator<'_>, arguments: &Arguments, made: &Value) -> Result {
    let id = set_id(cx, arguments)?;
    if let Some(Object::Set(made)) = made.as_object().map(|id| cx.state.object(id)) {
        let made = made.clone();
        *cx.state.object_mut(id) = Object::Set(made);
    }
    Ok(Value::NONE)
}

fn intersection_update(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let made = intersection(cx, arguments)?;
    replace(cx, arguments, &made)
}

fn symmetric_difference_update(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if cx.is_python2() {
        let id = set_id(cx, arguments)?;
        let mut set = known(cx, arguments)?;
        hashed_set::symmetric_difference_update(cx, &mut set, &arguments.get(1))?;
        *cx.state.object_mut(id) = Object::Set(set);
        return Ok(Value::NONE);
    }
    let made = symmetric_difference(cx, arguments)?;
    replace(cx, arguments, &made)
}

fn union(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mut set = known(cx, arguments)?;
    if cx.is_python2() {
        let made = hashed_set::union(cx, &set, &arguments.get(0), arguments.rest())?;
        return Ok(make(cx, made));
    }
    for other in arguments.rest() {
        for (key, value) in from_items(cx, other)?.iter() {
            set.insert(key.clone(), value.clone());
        }
    }
    Ok(remade(cx, set))
}

pub fn is_disjoint(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let plain = cx.plain(&arguments.get(0));
    let is_view = plain.as_object().is_some_and(|id| matches!(cx.state.object(id), Object::View(_)));
    let set = if is_view { from_items(cx, &plain)? } else { known(cx, arguments)? };
    let other = from_items(cx, &arguments.get(1))?;
    Ok(Value::bool(!other.iter().any(|(key, _)| set.contains(key))))
}

fn is_subset(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (set, other) = (known(cx, arguments)?, from_items(cx, &arguments.get(1))?);
    Ok(Value::bool(set.iter().all(|(key, _)| other.contains(key))))
}

fn is_superset(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (set, other) = (known(cx, arguments)?, from_items(cx, &arguments.get(1))?);
    Ok(Value::bool(other.iter().all(|(key, _)| set.contains(key))))
}

fn pop(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = set_id(cx, arguments)?;
    let mut set = known(cx, arguments)?;
    if cx.is_python2()
        && let Ok(item) = set.pop_hashed(|| cx.word())
    {
        cx.charge_steps(set.len())?;
        *cx.state.object_mut(id) = Object::Set(set);
        return item.ok_or_else(|| cx.error(&KEY_ERROR, "pop from an empty set"));
    }
    if cx.is_python2() && set.len() > 1 {
        let unknown = cx.unknown_value("which item `set.pop` takes is not modelled");
        if let Object::Set(set) = cx.state.object_mut(id) {
            set.clear();
        }
        open(cx, id, &unknown);
        return Ok(unknown);
    }
    let Some(key) = cx.popped(&set) else { return Err(cx.error(&KEY_ERROR, "pop from an empty set")) };
    cx.charge_steps(set.len())?;
    let item = set.remove(&key).unwrap_or(Value::NONE);
    *cx.state.object_mut(id) = Object::Set(set);
    Ok(item)
}

fn discard(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = set_id(cx, arguments)?;
    let key = cx.key(&arguments.get(1))?;
    if let Object::Set(set) = cx.state.object_mut(id) {
        set.remove(&key);
    }
    Ok(Value::NONE)
}

fn remove(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = set_id(cx, arguments)?;
    let key = cx.key(&arguments.get(1))?;
    if let Object::Set(set) = cx.state.object_mut(id)
        && (set.remove(&key).is_some() || set.rest.is_some())
    {
        return Ok(Value::NONE);
    }
    Err(cx.error_with(&KEY_ERROR, vec![arguments.get(1)]))
}

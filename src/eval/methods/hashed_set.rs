//! Operations of sets as CPython 2.7 does them: what they add and remove, in which order, settles how the result is walked.

use crate::eval::Evaluator;
use crate::eval::dict::{Key, Set};
use crate::eval::iterate::Walk;
use crate::eval::object::Object;
use crate::eval::raised::Raised;
use crate::eval::value::Value;

/// The items of an operand.
struct Operand {
    items: Vec<(Key, Value)>,
    /// A set, or a dict itself: its table is read, not an iterator.
    table: bool,
    is_set: bool,
    lost: bool,
}

fn operand(cx: &mut Evaluator<'_>, value: &Value) -> Result<Operand, Raised> {
    let exact_dict = value.as_object().is_some_and(|id| matches!(cx.state.object(id), Object::Dict(_)));
    let (is_set, lost) = match cx.plain(value).as_object().map(|id| cx.state.object(id)) {
        Some(Object::Set(set)) => (true, cx.walk_set(set).is_none()),
        Some(Object::Dict(dict)) => (false, matches!(cx.walk_table(dict), Walk::Unknown)),
        Some(Object::View(view)) => match cx.state.object(view.dict) {
            Object::Dict(dict) => (false, matches!(cx.walk_dict(dict), Walk::Unknown)),
            _ => (false, false),
        },
        _ => (false, false),
    };
    let mut items = Vec::new();
    for item in cx.items_in_any_order(value)? {
        items.push((cx.key(&item)?, item));
    }
    Ok(Operand { items, table: is_set || exact_dict, is_set, lost })
}

/// The items as a walk meets them; in any order, with false, when that is not known.
fn walked(cx: &Evaluator<'_>, set: &Set) -> (Vec<(Key, Value)>, bool) {
    match cx.walk_set(set) {
        Some(items) => (items, true),
        None => (set.iter().map(|(key, item)| (key.clone(), item.clone())).collect(), false),
    }
}

fn add_all(set: &mut Set, items: impl IntoIterator<Item = (Key, Value)>, known: bool) {
    for (key, item) in items {
        set.insert(key, item);
    }
    if !known {
        set.lose_order();
    }
}

/// `set_update_internal`.
pub fn fill(cx: &mut Evaluator<'_>, set: &mut Set, iterable: &Value) -> Result<(), Raised> {
    let operand = operand(cx, iterable)?;
    cx.charge_bytes(operand.items.len() * 64)?;
    if operand.items.is_empty() {
        return Ok(());
    }
    if operand.table {
        set.merge(operand.items);
    } else {
        add_all(set, operand.items, true);
    }
    if operand.lost {
        set.lose_order();
    }
    Ok(())
}

pub fn copy(cx: &Evaluator<'_>, set: &Set) -> Set {
    let mut made = Set::new(set.frozen);
    let (items, known) = walked(cx, set);
    if !items.is_empty() {
        made.merge(items);
    }
    if !known {
        made.lose_order();
    }
    made
}

/// Of a set and its own value, which is passed over.
pub fn union(cx: &mut Evaluator<'_>, set: &Set, this: &Value, others: &[Value]) -> Result<Set, Raised> {
    let mut made = copy(cx, set);
    for other in others.iter().filter(|other| !other.is(this)) {
        fill(cx, &mut made, other)?;
    }
    Ok(made)
}

/// `set_difference_update_internal`.
pub fn remove_all(cx: &mut Evaluator<'_>, set: &mut Set, other: &Value) -> Result<(), Raised> {
    for (key, _) in operand(cx, other)?.items {
        set.remove(&key);
    }
    set.tidy();
    Ok(())
}

pub fn difference(cx: &mut Evaluator<'_>, set: &Set, others: &[Value]) -> Result<Set, Raised> {
    let mut made = copy(cx, set);
    for (at, other) in others.iter().enumerate() {
        let operand = operand(cx, other)?;
        if at == 0 && operand.table {
            let gone: std::collections::HashSet<Key> =
                operand.items.into_iter().map(|(key, _)| key).collect();
            let (items, known) = walked(cx, set);
            made = Set::new(set.frozen);
            add_all(&mut made, items.into_iter().filter(|(key, _)| !gone.contains(key)), known);
        } else {
            remove_all(cx, &mut made, other)?;
        }
    }
    Ok(made)
}

/// Of a set and its own value, with which it is copied.
pub fn intersection(
    cx: &mut Evaluator<'_>,
    set: &Set,
    this: &Value,
    others: &[Value],
) -> Result<Set, Raised> {
    if others.is_empty() {
        return Ok(copy(cx, set));
    }
    let mut made = set.clone();
    for (at, other) in others.iter().enumerate() {
        if at == 0 && other.is(this) {
            made = copy(cx, set);
            continue;
        }
        let operand = operand(cx, other)?;
        let mut next = Set::new(set.frozen);
        if operand.is_set && operand.items.len() > made.len() {
            let there: std::collections::HashSet<Key> =
                operand.items.into_iter().map(|(key, _)| key).collect();
            let (items, known) = walked(cx, &made);
            add_all(&mut next, items.into_iter().filter(|(key, _)| there.contains(key)), known);
        } else {
            let items = operand.items.into_iter().filter(|(key, _)| made.contains(key));
            add_all(&mut next, items, !operand.lost);
        }
        made = next;
    }
    Ok(made)
}

/// `set_symmetric_difference_update`.
fn toggle(set: &mut Set, items: Vec<(Key, Value)>, known: bool) {
    for (key, item) in items {
        if set.remove(&key).is_none() {
            set.insert(key, item);
        }
    }
    if !known {
        set.lose_order();
    }
}

pub fn symmetric_difference(cx: &mut Evaluator<'_>, set: &Set, other: &Value) -> Result<Set, Raised> {
    let mut made = Set::new(set.frozen);
    fill(cx, &mut made, other)?;
    let (items, known) = walked(cx, set);
    toggle(&mut made, items, known);
    Ok(made)
}

pub fn symmetric_difference_update(
    cx: &mut Evaluator<'_>,
    set: &mut Set,
    other: &Value,
) -> Result<(), Raised> {
    let operand = operand(cx, other)?;
    let (mut items, mut known) = (operand.items, !operand.lost);
    if !operand.table {
        let mut made = Set::new(false);
        add_all(&mut made, items, known);
        (items, known) = walked(cx, &made);
    }
    toggle(set, items, known);
    Ok(())
}

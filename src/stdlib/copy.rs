//! `copy`: shallow and deep copies of what scripts make. Copies of instances with their own `__copy__` are unknown.

use crate::eval::dict::Dict;
use crate::eval::module::{Entry, Module, function};
use crate::eval::object::{Instance, List, Object};
use crate::eval::{Arguments, Data, Evaluator, ObjectId, Raised, Value};
use std::collections::HashMap;

pub(super) static MODULE: Module = Module { name: "copy", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("copy", function("(x)", |cx, arguments| copied(cx, &arguments.get(0), &mut None))),
    ("deepcopy", function("(x, memo=None)", deepcopy)),
];

fn deepcopy(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    if arguments.some(1).is_some() {
        return Err(cx.unknown("`copy.deepcopy` with a memo"));
    }
    copied(cx, &arguments.get(0), &mut Some(HashMap::new()))
}

/// The copies made so far, for a deep copy: shared parts stay shared, cycles end.
type Memo = Option<HashMap<ObjectId, Value>>;

/// Deep nesting ends the evaluation by its own budget; the recursion here is bounded apart.
const DEEPEST: usize = 200;

fn copied(cx: &mut Evaluator<'_>, value: &Value, memo: &mut Memo) -> Result<Value, Raised> {
    copy_at(cx, value, memo, 0)
}

fn copy_at(cx: &mut Evaluator<'_>, value: &Value, memo: &mut Memo, depth: usize) -> Result<Value, Raised> {
    cx.charge_steps(1)?;
    if depth > DEEPEST {
        return Err(cx.unknown("a copy of something nested deeper than 200 levels"));
    }
    let part = |cx: &mut Evaluator<'_>, value: &Value, memo: &mut Memo| {
        if memo.is_some() { copy_at(cx, value, memo, depth + 1) } else { Ok(value.clone()) }
    };
    let id = match &value.data {
        Data::Tuple(items) if memo.is_some() => {
            let items: Result<Vec<Value>, Raised> = items.iter().map(|item| part(cx, item, memo)).collect();
            return Ok(Value::tuple(items?));
        }
        Data::Object(id) => *id,
        _ => return Ok(value.clone()),
    };
    if let Some(made) = memo.as_ref().and_then(|memo| memo.get(&id)) {
        return Ok(made.clone());
    }
    match cx.state.object(id).clone() {
        Object::List(list) => {
            cx.charge_bytes(list.items.len() * 24)?;
            let copy = cx.allocate(Object::List(List::new(Vec::new(), list.rest.clone())));
            remember(memo, id, copy);
            let items: Result<Vec<Value>, Raised> =
                list.items.iter().map(|item| part(cx, item, memo)).collect();
            let items = items?;
            *cx.state.object_mut(copy) = Object::List(List::new(items, list.rest));
            Ok(Value::object(copy))
        }
        Object::Dict(dict) => {
            cx.charge_bytes(dict.len() * 80)?;
            let copy = cx.allocate(Object::Dict(Dict::default()));
            remember(memo, id, copy);
            let mut made = Dict::default();
            made.rest.clone_from(&dict.rest);
            made.ordered = dict.ordered;
            for (key, shown, value) in dict.iter() {
                made.insert(key.clone(), shown.clone(), part(cx, value, memo)?);
            }
            if cx.is_python2() && !made.ordered && made.len() > 1 {
                made = cx.copied_order(made, &dict, memo.is_some());
            }
            *cx.state.object_mut(copy) = Object::Dict(made);
            Ok(Value::object(copy))
        }
        // Items of sets are hashable, and so taken as unchangeable.
        Object::Set(set) => {
            let copy = cx.copied_set(&set, memo.is_some());
            Ok(Value::object(cx.allocate(Object::Set(copy))))
        }
        Object::Instance(instance) => instance_copy(cx, value, id, &instance, memo, depth),
        Object::Function(_)
        | Object::Class(_)
        | Object::Module(_)
        | Object::StaticMethod(_)
        | Object::ClassMethod(_) => Ok(value.clone()),
        _ => Err(cx.unknown("a copy of an iterator")),
    }
}

fn remember(memo: &mut Memo, id: ObjectId, copy: ObjectId) {
    if let Some(memo) = memo {
        memo.insert(id, Value::object(copy));
    }
}

fn instance_copy(
    cx: &mut Evaluator<'_>,
    value: &Value,
    id: ObjectId,
    instance: &Instance,
    memo: &mut Memo,
    depth: usize,
) -> Result<Value, Raised> {
    let name = if memo.is_some() { "__deepcopy__" } else { "__copy__" };
    for name in [name, "__reduce_ex__", "__getstate__", "__setstate__"] {
        if cx.method(value, name)?.is_some() {
            return Err(cx.unknown("a copy of an object that has its own way of copying"));
        }
    }
    let copy = cx.allocate(Object::Instance(instance.clone()));
    remember(memo, id, copy);
    // The attributes, and the list or dict that it may stand for, are copied even by a shallow copy: as deep as the memo says.
    let attributes = copy_at(cx, &Value::object(instance.attributes), memo, depth + 1)?;
    let payload = match &instance.payload {
        Some(payload) => Some(copy_at(cx, payload, memo, depth + 1)?),
        None => None,
    };
    let attributes = attributes.as_object().unwrap_or(instance.attributes);
    *cx.state.object_mut(copy) = Object::Instance(Instance { attributes, payload, ..instance.clone() });
    Ok(Value::object(copy))
}

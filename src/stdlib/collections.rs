//! `collections`: `OrderedDict`, `defaultdict`, `Counter`, `deque`, `namedtuple`.
//!
//! In Python: `ChainMap`, `UserDict`, `UserList`. Not modelled: `UserString`, `deque(maxlen=…)`, `namedtuple(rename=…)`; the order of `Counter.most_common`
//! among equal counts is that of first appearance, as in CPython 3.7 and later.

use super::versions::at_least;
use super::written::one;
use crate::eval::exceptions::{INDEX_ERROR, KEY_ERROR};
use crate::eval::module::{Class, Entry, Member, Module, Native, function, when};
use crate::eval::types::{DICT, LIST};
use crate::eval::{Arguments, CallArguments, Evaluator, Raised, Value};
use crate::syntax::python::ast::Operator;

mod named_tuple;

pub(super) static MODULE: Module = Module { name: "collections", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("OrderedDict", Member::Class(&ORDERED_DICT)),
    ("defaultdict", Member::Class(&DEFAULT_DICT)),
    ("ChainMap", one!("collections" "collections.py" "ChainMap" when::python3)),
    ("Counter", Member::Class(&COUNTER)),
    ("UserDict", one!("collections" "collections.py" "UserDict" when::python3)),
    ("UserList", one!("collections" "collections.py" "UserList" when::python3)),
    ("deque", Member::Class(&DEQUE)),
    (
        "namedtuple",
        function(
            "(typename, field_names, rename=False, defaults=None, module=None, verbose=False)",
            named_tuple::make,
        ),
    ),
    ("abc", Member::Only(when::python3, &Member::Module("collections.abc"))),
];

static ORDERED_DICT: Class = Class {
    name: "OrderedDict",
    module: "collections",
    bases: &[&DICT],
    members: &[
        ("__repr__", function("(self)", ordered_repr)),
        ("move_to_end", Member::Only(when::python3, &function("(self, key, last=True)", move_to_end))),
        ("popitem", function("(self, last=True)", popitem)),
        (
            "copy",
            function("(self)", |cx, a| {
                let payload = cx.ordered_dict();
                cx.update_dict(&payload, &a.get(0))?;
                Ok(cx.instance_with_payload(&ORDERED_DICT, payload))
            }),
        ),
    ],
    new: Some(Native::new("(*args, **keywords)", |cx, a| {
        let payload = cx.ordered_dict();
        let update = cx.get_attribute(&payload, "update")?;
        let call =
            CallArguments { positional: a.rest().to_vec(), keywords: a.keywords().to_vec(), ..a.open() };
        cx.call_with(&update, call)?;
        Ok(cx.instance_with_payload(&ORDERED_DICT, payload))
    })),
};

/// `OrderedDict([('a', 1)])`; since 3.12 `OrderedDict({'a': 1})`.
fn ordered_repr(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let entries = cx.dict_items(&this)?;
    if entries.is_empty() {
        return Ok(cx.native_text("OrderedDict()"));
    }
    let inside = if at_least(cx, 12) {
        cx.plain(&this)
    } else {
        let rows = entries.into_iter().map(|(key, value)| Value::tuple(vec![key, value])).collect();
        cx.list(rows)
    };
    let inside = cx.repr(&inside)?;
    let inside = cx.text_of(&inside)?;
    Ok(cx.native_text(&format!("OrderedDict({inside})")))
}

/// Puts every entry anew, so that the order is that of `entries`.
fn refill(cx: &mut Evaluator<'_>, this: &Value, entries: Vec<(Value, Value)>) -> Result<(), Raised> {
    let dict = cx.plain(this);
    cx.call_method(&dict, "clear", vec![])?;
    for (key, value) in entries {
        cx.set_item(&dict, &key, value)?;
    }
    cx.lose_table(&dict);
    Ok(())
}

fn move_to_end(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let (this, key) = (arguments.get(0), arguments.get(1));
    let value = cx.get_item(&cx.plain(&this), &key)?;
    let mut entries = Vec::new();
    for (other, kept) in cx.dict_items(&this)? {
        if !cx.equal(&other, &key)? {
            entries.push((other, kept));
        }
    }
    let place = if cx.truth(&arguments.get(2))? { entries.len() } else { 0 };
    entries.insert(place, (key, value));
    refill(cx, &this, entries)?;
    Ok(Value::NONE)
}

fn popitem(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let mut entries = cx.dict_items(&this)?;
    if entries.is_empty() {
        return Err(cx.error(&KEY_ERROR, "dictionary is empty"));
    }
    let place = if cx.truth(&arguments.get(1))? { entries.len() - 1 } else { 0 };
    let (key, value) = entries.remove(place);
    refill(cx, &this, entries)?;
    Ok(Value::tuple(vec![key, value]))
}

static DEFAULT_DICT: Class = Class {
    name: "defaultdict",
    module: "collections",
    bases: &[&DICT],
    members: &[
        ("__missing__", function("(self, key)", missing)),
        ("__repr__", Member::Opaque("the text of a defaultdict")),
    ],
    new: Some(Native::new("(default_factory=None, *args, **keywords)", |cx, a| {
        let call =
            CallArguments { positional: a.rest().to_vec(), keywords: a.keywords().to_vec(), ..a.open() };
        let payload = cx.call_with(&Value::class(&DICT), call)?;
        let made = cx.instance_with_payload(&DEFAULT_DICT, payload);
        cx.put_attribute(&made, "default_factory", a.get(0));
        Ok(made)
    })),
};

fn missing(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let (this, key) = (arguments.get(0), arguments.get(1));
    let factory = cx.get_attribute(&this, "default_factory")?;
    if factory.is_none() {
        return Err(cx.error_with(&KEY_ERROR, vec![key]));
    }
    let value = cx.call(&factory, vec![])?;
    let dict = cx.plain(&this);
    cx.set_item(&dict, &key, value.clone())?;
    Ok(value)
}

static COUNTER: Class = Class {
    name: "Counter",
    module: "collections",
    bases: &[&DICT],
    members: &[
        ("__missing__", function("(self, key)", |_, _| Ok(Value::int(0)))),
        ("__repr__", Member::Opaque("the text of a Counter")),
        ("update", function("(self, iterable=None, **keywords)", |cx, a| count(cx, a, 1))),
        ("subtract", function("(self, iterable=None, **keywords)", |cx, a| count(cx, a, -1))),
        ("most_common", function("(self, n=None)", most_common)),
        ("elements", function("(self)", elements)),
    ],
    new: Some(Native::new("(iterable=None, **keywords)", |cx, a| {
        let payload = cx.dict(Vec::new())?;
        let made = cx.instance_with_payload(&COUNTER, payload);
        let more = CallArguments {
            positional: [vec![made.clone()], a.some(0).cloned().into_iter().collect()].concat(),
            keywords: a.keywords().to_vec(),
            ..a.open()
        };
        let update = cx.get_attribute(&Value::class(&COUNTER), "update")?;
        cx.call_with(&update, more)?;
        Ok(made)
    })),
};

fn count(cx: &mut Evaluator<'_>, arguments: &Arguments, sign: i64) -> Result<Value, Raised> {
    let dict = cx.plain(&arguments.get(0));
    let mut counts: Vec<(Value, Value)> = Vec::new();
    if let Some(given) = arguments.some(1).cloned() {
        if cx.is_instance(&given, &DICT) {
            counts = cx.dict_items(&given)?;
        } else {
            counts.extend(cx.items(&given)?.into_iter().map(|item| (item, Value::int(1))));
        }
    }
    counts.extend(arguments.keywords().iter().map(|k| (cx.native_text(&k.name), k.value.clone())));
    for (key, number) in counts {
        let old = if cx.contains(&dict, &key)? { cx.get_item(&dict, &key)? } else { Value::int(0) };
        let op = if sign > 0 { Operator::Add } else { Operator::Sub };
        let new = cx.binary(op, &old, &number)?;
        cx.set_item(&dict, &key, new)?;
    }
    if arguments.keywords().len() > 1 || arguments.some(1).is_some_and(|given| cx.is_instance(given, &DICT)) {
        // Python 2 merges these as they stand.
        cx.lose_order(&dict);
    }
    Ok(Value::NONE)
}

fn most_common(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut rows = Vec::new();
    for (key, number) in cx.dict_items(&arguments.get(0))? {
        rows.push((cx.int_of(&number)?, key, number));
    }
    rows.sort_by_key(|(number, _, _)| std::cmp::Reverse(*number));
    let wanted = match arguments.some(1).cloned() {
        Some(most) => usize::try_from(cx.int_of(&most)?).unwrap_or(0),
        None => rows.len(),
    };
    // Before 3.7 equal counts came in the order of a hash table.
    if rows.windows(2).take(wanted).any(|pair| pair[0].0 == pair[1].0) && !at_least(cx, 7) {
        return Err(cx.unknown("the order of equal counts before Python 3.7"));
    }
    rows.truncate(wanted);
    let rows = rows.into_iter().map(|(_, key, number)| Value::tuple(vec![key, number])).collect();
    Ok(cx.list(rows))
}

fn elements(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut all = Vec::new();
    for (key, number) in cx.dict_items(&arguments.get(0))? {
        let number = usize::try_from(cx.int_of(&number)?).unwrap_or(0);
        cx.charge_bytes(number.saturating_mul(16))?;
        all.extend(std::iter::repeat_n(key, number));
    }
    Ok(cx.iterator(all))
}

static DEQUE: Class = Class {
    name: "deque",
    module: "collections",
    bases: &[&LIST],
    members: &[
        (
            "appendleft",
            function("(self, x)", |cx, a| {
                cx.call_method(&cx.plain(&a.get(0)), "insert", vec![Value::int(0), a.get(1)])
            }),
        ),
        ("popleft", function("(self)", popleft)),
        ("extendleft", function("(self, iterable)", extendleft)),
        ("rotate", function("(self, n=1)", rotate)),
        ("__repr__", function("(self)", deque_repr)),
        ("maxlen", Member::Constant(|_| Ok(Value::NONE))),
    ],
    new: Some(Native::new("(iterable=None, maxlen=None)", |cx, a| {
        if a.some(1).is_some() {
            return Err(cx.unknown("a deque of bounded length"));
        }
        let items = match a.some(0).cloned() {
            Some(iterable) => cx.items(&iterable)?,
            None => Vec::new(),
        };
        let payload = cx.list(items);
        Ok(cx.instance_with_payload(&DEQUE, payload))
    })),
};

fn popleft(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let list = cx.plain(&arguments.get(0));
    if !cx.truth(&list)? {
        return Err(cx.error(&INDEX_ERROR, "pop from an empty deque"));
    }
    cx.call_method(&list, "pop", vec![Value::int(0)])
}

fn extendleft(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let list = cx.plain(&arguments.get(0));
    for item in cx.items(&arguments.get(1))? {
        cx.call_method(&list, "insert", vec![Value::int(0), item])?;
    }
    Ok(Value::NONE)
}

fn rotate(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let list = cx.plain(&arguments.get(0));
    let mut items = cx.items(&list)?;
    let steps = cx.int_of(&arguments.get(1))?;
    if !items.is_empty() {
        let length = items.len() as i64;
        items.rotate_right(steps.rem_euclid(length) as usize);
    }
    for (place, item) in items.into_iter().enumerate() {
        cx.set_item(&list, &Value::int(place as i64), item)?;
    }
    Ok(Value::NONE)
}

fn deque_repr(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let inside = cx.repr(&cx.plain(&arguments.get(0)))?;
    let inside = cx.text_of(&inside)?;
    Ok(cx.native_text(&format!("deque({inside})")))
}

//! Builtins over iterables: `map`, `zip`, `sorted`, `max`, `sum`, …

use super::builtins::wrong_arguments;
use crate::eval::arguments::Arguments;
use crate::eval::exceptions::{TYPE_ERROR, VALUE_ERROR};
use crate::eval::methods_number::range_numbers;
use crate::eval::module::{Entry, function};
use crate::eval::lazy::LazyKind;
use crate::eval::types;
use crate::eval::{Data, Evaluator, Raised, Value};
use crate::syntax::python::ast::Operator;

type Result = std::result::Result<Value, Raised>;

pub(super) fn all(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    quantify(cx, arguments, false)
}

pub(super) fn any(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    quantify(cx, arguments, true)
}

/// Looks for an item whose truth is `wanted`; an iterator is used up only that far.
fn quantify(cx: &mut Evaluator<'_>, arguments: &Arguments, wanted: bool) -> Result {
    let iterator = cx.iter(&arguments.get(0))?;
    let mut unknown = None;
    loop {
        let item = match cx.next(&iterator) {
            Ok(Some(item)) => item,
            Ok(None) => break,
            Err(Raised::Unknown(value)) => {
                unknown = Some(value);
                break;
            }
            Err(other) => return Err(other),
        };
        match cx.truth(&item) {
            Ok(truth) if truth == wanted => return Ok(Value::bool(wanted)),
            Ok(_) => {}
            Err(Raised::Unknown(value)) => unknown = Some(value),
            Err(other) => return Err(other),
        }
        cx.charge_steps(1)?;
    }
    Ok(unknown.unwrap_or_else(|| Value::bool(!wanted)))
}

pub(super) fn enumerate(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let start = cx.int_of(&arguments.get(1))?;
    cx.lazy(LazyKind::Enumerate, Value::NONE, &[arguments.get(0)], start)
}

/// A list on Python 2, a string or a tuple for one; an iterator on Python 3.
pub(super) fn filter(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let iterable = arguments.get(1);
    let kept = cx.lazy(LazyKind::Filter, arguments.get(0), std::slice::from_ref(&iterable), 0)?;
    if !cx.is_python2() {
        return Ok(kept);
    }
    match cx.plain(&iterable).data {
        Data::Tuple(_) => Ok(Value::tuple(cx.items(&kept)?)),
        Data::Text(_) | Data::Bytes(_) => {
            let empty = cx.text_like(&iterable, "");
            cx.call_method(&empty, "join", vec![kept])
        }
        _ => cx.call(&Value::class(&types::LIST), vec![kept]),
    }
}

/// Python 2 goes on to the longest, fills up with None, and gives a list.
pub(super) fn map(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let change = arguments.get(0);
    if !cx.is_python2() {
        return cx.lazy(LazyKind::Map, change, arguments.rest(), 0);
    }
    if let ([one], false) = (arguments.rest(), change.is_none()) {
        let mapped = cx.lazy(LazyKind::Map, change, std::slice::from_ref(one), 0)?;
        return cx.call(&Value::class(&types::LIST), vec![mapped]);
    }
    let mut columns = Vec::new();
    for iterable in arguments.rest() {
        columns.push(cx.items(iterable)?);
    }
    let count = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut made = Vec::with_capacity(count);
    for index in 0..count {
        let row: Vec<Value> =
            columns.iter().map(|column| column.get(index).cloned().unwrap_or(Value::NONE)).collect();
        made.push(match (change.is_none(), row.as_slice()) {
            (true, [one]) => one.clone(),
            (true, _) => Value::tuple(row),
            (false, _) => match cx.call(&change, row) {
                Err(Raised::Unknown(unknown)) => unknown,
                other => other?,
            },
        });
    }
    Ok(cx.list(made))
}

/// One item of each in turn, so that one iterator given twice gives pairs.
pub(super) fn zip(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let strict = arguments.given(0).cloned();
    if cx.is_python2() {
        let rows = cx.lazy(LazyKind::Zip, Value::NONE, arguments.rest(), 0)?;
        return cx.call(&Value::class(&types::LIST), vec![rows]);
    }
    let kind = match strict {
        Some(strict) if cx.truth(&strict)? => LazyKind::StrictZip,
        _ => LazyKind::Zip,
    };
    cx.lazy(kind, Value::NONE, arguments.rest(), 0)
}

pub(super) fn reduce(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mut items = cx.items(&arguments.get(1))?.into_iter();
    let mut result = match arguments.rest().first() {
        Some(initial) => initial.clone(),
        None => match items.next() {
            Some(first) => first,
            None => return Err(cx.error(&TYPE_ERROR, "reduce() of empty sequence with no initial value")),
        },
    };
    for item in items {
        result = cx.call(&arguments.get(0), vec![result, item])?;
    }
    Ok(result)
}

pub(super) fn reversed(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let value = arguments.get(0);
    if let Some(method) = cx.method(&value, "__reversed__")? {
        return cx.call(&method, vec![]);
    }
    let indexed = cx.method(&value, "__getitem__")?.is_some() && cx.method(&value, "__len__")?.is_some();
    let mut items = if indexed {
        let length = cx.length(&value)?;
        cx.charge_bytes(usize::try_from(length).unwrap_or(usize::MAX).saturating_mul(24))?;
        let items: std::result::Result<Vec<Value>, Raised> =
            (0..length).map(|index| cx.get_item(&value, &Value::int(index))).collect();
        items?
    } else {
        cx.items(&value)?
    };
    items.reverse();
    Ok(cx.iterator(items))
}

pub(super) fn sorted(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if arguments.given(1).is_some() && !cx.is_python2() {
        return Err(cx.error(&TYPE_ERROR, "sorted expected 1 argument, got 2"));
    }
    let items = cx.items(&arguments.get(0))?;
    cx.charge_bytes(items.len() * 64)?;
    let sorted = cx.sorted(items, &arguments.get(1), &arguments.get(2), &arguments.get(3))?;
    Ok(cx.list(sorted))
}

pub(super) fn max(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    extreme(cx, arguments, true)
}

pub(super) fn min(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    extreme(cx, arguments, false)
}

fn extreme(cx: &mut Evaluator<'_>, arguments: &Arguments, largest: bool) -> Result {
    let items = match arguments.rest() {
        [] => return Err(wrong_arguments(cx, "max() or min()")),
        [one] => cx.items(one)?,
        several => several.to_vec(),
    };
    let key = arguments.get(0);
    let mut best: Option<(Value, Value)> = None;
    for item in items {
        let by = if key.is_none() { item.clone() } else { cx.call(&key, vec![item.clone()])? };
        let better = match &best {
            None => true,
            Some((old, _)) if largest => cx.less(&old.clone(), &by)?,
            Some((old, _)) => cx.less(&by, &old.clone())?,
        };
        if better {
            best = Some((by, item));
        }
    }
    match (best, arguments.given(1)) {
        (Some((_, item)), _) => Ok(item),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(cx.error(&VALUE_ERROR, "max() or min() of an empty sequence")),
    }
}

pub(super) fn sum(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mut total = arguments.get(1);
    if matches!(total.data, Data::Text(_)) {
        return Err(cx.error(&TYPE_ERROR, "sum() can't sum strings [use ''.join(seq) instead]"));
    }
    for item in cx.items(&arguments.get(0))? {
        total = cx.binary(Operator::Add, &total, &item)?;
    }
    Ok(total)
}

pub(super) fn iter(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let value = arguments.get(0);
    let Some(sentinel) = arguments.rest().first().cloned() else { return cx.iter(&value) };
    let mut items = Vec::new();
    loop {
        let item = cx.call(&value, vec![])?;
        if cx.equal(&item, &sentinel)? {
            return Ok(cx.iterator(items));
        }
        cx.charge_bytes(24)?;
        items.push(item);
    }
}

pub(super) fn next(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    match (cx.next(&arguments.get(0))?, arguments.rest().first()) {
        (Some(item), _) => Ok(item),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(cx.stop_iteration()),
    }
}

static RANGE_LIST: Entry = ("range", function("(start, stop=None, step=1)", range_list));

/// `range`: a function that gives a list on Python 2, a class on Python 3.
pub(super) fn builtin_range(cx: &mut Evaluator<'_>) -> Result {
    Ok(if cx.is_python2() { Data::Native(&RANGE_LIST).into() } else { Value::class(&types::RANGE) })
}

fn range_list(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let numbers = range_numbers(cx, arguments)?;
    Ok(cx.list(numbers))
}

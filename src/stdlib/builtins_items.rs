//! Builtins over iterables: `map`, `zip`, `sorted`, `max`, `sum`, …

use super::builtins::wrong_arguments;
use crate::eval::arguments::Arguments;
use crate::eval::exceptions::{TYPE_ERROR, VALUE_ERROR};
use crate::eval::methods_number::range_numbers;
use crate::eval::module::{Entry, function};
use crate::eval::object::{Iteration, Object};
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

/// A list on Python 2, an iterator on Python 3; `rest` says that more of unknown number follow.
fn sequence(cx: &mut Evaluator<'_>, items: Vec<Value>, rest: Option<Value>) -> Value {
    let Some(unknown) = rest else { return cx.list_or_iterator(items) };
    let rest = unknown.as_unknown().cloned();
    Value::object(cx.allocate(Object::Iterator(Iteration { items: items.into(), next: 0, rest })))
}

pub(super) fn enumerate(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (items, rest) = cx.partly_known(&arguments.get(0))?;
    let start = cx.int_of(&arguments.get(1))?;
    cx.charge_bytes(items.len() * 64)?;
    let numbered =
        items.into_iter().zip(start..).map(|(item, index)| Value::tuple(vec![Value::int(index), item]));
    let numbered: Vec<Value> = numbered.collect();
    let rest = rest.and_then(|unknown| unknown.as_unknown().cloned());
    Ok(Value::object(cx.allocate(Object::Iterator(Iteration { items: numbered.into(), next: 0, rest }))))
}

pub(super) fn filter(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (test, iterable) = (arguments.get(0), arguments.get(1));
    let mut kept = Vec::new();
    for item in cx.items(&iterable)? {
        let keep = if test.is_none() { item.clone() } else { cx.call(&test, vec![item.clone()])? };
        if cx.truth(&keep)? {
            kept.push(item);
        }
    }
    if cx.is_python2() {
        match cx.plain(&iterable).data {
            Data::Tuple(_) => return Ok(Value::tuple(kept)),
            Data::Text(_) | Data::Bytes(_) => {
                let empty = cx.text_like(&iterable, "");
                return cx.call_method(&empty, "join", vec![Value::tuple(kept)]);
            }
            _ => {}
        }
    }
    Ok(cx.list_or_iterator(kept))
}

pub(super) fn map(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let change = arguments.get(0);
    let mut columns = Vec::new();
    let mut unknown = None;
    for iterable in arguments.rest() {
        let (items, rest) = cx.partly_known(iterable)?;
        unknown = unknown.or(rest);
        columns.push(items);
    }
    // Python 2 goes on to the longest; it fills up with None.
    let lengths = columns.iter().map(Vec::len);
    let count = if cx.is_python2() { lengths.max() } else { lengths.min() }.unwrap_or(0);
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
    if let Some(unknown) = &unknown
        && !change.is_unknown()
    {
        // The rest is mapped as well: the function is called with what is not known.
        cx.lose(arguments.rest().to_vec(), unknown);
    }
    Ok(sequence(cx, made, unknown))
}

/// One item of each in turn, so that one iterator given twice gives pairs.
pub(super) fn zip(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mut iterators = Vec::new();
    for iterable in arguments.rest() {
        iterators.push(cx.iter(iterable)?);
    }
    let mut rows = Vec::new();
    let mut unknown = None;
    'rows: while !iterators.is_empty() {
        cx.charge_bytes(24 * iterators.len())?;
        let mut row = Vec::with_capacity(iterators.len());
        for iterator in &iterators {
            match cx.next(iterator) {
                Ok(Some(item)) => row.push(item),
                Ok(None) => break 'rows,
                Err(Raised::Unknown(value)) => {
                    unknown = Some(value);
                    break 'rows;
                }
                Err(other) => return Err(other),
            }
        }
        rows.push(Value::tuple(row));
    }
    Ok(sequence(cx, rows, unknown))
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

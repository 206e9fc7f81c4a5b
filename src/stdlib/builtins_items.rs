//! Builtins over iterables: `map`, `zip`, `sorted`, `max`, `sum`, …

use super::builtins::wrong_arguments;
use super::versions::at_least;
use crate::eval::arguments::Arguments;
use crate::eval::exceptions::{TYPE_ERROR, VALUE_ERROR};
use crate::eval::lazy::Work;
use crate::eval::methods_number::range_numbers;
use crate::eval::module::{Entry, function};
use crate::eval::object::{List, Object};
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
    let source = cx.iter(&arguments.get(0))?;
    let start = cx.int_of(&arguments.get(1))?;
    Ok(cx.lazy(Work::Enumerate(start), vec![source]))
}

pub(super) fn filter(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (test, iterable) = (arguments.get(0), arguments.get(1));
    if !cx.is_python2() {
        let source = cx.iter(&iterable)?;
        return Ok(cx.lazy(Work::Filter(test), vec![source]));
    }
    let mut kept = Vec::new();
    for item in cx.items(&iterable)? {
        let keep = if test.is_none() { item.clone() } else { cx.call(&test, vec![item.clone()])? };
        if cx.truth(&keep)? {
            kept.push(item);
        }
    }
    match cx.plain(&iterable).data {
        Data::Tuple(_) => Ok(Value::tuple(kept)),
        Data::Text(_) | Data::Bytes(_) => {
            let empty = cx.text_like(&iterable, "");
            cx.call_method(&empty, "join", vec![Value::tuple(kept)])
        }
        _ => Ok(cx.list(kept)),
    }
}

/// The iterators over several iterables; when one is unknown, what a function called with its items could change is lost.
fn iterators(
    cx: &mut Evaluator<'_>,
    arguments: &Arguments,
    function: &Value,
) -> std::result::Result<Vec<Value>, Raised> {
    let mut made = Vec::new();
    for iterable in arguments.rest() {
        match cx.iter(iterable) {
            Err(Raised::Unknown(unknown)) => {
                cx.lose(vec![function.clone()], &unknown);
                return Err(Raised::Unknown(unknown));
            }
            iterator => made.push(iterator?),
        }
    }
    Ok(made)
}

pub(super) fn map(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let function = arguments.get(0);
    if arguments.rest().is_empty() {
        return Err(wrong_arguments(cx, "map()"));
    }
    if cx.is_python2() {
        return map_now(cx, arguments);
    }
    let sources = iterators(cx, arguments, &function)?;
    Ok(cx.lazy(Work::Map(function), sources))
}

/// `map` of Python 2 goes on to the longest; it fills up with None.
fn map_now(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let change = arguments.get(0);
    let mut columns = Vec::new();
    let mut unknown = None;
    for iterable in arguments.rest() {
        let (items, rest) = cx.partly_known(iterable)?;
        unknown = unknown.or(rest);
        columns.push(items);
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
    if let Some(unknown) = &unknown {
        // The rest is mapped as well: the function is called with what is not known.
        cx.lose(vec![change], unknown);
    }
    Ok(listed(cx, made, unknown))
}

/// A list; `rest` says that more of unknown number follow.
fn listed(cx: &mut Evaluator<'_>, items: Vec<Value>, rest: Option<Value>) -> Value {
    let rest = rest.and_then(|unknown| unknown.as_unknown().cloned());
    Value::object(cx.allocate(Object::List(List::new(items, rest))))
}

/// One item of each in turn, so that one iterator given twice gives pairs.
pub(super) fn zip(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let strict = match arguments.given(0).cloned() {
        Some(_) if !at_least(cx, 10) => {
            return Err(cx.error(&TYPE_ERROR, "zip() takes no keyword arguments"));
        }
        Some(strict) => cx.truth(&strict)?,
        None => false,
    };
    let sources = iterators(cx, arguments, &Value::NONE)?;
    let lazy = cx.lazy(Work::Zip(strict), sources);
    if !cx.is_python2() {
        return Ok(lazy);
    }
    let (rows, rest) = cx.partly_known(&lazy)?;
    Ok(listed(cx, rows, rest))
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
    let plain = cx.plain(&value);
    let object = plain.as_object().map(|id| cx.state.object(id));
    let (is_list, is_dict, is_instance) = (
        matches!(object, Some(Object::List(_))),
        matches!(object, Some(Object::Dict(_) | Object::View(_))),
        matches!(object, Some(Object::Instance(_))),
    );
    if let Some(Object::List(list)) = object
        && list.rest.is_none()
    {
        let work = list.items.len().checked_sub(1).map_or(Work::Done, Work::Reversed);
        return Ok(cx.lazy(work, vec![plain]));
    }
    let is_text = matches!(plain.data, Data::Tuple(_) | Data::Text(_) | Data::Bytes(_));
    let mut items = if is_list || is_text || (is_dict && at_least(cx, 8)) {
        cx.items(&plain)?
    } else if is_instance && cx.method(&value, "__getitem__")?.is_some() {
        let length = cx.length(&value)?;
        cx.charge_bytes(usize::try_from(length).unwrap_or(usize::MAX).saturating_mul(24))?;
        let items: std::result::Result<Vec<Value>, Raised> =
            (0..length).map(|index| cx.get_item(&value, &Value::int(index))).collect();
        items?
    } else {
        let kind = cx.type_name(&value);
        return Err(cx.error(&TYPE_ERROR, format!("'{kind}' object is not reversible")));
    };
    items.reverse();
    Ok(cx.iterator(items))
}

pub(super) fn sorted(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if arguments.given(1).is_some() && !cx.is_python2() {
        return Err(cx.error(&TYPE_ERROR, "sorted expected 1 argument, got 2"));
    }
    // What is alike by its key stays in the order in which it came.
    let items = if arguments.get(1).is_none() && arguments.get(2).is_none() {
        cx.items_in_any_order(&arguments.get(0))?
    } else {
        cx.items(&arguments.get(0))?
    };
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
        [one] if arguments.get(0).is_none() => cx.items_in_any_order(one)?,
        [one] => cx.items(one)?,
        _ if arguments.given(1).is_some() => {
            return Err(cx.error(&TYPE_ERROR, "cannot specify a default with several positional arguments"));
        }
        several => several.to_vec(),
    };
    if arguments.given(1).is_some() && cx.is_python2() {
        return Err(cx.error(&TYPE_ERROR, "got an unexpected keyword argument"));
    }
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
    if matches!(total.data, Data::Text(_) | Data::Bytes(_)) {
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
    Ok(cx.lazy(Work::Until(sentinel), vec![value]))
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

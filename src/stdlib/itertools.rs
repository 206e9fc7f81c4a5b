//! `itertools`. Iterators are made of items that are known at once; endless ones (`count`, `cycle`, `repeat` without a
//! number) are unknown.
//!
//! Not modelled: `tee`, `groupby` of unknown keys.

use super::versions::at_least;
use crate::eval::exceptions::VALUE_ERROR;
use crate::eval::module::{Class, Entry, Member, Module, Native, function, when};
use crate::eval::{Arguments, CallArguments, Evaluator, Raised, Value};
use crate::syntax::python::ast::Operator;

pub(super) static MODULE: Module = Module { name: "itertools", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("chain", Member::Class(&CHAIN)),
    ("islice", function("(iterable, *bounds)", islice)),
    ("product", function("(*iterables, repeat=1)", product)),
    ("permutations", function("(iterable, r=None)", permutations)),
    ("combinations", function("(iterable, r)", combinations)),
    ("zip_longest", Member::Only(when::python3, &function("(*iterables, fillvalue=None)", zip_longest))),
    ("izip_longest", Member::Only(when::python2, &function("(*iterables, fillvalue=None)", zip_longest))),
    ("izip", Member::Only(when::python2, &function("(*iterables)", zip))),
    ("imap", Member::Only(when::python2, &function("(function, *iterables)", map))),
    ("ifilter", Member::Only(when::python2, &function("(function, iterable)", |cx, a| filter(cx, a, true)))),
    (
        "ifilterfalse",
        Member::Only(when::python2, &function("(function, iterable)", |cx, a| filter(cx, a, false))),
    ),
    (
        "filterfalse",
        Member::Only(when::python3, &function("(function, iterable)", |cx, a| filter(cx, a, false))),
    ),
    ("starmap", function("(function, iterable)", starmap)),
    ("takewhile", function("(predicate, iterable)", takewhile)),
    ("dropwhile", function("(predicate, iterable)", dropwhile)),
    ("compress", function("(data, selectors)", compress)),
    ("accumulate", Member::Only(when::python3, &function("(iterable, func=None, initial=None)", accumulate))),
    ("groupby", function("(iterable, key=None)", groupby)),
    ("pairwise", Member::Only(since_3_10, &function("(iterable)", pairwise))),
    ("repeat", function("(object, times=None)", repeat)),
    ("count", Member::Opaque("`itertools.count` has no end")),
    ("cycle", Member::Opaque("`itertools.cycle` has no end")),
];

fn since_3_10(cx: &mut Evaluator<'_>) -> bool {
    at_least(cx, 10)
}

static CHAIN: Class = Class {
    name: "chain",
    module: "itertools",
    bases: &[],
    members: &[("from_iterable", Member::StaticMethod(Native::new("(iterable)", from_iterable)))],
    new: Some(Native::new("(*iterables)", chain)),
};

fn chain(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    joined(cx, arguments.rest())
}

fn from_iterable(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let iterables = cx.items(&arguments.get(0))?;
    joined(cx, &iterables)
}

fn joined(cx: &mut Evaluator<'_>, iterables: &[Value]) -> Result<Value, Raised> {
    let mut items = Vec::new();
    for iterable in iterables {
        items.extend(cx.items(iterable)?);
        cx.charge_bytes(items.len() * 16)?;
    }
    Ok(cx.iterator(items))
}

fn islice(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let bounds: Result<Vec<Option<i64>>, Raised> = arguments
        .rest()
        .iter()
        .map(|bound| if bound.is_none() { Ok(None) } else { cx.int_of(bound).map(Some) })
        .collect();
    let (start, stop, step) = match bounds?.as_slice() {
        [stop] => (0, *stop, 1),
        [start, stop] => (start.unwrap_or(0), *stop, 1),
        [start, stop, step] => (start.unwrap_or(0), *stop, step.unwrap_or(1)),
        _ => return Err(cx.unknown("`islice` with other arguments than start, stop and step")),
    };
    if start < 0 || stop.is_some_and(|stop| stop < 0) || step < 1 {
        let text = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
        return Err(cx.error(&VALUE_ERROR, text));
    }
    let iterator = cx.iter(&arguments.get(0))?;
    let mut items = Vec::new();
    let mut at = 0;
    while stop.is_none_or(|stop| at < stop) {
        let Some(item) = cx.next(&iterator)? else { break };
        if at >= start && (at - start) % step == 0 {
            items.push(item);
        }
        at += 1;
    }
    Ok(cx.iterator(items))
}

/// The items of each iterable.
fn pools(cx: &mut Evaluator<'_>, iterables: &[Value]) -> Result<Vec<Vec<Value>>, Raised> {
    iterables.iter().map(|iterable| cx.items(iterable)).collect()
}

fn tuples(cx: &mut Evaluator<'_>, rows: Vec<Vec<Value>>) -> Value {
    let rows = rows.into_iter().map(Value::tuple).collect();
    cx.iterator(rows)
}

fn product(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let pools = pools(cx, arguments.rest())?;
    let repeat = cx.int_of(&arguments.get(0))?;
    let mut rows: Vec<Vec<Value>> = vec![vec![]];
    for _ in 0..repeat {
        for pool in &pools {
            cx.charge_bytes(rows.len().saturating_mul(pool.len()).saturating_mul(64))?;
            rows = rows
                .iter()
                .flat_map(|row| pool.iter().map(|item| row.iter().chain([item]).cloned().collect()))
                .collect();
        }
        cx.charge_steps(1)?;
    }
    Ok(tuples(cx, rows))
}

/// Ways to choose `length` of `count` places in order; `free` says that later choices may be of earlier places.
fn choices(
    cx: &mut Evaluator<'_>,
    count: usize,
    length: usize,
    free: bool,
) -> Result<Vec<Vec<usize>>, Raised> {
    let mut rows: Vec<Vec<usize>> = vec![vec![]];
    for _ in 0..length {
        cx.charge_bytes(rows.len().saturating_mul(count).saturating_mul(32))?;
        rows = rows
            .iter()
            .flat_map(|row| {
                let first = if free { 0 } else { row.last().map_or(0, |last| last + 1) };
                let next = (first..count).filter(|place| !row.contains(place));
                next.map(|place| row.iter().copied().chain([place]).collect()).collect::<Vec<Vec<usize>>>()
            })
            .collect();
        if rows.is_empty() {
            break;
        }
    }
    Ok(rows)
}

fn chosen(cx: &mut Evaluator<'_>, arguments: &Arguments, free: bool) -> Result<Value, Raised> {
    let items = cx.items(&arguments.get(0))?;
    let length = match arguments.some(1) {
        Some(length) => cx.int_of(&length.clone())?,
        None => items.len() as i64,
    };
    let Ok(length) = usize::try_from(length) else {
        return Err(cx.error(&VALUE_ERROR, "r must be non-negative"));
    };
    let rows = choices(cx, items.len(), length, free)?;
    let rows = rows.iter().map(|row| row.iter().map(|place| items[*place].clone()).collect()).collect();
    Ok(tuples(cx, rows))
}

fn permutations(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    chosen(cx, arguments, true)
}

fn combinations(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    chosen(cx, arguments, false)
}

fn zip(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let pools = pools(cx, arguments.rest())?;
    let shortest = pools.iter().map(Vec::len).min().unwrap_or(0);
    let rows = (0..shortest).map(|at| pools.iter().map(|pool| pool[at].clone()).collect()).collect();
    Ok(tuples(cx, rows))
}

fn zip_longest(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let pools = pools(cx, arguments.rest())?;
    let longest = pools.iter().map(Vec::len).max().unwrap_or(0);
    let fill = arguments.get(0);
    cx.charge_bytes(longest.saturating_mul(pools.len()).saturating_mul(32))?;
    let row = |at: usize| pools.iter().map(|pool| pool.get(at).unwrap_or(&fill).clone()).collect();
    let rows = (0..longest).map(row).collect();
    Ok(tuples(cx, rows))
}

fn map(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let pools = pools(cx, arguments.rest())?;
    let shortest = pools.iter().map(Vec::len).min().unwrap_or(0);
    let mut items = Vec::new();
    for at in 0..shortest {
        let row: Vec<Value> = pools.iter().map(|pool| pool[at].clone()).collect();
        items.push(if arguments.get(0).is_none() {
            Value::tuple(row)
        } else {
            cx.call(&arguments.get(0), row)?
        });
    }
    Ok(cx.iterator(items))
}

/// Whether `predicate(item)` holds; without a predicate, the item itself.
fn holds(cx: &mut Evaluator<'_>, predicate: &Value, item: &Value) -> Result<bool, Raised> {
    if predicate.is_none() {
        return cx.truth(item);
    }
    let result = cx.call(predicate, vec![item.clone()])?;
    cx.truth(&result)
}

fn filter(cx: &mut Evaluator<'_>, arguments: &Arguments, wanted: bool) -> Result<Value, Raised> {
    let mut kept = Vec::new();
    for item in cx.items(&arguments.get(1))? {
        if holds(cx, &arguments.get(0), &item)? == wanted {
            kept.push(item);
        }
    }
    Ok(cx.iterator(kept))
}

fn starmap(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut items = Vec::new();
    for row in cx.items(&arguments.get(1))? {
        let row = cx.items(&row)?;
        items.push(cx.call_with(&arguments.get(0), CallArguments::positional(row))?);
    }
    Ok(cx.iterator(items))
}

fn takewhile(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut kept = Vec::new();
    for item in cx.items(&arguments.get(1))? {
        if !holds(cx, &arguments.get(0), &item)? {
            break;
        }
        kept.push(item);
    }
    Ok(cx.iterator(kept))
}

fn dropwhile(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let items = cx.items(&arguments.get(1))?;
    let mut dropped = 0;
    for item in &items {
        if !holds(cx, &arguments.get(0), item)? {
            break;
        }
        dropped += 1;
    }
    Ok(cx.iterator(items[dropped..].to_vec()))
}

fn compress(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let items = cx.items(&arguments.get(0))?;
    let selectors = cx.items(&arguments.get(1))?;
    let mut kept = Vec::new();
    for (item, selector) in items.into_iter().zip(selectors) {
        if cx.truth(&selector)? {
            kept.push(item);
        }
    }
    Ok(cx.iterator(kept))
}

fn accumulate(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut items = Vec::new();
    let mut so_far = arguments.some(2).cloned();
    items.extend(so_far.clone());
    for item in cx.items(&arguments.get(0))? {
        let next = match (&so_far, arguments.some(1)) {
            (None, _) => item,
            (Some(so_far), None) => cx.binary(Operator::Add, so_far, &item)?,
            (Some(so_far), Some(function)) => cx.call(&function.clone(), vec![so_far.clone(), item])?,
        };
        items.push(next.clone());
        so_far = Some(next);
    }
    Ok(cx.iterator(items))
}

fn groupby(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    for item in cx.items(&arguments.get(0))? {
        let key = match arguments.some(1) {
            Some(function) => cx.call(&function.clone(), vec![item.clone()])?,
            None => item.clone(),
        };
        let same = match groups.last() {
            Some((last, _)) => cx.equal(&last.clone(), &key)?,
            None => false,
        };
        match groups.last_mut() {
            Some((_, group)) if same => group.push(item),
            _ => groups.push((key, vec![item])),
        }
    }
    let mut rows = Vec::new();
    for (key, group) in groups {
        let group = cx.iterator(group);
        rows.push(vec![key, group]);
    }
    Ok(tuples(cx, rows))
}

fn pairwise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let items = cx.items(&arguments.get(0))?;
    let rows = items.windows(2).map(<[Value]>::to_vec).collect();
    Ok(tuples(cx, rows))
}

fn repeat(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let Some(times) = arguments.some(1).cloned() else {
        return Err(cx.unknown("`itertools.repeat` without a number has no end"));
    };
    let times = usize::try_from(cx.int_of(&times)?).unwrap_or(0);
    cx.charge_bytes(times.saturating_mul(16))?;
    Ok(cx.iterator(vec![arguments.get(0); times]))
}

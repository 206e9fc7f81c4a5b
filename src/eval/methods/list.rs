//! `list` and `tuple`.

use super::text::Result;
use crate::eval::Evaluator;
use crate::eval::arguments::Arguments;
use crate::eval::exceptions::{INDEX_ERROR, VALUE_ERROR};
use crate::eval::module::{Entry, Member, function, seeing, when};
use crate::eval::object::{List, Object};
use crate::eval::raised::Raised;
use crate::eval::types;
use crate::eval::value::{Data, ObjectId, Value};

pub const LIST_MEMBERS: &[Entry] = types::container![[len contains getitem setitem delitem iter add mul]
    ("__init__", seeing("(self, iterable=None)", initialise)),
    ("append", seeing("(self, item)", append)),
    ("clear", Member::Only(when::python3, &function("(self)", clear))),
    ("copy", Member::Only(when::python3, &function("(self)", copy))),
    ("count", function("(self, item)", count)),
    ("extend", seeing("(self, iterable)", extend)),
    ("index", function("(self, item, start=0, stop=None)", index)),
    ("insert", seeing("(self, index, item)", insert)),
    ("pop", function("(self, index=-1)", pop)),
    ("remove", function("(self, item)", remove)),
    ("reverse", function("(self)", reverse)),
    ("sort", seeing("(self, cmp=None, key=None, reverse=False)", sort)),
];

pub const TUPLE_MEMBERS: &[Entry] = types::container![[len contains getitem iter add mul]
    ("count", function("(self, item)", count)),
    ("index", function("(self, item, start=0, stop=None)", index)),
];

fn list_id(cx: &mut Evaluator<'_>, arguments: &Arguments) -> std::result::Result<ObjectId, Raised> {
    let plain = cx.plain(&arguments.get(0));
    match plain.as_object().filter(|id| matches!(cx.state.object(*id), Object::List(_))) {
        Some(id) => Ok(id),
        None if plain.is_unknown() => Err(Raised::Unknown(plain)),
        None => Err(cx.not_supported(&plain, "is not a list")),
    }
}

fn list_mut<'a>(cx: &'a mut Evaluator<'_>, id: ObjectId) -> &'a mut List {
    match cx.state.object_mut(id) {
        Object::List(list) => list,
        _ => unreachable!("internal error: `list_id` looked"),
    }
}

pub fn new_list(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let made = cx.list(Vec::new());
    if let Some(iterable) = arguments.given(0) {
        cx.extend_list(&made, &iterable.clone())?;
    }
    Ok(made)
}

pub fn new_tuple(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    match arguments.given(0).cloned() {
        None => Ok(Value::tuple(Vec::new())),
        Some(value) if matches!(value.data, Data::Tuple(_)) => Ok(value),
        Some(value) => Ok(Value::tuple(cx.items(&value)?)),
    }
}

fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if let Some(iterable) = arguments.given(1).cloned() {
        let plain = cx.plain(&arguments.get(0));
        cx.extend_list(&plain, &iterable)?;
    }
    Ok(Value::NONE)
}

fn append(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = list_id(cx, arguments)?;
    cx.charge_bytes(24)?;
    let item = arguments.get(1);
    let list = list_mut(cx, id);
    if list.rest.is_none() {
        list.items.push(item);
    }
    Ok(Value::NONE)
}

fn extend(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let plain = cx.plain(&arguments.get(0));
    cx.extend_list(&plain, &arguments.get(1))?;
    Ok(Value::NONE)
}

fn insert(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = list_id(cx, arguments)?;
    let index = arguments.get(1);
    if index.is_unknown() {
        cx.lose(vec![Value::object(id)], &index);
        return Ok(Value::NONE);
    }
    let index = cx.int_of(&index)?;
    cx.charge_bytes(24)?;
    let item = arguments.get(2);
    let list = list_mut(cx, id);
    let length = list.items.len() as i64;
    if list.rest.is_some() && (index < 0 || index > length) {
        // Somewhere in what is not known.
        return Ok(Value::NONE);
    }
    let at = if index < 0 { (index + length).max(0) } else { index.min(length) };
    list.items.insert(at as usize, item);
    Ok(Value::NONE)
}

fn clear(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = list_id(cx, arguments)?;
    *list_mut(cx, id) = List::default();
    Ok(Value::NONE)
}

fn copy(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = list_id(cx, arguments)?;
    let list = list_mut(cx, id).clone();
    cx.charge_bytes(list.items.len() * 24)?;
    Ok(Value::object(cx.allocate(Object::List(list))))
}

fn count(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mut found = 0;
    for item in cx.items(&arguments.get(0))? {
        found += i64::from(cx.equal(&item, &arguments.get(1))?);
    }
    Ok(Value::int(found))
}

/// The place of an item; `None` when it is not there.
fn position(
    cx: &mut Evaluator<'_>,
    items: &[Value],
    wanted: &Value,
) -> std::result::Result<Option<usize>, Raised> {
    for (index, item) in items.iter().enumerate() {
        if cx.equal(item, wanted)? {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

fn index(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let items = cx.items(&arguments.get(0))?;
    let length = items.len() as i64;
    let settle = |at: i64| if at < 0 { (at + length).max(0) } else { at.min(length) };
    let start = settle(cx.int_of(&arguments.get(2))?);
    let stop = match arguments.some(3).cloned() {
        Some(stop) => settle(cx.int_of(&stop)?),
        None => length,
    };
    let part = items.get(start as usize..stop.max(start) as usize).unwrap_or_default();
    match position(cx, part, &arguments.get(1))? {
        Some(at) => Ok(Value::int(start + at as i64)),
        None => Err(cx.error(&VALUE_ERROR, "the item is not in the sequence")),
    }
}

fn pop(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = list_id(cx, arguments)?;
    let index = cx.int_of(&arguments.get(1))?;
    let lost = cx.is_listed(&Value::object(id)).then(|| cx.unsettled());
    let list = list_mut(cx, id);
    if let (Some(Raised::Unknown(value)), None) = (&lost, &list.rest) {
        list.rest = value.as_unknown().cloned();
        list.items.clear();
    }
    if let Some(unknown) = list.rest.clone() {
        if let Ok(at) = usize::try_from(index)
            && at < list.items.len()
        {
            return Ok(list.items.remove(at));
        }
        list.items.clear();
        return Err(Raised::Unknown(Data::Unknown(unknown).into()));
    }
    let length = list.items.len() as i64;
    let at = if index < 0 { index + length } else { index };
    if at < 0 || at >= length {
        let text = if length == 0 { "pop from empty list" } else { "pop index out of range" };
        return Err(cx.error(&INDEX_ERROR, text));
    }
    Ok(list.items.remove(at as usize))
}

fn remove(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = list_id(cx, arguments)?;
    let list = list_mut(cx, id).clone();
    match position(cx, &list.items, &arguments.get(1)) {
        Ok(Some(at)) => {
            list_mut(cx, id).items.remove(at);
            Ok(Value::NONE)
        }
        Ok(None) if list.rest.is_none() => Err(cx.error(&VALUE_ERROR, "list.remove(x): x not in list")),
        Ok(None) => Ok(Value::NONE),
        Err(Raised::Unknown(unknown)) => {
            cx.lose(vec![Value::object(id)], &unknown);
            Err(Raised::Unknown(unknown))
        }
        Err(other) => Err(other),
    }
}

fn reverse(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = list_id(cx, arguments)?;
    let list = list_mut(cx, id);
    if list.rest.is_some() {
        list.items.clear();
    }
    list.items.reverse();
    Ok(Value::NONE)
}

fn sort(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if arguments.given(1).is_some() && !cx.is_python2() {
        return Err(cx.error(&crate::eval::exceptions::TYPE_ERROR, "sort() takes no positional arguments"));
    }
    let id = list_id(cx, arguments)?;
    let list = list_mut(cx, id).clone();
    let unknown = match &list.rest {
        Some(unknown) => Some(Data::Unknown(unknown.clone()).into()),
        None => match cx.sorted(list.items, &arguments.get(1), &arguments.get(2), &arguments.get(3)) {
            Ok(items) => {
                list_mut(cx, id).items = items;
                None
            }
            Err(Raised::Unknown(unknown)) => Some(unknown),
            Err(other) => return Err(other),
        },
    };
    if let Some(unknown) = unknown {
        cx.lose(vec![Value::object(id)], &unknown);
    }
    Ok(Value::NONE)
}

impl Evaluator<'_> {
    /// `sorted(items, cmp, key, reverse)`: stable, with the items' own order.
    pub fn sorted(
        &mut self,
        items: Vec<Value>,
        cmp: &Value,
        key: &Value,
        reverse: &Value,
    ) -> std::result::Result<Vec<Value>, Raised> {
        let reverse = self.truth(reverse)?;
        let mut keyed = Vec::with_capacity(items.len());
        for item in items {
            let by = if key.is_none() { item.clone() } else { self.call(key, vec![item.clone()])? };
            keyed.push((by, item));
        }
        // Python keeps equal items in their order also when it sorts the other way round.
        if reverse {
            keyed.reverse();
        }
        let mut sorted = self.merge_sort(keyed, cmp)?;
        if reverse {
            sorted.reverse();
        }
        Ok(sorted.into_iter().map(|(_, item)| item).collect())
    }

    fn merge_sort(
        &mut self,
        mut items: Vec<(Value, Value)>,
        cmp: &Value,
    ) -> std::result::Result<Vec<(Value, Value)>, Raised> {
        if items.len() < 2 {
            return match items.first() {
                Some((by, _)) if by.is_unknown() => Ok(items),
                _ => Ok(items),
            };
        }
        let right = items.split_off(items.len() / 2);
        let (left, right) = (self.merge_sort(items, cmp)?, self.merge_sort(right, cmp)?);
        let mut merged = Vec::with_capacity(left.len() + right.len());
        let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
        while let (Some((a, _)), Some((b, _))) = (left.peek(), right.peek()) {
            let (a, b) = (a.clone(), b.clone());
            let right_first = if cmp.is_none() {
                self.less(&b, &a)?
            } else {
                let order = self.call(cmp, vec![b, a])?;
                self.int_of(&order)? < 0
            };
            merged.extend(if right_first { right.next() } else { left.next() });
        }
        merged.extend(left);
        merged.extend(right);
        Ok(merged)
    }
}

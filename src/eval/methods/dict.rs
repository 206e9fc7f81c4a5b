//! `dict`.

use super::text::Result;
use crate::eval::Evaluator;
use crate::eval::arguments::Arguments;
use crate::eval::dict::Dict;
use crate::eval::exceptions::{KEY_ERROR, TYPE_ERROR};
use crate::eval::module::{Entry, Member, Native, function, seeing, when};
use crate::eval::object::{Object, View, ViewKind};
use crate::eval::raised::Raised;
use crate::eval::types;
use crate::eval::value::{Data, ObjectId, Value};

pub const MEMBERS: &[Entry] = types::container![[len contains getitem setitem delitem iter or]
    ("__init__", seeing("(self, *args, **keywords)", update)),
    ("clear", function("(self)", clear)),
    ("copy", function("(self)", copy)),
    ("fromkeys", Member::ClassMethod(Native::new("(cls, keys, value=None)", from_keys))),
    ("get", seeing("(self, key, default=None)", get)),
    ("has_key", Member::Only(when::python2, &function("(self, key)", has_key))),
    ("items", function("(self)", items)),
    ("iteritems", Member::Only(when::python2, &function("(self)", iter_items))),
    ("iterkeys", Member::Only(when::python2, &function("(self)", iter_keys))),
    ("itervalues", Member::Only(when::python2, &function("(self)", iter_values))),
    ("keys", function("(self)", keys)),
    ("pop", seeing("(self, key, *default)", pop)),
    ("popitem", function("(self)", pop_item)),
    ("setdefault", seeing("(self, key, default=None)", set_default)),
    ("update", seeing("(self, *args, **keywords)", update)),
    ("values", function("(self)", values)),
    ("viewitems", Member::Only(when::python2, &function("(self)", view_items))),
    ("viewvalues", Member::Only(when::python2, &function("(self)", view_values))),
    ("viewkeys", Member::Only(when::python2, &function("(self)", view_keys))),
];

fn dict_id(cx: &mut Evaluator<'_>, arguments: &Arguments) -> std::result::Result<ObjectId, Raised> {
    let plain = cx.plain(&arguments.get(0));
    match plain.as_object().filter(|id| matches!(cx.state.object(*id), Object::Dict(_))) {
        Some(id) => Ok(id),
        None if plain.is_unknown() => Err(Raised::Unknown(plain)),
        None => Err(cx.not_supported(&plain, "is not a dict")),
    }
}

pub fn new_dict(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let made = cx.dict(Vec::new())?;
    fill(cx, &made, arguments, 0)?;
    Ok(made)
}

/// Adds the positional arguments from an index on, and the keywords.
fn fill(
    cx: &mut Evaluator<'_>,
    dict: &Value,
    arguments: &Arguments,
    _: usize,
) -> std::result::Result<(), Raised> {
    if arguments.rest().len() > 1 {
        return Err(cx.error(&TYPE_ERROR, "dict expected at most 1 argument"));
    }
    for source in arguments.rest() {
        cx.update_dict(dict, source)?;
    }
    if cx.is_python2() {
        let mut given = Dict::default();
        for keyword in arguments.keywords() {
            let name = cx.native_text(&keyword.name);
            given.insert(cx.key(&name)?, name, keyword.value.clone());
        }
        cx.merge_keywords(dict, &given, arguments.unordered);
    } else {
        for keyword in arguments.keywords() {
            let name = cx.native_text(&keyword.name);
            cx.set_item(dict, &name, keyword.value.clone())?;
        }
    }
    if let Some(more) = arguments.more() {
        cx.lose(vec![dict.clone()], more);
    }
    Ok(())
}

fn update(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let plain = cx.plain(&arguments.get(0));
    fill(cx, &plain, arguments, 1)?;
    Ok(Value::NONE)
}

fn clear(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = dict_id(cx, arguments)?;
    if let Object::Dict(dict) = cx.state.object_mut(id) {
        dict.clear();
    }
    Ok(Value::NONE)
}

fn copy(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = dict_id(cx, arguments)?;
    let Object::Dict(dict) = cx.state.object(id) else { return Ok(Value::NONE) };
    let dict = dict.clone();
    cx.charge_bytes(dict.len() * 80)?;
    if cx.is_python2() {
        let made = cx.dict(Vec::new())?;
        cx.update_dict(&made, &Value::object(id))?;
        return Ok(made);
    }
    Ok(Value::object(cx.allocate(Object::Dict(dict))))
}

fn from_keys(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let source = arguments.get(1);
    let keys = cx.items(&source)?;
    cx.charge_bytes(keys.len() * 80)?;
    let table = source.as_object().map(|id| cx.state.object(id));
    let table = cx.is_python2() && matches!(table, Some(Object::Dict(_) | Object::Set(_)));
    let made = if table {
        cx.dict_from_table(keys, &arguments.get(2))?
    } else {
        cx.dict(keys.into_iter().map(|key| (key, arguments.get(2))).collect())?
    };
    let class = arguments.get(0);
    if matches!(class.data, Data::Class(class) if std::ptr::eq(class, &raw const types::DICT)) {
        return Ok(made);
    }
    if matches!(class.data, Data::Class(class) if class.name == "defaultdict" || class.name == "Counter") {
        return Err(cx.unknown("`fromkeys` of this class is not modelled"));
    }
    cx.call(&class, vec![made])
}

/// What stands under a key: `Ok(None)` when nothing does, the unknown value when that is not known.
fn look_up(cx: &mut Evaluator<'_>, id: ObjectId, key: &Value) -> std::result::Result<Option<Value>, Raised> {
    let hashed = cx.key(key)?;
    let Object::Dict(dict) = cx.state.object(id) else { return Ok(None) };
    match (dict.get(&hashed), &dict.rest) {
        (Some(value), _) if value.as_unknown().is_some_and(|unknown| unknown.maybe_absent) => {
            Err(Raised::Unknown(value.clone()))
        }
        (Some(value), _) => Ok(Some(value.clone())),
        (None, Some(unknown)) => Err(Raised::Unknown(Data::Unknown(unknown.clone()).into())),
        (None, None) => Ok(None),
    }
}

fn get(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = dict_id(cx, arguments)?;
    Ok(look_up(cx, id, &arguments.get(1))?.unwrap_or_else(|| arguments.get(2)))
}

fn has_key(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = dict_id(cx, arguments)?;
    Ok(Value::bool(look_up(cx, id, &arguments.get(1))?.is_some()))
}

fn pop(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = dict_id(cx, arguments)?;
    let key = arguments.get(1);
    let found = match look_up(cx, id, &key) {
        Err(Raised::Unknown(unknown)) if key.is_unknown() => {
            cx.lose(vec![Value::object(id)], &unknown);
            return Err(Raised::Unknown(unknown));
        }
        Err(Raised::Unknown(unknown)) => Some(unknown),
        other => other?,
    };
    match (found, arguments.rest().first()) {
        (Some(value), _) => {
            let hashed = cx.key(&key)?;
            if let Object::Dict(dict) = cx.state.object_mut(id) {
                dict.remove(&hashed);
            }
            Ok(value)
        }
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(cx.error_with(&KEY_ERROR, vec![key])),
    }
}

fn pop_item(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = dict_id(cx, arguments)?;
    cx.items_in_any_order(&Value::object(id))?;
    if cx.is_python2()
        && let Object::Dict(dict) = cx.state.object(id)
        && !dict.ordered
    {
        let mut dict = dict.clone();
        cx.charge_steps(dict.len())?;
        let taken = dict.pop_hashed(|| cx.word());
        *cx.state.object_mut(id) = Object::Dict(dict);
        return match taken {
            Ok(Some((key, value))) => Ok(Value::tuple(vec![key, value])),
            Ok(None) => Err(cx.error(&KEY_ERROR, "popitem(): dictionary is empty")),
            Err(()) => {
                let unknown = cx.unknown_value("which entry `popitem` takes on Python 2 is not modelled");
                cx.lose(vec![Value::object(id)], &unknown);
                Ok(unknown)
            }
        };
    }
    let Object::Dict(dict) = cx.state.object_mut(id) else { return Ok(Value::NONE) };
    match dict.pop_last() {
        Some((key, value)) => Ok(Value::tuple(vec![key, value])),
        None => Err(cx.error(&KEY_ERROR, "popitem(): dictionary is empty")),
    }
}

fn set_default(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let id = dict_id(cx, arguments)?;
    if let Some(found) = look_up(cx, id, &arguments.get(1))? {
        return Ok(found);
    }
    cx.set_item(&Value::object(id), &arguments.get(1), arguments.get(2))?;
    Ok(arguments.get(2))
}

/// A list on Python 2, a view on Python 3.
fn view(cx: &mut Evaluator<'_>, arguments: &Arguments, kind: ViewKind) -> Result {
    let id = dict_id(cx, arguments)?;
    let view = Value::object(cx.allocate(Object::View(View { kind, dict: id })));
    if !cx.is_python2() {
        return Ok(view);
    }
    let shuffled = cx.shuffled(&view);
    let made = cx.list(Vec::new());
    cx.extend_list(&made, &view)?;
    cx.shuffle(&made, shuffled);
    Ok(made)
}

fn items(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    view(cx, arguments, ViewKind::Items)
}

fn keys(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    view(cx, arguments, ViewKind::Keys)
}

fn values(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    view(cx, arguments, ViewKind::Values)
}

fn plain_view(cx: &mut Evaluator<'_>, arguments: &Arguments, kind: ViewKind) -> Result {
    let id = dict_id(cx, arguments)?;
    Ok(Value::object(cx.allocate(Object::View(View { kind, dict: id }))))
}

fn view_items(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    plain_view(cx, arguments, ViewKind::Items)
}

fn view_keys(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    plain_view(cx, arguments, ViewKind::Keys)
}

fn view_values(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    plain_view(cx, arguments, ViewKind::Values)
}

fn iterate(cx: &mut Evaluator<'_>, arguments: &Arguments, kind: ViewKind) -> Result {
    let view = plain_view(cx, arguments, kind)?;
    cx.iter(&view)
}

fn iter_items(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    iterate(cx, arguments, ViewKind::Items)
}

fn iter_keys(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    iterate(cx, arguments, ViewKind::Keys)
}

fn iter_values(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    iterate(cx, arguments, ViewKind::Values)
}

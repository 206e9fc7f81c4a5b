//! Subscripts: items, keys and slices, read, set and deleted.

use super::Evaluator;
use super::class::TYPE_PARAMETERS;
use super::dict::{Dict, Key};
use super::exceptions::{INDEX_ERROR, KEY_ERROR, TYPE_ERROR, VALUE_ERROR};
use super::iterate::Walk;
use super::module::Class;
use super::object::{ClassRef, List, Object};
use super::raised::{Flow, Raised};
use super::types;
use super::value::{Data, ObjectId, Value};
use crate::syntax::python::ast;

/// What the IndexError of setting or deleting an item begins with.
const WRITTEN: &str = "list assignment";

/// The indices of a slice of a sequence: start, stop, step, as CPython settles them.
#[derive(Clone, Copy)]
struct Range {
    start: i64,
    stop: i64,
    step: i64,
}

impl Range {
    fn indices(self) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = self.start;
        while (self.step > 0 && at < self.stop) || (self.step < 0 && at > self.stop) {
            found.push(at as usize);
            at += self.step;
        }
        found
    }
}

impl Evaluator<'_> {
    pub(super) fn evaluate_subscript(&mut self, inner: &ast::ExprSubscript) -> Result<Value, Flow> {
        let value = self.evaluate(&inner.value)?;
        let key = self.evaluate(&inner.slice)?;
        let here = self.here;
        let found = self.catching(|cx| cx.get_item(&value, &key))?;
        Ok(if found.is_unknown() {
            self.through(found, here)
        } else {
            self.made_from(found, here, value.origin)
        })
    }

    /// `value[key]`.
    pub fn get_item(&mut self, value: &Value, key: &Value) -> Result<Value, Raised> {
        for part in [value, key] {
            if part.is_unknown() {
                return Err(Raised::Unknown(part.clone()));
            }
        }
        if let Some(method) = self.method(value, "__getitem__")? {
            return self.call(&method, vec![key.clone()]);
        }
        let plain = self.plain(value);
        match &plain.data {
            Data::Text(text) => {
                let text = text.clone();
                return self.text_item(&text, key);
            }
            Data::Bytes(bytes) => {
                let bytes = bytes.clone();
                return self.bytes_item(&bytes, key);
            }
            Data::Tuple(items) => {
                let items = items.clone();
                return match self.positions("tuple", items.len(), key)? {
                    Ok(index) => Ok(items[index].clone()),
                    Err(range) => {
                        self.charge_bytes(items.len() * 8)?;
                        Ok(Value::tuple(
                            range.indices().into_iter().map(|i| items[i].clone()).collect::<Vec<_>>(),
                        ))
                    }
                };
            }
            Data::Object(id) => {
                if let Some(found) = self.object_item(value, &plain, *id, key)? {
                    return Ok(found);
                }
            }
            Data::Class(class) => return self.parametrised(class, key),
            _ => {}
        }
        Err(self.not_supported(value, "is not subscriptable"))
    }

    /// `list[int]`: since Python 3.9 an alias of the class; most classes know no parameters.
    fn parametrised(&mut self, class: &'static Class, key: &Value) -> Result<Value, Raised> {
        let own = class.module == "builtins";
        let known = types::GENERIC.iter().any(|known| std::ptr::eq(class, *known));
        if self.is_python2() || own && !known || known && !self.at_least(9) {
            return Err(self.error(&TYPE_ERROR, "'type' object is not subscriptable"));
        }
        if !own {
            return Err(self.unknown(format!("`{}[…]` is not modelled", class.name)));
        }
        Ok(self.alias(&Value::class(class), key))
    }

    /// A class with what stands for its parameters.
    fn alias(&mut self, class: &Value, key: &Value) -> Value {
        let several = matches!(key.data, Data::Tuple(_));
        let arguments = if several { key.clone() } else { Value::tuple(vec![key.clone()]) };
        let alias = self.instance(&types::GENERIC_ALIAS);
        self.put_attribute(&alias, "__origin__", class.clone());
        self.put_attribute(&alias, "__args__", arguments);
        alias
    }

    fn object_item(
        &mut self,
        value: &Value,
        plain: &Value,
        id: ObjectId,
        key: &Value,
    ) -> Result<Option<Value>, Raised> {
        match self.state.object(id) {
            Object::List(list) => {
                let list = list.clone();
                self.list_item(&list, key).map(Some)
            }
            Object::Dict(_) => {
                let hashed = self.key(key)?;
                let Object::Dict(dict) = self.state.object(id) else { return Ok(None) };
                if let Some(found) = dict.get(&hashed) {
                    if found.as_unknown().is_some_and(|unknown| unknown.maybe_absent) {
                        return Err(Raised::Unknown(found.clone()));
                    }
                    return Ok(Some(found.clone()));
                }
                if let Some(unknown) = &dict.rest {
                    return Err(Raised::Unknown(Data::Unknown(unknown.clone()).into()));
                }
                if !plain.is(value)
                    && let Some(method) = self.method(value, "__missing__")?
                {
                    return self.call(&method, vec![key.clone()]).map(Some);
                }
                Err(self.error_with(&KEY_ERROR, vec![key.clone()]))
            }
            Object::Instance(_) | Object::Class(_) => match self.unknown_base(self.class_of(value)) {
                Some(unknown) => Err(Raised::Unknown(Data::Unknown(unknown).into())),
                None if matches!(self.state.object(id), Object::Class(_)) => {
                    match self.find_attribute(value, "__class_getitem__")? {
                        Some(function) if !self.is_python2() => {
                            let bound = matches!(function.data, Data::Bound(_));
                            let class = if bound { None } else { Some(value.clone()) };
                            self.call(&function, class.into_iter().chain([key.clone()]).collect()).map(Some)
                        }
                        None | Some(_) if self.find_attribute(value, TYPE_PARAMETERS)?.is_some() => {
                            Ok(Some(self.alias(value, key)))
                        }
                        None | Some(_) => {
                            let native = self.class_order(ClassRef::Script(id)).into_iter();
                            let generic = native.skip(1).any(|class| {
                                matches!(class, ClassRef::Native(class) if class.module != "builtins"
                                    || types::GENERIC.iter().any(|known| std::ptr::eq(class, *known)))
                            });
                            if generic {
                                return Err(self.unknown("a class with parameters is not modelled"));
                            }
                            Ok(None)
                        }
                    }
                }
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    fn list_item(&mut self, list: &List, key: &Value) -> Result<Value, Raised> {
        if let Some(unknown) = &list.rest {
            // What is known stands at the front.
            if let Data::Int(index) = key.data
                && let Some(item) = usize::try_from(index).ok().and_then(|index| list.items.get(index))
            {
                return Ok(item.clone());
            }
            return Err(Raised::Unknown(Data::Unknown(unknown.clone()).into()));
        }
        match self.positions("list", list.items.len(), key)? {
            Ok(index) if list.listed.is_some_and(|certain| index >= certain) => Err(self.unsettled()),
            Ok(index) => Ok(list.items[index].clone()),
            Err(range) => {
                self.charge_bytes(list.items.len() * 8)?;
                let indices = range.indices();
                let items: Vec<Value> = indices.iter().map(|index| list.items[*index].clone()).collect();
                match list.listed {
                    None => Ok(self.list(items)),
                    Some(certain) => self.listed_slice(list.items.len(), certain, &indices, items),
                }
            }
        }
    }

    /// A slice of a list in the order that directories have: known where it is made of what is certain to stand at the
    /// front, or of all the rest.
    fn listed_slice(
        &mut self,
        length: usize,
        certain: usize,
        indices: &[usize],
        items: Vec<Value>,
    ) -> Result<Value, Raised> {
        let skipped = length - indices.len().min(length);
        if skipped <= certain && indices.iter().copied().eq(skipped..length) {
            return Ok(self.listed(items, certain - skipped));
        }
        if indices.len() == length {
            return Ok(self.listed(items, 0));
        }
        if indices.iter().all(|index| *index < certain) {
            return Ok(self.list(items));
        }
        Err(self.unsettled())
    }

    fn text_item(&mut self, text: &str, key: &Value) -> Result<Value, Raised> {
        if text.is_ascii() {
            return Ok(match self.positions("string", text.len(), key)? {
                Ok(index) => Value::text(&text[index..=index]),
                Err(range) => {
                    self.charge_bytes(text.len())?;
                    match range {
                        Range { start, stop, step: 1 } => Value::text(
                            text.get(start as usize..stop.max(start) as usize).unwrap_or_default(),
                        ),
                        range => {
                            Value::text(range.indices().into_iter().map(|i| &text[i..=i]).collect::<String>())
                        }
                    }
                }
            });
        }
        self.charge_bytes(text.len() * 4)?;
        let characters: Vec<char> = text.chars().collect();
        Ok(match self.positions("string", characters.len(), key)? {
            Ok(index) => Value::text(characters[index].to_string()),
            Err(range) => Value::text(range.indices().into_iter().map(|i| characters[i]).collect::<String>()),
        })
    }

    fn bytes_item(&mut self, bytes: &[u8], key: &Value) -> Result<Value, Raised> {
        Ok(match self.positions(if self.is_python2() { "string" } else { "" }, bytes.len(), key)? {
            Ok(index) if self.is_python2() => Value::bytes([bytes[index]]),
            Ok(index) => Value::int(i64::from(bytes[index])),
            Err(range) => {
                self.charge_bytes(bytes.len())?;
                Value::bytes(range.indices().into_iter().map(|index| bytes[index]).collect::<Vec<u8>>())
            }
        })
    }

    /// One position, or the range of a slice; `kind` is for the message of the IndexError.
    fn positions(&mut self, kind: &str, length: usize, key: &Value) -> Result<Result<usize, Range>, Raised> {
        if let Data::Slice(_) = key.data {
            return self.slice_range(length, key).map(Err);
        }
        if !matches!(self.plain(key).data, Data::Int(_) | Data::Bool(_) | Data::Big(_))
            && self.method(key, "__index__")?.is_none()
        {
            let kind = self.type_name(key);
            return Err(self.error(&TYPE_ERROR, format!("indices must be integers or slices, not {kind}")));
        }
        let index = self.int_of(key)?;
        let index = if index < 0 { index + length as i64 } else { index };
        match usize::try_from(index).ok().filter(|index| *index < length) {
            Some(index) => Ok(Ok(index)),
            None => Err(self.error(&INDEX_ERROR, format!("{kind} index out of range").trim_start())),
        }
    }

    /// `slice.indices(length)`.
    pub(super) fn slice_bounds(&mut self, length: usize, slice: &Value) -> Result<(i64, i64, i64), Raised> {
        let step = match &slice.data {
            Data::Slice(parts) if !parts[2].is_none() => self.int_of(&parts[2].clone())?,
            _ => 1,
        };
        let range = self.slice_range(length, slice)?;
        Ok((range.start, range.stop, step))
    }

    fn slice_range(&mut self, length: usize, slice: &Value) -> Result<Range, Raised> {
        let Data::Slice(parts) = &slice.data else { return Ok(Range { start: 0, stop: 0, step: 1 }) };
        let parts = parts.clone();
        let mut part = |part: &Value| if part.is_none() { Ok(None) } else { self.int_of(part).map(Some) };
        let (start, stop, step) = (part(&parts[0])?, part(&parts[1])?, part(&parts[2])?.unwrap_or(1));
        if step == 0 {
            return Err(self.error(&VALUE_ERROR, "slice step cannot be zero"));
        }
        let length = length as i64;
        let (low, high) = if step > 0 { (0, length) } else { (-1, length - 1) };
        let settle = |part: Option<i64>, default: i64| match part {
            None => default,
            Some(at) if at < 0 => (at.saturating_add(length)).clamp(low, high),
            Some(at) => at.clamp(low, high),
        };
        let (from, to) = if step > 0 { (low, high) } else { (high, low) };
        let step = step.clamp(-length - 1, length + 1);
        Ok(Range { start: settle(start, from), stop: settle(stop, to), step })
    }

    /// `value[key] = new`.
    pub fn set_item(&mut self, value: &Value, key: &Value, new: Value) -> Result<(), Raised> {
        if value.is_unknown() {
            self.stop_rehearsal(|| "it changes what is not known".to_owned());
            return Ok(());
        }
        if let Some(method) = self.method(value, "__setitem__")? {
            return self.call(&method, vec![key.clone(), new]).map(drop);
        }
        let plain = self.plain(value);
        let Some(id) = plain.as_object() else {
            return Err(self.not_supported(value, "does not support item assignment"));
        };
        if let Some(unknown) = key.as_unknown().cloned() {
            // Any entry may have been set.
            self.lose(vec![plain], &Data::Unknown(unknown).into());
            return Ok(());
        }
        match self.state.object(id) {
            Object::Dict(_) => {
                let hashed = self.key(key)?;
                self.charge_bytes(80)?;
                if let Object::Dict(dict) = self.state.object_mut(id) {
                    dict.insert(hashed, key.clone(), new);
                }
                Ok(())
            }
            Object::List(list) => {
                let length = list.items.len();
                if let (Some(_), Data::Int(index)) = (&list.rest, &key.data)
                    && usize::try_from(*index).map_or(true, |index| index >= length)
                {
                    return Ok(());
                }
                match self.positions(WRITTEN, length, key)? {
                    Ok(index) => {
                        if let Object::List(list) = self.state.object_mut(id) {
                            list.items[index] = new;
                        }
                        Ok(())
                    }
                    Err(range) => self.set_slice(id, range, &new),
                }
            }
            Object::Instance(_) if self.unknown_base(self.class_of(value)).is_some() => Ok(()),
            _ => Err(self.not_supported(value, "does not support item assignment")),
        }
    }

    fn set_slice(&mut self, id: ObjectId, range: Range, new: &Value) -> Result<(), Raised> {
        let (items, rest) = match self.partly(new) {
            Ok(partly) => partly,
            Err(Raised::Unknown(unknown)) => (Vec::new(), unknown.as_unknown().cloned()),
            Err(other) => return Err(other),
        };
        self.charge_bytes(items.len() * 24)?;
        let indices = range.indices();
        let wrong_size = range.step != 1 && indices.len() != items.len();
        if wrong_size {
            return Err(
                self.error(&VALUE_ERROR, "attempt to assign sequence to extended slice of another size")
            );
        }
        if let Object::List(list) = self.state.object_mut(id) {
            if range.step == 1 {
                let start = range.start as usize;
                let stop = (range.stop.max(range.start)) as usize;
                match rest {
                    Some(_) => {
                        list.items.truncate(start);
                        list.items.extend(items);
                        list.rest = rest;
                    }
                    None => drop(list.items.splice(start..stop, items)),
                }
            } else {
                for (index, item) in indices.into_iter().zip(items) {
                    list.items[index] = item;
                }
            }
        }
        Ok(())
    }

    /// `del value[key]`.
    pub fn delete_item(&mut self, value: &Value, key: &Value) -> Result<(), Raised> {
        if value.is_unknown() {
            self.stop_rehearsal(|| "it changes what is not known".to_owned());
            return Ok(());
        }
        if let Some(method) = self.method(value, "__delitem__")? {
            return self.call(&method, vec![key.clone()]).map(drop);
        }
        let plain = self.plain(value);
        let Some(id) = plain.as_object() else {
            return Err(self.not_supported(value, "does not support item deletion"));
        };
        if let Some(unknown) = key.as_unknown().cloned() {
            self.lose(vec![plain], &Data::Unknown(unknown).into());
            return Ok(());
        }
        match self.state.object(id) {
            Object::Dict(_) => {
                let hashed = self.key(key)?;
                if let Object::Dict(dict) = self.state.object_mut(id)
                    && (dict.remove(&hashed).is_some() || dict.rest.is_some())
                {
                    return Ok(());
                }
                Err(self.error_with(&KEY_ERROR, vec![key.clone()]))
            }
            Object::List(list) => {
                let length = list.items.len();
                match self.positions(WRITTEN, length, key)? {
                    Ok(index) => {
                        if let Object::List(list) = self.state.object_mut(id) {
                            list.items.remove(index);
                        }
                    }
                    Err(range) => {
                        let gone: std::collections::HashSet<usize> = range.indices().into_iter().collect();
                        if let Object::List(list) = self.state.object_mut(id) {
                            let mut index = 0;
                            list.items.retain(|_| {
                                index += 1;
                                !gone.contains(&(index - 1))
                            });
                        }
                    }
                }
                Ok(())
            }
            _ => Err(self.not_supported(value, "does not support item deletion")),
        }
    }

    /// `dict.update(more)`, also for what is only partly known.
    pub fn update_dict(&mut self, dict: &Value, more: &Value) -> Result<(), Raised> {
        let Some(id) = self.plain(dict).as_object() else { return Ok(()) };
        let source = self.plain(more);
        if let Data::Object(other) = source.data
            && let Object::Dict(other) = self.state.object(other)
        {
            if self.is_python2() && source.as_object() == Some(id) {
                return Ok(());
            }
            let other = other.clone();
            self.charge_bytes(other.len() * 80)?;
            if let Some(unknown) = &other.rest {
                self.lose(vec![Value::object(id)], &Data::Unknown(unknown.clone()).into());
            }
            self.merge_dict(id, &other);
            return Ok(());
        }
        let entries =
            if self.method(more, "keys")?.is_some() { self.dict_items(more) } else { self.pairs(more) };
        let shuffled = self.is_python2() && self.shuffled(more).is_some();
        match entries {
            Ok(entries) => {
                for (key, value) in entries {
                    self.set_item(&Value::object(id), &key, value)?;
                }
                if shuffled {
                    self.lose_order(&Value::object(id));
                }
                Ok(())
            }
            Err(Raised::Unknown(unknown)) => {
                self.lose(vec![Value::object(id)], &unknown);
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    /// `PyDict_Merge`: the entries of another dict, on Python 2 in the order of its table.
    fn merge_dict(&mut self, id: ObjectId, other: &Dict) {
        let kept = matches!(self.state.object(id), Object::Dict(dict) if dict.ordered);
        let walk = if kept { self.walk_dict(other) } else { self.walk_table(other) };
        let Object::Dict(dict) = self.state.object_mut(id) else { return };
        match walk {
            Walk::Keys(keys) => dict.merge(other, &keys),
            walk => {
                for (key, shown, value) in other.iter() {
                    dict.insert(key.clone(), shown.clone(), value.clone());
                }
                if matches!(walk, Walk::Unknown) {
                    dict.lose_order();
                }
            }
        }
    }

    /// The keywords of a call of `dict` on Python 2, in the order that they come in.
    pub(super) fn merge_keywords(&mut self, dict: &Value, given: &Dict, unordered: bool) {
        let keys: Vec<Key> = given.iter().map(|(key, _, _)| key.clone()).collect();
        if let Some(Object::Dict(dict)) = dict.as_object().map(|id| self.state.object_mut(id)) {
            dict.merge(given, &keys);
            // An `OrderedDict` hands its keywords on twice, each time by another table.
            if keys.len() > 1 && (unordered || dict.ordered) {
                dict.lose_order();
            }
        }
    }

    /// `dict.fromkeys` of a dict or set on Python 2.
    pub(super) fn dict_from_table(&mut self, keys: Vec<Value>, value: &Value) -> Result<Value, Raised> {
        let mut dict = Dict::default();
        dict.make_size(keys.len() / 2 * 3);
        for key in keys {
            dict.put(self.key(&key)?, key, value.clone());
        }
        Ok(Value::object(self.allocate(Object::Dict(dict))))
    }

    /// An iterable of pairs.
    fn pairs(&mut self, value: &Value) -> Result<Vec<(Value, Value)>, Raised> {
        let mut pairs = Vec::new();
        for item in self.items_in_any_order(value)? {
            match <[Value; 2]>::try_from(self.items(&item)?) {
                Ok([key, value]) => pairs.push((key, value)),
                Err(other) => {
                    let text = format!(
                        "dictionary update sequence element has length {}; 2 is required",
                        other.len()
                    );
                    return Err(self.error(&VALUE_ERROR, text));
                }
            }
        }
        Ok(pairs)
    }
}

//! Making values and looking into them: what modules written in Rust use most.

use super::Evaluator;
use super::dict::{Dict, Key, Set};
use super::exceptions::TYPE_ERROR;
use super::iterate::Walk;
use super::module::{Carried, Class};
use super::object::{ClassRef, Instance, Iteration, List, Object};
use super::raised::Raised;
use super::types;
use super::value::{Data, ObjectId, Value};
use crate::packaging::Python;
use crate::syntax::python::ast;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::any::Any;
use std::sync::Arc;

/// What a value is on each Python of the target's major version, carried by the value: who takes the plain value has looked at
/// the version, and who compares it only at what the comparison tells apart.
pub struct OfTheVersion(pub Vec<(Python, Value)>);

impl Evaluator<'_> {
    /// Puts an object into the arena.
    pub fn allocate(&mut self, object: Object) -> ObjectId {
        let id = ObjectId(self.next_object);
        self.next_object += 1;
        self.state.place(id, object);
        id
    }

    /// The target's `str`: text on Python 3, UTF-8 bytes on Python 2.
    pub fn native_text(&self, text: &str) -> Value {
        if self.is_python2() { Value::bytes(text.as_bytes()) } else { Value::text(text) }
    }

    /// A string of the same kind as `like`: what methods of strings give back.
    pub fn text_like(&self, like: &Value, text: &str) -> Value {
        match like.data {
            Data::Bytes(_) => Value::bytes(text.as_bytes()),
            _ => Value::text(text),
        }
    }

    pub fn list(&mut self, items: Vec<Value>) -> Value {
        Value::object(self.allocate(Object::List(List::new(items, None))))
    }

    /// A list in the order that directories have, of which so many items stand at the front on every machine.
    pub fn listed(&mut self, items: Vec<Value>, certain: usize) -> Value {
        let listed = (items.len() > certain.max(1)).then_some(certain);
        Value::object(self.allocate(Object::List(List { listed, ..List::new(items, None) })))
    }

    /// Whether the order of a list is that of a directory.
    pub(super) fn is_listed(&self, value: &Value) -> bool {
        let object = value.as_object().map(|id| self.state.object(id));
        matches!(object, Some(Object::List(List { listed: Some(_), .. })))
    }

    /// What stands at a place of a list that another machine's directories may fill differently.
    pub fn unsettled(&mut self) -> Raised {
        self.unknown("the order in which a directory lists its files is each machine's own")
    }

    /// A dict; later entries win.
    pub fn dict(&mut self, entries: Vec<(Value, Value)>) -> Result<Value, Raised> {
        let mut dict = Dict::default();
        for (key, value) in entries {
            let hashed = self.key(&key)?;
            dict.insert(hashed, key, value);
        }
        Ok(Value::object(self.allocate(Object::Dict(dict))))
    }

    pub fn set(&mut self, items: Vec<Value>, frozen: bool) -> Result<Value, Raised> {
        let mut set = Set::new(frozen);
        for item in items {
            set.insert(self.key(&item)?, item);
        }
        Ok(Value::object(self.allocate(Object::Set(set))))
    }

    /// The set that `{…}` makes; one of constants is walked in another order than one that its items are added to.
    pub(super) fn set_display(&mut self, written: &[ast::Expr], items: Vec<Value>) -> Result<Value, Raised> {
        if self.is_python2() || written.len() < 3 {
            return self.set(items, false);
        }
        let mut set = Set::new(false);
        for item in items {
            set.insert(self.key(&item)?, item);
        }
        if !written.iter().all(|item| matches!(item, ast::Expr::Constant(_))) {
            // `-1` and `1 + 1` are constants to the compiler too.
            set.remake();
            return Ok(Value::object(self.allocate(Object::Set(set))));
        }
        Ok(Value::object(self.allocate(Object::Set(set.into_literal()))))
    }

    /// Says that a list of unknown items has these, in an unknown order.
    pub(super) fn shuffle(&mut self, list: &Value, items: Option<Vec<Value>>) {
        if let Some(items) = items
            && let Some(Object::List(list)) = list.as_object().map(|id| self.state.object_mut(id))
        {
            list.shuffled = Some(items.into());
        }
    }

    /// An empty dict that is walked in order of insertion on Python 2, too.
    pub fn ordered_dict(&mut self) -> Value {
        Value::object(self.allocate(Object::Dict(Dict::keeping_order())))
    }

    /// Python 2 walks this dict in an order that is not known.
    pub fn lose_order(&mut self, dict: &Value) {
        if self.is_python2()
            && let Some(Object::Dict(dict)) = dict.as_object().map(|id| self.state.object_mut(id))
        {
            dict.lose_order();
        }
    }

    /// The same where a dict keeps its order beside its table.
    pub fn lose_table(&mut self, dict: &Value) {
        if let Some(Object::Dict(dict)) = dict.as_object().map(|id| self.state.object_mut(id)) {
            dict.lose_table();
        }
    }

    /// An iterator over items that are already known.
    pub fn iterator(&mut self, items: Vec<Value>) -> Value {
        let iteration = Iteration { items: items.into(), next: 0, rest: None };
        Value::object(self.allocate(Object::Iterator(iteration)))
    }

    /// What a function that gives a list on Python 2 and an iterator on Python 3 returns.
    pub fn list_or_iterator(&mut self, items: Vec<Value>) -> Value {
        if self.is_python2() { self.list(items) } else { self.iterator(items) }
    }

    /// An instance of a modelled class, without a call of its `__init__`.
    pub fn instance(&mut self, class: &'static Class) -> Value {
        self.instance_of(ClassRef::Native(class), None)
    }

    /// An instance of a modelled class that acts as `payload` where the class has no method of its own (`range`).
    pub fn instance_with_payload(&mut self, class: &'static Class, payload: Value) -> Value {
        self.instance_of(ClassRef::Native(class), Some(payload))
    }

    pub(super) fn instance_of(&mut self, class: ClassRef, payload: Option<Value>) -> Value {
        let attributes = self.allocate(Object::Dict(Dict::default()));
        let instance = Instance { class, attributes, payload, carried: None };
        Value::object(self.allocate(Object::Instance(instance)))
    }

    /// Keeps Rust data with an instance.
    pub fn carry(&mut self, instance: &Value, data: Carried) {
        if let Some(id) = instance.as_object()
            && let Object::Instance(instance) = self.state.object_mut(id)
        {
            instance.carried = Some(data);
        }
    }

    /// The Rust data kept with an instance.
    pub fn carried<T: Any + Send + Sync>(&self, instance: &Value) -> Option<Arc<T>> {
        match self.state.object(instance.as_object()?) {
            Object::Instance(instance) => instance.carried.clone()?.downcast().ok(),
            _ => None,
        }
    }

    /// Sets an attribute in the instance's own dict, whatever its class says.
    pub fn put_attribute(&mut self, instance: &Value, name: &str, value: Value) {
        if let Some(id) = instance.as_object()
            && let Object::Instance(instance) = self.state.object(id)
        {
            let attributes = instance.attributes;
            self.namespace_set(attributes, name, value);
        }
    }

    /// The names that an instance itself has.
    pub fn own_attribute_names(&mut self, instance: &Value) -> Vec<String> {
        let Some(id) = instance.as_object() else { return Vec::new() };
        let Object::Instance(instance) = self.state.object(id) else { return Vec::new() };
        let Object::Dict(attributes) = self.state.object(instance.attributes) else { return Vec::new() };
        let names = attributes.keys();
        names.iter().filter_map(|name| Some(self.text_of(name).ok()?.to_string())).collect()
    }

    /// Whether a value is a class that the script itself makes.
    pub fn is_script_class(&self, value: &Value) -> bool {
        value.as_object().is_some_and(|id| matches!(self.state.object(id), Object::Class(_)))
    }

    /// An attribute of the instance's own dict.
    pub fn own_attribute(&self, instance: &Value, name: &str) -> Option<Value> {
        match self.state.object(instance.as_object()?) {
            Object::Instance(instance) => self.namespace_get(instance.attributes, name),
            _ => None,
        }
    }

    /// The plain value that an instance of a subclass of `str`, `dict`, … stands for; others as they are.
    pub fn plain(&self, value: &Value) -> Value {
        if let Data::Object(id) = value.data
            && let Object::Instance(Instance { payload: Some(payload), carried, .. }) = self.state.object(id)
        {
            if carried.as_ref().is_some_and(|carried| carried.is::<OfTheVersion>()) {
                self.python();
            }
            return payload.clone().with_origin(value.origin);
        }
        value.clone()
    }

    /// Like [`Self::plain`], for code that puts on record itself what it looks at.
    pub fn payload(&self, value: &Value) -> Value {
        match value.as_object().map(|id| self.state.object(id)) {
            Some(Object::Instance(Instance { payload: Some(payload), .. })) => payload.clone(),
            _ => value.clone(),
        }
    }

    /// The text of a `str` (of Python 2: of `str` in UTF-8, or `unicode`).
    pub fn text_of(&mut self, value: &Value) -> Result<Arc<str>, Raised> {
        match &value.data {
            Data::Text(text) => Ok(text.clone()),
            Data::Bytes(bytes) if self.is_python2() => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(text.into()),
                Err(_) => Err(self.unknown("a byte string that is not UTF-8")),
            },
            Data::Unknown(_) => Err(Raised::Unknown(value.clone())),
            _ => {
                let plain = self.plain(value);
                if !plain.is(value) {
                    return self.text_of(&plain);
                }
                let name = self.type_name(value);
                Err(self.error(&TYPE_ERROR, format!("expected str, not {name}")))
            }
        }
    }

    /// A path: a string, or what `__fspath__` gives.
    pub fn path_of(&mut self, value: &Value) -> Result<Arc<str>, Raised> {
        if let Data::Bytes(bytes) = &value.data
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            return Ok(text.into());
        }
        if matches!(value.data, Data::Object(_))
            && let Some(method) = self.method(value, "__fspath__")?
        {
            let path = self.call(&method, vec![])?;
            return self.text_of(&path);
        }
        self.text_of(value)
    }

    pub fn bytes_of(&mut self, value: &Value) -> Result<Arc<[u8]>, Raised> {
        match &self.plain(value).data {
            Data::Bytes(bytes) => Ok(bytes.clone()),
            Data::Unknown(_) => Err(Raised::Unknown(value.clone())),
            Data::Text(text) if self.is_python2() && text.is_ascii() => Ok(text.as_bytes().into()),
            _ => {
                let name = self.type_name(value);
                Err(self.error(&TYPE_ERROR, format!("a bytes-like object is required, not '{name}'")))
            }
        }
    }

    /// An integer (`bool` counts); out of range of `i64` is an unknown.
    pub fn int_of(&mut self, value: &Value) -> Result<i64, Raised> {
        match &self.plain(value).data {
            Data::Int(number) => Ok(*number),
            Data::Bool(flag) => Ok(i64::from(*flag)),
            Data::Unknown(_) => Err(Raised::Unknown(value.clone())),
            Data::Big(number) => match number.to_i64() {
                Some(small) => Ok(small),
                None => Err(self.unknown("an integer beyond 64 bits")),
            },
            _ => {
                if let Some(method) = self.method(value, "__index__")? {
                    let number = self.call(&method, vec![])?;
                    return self.int_of(&number);
                }
                let name = self.type_name(value);
                Err(self.error(&TYPE_ERROR, format!("'{name}' object cannot be interpreted as an integer")))
            }
        }
    }

    pub fn big_of(value: &Value) -> Option<BigInt> {
        match &value.data {
            Data::Int(number) => Some(BigInt::from(*number)),
            Data::Bool(flag) => Some(BigInt::from(u8::from(*flag))),
            Data::Big(number) => Some((**number).clone()),
            _ => None,
        }
    }

    pub fn float_of(&mut self, value: &Value) -> Result<f64, Raised> {
        match &self.plain(value).data {
            Data::Float(number) => Ok(*number),
            Data::Big(number) => match number.to_f64().filter(|number| number.is_finite()) {
                Some(number) => Ok(number),
                None => {
                    Err(self.error(&super::exceptions::OVERFLOW_ERROR, "int too large to convert to float"))
                }
            },
            _ => Ok(self.int_of(value)? as f64),
        }
    }

    /// `bool(value)`; of what is unknown, `Err(Raised::Unknown(_))`.
    pub fn truth(&mut self, value: &Value) -> Result<bool, Raised> {
        Ok(match &value.data {
            Data::None => false,
            Data::Bool(flag) => *flag,
            Data::Int(number) => *number != 0,
            Data::Big(number) => number.sign() != num_bigint::Sign::NoSign,
            Data::Float(number) => *number != 0.0,
            Data::Text(text) => !text.is_empty(),
            Data::Bytes(bytes) => !bytes.is_empty(),
            Data::Tuple(items) => !items.is_empty(),
            Data::Unknown(_) => return Err(Raised::Unknown(value.clone())),
            Data::Object(id) => return self.object_truth(value, *id),
            _ => true,
        })
    }

    fn object_truth(&mut self, value: &Value, id: ObjectId) -> Result<bool, Raised> {
        let open = |filled: bool, rest: &Option<Arc<super::Unknown>>| match rest {
            Some(unknown) if !filled => Err(Raised::Unknown(Data::Unknown(unknown.clone()).into())),
            _ => Ok(filled),
        };
        match self.state.object(id) {
            Object::List(list) => open(!list.items.is_empty() || list.shuffled.is_some(), &list.rest),
            Object::Set(set) => open(!set.is_empty(), &set.rest),
            Object::Dict(dict) => {
                let certain = dict.iter().any(|(_, _, v)| v.as_unknown().is_none_or(|u| !u.maybe_absent));
                match dict.iter().next() {
                    Some((_, _, first)) if !certain => Err(Raised::Unknown(first.clone())),
                    _ => open(certain, &dict.rest),
                }
            }
            Object::View(view) => self.truth(&Value::object(view.dict)),
            Object::Instance(instance) => {
                let payload = instance.payload.clone();
                let own = if self.is_python2() { "__nonzero__" } else { "__bool__" };
                for name in [own, "__bool__", "__len__"] {
                    if name != own && name != "__len__" && self.script_method(value, name).is_some() {
                        // A script's class says it in the words of the other Python.
                        continue;
                    }
                    if let Some(method) = self.method(value, name)? {
                        let result = self.call(&method, vec![])?;
                        let fits = match result.data {
                            Data::Bool(_) | Data::Unknown(_) => true,
                            Data::Int(_) => name == "__len__" || self.is_python2(),
                            _ => false,
                        };
                        if !fits {
                            return Err(self.error(&TYPE_ERROR, format!("{name} should return bool")));
                        }
                        return self.truth(&result);
                    }
                }
                payload.map_or(Ok(true), |payload| self.truth(&payload))
            }
            _ => Ok(true),
        }
    }

    /// The entries of a dict (or an instance that stands for one), in order.
    pub fn dict_items(&mut self, value: &Value) -> Result<Vec<(Value, Value)>, Raised> {
        let plain = self.plain(value);
        if plain.is_unknown() {
            return Err(Raised::Unknown(plain));
        }
        if let Data::Object(id) = plain.data {
            match self.state.object(id) {
                Object::Dict(dict) => {
                    if let Some(unknown) = &dict.rest {
                        return Err(Raised::Unknown(Data::Unknown(unknown.clone()).into()));
                    }
                    let entries: Vec<_> = match self.walk_dict(dict) {
                        Walk::AsAdded => dict.iter().map(|(_, k, v)| (k.clone(), v.clone())).collect(),
                        Walk::Keys(keys) => {
                            let entries = keys.iter().filter_map(|key| dict.entry(key));
                            entries.map(|(k, v)| (k.clone(), v.clone())).collect()
                        }
                        Walk::Unknown => {
                            let reason = "the order in which Python 2 walks this dict is not modelled";
                            return Err(self.unknown(reason));
                        }
                    };
                    let absent = |v: &Value| v.as_unknown().is_some_and(|unknown| unknown.maybe_absent);
                    if let Some((_, value)) = entries.iter().find(|(_, v)| absent(v)) {
                        return Err(Raised::Unknown(value.clone()));
                    }
                    self.charge_steps(entries.len())?;
                    return Ok(entries);
                }
                Object::Module(module) => return self.dict_items(&Value::object(module.namespace)),
                _ => {}
            }
        }
        let keys = self.method(value, "keys")?;
        let Some(keys) = keys else {
            let name = self.type_name(value);
            return Err(self.error(&TYPE_ERROR, format!("'{name}' object is not a mapping")));
        };
        let keys = self.call(&keys, vec![])?;
        let keys = self.items(&keys)?;
        keys.into_iter().map(|key| Ok((key.clone(), self.get_item(value, &key)?))).collect()
    }

    /// The name of a value's class.
    pub fn type_name(&mut self, value: &Value) -> String {
        let class = self.class_of(value);
        self.class_name(class)
    }

    pub(super) fn class_name(&self, class: ClassRef) -> String {
        match class {
            ClassRef::Native(class) if self.is_python2() => match class {
                class if std::ptr::eq(class, &raw const types::TEXT) => "unicode".to_owned(),
                class if std::ptr::eq(class, &raw const types::BYTES) => "str".to_owned(),
                class => class.name.to_owned(),
            },
            // `re.error` goes by another name since 3.13.
            ClassRef::Native(class) if class.module == "re" && class.name == "error" && self.at_least(13) => {
                "PatternError".to_owned()
            }
            ClassRef::Native(class) => class.name.to_owned(),
            ClassRef::Script(id) => match self.state.object(id) {
                Object::Class(class) => class.name.to_string(),
                _ => String::new(),
            },
        }
    }

    /// The class of a value; of an unknown one, `object`.
    pub fn class_of(&self, value: &Value) -> ClassRef {
        let class: &'static Class = match &value.data {
            Data::None => &types::NONE_TYPE,
            Data::Bool(_) => &types::BOOL,
            Data::Big(_) if self.is_python2() => &types::LONG,
            Data::Int(_) | Data::Big(_) => &types::INT,
            Data::Float(_) => &types::FLOAT,
            Data::Text(_) => &types::TEXT,
            Data::Bytes(_) => &types::BYTES,
            Data::Tuple(_) => &types::TUPLE,
            Data::Slice(_) => &types::SLICE,
            Data::Ellipsis => &types::ELLIPSIS,
            Data::NotImplemented => &types::NOT_IMPLEMENTED_TYPE,
            Data::Native(_) => &types::BUILTIN_FUNCTION,
            Data::Class(_) => &types::TYPE,
            Data::Bound(_) => &types::METHOD,
            Data::Unknown(_) => &types::OBJECT,
            Data::Object(id) => match self.state.object(*id) {
                Object::Instance(instance) => return instance.class,
                other => types::class_of_object(other),
            },
        };
        ClassRef::Native(class)
    }

    /// `isinstance` for a modelled class.
    pub fn is_instance(&self, value: &Value, class: &'static Class) -> bool {
        let own = self.class_of(value);
        self.class_order(own).contains(&ClassRef::Native(class))
            || std::ptr::eq(class, &raw const types::OBJECT)
    }

    /// A class and its bases, in the order attributes are looked up, without `object`.
    pub(super) fn class_order(&self, class: ClassRef) -> Vec<ClassRef> {
        match class {
            ClassRef::Native(class) => {
                let mut order = class.linear();
                self.adapt_exceptions(&mut order);
                order.into_iter().map(ClassRef::Native).collect()
            }
            ClassRef::Script(id) => match self.state.object(id) {
                Object::Class(class) => class.order.clone(),
                _ => Vec::new(),
            },
        }
    }

    /// The key that a value is in a dict or set; TypeError for what has no hash.
    pub fn key(&mut self, value: &Value) -> Result<Key, Raised> {
        Ok(match &value.data {
            Data::None => Key::None,
            Data::Bool(flag) => Key::Int(i64::from(*flag)),
            Data::Int(number) => Key::Int(*number),
            Data::Big(number) => number.to_i64().map_or_else(|| Key::Big(number.clone()), Key::Int),
            Data::Float(number) if number.fract() == 0.0 && number.abs() < 9e18 => Key::Int(*number as i64),
            Data::Float(number) => Key::Float(number.to_bits()),
            Data::Text(text) => Key::Text(text.clone()),
            Data::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) if self.is_python2() && text.is_ascii() => Key::Text(text.into()),
                _ => Key::Bytes(bytes.clone()),
            },
            Data::Tuple(items) => {
                self.charge_steps(items.len())?;
                self.budget.enter(1)?;
                let keys: Result<Vec<Key>, Raised> = items.iter().map(|item| self.key(item)).collect();
                self.budget.leave(1);
                Key::Tuple(keys?.into())
            }
            Data::Slice(_) => return Err(self.unhashable(value)),
            Data::Ellipsis => Key::Static(1),
            Data::NotImplemented => Key::Static(2),
            Data::Native(entry) => Key::Static(std::ptr::from_ref(*entry).addr()),
            Data::Class(class) => Key::Static(std::ptr::from_ref(*class).addr()),
            Data::Bound(bound) => {
                let (function, receiver) = (self.key(&bound.function)?, self.key(&bound.receiver)?);
                Key::Tuple([function, receiver].into())
            }
            Data::Unknown(_) => return Err(Raised::Unknown(value.clone())),
            Data::Object(id) => return self.object_key(value, *id),
        })
    }

    fn object_key(&mut self, value: &Value, id: ObjectId) -> Result<Key, Raised> {
        match self.state.object(id) {
            Object::List(_) | Object::Dict(_) => Err(self.unhashable(value)),
            Object::Set(set) if set.frozen => Ok(Key::Set(set.sorted_keys().into())),
            Object::Set(_) => Err(self.unhashable(value)),
            Object::Instance(instance) => {
                let payload = instance.payload.clone();
                let (hash, equal) =
                    (self.script_method(value, "__hash__"), self.script_method(value, "__eq__"));
                match (&hash, &equal) {
                    (Some(Value { data: Data::Bound(hash), .. }), _) if hash.function.is_none() => {
                        return Err(self.unhashable(value));
                    }
                    (Some(_), Some(_)) => {
                        return Err(self.unknown("an object with its own `__eq__` as a key"));
                    }
                    _ if payload.is_some() && (hash.is_some() || equal.is_some()) => {
                        return Err(self.unknown("an object with its own `__eq__` as a key"));
                    }
                    _ => {}
                }
                if payload.is_some() {
                    return self.key(&self.plain(value));
                }
                match self.method(value, "__key__")? {
                    // How modelled classes whose instances are equal by value (paths, versions) say so.
                    Some(method) => {
                        let key = self.call(&method, vec![])?;
                        self.key(&key)
                    }
                    None => Ok(Key::Object(id)),
                }
            }
            _ => Ok(Key::Object(id)),
        }
    }

    fn unhashable(&mut self, value: &Value) -> Raised {
        let name = self.type_name(value);
        self.error(&TYPE_ERROR, format!("unhashable type: '{name}'"))
    }
}

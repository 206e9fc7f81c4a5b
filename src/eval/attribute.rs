//! Attributes: instances, classes, modules, methods of built-in types.

use super::exceptions::{ATTRIBUTE_ERROR, TYPE_ERROR};
use super::module::{Class, Entry, Member};
use super::object::{ClassRef, Object};
use super::raised::Raised;
use super::scope::FrameKind;
use super::types;
use super::value::{Bound, Data, ObjectId, Value};
use super::{Evaluator, Unknown, class_names};
use std::sync::Arc;

/// The attribute of a class that holds what answers for it.
const METACLASS: &str = "<metaclass>";

/// What a class holds under a name, before it is bound to an instance.
#[derive(Clone)]
pub(super) enum Found {
    Value(Value),
    Native(&'static Entry),
}

/// What the command `build` runs, in order.
pub const BUILD_COMMANDS: &[&str] = &["build_py", "build_clib", "build_ext", "build_scripts"];

impl Evaluator<'_> {
    /// `value.name`.
    pub fn get_attribute(&mut self, value: &Value, name: &str) -> Result<Value, Raised> {
        match &value.data {
            Data::Unknown(_) => return Ok(value.clone()),
            Data::Class(class) => return self.native_class_attribute(class, name),
            _ => {}
        }
        if let Some(found) = self.find_attribute(value, name)? {
            return Ok(found);
        }
        if let Data::Object(id) = value.data
            && let Some(unknown) = self.may_have_more(id)
        {
            return Ok(Data::Unknown(unknown).into());
        }
        if let Some(unknown) = self.unmodelled_attribute(self.class_of(value), name) {
            return Ok(unknown);
        }
        let kind = self.type_name(value);
        Err(self.error(&ATTRIBUTE_ERROR, format!("'{kind}' object has no attribute '{name}'")))
    }

    /// What there is to say of a name that CPython's class has and that is not modelled.
    fn unmodelled_attribute(&mut self, class: ClassRef, name: &str) -> Option<Value> {
        let found = self.class_order(class).into_iter().find_map(|class| match class {
            ClassRef::Native(class) => {
                self.by_python(|python| class_names::has(class.name, name, python)).then_some(class)
            }
            ClassRef::Script(_) => None,
        })?;
        Some(self.unknown_value(format!("`{}.{name}` is not modelled", found.name)))
    }

    /// The attribute, if the value has one by that name.
    pub(super) fn find_attribute(&mut self, value: &Value, name: &str) -> Result<Option<Value>, Raised> {
        if let Data::Object(id) = value.data {
            match self.state.object(id) {
                Object::Module(_) => return self.module_member(id, name),
                Object::Class(_) => return self.class_attribute(id, name),
                Object::Instance(_) => return self.instance_attribute(value, id, name),
                Object::Function(_) => {
                    if let Some(found) = self.function_attribute(id, name) {
                        return Ok(Some(found));
                    }
                }
                Object::Super(parent) => {
                    let (after, receiver) = (parent.after, parent.receiver.clone());
                    return self.super_attribute(after, &receiver, name);
                }
                _ => {}
            }
        }
        if let Data::Bound(method) = &value.data {
            match name {
                "__self__" | "im_self" => return Ok(Some(method.receiver.clone())),
                "__call__" => return Ok(Some(value.clone())),
                "__func__" | "im_func" => return Ok(Some(method.function.clone())),
                _ => {
                    let function = method.function.clone();
                    return self.find_attribute(&function, name);
                }
            }
        }
        match (&value.data, name) {
            (Data::Native(_), "__call__") => return Ok(Some(value.clone())),
            (Data::Native(entry), "__name__" | "__qualname__") => return Ok(Some(self.native_text(entry.0))),
            (Data::Slice(slice), "start") => return Ok(Some(slice[0].clone())),
            (Data::Slice(slice), "stop") => return Ok(Some(slice[1].clone())),
            (Data::Slice(slice), "step") => return Ok(Some(slice[2].clone())),
            _ => {}
        }
        let class = self.class_of(value);
        match self.class_lookup(class, name) {
            Some((owner, found)) => self.bind(found, value, owner).map(Some),
            None => Ok(self.common_attribute(value, name)),
        }
    }

    /// `__class__` and the like.
    fn common_attribute(&mut self, value: &Value, name: &str) -> Option<Value> {
        match name {
            "__class__" => Some(self.class_of(value).value()),
            "__doc__" => Some(Value::NONE),
            _ => None,
        }
    }

    fn may_have_more(&self, id: ObjectId) -> Option<Arc<Unknown>> {
        match self.state.object(id) {
            Object::Module(module) => module.partial.clone(),
            Object::Instance(instance) => {
                if let Object::Dict(dict) = self.state.object(instance.attributes)
                    && let Some(rest) = &dict.rest
                {
                    return Some(rest.clone());
                }
                self.class_order(instance.class).into_iter().find_map(|class| self.unknown_base(class))
            }
            Object::Class(class) => class.order.iter().find_map(|class| self.unknown_base(*class)),
            Object::Super(parent) => {
                let class = self.class_of(&parent.receiver);
                self.class_order(class).into_iter().find_map(|class| self.unknown_base(class))
            }
            _ => None,
        }
    }

    pub(super) fn unknown_base(&self, class: ClassRef) -> Option<Arc<Unknown>> {
        match class {
            ClassRef::Native(_) => None,
            ClassRef::Script(id) => match self.state.object(id) {
                Object::Class(class) => {
                    class.unknown_base.as_ref().and_then(|base| base.as_unknown()).cloned()
                }
                _ => None,
            },
        }
    }

    /// Finds a name in a class and its bases, `object` last: what `object` has, an unknown base may have in another way.
    pub(super) fn class_lookup(&self, class: ClassRef, name: &str) -> Option<(ClassRef, Found)> {
        let order = self.class_order(class);
        let object = ClassRef::Native(&types::OBJECT);
        self.lookup_in(&order, name).filter(|(owner, _)| {
            *owner != object || order.iter().all(|class| self.unknown_base(*class).is_none())
        })
    }

    fn lookup_in(&self, order: &[ClassRef], name: &str) -> Option<(ClassRef, Found)> {
        for class in order {
            match class {
                ClassRef::Native(native) => {
                    if let Some(entry) = native.members.iter().find(|entry| entry.0 == name) {
                        return Some((*class, Found::Native(entry)));
                    }
                }
                ClassRef::Script(id) => {
                    if let Object::Class(script) = self.state.object(*id)
                        && let Object::Dict(dict) = self.state.object(script.attributes)
                        && let Some(value) = dict.name(name)
                    {
                        return Some((*class, Found::Value(value.clone())));
                    }
                }
            }
        }
        let entry = types::OBJECT.members.iter().find(|entry| entry.0 == name)?;
        Some((ClassRef::Native(&types::OBJECT), Found::Native(entry)))
    }

    /// Makes what a class holds into what an instance sees.
    fn bind(&mut self, found: Found, receiver: &Value, owner: ClassRef) -> Result<Value, Raised> {
        match found {
            Found::Native(entry) => self.bind_entry(entry, receiver),
            Found::Value(value) => {
                if let Data::Object(id) = value.data {
                    match self.state.object(id) {
                        Object::Function(_) => return Ok(bound(value, receiver.clone())),
                        Object::StaticMethod(function) => return Ok(function.clone()),
                        Object::ClassMethod(function) => {
                            let function = function.clone();
                            let class = self.class_of(receiver);
                            return Ok(bound(function, class.value()));
                        }
                        Object::Property(property) => {
                            let getter = property.getter.clone();
                            return self.call(&getter, vec![receiver.clone()]);
                        }
                        Object::Instance(_) => {
                            if let Some(get) = self.method(&value, "__get__")? {
                                return self.call(&get, vec![receiver.clone(), owner.value()]);
                            }
                        }
                        _ => {}
                    }
                }
                Ok(value)
            }
        }
    }

    fn bind_entry(&mut self, entry: &'static Entry, receiver: &Value) -> Result<Value, Raised> {
        let mut member = &entry.1;
        while let Member::Only(there, inner) = member {
            if !there(self) {
                let kind = self.type_name(receiver);
                let text = format!("'{kind}' object has no attribute '{}'", entry.0);
                return Err(self.error(&ATTRIBUTE_ERROR, text));
            }
            member = inner;
        }
        match member {
            Member::Function(_) | Member::Opaque(_) | Member::Ignored => {
                Ok(bound(Data::Native(entry).into(), receiver.clone()))
            }
            Member::ClassMethod(_) => {
                let class = self.class_of(receiver).value();
                Ok(bound(Data::Native(entry).into(), class))
            }
            Member::Property(get) => get(self, receiver),
            _ => self.member_value(entry),
        }
    }

    /// An entry as a value on a target that lacks it.
    pub(super) fn gone_member(&mut self, entry: &'static Entry) -> Result<Value, Raised> {
        let mut member = &entry.1;
        while let Member::Only(_, inner) = member {
            member = inner;
        }
        self.member_as_value(entry, member)
    }

    /// A table's entry as a value, unbound.
    pub(super) fn member_value(&mut self, entry: &'static Entry) -> Result<Value, Raised> {
        let mut member = &entry.1;
        while let Member::Only(there, inner) = member {
            if !there(self) {
                return Err(self.error(&ATTRIBUTE_ERROR, format!("no attribute '{}'", entry.0)));
            }
            member = inner;
        }
        self.member_as_value(entry, member)
    }

    fn member_as_value(&mut self, entry: &'static Entry, member: &'static Member) -> Result<Value, Raised> {
        match member {
            Member::Constant(make) => make(self),
            Member::Class(class) => Ok(Value::class(class)),
            Member::Module(name) => Ok(Value::object(self.native_module(name)?)),
            Member::Unknown(reason) => Ok(self.unknown_value(*reason)),
            _ => Ok(Data::Native(entry).into()),
        }
    }

    /// `build.sub_commands`, one list for the whole run.
    fn own_build_commands(&mut self) -> Result<Value, Raised> {
        if let Some(list) = self.build_commands() {
            return Ok(list);
        }
        let own = BUILD_COMMANDS.iter().map(|name| {
            let name = self.native_text(name);
            Value::tuple(vec![name, Value::NONE])
        });
        let own = own.collect();
        let list = self.list(own);
        self.state.build_commands = list.as_object();
        Ok(list)
    }

    /// `build.sub_commands` when the script has looked at it.
    pub fn build_commands(&self) -> Option<Value> {
        self.state.build_commands.map(Value::object)
    }

    fn native_class_attribute(&mut self, class: &'static Class, name: &str) -> Result<Value, Raised> {
        // A list that scripts add their own commands to; in the body of a class of their own they only look.
        if name == "sub_commands" && self.frame().kind != FrameKind::Class {
            self.record_patch(class.module, &format!("{}.{name}", class.name));
            if class.name == "build" && self.rehearses() {
                return self.own_build_commands();
            }
        }
        if let Some((_, Found::Native(entry))) = self.class_lookup(ClassRef::Native(class), name) {
            let mut member = &entry.1;
            while let Member::Only(_, inner) = member {
                member = inner;
            }
            return match member {
                Member::ClassMethod(_) => Ok(bound(Data::Native(entry).into(), Value::class(class))),
                Member::Property(_) => {
                    Ok(self.unknown_value("a property of a built-in class, not of an instance"))
                }
                _ => self.member_value(entry),
            };
        }
        match name {
            "__name__" | "__qualname__" => Ok(self.native_text(&self.class_name(ClassRef::Native(class)))),
            "__module__" => Ok(self.native_text(class.module)),
            "__doc__" => Ok(self.unknown_value("the documentation of a built-in class")),
            "__class__" => Ok(Value::class(&types::TYPE)),
            "__mro__" => {
                let order = self.class_order(ClassRef::Native(class));
                let object = std::iter::once(Value::class(&types::OBJECT));
                Ok(Value::tuple(order.into_iter().map(ClassRef::value).chain(object).collect::<Vec<_>>()))
            }
            "__bases__" => {
                Ok(Value::tuple(class.bases.iter().map(|base| Value::class(base)).collect::<Vec<_>>()))
            }
            "__new__" => Ok(bound(Data::Native(&types::NEW).into(), Value::class(class))),
            "__call__" => Ok(Value::class(class)),
            "mro" => Ok(bound(Data::Native(&types::TYPE.members[0]).into(), Value::class(class))),
            // Of the methods behind operators not every one is modelled.
            _ if class.module == "builtins" && !name.starts_with("__") => {
                if let Some(unknown) = self.unmodelled_attribute(ClassRef::Native(class), name) {
                    return Ok(unknown);
                }
                let text = format!("type object '{}' has no attribute '{name}'", class.name);
                Err(self.error(&ATTRIBUTE_ERROR, text))
            }
            _ => Ok(self.unknown_value(format!("`{}.{name}` is not modelled", class.name))),
        }
    }

    fn class_attribute(&mut self, id: ObjectId, name: &str) -> Result<Option<Value>, Raised> {
        match name {
            "__name__" => {
                let class = self.class_name(ClassRef::Script(id));
                return Ok(Some(self.native_text(&class)));
            }
            "__class__" => return Ok(Some(self.type_of(&Value::object(id))?)),
            "__mro__" | "__bases__" | "__dict__" => {
                if let Object::Class(class) = self.state.object(id) {
                    if class.classic && name == "__mro__" {
                        return Ok(None);
                    }
                    return Ok(Some(match name {
                        "__dict__" => Value::object(class.attributes),
                        "__bases__" => Value::tuple(class.bases.clone()),
                        _ => {
                            let object = std::iter::once(Value::class(&types::OBJECT));
                            let order = class.order.iter().map(|class| class.value());
                            Value::tuple(order.chain(object).collect::<Vec<_>>())
                        }
                    }));
                }
            }
            _ => {}
        }
        let this = Value::object(id);
        match self.class_lookup(ClassRef::Script(id), name) {
            Some((owner, found)) => self.unbound(found, &this, owner).map(Some),
            None if name == "__new__" => Ok(Some(bound(Data::Native(&types::NEW).into(), this))),
            None if name == "__call__" => Ok(Some(this)),
            None if name == "__doc__" => Ok(Some(Value::NONE)),
            None if matches!(name, "__annotations__" | "__qualname__") && !self.is_python2() => {
                Ok(Some(self.unknown_value(format!("`{name}` of a class is not modelled"))))
            }
            None if self.is_slot(id, name) => {
                Ok(Some(self.unknown_value(format!("the descriptor of the slot `{name}` is not modelled"))))
            }
            None => Ok(self.metaclass_attribute(&this, name)),
        }
    }

    /// What every class has from `type`.
    fn metaclass_attribute(&self, class: &Value, name: &str) -> Option<Value> {
        if class.as_object().is_some_and(|id| self.is_classic(id)) {
            return None;
        }
        let entry = types::TYPE.members.iter().find(|entry| entry.0 == name)?;
        Some(bound(Data::Native(entry).into(), class.clone()))
    }

    /// What is seen through the class itself: functions stay plain, class methods get the class.
    fn unbound(&mut self, found: Found, class: &Value, _: ClassRef) -> Result<Value, Raised> {
        match found {
            Found::Native(entry) => match entry.1 {
                Member::ClassMethod(_) => Ok(bound(Data::Native(entry).into(), class.clone())),
                Member::Property(_) => {
                    Ok(self.unknown_value("a property of a built-in class, not of an instance"))
                }
                _ => self.member_value(entry),
            },
            Found::Value(value) => {
                if let Data::Object(id) = value.data {
                    match self.state.object(id) {
                        Object::StaticMethod(function) => return Ok(function.clone()),
                        Object::ClassMethod(function) => return Ok(bound(function.clone(), class.clone())),
                        Object::Instance(_) => {
                            if let Some(get) = self.method(&value, "__get__")? {
                                return self.call(&get, vec![Value::NONE, class.clone()]);
                            }
                        }
                        _ => {}
                    }
                }
                Ok(value)
            }
        }
    }

    fn instance_attribute(
        &mut self,
        value: &Value,
        id: ObjectId,
        name: &str,
    ) -> Result<Option<Value>, Raised> {
        let Object::Instance(instance) = self.state.object(id) else { return Ok(None) };
        let class = instance.class;
        if let Some((ClassRef::Script(_), found)) = self.class_lookup(class, "__getattribute__") {
            let method = self.bind(found, value, class)?;
            let name = self.native_text(name);
            return self.call(&method, vec![name]).map(Some);
        }
        self.own_or_class_attribute(value, id, name)
    }

    /// `object.__getattribute__`.
    pub(super) fn own_or_class_attribute(
        &mut self,
        value: &Value,
        id: ObjectId,
        name: &str,
    ) -> Result<Option<Value>, Raised> {
        let Object::Instance(instance) = self.state.object(id) else { return Ok(None) };
        let (class, attributes, payload) = (instance.class, instance.attributes, instance.payload.clone());
        let found = self.class_lookup(class, name);
        let is_data = match &found {
            Some((_, Found::Native(entry))) => matches!(entry.1, Member::Property(_)),
            Some((_, Found::Value(value))) => {
                value.as_object().is_some_and(|id| match self.state.object(id) {
                    Object::Property(_) => true,
                    // A descriptor of the script that is also asked when the attribute is set.
                    Object::Instance(_) => self.class_lookup(self.class_of(value), "__set__").is_some(),
                    _ => false,
                })
            }
            None => false,
        };
        if !is_data
            && let Object::Dict(dict) = self.state.object(attributes)
            && let Some(own) = dict.name(name)
        {
            return Ok(Some(own.clone()));
        }
        let from_object = |owner: &ClassRef| *owner == ClassRef::Native(&types::OBJECT);
        let late = match found {
            Some((owner, found)) if payload.is_none() || !from_object(&owner) => {
                return self.bind(found, value, owner).map(Some);
            }
            late => late,
        };
        match name {
            "__dict__" if self.slots(class).is_none() => return Ok(Some(Value::object(attributes))),
            "__class__" => return Ok(Some(class.value())),
            _ => {}
        }
        if let Some(payload) = &payload
            && let Some(found) = self.find_attribute(payload, name)?
        {
            return Ok(Some(found));
        }
        if let Some((owner, found)) = late {
            return self.bind(found, value, owner).map(Some);
        }
        if let Object::Dict(dict) = self.state.object(attributes)
            && let Some(unknown) = &dict.rest
        {
            return Ok(Some(Data::Unknown(unknown.clone()).into()));
        }
        if let Some((owner, found)) = self.class_lookup(class, "__getattr__") {
            let method = self.bind(found, value, owner)?;
            let name = self.native_text(name);
            return self.call(&method, vec![name]).map(Some);
        }
        Ok(self.common_attribute(value, name))
    }

    fn super_attribute(
        &mut self,
        after: ClassRef,
        receiver: &Value,
        name: &str,
    ) -> Result<Option<Value>, Raised> {
        // Of a class method the receiver is the class itself.
        let class = match receiver.data {
            Data::Object(id) if matches!(self.state.object(id), Object::Class(_)) => ClassRef::Script(id),
            _ => self.class_of(receiver),
        };
        let order = self.class_order(class);
        let rest: Vec<ClassRef> = order.iter().copied().skip_while(|found| *found != after).skip(1).collect();
        if let Some((owner, found)) = self.lookup_in(&rest, name) {
            let object = owner == ClassRef::Native(&types::OBJECT);
            let unknown = rest.iter().chain([&after]).find_map(|class| self.unknown_base(*class));
            return match unknown {
                Some(unknown) if object => Ok(Some(Data::Unknown(unknown).into())),
                _ if matches!(receiver.data, Data::Object(id) if matches!(self.state.object(id), Object::Class(_))) => {
                    self.unbound(found, receiver, owner).map(Some)
                }
                _ => self.bind(found, receiver, owner).map(Some),
            };
        }
        if name == "__new__" {
            let native = rest.iter().find(|class| matches!(class, ClassRef::Native(_)));
            let base = native.map_or(Value::class(&types::OBJECT), |class| class.value());
            return Ok(Some(bound(Data::Native(&types::NEW).into(), base)));
        }
        let plain = self.plain(receiver);
        if !plain.is(receiver) {
            return self.find_attribute(&plain, name);
        }
        Ok(None)
    }

    /// A method that the script's own classes give a value.
    pub fn script_method(&self, value: &Value, name: &str) -> Option<Value> {
        let ClassRef::Script(_) = self.class_of(value) else { return None };
        match self.class_lookup(self.class_of(value), name) {
            Some((ClassRef::Script(_), Found::Value(function))) => Some(bound(function, value.clone())),
            _ => None,
        }
    }

    /// A method of an instance, by its class alone, as Python looks up operators; `object`'s own do not count.
    pub fn method(&mut self, value: &Value, name: &str) -> Result<Option<Value>, Raised> {
        let Data::Object(id) = value.data else { return Ok(None) };
        let class = match self.state.object(id) {
            Object::Instance(instance) => instance.class,
            Object::Class(_) => match self.metaclass(id) {
                Some(metaclass) => ClassRef::Script(metaclass),
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        match self.class_lookup(class, name) {
            Some((ClassRef::Native(_), _)) if matches!(self.state.object(id), Object::Class(_)) => Ok(None),
            Some((_, Found::Native(entry))) if !self.is_there(entry) => Ok(None),
            Some((owner, found)) if owner != ClassRef::Native(&types::OBJECT) => {
                self.bind(found, value, owner).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The class that answers for a class of the script: modelled enumerations have one.
    pub(super) fn metaclass(&self, id: ObjectId) -> Option<ObjectId> {
        let Object::Class(class) = self.state.object(id) else { return None };
        class.order.iter().find_map(|class| match class {
            ClassRef::Script(id) => match self.state.object(*id) {
                Object::Class(class) => self.namespace_get_known(class.attributes, METACLASS)?.as_object(),
                _ => None,
            },
            ClassRef::Native(_) => None,
        })
    }

    /// Whether the target has what a table holds for some targets only.
    fn is_there(&mut self, entry: &'static Entry) -> bool {
        let mut member = &entry.1;
        while let Member::Only(there, inner) = member {
            if !there(self) {
                return false;
            }
            member = inner;
        }
        true
    }

    fn function_attribute(&mut self, id: ObjectId, name: &str) -> Option<Value> {
        let Object::Function(function) = self.state.object(id) else { return None };
        if let Some(attributes) = function.attributes
            && let Some(value) = self.namespace_get(attributes, name)
        {
            return Some(value);
        }
        match name {
            "func_name" | "func_doc" | "func_globals" | "func_dict" | "func_code" | "func_defaults"
            | "func_closure"
                if !self.is_python2() =>
            {
                None
            }
            "__defaults__" | "func_defaults" => {
                let code = &function.code.parameters;
                let positional = code.posonlyargs.len() + code.args.len();
                let given: Vec<Value> =
                    function.defaults.iter().take(positional).flatten().cloned().collect();
                Some(if given.is_empty() { Value::NONE } else { Value::tuple(given) })
            }
            "__name__" | "func_name" => Some(self.native_text(&function.code.name)),
            "__qualname__" if self.is_python2() => None,
            "__qualname__" if function.owner.is_none() && function.enclosing.is_empty() => {
                Some(self.native_text(&function.code.name))
            }
            "__doc__" | "func_doc" => {
                let code = function.code.clone();
                Some(self.doc_value(&code.body))
            }
            "__globals__" | "func_globals" => Some(Value::object(function.globals)),
            "__module__" => self.namespace_get(function.globals, "__name__"),
            "__dict__" => {
                let attributes = function.attributes;
                let made =
                    attributes.unwrap_or_else(|| self.allocate(Object::Dict(super::dict::Dict::default())));
                if let Object::Function(function) = self.state.object_mut(id) {
                    function.attributes = Some(made);
                }
                Some(Value::object(made))
            }
            "__code__" | "func_code" | "__kwdefaults__" | "__closure__" | "func_closure"
            | "__annotations__" | "__qualname__" => {
                Some(self.unknown_value(format!("`{name}` of a function is not modelled")))
            }
            _ => None,
        }
    }

    /// The TypeError of something that cannot be called, subscripted, …
    pub(super) fn not_supported(&mut self, value: &Value, what: &str) -> Raised {
        let kind = self.type_name(value);
        self.error(&TYPE_ERROR, format!("'{kind}' object {what}"))
    }
}

/// A function with its first argument.
pub(super) fn bound(function: Value, receiver: Value) -> Value {
    Data::Bound(Arc::new(Bound { function, receiver })).into()
}

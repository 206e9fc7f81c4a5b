//! Classes that the script makes, and what is an instance of what.

use super::Evaluator;
use super::arguments::{CallArguments, Keyword};
use super::exceptions::TYPE_ERROR;
use super::module::Class;
use super::object::{ClassRef, Object, ScriptClass};
use super::raised::{Flow, Raised};
use super::scope::{Frame, FrameKind};
use super::types;
use super::value::{Data, ObjectId, Value};
use crate::syntax::python::ast;

impl Evaluator<'_> {
    pub(super) fn execute_class(&mut self, def: &ast::StmtClassDef) -> Result<(), Flow> {
        let place = self.here;
        let decorators = self.evaluate_decorators(&def.decorator_list)?;
        let (written, rest) = self.evaluate_items(&def.bases)?;
        let mut bases = Vec::with_capacity(written.len());
        for base in written {
            match self.method(&base, "__mro_entries__")? {
                Some(method) if !self.is_python2() => {
                    let entries = self.call(&method, vec![Value::NONE])?;
                    bases.extend(self.items(&entries)?);
                }
                _ => bases.push(base),
            }
        }
        let mut unknown = rest.map(|unknown| Value::from(Data::Unknown(unknown)));
        let keywords = self.class_keywords(&def.keywords, &mut unknown)?;
        let attributes = self.new_namespace();
        let module = self.namespace_get(self.frame().globals, "__name__").unwrap_or(Value::NONE);
        self.namespace_set(attributes, "__module__", module);
        let doc = self.doc_value(&def.body);
        self.namespace_set(attributes, "__doc__", doc);
        let frame = self.frame();
        let mut enclosing: Vec<ObjectId> = Vec::new();
        if matches!(frame.kind, FrameKind::Function | FrameKind::Comprehension) {
            enclosing.push(frame.locals);
        }
        enclosing.extend(frame.enclosing.iter());
        let body_frame = Frame {
            kind: FrameKind::Class,
            facts: frame.facts,
            locals: attributes,
            globals: frame.globals,
            enclosing: enclosing.into(),
            code: None,
            owner: None,
            class_name: Some(def.name.as_str().into()),
        };
        if !def.type_params.is_empty() {
            let parameters = self.unknown_value("type parameters are not modelled");
            self.namespace_set(attributes, TYPE_PARAMETERS, parameters);
        }
        self.frames.push(body_frame);
        let result = self.execute_block(&def.body);
        self.frames.pop();
        result?;
        self.here = place;
        if self.is_python2() {
            let globals = self.frame().globals;
            let metaclass = self.namespace_get(attributes, "__metaclass__").or_else(|| {
                let around = if bases.is_empty() { Some(globals) } else { None };
                around.and_then(|globals| self.namespace_get(globals, "__metaclass__"))
            });
            match metaclass {
                Some(metaclass) if !Self::is_plain_metaclass(&metaclass) => {
                    unknown = Some(self.unknown_value("metaclasses are not modelled"));
                }
                Some(_) if bases.is_empty() => bases.push(Value::class(&types::OBJECT)),
                _ => {}
            }
        } else {
            if bases.is_empty() {
                bases.push(Value::class(&types::OBJECT));
            }
            // What says when it is equal to others has no hash, unless it says which.
            if self.namespace_get(attributes, "__eq__").is_some()
                && self.namespace_get(attributes, "__hash__").is_none()
            {
                self.namespace_set(attributes, "__hash__", Value::NONE);
            }
        }
        let origin = self.origin_here();
        let class = self.make_class(def.name.as_str(), bases, attributes, unknown)?.with_origin(origin);
        self.tell_of_class(&class, attributes, keywords)?;
        let class = self.decorate(decorators, class)?;
        self.store_name(def.name.as_str(), class);
        Ok(())
    }

    /// The keywords of a class statement beside `metaclass`; what is not modelled makes the class unknown in part.
    fn class_keywords(
        &mut self,
        keywords: &[ast::Keyword],
        unknown: &mut Option<Value>,
    ) -> Result<Vec<Keyword>, Flow> {
        let mut others = Vec::new();
        for keyword in keywords {
            let value = self.evaluate(&keyword.value)?;
            match &keyword.arg {
                Some(name) if name.as_str() != "metaclass" => {
                    others.push(Keyword { name: name.as_str().into(), value, span: None });
                }
                Some(_) if Self::is_plain_metaclass(&value) => {}
                _ if value.is_unknown() => *unknown = Some(value),
                _ => *unknown = Some(self.unknown_value("metaclasses are not modelled")),
            }
        }
        Ok(others)
    }

    fn is_plain_metaclass(value: &Value) -> bool {
        matches!(&value.data, Data::Class(class) if std::ptr::eq(*class, &raw const types::TYPE) || class.name == "ABCMeta")
    }

    /// Makes a class out of a namespace.
    pub fn make_class(
        &mut self,
        name: &str,
        bases: Vec<Value>,
        attributes: ObjectId,
        unknown: Option<Value>,
    ) -> Result<Value, Raised> {
        if let Object::Dict(names) = self.state.object_mut(attributes) {
            names.lose_order();
        }
        let mut unknown_base = unknown;
        let mut orders: Vec<Vec<ClassRef>> = Vec::new();
        let mut direct = Vec::new();
        let mut classic = self.is_python2() && unknown_base.is_none();
        for base in &bases {
            classic &= base.as_object().is_some_and(|id| self.is_classic(id));
            let class = match &base.data {
                Data::Class(class) if std::ptr::eq(*class, &raw const types::OBJECT) => continue,
                Data::Class(class) if FINAL.iter().any(|known| std::ptr::eq(*class, *known)) => {
                    let text = format!("type '{}' is not an acceptable base type", class.name);
                    return Err(self.error(&TYPE_ERROR, text));
                }
                Data::Class(class) => ClassRef::Native(class),
                Data::Object(id) if matches!(self.state.object(*id), Object::Class(_)) => {
                    ClassRef::Script(*id)
                }
                _ => {
                    unknown_base = Some(if base.is_unknown() {
                        base.clone()
                    } else {
                        self.unknown_value("a base that is no class")
                    });
                    continue;
                }
            };
            orders.push(self.class_order(class));
            direct.push(class);
        }
        orders.push(direct);
        // What is not known may be a class of the old kind, which makes these of the old kind, too.
        let old = self.is_python2() && (unknown_base.is_some() || self.has_unknown_base(&orders));
        let order = if classic {
            Some(depth_first(orders))
        } else if old {
            linearise(orders.clone()).or_else(|| Some(depth_first(orders)))
        } else {
            linearise(orders)
        };
        let Some(mut order) = order else {
            return Err(
                self.error(&TYPE_ERROR, "Cannot create a consistent method resolution order (MRO) for bases")
            );
        };
        let id = self.allocate(Object::Class(ScriptClass {
            name: name.into(),
            bases,
            order: Vec::new(),
            attributes,
            classic,
            unknown_base,
        }));
        order.insert(0, ClassRef::Script(id));
        if let Object::Class(class) = self.state.object_mut(id) {
            class.order = order;
        }
        Ok(Value::object(id))
    }

    fn has_unknown_base(&self, orders: &[Vec<ClassRef>]) -> bool {
        orders.iter().flatten().any(|class| self.unknown_base(*class).is_some())
    }

    /// Tells those who asked to be told of a new class: `__set_name__` of what it holds, `__init_subclass__` of its bases.
    pub(super) fn tell_of_class(
        &mut self,
        class: &Value,
        attributes: ObjectId,
        keywords: Vec<Keyword>,
    ) -> Result<(), Raised> {
        if self.is_python2() {
            return Ok(());
        }
        let Object::Dict(names) = self.state.object(attributes) else { return Ok(()) };
        let held: Vec<(Value, Value)> =
            names.iter().map(|(_, key, value)| (key.clone(), value.clone())).collect();
        for (name, value) in held {
            if let Some(method) = self.method(&value, "__set_name__")? {
                self.call(&method, vec![class.clone(), name])?;
            }
        }
        let order = self.class_value(class).map(|class| self.class_order(class)).unwrap_or_default();
        for base in order.iter().skip(1) {
            let ClassRef::Script(id) = base else { continue };
            let Object::Class(found) = self.state.object(*id) else { continue };
            let Some(hook) = self.namespace_get(found.attributes, "__init_subclass__") else { continue };
            let function = match hook.as_object().map(|id| self.state.object(id)) {
                Some(Object::ClassMethod(function) | Object::StaticMethod(function)) => function.clone(),
                _ => hook,
            };
            let call =
                CallArguments { positional: vec![class.clone()], keywords, ..CallArguments::default() };
            return self.call_with(&function, call).map(drop);
        }
        Ok(())
    }

    /// Whether a class or a base of it names the attribute in `__slots__`.
    pub(super) fn is_slot(&self, id: ObjectId, name: &str) -> bool {
        let slots = self.class_order(ClassRef::Script(id)).into_iter().filter_map(|class| match class {
            ClassRef::Script(id) => match self.state.object(id) {
                Object::Class(class) if !class.classic => self.namespace_get(class.attributes, "__slots__"),
                _ => None,
            },
            ClassRef::Native(_) => None,
        });
        let is_name = |value: &Value| match &value.data {
            Data::Text(text) => **text == *name,
            Data::Bytes(bytes) => **bytes == *name.as_bytes(),
            _ => false,
        };
        slots.into_iter().any(|slots| match &slots.data {
            Data::Tuple(items) => items.iter().any(is_name),
            Data::Object(id) => match self.state.object(*id) {
                Object::List(list) => list.rest.is_some() || list.items.iter().any(is_name),
                _ => true,
            },
            _ => slots.is_unknown() || is_name(&slots),
        })
    }

    /// Whether this is a class of Python 2 that does not derive from `object`.
    pub(super) fn is_classic(&self, id: ObjectId) -> bool {
        matches!(self.state.object(id), Object::Class(class) if class.classic)
    }

    /// `type(value)`.
    pub fn type_of(&mut self, value: &Value) -> Result<Value, Raised> {
        if let Some(unknown) = self.class_unknown(value) {
            return Err(Raised::Unknown(unknown));
        }
        if value.as_object().is_some_and(|id| self.is_classic(id)) {
            return Ok(Value::class(&types::CLASSIC_CLASS));
        }
        if let Some(metaclass) = value.as_object().and_then(|id| self.metaclass(id)) {
            return Ok(Value::object(metaclass));
        }
        Ok(match self.class_of(value) {
            ClassRef::Script(id) if self.is_classic(id) => Value::class(&types::CLASSIC_INSTANCE),
            class => class.value(),
        })
    }

    /// What is not known of a class as an object: its metaclass may be anything.
    pub(super) fn class_unknown(&self, value: &Value) -> Option<Value> {
        let class = self.class_value(value)?;
        let unknown = self.class_order(class).into_iter().find_map(|class| self.unknown_base(class))?;
        Some(Data::Unknown(unknown).into())
    }

    /// `isinstance(value, class)`, where the class may be a tuple.
    pub fn is_instance_of(&mut self, value: &Value, class: &Value) -> Result<bool, Raised> {
        if value.is_unknown() {
            return Err(Raised::Unknown(value.clone()));
        }
        let own = match value.as_object().and_then(|id| self.metaclass(id)) {
            Some(metaclass) => ClassRef::Script(metaclass),
            None => self.class_of(value),
        };
        self.derives(own, class)
    }

    /// `issubclass`.
    pub fn is_subclass_of(&mut self, value: &Value, class: &Value) -> Result<bool, Raised> {
        match self.class_value(value) {
            Some(ClassRef::Script(id))
                if self.is_classic(id)
                    && matches!(class.data, Data::Class(class) if std::ptr::eq(class, &raw const types::OBJECT)) =>
            {
                Ok(false)
            }
            Some(own) => self.derives(own, class),
            None if value.is_unknown() => Err(Raised::Unknown(value.clone())),
            None => Err(self.error(&TYPE_ERROR, "issubclass() arg 1 must be a class")),
        }
    }

    /// A class that a value is.
    pub(super) fn class_value(&self, value: &Value) -> Option<ClassRef> {
        match &value.data {
            Data::Class(class) => Some(ClassRef::Native(class)),
            Data::Object(id) if matches!(self.state.object(*id), Object::Class(_)) => {
                Some(ClassRef::Script(*id))
            }
            _ => None,
        }
    }

    fn derives(&mut self, own: ClassRef, class: &Value) -> Result<bool, Raised> {
        match &class.data {
            Data::Tuple(_) => {
                let mut unknown = None;
                for class in class.leaves() {
                    match self.derives(own, class) {
                        Ok(true) => return Ok(true),
                        Ok(false) => {}
                        Err(Raised::Unknown(value)) => unknown = Some(value),
                        Err(other) => return Err(other),
                    }
                }
                unknown.map_or(Ok(false), |unknown| Err(Raised::Unknown(unknown)))
            }
            Data::Unknown(_) => Err(Raised::Unknown(class.clone())),
            Data::Class(native) if std::ptr::eq(*native, &raw const types::OBJECT) => Ok(true),
            // Every class of the script is an instance of `type`, as the built-in ones are.
            Data::Class(native) if std::ptr::eq(*native, &raw const types::TYPE) => {
                Ok(self.class_order(own).contains(&ClassRef::Native(&types::TYPE)))
            }
            _ => {
                let Some(wanted) = self.class_value(class) else {
                    return Err(
                        self.error(&TYPE_ERROR, "isinstance() arg 2 must be a type or tuple of types")
                    );
                };
                let order = self.class_order(own);
                if order.contains(&wanted) {
                    return Ok(true);
                }
                match order.iter().find_map(|class| self.unknown_base(*class)) {
                    Some(unknown) => Err(Raised::Unknown(Data::Unknown(unknown).into())),
                    None => Ok(false),
                }
            }
        }
    }
}

/// The attribute that a class with type parameters (PEP 695) has.
pub(super) const TYPE_PARAMETERS: &str = "__type_params__";

/// Built-in types that no class derives from.
const FINAL: &[&Class] = &[
    &types::BOOL,
    &types::NONE_TYPE,
    &types::ELLIPSIS,
    &types::NOT_IMPLEMENTED_TYPE,
    &types::SLICE,
    &types::FUNCTION,
    &types::METHOD,
    &types::BUILTIN_FUNCTION,
    &types::GENERATOR,
    &types::RANGE,
];

/// The order of classes of Python 2 that do not derive from `object`.
fn depth_first(orders: Vec<Vec<ClassRef>>) -> Vec<ClassRef> {
    let mut merged: Vec<ClassRef> = Vec::new();
    for class in orders.into_iter().flatten() {
        if !merged.contains(&class) {
            merged.push(class);
        }
    }
    merged
}

/// The C3 order of the bases' orders; `None` when there is none.
fn linearise(mut orders: Vec<Vec<ClassRef>>) -> Option<Vec<ClassRef>> {
    let mut merged = Vec::new();
    loop {
        orders.retain(|order| !order.is_empty());
        if orders.is_empty() {
            return Some(merged);
        }
        let next = orders.iter().map(|order| order[0]).find(|candidate| {
            orders.iter().all(|order| !order.iter().skip(1).any(|class| class == candidate))
        })?;
        merged.push(next);
        for order in &mut orders {
            order.retain(|class| *class != next);
        }
    }
}

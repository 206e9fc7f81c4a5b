//! Classes that the script makes, and what is an instance of what.

use super::Evaluator;
use super::exceptions::TYPE_ERROR;
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
        let (bases, rest) = self.evaluate_items(&def.bases)?;
        let mut unknown = rest.map(|unknown| Value::from(Data::Unknown(unknown)));
        for keyword in &def.keywords {
            let value = self.evaluate(&keyword.value)?;
            if keyword.arg.as_ref().is_some_and(|name| name.as_str() == "metaclass")
                && !Self::is_plain_metaclass(&value)
            {
                unknown = Some(if value.is_unknown() {
                    value
                } else {
                    self.unknown_value("metaclasses are not modelled")
                });
            }
        }
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
        self.frames.push(body_frame);
        let result = self.execute_block(&def.body);
        self.frames.pop();
        result?;
        self.here = place;
        if self.is_python2()
            && let Some(metaclass) = self.namespace_get(attributes, "__metaclass__")
            && !Self::is_plain_metaclass(&metaclass)
        {
            unknown = Some(self.unknown_value("metaclasses are not modelled"));
        }
        let origin = self.origin_here();
        let class = self.make_class(def.name.as_str(), bases, attributes, unknown)?.with_origin(origin);
        let class = self.decorate(decorators, class)?;
        self.store_name(def.name.as_str(), class);
        Ok(())
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
        let mut unknown_base = unknown;
        let mut orders: Vec<Vec<ClassRef>> = Vec::new();
        let mut direct = Vec::new();
        for base in &bases {
            let class = match &base.data {
                Data::Class(class) if std::ptr::eq(*class, &raw const types::OBJECT) => continue,
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
        let Some(mut order) = linearise(orders) else {
            return Err(
                self.error(&TYPE_ERROR, "Cannot create a consistent method resolution order (MRO) for bases")
            );
        };
        let id = self.allocate(Object::Class(ScriptClass {
            name: name.into(),
            bases,
            order: Vec::new(),
            attributes,
            unknown_base,
        }));
        order.insert(0, ClassRef::Script(id));
        if let Object::Class(class) = self.state.object_mut(id) {
            class.order = order;
        }
        Ok(Value::object(id))
    }

    /// `isinstance(value, class)`, where the class may be a tuple.
    pub fn is_instance_of(&mut self, value: &Value, class: &Value) -> Result<bool, Raised> {
        if value.is_unknown() {
            return Err(Raised::Unknown(value.clone()));
        }
        let own = self.class_of(value);
        self.derives(own, class)
    }

    /// `issubclass`.
    pub fn is_subclass_of(&mut self, value: &Value, class: &Value) -> Result<bool, Raised> {
        match self.class_value(value) {
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
            Data::Tuple(classes) => {
                let mut unknown = None;
                for class in classes.iter() {
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
                Ok(own == ClassRef::Native(&types::TYPE))
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

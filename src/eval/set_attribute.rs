//! Setting and deleting attributes.

use super::Evaluator;
use super::attribute::Found;
use super::exceptions::ATTRIBUTE_ERROR;
use super::object::{ClassRef, ModuleObject, Object};
use super::raised::Raised;
use super::types;
use super::value::{Data, ObjectId, Value};

impl Evaluator<'_> {
    /// `value.name = new`.
    pub fn set_attribute(&mut self, value: &Value, name: &str, new: Value) -> Result<(), Raised> {
        let Data::Object(id) = value.data else {
            if value.is_unknown() {
                self.stop_rehearsal(|| format!("it sets `{name}` of what is not known"));
                return Ok(());
            }
            if let Data::Class(class) = value.data {
                // Patching a built-in or modelled class: what it then does is beyond the model, and nothing in setup() reads it.
                self.record_patch(class.module, &format!("{}.{name}", class.name));
                return Ok(());
            }
            let kind = self.type_name(value);
            return Err(self.error(&ATTRIBUTE_ERROR, format!("'{kind}' object has no attribute '{name}'")));
        };
        if let Object::Module(ModuleObject { native: Some(module), .. }) = self.state.object(id) {
            self.record_patch(module.name, name);
        }
        let namespace = match self.state.object(id) {
            Object::Module(module) => module.namespace,
            Object::Class(class) => class.attributes,
            Object::Instance(instance) => {
                let (class, attributes) = (instance.class, instance.attributes);
                if let Some((owner, _)) = self.class_lookup(class, "__setattr__")
                    && owner != ClassRef::Native(&types::OBJECT)
                {
                    let method = self.method(value, "__setattr__")?.unwrap_or(Value::NONE);
                    let name = self.native_text(name);
                    return self.call(&method, vec![name, new]).map(drop);
                }
                return self.set_instance_attribute(value, class, attributes, name, new);
            }
            Object::Function(function) => {
                if let Some(attributes) = function.attributes {
                    attributes
                } else {
                    let made = self.allocate(Object::Dict(super::dict::Dict::default()));
                    if let Object::Function(function) = self.state.object_mut(id) {
                        function.attributes = Some(made);
                    }
                    made
                }
            }
            _ => {
                let kind = self.type_name(value);
                return Err(
                    self.error(&ATTRIBUTE_ERROR, format!("'{kind}' object has no attribute '{name}'"))
                );
            }
        };
        self.namespace_set(namespace, name, new);
        Ok(())
    }

    /// `del value.name`.
    pub fn delete_attribute(&mut self, value: &Value, name: &str) -> Result<(), Raised> {
        if let Some((_, Found::Value(found))) = self.class_lookup(self.class_of(value), name)
            && let Some(Object::Property(property)) = found.as_object().map(|id| self.state.object(id))
        {
            let deleter = property.deleter.clone();
            return if deleter.is_none() {
                Err(self.error(&ATTRIBUTE_ERROR, "can't delete attribute"))
            } else {
                self.call(&deleter, vec![value.clone()]).map(drop)
            };
        }
        if let Some(method) = self.script_method(value, "__delattr__") {
            let name = self.native_text(name);
            return self.call(&method, vec![name]).map(drop);
        }
        self.delete_own_attribute(value, name)
    }

    /// `object.__delattr__`.
    pub fn delete_own_attribute(&mut self, value: &Value, name: &str) -> Result<(), Raised> {
        let namespace = match value.as_object().map(|id| self.state.object(id)) {
            Some(Object::Module(module)) => Some(module.namespace),
            Some(Object::Class(class)) => Some(class.attributes),
            Some(Object::Instance(instance)) => Some(instance.attributes),
            Some(Object::Function(function)) => function.attributes,
            _ => None,
        };
        if value.is_unknown() {
            return Ok(());
        }
        if let Some(namespace) = namespace
            && let Object::Dict(dict) = self.state.object_mut(namespace)
            && (dict.remove_name(name).is_some() || dict.rest.is_some())
        {
            return Ok(());
        }
        if let Data::Class(class) = value.data
            && ["setuptools", "distutils"].iter().any(|home| class.module.starts_with(home))
        {
            // Which methods a command has of its own differs between releases; scripts delete those that they found there.
            self.record_patch(class.module, &format!("{}.{name}", class.name));
            return Ok(());
        }
        if let Some(id) = value.as_object()
            && let Object::Module(ModuleObject { native: Some(module), .. }) = self.state.object(id)
            && let (module, Some(_)) = (*module, self.module_member(id, name)?)
        {
            self.record_patch(module.name, name);
            let gone = self.unknown_value(format!("the script deletes `{}.{name}`", module.name));
            let Object::Module(object) = self.state.object(id) else { return Ok(()) };
            let namespace = object.namespace;
            self.namespace_set(namespace, name, gone);
            return Ok(());
        }
        let kind = self.type_name(value);
        Err(self.error(&ATTRIBUTE_ERROR, format!("'{kind}' object has no attribute '{name}'")))
    }

    /// `object.__setattr__`: descriptors of the class first, then the instance's own dict.
    pub fn set_instance_attribute(
        &mut self,
        value: &Value,
        class: ClassRef,
        attributes: ObjectId,
        name: &str,
        new: Value,
    ) -> Result<(), Raised> {
        let classic = matches!(class, ClassRef::Script(id) if self.is_classic(id));
        let mut described = false;
        if let Some((_, found)) = self.class_lookup(class, name)
            && !classic
        {
            described = true;
            if let Found::Value(found) = found {
                if let Some(Object::Property(property)) = found.as_object().map(|id| self.state.object(id)) {
                    let setter = property.setter.clone();
                    if setter.is_none() {
                        return Err(self.error(&ATTRIBUTE_ERROR, "can't set attribute"));
                    }
                    return self.call(&setter, vec![value.clone(), new]).map(drop);
                }
                if let Some(set) = self.method(&found, "__set__")? {
                    return self.call(&set, vec![value.clone(), new]).map(drop);
                }
            }
        }
        if let Some(slots) = self.slots(class)
            && !slots.iter().any(|slot| slot == name)
        {
            let kind = self.type_name(value);
            let text = if described {
                format!("'{kind}' object attribute '{name}' is read-only")
            } else {
                format!("'{kind}' object has no attribute '{name}'")
            };
            return Err(self.error(&ATTRIBUTE_ERROR, text));
        }
        self.namespace_set(attributes, name, new);
        Ok(())
    }

    /// The names that `__slots__` of all its classes leave to an instance without a `__dict__`.
    pub(super) fn slots(&self, class: ClassRef) -> Option<Vec<String>> {
        let ClassRef::Script(_) = class else { return None };
        let mut names = Vec::new();
        for class in self.class_order(class) {
            let ClassRef::Script(id) = class else { return None };
            let Object::Class(class) = self.state.object(id) else { return None };
            let slots = self.namespace_get(class.attributes, "__slots__")?;
            let text = |value: &Value| match &value.data {
                Data::Text(text) => Some(text.to_string()),
                Data::Bytes(bytes) => String::from_utf8(bytes.to_vec()).ok(),
                _ => None,
            };
            match (&slots.data, slots.as_object().map(|id| self.state.object(id))) {
                (Data::Tuple(items), _) => names.extend(items.iter().filter_map(text)),
                (_, Some(Object::List(list))) => names.extend(list.items.iter().filter_map(text)),
                _ => names.push(text(&slots)?),
            }
        }
        if names.iter().any(|name| name == "__dict__") { None } else { Some(names) }
    }
}

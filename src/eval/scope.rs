//! Frames and names.

use super::code::{Code, FileFacts};
use super::exceptions::{NAME_ERROR, UNBOUND_LOCAL_ERROR};
use super::object::Object;
use super::raised::Raised;
use super::value::{ObjectId, Value};
use super::{Data, Evaluator};
use std::sync::Arc;

/// A piece of code under way. What it binds stands in the arena, so a frame itself never changes.
#[derive(Clone, Debug)]
pub struct Frame {
    pub kind: FrameKind,
    pub facts: FileFacts,
    /// Where names are bound: a dict object.
    pub locals: ObjectId,
    pub globals: ObjectId,
    /// The namespaces of functions around, innermost first.
    pub enclosing: Arc<[ObjectId]>,
    pub code: Option<Arc<Code>>,
    /// The class whose body the function stands in, for `super()`.
    pub owner: Option<ObjectId>,
    /// The name of the class around, for `__private` names.
    pub class_name: Option<Arc<str>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FrameKind {
    Module,
    Function,
    Class,
    Comprehension,
}

impl Evaluator<'_> {
    pub(super) fn frame(&self) -> &Frame {
        self.frames.last().expect("internal error: code runs in a frame")
    }

    pub(super) fn namespace_get(&self, namespace: ObjectId, name: &str) -> Option<Value> {
        match self.state.object(namespace) {
            Object::Dict(dict) => match dict.name(name) {
                Some(value) => Some(value.clone()),
                // Something unknown may have bound it: `exec(unknown)`.
                None => dict.rest.as_ref().map(|unknown| Data::Unknown(unknown.clone()).into()),
            },
            _ => None,
        }
    }

    pub(super) fn namespace_set(&mut self, namespace: ObjectId, name: &str, value: Value) {
        let python2 = self.is_python2();
        if let Object::Dict(dict) = self.state.object_mut(namespace) {
            let shown =
                |name: Arc<str>| if python2 { Value::bytes(name.as_bytes()) } else { Value::text(name) };
            dict.set_name(name, shown, value);
        }
    }

    /// The value of a name, by Python's rules of scope.
    pub(super) fn load_name(&mut self, name: &str) -> Result<Value, Raised> {
        if self.frame().kind == FrameKind::Class
            && let Some(mangled) = self.mangled(name)
        {
            return self.load_name(&mangled);
        }
        let frame = self.frame();
        let (kind, locals, globals) = (frame.kind, frame.locals, frame.globals);
        let names = frame.code.as_ref().map(|code| &code.names);
        let declared_global = names.is_some_and(|names| names.globals.contains(name));
        let is_local = names.is_some_and(|names| names.locals.contains(name));
        // What `exec` put beside a function's own names is seen through `locals()` alone on Python 3.
        let beside = kind == FrameKind::Function && !is_local && !self.is_python2() && names.is_some();
        if !declared_global {
            if !beside && let Some(value) = self.namespace_get_exact(locals, name) {
                return Ok(value);
            }
            if kind == FrameKind::Function && is_local {
                if let Some(value) = self.namespace_get(locals, name) {
                    return Ok(value);
                }
                let text = format!("local variable '{name}' referenced before assignment");
                return Err(self.error(&UNBOUND_LOCAL_ERROR, text));
            }
            let enclosing = self.frame().enclosing.clone();
            for namespace in enclosing.iter() {
                if let Some(value) = self.namespace_get_exact(*namespace, name) {
                    return Ok(value);
                }
            }
        }
        // Of what lies beside the own names only that it may be there is asked.
        let known = beside && self.namespace_get_exact(locals, name).is_some();
        self.load_global(name, if known { globals } else { locals }, globals)
    }

    fn load_global(&mut self, name: &str, locals: ObjectId, globals: ObjectId) -> Result<Value, Raised> {
        if let Some(value) = self.namespace_get_exact(globals, name) {
            return Ok(value);
        }
        // A namespace that is open may hide a builtin too; names that every script uses are taken as Python's own.
        if let Some(value) = self.builtin(name)? {
            return Ok(value);
        }
        if name == "__class__"
            && let Some(class) = self.class_around()
        {
            return Ok(class);
        }
        if name == "__annotations__" && !self.is_python2() {
            return Ok(self.unknown_value("annotations are not modelled"));
        }
        for namespace in [locals, globals] {
            if let Some(value) = self.namespace_get(namespace, name) {
                return Ok(value);
            }
        }
        let global =
            if self.is_python2() && self.frame().kind == FrameKind::Function { "global " } else { "" };
        Err(self.error(&NAME_ERROR, format!("{global}name '{name}' is not defined")))
    }

    /// The class whose body the running function stands in.
    fn class_around(&self) -> Option<Value> {
        let owner = self.frame().owner?;
        let index = self.state.objects.iter().position(|object| match object.as_deref() {
            Some(Object::Class(class)) => class.attributes == owner,
            _ => false,
        })?;
        Some(Value::object(ObjectId(index as u32)))
    }

    fn namespace_get_exact(&self, namespace: ObjectId, name: &str) -> Option<Value> {
        match self.state.object(namespace) {
            Object::Dict(dict) => dict.name(name).cloned(),
            _ => None,
        }
    }

    /// A name of the `builtins` module, also one that the script put there.
    pub(super) fn builtin(&mut self, name: &str) -> Result<Option<Value>, Raised> {
        let module = self.native_module(self.builtins_name())?;
        match self.module_member(module, name) {
            // A name of another Python.
            Err(Raised::Exception(_)) => Ok(None),
            found => found,
        }
    }

    /// The name of the module that holds the builtins.
    pub fn builtins_name(&self) -> &'static str {
        if self.is_python2() { "__builtin__" } else { "builtins" }
    }

    pub(super) fn store_name(&mut self, name: &str, value: Value) {
        if self.frame().kind == FrameKind::Comprehension {
            let namespace = self.frame().locals;
            return self.namespace_set(namespace, name, value);
        }
        let namespace = self.binding_namespace(name);
        let mangled = if self.frame().kind == FrameKind::Class { self.mangled(name) } else { None };
        self.namespace_set(namespace, mangled.as_deref().unwrap_or(name), value);
    }

    /// Binds a name with `:=`, which belongs to the scope around comprehensions.
    pub(super) fn store_walrus(&mut self, name: &str, value: Value) {
        let namespace = self.binding_namespace(name);
        self.namespace_set(namespace, name, value);
    }

    /// `__name` inside a class is `_Class__name`.
    pub(super) fn mangled(&self, name: &str) -> Option<String> {
        if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
            return None;
        }
        let class = self.frame().class_name.as_ref()?;
        Some(format!("_{}{name}", class.trim_start_matches('_')))
    }

    /// Where a name is bound: the frame's own namespace, the globals, or a function's around.
    fn binding_namespace(&self, name: &str) -> ObjectId {
        let mut frame = self.frame();
        // A name bound inside a comprehension (`:=`) belongs to the scope around it.
        let mut above = self.frames.len() - 1;
        while frame.kind == FrameKind::Comprehension && above > 0 {
            above -= 1;
            frame = &self.frames[above];
        }
        match &frame.code {
            Some(code) if code.names.globals.contains(name) => frame.globals,
            Some(code) if code.names.nonlocals.contains(name) => frame
                .enclosing
                .iter()
                .copied()
                .find(|namespace| self.namespace_get_exact(*namespace, name).is_some())
                .unwrap_or(frame.locals),
            _ => frame.locals,
        }
    }

    pub(super) fn delete_name(&mut self, name: &str) -> Result<(), Raised> {
        let namespace = self.binding_namespace(name);
        if let Object::Dict(dict) = self.state.object_mut(namespace)
            && (dict.remove_name(name).is_some() || dict.rest.is_some())
        {
            return Ok(());
        }
        Err(self.error(&NAME_ERROR, format!("name '{name}' is not defined")))
    }
}

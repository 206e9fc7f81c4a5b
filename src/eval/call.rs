//! Calls: the script's functions, native functions, classes, and what is unknown.

use super::code::Code;
use super::dict::Dict;
use super::exceptions::{self, TYPE_ERROR};
use super::module::{Class, Entry, Member};
use super::object::{ClassRef, Function, Generator, Object};
use super::raised::{Flow, Raised};
use super::scope::{Frame, FrameKind};
use super::types;
use super::value::{Data, ObjectId, Value};
use super::{CallArguments, Evaluator};
use crate::text::Span;
use std::sync::Arc;

/// What a call's namespace is charged, in bytes.
const NAMESPACE: usize = 250;

impl Evaluator<'_> {
    /// Calls a value with positional arguments.
    pub fn call(&mut self, callee: &Value, arguments: Vec<Value>) -> Result<Value, Raised> {
        self.call_with(callee, CallArguments::positional(arguments))
    }

    /// Calls a value.
    pub fn call_with(&mut self, callee: &Value, arguments: CallArguments) -> Result<Value, Raised> {
        self.budget.steps(1)?;
        self.budget.enter(4)?;
        let result = self.dispatch(callee, arguments);
        self.budget.leave(4);
        result
    }

    /// Calls a method by its name.
    pub fn call_method(&mut self, value: &Value, name: &str, arguments: Vec<Value>) -> Result<Value, Raised> {
        let method = self.get_attribute(value, name)?;
        self.call(&method, arguments)
    }

    fn dispatch(&mut self, callee: &Value, mut arguments: CallArguments) -> Result<Value, Raised> {
        match &callee.data {
            Data::Unknown(unknown) => {
                self.stop_rehearsal(|| format!("it calls what is not followed: {}", unknown.reason));
                self.may_raise(callee);
                self.lose_arguments(&arguments, callee);
                Ok(callee.clone())
            }
            Data::Native(entry) => self.call_native(entry, arguments),
            Data::Class(class) => self.construct_native(class, arguments),
            Data::Bound(bound) => {
                if let Data::Native(entry) = bound.function.data
                    && std::ptr::eq(entry, &raw const types::NEW)
                {
                    return self.explicit_new(&bound.receiver, arguments);
                }
                arguments.positional.insert(0, bound.receiver.clone());
                self.dispatch(&bound.function, arguments)
            }
            Data::Object(id) => match self.state.object(*id) {
                Object::Function(function) => {
                    let function = function.clone();
                    self.call_function(function, arguments)
                }
                Object::Class(_) => match self.method(callee, "__call__")? {
                    Some(method) => self.dispatch(&method, arguments),
                    None => self.construct_script(*id, arguments),
                },
                Object::Instance(_) => match self.method(callee, "__call__")? {
                    Some(method) => self.dispatch(&method, arguments),
                    None => match self.unknown_base(self.class_of(callee)) {
                        Some(unknown) => {
                            let unknown: Value = Data::Unknown(unknown).into();
                            self.dispatch(&unknown, arguments)
                        }
                        None => Err(self.not_supported(callee, "is not callable")),
                    },
                },
                Object::StaticMethod(function) | Object::ClassMethod(function) => {
                    let function = function.clone();
                    self.dispatch(&function, arguments)
                }
                _ => Err(self.not_supported(callee, "is not callable")),
            },
            _ => Err(self.not_supported(callee, "is not callable")),
        }
    }

    /// Calls a function of a table.
    fn call_native(&mut self, entry: &'static Entry, arguments: CallArguments) -> Result<Value, Raised> {
        let mut member = &entry.1;
        while let Member::Only(_, inner) = member {
            member = inner;
        }
        match member {
            Member::Function(native) | Member::ClassMethod(native) | Member::StaticMethod(native) => {
                self.run_native(entry.0, native, arguments)
            }
            Member::Opaque(reason) => {
                self.stop_rehearsal(|| format!("it calls `{}`: {reason}", entry.0));
                let unknown = self.unknown_value(*reason);
                self.may_raise(&unknown);
                Ok(unknown)
            }
            Member::Ignored => {
                self.rehearse_ignored(entry, &arguments);
                Ok(Value::NONE)
            }
            _ => Err(self.error(&TYPE_ERROR, format!("'{}' is not callable", entry.0))),
        }
    }

    fn run_native(
        &mut self,
        name: &str,
        native: &'static super::module::Native,
        arguments: CallArguments,
    ) -> Result<Value, Raised> {
        if !native.looks_at_unknown
            && let Some(unknown) = Self::unknown_among(&arguments)
        {
            self.stop_rehearsal(|| format!("it calls `{name}` with what is not known"));
            self.may_raise(&unknown);
            self.lose_arguments(&arguments, &unknown);
            return Ok(unknown);
        }
        let bound = self.bind_native(name, &native.signature, arguments)?;
        match (native.call)(self, &bound) {
            Err(Raised::Unknown(unknown)) => {
                self.stop_rehearsal(|| format!("what its call of `{name}` does is not known"));
                self.may_raise(&unknown);
                Ok(unknown)
            }
            Ok(value) => {
                match &value.data {
                    Data::Text(text) => self.budget.bytes(text.len())?,
                    Data::Bytes(bytes) => self.budget.bytes(bytes.len())?,
                    _ => {}
                }
                Ok(value)
            }
            error => error,
        }
    }

    fn call_function(&mut self, function: Function, arguments: CallArguments) -> Result<Value, Raised> {
        let locals = self.bind_parameters(&function, arguments)?;
        if function.code.generator {
            return Ok(Value::object(self.allocate(Object::Generator(Generator::new(function, locals)))));
        }
        self.run_function(&function, locals, None)
    }

    /// Runs a body whose parameters are bound; what it yields goes into a list.
    pub(super) fn run_function(
        &mut self,
        function: &Function,
        locals: ObjectId,
        yields: Option<ObjectId>,
    ) -> Result<Value, Raised> {
        let mut frame = Self::function_frame(function, locals);
        let call_place = self.here;
        if frame.facts.own {
            frame.facts.stands_for = Some(call_place);
        }
        self.frames.push(frame);
        self.yielded.push(yields);
        let base = self.alternatives.len();
        let handled = self.state.handled.clone();
        let result = self.execute_block(&function.code.body);
        self.frames.pop();
        self.yielded.pop();
        let result = self.join_returns(base, result);
        if self.is_python2() {
            self.state.handled = handled;
        }
        self.here = call_place;
        result
    }

    pub(super) fn function_frame(function: &Function, locals: ObjectId) -> Frame {
        Frame {
            kind: if function.code.is_expression { FrameKind::Comprehension } else { FrameKind::Function },
            facts: function.code.facts,
            locals,
            globals: function.globals,
            enclosing: function.enclosing.clone(),
            code: Some(function.code.clone()),
            owner: function.owner,
            class_name: function.class_name.clone(),
        }
    }

    /// Binds a call to a function's parameters: the namespace of its body.
    fn bind_parameters(&mut self, function: &Function, call: CallArguments) -> Result<ObjectId, Raised> {
        let code = function.code.clone();
        let parameters = &code.parameters;
        let name = &code.name;
        // A closure may keep it: no namespace is given back before the run ends.
        self.charge_bytes(NAMESPACE)?;
        let locals = self.allocate(Object::Dict(Dict::default()));
        let positional = parameters.posonlyargs.len() + parameters.args.len();
        let mut bound: Vec<Option<Value>> = vec![None; positional + parameters.kwonlyargs.len()];
        let given = call.positional.len();
        let mut rest = Vec::new();
        for (index, value) in call.positional.into_iter().enumerate() {
            match bound.get_mut(index).filter(|_| index < positional) {
                Some(slot) => *slot = Some(value),
                None => rest.push(value),
            }
        }
        if !rest.is_empty() && parameters.vararg.is_none() {
            let text = format!("{name}() takes {positional} positional arguments but {given} were given");
            return Err(self.error(&TYPE_ERROR, text));
        }
        let mut more = Dict::default();
        for keyword in call.keywords {
            // The name of a positional-only parameter is free for `**keywords`.
            let skipped = if parameters.kwarg.is_some() { parameters.posonlyargs.len() } else { 0 };
            let mut named = code.named_parameters().skip(skipped);
            let place = named.position(|p| p.def.arg.as_str() == &*keyword.name).map(|index| index + skipped);
            match place {
                Some(index) if bound[index].is_none() && index >= parameters.posonlyargs.len() => {
                    bound[index] = Some(keyword.value);
                }
                Some(_) => {
                    let text = format!("{name}() got multiple values for argument '{}'", keyword.name);
                    return Err(self.error(&TYPE_ERROR, text));
                }
                None if parameters.kwarg.is_some() => {
                    let shown = self.native_text(&keyword.name);
                    more.set_name(&keyword.name, |_| shown, keyword.value);
                }
                None => {
                    let text = format!("{name}() got an unexpected keyword argument '{}'", keyword.name);
                    return Err(self.error(&TYPE_ERROR, text));
                }
            }
        }
        for (index, parameter) in code.named_parameters().enumerate() {
            let default = function.defaults.get(index).cloned().flatten();
            let value = match (bound[index].take(), &call.more, default) {
                (Some(value), _, _) => value,
                (None, Some(more), _) => more.clone(),
                (None, None, Some(default)) => default,
                (None, None, None) => {
                    let kind = if index < positional { "positional" } else { "keyword-only" };
                    let missing = &parameter.def.arg;
                    let text = format!("{name}() missing 1 required {kind} argument: '{missing}'");
                    return Err(self.error(&TYPE_ERROR, text));
                }
            };
            self.namespace_set(locals, parameter.def.arg.as_str(), value);
        }
        if let Some(vararg) = &parameters.vararg {
            let value = call.more.clone().unwrap_or_else(|| Value::tuple(rest));
            self.namespace_set(locals, vararg.arg.as_str(), value);
        }
        if let Some(kwarg) = &parameters.kwarg {
            more.rest = call.more.as_ref().and_then(|more| more.as_unknown()).cloned();
            if call.unordered && more.len() > 1 {
                more.lose_order();
            }
            let dict = Value::object(self.allocate(Object::Dict(more)));
            self.namespace_set(locals, kwarg.arg.as_str(), dict);
        }
        Ok(locals)
    }

    fn construct_native(&mut self, class: &'static Class, arguments: CallArguments) -> Result<Value, Raised> {
        if let Some(native) = &class.new {
            return self.run_native(class.name, native, arguments);
        }
        let class = self.specific_error(class, &arguments);
        let instance = self.instance(class);
        if class.derives_from(&exceptions::BASE_EXCEPTION) {
            self.put_attribute(&instance, "args", Value::tuple(arguments.positional.clone()));
        }
        if let Some((_, entry)) = class.member("__init__") {
            let mut arguments = arguments;
            arguments.positional.insert(0, instance.clone());
            let result = self.call_native(entry, arguments)?;
            if result.is_unknown() {
                // Some argument was unknown: what `__init__` would have set is unknown too.
                self.open_attributes(&instance, &result);
            }
        }
        Ok(instance)
    }

    /// Marks an instance's attributes beyond those set as unknown.
    pub fn open_attributes(&mut self, instance: &Value, unknown: &Value) {
        if let (Some(id), Some(unknown)) = (instance.as_object(), unknown.as_unknown())
            && let Object::Instance(instance) = self.state.object(id)
        {
            let attributes = instance.attributes;
            if let Object::Dict(dict) = self.state.object_mut(attributes) {
                dict.rest = Some(unknown.clone());
            }
        }
    }

    /// `Metaclass(name, bases, namespace)` of the script's own: a class of which more may be true than is written in it.
    fn call_metaclass(&mut self, arguments: &CallArguments) -> Result<Value, Raised> {
        let unknown = self.unknown_value("metaclasses are not modelled");
        let [name, bases, namespace] = arguments.positional.as_slice() else { return Ok(unknown) };
        let (name, bases) = (self.text_of(name)?, self.items(bases)?);
        let attributes = self.new_namespace();
        for (key, value) in self.dict_items(namespace)? {
            let key = self.text_of(&key)?;
            self.namespace_set(attributes, &key, value);
        }
        self.make_class(&name, bases, attributes, Some(unknown))
    }

    fn construct_script(&mut self, id: ObjectId, arguments: CallArguments) -> Result<Value, Raised> {
        let class = Value::object(id);
        if self.class_order(ClassRef::Script(id)).contains(&ClassRef::Native(&types::TYPE)) {
            return self.call_metaclass(&arguments);
        }
        let made = match self.class_member_of_script(id, "__new__") {
            Some(function) => {
                let mut arguments = arguments.clone();
                arguments.positional.insert(0, class.clone());
                let made = self.call_with(&function, arguments)?;
                if self.class_of(&made) != ClassRef::Script(id) {
                    return Ok(made);
                }
                made
            }
            None => self.new_instance(id, &arguments)?,
        };
        // Methods behind operators and calls are looked up on the class: no `__getattribute__` sees that.
        let found = match made.as_object() {
            Some(id) => self.own_or_class_attribute(&made, id, "__init__")?,
            None => None,
        };
        let init = match found {
            Some(init) => init,
            None => self.get_attribute(&made, "__init__")?,
        };
        if init.is_unknown() {
            return Ok(made);
        }
        let plain = matches!(&init.data, Data::Bound(bound) if matches!(bound.function.data, Data::Native(entry)
            if std::ptr::eq(entry, &raw const types::OBJECT.members[0])));
        let given = !arguments.positional.is_empty() || !arguments.keywords.is_empty();
        if plain
            && given
            && self.plain(&made).is(&made)
            && self.class_member_of_script(id, "__new__").is_none()
        {
            let name = self.class_name(ClassRef::Script(id));
            return Err(self.error(&TYPE_ERROR, format!("{name}() takes no arguments")));
        }
        let result = self.call_with(&init, arguments)?;
        if !result.is_none() && !result.is_unknown() {
            let kind = self.type_name(&result);
            return Err(self.error(&TYPE_ERROR, format!("__init__() should return None, not '{kind}'")));
        }
        Ok(made)
    }

    /// A name that one of the script's own classes in the order holds, unbound.
    fn class_member_of_script(&self, id: ObjectId, name: &str) -> Option<Value> {
        self.class_order(ClassRef::Script(id)).into_iter().find_map(|class| match class {
            ClassRef::Script(id) => match self.state.object(id) {
                Object::Class(class) => match self.namespace_get(class.attributes, name) {
                    Some(Value { data: Data::Object(id), .. }) => match self.state.object(id) {
                        Object::StaticMethod(function) => Some(function.clone()),
                        _ => Some(Value::object(id)),
                    },
                    other => other,
                },
                _ => None,
            },
            ClassRef::Native(_) => None,
        })
    }

    /// `object.__new__` and that of built-in types: an instance with the value it stands for.
    fn new_instance(&mut self, id: ObjectId, arguments: &CallArguments) -> Result<Value, Raised> {
        let order = self.class_order(ClassRef::Script(id));
        let native = order.iter().find_map(|class| match class {
            ClassRef::Native(class) if class.new.is_some() => Some(*class),
            _ => None,
        });
        let mutable = [&types::LIST, &types::DICT, &types::SET];
        let payload = match native {
            None => None,
            // Its name is `__init__`'s argument.
            Some(class) if std::ptr::eq(class, &raw const types::MODULE) => Some(self.make_module("").0),
            Some(class) if mutable.iter().any(|base| class.derives_from(base)) => {
                Some(self.construct_native(class, CallArguments::default())?)
            }
            Some(class) => Some(self.construct_native(class, arguments.clone())?),
        };
        if let Some(unknown) = payload.as_ref().filter(|payload| payload.is_unknown()) {
            return Ok(unknown.clone());
        }
        let instance = self.instance_of(ClassRef::Script(id), payload);
        if order.contains(&ClassRef::Native(&exceptions::BASE_EXCEPTION)) {
            let args = if self.is_python2() { Vec::new() } else { arguments.positional.clone() };
            self.put_attribute(&instance, "args", Value::tuple(args));
        }
        Ok(instance)
    }

    /// `Base.__new__(cls, …)`.
    fn explicit_new(&mut self, base: &Value, mut arguments: CallArguments) -> Result<Value, Raised> {
        if arguments.positional.is_empty() {
            return Err(self.error(&TYPE_ERROR, "__new__(): not enough arguments"));
        }
        let class = arguments.positional.remove(0);
        match &class.data {
            Data::Object(id) if matches!(self.state.object(*id), Object::Class(_)) => {
                let plain_object = matches!(&base.data, Data::Class(class) if std::ptr::eq(*class, &raw const types::OBJECT));
                if plain_object {
                    arguments = CallArguments::default();
                }
                self.new_instance(*id, &arguments)
            }
            Data::Class(native) => self.construct_native(native, arguments),
            _ => Err(self.unknown("`__new__` with what is no class")),
        }
    }

    /// The function object that `def` or `lambda` makes.
    pub(super) fn make_function(&mut self, code: Arc<Code>, defaults: Vec<Option<Value>>) -> Value {
        let mut object = self.function_object(code);
        if let Object::Function(function) = &mut object {
            function.defaults = defaults.into();
        }
        Value::object(self.allocate(object))
    }

    /// A function without defaults, in the running scope.
    pub(super) fn function_object(&self, code: Arc<Code>) -> Object {
        let frame = self.frame();
        let globals = frame.globals;
        let owner = if frame.kind == FrameKind::Class { Some(frame.locals) } else { frame.owner };
        let mut enclosing: Vec<ObjectId> = Vec::new();
        if matches!(frame.kind, FrameKind::Function | FrameKind::Comprehension) {
            enclosing.push(frame.locals);
        }
        enclosing.extend(frame.enclosing.iter());
        let class_name = frame.class_name.clone();
        let (enclosing, defaults) = (enclosing.into(), Arc::new([]));
        Object::Function(Function { code, globals, enclosing, defaults, attributes: None, owner, class_name })
    }

    /// Joins the paths on which a function returned early with how its body ended.
    fn join_returns(&mut self, base: usize, result: Result<(), Flow>) -> Result<Value, Raised> {
        let (mut value, raised) = match result {
            Ok(()) | Err(Flow::Break | Flow::Continue) => (Some(Value::NONE), None),
            Err(Flow::Return(value) | Flow::Yield(value)) => (Some(value), None),
            Err(Flow::Raise(Raised::Unknown(unknown))) => (Some(unknown), None),
            Err(Flow::Raise(raised @ Raised::Exhausted(_))) => return Err(raised),
            Err(Flow::Raise(raised)) => (None, Some(raised)),
        };
        let returns = self.take_alternatives(base, |flow| matches!(flow, Flow::Return(_)));
        for alternative in returns {
            let Flow::Return(early) = alternative.flow else { continue };
            if let Some(late) = value.take() {
                let joined = self.join_with(alternative.state, alternative.place, vec![(early, late)])?;
                value = joined.into_iter().next();
            } else {
                // The body's own end is a raise: the path that returns is the one that goes on.
                let ended = std::mem::replace(&mut self.state, alternative.state);
                if let Some(raised) = raised.clone() {
                    self.push_alternative(ended, Flow::Raise(raised), alternative.place)?;
                }
                value = Some(early);
            }
        }
        match (value, raised) {
            (Some(value), _) => Ok(value),
            (None, Some(raised)) => Err(raised),
            (None, None) => Ok(Value::NONE),
        }
    }

    /// The place of the code of a call, for messages and origins.
    pub(super) fn at<T>(&mut self, span: Span, run: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.here, span);
        let result = run(self);
        self.here = before;
        result
    }
}

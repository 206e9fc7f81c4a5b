//! What lives in the arena: everything that has an identity.

use super::code::Code;
use super::dict::{Dict, Set};
use super::generator::Step;
use super::lazy::Lazy;
use super::module::{Carried, Class, Module};
use super::value::{ObjectId, Unknown, Value};
use std::sync::Arc;

/// One object. States share objects until one of them changes it.
#[derive(Clone, Debug)]
pub enum Object {
    List(List),
    Dict(Dict),
    Set(Set),
    Instance(Instance),
    Class(ScriptClass),
    Function(Function),
    Module(ModuleObject),
    Iterator(Iteration),
    Generator(Generator),
    Lazy(Lazy),
    View(View),
    /// A wrapper that a class body holds.
    Property(Property),
    StaticMethod(Value),
    ClassMethod(Value),
    Super(Super),
}

/// A list; `rest` says that items of unknown number follow.
#[derive(Clone, Debug, Default)]
pub struct List {
    pub items: Vec<Value>,
    pub rest: Option<Arc<Unknown>>,
    /// Of a list of which only the order is unknown, and that nothing has changed since: its items. To all others it is a
    /// list of unknown items, of which `rest` says why.
    pub shuffled: Option<Arc<[Value]>>,
    /// Of a list in the order that directories have, which is each machine's own (here sorted), and that nothing has changed
    /// since: how many items at its front stand there everywhere.
    pub listed: Option<usize>,
}

impl List {
    pub fn new(items: Vec<Value>, rest: Option<Arc<Unknown>>) -> Self {
        Self { items, rest, shuffled: None, listed: None }
    }
}

/// An instance of a modelled or of the script's own class.
#[derive(Clone, Debug)]
pub struct Instance {
    pub class: ClassRef,
    /// Its `__dict__`, a dict object.
    pub attributes: ObjectId,
    /// The value that an instance of a subclass of `str`, `list`, `dict`, … stands for.
    pub payload: Option<Value>,
    /// What Rust code keeps with it.
    pub carried: Option<Carried>,
}

/// A class of either kind.
#[derive(Clone, Copy, Debug)]
pub enum ClassRef {
    Native(&'static Class),
    Script(ObjectId),
}

impl PartialEq for ClassRef {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Native(a), Self::Native(b)) => std::ptr::eq(*a, *b),
            (Self::Script(a), Self::Script(b)) => a == b,
            _ => false,
        }
    }
}

impl ClassRef {
    pub fn value(self) -> Value {
        match self {
            Self::Native(class) => Value::class(class),
            Self::Script(id) => Value::object(id),
        }
    }
}

/// A class that the script makes.
#[derive(Clone, Debug)]
pub struct ScriptClass {
    pub name: Arc<str>,
    pub bases: Vec<Value>,
    /// Itself first; `object` is not among them.
    pub order: Vec<ClassRef>,
    /// Its `__dict__`, a dict object.
    pub attributes: ObjectId,
    /// A class of Python 2 that does not derive from `object`.
    pub classic: bool,
    /// An unknown base: what is not found elsewhere may be there.
    pub unknown_base: Option<Value>,
}

/// A function or lambda of the script.
#[derive(Clone, Debug)]
pub struct Function {
    pub code: Arc<Code>,
    pub globals: ObjectId,
    /// The namespaces of the functions around it, innermost first.
    pub enclosing: Arc<[ObjectId]>,
    /// By parameter, positional ones first, then keyword-only ones.
    pub defaults: Arc<[Option<Value>]>,
    pub attributes: Option<ObjectId>,
    /// The class whose body it stands in, for `super()`.
    pub owner: Option<ObjectId>,
    pub class_name: Option<Arc<str>>,
}

/// An imported module.
#[derive(Clone, Debug)]
pub struct ModuleObject {
    pub name: Arc<str>,
    /// Its `__dict__`.
    pub namespace: ObjectId,
    /// The model, for modules that are not the project's.
    pub native: Option<&'static Module>,
    /// Why what it lacks is unknown: it is not modelled, or its own code could not be followed to the end.
    pub partial: Option<Arc<Unknown>>,
}

/// An iterator over items that are already there.
#[derive(Clone, Debug, Default)]
pub struct Iteration {
    pub items: Arc<[Value]>,
    pub next: usize,
    pub rest: Option<Arc<Unknown>>,
}

/// A generator that has not come to its end.
#[derive(Clone, Debug)]
pub struct Generator {
    pub function: Function,
    pub locals: ObjectId,
    pub started: bool,
    pub running: bool,
    /// Where it stopped, outermost last.
    pub steps: Vec<Step>,
}

impl Generator {
    pub fn new(function: Function, locals: ObjectId) -> Self {
        Self { function, locals, started: false, running: false, steps: Vec::new() }
    }
}

/// `dict.keys()`, `.values()`, `.items()` of Python 3.
#[derive(Clone, Copy, Debug)]
pub struct View {
    pub kind: ViewKind,
    pub dict: ObjectId,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ViewKind {
    Keys,
    Values,
    Items,
}

impl ViewKind {
    /// What a walk meets at an entry.
    pub(super) fn item(self, key: &Value, value: &Value) -> Value {
        match self {
            Self::Keys => key.clone(),
            Self::Values => value.clone(),
            Self::Items => Value::tuple(vec![key.clone(), value.clone()]),
        }
    }
}

/// `property(getter, setter)`.
#[derive(Clone, Debug)]
pub struct Property {
    pub getter: Value,
    pub setter: Value,
    pub deleter: Value,
    pub doc: Value,
}

/// `super(class, instance)`.
#[derive(Clone, Debug)]
pub struct Super {
    pub after: ClassRef,
    pub receiver: Value,
}

//! One evaluation from beginning to end, and what it gives.

use super::budget::Budget;
use super::dict::Set;
use super::files::without_root;
use super::hash_order::Word;
use super::object::{ClassRef, Object};
use super::origin::Origins;
use super::raised::{Limit, Raised};
use super::set_order::Unsettled;
use super::state::{SetupCall, State};
use super::value::{Data, ObjectId, Value};
use super::{Environment, Evaluator, LookedAt, Module, Session, names_this_machine, standard_library};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::{LIMIT_REACHED, MISSING_MODULE, SETUP_NOT_REACHED};
use crate::packaging::Target;
use crate::syntax::python::ast;
use crate::system::{System, stack};
use crate::text::{Sources, Span};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// Modules that are taken as there one after the other, because nothing replaces them.
const MAX_ASSUMED: usize = 40;

/// What an evaluation found.
#[derive(Debug)]
pub struct Outcome {
    state: State,
    origins: Origins,
    root: Span,
    /// Whether the target is Python 2, whose `str` is bytes.
    is_python2: bool,
    /// The calls of `setup()` on the paths that reached it, joined; usually one.
    pub setup_calls: Vec<SetupCall>,
    /// What of setuptools itself the script sets anew, and where.
    pub patches: Vec<(String, Span)>,
    pub diagnostics: Vec<Diagnostic>,
    /// What was taken for granted on the way.
    pub assumptions: Vec<Assumption>,
    /// How the paths that did not reach `setup()` ended.
    pub ended: Vec<PathEnd>,
    /// Files that were read, below the root.
    pub files_read: BTreeSet<String>,
    /// Variables of the environment that were asked for.
    pub variables_read: BTreeSet<String>,
    /// Modules that the clean environment lacks and that were taken as there, with the import.
    pub missing_modules: BTreeMap<String, Span>,
    pub looked_at: LookedAt,
    /// In a cell, because a look at a set is a walk over it.
    unsettled: RefCell<Unsettled>,
    python2: bool,
    /// The budget that ran out, if one did.
    pub exhausted: Option<Limit>,
}

/// Something taken for granted: "taken as passing".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assumption {
    pub span: Span,
    pub text: String,
}

/// How a path ended before `setup()`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PathEnd {
    /// Where.
    pub span: Span,
    /// "raises `SystemExit: needs Python 3`".
    pub text: String,
    /// The condition that it hung on, when another path goes on.
    pub condition: Option<Span>,
}

/// What a class of the script's own is made of.
#[derive(Clone, Debug)]
pub struct ClassBody<'a> {
    pub bases: &'a [Value],
    /// By name.
    pub members: Vec<(String, Value)>,
}

/// A value as readers outside see it.
#[derive(Clone, Debug)]
pub enum View {
    None,
    Bool(bool),
    /// In decimal.
    Int(String),
    Float(f64),
    /// Text; bytes of Python 2 in UTF-8 too.
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Value>),
    Tuple(Vec<Value>),
    /// In the order in which Python walks it.
    Set(Vec<Value>),
    /// In order; an entry whose value is unknown may be absent.
    Dict(Vec<(Value, Value)>),
    /// Its class's name.
    Instance(String),
    Class(String),
    Function(String),
    Unknown(super::Unknown),
    /// Anything else, by the name of its type.
    Other(String),
}

impl Outcome {
    /// Looks into a value.
    pub fn view(&self, value: &Value) -> View {
        match &value.data {
            Data::None => View::None,
            Data::Bool(flag) => View::Bool(*flag),
            Data::Int(number) => View::Int(number.to_string()),
            Data::Big(number) => View::Int(number.to_string()),
            Data::Float(number) => View::Float(*number),
            Data::Text(text) => self.text_view(text, value),
            Data::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => self.text_view(text, value),
                Err(_) => View::Bytes(bytes.to_vec()),
            },
            Data::Tuple(items) => View::Tuple(items.to_vec()),
            Data::Unknown(unknown) => View::Unknown((**unknown).clone()),
            Data::Class(class) => View::Class(class.name.to_owned()),
            Data::Native(entry) => View::Function(entry.0.to_owned()),
            Data::Slice(_) => View::Other("slice".to_owned()),
            Data::Ellipsis => View::Other("ellipsis".to_owned()),
            Data::NotImplemented => View::Other("NotImplementedType".to_owned()),
            Data::Bound(bound) => self.view(&bound.function),
            Data::Object(id) => self.object_view(*id),
        }
    }

    /// Whether a value is a `unicode` of Python 2, which distutils does not take for a string.
    pub fn is_unicode(&self, value: &Value) -> bool {
        self.is_python2 && matches!(value.data, Data::Text(_))
    }

    /// The walks over sets whose order Python 3 does not settle, also those of looks at the outcome.
    pub fn unsettled(&self) -> Unsettled {
        self.unsettled.borrow().clone()
    }

    fn text_view(&self, text: &str, value: &Value) -> View {
        if names_this_machine(text) {
            return View::Unknown(super::Unknown {
                reason: "it names the directory that the project lies in".into(),
                span: self.origins.span(value.origin).unwrap_or(self.root),
                others: Vec::new(),
                maybe_absent: false,
            });
        }
        View::Text(text.to_owned())
    }

    fn object_view(&self, id: ObjectId) -> View {
        match self.state.object(id) {
            Object::List(list) => match &list.rest {
                Some(unknown) => View::Unknown((**unknown).clone()),
                None => View::List(list.items.clone()),
            },
            Object::Set(set) => match &set.rest {
                Some(unknown) => View::Unknown((**unknown).clone()),
                None => View::Set(self.set_items(set)),
            },
            Object::Dict(dict) => match &dict.rest {
                Some(unknown) => View::Unknown((**unknown).clone()),
                None => View::Dict(dict.iter().map(|(_, key, value)| (key.clone(), value.clone())).collect()),
            },
            Object::Iterator(iteration) => match &iteration.rest {
                Some(unknown) => View::Unknown((**unknown).clone()),
                None => View::List(iteration.items.get(iteration.next..).unwrap_or_default().to_vec()),
            },
            Object::View(view) => match (self.object_view(view.dict), view.kind) {
                (View::Dict(entries), super::object::ViewKind::Keys) => {
                    View::List(entries.into_iter().map(|(key, _)| key).collect())
                }
                (View::Dict(entries), super::object::ViewKind::Values) => {
                    View::List(entries.into_iter().map(|(_, value)| value).collect())
                }
                (View::Unknown(unknown), _) => View::Unknown(unknown),
                _ => View::Other("dict_items".to_owned()),
            },
            Object::Instance(instance) => match &instance.payload {
                Some(payload) => self.view(payload),
                None => View::Instance(self.class_name(instance.class)),
            },
            Object::Class(class) => View::Class(class.name.to_string()),
            Object::Function(function) => View::Function(function.code.name.to_string()),
            Object::Module(_) => View::Other("module".to_owned()),
            Object::Lazy(_) => View::Other("iterator".to_owned()),
            Object::Generator(_) => View::Other("generator".to_owned()),
            _ => View::Other("object".to_owned()),
        }
    }

    fn set_items(&self, set: &Set) -> Vec<Value> {
        if self.python2 {
            let walked = set.table_order(|| Word::Wide);
            return walked
                .map_or_else(|| set.values(), |items| items.into_iter().map(|(_, item)| item).collect());
        }
        let order = set.settled_order(|| false).or_else(|| {
            let place = set.values().iter().find_map(|item| self.place(item)).unwrap_or(self.root);
            self.unsettled.borrow_mut().walk(set.keys(), place)
        });
        let order = order.unwrap_or_else(|| set.unrandomised_order());
        set.in_order(order).into_iter().map(|(_, item)| item).collect()
    }

    fn class_name(&self, class: ClassRef) -> String {
        match class {
            ClassRef::Native(class) => class.name.to_owned(),
            ClassRef::Script(id) => match self.state.object(id) {
                Object::Class(class) => class.name.to_string(),
                _ => String::new(),
            },
        }
    }

    /// The names of a class or an instance's class and of all its bases, nearest first, with their modules for modelled
    /// ones (`setuptools.command.test.test`).
    pub fn class_names(&self, value: &Value) -> Vec<String> {
        let class = match &value.data {
            Data::Class(class) => ClassRef::Native(class),
            Data::Object(id) => match self.state.object(*id) {
                Object::Class(_) => ClassRef::Script(*id),
                Object::Instance(instance) => instance.class,
                _ => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        let order = match class {
            ClassRef::Native(class) => class.linear().into_iter().map(ClassRef::Native).collect(),
            ClassRef::Script(id) => match self.state.object(id) {
                Object::Class(class) => class.order.clone(),
                _ => Vec::new(),
            },
        };
        let name = |class: &ClassRef| match class {
            ClassRef::Native(class) => format!("{}.{}", class.module, class.name),
            ClassRef::Script(_) => self.class_name(*class),
        };
        order.iter().map(name).collect()
    }

    /// Whether a value is walked over only once.
    pub fn is_iterator(&self, value: &Value) -> bool {
        let object = value.as_object().map(|id| self.state.object(id));
        matches!(object, Some(Object::Iterator(_) | Object::Generator(_) | Object::Lazy(_)))
    }

    /// A class that the script makes: its bases, and what its body defines. `None` for other values, and for classes of
    /// which a base or the metaclass is unknown.
    pub fn class_body(&self, value: &Value) -> Option<ClassBody<'_>> {
        let Object::Class(class) = self.state.object(value.as_object()?) else { return None };
        let Object::Dict(attributes) = self.state.object(class.attributes) else { return None };
        if class.unknown_base.is_some() || attributes.rest.is_some() {
            return None;
        }
        let name = |key: &Value| match self.view(key) {
            View::Text(text) => text,
            _ => String::new(),
        };
        let members = attributes.iter().map(|(_, key, value)| (name(key), value.clone())).collect();
        Some(ClassBody { bases: &class.bases, members })
    }

    /// What a name of the module means in a function that the script makes, once the script is done.
    pub fn global(&self, function: &Value, name: &str) -> Option<Value> {
        let Object::Function(function) = self.state.object(function.as_object()?) else { return None };
        let enclosing = function.enclosing.iter().chain(std::iter::once(&function.globals));
        let mut found = enclosing.filter_map(|namespace| match self.state.object(*namespace) {
            Object::Dict(namespace) => namespace.name(name).cloned(),
            _ => None,
        });
        found.next()
    }

    /// The statements of a function that the script makes.
    pub fn function_body(&self, value: &Value) -> Option<&[ast::Stmt]> {
        match self.state.object(value.as_object()?) {
            Object::Function(function) => Some(&function.code.body),
            _ => None,
        }
    }

    /// An attribute that an instance itself has (an `Extension`'s `name`).
    pub fn attribute(&self, value: &Value, name: &str) -> Option<Value> {
        let Object::Instance(instance) = self.state.object(value.as_object()?) else { return None };
        match self.state.object(instance.attributes) {
            Object::Dict(dict) => dict.name(name).cloned(),
            _ => None,
        }
    }

    /// Where a value was made or last handed on.
    pub fn place(&self, value: &Value) -> Option<Span> {
        self.origins.span(value.origin)
    }

    /// The places that a value came through, nearest first.
    pub fn trail(&self, value: &Value) -> Vec<Span> {
        self.origins.trail(value.origin)
    }
}

/// What is said of a module that was taken as there, and what to do.
fn missing_told(name: &str, target: Target) -> (String, String) {
    let top = name.split('.').next().unwrap_or(name);
    if ["setuptools", "distutils", "pkg_resources"].contains(&top) {
        let text = format!("`{name}` is no longer in setuptools");
        let help = "do without it, or ask for an older setuptools in `requires` of `[build-system]` in pyproject.toml";
        return (text, help.to_owned());
    }
    if standard_library::exists(top, target) == standard_library::Answer::NotHere {
        let text = format!("`{name}` is not in every version of Python");
        return (text, format!("import something else where `{name}` is missing"));
    }
    let text = format!("`{name}` is not there in a clean build environment");
    let help = format!("add what provides `{name}` to `requires` of `[build-system]` in pyproject.toml");
    (text, help)
}

/// Evaluates a script of the project for one environment.
///
/// `session` is shared between the runs of one project over one `sources`.
pub fn run(
    session: &mut Session,
    environment: &Environment,
    system: &dyn System,
    sources: &mut Sources,
    modules: &'static [&'static Module],
    script: &str,
) -> Outcome {
    stack::deep(|| run_here(session, environment, system, sources, modules, script))
}

/// Runs again with each module taken as there whose absence nothing in the script makes up for.
fn run_here(
    session: &mut Session,
    environment: &Environment,
    system: &dyn System,
    sources: &mut Sources,
    modules: &'static [&'static Module],
    script: &str,
) -> Outcome {
    let mut assumed: BTreeMap<String, Span> = BTreeMap::new();
    loop {
        let evaluator = Evaluator::new(session, environment, system, sources, modules, &assumed);
        let (outcome, missed) = evaluator.run_script(script);
        match missed {
            Some((name, place)) if assumed.len() < MAX_ASSUMED && !assumed.contains_key(&name) => {
                assumed.insert(name, place);
            }
            _ => return outcome,
        }
    }
}

impl<'run> Evaluator<'run> {
    fn new(
        session: &'run mut Session,
        environment: &'run Environment,
        system: &'run dyn System,
        sources: &'run mut Sources,
        modules: &'static [&'static Module],
        assumed_modules: &'run BTreeMap<String, Span>,
    ) -> Self {
        let root = sources.add("", "");
        let budget = Budget::new(session.patience.clone());
        let mut made = Self {
            state: State::default(),
            session,
            environment,
            system,
            sources,
            modules,
            budget,
            origins: Origins::default(),
            frames: Vec::new(),
            alternatives: Vec::new(),
            guarded: 0,
            here: Span::new(root, 0, 0),
            next_object: 0,
            looked_at: Cell::default(),
            unsettled: RefCell::new(Unsettled::new(environment.attempt)),
            diagnostics: Vec::new(),
            assumed_modules,
            missing_modules: Vec::new(),
            files_read: BTreeSet::new(),
            variables_read: BTreeSet::new(),
            yielded: Vec::new(),
            resume: Vec::new(),
            suspended: Vec::new(),
            sent: None,
            lost_yield: None,
            generator_result: None,
            unknown_asserts: Vec::new(),
            rehearsal: None,
            exhausted_at: None,
            default_utf8: false,
            syntax_errors: Vec::new(),
            printing: Vec::new(),
            printing_tuples: Vec::new(),
        };
        made.make_native_modules();
        made.state.directory = made.project_root().into();
        let modules = made.new_module_namespace();
        made.state.modules = Some(modules);
        made
    }

    /// Runs the script as `__main__`; with the module whose absence ended it before `setup()`, if one did.
    fn run_script(mut self, script: &str) -> (Outcome, Option<(String, Span)>) {
        let path = self.absolute(script);
        let (main, namespace) = self.make_module("__main__");
        for (name, text) in [("__name__", "__main__"), ("__file__", path.as_str())] {
            let value = self.native_text(text);
            self.namespace_set(namespace, name, value);
        }
        self.namespace_set(namespace, "__package__", Value::NONE);
        if let Some(modules) = self.state.modules {
            self.namespace_set(modules, "__main__", main);
            for name in ["sys", "os", "os.path", "io", "builtins", "re", "types", "codecs", "setuptools"] {
                if let Ok(id) = self.native_module(name) {
                    self.namespace_set(modules, name, Value::object(id));
                }
            }
        }
        let result = self.run_file(&path, namespace);
        self.finish(result)
    }

    fn finish(mut self, result: Result<(), Raised>) -> (Outcome, Option<(String, Span)>) {
        let root = self.here;
        let mut ended = Vec::new();
        let mut assumptions: Vec<Assumption> = Vec::new();
        let mut exhausted = None;
        match &result {
            Ok(()) => {}
            Err(Raised::Exhausted(limit)) => exhausted = Some(*limit),
            Err(Raised::Exception(exception) | Raised::Unknown(exception)) => {
                let text = self.describe(exception);
                let span = self.place_of(exception).unwrap_or(root);
                ended.push(PathEnd { span, text, condition: None });
            }
        }
        let alternatives = std::mem::take(&mut self.alternatives);
        for alternative in alternatives {
            let unknown = match &alternative.flow {
                super::raised::Flow::Raise(Raised::Exception(exception)) => exception.clone(),
                _ => continue,
            };
            if unknown.is_unknown() {
                // That an unknown operation raises is what no line assumes.
                continue;
            }
            let main = std::mem::replace(&mut self.state, alternative.state);
            let text = self.describe(&unknown);
            let span = self.place_of(&unknown).unwrap_or(root);
            let here = std::mem::replace(&mut self.state, main);
            let reached = here.effects.setup_calls.len();
            if reached > 0 && self.state.effects.setup_calls.len() <= reached {
                if self.state.effects.setup_calls.is_empty() {
                    self.state = here;
                } else if let Err(Raised::Exhausted(limit)) =
                    self.join_with(here, alternative.place, Vec::new())
                {
                    exhausted = Some(limit);
                }
            } else {
                ended.push(PathEnd { span, text, condition: Some(alternative.place) });
            }
        }
        let setup_calls = self.state.effects.setup_calls.clone();
        let mut missed = None;
        if setup_calls.is_empty() && exhausted.is_none() {
            missed = self.missed_module(&result);
        } else {
            for end in &ended {
                if let Some(condition) = end.condition {
                    assumptions.push(Assumption {
                        span: condition,
                        text: format!("taken as passing, else it {}", end.text),
                    });
                }
            }
            for (span, _) in &self.unknown_asserts {
                assumptions.push(Assumption { span: *span, text: "taken as passing".to_owned() });
            }
        }
        assumptions.dedup();
        let mut diagnostics = std::mem::take(&mut self.diagnostics);
        self.conclude(&setup_calls, &ended, exhausted, root, &mut diagnostics);
        let outcome = Outcome {
            is_python2: self.is_python2(),
            setup_calls,
            patches: self.state.effects.patches.clone(),
            diagnostics,
            assumptions,
            ended,
            files_read: self.files_read,
            variables_read: self.variables_read,
            missing_modules: self.assumed_modules.clone(),
            looked_at: self.looked_at.get(),
            unsettled: self.unsettled,
            python2: self.environment.target.python.major == 2,
            exhausted,
            state: self.state,
            origins: self.origins,
            root,
        };
        (outcome, missed)
    }

    /// The module whose absence the end of the script is about: the one that an uncaught ImportError names, else the last
    /// one missed (`except ImportError: sys.exit('needs numpy')`).
    fn missed_module(&self, result: &Result<(), Raised>) -> Option<(String, Span)> {
        let Err(Raised::Exception(exception)) = result else { return None };
        let named = self.own_attribute(exception, "name").and_then(|name| match name.data {
            Data::Text(text) => Some(text.to_string()),
            Data::Bytes(bytes) => String::from_utf8(bytes.to_vec()).ok(),
            _ => None,
        });
        let mut missing = self.missing_modules.iter().rev();
        missing.find(|(name, _)| named.as_ref().is_none_or(|named| named == name)).cloned()
    }

    /// What the run as a whole has to say.
    fn conclude(
        &mut self,
        setup_calls: &[SetupCall],
        ended: &[PathEnd],
        exhausted: Option<Limit>,
        root: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        for (name, span) in self.assumed_modules {
            let (text, help) = missing_told(name, self.environment.target);
            diagnostics.push(Diagnostic::new(&MISSING_MODULE, *span, text).help(help));
        }
        if let Some(limit) = exhausted {
            let place = self.exhausted_at.unwrap_or(root);
            diagnostics.push(Diagnostic::new(&LIMIT_REACHED, place, format!("this {limit}")));
        }
        if setup_calls.is_empty() && exhausted.is_none() {
            if let Some(error) = self.syntax_errors.first() {
                diagnostics.push(error.clone());
            }
            let mut diagnostic = match ended.first() {
                Some(end) => {
                    let text = format!("setup.py ends before it calls setup(): it {}", end.text);
                    Diagnostic::new(&SETUP_NOT_REACHED, end.span, text)
                }
                None => Diagnostic::new(&SETUP_NOT_REACHED, root, "setup.py never calls setup()"),
            };
            for end in ended.iter().skip(1) {
                diagnostic = diagnostic.label(end.span, end.text.clone());
            }
            diagnostics.push(diagnostic);
        }
    }

    /// How an uncaught exception reads.
    fn describe(&mut self, exception: &Value) -> String {
        if let Some(unknown) = exception.as_unknown() {
            return format!("raises something unknown: {}", unknown.reason);
        }
        let kind = self.type_name(exception);
        match self.display(exception) {
            Ok(text) if text.is_empty() => format!("raises `{kind}`"),
            Ok(text) => {
                let line: String =
                    without_root(text.lines().next().unwrap_or_default()).chars().take(200).collect();
                format!("raises `{kind}: {line}`")
            }
            Err(_) => format!("raises `{kind}`"),
        }
    }
}

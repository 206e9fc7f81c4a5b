//! The interpreter of setup.py: values that may be unknown, statements, calls, budgets.
//!
//! It runs a file statement by statement as CPython of the [`Environment`]'s target would, over a value domain with one
//! extra value, [`Data::Unknown`]. Its only door to the world is [`crate::system::System`].
//!
//! # Writing a module (`stdlib/x.rs`)
//!
//! A module is one static table, listed in `stdlib.rs`:
//! ```ignore
//! //! `x`: what is modelled, and where Pythons differ.
//! use crate::eval::module::{Entry, Member, Module, function, when};
//! use crate::eval::{Arguments, Evaluator, Raised, Value};
//!
//! pub(super) static MODULE: Module = Module { name: "x", members: MEMBERS, available: None };
//! const MEMBERS: &[Entry] = &[
//!     ("join", function("(path, *paths, sep='/')", join)),   // the Python signature; literal defaults only
//!     ("sep", Member::Constant(|cx| Ok(cx.native_text("/")))),
//!     ("getcwdu", Member::Only(when::python2, &function("()", getcwdu))),
//!     ("node", Member::Opaque("the host's name depends on the machine")),   // callable, its result is unknown
//!     ("Thing", Member::Class(&THING)),
//! ];
//! fn join(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
//!     let mut path = cx.text_of(&arguments.get(0))?.to_string();      // by the parameter's index
//!     for more in arguments.rest() { path += &cx.text_of(more)?; }    // `?`: TypeError, exhaustion or unknown
//!     Ok(cx.native_text(&path))                                       // `str` of the target (2.7: bytes)
//! }
//! ```
//! - **Unknown in, unknown out**: a function is not called when an argument itself is unknown (its result is that unknown
//!   value, and lists, dicts and sets among the arguments lose what is known of them), unless it is made with [`module::seeing`].
//!   Unknown items *inside* containers are met by the function; the helpers `text_of`, `int_of`, `truth`, `items`, `equal`
//!   … return `Err(Raised::Unknown(_))` then, which `?` turns into the result of the call.
//! - **Ignorance** is `Err(cx.unknown("the clock differs from build to build"))` (or `Ok(cx.unknown_value(..))`). Never approximate.
//! - **Python exceptions** are `Err(cx.error(&exceptions::VALUE_ERROR, "message"))`.
//! - **Values**: `Value::NONE`, `Value::bool`, `int`, `float`, `text` (always unicode), `bytes`, `tuple`; `cx.native_text(&str)` is the
//!   target's `str`; `cx.list(Vec)`, `cx.dict(Vec<(Value, Value)>)`, `cx.set(Vec, frozen)`, `cx.iterator(Vec)`, `cx.instance(&CLASS)`.
//! - **Looking into values**: `cx.text_of` (str, or bytes-`str` of Python 2), `cx.int_of`, `cx.truth`, `cx.items` (iterates anything),
//!   `cx.bytes_of`, `cx.dict_items`, `cx.get_attribute`, `cx.set_attribute`, `cx.get_item`, `cx.call(&function, vec![..])`, `cx.equal`, `cx.less`,
//!   `cx.repr`, `cx.to_str`, `cx.is_instance(&value, &CLASS)`.
//! - **Classes**: a static [`module::Class`] whose members take the instance first (`"(self, path)"`); `__init__` sets
//!   attributes with `cx.put_attribute`; dunder methods (`__str__`, `__eq__`, `__truediv__`, `__enter__`, …) are honoured. Rust data that
//!   never changes goes with `cx.carry(&instance, Arc<T>)` and comes back with `cx.carried::<T>(&instance)`.
//! - **Files** are read with `cx.read_file(path)`, listed with `cx.list_directory(path)`, asked for with `cx.is_file`, `cx.is_directory`, by
//!   the path as the script says it (relative to the working directory, or absolute below the artificial root).
//! - **The target**: `cx.is_python2()`, `cx.python()`, `cx.platform()`, `cx.is_windows()`, `cx.setuptools_version()`: ask only when the answer depends on it,
//!   because what was asked is on record ([`module::LookedAt`]) and decides which targets need a run of their own.
//! - **Budgets**: `cx.charge_bytes(n)?` before making anything large (a value above 16 MiB is `cx.too_large()`), `cx.charge_steps(n)?`
//!   before loops of one's own; results made through the constructors above are charged for by the call.

pub mod arguments;
mod assign;
mod attribute;
pub mod budget;
mod call;
mod class;
mod class_names;
pub mod code;
pub mod codec;
mod compare;
mod comprehension;
mod convert;
pub mod dict;
pub mod environment;
pub mod exceptions;
mod execute;
mod expression;
mod files;
pub mod float_text;
mod fork;
mod format;
pub mod format_error;
pub mod format_spec;
mod generator;
mod hash_order;
mod import;
mod iterate;
mod join;
pub mod lazy;
mod loops;
mod matching;
mod methods;
pub mod module;
mod module_names;
mod module_releases;
pub mod object;
mod operator;
mod origin;
pub mod outcome;
mod percent;
pub mod percent_format;
mod project_files;
pub mod raised;
pub mod rehearsal;
mod releases_with;
pub mod repr;
mod scope;
mod session;
mod set_attribute;
mod set_order;
mod standard_library;
pub mod state;
mod statement;
pub mod str_format;
mod subscript;
mod try_statement;
pub mod types;
pub mod value;

pub use arguments::{Arguments, CallArguments, Keyword};
pub use attribute::BUILD_COMMANDS;
pub use budget::Patience;
pub use convert::OfTheVersion;
pub use environment::Environment;
pub use files::{PROJECT_ROOT, names_this_machine, project_path};
pub use import::ModulePlace;
pub use methods::number as methods_number;
pub use methods::text as methods_text;
pub use module::{LookedAt, Module};
pub use outcome::{Assumption, Outcome, PathEnd, View, run};
pub use raised::Raised;
pub use session::Session;
pub use set_order::Unsettled;
pub use standard_library::is_standard;
pub use state::{Effects, SetupCall};
pub use value::{Data, ObjectId, Origin, Unknown, Value};

use crate::diagnostic::Diagnostic;
use crate::packaging::{Platform, Python, Version};
use crate::system::System;
use crate::text::{Sources, Span};
use code::FileFacts;
use fork::Alternative;
use scope::Frame;
use state::State;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// One evaluation under way.
pub struct Evaluator<'run> {
    pub(crate) state: State,
    session: &'run mut Session,
    environment: &'run Environment,
    system: &'run dyn System,
    sources: &'run mut Sources,
    modules: &'static [&'static Module],
    budget: budget::Budget,
    origins: origin::Origins,
    frames: Vec<Frame>,
    /// Paths that ended and wait to join others.
    alternatives: Vec<Alternative>,
    /// How many `try` statements are being followed: whether anyone could catch what an unknown operation raises.
    guarded: u32,
    /// The expression being evaluated.
    here: Span,
    next_object: u32,
    /// In a cell, because converting a value may be a look at what it was made of.
    looked_at: Cell<LookedAt>,
    /// In a cell for the same reason.
    unsettled: RefCell<set_order::Unsettled>,
    diagnostics: Vec<Diagnostic>,
    /// Modules taken as there although the environment lacks them, with where they were first missed.
    assumed_modules: &'run BTreeMap<String, Span>,
    /// Modules that were asked for and not there, in order.
    missing_modules: Vec<(String, Span)>,
    files_read: BTreeSet<String>,
    variables_read: BTreeSet<String>,
    /// Lists of what running functions have yielded, innermost last.
    yielded: Vec<Option<ObjectId>>,
    /// Where a generator that goes on has to go, outermost last.
    resume: Vec<generator::Step>,
    /// Where a generator that stops was, innermost first.
    suspended: Vec<generator::Step>,
    /// What the `yield` that a generator goes on from gives.
    sent: Option<generator::Sent>,
    /// Why the items of the running generator are not known.
    lost_yield: Option<std::sync::Arc<Unknown>>,
    /// What the generator that ended last returned.
    generator_result: Option<Value>,
    /// Assertions on unknown values: taken as passing.
    unknown_asserts: Vec<(Span, Value)>,
    /// The command of the project that is being run to see what it does.
    rehearsal: Option<rehearsal::Rehearsal>,
    /// Where a budget ran out.
    exhausted_at: Option<Span>,
    /// Python 2's default encoding was set to UTF-8.
    default_utf8: bool,
    /// Files that their grammar does not allow.
    syntax_errors: Vec<Diagnostic>,
    /// Pythons objects whose text is being made, against endless recursion.
    printing: Vec<ObjectId>,
    /// Tuples whose text is being made, by address.
    printing_tuples: Vec<usize>,
}

impl Evaluator<'_> {
    /// Whether the target is Python 2.
    pub fn is_python2(&self) -> bool {
        self.environment.target.python.major == 2
    }

    /// The target's Python; on record as looked at.
    pub fn python(&self) -> Python {
        self.by_python(|python| python)
    }

    /// What `make` gives for the target's Python; on record as looked at is only what tells others of its major version from it.
    pub fn by_python<T: PartialEq>(&self, make: impl Fn(Python) -> T) -> T {
        let own = self.environment.target.python;
        let made = make(own);
        self.tells_apart(|python| python.major != own.major || make(python) == made);
        made
    }

    /// Whether the target is at least this Python 3.
    pub fn at_least(&self, minor: u8) -> bool {
        !self.is_python2() && self.by_python(|python| python.minor >= minor)
    }

    /// Puts on record that the Pythons for which `same` does not hold would have seen something else.
    pub fn tells_apart(&self, same: impl Fn(Python) -> bool) {
        self.look(|looked_at| looked_at.keep_pythons(same));
    }

    fn look(&self, put_on_record: impl FnOnce(&mut LookedAt)) {
        let mut looked_at = self.looked_at.get();
        put_on_record(&mut looked_at);
        self.looked_at.set(looked_at);
    }

    /// The target's platform; on record as looked at.
    pub fn platform(&self) -> Platform {
        let own = self.environment.target.platform;
        self.look(|looked_at| looked_at.keep_platforms(|platform| platform == own));
        own
    }

    pub fn is_windows(&self) -> bool {
        let windows = self.environment.target.platform == Platform::Windows;
        self.look(|looked_at| looked_at.keep_platforms(|one| (one == Platform::Windows) == windows));
        windows
    }

    /// The target's setuptools; on record as looked at.
    pub fn setuptools_version(&mut self) -> &Version {
        self.look(LookedAt::keep_setuptools);
        &self.environment.setuptools
    }

    /// Whether the target's setuptools is this release or a later one; on record is only that.
    pub fn has_setuptools(&self, release: &'static [u64]) -> bool {
        let yes = self.environment.setuptools >= Version::new(release);
        self.look(|looked_at| looked_at.keep_setuptools_since(release, yes));
        yes
    }

    /// The target's Python, without a record: for what does not tell minor versions apart.
    pub fn target_python(&self) -> Python {
        self.environment.target.python
    }

    /// Whether the project's root stands on `sys.path`.
    pub fn is_root_on_path(&self) -> bool {
        self.environment.root_on_path
    }

    /// `sys.modules`.
    pub fn modules_dict(&self) -> Value {
        self.state.modules.map_or(Value::NONE, Value::object)
    }

    /// The exception that the innermost `except` clause handles.
    pub fn handled_exception(&self) -> Option<Value> {
        self.state.handled.last().cloned()
    }

    /// `sys.setdefaultencoding` of Python 2.
    pub fn set_default_utf8(&mut self, utf8: bool) {
        self.default_utf8 = utf8;
    }

    /// `sys.argv` of this evaluation.
    pub fn argv(&self) -> &[String] {
        &self.environment.argv
    }

    /// Whether a missing module is taken as there, because the build needs it and nothing replaces it.
    pub fn is_assumed(&self, module: &str) -> bool {
        self.assumed_modules.contains_key(module)
    }

    /// The place of the expression being evaluated.
    pub fn here(&self) -> Span {
        self.here
    }

    /// Where a value was made or last handed on.
    pub fn place_of(&self, value: &Value) -> Option<Span> {
        self.origins.span(value.origin)
    }

    /// Says something about the script that is no property of one value.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub fn sources(&self) -> &Sources {
        self.sources
    }

    /// Puts on record that a variable of the environment was asked for.
    pub fn note_variable(&mut self, name: &str) {
        self.variables_read.insert(name.to_owned());
    }

    /// Charges for work of one's own; one unit is about one expression.
    pub fn charge_steps(&mut self, count: usize) -> Result<(), Raised> {
        self.budget.steps(count as u64)
    }

    /// Charges for data, before it is made.
    pub fn charge_bytes(&mut self, count: usize) -> Result<(), Raised> {
        if count > budget::MAX_VALUE {
            return Err(self.too_large());
        }
        self.budget.bytes(count)
    }

    /// The unknown value for what is larger than spx holds.
    pub fn too_large(&mut self) -> Raised {
        self.unknown("the value is larger than spx holds (16 MiB)")
    }

    /// An unknown value, lost at the expression being evaluated, to return as `Err`.
    pub fn unknown(&mut self, reason: impl Into<std::borrow::Cow<'static, str>>) -> Raised {
        Raised::Unknown(self.unknown_value(reason))
    }

    /// An unknown value, lost at the expression being evaluated.
    pub fn unknown_value(&mut self, reason: impl Into<std::borrow::Cow<'static, str>>) -> Value {
        let span = self.here;
        let unknown = Unknown { reason: reason.into(), span, others: Vec::new(), maybe_absent: false };
        let origin = self.origin_here();
        Value::unknown(unknown).with_origin(origin)
    }

    /// The facts of the file whose code runs.
    fn facts(&self) -> FileFacts {
        self.frames.last().expect("internal error: code runs in a frame").facts
    }
}

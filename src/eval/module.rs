//! A Python module as a static table: functions, constants, classes.

use super::Evaluator;
use super::arguments::{Arguments, Signature};
use super::environment::Environment;
use super::raised::Raised;
use super::value::Value;
use crate::packaging::{Platform, Python, Version};
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A modelled module. What its table lacks is `Unknown("os.getloadavg is not modelled")` when a script asks for it.
pub struct Module {
    /// Dotted, as imported.
    pub name: &'static str,
    /// In any order; names that the module has on some Pythons only are wrapped in [`Member::Only`].
    pub members: &'static [Entry],
    /// Whether the target has the module at all; `None` means always. A script that imports a missing one gets the
    /// ImportError that it would get, and when nothing catches that, evaluation goes on as if it were there.
    pub available: Option<fn(&mut Evaluator<'_>) -> bool>,
}

/// A name and what it stands for.
pub type Entry = (&'static str, Member);

/// What a module or class holds under a name.
pub enum Member {
    /// A function, or a method of a class (whose first argument is the instance).
    Function(Native),
    /// A method that gets the class as its first argument.
    ClassMethod(Native),
    /// A function in a class that gets neither.
    StaticMethod(Native),
    /// Computed when first asked for, and then kept: may make objects.
    Constant(fn(&mut Evaluator<'_>) -> Result<Value, Raised>),
    /// A computed attribute of instances.
    Property(fn(&mut Evaluator<'_>, &Value) -> Result<Value, Raised>),
    Class(&'static Class),
    /// Another module of the table, by name (`os.path`).
    Module(&'static str),
    /// There on some targets only; elsewhere asking for it is an AttributeError.
    Only(fn(&mut Evaluator<'_>) -> bool, &'static Self),
    /// Known to exist, and depends on the machine: always unknown, for this reason.
    Unknown(&'static str),
    /// A function that may be called, does nothing that matters, and whose result is unknown for this reason.
    /// The arguments are left alone.
    Opaque(&'static str),
    /// A function that may be called, does nothing that matters, and returns None.
    Ignored,
}

/// The one calling convention. `Err` is a Python exception, an exhausted budget, or "the result is this unknown value".
pub type NativeFunction = fn(&mut Evaluator<'_>, &Arguments) -> Result<Value, Raised>;

/// A Rust function that Python code can call.
pub struct Native {
    pub signature: Signature,
    pub call: NativeFunction,
    /// Called even when an argument is unknown (otherwise the result is unknown without a call).
    pub looks_at_unknown: bool,
}

impl Native {
    pub const fn new(signature: &'static str, call: NativeFunction) -> Self {
        Self { signature: Signature::new(signature), call, looks_at_unknown: false }
    }

    #[must_use]
    pub const fn looking_at_unknown(signature: &'static str, call: NativeFunction) -> Self {
        Self { signature: Signature::new(signature), call, looks_at_unknown: true }
    }
}

/// `function("(path, *paths)", join)`: a member that is called with bound arguments.
pub const fn function(signature: &'static str, call: NativeFunction) -> Member {
    Member::Function(Native::new(signature, call))
}

/// Like [`function`], called even when an argument is unknown.
pub const fn seeing(signature: &'static str, call: NativeFunction) -> Member {
    Member::Function(Native::looking_at_unknown(signature, call))
}

/// A built-in or modelled class.
pub struct Class {
    pub name: &'static str,
    /// The module that it says it is from.
    pub module: &'static str,
    pub bases: &'static [&'static Self],
    pub members: &'static [Entry],
    /// How a call of the class makes the value, for classes whose instances are values of their own (`str`, `dict`);
    /// the class itself is no argument. Without it, an instance is made and `__init__` called.
    pub new: Option<Native>,
}

impl Class {
    /// Whether this is `other` or derives from it.
    pub fn derives_from(&'static self, other: &'static Self) -> bool {
        std::ptr::eq(self, other) || self.bases.iter().any(|base| base.derives_from(other))
    }

    /// This class and its bases, in the order attributes are looked up; `object` is not among them.
    pub fn linear(&'static self) -> Vec<&'static Self> {
        let mut found: Vec<&'static Self> = vec![self];
        for base in self.bases {
            for class in base.linear() {
                found.retain(|seen| !std::ptr::eq(*seen, class));
                found.push(class);
            }
        }
        found
    }

    /// The member of this class or its bases.
    pub fn member(&'static self, name: &str) -> Option<(&'static Self, &'static Entry)> {
        if let Some(entry) = self.members.iter().find(|entry| entry.0 == name) {
            return Some((self, entry));
        }
        self.bases.iter().find_map(|base| base.member(name))
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<class {}.{}>", self.module, self.name)
    }
}

impl fmt::Debug for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<module {}>", self.name)
    }
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<member>")
    }
}

/// Rust data that an instance of a modelled class carries (a compiled pattern); never changed once made.
pub type Carried = Arc<dyn Any + Send + Sync>;

/// Tables for [`Member::Only`] and [`Module::available`].
pub mod when {
    use super::super::Evaluator;

    pub fn python2(cx: &mut Evaluator<'_>) -> bool {
        cx.is_python2()
    }

    pub fn python3(cx: &mut Evaluator<'_>) -> bool {
        !cx.is_python2()
    }

    pub fn windows(cx: &mut Evaluator<'_>) -> bool {
        cx.is_windows()
    }

    pub fn posix(cx: &mut Evaluator<'_>) -> bool {
        !cx.is_windows()
    }
}

/// The environment's facts that a run looked at: targets that differ in none of these give the same answer. Python 2 and
/// Python 3 always differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LookedAt {
    /// A bit for each of [`Python::ALL`] on which everything that was asked has the same answer.
    pythons: u16,
    /// The same for [`Platform::ALL`].
    platforms: u8,
    /// The releases of setuptools for which all that was asked has the same answer: from this one on …
    setuptools_from: Option<&'static [u64]>,
    /// … and before that one.
    setuptools_below: Option<&'static [u64]>,
    /// Whether the release itself was looked at, so that no other gives the same answer.
    setuptools: bool,
}

impl Default for LookedAt {
    /// Nothing was looked at.
    fn default() -> Self {
        Self {
            pythons: u16::MAX,
            platforms: u8::MAX,
            setuptools_from: None,
            setuptools_below: None,
            setuptools: false,
        }
    }
}

impl LookedAt {
    pub(super) fn keep_pythons(&mut self, same: impl Fn(Python) -> bool) {
        for (at, python) in Python::ALL.into_iter().enumerate() {
            if self.pythons & (1 << at) != 0 && !same(python) {
                self.pythons &= !(1 << at);
            }
        }
    }

    pub(super) fn keep_platforms(&mut self, same: impl Fn(Platform) -> bool) {
        for (at, platform) in Platform::ALL.into_iter().enumerate() {
            if !same(platform) {
                self.platforms &= !(1 << at);
            }
        }
    }

    pub(super) fn keep_setuptools(&mut self) {
        self.setuptools = true;
    }

    /// That somebody asked whether setuptools is a release or a later one, and was told `yes`.
    pub(super) fn keep_setuptools_since(&mut self, release: &'static [u64], yes: bool) {
        if yes {
            self.setuptools_from = self.setuptools_from.max(Some(release));
        } else {
            self.setuptools_below = Some(self.setuptools_below.map_or(release, |below| below.min(release)));
        }
    }

    /// Whether a run in `from` that looked at these facts answers for `to` too.
    pub fn answers_for(self, from: &Environment, to: &Environment) -> bool {
        let (python, platform) = (to.target.python, to.target.platform);
        let python_is_kept = || {
            Python::ALL
                .into_iter()
                .position(|one| one == python)
                .is_some_and(|at| self.pythons & (1 << at) != 0)
        };
        let platform_is_kept = || {
            let at = Platform::ALL.into_iter().position(|one| one == platform);
            at.is_some_and(|at| self.platforms & (1 << at) != 0)
        };
        from.target.python.major == python.major
            && (from.target.python == python || python_is_kept())
            && (from.target.platform == platform || platform_is_kept())
            && (!self.setuptools || from.setuptools == to.setuptools)
            && self.setuptools_from.is_none_or(|release| to.setuptools >= Version::new(release))
            && self.setuptools_below.is_none_or(|release| to.setuptools < Version::new(release))
    }
}

//! The state that a script changes: one arena of objects, and what it would have done to the world.

use super::object::Object;
use super::rehearsal::Rehearsals;
use super::value::{ObjectId, Value};
use crate::text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that a branch may change. A copy costs one pointer an object.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub(super) objects: Vec<Option<Arc<Object>>>,
    pub effects: Effects,
    /// The working directory, an absolute path as the script sees it.
    pub directory: Arc<str>,
    /// Files that the script wrote (or removed: `None`), by path below the root; nothing is ever written.
    pub written: Arc<Written>,
    /// `sub_commands` of the command `build`, a list object, once the script looks at it.
    pub build_commands: Option<ObjectId>,
    /// `sys.modules`, a dict object.
    pub modules: Option<ObjectId>,
    /// The exception being handled, innermost last.
    pub handled: Vec<Value>,
}

/// What the script would have done.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    pub setup_calls: Vec<SetupCall>,
    /// What of setuptools itself the script sets anew (`build_py.run`), and where.
    pub patches: Vec<(String, Span)>,
}

/// A call of `setup()`.
#[derive(Clone, Debug)]
pub struct SetupCall {
    pub span: Span,
    /// Name, value, and where the argument stands when it is written in the call.
    pub keywords: Vec<(String, Value, Span)>,
    /// The unknown mapping of `setup(**unknown)`: any other keyword may be given too.
    pub more: Option<Value>,
    /// Whether every path that goes on calls it.
    pub certain: bool,
    /// What was written by then.
    pub written: Arc<Written>,
    /// What its commands do, when a build asks.
    pub commands: Rehearsals,
}

/// Files that the script wrote (or removed: `None`), by path below the root.
pub type Written = BTreeMap<String, Option<Value>>;

impl State {
    pub fn object(&self, id: ObjectId) -> &Object {
        self.objects
            .get(id.0 as usize)
            .and_then(Option::as_ref)
            .expect("internal error: an id is only handed out with its object, and objects are never removed")
    }

    pub fn object_mut(&mut self, id: ObjectId) -> &mut Object {
        let slot = self.objects.get_mut(id.0 as usize).and_then(Option::as_mut);
        let object = Arc::make_mut(slot.expect("internal error: an id is only handed out with its object"));
        if let Object::List(list) = object {
            list.shuffled = None;
            list.listed = None;
        }
        object
    }

    /// Whether an object is the very same in two states of which one began as a copy of the other.
    pub(super) fn is_same(&self, other: &Self, id: ObjectId) -> bool {
        let at = |state: &Self| state.objects.get(id.0 as usize).cloned().flatten();
        matches!((at(self), at(other)), (Some(a), Some(b)) if Arc::ptr_eq(&a, &b))
    }

    /// Puts an object at an id that no state has used yet.
    pub(super) fn place(&mut self, id: ObjectId, object: Object) {
        let index = id.0 as usize;
        if self.objects.len() <= index {
            self.objects.resize(index + 1, None);
        }
        self.objects[index] = Some(Arc::new(object));
    }

    pub(super) fn has(&self, id: ObjectId) -> bool {
        self.objects.get(id.0 as usize).is_some_and(Option::is_some)
    }
}

impl super::Evaluator<'_> {
    /// Puts on record that the script changes something of setuptools, so that what a build does is beyond the model.
    pub(super) fn record_patch(&mut self, module: &str, name: &str) {
        let own = ["setuptools", "distutils", "wheel"];
        if own.iter().any(|package| module.split('.').next() == Some(package)) {
            let patch = (format!("{module}.{name}"), self.here);
            if !self.state.effects.patches.contains(&patch) {
                self.state.effects.patches.push(patch);
            }
        }
    }

    /// Takes back what was recorded of names that end so.
    pub fn forget_patch(&mut self, ending: &str) {
        self.state.effects.patches.retain(|(name, _)| !name.ends_with(ending));
    }

    /// Puts a call of `setup()` on record; it walks over the iterators that it is given.
    pub fn record_setup(&mut self, mut call: SetupCall) -> Result<(), super::Raised> {
        for (_, value, _) in &mut call.keywords {
            *value = self.narrowed(value.clone());
        }
        for (_, value, _) in &call.keywords {
            self.work_off(value)?;
            self.work_off_inside(value)?;
        }
        call.written = self.state.written.clone();
        self.state.effects.setup_calls.push(call);
        Ok(())
    }
}

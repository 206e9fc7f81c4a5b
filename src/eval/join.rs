//! Joining two states, object by object: what is equal stays, what differs becomes unknown with both places.

use super::Evaluator;
use super::convert::OfTheVersion;
use super::dict::{Dict, Key, Set};
use super::module::Carried;
use super::object::{Instance, Iteration, List, ModuleObject, Object};
use super::origin::Origins;
use super::raised::Raised;
use super::state::{SetupCall, State, Written};
use super::value::{Data, ObjectId, Unknown, Value};
use crate::text::Span;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How deep tuples nest that are joined item by item.
const MAX_DEPTH: usize = 500;

/// The working directory after paths that left different ones: nothing can be read there.
pub(super) const UNKNOWN_DIRECTORY: &str = "/\u{1a}unknown";

struct Joiner<'a> {
    a: &'a State,
    b: &'a State,
    origins: &'a Origins,
    place: Span,
    /// Objects below this are modules of the model: what one path has not yet asked of them is no difference.
    native_objects: u32,
    next_object: u32,
    made: Vec<(ObjectId, Object)>,
    /// What two objects, each made on one path only, became.
    pairs: HashMap<(ObjectId, ObjectId), ObjectId>,
    /// Tuples that were joined, by where their items are; and how deep in them the join is.
    tuples: HashMap<(*const Value, *const Value), Value>,
    depth: usize,
    paired_a: HashMap<ObjectId, ObjectId>,
    paired_b: HashMap<ObjectId, ObjectId>,
    work: usize,
}

impl Evaluator<'_> {
    /// Joins another path's state into the current one, and pairs of values (of the other path, of this one) with them.
    pub(super) fn join_with(
        &mut self,
        a: State,
        place: Span,
        values: Vec<(Value, Value)>,
    ) -> Result<Vec<Value>, Raised> {
        let b = std::mem::take(&mut self.state);
        let mut joiner = Joiner {
            a: &a,
            b: &b,
            origins: &self.origins,
            place,
            native_objects: self.modules.len() as u32 * 2,
            next_object: self.next_object,
            made: Vec::new(),
            pairs: HashMap::new(),
            tuples: HashMap::new(),
            depth: 0,
            paired_a: HashMap::new(),
            paired_b: HashMap::new(),
            work: 0,
        };
        let (joined, values) = joiner.states(values);
        let (work, next) = (joiner.work, joiner.next_object);
        self.next_object = next;
        self.state = joined;
        self.charge_steps(work)?;
        Ok(values)
    }
}

/// Whether both say the same of each Python.
fn same_versions(x: &Carried, y: &Carried) -> bool {
    fn same(x: &Value, y: &Value) -> bool {
        match (&x.data, &y.data) {
            (Data::Tuple(x), Data::Tuple(y)) => {
                x.len() == y.len() && x.iter().zip(y.iter()).all(|(x, y)| same(x, y))
            }
            _ => x.is(y),
        }
    }
    match (x.downcast_ref::<OfTheVersion>(), y.downcast_ref::<OfTheVersion>()) {
        (Some(x), Some(y)) => {
            x.0.len() == y.0.len() && x.0.iter().zip(&y.0).all(|((a, x), (b, y))| a == b && same(x, y))
        }
        _ => false,
    }
}

impl Joiner<'_> {
    fn states(&mut self, values: Vec<(Value, Value)>) -> (State, Vec<Value>) {
        let (a, b) = (self.a, self.b);
        let mut objects = b.objects.clone();
        if objects.len() < a.objects.len() {
            objects.resize(a.objects.len(), None);
        }
        let mut changed = Vec::new();
        for (index, object) in a.objects.iter().enumerate() {
            match (object, b.objects.get(index).and_then(Option::as_ref)) {
                (Some(object), None) => objects[index] = Some(object.clone()),
                (Some(x), Some(y)) if !Arc::ptr_eq(x, y) => {
                    changed.push((index, self.same_object(ObjectId(index as u32), x, y)));
                }
                _ => {}
            }
        }
        for (index, object) in changed {
            objects[index] = Some(Arc::new(object));
        }
        let values = values.into_iter().map(|(x, y)| self.value(&x, &y)).collect();
        let calls = self.setup_calls();
        let written = self.written(&a.written, &b.written);
        let mut patches = b.effects.patches.clone();
        patches.extend(a.effects.patches.iter().filter(|patch| !b.effects.patches.contains(patch)).cloned());
        let mut joined = State {
            objects,
            effects: super::Effects { setup_calls: calls, patches },
            directory: if a.directory == b.directory {
                b.directory.clone()
            } else {
                UNKNOWN_DIRECTORY.into()
            },
            written,
            build_commands: b.build_commands.or(a.build_commands),
            modules: b.modules,
            handled: if a.handled.len() < b.handled.len() { a.handled.clone() } else { b.handled.clone() },
        };
        for (id, object) in self.made.drain(..) {
            joined.place(id, object);
        }
        (joined, values)
    }

    /// One object that both paths know, changed on at least one.
    fn same_object(&mut self, id: ObjectId, x: &Object, y: &Object) -> Object {
        let native = id.0 < self.native_objects;
        self.objects(x, y, native).unwrap_or_else(|| y.clone())
    }

    /// `None` when the two cannot be one object.
    fn objects(&mut self, x: &Object, y: &Object, native: bool) -> Option<Object> {
        Some(match (x, y) {
            (Object::List(x), Object::List(y)) => Object::List(self.lists(x, y)),
            (Object::Dict(x), Object::Dict(y)) => Object::Dict(self.dicts(x, y, native)),
            (Object::Set(x), Object::Set(y)) => Object::Set(self.sets(x, y)),
            (Object::Instance(x), Object::Instance(y)) if x.class == y.class => {
                let attributes = self.ids(x.attributes, y.attributes)?;
                let payload = match (&x.payload, &y.payload) {
                    (Some(x), Some(y)) => Some(self.value(x, y)),
                    _ => y.payload.clone(),
                };
                let same_data = match (&x.carried, &y.carried) {
                    (Some(x), Some(y)) => Arc::ptr_eq(x, y),
                    (None, None) => true,
                    _ => false,
                };
                if !same_data {
                    return None;
                }
                Object::Instance(Instance { class: y.class, attributes, payload, carried: y.carried.clone() })
            }
            (Object::Module(x), Object::Module(y)) if x.name == y.name => {
                let namespace = self.ids(x.namespace, y.namespace)?;
                let partial = x.partial.clone().or_else(|| y.partial.clone());
                Object::Module(ModuleObject { name: y.name.clone(), namespace, native: y.native, partial })
            }
            (Object::Lazy(x), Object::Lazy(y)) if x.is_same(y) => Object::Lazy(y.clone()),
            (Object::Iterator(x), Object::Iterator(y))
                if x.next == y.next && Arc::ptr_eq(&x.items, &y.items) =>
            {
                Object::Iterator(y.clone())
            }
            (
                Object::Iterator(_) | Object::Lazy(_) | Object::Generator(_),
                Object::Iterator(_) | Object::Lazy(_) | Object::Generator(_),
            ) => {
                let rest = Some(self.difference(&[]));
                Object::Iterator(Iteration { items: Arc::new([]), next: 0, rest })
            }
            (Object::Function(x), Object::Function(y)) => {
                let same =
                    Arc::ptr_eq(&x.code, &y.code) && x.globals == y.globals && x.enclosing == y.enclosing;
                if !same {
                    return None;
                }
                let mut joined = y.clone();
                joined.attributes = x.attributes.or(y.attributes);
                Object::Function(joined)
            }
            (Object::Class(x), Object::Class(y)) if x.attributes == y.attributes => Object::Class(y.clone()),
            (Object::View(x), Object::View(y)) if x.kind == y.kind && x.dict == y.dict => Object::View(*y),
            _ => return None,
        })
    }

    fn ids(&mut self, x: ObjectId, y: ObjectId) -> Option<ObjectId> {
        match self.value(&Value::object(x), &Value::object(y)).data {
            Data::Object(id) => Some(id),
            _ => None,
        }
    }

    fn lists(&mut self, x: &List, y: &List) -> List {
        self.work += x.items.len() + y.items.len();
        let rest = x.rest.clone().or_else(|| y.rest.clone());
        if x.items.len() == y.items.len() {
            let items = x.items.iter().zip(&y.items).map(|(x, y)| self.value(x, y)).collect();
            return List::new(items, rest);
        }
        let common =
            x.items.iter().zip(&y.items).take_while(|(x, y)| x.is(y)).map(|(x, _)| x.clone()).collect();
        let longer = if x.items.len() > y.items.len() { &x.items } else { &y.items };
        let added = &longer[x.items.len().min(y.items.len())];
        let unknown = rest.unwrap_or_else(|| self.difference(&[added]));
        List::new(common, Some(unknown))
    }

    fn dicts(&mut self, x: &Dict, y: &Dict, native: bool) -> Dict {
        self.work += x.len() + y.len();
        let mut joined = Dict::default();
        joined.rest = x.rest.clone().or_else(|| y.rest.clone());
        joined.ordered = x.ordered && y.ordered;
        if !(x.is_plain() && y.is_plain()) {
            joined.lose_table();
        }
        let mut order = Vec::new();
        for (key, shown, value) in x.iter() {
            match y.get(key) {
                Some(other) => {
                    let value = self.value(value, other);
                    order.push(key);
                    joined.insert(key.clone(), shown.clone(), value);
                }
                None if native => joined.insert(key.clone(), shown.clone(), value.clone()),
                None => joined.insert(key.clone(), shown.clone(), self.maybe(value)),
            }
        }
        for (key, shown, value) in y.iter() {
            if x.get(key).is_none() {
                let value = if native { value.clone() } else { self.maybe(value) };
                joined.insert(key.clone(), shown.clone(), value);
            }
        }
        let in_y: Vec<&Key> = y.iter().map(|(key, _, _)| key).filter(|key| x.get(key).is_some()).collect();
        if order != in_y && !native && joined.rest.is_none() {
            // The same keys in another order: whoever walks over them must not be told one of the two.
            let is_namespace = y.name("__name__").is_some();
            if is_namespace {
                joined.lose_table();
            } else {
                joined.rest = Some(self.difference(&[]));
            }
        }
        joined
    }

    fn sets(&mut self, x: &Set, y: &Set) -> Set {
        let mut joined = Set::new(y.frozen);
        joined.rest = x.rest.clone().or_else(|| y.rest.clone());
        if !x.has_same_order(y) {
            joined.lose_order();
        }
        for (key, value) in x.iter() {
            if y.contains(key) {
                joined.insert(key.clone(), value.clone());
            }
        }
        if joined.rest.is_none() && (joined.len() < x.len() || joined.len() < y.len()) {
            let only_one =
                x.iter().find(|(key, _)| !y.contains(key)).or_else(|| y.iter().find(|(k, _)| !x.contains(k)));
            let added: Vec<&Value> = only_one.map(|(_, value)| value).into_iter().collect();
            joined.rest = Some(self.difference(&added));
        }
        joined
    }

    fn value(&mut self, x: &Value, y: &Value) -> Value {
        if x.is(y) {
            return y.clone();
        }
        match (&x.data, &y.data) {
            (Data::Unknown(_), _) => return x.clone(),
            (_, Data::Unknown(_)) => return y.clone(),
            (Data::Tuple(a), Data::Tuple(b)) if a.len() == b.len() && self.depth < MAX_DEPTH => {
                let place = (a.as_ptr(), b.as_ptr());
                if let Some(joined) = self.tuples.get(&place) {
                    return joined.clone();
                }
                self.depth += 1;
                let items: Vec<Value> = a.iter().zip(b.iter()).map(|(x, y)| self.value(x, y)).collect();
                self.depth -= 1;
                let joined = Value::tuple(items).with_origin(y.origin);
                self.tuples.insert(place, joined.clone());
                return joined;
            }
            (Data::Object(a), Data::Object(b)) => {
                if self.is_same_version(*a, *b) {
                    return y.clone();
                }
                if let Some(id) = self.fresh_pair(*a, *b) {
                    return Value::object(id).with_origin(y.origin);
                }
            }
            _ => {}
        }
        Data::Unknown(self.difference(&[x, y])).into()
    }

    /// Whether both are `sys.version_info`, or the same part of it, first looked at on either path: it never changes, so it
    /// does not matter which of the two stays.
    fn is_same_version(&self, a: ObjectId, b: ObjectId) -> bool {
        match (self.a.object(a), self.b.object(b)) {
            (Object::Instance(a), Object::Instance(b)) if a.class == b.class => {
                match (&a.carried, &b.carried) {
                    (Some(a), Some(b)) => same_versions(a, b),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// Two objects that each path made for itself become one, where that changes no sharing.
    fn fresh_pair(&mut self, a: ObjectId, b: ObjectId) -> Option<ObjectId> {
        if let Some(id) = self.pairs.get(&(a, b)) {
            return Some(*id);
        }
        let fresh = self.a.has(a) && !self.b.has(a) && self.b.has(b) && !self.a.has(b);
        if !fresh || self.paired_a.contains_key(&a) || self.paired_b.contains_key(&b) {
            return None;
        }
        let id = ObjectId(self.next_object);
        self.next_object += 1;
        self.pairs.insert((a, b), id);
        self.paired_a.insert(a, b);
        self.paired_b.insert(b, a);
        let (states_a, states_b) = (self.a, self.b);
        if let Some(object) = self.objects(states_a.object(a), states_b.object(b), false) {
            self.made.push((id, object));
            Some(id)
        } else {
            // The id stays unused; nothing else may take it for an object.
            self.pairs.remove(&(a, b));
            None
        }
    }

    /// Why the two paths' values cannot be told apart.
    fn difference(&self, values: &[&Value]) -> Arc<Unknown> {
        let others = values.iter().filter_map(|value| self.origins.span(value.origin)).collect();
        Arc::new(Unknown {
            reason: "it depends on a condition that is not known".into(),
            span: self.place,
            others,
            maybe_absent: false,
        })
    }

    /// The value of a key that only one path sets.
    fn maybe(&self, value: &Value) -> Value {
        let mut unknown = match &value.data {
            Data::Unknown(unknown) => (**unknown).clone(),
            _ => (*self.difference(&[value])).clone(),
        };
        unknown.maybe_absent = true;
        Value::unknown(unknown).with_origin(value.origin)
    }

    fn setup_calls(&mut self) -> Vec<SetupCall> {
        let (x, y) = (&self.a.effects.setup_calls, &self.b.effects.setup_calls);
        let longest = x.len().max(y.len());
        (0..longest)
            .filter_map(|index| match (x.get(index), y.get(index)) {
                (Some(x), Some(y)) => Some(self.calls(x, y)),
                (Some(one), None) | (None, Some(one)) => Some(SetupCall { certain: false, ..one.clone() }),
                (None, None) => None,
            })
            .collect()
    }

    fn calls(&mut self, x: &SetupCall, y: &SetupCall) -> SetupCall {
        let mut keywords = Vec::new();
        for (name, value, span) in &y.keywords {
            match x.keywords.iter().find(|(other, _, _)| other == name) {
                Some((_, other, _)) => keywords.push((name.clone(), self.value(other, value), *span)),
                None => keywords.push((name.clone(), self.maybe(value), *span)),
            }
        }
        for (name, value, span) in &x.keywords {
            if !y.keywords.iter().any(|(other, _, _)| other == name) {
                keywords.push((name.clone(), self.maybe(value), *span));
            }
        }
        let more = x.more.clone().or_else(|| y.more.clone());
        let written = self.written(&x.written, &y.written);
        let lost = "it depends on a condition that is not known".to_owned();
        let names = x.commands.iter().chain(&y.commands).map(|(name, _)| name.clone());
        let commands = names.map(|name| (name, Err(lost.clone()))).collect();
        SetupCall { span: y.span, keywords, more, certain: x.certain && y.certain, written, commands }
    }

    fn written(&mut self, x: &Arc<Written>, y: &Arc<Written>) -> Arc<Written> {
        if Arc::ptr_eq(x, y) {
            return y.clone();
        }
        let mut joined = BTreeMap::new();
        for path in x.keys().chain(y.keys()) {
            let content = match (x.get(path), y.get(path)) {
                (Some(Some(x)), Some(Some(y))) => Some(self.value(x, y)),
                (Some(None), Some(None)) => None,
                _ => Some(Data::Unknown(self.difference(&[])).into()),
            };
            joined.insert(path.clone(), content);
        }
        Arc::new(joined)
    }
}

//! Dicts and sets: keys by Python's equality, order of insertion, and what is not known about the rest.

use super::set_order;
use super::value::{ObjectId, Unknown, Value};
use indexmap::{Equivalent, IndexMap};
use num_bigint::BigInt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A hashable value reduced to what Python's `==` and `hash` see: `1`, `1.0` and `True` are one key; on Python 2
/// ASCII `str` and `unicode` are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Key {
    None,
    Int(i64),
    Big(Arc<BigInt>),
    /// The bits of a float that is no integer.
    Float(u64),
    Text(Arc<str>),
    Bytes(Arc<[u8]>),
    Tuple(Arc<[Self]>),
    /// A frozenset's keys, sorted by their debug form.
    Set(Arc<[Self]>),
    Object(ObjectId),
    /// The address of a static: a class, a native function.
    Static(usize),
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            // As `str` hashes, so that a name can be looked up without making a key.
            Self::Text(text) => text.hash(state),
            Self::None => 0u8.hash(state),
            Self::Int(number) => number.hash(state),
            Self::Big(number) => number.hash(state),
            Self::Float(bits) => bits.hash(state),
            Self::Bytes(bytes) => bytes.hash(state),
            Self::Tuple(keys) | Self::Set(keys) => keys.hash(state),
            Self::Object(id) => id.hash(state),
            Self::Static(address) => address.hash(state),
        }
    }
}

/// A name, looked up as a text key.
#[derive(Hash)]
struct Name<'a>(&'a str);

impl Equivalent<Key> for Name<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        matches!(key, Key::Text(text) if **text == *self.0)
    }
}

/// A dict, also every namespace. `rest` says that there may be entries beyond those seen, or that their order is not known.
#[derive(Clone, Debug, Default)]
pub struct Dict {
    entries: IndexMap<Key, (Value, Value)>,
    pub rest: Option<Arc<Unknown>>,
}

impl Dict {
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn get(&self, key: &Key) -> Option<&Value> {
        self.entries.get(key).map(|(_, value)| value)
    }

    pub fn name(&self, name: &str) -> Option<&Value> {
        self.entries.get(&Name(name)).map(|(_, value)| value)
    }

    /// `shown` is the key as the script wrote it; an entry that is there keeps the one it has.
    pub fn insert(&mut self, key: Key, shown: Value, value: Value) {
        match self.entries.get_mut(&key) {
            Some((_, old)) => *old = value,
            None => {
                self.entries.insert(key, (shown, value));
            }
        }
    }

    /// Sets a name; `shown` makes the key's value when the name is new.
    pub fn set_name(&mut self, name: &str, shown: impl FnOnce(Arc<str>) -> Value, value: Value) {
        if let Some((_, old)) = self.entries.get_mut(&Name(name)) {
            *old = value;
        } else {
            let name: Arc<str> = name.into();
            self.entries.insert(Key::Text(name.clone()), (shown(name), value));
        }
    }

    pub fn remove(&mut self, key: &Key) -> Option<Value> {
        self.entries.shift_remove(key).map(|(_, value)| value)
    }

    pub fn remove_name(&mut self, name: &str) -> Option<Value> {
        self.entries.shift_remove(&Name(name)).map(|(_, value)| value)
    }

    pub fn pop_last(&mut self) -> Option<(Value, Value)> {
        self.entries.pop().map(|(_, entry)| entry)
    }

    pub fn clear(&mut self) {
        self.entries.clear();
        self.rest = None;
    }

    /// Key and value, in order of insertion.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Value, &Value)> {
        self.entries.iter().map(|(key, (shown, value))| (key, shown, value))
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.entries.values_mut().map(|(_, value)| value)
    }

    /// The entry at a place in the order of insertion.
    pub fn nth(&self, index: usize) -> Option<(&Value, &Value)> {
        self.entries.get_index(index).map(|(_, (key, value))| (key, value))
    }

    pub fn keys(&self) -> Vec<Value> {
        self.entries.values().map(|(shown, _)| shown.clone()).collect()
    }
}

/// A set or frozenset; it keeps the order of insertion, and is walked as CPython walks it when hashes are not randomised.
#[derive(Clone, Debug, Default)]
pub struct Set {
    items: IndexMap<Key, Value>,
    /// The size of CPython's table for the first items, when it was made for all of them at once.
    reserved: usize,
    pub frozen: bool,
    /// There may be more items than those seen.
    pub rest: Option<Arc<Unknown>>,
}

impl Set {
    pub fn new(frozen: bool) -> Self {
        Self { frozen, ..Self::default() }
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub fn contains(&self, key: &Key) -> bool {
        self.items.contains_key(key)
    }

    pub fn insert(&mut self, key: Key, value: Value) {
        self.items.entry(key).or_insert(value);
    }

    pub fn remove(&mut self, key: &Key) -> Option<Value> {
        self.items.shift_remove(key)
    }

    pub fn clear(&mut self) {
        self.items.clear();
        self.rest = None;
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Value)> {
        self.items.iter()
    }

    /// The items as a loop meets them.
    pub fn values(&self) -> Vec<Value> {
        match set_order::order(self.items.keys(), self.reserved) {
            Some(order) => order.into_iter().map(|at| self.items[at].clone()).collect(),
            None => self.items.values().cloned().collect(),
        }
    }

    /// For a literal of three constants or more.
    #[must_use]
    pub fn into_literal(mut self) -> Self {
        if let Some((order, size)) = set_order::literal_order(self.items.keys()) {
            let entries: Vec<(Key, Value)> = self.items.into_iter().collect();
            self.items = order.into_iter().map(|at| entries[at].clone()).collect();
            self.reserved = size;
        }
        self
    }

    /// Every key, in one order whatever the order of insertion.
    pub fn sorted_keys(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = self.items.keys().cloned().collect();
        keys.sort_by_cached_key(|key| format!("{key:?}"));
        keys
    }
}

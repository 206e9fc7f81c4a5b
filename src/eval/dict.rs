//! Dicts and sets: keys by Python's equality, order of insertion, what Python 2's order depends on, and what is not known about the rest.

use super::hash_order::{History, Step, Word};
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
    /// Walked in order of insertion on Python 2, too (`OrderedDict`).
    pub ordered: bool,
    history: History,
}

impl Dict {
    /// An empty `OrderedDict`.
    pub fn keeping_order() -> Self {
        Self { ordered: true, ..Self::default() }
    }

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
                self.history.added(&key);
                self.entries.insert(key, (shown, value));
            }
        }
    }

    /// Says that the dict was made for so many keys.
    pub(super) fn make_size(&mut self, count: usize) {
        self.history.note(self.entries.keys(), Step::Size(count));
    }

    /// `PyDict_Merge`: takes entries out of another dict by its keys, in the order given.
    pub(super) fn merge(&mut self, other: &Self, keys: &[Key]) {
        if !self.ordered && !keys.is_empty() {
            self.history.note(self.entries.keys(), Step::Room(keys.len()));
        }
        for key in keys {
            if let Some((shown, value)) = other.entry(key) {
                if self.ordered {
                    self.insert(key.clone(), shown.clone(), value.clone());
                } else {
                    self.put(key.clone(), shown.clone(), value.clone());
                }
            }
        }
    }

    /// Inserts what came with others, for which there is room.
    pub(super) fn put(&mut self, key: Key, shown: Value, value: Value) {
        match self.entries.get_mut(&key) {
            Some((_, old)) => *old = value,
            None => {
                self.history.note(self.entries.keys(), Step::Put(key.clone()));
                self.entries.insert(key, (shown, value));
            }
        }
    }

    /// The order in which Python 2 walks it is not known from now on.
    pub fn lose_order(&mut self) {
        self.lose_table();
        self.ordered = false;
    }

    /// The same, for a dict that keeps its order beside its table.
    pub(super) fn lose_table(&mut self) {
        self.history = History::Lost;
    }

    /// Whether nothing but the order of insertion settles how Python 2 walks it.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self.history, History::Plain)
    }

    /// The keys in the order of Python 2's table, `None` when that is not known.
    pub(super) fn table_order(&self, word: impl Fn() -> Word) -> Option<Vec<Key>> {
        if self.entries.len() < 2 {
            return Some(self.entries.keys().cloned().collect());
        }
        Some(self.history.walk(self.entries.keys(), word)?.into_iter().cloned().collect())
    }

    /// `popitem` of Python 2; `Err` when it is not known which it takes.
    pub(super) fn pop_hashed(&mut self, word: impl Fn() -> Word) -> Result<Option<(Value, Value)>, ()> {
        let Some(key) = self.history.popped(self.entries.keys(), word).cloned() else {
            return if self.entries.len() < 2 { Ok(self.pop_last()) } else { Err(()) };
        };
        self.history.note(self.entries.keys(), Step::Pop);
        Ok(self.entries.shift_remove(&key))
    }

    /// The entry of a key.
    pub fn entry(&self, key: &Key) -> Option<(&Value, &Value)> {
        self.entries.get(key).map(|(shown, value)| (shown, value))
    }

    /// Sets a name; `shown` makes the key's value when the name is new.
    pub fn set_name(&mut self, name: &str, shown: impl FnOnce(Arc<str>) -> Value, value: Value) {
        if let Some((_, old)) = self.entries.get_mut(&Name(name)) {
            *old = value;
        } else {
            let name: Arc<str> = name.into();
            let key = Key::Text(name.clone());
            self.history.added(&key);
            self.entries.insert(key, (shown(name), value));
        }
    }

    pub fn remove(&mut self, key: &Key) -> Option<Value> {
        let at = self.entries.get_index_of(key)?;
        self.remove_at(at)
    }

    pub fn remove_name(&mut self, name: &str) -> Option<Value> {
        let at = self.entries.get_index_of(&Name(name))?;
        self.remove_at(at)
    }

    fn remove_at(&mut self, at: usize) -> Option<Value> {
        let (key, _) = self.entries.get_index(at)?;
        self.history.note(self.entries.keys(), Step::Remove(key.clone()));
        self.entries.shift_remove_index(at).map(|(_, (_, value))| value)
    }

    pub fn pop_last(&mut self) -> Option<(Value, Value)> {
        self.remove_last().map(|(_, entry)| entry)
    }

    fn remove_last(&mut self) -> Option<(Key, (Value, Value))> {
        let (key, _) = self.entries.last()?;
        self.history.note(self.entries.keys(), Step::Remove(key.clone()));
        self.entries.pop()
    }

    pub fn clear(&mut self) {
        self.entries.clear();
        self.rest = None;
        self.history = History::Plain;
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

/// A set or frozenset; it keeps the order of insertion.
#[derive(Clone, Debug, Default)]
pub struct Set {
    items: IndexMap<Key, Value>,
    /// The size of CPython's table for the first items, when it was made for all of them at once.
    reserved: usize,
    history: History,
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
        if !self.items.contains_key(&key) {
            self.history.added(&key);
            self.items.insert(key, value);
        }
    }

    pub fn remove(&mut self, key: &Key) -> Option<Value> {
        if self.items.contains_key(key) {
            self.history.note(self.items.keys(), Step::Remove(key.clone()));
        }
        self.items.shift_remove(key)
    }

    pub fn clear(&mut self) {
        self.items.clear();
        self.rest = None;
        self.history = History::Plain;
    }

    /// Takes in the items of another set or dict, in the order in which a walk meets them.
    pub(super) fn merge(&mut self, items: Vec<(Key, Value)>) {
        self.history.note(self.items.keys(), Step::Room(items.len()));
        self.put(items);
    }

    /// Adds items without any growth of Python 2's table, as set operations do.
    pub(super) fn put(&mut self, items: Vec<(Key, Value)>) {
        for (key, value) in items {
            if !self.items.contains_key(&key) {
                self.history.note(self.items.keys(), Step::Put(key.clone()));
                self.items.insert(key, value);
            }
        }
    }

    /// Says that `difference_update` has come to its end.
    pub(super) fn tidy(&mut self) {
        self.history.note(self.items.keys(), Step::Tidy);
    }

    /// The order in which Python 2 walks it is not known from now on.
    pub(super) fn lose_order(&mut self) {
        self.history = History::Lost;
    }

    /// Says that the table did not come about by adding one key after the other.
    pub(super) fn remake(&mut self) {
        self.history.note(self.items.keys(), Step::Tidy);
    }

    /// The places of the items as Python 3 walks them, where it always walks them so; `is_modelled` says whether this
    /// Python's table is known for what was added one by one.
    pub(super) fn settled_order(&self, is_modelled: impl Fn() -> bool) -> Option<Vec<usize>> {
        if self.items.len() < 2 {
            return Some((0..self.items.len()).collect());
        }
        let ever = self.history.keys()?;
        if let Some(order) = set_order::of_small_integers(self.items.keys(), ever) {
            return Some(order);
        }
        let one_by_one = self.is_plain() && self.items.keys().all(|key| matches!(key, Key::Int(_)));
        if one_by_one && is_modelled() { set_order::order(self.items.keys(), 0) } else { None }
    }

    /// Whether it was filled one key after the other, and lost none.
    pub(super) fn is_plain(&self) -> bool {
        self.reserved == 0 && matches!(self.history, History::Plain)
    }

    /// The items at these places.
    pub(super) fn in_order(&self, order: Vec<usize>) -> Vec<(Key, Value)> {
        let item = |at: usize| self.items.get_index(at).map(|(key, value)| (key.clone(), value.clone()));
        order.into_iter().filter_map(item).collect()
    }

    /// The places of the items as CPython 3.11 walks them without random hashes.
    pub(super) fn unrandomised_order(&self) -> Vec<usize> {
        let order = set_order::order(self.items.keys(), self.reserved);
        order.unwrap_or_else(|| (0..self.items.len()).collect())
    }

    /// The items in one order, whatever it is.
    pub fn values(&self) -> Vec<Value> {
        self.items.values().cloned().collect()
    }

    pub(super) fn keys(&self) -> impl ExactSizeIterator<Item = &Key> {
        self.items.keys()
    }

    /// Whether both were filled alike, so that Python 2 walks them alike.
    pub(super) fn has_same_order(&self, other: &Self) -> bool {
        let plain = |set: &Self| matches!(set.history, History::Plain);
        plain(self) && plain(other) && self.items.keys().eq(other.items.keys())
    }

    /// The items in the order of Python 2's table, `None` when that is not known.
    pub(super) fn table_order(&self, word: impl Fn() -> Word) -> Option<Vec<(Key, Value)>> {
        let item = |key: &Key| Some((key.clone(), self.items.get(key)?.clone()));
        if self.items.len() < 2 {
            return self.items.keys().map(item).collect();
        }
        self.history.walk(self.items.keys(), word)?.into_iter().map(item).collect()
    }

    /// `pop` of Python 2; `Err` when it is not known which it takes.
    pub(super) fn pop_hashed(&mut self, word: impl Fn() -> Word) -> Result<Option<Value>, ()> {
        let Some(key) = self.history.popped(self.items.keys(), word).cloned() else {
            return if self.items.len() < 2 { Ok(self.items.pop().map(|(_, value)| value)) } else { Err(()) };
        };
        self.history.note(self.items.keys(), Step::Pop);
        Ok(self.items.shift_remove(&key))
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Value)> {
        self.items.iter()
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

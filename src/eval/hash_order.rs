//! The order in which CPython 2.7 walks dicts and sets: that of a hash table, whose layout depends on all that was done to it.

use super::dict::Key;
use std::collections::HashMap;

/// `PyDict_MINSIZE` and `PySet_MINSIZE`.
const SMALLEST: usize = 8;

/// What was done to a table, as far as its layout depends on it.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A new key set on its own, after which the table may grow.
    Add(Key),
    /// A new key that came with others, for which [`Step::Room`] was made before.
    Put(Key),
    Remove(Key),
    /// Room for so many keys out of another dict or set.
    Room(usize),
    /// Room for exactly so many: a display with as many entries.
    Size(usize),
    /// What `popitem` or `set.pop` takes.
    Pop,
    /// The end of `difference_update`: many places of removed keys are given back.
    Tidy,
}

/// All that was done to a dict or set.
#[derive(Clone, Debug, Default)]
pub(super) enum History {
    /// Its keys were added one by one, in the order that it keeps.
    #[default]
    Plain,
    Steps(Vec<Step>),
    /// Not known.
    Lost,
}

impl History {
    /// Puts a step on record; `keys` are those there before it.
    pub(super) fn note<'a>(&mut self, keys: impl ExactSizeIterator<Item = &'a Key>, step: Step) {
        let count = keys.len();
        if let Self::Plain = self {
            *self = Self::Steps(keys.cloned().map(Step::Add).collect());
        }
        if let Self::Steps(steps) = self {
            steps.push(step);
            // A record far longer than what it tells of is not kept: nobody walks what is changed all the time.
            if steps.len() > 4096 + 8 * count {
                *self = Self::Lost;
            }
        }
    }

    /// The same for a new key, which needs no record while all came one by one.
    pub(super) fn added(&mut self, key: &Key) {
        if let Self::Steps(steps) = self {
            steps.push(Step::Add(key.clone()));
        }
    }

    /// Every key of which the record tells, also those that are gone; `None` when there is none.
    pub(super) fn keys(&self) -> Option<impl Iterator<Item = &Key>> {
        let steps = match self {
            Self::Plain => &[][..],
            Self::Steps(steps) => steps,
            Self::Lost => return None,
        };
        Some(steps.iter().filter_map(|step| match step {
            Step::Add(key) | Step::Put(key) | Step::Remove(key) => Some(key),
            _ => None,
        }))
    }

    /// The keys in the order in which a walk meets them, `None` where it is not known. `keys` are as they were added;
    /// `word` is only asked where the order depends on it.
    pub(super) fn walk<'a>(
        &'a self,
        keys: impl ExactSizeIterator<Item = &'a Key> + Clone,
        word: impl Fn() -> Word,
    ) -> Option<Vec<&'a Key>> {
        let wide = self.replay(keys.clone(), Word::Wide)?.walk();
        let windows = self.replay(keys, Word::Windows)?.walk();
        Some(if wide == windows || word() == Word::Wide { wide } else { windows })
    }

    /// The key that `popitem` or `set.pop` takes.
    pub(super) fn popped<'a>(
        &'a self,
        keys: impl ExactSizeIterator<Item = &'a Key> + Clone,
        word: impl Fn() -> Word,
    ) -> Option<&'a Key> {
        let wide = self.replay(keys.clone(), Word::Wide)?.pop()?;
        let windows = self.replay(keys, Word::Windows)?.pop()?;
        Some(if wide == windows || word() == Word::Wide { wide } else { windows })
    }

    fn replay<'a>(&'a self, keys: impl ExactSizeIterator<Item = &'a Key>, word: Word) -> Option<Table<'a>> {
        let mut table = Table::new(word);
        match self {
            Self::Lost => return None,
            Self::Plain => {
                for key in keys {
                    table.add(key)?;
                }
            }
            Self::Steps(steps) => {
                for step in steps {
                    table.take(step)?;
                }
            }
        }
        Some(table)
    }
}

/// How wide a hash is: C's `long`, of 32 bits on Windows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Word {
    Wide,
    Windows,
}

#[derive(Clone, Copy)]
enum Slot<'a> {
    Empty,
    /// Where a key was removed.
    Dummy,
    Used(&'a Key, i64),
}

struct Table<'a> {
    slots: Vec<Slot<'a>>,
    /// Slots that are or were used.
    fill: usize,
    used: usize,
    /// The hash kept with slot 0, which holds where the next `popitem` looks while no key is there.
    finger: i64,
    places: HashMap<&'a Key, usize>,
    word: Word,
}

impl<'a> Table<'a> {
    fn new(word: Word) -> Self {
        Self { slots: vec![Slot::Empty; SMALLEST], fill: 0, used: 0, finger: 0, places: HashMap::new(), word }
    }

    fn take(&mut self, step: &'a Step) -> Option<()> {
        match step {
            Step::Add(key) => self.add(key)?,
            Step::Put(key) => self.put(key, hash(key, self.word)?),
            Step::Remove(key) => self.remove(key),
            Step::Room(count) => {
                if (self.fill + count) * 3 >= self.slots.len() * 2 {
                    self.resize((self.used + count) * 2);
                }
            }
            Step::Size(count) => self.resize(*count),
            Step::Pop => {
                self.pop();
            }
            Step::Tidy => {
                if (self.fill - self.used) * 5 >= self.slots.len() - 1 {
                    self.resize(self.growth());
                }
            }
        }
        Some(())
    }

    fn walk(&self) -> Vec<&'a Key> {
        let used = |slot: &Slot<'a>| if let Slot::Used(key, _) = slot { Some(*key) } else { None };
        self.slots.iter().filter_map(used).collect()
    }

    fn add(&mut self, key: &'a Key) -> Option<()> {
        self.put(key, hash(key, self.word)?);
        if self.fill * 3 >= self.slots.len() * 2 {
            self.resize(self.growth());
        }
        Some(())
    }

    fn growth(&self) -> usize {
        if self.used > 50_000 { self.used * 2 } else { self.used * 4 }
    }

    /// `insertdict` of a key that is not there: into the first place of a removed key that the search comes by, else
    /// where it ends.
    fn put(&mut self, key: &'a Key, hash: i64) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        let mut next = at;
        let mut perturb = hash as usize;
        let mut free = None;
        loop {
            match self.slots[at] {
                Slot::Empty => break,
                Slot::Dummy if free.is_none() => free = Some(at),
                _ => {}
            }
            next = next.wrapping_mul(5).wrapping_add(perturb).wrapping_add(1);
            at = next & mask;
            perturb >>= 5;
        }
        if free.is_none() {
            self.fill += 1;
        }
        let at = free.unwrap_or(at);
        if at == 0 {
            self.finger = hash;
        }
        self.slots[at] = Slot::Used(key, hash);
        self.places.insert(key, at);
        self.used += 1;
    }

    fn remove(&mut self, key: &Key) {
        if let Some(at) = self.places.remove(key) {
            self.slots[at] = Slot::Dummy;
            self.used -= 1;
        }
    }

    /// `dictresize` and `set_table_resize`.
    fn resize(&mut self, least: usize) {
        let mut size = SMALLEST;
        while size <= least {
            size *= 2;
        }
        if size == SMALLEST && self.slots.len() == SMALLEST && self.fill == self.used {
            return;
        }
        let old = std::mem::replace(&mut self.slots, vec![Slot::Empty; size]);
        (self.fill, self.used, self.finger) = (0, 0, 0);
        self.places.clear();
        for slot in old {
            if let Slot::Used(key, hash) = slot {
                self.put(key, hash);
            }
        }
    }

    fn pop(&mut self) -> Option<&'a Key> {
        if self.used == 0 {
            return None;
        }
        let mut at = 0;
        if !matches!(self.slots[0], Slot::Used(..)) {
            at = usize::try_from(self.finger)
                .ok()
                .filter(|at| (1..self.slots.len()).contains(at))
                .unwrap_or(1);
            while !matches!(self.slots[at], Slot::Used(..)) {
                at = if at + 1 < self.slots.len() { at + 1 } else { 1 };
            }
        }
        let Slot::Used(key, _) = self.slots[at] else { return None };
        self.remove(key);
        self.finger = at as i64 + 1;
        Some(key)
    }
}

/// `hash(key)` of CPython 2.7 without `-R`; `None` for what hashes by its address.
fn hash(key: &Key, word: Word) -> Option<i64> {
    let narrow = word == Word::Windows;
    let hash = match key {
        // Beyond that `unicode` is hashed as it is stored, which differs by platform.
        Key::Text(text) if text.chars().all(|c| u32::from(c) < 0x1_0000) => {
            of_units(text.chars().map(|c| i64::from(u32::from(c))))
        }
        Key::Bytes(bytes) => of_units(bytes.iter().map(|byte| i64::from(*byte))),
        // On Windows what does not fit 32 bits is a `long`, with a hash of its own.
        Key::Int(number) if i32::try_from(*number).is_ok() => *number,
        Key::Tuple(keys) => of_tuple(keys, word)?,
        Key::Set(keys) => of_frozenset(keys, word)?,
        _ => return None,
    };
    let hash = if narrow { i64::from(hash as i32) } else { hash };
    // -1 stands for an error.
    Some(if hash == -1 { -2 } else { hash })
}

/// `string_hash` and `unicode_hash`.
fn of_units(units: impl Iterator<Item = i64>) -> i64 {
    let (mut hash, mut length) = (0_i64, 0_i64);
    for unit in units {
        if length == 0 {
            hash = unit << 7;
        }
        hash = hash.wrapping_mul(1_000_003) ^ unit;
        length += 1;
    }
    hash ^ length
}

fn of_tuple(keys: &[Key], word: Word) -> Option<i64> {
    let (mut made, mut factor) = (0x34_5678_i64, 1_000_003_i64);
    for (at, key) in keys.iter().enumerate() {
        made = (made ^ hash(key, word)?).wrapping_mul(factor);
        factor = factor.wrapping_add(82_520 + 2 * (keys.len() - 1 - at) as i64);
    }
    Some(made.wrapping_add(97_531))
}

fn of_frozenset(keys: &[Key], word: Word) -> Option<i64> {
    let mut made = 1_927_868_237_i64.wrapping_mul(keys.len() as i64 + 1);
    for key in keys {
        let hash = hash(key, word)?;
        made ^= (hash ^ (hash << 16) ^ 0x055b_4db3).wrapping_mul(3_644_798_167);
    }
    made = made.wrapping_mul(69_069).wrapping_add(907_133_923);
    let minus_one = if word == Word::Windows { made as i32 == -1 } else { made == -1 };
    Some(if minus_one { 590_923_713 } else { made })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_cpython_2_7() {
        let text = |text: &str| Key::Text(text.into());
        let wide = |key: Key| hash(&key, Word::Wide);
        assert_eq!(wide(text("n42")), Some(5_261_102_140_484_498_251));
        assert_eq!(wide(text("k5b8j")), Some(-924_084_001_691_837_783));
        assert_eq!(wide(text("é2")), Some(29_824_178_921_268_299));
        assert_eq!(wide(text("")), Some(0));
        assert_eq!(wide(Key::Int(-1)), Some(-2));
        assert_eq!(wide(Key::None), None, "it is an address");
        for word in ["n42", "k5b8j", "é2"] {
            let (wide, narrow) = (hash(&text(word), Word::Wide), hash(&text(word), Word::Windows));
            assert_eq!(narrow, wide.map(|hash| i64::from(hash as i32)));
        }
    }

    #[test]
    fn the_platform_is_asked_where_the_order_depends_on_it() {
        let walked = |keys: &[&str], word: Word| {
            let keys: Vec<Key> = keys.iter().map(|key| Key::Text((*key).into())).collect();
            let asked = std::cell::Cell::new(false);
            let history = History::Plain;
            let order = history.walk(keys.iter(), || {
                asked.set(true);
                word
            });
            let order: Vec<String> = order.unwrap().into_iter().map(|key| format!("{key:?}")).collect();
            (order, asked.get())
        };
        let few = ["install", "tests", "docs", "all"];
        assert_eq!(walked(&few, Word::Wide), walked(&few, Word::Windows));
        assert!(!walked(&few, Word::Wide).1);
        let far = ["", "etgy", "m4bhed", "2xow", "l8-v2", "l9j7174wf", "y4lqma70", "92_hhsj3", "é9"];
        // What CPython 2.7.18 on Linux gave.
        let mut history = History::Plain;
        history.note([].iter(), Step::Size(13));
        let keys = far.map(|key| Key::Text(key.into()));
        for key in &keys {
            history.added(key);
        }
        let order = |word: Word| {
            let order = history.walk(keys.iter(), || word).unwrap();
            order.into_iter().map(|key| format!("{key:?}")).collect::<Vec<_>>()
        };
        let linux = ["", "l8-v2", "l9j7174wf", "m4bhed", "é9", "2xow", "y4lqma70", "92_hhsj3", "etgy"];
        assert_eq!(order(Word::Wide), linux.map(|key| format!("Text({key:?})")));
        assert_ne!(order(Word::Windows), order(Word::Wide));
    }
}

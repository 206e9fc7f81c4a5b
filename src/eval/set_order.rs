//! The order in which CPython 3 walks a set: settled for some sets of integers, else another one from run to run.
//!
//! Where it is not settled, a first evaluation takes the order that CPython 3.11 and later have without random hashes
//! (`PYTHONHASHSEED=0`, what reproducible builds get). More evaluations, each with orders of its own, then tell what
//! depends on it (`project/orders.rs`).

use super::dict::Key;
use crate::text::Span;

/// The walks over sets of which Python does not settle the order.
#[derive(Clone, Debug, Default)]
pub struct Unsettled {
    /// 0 for the orders without random hashes, else which orders are tried.
    attempt: u32,
    /// The sets that were walked, each as its keys in order of insertion: a set that has not changed is walked alike again.
    sets: Vec<Vec<Key>>,
    /// Where, each once.
    places: Vec<Span>,
    /// The size of the largest of them.
    largest: usize,
}

/// More sets than this are not told apart, and the text of more places is not kept.
const MAX_SETS: usize = 64;

impl Unsettled {
    pub(super) fn new(attempt: u32) -> Self {
        Self { attempt, ..Self::default() }
    }

    pub fn places(&self) -> &[Span] {
        &self.places
    }

    /// How many attempts show every item of every set in each place, and each pair both ways round; sampled for sets
    /// that are larger than any that a setup.py means.
    pub fn attempts(&self) -> u32 {
        match self.largest {
            0 => 0,
            1..=4 => 8,
            more => 2 * more.min(16) as u32,
        }
    }

    /// Puts a walk over these keys on record; the places of the keys as the walk meets them, `None` for the order without
    /// random hashes.
    pub(super) fn walk<'a>(
        &mut self,
        keys: impl ExactSizeIterator<Item = &'a Key>,
        place: Span,
    ) -> Option<Vec<usize>> {
        let count = keys.len();
        self.largest = self.largest.max(count);
        if self.places.len() < MAX_SETS && !self.places.contains(&place) {
            self.places.push(place);
        }
        if self.attempt == 0 {
            return None;
        }
        let keys: Vec<Key> = keys.cloned().collect();
        let known = self.sets.iter().position(|set| *set == keys);
        let which = known.unwrap_or(self.sets.len());
        if known.is_none() && which < MAX_SETS {
            self.sets.push(keys);
        }
        Some(permuted(count, self.attempt - 1, which))
    }
}

/// The order of one set in one attempt. Each set takes other bits of the attempt, so that two sets are not turned as one.
fn permuted(count: usize, attempt: u32, which: usize) -> Vec<usize> {
    /// Three independent sums of an attempt's lower bits.
    const SUMS: [(u32, u32, u32); 7] =
        [(1, 2, 4), (2, 4, 1), (4, 1, 2), (3, 4, 1), (5, 2, 1), (6, 1, 2), (7, 1, 2)];
    let odd = |sum: u32| (attempt & sum).count_ones() as usize & 1;
    let (backwards, low, high) = SUMS[which % SUMS.len()];
    let turn =
        if count <= 4 { odd(low) + 2 * odd(high) } else { (attempt as usize >> 1) * (2 * (which % 8) + 1) };
    // Neighbours in order of insertion are to be apart.
    let mut order: Vec<usize> = (0..count).step_by(2).chain((1..count).step_by(2)).collect();
    order.rotate_left(turn % count.max(1));
    if odd(backwards) == 1 {
        order.reverse();
    }
    order
}

/// The order of integers that no hash table of CPython 3 can show otherwise: smaller than the smallest table for that
/// many, so that each stands in the place of its own number. `ever` are all that were in the set at any time.
pub(super) fn of_small_integers<'a>(
    keys: impl ExactSizeIterator<Item = &'a Key>,
    mut ever: impl Iterator<Item = &'a Key>,
) -> Option<Vec<usize>> {
    let mut size = SMALLEST;
    while keys.len() * 3 >= (size - 1) * 2 {
        size *= 2;
    }
    let small = |key: &Key| matches!(key, Key::Int(number) if (0..size as i64).contains(number));
    let mut order: Vec<(i64, usize)> = Vec::new();
    for (at, key) in keys.enumerate() {
        match key {
            Key::Int(number) if small(key) => order.push((*number, at)),
            _ => return None,
        }
    }
    order.sort_unstable();
    ever.all(small).then(|| order.into_iter().map(|(_, at)| at).collect())
}

/// `PySet_MINSIZE` and `LINEAR_PROBES` of Objects/setobject.c.
const SMALLEST: usize = 8;
const PROBES: usize = 9;

/// The places of keys, given in order of insertion, as a walk meets them; `None` when a hash is not known. `reserved` is
/// the size of the table that the first keys came into, 0 for the usual one.
pub(super) fn order<'a>(keys: impl ExactSizeIterator<Item = &'a Key>, reserved: usize) -> Option<Vec<usize>> {
    let mut table = Table::new(reserved.max(SMALLEST));
    for (at, key) in keys.enumerate() {
        table.add(hash(key)?, at);
    }
    Some(table.places().collect())
}

/// The same for a literal of constants, which the compiler folds into a frozenset that the set is filled from; with it,
/// the size of the set's table.
pub(super) fn literal_order<'a>(keys: impl ExactSizeIterator<Item = &'a Key>) -> Option<(Vec<usize>, usize)> {
    let hashes: Vec<u64> = keys.map(hash).collect::<Option<_>>()?;
    let frozen = |order: &[usize]| {
        let mut table = Table::new(SMALLEST);
        for at in order {
            table.add(hashes[*at], *at);
        }
        table
    };
    // Merging constants makes the frozenset once more from its own items, and interning them yet once more when one of
    // them is a name that some module has had before: with words that projects use, one nearly always is.
    let mut order: Vec<usize> = (0..hashes.len()).collect();
    for _ in 0..2 {
        order = frozen(&order).places().collect();
    }
    let folded = frozen(&order);
    let size = if hashes.len() * 5 >= (SMALLEST - 1) * 3 { grown(hashes.len() * 2) } else { SMALLEST };
    if size == folded.slots.len() {
        return Some((folded.places().collect(), size));
    }
    let mut table = Table::new(size);
    for at in folded.places() {
        table.put(hashes[at], at);
    }
    Some((table.places().collect(), size))
}

/// `set_table_resize`'s size for at least one more than `used`.
fn grown(used: usize) -> usize {
    let mut size = SMALLEST;
    while size <= used {
        size *= 2;
    }
    size
}

/// Hash and place of each key.
struct Table {
    slots: Vec<Option<(u64, usize)>>,
    fill: usize,
}

impl Table {
    fn new(size: usize) -> Self {
        Self { slots: vec![None; size], fill: 0 }
    }

    fn places(&self) -> impl Iterator<Item = usize> {
        self.slots.iter().flatten().map(|(_, at)| *at)
    }

    /// `set_add_entry` of a key that is not there.
    fn add(&mut self, hash: u64, at: usize) {
        self.put(hash, at);
        if self.fill * 5 >= (self.slots.len() - 1) * 3 {
            let size = grown(if self.fill > 50_000 { self.fill * 2 } else { self.fill * 4 });
            let old = std::mem::replace(self, Self::new(size));
            for (hash, at) in old.slots.into_iter().flatten() {
                self.put(hash, at);
            }
        }
    }

    fn put(&mut self, hash: u64, at: usize) {
        let mask = self.slots.len() - 1;
        let mut perturb = hash;
        let mut slot = hash as usize & mask;
        loop {
            let last = if slot + PROBES <= mask { slot + PROBES } else { slot };
            if let Some(free) = (slot..=last).find(|slot| self.slots[*slot].is_none()) {
                self.slots[free] = Some((hash, at));
                self.fill += 1;
                return;
            }
            perturb >>= 5;
            slot = (slot.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize)) & mask;
        }
    }
}

/// `hash(key)` as the bits of a machine word; `None` for what hashes by its address or by its parts.
fn hash(key: &Key) -> Option<u64> {
    let hash = match key {
        Key::Text(text) => {
            let widest = text.chars().map(u32::from).max().unwrap_or(0);
            let bytes: Vec<u8> = match widest {
                0..0x100 => text.chars().map(|c| c as u8).collect(),
                0x100..0x1_0000 => text.chars().flat_map(|c| (c as u16).to_le_bytes()).collect(),
                _ => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
            };
            of_bytes(&bytes)
        }
        Key::Bytes(bytes) => of_bytes(bytes),
        // Modulo 2**61 - 1, with the number's sign.
        Key::Int(number) => (number % ((1 << 61) - 1)) as u64,
        _ => return None,
    };
    // -1 stands for an error.
    Some(if hash == u64::MAX { u64::MAX - 1 } else { hash })
}

/// SipHash-1-3 with a key of zeros (Python/pyhash.c); nothing hashes to 0.
fn of_bytes(bytes: &[u8]) -> u64 {
    if bytes.is_empty() {
        return 0;
    }
    let mut v: [u64; 4] =
        [0x736f_6d65_7073_6575, 0x646f_7261_6e64_6f6d, 0x6c79_6765_6e65_7261, 0x7465_6462_7974_6573];
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = chunk.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        v[3] ^= word;
        round(&mut v);
        v[0] ^= word;
    }
    let tail = chunks.remainder().iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
    let last = (bytes.len() as u64) << 56 | tail;
    v[3] ^= last;
    round(&mut v);
    v[0] ^= last;
    v[2] ^= 0xff;
    for _ in 0..3 {
        round(&mut v);
    }
    v[0] ^ v[1] ^ v[2] ^ v[3]
}

fn round(v: &mut [u64; 4]) {
    v[0] = v[0].wrapping_add(v[1]);
    v[1] = v[1].rotate_left(13) ^ v[0];
    v[0] = v[0].rotate_left(32);
    v[2] = v[2].wrapping_add(v[3]);
    v[3] = v[3].rotate_left(16) ^ v[2];
    v[0] = v[0].wrapping_add(v[3]);
    v[3] = v[3].rotate_left(21) ^ v[0];
    v[2] = v[2].wrapping_add(v[1]);
    v[1] = v[1].rotate_left(17) ^ v[2];
    v[2] = v[2].rotate_left(32);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Key> {
        text.split_whitespace().map(|word| Key::Text(word.into())).collect()
    }

    fn shown(keys: &[Key], order: &[usize]) -> String {
        let word = |at: &usize| match &keys[*at] {
            Key::Text(text) => text.to_string(),
            other => format!("{other:?}"),
        };
        order.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    /// What CPython 3.11.7 with `PYTHONHASHSEED=0` gave, three lines a case: words, a set that they were added to one by
    /// one, a literal of them; all of them names that were in use before.
    const CASES: &str = include_str!("set_order/cases.txt");

    #[test]
    fn sets_are_walked_as_python_3_11_does() {
        for case in CASES.lines().collect::<Vec<_>>().chunks(3) {
            let [given, one_by_one, literal] = case else { panic!("{case:?}") };
            let keys = words(given);
            assert_eq!(shown(&keys, &order(keys.iter(), 0).unwrap()), *one_by_one, "{given}");
            assert_eq!(shown(&keys, &literal_order(keys.iter()).unwrap().0), *literal, "{{{given}}}");
        }
        let wide = words("é ünï ключ 漢字 😀x zażółć naïve");
        assert_eq!(shown(&wide, &order(wide.iter(), 0).unwrap()), "é naïve ünï ключ zażółć 😀x 漢字");
        let numbers: Vec<Key> = [10, -1, 3, 1 << 61, 8].map(Key::Int).to_vec();
        assert_eq!(order(numbers.iter(), 0), Some(vec![3, 2, 4, 0, 1]), "{{10, -1, 3, 2**61, 8}}");
        assert_eq!(order([Key::None].iter(), 0), None);
    }
}

//! The order in which CPython 3.11 and later walk a set when hashes are not randomised (`PYTHONHASHSEED=0`).
//!
//! Python's own order differs from run to run, so scripts do not mean one. This is the one that reproducible builds
//! get, rather than one that no Python ever gives.

use super::dict::Key;

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

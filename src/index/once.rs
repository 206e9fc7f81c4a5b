//! Work that several threads need and one does, and a few threads for many things.

use super::error::IndexError;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Threads that one list of things is shared among.
const WORKERS: usize = 8;

/// Results, each worked out by one thread while others that need it wait.
pub(super) type Slots<K, T> = Mutex<BTreeMap<K, Slot<T>>>;

/// A place for one result.
pub(super) type Slot<T> = Arc<Mutex<Option<Result<T, IndexError>>>>;

/// A guard whatever another thread's panic left: what is guarded holds no state that a half-done change could break.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Works a result out once; threads that ask meanwhile wait for it.
pub(super) fn once<K: Ord + Clone, T: Clone>(
    slots: &Slots<K, T>,
    key: &K,
    work: impl FnOnce() -> Result<T, IndexError>,
) -> Result<T, IndexError> {
    let slot = Arc::clone(locked(slots).entry(key.clone()).or_default());
    locked(&slot).get_or_insert_with(work).clone()
}

/// Calls `work` for every item, on this thread and a few others.
pub(super) fn in_parallel<T: Sync>(items: &[T], work: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    let share = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(item);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..items.len().min(WORKERS) {
            scope.spawn(share);
        }
        share();
    });
}

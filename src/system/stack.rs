//! A stack deep enough to walk whatever the parser and the interpreter make of a hostile file.

use std::cell::Cell;
use std::sync::mpsc::channel;
use std::thread::{Builder, ScopedJoinHandle, park, scope};

/// Bytes; with the interpreter's depth budget, each piece of a script may take some 40 KiB of it.
const DEPTH: usize = 64 << 20;

thread_local! {
    static IS_DEEP: Cell<bool> = const { Cell::new(false) };
}

/// Does some work on a thread with a stack of 64 MiB: on this one when it has that already.
///
/// # Panics
///
/// When the work does, or when the system has no thread to give.
pub fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    if IS_DEEP.get() {
        return work();
    }
    scope(|scope| {
        let marked = || {
            IS_DEEP.set(true);
            work()
        };
        match Builder::new().stack_size(DEPTH).spawn_scoped(scope, marked).map(ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => panic!("no thread with a stack of 64 MiB could be started: {error}"),
        }
    })
}

/// The same for the last thing that a program does: the thread stays when it is done, with all that it has, until the program ends.
/// `None` when the work panics.
///
/// # Panics
///
/// When the system has no thread to give.
pub fn deep_until_exit<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (done, result) = channel();
    let marked = move || {
        IS_DEEP.set(true);
        // Nobody listens only when the program is at its end.
        let _ = done.send(work());
        loop {
            park();
        }
    };
    match Builder::new().stack_size(DEPTH).spawn(marked) {
        Ok(_) => result.recv().ok(),
        Err(error) => panic!("no thread with a stack of 64 MiB could be started: {error}"),
    }
}

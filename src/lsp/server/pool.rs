//! The threads that answer requests.

use super::Event;
use crate::lsp::handlers::Handler;
use crate::lsp::protocol::{Id, Problem};
use crate::lsp::view::View;
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// How many; a slow answer leaves one for the others.
const THREADS: usize = 3;
/// The stack of each: trees of Python source are walked on it.
const STACK: usize = 32 << 20;

/// A request with all that its answer is made of.
pub(super) struct Job {
    pub(super) id: Id,
    pub(super) handler: &'static Handler,
    pub(super) params: Value,
    pub(super) view: View,
    /// Set when nobody wants the answer any more.
    pub(super) dropped: Arc<AtomicBool>,
}

pub(super) struct Pool {
    jobs: Sender<Job>,
}

impl Pool {
    pub(super) fn new(events: &Sender<Event>) -> Self {
        let (jobs, queue) = channel();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..THREADS {
            let (queue, events) = (queue.clone(), events.clone());
            let thread = std::thread::Builder::new().stack_size(STACK);
            let _ = thread.spawn(move || work(&queue, &events));
        }
        Self { jobs }
    }

    pub(super) fn add(&self, job: Job) {
        // The threads end only with this sender.
        let _ = self.jobs.send(job);
    }
}

fn work(queue: &Mutex<Receiver<Job>>, events: &Sender<Event>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        let Job { id, handler, params, view, dropped } = job;
        if dropped.load(Ordering::Relaxed) {
            continue;
        }
        let result = catch_unwind(AssertUnwindSafe(|| (handler.answer)(&view, params)));
        drop(view);
        let result = result.unwrap_or_else(|_| {
            Err(Problem::new(-32603, format!("internal error: spx failed to answer `{}`", handler.method)))
        });
        if events.send(Event::Answered { id, result }).is_err() {
            return;
        }
    }
}

//! When projects are read, and when requests are answered.

use super::{Event, Pending, Server};
use crate::eval::Patience;
use crate::lsp::HARD;
use crate::lsp::analysis::{self, Known, Preview, buffer};
use crate::lsp::handlers::Needs;
use crate::lsp::view::Root;
use crate::lsp::workspace::project_of;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Projects that are read at the same time.
const MAX_RUNNING: usize = 3;
/// Projects that are kept; one without open documents makes room.
const MAX_ROOTS: usize = 100;
/// The stack of a thread that reads a project; the interpreter has one of its own.
const STACK: usize = 16 << 20;
/// Readings that take longer than this are shown as progress.
const SLOW: Duration = Duration::from_millis(500);

/// A reading under way.
pub(super) struct Running {
    /// Of the state that is read.
    generation: u64,
    cancelled: Arc<AtomicBool>,
    pub(super) since: Instant,
    /// The token of its progress, once that is shown.
    pub(super) token: Option<String>,
}

impl Running {
    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// What is known of a project, and what is to be done for it.
#[derive(Default)]
pub(super) struct RootState {
    /// The number of its state, new with every change; an analysis of this number is fresh.
    pub(super) generation: u64,
    /// When to read it, unless a request wants it sooner.
    pub(super) due: Option<Instant>,
    pub(super) running: Option<Running>,
    pub(super) analysis: Option<Known>,
    /// Of that analysis.
    pub(super) preview: Option<Arc<Preview>>,
    previewing: bool,
    /// What was pushed: address and identity of the items.
    pub(super) published: BTreeMap<String, String>,
    /// Paths that the client watches.
    pub(super) watched: BTreeSet<String>,
    /// Whether a request was answered from what is no longer true.
    pub(super) owes_refresh: bool,
}

impl RootState {
    pub(super) fn is_fresh(&self) -> bool {
        self.analysis.as_ref().is_some_and(|analysis| analysis.generation == self.generation)
    }

    pub(super) fn seen(&self, path: &Path) -> Root {
        let (analysis, preview) = (self.analysis.clone(), self.preview.clone());
        Root { path: path.to_owned(), analysis, fresh: self.is_fresh(), preview }
    }

    fn has(&self, needs: Needs) -> bool {
        match needs {
            Needs::Text => true,
            Needs::Values | Needs::Everything => self.is_fresh(),
            Needs::Files => self.is_fresh() && self.preview.is_some(),
        }
    }
}

impl Server {
    /// When the loop must wake although nothing comes in.
    pub(super) fn next_deadline(&self) -> Option<Instant> {
        let waiting = self.pending.iter().map(|pending| pending.until);
        let due = self.roots.values().filter(|root| root.running.is_none()).filter_map(|root| root.due);
        let slow = self.roots.values().filter_map(|root| root.running.as_ref());
        let slow = slow.filter(|running| running.token.is_none()).map(|running| running.since + SLOW);
        let busy = self.reading >= MAX_RUNNING;
        waiting.chain(due.filter(|_| !busy)).chain(slow.filter(|_| self.client.work_done_progress)).min()
    }

    /// Starts what is due, and answers what can be answered or has waited long enough.
    pub(super) fn turn(&mut self) {
        let now = Instant::now();
        let wanted: BTreeSet<PathBuf> = self
            .pending
            .iter()
            .filter(|pending| pending.handler.needs > Needs::Text)
            .flat_map(|pending| pending.roots.iter().cloned())
            .collect();
        let paths: Vec<PathBuf> = self.roots.keys().cloned().collect();
        for path in paths {
            let Some(root) = self.roots.get(&path) else { continue };
            let is_due = root.due.is_some_and(|due| due <= now || wanted.contains(&path));
            if is_due && root.running.is_none() && self.reading < MAX_RUNNING {
                self.read(&path);
            }
        }
        self.start_previews();
        self.show_slow(now);
        let (ready, waiting): (Vec<Pending>, Vec<Pending>) =
            std::mem::take(&mut self.pending).into_iter().partition(|pending| {
                let has =
                    |path: &PathBuf| self.roots.get(path).is_none_or(|root| root.has(pending.handler.needs));
                pending.until <= now || pending.roots.iter().all(has)
            });
        self.pending = waiting;
        for pending in ready {
            for path in &pending.roots {
                if let Some(root) = self.roots.get_mut(path)
                    && !root.has(pending.handler.needs)
                {
                    root.owes_refresh = true;
                }
            }
            self.dispatch(pending);
        }
    }

    /// Reads a project on a thread of its own.
    fn read(&mut self, path: &Path) {
        let buffers = self.buffers(path);
        let Some(root) = self.roots.get_mut(path) else { return };
        let cancelled = Arc::new(AtomicBool::new(false));
        let patience = Patience { until: Some(Instant::now() + HARD), cancelled: Some(cancelled.clone()) };
        root.due = None;
        let (generation, settings) = (root.generation, self.settings.clone());
        root.running = Some(Running { generation, cancelled, since: Instant::now(), token: None });
        let (events, place) = (self.events.clone(), path.to_owned());
        let work = move || {
            let analyse = || analysis::analyse(&place, generation, &buffers, &settings, patience);
            let made = catch_unwind(AssertUnwindSafe(analyse));
            let made = made.unwrap_or_else(|_| analysis::failed(&place, generation));
            // The session may have ended.
            let _ = events.send(Event::Analysed(Arc::new(made)));
        };
        if std::thread::Builder::new().stack_size(STACK).spawn(work).is_ok() {
            self.reading += 1;
        } else {
            // The machine has no thread to give; the next change tries again.
            root.running = None;
        }
    }

    /// Works out what would be built, for the projects that a request wants that of.
    fn start_previews(&mut self) {
        let wanted: Vec<PathBuf> = self
            .pending
            .iter()
            .filter(|pending| pending.handler.needs == Needs::Files)
            .flat_map(|pending| pending.roots.iter().cloned())
            .collect();
        for path in wanted {
            let buffers = self.buffers(&path);
            let Some(root) = self.roots.get_mut(&path) else { continue };
            let Some(known) = root.analysis.clone().filter(|_| root.is_fresh()) else { continue };
            if root.preview.is_some() || root.previewing {
                continue;
            }
            root.previewing = true;
            let (events, generation) = (self.events.clone(), root.generation);
            let work = move || {
                let made = catch_unwind(AssertUnwindSafe(|| analysis::preview(&known, &buffers)));
                let preview = Arc::new(made.unwrap_or_default());
                // The session may have ended.
                let _ = events.send(Event::Previewed { root: path, generation, preview });
            };
            let _ = std::thread::Builder::new().stack_size(STACK).spawn(work);
        }
    }

    pub(super) fn previewed(&mut self, path: &Path, generation: u64, preview: Arc<Preview>) {
        if let Some(root) = self.roots.get_mut(path) {
            root.previewing = false;
            if root.generation == generation {
                root.preview = Some(preview);
                self.refresh(path);
            }
        }
    }

    pub(super) fn analysed(&mut self, analysis: Known) {
        self.reading = self.reading.saturating_sub(1);
        let path = analysis.root.clone();
        let Some(root) = self.roots.get_mut(&path) else { return };
        // One that was dropped and opened again may be read by now: the mark is that reading's.
        let is_its_own =
            root.running.as_ref().is_some_and(|running| running.generation == analysis.generation);
        let running = if is_its_own { root.running.take() } else { None };
        if let Some(token) = running.and_then(|running| running.token) {
            self.end_progress(&token);
        }
        let Some(root) = self.roots.get_mut(&path) else { return };
        if analysis.cancelled || analysis.generation != root.generation {
            // What was read is no longer what is there; it is due again.
            root.due.get_or_insert_with(Instant::now);
            return;
        }
        root.analysis = Some(analysis);
        root.preview = None;
        self.publish(&path);
        self.watch(&path);
        self.refresh(&path);
    }

    /// The project of a document that is open, made known.
    pub(super) fn root_of(&mut self, uri: &str) -> Option<PathBuf> {
        let document = self.documents.get(uri)?.clone();
        let path = project_of(&document, &self.folders, &self.documents)?;
        self.add_root(path.clone());
        Some(path)
    }

    pub(super) fn add_root(&mut self, path: PathBuf) {
        if self.roots.contains_key(&path) {
            return;
        }
        if self.roots.len() >= MAX_ROOTS {
            let is_idle = |path: &PathBuf| {
                !self
                    .documents
                    .values()
                    .any(|open| open.path.as_deref().is_some_and(|file| file.starts_with(path)))
            };
            let Some(idle) = self.roots.keys().find(|path| is_idle(path)).cloned() else { return };
            self.forget(&idle);
        }
        // No two states of any project share a number, so that what is read of one that was dropped counts for none.
        self.generation += 1;
        let generation = self.generation;
        self.roots.insert(path, RootState { generation, due: Some(Instant::now()), ..RootState::default() });
    }

    /// Reads a project again, soon.
    pub(super) fn changed_root(&mut self, path: &Path, wait: Duration) {
        self.generation += 1;
        let generation = self.generation;
        if let Some(root) = self.roots.get_mut(path) {
            root.generation = generation;
            root.due = Some(Instant::now() + wait);
            if let Some(running) = &root.running {
                running.cancel();
            }
        }
    }

    pub(super) fn everything_changed(&mut self) {
        let paths: Vec<PathBuf> = self.roots.keys().cloned().collect();
        for path in paths {
            self.changed_root(&path, Duration::ZERO);
        }
    }

    pub(super) fn cancel_all(&mut self) {
        for running in self.roots.values().filter_map(|root| root.running.as_ref()) {
            running.cancel();
        }
    }

    fn buffers(&self, path: &Path) -> analysis::Buffers {
        self.documents.values().filter_map(|document| buffer(document, path)).collect()
    }

    fn show_slow(&mut self, now: Instant) {
        if !self.client.work_done_progress {
            return;
        }
        let slow: Vec<PathBuf> = self
            .roots
            .iter()
            .filter(|(_, root)| {
                root.running
                    .as_ref()
                    .is_some_and(|running| running.token.is_none() && running.since + SLOW <= now)
            })
            .map(|(path, _)| path.clone())
            .collect();
        for path in slow {
            let token = self.begin_progress(&path);
            if let Some(running) = self.roots.get_mut(&path).and_then(|root| root.running.as_mut()) {
                running.token = Some(token);
            }
        }
    }
}

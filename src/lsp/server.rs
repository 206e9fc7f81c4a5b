//! The main loop: what comes in, what is known, what goes out.

use super::analysis::{Known, Preview};
use super::client::Client;
use super::handlers;
use super::protocol::{Id, Incoming, Problem, answer, notification, refusal, request};
use super::settings::Settings;
use super::transport;
use super::view::{Documents, View};
use pool::{Job, Pool};
use schedule::RootState;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufReader, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Instant;

mod capabilities;
mod commands;
pub(super) use commands::{BUILD, EXPLAIN};
mod pool;
mod publish;
mod schedule;
mod sync;

/// What the main loop wakes for.
pub(super) enum Event {
    Message(Incoming),
    /// The client went away.
    Closed,
    Analysed(Known),
    Previewed {
        root: PathBuf,
        generation: u64,
        preview: Arc<Preview>,
    },
    Answered {
        id: Id,
        result: Result<Value, Problem>,
    },
    /// Something to tell: severity as in `window/showMessage`, and the text.
    Tell(u8, String),
    /// Projects found in a workspace folder.
    Found(Vec<PathBuf>),
}

/// Where the session is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    New,
    Open,
    Shut,
}

/// A request that waits for what it needs.
struct Pending {
    id: Id,
    handler: &'static handlers::Handler,
    params: Value,
    roots: Vec<PathBuf>,
    until: Instant,
}

/// What a request of the server's own was for.
enum Asked {
    Configuration,
    Nothing,
}

struct Server {
    stage: Stage,
    client: Arc<Client>,
    settings: Arc<Settings>,
    folders: Vec<PathBuf>,
    documents: Documents,
    roots: BTreeMap<PathBuf, RootState>,
    pending: Vec<Pending>,
    /// Requests that are being answered, with the flag that drops the answer.
    under_way: BTreeMap<Id, Arc<AtomicBool>>,
    asked: BTreeMap<i64, Asked>,
    last_asked: i64,
    /// The number of the newest state of any project.
    generation: u64,
    /// Readings under way, those of projects that were dropped with them: each may hold much memory until it ends.
    reading: usize,
    pool: Pool,
    events: Sender<Event>,
    output: Sender<Value>,
}

pub(super) fn serve(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> u8 {
    let (events, incoming) = channel();
    let (sender, outgoing) = channel::<Value>();
    let reader = events.clone();
    std::thread::spawn(move || {
        let mut input = BufReader::new(input);
        while let Ok(Some(message)) = transport::read(&mut input) {
            if reader.send(Event::Message(message)).is_err() {
                return;
            }
        }
        // The server may have ended.
        let _ = reader.send(Event::Closed);
    });
    let writer = std::thread::spawn(move || {
        let mut output = output;
        for message in outgoing {
            if transport::write(&mut output, &message).is_err() {
                return;
            }
        }
    });
    let mut server = Server {
        stage: Stage::New,
        client: Arc::new(Client::of(&Value::Null)),
        settings: Arc::default(),
        folders: Vec::new(),
        documents: Documents::default(),
        roots: BTreeMap::new(),
        pending: Vec::new(),
        under_way: BTreeMap::new(),
        asked: BTreeMap::new(),
        last_asked: 0,
        generation: 0,
        reading: 0,
        pool: Pool::new(&events),
        events,
        output: sender,
    };
    let status = server.run(&incoming);
    drop(server);
    // What was said before the end is written; a client that went away does not read it.
    let _ = writer.join();
    status
}

impl Server {
    /// Until the session ends; then its exit status.
    fn run(&mut self, incoming: &Receiver<Event>) -> u8 {
        loop {
            let event = match self.next_deadline() {
                None => incoming.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => incoming.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            match event {
                Ok(event) => {
                    if let Some(status) = self.event(event) {
                        self.cancel_all();
                        return status;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return 1,
            }
            self.turn();
        }
    }

    fn event(&mut self, event: Event) -> Option<u8> {
        match event {
            Event::Closed => return Some(u8::from(self.stage != Stage::Shut)),
            Event::Message(Incoming::Broken(problem)) => self.send(refusal(&problem)),
            Event::Message(Incoming::Request { id, method, params }) => self.request(id, &method, params),
            Event::Message(Incoming::Notification { method, params }) => return self.notice(&method, params),
            Event::Message(Incoming::Response { id, result }) => self.response(&id, result),
            Event::Analysed(analysis) => self.analysed(analysis),
            Event::Previewed { root, generation, preview } => self.previewed(&root, generation, preview),
            Event::Answered { id, result } => {
                if let Some(dropped) = self.under_way.remove(&id)
                    && !dropped.load(Ordering::Relaxed)
                {
                    self.send(answer(&id, &result));
                }
            }
            Event::Tell(severity, text) => {
                self.notify("window/logMessage", &json!({ "type": severity, "message": text }));
            }
            Event::Found(projects) => projects.into_iter().for_each(|project| self.add_root(project)),
        }
        None
    }

    fn send(&self, message: Value) {
        // The writer ends only when the client is gone, and then so does the session.
        let _ = self.output.send(message);
    }

    fn notify(&self, method: &str, params: &Value) {
        self.send(notification(method, params));
    }

    fn ask(&mut self, method: &str, params: &Value, what: Asked) {
        self.last_asked += 1;
        self.asked.insert(self.last_asked, what);
        self.send(request(self.last_asked, method, params));
    }

    fn request(&mut self, id: Id, method: &str, params: Value) {
        let result = match (self.stage, method) {
            (Stage::New, "initialize") => Ok(self.initialize(&params)),
            (Stage::New, _) => Err(Problem::new(Problem::NOT_INITIALIZED, "`initialize` comes first")),
            (Stage::Shut, _) => Err(Problem::new(Problem::INVALID_REQUEST, "the session is shut down")),
            (Stage::Open, "initialize") => {
                Err(Problem::new(Problem::INVALID_REQUEST, "`initialize` comes once"))
            }
            (Stage::Open, "shutdown") => {
                self.stage = Stage::Shut;
                self.cancel_all();
                Ok(Value::Null)
            }
            (Stage::Open, "workspace/executeCommand") => return self.command(id, &params),
            (Stage::Open, _) => match handlers::find(method) {
                Some(handler) => return self.admit(id, handler, params),
                None => Err(Problem::new(Problem::METHOD_NOT_FOUND, format!("`{method}` is not offered"))),
            },
        };
        self.send(answer(&id, &result));
    }

    /// Takes a request in; it is answered as soon as what it needs is known, or is not known in time.
    fn admit(&mut self, id: Id, handler: &'static handlers::Handler, params: Value) {
        let roots = match handler.needs {
            handlers::Needs::Everything => self.roots.keys().cloned().collect(),
            handlers::Needs::Text | handlers::Needs::Values | handlers::Needs::Files => {
                let uri = params.pointer("/textDocument/uri").and_then(Value::as_str).unwrap_or_default();
                self.root_of(uri).into_iter().collect()
            }
        };
        // What the client cannot be told to ask again is not answered before it is known.
        let can_wait = match handler.method {
            "textDocument/diagnostic" | "workspace/diagnostic" => !self.client.refresh_diagnostics,
            "textDocument/inlayHint" => !self.client.refresh_hints,
            "textDocument/codeLens" => !self.client.refresh_lenses,
            _ => false,
        };
        let patience = if can_wait { super::HARD * 2 } else { super::SOFT };
        self.pending.push(Pending { id, handler, params, roots, until: Instant::now() + patience });
    }

    /// Gives a request to the threads that answer.
    fn dispatch(&mut self, pending: Pending) {
        let dropped = Arc::new(AtomicBool::new(false));
        self.under_way.insert(pending.id.clone(), dropped.clone());
        let view = self.view(&pending.roots);
        self.pool.add(Job {
            id: pending.id,
            handler: pending.handler,
            params: pending.params,
            view,
            dropped,
        });
    }

    fn view(&self, roots: &[PathBuf]) -> View {
        View {
            client: self.client.clone(),
            settings: self.settings.clone(),
            documents: self.documents.clone(),
            roots: roots.iter().filter_map(|path| Some(self.roots.get(path)?.seen(path))).collect(),
        }
    }

    /// Notifications; gives the exit status when one ends the session.
    fn notice(&mut self, method: &str, params: Value) -> Option<u8> {
        match (self.stage, method) {
            (_, "exit") => return Some(u8::from(self.stage != Stage::Shut)),
            (Stage::New | Stage::Shut, _) => {}
            (Stage::Open, "initialized") => self.initialized(),
            (Stage::Open, "$/cancelRequest") => self.cancel(&params),
            (Stage::Open, "textDocument/didOpen") => self.opened(&params),
            (Stage::Open, "textDocument/didChange") => self.changed(params),
            (Stage::Open, "textDocument/didSave") => self.saved(&params),
            (Stage::Open, "textDocument/didClose") => self.closed(&params),
            (Stage::Open, "workspace/didChangeWatchedFiles") => self.files_changed(&params),
            (Stage::Open, "workspace/didChangeWorkspaceFolders") => self.folders_changed(&params),
            (Stage::Open, "workspace/didChangeConfiguration") => self.configuration_changed(&params),
            (Stage::Open, _) => {}
        }
        None
    }

    /// Answers a request that is no longer wanted at once; what works on it goes on to nobody.
    fn cancel(&mut self, params: &Value) {
        let Some(id) = params.get("id").and_then(|id| serde_json::from_value::<Id>(id.clone()).ok()) else {
            return;
        };
        let waiting = self.pending.len();
        self.pending.retain(|pending| pending.id != id);
        let was_pending = self.pending.len() < waiting;
        let flag = self.under_way.remove(&id);
        if let Some(flag) = &flag {
            flag.store(true, Ordering::Relaxed);
        }
        if was_pending || flag.is_some() {
            self.send(answer(&id, &Err(Problem::new(Problem::CANCELLED, "the request was cancelled"))));
        }
    }

    fn response(&mut self, id: &Id, result: Option<Value>) {
        let Id::Number(number) = id else { return };
        if let (Some(Asked::Configuration), Some(result)) = (self.asked.remove(number), result) {
            self.set(result.get(0).unwrap_or(&Value::Null));
        }
    }

    /// Takes settings over.
    fn set(&mut self, value: &Value) {
        let (settings, wrong) = Settings::read(value);
        for text in wrong {
            self.notify("window/logMessage", &json!({ "type": 2, "message": text }));
        }
        if settings != *self.settings {
            self.settings = Arc::new(settings);
            self.everything_changed();
        }
    }
}

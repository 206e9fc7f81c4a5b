//! An editor as the server sees it: messages over stdio, documents that are opened and edited, answers that are awaited.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Long enough for a loaded machine; nothing waits this long when the server answers.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    next: i64,
    /// The newest diagnostics that were pushed, by address, with the version they are about.
    pub pushed: BTreeMap<String, (Option<i64>, Vec<Value>)>,
    /// Notifications and requests of the server's own, by method.
    pub heard: Vec<(String, Value)>,
    texts: BTreeMap<String, (i64, String)>,
    /// What `workspace/configuration` is answered with.
    pub configuration: Value,
}

/// The address of a path.
pub fn uri(path: &Path) -> String {
    url::Url::from_file_path(path).unwrap().to_string()
}

/// What a client without pulled diagnostics can do.
pub fn pushing() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true, "tagSupport": { "valueSet": [1, 2] } },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": { "codeActionLiteralSupport": {} },
        },
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
    })
}

/// What a client that pulls can do.
pub fn pulling() -> Value {
    let mut made = pushing();
    made["general"]["positionEncodings"] = json!(["utf-8", "utf-16"]);
    made["textDocument"]["diagnostic"] = json!({ "dynamicRegistration": false });
    made["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    made["workspace"]["inlayHint"] = json!({ "refreshSupport": true });
    made["workspace"]["codeLens"] = json!({ "refreshSupport": true });
    made["workspace"]["configuration"] = json!(true);
    made
}

impl Client {
    /// Starts the server and leaves the session as it begins.
    pub fn bare() -> Self {
        // Measurements want the program as it is released.
        let server = std::env::var("SPX_LSP_SERVER");
        let mut child = Command::new(server.as_deref().unwrap_or(env!("CARGO_BIN_EXE_spx")))
            .arg("lsp")
            .env("SPX_CACHE", std::env::temp_dir().join("spx-no-such-cache"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            input,
            messages,
            next: 0,
            pushed: BTreeMap::new(),
            heard: Vec::new(),
            texts: BTreeMap::new(),
            configuration: Value::Null,
        }
    }

    /// Starts a session in some folders.
    pub fn start(capabilities: Value, folders: &[&Path]) -> Self {
        let mut client = Self::bare();
        let folders: Vec<Value> =
            folders.iter().map(|folder| json!({ "uri": uri(folder), "name": "x" })).collect();
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders });
        let answer = client.request("initialize", params);
        assert_eq!(answer["serverInfo"]["name"], "spx");
        client.notify("initialized", json!({}));
        client
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request; its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }));
        self.next
    }

    /// The whole answer to a request, result or error.
    pub fn answer(&mut self, id: &Value) -> Value {
        loop {
            if let Some(answer) = self.hear()
                && answer["id"] == *id
            {
                return answer;
            }
        }
    }

    /// A request and its result.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(&json!(id));
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Takes the next message in; gives it when it is an answer.
    fn hear(&mut self) -> Option<Value> {
        let message = self.messages.recv_timeout(PATIENCE).expect("the server says something");
        let Some(method) = message.get("method").and_then(Value::as_str).map(str::to_owned) else {
            return Some(message);
        };
        let params = message["params"].clone();
        if let Some(id) = message.get("id") {
            let result =
                if method == "workspace/configuration" { json!([self.configuration]) } else { Value::Null };
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
        }
        if method == "textDocument/publishDiagnostics" {
            let items = params["diagnostics"].as_array().unwrap().clone();
            let uri = params["uri"].as_str().unwrap().to_owned();
            self.pushed.insert(uri, (params["version"].as_i64(), items));
        }
        self.heard.push((method, params));
        None
    }

    /// Waits until something holds of what was heard.
    pub fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let started = std::time::Instant::now();
        while !holds(self) {
            assert!(
                started.elapsed() < PATIENCE,
                "{what}: heard {:#?}, pushed {:#?}",
                self.heard.last(),
                self.pushed
            );
            let _ = self.hear();
        }
    }

    /// Waits for the diagnostics of a file to have exactly these codes.
    pub fn until_codes(&mut self, path: &Path, codes: &[&str]) {
        let uri = uri(path);
        self.until(&format!("{codes:?} in {uri}"), |client| {
            let version = client.texts.get(&uri).map(|(version, _)| *version);
            client.pushed.get(&uri).map_or(codes.is_empty(), |(pushed, items)| {
                let found: Vec<&str> = items.iter().filter_map(|item| item["code"].as_str()).collect();
                found == codes && (version.is_none() || codes.is_empty() || *pushed == version)
            })
        });
    }

    pub fn open(&mut self, path: &Path) -> String {
        let text = String::from_utf8(std::fs::read(path).unwrap()).unwrap();
        self.open_with(path, &text)
    }

    /// Opens a document with a text of its own.
    pub fn open_with(&mut self, path: &Path, text: &str) -> String {
        let uri = uri(path);
        self.texts.insert(uri.clone(), (1, text.to_owned()));
        let document = json!({ "uri": uri, "languageId": "x", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
        uri
    }

    /// Replaces the whole text.
    pub fn write(&mut self, path: &Path, text: &str) {
        let uri = uri(path);
        let version = self.texts[&uri].0 + 1;
        self.texts.insert(uri.clone(), (version, text.to_owned()));
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [{ "text": text }] });
        self.notify("textDocument/didChange", params);
    }

    /// Replaces a range, in the server's units; the text that this makes is the caller's to know.
    pub fn edit(&mut self, path: &Path, range: &Value, new: &str, text: &str) {
        let uri = uri(path);
        let version = self.texts[&uri].0 + 1;
        self.texts.insert(uri.clone(), (version, text.to_owned()));
        let change = json!({ "range": range, "text": new });
        let params =
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [change] });
        self.notify("textDocument/didChange", params);
    }

    /// A request about a place in a file.
    pub fn at(&mut self, method: &str, path: &Path, line: u32, character: u32) -> Value {
        let position = json!({ "line": line, "character": character });
        self.request(method, json!({ "textDocument": { "uri": uri(path) }, "position": position }))
    }

    /// A request about a whole file.
    pub fn of(&mut self, method: &str, path: &Path) -> Value {
        self.request(method, json!({ "textDocument": { "uri": uri(path) }, "options": { "tabSize": 4, "insertSpaces": true } }))
    }

    /// A request about all of a file, as a range.
    pub fn within(&mut self, method: &str, path: &Path, context: Value) -> Value {
        let range =
            json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 100_000, "character": 0 } });
        self.request(
            method,
            json!({ "textDocument": { "uri": uri(path) }, "range": range, "context": context }),
        )
    }

    /// Ends the session as the protocol asks; the exit status.
    pub fn stop(mut self) -> Option<i32> {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        self.child.wait().unwrap().code()
    }

    /// Goes away without a word; the exit status.
    pub fn vanish(mut self) -> Option<i32> {
        self.input = None;
        self.child.wait().unwrap().code()
    }

    /// Resident memory of the server in KiB, where `/proc` says it.
    pub fn memory(&self) -> Option<u64> {
        let status =
            std::fs::read_to_string(PathBuf::from(format!("/proc/{}/status", self.child.id()))).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It has ended already, unless a test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok(),
            _ if line.trim().is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length?];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// Applies the edits of a workspace edit to the text of one document; positions count UTF-16 code units.
pub fn applied(text: &str, edits: &Value) -> String {
    let offset = |position: &Value| {
        let (line, character) = (position["line"].as_u64().unwrap(), position["character"].as_u64().unwrap());
        let start: usize = text.split_inclusive('\n').take(line as usize).map(str::len).sum();
        let mut units = 0;
        let mut at = start;
        for c in text[start..].chars() {
            if units >= character {
                break;
            }
            units += c.len_utf16() as u64;
            at += c.len_utf8();
        }
        at
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            (
                offset(&edit["range"]["start"]),
                offset(&edit["range"]["end"]),
                edit["newText"].as_str().unwrap(),
            )
        })
        .collect();
    edits.sort_unstable();
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}

//! Indexes that lie, fail or attack, as users of `spx` meet them: how each ends, and that no secret gets out.

#[path = "../src/index/tests/server.rs"]
#[allow(dead_code)] // the library's own tests use the rest of it
mod server;

use crate::support::{World, wheel};
use serde_json::{Value, json};
use server::{Asked, Reply, Server};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

const SECRET: &str = "hunter2";
/// `user:hunter2`
const BASIC: &str = "dXNlcjpodW50ZXIy";

/// What the index does wrong, the exit status, and what is said.
const MODES: [(&str, i32, &str); 35] = [
    ("ok", 0, "wrote"),
    ("nohash", 0, "has no hash"),
    ("norange-nohash", 0, "has no hash"),
    ("norange", 0, "wrote"),
    ("badrange", 0, "wrote"),
    ("rangelie", 0, "wrote"),
    ("gzencoded", 0, "wrote"),
    ("dispo", 0, "wrote"),
    ("sizelie", 0, "wrote"),
    ("requirespy", 0, "wrote"),
    ("bigheaders", 0, "wrote"),
    ("pep658missing", 0, "wrote"),
    ("redirauth", 0, "wrote"),
    ("pep658hash", 2, "is not the file that the index promised"),
    ("pep658lie", 2, "contradicts the metadata"),
    ("wronghash", 2, "is not the file that the index promised"),
    ("corrupt", 2, "is not the file that the index promised"),
    ("short", 2, "is not the file that the index promised"),
    ("e401", 2, "the server answered 401"),
    ("e403", 2, "the server answered 403"),
    ("e404", 2, "the server answered 404"),
    ("r429", 2, "asks to wait 60 minutes"),
    ("redirloop", 2, "11 redirects"),
    ("redirfile", 2, "neither http nor https"),
    ("idxdeep", 2, "nested deeper than 64 levels"),
    ("idxctype", 2, "`image/png`"),
    ("idxhtmljson", 2, "says that it is HTML but holds JSON"),
    ("idxbadjson", 2, "is not that of a project page"),
    ("idxempty", 1, "there is no version for `dep`"),
    ("idxe404", 1, "dep is on no index"),
    ("yanked", 1, "withdrawn by the author: \\u{1b}[2J"),
    ("wrongname", 1, "there is no version for `dep`"),
    ("traversal", 1, "there is no version for `dep`"),
    ("nulls", 1, "there is no version for `dep`"),
    ("dupfiles", 1, "more than once with different"),
];

/// The wheel, and its METADATA as the index hands it out.
struct Dep {
    content: Vec<u8>,
    metadata: String,
}

const FILE: &str = "dep-1.0-py3-none-any.whl";

impl Dep {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Long enough that ranges are worth it, and nothing that packs well.
        let noise: String =
            (0..4000).map(|at: u32| format!("{:08x}", at.wrapping_mul(2_654_435_761))).collect();
        let source = format!("print('dep')\n# {noise}\n");
        let headers = "Provides-Extra: x\n";
        let path = wheel(folder.path(), "dep", "1.0", "py3-none-any", headers, &[("dep.py", &source)]);
        let metadata = format!("Metadata-Version: 2.1\nName: dep\nVersion: 1.0\n{headers}\n");
        Self { content: fs::read(path).unwrap(), metadata }
    }

    fn page(&self, mode: &str) -> Value {
        let told = if mode == "pep658lie" { self.lie() } else { self.metadata.clone() };
        let mut file = json!({
            "filename": FILE, "url": format!("/{mode}/files/{FILE}"), "size": self.content.len(),
            "hashes": { "sha256": sha256(&self.content) }, "core-metadata": { "sha256": sha256(told.as_bytes()) },
        });
        let mut set = |key: &str, value: Value| file[key] = value;
        match mode {
            "wronghash" => set("hashes", json!({ "sha256": "0".repeat(64) })),
            "nohash" | "norange-nohash" => set("hashes", json!({})),
            "yanked" => set("yanked", json!("\u{1b}[2J<script>\nfake line")),
            "requirespy" => set("requires-python", json!(">=3.*,<<4;drop")),
            "wrongname" => set("filename", json!("other-1.0-py3-none-any.whl")),
            "traversal" => set("filename", json!(format!("../../../../{FILE}"))),
            "nulls" => set("url", json!(format!("/nulls/files/{FILE}\0\r\nX-Injected: 1"))),
            "sizelie" => set("size", json!(7)),
            "pep658hash" => set("core-metadata", json!({ "sha256": "1".repeat(64) })),
            "norange" | "badrange" | "rangelie" => set("core-metadata", json!(false)),
            _ => {}
        }
        let mut files = vec![file.clone()];
        if mode == "dupfiles" {
            file["hashes"] = json!({ "sha256": "2".repeat(64) });
            files.push(file);
        }
        if mode == "idxempty" {
            files.clear();
        }
        json!({ "meta": { "api-version": "1.1" }, "name": "dep", "files": files })
    }

    /// METADATA with a requirement that the wheel does not have.
    fn lie(&self) -> String {
        self.metadata.replace("Provides-Extra: x\n", "Provides-Extra: x\nRequires-Dist: dep\n")
    }

    fn answer(&self, asked: &Asked, elsewhere: &str) -> Reply {
        let (mode, path) = asked.path[1..].split_once('/').unwrap_or((&asked.path[1..], ""));
        if path.starts_with("simple/") {
            return self.page_answer(mode, path);
        }
        if path.ends_with(".metadata") {
            return match mode {
                "pep658missing" => Reply::new(404, ""),
                "pep658lie" => Reply::new(200, self.lie()),
                _ => Reply::new(200, self.metadata.clone()),
            };
        }
        let mut content = self.content.clone();
        match mode {
            "corrupt" => content[100] ^= 1,
            "short" => content.truncate(content.len() / 2),
            _ => {}
        }
        let reply = Reply::new(200, content);
        match mode {
            "e401" | "e403" | "e404" => Reply::new(mode[1..].parse().unwrap(), "no"),
            "r429" => Reply::new(429, "").with("Retry-After", "3600"),
            "redirloop" => Reply::redirect(&asked.path),
            "redirfile" => Reply::redirect("file:///etc/passwd"),
            "redirauth" => Reply::redirect(&format!("{elsewhere}/ok/files/{FILE}")),
            "gzencoded" => Reply::new(200, gzip(&reply.body)).with("Content-Encoding", "gzip"),
            "dispo" => reply.with("Content-Disposition", "attachment; filename=\"../../evil.whl\""),
            "norange" | "norange-nohash" => reply,
            "badrange" | "rangelie" => {
                let mut reply = reply.ranged(asked);
                if mode == "badrange" && reply.status == 206 {
                    reply.body.iter_mut().for_each(|byte| *byte ^= 0x55);
                } else if reply.status == 206 {
                    reply.headers[0].1.push('0');
                }
                reply
            }
            _ => reply.ranged(asked),
        }
    }

    fn page_answer(&self, mode: &str, path: &str) -> Reply {
        let text = self.page(mode).to_string();
        match mode {
            "idxe404" => Reply::new(404, "no"),
            _ if path != "simple/dep/" => Reply::new(404, "no"),
            "idxdeep" => Reply::json(format!("{{\"files\":{}{}}}", "[".repeat(9999), "]".repeat(9999))),
            "idxctype" => Reply::new(200, text).with("Content-Type", "image/png"),
            "idxhtmljson" => Reply::html(text),
            "idxbadjson" => Reply::json(&text[..text.len() - 7]),
            "bigheaders" => {
                (0..64).fold(Reply::json(text), |reply, at| reply.with(&format!("X-{at}"), &"y".repeat(1000)))
            }
            _ => Reply::json(text),
        }
    }
}

fn sha256(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn every_fault_ends_as_promised_and_tells_no_secret() {
    let second = {
        let dep = Dep::new();
        Server::start(move |asked, _| dep.answer(asked, ""))
    };
    let index = {
        let (dep, elsewhere) = (Dep::new(), second.url(""));
        Server::start(move |asked, _| dep.answer(asked, &elsewhere))
    };
    let built: Mutex<Vec<Vec<u8>>> = Mutex::default();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(&(mode, status, said)) = MODES.get(next.fetch_add(1, Ordering::Relaxed)) {
            built.lock().unwrap().extend(one(&index, mode, status, said));
        }
    };
    std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(work))));
    // Whatever the index did, what was built is the same.
    let built = built.into_inner().unwrap();
    assert!(built.len() == 13 && built.iter().all(|content| *content == built[0]));
    assert!(!second.asked().is_empty());
    assert!(second.asked().iter().all(|asked| asked.header("authorization").is_none()));
    let first = index.asked();
    assert!(
        first.iter().all(|asked| asked.header("authorization").is_some_and(|text| text.ends_with(BASIC)))
    );
}

/// Builds from the index in one mode; the file, when there is one.
fn one(index: &Server, mode: &str, status: i32, said: &str) -> Option<Vec<u8>> {
    let world = World::new();
    let address =
        index.url(&format!("/{mode}/simple/")).replace("http://", &format!("http://user:{SECRET}@"));
    let base = ["dep", "-m", "dep", "-o", "dep.pyz", "--python", "3.12", "--platform", "linux"];
    let ran = world.spx(&[&base[..], &["-i", &address]].concat());
    assert!(ran.status == status && ran.stderr.contains(said), "{mode}: {}", ran.all());
    assert!(!ran.all().contains('\u{1b}'), "{mode}: {}", ran.all());
    let root = world.work().parent().unwrap().to_owned();
    let files = walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap);
    for file in files.filter(|file| file.file_type().is_file()) {
        let content = fs::read(file.path()).unwrap();
        let shows = |secret: &str| content.windows(secret.len()).any(|part| part == secret.as_bytes());
        assert!(!shows(SECRET) && !shows(BASIC), "{mode}: {}", file.path().display());
    }
    assert!(!ran.all().contains(SECRET) && !ran.all().contains(BASIC), "{mode}: {}", ran.all());
    let built = fs::read(world.work().join("dep.pyz")).ok();
    assert_eq!(built.is_some(), status == 0, "{mode}");
    built
}

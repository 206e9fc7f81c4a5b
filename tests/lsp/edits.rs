//! Random edits of real and hostile files in one process: `SPX_LSP_EDITS` says how many, `SPX_LSP_FILES` (directories, as in
//! `PATH`) which files; the test's own files are `testdata/projects`. `SPX_LSP_SERVER` is the program that is tried.

use super::client::{Client, pulling, uri};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A generator of numbers that gives the same ones for the same seed (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { (self.next() >> 16) as usize % limit }
    }
}

/// The projects below a directory: those with a setup.py or setup.cfg, not deeper than three levels.
fn projects(directory: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    if directory.join("setup.py").is_file() || directory.join("setup.cfg").is_file() {
        found.push(directory.to_owned());
        return;
    }
    if depth < 3 {
        let mut names: Vec<PathBuf> =
            std::fs::read_dir(directory).into_iter().flatten().flatten().map(|e| e.path()).collect();
        names.sort();
        for path in names.iter().filter(|path| path.is_dir() && !path.is_symlink()) {
            projects(path, depth + 1, found);
        }
    }
}

/// What people and fuzzers type.
const PIECES: &[&str] = &[
    "",
    "\n",
    "x",
    "'",
    "\"",
    "\"\"\"",
    "(",
    ")",
    "[",
    "{",
    "=",
    ":",
    "#",
    "\\",
    "\t",
    "é",
    "🎉",
    "\u{301}",
    "\r\n",
    "\0",
    "setup(",
    "version=",
    "open('VERSION').read()",
    "while True: pass\n",
    "[metadata]\n",
    "name = ",
    "-r ",
    "\u{feff}",
    "import os\n",
    "lambda: ",
    "f'{",
    "%(x)s",
    "'a' * 10**9",
    "exec('x')\n",
    "((((((((((((((((((((",
];

const METHODS: &[&str] = &[
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/documentLink",
    "textDocument/formatting",
    "textDocument/codeLens",
    "textDocument/inlayHint",
    "textDocument/codeAction",
    "textDocument/diagnostic",
];

/// Edits from one look at the server's memory to the next.
const SAMPLE: usize = 500;

/// What a run measured.
pub struct Run {
    pub edits: usize,
    pub answers: Vec<u128>,
    /// The longest answer of each kind, in milliseconds, with its file.
    pub longest: BTreeMap<&'static str, (u128, PathBuf)>,
    /// Answers that took more than 100 ms: of which kind, how long, about which file.
    pub late: Vec<(&'static str, u128, PathBuf)>,
    /// In KiB, after every [`SAMPLE`] edits since everything has been open.
    pub memory: Vec<u64>,
}

struct File {
    path: PathBuf,
    text: String,
    original: String,
}

/// The line and the column, in bytes, of an offset.
fn place(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    // The server's lines end at a lone `\r` too.
    let index = spx::text::LineIndex::new(text);
    let (line, column) = index.locate(text, before.len() as u32, spx::text::Units::Utf8);
    json!({ "line": line, "character": column })
}

fn boundary(text: &str, random: &mut Random) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    // Between the two characters of a line break is no place that an editor can name.
    if at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n') {
        at - 1
    } else {
        at
    }
}

pub fn run(directories: &[PathBuf], edits: usize, seed: u64) -> Run {
    let mut random = Random(seed);
    let mut roots = Vec::new();
    for directory in directories {
        projects(directory, 0, &mut roots);
    }
    assert!(!roots.is_empty(), "no projects in {directories:?}");
    let mut client = Client::start(pulling(), &[]);
    let mut answers = Vec::new();
    let mut longest: BTreeMap<&'static str, (u128, PathBuf)> = BTreeMap::new();
    let mut late = Vec::new();
    let mut memory = Vec::new();
    let mut sampled = 0;
    let mut done = 0;
    let mut rounds = 0;
    while done < edits {
        // First every project once, which warms the allocator and what is read once; then any of them.
        let warm = rounds >= roots.len();
        if warm && (memory.is_empty() || done >= sampled + SAMPLE) {
            memory.extend(client.memory());
            sampled = done;
        }
        let root = if warm { &roots[random.below(roots.len())] } else { &roots[rounds] };
        rounds += 1;
        let names = ["setup.py", "setup.cfg", "MANIFEST.in", "requirements.txt", "VERSION", "pyproject.toml"];
        let mut files: Vec<File> = Vec::new();
        for name in names {
            let path = root.join(name);
            let small = std::fs::metadata(&path).is_ok_and(|m| m.is_file() && m.len() < 2_000_000);
            let text = if small { std::fs::read(&path).ok() } else { None };
            let Some(text) = text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) else { continue };
            client.open_with(&path, &text);
            files.push(File { path, original: text.clone(), text });
        }
        if files.is_empty() {
            continue;
        }
        for _ in 0..20.min(edits - done) {
            let at = random.below(files.len());
            edit(&mut client, &mut files[at], &mut random);
            done += 1;
            let method = METHODS[random.below(METHODS.len())];
            let file = &files[at];
            let params = json!({
                "textDocument": { "uri": uri(&file.path) },
                "position": place(&file.text, boundary(&file.text, &mut random)),
                "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 9_999, "character": 0 } },
                "context": { "diagnostics": [] },
                "options": { "tabSize": 4, "insertSpaces": true },
            });
            let started = Instant::now();
            let _ = client.request(method, params);
            let took = started.elapsed().as_millis();
            answers.push(took);
            if took > 100 {
                late.push((method, took, file.path.clone()));
            }
            let entry = longest.entry(method).or_default();
            if took >= entry.0 {
                *entry = (took, file.path.clone());
            }
            client.heard.clear();
        }
        for file in &files {
            client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(&file.path) } }));
        }
    }
    memory.extend(client.memory());
    assert_eq!(client.stop(), Some(0), "one process to the end");
    Run { edits: done, answers, longest, late, memory }
}

/// Replaces a random range by a random piece, or the whole by what it was.
fn edit(client: &mut Client, file: &mut File, random: &mut Random) {
    if random.below(12) == 0 || file.text.len() > 4_000_000 {
        file.text = file.original.clone();
        let text = file.text.clone();
        client.write(&file.path, &text);
        return;
    }
    let start = boundary(&file.text, random);
    let longest = if random.below(5) == 0 { 400 } else { 3 };
    let mut end = (start + random.below(longest)).min(file.text.len());
    while !file.text.is_char_boundary(end) {
        end += 1;
    }
    let splits = |at: usize| {
        at > 0 && file.text.as_bytes()[at - 1] == b'\r' && file.text.as_bytes().get(at) == Some(&b'\n')
    };
    if splits(end) {
        end += 1;
    }
    let piece = PIECES[random.below(PIECES.len())];
    // A mark or a line break cut in two has no place of its own in the protocol.
    let range = json!({ "start": place(&file.text, start), "end": place(&file.text, end) });
    let mut text = file.text.clone();
    if text.starts_with('\u{feff}') && start < 3 {
        text.insert_str(text.len(), piece);
        client.write(&file.path, &text);
    } else {
        text.replace_range(start..end, piece);
        client.edit(&file.path, &range, piece, &text);
    }
    file.text = text;
}

#[test]
fn random_edits_never_end_the_session() {
    let edits = std::env::var("SPX_LSP_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(250);
    let directories: Vec<PathBuf> = match std::env::var_os("SPX_LSP_FILES") {
        Some(paths) => std::env::split_paths(&paths).collect(),
        None => vec![PathBuf::from("testdata/projects").canonicalize().unwrap()],
    };
    let Run { edits, mut answers, longest, late, memory } = run(&directories, edits, 0x5eed_1e55);
    answers.sort_unstable();
    let at = |part: usize| answers[(answers.len() * part / 1000).min(answers.len() - 1)];
    let within = answers.iter().filter(|time| **time <= 100).count() as f64 * 100.0 / answers.len() as f64;
    eprintln!(
        "{edits} edits, {} answers, no error: median {} ms, 99 % {} ms, longest {} ms; {within:.2} % within 100 ms; memory {memory:?} KiB",
        answers.len(),
        at(500),
        at(990),
        at(1000),
    );
    if edits >= 5_000 {
        eprintln!("longest: {longest:#?}\nlate: {late:#?}");
    }
    // What is under way when memory is looked at comes and goes, by tens of MiB: what stays is seen in the lowest looks of the
    // session's halves.
    if edits >= 5_000 && memory.len() >= 4 {
        let (first, second) = memory.split_at(memory.len() / 2);
        let (before, after) = (first.iter().min(), second.iter().min());
        let (before, after) = (before.unwrap(), after.unwrap());
        assert!(*after <= before + before / 10, "memory grew from {before} to {after} KiB");
    }
}

//! Python's `fnmatch`, `glob` and setuptools' own glob and path patterns, over a project's tree.

use crate::system::Kind;
use crate::system::ReadError;
use crate::system::System;
use crate::system::normalise;
use regex::Regex;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt::Write;
use std::rc::Rc;
use unicode_normalization::UnicodeNormalization;

/// The most names that are looked at in one project: the largest trees of the corpus have below ten thousand.
const MAX_ENTRIES: usize = 200_000;
/// The deepest directory that patterns descend into; also what ends a loop of links.
const MAX_DEPTH: usize = 64;
/// The most comparisons of a pattern with a name: a MANIFEST.in of a hundred lines over ten thousand files makes a million.
const MAX_WORK: usize = 10_000_000;
/// What a pattern for whole paths costs, in comparisons, before it is compared.
const COMPILING: usize = 2_000;

/// Why a tree could not be searched to its end.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TreeLimit {
    #[error("the project has more than {MAX_ENTRIES} files")]
    Entries,
    #[error("the patterns of the project would be compared with its files more than {MAX_WORK} times")]
    Work,
    #[error("the pattern `{0}…` is too large")]
    Pattern(String),
    #[error("`{0}` is nested deeper than {MAX_DEPTH} directories (a loop of links?)")]
    Depth(String),
    #[error("the directory `{0}` cannot be listed: {1}")]
    Unreadable(String, ReadError),
}

/// The names in a directory, sorted, with what they are.
type Listing = Rc<Vec<(String, Kind)>>;

/// A project's tree with its listings kept, and a limit on how much of it is looked at.
pub struct Tree<'a> {
    pub system: &'a dyn System,
    listings: RefCell<HashMap<String, Listing>>,
    seen: Cell<usize>,
    work: Cell<usize>,
    /// Whether a search ended early since this was last asked.
    cut_short: Cell<bool>,
    unsearched: RefCell<Option<TreeLimit>>,
}

/// Whether `*`, `?` and `[` match names that start with a dot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hidden {
    /// As the standard library's glob: only when the pattern starts with a dot.
    Skip,
    /// As setuptools' glob for MANIFEST.in.
    Match,
}

impl<'a> Tree<'a> {
    pub fn new(system: &'a dyn System) -> Self {
        Self {
            system,
            listings: RefCell::default(),
            seen: Cell::new(0),
            work: Cell::new(0),
            cut_short: Cell::new(false),
            unsearched: RefCell::new(None),
        }
    }

    /// Pays for comparisons before they are made; false when there may be no more, and the search has to stop.
    pub fn spend(&self, comparisons: usize) -> bool {
        self.work.set(self.work.get().saturating_add(comparisons));
        if self.work.get() > MAX_WORK {
            self.stop(TreeLimit::Work);
        }
        let may = self.unsearched.borrow().is_none();
        self.cut_short.set(self.cut_short.get() || !may);
        may
    }

    /// Pays for a pattern and for comparing it with so many names.
    pub fn spend_on(&self, pattern: &str, names: usize) -> bool {
        self.spend(pattern.len().saturating_add(names.saturating_mul(1 + pattern.len() / 64)))
    }

    /// A pattern for whole paths, paid for with its comparisons. `None` when there may be no more of them, or when it is too
    /// large to compile: the search has ended early then.
    pub fn path_pattern(&self, pattern: &str, names: usize) -> Option<PathPattern> {
        if !self.spend(COMPILING) || !self.spend_on(pattern, names) {
            return None;
        }
        let compiled = PathPattern::new(pattern);
        if compiled.is_none() {
            self.stop(TreeLimit::Pattern(pattern.chars().take(40).collect()));
        }
        compiled
    }

    /// Whether a search ended early since this was last asked.
    pub fn take_cut_short(&self) -> bool {
        self.cut_short.take()
    }

    /// Why a search stopped early: its results are then incomplete.
    pub fn limit(&self) -> Option<TreeLimit> {
        self.unsearched.borrow().clone()
    }

    /// The names in a directory, sorted; empty when it is none, as Python's glob has it.
    pub fn list(&self, path: &str) -> Listing {
        let Some(path) = normalise(path) else { return Rc::default() };
        if let Some(found) = self.listings.borrow().get(&path) {
            return Rc::clone(found);
        }
        let listed = Rc::new(if self.spend(0) {
            match self.system.list(&path) {
                Ok(names) => names,
                Err(ReadError::TooMany) => {
                    self.stop(TreeLimit::Entries);
                    Vec::new()
                }
                // A pattern may well name a directory that is none.
                Err(ReadError::NotFound | ReadError::NotADirectory | ReadError::Outside) => Vec::new(),
                Err(error) => {
                    self.stop(TreeLimit::Unreadable(path.clone(), error));
                    Vec::new()
                }
            }
        } else {
            Vec::new()
        });
        self.seen.set(self.seen.get() + listed.len());
        if self.seen.get() > MAX_ENTRIES {
            self.stop(TreeLimit::Entries);
        }
        self.listings.borrow_mut().insert(path, Rc::clone(&listed));
        listed
    }

    fn stop(&self, why: TreeLimit) {
        self.cut_short.set(true);
        self.unsearched.borrow_mut().get_or_insert(why);
    }

    /// What stands at a path, from the listing of its directory.
    fn kind(&self, path: &str) -> Option<Kind> {
        let path = normalise(path)?;
        if path.is_empty() {
            return Some(Kind::Directory);
        }
        let (directory, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let listed = self.list(directory);
        let at = listed.binary_search_by(|(other, _)| other.as_str().cmp(name)).ok()?;
        Some(listed[at].1)
    }

    /// Whether something stands there; nothing does where a link leads nowhere.
    pub fn exists(&self, path: &str) -> bool {
        match self.kind(path) {
            Some(Kind::Other) => self.system.metadata(path) != Err(ReadError::NotFound),
            kind => kind.is_some(),
        }
    }

    pub fn is_directory(&self, path: &str) -> bool {
        self.kind(path) == Some(Kind::Directory)
    }

    /// A regular file, or a link out of the project: whoever reads that is told why it may not.
    pub fn is_file(&self, path: &str) -> bool {
        match self.kind(path) {
            Some(Kind::File) => true,
            Some(Kind::Other) => self.system.metadata(path) == Err(ReadError::Outside),
            Some(Kind::Directory) | None => false,
        }
    }

    /// Python's `glob.glob(pattern, recursive=…)`: the paths are spelled as the pattern is, sorted in each directory.
    pub fn glob(&self, pattern: &str, hidden: Hidden, recursive: bool) -> Vec<String> {
        let mut found = self.expand(pattern, hidden, recursive);
        found.retain(|path| !path.is_empty());
        found
    }

    fn expand(&self, pattern: &str, hidden: Hidden, recursive: bool) -> Vec<String> {
        let (directory, base) = split(pattern);
        if !self.spend(1) {
            return Vec::new();
        }
        if !has_magic(pattern) {
            let there = if base.is_empty() { self.is_directory(directory) } else { self.exists(pattern) };
            return if there { vec![pattern.to_owned()] } else { Vec::new() };
        }
        let directories = if directory.is_empty() {
            vec![String::new()]
        } else if has_magic(directory) {
            self.expand(directory, hidden, recursive)
        } else {
            vec![directory.to_owned()]
        };
        let mut out = Vec::new();
        for directory in directories {
            if !self.spend(1) {
                break;
            }
            if recursive && base == "**" {
                if directory.is_empty() || self.is_directory(&directory) {
                    out.push(join(&directory, ""));
                    self.below(&directory, hidden, 0, &mut out);
                }
            } else if !has_magic(base) {
                let path = join(&directory, base);
                if if base.is_empty() { self.is_directory(&directory) } else { self.exists(&path) } {
                    out.push(path);
                }
            } else {
                let dots = hidden == Hidden::Match || base.starts_with('.');
                let pattern = Pattern::new(base);
                let listed = self.list(&directory);
                if !self.spend_on(base, listed.len()) {
                    break;
                }
                for (name, _) in listed.iter() {
                    if (dots || !name.starts_with('.')) && pattern.matches(name) {
                        out.push(join(&directory, name));
                    }
                }
            }
        }
        out
    }

    /// Everything below a directory, each directory before what is in it.
    fn below(&self, directory: &str, hidden: Hidden, depth: usize, out: &mut Vec<String>) {
        if depth > MAX_DEPTH {
            return self.stop(TreeLimit::Depth(directory.chars().take(100).collect()));
        }
        let listed = self.list(directory);
        if !self.spend(listed.len()) {
            return;
        }
        for (name, kind) in listed.iter() {
            if hidden == Hidden::Skip && name.starts_with('.') {
                continue;
            }
            let path = join(directory, name);
            if *kind == Kind::Directory {
                out.push(path.clone());
                self.below(&path, hidden, depth + 1, out);
            } else {
                out.push(path);
            }
        }
    }

    /// distutils' `findall`: every file below a directory, dot-files too.
    pub fn find_all(&self, directory: &str) -> Vec<String> {
        let mut all = Vec::new();
        let from = if directory == "." { "" } else { directory };
        if from.is_empty() || self.is_directory(from) {
            self.below(from, Hidden::Match, 0, &mut all);
        }
        all.retain(|path| self.is_file(path));
        all
    }
}

/// `os.path.join` of two, with `/`.
pub fn join(directory: &str, name: &str) -> String {
    if name.starts_with('/') || directory.is_empty() {
        name.to_owned()
    } else if directory.ends_with('/') {
        format!("{directory}{name}")
    } else {
        format!("{directory}/{name}")
    }
}

/// `os.path.split`, with `/`.
pub fn split(path: &str) -> (&str, &str) {
    let at = path.rfind('/').map_or(0, |at| at + 1);
    let head = path[..at].trim_end_matches('/');
    (if head.is_empty() { &path[..at] } else { head }, &path[at..])
}

/// distutils' `convert_path`: doubled slashes and `.` dropped, `..` kept, nothing is `.`.
pub fn convert(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    match (path.starts_with('/'), parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}

fn has_magic(pattern: &str) -> bool {
    pattern.contains(['*', '?', '['])
}

/// A compiled `fnmatch` pattern: `*`, `?`, `[…]`, `[!…]`, all of which match `/` too.
pub struct Pattern(Vec<Token>);

enum Token {
    Star,
    Any,
    Char(char),
    Class { negated: bool, ranges: Vec<(char, char)> },
}

impl Pattern {
    pub fn new(pattern: &str) -> Self {
        let chars: Vec<char> = pattern.chars().collect();
        let mut tokens = Vec::new();
        let mut at = 0;
        // Where one class is not closed no later one is.
        let mut closed = true;
        while at < chars.len() {
            let c = chars[at];
            at += 1;
            tokens.push(match c {
                '*' => Token::Star,
                '?' => Token::Any,
                '[' if closed => match class_end(&chars, at) {
                    None => {
                        closed = false;
                        Token::Char('[')
                    }
                    Some(end) => {
                        let negated = chars[at] == '!';
                        let ranges = ranges(&chars[at + usize::from(negated)..end]);
                        at = end + 1;
                        Token::Class { negated, ranges }
                    }
                },
                c => Token::Char(c),
            });
        }
        Self(tokens)
    }

    pub fn matches(&self, name: &str) -> bool {
        let chars: Vec<char> = name.chars().collect();
        let (mut token, mut at) = (0, 0);
        // Only the last star needs to be tried again: what an earlier one took can only be the shortest.
        let mut retry: Option<(usize, usize)> = None;
        while at < chars.len() {
            match self.0.get(token) {
                Some(Token::Star) => {
                    retry = Some((token + 1, at));
                    token += 1;
                    continue;
                }
                Some(one) if one.matches(chars[at]) => {
                    (token, at) = (token + 1, at + 1);
                    continue;
                }
                _ => {}
            }
            let Some((after, from)) = retry else { return false };
            retry = Some((after, from + 1));
            (token, at) = (after, from + 1);
        }
        self.0[token..].iter().all(|token| matches!(token, Token::Star))
    }
}

impl Token {
    fn matches(&self, c: char) -> bool {
        match self {
            Self::Star => false,
            Self::Any => true,
            Self::Char(own) => *own == c,
            Self::Class { negated, ranges } => {
                ranges.iter().any(|(low, high)| *low <= c && c <= *high) != *negated
            }
        }
    }
}

/// The index of the `]` that closes a class whose content starts at `at`; a `]` right at the start is content.
fn class_end(chars: &[char], at: usize) -> Option<usize> {
    let mut end = at;
    end += usize::from(chars.get(end) == Some(&'!'));
    end += usize::from(chars.get(end) == Some(&']'));
    (end..chars.len()).find(|index| chars[*index] == ']')
}

fn ranges(chars: &[char]) -> Vec<(char, char)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars.get(at + 1) == Some(&'-') && at + 2 < chars.len() {
            out.push((chars[at], chars[at + 2]));
            at += 3;
        } else {
            out.push((chars[at], chars[at]));
            at += 1;
        }
    }
    out
}

/// `fnmatch.fnmatchcase`.
pub fn fnmatch(name: &str, pattern: &str) -> bool {
    Pattern::new(pattern).matches(name)
}

/// setuptools' pattern for whole paths (MANIFEST.in's `exclude`, `prune`, `global-*`): `*` and `?` stop at `/`, a
/// component `**` takes any number of directories, and a class has no ranges. Both sides compare in Unicode form C.
pub struct PathPattern(Regex);

impl PathPattern {
    /// `None` when the pattern is too large to compile.
    pub fn new(pattern: &str) -> Option<Self> {
        let pattern: String = pattern.nfc().collect();
        let chunks: Vec<&str> = pattern.split('/').collect();
        let mut text = String::from(r"(?s)\A");
        for (index, chunk) in chunks.iter().enumerate() {
            let last = index + 1 == chunks.len();
            if *chunk == "**" {
                text.push_str(if last { ".*" } else { "(?:[^/]+/)*" });
                continue;
            }
            Self::translate(chunk, &mut text);
            if !last {
                text.push('/');
            }
        }
        text.push_str(r"\z");
        Regex::new(&text).ok().map(Self)
    }

    fn translate(chunk: &str, out: &mut String) {
        let chars: Vec<char> = chunk.chars().collect();
        let mut at = 0;
        let mut closed = true;
        while at < chars.len() {
            let c = chars[at];
            at += 1;
            let end = if c == '[' && closed { class_end(&chars, at) } else { None };
            closed = closed && (c != '[' || end.is_some());
            match (c, end) {
                ('*', _) => out.push_str("[^/]*"),
                ('?', _) => out.push_str("[^/]"),
                ('[', Some(end)) => {
                    let negated = chars[at] == '!';
                    out.push_str(if negated { "[^" } else { "[" });
                    for c in &chars[at + usize::from(negated)..end] {
                        write!(out, r"\x{{{:x}}}", u32::from(*c))
                            .expect("internal error: writing to a String cannot fail");
                    }
                    out.push(']');
                    at = end + 1;
                }
                (c, _) => out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
    }

    pub fn matches(&self, path: &str) -> bool {
        if path.is_ascii() { self.0.is_match(path) } else { self.0.is_match(&path.nfc().collect::<String>()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;

    #[test]
    fn fnmatch_is_pythons() {
        for (pattern, yes, no) in [
            ("*.py", "a/b.py", "a.pyc"),
            ("a?c", "a/c", "ac"),
            ("[a-c]x", "bx", "dx"),
            ("[!a-c]x", "dx", "ax"),
            ("[]]", "]", "["),
            ("[", "[", "a"),
            ("*a*b*", "xxaxxbxx", "xxbxxaxx"),
            ("[z-a]b*", "", "zb"),
        ] {
            assert!(yes.is_empty() || fnmatch(yes, pattern), "{pattern} {yes}");
            assert!(!fnmatch(no, pattern), "{pattern} {no}");
        }
        assert!(!fnmatch(&"a".repeat(2000), &format!("{}b", "*a".repeat(500))), "no exponential search");
    }

    #[test]
    fn globs_spell_paths_as_the_pattern_does() {
        let memory = Memory::new()
            .with("p/a.txt", "")
            .with("p/.h.txt", "")
            .with("p/q/b.txt", "")
            .with("p/.d/c.txt", "")
            .with("top.txt", "");
        let tree = Tree::new(&memory);
        let skip = |pattern| tree.glob(pattern, Hidden::Skip, true);
        assert_eq!(skip("p/*.txt"), ["p/a.txt"]);
        assert_eq!(skip("p/.*.txt"), ["p/.h.txt"]);
        assert_eq!(skip("./p/**/*.txt"), ["./p/a.txt", "./p/q/b.txt"]);
        assert_eq!(skip("**/*.txt"), ["top.txt", "p/a.txt", "p/q/b.txt"]);
        assert_eq!(skip("p/../*.txt"), ["p/../top.txt"]);
        assert_eq!(skip("../*"), Vec::<String>::new());
        assert_eq!(skip("p/q/"), ["p/q/"]);
        assert_eq!(
            tree.glob("p/**/*.txt", Hidden::Match, true),
            ["p/.h.txt", "p/a.txt", "p/.d/c.txt", "p/q/b.txt"]
        );
        assert_eq!(tree.glob("p/**/*.txt", Hidden::Match, false), ["p/.d/c.txt", "p/q/b.txt"]);
        assert_eq!(tree.find_all("."), ["p/.d/c.txt", "p/.h.txt", "p/a.txt", "p/q/b.txt", "top.txt"]);
    }

    #[test]
    fn path_patterns_are_setuptools() {
        let matches = |pattern: &str, path: &str| PathPattern::new(pattern).unwrap().matches(path);
        assert!(matches("docs/*.tmp", "docs/a.tmp") && !matches("docs/*.tmp", "docs/sub/a.tmp"));
        assert!(matches("docs/**", "docs/sub/a.tmp") && !matches("docs/**", "docs"));
        assert!(matches("**/*.pyc", "a.pyc") && matches("**/*.pyc", "a/b/c.pyc"));
        assert!(matches("[a-c]", "-") && !matches("[a-c]", "b"), "a class has no ranges");
        assert!(matches("e\u{301}.txt", "é.txt"));
    }
}

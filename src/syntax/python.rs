//! Python source, 2.7 or 3, to its tree, with spans into the text as it stands: the only file that names the parser.
//!
//! One pass over the bytes ([`scan`]) finds logical lines and what the parser cannot read; [`tokens`] lexes each line and
//! rewrites it; the parser makes a tree of all tokens; [`check`] completes it and refuses what Python refuses. Offsets in the
//! tree are offsets in the file throughout. What a Python 2 tree looks like is told in [`super::python2`].
//!
//! Known limits: a lone surrogate such as `'\ud800'` becomes U+FFFD; defaults of type parameters are left out.

use crate::diagnostic::Diagnostic;
use crate::text::FileId;
use crate::text::Sources;
use crate::text::Span;
use problem::Problem;
use scan::Scan;
use std::panic::AssertUnwindSafe;
use tokens::Lexing;

pub use rustpython_parser::ast;
pub use rustpython_parser::text_size::{TextRange, TextSize};
pub(crate) use rustpython_parser::{Mode, ParseErrorType, StringKind, Tok, lexer};

mod check;
mod depth;
mod format_string;
mod modern;
pub(super) mod problem;
pub(super) mod scan;
#[cfg(test)]
mod tests;
pub(super) mod tokens;

pub use format_string::TEMPLATE;

/// A token and its place in the file.
pub(crate) type Spanned = (Tok, TextRange);

/// Bytes that are read at most; as many as a file may have, and some for what a script puts together.
const MAX_TEXT: usize = 16 << 20;

/// Which language a file is read as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// 2.7.
    Python2,
    /// 3.14 and all before.
    Python3,
}

/// A parsed file.
#[derive(Clone, Debug)]
pub struct PythonFile {
    pub file: FileId,
    /// What it was read as.
    pub dialect: Dialect,
    pub body: Vec<ast::Stmt>,
    /// What only Python 2 reads, in order; empty for Python 3.
    pub notes: Vec<Note>,
}

/// A construct that only Python 2 reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Note {
    pub span: Span,
    /// In words that fit "this is Python 2 syntax: …".
    pub what: &'static str,
}

/// A note before its file is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RelativeNote {
    pub start: u32,
    pub end: u32,
    pub what: &'static str,
}

/// The span of a node.
pub fn span(file: FileId, range: TextRange) -> Span {
    Span::new(file, range.start().into(), range.end().into())
}

/// Parses a whole file.
pub fn parse(sources: &Sources, file: FileId, dialect: Dialect) -> Result<PythonFile, Diagnostic> {
    parse_text(sources.text(file), file, 0, dialect)
}

/// Parses program text that begins at an offset of a file, as `exec` does.
pub fn parse_text(text: &str, file: FileId, offset: u32, dialect: Dialect) -> Result<PythonFile, Diagnostic> {
    match read(text, offset, dialect, Mode::Module) {
        Ok(reading) => Ok(reading.into_file(file, offset, dialect)),
        Err(problem) => Err(explain(problem, text, offset, dialect).diagnostic(text, file, offset)),
    }
}

/// Parses one expression that begins at an offset of a file, as `eval` does.
pub fn parse_expression(
    text: &str,
    file: FileId,
    offset: u32,
    dialect: Dialect,
) -> Result<ast::Expr, Diagnostic> {
    let trimmed = text.trim_start_matches([' ', '\t']);
    let base = offset.saturating_add((text.len() - trimmed.len()) as u32);
    let reading = read(trimmed, base, dialect, Mode::Expression)
        .map_err(|problem| problem.diagnostic(trimmed, file, base))?;
    match reading.tree {
        ast::Mod::Expression(expression) => Ok(*expression.body),
        _ => Err(Failure::internal().problem(trimmed, &[], base).diagnostic(trimmed, file, base)),
    }
}

/// Parses a file in the preferred dialect, or in the other when only that reads it. A file that prints with
/// `print >>f, x` is Python 2, although Python 3 reads it.
pub fn parse_either(sources: &Sources, file: FileId, preferred: Dialect) -> Result<PythonFile, Diagnostic> {
    let text = sources.text(file);
    let other = match preferred {
        Dialect::Python2 => Dialect::Python3,
        Dialect::Python3 => Dialect::Python2,
    };
    match read(text, 0, preferred, Mode::Module) {
        Ok(reading) if preferred == Dialect::Python2 || !reading.facts.redirected_print => {
            Ok(reading.into_file(file, 0, preferred))
        }
        Err(problem) if problem.is_limit() => Err(problem.diagnostic(text, file, 0)),
        first => match (first, read(text, 0, other, Mode::Module)) {
            (_, Ok(reading)) => Ok(reading.into_file(file, 0, other)),
            (Ok(reading), Err(_)) => Ok(reading.into_file(file, 0, preferred)),
            // The language that got further is the likelier one.
            (Err(first), Err(second)) => {
                let likelier = if second.start > first.start { second } else { first };
                Err(likelier.diagnostic(text, file, 0))
            }
        },
    }
}

/// What reading gives.
struct Reading {
    tree: ast::Mod,
    notes: Vec<RelativeNote>,
    facts: check::Facts,
}

impl Reading {
    fn into_file(self, file: FileId, base: u32, dialect: Dialect) -> PythonFile {
        let body = match self.tree {
            ast::Mod::Module(module) => module.body,
            _ => Vec::new(),
        };
        let place = |note: &RelativeNote| Span::new(file, base + note.start, base + note.end);
        let notes = self.notes.iter().map(|note| Note { span: place(note), what: note.what }).collect();
        PythonFile { file, dialect, body, notes }
    }
}

fn read(text: &str, base: u32, dialect: Dialect, mode: Mode) -> Result<Reading, Problem> {
    // Some more, for tokens that are put in after the last.
    if text.len() > MAX_TEXT || base.checked_add(text.len() as u32 + 16).is_none() {
        return Err(Problem::limit(0, format!("more than {} MiB of source", MAX_TEXT >> 20)));
    }
    if let Some(at) = text.find('\0') {
        return Err(Problem::new(at, at + 1, "a NUL character"));
    }
    let scan = Scan::new(text, dialect);
    let mut lexing = Lexing::new(text, base, dialect, &scan);
    let lines = lexing.lines();
    let tree = to_tree(lines.all, mode);
    // A problem that the parser has with an earlier line comes first.
    if let Some((line, problem)) = lines.problem.or_else(|| scan.problem.clone()) {
        return Err(match tree {
            Err(failure) if !failure.at_end() && failure.at < base + line => {
                failure.problem(text, &Lexing::new(text, base, dialect, &scan).lines().all, base)
            }
            _ => problem,
        });
    }
    let mut tree = tree.map_err(|failure| {
        // The parser took the tokens; they are made anew to say what stands around the failure.
        failure.problem(text, &Lexing::new(text, base, dialect, &scan).lines().all, base)
    })?;
    let facts = check::check(&mut tree, &mut lexing)?;
    Ok(Reading { tree, notes: lines.notes, facts })
}

/// Why the parser gave up.
pub(crate) struct Failure {
    error: Option<ParseErrorType>,
    /// In the file.
    at: u32,
}

impl Failure {
    /// The parser itself failed.
    fn internal() -> Self {
        Self { error: None, at: 0 }
    }

    fn at_end(&self) -> bool {
        matches!(
            self.error,
            None | Some(
                ParseErrorType::Eof | ParseErrorType::Lexical(lexer::LexicalErrorType::IndentationError)
            )
        )
    }

    fn problem(&self, text: &str, tokens: &[Spanned], base: u32) -> Problem {
        let at = self.at.saturating_sub(base);
        match &self.error {
            Some(error) => problem::of_parser(error, text, at, tokens, base),
            None => Problem::limit(at as usize, "the parser failed on this file"),
        }
    }
}

/// Tokens to a tree; a panic of the parser is a failure like others.
fn to_tree(tokens: Vec<Spanned>, mode: Mode) -> Result<ast::Mod, Failure> {
    let parse = || rustpython_parser::parse_tokens(tokens.into_iter().map(Ok), mode, "");
    match std::panic::catch_unwind(AssertUnwindSafe(parse)) {
        Ok(Ok(tree)) => Ok(tree),
        Ok(Err(error)) => Err(Failure { at: error.offset.into(), error: Some(error.error) }),
        Err(_) => Err(Failure::internal()),
    }
}

/// Says of a problem in Python 3 that it is Python 2 syntax, when that is all there is to it.
fn explain(problem: Problem, text: &str, base: u32, dialect: Dialect) -> Problem {
    if dialect == Dialect::Python2 || problem.is_limit() {
        return problem;
    }
    let scan = Scan::new(text, Dialect::Python2);
    let around = |line: &&scan::Line| (line.start..line.end).contains(&problem.start);
    let Some(line) = scan.lines.iter().find(around) else { return problem };
    match read(text, base, Dialect::Python2, Mode::Module) {
        Err(legacy) if legacy.start < line.end => return problem,
        _ => {}
    }
    let notes = Lexing::new(text, base, Dialect::Python2, &scan).lines().notes;
    match notes.iter().find(|note| (line.start..line.end).contains(&note.start)) {
        Some(note) => {
            let message = format!("this is Python 2 syntax: {}", note.what);
            let found = Problem::new(note.start as usize, note.end as usize, message);
            match super::python2::spelling_for_both(note.what) {
                Some(help) => found.help(help),
                None => found,
            }
        }
        None => problem,
    }
}

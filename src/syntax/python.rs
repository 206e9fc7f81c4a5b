//! Python source to its tree, with spans into the text as it stands: the only file that names the parser.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::SYNTAX_ERROR;
use crate::text::FileId;
use crate::text::Sources;
use crate::text::Span;
use rustpython_parser::Mode;
use rustpython_parser::text_size::TextSize;

pub use rustpython_parser::ast;
pub use rustpython_parser::text_size::TextRange;

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
    pub dialect: Dialect,
    pub body: Vec<ast::Stmt>,
    /// What only Python 2 reads; empty for Python 3.
    pub notes: Vec<Note>,
}

/// A construct that only Python 2 reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Note {
    pub span: Span,
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
pub fn parse_text(
    text: &str,
    file: FileId,
    offset: u32,
    dialect: Dialect,
) -> Result<PythonFile, Diagnostic> {
    match parse_mode(text, file, offset, Mode::Module)? {
        ast::Mod::Module(module) => Ok(PythonFile { file, dialect, body: module.body, notes: Vec::new() }),
        _ => Ok(PythonFile { file, dialect, body: Vec::new(), notes: Vec::new() }),
    }
}

/// Parses one expression that begins at an offset of a file, as `eval` does.
pub fn parse_expression(
    text: &str,
    file: FileId,
    offset: u32,
    _dialect: Dialect,
) -> Result<ast::Expr, Diagnostic> {
    match parse_mode(text, file, offset, Mode::Expression)? {
        ast::Mod::Expression(expression) => Ok(*expression.body),
        _ => Err(Diagnostic::new(&SYNTAX_ERROR, Span::new(file, offset, offset), "not an expression")),
    }
}

/// Parses a file in the preferred dialect, or in the other when only that reads it.
pub fn parse_either(sources: &Sources, file: FileId, preferred: Dialect) -> Result<PythonFile, Diagnostic> {
    parse(sources, file, preferred)
}

fn parse_mode(text: &str, file: FileId, offset: u32, mode: Mode) -> Result<ast::Mod, Diagnostic> {
    rustpython_parser::parse_starts_at(text, mode, "", TextSize::from(offset)).map_err(|error| {
        let at = error.offset.into();
        Diagnostic::new(&SYNTAX_ERROR, Span::new(file, at, at), error.error.to_string())
    })
}

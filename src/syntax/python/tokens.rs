//! Logical lines to the tokens that the parser takes, in either dialect, each at its place in the text.

use super::Dialect;
use super::Mode;
use super::RelativeNote;
use super::Spanned;
use super::StringKind;
use super::TextRange;
use super::TextSize;
use super::Tok;
use super::depth;
use super::lexer;
use super::modern;
use super::problem;
use super::problem::Problem;
use super::scan::Line;
use super::scan::LiteralKind;
use super::scan::Scan;
use crate::syntax::python2;
use std::collections::BTreeMap;
use std::ops::Range;

/// More tokens than any file has that people wrote; they take about 60 bytes each, and their tree ten times that.
const MAX_TOKENS: usize = 1_000_000;

/// A run of adjacent string literals that holds an f-string, in source order.
pub(super) type Run = Vec<Spanned>;

/// Turns text into tokens; keeps what the tree needs later.
pub(super) struct Lexing<'a> {
    pub text: &'a str,
    /// Where the text begins in its file.
    pub base: u32,
    pub dialect: Dialect,
    pub scan: &'a Scan,
    /// Runs with f-strings by where they begin in the file: the parser saw a plain string there.
    pub runs: BTreeMap<u32, Run>,
    pub tokens: usize,
}

/// Tokens up to the first problem, and what only Python 2 reads in them.
pub(super) struct Tokens {
    pub all: Vec<Spanned>,
    pub notes: Vec<RelativeNote>,
    /// With the beginning of the line that it stands in.
    pub problem: Option<(u32, Problem)>,
}

impl<'a> Lexing<'a> {
    pub(super) fn new(text: &'a str, base: u32, dialect: Dialect, scan: &'a Scan) -> Self {
        Self { text, base, dialect, scan, runs: BTreeMap::new(), tokens: 0 }
    }

    pub(super) fn lines(&mut self) -> Tokens {
        // Real code has a token in four to five bytes; to move a growing list costs more than room that is not used.
        let room = (self.text.len() / 4).min(MAX_TOKENS);
        let mut output = Tokens { all: Vec::with_capacity(room), notes: Vec::new(), problem: None };
        let mut layout = Layout { indents: vec![(0, 0)], blocks: depth::Blocks::new() };
        let mut legacy = python2::Rewriter::new(self.base);
        for line in &self.scan.lines {
            if let Err(problem) = self.line(line, &mut layout, &mut legacy, &mut output) {
                output.problem = Some((line.start, problem));
                break;
            }
        }
        if output.problem.is_none() {
            let end = TextRange::empty(TextSize::from(self.base + self.text.len() as u32));
            output.all.extend(layout.indents.iter().skip(1).map(|_| (Tok::Dedent, end)));
        }
        output.notes.extend(legacy.into_notes());
        output.notes.sort_by_key(|note| note.start);
        output
    }

    fn line(
        &mut self,
        line: &Line,
        layout: &mut Layout,
        legacy: &mut python2::Rewriter,
        output: &mut Tokens,
    ) -> Result<(), Problem> {
        let is_python2 = self.dialect == Dialect::Python2;
        layout.indent(line, self.base, is_python2, output)?;
        let mut tokens = self.lex(line.code..line.end, legacy)?;
        // Before the rewrites, which walk what this bounds; what they put in adds little to it.
        let depth = depth::of_line(&tokens, self.base)?;
        if let Some((first, _)) = tokens.first() {
            layout.blocks.line(first, depth, line.code)?;
        }
        if is_python2 {
            legacy.line(tokens, &mut output.all)
        } else {
            modern::rewrite(&mut tokens);
            self.join_format_strings(tokens, &mut output.all);
            Ok(())
        }
    }

    /// The tokens of one logical line.
    fn lex(&mut self, range: Range<u32>, legacy: &mut python2::Rewriter) -> Result<Vec<Spanned>, Problem> {
        let masked = self.scan.masked(self.text, range.clone());
        if masked.starts_with('\u{feff}') {
            let at = range.start as usize;
            return Err(problem::unexpected_character('\u{feff}', at, at + 3));
        }
        let start = TextSize::from(self.base + range.start);
        let mut tokens = Vec::new();
        for token in lexer::lex_starts_at(&masked, Mode::Module, start) {
            self.count(range.start)?;
            match token {
                Ok((Tok::Comment(_) | Tok::NonLogicalNewline, _)) => {}
                Ok(token) if self.dialect == Dialect::Python2 => {
                    let literal = self.scan.literals.get(&(u32::from(token.1.start()) - self.base));
                    legacy.token(token, literal, self.text, &mut tokens)?;
                }
                Ok(token) => tokens.push(self.checked(token)?),
                Err(error) => return Err(self.of_lexer(&error)),
            }
        }
        Ok(tokens)
    }

    /// The tokens of an f-string's expression, in parentheses, so that it may go over several lines.
    pub(super) fn lex_field(&mut self, range: Range<u32>) -> Result<Vec<Spanned>, Problem> {
        let masked = self.scan.masked(self.text, range.clone());
        let start = TextSize::from(self.base + range.start);
        let characters = std::iter::once('(').chain(masked.chars()).chain("\n)".chars());
        let mut tokens = Vec::new();
        // The parenthesis stands where the brace does.
        for token in lexer::Lexer::new(characters, start - TextSize::from(1)) {
            self.count(range.start)?;
            match token {
                Ok((Tok::Comment(_) | Tok::NonLogicalNewline | Tok::Newline, _)) => {}
                Ok(token) => tokens.push(self.checked(soft_keyword(token))?),
                Err(error) => return Err(self.of_lexer(&error)),
            }
        }
        // The line break before the closing parenthesis ends a comment; its place is that of what follows the field.
        if let Some((Tok::Rpar, closing)) = tokens.last_mut() {
            *closing = TextRange::at((self.base + range.end).into(), TextSize::from(1));
        }
        let mut joined = Vec::with_capacity(tokens.len());
        self.join_format_strings(tokens, &mut joined);
        Ok(joined)
    }

    fn count(&mut self, at: u32) -> Result<(), Problem> {
        self.tokens += 1;
        if self.tokens <= MAX_TOKENS {
            return Ok(());
        }
        Err(Problem::limit(at as usize, format!("more than {MAX_TOKENS} tokens")))
    }

    fn of_lexer(&self, error: &lexer::LexicalError) -> Problem {
        problem::of_lexer(&error.error, self.text, u32::from(error.location) - self.base)
    }

    /// Names as Python compares them (NFKC); not what the lexer takes for a name although Python does not.
    fn checked(&self, (token, range): Spanned) -> Result<Spanned, Problem> {
        use unicode_normalization::UnicodeNormalization;
        match token {
            Tok::Name { name } if !name.is_ascii() => {
                let emoji = name.chars().find(|c| !c.is_alphanumeric() && *c != '_' && is_pictograph(*c));
                if let Some(c) = emoji {
                    let at = (u32::from(range.start()) - self.base) as usize;
                    return Err(problem::unexpected_character(c, at, at + name.len()));
                }
                Ok((Tok::Name { name: name.nfkc().collect() }, range))
            }
            token => Ok((token, range)),
        }
    }

    /// Gives the parser one plain string for each run of literals with an f-string among them.
    fn join_format_strings(&mut self, tokens: Vec<Spanned>, output: &mut Vec<Spanned>) {
        let mut run: Run = Vec::new();
        for token in tokens {
            if matches!(token.0, Tok::String { .. }) {
                run.push(token);
            } else {
                self.end_run(&mut run, output);
                output.push(token);
            }
        }
        self.end_run(&mut run, output);
    }

    fn end_run(&mut self, run: &mut Run, output: &mut Vec<Spanned>) {
        let format = run.iter().any(|(_, range)| self.format_at(*range).is_some());
        match (format, run.first(), run.last()) {
            (true, Some((_, first)), Some((_, last))) => {
                let kind = StringKind::String;
                let token = Tok::String { value: String::new(), kind, triple_quoted: false };
                output.push((token, TextRange::new(first.start(), last.end())));
                self.runs.insert(first.start().into(), std::mem::take(run));
            }
            _ => output.append(run),
        }
    }

    /// The f-string that begins where this token does.
    pub(super) fn format_at(&self, range: TextRange) -> Option<&'a LiteralKind> {
        let literal = self.scan.literals.get(&(u32::from(range.start()) - self.base))?;
        Some(&literal.kind).filter(|kind| matches!(kind, LiteralKind::Format { .. }))
    }
}

/// Pictographs that the lexer reads as names.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2300}'..='\u{2bff}' | '\u{1f000}'..='\u{1ffff}')
}

fn soft_keyword((token, range): Spanned) -> Spanned {
    (soft_name(token), range)
}

/// `match`, `case` and `type` where they are names.
pub(crate) fn soft_name(token: Tok) -> Tok {
    let name = match token {
        Tok::Match => "match",
        Tok::Case => "case",
        Tok::Type => "type",
        other => return other,
    };
    Tok::Name { name: name.to_owned() }
}

/// Indentation so far.
struct Layout {
    /// Width with tabs to 8, and with tabs as one.
    indents: Vec<(u32, u32)>,
    blocks: depth::Blocks,
}

impl Layout {
    fn indent(&mut self, line: &Line, base: u32, python2: bool, output: &mut Tokens) -> Result<(), Problem> {
        let indentation = TextRange::new((base + line.start).into(), (base + line.code).into());
        let (start, code) = (line.start as usize, line.code as usize);
        let top = self.indents.last().copied().unwrap_or((0, 0));
        let agree;
        if line.column > top.0 {
            agree = line.narrow > top.1;
            self.blocks.indent(line.start)?;
            self.indents.push((line.column, line.narrow));
            output.all.push((Tok::Indent, indentation));
        } else {
            while self.indents.last().is_some_and(|open| open.0 > line.column) {
                self.indents.pop();
                self.blocks.dedent();
                output.all.push((Tok::Dedent, TextRange::empty(indentation.end())));
            }
            match self.indents.last() {
                Some(open) if open.0 == line.column => agree = line.narrow == open.1,
                _ => {
                    return Err(Problem::new(start, code, "this indentation matches no block before it")
                        .help("indent as the lines do to which this one belongs"));
                }
            }
        }
        if !agree {
            if !python2 {
                return Err(Problem::new(start, code, "tabs and spaces that indent differently")
                    .help("indent with spaces only"));
            }
            let what = "indentation where a tab counts for 8 spaces";
            output.notes.push(RelativeNote { start: line.start, end: line.code, what });
        }
        Ok(())
    }
}

pub(crate) fn opens(token: &Tok) -> bool {
    matches!(token, Tok::Lpar | Tok::Lsqb | Tok::Lbrace)
}

pub(crate) fn closes(token: &Tok) -> bool {
    matches!(token, Tok::Rpar | Tok::Rsqb | Tok::Rbrace)
}

/// Whether an operand may begin with this token.
pub(crate) fn starts_operand(token: &Tok) -> bool {
    matches!(
        token,
        Tok::Name { .. }
            | Tok::Int { .. }
            | Tok::Float { .. }
            | Tok::Complex { .. }
            | Tok::String { .. }
            | Tok::True
            | Tok::False
            | Tok::None
            | Tok::Lambda
    )
}

/// Whether an operand may end with this token.
pub(super) fn ends_operand(token: Option<&Tok>) -> bool {
    token.is_some_and(|token| closes(token) || (starts_operand(token) && *token != Tok::Lambda))
}

/// Tells which tokens stand outside brackets and outside the parameters of lambdas.
#[derive(Default)]
pub(crate) struct TopLevel {
    depth: u32,
    parameters: u32,
}

impl TopLevel {
    /// Takes the next token; false for brackets, what is in them, and parameters of lambdas with their colon.
    pub(crate) fn sees(&mut self, token: &Tok) -> bool {
        match token {
            token if opens(token) => self.depth += 1,
            token if closes(token) => self.depth = self.depth.saturating_sub(1),
            Tok::Lambda if self.depth == 0 => self.parameters += 1,
            Tok::Colon if self.depth == 0 && self.parameters > 0 => self.parameters -= 1,
            _ => return self.depth == 0 && self.parameters == 0,
        }
        false
    }
}

/// Where the wanted tokens stand at the top level of these.
pub(crate) fn at_top(tokens: &[Spanned], wanted: impl Fn(&Tok) -> bool) -> Vec<usize> {
    let mut top = TopLevel::default();
    let seen = tokens.iter().enumerate().filter(|(_, (token, _))| top.sees(token) && wanted(token));
    seen.map(|(index, _)| index).collect()
}

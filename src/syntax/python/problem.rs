//! Why text is not Python, in words for people: what the scanner found, and what the parser's error means here.

use super::ParseErrorType;
use super::Spanned;
use super::Tok;
use super::ast;
use super::ast::Expr;
use super::lexer::LexicalErrorType;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::SYNTAX_ERROR;
use crate::diagnostic::codes::TOO_COMPLEX;
use crate::text::FileId;
use crate::text::Span;

/// A refusal. Offsets are relative to the text that was read, not to its file.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub start: u32,
    pub end: u32,
    pub message: String,
    here: &'static str,
    labels: Vec<(u32, u32, String)>,
    help: Vec<String>,
    limit: bool,
}

impl Problem {
    pub(crate) fn new(start: usize, end: usize, message: impl Into<String>) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
            message: message.into(),
            here: "",
            labels: Vec::new(),
            help: Vec::new(),
            limit: false,
        }
    }

    /// Python perhaps, but more of it than is read.
    pub(crate) fn limit(at: usize, message: impl Into<String>) -> Self {
        Self { limit: true, ..Self::new(at, at + 1, message) }
    }

    pub(crate) fn here(mut self, text: &'static str) -> Self {
        self.here = text;
        self
    }

    pub(crate) fn label(mut self, start: usize, end: usize, text: impl Into<String>) -> Self {
        self.labels.push((start as u32, end as u32, text.into()));
        self
    }

    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    pub(crate) fn is_limit(&self) -> bool {
        self.limit
    }

    /// The same as a diagnostic of a file in which the text begins at `base`.
    pub(crate) fn diagnostic(self, text: &str, file: FileId, base: u32) -> Diagnostic {
        let span = |start: u32, end: u32| {
            let start = boundary(text, start);
            let end = boundary(text, end.max(start));
            Span::new(file, base.saturating_add(start), base.saturating_add(end))
        };
        let code = if self.limit { &TOO_COMPLEX } else { &SYNTAX_ERROR };
        let mut diagnostic = Diagnostic::new(code, span(self.start, self.end), self.message).here(self.here);
        for (start, end, label) in self.labels {
            diagnostic = diagnostic.label(span(start, end), label);
        }
        diagnostic.help = self.help;
        diagnostic
    }
}

/// The next offset that is one of the text's.
fn boundary(text: &str, offset: u32) -> u32 {
    let mut at = (offset as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at as u32
}

/// What the lexer refused in text that the scanner let pass; `at` is where it gave up: after the character.
pub(super) fn of_lexer(error: &LexicalErrorType, text: &str, at: u32) -> Problem {
    let at = (at as usize).min(text.len());
    let before = text[..at].chars().next_back().map_or(0, char::len_utf8);
    let character = at - before;
    let word = text[..at].trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    match error {
        LexicalErrorType::UnrecognizedToken { tok } => unexpected_character(*tok, character, at),
        LexicalErrorType::LineContinuationError => {
            if at == text.len() {
                return Problem::new(character, at, "the file ends after a backslash");
            }
            let next = text[at..].chars().next().map_or(0, char::len_utf8);
            Problem::new(at, at + next, "a backslash that does not end its line")
                .help("nothing may follow a line's last backslash, not even a blank")
        }
        LexicalErrorType::Eof => Problem::new(character, at, "the file ends after a backslash"),
        LexicalErrorType::OtherError(message) if message == "Invalid Token" => {
            let digits = text[word..at].trim_start_matches('0');
            let problem = Problem::new(word, at, "a decimal integer may not begin with `0`");
            if digits.bytes().all(|b| b < b'8') {
                problem.help(format!("for an octal integer write `0o{digits}`"))
            } else {
                problem
            }
        }
        LexicalErrorType::OtherError(_) => {
            // The offset is the number's begin or its end.
            let rest = text[at..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - at);
            Problem::new(word, at + rest, "a number that Python does not read")
        }
        other => of_action(other, text, at as u32),
    }
}

pub(super) fn unexpected_character(c: char, start: usize, end: usize) -> Problem {
    let shown = match c {
        '\u{a0}' => "a no-break space is not a blank of Python".to_owned(),
        '\u{feff}' => "a byte order mark within the file".to_owned(),
        '`' => "backticks are Python 2 syntax".to_owned(),
        c if c.is_control() || c.is_whitespace() || ('\u{200b}'..='\u{200f}').contains(&c) => {
            format!("unexpected character U+{:04X}", c as u32)
        }
        c => format!("unexpected character `{c}`"),
    };
    let problem = Problem::new(start, end, shown);
    match c {
        '“' | '”' | '‘' | '’' | '„' => problem.help("write straight quotes, `\"` or `'`"),
        '\u{a0}' => problem.help("write an ordinary space"),
        '`' => problem.help("write `repr(…)`"),
        _ => problem,
    }
}

/// What the parser's own checks refused: the offset is where the culprit begins.
fn of_action(error: &LexicalErrorType, text: &str, at: u32) -> Problem {
    let start = at as usize;
    let length = text.get(start..).unwrap_or("").find(|c: char| !c.is_alphanumeric() && c != '_');
    let end = start + length.unwrap_or(text.len().saturating_sub(start)).max(1);
    let problem = |message: &str| Problem::new(start, end, message);
    match error {
        LexicalErrorType::DefaultArgumentError => {
            problem("a parameter without a default after one with a default")
        }
        LexicalErrorType::DuplicateArgumentError(name) => problem(&format!("two parameters named `{name}`")),
        LexicalErrorType::DuplicateKeywordArgumentError(name) => {
            problem(&format!("the argument `{name}` is given twice"))
        }
        LexicalErrorType::PositionalArgumentError => {
            problem("a positional argument after a keyword argument").help("put it before the first `name=`")
        }
        LexicalErrorType::UnpackedArgumentError => problem("`*` after `**` in a call"),
        LexicalErrorType::UnicodeError | LexicalErrorType::StringError => {
            let backslash = text.get(..start).and_then(|before| before.rfind('\\')).unwrap_or(start);
            let end = end.min(backslash + 10);
            Problem::new(backslash, end, "an escape in this string that Python does not read")
                .help("write `\\\\` for a backslash, or put `r` before the string")
        }
        LexicalErrorType::OtherError(message) => match message.as_str() {
            "cannot mix bytes and nonbytes literals" => problem("bytes and text literals side by side"),
            "bytes can only contain ASCII literal characters" => {
                let before = text.get(..start).and_then(|before| before.chars().next_back());
                let character = start - before.map_or(0, char::len_utf8);
                Problem::new(character, start, "a bytes literal with a character beyond ASCII")
            }
            "named arguments must follow bare *" => problem("no parameter follows the bare `*`"),
            "cannot use starred expression here" | "cannot use double starred expression here" => {
                problem("`*` cannot stand here")
            }
            "cannot use '_' as a target" => problem("`_` cannot be bound in a pattern"),
            _ => problem("invalid syntax"),
        },
        _ => problem("invalid syntax"),
    }
}

/// What the parser could not go on with; `at` is its offset, `tokens` all that were given to it.
pub(super) fn of_parser(
    error: &ParseErrorType,
    text: &str,
    at: u32,
    tokens: &[Spanned],
    base: u32,
) -> Problem {
    let index = tokens.iter().position(|(_, range)| u32::from(range.start()) >= at + base);
    let index = index.unwrap_or(tokens.len());
    match error {
        ParseErrorType::Lexical(LexicalErrorType::IndentationError)
        | ParseErrorType::Eof
        | ParseErrorType::InvalidToken => missing_block(text, tokens.len(), tokens, base),
        ParseErrorType::Lexical(error) => of_action(error, text, at),
        ParseErrorType::UnrecognizedToken(_, Some(expected)) if expected == "Indent" => {
            missing_block(text, index, tokens, base)
        }
        ParseErrorType::UnrecognizedToken(token, _) => {
            // Several tokens may begin at one offset: dedents, and what a rewrite put in.
            let mut here =
                tokens[index..].iter().take_while(|(_, range)| u32::from(range.start()) == at + base);
            let skipped = here.position(|(found, _)| found == token).unwrap_or(0);
            unexpected_token(text, index + skipped, tokens, base)
        }
        ParseErrorType::ExtraToken(_) => Problem::new(at as usize, at as usize + 1, "invalid syntax"),
    }
}

/// The place of a token in the text; the text's end when there is no such token.
fn place(text: &str, index: usize, tokens: &[Spanned], base: u32) -> (usize, usize) {
    tokens.get(index).map_or((text.len(), text.len()), |(_, range)| {
        ((u32::from(range.start()) - base) as usize, (u32::from(range.end()) - base) as usize)
    })
}

fn ends_line(token: &Tok) -> bool {
    matches!(token, Tok::Newline | Tok::Indent | Tok::Dedent)
}

/// The first token of the line that ends before `index`.
fn line_start(index: usize, tokens: &[Spanned]) -> usize {
    tokens[..index].iter().rposition(|(token, _)| ends_line(token)).map_or(0, |at| at + 1)
}

/// `index` is what stands where an indented block should.
fn missing_block(text: &str, index: usize, tokens: &[Spanned], base: u32) -> Problem {
    let (start, end) = place(text, index, tokens, base);
    let body = tokens[..index].iter().rposition(|(token, _)| !ends_line(token));
    let Some(colon) = body.filter(|&at| tokens[at].0 == Tok::Colon) else {
        if let Some(header) = unfinished_try(index, tokens) {
            let (from, to) = place(text, header, tokens, base);
            return Problem::new(from, to, "`try` without `except` or `finally`");
        }
        return Problem::new(start, end, "the file ends within a statement");
    };
    let header = line_start(colon, tokens);
    let (from, to) = place(text, header, tokens, base);
    let word = text.get(from..to).unwrap_or("");
    Problem::new(start, end, format!("expected an indented block after `{word}`")).label(
        from,
        place(text, colon, tokens, base).1,
        "this needs a block",
    )
}

fn unexpected_token(text: &str, index: usize, tokens: &[Spanned], base: u32) -> Problem {
    let (start, end) = place(text, index, tokens, base);
    let Some((token, _)) = tokens.get(index) else {
        return Problem::new(start, end, "the file ends within a statement");
    };
    let problem = |message: String| Problem::new(start, end.max(start + 1), message);
    let shown = text.get(start..end).unwrap_or("").lines().next().unwrap_or("");
    let first = line_start(index, tokens);
    let line = &tokens[first..index];
    let before = line.last().map(|(token, _)| token);
    match token {
        Tok::Indent => return problem("unexpected indentation".to_owned()),
        Tok::Newline => {
            let Some((_, end)) =
                line.len().checked_sub(1).map(|last| place(text, first + last, tokens, base))
            else {
                return problem("unexpected end of line".to_owned());
            };
            let block = line.first().is_some_and(|(token, _)| opens_block(token));
            let message = if block && !has_colon(line) { "expected `:`" } else { "the line ends too early" };
            return Problem::new(end.saturating_sub(1), end, message);
        }
        Tok::Equal if matches!(line.first(), Some((Tok::If | Tok::Elif | Tok::While, _))) => {
            return problem("`=` assigns and cannot stand here".to_owned()).help("to compare, write `==`");
        }
        Tok::Else | Tok::Elif | Tok::Except | Tok::Finally if line.is_empty() => {
            return problem(format!("`{shown}` belongs to no statement before it"));
        }
        _ => {}
    }
    if let Some(header) = unfinished_try(index, tokens) {
        let (from, to) = place(text, header, tokens, base);
        return Problem::new(from, to, "`try` without `except` or `finally`").label(
            start,
            end,
            "expected before this",
        );
    }
    let wants_name = matches!(
        before,
        Some(Tok::Def | Tok::Class | Tok::Import | Tok::As | Tok::Dot | Tok::Global | Tok::Nonlocal)
    );
    if *token == Tok::Equal && line.len() == 1 {
        let (from, to) = place(text, first, tokens, base);
        let word = text.get(from..to).unwrap_or("");
        if super::lexer::KEYWORDS.contains_key(word) {
            return Problem::new(from, to, format!("`{word}` is a keyword and cannot be a name"));
        }
    }
    if wants_name && super::lexer::KEYWORDS.contains_key(shown) {
        return problem(format!("`{shown}` is a keyword and cannot be a name"));
    }
    let shown = if shown.is_empty() { "end of line".to_owned() } else { format!("`{}`", shorten(shown)) };
    let problem = problem(format!("unexpected {shown}"));
    if super::tokens::ends_operand(before) && super::tokens::starts_operand(token) && in_brackets(line) {
        return problem.help("a comma may be missing before it");
    }
    problem
}

fn shorten(shown: &str) -> String {
    match shown.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &shown[..at]),
        None => shown.to_owned(),
    }
}

fn opens_block(token: &Tok) -> bool {
    matches!(
        token,
        Tok::If
            | Tok::Elif
            | Tok::Else
            | Tok::While
            | Tok::For
            | Tok::Try
            | Tok::Except
            | Tok::Finally
            | Tok::With
            | Tok::Def
            | Tok::Class
            | Tok::Async
            | Tok::Match
            | Tok::Case
    )
}

fn has_colon(line: &[Spanned]) -> bool {
    let mut top = super::tokens::TopLevel::default();
    line.iter().any(|(token, _)| top.sees(token) && *token == Tok::Colon)
}

fn in_brackets(line: &[Spanned]) -> bool {
    let count = |open: fn(&Tok) -> bool| line.iter().filter(|(token, _)| open(token)).count();
    count(super::tokens::opens) > count(super::tokens::closes)
}

/// The `try` whose block ends right before `index`, when no clause follows it.
fn unfinished_try(index: usize, tokens: &[Spanned]) -> Option<usize> {
    let mut depth = 0;
    let mut at = index;
    while at > 0 {
        at -= 1;
        match tokens[at].0 {
            Tok::Dedent => depth += 1,
            Tok::Indent => {
                depth -= 1;
                if depth == 0 {
                    let header = line_start(at.checked_sub(1)?, tokens);
                    return (tokens[header].0 == Tok::Try).then_some(header);
                }
            }
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// What an expression is called where it cannot stand.
pub(super) fn describe(expression: &Expr) -> &'static str {
    match expression {
        Expr::Call(_) => "a call",
        Expr::Constant(constant) => match constant.value {
            ast::Constant::Bool(true) => "`True`",
            ast::Constant::Bool(false) => "`False`",
            ast::Constant::None => "`None`",
            ast::Constant::Ellipsis => "`...`",
            _ => "a literal",
        },
        Expr::Compare(_) => "a comparison",
        Expr::Lambda(_) => "a lambda",
        Expr::IfExp(_) => "a conditional expression",
        Expr::JoinedStr(_) | Expr::FormattedValue(_) => "an f-string",
        Expr::Dict(_) => "a dictionary",
        Expr::Set(_) => "a set",
        Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) => "a comprehension",
        Expr::GeneratorExp(_) => "a generator expression",
        Expr::Await(_) => "an `await`",
        Expr::Yield(_) | Expr::YieldFrom(_) => "a `yield`",
        Expr::NamedExpr(_) => "a `:=`",
        Expr::Starred(_) => "a `*`",
        Expr::Tuple(_) => "a tuple",
        Expr::List(_) => "a list",
        _ => "an expression",
    }
}

//! Python 2 statements and expressions as the Python 3 grammar can hold them, with every name and string at its place.
//!
//! What the tree then says, for whoever walks it; names that begin with `__spx_` or `.` cannot clash with a script's own:
//!
//! | source | tree |
//! | --- | --- |
//! | `print a, b,` | `__spx_print__(a, b, trailing_comma=True)`; `print` is `__spx_print__()` |
//! | `print >>f, a` | `__spx_print__(a, file=f)` |
//! | `exec code in ns, loc`, `exec(code, ns)` | `__spx_exec__(code, ns, loc)` |
//! | `raise X, y, tb` | `raise __spx_raise__(X, y, tb)` |
//! | `except X, e:` | `except X as e:`; the name stays bound after the handler |
//! | `except X, (a, b):` | `except X as .exception:`, whose body begins with `(a, b) = .exception` |
//! | `` `a` `` | `__spx_repr__((a))` |
//! | `def f(a, (b, c)):` | `def f(a, .1):` with `(b, c) = .1` first in the body, after its docstring |
//! | `lambda a, (b, c): e` | `lambda a, .1: [e for (b, c) in (.1,)][0]` |
//! | `u'a'`, and `'a'` under `unicode_literals` | a `Str` of `kind: Some("u")`; every other `Str` is a byte string |
//! | `True` | a constant; a name where it is assigned, an attribute or an argument's name |
//!
//! `<>`, `0777`, `10L`, `[x for x in a, b]` become their Python 3 spellings. `async`, `await`, `nonlocal` are names.

use super::python::RelativeNote;
use super::python::Spanned;
use super::python::TextRange;
use super::python::TextSize;
use super::python::Tok;
use super::python::problem::Problem;
use super::python::tokens::at_top;
use super::python::tokens::closes;
use super::python::tokens::opens;
use super::python::tokens::starts_operand;

mod lambda;
mod literal;
pub(super) mod newer;

/// Stands for the print statement.
pub const PRINT: &str = "__spx_print__";
/// Stands for the exec statement.
pub const EXEC: &str = "__spx_exec__";
/// Stands for what `raise X, y, traceback` raises.
pub const RAISE: &str = "__spx_raise__";
/// Stands for backticks: `repr` itself may have been assigned.
pub const REPR: &str = "__spx_repr__";
/// The exception of a handler that binds something other than a name.
const EXCEPTION: &str = ".exception";

/// Rewrites one logical line after the other.
pub(super) struct Rewriter {
    base: u32,
    notes: Vec<RelativeNote>,
    print_function: bool,
    unicode_literals: bool,
    /// Statements that the block about to begin must begin with.
    prologue: Vec<Spanned>,
}

impl Rewriter {
    pub(super) fn new(base: u32) -> Self {
        let (print_function, unicode_literals) = (false, false);
        Self { base, notes: Vec::new(), print_function, unicode_literals, prologue: Vec::new() }
    }

    pub(super) fn into_notes(self) -> Vec<RelativeNote> {
        self.notes
    }

    fn note(&mut self, range: TextRange, what: &'static str) {
        let relative = |offset: TextSize| u32::from(offset) - self.base;
        self.notes.push(RelativeNote { start: relative(range.start()), end: relative(range.end()), what });
    }

    fn at(&self, range: TextRange) -> usize {
        (u32::from(range.start()) - self.base) as usize
    }

    /// Rewrites a logical line.
    pub(super) fn line(
        &mut self,
        mut tokens: Vec<Spanned>,
        output: &mut Vec<Spanned>,
    ) -> Result<(), Problem> {
        self.future(&tokens);
        literal::unify_runs(&mut tokens);
        let tokens = lambda::rewrite(self.bare_tuples(tokens), |range| {
            self.note(range, "a tuple parameter");
        });
        let begins_block = matches!(output.last(), Some((Tok::Indent, _)));
        let prologue = std::mem::take(&mut self.prologue);
        let prologue = if begins_block { prologue } else { Vec::new() };
        let docstring = tokens.iter().all(|(token, _)| matches!(token, Tok::String { .. } | Tok::Newline));
        if docstring {
            output.extend(tokens);
            output.extend(prologue);
            return Ok(());
        }
        output.extend(prologue);
        let statements = self.header(tokens, output)?;
        let mut rest = statements.into_iter();
        loop {
            let mut depth = 0_u32;
            let mut end = None;
            let statement: Vec<Spanned> = rest
                .by_ref()
                .map_while(|(token, range)| {
                    depth = if opens(&token) { depth + 1 } else { depth };
                    depth = if closes(&token) { depth.saturating_sub(1) } else { depth };
                    if token == Tok::Newline || (token == Tok::Semi && depth == 0) {
                        end = Some((token, range));
                        return None;
                    }
                    Some((token, range))
                })
                .collect();
            self.simple(statement, output)?;
            match end {
                Some(end) => output.push(end),
                None => return Ok(()),
            }
        }
    }

    /// `from __future__ import …` changes how the lines after it are read.
    fn future(&mut self, tokens: &[Spanned]) {
        let [(Tok::From, _), (Tok::Name { name: module }, _), (Tok::Import, _), names @ ..] = tokens else {
            return;
        };
        for (token, _) in names.iter().filter(|_| module == "__future__") {
            if let Tok::Name { name } = token {
                self.print_function |= name == "print_function";
                self.unicode_literals |= name == "unicode_literals";
            }
        }
    }

    /// Puts out the header of a compound statement up to its colon, and gives back what stands after it.
    fn header(
        &mut self,
        mut tokens: Vec<Spanned>,
        output: &mut Vec<Spanned>,
    ) -> Result<Vec<Spanned>, Problem> {
        let compound = matches!(
            tokens.first(),
            Some((
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
                    | Tok::Class,
                _
            ))
        );
        let colon = at_top(&tokens, |token| *token == Tok::Colon).first().copied();
        let Some(colon) = colon.filter(|_| compound) else { return Ok(tokens) };
        let body = tokens.split_off(colon + 1);
        let mut prologue = Vec::new();
        match tokens[0].0 {
            Tok::Def => tokens = self.parameters(tokens, &mut prologue)?,
            Tok::Except => tokens = self.handler(tokens, &mut prologue),
            _ => {}
        }
        output.extend(tokens);
        if matches!(body.first(), Some((Tok::Newline, _))) {
            self.prologue = prologue;
        } else {
            let inline = |(token, range)| (if token == Tok::Newline { Tok::Semi } else { token }, range);
            output.extend(prologue.into_iter().map(inline));
        }
        Ok(body)
    }

    /// `def f(a, (b, c)):`
    fn parameters(
        &mut self,
        tokens: Vec<Spanned>,
        prologue: &mut Vec<Spanned>,
    ) -> Result<Vec<Spanned>, Problem> {
        let mut output = Vec::with_capacity(tokens.len());
        let (mut depth, mut position) = (0_u32, 0);
        let mut tokens = tokens.into_iter();
        while let Some((token, range)) = tokens.next() {
            let begins = matches!(output.last(), Some((Tok::Lpar | Tok::Comma, _)));
            if token == Tok::Lpar && depth == 1 && begins {
                let target = group((token, range), &mut tokens);
                let whole = whole(&target);
                if target.len() < 3 {
                    return Err(Problem::new(self.at(range), self.at(range) + 1, "an empty parameter"));
                }
                self.note(whole, "a tuple parameter");
                let name = Tok::Name { name: format!(".{position}") };
                prologue.extend(assignment(target, name.clone()));
                output.push((name, whole));
                continue;
            }
            match &token {
                token if opens(token) => depth += 1,
                token if closes(token) => depth = depth.saturating_sub(1),
                Tok::Comma if depth == 1 => position += 1,
                _ => {}
            }
            output.push((token, range));
        }
        Ok(output)
    }

    /// `except X, e:`, and `except X as (a, b):`
    fn handler(&mut self, mut tokens: Vec<Spanned>, prologue: &mut Vec<Spanned>) -> Vec<Spanned> {
        let separators = at_top(&tokens, |token| matches!(token, Tok::Comma | Tok::As));
        // With two of them it is no Python at all.
        let &[separator] = &separators[..] else { return tokens };
        let colon = tokens.split_off(tokens.len() - 1);
        let target = tokens.split_off(separator + 1);
        let Some((word, place)) = tokens.pop() else { return colon };
        if word == Tok::Comma {
            self.note(tokens[0].1.cover(place), "`except X, e`");
        }
        tokens.push((Tok::As, place));
        if let [(Tok::Name { .. }, _)] | [] = &target[..] {
            tokens.extend(target);
        } else {
            let name = Tok::Name { name: EXCEPTION.to_owned() };
            tokens.push((name.clone(), whole(&target)));
            prologue.extend(assignment(target, name));
        }
        tokens.extend(colon);
        tokens
    }

    fn simple(&mut self, mut tokens: Vec<Spanned>, output: &mut Vec<Spanned>) -> Result<(), Problem> {
        match tokens.first() {
            Some((Tok::Name { name }, _)) if name == "print" && !self.print_function => {
                self.print(tokens, output)?;
            }
            Some((Tok::Name { name }, _)) if name == "exec" => self.exec(tokens, output)?,
            Some((Tok::Raise, _)) => self.raise(tokens, output)?,
            _ => {
                literal::name_assigned_constants(&mut tokens);
                output.extend(tokens);
            }
        }
        Ok(())
    }

    fn refused(&self, range: TextRange, message: &str) -> Problem {
        Problem::new(self.at(range), self.at(range) + usize::from(range.len()), message)
    }

    fn print(&mut self, mut tokens: Vec<Spanned>, output: &mut Vec<Spanned>) -> Result<(), Problem> {
        let end = TextRange::empty(whole(&tokens).end());
        let mut values = tokens.split_off(1);
        let keyword = tokens[0].1;
        let redirected = matches!(values.first(), Some((Tok::RightShift, _)));
        let only_python2 =
            redirected || values.first().is_some_and(|(token, _)| *token != Tok::Lpar && starts(token));
        if only_python2 {
            self.note(keyword, "a `print` statement");
        }
        open_call(PRINT, keyword, output);
        let mut destination = Vec::new();
        if redirected {
            let comma = at_top(&values, |token| *token == Tok::Comma).first().copied();
            let rest = values.split_off(comma.map_or(values.len(), |comma| comma + 1));
            let until = comma.map_or(values.len(), |comma| comma);
            destination = values.drain(..until).skip(1).collect();
            if comma.is_some() && rest.is_empty() {
                return Err(self.refused(keyword, "`print >>file,` prints nothing"));
            }
            values = rest;
        }
        let trailing_comma = values.last().filter(|(token, _)| *token == Tok::Comma).map(|(_, range)| *range);
        if trailing_comma.is_some() {
            values.pop();
        }
        let given = !values.is_empty();
        arguments(values, output);
        if let Some((_, first)) = destination.first() {
            let before = TextRange::empty(first.start());
            separate(given, before, output);
            keyword_argument("file", before, output);
            output.extend(destination);
        }
        if let Some(comma) = trailing_comma {
            separate(true, TextRange::empty(comma.start()), output);
            keyword_argument("trailing_comma", TextRange::empty(comma.start()), output);
            output.push((Tok::True, comma));
        }
        output.push((Tok::Rpar, end));
        Ok(())
    }

    fn exec(&mut self, mut tokens: Vec<Spanned>, output: &mut Vec<Spanned>) -> Result<(), Problem> {
        let all = whole(&tokens);
        let mut values = tokens.split_off(1);
        let keyword = tokens[0].1;
        let is_call = is_one_group(&values);
        if !is_call {
            self.note(keyword, "an `exec` statement");
        }
        open_call(EXEC, keyword, output);
        if is_call {
            // `exec(code, globals)` is the statement with a tuple, and means the same.
            values.pop();
            values.remove(0);
            output.extend(values);
        } else {
            let words = at_top(&values, |token| matches!(token, Tok::In | Tok::Comma));
            let kinds: Vec<&Tok> = words.iter().map(|&index| &values[index].0).collect();
            let last = words.last().map_or(0, |index| index + 1);
            if !matches!(kinds[..], [] | [Tok::In] | [Tok::In, Tok::Comma]) || last == values.len() {
                return Err(self.refused(all, "`exec` takes code, then `in` and one or two namespaces"));
            }
            if let Some(&word) = words.first() {
                values[word].0 = Tok::Comma;
            }
            arguments(values, output);
        }
        output.push((Tok::Rpar, TextRange::empty(all.end())));
        Ok(())
    }

    fn raise(&mut self, mut tokens: Vec<Spanned>, output: &mut Vec<Spanned>) -> Result<(), Problem> {
        let all = whole(&tokens);
        let commas = at_top(&tokens, |token| *token == Tok::Comma);
        let Some(last) = commas.last() else {
            output.extend(tokens);
            return Ok(());
        };
        if commas.len() > 2 || last + 1 == tokens.len() {
            return Err(self.refused(all, "`raise` takes a class, a value and a traceback"));
        }
        self.note(all, "`raise X, y`");
        let values = tokens.split_off(1);
        output.extend(tokens);
        open_call(RAISE, TextRange::empty(whole(&values).start()), output);
        arguments(values, output);
        output.push((Tok::Rpar, TextRange::empty(all.end())));
        Ok(())
    }

    /// `[x for x in a, b]` gets parentheses around the tuple.
    fn bare_tuples(&mut self, tokens: Vec<Spanned>) -> Vec<Spanned> {
        let groups = lambda::bare_tuples(&tokens);
        for &(first, after) in &groups {
            self.note(tokens[first].1.cover(tokens[after - 1].1), "a list comprehension over a bare tuple");
        }
        let mut inserted: Vec<(usize, Spanned)> = Vec::new();
        for (first, after) in groups {
            inserted.push((first, (Tok::Lpar, TextRange::empty(tokens[first].1.start()))));
            inserted.push((after, (Tok::Rpar, TextRange::empty(tokens[after - 1].1.end()))));
        }
        inserted.sort_by_key(|(index, _)| *index);
        let mut inserted = inserted.into_iter().peekable();
        let mut output = Vec::with_capacity(tokens.len() + inserted.len());
        for (index, token) in tokens.into_iter().enumerate() {
            while let Some((_, extra)) = inserted.next_if(|(at, _)| *at == index) {
                output.push(extra);
            }
            output.push(token);
        }
        output
    }
}

/// How to write what a note names so that both Pythons read it.
pub(super) fn spelling_for_both(what: &str) -> Option<&'static str> {
    Some(match what {
        "a `print` statement" => "write `print(…)`",
        "an `exec` statement" => "write `exec(…)`",
        "`except X, e`" => "write `except X as e`",
        "`raise X, y`" => "write `raise X(y)`",
        "backticks" => "write `repr(…)`",
        "`<>`" => "write `!=`",
        "an octal integer `0777`" => "write `0o777`",
        "a long integer `1L`" => "leave out the `L`",
        "a list comprehension over a bare tuple" => "put the tuple in parentheses",
        _ => return None,
    })
}

/// Whether an expression may begin here, after the word `print`.
fn starts(token: &Tok) -> bool {
    starts_operand(token) || matches!(token, Tok::Not | Tok::Lbrace | Tok::Tilde)
}

/// What the tokens cover together.
fn whole(tokens: &[Spanned]) -> TextRange {
    match (tokens.first(), tokens.last()) {
        (Some((_, first)), Some((_, last))) => first.cover(*last),
        _ => TextRange::default(),
    }
}

/// The tokens from an opening bracket, given, to its closing one.
fn group(open: Spanned, tokens: &mut impl Iterator<Item = Spanned>) -> Vec<Spanned> {
    let mut group = vec![open];
    let mut depth = 1;
    for (token, range) in tokens {
        depth = if opens(&token) { depth + 1 } else { depth };
        depth = if closes(&token) { depth - 1 } else { depth };
        group.push((token, range));
        if depth == 0 {
            break;
        }
    }
    group
}

/// `target = name`, on a line of its own.
fn assignment(target: Vec<Spanned>, name: Tok) -> Vec<Spanned> {
    let end = TextRange::empty(whole(&target).end());
    let mut statement = target;
    statement.extend([(Tok::Equal, end), (name, end), (Tok::Newline, end)]);
    statement
}

fn open_call(name: &str, at: TextRange, output: &mut Vec<Spanned>) {
    output.push((Tok::Name { name: name.to_owned() }, at));
    output.push((Tok::Lpar, TextRange::empty(at.end())));
}

/// Each value in parentheses of its own, so that `print a=b` and `print *a` stay what they are: wrong.
fn arguments(values: Vec<Spanned>, output: &mut Vec<Spanned>) {
    let mut commas = at_top(&values, |token| *token == Tok::Comma).into_iter().peekable();
    let mut inside = false;
    for (index, (token, range)) in values.into_iter().enumerate() {
        let separates = commas.next_if_eq(&index).is_some();
        if inside == separates {
            let parenthesis = if inside { Tok::Rpar } else { Tok::Lpar };
            let at =
                if inside { output.last().map_or(range, |(_, last)| *last).end() } else { range.start() };
            output.push((parenthesis, TextRange::empty(at)));
            inside = !inside;
        }
        output.push((token, range));
    }
    if inside {
        let end = output.last().map_or(TextRange::default(), |(_, last)| *last).end();
        output.push((Tok::Rpar, TextRange::empty(end)));
    }
}

fn separate(needed: bool, at: TextRange, output: &mut Vec<Spanned>) {
    if needed {
        output.push((Tok::Comma, at));
    }
}

fn keyword_argument(name: &str, at: TextRange, output: &mut Vec<Spanned>) {
    output.push((Tok::Name { name: name.to_owned() }, at));
    output.push((Tok::Equal, at));
}

/// Whether one pair of parentheses holds all of it.
fn is_one_group(tokens: &[Spanned]) -> bool {
    let [(Tok::Lpar, _), inner @ .., (Tok::Rpar, _)] = tokens else { return false };
    let mut depth = 0_i64;
    inner.iter().all(|(token, _)| {
        depth += i64::from(opens(token)) - i64::from(closes(token));
        depth >= 0
    })
}

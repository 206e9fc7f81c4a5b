//! Tuple parameters of lambdas, and tuples without parentheses in list comprehensions.

use crate::syntax::python::Spanned;
use crate::syntax::python::TextRange;
use crate::syntax::python::Tok;
use crate::syntax::python::tokens::closes;
use crate::syntax::python::tokens::opens;

/// A lambda that is being read.
struct Lambda {
    /// Brackets that are open around it.
    depth: u32,
    in_parameters: bool,
    position: usize,
    /// Conditionals of its body that still want their `else`.
    conditionals: u32,
    /// Tuple parameters: the tokens, and the number that stands for them.
    targets: Vec<(Vec<Spanned>, usize)>,
}

/// `lambda a, (b, c): e` becomes `lambda a, .1: [e for (b, c) in (.1,)][0]`.
pub(super) fn rewrite(tokens: Vec<Spanned>, mut note: impl FnMut(TextRange)) -> Vec<Spanned> {
    if !tokens.iter().any(|(token, _)| *token == Tok::Lambda) {
        return tokens;
    }
    let mut output: Vec<Spanned> = Vec::with_capacity(tokens.len() + 16);
    let mut lambdas: Vec<Lambda> = Vec::new();
    let mut depth = 0_u32;
    let mut tokens = tokens.into_iter().peekable();
    while let Some((token, range)) = tokens.next() {
        if closes(&token) {
            depth = depth.saturating_sub(1);
        }
        end_lambdas(&token, depth, &mut lambdas, &mut output);
        let begins = matches!(output.last(), Some((Tok::Lambda | Tok::Comma, _)));
        if let Some(lambda) = lambdas.last_mut().filter(|lambda| lambda.depth == depth) {
            match &token {
                Tok::Lpar if lambda.in_parameters && begins => {
                    let target = super::group((token, range), &mut tokens);
                    let whole = super::whole(&target);
                    note(whole);
                    output.push((Tok::Name { name: format!(".{}", lambda.position) }, whole));
                    lambda.targets.push((target, lambda.position));
                    continue;
                }
                Tok::Comma if lambda.in_parameters => lambda.position += 1,
                Tok::Colon if lambda.in_parameters => {
                    lambda.in_parameters = false;
                    let starts_body = !lambda.targets.is_empty();
                    output.push((token, range));
                    if let (true, Some((_, next))) = (starts_body, tokens.peek()) {
                        output.push((Tok::Lsqb, TextRange::empty(next.start())));
                    }
                    continue;
                }
                Tok::If => lambda.conditionals += 1,
                Tok::Else => lambda.conditionals = lambda.conditionals.saturating_sub(1),
                _ => {}
            }
        }
        match &token {
            Tok::Lambda => lambdas.push(Lambda {
                depth,
                in_parameters: true,
                position: 0,
                conditionals: 0,
                targets: Vec::new(),
            }),
            token if opens(token) => depth += 1,
            _ => {}
        }
        output.push((token, range));
    }
    output
}

/// Ends the lambdas whose body ends before this token.
fn end_lambdas(token: &Tok, depth: u32, lambdas: &mut Vec<Lambda>, output: &mut Vec<Spanned>) {
    while let Some(lambda) = lambdas.last() {
        let ends = match token {
            Tok::Comma | Tok::Colon => !lambda.in_parameters && lambda.depth == depth,
            Tok::Semi | Tok::Newline | Tok::For => lambda.depth == depth,
            Tok::Else => !lambda.in_parameters && lambda.depth == depth && lambda.conditionals == 0,
            token if closes(token) => lambda.depth > depth,
            _ => false,
        };
        if !ends {
            return;
        }
        let Some(lambda) = lambdas.pop() else { return };
        if lambda.targets.is_empty() || lambda.in_parameters {
            continue;
        }
        let end = TextRange::empty(output.last().map_or(TextRange::default(), |(_, range)| *range).end());
        for (target, position) in lambda.targets {
            let whole = super::whole(&target);
            let (before, after) = (TextRange::empty(whole.start()), TextRange::empty(whole.end()));
            output.push((Tok::For, before));
            output.extend(target);
            output.push((Tok::In, after));
            output.push((Tok::Lpar, after));
            output.push((Tok::Name { name: format!(".{position}") }, after));
            output.push((Tok::Comma, after));
            output.push((Tok::Rpar, after));
        }
        output.push((Tok::Rsqb, end));
        output.push((Tok::Lsqb, end));
        output.push((Tok::Int { value: 0.into() }, end));
        output.push((Tok::Rsqb, end));
    }
}

/// A bracket that is being read, for [`bare_tuples`].
#[derive(Default)]
struct Bracket {
    square: bool,
    after_for: bool,
    /// Where the iterated expression begins.
    iterated: Option<usize>,
    comma: bool,
    parameters: u32,
}

/// In `[x for x in a, b]`: where the tuple begins and where it has ended, as indices.
pub(super) fn bare_tuples(tokens: &[Spanned]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut brackets = vec![Bracket::default()];
    for (index, (token, _)) in tokens.iter().enumerate() {
        let Some(bracket) = brackets.last_mut() else { break };
        let clause_ends = closes(token) || matches!(token, Tok::For | Tok::If);
        if clause_ends && bracket.parameters == 0 {
            if let (Some(start), true, true) = (bracket.iterated, bracket.square, bracket.comma) {
                found.push((start, index));
            }
            (bracket.iterated, bracket.comma) = (None, false);
            bracket.after_for = *token == Tok::For;
        }
        match token {
            Tok::Lambda => bracket.parameters += 1,
            Tok::Colon => bracket.parameters = bracket.parameters.saturating_sub(1),
            Tok::In if bracket.after_for => {
                bracket.after_for = false;
                bracket.iterated = Some(index + 1);
            }
            Tok::Comma if bracket.iterated.is_some() && bracket.parameters == 0 => bracket.comma = true,
            token if opens(token) => {
                brackets.push(Bracket { square: *token == Tok::Lsqb, ..Bracket::default() });
            }
            token if closes(token) && brackets.len() > 1 => {
                brackets.pop();
            }
            _ => {}
        }
    }
    found
}

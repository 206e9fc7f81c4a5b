//! Python 3 that is newer than the parser: brought into the form it reads.

use super::Spanned;
use super::TextRange;
use super::Tok;
use super::tokens::at_top;
use super::tokens::closes;
use super::tokens::opens;

/// `except A, B:` (PEP 758) gets its parentheses; defaults of type parameters (PEP 696) go.
pub(super) fn rewrite(tokens: &mut Vec<Spanned>) {
    match tokens.first() {
        Some((Tok::Except, _)) => parenthesise_exceptions(tokens),
        Some((Tok::Def | Tok::Class | Tok::Type, _)) => drop_type_defaults(tokens, 1),
        Some((Tok::Async, _)) => drop_type_defaults(tokens, 2),
        _ => {}
    }
}

fn parenthesise_exceptions(tokens: &mut Vec<Spanned>) {
    let first = if matches!(tokens.get(1), Some((Tok::Star, _))) { 2 } else { 1 };
    let Some(colon) = at_top(tokens, |token| *token == Tok::Colon).first().copied() else { return };
    if colon <= first {
        return;
    }
    let header = &tokens[first..colon];
    let commas = at_top(header, |token| *token == Tok::Comma);
    let named = !at_top(header, |token| *token == Tok::As).is_empty();
    if commas.is_empty() || named || binds_in_python2(header, &commas) {
        return;
    }
    let (start, end) = (tokens[first].1.start(), tokens[colon - 1].1.end());
    tokens.insert(colon, (Tok::Rpar, TextRange::empty(end)));
    tokens.insert(first, (Tok::Lpar, TextRange::empty(start)));
}

/// `except X, error:` names the exception in Python 2 and lists two classes in 3.14. Classes are capitalised by
/// convention, so a lone lower-case name is read as what it was for thirty years: refused here, bound in Python 2.
fn binds_in_python2(header: &[Spanned], commas: &[usize]) -> bool {
    match (commas, header.last()) {
        (&[comma], Some((Tok::Name { name }, _))) if comma + 2 == header.len() => {
            !name.starts_with(char::is_uppercase)
        }
        _ => false,
    }
}

/// `class A[T = int]` becomes `class A[T]`: nothing at build time depends on type parameters.
fn drop_type_defaults(tokens: &mut Vec<Spanned>, name: usize) {
    if !matches!(tokens.get(name), Some((Tok::Name { .. }, _)))
        || !matches!(tokens.get(name + 1), Some((Tok::Lsqb, _)))
    {
        return;
    }
    let (mut depth, mut in_default, mut done) = (0_u32, false, false);
    let mut index = 0;
    tokens.retain(|(token, _)| {
        index += 1;
        if index <= name + 1 || done {
            return true;
        }
        depth = if opens(token) { depth + 1 } else { depth };
        depth = if closes(token) { depth.saturating_sub(1) } else { depth };
        done = depth == 0;
        match token {
            Tok::Equal if depth == 1 => in_default = true,
            Tok::Comma if depth == 1 => in_default = false,
            _ if done => in_default = false,
            _ => {}
        }
        !in_default
    });
}

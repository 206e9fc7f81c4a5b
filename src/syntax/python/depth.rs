//! How deep a tree the parser will build from tokens, found before it is built.
//!
//! Trees are walked and dropped by recursion, so a file of a million minus signs must be refused before it becomes one.

use super::Spanned;
use super::Tok;
use super::problem::Problem;
use super::tokens::closes;
use super::tokens::opens;

/// Nodes within each other, of statements and expressions together.
pub(super) const MAX_DEPTH: u32 = 1_000;
/// Indentation levels; CPython's `MAXINDENT`.
const MAX_INDENTATION: usize = 100;

/// What stands side by side within one pair of brackets, or within one block.
#[derive(Debug, Default)]
struct Level {
    /// Operators that chain: each puts what stands before it, or after it, one deeper.
    chain: u32,
    /// The deepest bracket in the chain.
    inside: u32,
    /// The deepest chain since the last comma.
    chains: u32,
    /// Lambdas, conditionals, `not`, `elif`: what they hold goes on to the next comma.
    holders: u32,
    /// The deepest element so far.
    elements: u32,
    /// Lambdas whose parameters are being read: their commas separate no elements.
    parameters: u32,
}

impl Level {
    fn end_chain(&mut self) {
        self.chains = self.chains.max(self.chain + self.inside);
        (self.chain, self.inside) = (0, 0);
    }

    fn end_element(&mut self) {
        self.elements = self.depth();
        (self.chain, self.inside, self.chains, self.holders) = (0, 0, 0, 0);
    }

    fn depth(&self) -> u32 {
        self.elements.max(self.holders + self.chains.max(self.chain + self.inside))
    }
}

/// The depth of the tree that a line of tokens becomes; a problem where it passes [`MAX_DEPTH`].
pub(super) fn of_line(tokens: &[Spanned], base: u32) -> Result<u32, Problem> {
    let mut levels = vec![Level::default()];
    for (token, range) in tokens {
        if closes(token) && levels.len() > 1 {
            let inside = levels.pop().map_or(0, |level| level.depth()) + 1;
            if let Some(level) = levels.last_mut() {
                level.inside = level.inside.max(inside);
            }
        }
        let Some(level) = levels.last_mut() else { break };
        match token {
            token if opens(token) => {
                level.chain += 1;
                levels.push(Level::default());
            }
            Tok::Lambda => {
                level.holders += 1;
                level.parameters += 1;
            }
            Tok::Colon if level.parameters > 0 => level.parameters -= 1,
            Tok::Comma if level.parameters > 0 => {}
            Tok::Comma | Tok::Colon | Tok::Semi | Tok::Newline => level.end_element(),
            Tok::If | Tok::Not | Tok::Await | Tok::Yield | Tok::ColonEqual => level.holders += 1,
            token if chains(token) => level.chain += 1,
            token if separates(token) => level.end_chain(),
            _ => {}
        }
        if levels.last().is_some_and(|level| level.depth() > MAX_DEPTH) {
            return Err(too_deep(u32::from(range.start()) - base));
        }
    }
    Ok(levels.last().map_or(0, Level::depth) + 1)
}

pub(super) fn too_deep(at: u32) -> Problem {
    Problem::limit(at as usize, format!("code nested more than {MAX_DEPTH} deep"))
        .help("split the expression, or the chain of `elif`, into parts")
}

fn chains(token: &Tok) -> bool {
    matches!(
        token,
        Tok::Dot
            | Tok::Plus
            | Tok::Minus
            | Tok::Tilde
            | Tok::Star
            | Tok::DoubleStar
            | Tok::Slash
            | Tok::DoubleSlash
            | Tok::Percent
            | Tok::At
            | Tok::Amper
            | Tok::Vbar
            | Tok::CircumFlex
            | Tok::LeftShift
            | Tok::RightShift
    )
}

/// Operators whose operands stand side by side, however many there are.
fn separates(token: &Tok) -> bool {
    matches!(
        token,
        Tok::And
            | Tok::Or
            | Tok::In
            | Tok::Is
            | Tok::Less
            | Tok::Greater
            | Tok::LessEqual
            | Tok::GreaterEqual
            | Tok::EqEqual
            | Tok::NotEqual
            | Tok::For
            | Tok::Equal
    )
}

/// The blocks that are open while lines are read.
#[derive(Debug)]
pub(super) struct Blocks(Vec<Level>);

impl Blocks {
    pub(super) fn new() -> Self {
        Self(vec![Level::default()])
    }

    pub(super) fn indent(&mut self, at: u32) -> Result<(), Problem> {
        if self.0.len() > MAX_INDENTATION {
            let message = format!("more than {MAX_INDENTATION} levels of indentation");
            return Err(Problem::limit(at as usize, message));
        }
        self.0.push(Level::default());
        Ok(())
    }

    pub(super) fn dedent(&mut self) {
        let inside = self.0.pop().map_or(0, |level| level.depth()) + 1;
        if let Some(level) = self.0.last_mut() {
            level.inside = level.inside.max(inside);
        }
    }

    /// Counts a line of the innermost block whose own depth is known.
    pub(super) fn line(&mut self, first: &Tok, depth: u32, at: u32) -> Result<(), Problem> {
        let open = self.0.len() as u32;
        let Some(level) = self.0.last_mut() else { return Ok(()) };
        match first {
            Tok::Elif => level.holders += 1,
            Tok::Else | Tok::Except | Tok::Finally => {}
            _ => level.end_element(),
        }
        level.inside = level.inside.max(depth);
        if level.depth() + open > MAX_DEPTH { Err(too_deep(at)) } else { Ok(()) }
    }
}

//! Loops, over what is known and what is not.

use super::Evaluator;
use super::object::Object;
use super::raised::{Flow, Raised};
use super::state::State;
use super::value::{Data, Value};
use crate::syntax::python::ast;
use crate::text::Span;

/// How often the body of a loop over something unknown is followed: once for what it does, once on what that made, once
/// more to see that nothing else changes; each round only loses knowledge.
const UNKNOWN_ROUNDS: usize = 3;

/// What comes next in a loop.
enum Next {
    Item(Value),
    End,
    /// More of unknown number.
    Unknown(Value),
}

/// Whether a loop goes on after a round.
enum Round {
    On,
    /// `break` on the path that goes on.
    Broken,
}

impl Evaluator<'_> {
    pub(super) fn execute_for(&mut self, statement: &ast::StmtFor) -> Result<(), Flow> {
        let iterable = self.evaluate(&statement.iter)?;
        let place = self.span_of(&*statement.iter);
        self.here = place;
        let lazy = match iterable.data {
            Data::Object(id) => match self.state.object(id) {
                // A list is walked by index, so that what the body adds is seen.
                Object::List(_) => {
                    return self.for_known(statement, |cx, index| match cx.state.object(id) {
                        Object::List(list) => Ok(match (list.items.get(index), &list.rest) {
                            (Some(item), _) => Next::Item(item.clone()),
                            (None, Some(unknown)) => Next::Unknown(Data::Unknown(unknown.clone()).into()),
                            (None, None) => Next::End,
                        }),
                        _ => Ok(Next::End),
                    });
                }
                Object::Iterator(_) => true,
                Object::Instance(_) => self.method(&iterable, "__iter__")?.is_some(),
                _ => false,
            },
            _ => false,
        };
        if lazy {
            return self.for_lazily(statement, &iterable);
        }
        match self.partly(&iterable) {
            Ok((items, rest)) => self.for_known(statement, |_, index| {
                Ok(match (items.get(index), &rest) {
                    (Some(item), _) => Next::Item(item.clone()),
                    (None, Some(unknown)) => Next::Unknown(Data::Unknown(unknown.clone()).into()),
                    (None, None) => Next::End,
                })
            }),
            Err(Raised::Unknown(unknown)) => self.for_unknown(statement, &unknown),
            Err(other) => Err(other.into()),
        }
    }

    /// Walks over an iterator one item at a time, so that the body may change what comes next (`os.walk`).
    fn for_lazily(&mut self, statement: &ast::StmtFor, iterable: &Value) -> Result<(), Flow> {
        let iterator = match self.iter(iterable) {
            Ok(iterator) if iterator.is_unknown() => return self.for_unknown(statement, &iterator),
            Err(Raised::Unknown(unknown)) => return self.for_unknown(statement, &unknown),
            other => other?,
        };
        self.for_known(statement, |cx, _| match cx.next(&iterator) {
            Ok(Some(item)) => Ok(Next::Item(item)),
            Ok(None) => Ok(Next::End),
            Err(Raised::Unknown(unknown)) => Ok(Next::Unknown(unknown)),
            Err(other) => Err(other),
        })
    }

    fn for_unknown(&mut self, statement: &ast::StmtFor, unknown: &Value) -> Result<(), Flow> {
        self.may_raise(unknown);
        let place = self.span_of(&*statement.iter);
        self.loop_over_unknown(place, unknown, Some(&statement.target), &statement.body, &statement.orelse)
    }

    /// Walks over items one by one.
    fn for_known(
        &mut self,
        statement: &ast::StmtFor,
        mut item: impl FnMut(&mut Self, usize) -> Result<Next, Raised>,
    ) -> Result<(), Flow> {
        let base = self.alternatives.len();
        let mut broken: Option<(State, Span)> = None;
        let mut index = 0;
        loop {
            let next = match item(self, index)? {
                Next::Item(next) => next,
                Next::End => break,
                Next::Unknown(unknown) => {
                    let result = self.for_unknown(statement, &unknown);
                    return self.leave_loop(result, broken);
                }
            };
            index += 1;
            self.budget.steps(1)?;
            let result =
                self.assign(&statement.target, next).and_then(|()| self.execute_block(&statement.body));
            match self.end_round(base, result, &mut broken)? {
                Round::On => {}
                Round::Broken => return self.leave_loop(Ok(()), broken),
            }
        }
        let result = self.execute_block(&statement.orelse);
        self.leave_loop(result, broken)
    }

    /// Joins the paths that `continue`d into the one that goes on; collects those that broke out.
    fn end_round(
        &mut self,
        base: usize,
        result: Result<(), Flow>,
        broken: &mut Option<(State, Span)>,
    ) -> Result<Round, Flow> {
        for alternative in self.take_alternatives(base, |flow| matches!(flow, Flow::Break)) {
            self.add_broken(broken, alternative.state, alternative.place)?;
        }
        let mut ended = match result {
            Ok(()) | Err(Flow::Continue) => None,
            Err(Flow::Raise(raised @ Raised::Exhausted(_))) => return Err(raised.into()),
            Err(other) => Some(other),
        };
        for alternative in self.take_alternatives(base, |flow| matches!(flow, Flow::Continue)) {
            match ended.take() {
                None => {
                    self.join_with(alternative.state, alternative.place, Vec::new())?;
                }
                Some(flow) => {
                    let state = std::mem::replace(&mut self.state, alternative.state);
                    match flow {
                        Flow::Break => self.add_broken(broken, state, alternative.place)?,
                        flow => self.push_alternative(state, flow, alternative.place)?,
                    }
                }
            }
        }
        self.coalesce(base)?;
        match ended {
            None => Ok(Round::On),
            Some(Flow::Break) => Ok(Round::Broken),
            // Paths that broke out go on after the loop; this one does not.
            Some(flow) => match broken.take() {
                Some((state, place)) => {
                    let ended = std::mem::replace(&mut self.state, state);
                    self.push_alternative(ended, flow, place)?;
                    Ok(Round::Broken)
                }
                None => Err(flow),
            },
        }
    }

    fn add_broken(
        &mut self,
        broken: &mut Option<(State, Span)>,
        state: State,
        place: Span,
    ) -> Result<(), Raised> {
        *broken = Some(match broken.take() {
            None => (state, place),
            Some((other, place)) => {
                let current = std::mem::replace(&mut self.state, state);
                let joined = self.join_with(other, place, Vec::new());
                let state = std::mem::replace(&mut self.state, current);
                joined?;
                (state, place)
            }
        });
        Ok(())
    }

    /// Joins paths that left a loop, or a `try`, early but go on after it with the one that got there by its end.
    pub(super) fn leave_loop(
        &mut self,
        result: Result<(), Flow>,
        broken: Option<(State, Span)>,
    ) -> Result<(), Flow> {
        let Some((state, place)) = broken else { return result };
        match result {
            Ok(()) => self.join_with(state, place, Vec::new()).map(drop).map_err(Flow::from),
            Err(Flow::Raise(Raised::Exhausted(limit))) => Err(Raised::Exhausted(limit).into()),
            Err(flow) => {
                let ended = std::mem::replace(&mut self.state, state);
                self.push_alternative(ended, flow, place).map_err(Flow::from)
            }
        }
    }

    pub(super) fn execute_while(&mut self, statement: &ast::StmtWhile) -> Result<(), Flow> {
        let base = self.alternatives.len();
        let mut broken: Option<(State, Span)> = None;
        let mut uncertain = 0;
        loop {
            self.budget.steps(1)?;
            match self.condition(&statement.test)? {
                Ok(true) => {}
                Ok(false) => break,
                Err(unknown) => {
                    let place = self.span_of(&*statement.test);
                    let result =
                        self.loop_over_unknown(place, &unknown, None, &statement.body, &statement.orelse);
                    return self.leave_loop(result, broken);
                }
            }
            let before = broken.is_some();
            let result = self.execute_block(&statement.body);
            match self.end_round(base, result, &mut broken)? {
                Round::On => {}
                Round::Broken => return self.leave_loop(Ok(()), broken),
            }
            // `while True` whose only end is a `break` on an unknown condition would go round for ever.
            uncertain += usize::from(before);
            if uncertain >= UNKNOWN_ROUNDS
                && let Some((state, _)) = broken
            {
                self.state = state;
                return Ok(());
            }
        }
        let result = self.execute_block(&statement.orelse);
        self.leave_loop(result, broken)
    }

    /// A loop of an unknown number of rounds over unknown items: none, or some, each changing what it may.
    pub(super) fn loop_over_unknown(
        &mut self,
        place: Span,
        unknown: &Value,
        target: Option<&ast::Expr>,
        body: &[ast::Stmt],
        orelse: &[ast::Stmt],
    ) -> Result<(), Flow> {
        let broken = self.unknown_rounds(place, |cx| {
            if let Some(target) = target {
                cx.assign(target, unknown.clone())?;
            }
            cx.execute_block(body)
        })?;
        let result = self.execute_block(orelse);
        self.leave_loop(result, broken)
    }

    /// Follows a body an unknown number of times.
    pub(super) fn unknown_rounds(
        &mut self,
        place: Span,
        mut body: impl FnMut(&mut Self) -> Result<(), Flow>,
    ) -> Result<Option<(State, Span)>, Flow> {
        let base = self.alternatives.len();
        let mut broken: Option<(State, Span)> = None;
        for _ in 0..UNKNOWN_ROUNDS {
            self.charge_steps(self.state.objects.len() / 8 + 8)?;
            let without = self.state.clone();
            let result = body(self);
            let round = match self.end_round(base, result, &mut broken) {
                Ok(round) => round,
                Err(Flow::Raise(raised @ Raised::Exhausted(_))) => return Err(raised.into()),
                Err(flow) => {
                    // Every path of the body ends there; the one on which it never runs goes on.
                    let ended = std::mem::replace(&mut self.state, without);
                    self.push_alternative(ended, flow, place)?;
                    return Ok(broken);
                }
            };
            if matches!(round, Round::Broken) {
                let state = std::mem::replace(&mut self.state, without);
                self.add_broken(&mut broken, state, place)?;
                return Ok(broken);
            }
            self.join_with(without, place, Vec::new())?;
        }
        Ok(broken)
    }
}

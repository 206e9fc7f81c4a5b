//! Loops, over what is known and what is not.

use super::generator::Step;
use super::object::Object;
use super::raised::{Flow, Raised};
use super::state::State;
use super::value::{Data, ObjectId, Value};
use super::{Evaluator, Unknown};
use crate::syntax::python::ast;
use crate::text::Span;
use std::sync::Arc;

/// How often the body of a loop over something unknown is followed: once for what it does, once on what that made, once
/// more to see that nothing else changes; each round only loses knowledge.
const UNKNOWN_ROUNDS: usize = 3;

/// How many items of unknown order are walked over in every order.
const MOST_ORDERS: usize = 3;

/// Where a loop is in what it walks over.
#[derive(Clone, Debug)]
pub enum Cursor {
    List(ObjectId, usize),
    Items(Arc<[Value]>, usize, Option<Arc<Unknown>>),
    Iterator(Value),
}

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
        if let Some(cursor) =
            self.take_step(|step| if let Step::For(cursor) = step { Some(cursor.clone()) } else { None })
        {
            return self.walk(statement, cursor, true);
        }
        let iterable = self.evaluate(&statement.iter)?;
        self.here = self.span_of(&*statement.iter);
        if self.is_python2()
            && let Some(items) = self.shuffled(&iterable)
            && (2..=MOST_ORDERS).contains(&items.len())
        {
            return self.walk_in_every_order(statement, Vec::new(), &items, 0);
        }
        match self.cursor(&iterable) {
            Ok(cursor) => self.walk(statement, cursor, false),
            Err(Raised::Unknown(unknown)) => self.for_unknown(statement, &unknown),
            Err(other) => Err(other.into()),
        }
    }

    /// How a loop walks over a value: a list by index, so that what the body adds is seen; iterators one item at a time, so
    /// that the body may change what comes next (`os.walk`).
    fn cursor(&mut self, iterable: &Value) -> Result<Cursor, Raised> {
        let lazy = match iterable.data {
            Data::Object(id) => match self.state.object(id) {
                Object::List(_) => return Ok(Cursor::List(id, 0)),
                Object::Iterator(_) | Object::Generator(_) | Object::Lazy(_) => true,
                Object::Dict(_) | Object::View(_) | Object::Set(_) => true,
                Object::Instance(_) => self.method(iterable, "__iter__")?.is_some(),
                _ => false,
            },
            _ => false,
        };
        if lazy {
            let iterator = self.iter(iterable)?;
            return if iterator.is_unknown() {
                Err(Raised::Unknown(iterator))
            } else {
                Ok(Cursor::Iterator(iterator))
            };
        }
        let (items, rest) = self.partly(iterable)?;
        Ok(Cursor::Items(items.into(), 0, rest))
    }

    fn advance(&mut self, cursor: &mut Cursor) -> Result<Next, Raised> {
        let (item, rest) = match cursor {
            Cursor::List(id, index) => {
                *index += 1;
                match self.state.object(*id) {
                    Object::List(list) => (list.items.get(*index - 1).cloned(), list.rest.clone()),
                    _ => (None, None),
                }
            }
            Cursor::Items(items, index, rest) => {
                *index += 1;
                (items.get(*index - 1).cloned(), rest.clone())
            }
            Cursor::Iterator(iterator) => {
                let iterator = iterator.clone();
                return match self.next(&iterator) {
                    Ok(Some(item)) => Ok(Next::Item(item)),
                    Ok(None) => Ok(Next::End),
                    Err(Raised::Unknown(unknown)) => Ok(Next::Unknown(unknown)),
                    Err(other) => Err(other),
                };
            }
        };
        Ok(match (item, rest) {
            (Some(item), _) => Next::Item(item),
            (None, Some(unknown)) => Next::Unknown(Data::Unknown(unknown).into()),
            (None, None) => Next::End,
        })
    }

    /// Walks over items one by one; `resumed` when a generator goes on inside the body.
    fn walk(&mut self, statement: &ast::StmtFor, mut cursor: Cursor, mut resumed: bool) -> Result<(), Flow> {
        let base = self.alternatives.len();
        let mut broken: Option<(State, Span)> = None;
        loop {
            let result = if std::mem::take(&mut resumed) {
                self.execute_block(&statement.body)
            } else {
                match self.advance(&mut cursor)? {
                    Next::Item(next) => {
                        self.budget.steps(1)?;
                        self.assign(&statement.target, next)
                            .and_then(|()| self.execute_block(&statement.body))
                    }
                    Next::End => break,
                    Next::Unknown(unknown) => {
                        let result = self.for_unknown(statement, &unknown);
                        return self.leave_loop(result, broken);
                    }
                }
            };
            if let Err(Flow::Yield(value)) = result {
                if broken.is_some() {
                    return Err(self.lose_yield(self.here));
                }
                self.suspended.push(Step::For(cursor));
                return Err(Flow::Yield(value));
            }
            match self.end_round(base, result, &mut broken)? {
                Round::On => {}
                Round::Broken => return self.leave_loop(Ok(()), broken),
            }
        }
        let result = self.execute_block(&statement.orelse);
        self.leave_loop(result, broken)
    }

    /// Walks over items of which the order is not known: what every order gives is known. `first` are those that have
    /// their places already; of the others, one from `from` on takes the next.
    fn walk_in_every_order(
        &mut self,
        statement: &ast::StmtFor,
        first: Vec<Value>,
        others: &[Value],
        from: usize,
    ) -> Result<(), Flow> {
        if others.is_empty() {
            return self.walk(statement, Cursor::Items(first.into(), 0, None), false);
        }
        let place = self.span_of(&*statement.iter);
        let mut next = first.clone();
        next.push(others[from].clone());
        let left = [&others[..from], &others[from + 1..]].concat();
        if from + 1 == others.len() {
            return self.walk_in_every_order(statement, next, &left, 0);
        }
        self.fork(
            place,
            |cx| cx.walk_in_every_order(statement, next, &left, 0).map(|()| Value::NONE),
            |cx| cx.walk_in_every_order(statement, first, others, from + 1).map(|()| Value::NONE),
        )
        .map(drop)
    }

    fn for_unknown(&mut self, statement: &ast::StmtFor, unknown: &Value) -> Result<(), Flow> {
        self.may_raise(unknown);
        let place = self.span_of(&*statement.iter);
        self.loop_over_unknown(place, unknown, Some(&statement.target), &statement.body, &statement.orelse)
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
        let mut resumed = self.take_step(|step| matches!(step, Step::While).then_some(())).is_some();
        loop {
            self.budget.steps(1)?;
            let condition =
                if std::mem::take(&mut resumed) { Ok(true) } else { self.condition(&statement.test)? };
            match condition {
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
            if let Err(Flow::Yield(value)) = result {
                if broken.is_some() {
                    return Err(self.lose_yield(self.here));
                }
                self.suspended.push(Step::While);
                return Err(Flow::Yield(value));
            }
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
            let result = if let Err(Flow::Yield(_)) = result { Err(self.lose_yield(place)) } else { result };
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

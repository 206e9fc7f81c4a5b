//! Generators: bodies that stop at a `yield` and go on from there.
//!
//! A body is left by [`Flow::Yield`]; on the way out each statement notes where it was ([`Step`]), and on the way back in
//! each takes its note and goes straight to the place. A `yield` must be a statement's whole value for that; bodies with
//! others run to their end at once. A `yield` that hangs on an unknown condition makes all further items unknown.

use super::code::{Code, Names, bound_names, for_each_block, for_each_expression, walk};
use super::exceptions::{RUNTIME_ERROR, STOP_ITERATION, TYPE_ERROR, VALUE_ERROR};
use super::lazy::{Lazy, Work};
use super::loops::Cursor;
use super::object::{Generator, Iteration, List, Object};
use super::raised::{Flow, Raised};
use super::value::{Data, ObjectId, Value};
use super::{Evaluator, Unknown};
use crate::syntax::python::ast;
use std::sync::Arc;

/// Items that are taken from a generator that is asked for all of them, and that a body run at once gives.
const MAX_ITEMS: usize = 5_000;

/// Where a statement was when the generator stopped.
#[derive(Clone, Debug)]
pub enum Step {
    /// The statement of a block.
    Block(usize),
    If(bool),
    While,
    For(Cursor),
    /// A `try` in its body.
    Try,
    TryElse,
    /// In a handler, with the exception.
    Handler(usize, Value),
    With(Value),
    /// `yield from` an iterator.
    From(Value),
}

/// What a generator that goes on finds at its `yield`.
#[derive(Clone, Debug)]
pub enum Sent {
    Value(Value),
    Exception(Value),
}

impl Evaluator<'_> {
    /// The next item of a generator; `None` at its end.
    pub(super) fn next_generator(&mut self, id: ObjectId, sent: Sent) -> Result<Option<Value>, Raised> {
        let Object::Generator(generator) = self.state.object(id) else { return Ok(None) };
        let generator = generator.clone();
        if generator.running {
            return Err(self.error(&VALUE_ERROR, "generator already executing"));
        }
        match (&sent, generator.started) {
            (Sent::Exception(exception), false) => {
                self.finish_generator(id, None);
                return Err(Raised::Exception(exception.clone()));
            }
            (Sent::Value(value), false) if !value.is_none() => {
                return Err(self.error(&TYPE_ERROR, "can't send non-None value to a just-started generator"));
            }
            _ => {}
        }
        if !generator.function.code.stops {
            return self.run_at_once(id, &generator);
        }
        self.set_generator(id, Generator { running: true, ..generator.clone() });
        let outer_resume = std::mem::replace(&mut self.resume, generator.steps.clone());
        let outer_suspended = std::mem::take(&mut self.suspended);
        let outer_lost = self.lost_yield.take();
        self.sent = generator.started.then_some(sent);
        let base = self.alternatives.len();
        let here = self.here;
        let frame = Self::function_frame(&generator.function, generator.locals);
        self.frames.push(frame);
        self.yielded.push(None);
        let entered = self.budget.enter(4);
        let result = match entered {
            Ok(()) => {
                let result = self.execute_block(&generator.function.code.body);
                self.budget.leave(4);
                result
            }
            Err(raised) => Err(raised.into()),
        };
        self.yielded.pop();
        self.frames.pop();
        self.here = here;
        self.sent = None;
        self.resume = outer_resume;
        let steps = std::mem::replace(&mut self.suspended, outer_suspended);
        let lost = std::mem::replace(&mut self.lost_yield, outer_lost);
        self.after_step(id, generator, base, result, steps, lost)
    }

    fn after_step(
        &mut self,
        id: ObjectId,
        generator: Generator,
        base: usize,
        result: Result<(), Flow>,
        steps: Vec<Step>,
        lost: Option<Arc<Unknown>>,
    ) -> Result<Option<Value>, Raised> {
        if let Err(Flow::Raise(raised @ Raised::Exhausted(_))) = result {
            return Err(raised);
        }
        let returns = self.take_alternatives(base, |flow| matches!(flow, Flow::Return(_) | Flow::Yield(_)));
        let lost = lost.or_else(|| match (&result, returns.first()) {
            (Err(Flow::Yield(_)), Some(path)) => Some(Arc::new(Unknown {
                reason: "whether a generator ends here depends on a condition that is not known".into(),
                span: path.place,
                others: Vec::new(),
                maybe_absent: false,
            })),
            _ => None,
        });
        if let Some(unknown) = lost {
            for path in returns {
                self.join_with(path.state, path.place, Vec::new())?;
            }
            self.finish_generator(id, Some(unknown.clone()));
            let unknown = Data::Unknown(unknown).into();
            self.lose_reach(&generator, &unknown);
            return Err(Raised::Unknown(unknown));
        }
        match result {
            Err(Flow::Yield(value)) => {
                self.set_generator(id, Generator { running: false, started: true, steps, ..generator });
                Ok(Some(value))
            }
            Err(Flow::Raise(Raised::Exception(exception))) => {
                self.finish_generator(id, None);
                self.generator_result = None;
                self.leaves_generator(exception).map(|()| None)
            }
            Err(Flow::Raise(other)) => {
                self.finish_generator(id, None);
                Err(other)
            }
            Err(Flow::Return(value)) => {
                self.finish_generator(id, None);
                self.generator_result = Some(value);
                Ok(None)
            }
            Ok(()) | Err(Flow::Break | Flow::Continue) => {
                self.finish_generator(id, None);
                self.generator_result = None;
                Ok(None)
            }
        }
    }

    fn set_generator(&mut self, id: ObjectId, generator: Generator) {
        *self.state.object_mut(id) = Object::Generator(generator);
    }

    /// Leaves a generator that has no more items, or only unknown ones.
    fn finish_generator(&mut self, id: ObjectId, rest: Option<Arc<Unknown>>) {
        *self.state.object_mut(id) = match rest {
            Some(_) => Object::Iterator(Iteration { items: Arc::new([]), next: 0, rest }),
            None => Object::Lazy(Lazy { work: Work::Ended, sources: Arc::new([]), next: 0 }),
        };
    }

    /// Runs a body that cannot stop at its `yield`s to the end, and gives the first of its items.
    fn run_at_once(&mut self, id: ObjectId, generator: &Generator) -> Result<Option<Value>, Raised> {
        let (items, rest) = self.items_at_once(id, generator)?;
        *self.state.object_mut(id) = Object::Iterator(Iteration { items: items.into(), next: 0, rest });
        self.next(&Value::object(id))
    }

    /// Runs a body that has not begun to its end, and gives all its items.
    fn items_at_once(
        &mut self,
        id: ObjectId,
        generator: &Generator,
    ) -> Result<super::iterate::Partly, Raised> {
        self.finish_generator(id, None);
        let yields = self.allocate(Object::List(List::default()));
        self.budget.enter(4)?;
        // What the generator around was doing is not for this body.
        let outer_resume = std::mem::take(&mut self.resume);
        let sent = self.sent.take();
        let result = self.run_function(&generator.function, generator.locals, Some(yields));
        (self.resume, self.sent) = (outer_resume, sent);
        self.budget.leave(4);
        let result = match result {
            Err(Raised::Exception(exception)) => self.leaves_generator(exception).map(|()| Value::NONE),
            result => result,
        };
        self.generator_result = Some(result?);
        let Object::List(list) = self.state.object(yields) else { return Ok((Vec::new(), None)) };
        Ok((list.items.clone(), list.rest.clone()))
    }

    /// A StopIteration that a body lets through is a RuntimeError since Python 3.7 (PEP 479), its silent end before.
    fn leaves_generator(&mut self, exception: Value) -> Result<(), Raised> {
        if exception.is_unknown() || !self.is_instance(&exception, &STOP_ITERATION) {
            return Err(Raised::Exception(exception));
        }
        if !self.at_least(7) {
            return Ok(());
        }
        Err(self.error(&RUNTIME_ERROR, "generator raised StopIteration"))
    }

    /// Forgets what the rest of a body, which is not followed, could change: what its names stand for.
    fn lose_reach(&mut self, generator: &Generator, unknown: &Value) {
        let function = &generator.function;
        let mut names = Vec::new();
        each_name(&function.code.body, &mut |name| names.push(name.to_owned()));
        let around = function.enclosing.iter().copied();
        let namespaces: Vec<ObjectId> =
            std::iter::once(generator.locals).chain(around).chain([function.globals]).collect();
        let mut reached = Vec::new();
        for name in names {
            if function.code.names.globals.contains(&name) {
                self.namespace_set(function.globals, &name, unknown.clone());
            }
            reached.extend(namespaces.iter().find_map(|namespace| self.namespace_get(*namespace, &name)));
        }
        self.lose(reached, unknown);
    }

    /// Every item of a generator, as far as spx follows it. Where nobody looks on between two items, a body that has not
    /// begun runs like that of any function.
    pub(super) fn generator_items(&mut self, id: ObjectId) -> Result<super::iterate::Partly, Raised> {
        if let Object::Generator(generator) = self.state.object(id)
            && !generator.started
            && !generator.running
        {
            let generator = generator.clone();
            return self.items_at_once(id, &generator);
        }
        let mut items = Vec::new();
        loop {
            if items.len() >= MAX_ITEMS {
                let endless = self.unknown_value("a generator that gives more items than spx follows");
                return Ok((items, endless.as_unknown().cloned()));
            }
            match self.next(&Value::object(id)) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Ok((items, None)),
                Err(Raised::Unknown(unknown)) => return Ok((items, unknown.as_unknown().cloned())),
                Err(other) => return Err(other),
            }
            self.charge_bytes(24)?;
        }
    }

    /// `generator.send(value)`: `None` at its end.
    pub fn send(&mut self, generator: &Value, value: Value) -> Result<Option<Value>, Raised> {
        match generator.as_object() {
            Some(id) if matches!(self.state.object(id), Object::Generator(_)) => {
                self.next_generator(id, Sent::Value(value))
            }
            _ => self.next(generator),
        }
    }

    /// `generator.throw(exception)`: `None` at its end.
    pub fn throw(&mut self, generator: &Value, exception: Value) -> Result<Option<Value>, Raised> {
        match generator.as_object() {
            Some(id) if matches!(self.state.object(id), Object::Generator(_)) => {
                self.next_generator(id, Sent::Exception(exception))
            }
            _ => Err(Raised::Exception(exception)),
        }
    }

    /// `yield value`.
    pub(super) fn yield_value(&mut self, value: Option<&ast::Expr>) -> Result<Value, Flow> {
        match self.sent.take() {
            Some(Sent::Value(value)) => return Ok(value),
            Some(Sent::Exception(exception)) => return Err(Raised::Exception(exception).into()),
            None => {}
        }
        let value = match value {
            Some(value) => self.evaluate(value)?,
            None => Value::NONE,
        };
        self.give(value)
    }

    fn give(&mut self, value: Value) -> Result<Value, Flow> {
        self.charge_bytes(32)?;
        let Some(Some(id)) = self.yielded.last().copied() else { return Err(Flow::Yield(value)) };
        let endless = self.unknown_value("a generator that gives more items than spx follows");
        if let Object::List(list) = self.state.object_mut(id) {
            match list.rest {
                None if list.items.len() >= MAX_ITEMS => {
                    list.rest = endless.as_unknown().cloned();
                    return Err(Flow::Return(Value::NONE));
                }
                None => list.items.push(value),
                Some(_) => {}
            }
        }
        Ok(Value::NONE)
    }

    /// `yield from iterable`: its value is what a generator returned.
    pub(super) fn yield_from(&mut self, iterable: &ast::Expr) -> Result<Value, Flow> {
        let iterator = if let Some(Step::From(iterator)) = self.resume.last() {
            let iterator = iterator.clone();
            self.resume.pop();
            iterator
        } else {
            let iterable = self.evaluate(iterable)?;
            self.iter(&iterable)?
        };
        self.generator_result = None;
        loop {
            let next = match self.sent.take() {
                Some(Sent::Value(value)) => self.send(&iterator, value),
                Some(Sent::Exception(exception)) => self.throw(&iterator, exception),
                None => self.next(&iterator),
            };
            match next? {
                None => return Ok(self.generator_result.take().unwrap_or(Value::NONE)),
                Some(item) => {
                    if let Err(flow) = self.give(item) {
                        if matches!(flow, Flow::Yield(_)) {
                            self.suspended.push(Step::From(iterator));
                        }
                        return Err(flow);
                    }
                }
            }
        }
    }

    /// The note that the running statement left, when it is one that `wanted` takes.
    pub(super) fn take_step<T>(&mut self, wanted: impl FnOnce(&Step) -> Option<T>) -> Option<T> {
        let found = wanted(self.resume.last()?)?;
        self.resume.pop();
        Some(found)
    }

    /// Notes where a statement is when the generator stops inside it.
    pub(super) fn noting(&mut self, step: Step, result: Result<(), Flow>) -> Result<(), Flow> {
        if matches!(result, Err(Flow::Yield(_))) {
            self.suspended.push(step);
        }
        result
    }

    /// A `yield` met on one of several paths: further items are unknown, and the body ends.
    pub(super) fn lose_yield(&mut self, place: crate::text::Span) -> Flow {
        self.suspended.clear();
        self.lost_yield = Some(Arc::new(Unknown {
            reason: "what a generator gives depends on a condition that is not known".into(),
            span: place,
            others: Vec::new(),
            maybe_absent: false,
        }));
        Flow::Return(Value::NONE)
    }

    /// The generator of a generator expression, whose outermost iterable is already evaluated.
    pub(super) fn generator_expression(
        &mut self,
        inner: &ast::ExprGeneratorExp,
        outer: Value,
    ) -> Result<Value, Raised> {
        let (place, facts) = (self.here, self.facts());
        let code = self.session.code(place, facts, || Code::of_generator(facts, place, inner));
        let outer = self.iter(&outer)?;
        let Object::Function(function) = self.function_object(code) else { return Ok(Value::NONE) };
        let locals = self.new_namespace();
        self.namespace_set(locals, Code::OUTER, outer);
        Ok(Value::object(self.allocate(Object::Generator(Generator::new(function, locals)))))
    }
}

impl Code {
    /// The name of the outermost iterable of a generator expression.
    pub const OUTER: &'static str = ".0";

    fn of_generator(
        facts: super::code::FileFacts,
        span: crate::text::Span,
        inner: &ast::ExprGeneratorExp,
    ) -> Self {
        let range = inner.range;
        let value = Some(inner.elt.clone());
        let give = ast::Expr::Yield(ast::ExprYield { range, value });
        let mut body = vec![ast::Stmt::Expr(ast::StmtExpr { range, value: Box::new(give) })];
        for (depth, generator) in inner.generators.iter().enumerate().rev() {
            for test in generator.ifs.iter().rev() {
                let test = Box::new(test.clone());
                body = vec![ast::Stmt::If(ast::StmtIf { range, test, body, orelse: Vec::new() })];
            }
            let name = ast::ExprName { range, id: Self::OUTER.into(), ctx: ast::ExprContext::Load };
            let iter = if depth == 0 { ast::Expr::Name(name) } else { generator.iter.clone() };
            body = vec![ast::Stmt::For(ast::StmtFor {
                range,
                target: Box::new(generator.target.clone()),
                iter: Box::new(iter),
                body,
                orelse: Vec::new(),
                type_comment: None,
            })];
        }
        let mut names = Names::default();
        bound_names(&body, facts.python2, &mut names);
        names.locals.insert(Self::OUTER.to_owned());
        let parameters = ast::Arguments::empty(ast::OptionalRange::from(range));
        Self {
            facts,
            span,
            name: "<genexpr>".into(),
            parameters,
            body,
            generator: true,
            is_expression: true,
            stops: true,
            names,
        }
    }
}

/// Visits every name that a body uses, in order.
fn each_name(body: &[ast::Stmt], visit: &mut dyn FnMut(&str)) {
    for statement in body {
        for_each_expression(statement, &mut |expression| {
            walk(expression, &mut |inner| {
                if let ast::Expr::Name(name) = inner {
                    visit(name.id.as_str());
                }
            });
        });
        for_each_block(statement, &mut |block| each_name(block, visit));
    }
}

/// Whether every `yield` of a body is the whole value of its statement, so that the body can stop there.
pub(super) fn stops(body: &[ast::Stmt]) -> bool {
    let mut fits = true;
    for statement in body {
        let whole = match statement {
            ast::Stmt::Expr(inner) => Some(&*inner.value),
            ast::Stmt::Assign(inner) => Some(&*inner.value),
            ast::Stmt::AugAssign(inner) => Some(&*inner.value),
            ast::Stmt::Return(inner) => inner.value.as_deref(),
            _ => None,
        };
        for_each_expression(statement, &mut |expression| {
            let own = whole.is_some_and(|whole| std::ptr::eq(whole, expression));
            let mut yields = 0;
            walk(expression, &mut |inner| {
                yields += usize::from(matches!(inner, ast::Expr::Yield(_) | ast::Expr::YieldFrom(_)));
            });
            let is_yield = matches!(expression, ast::Expr::Yield(_) | ast::Expr::YieldFrom(_));
            fits &= yields == 0 || (own && is_yield && yields == 1);
        });
        let in_match = matches!(statement, ast::Stmt::Match(_));
        let in_finally = match statement {
            ast::Stmt::Try(inner) => super::code::yields(&inner.finalbody),
            _ => false,
        };
        for_each_block(statement, &mut |block| {
            fits &= stops(block) && !(in_match && super::code::yields(block));
        });
        fits &= !in_finally;
    }
    fits
}

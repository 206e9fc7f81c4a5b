//! `try` and `with`.

use super::Evaluator;
use super::exceptions::{BASE_EXCEPTION, EXCEPTION};
use super::fork::Alternative;
use super::generator::Step;
use super::object::{ClassRef, Object};
use super::raised::{Flow, Raised};
use super::value::{Data, Value};
use crate::syntax::python::ast;

/// Whether a handler takes an exception.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Match {
    Yes,
    No,
    Perhaps,
}

impl Evaluator<'_> {
    pub(super) fn execute_try(&mut self, statement: &ast::StmtTry) -> Result<(), Flow> {
        let base = self.alternatives.len();
        let resumed = self.take_step(|step| match step {
            Step::Try | Step::TryElse | Step::Handler(..) => Some(step.clone()),
            _ => None,
        });
        let result = match resumed {
            Some(Step::TryElse) => Ok(()),
            Some(Step::Handler(index, exception)) => {
                let result = self.resume_handler(&statement.handlers, index, exception);
                return self.end_try(base, statement, result);
            }
            _ => {
                let guards = u32::from(!statement.handlers.is_empty());
                self.guarded += guards;
                let result = self.execute_block(&statement.body);
                self.guarded -= guards;
                self.noting(Step::Try, result)
            }
        };
        if let Err(Flow::Yield(_)) = result {
            return result;
        }
        self.coalesce(base)?;
        let raised = self.take_alternatives(base, |flow| matches!(flow, Flow::Raise(Raised::Exception(_))));
        let mut result = match result {
            Ok(()) => {
                let result = self.execute_block(&statement.orelse);
                self.noting(Step::TryElse, result)
            }
            Err(Flow::Raise(Raised::Exception(exception))) => self.handle(&statement.handlers, 0, exception),
            other => other,
        };
        if matches!(result, Err(Flow::Yield(_))) && !raised.is_empty() {
            let place = self.here;
            result = Err(self.lose_yield(place));
        }
        if let Err(Flow::Raise(Raised::Exhausted(limit))) = result {
            return Err(Raised::Exhausted(limit).into());
        }
        for Alternative { state, flow, place } in raised {
            let Flow::Raise(Raised::Exception(exception)) = flow else { continue };
            let main = std::mem::replace(&mut self.state, state);
            let handled = match self.handle(&statement.handlers, 0, exception) {
                Err(Flow::Yield(_)) => Err(self.lose_yield(place)),
                handled => handled,
            };
            let other = std::mem::replace(&mut self.state, main);
            result = match handled {
                Err(Flow::Raise(Raised::Exhausted(limit))) => return Err(Raised::Exhausted(limit).into()),
                Ok(()) => self.leave_loop(result, Some((other, place))),
                Err(flow) => {
                    self.push_alternative(other, flow, place)?;
                    result
                }
            };
        }
        self.end_try(base, statement, result)
    }

    fn end_try(
        &mut self,
        base: usize,
        statement: &ast::StmtTry,
        result: Result<(), Flow>,
    ) -> Result<(), Flow> {
        if statement.finalbody.is_empty() || matches!(result, Err(Flow::Yield(_))) {
            return result;
        }
        self.run_finally(base, result, &statement.finalbody)
    }

    /// Goes on in the handler that a generator stopped in.
    fn resume_handler(
        &mut self,
        handlers: &[ast::ExceptHandler],
        index: usize,
        exception: Value,
    ) -> Result<(), Flow> {
        let ast::ExceptHandler::ExceptHandler(handler) = &handlers[index];
        let result = self.run_handler(handler, exception.clone(), true);
        self.noting(Step::Handler(index, exception), result)
    }

    /// Runs a `finally` block on the path that goes on and on every path that ended inside.
    fn run_finally(&mut self, base: usize, result: Result<(), Flow>, body: &[ast::Stmt]) -> Result<(), Flow> {
        for Alternative { state, flow, place } in self.take_alternatives(base, |_| true) {
            let main = std::mem::replace(&mut self.state, state);
            let after = self.execute_block(body);
            let state = std::mem::replace(&mut self.state, main);
            match after {
                Err(Flow::Raise(Raised::Exhausted(limit))) => return Err(Raised::Exhausted(limit).into()),
                Err(other) => self.push_alternative(state, other, place)?,
                Ok(()) => self.push_alternative(state, flow, place)?,
            }
        }
        self.execute_block(body)?;
        result
    }

    /// Runs the first handler that takes the exception; passes the exception on when none does.
    fn handle(
        &mut self,
        handlers: &[ast::ExceptHandler],
        first: usize,
        exception: Value,
    ) -> Result<(), Flow> {
        for (index, ast::ExceptHandler::ExceptHandler(handler)) in handlers.iter().enumerate().skip(first) {
            let taken = match &handler.type_ {
                None => Match::Yes,
                Some(kind) => {
                    let kind = self.evaluate(kind)?;
                    self.takes(&kind, &exception)
                }
            };
            match taken {
                Match::No => {}
                Match::Yes => {
                    let result = self.run_handler(handler, exception.clone(), false);
                    return self.noting(Step::Handler(index, exception), result);
                }
                Match::Perhaps => {
                    let place = self.span_of(handler);
                    let other = exception.clone();
                    return self
                        .fork(
                            place,
                            |cx| cx.run_handler(handler, exception, false).map(|()| Value::NONE),
                            |cx| cx.handle(handlers, index + 1, other).map(|()| Value::NONE),
                        )
                        .map(drop);
                }
            }
        }
        Err(Raised::Exception(exception).into())
    }

    fn run_handler(
        &mut self,
        handler: &ast::ExceptHandlerExceptHandler,
        exception: Value,
        resumed: bool,
    ) -> Result<(), Flow> {
        if let Some(name) = handler.name.as_ref().filter(|_| !resumed) {
            self.store_name(name.as_str(), exception.clone());
        }
        let depth = self.state.handled.len();
        self.state.handled.push(exception);
        let result = self.execute_block(&handler.body);
        let handled = self.state.handled.get(depth).cloned();
        self.leave_handler(depth);
        if let (Err(Flow::Raise(Raised::Exception(raised))), Some(handled)) = (&result, handled)
            && !raised.is(&handled)
            && self.own_attribute(raised, "__context__").is_none()
        {
            self.put_attribute(raised, "__context__", handled);
        }
        if matches!(result, Err(Flow::Yield(_))) {
            return result;
        }
        if let Some(name) = &handler.name
            && !self.is_python2()
        {
            // The name is gone after the clause; a body that deleted it itself is as fine.
            let _ = self.delete_name(name.as_str());
        }
        result
    }

    /// The exception that was handled is no longer; Python 2 forgets it when the function ends.
    fn leave_handler(&mut self, depth: usize) {
        let last = self.state.handled.pop();
        self.state.handled.truncate(depth);
        if let (true, Some(last)) = (self.is_python2(), last) {
            self.state.handled.pop();
            self.state.handled.push(last);
        }
    }

    /// Whether a class is among those of an exception, some of which may be unknown.
    fn found_in(&self, order: &[ClassRef], class: ClassRef) -> Match {
        if order.contains(&class) {
            Match::Yes
        } else if order.iter().any(|class| self.unknown_base(*class).is_some()) {
            Match::Perhaps
        } else {
            Match::No
        }
    }

    /// Whether `except kind` takes the exception.
    fn takes(&mut self, kind: &Value, exception: &Value) -> Match {
        match &kind.data {
            Data::Tuple(_) => {
                let mut best = Match::No;
                for kind in kind.leaves() {
                    match self.takes(kind, exception) {
                        Match::Yes => return Match::Yes,
                        Match::Perhaps => best = Match::Perhaps,
                        Match::No => {}
                    }
                }
                best
            }
            Data::Unknown(_) => Match::Perhaps,
            Data::Class(class) if exception.is_unknown() => {
                // What an unknown operation raises is some ordinary exception.
                if std::ptr::eq(*class, &raw const EXCEPTION)
                    || std::ptr::eq(*class, &raw const BASE_EXCEPTION)
                {
                    Match::Yes
                } else {
                    Match::Perhaps
                }
            }
            Data::Class(class) => {
                let order = self.class_order(self.class_of(exception));
                self.found_in(&order, ClassRef::Native(class))
            }
            Data::Object(id) if matches!(self.state.object(*id), Object::Class(_)) => {
                if exception.is_unknown() {
                    return Match::Perhaps;
                }
                let order = self.class_order(self.class_of(exception));
                self.found_in(&order, ClassRef::Script(*id))
            }
            _ => Match::No,
        }
    }

    pub(super) fn execute_with(&mut self, items: &[ast::WithItem], body: &[ast::Stmt]) -> Result<(), Flow> {
        let Some((item, more)) = items.split_first() else { return self.execute_block(body) };
        let resumed =
            self.take_step(|step| if let Step::With(manager) = step { Some(manager.clone()) } else { None });
        let place = self.span_of(&item.context_expr);
        let manager = if let Some(manager) = resumed {
            manager
        } else {
            let manager = self.evaluate(&item.context_expr)?;
            self.here = place;
            let entered = self.catching(|cx| {
                let enter = cx.get_attribute(&manager, "__enter__")?;
                cx.call(&enter, vec![])
            })?;
            if let Some(target) = &item.optional_vars {
                self.assign(target, entered)?;
            }
            manager
        };
        let base = self.alternatives.len();
        self.guarded += 1;
        let result = self.execute_with(more, body);
        self.guarded -= 1;
        if let Err(Flow::Yield(_)) = result {
            return self.noting(Step::With(manager), result);
        }
        if let Err(Flow::Raise(Raised::Exhausted(_))) = result {
            return result;
        }
        self.coalesce(base)?;
        let mut on = Vec::new();
        for Alternative { state, flow, place: at } in self.take_alternatives(base, |_| true) {
            let unknown_raise = matches!(&flow, Flow::Raise(Raised::Exception(e)) if e.is_unknown());
            let main = std::mem::replace(&mut self.state, state);
            self.here = place;
            let after = self.exit(&manager, Err(flow));
            let state = std::mem::replace(&mut self.state, main);
            match after {
                // The manager took the exception: this path goes on after the `with`.
                Ok(()) => on.push((state, at)),
                Err(Flow::Raise(Raised::Exhausted(limit))) => return Err(Raised::Exhausted(limit).into()),
                Err(_) if unknown_raise && self.guarded == 0 => {}
                Err(flow) => self.push_alternative(state, flow, at)?,
            }
        }
        self.here = place;
        let mut result = self.exit(&manager, result);
        for path in on {
            result = self.leave_loop(result, Some(path));
        }
        result
    }

    /// Calls `__exit__`; a true result swallows the exception.
    fn exit(&mut self, manager: &Value, result: Result<(), Flow>) -> Result<(), Flow> {
        let exit = self.get_attribute(manager, "__exit__")?;
        let exception = match &result {
            Err(Flow::Raise(Raised::Exception(exception))) => Some(exception.clone()),
            _ => None,
        };
        let arguments = match &exception {
            Some(exception) if exception.is_unknown() => vec![exception.clone(); 3],
            Some(exception) => vec![self.class_of(exception).value(), exception.clone(), Value::NONE],
            None => vec![Value::NONE; 3],
        };
        let swallowed = self.catching(|cx| cx.call(&exit, arguments))?;
        if exception.is_some() && matches!(self.truth_or_unknown(&swallowed)?, Ok(true)) {
            return Ok(());
        }
        result
    }
}

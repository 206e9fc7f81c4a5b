//! Comprehensions; a generator expression is a generator of its own (see `generator.rs`).

use super::Evaluator;
use super::object::{Iteration, List, Object};
use super::raised::{Flow, Raised};
use super::scope::{Frame, FrameKind};
use super::value::{Data, ObjectId, Unknown, Value};
use crate::syntax::python::ast;
use std::sync::Arc;

/// What a comprehension makes of each round.
enum Item<'a> {
    One(&'a ast::Expr),
    Pair(&'a ast::Expr, &'a ast::Expr),
}

impl Evaluator<'_> {
    pub(super) fn evaluate_comprehension(&mut self, expression: &ast::Expr) -> Result<Value, Flow> {
        let (item, generators) = match expression {
            ast::Expr::ListComp(inner) => (Item::One(&inner.elt), &inner.generators),
            ast::Expr::SetComp(inner) => (Item::One(&inner.elt), &inner.generators),
            ast::Expr::GeneratorExp(inner) => (Item::One(&inner.elt), &inner.generators),
            ast::Expr::DictComp(inner) => (Item::Pair(&inner.key, &inner.value), &inner.generators),
            _ => return Ok(Value::NONE),
        };
        let Some(first) = generators.first() else { return Ok(Value::NONE) };
        // The outermost iterable belongs to the scope around.
        let outer = self.evaluate(&first.iter)?;
        if let ast::Expr::GeneratorExp(inner) = expression
            && !outer.is_unknown()
        {
            return self.catching(|cx| cx.generator_expression(inner, outer));
        }
        let listed = generators.len() == 1 && self.is_listed(&outer);
        let items = self.allocate(Object::List(List::default()));
        let leaks = self.is_python2() && matches!(expression, ast::Expr::ListComp(_));
        if !leaks {
            self.push_comprehension_frame();
        }
        let result = self.comprehend(&item, generators, Some(outer), items);
        if !leaks {
            self.frames.pop();
        }
        result?;
        let Object::List(List { items, rest, .. }) = self.state.object(items).clone() else {
            return Ok(Value::NONE);
        };
        if listed && rest.is_none() && matches!(expression, ast::Expr::ListComp(_)) {
            return Ok(self.listed(items, 0));
        }
        self.collect(expression, items, rest).map_err(Flow::from)
    }

    fn push_comprehension_frame(&mut self) {
        let locals = self.new_namespace();
        let frame = self.frame();
        let mut enclosing: Vec<ObjectId> = Vec::new();
        // A class body's names are not seen from inside; CPython sees only the outermost iterable there.
        if frame.kind != FrameKind::Class {
            enclosing.push(frame.locals);
        }
        enclosing.extend(frame.enclosing.iter());
        let frame = Frame {
            kind: FrameKind::Comprehension,
            facts: frame.facts,
            locals,
            globals: frame.globals,
            enclosing: enclosing.into(),
            code: frame.code.clone(),
            owner: frame.owner,
            class_name: frame.class_name.clone(),
        };
        self.frames.push(frame);
    }

    fn collect(
        &mut self,
        expression: &ast::Expr,
        items: Vec<Value>,
        rest: Option<Arc<Unknown>>,
    ) -> Result<Value, Raised> {
        let unknown = rest.clone().map(|unknown| Value::from(Data::Unknown(unknown)));
        match expression {
            ast::Expr::ListComp(_) => Ok(Value::object(self.allocate(Object::List(List::new(items, rest))))),
            ast::Expr::GeneratorExp(_) => {
                let iteration = Iteration { items: items.into(), next: 0, rest };
                Ok(Value::object(self.allocate(Object::Iterator(iteration))))
            }
            ast::Expr::SetComp(_) => match unknown {
                Some(unknown) => Err(Raised::Unknown(unknown)),
                None => self.set(items, false),
            },
            _ => {
                let made = Value::object(self.new_namespace());
                for pair in items {
                    if let Data::Tuple(pair) = &pair.data {
                        self.set_item(&made, &pair[0], pair[1].clone())?;
                    }
                }
                if let Some(unknown) = unknown {
                    self.lose(vec![made.clone()], &unknown);
                }
                Ok(made)
            }
        }
    }

    fn comprehend(
        &mut self,
        item: &Item<'_>,
        generators: &[ast::Comprehension],
        outer: Option<Value>,
        into: ObjectId,
    ) -> Result<(), Flow> {
        let Some((generator, more)) = generators.split_first() else { return self.add_item(item, into) };
        let iterable = match outer {
            Some(outer) => outer,
            None => self.evaluate(&generator.iter)?,
        };
        let (items, rest) = match self.partly(&iterable) {
            Ok(partly) => partly,
            Err(Raised::Unknown(unknown)) => {
                self.may_raise(&unknown);
                (Vec::new(), unknown.as_unknown().cloned())
            }
            Err(other) => return Err(other.into()),
        };
        for value in items {
            self.budget.steps(1)?;
            self.assign(&generator.target, value)?;
            self.filtered(item, &generator.ifs, more, into)?;
        }
        let Some(unknown) = rest else { return Ok(()) };
        let unknown = Value::from(Data::Unknown(unknown));
        let place = self.here;
        self.unknown_rounds(place, |cx| {
            cx.assign(&generator.target, unknown.clone())?;
            cx.filtered(item, &generator.ifs, more, into)
        })?;
        if let Object::List(list) = self.state.object_mut(into)
            && list.rest.is_none()
        {
            list.rest = unknown.as_unknown().cloned();
        }
        Ok(())
    }

    fn filtered(
        &mut self,
        item: &Item<'_>,
        conditions: &[ast::Expr],
        more: &[ast::Comprehension],
        into: ObjectId,
    ) -> Result<(), Flow> {
        let Some((condition, others)) = conditions.split_first() else {
            return self.comprehend(item, more, None, into);
        };
        match self.condition(condition)? {
            Ok(true) => self.filtered(item, others, more, into),
            Ok(false) => Ok(()),
            Err(_) => {
                let place = self.span_of(condition);
                self.fork(
                    place,
                    |cx| cx.filtered(item, others, more, into).map(|()| Value::NONE),
                    |_| Ok(Value::NONE),
                )
                .map(drop)
            }
        }
    }

    fn add_item(&mut self, item: &Item<'_>, into: ObjectId) -> Result<(), Flow> {
        let value = match item {
            Item::One(expression) => self.evaluate(expression)?,
            Item::Pair(key, value) => {
                let key = self.evaluate(key)?;
                Value::tuple(vec![key, self.evaluate(value)?])
            }
        };
        self.charge_bytes(24)?;
        if let Object::List(list) = self.state.object_mut(into)
            && list.rest.is_none()
        {
            list.items.push(value);
        }
        Ok(())
    }
}

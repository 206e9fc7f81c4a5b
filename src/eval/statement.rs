//! Statements.

use super::Evaluator;
use super::code::{Code, Names, bound_names, docstring};
use super::exceptions::{ASSERTION_ERROR, BASE_EXCEPTION, RUNTIME_ERROR, TYPE_ERROR};
use super::generator::Step;
use super::object::{ClassRef, Object};
use super::raised::{Flow, Raised};
use super::value::{Data, Value};
use crate::syntax::python::ast::{self, Ranged};
use crate::syntax::python::span;
use crate::text::Span;

impl Evaluator<'_> {
    /// Where a node of the running file stands.
    pub(super) fn span_of(&self, node: &impl Ranged) -> Span {
        let facts = self.facts();
        facts.stands_for.unwrap_or_else(|| span(facts.file, node.range()))
    }

    pub(super) fn execute_block(&mut self, body: &[ast::Stmt]) -> Result<(), Flow> {
        let start = self.take_step(|step| if let Step::Block(index) = step { Some(*index) } else { None });
        for (index, statement) in body.iter().enumerate().skip(start.unwrap_or(0)) {
            let result = self.execute(statement);
            self.noting(Step::Block(index), result)?;
        }
        Ok(())
    }

    fn execute(&mut self, statement: &ast::Stmt) -> Result<(), Flow> {
        self.budget.steps(1)?;
        self.budget.enter(2)?;
        self.here = self.span_of(statement);
        let result = self.execute_one(statement);
        self.budget.leave(2);
        match result {
            Err(Flow::Raise(Raised::Exhausted(limit))) => {
                let place = self.span_of(statement);
                self.exhausted_at.get_or_insert(place);
                Err(Raised::Exhausted(limit).into())
            }
            Err(Flow::Raise(Raised::Unknown(unknown))) => {
                self.lose_bound_names(statement, &unknown);
                Ok(())
            }
            other => other,
        }
    }

    /// What a statement would have bound is unknown, because how it ends is.
    fn lose_bound_names(&mut self, statement: &ast::Stmt, unknown: &Value) {
        self.may_raise(unknown);
        let mut names = Names::default();
        bound_names(std::slice::from_ref(statement), self.is_python2(), &mut names);
        let mut names: Vec<String> = names.locals.into_iter().collect();
        names.sort();
        for name in names {
            self.store_name(&name, unknown.clone());
        }
    }

    fn execute_one(&mut self, statement: &ast::Stmt) -> Result<(), Flow> {
        match statement {
            ast::Stmt::Expr(inner) => self.evaluate(&inner.value).map(drop),
            ast::Stmt::Assign(inner) => self.execute_assign(inner),
            ast::Stmt::AugAssign(inner) => self.augmented_assign(inner),
            ast::Stmt::AnnAssign(inner) => match &inner.value {
                Some(value) => {
                    let value = self.evaluate(value)?;
                    self.assign(&inner.target, value)
                }
                None => Ok(()),
            },
            ast::Stmt::If(inner) => self.execute_if(inner),
            ast::Stmt::For(inner) => self.execute_for(inner),
            ast::Stmt::While(inner) => self.execute_while(inner),
            ast::Stmt::Try(inner) => self.execute_try(inner),
            ast::Stmt::With(inner) => self.execute_with(&inner.items, &inner.body),
            ast::Stmt::FunctionDef(inner) => self.execute_def(inner),
            ast::Stmt::ClassDef(inner) => self.execute_class(inner),
            ast::Stmt::Return(inner) => {
                let value = match &inner.value {
                    Some(value) => self.evaluate(value)?,
                    None => Value::NONE,
                };
                Err(Flow::Return(value))
            }
            ast::Stmt::Import(inner) => self.execute_import(inner),
            ast::Stmt::ImportFrom(inner) => self.execute_import_from(inner),
            ast::Stmt::Raise(inner) => self.execute_raise(inner),
            ast::Stmt::Assert(inner) => self.execute_assert(inner),
            ast::Stmt::Delete(inner) => inner.targets.iter().try_for_each(|target| self.delete(target)),
            ast::Stmt::Match(inner) => self.execute_match(inner),
            ast::Stmt::Break(_) => Err(Flow::Break),
            ast::Stmt::Continue(_) => Err(Flow::Continue),
            ast::Stmt::Pass(_) | ast::Stmt::Global(_) | ast::Stmt::Nonlocal(_) => Ok(()),
            ast::Stmt::AsyncFunctionDef(inner) => {
                let unknown = self.unknown_value("a coroutine is not modelled");
                self.store_name(inner.name.as_str(), unknown);
                Ok(())
            }
            ast::Stmt::TypeAlias(inner) => {
                let unknown = self.unknown_value("a type alias is not modelled");
                self.assign(&inner.name, unknown)
            }
            ast::Stmt::AsyncFor(_) | ast::Stmt::AsyncWith(_) | ast::Stmt::TryStar(_) => {
                Err(self.unknown("this statement is not modelled").into())
            }
        }
    }

    fn execute_assign(&mut self, statement: &ast::StmtAssign) -> Result<(), Flow> {
        let value = self.evaluate(&statement.value)?;
        statement.targets.iter().try_for_each(|target| self.assign(target, value.clone()))
    }

    fn execute_if(&mut self, statement: &ast::StmtIf) -> Result<(), Flow> {
        let resumed = self.take_step(|step| if let Step::If(branch) = step { Some(*branch) } else { None });
        let condition = match resumed {
            Some(branch) => Ok(branch),
            None => self.condition(&statement.test)?,
        };
        if let Ok(branch) = condition {
            let result = self.execute_block(if branch { &statement.body } else { &statement.orelse });
            self.noting(Step::If(branch), result)
        } else {
            let place = self.span_of(&*statement.test);
            self.fork(
                place,
                |cx| cx.execute_block(&statement.body).map(|()| Value::NONE),
                |cx| cx.execute_block(&statement.orelse).map(|()| Value::NONE),
            )
            .map(drop)
        }
    }

    /// The truth of an expression; the unknown value when it has none.
    pub(super) fn condition(&mut self, test: &ast::Expr) -> Result<Result<bool, Value>, Flow> {
        let value = self.evaluate(test)?;
        self.truth_or_unknown(&value)
    }

    pub(super) fn truth_or_unknown(&mut self, value: &Value) -> Result<Result<bool, Value>, Flow> {
        match self.truth(value) {
            Ok(flag) => Ok(Ok(flag)),
            Err(Raised::Unknown(unknown)) => Ok(Err(unknown)),
            Err(other) => Err(other.into()),
        }
    }

    fn execute_def(&mut self, def: &ast::StmtFunctionDef) -> Result<(), Flow> {
        let decorators = self.evaluate_decorators(&def.decorator_list)?;
        let place = self.span_of(def);
        let facts = self.facts();
        let code = self.session.code(place, facts, || Code::of_function(facts, place, def));
        let defaults = self.defaults(&def.args)?;
        let origin = self.origin_here();
        let value = self.make_function(code, defaults).with_origin(origin);
        let value = self.decorate(decorators, value)?;
        self.store_name(def.name.as_str(), value);
        Ok(())
    }

    /// Decorators are evaluated from the top, before what they decorate is made.
    pub(super) fn evaluate_decorators(&mut self, decorators: &[ast::Expr]) -> Result<Vec<Value>, Flow> {
        decorators.iter().map(|decorator| self.evaluate(decorator)).collect()
    }

    /// And called from the bottom.
    pub(super) fn decorate(&mut self, decorators: Vec<Value>, mut value: Value) -> Result<Value, Flow> {
        for decorator in decorators.into_iter().rev() {
            value = self.catching(|cx| cx.call(&decorator, vec![value]))?;
        }
        Ok(value)
    }

    /// The values of parameters' defaults, by parameter.
    pub(super) fn defaults(&mut self, parameters: &ast::Arguments) -> Result<Vec<Option<Value>>, Flow> {
        let all = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        all.map(|parameter| parameter.default.as_ref().map(|value| self.evaluate(value)).transpose())
            .collect()
    }

    fn execute_raise(&mut self, statement: &ast::StmtRaise) -> Result<(), Flow> {
        let place = self.span_of(statement);
        let Some(expression) = &statement.exc else {
            let handled = self.state.handled.last().cloned();
            return match handled {
                Some(exception) => Err(Raised::Exception(exception).into()),
                None => Err(self.error(&RUNTIME_ERROR, "No active exception to reraise").into()),
            };
        };
        let value = self.evaluate(expression)?;
        let cause = statement.cause.as_ref().map(|cause| self.evaluate(cause)).transpose()?;
        self.here = place;
        let raised = self.raise_value(value);
        if let (Raised::Exception(exception), Some(cause)) = (&raised, cause) {
            return Err(self.chain(exception, cause)?.into());
        }
        Err(raised.into())
    }

    /// `raise exception from cause`.
    fn chain(&mut self, exception: &Value, cause: Value) -> Result<Raised, Raised> {
        let cause = if cause.is_none() {
            cause
        } else {
            match self.raise_value(cause.clone()) {
                Raised::Exception(made) if made.is_unknown() || self.is_exception(&cause) => made,
                Raised::Exception(_) => {
                    return Err(self.error(&TYPE_ERROR, "exception causes must derive from BaseException"));
                }
                other => return Err(other),
            }
        };
        self.put_attribute(exception, "__cause__", cause);
        self.put_attribute(exception, "__suppress_context__", Value::bool(true));
        Ok(Raised::Exception(exception.clone()))
    }

    /// Whether a value is an exception or a class of exceptions.
    fn is_exception(&self, value: &Value) -> bool {
        let class = self.class_value(value).unwrap_or_else(|| self.class_of(value));
        self.class_order(class).contains(&ClassRef::Native(&BASE_EXCEPTION))
    }

    /// What `raise value` raises.
    pub(super) fn raise_value(&mut self, value: Value) -> Raised {
        if value.is_unknown() {
            return Raised::Exception(value);
        }
        let is_class = match value.data {
            Data::Class(_) => true,
            Data::Object(id) => matches!(self.state.object(id), Object::Class(_)),
            _ => false,
        };
        let made = if is_class { self.call(&value, vec![]) } else { Ok(value) };
        match made {
            Ok(exception) => {
                if exception.is_unknown()
                    || self
                        .class_order(self.class_of(&exception))
                        .contains(&ClassRef::Native(&BASE_EXCEPTION))
                    || matches!(self.class_of(&exception), ClassRef::Script(id) if self.is_classic(id))
                {
                    let origin = self.origin_here();
                    return Raised::Exception(exception.with_origin(origin));
                }
                if self.unknown_base(self.class_of(&exception)).is_some() {
                    return Raised::Exception(self.unknown_value("an exception of an unknown class"));
                }
                self.error(&TYPE_ERROR, "exceptions must derive from BaseException")
            }
            Err(raised) => raised,
        }
    }

    fn execute_assert(&mut self, statement: &ast::StmtAssert) -> Result<(), Flow> {
        let fail = |cx: &mut Self| -> Result<Value, Flow> {
            let mut arguments = Vec::new();
            if let Some(message) = &statement.msg {
                arguments.push(cx.evaluate(message)?);
            }
            cx.here = cx.span_of(statement);
            Err(Flow::from(cx.error_with(&ASSERTION_ERROR, arguments)))
        };
        match self.condition(&statement.test)? {
            Ok(true) => Ok(()),
            Ok(false) => fail(self).map(drop),
            Err(unknown) => {
                let place = self.span_of(statement);
                self.unknown_asserts.push((place, unknown));
                self.fork(place, |_| Ok(Value::NONE), fail).map(drop)
            }
        }
    }

    /// Sets what a module says about itself; code that is `exec`ed says something only when it begins with a string.
    pub(super) fn set_docstring(&mut self, namespace: super::ObjectId, body: &[ast::Stmt], is_module: bool) {
        let doc = self.doc_value(body);
        if is_module || !doc.is_none() {
            self.namespace_set(namespace, "__doc__", doc);
        }
    }

    /// The value of the string that opens a body. Since Python 3.13 its indentation is taken off.
    pub(super) fn doc_value(&mut self, body: &[ast::Stmt]) -> Value {
        let Some(ast::Stmt::Expr(first)) = body.first() else { return Value::NONE };
        let (Some(text), ast::Expr::Constant(inner)) = (docstring(body), &*first.value) else {
            return Value::NONE;
        };
        let place = self.span_of(inner);
        let doc = self.at(place, |cx| cx.constant(&inner.value, inner.kind.as_deref()));
        let cleaned = clean_docstring(text);
        let cleans = cleaned != text && self.at_least(13);
        let is_unicode = self.is_python2() && super::code::imports_future(body, "unicode_literals");
        let doc = if cleans || is_unicode { Value::text(if cleans { &*cleaned } else { text }) } else { doc };
        self.through(doc, place)
    }
}

/// What the compiler of Python 3.13 makes of a docstring: tabs become spaces, the first line loses its indentation, the
/// others what all of them have.
fn clean_docstring(text: &str) -> String {
    let expanded = expand_tabs(text);
    let mut lines = expanded.split('\n');
    let first = lines.next().unwrap_or_default().trim_start_matches(' ').to_owned();
    let rest: Vec<&str> = lines.collect();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let margin = rest
        .iter()
        .filter(|line| !line.trim_matches(' ').is_empty())
        .map(|line| indent(line))
        .min()
        .unwrap_or(0);
    let rest = rest.iter().map(|line| line.get(margin.min(indent(line))..).unwrap_or_default());
    std::iter::once(first.as_str()).chain(rest).collect::<Vec<_>>().join("\n")
}

fn expand_tabs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for character in text.chars() {
        match character {
            '\t' => {
                let spaces = 8 - column % 8;
                out.push_str(&" ".repeat(spaces));
                column += spaces;
            }
            '\n' | '\r' => {
                out.push(character);
                column = 0;
            }
            other => {
                out.push(other);
                column += 1;
            }
        }
    }
    out
}

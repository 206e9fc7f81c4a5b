//! What the parser lets pass and Python refuses; f-strings put in their places on the way.
//!
//! The walk keeps its own stack: it needs no more of the thread's for a deep tree than for a flat one.

use super::Dialect;
use super::TextRange;
use super::ast;
use super::ast::Expr;
use super::ast::Pattern;
use super::ast::Ranged;
use super::ast::Stmt;
use super::format_string;
use super::problem::Problem;
use super::problem::describe;
use super::tokens::Lexing;
use crate::syntax::python2::newer;

/// What `__future__` names in any version.
const FUTURE: [&str; 10] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

/// What the walk saw besides problems.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// `print >>f, x`: Python 3 reads it and can only fail to run it.
    pub redirected_print: bool,
}

/// Where a node stands.
#[derive(Clone, Copy, Debug)]
struct Context {
    depth: u32,
    module: bool,
    function: bool,
    asynchronous: bool,
    looping: bool,
    star: Star,
}

/// What `*x` would mean here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Star {
    Nothing,
    /// An element of a tuple, list, set or subscript.
    Element,
    Argument,
}

enum Node<'t> {
    Statement(&'t mut Stmt),
    Expression(&'t mut Expr),
    Pattern(&'t mut Pattern),
}

struct Walk<'t, 'l, 'a> {
    lexing: &'l mut Lexing<'a>,
    facts: Facts,
    /// Where future imports end.
    future: u32,
    stack: Vec<(Node<'t>, Context)>,
    /// Children of the node at hand, in order.
    children: Vec<(Node<'t>, Context)>,
}

/// Checks and completes a tree.
pub(super) fn check(tree: &mut ast::Mod, lexing: &mut Lexing<'_>) -> Result<Facts, Problem> {
    let context = Context {
        depth: 0,
        module: true,
        function: false,
        asynchronous: false,
        looping: false,
        star: Star::Nothing,
    };
    let future = match tree {
        ast::Mod::Module(module) => end_of_future_imports(&module.body),
        _ => 0,
    };
    let (facts, children) = (Facts::default(), Vec::new());
    let mut walk = Walk { lexing, facts, future, stack: Vec::new(), children };
    match tree {
        ast::Mod::Module(module) => walk.body(&mut module.body, context),
        ast::Mod::Expression(expression) => walk.one(&mut expression.body, context),
        ast::Mod::Interactive(_) | ast::Mod::FunctionType(_) => {}
    }
    walk.run()
}

fn end_of_future_imports(body: &[Stmt]) -> u32 {
    let allowed = |(index, statement): &(usize, &Stmt)| match statement {
        Stmt::Expr(expression) => *index == 0 && expression.value.is_constant_expr(),
        Stmt::ImportFrom(import) => is_future(import),
        _ => false,
    };
    let last = body.iter().enumerate().take_while(allowed).last();
    last.map_or(0, |(_, statement)| statement.range().end().into())
}

fn is_future(import: &ast::StmtImportFrom) -> bool {
    import.level.is_none_or(|level| level.to_u32() == 0)
        && import.module.as_ref().is_some_and(|module| module.as_str() == "__future__")
}

impl<'t> Walk<'t, '_, '_> {
    fn run(mut self) -> Result<Facts, Problem> {
        loop {
            self.stack.extend(self.children.drain(..).rev());
            let Some((node, mut context)) = self.stack.pop() else { return Ok(self.facts) };
            context.depth += 1;
            match node {
                Node::Statement(statement) => self.statement(statement, context)?,
                Node::Expression(expression) => self.expression(expression, context)?,
                Node::Pattern(pattern) => self.pattern(pattern, context),
            }
        }
    }

    fn problem(&self, range: TextRange, message: impl Into<String>) -> Problem {
        let relative = |offset: super::TextSize| (u32::from(offset) - self.lexing.base) as usize;
        Problem::new(relative(range.start()), relative(range.end()), message)
    }

    fn body(&mut self, body: &'t mut [Stmt], context: Context) {
        let context = Context { star: Star::Nothing, ..context };
        self.children.extend(body.iter_mut().map(|statement| (Node::Statement(statement), context)));
    }

    fn one(&mut self, expression: &'t mut Expr, context: Context) {
        self.children.push((Node::Expression(expression), Context { star: Star::Nothing, ..context }));
    }

    fn starred(&mut self, expressions: impl IntoIterator<Item = &'t mut Expr>, star: Star, context: Context) {
        let context = Context { star, ..context };
        self.children
            .extend(expressions.into_iter().map(|expression| (Node::Expression(expression), context)));
    }

    fn many(&mut self, expressions: impl IntoIterator<Item = &'t mut Expr>, context: Context) {
        self.starred(expressions, Star::Nothing, context);
    }

    fn statement(&mut self, statement: &'t mut Stmt, context: Context) -> Result<(), Problem> {
        if self.lexing.dialect == Dialect::Python2
            && let Some((range, what)) = newer::in_statement(statement)
        {
            return Err(self.problem(range, format!("this is Python 3 syntax: {what}")));
        }
        self.refused_here(statement, context)?;
        match statement {
            Stmt::FunctionDef(_) | Stmt::AsyncFunctionDef(_) | Stmt::ClassDef(_) => {
                self.definition(statement, context);
                Ok(())
            }
            Stmt::For(_)
            | Stmt::AsyncFor(_)
            | Stmt::While(_)
            | Stmt::If(_)
            | Stmt::With(_)
            | Stmt::AsyncWith(_)
            | Stmt::Match(_)
            | Stmt::Try(_)
            | Stmt::TryStar(_) => self.block(statement, context),
            _ => self.simple(statement, context),
        }
    }

    fn definition(&mut self, statement: &'t mut Stmt, context: Context) {
        match statement {
            Stmt::FunctionDef(ast::StmtFunctionDef {
                args,
                body,
                decorator_list,
                returns,
                type_params,
                ..
            }) => {
                self.many(decorator_list, context);
                self.function(args, body, returns.as_deref_mut(), type_params, context, false);
            }
            Stmt::AsyncFunctionDef(ast::StmtAsyncFunctionDef {
                args,
                body,
                decorator_list,
                returns,
                type_params,
                ..
            }) => {
                self.many(decorator_list, context);
                self.function(args, body, returns.as_deref_mut(), type_params, context, true);
            }
            Stmt::ClassDef(class) => {
                self.many(&mut class.decorator_list, context);
                self.type_parameters(&mut class.type_params, context);
                self.starred(&mut class.bases, Star::Argument, context);
                self.many(class.keywords.iter_mut().map(|keyword| &mut keyword.value), context);
                let inside = Context { module: false, function: false, asynchronous: false, ..context };
                self.body(&mut class.body, Context { looping: false, ..inside });
            }
            _ => {}
        }
    }

    fn block(&mut self, statement: &'t mut Stmt, context: Context) -> Result<(), Problem> {
        match statement {
            Stmt::For(ast::StmtFor { target, iter, body, orelse, .. })
            | Stmt::AsyncFor(ast::StmtAsyncFor { target, iter, body, orelse, .. }) => {
                self.assignable(target)?;
                self.one(target, context);
                self.one(iter, context);
                self.body(body, Context { looping: true, ..context });
                self.body(orelse, context);
            }
            Stmt::While(ast::StmtWhile { test, body, orelse, .. }) => {
                self.one(test, context);
                self.body(body, Context { looping: true, ..context });
                self.body(orelse, context);
            }
            Stmt::If(ast::StmtIf { test, body, orelse, .. }) => {
                self.one(test, context);
                self.body(body, context);
                self.body(orelse, context);
            }
            Stmt::With(ast::StmtWith { items, body, .. })
            | Stmt::AsyncWith(ast::StmtAsyncWith { items, body, .. }) => {
                for item in items {
                    if let Some(target) = &item.optional_vars {
                        self.assignable(target)?;
                    }
                    self.one(&mut item.context_expr, context);
                    self.many(item.optional_vars.as_deref_mut(), context);
                }
                self.body(body, context);
            }
            Stmt::Match(ast::StmtMatch { subject, cases, .. }) => {
                self.starred([&mut **subject], Star::Element, context);
                for case in cases {
                    self.children.push((Node::Pattern(&mut case.pattern), context));
                    self.many(case.guard.as_deref_mut(), context);
                    self.body(&mut case.body, context);
                }
            }
            Stmt::Try(ast::StmtTry { body, handlers, orelse, finalbody, .. })
            | Stmt::TryStar(ast::StmtTryStar { body, handlers, orelse, finalbody, .. }) => {
                self.body(body, context);
                self.handlers(handlers, context)?;
                self.body(orelse, context);
                self.body(finalbody, context);
            }
            _ => {}
        }
        Ok(())
    }

    fn simple(&mut self, statement: &'t mut Stmt, context: Context) -> Result<(), Problem> {
        match statement {
            Stmt::Return(ast::StmtReturn { value, .. }) => self.many(value.as_deref_mut(), context),
            Stmt::Delete(ast::StmtDelete { targets, .. }) => {
                for target in &*targets {
                    self.deletable(target)?;
                }
                self.many(targets, context);
            }
            Stmt::Assign(ast::StmtAssign { targets, value, .. }) => {
                for target in &*targets {
                    self.assignable(target)?;
                }
                self.many(targets, context);
                self.one(value, context);
            }
            Stmt::AugAssign(ast::StmtAugAssign { target, value, .. }) => {
                self.single_target(target)?;
                self.one(target, context);
                self.one(value, context);
            }
            Stmt::AnnAssign(ast::StmtAnnAssign { target, annotation, value, .. }) => {
                self.single_target(target)?;
                self.one(target, context);
                self.one(annotation, context);
                self.many(value.as_deref_mut(), context);
            }
            Stmt::Raise(ast::StmtRaise { exc, cause, .. }) => {
                self.many(exc.as_deref_mut(), context);
                self.many(cause.as_deref_mut(), context);
            }
            Stmt::Assert(ast::StmtAssert { test, msg, .. }) => {
                self.one(test, context);
                self.many(msg.as_deref_mut(), context);
            }
            Stmt::Expr(ast::StmtExpr { value, .. }) => {
                self.facts.redirected_print |= is_redirected_print(value);
                self.one(value, context);
            }
            Stmt::TypeAlias(alias) => {
                self.type_parameters(&mut alias.type_params, context);
                self.one(&mut alias.value, context);
            }
            _ => {}
        }
        Ok(())
    }

    /// Statements that Python refuses at this place.
    fn refused_here(&self, statement: &Stmt, context: Context) -> Result<(), Problem> {
        let message = match statement {
            Stmt::Return(_) if !context.function => "`return` outside a function",
            Stmt::Break(_) if !context.looping => "`break` outside a loop",
            Stmt::Continue(_) if !context.looping => "`continue` outside a loop",
            Stmt::Nonlocal(_) if context.module => "`nonlocal` outside a function",
            Stmt::AsyncFor(_) if !context.asynchronous => "`async for` outside an `async def`",
            Stmt::AsyncWith(_) if !context.asynchronous => "`async with` outside an `async def`",
            Stmt::ImportFrom(import) if is_future(import) && u32::from(import.range.end()) > self.future => {
                "a `__future__` import after other statements"
            }
            Stmt::ImportFrom(import) if is_future(import) => {
                let unknown = |name: &&ast::Alias| !FUTURE.contains(&name.name.as_str());
                return match import.names.iter().find(unknown) {
                    Some(name) => Err(self.problem(name.range, format!("no future feature `{}`", name.name))),
                    None => Ok(()),
                };
            }
            Stmt::ImportFrom(import)
                if !context.module
                    && self.lexing.dialect == Dialect::Python3
                    && import.names.iter().any(|name| name.name.as_str() == "*") =>
            {
                "`import *` within a function or class"
            }
            _ => return Ok(()),
        };
        Err(self.problem(statement.range(), message))
    }

    fn function(
        &mut self,
        parameters: &'t mut ast::Arguments,
        body: &'t mut [Stmt],
        returns: Option<&'t mut Expr>,
        type_parameters: &'t mut [ast::TypeParam],
        context: Context,
        asynchronous: bool,
    ) {
        self.type_parameters(type_parameters, context);
        self.parameters(parameters, context);
        self.many(returns, context);
        let inside = Context { module: false, function: true, asynchronous, looping: false, ..context };
        self.body(body, inside);
    }

    fn parameters(&mut self, parameters: &'t mut ast::Arguments, context: Context) {
        let ast::Arguments { posonlyargs, args, kwonlyargs, vararg, kwarg, .. } = parameters;
        for parameter in posonlyargs.iter_mut().chain(args).chain(kwonlyargs) {
            self.many(parameter.def.annotation.as_deref_mut(), context);
            self.many(parameter.default.as_deref_mut(), context);
        }
        let annotation = vararg.as_mut().and_then(|parameter| parameter.annotation.as_deref_mut());
        self.starred(annotation, Star::Element, context);
        self.many(kwarg.as_mut().and_then(|parameter| parameter.annotation.as_deref_mut()), context);
    }

    fn type_parameters(&mut self, parameters: &'t mut [ast::TypeParam], context: Context) {
        let bounds = parameters.iter_mut().filter_map(|parameter| match parameter {
            ast::TypeParam::TypeVar(variable) => variable.bound.as_deref_mut(),
            ast::TypeParam::ParamSpec(_) | ast::TypeParam::TypeVarTuple(_) => None,
        });
        self.many(bounds, context);
    }

    fn handlers(&mut self, handlers: &'t mut [ast::ExceptHandler], context: Context) -> Result<(), Problem> {
        let last = handlers.len().saturating_sub(1);
        for (index, handler) in handlers.iter_mut().enumerate() {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            if handler.type_.is_none() && index < last {
                let start = handler.range.start();
                let word = TextRange::at(start, super::TextSize::from("except".len() as u32));
                return Err(self.problem(word, "an `except:` for everything must come last"));
            }
            self.many(handler.type_.as_deref_mut(), context);
            self.body(&mut handler.body, context);
        }
        Ok(())
    }

    fn expression(&mut self, expression: &'t mut Expr, context: Context) -> Result<(), Problem> {
        if let Expr::Constant(constant) = &*expression
            && let Some(run) = self.lexing.runs.remove(&constant.range.start().into())
        {
            *expression = format_string::build(run, self.lexing, context.depth)?;
        }
        if self.lexing.dialect == Dialect::Python2
            && let Some((range, what)) = newer::in_expression(expression, context.star == Star::Argument)
        {
            return Err(self.problem(range, format!("this is Python 3 syntax: {what}")));
        }
        self.refused_expression(expression, context)?;
        match expression {
            Expr::Name(_) | Expr::Constant(_) => {}
            Expr::BoolOp(ast::ExprBoolOp { values, .. })
            | Expr::JoinedStr(ast::ExprJoinedStr { values, .. }) => {
                self.many(values, context);
            }
            Expr::NamedExpr(ast::ExprNamedExpr { target, value, .. }) => {
                self.many([&mut **target, value], context);
            }
            Expr::BinOp(ast::ExprBinOp { left, right, .. }) => self.many([&mut **left, right], context),
            Expr::UnaryOp(ast::ExprUnaryOp { operand: value, .. })
            | Expr::Await(ast::ExprAwait { value, .. })
            | Expr::YieldFrom(ast::ExprYieldFrom { value, .. })
            | Expr::Attribute(ast::ExprAttribute { value, .. })
            | Expr::Starred(ast::ExprStarred { value, .. }) => self.one(value, context),
            Expr::Yield(ast::ExprYield { value, .. }) => self.many(value.as_deref_mut(), context),
            Expr::Lambda(ast::ExprLambda { args, body, .. }) => {
                self.parameters(args, context);
                self.one(body, Context { module: false, function: true, asynchronous: false, ..context });
            }
            Expr::IfExp(ast::ExprIfExp { test, body, orelse, .. }) => {
                self.many([&mut **test, body, orelse], context);
            }
            Expr::Dict(ast::ExprDict { keys, values, .. }) => {
                self.many(keys.iter_mut().flatten(), context);
                self.many(values, context);
            }
            Expr::Set(ast::ExprSet { elts, .. })
            | Expr::List(ast::ExprList { elts, .. })
            | Expr::Tuple(ast::ExprTuple { elts, .. }) => self.starred(elts, Star::Element, context),
            Expr::ListComp(ast::ExprListComp { elt, generators, .. })
            | Expr::SetComp(ast::ExprSetComp { elt, generators, .. }) => {
                self.comprehensions(generators, context, context)?;
                self.one(elt, context);
            }
            Expr::GeneratorExp(ast::ExprGeneratorExp { elt, generators, .. }) => {
                // It may await wherever it stands: that makes it an asynchronous generator.
                let inside = Context { asynchronous: true, ..context };
                self.comprehensions(generators, context, inside)?;
                self.one(elt, inside);
            }
            Expr::DictComp(ast::ExprDictComp { key, value, generators, .. }) => {
                self.comprehensions(generators, context, context)?;
                self.many([&mut **key, value], context);
            }
            Expr::Compare(ast::ExprCompare { left, comparators, .. }) => {
                self.one(left, context);
                self.many(comparators, context);
            }
            Expr::Call(ast::ExprCall { func, args, keywords, .. }) => {
                self.one(func, context);
                self.starred(args, Star::Argument, context);
                self.many(keywords.iter_mut().map(|keyword| &mut keyword.value), context);
            }
            Expr::FormattedValue(ast::ExprFormattedValue { value, format_spec, .. }) => {
                self.one(value, context);
                self.many(format_spec.as_deref_mut(), context);
            }
            Expr::Subscript(ast::ExprSubscript { value, slice, .. }) => {
                self.one(value, context);
                self.starred([&mut **slice], Star::Element, context);
            }
            Expr::Slice(ast::ExprSlice { lower, upper, step, .. }) => {
                self.many([lower, upper, step].into_iter().filter_map(|part| part.as_deref_mut()), context);
            }
        }
        Ok(())
    }

    fn refused_expression(&self, expression: &Expr, context: Context) -> Result<(), Problem> {
        let message = match expression {
            Expr::Yield(_) | Expr::YieldFrom(_) if !context.function => "`yield` outside a function",
            Expr::Await(_) if !context.asynchronous => "`await` outside an `async def`",
            Expr::Starred(_) if context.star == Star::Nothing => "`*` cannot stand here",
            Expr::Call(call) if call.args.len() + call.keywords.len() > 1 => {
                let bare = call.args.iter().find(|argument| match argument {
                    Expr::GeneratorExp(generator) => generator.range.start() == generator.elt.range().start(),
                    _ => false,
                });
                return match bare {
                    Some(bare) => Err(self
                        .problem(bare.range(), "a generator expression beside other arguments")
                        .help("put it in parentheses")),
                    None => Ok(()),
                };
            }
            _ => return Ok(()),
        };
        Err(self.problem(expression.range(), message))
    }

    /// `outside` is where the first iterable is evaluated.
    fn comprehensions(
        &mut self,
        all: &'t mut [ast::Comprehension],
        outside: Context,
        inside: Context,
    ) -> Result<(), Problem> {
        for (index, comprehension) in all.iter_mut().enumerate() {
            if comprehension.is_async && !inside.asynchronous {
                return Err(self.problem(comprehension.target.range(), "`async for` outside an `async def`"));
            }
            self.assignable(&comprehension.target)?;
            self.one(&mut comprehension.target, inside);
            self.one(&mut comprehension.iter, if index == 0 { outside } else { inside });
            self.many(&mut comprehension.ifs, inside);
        }
        Ok(())
    }

    fn pattern(&mut self, pattern: &'t mut Pattern, context: Context) {
        let patterns = match pattern {
            Pattern::MatchValue(ast::PatternMatchValue { value, .. }) => return self.one(value, context),
            Pattern::MatchSequence(ast::PatternMatchSequence { patterns, .. })
            | Pattern::MatchOr(ast::PatternMatchOr { patterns, .. }) => patterns,
            Pattern::MatchMapping(ast::PatternMatchMapping { keys, patterns, .. }) => {
                self.many(keys, context);
                patterns
            }
            Pattern::MatchClass(ast::PatternMatchClass { cls, patterns, kwd_patterns, .. }) => {
                self.one(cls, context);
                self.children.extend(kwd_patterns.iter_mut().map(|one| (Node::Pattern(one), context)));
                patterns
            }
            Pattern::MatchAs(ast::PatternMatchAs { pattern: Some(pattern), .. }) => {
                return self.children.push((Node::Pattern(pattern), context));
            }
            Pattern::MatchAs(_) | Pattern::MatchStar(_) | Pattern::MatchSingleton(_) => return,
        };
        self.children.extend(patterns.iter_mut().map(|one| (Node::Pattern(one), context)));
    }

    /// Whether `target = …` may be; brackets bound the recursion.
    fn assignable(&self, target: &Expr) -> Result<(), Problem> {
        match target {
            Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) => Ok(()),
            Expr::Starred(starred) => self.assignable(&starred.value),
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                if let Some(second) = elts.iter().filter(|element| element.is_starred_expr()).nth(1) {
                    return Err(self.problem(second.range(), "a second `*` in one assignment"));
                }
                elts.iter().try_for_each(|element| self.assignable(element))
            }
            other => Err(self.problem(other.range(), format!("cannot assign to {}", describe(other)))),
        }
    }

    fn deletable(&self, target: &Expr) -> Result<(), Problem> {
        match target {
            Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) => Ok(()),
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                elts.iter().try_for_each(|element| self.deletable(element))
            }
            other => Err(self.problem(other.range(), format!("cannot delete {}", describe(other)))),
        }
    }

    /// Whether `target += …` and `target: …` may be.
    fn single_target(&self, target: &Expr) -> Result<(), Problem> {
        match target {
            Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) => Ok(()),
            other => {
                Err(self
                    .problem(other.range(), format!("only one name can stand here, not {}", describe(other))))
            }
        }
    }
}

fn is_redirected_print(value: &Expr) -> bool {
    let first = match value {
        Expr::Tuple(tuple) => tuple.elts.first(),
        other => Some(other),
    };
    match first {
        Some(Expr::BinOp(shift)) if shift.op == ast::Operator::RShift => {
            matches!(&*shift.left, Expr::Name(name) if name.id.as_str() == "print")
        }
        _ => false,
    }
}

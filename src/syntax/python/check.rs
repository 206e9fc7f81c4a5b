//! What the parser lets pass and Python refuses; f-strings put in their places on the way.
//!
//! The walk keeps its own stack: it needs no more of the thread's for a deep tree than for a flat one.

use super::Dialect;
use super::TextRange;
use super::ast;
use super::ast::Ranged;
use super::format_string;
use super::problem::Problem;
use super::tokens::Lexing;
use crate::syntax::python2::newer;

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
    Statement(&'t mut ast::Stmt),
    Expression(&'t mut ast::Expr),
    Pattern(&'t mut ast::Pattern),
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

fn end_of_future_imports(body: &[ast::Stmt]) -> u32 {
    let allowed = |(index, statement): &(usize, &ast::Stmt)| match statement {
        ast::Stmt::Expr(expression) => *index == 0 && expression.value.is_constant_expr(),
        ast::Stmt::ImportFrom(import) => is_future(import),
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

    fn body(&mut self, body: &'t mut [ast::Stmt], context: Context) {
        let context = Context { star: Star::Nothing, ..context };
        self.children.extend(body.iter_mut().map(|statement| (Node::Statement(statement), context)));
    }

    fn one(&mut self, expression: &'t mut ast::Expr, context: Context) {
        self.children.push((Node::Expression(expression), Context { star: Star::Nothing, ..context }));
    }

    fn starred(&mut self, expressions: impl IntoIterator<Item = &'t mut ast::Expr>, star: Star, context: Context) {
        let context = Context { star, ..context };
        self.children.extend(expressions.into_iter().map(|expression| (Node::Expression(expression), context)));
    }

    fn many(&mut self, expressions: impl IntoIterator<Item = &'t mut ast::Expr>, context: Context) {
        self.starred(expressions, Star::Nothing, context);
    }

    fn statement(&mut self, statement: &'t mut ast::Stmt, context: Context) -> Result<(), Problem> {
        use ast::Stmt::*;
        if self.lexing.dialect == Dialect::Python2
            && let Some((range, what)) = newer::in_statement(statement)
        {
            return Err(self.problem(range, format!("this is Python 3 syntax: {what}")));
        }
        self.refused_here(statement, context)?;
        match statement {
            FunctionDef(ast::StmtFunctionDef { args, body, decorator_list, returns, type_params, .. }) => {
                self.many(decorator_list, context);
                self.function(args, body, returns.as_deref_mut(), type_params, context, false);
            }
            AsyncFunctionDef(ast::StmtAsyncFunctionDef {
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
            ClassDef(class) => {
                self.many(&mut class.decorator_list, context);
                self.type_parameters(&mut class.type_params, context);
                self.starred(&mut class.bases, Star::Argument, context);
                self.many(class.keywords.iter_mut().map(|keyword| &mut keyword.value), context);
                let inside = Context { module: false, function: false, asynchronous: false, ..context };
                self.body(&mut class.body, Context { looping: false, ..inside });
            }
            Return(ast::StmtReturn { value, .. }) => self.many(value.as_deref_mut(), context),
            Delete(ast::StmtDelete { targets, .. }) => {
                for target in &*targets {
                    self.deletable(target)?;
                }
                self.many(targets, context);
            }
            Assign(ast::StmtAssign { targets, value, .. }) => {
                for target in &*targets {
                    self.assignable(target)?;
                }
                self.many(targets, context);
                self.one(value, context);
            }
            AugAssign(ast::StmtAugAssign { target, value, .. }) => {
                self.single_target(target)?;
                self.one(target, context);
                self.one(value, context);
            }
            AnnAssign(ast::StmtAnnAssign { target, annotation, value, .. }) => {
                self.single_target(target)?;
                self.one(target, context);
                self.one(annotation, context);
                self.many(value.as_deref_mut(), context);
            }
            For(ast::StmtFor { target, iter, body, orelse, .. })
            | AsyncFor(ast::StmtAsyncFor { target, iter, body, orelse, .. }) => {
                self.assignable(target)?;
                self.one(target, context);
                self.one(iter, context);
                self.body(body, Context { looping: true, ..context });
                self.body(orelse, context);
            }
            While(ast::StmtWhile { test, body, orelse, .. }) => {
                self.one(test, context);
                self.body(body, Context { looping: true, ..context });
                self.body(orelse, context);
            }
            If(ast::StmtIf { test, body, orelse, .. }) => {
                self.one(test, context);
                self.body(body, context);
                self.body(orelse, context);
            }
            With(ast::StmtWith { items, body, .. }) | AsyncWith(ast::StmtAsyncWith { items, body, .. }) => {
                for item in items {
                    if let Some(target) = &item.optional_vars {
                        self.assignable(target)?;
                    }
                    self.one(&mut item.context_expr, context);
                    self.many(item.optional_vars.as_deref_mut(), context);
                }
                self.body(body, context);
            }
            Match(ast::StmtMatch { subject, cases, .. }) => {
                self.starred([&mut **subject], Star::Element, context);
                for case in cases {
                    self.children.push((Node::Pattern(&mut case.pattern), context));
                    self.many(case.guard.as_deref_mut(), context);
                    self.body(&mut case.body, context);
                }
            }
            Raise(ast::StmtRaise { exc, cause, .. }) => {
                self.many(exc.as_deref_mut(), context);
                self.many(cause.as_deref_mut(), context);
            }
            Try(ast::StmtTry { body, handlers, orelse, finalbody, .. })
            | TryStar(ast::StmtTryStar { body, handlers, orelse, finalbody, .. }) => {
                self.body(body, context);
                self.handlers(handlers, context)?;
                self.body(orelse, context);
                self.body(finalbody, context);
            }
            Assert(ast::StmtAssert { test, msg, .. }) => {
                self.one(test, context);
                self.many(msg.as_deref_mut(), context);
            }
            Expr(ast::StmtExpr { value, .. }) => {
                self.facts.redirected_print |= is_redirected_print(value);
                self.one(value, context);
            }
            TypeAlias(alias) => {
                self.type_parameters(&mut alias.type_params, context);
                self.one(&mut alias.value, context);
            }
            Import(_) | ImportFrom(_) | Global(_) | Nonlocal(_) | Pass(_) | Break(_) | Continue(_) => {}
        }
        Ok(())
    }

    /// Statements that Python refuses at this place.
    fn refused_here(&self, statement: &ast::Stmt, context: Context) -> Result<(), Problem> {
        use ast::Stmt::*;
        let message = match statement {
            Return(_) if !context.function => "`return` outside a function",
            Break(_) if !context.looping => "`break` outside a loop",
            Continue(_) if !context.looping => "`continue` outside a loop",
            Nonlocal(_) if context.module => "`nonlocal` outside a function",
            AsyncFor(_) if !context.asynchronous => "`async for` outside an `async def`",
            AsyncWith(_) if !context.asynchronous => "`async with` outside an `async def`",
            ImportFrom(import) if is_future(import) && u32::from(import.range.end()) > self.future => {
                "a `__future__` import after other statements"
            }
            ImportFrom(import)
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
        body: &'t mut [ast::Stmt],
        returns: Option<&'t mut ast::Expr>,
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

    fn expression(&mut self, expression: &'t mut ast::Expr, context: Context) -> Result<(), Problem> {
        use ast::Expr::*;
        if let Constant(constant) = &*expression
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
            Name(_) | Constant(_) => {}
            BoolOp(ast::ExprBoolOp { values, .. }) | JoinedStr(ast::ExprJoinedStr { values, .. }) => {
                self.many(values, context);
            }
            NamedExpr(ast::ExprNamedExpr { target, value, .. }) => self.many([&mut **target, value], context),
            BinOp(ast::ExprBinOp { left, right, .. }) => self.many([&mut **left, right], context),
            UnaryOp(ast::ExprUnaryOp { operand: value, .. })
            | Await(ast::ExprAwait { value, .. })
            | YieldFrom(ast::ExprYieldFrom { value, .. })
            | Attribute(ast::ExprAttribute { value, .. })
            | Starred(ast::ExprStarred { value, .. }) => self.one(value, context),
            Yield(ast::ExprYield { value, .. }) => self.many(value.as_deref_mut(), context),
            Lambda(ast::ExprLambda { args, body, .. }) => {
                self.parameters(args, context);
                self.one(body, Context { module: false, function: true, asynchronous: false, ..context });
            }
            IfExp(ast::ExprIfExp { test, body, orelse, .. }) => {
                self.many([&mut **test, body, orelse], context);
            }
            Dict(ast::ExprDict { keys, values, .. }) => {
                self.many(keys.iter_mut().flatten(), context);
                self.many(values, context);
            }
            Set(ast::ExprSet { elts, .. })
            | List(ast::ExprList { elts, .. })
            | Tuple(ast::ExprTuple { elts, .. }) => self.starred(elts, Star::Element, context),
            ListComp(ast::ExprListComp { elt, generators, .. })
            | SetComp(ast::ExprSetComp { elt, generators, .. })
            | GeneratorExp(ast::ExprGeneratorExp { elt, generators, .. }) => {
                self.comprehensions(generators, context)?;
                self.one(elt, context);
            }
            DictComp(ast::ExprDictComp { key, value, generators, .. }) => {
                self.comprehensions(generators, context)?;
                self.many([&mut **key, value], context);
            }
            Compare(ast::ExprCompare { left, comparators, .. }) => {
                self.one(left, context);
                self.many(comparators, context);
            }
            Call(ast::ExprCall { func, args, keywords, .. }) => {
                self.one(func, context);
                self.starred(args, Star::Argument, context);
                self.many(keywords.iter_mut().map(|keyword| &mut keyword.value), context);
            }
            FormattedValue(ast::ExprFormattedValue { value, format_spec, .. }) => {
                self.one(value, context);
                self.many(format_spec.as_deref_mut(), context);
            }
            Subscript(ast::ExprSubscript { value, slice, .. }) => {
                self.one(value, context);
                self.starred([&mut **slice], Star::Element, context);
            }
            Slice(ast::ExprSlice { lower, upper, step, .. }) => {
                self.many([lower, upper, step].into_iter().filter_map(|part| part.as_deref_mut()), context);
            }
        }
        Ok(())
    }

    fn refused_expression(&self, expression: &ast::Expr, context: Context) -> Result<(), Problem> {
        use ast::Expr::*;
        let message = match expression {
            Yield(_) | YieldFrom(_) if !context.function => "`yield` outside a function",
            Await(_) if !context.asynchronous => "`await` outside an `async def`",
            Starred(_) if context.star == Star::Nothing => "`*` cannot stand here",
            Call(call) if call.args.len() + call.keywords.len() > 1 => {
                let bare = call.args.iter().find(|argument| match argument {
                    GeneratorExp(generator) => generator.range.start() == generator.elt.range().start(),
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

    fn comprehensions(&mut self, all: &'t mut [ast::Comprehension], context: Context) -> Result<(), Problem> {
        for comprehension in all {
            self.assignable(&comprehension.target)?;
            self.one(&mut comprehension.target, context);
            self.one(&mut comprehension.iter, context);
            self.many(&mut comprehension.ifs, context);
        }
        Ok(())
    }

    fn pattern(&mut self, pattern: &'t mut ast::Pattern, context: Context) {
        use ast::Pattern::*;
        let patterns = match pattern {
            MatchValue(ast::PatternMatchValue { value, .. }) => return self.one(value, context),
            MatchSequence(ast::PatternMatchSequence { patterns, .. })
            | MatchOr(ast::PatternMatchOr { patterns, .. }) => patterns,
            MatchMapping(ast::PatternMatchMapping { keys, patterns, .. }) => {
                self.many(keys, context);
                patterns
            }
            MatchClass(ast::PatternMatchClass { cls, patterns, kwd_patterns, .. }) => {
                self.one(cls, context);
                self.children.extend(kwd_patterns.iter_mut().map(|one| (Node::Pattern(one), context)));
                patterns
            }
            MatchAs(ast::PatternMatchAs { pattern: Some(pattern), .. }) => {
                return self.children.push((Node::Pattern(pattern), context));
            }
            MatchAs(_) | MatchStar(_) | MatchSingleton(_) => return,
        };
        self.children.extend(patterns.iter_mut().map(|one| (Node::Pattern(one), context)));
    }

    /// Whether `target = …` may be; brackets bound the recursion.
    fn assignable(&self, target: &ast::Expr) -> Result<(), Problem> {
        match target {
            ast::Expr::Name(_) | ast::Expr::Attribute(_) | ast::Expr::Subscript(_) => Ok(()),
            ast::Expr::Starred(starred) => self.assignable(&starred.value),
            ast::Expr::Tuple(ast::ExprTuple { elts, .. }) | ast::Expr::List(ast::ExprList { elts, .. }) => {
                if let Some(second) = elts.iter().filter(|element| element.is_starred_expr()).nth(1) {
                    return Err(self.problem(second.range(), "a second `*` in one assignment"));
                }
                elts.iter().try_for_each(|element| self.assignable(element))
            }
            other => Err(self.problem(other.range(), format!("cannot assign to {}", describe(other)))),
        }
    }

    fn deletable(&self, target: &ast::Expr) -> Result<(), Problem> {
        match target {
            ast::Expr::Name(_) | ast::Expr::Attribute(_) | ast::Expr::Subscript(_) => Ok(()),
            ast::Expr::Tuple(ast::ExprTuple { elts, .. }) | ast::Expr::List(ast::ExprList { elts, .. }) => {
                elts.iter().try_for_each(|element| self.deletable(element))
            }
            other => Err(self.problem(other.range(), format!("cannot delete {}", describe(other)))),
        }
    }

    /// Whether `target += …` and `target: …` may be.
    fn single_target(&self, target: &ast::Expr) -> Result<(), Problem> {
        match target {
            ast::Expr::Name(_) | ast::Expr::Attribute(_) | ast::Expr::Subscript(_) => Ok(()),
            other => Err(self.problem(other.range(), format!("only one name can stand here, not {}", describe(other)))),
        }
    }
}

fn is_redirected_print(value: &ast::Expr) -> bool {
    let first = match value {
        ast::Expr::Tuple(tuple) => tuple.elts.first(),
        other => Some(other),
    };
    match first {
        Some(ast::Expr::BinOp(shift)) if shift.op == ast::Operator::RShift => {
            matches!(&*shift.left, ast::Expr::Name(name) if name.id.as_str() == "print")
        }
        _ => false,
    }
}

fn describe(expression: &ast::Expr) -> &'static str {
    use ast::Expr::*;
    match expression {
        Call(_) => "a call",
        Constant(constant) => match constant.value {
            ast::Constant::Bool(true) => "`True`",
            ast::Constant::Bool(false) => "`False`",
            ast::Constant::None => "`None`",
            ast::Constant::Ellipsis => "`...`",
            _ => "a literal",
        },
        Compare(_) => "a comparison",
        Lambda(_) => "a lambda",
        IfExp(_) => "a conditional expression",
        JoinedStr(_) | FormattedValue(_) => "an f-string",
        Dict(_) => "a dictionary",
        Set(_) => "a set",
        ListComp(_) | SetComp(_) | DictComp(_) => "a comprehension",
        GeneratorExp(_) => "a generator expression",
        Await(_) => "an `await`",
        Yield(_) | YieldFrom(_) => "a `yield`",
        NamedExpr(_) => "a `:=`",
        Starred(_) => "a `*`",
        Tuple(_) => "a tuple",
        List(_) => "a list",
        _ => "an expression",
    }
}

//! The code of a function: its tree, and which names are its own.

use crate::syntax::python::ast;
use crate::text::{FileId, Span};
use std::collections::HashSet;
use std::sync::Arc;

/// A file's facts that every piece of code in it shares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileFacts {
    pub file: FileId,
    pub python2: bool,
    /// `from __future__ import division`.
    pub true_division: bool,
    /// Whether `import name` looks beside the importing file first, as Python 2 does unless told otherwise.
    pub looks_beside: bool,
    /// Where every span points when the text stands in no file of its own (`exec` of a computed string).
    pub stands_for: Option<Span>,
}

/// A function or lambda, read once however often it is defined or called.
#[derive(Clone, Debug)]
pub struct Code {
    pub facts: FileFacts,
    pub span: Span,
    pub name: Arc<str>,
    pub parameters: ast::Arguments,
    pub body: Vec<ast::Stmt>,
    pub generator: bool,
    /// A generator expression.
    pub is_expression: bool,
    /// A generator that can stop at each `yield` and go on there.
    pub stops: bool,
    pub names: Names,
}

/// The names that a function binds.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub locals: HashSet<String>,
    pub globals: HashSet<String>,
    pub nonlocals: HashSet<String>,
}

impl Code {
    pub fn of_function(facts: FileFacts, span: Span, def: &ast::StmtFunctionDef) -> Self {
        let names = names(&def.args, &def.body, facts.python2);
        let generator = yields(&def.body);
        let (parameters, body) = ((*def.args).clone(), def.body.clone());
        let stops = generator && super::generator::stops(&def.body);
        Self {
            facts,
            span,
            name: def.name.as_str().into(),
            parameters,
            body,
            generator,
            is_expression: false,
            stops,
            names,
        }
    }

    pub fn of_lambda(facts: FileFacts, span: Span, lambda: &ast::ExprLambda) -> Self {
        let value = Some(lambda.body.clone());
        let body = vec![ast::Stmt::Return(ast::StmtReturn { range: lambda.range, value })];
        let names = names(&lambda.args, &body, facts.python2);
        let parameters = (*lambda.args).clone();
        let generator = yields(&body);
        let stops = generator && super::generator::stops(&body);
        Self {
            facts,
            span,
            name: "<lambda>".into(),
            parameters,
            body,
            generator,
            is_expression: false,
            stops,
            names,
        }
    }

    /// Every parameter with a name of its own: positional, then keyword-only.
    pub fn named_parameters(&self) -> impl Iterator<Item = &ast::ArgWithDefault> {
        self.parameters.posonlyargs.iter().chain(&self.parameters.args).chain(&self.parameters.kwonlyargs)
    }
}

/// The string literal that opens a body.
pub fn docstring(body: &[ast::Stmt]) -> Option<&str> {
    match body.first() {
        Some(ast::Stmt::Expr(statement)) => match &*statement.value {
            ast::Expr::Constant(constant) => match &constant.value {
                ast::Constant::Str(text) => Some(text),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Whether a module says `from __future__ import name`.
pub fn imports_future(body: &[ast::Stmt], name: &str) -> bool {
    body.iter().any(|statement| match statement {
        ast::Stmt::ImportFrom(import) => {
            import.module.as_ref().is_some_and(|module| module.as_str() == "__future__")
                && import.names.iter().any(|alias| alias.name.as_str() == name)
        }
        _ => false,
    })
}

fn names(parameters: &ast::Arguments, body: &[ast::Stmt], python2: bool) -> Names {
    let mut found = Names::default();
    let named = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
    found.locals.extend(named.map(|argument| argument.def.arg.to_string()));
    let starred = parameters.vararg.iter().chain(&parameters.kwarg);
    found.locals.extend(starred.map(|argument| argument.arg.to_string()));
    bound_names(body, python2, &mut found);
    for outer in found.globals.iter().chain(&found.nonlocals) {
        found.locals.remove(outer);
    }
    found
}

/// Collects the names that statements bind in the scope they stand in.
pub fn bound_names(body: &[ast::Stmt], python2: bool, found: &mut Names) {
    for statement in body {
        match statement {
            ast::Stmt::FunctionDef(def) => {
                found.locals.insert(def.name.to_string());
            }
            ast::Stmt::AsyncFunctionDef(def) => {
                found.locals.insert(def.name.to_string());
            }
            ast::Stmt::ClassDef(def) => {
                found.locals.insert(def.name.to_string());
            }
            ast::Stmt::Import(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    found.locals.insert(name.split('.').next().unwrap_or_default().to_owned());
                }
            }
            ast::Stmt::ImportFrom(import) => {
                let names = import.names.iter().map(|alias| alias.asname.as_ref().unwrap_or(&alias.name));
                found.locals.extend(names.map(ToString::to_string));
            }
            ast::Stmt::Global(global) => found.globals.extend(global.names.iter().map(ToString::to_string)),
            ast::Stmt::Nonlocal(nonlocal) => {
                found.nonlocals.extend(nonlocal.names.iter().map(ToString::to_string));
            }
            ast::Stmt::Match(statement) => {
                for case in &statement.cases {
                    pattern_names(&case.pattern, found);
                }
            }
            ast::Stmt::Try(statement) => {
                for ast::ExceptHandler::ExceptHandler(handler) in &statement.handlers {
                    found.locals.extend(handler.name.iter().map(ToString::to_string));
                }
            }
            _ => {}
        }
        for_each_target(statement, &mut |target| target_names(target, found));
        for_each_expression(statement, &mut |expression| {
            walk(expression, &mut |inner| match inner {
                ast::Expr::NamedExpr(named) => target_names(&named.target, found),
                ast::Expr::ListComp(list) if python2 => {
                    for generator in &list.generators {
                        target_names(&generator.target, found);
                    }
                }
                _ => {}
            });
        });
        for_each_block(statement, &mut |block| bound_names(block, python2, found));
    }
}

fn pattern_names(pattern: &ast::Pattern, found: &mut Names) {
    let mut add = |name: &Option<ast::Identifier>| found.locals.extend(name.iter().map(ToString::to_string));
    match pattern {
        ast::Pattern::MatchStar(star) => add(&star.name),
        ast::Pattern::MatchAs(inner) => {
            add(&inner.name);
            inner.pattern.iter().for_each(|pattern| pattern_names(pattern, found));
        }
        ast::Pattern::MatchMapping(mapping) => {
            add(&mapping.rest);
            mapping.patterns.iter().for_each(|pattern| pattern_names(pattern, found));
        }
        ast::Pattern::MatchSequence(inner) => inner.patterns.iter().for_each(|p| pattern_names(p, found)),
        ast::Pattern::MatchOr(inner) => inner.patterns.iter().for_each(|p| pattern_names(p, found)),
        ast::Pattern::MatchClass(class) => {
            class.patterns.iter().chain(&class.kwd_patterns).for_each(|p| pattern_names(p, found));
        }
        ast::Pattern::MatchValue(_) | ast::Pattern::MatchSingleton(_) => {}
    }
}

fn target_names(target: &ast::Expr, found: &mut Names) {
    match target {
        ast::Expr::Name(name) => {
            found.locals.insert(name.id.to_string());
        }
        ast::Expr::Tuple(tuple) => tuple.elts.iter().for_each(|item| target_names(item, found)),
        ast::Expr::List(list) => list.elts.iter().for_each(|item| target_names(item, found)),
        ast::Expr::Starred(starred) => target_names(&starred.value, found),
        _ => {}
    }
}

/// The targets that a statement binds directly.
pub fn for_each_target(statement: &ast::Stmt, visit: &mut impl FnMut(&ast::Expr)) {
    match statement {
        ast::Stmt::Assign(assign) => assign.targets.iter().for_each(visit),
        ast::Stmt::AugAssign(assign) => visit(&assign.target),
        ast::Stmt::AnnAssign(assign) => visit(&assign.target),
        ast::Stmt::For(statement) => visit(&statement.target),
        ast::Stmt::AsyncFor(statement) => visit(&statement.target),
        ast::Stmt::Delete(delete) => delete.targets.iter().for_each(visit),
        ast::Stmt::With(with) => with.items.iter().filter_map(|i| i.optional_vars.as_deref()).for_each(visit),
        ast::Stmt::AsyncWith(with) => {
            with.items.iter().filter_map(|i| i.optional_vars.as_deref()).for_each(visit);
        }
        _ => {}
    }
}

/// The expressions that a statement evaluates itself, in the scope it stands in.
pub fn for_each_expression<'a>(statement: &'a ast::Stmt, visit: &mut impl FnMut(&'a ast::Expr)) {
    match statement {
        ast::Stmt::FunctionDef(def) => def.decorator_list.iter().for_each(visit),
        ast::Stmt::ClassDef(def) => def.decorator_list.iter().chain(&def.bases).for_each(visit),
        ast::Stmt::Return(statement) => statement.value.iter().for_each(|value| visit(value)),
        ast::Stmt::Assign(assign) => {
            assign.targets.iter().for_each(&mut *visit);
            visit(&assign.value);
        }
        ast::Stmt::AugAssign(assign) => {
            visit(&assign.target);
            visit(&assign.value);
        }
        ast::Stmt::AnnAssign(assign) => assign.value.iter().for_each(|value| visit(value)),
        ast::Stmt::For(statement) => visit(&statement.iter),
        ast::Stmt::While(statement) => visit(&statement.test),
        ast::Stmt::If(statement) => visit(&statement.test),
        ast::Stmt::With(with) => with.items.iter().for_each(|item| visit(&item.context_expr)),
        ast::Stmt::Match(statement) => {
            visit(&statement.subject);
            statement.cases.iter().filter_map(|case| case.guard.as_deref()).for_each(visit);
        }
        ast::Stmt::Raise(raise) => raise.exc.iter().chain(&raise.cause).for_each(|value| visit(value)),
        ast::Stmt::Assert(assert) => {
            visit(&assert.test);
            assert.msg.iter().for_each(|value| visit(value));
        }
        ast::Stmt::Expr(statement) => visit(&statement.value),
        ast::Stmt::Delete(delete) => delete.targets.iter().for_each(visit),
        _ => {}
    }
}

/// The blocks of a statement that run in the scope it stands in.
pub fn for_each_block<'a>(statement: &'a ast::Stmt, visit: &mut impl FnMut(&'a [ast::Stmt])) {
    match statement {
        ast::Stmt::For(inner) => [&inner.body, &inner.orelse].into_iter().for_each(|b| visit(b)),
        ast::Stmt::AsyncFor(inner) => [&inner.body, &inner.orelse].into_iter().for_each(|b| visit(b)),
        ast::Stmt::While(inner) => [&inner.body, &inner.orelse].into_iter().for_each(|b| visit(b)),
        ast::Stmt::If(inner) => [&inner.body, &inner.orelse].into_iter().for_each(|b| visit(b)),
        ast::Stmt::With(inner) => visit(&inner.body),
        ast::Stmt::AsyncWith(inner) => visit(&inner.body),
        ast::Stmt::Match(inner) => inner.cases.iter().for_each(|case| visit(&case.body)),
        ast::Stmt::Try(inner) => {
            visit(&inner.body);
            for ast::ExceptHandler::ExceptHandler(handler) in &inner.handlers {
                visit(&handler.body);
            }
            visit(&inner.orelse);
            visit(&inner.finalbody);
        }
        _ => {}
    }
}

/// Visits an expression and what it holds, lambdas' bodies excepted.
pub fn walk<'a>(expression: &'a ast::Expr, visit: &mut dyn FnMut(&'a ast::Expr)) {
    visit(expression);
    let mut all = |items: &'a [ast::Expr]| items.iter().for_each(|item| walk(item, visit));
    match expression {
        ast::Expr::BoolOp(inner) => all(&inner.values),
        ast::Expr::Set(inner) => all(&inner.elts),
        ast::Expr::List(inner) => all(&inner.elts),
        ast::Expr::Tuple(inner) => all(&inner.elts),
        ast::Expr::JoinedStr(inner) => all(&inner.values),
        ast::Expr::Dict(inner) => {
            all(&inner.values);
            inner.keys.iter().flatten().for_each(|key| walk(key, visit));
        }
        ast::Expr::Call(inner) => {
            all(&inner.args);
            walk(&inner.func, visit);
            inner.keywords.iter().for_each(|keyword| walk(&keyword.value, visit));
        }
        ast::Expr::Compare(inner) => {
            all(&inner.comparators);
            walk(&inner.left, visit);
        }
        ast::Expr::ListComp(inner) => walk_comprehension(&[&inner.elt], &inner.generators, visit),
        ast::Expr::SetComp(inner) => walk_comprehension(&[&inner.elt], &inner.generators, visit),
        ast::Expr::GeneratorExp(inner) => walk_comprehension(&[&inner.elt], &inner.generators, visit),
        ast::Expr::DictComp(inner) => {
            walk_comprehension(&[&inner.key, &inner.value], &inner.generators, visit);
        }
        other => parts(other).into_iter().flatten().for_each(|part| walk(part, visit)),
    }
}

fn walk_comprehension<'a>(
    items: &[&'a ast::Expr],
    generators: &'a [ast::Comprehension],
    visit: &mut dyn FnMut(&'a ast::Expr),
) {
    for item in items {
        walk(item, visit);
    }
    for generator in generators {
        walk(&generator.iter, visit);
        for condition in &generator.ifs {
            walk(condition, visit);
        }
    }
}

/// The parts of expressions that hold a fixed number of others.
fn parts(expression: &ast::Expr) -> [Option<&ast::Expr>; 3] {
    match expression {
        ast::Expr::NamedExpr(inner) => [Some(&inner.value), None, None],
        ast::Expr::BinOp(inner) => [Some(&inner.left), Some(&inner.right), None],
        ast::Expr::UnaryOp(inner) => [Some(&inner.operand), None, None],
        ast::Expr::IfExp(inner) => [Some(&inner.test), Some(&inner.body), Some(&inner.orelse)],
        ast::Expr::Await(inner) => [Some(&inner.value), None, None],
        ast::Expr::Yield(inner) => [inner.value.as_deref(), None, None],
        ast::Expr::YieldFrom(inner) => [Some(&inner.value), None, None],
        ast::Expr::FormattedValue(inner) => [Some(&inner.value), inner.format_spec.as_deref(), None],
        ast::Expr::Attribute(inner) => [Some(&inner.value), None, None],
        ast::Expr::Subscript(inner) => [Some(&inner.value), Some(&inner.slice), None],
        ast::Expr::Starred(inner) => [Some(&inner.value), None, None],
        ast::Expr::Slice(inner) => [inner.lower.as_deref(), inner.upper.as_deref(), inner.step.as_deref()],
        _ => [None, None, None],
    }
}

/// Whether a body yields, nested functions aside.
pub fn yields(body: &[ast::Stmt]) -> bool {
    let mut found = false;
    for statement in body {
        for_each_expression(statement, &mut |expression| {
            walk(expression, &mut |inner| {
                found |= matches!(inner, ast::Expr::Yield(_) | ast::Expr::YieldFrom(_));
            });
        });
        for_each_block(statement, &mut |block| found |= yields(block));
    }
    found
}

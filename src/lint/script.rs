//! setup.py as rules see it: its tree, walked once over statements and expressions.

use super::Context;
use crate::eval::code::{for_each_block, for_each_expression, walk};
use crate::syntax::python::{self, Dialect, PythonFile, ast};
use crate::text::{FileId, Sources, Span};
use ast::Ranged;

/// A parsed setup.py.
#[derive(Debug)]
pub struct Script {
    pub file: FileId,
    pub python: PythonFile,
}

/// A statement, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    pub statement: &'a ast::Stmt,
    /// In a branch, a loop, a `try` or its handlers: it may not run.
    pub guarded: bool,
    /// In a function or class.
    pub nested: bool,
    /// In a branch that the words of the command line decide about.
    pub by_argv: bool,
}

/// An import.
#[derive(Clone, Debug)]
pub struct Import<'a> {
    /// The module, dotted.
    pub module: &'a str,
    /// What is taken from it; empty for `import module`.
    pub names: Vec<&'a str>,
    pub span: Span,
    pub seen: Seen<'a>,
}

impl Script {
    /// Parses setup.py, when it was read and is Python.
    pub(super) fn read(sources: &Sources) -> Option<Self> {
        let file = sources.find("setup.py")?;
        let python = python::parse_either(sources, file, Dialect::Python3).ok()?;
        Some(Self { file, python })
    }

    /// Every statement, those of functions and classes too, in order.
    pub fn statements(&self) -> Vec<Seen<'_>> {
        let mut all = Vec::new();
        let top = Surroundings { guarded: false, nested: false, by_argv: false };
        block(&self.python.body, top, &mut all);
        all
    }

    /// Every expression of every statement, with the statement.
    pub fn expressions(&self) -> Vec<(&ast::Expr, Seen<'_>)> {
        let mut all = Vec::new();
        for seen in self.statements() {
            for_each_expression(seen.statement, &mut |expression| {
                walk(expression, &mut |inner| all.push((inner, seen)));
            });
        }
        all
    }

    /// Every call, with its dotted name as written (`os.path.join`), empty for what is no name.
    pub fn calls(&self) -> Vec<(&ast::ExprCall, String, Seen<'_>)> {
        let calls = self.expressions().into_iter().filter_map(|(expression, seen)| match expression {
            ast::Expr::Call(call) => Some((call, dotted(&call.func).unwrap_or_default(), seen)),
            _ => None,
        });
        calls.collect()
    }

    pub fn imports(&self) -> Vec<Import<'_>> {
        let mut all = Vec::new();
        for seen in self.statements() {
            let span = self.span(seen.statement);
            match seen.statement {
                ast::Stmt::Import(import) => {
                    let each = import.names.iter().map(|alias| Import {
                        module: alias.name.as_str(),
                        names: Vec::new(),
                        span: self.span(alias),
                        seen,
                    });
                    all.extend(each);
                }
                ast::Stmt::ImportFrom(import) if import.level.is_none_or(|level| level.to_u32() == 0) => {
                    let Some(module) = &import.module else { continue };
                    let names = import.names.iter().map(|alias| alias.name.as_str()).collect();
                    all.push(Import { module: module.as_str(), names, span, seen });
                }
                _ => {}
            }
        }
        all
    }

    /// The span of a node.
    pub fn span(&self, node: &impl Ranged) -> Span {
        python::span(self.file, node.range())
    }
}

/// What statements stand in.
#[derive(Clone, Copy)]
struct Surroundings {
    guarded: bool,
    nested: bool,
    by_argv: bool,
}

fn block<'a>(body: &'a [ast::Stmt], around: Surroundings, all: &mut Vec<Seen<'a>>) {
    let Surroundings { guarded, nested, by_argv } = around;
    let inside = Surroundings { nested: true, ..around };
    for statement in body {
        all.push(Seen { statement, guarded, nested, by_argv });
        match statement {
            ast::Stmt::FunctionDef(def) => block(&def.body, inside, all),
            ast::Stmt::AsyncFunctionDef(def) => block(&def.body, inside, all),
            ast::Stmt::ClassDef(def) => block(&def.body, inside, all),
            ast::Stmt::With(with) => block(&with.body, around, all),
            other => {
                let by_argv =
                    by_argv || matches!(other, ast::Stmt::If(branch) if looks_at_argv(&branch.test));
                let around = Surroundings { guarded: true, nested, by_argv };
                for_each_block(other, &mut |inner| block(inner, around, all));
            }
        }
    }
}

fn looks_at_argv(test: &ast::Expr) -> bool {
    let mut found = false;
    walk(test, &mut |inner| {
        found |= match inner {
            ast::Expr::Name(name) => name.id.as_str() == "argv",
            ast::Expr::Attribute(attribute) => attribute.attr.as_str() == "argv",
            _ => false,
        };
    });
    found
}

/// `a.b.c` of names and attributes.
pub fn dotted(expression: &ast::Expr) -> Option<String> {
    match expression {
        ast::Expr::Name(name) => Some(name.id.to_string()),
        ast::Expr::Attribute(attribute) => {
            Some(format!("{}.{}", dotted(&attribute.value)?, attribute.attr.as_str()))
        }
        _ => None,
    }
}

impl Context<'_> {
    /// The call of `setup()` in setup.py, when it is written there.
    pub fn written_call(&self) -> Option<&ast::ExprCall> {
        let script = self.script.as_ref()?;
        let (_, call) = self.call()?;
        let found = script.calls().into_iter().map(|(call, ..)| call);
        found.into_iter().find(|written| script.span(*written) == call.span)
    }

    /// An argument of the call, as it is written there.
    pub fn argument(&self, name: &str) -> Option<&ast::Keyword> {
        let call = self.written_call()?;
        call.keywords.iter().find(|keyword| keyword.arg.as_ref().is_some_and(|arg| arg.as_str() == name))
    }
}

//! Statements as nodes.

use super::super::node;
use super::{Made, Maker, Parts};
use crate::eval::{Raised, Value};
use crate::syntax::python::ast;
use ast::Ranged;

impl Maker<'_, '_> {
    pub(super) fn stmt(&mut self, statement: &ast::Stmt) -> Made {
        let (name, fields) = self.definition(statement)?;
        self.placed(name, statement.range(), fields)
    }

    /// Functions and classes; the others below.
    fn definition(&mut self, statement: &ast::Stmt) -> Result<Parts, Raised> {
        use ast::Stmt;
        Ok(match statement {
            Stmt::FunctionDef(def) => {
                let arguments = self.arguments(&def.args)?;
                let (body, decorators) = (self.statements(&def.body)?, self.exprs(&def.decorator_list)?);
                let returns = self.option(def.returns.as_deref())?;
                let name = self.text(def.name.as_str());
                (
                    "FunctionDef",
                    vec![
                        ("name", name),
                        ("args", arguments),
                        ("body", body),
                        ("decorator_list", decorators),
                        ("returns", returns),
                    ],
                )
            }
            Stmt::AsyncFunctionDef(def) => {
                let arguments = self.arguments(&def.args)?;
                let (body, decorators) = (self.statements(&def.body)?, self.exprs(&def.decorator_list)?);
                let returns = self.option(def.returns.as_deref())?;
                let name = self.text(def.name.as_str());
                (
                    "AsyncFunctionDef",
                    vec![
                        ("name", name),
                        ("args", arguments),
                        ("body", body),
                        ("decorator_list", decorators),
                        ("returns", returns),
                    ],
                )
            }
            Stmt::ClassDef(def) => {
                let (bases, keywords) = (self.exprs(&def.bases)?, self.list(&def.keywords, Self::keyword)?);
                let (body, decorators) = (self.statements(&def.body)?, self.exprs(&def.decorator_list)?);
                let name = self.text(def.name.as_str());
                (
                    "ClassDef",
                    vec![
                        ("name", name),
                        ("bases", bases),
                        ("keywords", keywords),
                        ("body", body),
                        ("decorator_list", decorators),
                    ],
                )
            }
            _ => return self.block(statement),
        })
    }

    /// Statements with a block.
    fn block(&mut self, statement: &ast::Stmt) -> Result<Parts, Raised> {
        use ast::Stmt;
        Ok(match statement {
            Stmt::For(inner) => {
                let (target, iter) = (self.expr(&inner.target)?, self.expr(&inner.iter)?);
                (
                    "For",
                    vec![
                        ("target", target),
                        ("iter", iter),
                        ("body", self.statements(&inner.body)?),
                        ("orelse", self.statements(&inner.orelse)?),
                    ],
                )
            }
            Stmt::While(inner) => (
                "While",
                vec![
                    ("test", self.expr(&inner.test)?),
                    ("body", self.statements(&inner.body)?),
                    ("orelse", self.statements(&inner.orelse)?),
                ],
            ),
            Stmt::If(inner) => (
                "If",
                vec![
                    ("test", self.expr(&inner.test)?),
                    ("body", self.statements(&inner.body)?),
                    ("orelse", self.statements(&inner.orelse)?),
                ],
            ),
            Stmt::With(inner) if !self.cx.is_python2() => (
                "With",
                vec![
                    ("items", self.list(&inner.items, Self::with_item)?),
                    ("body", self.statements(&inner.body)?),
                ],
            ),
            Stmt::Try(inner) if !self.cx.is_python2() || inner.finalbody.is_empty() => {
                let handlers = self.list(&inner.handlers, Self::handler)?;
                let mut fields = vec![
                    ("body", self.statements(&inner.body)?),
                    ("handlers", handlers),
                    ("orelse", self.statements(&inner.orelse)?),
                ];
                if self.cx.is_python2() {
                    ("TryExcept", fields)
                } else {
                    fields.push(("finalbody", self.statements(&inner.finalbody)?));
                    ("Try", fields)
                }
            }
            _ => return self.simple(statement),
        })
    }

    /// Statements of one line that hold expressions.
    fn simple(&mut self, statement: &ast::Stmt) -> Result<Parts, Raised> {
        use ast::Stmt;
        Ok(match statement {
            Stmt::Return(inner) => ("Return", vec![("value", self.option(inner.value.as_deref())?)]),
            Stmt::Delete(inner) => ("Delete", vec![("targets", self.exprs(&inner.targets)?)]),
            Stmt::Assign(inner) => (
                "Assign",
                vec![("targets", self.exprs(&inner.targets)?), ("value", self.expr(&inner.value)?)],
            ),
            Stmt::AugAssign(inner) => {
                let op = self.bare(format!("{:?}", inner.op));
                (
                    "AugAssign",
                    vec![
                        ("target", self.expr(&inner.target)?),
                        ("op", op),
                        ("value", self.expr(&inner.value)?),
                    ],
                )
            }
            Stmt::AnnAssign(inner) => {
                let (target, annotation) = (self.expr(&inner.target)?, self.expr(&inner.annotation)?);
                let value = self.option(inner.value.as_deref())?;
                (
                    "AnnAssign",
                    vec![
                        ("target", target),
                        ("annotation", annotation),
                        ("value", value),
                        ("simple", Value::int(i64::from(inner.simple))),
                    ],
                )
            }
            Stmt::Raise(inner) if !self.cx.is_python2() => (
                "Raise",
                vec![
                    ("exc", self.option(inner.exc.as_deref())?),
                    ("cause", self.option(inner.cause.as_deref())?),
                ],
            ),
            Stmt::Assert(inner) => (
                "Assert",
                vec![("test", self.expr(&inner.test)?), ("msg", self.option(inner.msg.as_deref())?)],
            ),
            Stmt::Expr(inner) => ("Expr", vec![("value", self.expr(&inner.value)?)]),
            _ => return self.named(statement),
        })
    }

    /// Statements that hold names at most.
    fn named(&mut self, statement: &ast::Stmt) -> Result<Parts, Raised> {
        use ast::Stmt;
        Ok(match statement {
            Stmt::Import(inner) => ("Import", vec![("names", self.list(&inner.names, Self::alias)?)]),
            Stmt::ImportFrom(inner) => {
                let level = inner.level.map_or(0, |level| i64::from(level.to_u32()));
                (
                    "ImportFrom",
                    vec![
                        ("module", self.name(inner.module.as_ref())),
                        ("names", self.list(&inner.names, Self::alias)?),
                        ("level", Value::int(level)),
                    ],
                )
            }
            Stmt::Global(inner) => ("Global", vec![("names", self.identifiers(&inner.names))]),
            Stmt::Nonlocal(inner) => ("Nonlocal", vec![("names", self.identifiers(&inner.names))]),
            Stmt::Pass(_) => ("Pass", vec![]),
            Stmt::Break(_) => ("Break", vec![]),
            Stmt::Continue(_) => ("Continue", vec![]),
            _ => return Err(self.not_modelled()),
        })
    }

    fn identifiers(&mut self, names: &[ast::Identifier]) -> Value {
        let names = names.iter().map(|name| self.cx.native_text(name.as_str())).collect();
        self.cx.list(names)
    }

    fn handler(&mut self, handler: &ast::ExceptHandler) -> Made {
        let ast::ExceptHandler::ExceptHandler(handler) = handler;
        if self.cx.is_python2() && handler.name.is_some() {
            return Err(self.not_modelled());
        }
        let fields = vec![
            ("type", self.option(handler.type_.as_deref())?),
            ("name", self.name(handler.name.as_ref())),
            ("body", self.statements(&handler.body)?),
        ];
        self.placed("ExceptHandler", handler.range, fields)
    }

    fn with_item(&mut self, item: &ast::WithItem) -> Made {
        let fields = vec![
            ("context_expr", self.expr(&item.context_expr)?),
            ("optional_vars", self.option(item.optional_vars.as_deref())?),
        ];
        Ok(self.make(node::class("withitem"), fields))
    }

    fn alias(&mut self, alias: &ast::Alias) -> Made {
        let fields =
            vec![("name", self.text(alias.name.as_str())), ("asname", self.name(alias.asname.as_ref()))];
        self.placed("alias", alias.range, fields)
    }
}

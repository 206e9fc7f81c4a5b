//! Expressions as nodes.

use super::super::node::{self, Kind};
use super::{Made, Maker, Parts, constant};
use crate::eval::{Raised, Value};
use crate::syntax::python::ast;
use ast::{Expr, Ranged};
use std::sync::Arc;

impl Maker<'_, '_> {
    pub(super) fn expr(&mut self, expression: &ast::Expr) -> Made {
        match expression {
            Expr::Constant(inner) => return self.constant_node(inner, expression),
            Expr::Call(inner) if self.cx.is_python2() => return self.python2_call(inner),
            _ => {}
        }
        let (name, fields) = self.display(expression)?;
        let range = expression.range();
        let made = self.placed(name, range, fields)?;
        if matches!(
            expression,
            Expr::Tuple(_)
                | Expr::List(_)
                | Expr::Dict(_)
                | Expr::Set(_)
                | Expr::UnaryOp(_)
                | Expr::BinOp(_)
                | Expr::Name(_)
        ) {
            // For `literal_eval`.
            self.cx.charge_bytes(usize::from(range.len()))?;
            self.cx.carry(&made, Arc::new(expression.clone()));
        }
        Ok(made)
    }

    /// Displays, comprehensions, format strings; the others below.
    fn display(&mut self, expression: &ast::Expr) -> Result<Parts, Raised> {
        Ok(match expression {
            Expr::Dict(inner) => {
                let keys = self.list(&inner.keys, |this, key| this.option(key.as_ref()))?;
                ("Dict", vec![("keys", keys), ("values", self.exprs(&inner.values)?)])
            }
            Expr::Set(inner) => ("Set", vec![("elts", self.exprs(&inner.elts)?)]),
            Expr::ListComp(inner) => (
                "ListComp",
                vec![
                    ("elt", self.expr(&inner.elt)?),
                    ("generators", self.list(&inner.generators, Self::comprehension)?),
                ],
            ),
            Expr::SetComp(inner) => (
                "SetComp",
                vec![
                    ("elt", self.expr(&inner.elt)?),
                    ("generators", self.list(&inner.generators, Self::comprehension)?),
                ],
            ),
            Expr::GeneratorExp(inner) => (
                "GeneratorExp",
                vec![
                    ("elt", self.expr(&inner.elt)?),
                    ("generators", self.list(&inner.generators, Self::comprehension)?),
                ],
            ),
            Expr::DictComp(inner) => (
                "DictComp",
                vec![
                    ("key", self.expr(&inner.key)?),
                    ("value", self.expr(&inner.value)?),
                    ("generators", self.list(&inner.generators, Self::comprehension)?),
                ],
            ),
            Expr::JoinedStr(inner) => ("JoinedStr", vec![("values", self.exprs(&inner.values)?)]),
            Expr::FormattedValue(inner) => {
                let conversion = Value::int(inner.conversion as i64);
                (
                    "FormattedValue",
                    vec![
                        ("value", self.expr(&inner.value)?),
                        ("conversion", conversion),
                        ("format_spec", self.option(inner.format_spec.as_deref())?),
                    ],
                )
            }
            Expr::List(inner) => {
                ("List", vec![("elts", self.exprs(&inner.elts)?), ("ctx", self.context(inner.ctx))])
            }
            Expr::Tuple(inner) => {
                ("Tuple", vec![("elts", self.exprs(&inner.elts)?), ("ctx", self.context(inner.ctx))])
            }
            _ => return self.operation(expression),
        })
    }

    /// Operators and what is like them.
    fn operation(&mut self, expression: &ast::Expr) -> Result<Parts, Raised> {
        Ok(match expression {
            Expr::BoolOp(inner) => {
                let op = self.bare(format!("{:?}", inner.op));
                ("BoolOp", vec![("op", op), ("values", self.exprs(&inner.values)?)])
            }
            Expr::NamedExpr(inner) => (
                "NamedExpr",
                vec![("target", self.expr(&inner.target)?), ("value", self.expr(&inner.value)?)],
            ),
            Expr::BinOp(inner) => {
                let op = self.bare(format!("{:?}", inner.op));
                (
                    "BinOp",
                    vec![("left", self.expr(&inner.left)?), ("op", op), ("right", self.expr(&inner.right)?)],
                )
            }
            Expr::UnaryOp(inner) => {
                let op = self.bare(format!("{:?}", inner.op));
                ("UnaryOp", vec![("op", op), ("operand", self.expr(&inner.operand)?)])
            }
            Expr::Lambda(inner) => {
                ("Lambda", vec![("args", self.arguments(&inner.args)?), ("body", self.expr(&inner.body)?)])
            }
            Expr::IfExp(inner) => (
                "IfExp",
                vec![
                    ("test", self.expr(&inner.test)?),
                    ("body", self.expr(&inner.body)?),
                    ("orelse", self.expr(&inner.orelse)?),
                ],
            ),
            Expr::Await(inner) => ("Await", vec![("value", self.expr(&inner.value)?)]),
            Expr::Yield(inner) => ("Yield", vec![("value", self.option(inner.value.as_deref())?)]),
            Expr::YieldFrom(inner) => ("YieldFrom", vec![("value", self.expr(&inner.value)?)]),
            Expr::Compare(inner) => {
                let ops = self.list(&inner.ops, |this, op| Ok(this.bare(format!("{op:?}"))))?;
                (
                    "Compare",
                    vec![
                        ("left", self.expr(&inner.left)?),
                        ("ops", ops),
                        ("comparators", self.exprs(&inner.comparators)?),
                    ],
                )
            }
            _ => return self.reference(expression),
        })
    }

    /// Names, parts of values, calls.
    fn reference(&mut self, expression: &ast::Expr) -> Result<Parts, Raised> {
        Ok(match expression {
            Expr::Call(inner) => (
                "Call",
                vec![
                    ("func", self.expr(&inner.func)?),
                    ("args", self.exprs(&inner.args)?),
                    ("keywords", self.list(&inner.keywords, Self::keyword)?),
                ],
            ),
            Expr::Attribute(inner) => (
                "Attribute",
                vec![
                    ("value", self.expr(&inner.value)?),
                    ("attr", self.text(inner.attr.as_str())),
                    ("ctx", self.context(inner.ctx)),
                ],
            ),
            Expr::Subscript(inner) if self.is_at_least_3_9() => (
                "Subscript",
                vec![
                    ("value", self.expr(&inner.value)?),
                    ("slice", self.expr(&inner.slice)?),
                    ("ctx", self.context(inner.ctx)),
                ],
            ),
            Expr::Subscript(inner) => {
                // Before 3.9 `Index` and `ExtSlice` stood between.
                let slice = self.cx.unknown_value("subscripts in `ast` before Python 3.9");
                (
                    "Subscript",
                    vec![
                        ("value", self.expr(&inner.value)?),
                        ("slice", slice),
                        ("ctx", self.context(inner.ctx)),
                    ],
                )
            }
            Expr::Starred(inner) => {
                ("Starred", vec![("value", self.expr(&inner.value)?), ("ctx", self.context(inner.ctx))])
            }
            Expr::Name(inner) => {
                ("Name", vec![("id", self.text(inner.id.as_str())), ("ctx", self.context(inner.ctx))])
            }
            Expr::Slice(inner) => {
                let (lower, upper) =
                    (self.option(inner.lower.as_deref())?, self.option(inner.upper.as_deref())?);
                (
                    "Slice",
                    vec![("lower", lower), ("upper", upper), ("step", self.option(inner.step.as_deref())?)],
                )
            }
            _ => return Err(self.not_modelled()),
        })
    }

    fn is_at_least_3_9(&mut self) -> bool {
        self.cx.at_least(9)
    }

    /// Python 2 keeps `*args` and `**kwargs` apart, and some statements are calls only to this parser.
    fn python2_call(&mut self, call: &ast::ExprCall) -> Made {
        if matches!(&*call.func, ast::Expr::Name(name) if name.id.as_str().starts_with("__spx_"))
            || call.args.iter().any(|arg| matches!(arg, ast::Expr::Starred(_)))
            || call.keywords.iter().any(|keyword| keyword.arg.is_none())
        {
            return Err(self.not_modelled());
        }
        let (func, args) = (self.expr(&call.func)?, self.exprs(&call.args)?);
        let keywords = self.list(&call.keywords, Self::keyword)?;
        let fields = vec![
            ("func", func),
            ("args", args),
            ("keywords", keywords),
            ("starargs", Value::NONE),
            ("kwargs", Value::NONE),
        ];
        self.placed("Call", call.range, fields)
    }

    fn comprehension(&mut self, comprehension: &ast::Comprehension) -> Made {
        let mut fields = vec![
            ("target", self.expr(&comprehension.target)?),
            ("iter", self.expr(&comprehension.iter)?),
            ("ifs", self.exprs(&comprehension.ifs)?),
        ];
        if !self.cx.is_python2() {
            fields.push(("is_async", Value::int(i64::from(comprehension.is_async))));
        }
        Ok(self.make(node::class("comprehension"), fields))
    }

    fn constant_node(&mut self, inner: &ast::ExprConstant, expression: &ast::Expr) -> Made {
        let value = constant(self.cx, &inner.value, inner.kind.as_deref())?;
        let kind = match &inner.value {
            ast::Constant::Str(_) => Kind::Text,
            ast::Constant::Bytes(_) => Kind::Bytes,
            ast::Constant::None | ast::Constant::Bool(_) => Kind::Name,
            ast::Constant::Ellipsis => Kind::Ellipsis,
            _ => Kind::Number,
        };
        if self.cx.is_python2() && kind == Kind::Ellipsis {
            return Err(self.not_modelled());
        }
        if self.cx.is_python2() && kind == Kind::Name {
            let id = self.cx.repr(&value)?;
            let fields = vec![("id", id), ("ctx", self.context(ast::ExprContext::Load))];
            let made = self.placed("Name", inner.range, fields)?;
            self.cx.carry(&made, Arc::new(expression.clone()));
            return Ok(made);
        }
        self.cx.charge_bytes(200)?;
        self.cx.charge_steps(1)?;
        let class = node::constant(self.cx, kind);
        let modern = class.name == "Constant";
        let old = match kind {
            Kind::Text | Kind::Bytes => "s",
            Kind::Number => "n",
            _ => "value",
        };
        let made = self.make(class, vec![(if modern { "value" } else { old }, value.clone())]);
        if modern && !self.cx.at_least(14) && matches!(old, "s" | "n") {
            self.cx.put_attribute(&made, old, value);
        }
        if modern {
            let prefix = inner.kind.as_deref().map_or(Value::NONE, |kind| self.cx.native_text(kind));
            self.cx.put_attribute(&made, "kind", prefix);
        }
        self.place(&made, inner.range);
        self.cx.carry(&made, Arc::new(expression.clone()));
        Ok(made)
    }
}

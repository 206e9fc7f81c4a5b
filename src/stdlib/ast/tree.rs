//! Trees of the parser as instances that scripts can walk.

use super::node::{self, Kind};
use crate::eval::module::Class;
use crate::eval::{Data, Evaluator, Raised, Value};
use crate::packaging::Python;
use crate::syntax::python::{TextRange, ast};
use ast::Ranged;
use std::sync::Arc;

/// The value of a constant, as the target's Python makes it of its text.
pub(super) fn constant(cx: &mut Evaluator<'_>, constant: &ast::Constant, kind: Option<&str>) -> Result<Value, Raised> {
    Ok(match constant {
        ast::Constant::None => Value::NONE,
        ast::Constant::Bool(flag) => Value::bool(*flag),
        ast::Constant::Str(text) if cx.is_python2() && kind != Some("u") => Value::bytes(text.as_bytes()),
        ast::Constant::Str(text) => Value::text(text.as_str()),
        ast::Constant::Bytes(bytes) => Value::bytes(bytes.as_slice()),
        ast::Constant::Int(number) if number.bits() <= crate::eval::budget::MAX_INT_BITS => {
            Value::big(number.clone())
        }
        ast::Constant::Float(number) => Value::float(*number),
        ast::Constant::Ellipsis => Data::Ellipsis.into(),
        _ => return Err(cx.unknown("a constant that is not modelled")),
    })
}

type Made = Result<Value, Raised>;
/// A field's name and value.
type Field = (&'static str, Value);

/// Turns one text's tree into instances.
pub(super) struct Maker<'a, 'run> {
    cx: &'a mut Evaluator<'run>,
    text: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl<'a, 'run> Maker<'a, 'run> {
    pub(super) fn new(cx: &'a mut Evaluator<'run>, text: &'a str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { cx, text, lines }
    }

    pub(super) fn module(&mut self, body: &[ast::Stmt]) -> Made {
        let body = self.statements(body)?;
        let mut fields = vec![("body", body)];
        if !self.cx.is_python2() && self.cx.python() >= Python::new(3, 8) {
            fields.push(("type_ignores", self.cx.list(Vec::new())));
        }
        Ok(self.make(node::class("Module"), fields))
    }

    pub(super) fn expression(&mut self, expression: &ast::Expr) -> Made {
        let body = self.expr(expression)?;
        Ok(self.make(node::class("Expression"), vec![("body", body)]))
    }

    fn make(&mut self, class: &'static Class, fields: Vec<Field>) -> Value {
        let made = self.cx.instance(class);
        let names: Vec<Value> = fields.iter().map(|(name, _)| self.cx.native_text(name)).collect();
        self.cx.put_attribute(&made, "_fields", Value::tuple(names));
        for (name, value) in fields {
            self.cx.put_attribute(&made, name, value);
        }
        made
    }

    /// A node that stands somewhere: line from 1, column in UTF-8 bytes from 0.
    fn placed(&mut self, name: &str, range: TextRange, fields: Vec<Field>) -> Made {
        self.cx.charge_bytes(200)?;
        self.cx.charge_steps(1)?;
        let made = self.make(node::class(name), fields);
        self.place(&made, range);
        Ok(made)
    }

    fn place(&mut self, made: &Value, range: TextRange) {
        let start = usize::from(range.start()).min(self.text.len());
        let line = self.lines.partition_point(|begin| *begin <= start).max(1);
        self.cx.put_attribute(made, "lineno", Value::int(line as i64));
        self.cx.put_attribute(made, "col_offset", Value::int((start - self.lines[line - 1]) as i64));
    }

    fn bare(&mut self, name: String) -> Value {
        self.make(node::class(&name), Vec::new())
    }

    fn text(&self, text: &str) -> Value {
        self.cx.native_text(text)
    }

    fn name(&self, name: Option<&ast::Identifier>) -> Value {
        name.map_or(Value::NONE, |name| self.cx.native_text(name.as_str()))
    }

    fn statements(&mut self, body: &[ast::Stmt]) -> Made {
        let made: Result<Vec<Value>, Raised> = body.iter().map(|statement| self.stmt(statement)).collect();
        let made = made?;
        Ok(self.cx.list(made))
    }

    fn exprs(&mut self, expressions: &[ast::Expr]) -> Made {
        let made: Result<Vec<Value>, Raised> = expressions.iter().map(|expression| self.expr(expression)).collect();
        let made = made?;
        Ok(self.cx.list(made))
    }

    fn option(&mut self, expression: Option<&ast::Expr>) -> Made {
        expression.map_or(Ok(Value::NONE), |expression| self.expr(expression))
    }

    fn list<T>(&mut self, items: &[T], make: impl Fn(&mut Self, &T) -> Made) -> Made {
        let made: Result<Vec<Value>, Raised> = items.iter().map(|item| make(self, item)).collect();
        let made = made?;
        Ok(self.cx.list(made))
    }

    fn not_modelled(&mut self) -> Raised {
        self.cx.unknown("`ast.parse` of a statement or expression that is not modelled")
    }

    fn stmt(&mut self, statement: &ast::Stmt) -> Made {
        use ast::Stmt;
        let range = statement.range();
        let (name, fields): (&str, Vec<Field>) = match statement {
            Stmt::FunctionDef(def) => {
                let arguments = self.arguments(&def.args)?;
                let (body, decorators) = (self.statements(&def.body)?, self.exprs(&def.decorator_list)?);
                let returns = self.option(def.returns.as_deref())?;
                let name = self.text(def.name.as_str());
                ("FunctionDef", vec![("name", name), ("args", arguments), ("body", body), ("decorator_list", decorators), ("returns", returns)])
            }
            Stmt::AsyncFunctionDef(def) => {
                let arguments = self.arguments(&def.args)?;
                let (body, decorators) = (self.statements(&def.body)?, self.exprs(&def.decorator_list)?);
                let returns = self.option(def.returns.as_deref())?;
                let name = self.text(def.name.as_str());
                ("AsyncFunctionDef", vec![("name", name), ("args", arguments), ("body", body), ("decorator_list", decorators), ("returns", returns)])
            }
            Stmt::ClassDef(def) => {
                let (bases, keywords) = (self.exprs(&def.bases)?, self.list(&def.keywords, Self::keyword)?);
                let (body, decorators) = (self.statements(&def.body)?, self.exprs(&def.decorator_list)?);
                let name = self.text(def.name.as_str());
                ("ClassDef", vec![("name", name), ("bases", bases), ("keywords", keywords), ("body", body), ("decorator_list", decorators)])
            }
            Stmt::Return(inner) => ("Return", vec![("value", self.option(inner.value.as_deref())?)]),
            Stmt::Delete(inner) => ("Delete", vec![("targets", self.exprs(&inner.targets)?)]),
            Stmt::Assign(inner) => {
                ("Assign", vec![("targets", self.exprs(&inner.targets)?), ("value", self.expr(&inner.value)?)])
            }
            Stmt::AugAssign(inner) => {
                let op = self.bare(format!("{:?}", inner.op));
                ("AugAssign", vec![("target", self.expr(&inner.target)?), ("op", op), ("value", self.expr(&inner.value)?)])
            }
            Stmt::AnnAssign(inner) => {
                let (target, annotation) = (self.expr(&inner.target)?, self.expr(&inner.annotation)?);
                let value = self.option(inner.value.as_deref())?;
                ("AnnAssign", vec![("target", target), ("annotation", annotation), ("value", value), ("simple", Value::int(i64::from(inner.simple)))])
            }
            Stmt::For(inner) => {
                let (target, iter) = (self.expr(&inner.target)?, self.expr(&inner.iter)?);
                ("For", vec![("target", target), ("iter", iter), ("body", self.statements(&inner.body)?), ("orelse", self.statements(&inner.orelse)?)])
            }
            Stmt::While(inner) => {
                ("While", vec![("test", self.expr(&inner.test)?), ("body", self.statements(&inner.body)?), ("orelse", self.statements(&inner.orelse)?)])
            }
            Stmt::If(inner) => {
                ("If", vec![("test", self.expr(&inner.test)?), ("body", self.statements(&inner.body)?), ("orelse", self.statements(&inner.orelse)?)])
            }
            Stmt::With(inner) if !self.cx.is_python2() => {
                ("With", vec![("items", self.list(&inner.items, Self::with_item)?), ("body", self.statements(&inner.body)?)])
            }
            Stmt::Raise(inner) if !self.cx.is_python2() => {
                ("Raise", vec![("exc", self.option(inner.exc.as_deref())?), ("cause", self.option(inner.cause.as_deref())?)])
            }
            Stmt::Try(inner) if !self.cx.is_python2() || inner.finalbody.is_empty() => {
                let handlers = self.list(&inner.handlers, Self::handler)?;
                let mut fields = vec![("body", self.statements(&inner.body)?), ("handlers", handlers), ("orelse", self.statements(&inner.orelse)?)];
                if self.cx.is_python2() {
                    ("TryExcept", fields)
                } else {
                    fields.push(("finalbody", self.statements(&inner.finalbody)?));
                    ("Try", fields)
                }
            }
            Stmt::Assert(inner) => ("Assert", vec![("test", self.expr(&inner.test)?), ("msg", self.option(inner.msg.as_deref())?)]),
            Stmt::Import(inner) => ("Import", vec![("names", self.list(&inner.names, Self::alias)?)]),
            Stmt::ImportFrom(inner) => {
                let level = inner.level.map_or(0, |level| i64::from(level.to_u32()));
                ("ImportFrom", vec![("module", self.name(inner.module.as_ref())), ("names", self.list(&inner.names, Self::alias)?), ("level", Value::int(level))])
            }
            Stmt::Global(inner) => ("Global", vec![("names", self.identifiers(&inner.names))]),
            Stmt::Nonlocal(inner) => ("Nonlocal", vec![("names", self.identifiers(&inner.names))]),
            Stmt::Expr(inner) => ("Expr", vec![("value", self.expr(&inner.value)?)]),
            Stmt::Pass(_) => ("Pass", vec![]),
            Stmt::Break(_) => ("Break", vec![]),
            Stmt::Continue(_) => ("Continue", vec![]),
            _ => return Err(self.not_modelled()),
        };
        self.placed(name, range, fields)
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
        let fields = vec![("name", self.text(alias.name.as_str())), ("asname", self.name(alias.asname.as_ref()))];
        self.placed("alias", alias.range, fields)
    }

    fn keyword(&mut self, keyword: &ast::Keyword) -> Made {
        let fields = vec![("arg", self.name(keyword.arg.as_ref())), ("value", self.expr(&keyword.value)?)];
        self.placed("keyword", keyword.range, fields)
    }

    fn arguments(&mut self, arguments: &ast::Arguments) -> Made {
        if self.cx.is_python2() {
            return Ok(self.cx.unknown_value("the arguments of a function in `ast` on Python 2"));
        }
        let argument = |this: &mut Self, argument: &ast::Arg| {
            let fields = vec![
                ("arg", this.text(argument.arg.as_str())),
                ("annotation", this.option(argument.annotation.as_deref())?),
            ];
            this.placed("arg", argument.range, fields)
        };
        let plain = |this: &mut Self, with_default: &ast::ArgWithDefault| argument(this, &with_default.def);
        let positional = arguments.posonlyargs.iter().chain(&arguments.args);
        let defaults: Vec<ast::Expr> = positional.filter_map(|arg| arg.default.as_deref().cloned()).collect();
        let mut fields = Vec::new();
        if self.cx.python() >= Python::new(3, 8) {
            fields.push(("posonlyargs", self.list(&arguments.posonlyargs, plain)?));
        }
        fields.push(("args", self.list(&arguments.args, plain)?));
        fields.push(("vararg", arguments.vararg.as_deref().map_or(Ok(Value::NONE), |arg| argument(self, arg))?));
        fields.push(("kwonlyargs", self.list(&arguments.kwonlyargs, plain)?));
        let keyword_defaults =
            self.list(&arguments.kwonlyargs, |this, arg| this.option(arg.default.as_deref()))?;
        fields.push(("kw_defaults", keyword_defaults));
        fields.push(("kwarg", arguments.kwarg.as_deref().map_or(Ok(Value::NONE), |arg| argument(self, arg))?));
        fields.push(("defaults", self.exprs(&defaults)?));
        Ok(self.make(node::class("arguments"), fields))
    }

    fn context(&mut self, context: ast::ExprContext) -> Value {
        self.bare(format!("{context:?}"))
    }

    fn expr(&mut self, expression: &ast::Expr) -> Made {
        use ast::Expr;
        let range = expression.range();
        let (name, fields): (&str, Vec<Field>) = match expression {
            Expr::Constant(inner) => return self.constant_node(inner, expression),
            Expr::BoolOp(inner) => {
                let op = self.bare(format!("{:?}", inner.op));
                ("BoolOp", vec![("op", op), ("values", self.exprs(&inner.values)?)])
            }
            Expr::NamedExpr(inner) => ("NamedExpr", vec![("target", self.expr(&inner.target)?), ("value", self.expr(&inner.value)?)]),
            Expr::BinOp(inner) => {
                let op = self.bare(format!("{:?}", inner.op));
                ("BinOp", vec![("left", self.expr(&inner.left)?), ("op", op), ("right", self.expr(&inner.right)?)])
            }
            Expr::UnaryOp(inner) => {
                let op = self.bare(format!("{:?}", inner.op));
                ("UnaryOp", vec![("op", op), ("operand", self.expr(&inner.operand)?)])
            }
            Expr::Lambda(inner) => ("Lambda", vec![("args", self.arguments(&inner.args)?), ("body", self.expr(&inner.body)?)]),
            Expr::IfExp(inner) => {
                ("IfExp", vec![("test", self.expr(&inner.test)?), ("body", self.expr(&inner.body)?), ("orelse", self.expr(&inner.orelse)?)])
            }
            Expr::Dict(inner) => {
                let keys = self.list(&inner.keys, |this, key| this.option(key.as_ref()))?;
                ("Dict", vec![("keys", keys), ("values", self.exprs(&inner.values)?)])
            }
            Expr::Set(inner) => ("Set", vec![("elts", self.exprs(&inner.elts)?)]),
            Expr::ListComp(inner) => ("ListComp", vec![("elt", self.expr(&inner.elt)?), ("generators", self.list(&inner.generators, Self::comprehension)?)]),
            Expr::SetComp(inner) => ("SetComp", vec![("elt", self.expr(&inner.elt)?), ("generators", self.list(&inner.generators, Self::comprehension)?)]),
            Expr::GeneratorExp(inner) => ("GeneratorExp", vec![("elt", self.expr(&inner.elt)?), ("generators", self.list(&inner.generators, Self::comprehension)?)]),
            Expr::DictComp(inner) => {
                ("DictComp", vec![("key", self.expr(&inner.key)?), ("value", self.expr(&inner.value)?), ("generators", self.list(&inner.generators, Self::comprehension)?)])
            }
            Expr::Await(inner) => ("Await", vec![("value", self.expr(&inner.value)?)]),
            Expr::Yield(inner) => ("Yield", vec![("value", self.option(inner.value.as_deref())?)]),
            Expr::YieldFrom(inner) => ("YieldFrom", vec![("value", self.expr(&inner.value)?)]),
            Expr::Compare(inner) => {
                let ops = self.list(&inner.ops, |this, op| Ok(this.bare(format!("{op:?}"))))?;
                ("Compare", vec![("left", self.expr(&inner.left)?), ("ops", ops), ("comparators", self.exprs(&inner.comparators)?)])
            }
            Expr::Call(inner) if !self.cx.is_python2() => {
                ("Call", vec![("func", self.expr(&inner.func)?), ("args", self.exprs(&inner.args)?), ("keywords", self.list(&inner.keywords, Self::keyword)?)])
            }
            Expr::Call(inner) => return self.python2_call(inner),
            Expr::JoinedStr(inner) => ("JoinedStr", vec![("values", self.exprs(&inner.values)?)]),
            Expr::FormattedValue(inner) => {
                let conversion = Value::int(inner.conversion as i64);
                ("FormattedValue", vec![("value", self.expr(&inner.value)?), ("conversion", conversion), ("format_spec", self.option(inner.format_spec.as_deref())?)])
            }
            Expr::Attribute(inner) => {
                ("Attribute", vec![("value", self.expr(&inner.value)?), ("attr", self.text(inner.attr.as_str())), ("ctx", self.context(inner.ctx))])
            }
            Expr::Subscript(inner) if self.is_at_least_3_9() => {
                ("Subscript", vec![("value", self.expr(&inner.value)?), ("slice", self.expr(&inner.slice)?), ("ctx", self.context(inner.ctx))])
            }
            Expr::Subscript(inner) => {
                // Before 3.9 `Index` and `ExtSlice` stood between.
                let slice = self.cx.unknown_value("subscripts in `ast` before Python 3.9");
                ("Subscript", vec![("value", self.expr(&inner.value)?), ("slice", slice), ("ctx", self.context(inner.ctx))])
            }
            Expr::Starred(inner) => ("Starred", vec![("value", self.expr(&inner.value)?), ("ctx", self.context(inner.ctx))]),
            Expr::Name(inner) => ("Name", vec![("id", self.text(inner.id.as_str())), ("ctx", self.context(inner.ctx))]),
            Expr::List(inner) => ("List", vec![("elts", self.exprs(&inner.elts)?), ("ctx", self.context(inner.ctx))]),
            Expr::Tuple(inner) => ("Tuple", vec![("elts", self.exprs(&inner.elts)?), ("ctx", self.context(inner.ctx))]),
            Expr::Slice(inner) => {
                let (lower, upper) = (self.option(inner.lower.as_deref())?, self.option(inner.upper.as_deref())?);
                ("Slice", vec![("lower", lower), ("upper", upper), ("step", self.option(inner.step.as_deref())?)])
            }
        };
        let made = self.placed(name, range, fields)?;
        if matches!(expression, Expr::Tuple(_) | Expr::List(_) | Expr::Dict(_) | Expr::Set(_) | Expr::UnaryOp(_) | Expr::BinOp(_) | Expr::Name(_)) {
            // For `literal_eval`.
            self.cx.charge_bytes(usize::from(range.len()))?;
            self.cx.carry(&made, Arc::new(expression.clone()));
        }
        Ok(made)
    }

    fn is_at_least_3_9(&mut self) -> bool {
        !self.cx.is_python2() && self.cx.python() >= Python::new(3, 9)
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
        let fields =
            vec![("func", func), ("args", args), ("keywords", keywords), ("starargs", Value::NONE), ("kwargs", Value::NONE)];
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
        if modern && self.cx.python() < Python::new(3, 14) && matches!(old, "s" | "n") {
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

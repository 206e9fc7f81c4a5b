//! Trees of the parser as instances that scripts can walk.

use super::node;
use crate::eval::module::Class;
use crate::eval::{Data, Evaluator, Raised, Value};
use crate::syntax::python::{TextRange, ast};
use crate::text::FileId;

mod expression;
mod statement;

/// The value of a constant, as the target's Python makes it of its text.
pub(super) fn constant(
    cx: &mut Evaluator<'_>,
    constant: &ast::Constant,
    kind: Option<&str>,
) -> Result<Value, Raised> {
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
/// A node's class and fields.
type Parts = (&'static str, Vec<Field>);

/// Turns one text's tree into instances.
pub(super) struct Maker<'a, 'run> {
    cx: &'a mut Evaluator<'run>,
    text: &'a str,
    /// The file that the text is the content of.
    file: Option<FileId>,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl<'a, 'run> Maker<'a, 'run> {
    pub(super) fn new(cx: &'a mut Evaluator<'run>, text: &'a str, file: Option<FileId>) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { cx, text, file, lines }
    }

    pub(super) fn module(&mut self, body: &[ast::Stmt]) -> Made {
        let body = self.statements(body)?;
        let mut fields = vec![("body", body)];
        if self.cx.at_least(8) {
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
        Ok(match self.file {
            Some(file) => made.with_origin(self.cx.origin_in(file, range.start().into(), range.end().into())),
            None => made,
        })
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
        let made: Result<Vec<Value>, Raised> =
            expressions.iter().map(|expression| self.expr(expression)).collect();
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
        if self.cx.at_least(8) {
            fields.push(("posonlyargs", self.list(&arguments.posonlyargs, plain)?));
        }
        fields.push(("args", self.list(&arguments.args, plain)?));
        fields.push((
            "vararg",
            arguments.vararg.as_deref().map_or(Ok(Value::NONE), |arg| argument(self, arg))?,
        ));
        fields.push(("kwonlyargs", self.list(&arguments.kwonlyargs, plain)?));
        let keyword_defaults =
            self.list(&arguments.kwonlyargs, |this, arg| this.option(arg.default.as_deref()))?;
        fields.push(("kw_defaults", keyword_defaults));
        fields
            .push(("kwarg", arguments.kwarg.as_deref().map_or(Ok(Value::NONE), |arg| argument(self, arg))?));
        fields.push(("defaults", self.exprs(&defaults)?));
        Ok(self.make(node::class("arguments"), fields))
    }

    fn context(&mut self, context: ast::ExprContext) -> Value {
        self.bare(format!("{context:?}"))
    }
}

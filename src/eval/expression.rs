//! Expressions.

use super::Evaluator;
use super::arguments::{CallArguments, Keyword};
use super::code::Code;
use super::dict::{Dict, Key};
use super::iterate::Walk;
use super::object::{ClassRef, Object, Super};
use super::raised::{Flow, Raised};
use super::types;
use super::value::{Data, LONE_SURROGATE, Origin, Value};
use crate::syntax::python::ast;
use crate::text::encoding::cookie;
use num_traits::ToPrimitive;
use std::sync::Arc;

/// The name of a native function or method.
fn native_name(callee: &Value) -> Option<&'static str> {
    match &callee.data {
        Data::Native(entry) => Some(entry.0),
        Data::Bound(bound) => match &bound.function.data {
            Data::Native(entry) => Some(entry.0),
            _ => None,
        },
        _ => None,
    }
}

impl Evaluator<'_> {
    /// The value of an expression, knowing where it came from.
    pub(super) fn evaluate(&mut self, expression: &ast::Expr) -> Result<Value, Flow> {
        self.budget.steps(1)?;
        self.budget.enter(1)?;
        let span = self.span_of(expression);
        let before = std::mem::replace(&mut self.here, span);
        let result = self.evaluate_kind(expression);
        if let Err(Flow::Raise(Raised::Exhausted(_))) = result {
            self.exhausted_at.get_or_insert(span);
        }
        self.here = before;
        self.budget.leave(1);
        match result {
            Ok(value) if value.origin == Origin::NOWHERE => Ok(self.made_from(value, span, Origin::NOWHERE)),
            Err(Flow::Raise(Raised::Unknown(unknown))) => Ok(self.through(unknown, span)),
            other => other,
        }
    }

    /// Runs something that may not be known; not knowing is its value then.
    pub(super) fn catching(
        &mut self,
        run: impl FnOnce(&mut Self) -> Result<Value, Raised>,
    ) -> Result<Value, Flow> {
        match run(self) {
            Ok(value) => Ok(value),
            Err(Raised::Unknown(unknown)) => {
                self.may_raise(&unknown);
                Ok(unknown)
            }
            Err(other) => Err(other.into()),
        }
    }

    fn evaluate_kind(&mut self, expression: &ast::Expr) -> Result<Value, Flow> {
        match expression {
            ast::Expr::Constant(inner) => Ok(self.constant(&inner.value, inner.kind.as_deref())),
            ast::Expr::Name(inner) => self.load_name(inner.id.as_str()).map_err(Flow::from),
            ast::Expr::Attribute(inner) => self.evaluate_attribute(inner),
            ast::Expr::Call(inner) => self.evaluate_call(inner),
            ast::Expr::BinOp(inner) => self.evaluate_binary(inner),
            ast::Expr::Compare(inner) => self.evaluate_compare(inner),
            ast::Expr::BoolOp(inner) => self.evaluate_bool(inner.op, &inner.values),
            ast::Expr::UnaryOp(inner) => {
                let operand = self.evaluate(&inner.operand)?;
                let origin = operand.origin;
                let value = self.catching(|cx| cx.unary(inner.op, &operand))?;
                let here = self.here;
                Ok(self.made_from(value, here, origin))
            }
            ast::Expr::Subscript(inner) => self.evaluate_subscript(inner),
            ast::Expr::List(inner) => {
                let (items, rest) = self.evaluate_items(&inner.elts)?;
                self.charge_bytes(items.len() * 24 + 48)?;
                Ok(Value::object(self.allocate(Object::List(super::object::List::new(items, rest)))))
            }
            ast::Expr::Tuple(inner) => {
                let (items, rest) = self.evaluate_items(&inner.elts)?;
                match rest {
                    Some(unknown) => Ok(Data::Unknown(unknown).into()),
                    None => Ok(Value::tuple(items)),
                }
            }
            ast::Expr::Set(inner) => self.evaluate_set(&inner.elts),
            ast::Expr::Dict(inner) => self.evaluate_dict(inner),
            ast::Expr::IfExp(inner) => match self.condition(&inner.test)? {
                Ok(true) => self.evaluate(&inner.body),
                Ok(false) => self.evaluate(&inner.orelse),
                Err(_) => {
                    let place = self.span_of(&*inner.test);
                    self.fork(place, |cx| cx.evaluate(&inner.body), |cx| cx.evaluate(&inner.orelse))
                }
            },
            ast::Expr::Lambda(inner) => {
                let (place, facts) = (self.here, self.facts());
                let code = self.session.code(place, facts, || Code::of_lambda(facts, place, inner));
                let defaults = self.defaults(&inner.args)?;
                Ok(self.make_function(code, defaults))
            }
            ast::Expr::ListComp(_)
            | ast::Expr::SetComp(_)
            | ast::Expr::DictComp(_)
            | ast::Expr::GeneratorExp(_) => self.evaluate_comprehension(expression),
            ast::Expr::JoinedStr(inner) => self.evaluate_joined(inner),
            ast::Expr::FormattedValue(inner) => self.evaluate_formatted(inner),
            ast::Expr::NamedExpr(inner) => {
                let value = self.evaluate(&inner.value)?;
                if let ast::Expr::Name(name) = &*inner.target {
                    self.store_walrus(name.id.as_str(), value.clone());
                }
                Ok(value)
            }
            ast::Expr::Slice(inner) => self.evaluate_slice(inner),
            ast::Expr::Yield(inner) => self.yield_value(inner.value.as_deref()),
            ast::Expr::YieldFrom(inner) => self.yield_from(&inner.value),
            ast::Expr::Starred(_) | ast::Expr::Await(_) => {
                Err(self.unknown("this expression is not modelled").into())
            }
        }
    }

    fn evaluate_set(&mut self, elements: &[ast::Expr]) -> Result<Value, Flow> {
        let (items, rest) = self.evaluate_items(elements)?;
        if let Some(unknown) = rest {
            return Ok(Data::Unknown(unknown).into());
        }
        self.catching(|cx| cx.set_display(elements, items))
    }

    fn evaluate_slice(&mut self, inner: &ast::ExprSlice) -> Result<Value, Flow> {
        let mut part = |part: &Option<Box<ast::Expr>>| match part {
            Some(part) => self.evaluate(part),
            None => Ok(Value::NONE),
        };
        let parts = [part(&inner.lower)?, part(&inner.upper)?, part(&inner.step)?];
        if let Some(unknown) = parts.iter().find(|part| part.is_unknown()) {
            return Ok(unknown.clone());
        }
        Ok(Data::Slice(Arc::new(parts)).into())
    }

    pub(super) fn constant(&mut self, constant: &ast::Constant, kind: Option<&str>) -> Value {
        match constant {
            ast::Constant::None => Value::NONE,
            ast::Constant::Bool(flag) => Value::bool(*flag),
            ast::Constant::Str(text) => {
                let facts = self.facts();
                if facts.python2 && kind != Some("u") {
                    self.byte_literal(text)
                } else if text.contains('\u{fffd}') && self.has_surrogate_escape() {
                    self.unknown_value(LONE_SURROGATE)
                } else {
                    Value::text(text.as_str())
                }
            }
            ast::Constant::Bytes(bytes) => Value::bytes(bytes.as_slice()),
            ast::Constant::Int(number)
                if self.facts().python2 && self.sources.slice(self.here).ends_with(['l', 'L']) =>
            {
                Value::long(number.clone())
            }
            ast::Constant::Int(number) => match number.to_i64() {
                Some(small) => Value::int(small),
                None if number.bits() > super::budget::MAX_INT_BITS => {
                    self.unknown_value("an integer larger than spx holds")
                }
                None => Value::big(number.clone()),
            },
            ast::Constant::Float(number) => Value::float(*number),
            ast::Constant::Ellipsis => Data::Ellipsis.into(),
            ast::Constant::Tuple(items) => {
                let items: Vec<Value> = items.iter().map(|item| self.constant(item, None)).collect();
                Value::tuple(items)
            }
            ast::Constant::Complex { .. } => self.unknown_value("complex numbers are not modelled"),
        }
    }

    /// Whether the literal being read writes a lone surrogate, which its tree holds as U+FFFD.
    fn has_surrogate_escape(&self) -> bool {
        let source = self.sources.slice(self.here).to_ascii_lowercase();
        source.contains("\\ud") || source.contains("\\u0000d")
    }

    /// A byte string of Python 2, whose tree has text: a character beyond ASCII stands for itself in the file's encoding,
    /// or comes from an escape such as `\xe9`.
    fn byte_literal(&mut self, text: &str) -> Value {
        if text.is_ascii() {
            return Value::bytes(text.as_bytes());
        }
        let source = self.sources.slice(self.here).to_owned();
        let escapes = source.contains("\\x")
            || source.split('\\').skip(1).any(|rest| rest.starts_with(|c: char| c.is_digit(8)));
        if source.is_ascii() && !source.is_empty() {
            return Value::bytes(super::format::from_latin1(text));
        }
        let encoding =
            cookie(self.sources.text(self.here.file).as_bytes()).unwrap_or_else(|| "utf-8".to_owned());
        let encoding = encoding.to_ascii_lowercase().replace('_', "-");
        match self.encode_text(text, &encoding, "strict") {
            Ok(bytes) if !escapes => Value::bytes(bytes),
            _ => self.unknown_value("a byte string with escapes beside characters beyond ASCII"),
        }
    }

    fn evaluate_attribute(&mut self, inner: &ast::ExprAttribute) -> Result<Value, Flow> {
        let value = self.evaluate(&inner.value)?;
        if value.is_unknown() {
            self.may_raise(&value);
            return Ok(value);
        }
        let here = self.here;
        let mangled = self.mangled(inner.attr.as_str());
        let name = mangled.as_deref().unwrap_or(inner.attr.as_str());
        let found = self.catching(|cx| cx.get_attribute(&value, name))?;
        let module = value.as_object().is_some_and(|id| matches!(self.state.object(id), Object::Module(_)));
        if found.is_unknown() && !module {
            self.may_raise(&found);
        }
        Ok(if module { self.through(found, here) } else { self.made_from(found, here, value.origin) })
    }

    /// Items of a display, stars unpacked; with why more may follow.
    pub(super) fn evaluate_items(&mut self, items: &[ast::Expr]) -> Result<super::iterate::Partly, Flow> {
        let mut values = Vec::with_capacity(items.len());
        let mut rest: Option<Arc<super::Unknown>> = None;
        for item in items {
            let ast::Expr::Starred(starred) = item else {
                let value = self.evaluate(item)?;
                if rest.is_none() {
                    values.push(value);
                }
                continue;
            };
            let value = self.evaluate(&starred.value)?;
            match self.partly(&value) {
                Ok((more, unknown)) if rest.is_none() => {
                    values.extend(more);
                    rest = unknown;
                }
                Ok(_) => {}
                Err(Raised::Unknown(unknown)) => rest = rest.or_else(|| unknown.as_unknown().cloned()),
                Err(other) => return Err(other.into()),
            }
        }
        Ok((values, rest))
    }

    fn evaluate_dict(&mut self, inner: &ast::ExprDict) -> Result<Value, Flow> {
        self.charge_bytes(inner.values.len() * 80 + 64)?;
        let made = Value::object(self.new_namespace());
        if self.is_python2()
            && inner.values.len() > 5
            && let Some(Object::Dict(dict)) = made.as_object().map(|id| self.state.object_mut(id))
        {
            dict.make_size(inner.values.len().min(0xffff));
        }
        for (key, value) in inner.keys.iter().zip(&inner.values) {
            if let Some(key) = key {
                let (key, value) = if self.is_python2() {
                    // Python 2 comes to the value first.
                    let value = self.evaluate(value)?;
                    (self.evaluate(key)?, value)
                } else {
                    (self.evaluate(key)?, self.evaluate(value)?)
                };
                self.set_item(&made, &key, value)?;
            } else {
                let more = self.evaluate(value)?;
                let is_list =
                    more.as_object().is_some_and(|id| matches!(self.state.object(id), Object::List(_)));
                if is_list || matches!(more.data, Data::Tuple(_)) {
                    return Err(self.not_supported(&more, "is not a mapping").into());
                }
                self.update_dict(&made, &more)?;
            }
        }
        Ok(made)
    }

    fn evaluate_bool(&mut self, op: ast::BoolOp, values: &[ast::Expr]) -> Result<Value, Flow> {
        let Some((first, more)) = values.split_first() else { return Ok(Value::NONE) };
        let value = self.evaluate(first)?;
        if more.is_empty() {
            return Ok(value);
        }
        let stops_at = matches!(op, ast::BoolOp::Or);
        match self.truth_or_unknown(&value)? {
            Ok(truth) if truth == stops_at => Ok(value),
            Ok(_) => self.evaluate_bool(op, more),
            Err(unknown) => {
                let place = self.span_of(first);
                // What is asked next only matters when it settles the question: `unknown and False` is false.
                let next = self.fork(place, |_| Ok(value.clone()), |cx| cx.evaluate_bool(op, more))?;
                Ok(if next.is_unknown() { unknown } else { next })
            }
        }
    }

    fn evaluate_call(&mut self, call: &ast::ExprCall) -> Result<Value, Flow> {
        if let Some(value) = self.zero_argument_super(call)? {
            return Ok(value);
        }
        let here = self.here;
        let callee = self.evaluate(&call.func)?;
        let mut arguments = self.evaluate_arguments(call)?;
        if self.is_python2() && arguments.keywords.len() > 1 {
            self.order_keywords(&callee, call, &mut arguments);
        }
        let native = native_name(&callee);
        // A value made by a call comes from what it was called on, or from the first argument that came from anywhere.
        let from = match &callee.data {
            Data::Bound(bound) if native == Some("format") => {
                let named = arguments.keywords.iter().map(|keyword| &keyword.value);
                self.furthest(std::iter::once(&bound.receiver).chain(&arguments.positional).chain(named))
            }
            // `pattern.sub(by, text)` and `re.sub(pattern, by, text)`.
            Data::Bound(_) | Data::Native(_) if matches!(native, Some("sub" | "subn")) => {
                let at = if matches!(callee.data, Data::Bound(_)) { 1 } else { 2 };
                arguments.positional.get(at).map_or(Origin::NOWHERE, |text| text.origin)
            }
            Data::Bound(bound) if bound.receiver.origin != Origin::NOWHERE => bound.receiver.origin,
            _ => arguments.positional.first().map_or(Origin::NOWHERE, |first| first.origin),
        };
        let script = match &callee.data {
            Data::Object(id) => matches!(self.state.object(*id), Object::Function(_)),
            Data::Bound(bound) => bound.function.as_object().is_some(),
            _ => false,
        };
        self.here = here;
        let value = self.catching(|cx| cx.call_with(&callee, arguments))?;
        self.here = here;
        if script || value.is_unknown() {
            return Ok(self.through(value, here));
        }
        let value = self.made_from(value, here, from);
        let cuts = matches!(native, Some("split" | "rsplit" | "splitlines" | "partition" | "rpartition"));
        Ok(if cuts && from != Origin::NOWHERE { self.parts_from(value) } else { value })
    }

    /// Puts keywords into the order in which CPython 2.7 hands them over: as written to a function of the script that is
    /// called without stars, else in the order of the dict that they are collected in.
    fn order_keywords(&self, callee: &Value, call: &ast::ExprCall, arguments: &mut CallArguments) {
        let function = match &callee.data {
            // No native function but `dict.update` keeps its keywords.
            Data::Native(_) => return,
            Data::Bound(bound) => &bound.function,
            _ => callee,
        };
        let script =
            function.as_object().is_some_and(|id| matches!(self.state.object(id), Object::Function(_)));
        let spread = call.keywords.iter().any(|keyword| keyword.arg.is_none());
        if script && !spread && !call.args.iter().any(ast::Expr::is_starred_expr) {
            return;
        }
        let (named, handed): (Vec<&Keyword>, Vec<&Keyword>) =
            arguments.keywords.iter().partition(|keyword| keyword.span.is_some());
        if spread && named.is_empty() {
            return;
        }
        let key = |keyword: &&Keyword| Key::Text(keyword.name.clone());
        let mut mapping = Dict::default();
        for keyword in &handed {
            mapping.insert(key(keyword), Value::NONE, Value::NONE);
        }
        let mut collected = Dict::default();
        collected.merge(&mapping, &handed.iter().map(key).collect::<Vec<_>>());
        for keyword in named.iter().rev() {
            collected.insert(key(keyword), Value::NONE, Value::NONE);
        }
        match self.walk_table(&collected) {
            Walk::Keys(keys) => {
                let place = |keyword: &Keyword| {
                    keys.iter().position(|key| matches!(key, Key::Text(name) if *name == keyword.name))
                };
                arguments.keywords.sort_by_cached_key(place);
            }
            _ => arguments.unordered = true,
        }
    }

    /// `super()`: the class is the one whose body the function stands in.
    fn zero_argument_super(&mut self, call: &ast::ExprCall) -> Result<Option<Value>, Flow> {
        let is_super = matches!(&*call.func, ast::Expr::Name(name) if name.id.as_str() == "super");
        if !is_super || !call.args.is_empty() || !call.keywords.is_empty() || self.is_python2() {
            return Ok(None);
        }
        let function = self.load_name("super")?;
        if !matches!(function.data, Data::Class(class) if std::ptr::eq(class, &raw const types::SUPER)) {
            return Ok(None);
        }
        let mut frames = self.frames.iter().rev();
        let Some(frame) = frames.find(|frame| frame.kind == super::scope::FrameKind::Function) else {
            return Ok(None);
        };
        let (owner, locals) = (frame.owner, frame.locals);
        let receiver = frame.code.as_ref().and_then(|code| code.named_parameters().next().cloned());
        let Some(receiver) = receiver.and_then(|p| self.namespace_get(locals, p.def.arg.as_str())) else {
            return Ok(None);
        };
        if receiver.is_unknown() {
            return Ok(Some(receiver));
        }
        let class = match receiver.data {
            Data::Object(id) if matches!(self.state.object(id), Object::Class(_)) => ClassRef::Script(id),
            _ => self.class_of(&receiver),
        };
        let after = self.class_order(class).into_iter().find(|class| match class {
            ClassRef::Script(id) => {
                matches!(self.state.object(*id), Object::Class(class) if Some(class.attributes) == owner)
            }
            ClassRef::Native(_) => false,
        });
        Ok(after.map(|after| Value::object(self.allocate(Object::Super(Super { after, receiver })))))
    }

    fn evaluate_arguments(&mut self, call: &ast::ExprCall) -> Result<CallArguments, Flow> {
        if self.is_python2()
            && !call.keywords.is_empty()
            && matches!(call.args.last(), Some(ast::Expr::Starred(_)))
        {
            return self.evaluate_arguments_python2(call);
        }
        let (positional, rest) = self.evaluate_items(&call.args)?;
        let mut arguments = CallArguments::positional(positional);
        arguments.more = rest.map(|unknown| Data::Unknown(unknown).into());
        self.evaluate_keywords(&call.keywords, &mut arguments)?;
        Ok(arguments)
    }

    /// Python 2 comes to `*more` after the keywords, wherever it stands.
    fn evaluate_arguments_python2(&mut self, call: &ast::ExprCall) -> Result<CallArguments, Flow> {
        let (starred, plain): (Vec<_>, Vec<_>) =
            call.args.iter().cloned().partition(ast::Expr::is_starred_expr);
        let (spread, named): (Vec<_>, Vec<_>) =
            call.keywords.iter().cloned().partition(|keyword| keyword.arg.is_none());
        let mut arguments = CallArguments::positional(self.evaluate_items(&plain)?.0);
        self.evaluate_keywords(&named, &mut arguments)?;
        let (more, rest) = self.evaluate_items(&starred)?;
        arguments.positional.extend(more);
        arguments.more = rest.map(|unknown| Data::Unknown(unknown).into());
        self.evaluate_keywords(&spread, &mut arguments)?;
        Ok(arguments)
    }

    fn evaluate_keywords(
        &mut self,
        keywords: &[ast::Keyword],
        arguments: &mut CallArguments,
    ) -> Result<(), Flow> {
        for keyword in keywords {
            let value = self.evaluate(&keyword.value)?;
            let Some(name) = &keyword.arg else {
                self.spread_keywords(&value, arguments)?;
                continue;
            };
            let span = Some(self.span_of(keyword));
            self.check_repeated(arguments, name.as_str())?;
            arguments.keywords.push(Keyword { name: name.as_str().into(), value, span });
        }
        Ok(())
    }

    fn check_repeated(&mut self, arguments: &CallArguments, name: &str) -> Result<(), Raised> {
        if arguments.keywords.iter().any(|keyword| &*keyword.name == name) {
            let text = format!("got multiple values for keyword argument '{name}'");
            return Err(self.error(&super::exceptions::TYPE_ERROR, text));
        }
        Ok(())
    }

    /// `**mapping` in a call.
    fn spread_keywords(&mut self, mapping: &Value, arguments: &mut CallArguments) -> Result<(), Flow> {
        let plain = self.plain(mapping);
        if let Data::Object(id) = plain.data
            && let Object::Dict(dict) = self.state.object(id)
        {
            let rest = dict.rest.clone();
            let walk = self.walk_table(dict);
            arguments.unordered |= matches!(walk, Walk::Unknown);
            let entries: Vec<(Value, Value)> = match walk {
                Walk::Keys(keys) => {
                    let entries = keys.iter().filter_map(|key| dict.entry(key));
                    entries.map(|(key, value)| (key.clone(), value.clone())).collect()
                }
                _ => dict.iter().map(|(_, key, value)| (key.clone(), value.clone())).collect(),
            };
            for (key, value) in entries {
                let name = self.text_of(&key)?;
                self.check_repeated(arguments, &name)?;
                arguments.keywords.push(Keyword { name, value, span: None });
            }
            if let Some(unknown) = rest {
                arguments.more = Some(Data::Unknown(unknown).into());
            }
            return Ok(());
        }
        match self.dict_items(mapping) {
            Ok(entries) => {
                for (key, value) in entries {
                    let name = self.text_of(&key)?;
                    arguments.keywords.push(Keyword { name, value, span: None });
                }
            }
            Err(Raised::Unknown(unknown)) => arguments.more = Some(unknown),
            Err(other) => return Err(other.into()),
        }
        Ok(())
    }
}

//! Operators: arithmetic, comparison, membership.

use super::Evaluator;
use super::budget::MAX_INT_BITS;
use super::dict::Set;
use super::exceptions::{OVERFLOW_ERROR, TYPE_ERROR, ZERO_DIVISION_ERROR};
use super::object::{List, Object};
use super::raised::{Flow, Raised};
use super::value::{Data, Origin, Value};
use crate::syntax::python::ast::{self, Operator};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Pow, Signed, ToPrimitive, Zero};

/// The method names of an operator: left, right.
fn names(op: Operator) -> (&'static str, &'static str) {
    match op {
        Operator::Add => ("__add__", "__radd__"),
        Operator::Sub => ("__sub__", "__rsub__"),
        Operator::Mult => ("__mul__", "__rmul__"),
        Operator::MatMult => ("__matmul__", "__rmatmul__"),
        Operator::Div => ("__truediv__", "__rtruediv__"),
        Operator::Mod => ("__mod__", "__rmod__"),
        Operator::Pow => ("__pow__", "__rpow__"),
        Operator::LShift => ("__lshift__", "__rlshift__"),
        Operator::RShift => ("__rshift__", "__rrshift__"),
        Operator::BitOr => ("__or__", "__ror__"),
        Operator::BitXor => ("__xor__", "__rxor__"),
        Operator::BitAnd => ("__and__", "__rand__"),
        Operator::FloorDiv => ("__floordiv__", "__rfloordiv__"),
    }
}

pub(super) fn in_place_name(op: Operator) -> &'static str {
    match op {
        Operator::Add => "__iadd__",
        Operator::Sub => "__isub__",
        Operator::Mult => "__imul__",
        Operator::MatMult => "__imatmul__",
        Operator::Div => "__itruediv__",
        Operator::Mod => "__imod__",
        Operator::Pow => "__ipow__",
        Operator::LShift => "__ilshift__",
        Operator::RShift => "__irshift__",
        Operator::BitOr => "__ior__",
        Operator::BitXor => "__ixor__",
        Operator::BitAnd => "__iand__",
        Operator::FloorDiv => "__ifloordiv__",
    }
}

impl Evaluator<'_> {
    pub(super) fn evaluate_binary(&mut self, expression: &ast::ExprBinOp) -> Result<Value, Flow> {
        // A long chain of `+` leans to the left: it is walked in a loop, so that it needs no depth.
        let mut spine = vec![expression];
        while let ast::Expr::BinOp(inner) = &*spine[spine.len() - 1].left {
            self.budget.steps(1)?;
            spine.push(inner);
        }
        let mut left = self.evaluate(&spine[spine.len() - 1].left)?;
        for node in spine.iter().rev() {
            let right = self.evaluate(&node.right)?;
            let place = self.span_of(*node);
            self.here = place;
            let from = match (&left.data, &right.data) {
                // A template and what goes into it.
                (Data::Text(_) | Data::Bytes(_), Data::Tuple(items)) if node.op == Operator::Mod => {
                    self.furthest(std::iter::once(&left).chain(items.iter()))
                }
                (Data::Text(_) | Data::Bytes(_), _) if node.op == Operator::Mod => {
                    self.furthest([&left, &right].into_iter())
                }
                _ if left.origin == Origin::NOWHERE => right.origin,
                _ => left.origin,
            };
            let value = match (left.is_unknown(), right.is_unknown()) {
                (true, _) => {
                    self.may_raise(&left);
                    left
                }
                (_, true) if !self.joins_unknown(node.op, &left) => {
                    self.may_raise(&right);
                    self.through(right, place)
                }
                _ => self.catching(|cx| cx.binary(node.op, &left, &right))?,
            };
            left = if value.is_unknown() {
                self.through(value, place)
            } else {
                self.made_from(value, place, from)
            };
        }
        Ok(left)
    }

    /// `[known] + unknown`: a list that begins with what is known.
    fn joins_unknown(&self, op: Operator, left: &Value) -> bool {
        let list = left.as_object().is_some_and(|id| matches!(self.state.object(id), Object::List(_)));
        list && op == Operator::Add
    }

    /// `left op right`.
    pub fn binary(&mut self, op: Operator, left: &Value, right: &Value) -> Result<Value, Raised> {
        for value in [left, right] {
            if value.is_unknown() && !self.joins_unknown(op, left) {
                return Ok(value.clone());
            }
        }
        if let Some(value) = self.binary_method(op, left, right)? {
            return Ok(value);
        }
        let (a, b) = (self.plain(left), self.plain(right));
        if let Some(value) = self.numbers(op, &a, &b)? {
            return Ok(value);
        }
        let value = match op {
            Operator::Add => self.add(&a, &b)?,
            Operator::Mult => match (&a.data, &b.data) {
                (_, Data::Int(_) | Data::Bool(_) | Data::Big(_)) => self.repeat(&a, &b)?,
                (Data::Int(_) | Data::Bool(_) | Data::Big(_), _) => self.repeat(&b, &a)?,
                _ => None,
            },
            Operator::Mod => match &a.data {
                Data::Text(_) | Data::Bytes(_) => Some(self.percent(&a, right)?),
                _ => None,
            },
            Operator::BitOr | Operator::BitAnd | Operator::Sub | Operator::BitXor => {
                self.set_operation(op, &a, &b)?
            }
            _ => None,
        };
        let is_class = |value: &Value| self.class_value(value).is_some();
        if value.is_none()
            && op == Operator::BitOr
            && (is_class(left) || is_class(right))
            && !self.is_python2()
        {
            // Since 3.10 a union of types.
            self.python();
            return Err(self.unknown("unions of types are not modelled"));
        }
        value.ok_or_else(|| {
            let (x, y) = (self.type_name(left), self.type_name(right));
            if op == Operator::Add
                && let Some(text) = self.cannot_join(left, &x, &y)
            {
                return self.error(&TYPE_ERROR, text);
            }
            let sign = sign(op);
            self.error(&TYPE_ERROR, format!("unsupported operand type(s) for {sign}: '{x}' and '{y}'"))
        })
    }

    /// What CPython says when something else is added to a sequence; `x` and `y` are the names of the types.
    fn cannot_join(&self, left: &Value, x: &str, y: &str) -> Option<String> {
        let left = self.plain(left);
        let is_list = left.as_object().is_some_and(|id| matches!(self.state.object(id), Object::List(_)));
        Some(match &left.data {
            Data::Tuple(_) => format!("can only concatenate tuple (not \"{y}\") to tuple"),
            _ if is_list => format!("can only concatenate list (not \"{y}\") to list"),
            Data::Text(_) if self.is_python2() => {
                format!("coercing to Unicode: need string or buffer, {y} found")
            }
            Data::Bytes(_) if self.is_python2() => format!("cannot concatenate '{x}' and '{y}' objects"),
            Data::Text(_) if self.at_least(7) => format!("can only concatenate str (not \"{y}\") to str"),
            Data::Text(_) => format!("must be str, not {y}"),
            Data::Bytes(_) => format!("can't concat {y} to bytes"),
            _ => return None,
        })
    }

    /// The operator as the classes of instances define it.
    fn binary_method(&mut self, op: Operator, left: &Value, right: &Value) -> Result<Option<Value>, Raised> {
        let (forward, backward) = names(op);
        let forward = if op == Operator::Div && self.is_python2() { "__div__" } else { forward };
        for (receiver, other, name) in [(left, right, forward), (right, left, backward)] {
            let method = match self.method(receiver, name)? {
                None if name == "__div__" => self.method(receiver, "__truediv__")?,
                found => found,
            };
            if let Some(method) = method {
                let value = self.call(&method, vec![other.clone()])?;
                if !matches!(value.data, Data::NotImplemented) {
                    return Ok(Some(value));
                }
            }
        }
        Ok(None)
    }

    fn add(&mut self, a: &Value, b: &Value) -> Result<Option<Value>, Raised> {
        Ok(Some(match (&a.data, &b.data) {
            (Data::Text(x), Data::Text(y)) => {
                self.charge_bytes(x.len() + y.len())?;
                Value::text(format!("{x}{y}"))
            }
            (Data::Bytes(x), Data::Bytes(y)) => {
                self.charge_bytes(x.len() + y.len())?;
                Value::bytes([&**x, &**y].concat())
            }
            (Data::Text(x), Data::Bytes(y)) if self.is_python2() => {
                let y = self.ascii_of(y)?;
                self.charge_bytes(x.len() + y.len())?;
                Value::text(format!("{x}{y}"))
            }
            (Data::Bytes(x), Data::Text(y)) if self.is_python2() => {
                let x = self.ascii_of(x)?;
                self.charge_bytes(x.len() + y.len())?;
                Value::text(format!("{x}{y}"))
            }
            (Data::Tuple(x), Data::Tuple(y)) => {
                self.charge_bytes((x.len() + y.len()) * 24)?;
                Value::tuple([&**x, &**y].concat())
            }
            (Data::Object(x), _) => {
                let Object::List(x) = self.state.object(*x) else { return Ok(None) };
                let (mut items, mut rest) = (x.items.clone(), x.rest.clone());
                match &b.data {
                    Data::Object(y) => {
                        let Object::List(y) = self.state.object(*y) else { return Ok(None) };
                        if rest.is_none() {
                            items.extend(y.items.iter().cloned());
                            rest.clone_from(&y.rest);
                        }
                    }
                    Data::Unknown(unknown) => rest = rest.or_else(|| Some(unknown.clone())),
                    _ => return Ok(None),
                }
                self.charge_bytes(items.len() * 24)?;
                Value::object(self.allocate(Object::List(List::new(items, rest))))
            }
            _ => return Ok(None),
        }))
    }

    fn repeat(&mut self, sequence: &Value, times: &Value) -> Result<Option<Value>, Raised> {
        let times = match &times.data {
            Data::Big(number) if number.is_negative() => 0,
            Data::Big(number) => match number.to_usize() {
                Some(times) => times,
                None => return Err(self.too_large()),
            },
            _ => usize::try_from(self.int_of(times)?.max(0)).unwrap_or(usize::MAX),
        };
        let size = |length: usize, unit: usize| length.saturating_mul(times).saturating_mul(unit);
        Ok(Some(match &sequence.data {
            Data::Text(text) => {
                self.charge_bytes(size(text.len(), 1))?;
                Value::text(text.repeat(times))
            }
            Data::Bytes(bytes) => {
                self.charge_bytes(size(bytes.len(), 1))?;
                Value::bytes(bytes.repeat(times))
            }
            Data::Tuple(items) => {
                self.charge_bytes(size(items.len(), 24))?;
                Value::tuple(repeated(items, times))
            }
            Data::Object(id) => {
                let Object::List(list) = self.state.object(*id) else { return Ok(None) };
                let list = list.clone();
                if let Some(unknown) = list.rest {
                    return Err(Raised::Unknown(Data::Unknown(unknown).into()));
                }
                self.charge_bytes(size(list.items.len(), 24))?;
                self.list(repeated(&list.items, times))
            }
            _ => return Ok(None),
        }))
    }

    /// Whether dicts have `|`: since Python 3.9.
    pub(super) fn dicts_unite(&mut self) -> bool {
        !self.is_python2() && self.python() >= crate::packaging::Python::new(3, 9)
    }

    fn set_operation(&mut self, op: Operator, a: &Value, b: &Value) -> Result<Option<Value>, Raised> {
        let is_view = |cx: &Self, value: &Value| {
            value.as_object().is_some_and(|id| matches!(cx.state.object(id), Object::View(_)))
        };
        let (view_a, view_b) = (is_view(self, a), is_view(self, b));
        if view_a
            && !view_b
            && b.as_object().is_none_or(|id| !matches!(self.state.object(id), Object::Set(_)))
        {
            let items = self.items(b)?;
            let other = self.set(items, false)?;
            return self.set_operation(op, a, &other);
        }
        let (Data::Object(x), Data::Object(y)) = (&a.data, &b.data) else { return Ok(None) };
        if op == Operator::BitOr
            && let (Object::Dict(_), Object::Dict(_)) = (self.state.object(*x), self.state.object(*y))
            && self.dicts_unite()
        {
            let made = Value::object(self.new_namespace());
            self.update_dict(&made, a)?;
            self.update_dict(&made, b)?;
            return Ok(Some(made));
        }
        let (Some(x), Some(y)) = (self.as_set(a)?, self.as_set(b)?) else { return Ok(None) };
        if let Some(unknown) = x.rest.clone().or_else(|| y.rest.clone()) {
            return Err(Raised::Unknown(Data::Unknown(unknown).into()));
        }
        self.charge_steps(x.len() + y.len())?;
        if self.is_python2() {
            let mut made = super::methods::set::operation_of_python2(self, op, &x, a, b)?;
            if view_a || view_b {
                made.lose_order();
            }
            return Ok(Some(Value::object(self.allocate(Object::Set(made)))));
        }
        let mut made = Set::new(x.frozen);
        for (key, value) in x.iter() {
            let keep = match op {
                Operator::BitOr => true,
                Operator::BitAnd => y.contains(key),
                _ => !y.contains(key),
            };
            if keep {
                made.insert(key.clone(), value.clone());
            }
        }
        if matches!(op, Operator::BitOr | Operator::BitXor) {
            for (key, value) in y.iter() {
                if !x.contains(key) {
                    made.insert(key.clone(), value.clone());
                }
            }
        }
        made.remake();
        Ok(Some(Value::object(self.allocate(Object::Set(made)))))
    }

    /// A set, or the keys of a dict's view as one.
    pub(super) fn as_set(&mut self, value: &Value) -> Result<Option<Set>, Raised> {
        let Data::Object(id) = value.data else { return Ok(None) };
        match self.state.object(id) {
            Object::Set(set) => Ok(Some(set.clone())),
            Object::View(_) => {
                let mut set = Set::new(false);
                for item in self.items(value)? {
                    set.insert(self.key(&item)?, item);
                }
                Ok(Some(set))
            }
            _ => Ok(None),
        }
    }

    fn numbers(&mut self, op: Operator, a: &Value, b: &Value) -> Result<Option<Value>, Raised> {
        let long = self.is_python2() && (matches!(a.data, Data::Big(_)) || matches!(b.data, Data::Big(_)));
        let (a, b) = match (&a.data, &b.data) {
            (Data::Float(_), Data::Float(_) | Data::Int(_) | Data::Bool(_) | Data::Big(_))
            | (Data::Int(_) | Data::Bool(_) | Data::Big(_), Data::Float(_)) => {
                let (x, y) = (self.float_of(a)?, self.float_of(b)?);
                return self.floats(op, x, y);
            }
            (Data::Bool(x), Data::Bool(y)) => match op {
                Operator::BitAnd => return Ok(Some(Value::bool(x & y))),
                Operator::BitOr => return Ok(Some(Value::bool(x | y))),
                Operator::BitXor => return Ok(Some(Value::bool(x ^ y))),
                _ => (Self::big_of(a), Self::big_of(b)),
            },
            (Data::Int(x), Data::Int(y)) => {
                let small = match op {
                    Operator::Add => x.checked_add(*y),
                    Operator::Sub => x.checked_sub(*y),
                    Operator::Mult => x.checked_mul(*y),
                    _ => None,
                };
                if let Some(small) = small {
                    return Ok(Some(Value::int(small)));
                }
                (Self::big_of(a), Self::big_of(b))
            }
            _ => (Self::big_of(a), Self::big_of(b)),
        };
        let (Some(a), Some(b)) = (a, b) else { return Ok(None) };
        let division = matches!(op, Operator::Div | Operator::FloorDiv | Operator::Mod);
        if division && b.is_zero() {
            let text =
                if self.is_python2() { "integer division or modulo by zero" } else { "division by zero" };
            return Err(self.error(&ZERO_DIVISION_ERROR, text));
        }
        let value = match op {
            Operator::Add => a + b,
            Operator::Sub => a - b,
            Operator::Mult => {
                self.check_bits(a.bits() + b.bits())?;
                a * b
            }
            Operator::FloorDiv => a.div_floor(&b),
            Operator::Mod => a.mod_floor(&b),
            Operator::Div if self.is_python2() && !self.facts().true_division => a.div_floor(&b),
            Operator::Div => {
                return match quotient(&a, &b) {
                    Some(value) => Ok(Some(Value::float(value))),
                    None if a.bits() < b.bits() => Err(self.unknown("a quotient smaller than spx computes")),
                    None => Err(self.error(&OVERFLOW_ERROR, "integer division result too large for a float")),
                };
            }
            Operator::Pow if b.is_negative() => return self.inverse_power(&a, &b).map(Some),
            Operator::Pow => self.power(&a, &b)?,
            Operator::LShift => {
                let Some(places) = b.to_u64().filter(|_| !b.is_negative()) else {
                    return Err(self.error(&super::exceptions::VALUE_ERROR, "negative shift count"));
                };
                self.check_bits(a.bits().saturating_add(places))?;
                a << places
            }
            Operator::RShift => {
                let Some(places) = b.to_u64() else {
                    return Err(self.error(&super::exceptions::VALUE_ERROR, "negative shift count"));
                };
                a >> places
            }
            Operator::BitOr => a | b,
            Operator::BitAnd => a & b,
            Operator::BitXor => a ^ b,
            Operator::MatMult => return Ok(None),
        };
        self.check_bits(value.bits())?;
        Ok(Some(if long { Value::long(value) } else { Value::big(value) }))
    }

    /// An integer made from another: what comes from a `long` of Python 2 is one.
    pub fn integer_like(&self, like: &Value, number: BigInt) -> Value {
        let long = self.is_python2() && matches!(like.data, Data::Big(_));
        if long { Value::long(number) } else { Value::big(number) }
    }

    fn check_bits(&mut self, bits: u64) -> Result<(), Raised> {
        if bits > MAX_INT_BITS {
            return Err(self.unknown("an integer larger than spx holds (4,096 bits)"));
        }
        Ok(())
    }

    fn inverse_power(&mut self, a: &BigInt, b: &BigInt) -> Result<Value, Raised> {
        if a.is_zero() {
            return Err(self.error(&ZERO_DIVISION_ERROR, "0.0 cannot be raised to a negative power"));
        }
        let (x, y) = (a.to_f64().unwrap_or(f64::NAN), b.to_f64().unwrap_or(f64::NAN));
        Ok(Value::float(x.powf(y)))
    }

    fn power(&mut self, a: &BigInt, b: &BigInt) -> Result<BigInt, Raised> {
        let exponent = b.to_u64().unwrap_or(u64::MAX);
        let small = a.bits() <= 1;
        self.check_bits(if small { 1 } else { a.bits().saturating_mul(exponent) })?;
        if small && exponent > 2 {
            // 0, 1 and -1: the parity of the exponent decides.
            let parity = if b.is_even() { 2u64 } else { 1 };
            return Ok(Pow::pow(a, parity));
        }
        Ok(Pow::pow(a, exponent))
    }

    fn floats(&mut self, op: Operator, x: f64, y: f64) -> Result<Option<Value>, Raised> {
        if matches!(op, Operator::Div | Operator::FloorDiv | Operator::Mod) && y == 0.0 {
            return Err(self.error(&ZERO_DIVISION_ERROR, "float division by zero"));
        }
        let remainder = || {
            let rest = x % y;
            if rest != 0.0 && (rest < 0.0) != (y < 0.0) { rest + y } else { rest }
        };
        let value = match op {
            Operator::Add => x + y,
            Operator::Sub => x - y,
            Operator::Mult => x * y,
            Operator::Div => x / y,
            Operator::FloorDiv => ((x - remainder()) / y).round(),
            Operator::Mod => remainder(),
            Operator::Pow if x == 0.0 && y < 0.0 => {
                return Err(self.error(&ZERO_DIVISION_ERROR, "0.0 cannot be raised to a negative power"));
            }
            Operator::Pow if x < 0.0 && x.is_finite() && y.is_finite() && y.fract() != 0.0 => {
                return Err(if self.is_python2() {
                    let text = "negative number cannot be raised to a fractional power";
                    self.error(&super::exceptions::VALUE_ERROR, text)
                } else {
                    self.unknown("complex numbers are not modelled")
                });
            }
            Operator::Pow => {
                let value = x.powf(y);
                if value.is_infinite() && x.is_finite() {
                    return Err(self.error(&OVERFLOW_ERROR, "(34, 'Numerical result out of range')"));
                }
                value
            }
            _ => return Ok(None),
        };
        Ok(Some(Value::float(value)))
    }

    pub(super) fn unary(&mut self, op: ast::UnaryOp, value: &Value) -> Result<Value, Raised> {
        if value.is_unknown() {
            return Ok(value.clone());
        }
        if op == ast::UnaryOp::Not {
            return Ok(Value::bool(!self.truth(value)?));
        }
        let name = match op {
            ast::UnaryOp::USub => "__neg__",
            ast::UnaryOp::UAdd => "__pos__",
            _ => "__invert__",
        };
        if let Some(method) = self.method(value, name)? {
            return self.call(&method, vec![]);
        }
        let plain = self.plain(value);
        match (op, &plain.data) {
            (ast::UnaryOp::USub, Data::Float(number)) => Ok(Value::float(-number)),
            (ast::UnaryOp::UAdd, Data::Float(number)) => Ok(Value::float(*number)),
            _ => match (op, Self::big_of(&plain)) {
                (ast::UnaryOp::USub, Some(number)) => Ok(self.integer_like(&plain, -number)),
                (ast::UnaryOp::UAdd, Some(number)) => Ok(self.integer_like(&plain, number)),
                (_, Some(number)) => Ok(self.integer_like(&plain, -number - 1)),
                (_, None) => {
                    let kind = self.type_name(value);
                    Err(self.error(&TYPE_ERROR, format!("bad operand type for unary operator: '{kind}'")))
                }
            },
        }
    }
}

fn repeated(items: &[Value], times: usize) -> Vec<Value> {
    std::iter::repeat_n(items, times).flatten().cloned().collect()
}

/// The float nearest to `a / b`; `None` when it is too large, or so small that it has fewer bits than others.
fn quotient(a: &BigInt, b: &BigInt) -> Option<f64> {
    const EXACT: u64 = 53;
    if a.bits() <= EXACT && b.bits() <= EXACT {
        return Some(a.to_f64()? / b.to_f64()?);
    }
    // So many bits that rounding them once is rounding the quotient, the last one standing for all that is cut off.
    let places = 66 + b.bits() as i64 - a.bits() as i64;
    let (x, y) = if places >= 0 { (a << places, b.clone()) } else { (a.clone(), b << -places) };
    let (whole, rest) = x.div_rem(&y);
    let mut bits = whole.magnitude() << 1u32;
    if !rest.is_zero() {
        bits += 1u32;
    }
    let value = bits.to_f64()? * 2f64.powi(i32::try_from(-places - 1).ok().filter(|power| *power > -1000)?);
    let negative = a.is_negative() != b.is_negative();
    Some(if negative { -value } else { value }).filter(|value| value.is_finite())
}

fn sign(op: Operator) -> &'static str {
    match op {
        Operator::Add => "+",
        Operator::Sub => "-",
        Operator::Mult => "*",
        Operator::MatMult => "@",
        Operator::Div => "/",
        Operator::Mod => "%",
        Operator::Pow => "** or pow()",
        Operator::LShift => "<<",
        Operator::RShift => ">>",
        Operator::BitOr => "|",
        Operator::BitXor => "^",
        Operator::BitAnd => "&",
        Operator::FloorDiv => "//",
    }
}

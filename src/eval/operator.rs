//! Operators: arithmetic, comparison, membership.

use super::Evaluator;
use super::budget::MAX_INT_BITS;
use super::dict::Set;
use super::exceptions::{OVERFLOW_ERROR, TYPE_ERROR, UNICODE_DECODE_ERROR, ZERO_DIVISION_ERROR};
use super::object::{List, Object};
use super::raised::{Flow, Raised};
use super::value::{Data, Origin, Value};
use crate::syntax::python::ast::{self, CmpOp, Operator};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Pow, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

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
            let from = if left.origin == Origin::NOWHERE { right.origin } else { left.origin };
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
            let sign = sign(op);
            self.error(&TYPE_ERROR, format!("unsupported operand type(s) for {sign}: '{x}' and '{y}'"))
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
                            rest = y.rest.clone();
                        }
                    }
                    Data::Unknown(unknown) => rest = rest.or_else(|| Some(unknown.clone())),
                    _ => return Ok(None),
                }
                self.charge_bytes(items.len() * 24)?;
                Value::object(self.allocate(Object::List(List { items, rest })))
            }
            _ => return Ok(None),
        }))
    }

    /// A byte string of Python 2 where text is wanted.
    pub(super) fn ascii_of(&mut self, bytes: &[u8]) -> Result<String, Raised> {
        if self.default_utf8
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            return Ok(text.to_owned());
        }
        if bytes.is_ascii() {
            return Ok(bytes.iter().map(|b| char::from(*b)).collect());
        }
        Err(self.error(&UNICODE_DECODE_ERROR, "'ascii' codec can't decode byte: ordinal not in range(128)"))
    }

    fn repeat(&mut self, sequence: &Value, times: &Value) -> Result<Option<Value>, Raised> {
        let times = match &times.data {
            Data::Big(_) => return Err(self.too_large()),
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

    fn set_operation(&mut self, op: Operator, a: &Value, b: &Value) -> Result<Option<Value>, Raised> {
        let view = |value: &Value| {
            value.as_object().is_some_and(|id| matches!(self.state.object(id), Object::View(_)))
        };
        if view(a)
            && !view(b)
            && b.as_object().is_none_or(|id| !matches!(self.state.object(id), Object::Set(_)))
        {
            let items = self.items(b)?;
            let other = self.set(items, false)?;
            return self.set_operation(op, a, &other);
        }
        let (Data::Object(x), Data::Object(y)) = (&a.data, &b.data) else { return Ok(None) };
        if op == Operator::BitOr
            && let (Object::Dict(_), Object::Dict(_)) = (self.state.object(*x), self.state.object(*y))
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
        Ok(Some(Value::object(self.allocate(Object::Set(made)))))
    }

    /// A set, or the keys of a dict's view as one.
    fn as_set(&mut self, value: &Value) -> Result<Option<Set>, Raised> {
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
            return Err(self.error(&ZERO_DIVISION_ERROR, "division by zero"));
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
                let (x, y) = (a.to_f64().unwrap_or(f64::NAN), b.to_f64().unwrap_or(f64::NAN));
                return Ok(Some(Value::float(x / y)));
            }
            Operator::Pow => return self.power(&a, &b).map(Some),
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
        Ok(Some(Value::big(value)))
    }

    fn check_bits(&mut self, bits: u64) -> Result<(), Raised> {
        if bits > MAX_INT_BITS {
            return Err(self.unknown("an integer larger than spx holds (4,096 bits)"));
        }
        Ok(())
    }

    fn power(&mut self, a: &BigInt, b: &BigInt) -> Result<Value, Raised> {
        if b.is_negative() {
            if a.is_zero() {
                return Err(self.error(&ZERO_DIVISION_ERROR, "0.0 cannot be raised to a negative power"));
            }
            let (x, y) = (a.to_f64().unwrap_or(f64::NAN), b.to_f64().unwrap_or(f64::NAN));
            return Ok(Value::float(x.powf(y)));
        }
        let exponent = b.to_u64().unwrap_or(u64::MAX);
        let small = a.bits() <= 1;
        self.check_bits(if small { 1 } else { a.bits().saturating_mul(exponent) })?;
        if small && exponent > 2 {
            // 0, 1 and -1: the parity of the exponent decides.
            let parity = if b.is_even() { 2u64 } else { 1 };
            return Ok(Value::big(Pow::pow(a, parity)));
        }
        Ok(Value::big(Pow::pow(a, exponent)))
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
                (ast::UnaryOp::USub, Some(number)) => Ok(Value::big(-number)),
                (ast::UnaryOp::UAdd, Some(number)) => Ok(Value::big(number)),
                (_, Some(number)) => Ok(Value::big(-number - 1)),
                (_, None) => {
                    let kind = self.type_name(value);
                    Err(self.error(&TYPE_ERROR, format!("bad operand type for unary operator: '{kind}'")))
                }
            },
        }
    }

    pub(super) fn evaluate_compare(&mut self, expression: &ast::ExprCompare) -> Result<Value, Flow> {
        let mut left = self.evaluate(&expression.left)?;
        let mut result = Value::bool(true);
        for (op, right) in expression.ops.iter().zip(&expression.comparators) {
            let right = self.evaluate(right)?;
            let next = self.catching(|cx| cx.compare(*op, &left, &right))?;
            match self.truth_or_unknown(&next)? {
                Ok(false) => return Ok(next),
                // What an unknown comparison leaves open, a later false one settles.
                Err(_) => result = next,
                Ok(true) if result.is_unknown() => {}
                Ok(true) => result = next,
            }
            left = right;
        }
        Ok(result)
    }

    /// `left op right` of a comparison.
    pub fn compare(&mut self, op: CmpOp, left: &Value, right: &Value) -> Result<Value, Raised> {
        match op {
            CmpOp::Is | CmpOp::IsNot => {
                let same = self.identical(left, right)?;
                return Ok(Value::bool(same == (op == CmpOp::Is)));
            }
            CmpOp::In | CmpOp::NotIn => {
                let found = self.contains(right, left)?;
                return Ok(Value::bool(found == (op == CmpOp::In)));
            }
            _ => {}
        }
        for value in [left, right] {
            if value.is_unknown() {
                return Ok(value.clone());
            }
        }
        if let Some(value) = self.compare_method(op, left, right)? {
            return Ok(value);
        }
        Ok(Value::bool(match op {
            CmpOp::Eq => self.equal(left, right)?,
            CmpOp::NotEq => !self.equal(left, right)?,
            _ => {
                let order = self.order(left, right)?;
                match op {
                    CmpOp::Lt => order == Some(Ordering::Less),
                    CmpOp::LtE => matches!(order, Some(Ordering::Less | Ordering::Equal)),
                    CmpOp::Gt => order == Some(Ordering::Greater),
                    _ => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
                }
            }
        }))
    }

    fn identical(&mut self, left: &Value, right: &Value) -> Result<bool, Raised> {
        match (&left.data, &right.data) {
            (Data::Unknown(_), _) => Err(Raised::Unknown(left.clone())),
            (_, Data::Unknown(_)) => Err(Raised::Unknown(right.clone())),
            // Whether equal strings or numbers are one object is CPython's own affair; where it shows, they usually are.
            _ => Ok(left.is(right)),
        }
    }

    fn compare_method(&mut self, op: CmpOp, left: &Value, right: &Value) -> Result<Option<Value>, Raised> {
        let (forward, backward) = match op {
            CmpOp::Eq => ("__eq__", "__eq__"),
            CmpOp::NotEq => ("__ne__", "__ne__"),
            CmpOp::Lt => ("__lt__", "__gt__"),
            CmpOp::LtE => ("__le__", "__ge__"),
            CmpOp::Gt => ("__gt__", "__lt__"),
            _ => ("__ge__", "__le__"),
        };
        for (receiver, other, name) in [(left, right, forward), (right, left, backward)] {
            if let Some(method) = self.method(receiver, name)? {
                let value = self.call(&method, vec![other.clone()])?;
                if !matches!(value.data, Data::NotImplemented) {
                    return Ok(Some(value));
                }
            }
        }
        if op == CmpOp::NotEq
            && !self.is_python2()
            && let Some(equal) = self.compare_method(CmpOp::Eq, left, right)?
        {
            return Ok(Some(Value::bool(!self.truth(&equal)?)));
        }
        if self.is_python2() {
            for (receiver, other, sign) in [(left, right, 1), (right, left, -1)] {
                if let Some(method) = self.method(receiver, "__cmp__")? {
                    let value = self.call(&method, vec![other.clone()])?;
                    let order = self.int_of(&value)? * sign;
                    return Ok(Some(Value::bool(match op {
                        CmpOp::Eq => order == 0,
                        CmpOp::NotEq => order != 0,
                        CmpOp::Lt => order < 0,
                        CmpOp::LtE => order <= 0,
                        CmpOp::Gt => order > 0,
                        _ => order >= 0,
                    })));
                }
            }
        }
        Ok(None)
    }

    /// `left == right`; an unknown item that decides is `Err(Raised::Unknown(_))`.
    pub fn equal(&mut self, left: &Value, right: &Value) -> Result<bool, Raised> {
        self.budget.steps(1)?;
        self.budget.enter(2)?;
        let result = self.equal_inner(left, right);
        self.budget.leave(2);
        result
    }

    fn equal_inner(&mut self, left: &Value, right: &Value) -> Result<bool, Raised> {
        for value in [left, right] {
            if value.is_unknown() {
                return Err(Raised::Unknown(value.clone()));
            }
        }
        if let Some(value) = self.compare_method(CmpOp::Eq, left, right)? {
            return self.truth(&value);
        }
        let (a, b) = (self.plain(left), self.plain(right));
        match (&a.data, &b.data) {
            (Data::Tuple(x), Data::Tuple(y)) => self.equal_items(x, y),
            (Data::Object(x), Data::Object(y)) if x != y => self.equal_objects(*x, *y),
            (Data::Float(x), Data::Float(y)) => Ok(x == y),
            (Data::Float(x), _) => Ok(Self::big_of(&b).and_then(|b| b.to_f64()).is_some_and(|y| y == *x)),
            (_, Data::Float(y)) => Ok(Self::big_of(&a).and_then(|a| a.to_f64()).is_some_and(|x| x == *y)),
            (Data::Bool(_) | Data::Int(_) | Data::Big(_), Data::Bool(_) | Data::Int(_) | Data::Big(_)) => {
                Ok(Self::big_of(&a) == Self::big_of(&b))
            }
            (Data::Text(x), Data::Bytes(y)) | (Data::Bytes(y), Data::Text(x)) => {
                Ok(self.is_python2() && y.is_ascii() && x.as_bytes() == &**y)
            }
            (Data::Slice(x), Data::Slice(y)) => self.equal_items(&x[..], &y[..]),
            _ => Ok(a.is(&b)),
        }
    }

    fn equal_items(&mut self, x: &[Value], y: &[Value]) -> Result<bool, Raised> {
        if x.len() != y.len() {
            return Ok(false);
        }
        let mut unknown = None;
        for (x, y) in x.iter().zip(y) {
            // What is the same object is taken as equal, whatever its `__eq__` says.
            let same = x.as_object().is_some() && x.is(y);
            match if same { Ok(true) } else { self.equal(x, y) } {
                Ok(true) => {}
                Err(Raised::Unknown(value)) => unknown = Some(value),
                other => return other,
            }
        }
        unknown.map_or(Ok(true), |unknown| Err(Raised::Unknown(unknown)))
    }

    fn equal_objects(&mut self, x: super::ObjectId, y: super::ObjectId) -> Result<bool, Raised> {
        let open = |rest: &Option<_>| -> Result<(), Raised> {
            rest.as_ref().map_or(Ok(()), |unknown: &std::sync::Arc<super::Unknown>| {
                Err(Raised::Unknown(Data::Unknown(unknown.clone()).into()))
            })
        };
        match (self.state.object(x), self.state.object(y)) {
            (Object::List(x), Object::List(y)) => {
                open(&x.rest)?;
                open(&y.rest)?;
                let (x, y) = (x.items.clone(), y.items.clone());
                self.equal_items(&x, &y)
            }
            (Object::Dict(x), Object::Dict(y)) => {
                open(&x.rest)?;
                open(&y.rest)?;
                if x.len() != y.len() {
                    return Ok(false);
                }
                let mut pairs = (Vec::new(), Vec::new());
                for (key, _, value) in x.iter() {
                    let Some(other) = y.get(key) else { return Ok(false) };
                    pairs.0.push(value.clone());
                    pairs.1.push(other.clone());
                }
                self.equal_items(&pairs.0, &pairs.1)
            }
            (Object::Set(x), Object::Set(y)) => {
                open(&x.rest)?;
                open(&y.rest)?;
                Ok(x.len() == y.len() && x.iter().all(|(key, _)| y.contains(key)))
            }
            (Object::View(_), Object::View(_) | Object::Set(_)) | (Object::Set(_), Object::View(_)) => {
                let (x, y) = (self.as_set(&Value::object(x))?, self.as_set(&Value::object(y))?);
                Ok(matches!((x, y), (Some(x), Some(y)) if x.sorted_keys() == y.sorted_keys()))
            }
            _ => Ok(false),
        }
    }

    /// `left < right`.
    pub fn less(&mut self, left: &Value, right: &Value) -> Result<bool, Raised> {
        let value = self.compare(CmpOp::Lt, left, right)?;
        self.truth(&value)
    }

    /// The order of two values without methods of their own; `None` for sets and NaN that are in no order.
    pub(super) fn order(&mut self, left: &Value, right: &Value) -> Result<Option<Ordering>, Raised> {
        self.budget.steps(1)?;
        self.budget.enter(2)?;
        let result = self.order_inner(left, right);
        self.budget.leave(2);
        result
    }

    fn order_inner(&mut self, left: &Value, right: &Value) -> Result<Option<Ordering>, Raised> {
        let (a, b) = (self.plain(left), self.plain(right));
        match (&a.data, &b.data) {
            (Data::Unknown(_), _) => return Err(Raised::Unknown(a)),
            (_, Data::Unknown(_)) => return Err(Raised::Unknown(b)),
            (Data::Text(x), Data::Text(y)) => return Ok(Some(x.cmp(y))),
            (Data::Bytes(x), Data::Bytes(y)) => return Ok(Some(x.cmp(y))),
            (Data::Text(x), Data::Bytes(y)) if self.is_python2() => return Ok(Some(x.as_bytes().cmp(y))),
            (Data::Bytes(x), Data::Text(y)) if self.is_python2() => return Ok(Some((**x).cmp(y.as_bytes()))),
            (Data::Tuple(x), Data::Tuple(y)) => return self.order_items(x, y),
            (Data::Float(_), _) | (_, Data::Float(_)) if Self::is_number(&a) && Self::is_number(&b) => {
                return Ok(self.float_of(&a)?.partial_cmp(&self.float_of(&b)?));
            }
            (Data::Object(x), Data::Object(y)) => match (self.state.object(*x), self.state.object(*y)) {
                (Object::List(x), Object::List(y)) => {
                    if let Some(unknown) = x.rest.clone().or_else(|| y.rest.clone()) {
                        return Err(Raised::Unknown(Data::Unknown(unknown).into()));
                    }
                    let (x, y) = (x.items.clone(), y.items.clone());
                    return self.order_items(&x, &y);
                }
                (Object::Set(x), Object::Set(y)) => {
                    let within = |a: &Set, b: &Set| a.iter().all(|(key, _)| b.contains(key));
                    return Ok(match (within(x, y), within(y, x)) {
                        (true, true) => Some(Ordering::Equal),
                        (true, false) => Some(Ordering::Less),
                        (false, true) => Some(Ordering::Greater),
                        (false, false) => None,
                    });
                }
                _ => {}
            },
            _ => {}
        }
        if let (Some(x), Some(y)) = (Self::big_of(&a), Self::big_of(&b)) {
            return Ok(Some(x.cmp(&y)));
        }
        if self.is_python2() {
            return self.python2_order(left, right);
        }
        let (x, y) = (self.type_name(left), self.type_name(right));
        Err(self.error(&TYPE_ERROR, format!("'<' not supported between instances of '{x}' and '{y}'")))
    }

    fn is_number(value: &Value) -> bool {
        matches!(value.data, Data::Float(_) | Data::Int(_) | Data::Bool(_) | Data::Big(_))
    }

    /// Python 2 orders everything: None, then numbers, then by the name of the type.
    fn python2_order(&mut self, left: &Value, right: &Value) -> Result<Option<Ordering>, Raised> {
        if left.is(right) {
            return Ok(Some(Ordering::Equal));
        }
        let rank = |value: &Value| match value.data {
            Data::None => 0,
            _ if Self::is_number(value) => 1,
            _ => 2,
        };
        let (x, y) = (self.type_name(left), self.type_name(right));
        let order = rank(left).cmp(&rank(right)).then(x.cmp(&y));
        if order == Ordering::Equal {
            return Err(self.unknown("the order of these objects is that of their addresses"));
        }
        Ok(Some(order))
    }

    fn order_items(&mut self, x: &[Value], y: &[Value]) -> Result<Option<Ordering>, Raised> {
        for (x, y) in x.iter().zip(y) {
            if self.equal(x, y)? {
                continue;
            }
            if self.less(x, y)? {
                return Ok(Some(Ordering::Less));
            }
            return Ok(Some(Ordering::Greater));
        }
        Ok(Some(x.len().cmp(&y.len())))
    }

    /// `item in container`.
    pub fn contains(&mut self, container: &Value, item: &Value) -> Result<bool, Raised> {
        if container.is_unknown() {
            return Err(Raised::Unknown(container.clone()));
        }
        if let Some(method) = self.method(container, "__contains__")? {
            let found = self.call(&method, vec![item.clone()])?;
            return self.truth(&found);
        }
        let plain = self.plain(container);
        match &plain.data {
            Data::Text(text) => {
                let part = match &self.plain(item).data {
                    Data::Bytes(bytes) if self.is_python2() => self.ascii_of(bytes)?.into(),
                    _ => self.text_of(item)?,
                };
                self.charge_steps(text.len() / 64)?;
                return Ok(text.contains(&*part));
            }
            Data::Bytes(bytes) => return self.contains_bytes(bytes, item),
            Data::Object(id) => match self.state.object(*id) {
                Object::Dict(_) | Object::Set(_) => return self.contains_key(&plain, item),
                Object::View(view) if view.kind == super::object::ViewKind::Keys => {
                    let dict = Value::object(view.dict);
                    return self.contains_key(&dict, item);
                }
                Object::Module(_) | Object::Function(_) | Object::Class(_) => {
                    return Err(self.not_supported(container, "is not a container"));
                }
                _ => {}
            },
            _ => {}
        }
        if plain
            .as_object()
            .is_some_and(|id| matches!(self.state.object(id), Object::Iterator(_) | Object::Generator(_) | Object::Lazy(_)))
        {
            // It is used up to the item.
            while let Some(candidate) = self.next(&plain)? {
                if self.equal(&candidate, item)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let (items, rest) = self.partly(&plain)?;
        let mut unknown = rest.map(|unknown| Value::from(Data::Unknown(unknown)));
        for candidate in items {
            if candidate.is(item) && !item.is_unknown() {
                return Ok(true);
            }
            match self.equal(&candidate, item) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(Raised::Unknown(value)) => unknown = Some(value),
                other => return other,
            }
        }
        unknown.map_or(Ok(false), |unknown| Err(Raised::Unknown(unknown)))
    }

    fn contains_bytes(&mut self, bytes: &[u8], item: &Value) -> Result<bool, Raised> {
        let part: Vec<u8> = match &self.plain(item).data {
            Data::Int(number) => vec![u8::try_from(*number).unwrap_or_default()],
            Data::Text(text) if self.is_python2() => text.as_bytes().to_vec(),
            _ => self.bytes_of(item)?.to_vec(),
        };
        self.charge_steps(bytes.len() / 16)?;
        Ok(part.is_empty() || bytes.windows(part.len()).any(|window| window == part))
    }

    fn contains_key(&mut self, container: &Value, item: &Value) -> Result<bool, Raised> {
        let key = self.key(item)?;
        let Some(id) = container.as_object() else { return Ok(false) };
        let (found, rest) = match self.state.object(id) {
            Object::Dict(dict) => match dict.get(&key) {
                Some(value) if value.as_unknown().is_some_and(|unknown| unknown.maybe_absent) => {
                    return Err(Raised::Unknown(value.clone()));
                }
                found => (found.is_some(), dict.rest.clone()),
            },
            Object::Set(set) => (set.contains(&key), set.rest.clone()),
            _ => (false, None),
        };
        match rest {
            Some(unknown) if !found => Err(Raised::Unknown(Data::Unknown(unknown).into())),
            _ => Ok(found),
        }
    }
}

fn repeated(items: &[Value], times: usize) -> Vec<Value> {
    std::iter::repeat_n(items, times).flatten().cloned().collect()
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

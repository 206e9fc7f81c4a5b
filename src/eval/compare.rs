//! Comparison: equality, order, identity, membership.

use super::Evaluator;
use super::convert::OfTheVersion;
use super::dict::Set;
use super::exceptions::{TYPE_ERROR, VALUE_ERROR};
use super::object::Object;
use super::raised::{Flow, Raised};
use super::value::{Data, Unknown, Value};
use crate::syntax::python::ast::{self, CmpOp};
use num_bigint::BigInt;
use num_traits::FromPrimitive;
use std::cmp::Ordering;
use std::sync::Arc;

impl Evaluator<'_> {
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
                let same = Self::identical(left, right)?;
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
        if let Some(versions) = self.carried::<OfTheVersion>(left) {
            let right = self.plain(right);
            return self.compare_versions(&versions, |cx, left| cx.compare(op, left, &right));
        }
        if let Some(versions) = self.carried::<OfTheVersion>(right) {
            return self.compare_versions(&versions, |cx, right| cx.compare(op, left, right));
        }
        if let Some(value) = self.compare_method(op, left, right)? {
            return Ok(value);
        }
        let unknown = [left, right].into_iter().find_map(|value| self.unknown_in_class(value));
        if let Some(unknown) = unknown.filter(|_| !left.is(right)) {
            return Ok(Data::Unknown(unknown).into());
        }
        Ok(Value::bool(match op {
            CmpOp::Eq => self.equal(left, right)?,
            CmpOp::NotEq if self.is_python2() && self.has_only_equal(left, right) => !left.is(right),
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

    /// What is not known of an instance's class: a base that may say what the instance is equal to.
    fn unknown_in_class(&self, value: &Value) -> Option<Arc<Unknown>> {
        let id = value.as_object()?;
        let Object::Instance(instance) = self.state.object(id) else { return None };
        self.class_order(instance.class).into_iter().find_map(|class| self.unknown_base(class))
    }

    /// A comparison with what is another value on each Python: on record is what it tells apart.
    fn compare_versions(
        &mut self,
        versions: &OfTheVersion,
        compare: impl Fn(&mut Self, &Value) -> Result<Value, Raised>,
    ) -> Result<Value, Raised> {
        let target = self.target_python();
        let mut answers = Vec::new();
        for (python, value) in &versions.0 {
            let answer = compare(self, value)?;
            answers.push((*python, self.truth(&answer)?));
        }
        let own = answers.iter().any(|(python, answer)| *python == target && *answer);
        self.tells_apart(|python| !answers.contains(&(python, !own)));
        Ok(Value::bool(own))
    }

    /// Whether a script's class has an `__eq__` and nothing else that says `!=`: Python 2 then compares identities.
    fn has_only_equal(&self, left: &Value, right: &Value) -> bool {
        let equal =
            |value: &Value| self.script_method(value, "__eq__").is_some() && self.plain(value).is(value);
        equal(left) || equal(right)
    }

    /// The integer that a float is.
    fn exact(number: f64) -> Option<BigInt> {
        BigInt::from_f64(number).filter(|_| number.fract() == 0.0)
    }

    fn identical(left: &Value, right: &Value) -> Result<bool, Raised> {
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
        let script_equal =
            |cx: &Self| [left, right].into_iter().any(|value| cx.script_method(value, "__eq__").is_some());
        if op == CmpOp::NotEq && self.is_python2() && script_equal(self) {
            // Python 2 does not ask `__eq__` for `!=`.
            let (a, b) = (self.plain(left), self.plain(right));
            let own = a.is(left) && b.is(right);
            let same = if own { left.is(right) } else { self.equal(&a, &b)? };
            return Ok(Some(Value::bool(!same)));
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
            (Data::Float(x), Data::Float(y)) => Ok(x.partial_cmp(y) == Some(Ordering::Equal)),
            // Exactly: an integer beyond 2**53 equals no float that it is only near to.
            (Data::Float(x), _) => Ok(Self::big_of(&b).is_some_and(|y| Self::exact(*x) == Some(y))),
            (_, Data::Float(y)) => Ok(Self::big_of(&a).is_some_and(|x| Self::exact(*y) == Some(x))),
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
            (Object::View(view), _) | (_, Object::View(view))
                if view.kind == super::object::ViewKind::Values =>
            {
                Ok(false)
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
                return Ok(match (&a.data, &b.data) {
                    (Data::Float(x), Data::Big(y)) => order_of_float(*x, y),
                    (Data::Big(x), Data::Float(y)) => order_of_float(*y, x).map(Ordering::reverse),
                    _ => self.float_of(&a)?.partial_cmp(&self.float_of(&b)?),
                });
            }
            (Data::Object(x), Data::Object(y)) => match (self.state.object(*x), self.state.object(*y)) {
                (Object::List(x), Object::List(y)) => {
                    if let Some(unknown) = x.rest.clone().or_else(|| y.rest.clone()) {
                        return Err(Raised::Unknown(Data::Unknown(unknown).into()));
                    }
                    let (x, y) = (x.items.clone(), y.items.clone());
                    return self.order_items(&x, &y);
                }
                (Object::View(x), _) | (_, Object::View(x)) if x.kind == super::object::ViewKind::Values => {}
                (Object::View(_) | Object::Set(_), Object::View(_) | Object::Set(_)) => {
                    let (Some(x), Some(y)) = (self.as_set(&a)?, self.as_set(&b)?) else { return Ok(None) };
                    if let Some(unknown) = x.rest.clone().or_else(|| y.rest.clone()) {
                        return Err(Raised::Unknown(Data::Unknown(unknown).into()));
                    }
                    let within = |a: &Set, b: &Set| a.iter().all(|(key, _)| b.contains(key));
                    return Ok(match (within(&x, &y), within(&y, &x)) {
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
        if plain.as_object().is_some_and(|id| {
            matches!(self.state.object(id), Object::Iterator(_) | Object::Generator(_) | Object::Lazy(_))
        }) {
            // It is used up to the item.
            while let Some(candidate) = self.next(&plain)? {
                if self.equal(&candidate, item)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let (items, rest) = match self.shuffled(&plain) {
            Some(items) => (items, None),
            None => self.partly(&plain)?,
        };
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
            Data::Int(number) if !self.is_python2() => match u8::try_from(*number) {
                Ok(byte) => vec![byte],
                Err(_) => return Err(self.error(&VALUE_ERROR, "byte must be in range(0, 256)")),
            },
            Data::Text(text) if self.is_python2() && bytes.is_ascii() && text.is_ascii() => {
                text.as_bytes().to_vec()
            }
            Data::Text(text) if self.is_python2() => {
                let text = text.clone();
                return Ok(self.ascii_of(bytes)?.contains(&*text));
            }
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

/// How a float stands to an integer beyond 64 bits.
fn order_of_float(float: f64, integer: &BigInt) -> Option<Ordering> {
    match BigInt::from_f64(float) {
        // The fraction cannot matter: a float of this size has none.
        Some(whole) => Some(whole.cmp(integer)),
        None if float.is_nan() => None,
        None => Some(if float > 0.0 { Ordering::Greater } else { Ordering::Less }),
    }
}

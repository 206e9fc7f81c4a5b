//! Values: small handles that know where they came from.

use super::module::{Class, Entry};
use crate::text::Span;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

/// An object of the arena, by its place there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ObjectId(pub(super) u32);

/// Where a value came from: a node of the evaluator's table of origins. [`Origin::NOWHERE`] until an expression is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Origin(pub(super) u32);

impl Origin {
    pub const NOWHERE: Self = Self(0);
}

/// A Python value together with its origin. Cheap to copy: mutable things stand in the arena.
#[derive(Clone, Debug)]
pub struct Value {
    pub data: Data,
    pub origin: Origin,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Data {
    None,
    Bool(bool),
    Int(i64),
    /// What does not fit `Int`; on Python 2 every `long`, however small.
    Big(Arc<BigInt>),
    Float(f64),
    /// `str` of Python 3, `unicode` of Python 2.
    Text(Arc<str>),
    /// `bytes` of Python 3, `str` of Python 2.
    Bytes(Arc<[u8]>),
    Tuple(Arc<[Value]>),
    /// Start, stop and step.
    Slice(Arc<[Value; 3]>),
    Ellipsis,
    NotImplemented,
    /// A function of a modelled module.
    Native(&'static Entry),
    /// A built-in or modelled class.
    Class(&'static Class),
    /// A function with the object it was taken from.
    Bound(Arc<Bound>),
    Object(ObjectId),
    Unknown(Arc<Unknown>),
}

/// Why a text with a lone surrogate (`'\ud800'`) is not known.
pub const LONE_SURROGATE: &str = "text with lone surrogates is not modelled";

/// A bound method.
#[derive(Clone, Debug)]
pub struct Bound {
    pub function: Value,
    pub receiver: Value,
}

/// Why and where knowledge was lost. Operations on an unknown value pass the same loss on: it is the root cause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    /// One phrase: "`os.environ['V']` depends on the machine that builds".
    pub reason: Cow<'static, str>,
    pub span: Span,
    /// The places of the values that differ, when two paths gave two values.
    pub others: Vec<Span>,
    /// An entry of a dict or namespace that only some paths make.
    pub maybe_absent: bool,
}

impl From<Data> for Value {
    fn from(data: Data) -> Self {
        Self { data, origin: Origin::NOWHERE }
    }
}

impl Value {
    pub const NONE: Self = Self { data: Data::None, origin: Origin::NOWHERE };

    pub fn bool(value: bool) -> Self {
        Data::Bool(value).into()
    }

    pub fn int(value: i64) -> Self {
        Data::Int(value).into()
    }

    pub fn big(value: BigInt) -> Self {
        match value.to_i64() {
            Some(small) => Data::Int(small).into(),
            None => Data::Big(Arc::new(value)).into(),
        }
    }

    /// A `long` of Python 2.
    pub fn long(value: BigInt) -> Self {
        Data::Big(Arc::new(value)).into()
    }

    pub fn float(value: f64) -> Self {
        Data::Float(value).into()
    }

    /// `str` of Python 3, `unicode` of Python 2; for the target's own `str` see [`super::Evaluator::native_text`].
    pub fn text(value: impl Into<Arc<str>>) -> Self {
        Data::Text(value.into()).into()
    }

    pub fn bytes(value: impl Into<Arc<[u8]>>) -> Self {
        Data::Bytes(value.into()).into()
    }

    pub fn tuple(items: impl Into<Arc<[Self]>>) -> Self {
        Data::Tuple(items.into()).into()
    }

    /// What nested tuples hold that is no tuple, in their order; a shared tuple is gone through once.
    pub fn leaves(&self) -> Vec<&Self> {
        let (mut leaves, mut open, mut seen) = (Vec::new(), vec![self], HashSet::new());
        while let Some(value) = open.pop() {
            match &value.data {
                Data::Tuple(items) if seen.insert(items.as_ptr()) => open.extend(items.iter().rev()),
                Data::Tuple(_) => {}
                _ => leaves.push(value),
            }
        }
        leaves
    }

    pub fn class(class: &'static Class) -> Self {
        Data::Class(class).into()
    }

    pub fn object(id: ObjectId) -> Self {
        Data::Object(id).into()
    }

    pub fn unknown(unknown: Unknown) -> Self {
        Data::Unknown(Arc::new(unknown)).into()
    }

    #[must_use]
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    pub fn is_none(&self) -> bool {
        matches!(self.data, Data::None)
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self.data, Data::Unknown(_))
    }

    pub fn as_unknown(&self) -> Option<&Arc<Unknown>> {
        if let Data::Unknown(unknown) = &self.data { Some(unknown) } else { None }
    }

    pub fn as_object(&self) -> Option<ObjectId> {
        if let Data::Object(id) = self.data { Some(id) } else { None }
    }

    /// Whether both are the same object (`is`): by identity for what lives in the arena, by value for what does not.
    pub fn is(&self, other: &Self) -> bool {
        match (&self.data, &other.data) {
            (Data::None, Data::None)
            | (Data::Ellipsis, Data::Ellipsis)
            | (Data::NotImplemented, Data::NotImplemented) => true,
            (Data::Bool(a), Data::Bool(b)) => a == b,
            (Data::Int(a), Data::Int(b)) => a == b,
            (Data::Big(a), Data::Big(b)) => a == b,
            (Data::Float(a), Data::Float(b)) => a.to_bits() == b.to_bits(),
            (Data::Text(a), Data::Text(b)) => a == b,
            (Data::Bytes(a), Data::Bytes(b)) => a == b,
            (Data::Tuple(a), Data::Tuple(b)) => Arc::ptr_eq(a, b) || (a.is_empty() && b.is_empty()),
            (Data::Slice(a), Data::Slice(b)) => Arc::ptr_eq(a, b),
            (Data::Native(a), Data::Native(b)) => std::ptr::eq(*a, *b),
            (Data::Class(a), Data::Class(b)) => std::ptr::eq(*a, *b),
            (Data::Bound(a), Data::Bound(b)) => a.function.is(&b.function) && a.receiver.is(&b.receiver),
            (Data::Object(a), Data::Object(b)) => a == b,
            (Data::Unknown(a), Data::Unknown(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

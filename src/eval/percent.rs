//! `template % value`: the values behind the formatting engine.

use super::Evaluator;
use super::budget::MAX_VALUE;
use super::format::{Failure, from_latin1, latin1};
use super::object::{ClassRef, Object};
use super::percent_format::{self, Conversion, Flavour, Formatted, Operand, Operands, Shape};
use super::raised::Raised;
use super::types;
use super::value::{Data, Value};
use num_bigint::BigInt;

impl Evaluator<'_> {
    /// `template % value`.
    pub(super) fn percent(&mut self, template: &Value, value: &Value) -> Result<Value, Raised> {
        let python = self.environment.target.python;
        let plain = self.plain(value);
        let value = if matches!(plain.data, Data::Tuple(_)) { &plain } else { value };
        if let Data::Bytes(bytes) = &template.data {
            let flavour = Flavour { python, bytes: true };
            let text = latin1(bytes);
            let mut operands =
                PercentOperands { cx: self, value: value.clone(), bytes: true, met_text: false };
            let formatted = percent_format::format(&text, &mut operands, flavour, MAX_VALUE);
            if !operands.met_text {
                return match formatted {
                    Ok(Formatted::Known(text)) => Ok(Value::bytes(from_latin1(&text))),
                    Ok(Formatted::Unknown(unknown)) => Err(Raised::Unknown(unknown)),
                    Err(failure) => Err(self.failure(failure)),
                };
            }
            // A `unicode` operand makes the whole of it `unicode`.
            let text = self.ascii_of(bytes)?;
            return self.percent_text(&text, value);
        }
        let text = self.text_of(template)?;
        self.percent_text(&text, value)
    }

    fn percent_text(&mut self, template: &str, value: &Value) -> Result<Value, Raised> {
        let flavour = Flavour { python: self.environment.target.python, bytes: false };
        let mut operands = PercentOperands { cx: self, value: value.clone(), bytes: false, met_text: false };
        match percent_format::format(template, &mut operands, flavour, MAX_VALUE) {
            Ok(Formatted::Known(text)) => {
                self.charge_bytes(text.len())?;
                Ok(Value::text(text))
            }
            Ok(Formatted::Unknown(unknown)) => Err(Raised::Unknown(unknown)),
            Err(failure) => Err(self.failure(failure)),
        }
    }
}

/// The right operand of `%`, as the engine asks for it.
struct PercentOperands<'a, 'run> {
    cx: &'a mut Evaluator<'run>,
    value: Value,
    /// The template is bytes, shown to the engine as Latin-1.
    bytes: bool,
    /// A `unicode` operand was met under a byte template of Python 2.
    met_text: bool,
}

impl PercentOperands<'_, '_> {
    fn text_inner(&mut self, value: &Value, how: Conversion) -> Result<String, Raised> {
        match how {
            Conversion::Repr => self.cx.repr_text(value),
            Conversion::Ascii => self.cx.ascii_text(value),
            Conversion::Str if self.bytes => {
                if let Data::Text(_) = value.data
                    && self.cx.is_python2()
                {
                    self.met_text = true;
                    return Ok(String::new());
                }
                if let Data::Bytes(bytes) = &value.data {
                    return Ok(latin1(bytes));
                }
                if !self.cx.is_python2() {
                    let bytes = self.cx.bytes_of(value)?;
                    return Ok(latin1(&bytes));
                }
                let text = self.cx.to_str(value)?;
                Ok(latin1(&self.cx.bytes_of(&text)?))
            }
            Conversion::Str => {
                let text = self.cx.to_unicode(value)?;
                Ok(self.cx.text_of(&text)?.to_string())
            }
        }
    }
}

impl Operands for PercentOperands<'_, '_> {
    type Value = Value;
    type Failure = Failure;

    fn shape(&self) -> Shape {
        match &self.value.data {
            Data::Tuple(items) => Shape::Tuple(items.len()),
            Data::Object(id) => match self.cx.state.object(*id) {
                Object::Dict(_) | Object::List(_) => Shape::Mapping,
                Object::Instance(instance) => {
                    let class = instance.class;
                    let order = self.cx.class_order(class);
                    let mapping = order.contains(&ClassRef::Native(&types::DICT));
                    if mapping { Shape::Mapping } else { Shape::Single }
                }
                _ => Shape::Single,
            },
            _ => Shape::Single,
        }
    }

    fn whole(&mut self) -> Value {
        self.value.clone()
    }

    fn item(&mut self, index: usize) -> Value {
        match &self.value.data {
            Data::Tuple(items) => items[index].clone(),
            _ => self.value.clone(),
        }
    }

    fn lookup(&mut self, key: &str) -> Result<Value, Failure> {
        let key = self.cx.native_text(key);
        let value = self.value.clone();
        match self.cx.get_item(&value, &key) {
            Ok(found) => Ok(found),
            Err(Raised::Unknown(unknown)) => Ok(unknown),
            Err(other) => Err(other.into()),
        }
    }

    fn text(&mut self, value: &Value, how: Conversion) -> Result<Option<String>, Failure> {
        if value.is_unknown() {
            return Ok(None);
        }
        match self.text_inner(value, how) {
            Ok(text) => Ok(Some(text)),
            Err(Raised::Unknown(_)) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }

    fn operand(&mut self, value: &Value) -> Operand {
        let plain = self.cx.plain(value);
        match &plain.data {
            Data::Unknown(_) => Operand::Unknown,
            Data::Float(number) => Operand::Float(*number),
            Data::Text(text) => Operand::Text(text.to_string()),
            Data::Bytes(bytes) => Operand::Text(latin1(bytes)),
            Data::Int(number) => Operand::Integer(BigInt::from(*number)),
            Data::Bool(flag) => Operand::Integer(BigInt::from(u8::from(*flag))),
            Data::Big(number) => Operand::Integer((**number).clone()),
            _ => Operand::Other(self.cx.type_name(value)),
        }
    }
}

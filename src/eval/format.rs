//! The text of values: `str`, `repr`, `format`, `%`, f-strings.

use super::budget::MAX_VALUE;
use super::exceptions::{self, BASE_EXCEPTION, TYPE_ERROR};
use super::format_error::FormatError;
use super::object::{ClassRef, Object, ViewKind};
use super::raised::{Flow, Raised};
use super::str_format::{self, Accessor, Field, First};
use super::value::{Data, ObjectId, Value};
use super::{CallArguments, Evaluator, float_text, format_spec, repr};
use crate::syntax::python::ast;
use std::sync::Arc;

/// Bytes as text of one character a byte, so that what works on text works on bytes.
pub(super) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The bytes that [`latin1`] made into text; other characters become `?`.
pub(super) fn from_latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

/// Why an engine gave no text.
pub(super) enum Failure {
    Format(FormatError),
    Raised(Raised),
}

impl From<FormatError> for Failure {
    fn from(error: FormatError) -> Self {
        Self::Format(error)
    }
}

impl From<Raised> for Failure {
    fn from(raised: Raised) -> Self {
        Self::Raised(raised)
    }
}

impl Evaluator<'_> {
    /// The exception or unknown value that an engine's error stands for.
    pub fn format_error(&mut self, error: FormatError) -> Raised {
        match error {
            FormatError::Python { class, message } => {
                let class = exceptions::ALL.iter().find(|known| known.name == class).copied();
                self.error(class.unwrap_or(&exceptions::VALUE_ERROR), message)
            }
            FormatError::TooLarge { .. } => self.too_large(),
            FormatError::NotModelled(reason) => self.unknown(reason),
        }
    }

    pub(super) fn failure(&mut self, failure: Failure) -> Raised {
        match failure {
            Failure::Format(error) => self.format_error(error),
            Failure::Raised(raised) => raised,
        }
    }

    /// `str(value)`: a string of the target's own kind.
    pub fn to_str(&mut self, value: &Value) -> Result<Value, Raised> {
        if self.is_python2() {
            if let Data::Text(text) = &value.data {
                if text.is_ascii() {
                    return Ok(Value::bytes(text.as_bytes()));
                }
                return self.encode_text(text, "ascii", "strict").map(Value::bytes);
            }
            if let Data::Bytes(_) = &value.data {
                return Ok(value.clone());
            }
        }
        if let Data::Text(_) = &value.data {
            return Ok(value.clone());
        }
        let text = self.display(value)?;
        Ok(self.native_text(&text))
    }

    /// `unicode(value)` of Python 2, `str(value)` of Python 3.
    pub fn to_unicode(&mut self, value: &Value) -> Result<Value, Raised> {
        match &value.data {
            Data::Text(_) => Ok(value.clone()),
            Data::Bytes(bytes) if self.is_python2() => Ok(Value::text(self.ascii_of(bytes)?)),
            _ => {
                if let Some(method) = self.method(value, "__unicode__")? {
                    let text = self.call(&method, vec![])?;
                    return self.to_unicode(&text);
                }
                Ok(Value::text(self.display(value)?))
            }
        }
    }

    /// The text of `str(value)`.
    pub fn display(&mut self, value: &Value) -> Result<String, Raised> {
        match &value.data {
            Data::Text(text) => Ok(text.to_string()),
            Data::Bytes(_) if self.is_python2() => Ok(self.text_of(value)?.to_string()),
            Data::Float(number) if self.is_python2() => Ok(float_text::python2_str(*number)),
            Data::Big(number) => Ok(number.to_string()),
            Data::Object(id) if matches!(self.state.object(*id), Object::Instance(_)) => {
                if let Some(method) = self.method(value, "__str__")? {
                    let text = self.call(&method, vec![])?;
                    return Ok(self.text_of(&text)?.to_string());
                }
                let plain = self.plain(value);
                if !plain.is(value) && self.method(value, "__repr__")?.is_none() {
                    return self.display(&plain);
                }
                self.repr_text(value)
            }
            _ => self.repr_text(value),
        }
    }

    /// `repr(value)`.
    pub fn repr(&mut self, value: &Value) -> Result<Value, Raised> {
        let text = self.repr_text(value)?;
        Ok(self.native_text(&text))
    }

    /// The text of `repr(value)`.
    pub fn repr_text(&mut self, value: &Value) -> Result<String, Raised> {
        let mut out = String::new();
        self.repr_into(value, &mut out)?;
        Ok(out)
    }

    fn repr_into(&mut self, value: &Value, out: &mut String) -> Result<(), Raised> {
        self.budget.steps(1)?;
        if out.len() > MAX_VALUE {
            return Err(self.too_large());
        }
        let python2 = self.is_python2();
        match &value.data {
            Data::None => out.push_str("None"),
            Data::Bool(flag) => out.push_str(if *flag { "True" } else { "False" }),
            Data::Int(number) => out.push_str(&number.to_string()),
            Data::Big(number) => {
                out.push_str(&number.to_string());
                if python2 {
                    out.push('L');
                }
            }
            Data::Float(number) => out.push_str(&float_text::repr(*number)),
            Data::Text(text) => {
                let style = if python2 { repr::Style::Python2Unicode } else { repr::Style::Python3 };
                let shown = repr::text(text, style, MAX_VALUE).map_err(|error| self.format_error(error))?;
                self.push_text(out, &shown)?;
            }
            Data::Bytes(bytes) => {
                let prefix = if python2 { "" } else { "b" };
                let shown =
                    repr::bytes(bytes, prefix, MAX_VALUE).map_err(|error| self.format_error(error))?;
                self.push_text(out, &shown)?;
            }
            Data::Tuple(items) => {
                let items = items.clone();
                let address = Arc::as_ptr(&items).addr();
                if self.printing_tuples.contains(&address) {
                    out.push_str("(...)");
                    return Ok(());
                }
                out.push('(');
                self.printing_tuples.push(address);
                let result = self.repr_items(&items, out);
                self.printing_tuples.pop();
                result?;
                out.push_str(if items.len() == 1 { ",)" } else { ")" });
            }
            Data::Slice(parts) => {
                let parts = parts.clone();
                out.push_str("slice(");
                self.repr_items(&parts[..], out)?;
                out.push(')');
            }
            Data::Ellipsis => out.push_str("Ellipsis"),
            Data::NotImplemented => out.push_str("NotImplemented"),
            Data::Class(class) => {
                let name = self.class_name(ClassRef::Native(class));
                let kind = if python2 && class.module == "builtins" { "type" } else { "class" };
                let module = match class.module {
                    "builtins" if python2 && class.derives_from(&BASE_EXCEPTION) => "exceptions.".to_owned(),
                    "builtins" => String::new(),
                    module => format!("{module}."),
                };
                out.extend(["<", kind, " '", &module, &name, "'>"]);
            }
            Data::Native(entry) => out.extend(["<built-in function ", entry.0, ">"]),
            Data::Bound(_) => return Err(self.unknown("the text of a method has its address")),
            Data::Unknown(_) => return Err(Raised::Unknown(value.clone())),
            Data::Object(id) => return self.repr_object(value, *id, out),
        }
        Ok(())
    }

    fn push_text(&mut self, out: &mut String, text: &str) -> Result<(), Raised> {
        self.charge_bytes(text.len())?;
        if out.len() + text.len() > MAX_VALUE {
            return Err(self.too_large());
        }
        out.push_str(text);
        Ok(())
    }

    fn repr_items(&mut self, items: &[Value], out: &mut String) -> Result<(), Raised> {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            self.budget.enter(2)?;
            let result = self.repr_into(item, out);
            self.budget.leave(2);
            result?;
        }
        Ok(())
    }

    fn repr_object(&mut self, value: &Value, id: ObjectId, out: &mut String) -> Result<(), Raised> {
        let (open, close) = match self.state.object(id) {
            Object::List(_) => ("[", "]"),
            Object::Dict(_) => ("{", "}"),
            Object::Set(_) | Object::View(_) => ("(", ")"),
            Object::Instance(_) => ("<", ">"),
            _ => ("", ""),
        };
        if self.printing.contains(&id) {
            out.extend([open, "...", close]);
            return Ok(());
        }
        self.printing.push(id);
        let result = self.repr_object_inner(value, id, out);
        self.printing.pop();
        result
    }

    fn repr_object_inner(&mut self, value: &Value, id: ObjectId, out: &mut String) -> Result<(), Raised> {
        match self.state.object(id) {
            Object::List(_) => {
                let items = self.items(value)?;
                out.push('[');
                self.repr_items(&items, out)?;
                out.push(']');
            }
            Object::Dict(_) => {
                let entries = self.dict_items(value)?;
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    self.repr_items(std::slice::from_ref(key), out)?;
                    out.push_str(": ");
                    self.repr_items(std::slice::from_ref(value), out)?;
                }
                out.push('}');
            }
            Object::Set(set) => {
                let (frozen, empty) = (set.frozen, set.is_empty());
                let items = self.items(value)?;
                match (frozen, empty, self.is_python2()) {
                    (true, true, false) => out.push_str("frozenset()"),
                    (false, true, true) => out.push_str("set([])"),
                    (true, true, true) => out.push_str("frozenset([])"),
                    (false, true, false) => out.push_str("set()"),
                    (frozen, false, python2) => {
                        let (before, after) = match (frozen, python2) {
                            (true, true) => ("frozenset([", "])"),
                            (false, true) => ("set([", "])"),
                            (true, false) => ("frozenset({", "})"),
                            (false, false) => ("{", "}"),
                        };
                        out.push_str(before);
                        self.repr_items(&items, out)?;
                        out.push_str(after);
                    }
                }
            }
            Object::View(view) => {
                let name = match view.kind {
                    ViewKind::Keys => "dict_keys",
                    ViewKind::Values => "dict_values",
                    ViewKind::Items => "dict_items",
                };
                let items = self.items(value)?;
                out.push_str(name);
                out.push_str("([");
                self.repr_items(&items, out)?;
                out.push_str("])");
            }
            Object::Class(class) if class.classic => {
                return Err(self.unknown("the text of a class of Python 2 has its address"));
            }
            Object::Class(_) => {
                let name = self.class_name(ClassRef::Script(id));
                let module = self.get_attribute(value, "__module__")?;
                let module = self.display(&module)?;
                out.extend(["<class '", &module, ".", &name, "'>"]);
            }
            Object::Instance(_) => return self.repr_instance(value, out),
            _ => return Err(self.unknown("the text of this object has its address")),
        }
        Ok(())
    }

    fn repr_instance(&mut self, value: &Value, out: &mut String) -> Result<(), Raised> {
        if let Some(method) = self.method(value, "__repr__")? {
            let text = self.call(&method, vec![])?;
            let text = self.text_of(&text)?;
            return self.push_text(out, &text);
        }
        if self.is_instance(value, &BASE_EXCEPTION) {
            let args = self.get_attribute(value, "args")?;
            let args = self.items(&args)?;
            out.push_str(&self.type_name(value));
            out.push('(');
            self.repr_items(&args, out)?;
            let trailing = self.is_python2() && args.len() == 1;
            out.push_str(if trailing { ",)" } else { ")" });
            return Ok(());
        }
        let plain = self.plain(value);
        if plain.is(value) {
            return Err(self.unknown("the text of this object has its address"));
        }
        self.repr_into(&plain, out)
    }

    /// `format(value, spec)`.
    pub fn format_value(&mut self, value: &Value, spec: &str) -> Result<String, Raised> {
        if value.is_unknown() {
            return Err(Raised::Unknown(value.clone()));
        }
        if let Some(method) = self.method(value, "__format__")? {
            let spec = self.native_text(spec);
            let text = self.call(&method, vec![spec])?;
            return Ok(self.text_of(&text)?.to_string());
        }
        if spec.is_empty() {
            return self.display(value);
        }
        let plain = self.plain(value);
        let python = self.environment.target.python;
        let formatted = match &plain.data {
            Data::Text(text) => format_spec::text(text, spec, python, MAX_VALUE),
            Data::Bytes(_) if self.is_python2() => {
                let text = self.text_of(&plain)?;
                format_spec::text(&text, spec, python, MAX_VALUE)
            }
            Data::Float(number) => format_spec::float(*number, spec, python, MAX_VALUE),
            _ => {
                if let Some(number) = Self::big_of(&plain) {
                    let name = if matches!(plain.data, Data::Bool(_)) { "bool" } else { "int" };
                    format_spec::integer(&number, name, spec, python, MAX_VALUE)
                } else {
                    if self.is_python2() {
                        let text = self.display(value)?;
                        return format_spec::text(&text, spec, python, MAX_VALUE)
                            .map_err(|error| self.format_error(error));
                    }
                    let kind = self.type_name(value);
                    let text = format!("unsupported format string passed to {kind}.__format__");
                    return Err(self.error(&TYPE_ERROR, text));
                }
            }
        };
        formatted.map_err(|error| self.format_error(error))
    }

    /// `template.format(…)`.
    pub fn str_format(&mut self, template: &str, arguments: &CallArguments) -> Result<String, Raised> {
        let python = self.environment.target.python;
        let parts = str_format::parse(template, python).map_err(|error| self.format_error(error))?;
        let mut lost = None;
        let rendered = str_format::render(&parts, MAX_VALUE, &mut |field: &Field, spec: &str| match self
            .field_text(field, spec, arguments)
        {
            Ok(text) => Ok(Some(text)),
            Err(Raised::Unknown(unknown)) => {
                lost = Some(unknown);
                Ok(None)
            }
            Err(other) => Err(Failure::Raised(other)),
        });
        match rendered {
            Ok(Some(text)) => Ok(text),
            Ok(None) => Err(lost.map_or_else(|| self.unknown("a field is unknown"), Raised::Unknown)),
            Err(failure) => Err(self.failure(failure)),
        }
    }

    fn field_text(&mut self, field: &Field, spec: &str, arguments: &CallArguments) -> Result<String, Raised> {
        let value = match &field.first {
            First::Positional(index) => arguments.positional.get(*index).cloned(),
            First::Keyword(name) => arguments
                .keywords
                .iter()
                .find(|keyword| *keyword.name == **name)
                .map(|keyword| keyword.value.clone()),
        };
        let Some(mut value) = value.or_else(|| arguments.more.clone()) else {
            return Err(match &field.first {
                First::Positional(_) => {
                    let text = "Replacement index out of range for positional args tuple";
                    self.error(&exceptions::INDEX_ERROR, text)
                }
                First::Keyword(name) => {
                    let name = self.native_text(name);
                    self.error_with(&exceptions::KEY_ERROR, vec![name])
                }
            });
        };
        for accessor in &field.accessors {
            value = match accessor {
                Accessor::Attribute(name) => self.get_attribute(&value, name)?,
                Accessor::Index(index) => self.get_item(&value, &Value::int(*index as i64))?,
                Accessor::Key(key) => {
                    let key = self.native_text(key);
                    self.get_item(&value, &key)?
                }
            };
        }
        let converted = match field.conversion {
            None => value,
            Some('r') => self.repr(&value)?,
            Some('s') => self.to_str(&value)?,
            Some('a') if !self.is_python2() => Value::text(self.ascii_text(&value)?),
            Some(other) => return Err(self.format_error(str_format::unknown_conversion(other))),
        };
        self.format_value(&converted, spec)
    }

    /// `ascii(value)`.
    pub fn ascii_text(&mut self, value: &Value) -> Result<String, Raised> {
        let text = self.repr_text(value)?;
        let escaped = |character: char| match u32::from(character) {
            0..=0x7f => character.to_string(),
            code @ 0x80..=0xff => format!("\\x{code:02x}"),
            code @ 0x100..=0xffff => format!("\\u{code:04x}"),
            code => format!("\\U{code:08x}"),
        };
        Ok(text.chars().map(escaped).collect())
    }

    pub(super) fn evaluate_joined(&mut self, joined: &ast::ExprJoinedStr) -> Result<Value, Flow> {
        let mut text = String::new();
        let mut lost = None;
        for part in &joined.values {
            let value = self.evaluate(part)?;
            if value.is_unknown() {
                lost = lost.or(Some(value));
                continue;
            }
            let piece = self.text_of(&value)?;
            self.push_text(&mut text, &piece)?;
        }
        Ok(lost.unwrap_or_else(|| Value::text(text)))
    }

    pub(super) fn evaluate_formatted(&mut self, field: &ast::ExprFormattedValue) -> Result<Value, Flow> {
        let value = self.evaluate(&field.value)?;
        let spec = match &field.format_spec {
            Some(spec) => {
                let spec = self.evaluate(spec)?;
                self.text_of(&spec)?.to_string()
            }
            None => String::new(),
        };
        let value = match field.conversion {
            ast::ConversionFlag::None => value,
            ast::ConversionFlag::Str => self.to_str(&value)?,
            ast::ConversionFlag::Repr => self.repr(&value)?,
            ast::ConversionFlag::Ascii => Value::text(self.ascii_text(&value)?),
        };
        let text = self.format_value(&value, &spec)?;
        Ok(Value::text(text))
    }
}

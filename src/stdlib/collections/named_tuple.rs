//! `namedtuple`: a class made at run time, whose fields are properties.

use crate::eval::exceptions::{TYPE_ERROR, VALUE_ERROR};
use crate::eval::module::{Class, Member, Native, function};
use crate::eval::object::{Object, Property};
use crate::eval::types::TUPLE;
use crate::eval::{Arguments, Data, Evaluator, Raised, Value};

/// What every named tuple has beyond a tuple.
static NAMED_TUPLE: Class = Class {
    name: "namedtuple",
    module: "collections",
    bases: &[&TUPLE],
    members: &[
        ("_asdict", function("(self)", as_dict)),
        ("_replace", function("(self, **keywords)", replace)),
        ("_make", Member::ClassMethod(Native::new("(cls, iterable)", from_items))),
        ("__repr__", function("(self)", repr)),
    ],
    new: None,
};

/// The `__new__` of one such class.
static MAKER: Class = Class {
    name: "__new__",
    module: "collections",
    bases: &[],
    members: &[(
        "__call__",
        Member::Function(Native::looking_at_unknown("(self, cls, *args, **keywords)", construct)),
    )],
    new: None,
};

/// What gives one field of an instance.
static FIELD: Class = Class {
    name: "field",
    module: "collections",
    bases: &[],
    members: &[(
        "__call__",
        function("(self, instance)", |cx, arguments| {
            let index = cx.get_attribute(&arguments.get(0), "index")?;
            cx.get_item(&cx.plain(&arguments.get(1)), &index)
        }),
    )],
    new: None,
};

pub(super) fn make(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    if cx.truth(&arguments.get(2))? {
        return Err(cx.unknown("`namedtuple` that renames fields"));
    }
    let name = cx.text_of(&arguments.get(0))?;
    let names = field_names(cx, &arguments.get(1))?;
    let defaults = match arguments.some(3).cloned() {
        Some(defaults) => cx.items(&defaults)?,
        None => Vec::new(),
    };
    if defaults.len() > names.len() {
        return Err(cx.error(&TYPE_ERROR, "Got more default values than field names"));
    }
    let fields = Value::tuple(names.iter().map(|name| cx.native_text(name)).collect::<Vec<_>>());
    let maker = cx.instance(&MAKER);
    cx.put_attribute(&maker, "fields", fields.clone());
    cx.put_attribute(&maker, "defaults", Value::tuple(defaults));
    let mut entries = vec![(cx.native_text("_fields"), fields), (cx.native_text("__new__"), maker)];
    for (index, name) in names.iter().enumerate() {
        let getter = cx.instance(&FIELD);
        cx.put_attribute(&getter, "index", Value::int(index as i64));
        let property = cx.allocate(Object::Property(Property {
            getter,
            setter: Value::NONE,
            deleter: Value::NONE,
            doc: Value::NONE,
        }));
        entries.push((cx.native_text(name), Value::object(property)));
    }
    let namespace = cx.dict(entries)?;
    let Some(namespace) = namespace.as_object() else { return Ok(namespace) };
    cx.make_class(&name, vec![Value::class(&NAMED_TUPLE)], namespace, None)
}

/// A sequence of names, or one text with blanks or commas between them.
fn field_names(cx: &mut Evaluator<'_>, value: &Value) -> Result<Vec<String>, Raised> {
    let names = match cx.plain(value).data {
        Data::Text(_) | Data::Bytes(_) => {
            let text = cx.text_of(value)?;
            text.replace(',', " ").split_whitespace().map(str::to_owned).collect()
        }
        _ => {
            let mut names = Vec::new();
            for name in cx.items(value)? {
                names.push(cx.text_of(&name)?.to_string());
            }
            names
        }
    };
    for (index, name) in names.iter().enumerate() {
        if !name.is_ascii() {
            return Err(cx.unknown("a field name beyond ASCII"));
        }
        if !super::super::re::syntax::is_identifier(name) {
            return Err(cx.error(
                &VALUE_ERROR,
                format!("Type names and field names must be valid identifiers: '{name}'"),
            ));
        }
        if name.starts_with('_') {
            return Err(
                cx.error(&VALUE_ERROR, format!("Field names cannot start with an underscore: '{name}'"))
            );
        }
        if names[..index].contains(name) {
            return Err(cx.error(&VALUE_ERROR, format!("Encountered duplicate field name: '{name}'")));
        }
    }
    Ok(names)
}

/// Makes an instance of `class` out of its items.
fn instance(cx: &mut Evaluator<'_>, class: &Value, items: Vec<Value>) -> Result<Value, Raised> {
    let new = cx.get_attribute(&Value::class(&TUPLE), "__new__")?;
    cx.call(&new, vec![class.clone(), Value::tuple(items)])
}

fn construct(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    if let Some(unknown) = arguments.more() {
        return Err(Raised::Unknown(unknown.clone()));
    }
    let fields = cx.get_attribute(&this, "fields")?;
    let fields = cx.items(&fields)?;
    let defaults = cx.get_attribute(&this, "defaults")?;
    let defaults = cx.items(&defaults)?;
    let required = fields.len() - defaults.len();
    let given = arguments.rest();
    if given.len() > fields.len() {
        let text = format!(
            "__new__() takes {} positional arguments but {} were given",
            fields.len() + 1,
            given.len() + 1
        );
        return Err(cx.error(&TYPE_ERROR, text));
    }
    let mut keywords = arguments.keywords().to_vec();
    let mut items = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let name = cx.text_of(field)?;
        let keyword = keywords.iter().position(|keyword| keyword.name == name);
        items.push(match (given.get(index), keyword) {
            (Some(value), None) => value.clone(),
            (None, Some(place)) => keywords.remove(place).value,
            (None, None) if index >= required => defaults[index - required].clone(),
            (Some(_), Some(_)) => {
                return Err(
                    cx.error(&TYPE_ERROR, format!("__new__() got multiple values for argument '{name}'"))
                );
            }
            (None, None) => {
                return Err(cx.error(&TYPE_ERROR, format!("__new__() missing required argument: '{name}'")));
            }
        });
    }
    if let Some(keyword) = keywords.first() {
        let text = format!("__new__() got an unexpected keyword argument '{}'", keyword.name);
        return Err(cx.error(&TYPE_ERROR, text));
    }
    instance(cx, &arguments.get(1), items)
}

fn from_items(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let items = cx.items(&arguments.get(1))?;
    cx.call(&arguments.get(0), items)
}

/// Field names and values.
fn pairs(cx: &mut Evaluator<'_>, this: &Value) -> Result<Vec<(Value, Value)>, Raised> {
    let fields = cx.get_attribute(this, "_fields")?;
    let fields = cx.items(&fields)?;
    let items = cx.items(&cx.plain(this))?;
    Ok(fields.into_iter().zip(items).collect())
}

/// An `OrderedDict` up to 3.7, a dict since; both are ordered alike.
fn as_dict(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let pairs = pairs(cx, &arguments.get(0))?;
    if super::at_least(cx, 8) {
        return cx.dict(pairs);
    }
    let dict = cx.ordered_dict();
    for (name, value) in pairs {
        cx.set_item(&dict, &name, value)?;
    }
    Ok(cx.instance_with_payload(&super::ORDERED_DICT, dict))
}

fn replace(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let mut items = Vec::new();
    let mut used = 0;
    for (field, value) in pairs(cx, &this)? {
        let name = cx.text_of(&field)?;
        let keyword = arguments.keywords().iter().find(|keyword| keyword.name == name);
        used += usize::from(keyword.is_some());
        items.push(keyword.map_or(value, |keyword| keyword.value.clone()));
    }
    if used < arguments.keywords().len() {
        return Err(cx.error(&VALUE_ERROR, "Got unexpected field names"));
    }
    let class = cx.class_of(&this).value();
    cx.call(&class, items)
}

fn repr(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let mut parts = Vec::new();
    for (field, value) in pairs(cx, &this)? {
        let (name, shown) = (cx.text_of(&field)?, cx.repr(&value)?);
        let shown = cx.text_of(&shown)?;
        parts.push(format!("{name}={shown}"));
    }
    let name = cx.type_name(&this);
    Ok(cx.native_text(&format!("{name}({})", parts.join(", "))))
}

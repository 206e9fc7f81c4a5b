//! The built-in types.

use super::arguments::Arguments;
use super::exceptions::{ATTRIBUTE_ERROR, TYPE_ERROR, VALUE_ERROR};
use super::methods;
use super::module::{Class, Entry, Member, Native, function, seeing, when};
use super::object::{ClassRef, Object, ViewKind};
use super::raised::Raised;
use super::value::{Data, Value};
use super::{CallArguments, Evaluator};

macro_rules! class {
    ($ident:ident $name:literal [$($base:expr),*] $members:expr, $new:expr) => {
        pub static $ident: Class =
            Class { name: $name, module: "builtins", bases: &[$($base),*], members: $members, new: $new };
    };
}

/// What every value has.
const OBJECT_MEMBERS: &[Entry] = &[
    ("__init__", seeing("(self, *args, **keywords)", nothing)),
    ("__setattr__", seeing("(self, name, value)", set_attribute)),
    ("__delattr__", function("(self, name)", delete_attribute)),
    ("__getattribute__", function("(self, name)", get_attribute)),
    ("__repr__", function("(self)", repr)),
    ("__str__", function("(self)", to_str)),
    ("__format__", function("(self, spec)", format_value)),
    ("__eq__", function("(self, other)", equal)),
    ("__ne__", function("(self, other)", not_equal)),
    ("__lt__", function("(self, other)", less)),
    ("__hash__", function("(self)", hash)),
    ("__sizeof__", Member::Opaque("the size of an object differs between Pythons")),
    ("__dir__", Member::Opaque("`__dir__` is not modelled")),
    ("__reduce__", Member::Opaque("pickling is not modelled")),
    ("__init_subclass__", Member::Ignored),
];

/// What values that hold others have beyond that: the named methods, and more.
macro_rules! container {
    ([$($name:ident)*] $($more:tt)*) => { &[$($crate::eval::types::dunder!($name),)* $($more)*] };
}
/// A method that operators call.
macro_rules! dunder {
    (len) => {
        ("__len__", $crate::eval::module::function("(self)", $crate::eval::types::length))
    };
    (contains) => {
        ("__contains__", $crate::eval::module::function("(self, item)", $crate::eval::types::contains))
    };
    (getitem) => {
        ("__getitem__", $crate::eval::module::function("(self, key)", $crate::eval::types::get_item))
    };
    (setitem) => {
        ("__setitem__", $crate::eval::module::seeing("(self, key, value)", $crate::eval::types::set_item))
    };
    (delitem) => {
        ("__delitem__", $crate::eval::module::function("(self, key)", $crate::eval::types::delete_item))
    };
    (iter) => {
        ("__iter__", $crate::eval::types::ITER)
    };
    (iter3) => {
        (
            "__iter__",
            $crate::eval::module::Member::Only(
                $crate::eval::module::when::python3,
                &$crate::eval::types::ITER,
            ),
        )
    };
    (add) => {
        ("__add__", $crate::eval::module::function("(self, other)", $crate::eval::types::add))
    };
    (modulo) => {
        ("__mod__", $crate::eval::module::function("(self, other)", $crate::eval::types::modulo))
    };
    (mul) => {
        ("__mul__", $crate::eval::module::function("(self, other)", $crate::eval::types::multiply))
    };
    (or) => {
        ("__or__", $crate::eval::module::function("(self, other)", $crate::eval::types::or))
    };
}
pub(super) const ITER: Member = function("(self)", iter);
pub(super) use container;
pub(super) use dunder;

class!(OBJECT "object" [] OBJECT_MEMBERS, Some(Native::looking_at_unknown("(*args, **keywords)", new_object)));
class!(TYPE "type" [] &[("mro", function("(self)", method_order)), ("__subclasses__", Member::Opaque("`__subclasses__()` is not modelled"))], Some(Native::new("(value, bases=None, names=None)", new_type)));
class!(NONE_TYPE "NoneType" [] &[("__bool__", function("(self)", falsehood))], None);
/// `list[int]` of Python 3.9 and later: acts as the class, and tells its parameters.
pub static GENERIC_ALIAS: Class =
    Class { name: "GenericAlias", module: "types", bases: &[], members: ALIAS_MEMBERS, new: None };

const ALIAS_MEMBERS: &[Entry] = &[
    ("__call__", seeing("(self, *args, **keywords)", call_alias)),
    ("__repr__", function("(self)", alias_repr)),
    ("__eq__", Member::Opaque("the comparison of types with parameters is not modelled")),
    ("__getitem__", Member::Opaque("types with parameters are not modelled")),
    ("__mro_entries__", function("(self, bases)", alias_bases)),
];

class!(CLASSIC_INSTANCE "instance" [] &[], None);
class!(CLASSIC_CLASS "classobj" [] &[], None);
class!(ELLIPSIS "ellipsis" [] &[], None);
class!(NOT_IMPLEMENTED_TYPE "NotImplementedType" [] &[], None);
class!(SLICE "slice" [] &[("indices", function("(self, length)", slice_indices))], Some(Native::new("(start, stop=None, step=None)", new_slice)));
class!(BUILTIN_FUNCTION "builtin_function_or_method" [] &[], None);
class!(METHOD "method" [] &[], None);
class!(FUNCTION "function" [] &[("__get__", function("(self, instance, owner=None)", bind_function)), ("__call__", seeing("(self, *args, **keywords)", call_self))], None);
class!(MODULE "module" [] &[("__init__", seeing("(self, name=None, doc=None)", initialise_module))], Some(Native::new("(name, doc=None)", new_module)));
class!(ITERATOR "iterator" [] ITERATOR_MEMBERS, None);
class!(LIST_ITERATOR "list_iterator" [] ITERATOR_MEMBERS, None);
class!(MAP "map" [] ITERATOR_MEMBERS, None);
class!(FILTER "filter" [] ITERATOR_MEMBERS, None);
class!(ZIP "zip" [] ITERATOR_MEMBERS, None);
class!(ENUMERATE "enumerate" [] ITERATOR_MEMBERS, None);
class!(GENERATOR "generator" [] GENERATOR_MEMBERS, None);
class!(DICT_KEYS "dict_keys" [] container![[len contains iter or] ("isdisjoint", function("(self, other)", methods::set::is_disjoint))], None);
class!(DICT_VALUES "dict_values" [] container![[len iter]], None);
class!(DICT_ITEMS "dict_items" [] container![[len contains iter or] ("isdisjoint", function("(self, other)", methods::set::is_disjoint))], None);
class!(PROPERTY "property" [] PROPERTY_MEMBERS, Some(Native::looking_at_unknown("(fget=None, fset=None, fdel=None, doc=None)", new_property)));
class!(STATICMETHOD "staticmethod" [] &[], Some(Native::new("(function)", new_static_method)));
class!(CLASSMETHOD "classmethod" [] &[], Some(Native::new("(function)", new_class_method)));
class!(SUPER "super" [] &[], Some(Native::new("(class, instance=None)", new_super)));
class!(RANGE "range" [] container![[len contains getitem iter]
    ("__repr__", function("(self)", methods::number::range_repr)),
    ("start", Member::Property(|cx, this| range_part(cx, this, 0))),
    ("stop", Member::Property(|cx, this| range_part(cx, this, 1))),
    ("step", Member::Property(|cx, this| range_part(cx, this, 2))),
], Some(Native::new("(start, stop=None, step=1)", methods::number::new_range)));
class!(BOOL "bool" [&INT] &[], Some(Native::new("(value=False)", methods::number::new_bool)));
class!(INT "int" [] methods::number::INT_MEMBERS, Some(Native::new("(x=0, base=None)", methods::number::new_int)));
class!(LONG "long" [] methods::number::INT_MEMBERS, Some(Native::new("(x=0, base=None)", methods::number::new_long)));
class!(FLOAT "float" [] methods::number::FLOAT_MEMBERS, Some(Native::new("(x=0)", methods::number::new_float)));
class!(BASESTRING "basestring" [] &[], Some(Native::new("(*args)", no_instance)));
class!(TEXT "str" [&BASESTRING] methods::text::TEXT_MEMBERS, Some(Native::new("(object='', encoding=None, errors=None)", methods::text_codec::new_text)));
class!(BYTES "bytes" [&BASESTRING] methods::text::BYTES_MEMBERS, Some(Native::new("(source=None, encoding=None, errors=None)", methods::text_codec::new_bytes)));
class!(TUPLE "tuple" [] methods::list::TUPLE_MEMBERS, Some(Native::new("(iterable=None)", methods::list::new_tuple)));
class!(LIST "list" [] methods::list::LIST_MEMBERS, Some(Native::looking_at_unknown("(iterable=None)", methods::list::new_list)));
class!(DICT "dict" [] methods::dict::MEMBERS, Some(Native::looking_at_unknown("(*args, **keywords)", methods::dict::new_dict)));
class!(SET "set" [] methods::set::MEMBERS, Some(Native::new("(iterable=None)", methods::set::new_set)));
class!(FROZENSET "frozenset" [] methods::set::FROZEN_MEMBERS, Some(Native::new("(iterable=None)", methods::set::new_frozenset)));

const ITERATOR_MEMBERS: &[Entry] = &[
    ("__iter__", function("(self)", itself)),
    ("__next__", Member::Only(when::python3, &function("(self)", next))),
    ("next", Member::Only(when::python2, &function("(self)", next))),
];

const GENERATOR_MEMBERS: &[Entry] = &[
    ("__iter__", function("(self)", itself)),
    ("__next__", Member::Only(when::python3, &function("(self)", next))),
    ("close", function("(self)", close_generator)),
    ("next", Member::Only(when::python2, &function("(self)", next))),
    ("send", function("(self, value)", send)),
    ("throw", function("(self, kind, value=None, traceback=None)", throw)),
];

const PROPERTY_MEMBERS: &[Entry] = &[
    ("setter", function("(self, function)", property_setter)),
    ("getter", function("(self, function)", property_getter)),
    ("deleter", function("(self, function)", property_deleter)),
    ("__doc__", Member::Property(|cx, this| property_part(cx, this, |property| &property.doc))),
    ("fget", Member::Property(|cx, this| property_part(cx, this, |property| &property.getter))),
    ("fset", Member::Property(|cx, this| property_part(cx, this, |property| &property.setter))),
    ("fdel", Member::Property(|cx, this| property_part(cx, this, |property| &property.deleter))),
];

/// `__new__` of any class, bound to the class that it was taken from.
pub static NEW: Entry = ("__new__", Member::Ignored);

/// The class of an object of the arena other than an instance.
pub(super) fn class_of_object(object: &Object) -> &'static Class {
    match object {
        Object::List(_) => &LIST,
        Object::Dict(_) => &DICT,
        Object::Set(set) if set.frozen => &FROZENSET,
        Object::Set(_) => &SET,
        Object::Class(_) => &TYPE,
        Object::Function(_) => &FUNCTION,
        Object::Module(_) => &MODULE,
        Object::Iterator(_) => &ITERATOR,
        Object::Generator(_) => &GENERATOR,
        Object::Lazy(lazy) => lazy.class(),
        Object::View(view) => match view.kind {
            ViewKind::Keys => &DICT_KEYS,
            ViewKind::Values => &DICT_VALUES,
            ViewKind::Items => &DICT_ITEMS,
        },
        Object::Property(_) => &PROPERTY,
        Object::StaticMethod(_) => &STATICMETHOD,
        Object::ClassMethod(_) => &CLASSMETHOD,
        Object::Super(_) => &SUPER,
        Object::Instance(_) => &OBJECT,
    }
}

type Result = std::result::Result<Value, Raised>;

/// Built-in classes that take parameters since Python 3.9.
pub(super) const GENERIC: &[&Class] = &[&LIST, &DICT, &TUPLE, &SET, &FROZENSET, &TYPE];

fn alias_bases(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let origin = cx.get_attribute(&arguments.get(0), "__origin__")?;
    Ok(Value::tuple(vec![origin]))
}

fn call_alias(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let origin = cx.get_attribute(&arguments.get(0), "__origin__")?;
    let call = CallArguments {
        positional: arguments.rest().to_vec(),
        keywords: arguments.keywords().to_vec(),
        more: arguments.more().cloned(),
        unordered: true,
    };
    cx.call_with(&origin, call)
}

fn alias_repr(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let this = arguments.get(0);
    let (origin, given) = (cx.get_attribute(&this, "__origin__")?, cx.get_attribute(&this, "__args__")?);
    let mut shown = Vec::new();
    for item in cx.items(&given)? {
        shown.push(match &item.data {
            Data::Ellipsis => "...".to_owned(),
            Data::Class(class) if class.module == "builtins" => class.name.to_owned(),
            Data::Class(class) => format!("{}.{}", class.module, class.name),
            _ if cx.is_script_class(&item) => {
                let (module, name) =
                    (cx.get_attribute(&item, "__module__")?, cx.get_attribute(&item, "__name__")?);
                format!("{}.{}", cx.display(&module)?, cx.display(&name)?)
            }
            _ => cx.repr_text(&item)?,
        });
    }
    let name = cx.get_attribute(&origin, "__name__")?;
    let name = cx.display(&name)?;
    Ok(cx.native_text(&format!("{name}[{}]", shown.join(", "))))
}

fn nothing(_: &mut Evaluator<'_>, _: &Arguments) -> Result {
    Ok(Value::NONE)
}

fn itself(_: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(arguments.get(0))
}

fn falsehood(_: &mut Evaluator<'_>, _: &Arguments) -> Result {
    Ok(Value::bool(false))
}

fn set_attribute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (this, name) = (arguments.get(0), cx.text_of(&arguments.get(1))?);
    match this.as_object().map(|id| cx.state.object(id)) {
        Some(Object::Instance(instance)) => {
            let (class, attributes) = (instance.class, instance.attributes);
            cx.set_instance_attribute(&this, class, attributes, &name, arguments.get(2))?;
        }
        _ => cx.set_attribute(&this, &name, arguments.get(2))?,
    }
    Ok(Value::NONE)
}

fn delete_attribute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.text_of(&arguments.get(1))?;
    cx.delete_own_attribute(&arguments.get(0), &name)?;
    Ok(Value::NONE)
}

fn get_attribute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (this, name) = (arguments.get(0), cx.text_of(&arguments.get(1))?);
    let found = match this.as_object() {
        Some(id) => cx.own_or_class_attribute(&this, id, &name)?,
        None => None,
    };
    match found {
        Some(value) => Ok(value),
        None => Err(cx.error(&ATTRIBUTE_ERROR, format!("no attribute '{name}'"))),
    }
}

fn repr(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let plain = cx.plain(&arguments.get(0));
    cx.repr(&plain)
}

fn to_str(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let plain = cx.plain(&arguments.get(0));
    cx.to_str(&plain)
}

fn format_value(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let spec = cx.text_of(&arguments.get(1))?;
    let plain = cx.plain(&arguments.get(0));
    let text = cx.format_value(&plain, &spec)?;
    Ok(cx.native_text(&text))
}

fn equal(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (a, b) = (cx.plain(&arguments.get(0)), cx.plain(&arguments.get(1)));
    Ok(Value::bool(cx.equal(&a, &b)?))
}

fn not_equal(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (a, b) = (cx.plain(&arguments.get(0)), cx.plain(&arguments.get(1)));
    Ok(Value::bool(!cx.equal(&a, &b)?))
}

fn less(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (a, b) = (cx.plain(&arguments.get(0)), cx.plain(&arguments.get(1)));
    Ok(Value::bool(cx.less(&a, &b)?))
}

fn hash(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    Err(cx.unknown("hashes differ from run to run"))
}

pub(super) fn length(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let plain = cx.plain(&arguments.get(0));
    Ok(Value::int(cx.length(&plain)?))
}

pub(super) fn contains(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let plain = cx.plain(&arguments.get(0));
    Ok(Value::bool(cx.contains(&plain, &arguments.get(1))?))
}

pub(super) fn get_item(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (this, key) = (arguments.get(0), arguments.get(1));
    let plain = cx.plain(&this);
    if matches!(key.data, Data::Slice(_))
        && let Some(bounds) = cx.own_attribute(&this, methods::number::BOUNDS)
        && let Data::Tuple(numbers) = &plain.data
    {
        return methods::number::sliced_range(cx, &bounds, numbers.len(), &key);
    }
    // `dict.__getitem__` asks the `__missing__` of a subclass.
    if !plain.is(&this)
        && let Some(missing) = cx.method(&this, "__missing__")?
        && !cx.contains(&plain, &key)?
    {
        return cx.call(&missing, vec![key]);
    }
    cx.get_item(&plain, &key)
}

pub(super) fn set_item(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let plain = cx.plain(&arguments.get(0));
    cx.set_item(&plain, &arguments.get(1), arguments.get(2))?;
    Ok(Value::NONE)
}

pub(super) fn delete_item(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let plain = cx.plain(&arguments.get(0));
    cx.delete_item(&plain, &arguments.get(1))?;
    Ok(Value::NONE)
}

pub(super) fn iter(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let plain = cx.plain(&arguments.get(0));
    cx.iter(&plain)
}

fn binary(cx: &mut Evaluator<'_>, arguments: &Arguments, op: crate::syntax::python::ast::Operator) -> Result {
    let (a, b) = (cx.plain(&arguments.get(0)), cx.plain(&arguments.get(1)));
    cx.binary(op, &a, &b)
}

pub(super) fn add(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    binary(cx, arguments, crate::syntax::python::ast::Operator::Add)
}

pub(super) fn modulo(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    binary(cx, arguments, crate::syntax::python::ast::Operator::Mod)
}

pub(super) fn multiply(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    binary(cx, arguments, crate::syntax::python::ast::Operator::Mult)
}

pub(super) fn or(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    binary(cx, arguments, crate::syntax::python::ast::Operator::BitOr)
}

fn next(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    match cx.next(&arguments.get(0))? {
        Some(item) => Ok(item),
        None => Err(cx.stop_iteration()),
    }
}

fn given(cx: &mut Evaluator<'_>, item: Option<Value>) -> Result {
    match item {
        Some(item) => Ok(item),
        None => Err(cx.stop_iteration()),
    }
}

fn send(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let item = cx.send(&arguments.get(0), arguments.get(1))?;
    given(cx, item)
}

fn throw(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let wanted = arguments.some(2).cloned().unwrap_or_else(|| arguments.get(1));
    let Raised::Exception(exception) = cx.raise_value(wanted) else {
        return Err(cx.unknown("what is thrown into the generator is not known"));
    };
    let item = cx.throw(&arguments.get(0), exception)?;
    given(cx, item)
}

fn close_generator(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let generator = arguments.get(0);
    let Raised::Exception(exit) = cx.error_with(&super::exceptions::GENERATOR_EXIT, vec![]) else {
        return Ok(Value::NONE);
    };
    match cx.throw(&generator, exit) {
        Ok(_) => Ok(Value::NONE),
        Err(Raised::Exception(error))
            if cx.is_instance(&error, &super::exceptions::GENERATOR_EXIT)
                || cx.is_instance(&error, &super::exceptions::STOP_ITERATION) =>
        {
            Ok(Value::NONE)
        }
        Err(other) => Err(other),
    }
}

fn no_instance(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    Err(cx.error(&TYPE_ERROR, "The basestring type cannot be instantiated"))
}

/// `type.mro`.
fn method_order(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let order = cx.get_attribute(&arguments.get(0), "__mro__")?;
    let order = cx.items(&order)?;
    Ok(cx.list(order))
}

fn new_object(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    Ok(cx.instance(&OBJECT))
}

fn new_type(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let Some(bases) = arguments.some(1) else { return cx.type_of(&arguments.get(0)) };
    let name = cx.text_of(&arguments.get(0))?;
    let mut bases = cx.items(&bases.clone())?;
    if bases.is_empty() {
        bases.push(Value::class(&OBJECT));
    }
    let attributes = cx.allocate(Object::Dict(super::dict::Dict::default()));
    if let Some(names) = arguments.some(2) {
        cx.update_dict(&Value::object(attributes), &names.clone())?;
    }
    let module = cx.namespace_get(cx.frame().globals, "__name__").unwrap_or(Value::NONE);
    if cx.namespace_get(attributes, "__module__").is_none() {
        cx.namespace_set(attributes, "__module__", module);
    }
    let class = cx.make_class(&name, bases, attributes, None)?;
    cx.tell_of_class(&class, attributes, Vec::new())?;
    Ok(class)
}

/// Start, stop or step of a range, as far as its numbers tell.
fn range_part(cx: &mut Evaluator<'_>, this: &Value, part: usize) -> Result {
    let bounds = cx.own_attribute(this, "<bounds>").unwrap_or(Value::NONE);
    cx.get_item(&bounds, &Value::int(part as i64))
}

fn new_slice(_: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let parts = match arguments.given(1) {
        None => [Value::NONE, arguments.get(0), Value::NONE],
        Some(stop) => [arguments.get(0), stop.clone(), arguments.get(2)],
    };
    Ok(Data::Slice(std::sync::Arc::new(parts)).into())
}

fn slice_indices(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let length = usize::try_from(cx.int_of(&arguments.get(1))?).unwrap_or(0);
    let (start, stop, step) = cx.slice_bounds(length, &arguments.get(0))?;
    Ok(Value::tuple([start, stop, step].map(Value::int).to_vec()))
}

fn new_module(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.text_of(&arguments.get(0))?;
    let (module, namespace) = cx.make_module(&name);
    cx.set_name(namespace, "__doc__", arguments.get(1));
    Ok(module)
}

fn initialise_module(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let plain = cx.plain(&arguments.get(0));
    if let Some(Object::Module(module)) = plain.as_object().map(|id| cx.state.object(id)) {
        let namespace = module.namespace;
        cx.set_name(namespace, "__name__", arguments.get(1));
        cx.set_name(namespace, "__doc__", arguments.get(2));
    }
    Ok(Value::NONE)
}

fn bind_function(_: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(super::attribute::bound(arguments.get(0), arguments.get(1)))
}

fn call_self(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let call = CallArguments {
        positional: arguments.rest().to_vec(),
        keywords: arguments.keywords().to_vec(),
        more: arguments.more().cloned(),
        unordered: true,
    };
    cx.call_with(&arguments.get(0), call)
}

fn new_property(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let [getter, setter, deleter, doc] = [0, 1, 2, 3].map(|index| arguments.get(index));
    let doc = if doc.is_none() && !getter.is_none() { cx.get_attribute(&getter, "__doc__")? } else { doc };
    let property = super::object::Property { getter, setter, deleter, doc };
    Ok(Value::object(cx.allocate(Object::Property(property))))
}

fn property_part(
    cx: &mut Evaluator<'_>,
    this: &Value,
    part: fn(&super::object::Property) -> &Value,
) -> Result {
    match this.as_object().map(|id| cx.state.object(id)) {
        Some(Object::Property(property)) => Ok(part(property).clone()),
        _ => Ok(Value::NONE),
    }
}

fn change_property(cx: &mut Evaluator<'_>, arguments: &Arguments, which: &str) -> Result {
    let Some(Object::Property(property)) = arguments.get(0).as_object().map(|id| cx.state.object(id)) else {
        return Err(cx.error(&TYPE_ERROR, "not a property"));
    };
    let mut property = property.clone();
    match which {
        "setter" => property.setter = arguments.get(1),
        "getter" => property.getter = arguments.get(1),
        _ => property.deleter = arguments.get(1),
    }
    Ok(Value::object(cx.allocate(Object::Property(property))))
}

fn property_setter(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    change_property(cx, arguments, "setter")
}

fn property_getter(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    change_property(cx, arguments, "getter")
}

fn property_deleter(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    change_property(cx, arguments, "deleter")
}

fn new_static_method(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(Value::object(cx.allocate(Object::StaticMethod(arguments.get(0)))))
}

fn new_class_method(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(Value::object(cx.allocate(Object::ClassMethod(arguments.get(0)))))
}

fn new_super(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    match (cx.class_value(&arguments.get(0)), arguments.given(1)) {
        (Some(ClassRef::Script(id)), _) if cx.is_classic(id) => {
            Err(cx.error(&TYPE_ERROR, "super() argument 1 must be type, not classobj"))
        }
        (Some(after), Some(receiver)) => {
            let parent = super::object::Super { after, receiver: receiver.clone() };
            Ok(Value::object(cx.allocate(Object::Super(parent))))
        }
        (None, _) => Err(cx.error(&TYPE_ERROR, "super() argument 1 must be a type")),
        (_, None) => Err(cx.unknown("an unbound super() is not modelled")),
    }
}

impl Evaluator<'_> {
    /// `len(value)`.
    pub fn length(&mut self, value: &Value) -> std::result::Result<i64, Raised> {
        if let Some(method) = self.method(value, "__len__")? {
            let length = self.call(&method, vec![])?;
            let length = self.int_of(&length)?;
            if length < 0 {
                return Err(self.error(&VALUE_ERROR, "__len__() should return >= 0"));
            }
            return Ok(length);
        }
        let plain = self.plain(value);
        let count = match &plain.data {
            Data::Text(text) => {
                self.charge_steps(text.len() / 64)?;
                text.chars().count()
            }
            Data::Bytes(bytes) => bytes.len(),
            Data::Tuple(items) => items.len(),
            Data::Object(id) => match self.state.object(*id) {
                Object::Set(set) if set.rest.is_none() => set.len(),
                Object::List(_) | Object::Dict(_) | Object::Set(_) | Object::View(_) => {
                    let (items, rest) = match self.shuffled(&plain) {
                        Some(items) => (items, None),
                        None => self.partly(&plain)?,
                    };
                    if let Some(unknown) = rest {
                        return Err(Raised::Unknown(Data::Unknown(unknown).into()));
                    }
                    items.len()
                }
                _ => return Err(self.no_length(value)),
            },
            Data::Unknown(_) => return Err(Raised::Unknown(plain)),
            _ => return Err(self.no_length(value)),
        };
        Ok(count as i64)
    }

    fn no_length(&mut self, value: &Value) -> Raised {
        let kind = self.type_name(value);
        match self.unknown_base(self.class_of(value)) {
            Some(unknown) => Raised::Unknown(Data::Unknown(unknown).into()),
            None => match self.class_unknown(value) {
                Some(unknown) => Raised::Unknown(unknown),
                None => self.error(&TYPE_ERROR, format!("object of type '{kind}' has no len()")),
            },
        }
    }
}

//! `operator`: operators as functions, `itemgetter`, `attrgetter`, `methodcaller`.

use crate::eval::module::{Class, Entry, Member, Module, function};
use crate::eval::{Arguments, CallArguments, Evaluator, Raised, Value};
use crate::syntax::python::ast::{CmpOp, Operator};

pub(super) static MODULE: Module = Module { name: "operator", members: MEMBERS, available: None };

macro_rules! binary {
    ($op:ident) => {
        function("(a, b)", |cx, arguments| cx.binary(Operator::$op, &arguments.get(0), &arguments.get(1)))
    };
}

macro_rules! comparison {
    ($op:ident) => {
        function("(a, b)", |cx, arguments| cx.compare(CmpOp::$op, &arguments.get(0), &arguments.get(1)))
    };
}

const MEMBERS: &[Entry] = &[
    ("add", binary!(Add)),
    ("concat", binary!(Add)),
    ("sub", binary!(Sub)),
    ("mul", binary!(Mult)),
    ("truediv", binary!(Div)),
    ("floordiv", binary!(FloorDiv)),
    ("mod", binary!(Mod)),
    ("pow", binary!(Pow)),
    ("or_", binary!(BitOr)),
    ("and_", binary!(BitAnd)),
    ("xor", binary!(BitXor)),
    ("lshift", binary!(LShift)),
    ("rshift", binary!(RShift)),
    ("eq", comparison!(Eq)),
    ("ne", comparison!(NotEq)),
    ("lt", comparison!(Lt)),
    ("le", comparison!(LtE)),
    ("gt", comparison!(Gt)),
    ("ge", comparison!(GtE)),
    ("is_", comparison!(Is)),
    ("is_not", comparison!(IsNot)),
    ("not_", function("(a)", |cx, a| Ok(Value::bool(!cx.truth(&a.get(0))?)))),
    ("truth", function("(a)", |cx, a| Ok(Value::bool(cx.truth(&a.get(0))?)))),
    ("contains", function("(a, b)", |cx, a| Ok(Value::bool(cx.contains(&a.get(0), &a.get(1))?)))),
    ("getitem", function("(a, b)", |cx, a| cx.get_item(&a.get(0), &a.get(1)))),
    (
        "setitem",
        function("(a, b, c)", |cx, a| cx.set_item(&a.get(0), &a.get(1), a.get(2)).map(|()| Value::NONE)),
    ),
    ("index", function("(a)", |cx, a| Ok(Value::int(cx.int_of(&a.get(0))?)))),
    ("itemgetter", Member::Class(&ITEM_GETTER)),
    ("attrgetter", Member::Class(&ATTRIBUTE_GETTER)),
    ("methodcaller", Member::Class(&METHOD_CALLER)),
];

static ITEM_GETTER: Class = Class {
    name: "itemgetter",
    module: "operator",
    bases: &[],
    members: &[
        ("__init__", function("(self, item, *items)", keep)),
        ("__call__", function("(self, obj)", |cx, arguments| get_each(cx, arguments, item))),
    ],
    new: None,
};

static ATTRIBUTE_GETTER: Class = Class {
    name: "attrgetter",
    module: "operator",
    bases: &[],
    members: &[
        ("__init__", function("(self, item, *items)", keep)),
        ("__call__", function("(self, obj)", |cx, arguments| get_each(cx, arguments, dotted))),
    ],
    new: None,
};

static METHOD_CALLER: Class = Class {
    name: "methodcaller",
    module: "operator",
    bases: &[],
    members: &[
        ("__init__", function("(self, name, *args, **keywords)", keep_call)),
        ("__call__", function("(self, obj)", call_method)),
    ],
    new: None,
};

fn keep(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut items = vec![arguments.get(1)];
    items.extend_from_slice(arguments.rest());
    cx.put_attribute(&arguments.get(0), "_items", Value::tuple(items));
    Ok(Value::NONE)
}

/// One item, or a tuple when several were asked for.
fn get_each(
    cx: &mut Evaluator<'_>,
    arguments: &Arguments,
    get: fn(&mut Evaluator<'_>, &Value, &Value) -> Result<Value, Raised>,
) -> Result<Value, Raised> {
    let items = cx.get_attribute(&arguments.get(0), "_items")?;
    let items = cx.items(&items)?;
    let from = arguments.get(1);
    if let [one] = items.as_slice() {
        return get(cx, &from, one);
    }
    let found: Result<Vec<Value>, Raised> = items.iter().map(|item| get(cx, &from, item)).collect();
    Ok(Value::tuple(found?))
}

fn item(cx: &mut Evaluator<'_>, from: &Value, key: &Value) -> Result<Value, Raised> {
    cx.get_item(from, key)
}

fn dotted(cx: &mut Evaluator<'_>, from: &Value, names: &Value) -> Result<Value, Raised> {
    let names = cx.text_of(names)?;
    names.split('.').try_fold(from.clone(), |value, name| cx.get_attribute(&value, name))
}

fn keep_call(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let keywords =
        arguments.keywords().iter().map(|keyword| (Value::text(keyword.name.clone()), keyword.value.clone()));
    let keywords = cx.dict(keywords.collect())?;
    cx.put_attribute(&this, "_name", arguments.get(1));
    cx.put_attribute(&this, "_arguments", Value::tuple(arguments.rest().to_vec()));
    cx.put_attribute(&this, "_keywords", keywords);
    Ok(Value::NONE)
}

fn call_method(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let name = cx.get_attribute(&this, "_name")?;
    let name = cx.text_of(&name)?;
    let method = cx.get_attribute(&arguments.get(1), &name)?;
    let call = kept_call(cx, &this)?;
    cx.call_with(&method, call)
}

/// Arguments that an instance keeps as `_arguments` and `_keywords`.
pub(super) fn kept_call(cx: &mut Evaluator<'_>, this: &Value) -> Result<CallArguments, Raised> {
    let positional = cx.get_attribute(this, "_arguments")?;
    let positional = cx.items(&positional)?;
    let keywords = cx.get_attribute(this, "_keywords")?;
    let mut call = CallArguments::positional(positional);
    for (name, value) in cx.dict_items(&keywords)? {
        let name = cx.text_of(&name)?;
        call.keywords.push(crate::eval::Keyword { name, value, span: None });
    }
    Ok(call)
}

//! `functools`: `partial`, `reduce`, `wraps`, caches (which change no result), `cmp_to_key`.
//!
//! In Python: `total_ordering`, `singledispatch`, `partialmethod`, `cached_property`.

use super::operator::kept_call;
use super::versions::at_least;
use super::written::one;
use crate::eval::exceptions::TYPE_ERROR;
use crate::eval::module::{Class, Entry, Member, Module, function, when};
use crate::eval::{Arguments, Evaluator, Keyword, Raised, Value};

pub(super) static MODULE: Module = Module { name: "functools", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("partial", Member::Class(&PARTIAL)),
    ("reduce", function("(function, sequence, initial=None)", reduce)),
    ("wraps", function("(wrapped, assigned=None, updated=None)", wraps)),
    ("update_wrapper", function("(wrapper, wrapped, assigned=None, updated=None)", update_wrapper)),
    ("lru_cache", Member::Only(when::python3, &function("(maxsize=128, typed=False)", lru_cache))),
    ("cache", Member::Only(since_3_9, &function("(user_function)", |_, arguments| Ok(arguments.get(0))))),
    ("cached_property", one!("functools" "functools.py" "cached_property" |cx| at_least(cx, 8))),
    ("cmp_to_key", function("(mycmp)", cmp_to_key)),
    ("partialmethod", one!("functools" "functools.py" "partialmethod" when::python3)),
    ("singledispatch", one!("functools" "functools.py" "singledispatch" when::python3)),
    ("total_ordering", one!("functools" "functools.py" "total_ordering")),
];

fn since_3_9(cx: &mut Evaluator<'_>) -> bool {
    at_least(cx, 9)
}

static PARTIAL: Class = Class {
    name: "partial",
    module: "functools",
    bases: &[],
    members: &[
        ("__init__", function("(self, func, *args, **keywords)", partial)),
        ("__call__", function("(self, *args, **keywords)", call_partial)),
        ("func", Member::Property(|cx, this| cx.get_attribute(this, "_function"))),
        ("args", Member::Property(|cx, this| cx.get_attribute(this, "_arguments"))),
        ("keywords", Member::Property(|cx, this| cx.get_attribute(this, "_keywords"))),
    ],
    new: None,
};

fn partial(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let entries = arguments.keywords().iter();
    let entries = entries.map(|keyword| (cx.native_text(&keyword.name), keyword.value.clone())).collect();
    let keywords = cx.dict(entries)?;
    cx.put_attribute(&this, "_function", arguments.get(1));
    cx.put_attribute(&this, "_arguments", Value::tuple(arguments.rest().to_vec()));
    cx.put_attribute(&this, "_keywords", keywords);
    Ok(Value::NONE)
}

fn call_partial(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let callee = cx.get_attribute(&this, "_function")?;
    let mut call = kept_call(cx, &this)?;
    call.positional.extend_from_slice(arguments.rest());
    call.unordered = true;
    for keyword in arguments.keywords() {
        call.keywords.retain(|kept| kept.name != keyword.name);
        call.keywords.push(Keyword {
            name: keyword.name.clone(),
            value: keyword.value.clone(),
            span: keyword.span,
        });
    }
    cx.call_with(&callee, call)
}

fn reduce(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut items = cx.items(&arguments.get(1))?.into_iter();
    let first = match arguments.given(2) {
        Some(initial) => Some(initial.clone()),
        None => items.next(),
    };
    let Some(first) = first else {
        return Err(cx.error(&TYPE_ERROR, "reduce() of empty iterable with no initial value"));
    };
    items.try_fold(first, |so_far, item| cx.call(&arguments.get(0), vec![so_far, item]))
}

/// The decorator that `wraps(f)` is.
static WRAPS: Class = Class {
    name: "wraps",
    module: "functools",
    bases: &[],
    members: &[(
        "__call__",
        function("(self, wrapper)", |cx, arguments| {
            let wrapped = cx.get_attribute(&arguments.get(0), "_wrapped")?;
            take_over(cx, &arguments.get(1), &wrapped)
        }),
    )],
    new: None,
};

fn wraps(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    if arguments.some(1).is_some() || arguments.some(2).is_some() {
        return Err(cx.unknown("`functools.wraps` with its own lists of attributes"));
    }
    let decorator = cx.instance(&WRAPS);
    cx.put_attribute(&decorator, "_wrapped", arguments.get(0));
    Ok(decorator)
}

fn update_wrapper(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    if arguments.some(2).is_some() || arguments.some(3).is_some() {
        return Err(cx.unknown("`functools.update_wrapper` with its own lists of attributes"));
    }
    take_over(cx, &arguments.get(0), &arguments.get(1))
}

/// Names and documentation of the wrapped function; what it lacks is passed over.
fn take_over(cx: &mut Evaluator<'_>, wrapper: &Value, wrapped: &Value) -> Result<Value, Raised> {
    for name in ["__module__", "__name__", "__qualname__", "__doc__"] {
        match cx.get_attribute(wrapped, name) {
            Ok(value) => cx.set_attribute(wrapper, name, value)?,
            Err(Raised::Exception(_)) => {}
            Err(raised) => return Err(raised),
        }
    }
    if !cx.is_python2() {
        cx.set_attribute(wrapper, "__wrapped__", wrapped.clone())?;
    }
    Ok(wrapper.clone())
}

/// The decorator that `lru_cache(maxsize=…)` is.
static SAME: Class = Class {
    name: "lru_cache",
    module: "functools",
    bases: &[],
    members: &[("__call__", function("(self, function)", |_, arguments| Ok(arguments.get(1))))],
    new: None,
};

fn lru_cache(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let first = arguments.get(0);
    // `@lru_cache` without brackets gets the function itself.
    if arguments.some(0).is_some() && cx.int_of(&first).is_err() { Ok(first) } else { Ok(cx.instance(&SAME)) }
}

static KEY: Class = Class {
    name: "K",
    module: "functools",
    bases: &[],
    members: &[
        ("__lt__", function("(self, other)", |cx, a| Ok(Value::bool(order(cx, a)? < 0)))),
        ("__gt__", function("(self, other)", |cx, a| Ok(Value::bool(order(cx, a)? > 0)))),
        ("__le__", function("(self, other)", |cx, a| Ok(Value::bool(order(cx, a)? <= 0)))),
        ("__ge__", function("(self, other)", |cx, a| Ok(Value::bool(order(cx, a)? >= 0)))),
        ("__eq__", function("(self, other)", |cx, a| Ok(Value::bool(order(cx, a)? == 0)))),
    ],
    new: None,
};

static KEY_MAKER: Class = Class {
    name: "cmp_to_key",
    module: "functools",
    bases: &[],
    members: &[(
        "__call__",
        function("(self, obj)", |cx, arguments| {
            let compare = cx.get_attribute(&arguments.get(0), "_compare")?;
            let key = cx.instance(&KEY);
            cx.put_attribute(&key, "_compare", compare);
            cx.put_attribute(&key, "obj", arguments.get(1));
            Ok(key)
        }),
    )],
    new: None,
};

fn cmp_to_key(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let maker = cx.instance(&KEY_MAKER);
    cx.put_attribute(&maker, "_compare", arguments.get(0));
    Ok(maker)
}

fn order(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<i64, Raised> {
    let compare = cx.get_attribute(&arguments.get(0), "_compare")?;
    let a = cx.get_attribute(&arguments.get(0), "obj")?;
    let b = cx.get_attribute(&arguments.get(1), "obj")?;
    let result = cx.call(&compare, vec![a, b])?;
    cx.int_of(&result)
}

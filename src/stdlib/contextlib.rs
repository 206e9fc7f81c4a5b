//! `contextlib`: `contextmanager`, `closing`, `suppress`, `nullcontext`; in Python: `ExitStack`, `redirect_stdout` and others.

use super::versions::at_least;
use super::written::one;
use crate::eval::exceptions::RUNTIME_ERROR;
use crate::eval::module::{Class, Entry, Member, Module, function, seeing, when};
use crate::eval::{Arguments, CallArguments, Evaluator, Raised, Value};

pub(super) static MODULE: Module = Module { name: "contextlib", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("contextmanager", function("(function)", context_manager)),
    ("closing", Member::Class(&CLOSING)),
    ("suppress", Member::Only(when::python3, &Member::Class(&SUPPRESS))),
    (
        "AbstractContextManager",
        one!("contextlib" "contextlib.py" "AbstractContextManager" |cx| at_least(cx, 6)),
    ),
    ("ContextDecorator", one!("contextlib" "contextlib.py" "ContextDecorator" when::python3)),
    ("ExitStack", one!("contextlib" "contextlib.py" "ExitStack" when::python3)),
    ("chdir", one!("contextlib" "contextlib.py" "chdir" |cx| at_least(cx, 11))),
    ("redirect_stderr", one!("contextlib" "contextlib.py" "redirect_stderr" when::python3)),
    ("redirect_stdout", one!("contextlib" "contextlib.py" "redirect_stdout" when::python3)),
    ("nullcontext", Member::Only(|cx| at_least(cx, 7), &Member::Class(&NULL_CONTEXT))),
];

/// A function made by `contextmanager`.
static FACTORY: Class = Class {
    name: "function",
    module: "builtins",
    bases: &[],
    members: &[
        ("__call__", seeing("(self, *args, **keywords)", make_manager)),
        ("__get__", function("(self, instance, owner=None)", bind_factory)),
    ],
    new: None,
};

/// What such a function returns.
static MANAGER: Class = Class {
    name: "_GeneratorContextManager",
    module: "contextlib",
    bases: &[],
    members: &[
        ("__enter__", function("(self)", enter)),
        ("__exit__", seeing("(self, kind, value, traceback)", leave)),
    ],
    new: None,
};

/// The generator function of a factory, the generator of a manager.
const INNER: &str = "<inner>";

fn context_manager(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let factory = cx.instance(&FACTORY);
    cx.put_attribute(&factory, INNER, arguments.get(0));
    Ok(factory)
}

fn bind_factory(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let (factory, instance) = (arguments.get(0), arguments.get(1));
    if instance.is_none() {
        return Ok(factory);
    }
    let function = cx.get_attribute(&factory, INNER)?;
    let bound = cx.call_method(&function, "__get__", vec![instance])?;
    let made = cx.instance(&FACTORY);
    cx.put_attribute(&made, INNER, bound);
    Ok(made)
}

fn make_manager(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let function = cx.get_attribute(&arguments.get(0), INNER)?;
    let call = CallArguments {
        positional: arguments.rest().to_vec(),
        keywords: arguments.keywords().to_vec(),
        more: arguments.more().cloned(),
        unordered: true,
    };
    let generator = cx.call_with(&function, call)?;
    let manager = cx.instance(&MANAGER);
    cx.put_attribute(&manager, INNER, generator);
    Ok(manager)
}

fn enter(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let generator = cx.get_attribute(&arguments.get(0), INNER)?;
    match cx.next(&generator)? {
        Some(value) => Ok(value),
        None => Err(cx.error(&RUNTIME_ERROR, "generator didn't yield")),
    }
}

fn leave(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let generator = cx.get_attribute(&arguments.get(0), INNER)?;
    let exception = arguments.get(2);
    let more = if exception.is_none() {
        cx.next(&generator)?
    } else {
        match cx.throw(&generator, exception.clone()) {
            // The body lets the exception through: the `with` statement raises it again.
            Err(Raised::Exception(same)) if same.is(&exception) => return Ok(Value::bool(false)),
            result => result?,
        }
    };
    match more {
        Some(_) => Err(cx.error(&RUNTIME_ERROR, "generator didn't stop")),
        None => Ok(Value::bool(!exception.is_none())),
    }
}

static CLOSING: Class = Class {
    name: "closing",
    module: "contextlib",
    bases: &[],
    members: &[
        ("__init__", seeing("(self, thing)", keep)),
        ("__enter__", function("(self)", |cx, arguments| cx.get_attribute(&arguments.get(0), "thing"))),
        ("__exit__", seeing("(self, *exception)", close)),
    ],
    new: None,
};

static NULL_CONTEXT: Class = Class {
    name: "nullcontext",
    module: "contextlib",
    bases: &[],
    members: &[
        ("__init__", seeing("(self, thing=None)", keep)),
        ("__enter__", function("(self)", |cx, arguments| cx.get_attribute(&arguments.get(0), "thing"))),
        ("__exit__", seeing("(self, *exception)", |_, _| Ok(Value::bool(false)))),
    ],
    new: None,
};

static SUPPRESS: Class = Class {
    name: "suppress",
    module: "contextlib",
    bases: &[],
    members: &[
        ("__init__", function("(self, *exceptions)", keep_all)),
        ("__enter__", function("(self)", |_, _| Ok(Value::NONE))),
        ("__exit__", function("(self, kind=None, value=None, traceback=None)", suppress)),
    ],
    new: None,
};

fn keep(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    cx.put_attribute(&arguments.get(0), "thing", arguments.get(1));
    Ok(Value::NONE)
}

fn close(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let thing = cx.get_attribute(&arguments.get(0), "thing")?;
    cx.call_method(&thing, "close", vec![])?;
    Ok(Value::bool(false))
}

fn keep_all(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    cx.put_attribute(&arguments.get(0), "_exceptions", Value::tuple(arguments.rest().to_vec()));
    Ok(Value::NONE)
}

fn suppress(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let kind = arguments.get(1);
    if kind.is_none() {
        return Ok(Value::bool(false));
    }
    let exceptions = cx.get_attribute(&arguments.get(0), "_exceptions")?;
    Ok(Value::bool(cx.is_subclass_of(&kind, &exceptions)?))
}

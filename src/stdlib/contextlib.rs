//! `contextlib`: `closing`, `suppress`, `nullcontext`. Not modelled: `contextmanager`, `redirect_stdout`, `ExitStack`.

use super::versions::at_least;
use crate::eval::module::{Class, Entry, Member, Module, function, seeing, when};
use crate::eval::{Arguments, Evaluator, Raised, Value};

pub(super) static MODULE: Module = Module { name: "contextlib", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("closing", Member::Class(&CLOSING)),
    ("suppress", Member::Only(when::python3, &Member::Class(&SUPPRESS))),
    ("nullcontext", Member::Only(|cx| at_least(cx, 7), &Member::Class(&NULL_CONTEXT))),
];

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

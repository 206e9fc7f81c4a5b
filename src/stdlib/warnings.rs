//! `warnings`: nothing is shown. A filter that turns warnings into errors makes what `warn` does unknown.

use crate::eval::module::{Class, Entry, Member, Module, function, seeing};
use crate::eval::{Arguments, Evaluator, Raised, Value};

pub(super) static MODULE: Module = Module { name: "warnings", members: MEMBERS, available: None };

const MEMBERS: &[Entry] = &[
    ("warn", Member::Ignored),
    ("warn_explicit", Member::Ignored),
    ("showwarning", Member::Ignored),
    ("formatwarning", Member::Opaque("the text of a shown warning")),
    ("filterwarnings", function("(action, *rest, **options)", filter)),
    ("simplefilter", function("(action, *rest, **options)", filter)),
    ("resetwarnings", Member::Ignored),
    ("catch_warnings", Member::Class(&CATCH_WARNINGS)),
    ("filters", Member::Unknown("the filters of warnings")),
];

fn filter(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let action = cx.text_of(&arguments.get(0))?;
    if &*action == "error" {
        return Err(cx.unknown("warnings that are turned into errors"));
    }
    Ok(Value::NONE)
}

static CATCH_WARNINGS: Class = Class {
    name: "catch_warnings",
    module: "warnings",
    bases: &[],
    members: &[
        ("__init__", seeing("(self, record=False, module=None, **options)", initialise)),
        ("__enter__", function("(self)", enter)),
        ("__exit__", seeing("(self, *exception)", |_, _| Ok(Value::bool(false)))),
    ],
    new: None,
};

fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    cx.put_attribute(&arguments.get(0), "_record", arguments.get(1));
    Ok(Value::NONE)
}

fn enter(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let record = cx.get_attribute(&arguments.get(0), "_record")?;
    if cx.truth(&record)? { Ok(cx.unknown_value("the warnings that were raised")) } else { Ok(Value::NONE) }
}

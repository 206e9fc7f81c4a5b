//! `logging`: nothing is written; loggers take every call.

use crate::eval::module::{Class, Entry, Member, Module, seeing};
use crate::eval::{Arguments, Evaluator, Raised, Value};

pub(super) static MODULE: Module = Module { name: "logging", members: MEMBERS, available: None };

macro_rules! level {
    ($number:literal) => {
        Member::Constant(|_| Ok(Value::int($number)))
    };
}

const MEMBERS: &[Entry] = &[
    ("getLogger", seeing("(name=None)", logger)),
    ("basicConfig", Member::Ignored),
    ("debug", Member::Ignored),
    ("info", Member::Ignored),
    ("warning", Member::Ignored),
    ("warn", Member::Ignored),
    ("error", Member::Ignored),
    ("critical", Member::Ignored),
    ("exception", Member::Ignored),
    ("log", Member::Ignored),
    ("disable", Member::Ignored),
    ("captureWarnings", Member::Ignored),
    ("StreamHandler", seeing("(stream=None)", handler)),
    ("FileHandler", seeing("(filename, *rest, **options)", handler)),
    ("NullHandler", seeing("()", handler)),
    ("Formatter", seeing("(*rest, **options)", handler)),
    ("NOTSET", level!(0)),
    ("DEBUG", level!(10)),
    ("INFO", level!(20)),
    ("WARNING", level!(30)),
    ("WARN", level!(30)),
    ("ERROR", level!(40)),
    ("CRITICAL", level!(50)),
    ("FATAL", level!(50)),
];

static LOGGER: Class = Class {
    name: "Logger",
    module: "logging",
    bases: &[],
    members: &[
        ("debug", Member::Ignored),
        ("info", Member::Ignored),
        ("warning", Member::Ignored),
        ("warn", Member::Ignored),
        ("error", Member::Ignored),
        ("critical", Member::Ignored),
        ("exception", Member::Ignored),
        ("log", Member::Ignored),
        ("setLevel", Member::Ignored),
        ("addHandler", Member::Ignored),
        ("removeHandler", Member::Ignored),
        ("addFilter", Member::Ignored),
        ("setFormatter", Member::Ignored),
        ("isEnabledFor", Member::Opaque("the level of a logger")),
        ("getEffectiveLevel", Member::Opaque("the level of a logger")),
        ("getChild", seeing("(self, suffix)", logger)),
        ("propagate", level!(1)),
        ("handlers", Member::Unknown("the handlers of a logger")),
        ("level", Member::Unknown("the level of a logger")),
        ("parent", Member::Unknown("the parent of a logger")),
    ],
    new: None,
};

fn logger(cx: &mut Evaluator<'_>, _: &Arguments) -> Result<Value, Raised> {
    Ok(cx.instance(&LOGGER))
}

fn handler(cx: &mut Evaluator<'_>, _: &Arguments) -> Result<Value, Raised> {
    Ok(cx.instance(&LOGGER))
}

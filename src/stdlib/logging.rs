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
    ("Handler", Member::Class(&HANDLER)),
    ("StreamHandler", Member::Class(&STREAM_HANDLER)),
    ("FileHandler", Member::Class(&FILE_HANDLER)),
    ("NullHandler", Member::Class(&NULL_HANDLER)),
    ("Formatter", Member::Class(&FORMATTER)),
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

macro_rules! handler {
    ($name:literal [$($base:expr),*] $signature:literal) => {
        Class {
            name: $name,
            module: "logging",
            bases: &[$($base),*],
            members: &[("__init__", seeing($signature, |_, _| Ok(Value::NONE)))],
            new: None,
        }
    };
}

static HANDLER: Class = Class {
    name: "Handler",
    module: "logging",
    bases: &[],
    members: &[
        ("__init__", seeing("(self, level=0)", |_, _| Ok(Value::NONE))),
        ("acquire", Member::Ignored),
        ("addFilter", Member::Ignored),
        ("close", Member::Ignored),
        ("createLock", Member::Ignored),
        ("emit", Member::Ignored),
        ("flush", Member::Ignored),
        ("format", Member::Opaque("the text of a message that is logged")),
        ("handle", Member::Ignored),
        ("release", Member::Ignored),
        ("removeFilter", Member::Ignored),
        ("setFormatter", Member::Ignored),
        ("setLevel", Member::Ignored),
    ],
    new: None,
};

static STREAM_HANDLER: Class = handler!("StreamHandler" [&HANDLER] "(self, stream=None)");
static FILE_HANDLER: Class = handler!("FileHandler" [&STREAM_HANDLER] "(self, filename, *rest, **options)");
static NULL_HANDLER: Class = handler!("NullHandler" [&HANDLER] "(self, level=0)");
static FORMATTER: Class = handler!("Formatter" [] "(self, *rest, **options)");

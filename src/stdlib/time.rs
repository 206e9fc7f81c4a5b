//! `time` and `datetime`: the clock is unknown; given dates and times are not modelled and so unknown too.

use crate::eval::Value;
use crate::eval::module::{Class, Entry, Member, Module};

pub(super) static MODULE: Module = Module { name: "time", members: MEMBERS, available: None };

pub(super) static DATETIME: Module = Module { name: "datetime", members: DATETIME_MEMBERS, available: None };

const CLOCK: &str = "the clock differs from build to build";

const MEMBERS: &[Entry] = &[
    ("time", Member::Opaque(CLOCK)),
    ("localtime", Member::Opaque(CLOCK)),
    ("gmtime", Member::Opaque(CLOCK)),
    ("strftime", Member::Opaque(CLOCK)),
    ("ctime", Member::Opaque(CLOCK)),
    ("asctime", Member::Opaque(CLOCK)),
    ("mktime", Member::Opaque(CLOCK)),
    ("perf_counter", Member::Opaque(CLOCK)),
    ("monotonic", Member::Opaque(CLOCK)),
    ("clock", Member::Opaque(CLOCK)),
    ("strptime", Member::Opaque("`time.strptime` is not modelled")),
    ("sleep", Member::Ignored),
    ("timezone", Member::Unknown("the time zone depends on the machine that builds")),
    ("tzname", Member::Unknown("the time zone depends on the machine that builds")),
];

const DATETIME_MEMBERS: &[Entry] = &[
    ("datetime", Member::Class(&MOMENT)),
    ("date", Member::Class(&DATE)),
    ("time", Member::Opaque("times of day are not modelled")),
    ("timedelta", Member::Opaque("spans of time are not modelled")),
    ("timezone", Member::Unknown("time zones are not modelled")),
    ("UTC", Member::Unknown("time zones are not modelled")),
    ("MINYEAR", Member::Constant(|_| Ok(Value::int(1)))),
    ("MAXYEAR", Member::Constant(|_| Ok(Value::int(9999)))),
];

/// What a call of the class gives is unknown: only its functions that ask the clock have a reason of their own.
macro_rules! class {
    ($ident:ident $name:literal) => {
        static $ident: Class = Class {
            name: $name,
            module: "datetime",
            bases: &[],
            members: &[
                ("now", Member::Opaque(CLOCK)),
                ("utcnow", Member::Opaque(CLOCK)),
                ("today", Member::Opaque(CLOCK)),
                ("fromtimestamp", Member::Opaque("dates from time stamps are not modelled")),
                ("utcfromtimestamp", Member::Opaque("dates from time stamps are not modelled")),
                ("strptime", Member::Opaque("dates read from text are not modelled")),
                ("fromisoformat", Member::Opaque("dates read from text are not modelled")),
            ],
            new: Some(crate::eval::module::Native::new("(*rest, **options)", |cx, _| {
                Err(cx.unknown("dates are not modelled"))
            })),
        };
    };
}

class!(MOMENT "datetime");
class!(DATE "date");

//! `time`: the clock and the time zone are unknown; given times are not modelled and so unknown too.

use crate::eval::module::{Entry, Member, Module, when};

pub(super) static MODULE: Module = Module { name: "time", members: MEMBERS, available: None };

const CLOCK: &str = "the clock differs from build to build";

const MEMBERS: &[Entry] = &[
    ("time", Member::Opaque(CLOCK)),
    ("localtime", Member::Opaque(CLOCK)),
    ("gmtime", Member::Opaque(CLOCK)),
    ("strftime", Member::Opaque(CLOCK)),
    ("ctime", Member::Opaque(CLOCK)),
    ("asctime", Member::Opaque(CLOCK)),
    ("mktime", Member::Opaque(CLOCK)),
    ("perf_counter", Member::Only(when::python3, &Member::Opaque(CLOCK))),
    ("monotonic", Member::Only(when::python3, &Member::Opaque(CLOCK))),
    ("clock", Member::Only(|cx| !cx.at_least(8), &Member::Opaque(CLOCK))),
    ("strptime", Member::Opaque("`time.strptime` is not modelled")),
    ("sleep", Member::Ignored),
    ("timezone", Member::Unknown("the time zone depends on the machine that builds")),
    ("tzname", Member::Unknown("the time zone depends on the machine that builds")),
];

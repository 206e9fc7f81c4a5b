//! `inspect`: which file running code comes from. What else it has is not modelled.

use super::sys;
use crate::eval::module::{Entry, Member, Module, function, when};
use crate::eval::{Arguments, Evaluator, Raised, Value};

pub(super) static MODULE: Module = Module { name: "inspect", members: MEMBERS, available: None };

const OBJECTS: &str = "looking into objects is not modelled";

const MEMBERS: &[Entry] = &[
    ("currentframe", function("()", |cx, _| sys::frame(cx, 0))),
    ("getabsfile", Member::Opaque(OBJECTS)),
    ("getargspec", Member::Only(|cx| !super::versions::at_least(cx, 11), &Member::Opaque(OBJECTS))),
    ("getdoc", Member::Opaque(OBJECTS)),
    ("getfile", function("(object)", file)),
    ("getfullargspec", Member::Only(when::python3, &Member::Opaque(OBJECTS))),
    ("getsource", Member::Opaque(OBJECTS)),
    ("getsourcefile", function("(object)", file)),
    ("signature", Member::Only(when::python3, &Member::Opaque(OBJECTS))),
    ("stack", Member::Opaque("the frames of a running program are not modelled")),
];

/// The file of a frame or a module of the project.
fn file(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let given = arguments.get(0);
    if let Some(globals) = cx.own_attribute(&given, "f_globals") {
        let key = cx.native_text("__file__");
        return cx.get_item(&globals, &key);
    }
    if cx.type_name(&given) == "module" {
        return cx.get_attribute(&given, "__file__");
    }
    Err(cx.unknown(OBJECTS))
}

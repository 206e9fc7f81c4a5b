//! `inspect`: which file running code comes from. What else it has is not modelled.

use super::sys;
use crate::eval::module::{Class, Entry, Member, Module, function, when};
use crate::eval::{Arguments, Evaluator, Raised, Value, types};

pub(super) static MODULE: Module = Module { name: "inspect", members: MEMBERS, available: None };

const OBJECTS: &str = "looking into objects is not modelled";

const MEMBERS: &[Entry] = &[
    ("currentframe", function("()", |cx, _| sys::frame(cx, 0))),
    ("getabsfile", Member::Opaque(OBJECTS)),
    ("getargspec", Member::Only(|cx| !super::versions::at_least(cx, 11), &Member::Opaque(OBJECTS))),
    ("getdoc", Member::Opaque(OBJECTS)),
    ("getfile", function("(object)", file)),
    ("getframeinfo", function("(frame, context=1)", |cx, a| frame_info(cx, &a.get(0), &TRACEBACK))),
    ("getfullargspec", Member::Only(when::python3, &Member::Opaque(OBJECTS))),
    ("getsource", Member::Opaque(OBJECTS)),
    ("getsourcefile", function("(object)", file)),
    ("signature", Member::Only(when::python3, &Member::Opaque(OBJECTS))),
    ("stack", function("(context=1)", stack)),
];

const LINES: &str = "the lines of running code are not modelled";

macro_rules! record {
    ($ident:ident $name:literal [$($field:literal $index:literal),*]) => {
        static $ident: Class = Class {
            name: $name,
            module: "inspect",
            bases: &[&types::TUPLE],
            members: &[$(($field, Member::Property(|cx, this| {
                let items = cx.plain(this);
                cx.get_item(&items, &Value::int($index))
            }))),*],
            new: None,
        };
    };
}

record!(TRACEBACK "Traceback" ["filename" 0, "lineno" 1, "function" 2, "code_context" 3, "index" 4]);
record!(FRAME_INFO "FrameInfo" ["frame" 0, "filename" 1, "lineno" 2, "function" 3, "code_context" 4, "index" 5]);

/// A frame's file and the name of what runs there; a [`FRAME_INFO`] has the frame before them.
fn frame_info(cx: &mut Evaluator<'_>, frame: &Value, class: &'static Class) -> Result<Value, Raised> {
    let Some(globals) = cx.own_attribute(frame, "f_globals") else { return Err(cx.unknown(OBJECTS)) };
    let key = cx.native_text("__file__");
    let file = cx.get_item(&globals, &key)?;
    let function = match cx.own_attribute(frame, "f_code") {
        Some(code) => cx.get_attribute(&code, "co_name")?,
        None => cx.native_text("<module>"),
    };
    let mut items = if class.members.len() > 5 { vec![frame.clone()] } else { Vec::new() };
    let line = cx.unknown_value(LINES);
    items.extend([file, line.clone(), function, line.clone(), line]);
    Ok(cx.instance_with_payload(class, Value::tuple(items)))
}

/// The frames, the running one first.
fn stack(cx: &mut Evaluator<'_>, _: &Arguments) -> Result<Value, Raised> {
    let mut frames = Vec::new();
    while cx.frame_namespaces(frames.len()).is_some() {
        let frame = sys::frame(cx, frames.len())?;
        frames.push(frame_info(cx, &frame, &FRAME_INFO)?);
    }
    Ok(cx.list(frames))
}

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

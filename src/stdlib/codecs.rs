//! `codecs`: `open` with an encoding, and the encoders and decoders that text has itself.

use super::io::{Opening, open_file};
use crate::eval::arguments::Arguments;
use crate::eval::module::{Entry, Member, Module, function};
use crate::eval::{Evaluator, Raised, Value};

pub(super) static MODULE: Module = Module { name: "codecs", members: MEMBERS, available: None };

type Result = std::result::Result<Value, Raised>;

const MEMBERS: &[Entry] = &[
    ("BOM_UTF8", Member::Constant(|_| Ok(Value::bytes(*b"\xef\xbb\xbf")))),
    ("decode", function("(obj, encoding='utf-8', errors='strict')", decode)),
    ("encode", function("(obj, encoding='utf-8', errors='strict')", encode)),
    ("getreader", Member::Opaque("`codecs.getreader` is not modelled")),
    ("getwriter", Member::Opaque("`codecs.getwriter` is not modelled")),
    ("lookup", Member::Opaque("`codecs.lookup` is not modelled")),
    ("open", function("(filename, mode='r', encoding=None, errors='strict', buffering=-1)", open)),
    ("register", Member::Ignored),
];

/// Opens in binary and decodes: line ends stay as they are, and text is `unicode` on Python 2 too.
fn open(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mode = cx.text_of(&arguments.get(1))?.to_string();
    let errors = cx.text_of(&arguments.get(3))?.to_string();
    let encoding = match arguments.some(2).cloned() {
        Some(encoding) => Some(cx.text_of(&encoding)?.to_ascii_lowercase().replace('_', "-")),
        None if cx.is_python2() => None,
        None => Some("utf-8".to_owned()),
    };
    // Without an encoding it is the builtin `open`.
    let universal = mode.contains('U') || (arguments.some(2).is_none() && !cx.is_python2());
    let mode = if encoding.is_some() && arguments.some(2).is_some() { mode.replace('b', "") } else { mode };
    open_file(cx, &arguments.get(0), &Opening { mode, encoding, errors, universal })
}

fn decode(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    cx.call_method(&arguments.get(0), "decode", vec![arguments.get(1), arguments.get(2)])
}

fn encode(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    cx.call_method(&arguments.get(0), "encode", vec![arguments.get(1), arguments.get(2)])
}

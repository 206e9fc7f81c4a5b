//! `io` and the builtin `open`: files of the project, read whole and given out in parts.
//!
//! The locale's encoding is taken as UTF-8, as it is in a clean build environment of any recent Python. What is written
//! is seen by later reads of the same run and by nothing else.

use crate::eval::arguments::Arguments;
use crate::eval::exceptions::{IO_ERROR, LOOKUP_ERROR, OS_ERROR, STOP_ITERATION, VALUE_ERROR};
use crate::eval::module::{Class, Entry, Member, Module, function, seeing, when};
use crate::eval::{Data, Evaluator, Raised, Value};

pub(super) static MODULE: Module = Module { name: "io", members: MEMBERS, available: None };

type Result = std::result::Result<Value, Raised>;

const OPEN: &str =
    "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)";

const MEMBERS: &[Entry] = &[
    ("BytesIO", Member::Class(&MEMORY_BYTES)),
    ("StringIO", Member::Class(&MEMORY_TEXT)),
    ("SEEK_SET", Member::Constant(|_| Ok(Value::int(0)))),
    ("SEEK_CUR", Member::Constant(|_| Ok(Value::int(1)))),
    ("SEEK_END", Member::Constant(|_| Ok(Value::int(2)))),
    ("UnsupportedOperation", Member::Class(&UNSUPPORTED)),
    ("open", function(OPEN, open_text)),
];

static UNSUPPORTED: Class = Class {
    name: "UnsupportedOperation",
    module: "io",
    bases: &[&OS_ERROR, &VALUE_ERROR],
    members: &[],
    new: None,
};

static OPEN_TEXT: Entry = ("open", function(OPEN, open_text));
static OPEN_NATIVE: Entry = ("open", function("(name, mode='r', buffering=-1)", open_native));

/// The builtin `open`: that of `io` on Python 3, one of its own on Python 2.
pub(super) fn builtin_open(cx: &mut Evaluator<'_>) -> Result {
    Ok(Data::Native(if cx.is_python2() { &OPEN_NATIVE } else { &OPEN_TEXT }).into())
}

const FILE_MEMBERS: &[Entry] = &[
    ("__enter__", function("(self)", itself)),
    ("__exit__", seeing("(self, *exception)", close)),
    ("__iter__", function("(self)", itself)),
    ("__next__", function("(self)", next_line)),
    ("close", function("(self)", close)),
    ("fileno", Member::Opaque("the number of a file is not known")),
    ("flush", Member::Ignored),
    ("getvalue", function("(self)", whole)),
    ("isatty", function("(self)", |_, _| Ok(Value::bool(false)))),
    ("next", Member::Only(when::python2, &function("(self)", next_line))),
    ("read", function("(self, size=-1)", read)),
    ("readable", function("(self)", |_, _| Ok(Value::bool(true)))),
    ("readline", function("(self, size=-1)", read_line)),
    ("readlines", function("(self, hint=-1)", read_lines)),
    ("seek", function("(self, offset, whence=0)", seek)),
    ("tell", function("(self)", tell)),
    ("truncate", Member::Ignored),
    ("write", seeing("(self, text)", write)),
    ("writelines", seeing("(self, lines)", write_lines)),
    ("xreadlines", Member::Only(when::python2, &function("(self)", itself))),
];

static FILE: Class =
    Class { name: "TextIOWrapper", module: "_io", bases: &[], members: FILE_MEMBERS, new: None };
static MEMORY_TEXT: Class = Class {
    name: "StringIO",
    module: "_io",
    bases: &[&FILE],
    members: &[("__init__", function("(self, initial_value='', newline=None)", initialise_text))],
    new: None,
};
static MEMORY_BYTES: Class = Class {
    name: "BytesIO",
    module: "_io",
    bases: &[&FILE],
    members: &[("__init__", function("(self, initial_bytes=None)", initialise_bytes))],
    new: None,
};

/// What the file holds: text or bytes, read from one end to the other.
const CONTENT: &str = "<content>";
/// How much of it has been read, in bytes of its UTF-8 form.
const AT: &str = "<at>";
/// There for text whose UTF-8 form is what stands in the file.
const PLAIN: &str = "<plain>";
/// The exception that reading it raises.
const ERROR: &str = "<error>";
/// Where it is written to; absent for files that are only read.
pub(super) const PATH: &str = "<path>";

fn itself(_: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(arguments.get(0))
}

/// How a file is opened.
pub(super) struct Opening {
    pub mode: String,
    /// `None`: bytes of Python 2's `str`.
    pub encoding: Option<String>,
    pub errors: String,
    /// Whether `\r\n` and `\r` become `\n`.
    pub universal: bool,
}

/// Opens a file.
pub(super) fn open_file(cx: &mut Evaluator<'_>, path: &Value, opening: &Opening) -> Result {
    if matches!(path.data, Data::Int(_)) {
        return Err(cx.unknown("a file opened by its number is not known"));
    }
    let name = cx.path_of(path)?;
    let binary = opening.mode.contains('b');
    let file = cx.instance(&FILE);
    for (key, value) in
        [("name", path.clone()), ("mode", cx.native_text(&opening.mode)), ("closed", Value::bool(false))]
    {
        cx.put_attribute(&file, key, value);
    }
    if let Some(encoding) = opening.encoding.as_ref().filter(|_| !binary) {
        let encoding = cx.native_text(encoding);
        cx.put_attribute(&file, "encoding", encoding);
    }
    cx.put_attribute(&file, AT, Value::int(0));
    let fresh = opening.mode.contains(['w', 'x']);
    let appending = opening.mode.contains('a');
    let writes = fresh || appending || opening.mode.contains('+');
    if writes && cx.is_outside(&name) {
        return Err(cx.unknown(
            "whether a file outside the project can be written depends on the machine that builds",
        ));
    }
    let content = if fresh || (appending && !cx.exists(&name)?) {
        if binary || opening.encoding.is_none() { Value::bytes([]) } else { Value::text("") }
    } else {
        let bytes = cx.read_file(&name)?;
        match (&opening.encoding, binary) {
            (_, true) | (None, _) => {
                let bytes =
                    if opening.universal && !binary { universal_bytes(&bytes) } else { bytes.to_vec() };
                let origin = match std::str::from_utf8(&bytes) {
                    Ok(text) => cx.file_origin(&name, text),
                    Err(_) => cx.origin_here(),
                };
                Value::bytes(bytes).with_origin(origin)
            }
            (Some(encoding), false) => {
                let text = match cx.decode_bytes(&bytes, encoding, &opening.errors) {
                    Err(Raised::Exception(error)) if !cx.is_instance(&error, &LOOKUP_ERROR) => {
                        // What cannot be decoded shows when it is read.
                        cx.put_attribute(&file, ERROR, error);
                        String::new()
                    }
                    text => text?,
                };
                let text = if opening.universal { universal(&text) } else { text };
                if text.as_bytes() == &*bytes {
                    cx.put_attribute(&file, PLAIN, Value::bool(true));
                }
                let origin = cx.file_origin(&name, &text);
                Value::text(text).with_origin(origin)
            }
        }
    };
    if writes {
        let path = cx.native_text(&name);
        cx.put_attribute(&file, PATH, path);
        cx.write_file(&name, content.clone());
    }
    cx.put_attribute(&file, CONTENT, content);
    Ok(file)
}

fn universal(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

fn universal_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\r' => out.push(b'\n'),
            b'\n' if at > 0 && bytes[at - 1] == b'\r' => {}
            other => out.push(*other),
        }
    }
    out
}

/// A text argument, or a default.
fn option(
    cx: &mut Evaluator<'_>,
    arguments: &Arguments,
    index: usize,
    default: &str,
) -> std::result::Result<String, Raised> {
    match arguments.some(index).cloned() {
        Some(value) => Ok(cx.text_of(&value)?.to_string()),
        None => Ok(default.to_owned()),
    }
}

fn open_text(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mode = option(cx, arguments, 1, "r")?;
    let encoding = option(cx, arguments, 3, "utf-8")?.to_ascii_lowercase().replace('_', "-");
    let errors = option(cx, arguments, 4, "strict")?;
    let universal = arguments.some(5).cloned().is_none();
    let purposes = mode.chars().filter(|c| "rwxa".contains(*c)).count();
    let twice = mode.chars().enumerate().any(|(at, c)| mode.chars().skip(at + 1).any(|other| other == c));
    let updates = mode.contains('U') && mode.contains(['w', 'x', 'a', '+']);
    let well_formed = !updates && mode.chars().all(|c| "rwxabt+U".contains(c)) && !twice;
    if !well_formed
        || (purposes != 1 && !(purposes == 0 && mode.contains('U')))
        || mode.contains('b') && mode.contains('t')
    {
        return Err(cx.error(&VALUE_ERROR, format!("invalid mode: '{mode}'")));
    }
    if mode.contains('b') && [3, 4, 5].iter().any(|index| arguments.some(*index).is_some()) {
        return Err(
            cx.error(&VALUE_ERROR, "binary mode doesn't take an encoding, errors or newline argument")
        );
    }
    if mode.contains('U') && cx.at_least(11) {
        return Err(cx.error(&VALUE_ERROR, format!("invalid mode: '{mode}'")));
    }
    open_file(cx, &arguments.get(0), &Opening { mode, encoding: Some(encoding), errors, universal })
}

/// `open` of Python 2.
pub(super) fn open_native(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mode = option(cx, arguments, 1, "r")?;
    let universal = mode.contains('U');
    if !mode.starts_with(['r', 'w', 'a', 'U']) {
        let text = format!("mode string must begin with one of 'r', 'w', 'a' or 'U', not '{mode}'");
        return Err(cx.error(&VALUE_ERROR, text));
    }
    open_file(
        cx,
        &arguments.get(0),
        &Opening { mode, encoding: None, errors: "strict".to_owned(), universal },
    )
}

fn initialise_text(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let file = arguments.get(0);
    let content = arguments.some(1).cloned().unwrap_or_else(|| Value::text(""));
    cx.put_attribute(&file, CONTENT, content);
    cx.put_attribute(&file, AT, Value::int(0));
    Ok(Value::NONE)
}

fn initialise_bytes(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let file = arguments.get(0);
    let content = arguments.some(1).cloned().unwrap_or_else(|| Value::bytes([]));
    cx.put_attribute(&file, CONTENT, content);
    cx.put_attribute(&file, AT, Value::int(0));
    Ok(Value::NONE)
}

/// A file's content and how much of it has been read.
fn position(cx: &mut Evaluator<'_>, file: &Value) -> std::result::Result<(Value, usize), Raised> {
    let content = cx.own_attribute(file, CONTENT).unwrap_or(Value::NONE);
    let at = cx.own_attribute(file, AT).unwrap_or(Value::NONE);
    if at.is_unknown() || content.is_unknown() {
        return Err(Raised::Unknown(if at.is_unknown() { at } else { content }));
    }
    let closed = cx.own_attribute(file, "closed");
    if let Some(closed) = closed
        && cx.truth(&closed)?
    {
        return Err(cx.error(&VALUE_ERROR, "I/O operation on closed file."));
    }
    if let Some(error) = cx.own_attribute(file, ERROR) {
        return Err(Raised::Exception(error));
    }
    let at = usize::try_from(cx.int_of(&at)?).unwrap_or(0);
    Ok((content, at))
}

fn length(content: &Value) -> usize {
    match &content.data {
        Data::Text(text) => text.len(),
        Data::Bytes(bytes) => bytes.len(),
        _ => 0,
    }
}

/// A part of the content, which comes from the same place as the whole.
fn part(content: &Value, from: usize, to: usize) -> Value {
    let value = match &content.data {
        Data::Text(text) => Value::text(text.get(from..to).unwrap_or_default()),
        Data::Bytes(bytes) => Value::bytes(bytes.get(from..to).unwrap_or_default()),
        _ => Value::NONE,
    };
    value.with_origin(content.origin)
}

fn set_position(cx: &mut Evaluator<'_>, file: &Value, at: usize) {
    cx.put_attribute(file, AT, Value::int(at as i64));
}

fn whole(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(cx.own_attribute(&arguments.get(0), CONTENT).unwrap_or(Value::NONE))
}

fn read(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let file = arguments.get(0);
    let (content, at) = position(cx, &file)?;
    let size = match arguments.some(1).cloned() {
        Some(size) => usize::try_from(cx.int_of(&size)?).ok(),
        None => None,
    };
    let end = match (size, &content.data) {
        (None, _) => length(&content),
        (Some(size), Data::Text(text)) => {
            let rest = text.get(at..).unwrap_or_default();
            rest.char_indices().nth(size).map_or(text.len(), |(offset, _)| at + offset)
        }
        (Some(size), _) => at.saturating_add(size).min(length(&content)),
    };
    set_position(cx, &file, end);
    if at == 0 && end == length(&content) {
        return Ok(content);
    }
    cx.charge_bytes(end.saturating_sub(at))?;
    Ok(part(&content, at, end))
}

/// The end of the line that begins at a place.
fn line_end(content: &Value, at: usize) -> usize {
    let rest = match &content.data {
        Data::Text(text) => text.as_bytes().get(at..),
        Data::Bytes(bytes) => bytes.get(at..),
        _ => None,
    };
    let rest = rest.unwrap_or_default();
    at + rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1)
}

fn read_line(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let file = arguments.get(0);
    let (content, at) = position(cx, &file)?;
    let end = line_end(&content, at);
    set_position(cx, &file, end);
    Ok(part(&content, at, end))
}

fn next_line(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let file = arguments.get(0);
    let (content, at) = position(cx, &file)?;
    if at >= length(&content) {
        return Err(cx.error_with(&STOP_ITERATION, vec![]));
    }
    let end = line_end(&content, at);
    set_position(cx, &file, end);
    Ok(part(&content, at, end))
}

fn read_lines(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let file = arguments.get(0);
    let (content, mut at) = position(cx, &file)?;
    let total = length(&content);
    cx.charge_bytes(total)?;
    let mut lines = Vec::new();
    while at < total {
        let end = line_end(&content, at);
        lines.push(part(&content, at, end));
        at = end;
    }
    set_position(cx, &file, at);
    Ok(cx.list(lines))
}

fn seek(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let file = arguments.get(0);
    let (content, at) = position(cx, &file)?;
    let (offset, whence) = (cx.int_of(&arguments.get(1))?, cx.int_of(&arguments.get(2))?);
    let end = length(&content) as i64;
    let binary = matches!(content.data, Data::Bytes(_));
    let in_bytes = binary || cx.own_attribute(&file, PLAIN).is_some();
    let place = match (offset, whence) {
        (0, 0) => 0,
        (0, 2) => end,
        (0, 1) => at as i64,
        (offset, 0) if in_bytes => offset,
        (offset, 1) if binary => (at as i64).saturating_add(offset),
        (offset, 2) if binary => end.saturating_add(offset),
        (_, 1 | 2) => return Err(cx.error(&UNSUPPORTED, "can't do nonzero relative seeks")),
        _ => return Err(lost(cx, &file)),
    };
    let Ok(at) = usize::try_from(place) else {
        return Err(cx.error(&VALUE_ERROR, format!("negative seek position {place}")));
    };
    let at = at.min(length(&content));
    if let Data::Text(text) = &content.data
        && !text.is_char_boundary(at)
    {
        return Err(lost(cx, &file));
    }
    set_position(cx, &file, at);
    Ok(if cx.is_python2() { Value::NONE } else { Value::int(place) })
}

/// Where a text file is read next is not known any more.
fn lost(cx: &mut Evaluator<'_>, file: &Value) -> Raised {
    let unknown = cx.unknown_value("this place in a text file is not modelled");
    cx.put_attribute(file, AT, unknown.clone());
    Raised::Unknown(unknown)
}

/// The place in bytes; of text it is told where decoding left every byte as it is.
fn tell(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (content, at) = position(cx, &arguments.get(0))?;
    if at > 0 && matches!(content.data, Data::Text(_)) && cx.own_attribute(&arguments.get(0), PLAIN).is_none()
    {
        return Err(cx.unknown("the place in a text file is not modelled"));
    }
    Ok(Value::int(at as i64))
}

fn close(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    cx.put_attribute(&arguments.get(0), "closed", Value::bool(true));
    Ok(Value::NONE)
}

fn write(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (file, more) = (arguments.get(0), arguments.get(1));
    append(cx, &file, &more)?;
    Ok(Value::NONE)
}

fn write_lines(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (file, lines) = (arguments.get(0), arguments.get(1));
    if lines.is_unknown() {
        append(cx, &file, &lines)?;
        return Ok(Value::NONE);
    }
    for line in cx.items(&lines)? {
        append(cx, &file, &line)?;
    }
    Ok(Value::NONE)
}

/// The error of writing to a file that is open for reading only.
fn check_writable(cx: &mut Evaluator<'_>, file: &Value) -> std::result::Result<(), Raised> {
    let Some(mode) = cx.own_attribute(file, "mode") else { return Ok(()) };
    let mode = cx.text_of(&mode)?;
    if mode.contains(['w', 'a', 'x', '+']) {
        return Ok(());
    }
    if cx.is_python2() {
        return Err(cx.error(&IO_ERROR, "File not open for writing"));
    }
    Err(cx.error(&UNSUPPORTED, "not writable"))
}

/// Adds to a file's content; what is written after something unknown is unknown as a whole.
fn append(cx: &mut Evaluator<'_>, file: &Value, more: &Value) -> std::result::Result<(), Raised> {
    check_writable(cx, file)?;
    let content = cx.own_attribute(file, CONTENT).unwrap_or(Value::NONE);
    let content = match (&content.data, &cx.plain(more).data) {
        (Data::Unknown(_), _) => content.clone(),
        (_, Data::Unknown(_)) => more.clone(),
        (Data::Text(own), _) => {
            let more = cx.text_of(more)?;
            cx.charge_bytes(own.len() + more.len())?;
            Value::text(format!("{own}{more}"))
        }
        (Data::Bytes(own), _) => {
            let more = cx.path_of(more)?;
            cx.charge_bytes(own.len() + more.len())?;
            Value::bytes([&**own, more.as_bytes()].concat())
        }
        _ => content.clone(),
    };
    if let Some(path) = cx.own_attribute(file, PATH) {
        let path = cx.path_of(&path)?;
        cx.write_file(&path, content.clone());
    }
    cx.put_attribute(file, CONTENT, content);
    Ok(())
}

//! `email`: the headers of a text such as PKG-INFO, and what stands behind them.
//!
//! Not modelled: bodies that a Content-Type takes apart, policies, making messages.

use crate::eval::module::{Class, Entry, Member, Module, function, when};
use crate::eval::{Arguments, Evaluator, Raised, Value};
use std::sync::Arc;

pub(super) static MODULES: &[&Module] = &[
    &Module { name: "email", members: MEMBERS, available: None },
    &Module { name: "email.message", members: &[("Message", Member::Class(&MESSAGE))], available: None },
    &Module { name: "email.parser", members: PARSERS, available: None },
    &super::written::EMAIL_UTILS,
];

type Result = std::result::Result<Value, Raised>;

const MEMBERS: &[Entry] = &[
    (
        "message_from_bytes",
        Member::Only(when::python3, &function("(s, *rest, **keywords)", |cx, a| from_text(cx, &a.get(0)))),
    ),
    ("message_from_file", function("(fp, *rest, **keywords)", |cx, a| from_file(cx, &a.get(0)))),
    ("message_from_string", function("(s, *rest, **keywords)", |cx, a| from_text(cx, &a.get(0)))),
    ("utils", Member::Module("email.utils")),
];

const PARSERS: &[Entry] =
    &[("HeaderParser", Member::Class(&HEADER_PARSER)), ("Parser", Member::Class(&PARSER))];

static PARSER: Class = Class {
    name: "Parser",
    module: "email.parser",
    bases: &[],
    members: &[
        ("__init__", function("(self, *arguments, **keywords)", |_, _| Ok(Value::NONE))),
        ("parse", function("(self, fp, headersonly=False)", |cx, a| from_file(cx, &a.get(1)))),
        ("parsestr", function("(self, text, headersonly=False)", |cx, a| from_text(cx, &a.get(1)))),
    ],
    new: None,
};

static HEADER_PARSER: Class =
    Class { name: "HeaderParser", module: "email.parser", bases: &[&PARSER], members: &[], new: None };

/// The headers in their order, and what follows.
struct Message {
    headers: Vec<(String, String)>,
    body: String,
}

static MESSAGE: Class = Class {
    name: "Message",
    module: "email.message",
    bases: &[],
    members: &[
        ("__contains__", function("(self, name)", |cx, a| Ok(Value::bool(!named(cx, a)?.is_empty())))),
        ("__getitem__", function("(self, name)", |cx, a| first(cx, a, Value::NONE))),
        (
            "__len__",
            function("(self)", |cx, a| {
                let message = known(cx, &a.get(0))?;
                Ok(Value::int(message.headers.len() as i64))
            }),
        ),
        ("get", function("(self, name, failobj=None)", |cx, a| first(cx, a, a.get(2)))),
        ("get_all", function("(self, name, failobj=None)", all)),
        ("get_payload", function("(self, i=None, decode=False)", payload)),
        (
            "has_key",
            Member::Only(
                when::python2,
                &function("(self, name)", |cx, a| Ok(Value::bool(!named(cx, a)?.is_empty()))),
            ),
        ),
        ("items", function("(self)", |cx, a| listed(cx, a, |name, value| Value::tuple(vec![name, value])))),
        ("keys", function("(self)", |cx, a| listed(cx, a, |name, _| name))),
        ("values", function("(self)", |cx, a| listed(cx, a, |_, value| value))),
    ],
    new: None,
};

fn from_file(cx: &mut Evaluator<'_>, file: &Value) -> Result {
    let text = cx.call_method(file, "read", Vec::new())?;
    from_text(cx, &text)
}

fn from_text(cx: &mut Evaluator<'_>, text: &Value) -> Result {
    let text = match cx.text_of(text) {
        Ok(text) => text.to_string(),
        Err(Raised::Unknown(unknown)) => return Err(Raised::Unknown(unknown)),
        Err(_) => match String::from_utf8(cx.bytes_of(text)?.to_vec()) {
            Ok(text) if text.is_ascii() => text,
            _ => return Err(cx.unknown("a message of bytes that are not ASCII is not modelled")),
        },
    };
    if text.starts_with("From ") || text.replace("\r\n", "").contains('\r') {
        return Err(cx.unknown("a message in a mailbox's form is not modelled"));
    }
    let message = cx.instance(&MESSAGE);
    let unknown = cx.unknown_value("what else a message has is not modelled");
    cx.open_attributes(&message, &unknown);
    cx.carry(&message, Arc::new(parse(&text)));
    Ok(message)
}

/// `email.feedparser`: header lines and their continuations up to the first line that is neither; a blank one is dropped.
fn parse(text: &str) -> Message {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.find('\n').map_or(rest.len(), |at| at + 1));
        if let (true, Some(last)) = (line.starts_with([' ', '\t']), headers.last_mut()) {
            last.1.push_str(line);
        } else if let Some((name, value)) = line.split_once(':').filter(|(name, _)| is_name(name)) {
            headers.push((name.to_owned(), value.trim_start_matches([' ', '\t']).to_owned()));
        } else {
            if line.trim_matches(['\r', '\n']).is_empty() {
                rest = after;
            }
            break;
        }
        rest = after;
    }
    for header in &mut headers {
        header.1.truncate(header.1.trim_end_matches(['\r', '\n']).len());
    }
    Message { headers, body: rest.to_owned() }
}

/// Printable ASCII without blanks.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

fn known(cx: &mut Evaluator<'_>, this: &Value) -> std::result::Result<Arc<Message>, Raised> {
    match cx.carried::<Message>(this) {
        Some(message) => Ok(message),
        None => Err(cx.unknown("a message that a script fills is not modelled")),
    }
}

/// The values of the headers by a name, whatever its case.
fn named(cx: &mut Evaluator<'_>, arguments: &Arguments) -> std::result::Result<Vec<Value>, Raised> {
    let message = known(cx, &arguments.get(0))?;
    let name = cx.text_of(&arguments.get(1))?;
    let found = message.headers.iter().filter(|header| header.0.eq_ignore_ascii_case(&name));
    Ok(found.map(|header| cx.native_text(&header.1)).collect())
}

fn first(cx: &mut Evaluator<'_>, arguments: &Arguments, missing: Value) -> Result {
    Ok(named(cx, arguments)?.into_iter().next().unwrap_or(missing))
}

fn all(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let found = named(cx, arguments)?;
    Ok(if found.is_empty() { arguments.get(2) } else { cx.list(found) })
}

fn listed(cx: &mut Evaluator<'_>, arguments: &Arguments, item: fn(Value, Value) -> Value) -> Result {
    let message = known(cx, &arguments.get(0))?;
    let headers = message.headers.iter();
    let found = headers.map(|(name, value)| item(cx.native_text(name), cx.native_text(value))).collect();
    Ok(cx.list(found))
}

fn payload(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let message = known(cx, &arguments.get(0))?;
    let typed = message.headers.iter().any(|header| header.0.to_ascii_lowercase().starts_with("content-"));
    if typed || arguments.some(1).is_some() || cx.truth(&arguments.get(2))? {
        return Err(cx.unknown("a body that is taken apart or decoded is not modelled"));
    }
    Ok(cx.native_text(&message.body))
}

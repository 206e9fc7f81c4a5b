//! What the machine that builds decides in part: texts whose beginning the target settles, and `uname`.

use crate::eval::module::{Class, Entry, Member, function, seeing};
use crate::eval::{Arguments, Data, Evaluator, Raised, Value, types};
use crate::packaging::Platform;
use std::sync::Arc;

type Result = std::result::Result<Value, Raised>;

/// The beginning of a text; at least one character follows.
struct Beginning(String);

static TEXT: Class =
    Class { name: "str", module: "builtins", bases: &[&types::TEXT], members: MEMBERS, new: None };
static BYTES: Class =
    Class { name: "str", module: "builtins", bases: &[&types::BYTES], members: MEMBERS, new: None };

/// What can be told from the beginning; all else is that of the unknown text.
const MEMBERS: &[Entry] = &[
    ("__eq__", seeing("(self, other)", |cx, a| equal(cx, a, true))),
    ("__getitem__", seeing("(self, key)", item)),
    ("__ne__", seeing("(self, other)", |cx, a| equal(cx, a, false))),
    ("startswith", seeing("(self, prefix, start=None, end=None)", starts_with)),
];

/// A text of which only the beginning is known.
pub(super) fn text_beginning(cx: &mut Evaluator<'_>, beginning: &str, reason: &'static str) -> Value {
    let class = if cx.is_python2() { &BYTES } else { &TEXT };
    let unknown = cx.unknown_value(reason);
    let made = cx.instance_with_payload(class, unknown);
    cx.carry(&made, Arc::new(Beginning(beginning.to_owned())));
    made
}

/// `distutils.util.get_platform()`: `linux-x86_64`, `macosx-11.0-arm64`, `win-amd64` or `win32`.
pub(super) fn platform_tag(cx: &mut Evaluator<'_>) -> Value {
    let beginning = match cx.platform() {
        Platform::Linux => "linux-",
        Platform::Macos => "macosx-",
        Platform::Windows => "win",
    };
    text_beginning(cx, beginning, "the platform of the machine that builds is not known")
}

fn beginning(cx: &Evaluator<'_>, this: &Value) -> String {
    cx.carried::<Beginning>(this).map_or_else(String::new, |beginning| beginning.0.clone())
}

/// What an operation gives that needs the rest of the text.
fn rest(cx: &Evaluator<'_>, this: &Value) -> Result {
    Err(Raised::Unknown(cx.plain(this)))
}

/// Whether a text can be one that begins so: `None` when that needs the rest.
fn begins_with(beginning: &str, prefix: &str) -> Option<bool> {
    if beginning.starts_with(prefix) {
        return Some(true);
    }
    if prefix.starts_with(beginning) { None } else { Some(false) }
}

fn equal(cx: &mut Evaluator<'_>, arguments: &Arguments, wanted: bool) -> Result {
    let (this, other) = (arguments.get(0), cx.plain(&arguments.get(1)));
    if other.is_unknown() {
        return Err(Raised::Unknown(other));
    }
    let Ok(text) = cx.text_of(&other) else { return Ok(Value::bool(!wanted)) };
    let own = beginning(cx, &this);
    // The text goes on behind its beginning.
    if text.starts_with(&own) && text.len() > own.len() { rest(cx, &this) } else { Ok(Value::bool(!wanted)) }
}

fn starts_with(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (this, prefix) = (arguments.get(0), cx.plain(&arguments.get(1)));
    if !arguments.get(2).is_none() || !arguments.get(3).is_none() {
        return rest(cx, &this);
    }
    let own = beginning(cx, &this);
    let prefixes = match &prefix.data {
        Data::Tuple(items) => items.to_vec(),
        _ => vec![prefix],
    };
    let mut open = false;
    for prefix in prefixes {
        match begins_with(&own, &cx.text_of(&prefix)?) {
            Some(true) => return Ok(Value::bool(true)),
            Some(false) => {}
            None => open = true,
        }
    }
    if open { rest(cx, &this) } else { Ok(Value::bool(false)) }
}

/// A character or a slice that lies in the beginning.
fn item(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (this, key) = (arguments.get(0), arguments.get(1));
    let own = beginning(cx, &this);
    let inside = |value: &Value| matches!(value.data, Data::Int(at) if (0..=own.len() as i64).contains(&at));
    let known = match &key.data {
        Data::Int(at) => (0..own.len() as i64).contains(at),
        Data::Slice(parts) => {
            (parts[0].is_none() || inside(&parts[0])) && inside(&parts[1]) && parts[2].is_none()
        }
        _ => false,
    };
    if !known {
        return rest(cx, &this);
    }
    let own = cx.native_text(&own);
    cx.get_item(&own, &key)
}

const UNKNOWN_MACHINE: &str = "the machine that builds is not known";

/// What `os.uname()` and `platform.uname()` give: a tuple whose first item the target settles.
pub(super) fn uname(cx: &mut Evaluator<'_>, class: &'static Class) -> Value {
    let system = cx.platform().system();
    let mut items = vec![cx.native_text(system)];
    for _ in 1..class.members.len() {
        items.push(cx.unknown_value(UNKNOWN_MACHINE));
    }
    cx.instance_with_payload(class, Value::tuple(items))
}

macro_rules! uname {
    ($ident:ident $name:literal $module:literal [$($field:literal $index:literal),*]) => {
        pub(super) static $ident: Class = Class {
            name: $name,
            module: $module,
            bases: &[&types::TUPLE],
            members: &[$(($field, Member::Property(|cx, this| {
                let items = cx.plain(this);
                cx.get_item(&items, &Value::int($index))
            }))),*],
            new: None,
        };
    };
}

uname!(POSIX_NAME "uname_result" "posix" ["sysname" 0, "nodename" 1, "release" 2, "version" 3, "machine" 4]);
uname!(PLATFORM_NAME "uname_result" "platform" ["system" 0, "node" 1, "release" 2, "version" 3, "machine" 4, "processor" 5]);

/// `os.uname`.
pub(super) const POSIX_UNAME: Member = function("()", |cx, _| Ok(uname(cx, &POSIX_NAME)));
/// `platform.uname`.
pub(super) const PLATFORM_UNAME: Member = function("()", |cx, _| Ok(uname(cx, &PLATFORM_NAME)));

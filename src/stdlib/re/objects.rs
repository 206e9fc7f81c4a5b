//! `re.Pattern` and `re.Match`, and the searches behind both the module's functions and the methods.

use super::super::versions::by_python;
use super::ERROR;
use super::pattern::{How, Match, Pattern, SearchError, Subject};
use super::syntax::{Dialect, PatternError};
use super::template::Template;
use crate::eval::exceptions::{INDEX_ERROR, OVERFLOW_ERROR, TYPE_ERROR, VALUE_ERROR};
use crate::eval::module::{Class, Member, function, when};
use crate::eval::{Arguments, Data, Evaluator, Origin, Raised, Value};
use crate::packaging::Python;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

pub(super) static PATTERN: Class = Class {
    name: "Pattern",
    module: "re",
    bases: &[],
    members: &[
        ("search", function("(self, string, pos=0, endpos=None)", |cx, a| found(cx, a, How::Search))),
        ("match", function("(self, string, pos=0, endpos=None)", |cx, a| found(cx, a, How::Match))),
        (
            "fullmatch",
            Member::Only(
                when::python3,
                &function("(self, string, pos=0, endpos=None)", |cx, a| found(cx, a, How::Full)),
            ),
        ),
        (
            "findall",
            function("(self, string, pos=0, endpos=None)", |cx, a| {
                method::findall(cx, &a.get(0), &tail(a, 3))
            }),
        ),
        (
            "finditer",
            function("(self, string, pos=0, endpos=None)", |cx, a| {
                method::finditer(cx, &a.get(0), &tail(a, 3))
            }),
        ),
        ("split", function("(self, string, maxsplit=0)", |cx, a| method::split(cx, &a.get(0), &tail(a, 2)))),
        ("sub", function("(self, repl, string, count=0)", |cx, a| method::sub(cx, &a.get(0), &tail(a, 3)))),
        ("subn", function("(self, repl, string, count=0)", |cx, a| method::subn(cx, &a.get(0), &tail(a, 3)))),
        ("flags", Member::Property(|cx, this| Ok(Value::int(i64::from(pattern_of(cx, this)?.flags()))))),
        ("groups", Member::Property(|cx, this| Ok(Value::int(pattern_of(cx, this)?.groups() as i64)))),
        ("groupindex", Member::Property(groupindex)),
    ],
    new: None,
};

pub(super) static MATCH: Class = Class {
    name: "Match",
    module: "re",
    bases: &[],
    members: &[
        ("group", function("(self, *groups)", group)),
        ("__getitem__", function("(self, group)", item)),
        ("groups", function("(self, default=None)", groups)),
        ("groupdict", function("(self, default=None)", groupdict)),
        ("start", function("(self, group=0)", |cx, a| Ok(Value::int(span_of(cx, a)?.0)))),
        ("end", function("(self, group=0)", |cx, a| Ok(Value::int(span_of(cx, a)?.1)))),
        ("span", function("(self, group=0)", span)),
        ("expand", function("(self, template)", expand)),
        ("lastindex", Member::Property(lastindex)),
        ("lastgroup", Member::Property(lastgroup)),
    ],
    new: None,
};

/// A string of Python, bytes as Latin-1 text.
#[derive(Clone)]
pub(super) struct Text {
    pub text: Arc<str>,
    pub bytes: bool,
}

impl Text {
    pub(super) fn of(cx: &mut Evaluator<'_>, value: &Value) -> Result<Self, Raised> {
        match &cx.plain(value).data {
            Data::Text(text) => Ok(Self { text: text.clone(), bytes: false }),
            Data::Bytes(bytes) => {
                cx.charge_bytes(bytes.len() * 2)?;
                let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
                Ok(Self { text: text.into(), bytes: true })
            }
            Data::Unknown(_) => Err(Raised::Unknown(value.clone())),
            _ => Err(cx.error(&TYPE_ERROR, "expected string or bytes-like object")),
        }
    }

    /// A string of the same kind.
    pub(super) fn with(&self, text: &str) -> Value {
        if self.bytes {
            Value::bytes(text.chars().map(|c| c as u8).collect::<Vec<u8>>())
        } else {
            Value::text(text)
        }
    }
}

/// What a `Match` keeps.
struct Found {
    pattern: Arc<Pattern>,
    text: Text,
    matched: Match,
    /// Where the groups stand in the file that the text was read from.
    origins: Vec<Origin>,
}

/// Groups beyond these have no place of their own.
const MOST_ORIGINS: usize = 16;

impl Found {
    fn subject(&self) -> Subject<'_> {
        Subject::new(&self.text.text)
    }

    fn text(&self, span: Option<(usize, usize)>, default: &Value) -> Value {
        let Some((start, end)) = span else { return default.clone() };
        let group = (0..self.origins.len()).find(|group| self.matched.span(*group) == span);
        let origin = group.map_or(Origin::NOWHERE, |group| self.origins[group]);
        self.text.with(&self.text.text[start..end]).with_origin(origin)
    }
}

/// Compiled patterns are the same for every script: scripts compile one pattern for many lines.
type Compiled = HashMap<(Arc<str>, u32, Dialect), Arc<Pattern>>;
static COMPILED: LazyLock<Mutex<Compiled>> = LazyLock::new(Mutex::default);
/// As many as CPython keeps.
const MOST_COMPILED: usize = 512;

/// `re.compile(pattern, flags)`, where the pattern may be compiled already.
pub(super) fn compiled(cx: &mut Evaluator<'_>, pattern: &Value, flags: &Value) -> Result<Value, Raised> {
    let flags = cx.int_of(flags)?;
    if cx.is_instance(pattern, &PATTERN) {
        if flags != 0 {
            return Err(cx.error(&VALUE_ERROR, "cannot process flags argument with a compiled pattern"));
        }
        return Ok(pattern.clone());
    }
    let Ok(text) = Text::of(cx, pattern) else {
        return Err(cx.error(&TYPE_ERROR, "first argument must be string or compiled pattern"));
    };
    cx.charge_steps(text.text.len())?;
    let made =
        by_python(cx, |python| lookup(&text, flags as u32, python)).map_err(|error| refuse(cx, error))?;
    let made = if made.depends_on_python() && !cx.is_python2() {
        let python = cx.python();
        lookup(&text, flags as u32, python).map_err(|error| refuse(cx, error))?
    } else {
        made
    };
    let instance = cx.instance(&PATTERN);
    cx.put_attribute(&instance, "pattern", pattern.clone());
    cx.carry(&instance, made);
    Ok(instance)
}

/// The compiled pattern for one Python, from memory if it is there.
fn lookup(text: &Text, flags: u32, python: Python) -> Result<Arc<Pattern>, PatternError> {
    let dialect = Dialect { python, bytes: text.bytes };
    let key = (text.text.clone(), flags, dialect);
    let known = COMPILED.lock().ok().and_then(|known| known.get(&key).cloned());
    if let Some(known) = known {
        return Ok(known);
    }
    let made = Arc::new(Pattern::new(&text.text, flags, dialect)?);
    if let Ok(mut known) = COMPILED.lock() {
        if known.len() >= MOST_COMPILED {
            known.clear();
        }
        known.insert(key, made.clone());
    }
    Ok(made)
}

fn refuse(cx: &mut Evaluator<'_>, error: PatternError) -> Raised {
    match error {
        PatternError::Invalid(message) => cx.error(&ERROR, message),
        PatternError::Python { class, message } => match class {
            "OverflowError" => cx.error(&OVERFLOW_ERROR, message),
            "IndexError" => cx.error(&INDEX_ERROR, message),
            _ => cx.error(&VALUE_ERROR, message),
        },
        PatternError::NotModelled(reason) => cx.unknown(reason),
    }
}

fn stop(cx: &mut Evaluator<'_>, error: SearchError<Raised>) -> Raised {
    match error {
        SearchError::NotModelled(reason) => cx.unknown(reason),
        SearchError::Value(message) => cx.error(&VALUE_ERROR, message),
        SearchError::Meter(raised) => raised,
    }
}

/// The compiled pattern of a `Pattern` instance.
fn pattern_of(cx: &mut Evaluator<'_>, this: &Value) -> Result<Arc<Pattern>, Raised> {
    match cx.carried::<Pattern>(this) {
        Some(pattern) => Ok(pattern),
        None => Err(cx.unknown("a pattern that was not made by `re.compile`")),
    }
}

/// Parameters 1 to `last`, for the functions that the module shares.
fn tail(arguments: &Arguments, last: usize) -> Vec<Value> {
    (1..=last).map(|index| arguments.get(index)).collect()
}

fn groupindex(cx: &mut Evaluator<'_>, this: &Value) -> Result<Value, Raised> {
    let pattern = pattern_of(cx, this)?;
    let entries = pattern.names().iter();
    let entries =
        entries.map(|(name, index)| (cx.native_text(name), Value::int(i64::from(*index)))).collect();
    cx.dict(entries)
}

/// A subject that fits the pattern's kind.
fn subject_of(cx: &mut Evaluator<'_>, pattern: &Pattern, value: &Value) -> Result<Text, Raised> {
    let text = Text::of(cx, value)?;
    if text.bytes != pattern.dialect().bytes && !cx.is_python2() {
        return Err(cx.error(
            &TYPE_ERROR,
            if pattern.dialect().bytes {
                "cannot use a bytes pattern on a string-like object"
            } else {
                "cannot use a string pattern on a bytes-like object"
            },
        ));
    }
    cx.charge_steps(text.text.len() / 64)?;
    Ok(text)
}

/// The byte offsets of `pos` and `endpos`.
fn bounds(cx: &mut Evaluator<'_>, text: &Text, rest: &[Value]) -> Result<(usize, usize), Raised> {
    let subject = Subject::new(&text.text);
    let mut bound = |value: Option<&Value>, default: usize| match value.filter(|value| !value.is_none()) {
        Some(value) => Ok(subject.offset(usize::try_from(cx.int_of(value)?).unwrap_or(0))),
        None => Ok(default),
    };
    let start = bound(rest.first(), 0)?;
    let end = bound(rest.get(1), text.text.len())?;
    Ok((start, end))
}

fn make_match(
    cx: &mut Evaluator<'_>,
    this: &Value,
    pattern: &Arc<Pattern>,
    text: &Text,
    string: &Value,
    found: Match,
) -> Result<Value, Raised> {
    cx.charge_bytes(200)?;
    let mut origins = Vec::new();
    if string.origin != Origin::NOWHERE {
        for group in 0..=pattern.groups().min(MOST_ORIGINS) {
            let (start, end) = found.span(group).unwrap_or_default();
            origins.push(cx.origin_of_part(string, &text.text, start, end));
        }
    }
    let instance = cx.instance(&MATCH);
    cx.put_attribute(&instance, "string", string.clone());
    cx.put_attribute(&instance, "re", this.clone());
    cx.carry(
        &instance,
        Arc::new(Found { pattern: pattern.clone(), text: text.clone(), matched: found, origins }),
    );
    Ok(instance)
}

fn found(cx: &mut Evaluator<'_>, arguments: &Arguments, how: How) -> Result<Value, Raised> {
    method::find(cx, &arguments.get(0), &tail(arguments, 3), how)
}

/// The methods of `Pattern`, with their arguments by place.
pub(super) mod method {
    use super::*;

    pub(in crate::stdlib::re) fn search(
        cx: &mut Evaluator<'_>,
        this: &Value,
        rest: &[Value],
    ) -> Result<Value, Raised> {
        find(cx, this, rest, How::Search)
    }

    pub(in crate::stdlib::re) fn match_(
        cx: &mut Evaluator<'_>,
        this: &Value,
        rest: &[Value],
    ) -> Result<Value, Raised> {
        find(cx, this, rest, How::Match)
    }

    pub(in crate::stdlib::re) fn fullmatch(
        cx: &mut Evaluator<'_>,
        this: &Value,
        rest: &[Value],
    ) -> Result<Value, Raised> {
        find(cx, this, rest, How::Full)
    }

    pub(super) fn find(
        cx: &mut Evaluator<'_>,
        this: &Value,
        rest: &[Value],
        how: How,
    ) -> Result<Value, Raised> {
        let pattern = pattern_of(cx, this)?;
        let text = subject_of(cx, &pattern, &rest[0])?;
        let (start, end) = bounds(cx, &text, &rest[1..])?;
        if start > end {
            return Ok(Value::NONE);
        }
        let subject = Subject::new(&text.text[..end]);
        match pattern.find(&subject, start, how).map_err(|error| stop(cx, error))? {
            Some(found) => make_match(cx, this, &pattern, &text, &rest[0], found),
            None => Ok(Value::NONE),
        }
    }

    fn all(
        cx: &mut Evaluator<'_>,
        this: &Value,
        rest: &[Value],
    ) -> Result<(Arc<Pattern>, Text, Vec<Match>), Raised> {
        let pattern = pattern_of(cx, this)?;
        let text = subject_of(cx, &pattern, &rest[0])?;
        let (start, end) = bounds(cx, &text, &rest[1..])?;
        if start > end {
            return Ok((pattern, text, Vec::new()));
        }
        let subject = Subject::new(&text.text[..end]);
        let mut meter = |bytes: usize| {
            cx.charge_bytes(64)?;
            cx.charge_steps(1 + bytes / 64)
        };
        let found = pattern.find_all(&subject, start, &mut meter).map_err(|error| stop(cx, error))?;
        Ok((pattern, text, found))
    }

    pub(in crate::stdlib::re) fn findall(
        cx: &mut Evaluator<'_>,
        this: &Value,
        rest: &[Value],
    ) -> Result<Value, Raised> {
        let (pattern, text, found) = all(cx, this, rest)?;
        let empty = text.with("");
        let mut placed = 0;
        let mut piece = |span: Option<(usize, usize)>| match span {
            Some((start, end)) => {
                placed += 1;
                let origin = if placed > MOST_ORIGINS || rest[0].origin == Origin::NOWHERE {
                    rest[0].origin
                } else {
                    cx.origin_of_part(&rest[0], &text.text, start, end)
                };
                text.with(&text.text[start..end]).with_origin(origin)
            }
            None => empty.clone(),
        };
        let items = found.iter().map(|found| match pattern.groups() {
            0 => piece(found.span(0)),
            1 => piece(found.span(1)),
            count => Value::tuple((1..=count).map(|group| piece(found.span(group))).collect::<Vec<_>>()),
        });
        let items: Vec<Value> = items.collect();
        cx.charge_bytes(text.text.len())?;
        Ok(cx.list(items))
    }

    pub(in crate::stdlib::re) fn finditer(
        cx: &mut Evaluator<'_>,
        this: &Value,
        rest: &[Value],
    ) -> Result<Value, Raised> {
        let (pattern, text, found) = all(cx, this, rest)?;
        let items: Result<Vec<Value>, Raised> =
            found.into_iter().map(|found| make_match(cx, this, &pattern, &text, &rest[0], found)).collect();
        let items = items?;
        Ok(cx.iterator(items))
    }

    pub(in crate::stdlib::re) fn split(
        cx: &mut Evaluator<'_>,
        this: &Value,
        rest: &[Value],
    ) -> Result<Value, Raised> {
        let pattern = pattern_of(cx, this)?;
        let text = subject_of(cx, &pattern, &rest[0])?;
        let most = cx.int_of(&rest[1])?;
        let pieces = if most < 0 {
            vec![Some((0, text.text.len()))]
        } else {
            let subject = Subject::new(&text.text);
            let mut meter = |bytes: usize| {
                cx.charge_bytes(64)?;
                cx.charge_steps(1 + bytes / 64)
            };
            pattern.split(&subject, most as usize, &mut meter).map_err(|error| stop(cx, error))?
        };
        cx.charge_bytes(text.text.len())?;
        let piece =
            |span: Option<(usize, usize)>| span.map_or(Value::NONE, |(a, b)| text.with(&text.text[a..b]));
        let items = pieces.into_iter().map(piece).collect();
        Ok(cx.list(items))
    }

    pub(in crate::stdlib::re) fn sub(
        cx: &mut Evaluator<'_>,
        this: &Value,
        rest: &[Value],
    ) -> Result<Value, Raised> {
        Ok(substitute(cx, this, rest)?.0)
    }

    pub(in crate::stdlib::re) fn subn(
        cx: &mut Evaluator<'_>,
        this: &Value,
        rest: &[Value],
    ) -> Result<Value, Raised> {
        let (text, count) = substitute(cx, this, rest)?;
        Ok(Value::tuple(vec![text, Value::int(count)]))
    }
}

/// A replacement: text, or a function that is called with each match.
enum Replacement {
    Template(Template),
    Function,
}

fn template(cx: &mut Evaluator<'_>, text: &Text, pattern: &Pattern) -> Result<Template, Raised> {
    let bytes = pattern.dialect().bytes;
    by_python(cx, |python| Template::new(&text.text, pattern, Dialect { python, bytes }))
        .map_err(|error| refuse(cx, error))
}

/// `sub`: replacement, string and count by place.
fn substitute(cx: &mut Evaluator<'_>, this: &Value, rest: &[Value]) -> Result<(Value, i64), Raised> {
    let pattern = pattern_of(cx, this)?;
    let text = subject_of(cx, &pattern, &rest[1])?;
    let is_text = matches!(cx.plain(&rest[0]).data, Data::Text(_) | Data::Bytes(_));
    let mut bytes = text.bytes;
    let replacement = if is_text {
        let replacement = Text::of(cx, &rest[0])?;
        bytes &= replacement.bytes;
        if replacement.bytes != text.bytes && !cx.is_python2() {
            return Err(cx.error(&TYPE_ERROR, "expected a replacement of the same type as the string"));
        }
        let template = template(cx, &replacement, &pattern)?;
        Replacement::Template(template)
    } else {
        Replacement::Function
    };
    let count = cx.int_of(&rest[2])?;
    if count < 0 {
        return Ok((rest[1].clone(), 0));
    }
    let subject = Subject::new(&text.text);
    let mut meter = |length: usize| cx.charge_steps(1 + length / 64);
    let found = pattern.replaced(&subject, count as usize, &mut meter).map_err(|error| stop(cx, error))?;
    if found.is_empty() {
        return Ok((rest[1].clone(), 0));
    }
    let replaced = found.len() as i64;
    let mut out = String::new();
    let mut last = 0;
    for found in found {
        out.push_str(&text.text[last..found.start()]);
        last = found.end();
        match &replacement {
            Replacement::Template(template) => {
                cx.charge_bytes(template.length(&found))?;
                template.expand(&found, &subject, &mut out).map_err(|error| refuse(cx, error))?;
            }
            Replacement::Function => {
                let found = make_match(cx, this, &pattern, &text, &rest[1], found)?;
                let made = cx.call(&rest[0], vec![found])?;
                let made = Text::of(cx, &made)?;
                bytes &= made.bytes;
                cx.charge_bytes(made.text.len())?;
                out.push_str(&made.text);
            }
        }
        if out.len() > crate::eval::budget::MAX_VALUE {
            return Err(cx.too_large());
        }
    }
    out.push_str(&text.text[last..]);
    if bytes != text.bytes && !out.is_ascii() {
        return Err(cx.unknown("bytes beyond ASCII joined with `unicode`"));
    }
    Ok((Text { bytes, ..text }.with(&out), replaced))
}

fn found_of(cx: &mut Evaluator<'_>, this: &Value) -> Result<Arc<Found>, Raised> {
    match cx.carried::<Found>(this) {
        Some(found) => Ok(found),
        None => Err(cx.unknown("a match that was not made by a search")),
    }
}

/// The number of a group given by number or name.
fn number(cx: &mut Evaluator<'_>, found: &Found, group: &Value) -> Result<usize, Raised> {
    let index = match &cx.plain(group).data {
        Data::Text(_) | Data::Bytes(_) => {
            let name = cx.text_of(group)?;
            found.pattern.group_index(&name)
        }
        _ => usize::try_from(cx.int_of(group)?).ok().filter(|index| *index <= found.pattern.groups()),
    };
    index.ok_or_else(|| cx.error(&INDEX_ERROR, "no such group"))
}

fn group(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let found = found_of(cx, &arguments.get(0))?;
    let mut one = |group: &Value| {
        let index = number(cx, &found, group)?;
        Ok(found.text(found.matched.span(index), &Value::NONE))
    };
    match arguments.rest() {
        [] => one(&Value::int(0)),
        [group] => one(group),
        groups => Ok(Value::tuple(groups.iter().map(one).collect::<Result<Vec<_>, _>>()?)),
    }
}

fn item(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let found = found_of(cx, &arguments.get(0))?;
    let index = number(cx, &found, &arguments.get(1))?;
    Ok(found.text(found.matched.span(index), &Value::NONE))
}

fn groups(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let found = found_of(cx, &arguments.get(0))?;
    let default = arguments.get(1);
    let all = (1..=found.pattern.groups()).map(|group| found.text(found.matched.span(group), &default));
    Ok(Value::tuple(all.collect::<Vec<_>>()))
}

fn groupdict(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let found = found_of(cx, &arguments.get(0))?;
    let default = arguments.get(1);
    let names = found.pattern.names().iter();
    let entries = names.map(|(name, group)| {
        (cx.native_text(name), found.text(found.matched.span(*group as usize), &default))
    });
    let entries = entries.collect();
    let made = cx.dict(entries)?;
    // Made from the table of the pattern's names.
    cx.lose_order(&made);
    Ok(made)
}

/// The span of a group in characters; -1 where it took no part.
fn span_of(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<(i64, i64), Raised> {
    let found = found_of(cx, &arguments.get(0))?;
    let index = number(cx, &found, &arguments.get(1))?;
    let subject = found.subject();
    let span = found.matched.span(index);
    Ok(span.map_or((-1, -1), |(start, end)| (subject.index(start) as i64, subject.index(end) as i64)))
}

fn span(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let (start, end) = span_of(cx, arguments)?;
    Ok(Value::tuple(vec![Value::int(start), Value::int(end)]))
}

fn expand(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let found = found_of(cx, &arguments.get(0))?;
    let text = Text::of(cx, &arguments.get(1))?;
    let template = template(cx, &text, &found.pattern)?;
    cx.charge_bytes(template.length(&found.matched))?;
    let mut out = String::new();
    template.expand(&found.matched, &found.subject(), &mut out).map_err(|error| refuse(cx, error))?;
    Ok(found.text.with(&out))
}

fn last(cx: &mut Evaluator<'_>, this: &Value) -> Result<(Arc<Found>, Option<usize>), Raised> {
    let found = found_of(cx, this)?;
    let last = found.pattern.last_index(&found.matched).map_err(|error| stop(cx, error))?;
    Ok((found, last))
}

fn lastindex(cx: &mut Evaluator<'_>, this: &Value) -> Result<Value, Raised> {
    Ok(last(cx, this)?.1.map_or(Value::NONE, |index| Value::int(index as i64)))
}

fn lastgroup(cx: &mut Evaluator<'_>, this: &Value) -> Result<Value, Raised> {
    let (found, last) = last(cx, this)?;
    let name = found.pattern.names().iter().find(|(_, index)| Some(*index as usize) == last);
    Ok(name.map_or(Value::NONE, |(name, _)| cx.native_text(name)))
}

//! `str` and `bytes`: one set of methods, bytes worked on as Latin-1 text with ASCII rules.

use super::text_case as case;
use super::text_codec::{decode, encode};
use super::text_split as split;
use super::text_test as test;
use crate::eval::arguments::Arguments;
use crate::eval::exceptions::{TYPE_ERROR, VALUE_ERROR};
use crate::eval::format::{from_latin1, latin1};
use crate::eval::module::{Entry, Member, Native, function, seeing, when};
use crate::eval::raised::Raised;
use crate::eval::types;
use crate::eval::value::{Data, Value};
use crate::eval::{CallArguments, Evaluator};

pub(super) type Result = std::result::Result<Value, Raised>;

/// What text and bytes have in common, and what one of them has beyond it.
macro_rules! members {
    ($($own:tt)*) => { types::container![[len contains getitem iter3 add mul modulo]
        ("capitalize", function("(self)", case::capitalize)),
        ("center", function("(self, width, fill=' ', /)", center)),
        ("count", function("(self, part, start=None, end=None, /)", count)),
        ("endswith", function("(self, suffix, start=None, end=None, /)", test::ends_with)),
        ("expandtabs", function("(self, tabsize=8, |)", expand_tabs)),
        ("find", function("(self, part, start=None, end=None, /)", test::find)),
        ("index", function("(self, part, start=None, end=None, /)", test::index)),
        ("isalnum", function("(self)", test::is_alnum)),
        ("isalpha", function("(self)", test::is_alpha)),
        ("isascii", Member::Only(since_3_7, &function("(self)", test::is_ascii))),
        ("isdigit", function("(self)", test::is_digit)),
        ("islower", function("(self)", test::is_lower)),
        ("isspace", function("(self)", test::is_space)),
        ("istitle", function("(self)", test::is_title)),
        ("isupper", function("(self)", test::is_upper)),
        ("join", function("(self, iterable, /)", join)),
        ("ljust", function("(self, width, fill=' ', /)", ljust)),
        ("lower", function("(self)", case::lower)),
        ("lstrip", function("(self, characters=None, /)", split::lstrip)),
        ("partition", function("(self, separator, /)", split::partition)),
        ("removeprefix", Member::Only(since_3_9, &function("(self, prefix, /)", split::remove_prefix))),
        ("removesuffix", Member::Only(since_3_9, &function("(self, suffix, /)", split::remove_suffix))),
        ("replace", function("(self, old, new, /, count=-1, |)", replace)),
        ("rfind", function("(self, part, start=None, end=None, /)", test::rfind)),
        ("rindex", function("(self, part, start=None, end=None, /)", test::rindex)),
        ("rjust", function("(self, width, fill=' ', /)", rjust)),
        ("rpartition", function("(self, separator, /)", split::rpartition)),
        ("rsplit", function("(self, sep=None, maxsplit=-1, |)", split::rsplit)),
        ("rstrip", function("(self, characters=None, /)", split::rstrip)),
        ("split", function("(self, sep=None, maxsplit=-1, |)", split::split)),
        ("splitlines", function("(self, keepends=False, |)", split::split_lines)),
        ("startswith", function("(self, prefix, start=None, end=None, /)", test::starts_with)),
        ("strip", function("(self, characters=None, /)", split::strip)),
        ("swapcase", function("(self)", case::swap_case)),
        ("title", function("(self)", case::title)),
        ("translate", function("(self, table, /, delete=None, |)", translate)),
        ("upper", function("(self)", case::upper)),
        ("zfill", function("(self, width, /)", zfill)),
        $($own)*
    ] };
}

/// `str` of Python 3, `unicode` of Python 2.
pub const TEXT_MEMBERS: &[Entry] = members![
    ("casefold", Member::Only(when::python3, &function("(self)", case::casefold))),
    ("decode", Member::Only(when::python2, &function("(self, encoding=None, errors=None)", decode))),
    ("encode", function("(self, encoding=None, errors=None)", encode)),
    ("format", seeing("(self, *args, **keywords)", format)),
    ("format_map", Member::Only(when::python3, &function("(self, mapping, /)", format_map))),
    ("isdecimal", function("(self)", test::is_decimal)),
    ("isidentifier", Member::Only(when::python3, &function("(self)", test::is_identifier))),
    ("isnumeric", function("(self)", test::is_numeric)),
    ("isprintable", Member::Only(when::python3, &function("(self)", test::is_printable))),
    ("maketrans", Member::Only(when::python3, &MAKE_TRANSLATION)),
];

/// `bytes` of Python 3, `str` of Python 2.
pub const BYTES_MEMBERS: &[Entry] = members![
    ("decode", function("(self, encoding=None, errors=None)", decode)),
    ("encode", Member::Only(when::python2, &function("(self, encoding=None, errors=None)", encode))),
    ("format", Member::Only(when::python2, &seeing("(self, *args, **keywords)", format))),
    ("fromhex", Member::Only(when::python3, &FROM_HEX)),
    ("hex", Member::Only(when::python3, &function("(self)", hex))),
    ("maketrans", Member::Only(when::python3, &MAKE_BYTES_TRANSLATION)),
];

static MAKE_TRANSLATION: Member = Member::StaticMethod(Native::new("(x, y=None, z=None)", make_translation));
static MAKE_BYTES_TRANSLATION: Member =
    Member::StaticMethod(Native::new("(from, to)", make_bytes_translation));
static FROM_HEX: Member = Member::StaticMethod(Native::new("(text)", from_hex));

fn since_3_7(cx: &mut Evaluator<'_>) -> bool {
    cx.at_least(7)
}

fn since_3_9(cx: &mut Evaluator<'_>) -> bool {
    cx.at_least(9)
}

/// The string that a method works on, and of which kind its results are.
pub(super) struct Subject {
    pub text: String,
    /// Latin-1 for bytes.
    pub bytes: bool,
}

impl Subject {
    /// The receiver of a method; under Python 2 a `unicode` among the arguments at `others` makes a byte string `unicode`.
    pub fn new(
        cx: &mut Evaluator<'_>,
        arguments: &Arguments,
        others: &[usize],
    ) -> std::result::Result<Self, Raised> {
        let this = cx.plain(&arguments.get(0));
        match &this.data {
            Data::Bytes(bytes) => {
                let promoted = cx.is_python2()
                    && others.iter().any(|i| matches!(cx.plain(&arguments.get(*i)).data, Data::Text(_)));
                if promoted {
                    return Ok(Self { text: cx.ascii_of(bytes)?, bytes: false });
                }
                Ok(Self { text: latin1(bytes), bytes: true })
            }
            _ => Ok(Self { text: cx.text_of(&this)?.to_string(), bytes: false }),
        }
    }

    /// Another string, of the same kind.
    pub fn other(&self, cx: &mut Evaluator<'_>, value: &Value) -> std::result::Result<String, Raised> {
        let plain = cx.plain(value);
        match (&plain.data, self.bytes) {
            (Data::Bytes(bytes), true) => Ok(latin1(bytes)),
            (Data::Bytes(bytes), false) if cx.is_python2() => cx.ascii_of(bytes),
            (Data::Int(number), true) if !cx.is_python2() => {
                Ok(char::from(u8::try_from(*number).unwrap_or_default()).to_string())
            }
            (Data::Text(text), false) => Ok(text.to_string()),
            (Data::Text(text), true) if cx.is_python2() && text.is_ascii() && self.text.is_ascii() => {
                Ok(text.to_string())
            }
            (Data::Unknown(_), _) => Err(Raised::Unknown(plain)),
            _ => {
                let kind = cx.type_name(value);
                let wanted = if self.bytes { "a bytes-like object is required" } else { "must be str" };
                Err(cx.error(&TYPE_ERROR, format!("{wanted}, not {kind}")))
            }
        }
    }

    /// A result.
    pub fn make(&self, text: &str) -> Value {
        if self.bytes { Value::bytes(from_latin1(text)) } else { Value::text(text) }
    }

    /// A list of results.
    pub fn make_list<'a>(&self, cx: &mut Evaluator<'_>, parts: impl IntoIterator<Item = &'a str>) -> Result {
        let parts: Vec<Value> = parts.into_iter().map(|part| self.make(part)).collect();
        cx.charge_bytes(parts.len() * 40)?;
        Ok(cx.list(parts))
    }
}

fn each(subject: &Subject, mut change: impl FnMut(char, &mut String)) -> Value {
    let mut out = String::with_capacity(subject.text.len());
    for character in subject.text.chars() {
        change(character, &mut out);
    }
    subject.make(&out)
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
    Both,
}

fn justify(cx: &mut Evaluator<'_>, arguments: &Arguments, side: Side) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    let width = usize::try_from(cx.int_of(&arguments.get(1))?.max(0)).unwrap_or(0);
    let fill = match arguments.given(2) {
        Some(fill) => subject.other(cx, &fill.clone())?,
        None => " ".to_owned(),
    };
    if fill.chars().count() != 1 {
        return Err(cx.error(&TYPE_ERROR, "The fill character must be exactly one character long"));
    }
    let length = subject.text.chars().count();
    let missing = width.saturating_sub(length);
    cx.charge_bytes(missing.saturating_mul(fill.len()).saturating_add(subject.text.len()))?;
    let left = match side {
        Side::Left => 0,
        Side::Right => missing,
        // CPython gives the odd one to the left when the width is odd.
        Side::Both => missing / 2 + (missing & width & 1),
    };
    Ok(subject.make(&format!("{}{}{}", fill.repeat(left), subject.text, fill.repeat(missing - left))))
}

fn center(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    justify(cx, arguments, Side::Both)
}

fn ljust(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    justify(cx, arguments, Side::Left)
}

fn rjust(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    justify(cx, arguments, Side::Right)
}

fn zfill(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    let width = usize::try_from(cx.int_of(&arguments.get(1))?.max(0)).unwrap_or(0);
    let missing = width.saturating_sub(subject.text.chars().count());
    cx.charge_bytes(missing.saturating_add(subject.text.len()))?;
    let digits = subject.text.trim_start_matches(['+', '-']);
    let (sign, digits) =
        if subject.text.starts_with(['+', '-']) { subject.text.split_at(1) } else { ("", digits) };
    Ok(subject.make(&format!("{sign}{}{digits}", "0".repeat(missing))))
}

fn count(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[1])?;
    let part = subject.other(cx, &arguments.get(1))?;
    let Some((text, _)) = test::window(cx, &subject, arguments)? else { return Ok(Value::int(0)) };
    cx.charge_steps(text.len() / 64)?;
    let found = if part.is_empty() { text.chars().count() + 1 } else { text.matches(part.as_str()).count() };
    Ok(Value::int(found as i64))
}

fn replace(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[1, 2])?;
    let (old, new) = (subject.other(cx, &arguments.get(1))?, subject.other(cx, &arguments.get(2))?);
    let most = cx.int_of(&arguments.get(3))?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    cx.charge_steps(subject.text.len() / 64)?;
    let found = if old.is_empty() {
        subject.text.chars().count() + 1
    } else {
        subject.text.matches(old.as_str()).count()
    };
    let size = found.min(most).saturating_mul(new.len()).saturating_add(subject.text.len());
    cx.charge_bytes(size)?;
    Ok(subject.make(&subject.text.replacen(&old, &new, most.min(found))))
}

fn expand_tabs(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    let size = usize::try_from(cx.int_of(&arguments.get(1))?.max(0)).unwrap_or(0);
    let tabs = subject.text.matches('\t').count();
    cx.charge_bytes(tabs.saturating_mul(size).saturating_add(subject.text.len()))?;
    let mut column = 0;
    Ok(each(&subject, |character, out| match character {
        '\t' if size > 0 => {
            let spaces = size - column % size;
            out.push_str(&" ".repeat(spaces));
            column += spaces;
        }
        '\t' => {}
        '\n' | '\r' => {
            out.push(character);
            column = 0;
        }
        other => {
            out.push(other);
            column += 1;
        }
    }))
}

fn join(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let items = cx.items(&arguments.get(1))?;
    if let Some(unknown) = items.iter().find(|item| item.is_unknown()) {
        return Ok(unknown.clone());
    }
    let this = cx.plain(&arguments.get(0));
    let bytes = matches!(this.data, Data::Bytes(_));
    let promoted =
        bytes && cx.is_python2() && items.iter().any(|item| matches!(cx.plain(item).data, Data::Text(_)));
    let text = match &this.data {
        Data::Bytes(own) if promoted => cx.ascii_of(own)?,
        Data::Bytes(own) => latin1(own),
        _ => cx.text_of(&this)?.to_string(),
    };
    let subject = Subject { text, bytes: bytes && !promoted };
    let mut out = String::new();
    for (index, item) in items.iter().enumerate() {
        let part = match subject.other(cx, item) {
            Err(Raised::Exception(_)) => {
                let kind = cx.type_name(item);
                let text = format!("sequence item {index}: expected str instance, {kind} found");
                return Err(cx.error(&TYPE_ERROR, text));
            }
            other => other?,
        };
        cx.charge_bytes(part.len() + subject.text.len())?;
        if index > 0 {
            out.push_str(&subject.text);
        }
        out.push_str(&part);
        if out.len() > crate::eval::budget::MAX_VALUE {
            return Err(cx.too_large());
        }
    }
    Ok(subject.make(&out))
}

fn format(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let this = arguments.get(0);
    if this.is_unknown() {
        return Ok(this);
    }
    let template = cx.text_of(&this)?;
    let call = CallArguments {
        positional: arguments.rest().to_vec(),
        keywords: arguments.keywords().to_vec(),
        more: arguments.more().cloned(),
    };
    let text = cx.str_format(&template, &call)?;
    if let Data::Bytes(_) = this.data {
        refuse_wide(cx, &call, &text)?;
    }
    Ok(cx.text_like(&this, &text))
}

/// What `unicode` gives to a byte string of Python 2 must be ASCII.
fn refuse_wide(cx: &mut Evaluator<'_>, call: &CallArguments, made: &str) -> std::result::Result<(), Raised> {
    let given = call.positional.iter().chain(call.keywords.iter().map(|keyword| &keyword.value));
    let mut wide = given.filter_map(|value| match &cx.plain(value).data {
        Data::Text(text) if !text.is_ascii() => Some(text.clone()),
        _ => None,
    });
    let Some(wide) = wide.next() else { return Ok(()) };
    if made.contains(&*wide) {
        cx.encode_text(&wide, "ascii", "strict")?;
    }
    Err(cx.unknown("`unicode` formatted into a byte string is not modelled"))
}

fn format_map(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let template = cx.text_of(&arguments.get(0))?;
    let mut call = CallArguments::default();
    for (name, value) in cx.dict_items(&arguments.get(1))? {
        let name = cx.text_of(&name)?;
        call.keywords.push(crate::eval::Keyword { name, value, span: None });
    }
    Ok(Value::text(cx.str_format(&template, &call)?))
}

fn hex(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let bytes = cx.bytes_of(&arguments.get(0))?;
    cx.charge_bytes(bytes.len() * 2)?;
    Ok(Value::text(hexadecimal(&bytes)))
}

/// Two digits a byte.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn from_hex(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = cx.text_of(&arguments.get(0))?;
    let mut bytes = Vec::new();
    for part in text.split_ascii_whitespace() {
        match crate::eval::codec::unhex(part.as_bytes()) {
            Some(more) => bytes.extend(more),
            None => return Err(cx.error(&VALUE_ERROR, "non-hexadecimal number found in fromhex() arg")),
        }
    }
    Ok(Value::bytes(bytes))
}

/// `bytes.maketrans(from, to)`; of Python 2 `string.maketrans`.
pub fn make_bytes_translation(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (from, to) = (cx.bytes_of(&arguments.get(0))?, cx.bytes_of(&arguments.get(1))?);
    if from.len() != to.len() {
        return Err(cx.error(&VALUE_ERROR, "maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (a, b) in from.iter().zip(to.iter()) {
        table[usize::from(*a)] = *b;
    }
    Ok(Value::bytes(table))
}

/// `bytes.translate(table, delete)`.
fn translate_bytes(cx: &mut Evaluator<'_>, bytes: &[u8], arguments: &Arguments) -> Result {
    let table = match arguments.some(1).cloned() {
        Some(table) => Some(cx.bytes_of(&table)?),
        None => None,
    };
    if table.as_ref().is_some_and(|table| table.len() != 256) {
        return Err(cx.error(&VALUE_ERROR, "translation table must be 256 characters long"));
    }
    let delete = match arguments.some(2).cloned() {
        Some(delete) => cx.bytes_of(&delete)?.to_vec(),
        None => Vec::new(),
    };
    let kept = bytes.iter().filter(|byte| !delete.contains(byte));
    let changed = kept.map(|byte| table.as_ref().map_or(*byte, |table| table[usize::from(*byte)]));
    Ok(Value::bytes(changed.collect::<Vec<u8>>()))
}

fn make_translation(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mut entries = Vec::new();
    match arguments.given(1) {
        None => {
            for (key, value) in cx.dict_items(&arguments.get(0))? {
                let key = match &key.data {
                    Data::Text(text) => {
                        Value::int(text.chars().next().map_or(0, |c| i64::from(u32::from(c))))
                    }
                    _ => key,
                };
                entries.push((key, value));
            }
        }
        Some(to) => {
            let (from, to) = (cx.text_of(&arguments.get(0))?, cx.text_of(&to.clone())?);
            if from.chars().count() != to.chars().count() {
                return Err(
                    cx.error(&VALUE_ERROR, "the first two maketrans arguments must have equal length")
                );
            }
            let code = |c: char| Value::int(i64::from(u32::from(c)));
            entries.extend(from.chars().zip(to.chars()).map(|(a, b)| (code(a), code(b))));
            if let Some(gone) = arguments.some(2) {
                let gone = cx.text_of(&gone.clone())?;
                entries.extend(gone.chars().map(|c| (code(c), Value::NONE)));
            }
        }
    }
    cx.dict(entries)
}

fn translate(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let subject = Subject::new(cx, arguments, &[])?;
    if subject.bytes {
        return translate_bytes(cx, &from_latin1(&subject.text), arguments);
    }
    let table = cx.dict_items(&arguments.get(1))?;
    let mut map = std::collections::HashMap::new();
    for (key, value) in table {
        let code = cx.int_of(&key)?;
        let text = match &value.data {
            Data::None => String::new(),
            Data::Int(code) => {
                u32::try_from(*code).ok().and_then(char::from_u32).unwrap_or('\u{fffd}').to_string()
            }
            _ => cx.text_of(&value)?.to_string(),
        };
        map.insert(code, text);
    }
    cx.charge_bytes(subject.text.len())?;
    Ok(each(&subject, |character, out| match map.get(&i64::from(u32::from(character))) {
        Some(text) => out.push_str(text),
        None => out.push(character),
    }))
}

//! `json`: `loads`, `load`, `dumps` as CPython reads and writes it, `NaN` and `Infinity` included.
//!
//! Not modelled: hooks, encoders and decoders of the script's own, `dump` (what is written is not followed), escapes of
//! lone surrogates, nesting deeper than 200.

use crate::eval::exceptions::{TYPE_ERROR, VALUE_ERROR};
use crate::eval::module::{Class, Entry, Member, Module, function, when};
use crate::eval::{Arguments, Data, Evaluator, Raised, Value};
use num_bigint::BigInt;

mod write;

pub(super) static MODULE: Module = Module { name: "json", members: MEMBERS, available: None };

pub(super) static DECODER: Module = Module {
    name: "json.decoder",
    members: &[("JSONDecodeError", Member::Only(when::python3, &Member::Class(&DECODE_ERROR)))],
    available: None,
};

const MEMBERS: &[Entry] = &[
    ("loads", function("(s, **options)", loads)),
    ("load", function("(fp, **options)", load)),
    ("dumps", function("(obj, **options)", write::dumps)),
    ("JSONDecodeError", Member::Only(when::python3, &Member::Class(&DECODE_ERROR))),
    ("decoder", Member::Module("json.decoder")),
];

static DECODE_ERROR: Class = Class {
    name: "JSONDecodeError",
    module: "json.decoder",
    bases: &[&VALUE_ERROR],
    members: &[],
    new: None,
};

const DEEPEST: usize = 200;

fn load(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let text = cx.call_method(&arguments.get(0), "read", vec![])?;
    Ok(read(cx, &text, arguments)?.with_origin(text.origin))
}

fn loads(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    read(cx, &arguments.get(0), arguments)
}

fn read(cx: &mut Evaluator<'_>, value: &Value, arguments: &Arguments) -> Result<Value, Raised> {
    if let Some(option) = arguments.keywords().iter().find(|option| !option.value.is_none()) {
        return Err(cx.unknown(format!("`{}` of `json.loads` is not modelled", option.name)));
    }
    let text = match &cx.plain(value).data {
        Data::Text(text) => text.clone(),
        Data::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => return Err(cx.unknown("JSON that is not UTF-8")),
        },
        Data::Unknown(_) => return Err(Raised::Unknown(value.clone())),
        _ => {
            let name = cx.type_name(value);
            return Err(
                cx.error(&TYPE_ERROR, format!("the JSON object must be str, bytes or bytearray, not {name}"))
            );
        }
    };
    cx.charge_bytes(text.len())?;
    cx.charge_steps(text.len() / 8)?;
    let mut reader = Reader { text: &text, at: 0, cx };
    reader.space();
    let value = reader.value(0)?;
    reader.space();
    if reader.at < text.len() {
        return Err(reader.wrong("Extra data"));
    }
    Ok(value)
}

struct Reader<'a, 'b, 'run> {
    text: &'a str,
    at: usize,
    cx: &'b mut Evaluator<'run>,
}

impl Reader<'_, '_, '_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn accept(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn wrong(&mut self, message: &str) -> Raised {
        let class = if self.cx.is_python2() { &VALUE_ERROR } else { &DECODE_ERROR };
        let before = &self.text[..self.at.min(self.text.len())];
        let line = before.matches('\n').count() + 1;
        let characters = before.chars().count();
        let column = before.rsplit('\n').next().map_or(0, |text| text.chars().count()) + 1;
        self.cx.error(class, format!("{message}: line {line} column {column} (char {characters})"))
    }

    fn value(&mut self, depth: usize) -> Result<Value, Raised> {
        if depth > DEEPEST {
            return Err(self.cx.unknown("JSON nested deeper than 200 levels"));
        }
        match self.peek() {
            Some(b'"') => {
                let text = self.string()?;
                Ok(Value::text(text))
            }
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            _ => self.scalar(),
        }
    }

    fn scalar(&mut self) -> Result<Value, Raised> {
        for (word, value) in [
            ("null", Value::NONE),
            ("true", Value::bool(true)),
            ("false", Value::bool(false)),
            ("NaN", Value::float(f64::NAN)),
            ("Infinity", Value::float(f64::INFINITY)),
            ("-Infinity", Value::float(f64::NEG_INFINITY)),
        ] {
            if self.accept(word) {
                return Ok(value);
            }
        }
        self.number()
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<Value, Raised> {
        let start = self.at;
        self.accept("-");
        if !self.accept("0") && self.digits() == 0 {
            self.at = start;
            return Err(self.wrong("Expecting value"));
        }
        let mut float = false;
        let after_whole = self.at;
        if self.accept(".") && self.digits() > 0 {
            float = true;
        } else {
            self.at = after_whole;
        }
        let after_fraction = self.at;
        if self.accept("e") || self.accept("E") {
            let _ = self.accept("+") || self.accept("-");
            if self.digits() > 0 {
                float = true;
            } else {
                self.at = after_fraction;
            }
        }
        let text = &self.text[start..self.at];
        if float {
            return Ok(Value::float(text.parse().unwrap_or(f64::NAN)));
        }
        if text.len() > 1200 {
            return Err(self.cx.too_large());
        }
        Ok(text.parse::<BigInt>().map_or(Value::NONE, Value::big))
    }

    fn string(&mut self) -> Result<String, Raised> {
        let opening = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let Some(end) = self.rest().find(|c: char| c == '"' || c == '\\' || c < ' ') else {
                self.at = opening;
                return Err(self.wrong("Unterminated string starting at"));
            };
            out.push_str(&self.text[self.at..self.at + end]);
            self.at += end;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                _ => return Err(self.wrong("Invalid control character at")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Raised> {
        let letter = self.text.as_bytes().get(self.at + 1).copied();
        let character = match letter {
            Some(b'u') => return self.unicode(),
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\x08',
            Some(b'f') => '\x0c',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            _ => return Err(self.wrong("Invalid \\escape")),
        };
        self.at += 2;
        Ok(character)
    }

    /// `\uXXXX`, a pair of them beyond the first plane.
    fn unicode(&mut self) -> Result<char, Raised> {
        let unit = |text: &str, at: usize| {
            let digits = text.get(at..at + 6).filter(|d| d.starts_with("\\u"))?.get(2..)?;
            digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
        };
        let Some(first) = unit(self.text, self.at) else {
            return Err(self.wrong("Invalid \\uXXXX escape"));
        };
        let units: Vec<u16> = match unit(self.text, self.at + 6) {
            Some(second) if (0xd800..0xdc00).contains(&first) && (0xdc00..0xe000).contains(&second) => {
                vec![first, second]
            }
            _ => vec![first],
        };
        self.at += 6 * units.len();
        match char::decode_utf16(units).next() {
            Some(Ok(character)) => Ok(character),
            _ => Err(self.cx.unknown("a lone surrogate in JSON")),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Raised> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.accept("]") {
            return Ok(self.cx.list(items));
        }
        loop {
            self.space();
            items.push(self.value(depth + 1)?);
            self.space();
            if self.accept("]") {
                self.cx.charge_bytes(items.len() * 24)?;
                return Ok(self.cx.list(items));
            }
            if !self.accept(",") {
                return Err(self.wrong("Expecting ',' delimiter"));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Raised> {
        self.at += 1;
        let mut entries = Vec::new();
        self.space();
        if self.accept("}") {
            return self.cx.dict(entries);
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.wrong("Expecting property name enclosed in double quotes"));
            }
            let key = self.string()?;
            self.space();
            if !self.accept(":") {
                return Err(self.wrong("Expecting ':' delimiter"));
            }
            self.space();
            let value = self.value(depth + 1)?;
            entries.push((Value::text(key), value));
            self.space();
            if self.accept("}") {
                self.cx.charge_bytes(entries.len() * 80)?;
                return self.cx.dict(entries);
            }
            if !self.accept(",") {
                return Err(self.wrong("Expecting ',' delimiter"));
            }
        }
    }
}

//! Encoding and decoding, and the constructors `str` and `bytes`.

use super::text::Result;
use crate::eval::Evaluator;
use crate::eval::arguments::Arguments;
use crate::eval::exceptions::{
    LOOKUP_ERROR, TYPE_ERROR, UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR, VALUE_ERROR,
};
use crate::eval::raised::Raised;
use crate::eval::value::{Data, Value};
use crate::text::encoding::{self, DecodeError};

fn encoding_name(cx: &mut Evaluator<'_>, value: Option<&Value>) -> std::result::Result<String, Raised> {
    match value {
        Some(value) => Ok(cx.text_of(&value.clone())?.to_ascii_lowercase().replace('_', "-")),
        None if cx.is_python2() => Ok("ascii".to_owned()),
        None => Ok("utf-8".to_owned()),
    }
}

pub(super) fn encode(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let this = cx.plain(&arguments.get(0));
    let text = match &this.data {
        Data::Bytes(bytes) if cx.is_python2() => cx.ascii_of(bytes)?,
        Data::Bytes(_) => {
            return Err(cx.error(
                &crate::eval::exceptions::ATTRIBUTE_ERROR,
                "'bytes' object has no attribute 'encode'",
            ));
        }
        _ => cx.text_of(&this)?.to_string(),
    };
    let name = encoding_name(cx, arguments.some(1))?;
    let errors = match arguments.some(2) {
        Some(errors) => cx.text_of(&errors.clone())?.to_string(),
        None => "strict".to_owned(),
    };
    cx.encode_text(&text, &name, &errors).map(Value::bytes)
}

pub(super) fn decode(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let this = cx.plain(&arguments.get(0));
    let bytes: Vec<u8> = match &this.data {
        Data::Bytes(bytes) => bytes.to_vec(),
        Data::Text(text) if cx.is_python2() && text.is_ascii() => text.as_bytes().to_vec(),
        _ => {
            let text = "'str' object has no attribute 'decode'";
            return Err(cx.error(&crate::eval::exceptions::ATTRIBUTE_ERROR, text));
        }
    };
    let name = encoding_name(cx, arguments.some(1))?;
    let errors = match arguments.some(2) {
        Some(errors) => cx.text_of(&errors.clone())?.to_string(),
        None => "strict".to_owned(),
    };
    Ok(Value::text(cx.decode_bytes(&bytes, &name, &errors)?))
}

pub fn new_text(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let value = arguments.get(0);
    if arguments.some(1).is_some() || arguments.some(2).is_some() {
        let bytes = cx.bytes_of(&value)?;
        let name = encoding_name(cx, arguments.some(1))?;
        let errors = match arguments.some(2) {
            Some(errors) => cx.text_of(&errors.clone())?.to_string(),
            None => "strict".to_owned(),
        };
        return Ok(Value::text(cx.decode_bytes(&bytes, &name, &errors)?));
    }
    cx.to_unicode(&value)
}

pub fn new_bytes(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if cx.is_python2() {
        return match arguments.given(0) {
            Some(value) => cx.to_str(&value.clone()),
            None => Ok(cx.native_text("")),
        };
    }
    let Some(value) = arguments.given(0).cloned() else { return Ok(Value::bytes([])) };
    match &cx.plain(&value).data {
        Data::Text(text) => {
            let Some(name) = arguments.some(1) else {
                return Err(cx.error(&TYPE_ERROR, "string argument without an encoding"));
            };
            let name = encoding_name(cx, Some(&name.clone()))?;
            cx.encode_text(text, &name, "strict").map(Value::bytes)
        }
        Data::Bytes(bytes) => Ok(Value::bytes(bytes.clone())),
        Data::Int(count) => {
            let count = usize::try_from((*count).max(0)).unwrap_or(0);
            cx.charge_bytes(count)?;
            Ok(Value::bytes(vec![0; count]))
        }
        _ => {
            let mut bytes = Vec::new();
            for item in cx.items(&value)? {
                let number = cx.int_of(&item)?;
                match u8::try_from(number) {
                    Ok(byte) => bytes.push(byte),
                    Err(_) => return Err(cx.error(&VALUE_ERROR, "bytes must be in range(0, 256)")),
                }
            }
            Ok(Value::bytes(bytes))
        }
    }
}

impl Evaluator<'_> {
    /// `text.encode(encoding, errors)`.
    pub fn encode_text(
        &mut self,
        text: &str,
        encoding: &str,
        errors: &str,
    ) -> std::result::Result<Vec<u8>, Raised> {
        self.charge_bytes(text.len())?;
        let limit = match encoding {
            "utf-8" | "utf8" | "u8" => return Ok(text.as_bytes().to_vec()),
            "utf-8-sig" => return Ok([b"\xef\xbb\xbf", text.as_bytes()].concat()),
            "ascii" | "us-ascii" => 0x80,
            "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" => 0x100,
            _ => return Err(self.unknown(format!("the encoding `{encoding}` is not modelled"))),
        };
        let mut out = Vec::with_capacity(text.len());
        for character in text.chars() {
            let code = u32::from(character);
            if code < limit {
                out.push(code as u8);
                continue;
            }
            match errors {
                "ignore" => {}
                "replace" => out.push(b'?'),
                "xmlcharrefreplace" => out.extend(format!("&#{code};").into_bytes()),
                "backslashreplace" => {
                    let escaped = match code {
                        0..=0xff => format!("\\x{code:02x}"),
                        0x100..=0xffff => format!("\\u{code:04x}"),
                        _ => format!("\\U{code:08x}"),
                    };
                    out.extend(escaped.into_bytes());
                }
                _ => {
                    let text =
                        format!("'{encoding}' codec can't encode character: ordinal not in range({limit})");
                    return Err(self.error(&UNICODE_ENCODE_ERROR, text));
                }
            }
        }
        Ok(out)
    }

    /// `bytes.decode(encoding, errors)`.
    pub fn decode_bytes(
        &mut self,
        bytes: &[u8],
        name: &str,
        errors: &str,
    ) -> std::result::Result<String, Raised> {
        self.charge_bytes(bytes.len())?;
        let utf8 = matches!(name, "utf-8" | "utf8" | "u8" | "utf");
        if utf8 || name == "ascii" || name == "us-ascii" {
            let valid = if utf8 { std::str::from_utf8(bytes).ok() } else { ascii_text(bytes) };
            return match (valid, errors) {
                (Some(text), _) => Ok(text.to_owned()),
                (None, "ignore" | "replace") if utf8 => {
                    let text = String::from_utf8_lossy(bytes).into_owned();
                    Ok(if errors == "ignore" { text.replace('\u{fffd}', "") } else { text })
                }
                (None, "ignore") => {
                    Ok(bytes.iter().filter(|b| b.is_ascii()).map(|b| char::from(*b)).collect())
                }
                (None, "replace") => {
                    let shown = |b: &u8| if b.is_ascii() { char::from(*b) } else { '\u{fffd}' };
                    Ok(bytes.iter().map(shown).collect())
                }
                (None, "surrogateescape") => Err(self.unknown("text with lone surrogates is not modelled")),
                (None, _) => {
                    Err(self.error(&UNICODE_DECODE_ERROR, format!("'{name}' codec can't decode byte")))
                }
            };
        }
        match encoding::decode(bytes, name) {
            Ok(text) => Ok(text),
            Err(DecodeError::UnknownEncoding(name)) => match name.as_str() {
                "utf-16" | "utf-32" | "cp1251" | "koi8-r" | "shift-jis" | "euc-jp" | "gbk" | "big5"
                | "mbcs" | "unicode-escape" | "string-escape" | "hex" | "base64" | "rot13" => {
                    Err(self.unknown(format!("the encoding `{name}` is not modelled")))
                }
                name => Err(self.error(&LOOKUP_ERROR, format!("unknown encoding: {name}"))),
            },
            Err(error) => Err(self.error(&UNICODE_DECODE_ERROR, error.to_string())),
        }
    }
}

fn ascii_text(bytes: &[u8]) -> Option<&str> {
    if bytes.is_ascii() { std::str::from_utf8(bytes).ok() } else { None }
}

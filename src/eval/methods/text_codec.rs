//! Encoding and decoding, and the constructors `str` and `bytes`.

use super::text::Result;
use crate::eval::Evaluator;
use crate::eval::arguments::Arguments;
use crate::eval::codec::{self, Codec, Failure, Named};
use crate::eval::exceptions::{
    LOOKUP_ERROR, TYPE_ERROR, UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR, VALUE_ERROR,
};
use crate::eval::format::{from_latin1, latin1};
use crate::eval::module::Class;
use crate::eval::raised::Raised;
use crate::eval::value::{Data, Value};

/// The arguments `encoding` and `errors`, at 1 and 2.
fn options(cx: &mut Evaluator<'_>, arguments: &Arguments) -> std::result::Result<(String, String), Raised> {
    let encoding = match arguments.some(1).cloned() {
        Some(encoding) => cx.text_of(&encoding)?.to_string(),
        None if cx.is_python2() => "ascii".to_owned(),
        None => "utf-8".to_owned(),
    };
    let errors = match arguments.some(2).cloned() {
        Some(errors) => cx.text_of(&errors)?.to_string(),
        None => "strict".to_owned(),
    };
    Ok((encoding, errors))
}

pub(super) fn encode(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let this = cx.plain(&arguments.get(0));
    let (encoding, errors) = options(cx, arguments)?;
    if cx.is_python2() {
        // These work on byte strings as they are.
        let bytes = match &this.data {
            Data::Bytes(bytes) => Some(bytes.to_vec()),
            Data::Text(text) if text.is_ascii() => Some(text.as_bytes().to_vec()),
            _ => None,
        };
        match (codec::find(&encoding, true), bytes) {
            (Named::Codec(Codec::Hex), Some(bytes)) => {
                cx.charge_bytes(bytes.len() * 2)?;
                return Ok(Value::bytes(super::text::hexadecimal(&bytes).into_bytes()));
            }
            (Named::Codec(Codec::Rot13), Some(bytes)) if bytes.is_ascii() => {
                return Ok(Value::bytes(from_latin1(&codec::rot13(&latin1(&bytes)))));
            }
            _ => {}
        }
    }
    let text = match &this.data {
        Data::Bytes(bytes) => cx.ascii_of(bytes)?,
        _ => cx.text_of(&this)?.to_string(),
    };
    cx.encode_text(&text, &encoding, &errors).map(Value::bytes)
}

pub(super) fn decode(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let this = cx.plain(&arguments.get(0));
    let (encoding, errors) = options(cx, arguments)?;
    let bytes: Vec<u8> = match &this.data {
        // `unicode` is encoded first.
        Data::Text(text) => cx.encode_text(text, "ascii", "strict")?,
        _ => cx.bytes_of(&this)?.to_vec(),
    };
    if cx.is_python2() {
        match codec::find(&encoding, true) {
            Named::Codec(Codec::Hex) => {
                return match codec::unhex(&bytes) {
                    Some(bytes) => Ok(Value::bytes(bytes)),
                    None => Err(cx.error(&TYPE_ERROR, "Non-hexadecimal digit found")),
                };
            }
            Named::Codec(Codec::Rot13) if bytes.is_ascii() => {
                return Ok(Value::text(codec::rot13(&latin1(&bytes))));
            }
            Named::Codec(Codec::StringEscape) => {
                return match codec::unescape(&bytes, false) {
                    Ok(text) => Ok(Value::bytes(from_latin1(&text))),
                    Err(failure) => Err(cx.codec_failure(&failure)),
                };
            }
            _ => {}
        }
    }
    Ok(Value::text(cx.decode_bytes(&bytes, &encoding, &errors)?))
}

pub fn new_text(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let Some(value) = arguments.given(0).cloned() else { return Ok(Value::text("")) };
    if arguments.some(1).is_some() || arguments.some(2).is_some() {
        if let Data::Text(_) = cx.plain(&value).data {
            return Err(cx.error(&TYPE_ERROR, "decoding str is not supported"));
        }
        let bytes = cx.bytes_of(&value)?;
        let (encoding, errors) = options(cx, arguments)?;
        return Ok(Value::text(cx.decode_bytes(&bytes, &encoding, &errors)?));
    }
    cx.to_unicode(&value)
}

pub fn new_bytes(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if cx.is_python2() {
        if arguments.given(1).is_some() || arguments.given(2).is_some() {
            return Err(cx.error(&TYPE_ERROR, "str() takes at most 1 argument"));
        }
        return match arguments.given(0) {
            Some(value) => cx.to_str(&value.clone()),
            None => Ok(cx.native_text("")),
        };
    }
    let Some(value) = arguments.given(0).cloned() else { return Ok(Value::bytes([])) };
    match &cx.plain(&value).data {
        Data::Text(text) => {
            if arguments.some(1).is_none() {
                return Err(cx.error(&TYPE_ERROR, "string argument without an encoding"));
            }
            let (encoding, errors) = options(cx, arguments)?;
            cx.encode_text(text, &encoding, &errors).map(Value::bytes)
        }
        Data::Bytes(bytes) => Ok(Value::bytes(bytes.clone())),
        Data::Int(count) => {
            let Ok(count) = usize::try_from(*count) else {
                return Err(cx.error(&VALUE_ERROR, "negative count"));
            };
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

/// Whether bytes of a codec that is not modelled keep to ASCII, which it is known to contain.
fn is_over_ascii(encoding: &str, python2: bool, bytes: &[u8]) -> bool {
    bytes.is_ascii()
        && codec::find(encoding, python2) == Named::NotModelled
        && crate::text::encoding::decode(bytes, encoding).is_ok()
}

impl Evaluator<'_> {
    /// The codec of a name, for text.
    pub fn codec(&mut self, name: &str) -> std::result::Result<Codec, Raised> {
        match codec::find(name, self.is_python2()) {
            Named::Codec(Codec::Hex | Codec::Rot13) if !self.is_python2() => {
                Err(self.error(&LOOKUP_ERROR, format!("'{name}' is not a text encoding")))
            }
            Named::Codec(codec) => Ok(codec),
            Named::NotModelled => Err(self.unknown(format!("the encoding `{name}` is not modelled"))),
            Named::Nothing => Err(self.error(&LOOKUP_ERROR, format!("unknown encoding: {name}"))),
        }
    }

    /// `text.encode(encoding, errors)`.
    pub fn encode_text(
        &mut self,
        text: &str,
        encoding: &str,
        errors: &str,
    ) -> std::result::Result<Vec<u8>, Raised> {
        self.charge_bytes(text.len())?;
        if text.is_ascii() && is_over_ascii(encoding, self.is_python2(), text.as_bytes()) {
            return Ok(text.as_bytes().to_vec());
        }
        let codec = self.codec(encoding)?;
        match codec.encode(text, errors) {
            Ok(bytes) => Ok(bytes),
            Err(Failure::At(start, end, reason)) => Err(self.encode_error(codec, text, start, end, reason)),
            Err(failure) => Err(self.codec_failure(&failure)),
        }
    }

    /// `bytes.decode(encoding, errors)`.
    pub fn decode_bytes(
        &mut self,
        bytes: &[u8],
        encoding: &str,
        errors: &str,
    ) -> std::result::Result<String, Raised> {
        self.charge_bytes(bytes.len())?;
        if is_over_ascii(encoding, self.is_python2(), bytes) {
            return Ok(latin1(bytes));
        }
        let codec = self.codec(encoding)?;
        match codec.decode(bytes, errors, self.is_python2()) {
            Ok(text) => Ok(text),
            Err(Failure::At(start, end, reason)) => {
                let object = Value::bytes(bytes);
                Err(self.codec_error(&UNICODE_DECODE_ERROR, codec, object, start, end, reason))
            }
            Err(failure) => Err(self.codec_failure(&failure)),
        }
    }

    pub(crate) fn codec_failure(&mut self, failure: &Failure) -> Raised {
        match failure {
            Failure::At(..) => self.unknown("where this codec's error stands is not modelled"),
            Failure::NotModelled(reason) => self.unknown(*reason),
        }
    }

    /// The UnicodeEncodeError of some characters of a text.
    pub(crate) fn encode_error(
        &mut self,
        codec: Codec,
        text: &str,
        start: usize,
        end: usize,
        reason: &str,
    ) -> Raised {
        self.codec_error(&UNICODE_ENCODE_ERROR, codec, Value::text(text), start, end, reason)
    }

    fn codec_error(
        &mut self,
        class: &'static Class,
        codec: Codec,
        object: Value,
        start: usize,
        end: usize,
        reason: &str,
    ) -> Raised {
        let name = self.native_text(codec.name(self.is_python2()));
        let reason = self.native_text(reason);
        self.error_with(class, vec![name, object, Value::int(start as i64), Value::int(end as i64), reason])
    }

    /// A byte string of Python 2 where text is wanted.
    pub(crate) fn ascii_of(&mut self, bytes: &[u8]) -> std::result::Result<String, Raised> {
        let encoding = if self.default_utf8 { "utf-8" } else { "ascii" };
        self.decode_bytes(bytes, encoding, "strict")
    }
}

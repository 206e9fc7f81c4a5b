//! `hashlib`: SHA-224 to SHA-512; the other digests are unknown. `base64` beside it.

use crate::eval::module::{Class, Entry, Member, Module, Native, function, when};
use crate::eval::{Arguments, Evaluator, Raised, Value};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

pub(super) static MODULE: Module = Module { name: "hashlib", members: MEMBERS, available: None };

pub(super) static BASE64: Module = Module { name: "base64", members: BASE64_MEMBERS, available: None };

const NOT_MODELLED: &str = "this digest is not computed";

const MEMBERS: &[Entry] = &[
    ("sha224", Member::Class(&SHA224)),
    ("sha256", Member::Class(&SHA256)),
    ("sha384", Member::Class(&SHA384)),
    ("sha512", Member::Class(&SHA512)),
    ("md5", Member::Opaque(NOT_MODELLED)),
    ("sha1", Member::Opaque(NOT_MODELLED)),
    ("new", Member::Opaque(NOT_MODELLED)),
    ("blake2b", Member::Only(when::python3, &Member::Opaque(NOT_MODELLED))),
];

macro_rules! digest {
    ($ident:ident $name:literal $sha:ty) => {
        static $ident: Class = Class {
            name: $name,
            module: "hashlib",
            bases: &[],
            members: &[
                ("__init__", function("(self, data=None, **options)", start)),
                ("update", function("(self, data)", update)),
                (
                    "digest",
                    function("(self)", |cx, a| Ok(Value::bytes(&<$sha>::digest(data(cx, &a.get(0))?)[..]))),
                ),
                (
                    "hexdigest",
                    function("(self)", |cx, a| {
                        let digest = <$sha>::digest(data(cx, &a.get(0))?);
                        let text: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
                        Ok(cx.native_text(&text))
                    }),
                ),
                ("name", Member::Constant(|cx| Ok(cx.native_text($name)))),
            ],
            new: None,
        };
    };
}

digest!(SHA224 "sha224" Sha224);
digest!(SHA256 "sha256" Sha256);
digest!(SHA384 "sha384" Sha384);
digest!(SHA512 "sha512" Sha512);

fn start(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let data = match arguments.some(1) {
        Some(data) => cx.bytes_of(&data.clone())?,
        None => [].into(),
    };
    cx.put_attribute(&arguments.get(0), "_data", Value::bytes(data));
    Ok(Value::NONE)
}

fn data(cx: &mut Evaluator<'_>, this: &Value) -> Result<std::sync::Arc<[u8]>, Raised> {
    let data = cx.get_attribute(this, "_data")?;
    let data = cx.bytes_of(&data)?;
    cx.charge_steps(data.len() / 64)?;
    Ok(data)
}

fn update(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let mut all = data(cx, &this)?.to_vec();
    let more = cx.bytes_of(&arguments.get(1))?;
    cx.charge_bytes(all.len() + more.len())?;
    all.extend_from_slice(&more);
    cx.put_attribute(&this, "_data", Value::bytes(all));
    Ok(Value::NONE)
}

const BASE64_MEMBERS: &[Entry] = &[
    ("b64encode", function("(s)", |cx, a| encode(cx, a, &STANDARD))),
    ("standard_b64encode", function("(s)", |cx, a| encode(cx, a, &STANDARD))),
    ("urlsafe_b64encode", function("(s)", |cx, a| encode(cx, a, &URL_SAFE))),
    ("b64decode", Member::Function(Native::new("(s)", decode))),
];

fn encode(cx: &mut Evaluator<'_>, arguments: &Arguments, engine: &impl Engine) -> Result<Value, Raised> {
    let data = cx.bytes_of(&arguments.get(0))?;
    cx.charge_bytes(data.len() * 2)?;
    Ok(Value::bytes(engine.encode(data).into_bytes()))
}

/// CPython skips what is no base64; only well-formed data is modelled.
fn decode(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let data = match cx.text_of(&arguments.get(0)) {
        Ok(text) => text.as_bytes().into(),
        Err(_) => cx.bytes_of(&arguments.get(0))?,
    };
    match STANDARD.decode(data) {
        Ok(decoded) => Ok(Value::bytes(decoded)),
        Err(_) => Err(cx.unknown("base64 that is not well-formed")),
    }
}

//! Builtins about text: `print`, `repr`, `chr`, `hex`, …

use crate::eval::arguments::Arguments;
use crate::eval::exceptions::{TYPE_ERROR, VALUE_ERROR};
use crate::eval::{Data, Evaluator, Raised, Value};

type Result = std::result::Result<Value, Raised>;

/// Prints nothing; a file of the script's own gets what is printed to it.
pub(super) fn print(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let file = arguments.keywords().iter().find(|keyword| &*keyword.name == "file").map(|k| k.value.clone());
    // The parameters of `print` and of the print statement differ; `file` is the one that matters.
    let file = file.or_else(|| {
        (0..4).filter_map(|index| arguments.some(index)).find(|v| v.as_object().is_some()).cloned()
    });
    let Some(file) = file else { return Ok(Value::NONE) };
    if cx.own_attribute(&file, super::io::PATH).is_none() {
        return Ok(Value::NONE);
    }
    let mut parts = Vec::new();
    for value in arguments.rest() {
        parts.push(cx.display(value)?);
    }
    let text = cx.native_text(&(parts.join(" ") + "\n"));
    cx.call_method(&file, "write", vec![text])?;
    Ok(Value::NONE)
}

pub(super) fn repr(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    cx.repr(&arguments.get(0))
}

pub(super) fn ascii(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(Value::text(cx.ascii_text(&arguments.get(0))?))
}

pub(super) fn format(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let spec = cx.text_of(&arguments.get(1))?;
    let text = cx.format_value(&arguments.get(0), &spec)?;
    Ok(cx.native_text(&text))
}

fn based(cx: &mut Evaluator<'_>, arguments: &Arguments, spec: &str) -> Result {
    let text = cx.format_value(&arguments.get(0), spec)?;
    Ok(cx.native_text(&text))
}

pub(super) fn bin(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    based(cx, arguments, "#b")
}

pub(super) fn hex(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    based(cx, arguments, "#x")
}

pub(super) fn oct(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if !cx.is_python2() {
        return based(cx, arguments, "#o");
    }
    let digits = cx.format_value(&arguments.get(0), "o")?;
    let text = if digits == "0" { digits } else { format!("0{digits}").replace("0-", "-0") };
    Ok(cx.native_text(&text))
}

pub(super) fn chr(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let code = cx.int_of(&arguments.get(0))?;
    if cx.is_python2() {
        return match u8::try_from(code) {
            Ok(byte) => Ok(Value::bytes([byte])),
            Err(_) => Err(cx.error(&VALUE_ERROR, "chr() arg not in range(256)")),
        };
    }
    unichr(cx, arguments)
}

pub(super) fn unichr(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let code = cx.int_of(&arguments.get(0))?;
    match u32::try_from(code).ok().filter(|code| *code <= 0x10_ffff) {
        None => Err(cx.error(&VALUE_ERROR, "chr() arg not in range(0x110000)")),
        Some(code) => match char::from_u32(code) {
            Some(character) => Ok(Value::text(character.to_string())),
            None => Err(cx.unknown("text with lone surrogates is not modelled")),
        },
    }
}

pub(super) fn ord(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let value = arguments.get(0);
    let one = match &value.data {
        Data::Bytes(bytes) => match &**bytes {
            [byte] => Some(u32::from(*byte)),
            _ => None,
        },
        _ => {
            let text = cx.text_of(&value)?;
            let mut characters = text.chars();
            characters.next().filter(|_| characters.next().is_none()).map(u32::from)
        }
    };
    match one {
        Some(code) => Ok(Value::int(i64::from(code))),
        None => Err(cx.error(&TYPE_ERROR, "ord() expected a character")),
    }
}

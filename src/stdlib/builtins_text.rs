//! Builtins about text: `print`, `repr`, `chr`, `hex`, …

use crate::eval::arguments::Arguments;
use crate::eval::exceptions::{TYPE_ERROR, VALUE_ERROR};
use crate::eval::{Data, Evaluator, Raised, Value};

type Result = std::result::Result<Value, Raised>;

/// Prints nothing; what is printed to an object of the script's own is written to it.
pub(super) fn print(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let [sep, end, file] = [0, 1, 2].map(|index| arguments.get(index));
    let Some(file) = output(cx, file)? else { return Ok(Value::NONE) };
    let text = |cx: &mut Evaluator<'_>, value: &Value, default: &str| {
        if value.is_none() { Ok(default.to_owned()) } else { cx.text_of(value).map(|text| text.to_string()) }
    };
    let (sep, end) = (text(cx, &sep, " ")?, text(cx, &end, "\n")?);
    write(cx, &file, arguments.rest(), &sep, &end)
}

/// Where a print goes; `None` for the terminal, which nobody reads.
fn output(cx: &mut Evaluator<'_>, file: Value) -> std::result::Result<Option<Value>, Raised> {
    if file.is_none() { super::sys::replaced_output(cx) } else { Ok(Some(file)) }
}

/// The print statement.
pub(super) fn print_statement(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (file, trailing_comma) = (arguments.get(0), arguments.get(1));
    let Some(file) = output(cx, file)? else { return Ok(Value::NONE) };
    // After a trailing comma, the next print begins with a space, unless the line was ended by what was printed.
    let pending = match cx.own_attribute(&file, SOFT_SPACE) {
        Some(pending) => !pending.is_unknown() && cx.truth(&pending)?,
        None => false,
    };
    if pending && !arguments.rest().is_empty() {
        let space = cx.native_text(" ");
        cx.call_method(&file, "write", vec![space])?;
    }
    let open = !trailing_comma.is_none();
    let ends_line = match arguments.rest().last().map(|last| &last.data) {
        Some(Data::Text(text)) => text.ends_with('\n'),
        Some(Data::Bytes(bytes)) => bytes.ends_with(b"\n"),
        _ => false,
    };
    cx.put_attribute(&file, SOFT_SPACE, Value::bool(open && !ends_line));
    write(cx, &file, arguments.rest(), " ", if open { "" } else { "\n" })
}

/// Whether the next print statement begins with a space.
const SOFT_SPACE: &str = "softspace";

fn write(cx: &mut Evaluator<'_>, file: &Value, values: &[Value], sep: &str, end: &str) -> Result {
    if file.is_unknown() {
        return Ok(Value::NONE);
    }
    let mut parts = Vec::new();
    for value in values {
        match cx.display(value) {
            Ok(text) => parts.push(text),
            Err(Raised::Unknown(unknown)) => {
                cx.call_method(file, "write", vec![unknown])?;
                return Ok(Value::NONE);
            }
            Err(other) => return Err(other),
        }
    }
    let text = cx.native_text(&(parts.join(sep) + end));
    cx.call_method(file, "write", vec![text])?;
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
    let value = cx.plain(&arguments.get(0));
    if !matches!(value.data, Data::Int(_) | Data::Bool(_) | Data::Big(_))
        && cx.method(&value, "__index__")?.is_none()
    {
        let kind = cx.type_name(&value);
        return Err(cx.error(&TYPE_ERROR, format!("'{kind}' object cannot be interpreted as an integer")));
    }
    let text = cx.format_value(&arguments.get(0), spec)?;
    Ok(cx.native_text(&text))
}

pub(super) fn bin(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    based(cx, arguments, "#b")
}

pub(super) fn hex(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = based(cx, arguments, "#x")?;
    long(cx, arguments, text)
}

/// `hex` and `oct` of a `long` of Python 2 end in `L`.
fn long(cx: &mut Evaluator<'_>, arguments: &Arguments, text: Value) -> Result {
    if cx.is_python2() && matches!(cx.plain(&arguments.get(0)).data, Data::Big(_)) {
        let text = cx.text_of(&text)?;
        return Ok(cx.native_text(&format!("{text}L")));
    }
    Ok(text)
}

pub(super) fn oct(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if !cx.is_python2() {
        return based(cx, arguments, "#o");
    }
    based(cx, arguments, "o")?;
    let digits = cx.format_value(&arguments.get(0), "o")?;
    let text = if digits == "0" { digits } else { format!("0{digits}").replace("0-", "-0") };
    let text = cx.native_text(&text);
    long(cx, arguments, text)
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
    let one = if let Data::Bytes(bytes) = &value.data {
        match &**bytes {
            [byte] => Some(u32::from(*byte)),
            _ => None,
        }
    } else {
        let text = cx.text_of(&value)?;
        let mut characters = text.chars();
        characters.next().filter(|_| characters.next().is_none()).map(u32::from)
    };
    match one {
        Some(code) => Ok(Value::int(i64::from(code))),
        None => Err(cx.error(&TYPE_ERROR, "ord() expected a character")),
    }
}

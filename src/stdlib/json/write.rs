//! `json.dumps`.

use crate::eval::exceptions::{TYPE_ERROR, VALUE_ERROR};
use crate::eval::object::Object;
use crate::eval::types;
use crate::eval::{Arguments, Data, Evaluator, Raised, Value, float_text};
use std::fmt::Write;

/// What `dumps` was asked for.
struct Style {
    indent: Option<String>,
    item_separator: String,
    key_separator: String,
    sort_keys: bool,
    ascii: bool,
}

pub(super) fn dumps(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let style = style(cx, arguments)?;
    let mut out = String::new();
    write_value(cx, &arguments.get(0), &style, 0, &mut out)?;
    // Python 2 gives `unicode` where the text goes beyond ASCII.
    if cx.is_python2() && out.is_ascii() { Ok(cx.native_text(&out)) } else { Ok(Value::text(out)) }
}

fn style(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Style, Raised> {
    let mut style = Style {
        indent: None,
        item_separator: ", ".into(),
        key_separator: ": ".into(),
        sort_keys: false,
        ascii: true,
    };
    let mut separators = None;
    for option in arguments.keywords() {
        let value = &option.value;
        match &*option.name {
            "indent" if value.is_none() => {}
            "indent" => {
                style.indent = Some(match cx.text_of(value) {
                    Ok(text) => text.to_string(),
                    Err(_) => {
                        let width = usize::try_from(cx.int_of(value)?).unwrap_or(0);
                        cx.charge_bytes(width)?;
                        " ".repeat(width)
                    }
                });
            }
            "separators" if value.is_none() => {}
            "separators" => {
                let parts = cx.items(value)?;
                if let [item, key] = parts.as_slice() {
                    separators = Some((cx.text_of(item)?.to_string(), cx.text_of(key)?.to_string()));
                }
            }
            "sort_keys" => style.sort_keys = cx.truth(value)?,
            "ensure_ascii" => style.ascii = cx.truth(value)?,
            name => return Err(cx.unknown(format!("`{name}` of `json.dumps` is not modelled"))),
        }
    }
    // Python 2 leaves the blank at the line's end.
    if style.indent.is_some() && !cx.is_python2() {
        style.item_separator = ",".into();
    }
    if let Some((item, key)) = separators {
        (style.item_separator, style.key_separator) = (item, key);
    }
    Ok(style)
}

fn write_value(
    cx: &mut Evaluator<'_>,
    value: &Value,
    style: &Style,
    depth: usize,
    out: &mut String,
) -> Result<(), Raised> {
    cx.charge_bytes(16)?;
    if depth > super::DEEPEST {
        return Err(cx.error(&VALUE_ERROR, "Circular reference detected"));
    }
    let plain = cx.plain(value);
    match &plain.data {
        Data::None => out.push_str("null"),
        Data::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Data::Int(number) => out.push_str(&number.to_string()),
        Data::Big(number) => out.push_str(&number.to_string()),
        Data::Float(number) => out.push_str(&match *number {
            n if n.is_nan() => "NaN".to_owned(),
            n if n.is_infinite() => if n > 0.0 { "Infinity" } else { "-Infinity" }.to_owned(),
            n => float_text::repr(n),
        }),
        Data::Text(text) => write_text(cx, text, style, out)?,
        Data::Bytes(_) if cx.is_python2() => {
            let text = cx.text_of(&plain)?;
            write_text(cx, &text, style, out)?;
        }
        Data::Tuple(items) => write_items(cx, items, style, depth, out)?,
        Data::Unknown(_) => return Err(Raised::Unknown(value.clone())),
        Data::Object(id) if matches!(cx.state.object(*id), Object::List(_)) => {
            let items = cx.items(&plain)?;
            write_items(cx, &items, style, depth, out)?;
        }
        Data::Object(id) if matches!(cx.state.object(*id), Object::Dict(_)) => {
            write_entries(cx, &plain, style, depth, out)?;
        }
        _ => {
            let name = cx.type_name(value);
            return Err(cx.error(&TYPE_ERROR, format!("Object of type {name} is not JSON serializable")));
        }
    }
    Ok(())
}

fn line(cx: &mut Evaluator<'_>, style: &Style, depth: usize, out: &mut String) -> Result<(), Raised> {
    if let Some(indent) = &style.indent {
        cx.charge_bytes(1 + indent.len().saturating_mul(depth))?;
        out.push('\n');
        out.extend(std::iter::repeat_n(indent.as_str(), depth));
    }
    Ok(())
}

fn write_items(
    cx: &mut Evaluator<'_>,
    items: &[Value],
    style: &Style,
    depth: usize,
    out: &mut String,
) -> Result<(), Raised> {
    if items.is_empty() {
        out.push_str("[]");
        return Ok(());
    }
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            cx.charge_bytes(style.item_separator.len())?;
            out.push_str(&style.item_separator);
        }
        line(cx, style, depth + 1, out)?;
        write_value(cx, item, style, depth + 1, out)?;
    }
    line(cx, style, depth, out)?;
    out.push(']');
    Ok(())
}

fn write_entries(
    cx: &mut Evaluator<'_>,
    dict: &Value,
    style: &Style,
    depth: usize,
    out: &mut String,
) -> Result<(), Raised> {
    let mut entries = cx.dict_items(dict)?;
    if entries.is_empty() {
        out.push_str("{}");
        return Ok(());
    }
    if entries.len() > 1 && !style.sort_keys && !cx.is_instance(dict, &types::DICT) {
        return Err(cx.unknown("the order of this mapping"));
    }
    if style.sort_keys {
        let mut keyed = Vec::new();
        let numbers = entries.iter().all(|(key, _)| matches!(key.data, Data::Int(_)));
        let texts = entries.iter().all(|(key, _)| matches!(key.data, Data::Text(_) | Data::Bytes(_)));
        if !numbers && !texts && entries.len() > 1 {
            return Err(cx.unknown("the order of keys of several kinds"));
        }
        for (key, value) in entries {
            let number = if let Data::Int(number) = key.data { number } else { 0 };
            let text = if texts { cx.text_of(&key)? } else { "".into() };
            keyed.push(((number, text), key, value));
        }
        keyed.sort_by(|a, b| a.0.cmp(&b.0));
        entries = keyed.into_iter().map(|(_, key, value)| (key, value)).collect();
    }
    out.push('{');
    for (index, (key, value)) in entries.iter().enumerate() {
        if index > 0 {
            cx.charge_bytes(style.item_separator.len())?;
            out.push_str(&style.item_separator);
        }
        line(cx, style, depth + 1, out)?;
        match &key.data {
            Data::Text(_) | Data::Bytes(_) => {
                let text = cx.text_of(key)?;
                write_text(cx, &text, style, out)?;
            }
            Data::Int(number) => {
                let number = number.to_string();
                write_text(cx, &number, style, out)?;
            }
            Data::None => out.push_str("\"null\""),
            Data::Bool(flag) => out.push_str(if *flag { "\"true\"" } else { "\"false\"" }),
            _ => return Err(cx.unknown("a JSON key of another kind")),
        }
        cx.charge_bytes(style.key_separator.len())?;
        out.push_str(&style.key_separator);
        write_value(cx, value, style, depth + 1, out)?;
    }
    line(cx, style, depth, out)?;
    out.push('}');
    Ok(())
}

fn write_text(cx: &mut Evaluator<'_>, text: &str, style: &Style, out: &mut String) -> Result<(), Raised> {
    cx.charge_bytes(text.len() * 2)?;
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            c if c < ' ' || (style.ascii && !(' '..='~').contains(&c)) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}").expect("internal error: a String takes every write");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
    Ok(())
}

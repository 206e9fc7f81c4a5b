//! `spx.json`: what an application file carries and which wheels go with which Python.

use super::{App, AppWheel, Entry, Error, Header, Libc, Selection};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The manifest's text: JSON, ASCII only so that Python 2 reads it under any locale.
pub(super) fn text(app: &App) -> Result<String, Error> {
    check(app)?;
    let wheels: Vec<Value> = app.wheels.iter().map(wheel).collect();
    let manifest = json!({
        "format": 1,
        "name": app.name,
        "version": app.version,
        "requirements": app.requirements,
        "entry": entry(&app.entry),
        "args": app.inject_args,
        "env": app.inject_env,
        "header": match &app.header { Header::Sh => "sh", Header::Shebang(_) => "shebang" },
        "inherit_path": app.behaviour.inherit_path.word(),
        "extend_pythonpath": app.behaviour.extend_pythonpath,
        "compile": app.behaviour.compile,
        "pth": app.behaviour.pth,
        "venv": app.behaviour.venv,
        "wheels": wheels,
        "selections": app.selections.iter().map(selection).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&manifest).map_err(std::io::Error::from)?;
    Ok(ascii(&text) + "\n")
}

fn wheel(wheel: &AppWheel) -> Value {
    let required_by: Vec<Value> = wheel
        .required_by
        .iter()
        .map(|by| match &by.distribution {
            Some((name, version)) => json!([by.requirement, name, version]),
            None => json!([by.requirement]),
        })
        .collect();
    json!({
        "file": wheel.file_name,
        "sha256": wheel.sha256,
        "name": wheel.name,
        "version": wheel.version,
        "required_by": required_by,
    })
}

fn entry(entry: &Entry) -> Value {
    match entry {
        Entry::Script(name) => json!({ "kind": "script", "name": name }),
        Entry::Function { module, attr } => json!({ "kind": "function", "module": module, "attr": attr }),
        Entry::Module(name) => json!({ "kind": "module", "module": name }),
        Entry::Interpreter => json!({ "kind": "interpreter" }),
    }
}

/// Only what narrows the selection is written, so that an application of pure wheels stays readable.
fn selection(selection: &Selection) -> Value {
    let mut fields = Map::new();
    fields.insert("python".to_owned(), json!([selection.python.major, selection.python.minor]));
    if let Some(platform) = selection.platform {
        fields.insert("platform".to_owned(), json!(platform.to_string()));
    }
    if let Some(machine) = &selection.machine {
        fields.insert("machine".to_owned(), json!(machine));
    }
    if let Some(libc) = selection.libc {
        let (name, major, minor) = match libc {
            Libc::Glibc(major, minor) => ("glibc", major, minor),
            Libc::Musl(major, minor) => ("musl", major, minor),
        };
        fields.insert("libc".to_owned(), json!([name, major, minor]));
    }
    if let Some(implementation) = &selection.implementation {
        fields.insert("implementation".to_owned(), json!(implementation));
    }
    fields.insert("wheels".to_owned(), json!(selection.wheels));
    Value::Object(fields)
}

/// Non-ASCII as `\uXXXX`; JSON has such characters only inside strings.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() {
            out.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}"); // a String takes everything
            }
        }
    }
    out
}

/// Refuses what could not be read back or would run something else than asked for.
fn check(app: &App) -> Result<(), Error> {
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "._-+!".contains(c));
    let mut seen = BTreeSet::new();
    for wheel in &app.wheels {
        let stem = wheel.file_name.strip_suffix(".whl");
        if !stem.is_some_and(|stem| plain(stem) && !stem.starts_with('.')) {
            return Err(Error::WheelName(wheel.file_name.clone()));
        }
        if wheel.sha256.len() != 64
            || !wheel.sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        {
            return Err(Error::Digest(wheel.file_name.clone()));
        }
        if !seen.insert(wheel.file_name.to_ascii_lowercase()) {
            return Err(Error::DuplicateWheel(wheel.file_name.clone()));
        }
    }
    if app.selections.is_empty() {
        return Err(Error::NoSelection);
    }
    for selection in &app.selections {
        if let Some(index) = selection.wheels.iter().find(|index| **index >= app.wheels.len()) {
            return Err(Error::NoSuchWheel { python: selection.python, index: *index });
        }
    }
    let dotted = |text: &str| {
        !text.is_empty()
            && text.split('.').all(|part| {
                let mut characters = part.chars();
                characters.next().is_some_and(|c| c.is_alphabetic() || c == '_')
                    && characters.all(|c| c.is_alphanumeric() || c == '_')
            })
    };
    let valid = match &app.entry {
        Entry::Script(name) => {
            !name.is_empty() && name != ".." && name != "." && !name.contains(['/', '\\', ':', '\0', '\n'])
        }
        Entry::Function { module, attr } => dotted(module) && dotted(attr),
        Entry::Module(name) => dotted(name),
        Entry::Interpreter => true,
    };
    if !valid {
        return Err(Error::Entry(app.entry.clone()));
    }
    if app.inject_args.iter().any(|argument| argument.contains('\0'))
        || app
            .inject_env
            .iter()
            .any(|(name, value)| name.is_empty() || name.contains(['=', '\0']) || value.contains('\0'))
    {
        return Err(Error::Inject);
    }
    if let Header::Shebang(command) = &app.header
        && (command.is_empty() || command.chars().any(char::is_control))
    {
        return Err(Error::Shebang(command.clone()));
    }
    Ok(())
}

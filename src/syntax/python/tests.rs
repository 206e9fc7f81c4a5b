//! What both dialects read, and what they say of what they do not.

use super::*;

fn file() -> FileId {
    Sources::new().add("setup.py", "")
}

fn unparsed(text: &str, dialect: Dialect) -> Diagnostic {
    parse_text(text, file(), 0, dialect).expect_err(text)
}

/// Every file below the directories that `SPX_PYTHON_CORPUS` names, against the plain parser.
#[test]
fn corpus() {
    let Some(list) = crate::system::os::environment("SPX_PYTHON_CORPUS") else { return };
    let mut counts = std::collections::BTreeMap::<&str, usize>::new();
    for path in list.split(':') {
        let Ok(bytes) = std::process::Command::new("cat").arg(path).output() else { continue };
        let Ok(text) = crate::text::encoding::decode_python(&bytes.stdout) else {
            *counts.entry("undecodable").or_default() += 1;
            continue;
        };
        let python2 = path.contains("python2.7");
        let dialect = if python2 { Dialect::Python2 } else { Dialect::Python3 };
        let ours = parse_text(&text, file(), 0, dialect);
        let plain = rustpython_parser::parse_starts_at(&text, Mode::Module, "", 0.into());
        let outcome = match (&ours, &plain) {
            (Ok(file), Ok(ast::Mod::Module(module))) if file.body == module.body => "same",
            (Ok(_), Ok(_)) => "differs",
            (Ok(_), Err(_)) => "only ours",
            (Err(_), Ok(_)) => "only plain",
            (Err(_), Err(_)) => "neither",
        };
        *counts.entry(outcome).or_default() += 1;
        if outcome != "same" && !(python2 && matches!(outcome, "only ours" | "differs")) {
            let said = ours.err().map(|d| {
                let start = d.primary.as_ref().map_or(0, |label| label.span.start);
                let mut sources = Sources::new();
                let id = sources.add(path, &text);
                format!("{} {}", sources.place(Span::new(id, start, start)), d.message)
            });
            println!("{outcome}: {path} {said:?}");
        }
    }
    println!("{counts:?}");
}

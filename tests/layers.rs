//! The layers of src/: a module may name modules of lower layers, and of its own layer those that `BESIDE` allows.
//! So no cycle can be written.

use std::fs;
use std::path::Path;

/// Lowest layer first; within a layer, the order in which `BESIDE` imports must go.
const LAYERS: &[&[&str]] = &[
    &["text", "system", "packaging", "archive"],
    &["diagnostic"],
    &["syntax", "index", "report"],
    &["eval", "resolve"],
    &["stdlib"],
    &["project"],
    &["build", "zipapp", "lint"],
    &["ops"],
    &["cli"],
];

/// (importer, imported) pairs allowed within one layer: only towards an earlier one.
const BESIDE: &[(&str, &str)] = &[("archive", "packaging"), ("lint", "build")];

fn place(module: &str) -> Option<(usize, usize)> {
    LAYERS.iter().enumerate().find_map(|(layer, modules)| {
        let slot = modules.iter().position(|name| *name == module)?;
        Some((layer, slot))
    })
}

fn allowed(from: &str, to: &str) -> bool {
    let (Some(importer), Some(imported)) = (place(from), place(to)) else { return false };
    from == to || imported.0 < importer.0 || (imported < importer && BESIDE.contains(&(from, to)))
}

/// The modules that a line names, comments aside; a grouped `crate::{…}` gives an empty name.
fn named(line: &str) -> impl Iterator<Item = String> + '_ {
    let code = line.split("//").next().unwrap_or("");
    code.match_indices("crate::").filter(|(at, _)| !code[..*at].ends_with('$')).map(|(at, word)| {
        code[at + word.len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    })
}

fn visit(path: &Path, module: &str, wrong: &mut Vec<String>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            visit(&entry.unwrap().path(), module, wrong);
        }
        return;
    }
    if path.extension().is_none_or(|extension| extension != "rs") {
        return;
    }
    let text = fs::read_to_string(path).unwrap();
    for (index, line) in text.lines().enumerate() {
        for to in named(line) {
            let at = format!("{}:{}", path.display(), index + 1);
            if to.is_empty() {
                wrong.push(format!("{at}: write one `use crate::module::…;` a module"));
            } else if !allowed(module, &to) {
                wrong.push(format!("{at}: {module} may not import {to}"));
            }
        }
    }
}

#[test]
fn modules_import_only_downwards() {
    let mut wrong = Vec::new();
    for entry in fs::read_dir("src").unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if module == "lib" || module == "main" {
            continue;
        }
        assert!(place(&module).is_some(), "src/{module} has no layer: add it to LAYERS");
        visit(&path, &module, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_check_itself_sees_a_planted_import() {
    assert!(!allowed("diagnostic", "eval") && !allowed("eval", "resolve") && allowed("eval", "syntax"));
    assert_eq!(named("use crate::eval::Value; // crate::cli").collect::<Vec<_>>(), ["eval"]);
    assert_eq!(named("use crate::{eval, syntax};").collect::<Vec<_>>(), [""]);
}

//! `spx inspect`: what an application file carries, for whom, and why.

use super::args::{Format, InspectArgs};
use super::{Exit, Screen, rejected};
use crate::ops::Failure;
use crate::ops::inspect::inspect;
use crate::report::{escape, json};
use crate::zipapp::read::{Opened, OpenedSelection, OpenedWheel};
use serde_json::{Value, json};

pub(super) fn run(args: &InspectArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let opened = match inspect(&args.file)? {
        Ok(opened) => opened,
        Err(rejection) => return Ok(rejected(&args.file, &rejection, screen)),
    };
    if args.sbom {
        let Some(sbom) = &opened.sbom else {
            let file = args.file.display();
            return Err(Failure::new(format!(
                "`{file}` has no bill of materials: it was written by an early version of spx; build it again to get one"
            )));
        };
        super::data(sbom)?;
    } else if args.json || screen.format == Format::Json {
        super::data(&format!("{:#}\n", document(&opened)))?;
    } else {
        super::data(&escape(&text(&opened)))?;
    }
    Ok(Exit::Done)
}

fn text(opened: &Opened) -> String {
    let mut lines = vec![match &opened.version {
        Some(version) => format!("{} {version}", opened.name),
        None => opened.name.clone(),
    }];
    lines.push(format!("runs {}", opened.entry));
    if !opened.args.is_empty() {
        lines.push(format!("with the arguments {}", opened.args.join(" ")));
    }
    for (name, value) in &opened.env {
        lines.push(format!("with {name}={value}"));
    }
    lines.push(format!(
        "starts with {}",
        if opened.header == "sh" { "a script that finds a Python" } else { &opened.header }
    ));
    if !opened.inherit_path.is_empty() {
        lines.push(format!("inherits the interpreter's own path ({})", opened.inherit_path));
    }
    if opened.pth {
        lines.push("runs the .pth files of its wheels".to_owned());
    }
    if opened.venv {
        lines.push("makes a virtual environment at its first run".to_owned());
    }
    if opened.inherit_path.is_empty() {
        lines.push(
            "lets in nothing of PYTHONPATH, the user's site directory and the interpreter's packages"
                .to_owned(),
        );
        let before = "`python FILE` runs their `sitecustomize` and `usercustomize` before it opens the file";
        let safe = if opened.header == "sh" { "; `./FILE` does not" } else { "" };
        lines.push(format!("  but {before}{safe}"));
    }
    if !opened.requirements.is_empty() {
        lines.push(format!("asked for: {}", opened.requirements.join(", ")));
    }
    lines.push(format!("sha256 {}, {} bytes", opened.sha256(), opened.size()));
    lines.push("wheels:".to_owned());
    let mut wheels: Vec<&OpenedWheel> = opened.wheels.iter().collect();
    wheels.sort_by_key(|wheel| std::cmp::Reverse(wheel.size));
    for wheel in wheels {
        let share = 100.0 * wheel.size as f64 / opened.size().max(1) as f64;
        lines.push(format!("  {:>10} bytes {share:>3.0} %  {}", wheel.size, wheel.file_name));
        lines.push(format!("    sha256 {}", wheel.sha256));
        for by in &wheel.required_by {
            let who = by.distribution.as_ref().map(|(name, version)| format!(", of {name} {version}"));
            lines.push(format!("    for `{}`{}", by.requirement, who.unwrap_or_default()));
        }
    }
    lines.push("who gets which:".to_owned());
    for selection in &opened.selections {
        let names = selection.wheels.iter().map(|at| &opened.wheels[*at]);
        let names: Vec<String> = names.map(|wheel| format!("{} {}", wheel.name, wheel.version)).collect();
        lines.push(format!("  {}: {}", target(selection), names.join(", ")));
    }
    lines.join("\n") + "\n"
}

/// `Python 3.12 on linux x86_64, glibc 2.17`.
fn target(selection: &OpenedSelection) -> String {
    let (major, minor) = selection.python;
    let mut words = format!("Python {major}.{minor}");
    let on: Vec<&str> =
        [&selection.platform, &selection.machine].into_iter().flatten().map(String::as_str).collect();
    if !on.is_empty() {
        words.push_str(&format!(" on {}", on.join(" ")));
    }
    if let Some((name, major, minor)) = &selection.libc {
        words.push_str(&format!(", {name} {major}.{minor}"));
    }
    if let Some(implementation) = &selection.implementation {
        words.push_str(&format!(", {implementation}"));
    }
    words
}

fn document(opened: &Opened) -> Value {
    let wheels: Vec<Value> = opened
        .wheels
        .iter()
        .map(|wheel| {
            let required_by: Vec<Value> = wheel
                .required_by
                .iter()
                .map(|by| {
                    let (name, version) = by.distribution.clone().unzip();
                    json!({ "requirement": by.requirement, "name": name, "version": version })
                })
                .collect();
            json!({
                "file": wheel.file_name, "name": wheel.name, "version": wheel.version, "size": wheel.size,
                "sha256": wheel.sha256, "required_by": required_by,
            })
        })
        .collect();
    let selections: Vec<Value> = opened
        .selections
        .iter()
        .map(|selection| {
            let files: Vec<&str> = selection.wheels.iter().map(|at| opened.wheels[*at].file_name.as_str()).collect();
            let (major, minor) = selection.python;
            let libc = selection.libc.as_ref().map(|(name, major, minor)| format!("{name} {major}.{minor}"));
            json!({
                "python": format!("{major}.{minor}"), "platform": selection.platform, "machine": selection.machine,
                "libc": libc, "implementation": selection.implementation, "wheels": files,
            })
        })
        .collect();
    json!({
        "schema": json::SCHEMA,
        "application": {
            "name": opened.name, "version": opened.version, "id": opened.id, "entry": opened.entry.to_string(),
            "arguments": opened.args, "environment": opened.env, "header": opened.header,
            "inherit_path": opened.inherit_path, "extend_pythonpath": opened.extend_pythonpath,
            "pth": opened.pth, "venv": opened.venv,
            "requirements": opened.requirements, "size": opened.size(), "sha256": opened.sha256(),
            "wheels": wheels, "selections": selections,
        },
    })
}

//! The modules that `build_py` finds and builds, where a class of the project has a say in that.

use crate::eval::arguments::Arguments;
use crate::eval::{Data, Evaluator, Raised, Value};

type Result = std::result::Result<Value, Raised>;

/// The module that a command has built last.
const MODULE: &str = "\u{1a}module";

/// `build_py.build_module` of setuptools.
pub(in crate::stdlib) fn build_module(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let Some(command) = cx.rehearsed_command() else { return Ok(Value::NONE) };
    let given = Value::tuple(vec![arguments.get(1), arguments.get(2), arguments.get(3)]);
    if cx.own_attribute(&command, MODULE).is_some_and(|before| !before.is_none()) {
        cx.stop_rehearsal(|| "it builds a module twice".to_owned());
    }
    cx.put_attribute(&command, MODULE, given);
    Ok(Value::tuple(vec![arguments.get(2), Value::int(1)]))
}

/// The modules as a class of the project lets setuptools' own command build them.
pub(super) fn build(cx: &mut Evaluator<'_>, command: &Value) -> std::result::Result<(), Raised> {
    let Some(modules) = cx.copied_modules()? else {
        cx.stop_rehearsal(|| "which modules it builds is not known".to_owned());
        return Ok(());
    };
    for [package, module, file] in modules {
        let wanted: Vec<Value> =
            [&module, &file, &package].into_iter().map(|text| cx.native_text(text)).collect();
        cx.put_attribute(command, MODULE, Value::NONE);
        cx.call_method(command, "build_module", wanted.clone())?;
        match cx.own_attribute(command, MODULE).map(|built| built.data) {
            Some(Data::None) => cx.leave_out(&package, &module),
            Some(Data::Tuple(built)) if built.iter().zip(&wanted).all(|(built, wanted)| built.is(wanted)) => {
            }
            _ => cx.stop_rehearsal(|| format!("how it builds the module `{module}` is not followed")),
        }
    }
    Ok(())
}

/// `build_py.find_package_modules`: package, name and file of each module in a package's directory.
pub(in crate::stdlib) fn find_package_modules(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if !cx.is_rehearsing() {
        return Err(cx.unknown("which modules a command builds is not followed"));
    }
    let wanted = cx.text_of(&arguments.get(1))?;
    let mut found = Vec::new();
    for module in cx.copied_modules()?.unwrap_or_default() {
        if *module[0] == *wanted {
            let parts: Vec<Value> = module.iter().map(|text| cx.native_text(text)).collect();
            found.push(Value::tuple(parts));
        }
    }
    Ok(cx.list(found))
}

/// The modules that a class of the project lets setuptools' own command find: some of those that are there.
pub(super) fn find(cx: &mut Evaluator<'_>, command: &Value) -> std::result::Result<(), Raised> {
    let Some(modules) = cx.copied_modules()? else {
        cx.stop_rehearsal(|| "which modules it builds is not known".to_owned());
        return Ok(());
    };
    let mut packages: Vec<(String, String)> = Vec::new();
    for [package, _, file] in &modules {
        let directory = file.rsplit_once('/').map_or("", |(directory, _)| directory);
        if !packages.iter().any(|(known, _)| known == package) {
            packages.push((package.clone(), directory.to_owned()));
        }
    }
    for (package, directory) in packages {
        let given = vec![cx.native_text(&package), cx.native_text(&directory)];
        let found = cx.call_method(command, "find_package_modules", given)?;
        let mut kept: Vec<[String; 3]> = Vec::new();
        for item in cx.items(&found)? {
            let mut parts = Vec::new();
            for part in cx.items(&item)? {
                parts.push(cx.text_of(&part)?.to_string());
            }
            match <[String; 3]>::try_from(parts) {
                Ok(parts) if modules.contains(&parts) => kept.push(parts),
                _ => cx.stop_rehearsal(|| format!("which modules of `{package}` it adds is not followed")),
            }
        }
        for module in modules.iter().filter(|module| module[0] == package && !kept.contains(module)) {
            if cx.script_method(command, "build_module").is_some() {
                cx.stop_rehearsal(|| "it both finds and builds modules its own way".to_owned());
            }
            if cx.is_for_source_distribution() {
                let why = format!("it leaves out the module `{}`", module[2]);
                cx.stop_rehearsal(|| why);
            }
            cx.leave_out(&module[0], &module[1]);
        }
    }
    Ok(())
}

//! The commands of `setup(cmdclass=…)` that take part in a wheel, run to see what they do beside what setuptools' own do.

use super::{COMMAND, DISTRIBUTION, distribution};
use crate::eval::arguments::Arguments;
use crate::eval::rehearsal::{BUILD_LIB, Copied, INSTALL_LIB, Rehearsals};
use crate::eval::{Evaluator, Raised, Value};
use crate::system::normalise;
use crate::text::Span;

type Result = std::result::Result<Value, Raised>;
type Keywords = [(String, Value, Span)];

/// Commands of setuptools that are run in every build of a wheel and work on its libraries.
const COMMANDS: &[&str] = &["build", "build_py", "install_lib"];

/// Options of these commands: who sets them changes what setuptools' own command does.
const OPTIONS: &[&str] = &[
    "build_base",
    "build_dir",
    "build_platlib",
    "build_purelib",
    "build_scripts",
    "build_temp",
    "compile",
    "compiler",
    "data_files",
    "debug",
    "exclude_package_data",
    "executable",
    "extra_path",
    "manifest_files",
    "optimize",
    "package",
    "package_data",
    "package_dir",
    "packages",
    "parallel",
    "plat_name",
    "py_modules",
    "skip_build",
];

/// Runs what `cmdclass` gives for commands that take part, and what the script adds to the sub-commands of `build`.
pub(super) fn all(cx: &mut Evaluator<'_>, keywords: &Keywords) -> Rehearsals {
    let mut done = Rehearsals::new();
    let given = keywords.iter().find(|(name, ..)| name == "cmdclass").map(|(_, value, _)| value.clone());
    let Some(Ok(classes)) = given.filter(|_| cx.rehearses()).map(|value| cx.dict_items(&value)) else {
        return done;
    };
    let mut own: Vec<(String, Value)> = Vec::new();
    for (name, class) in classes {
        if let Ok(name) = cx.text_of(&name)
            && cx.is_script_class(&class)
        {
            own.push((name.to_string(), class));
        }
    }
    let added = added(cx);
    for (name, class) in &own {
        let predicate = added.iter().flatten().find(|(added, _)| added == name).map(|(_, value)| value);
        if predicate.is_some() || COMMANDS.contains(&name.as_str()) {
            done.push((name.clone(), one(cx, class, predicate, keywords)));
        }
    }
    let followed = |name: &String| done.iter().any(|(other, result)| other == name && result.is_ok());
    if added.is_some_and(|added| added.iter().all(|(name, _)| followed(name))) {
        cx.forget_patch(".command.build.build.sub_commands");
    }
    done
}

/// What the script has put behind the sub-commands of `build`, with the predicates; `None` when it changes others.
fn added(cx: &mut Evaluator<'_>) -> Option<Vec<(String, Value)>> {
    let list = cx.build_commands()?;
    let items = cx.items(&list).ok()?;
    let mut pairs = Vec::new();
    for item in &items {
        let [name, predicate] = &cx.items(item).ok()?[..] else { return None };
        pairs.push((cx.text_of(name).ok()?.to_string(), predicate.clone()));
    }
    let own = crate::eval::BUILD_COMMANDS;
    let intact = pairs.len() >= own.len() && pairs.iter().zip(own).all(|((name, _), own)| name == own);
    intact.then(|| pairs.split_off(own.len()))
}

fn one(
    cx: &mut Evaluator<'_>,
    class: &Value,
    predicate: Option<&Value>,
    keywords: &Keywords,
) -> std::result::Result<crate::eval::state::Written, String> {
    let roots: Vec<Value> = keywords.iter().map(|(_, value, _)| value.clone()).collect();
    let copied = copied(cx, keywords);
    cx.rehearse(copied, &roots, |cx| {
        if predicate.is_some() {
            // A command of its own: build_py has run before it.
            cx.run_own_command();
        }
        let distribution = cx.instance(&DISTRIBUTION);
        distribution::hold(cx, &distribution, keywords);
        let command = cx.call(class, vec![distribution.clone()])?;
        cx.call_method(&command, "initialize_options", Vec::new())?;
        let options = prepare(cx, &command);
        cx.call_method(&command, "finalize_options", Vec::new())?;
        if let Some(predicate) = predicate.filter(|predicate| !predicate.is_none()) {
            let runs = cx.call(predicate, vec![command.clone()])?;
            if !matches!(runs.data, crate::eval::Data::Bool(true)) {
                cx.stop_rehearsal(|| "it is not known whether it runs".to_owned());
            }
        }
        cx.call_method(&command, "run", Vec::new())?;
        for (name, value) in options {
            if !cx.own_attribute(&command, name).is_some_and(|now| now.is(&value)) {
                cx.stop_rehearsal(|| format!("it sets `{name}`"));
            }
        }
        let set = cx.own_attribute_names(&command);
        if let Some(name) = OPTIONS.iter().find(|name| set.iter().any(|own| own == *name)) {
            cx.stop_rehearsal(|| format!("it sets `{name}`"));
        }
        let kept = keywords
            .iter()
            .filter(|(name, ..)| !distribution::is_metadata(name))
            .all(|(name, value, _)| cx.own_attribute(&distribution, name).is_some_and(|now| now.is(value)));
        if !kept || cx.own_attribute_names(&distribution).len() != keywords.len() {
            cx.stop_rehearsal(|| "it changes the distribution".to_owned());
        }
        Ok(())
    })
}

/// The options that the command has by the time it runs.
fn prepare(cx: &mut Evaluator<'_>, command: &Value) -> Vec<(&'static str, Value)> {
    let (library, installed) = (cx.native_text(BUILD_LIB), cx.native_text(INSTALL_LIB));
    let options = vec![
        ("build_lib", library),
        ("install_dir", installed.clone()),
        ("install_lib", installed),
        ("dry_run", Value::int(0)),
        ("editable_mode", crate::eval::Data::Bool(false).into()),
        ("force", Value::int(0)),
    ];
    for (name, value) in &options {
        cx.put_attribute(command, name, value.clone());
    }
    options
}

/// Where build_py finds packages and modules; `None` when the call does not say all of it.
fn copied(cx: &mut Evaluator<'_>, keywords: &Keywords) -> Option<Copied> {
    let given = |name: &str| keywords.iter().find(|(keyword, ..)| keyword == name).map(|(_, value, _)| value);
    let texts = |cx: &mut Evaluator<'_>, name: &str| -> Option<Vec<String>> {
        let Some(value) = given(name).filter(|value| !value.is_none()) else { return Some(Vec::new()) };
        let items = cx.items(value).ok()?;
        items.iter().map(|item| cx.text_of(item).ok().map(|text| text.to_string())).collect()
    };
    let mut directories: Vec<(String, String)> = Vec::new();
    if let Some(value) = given("package_dir").filter(|value| !value.is_none()) {
        for (package, directory) in cx.dict_items(value).ok()? {
            let directory = normalise(&cx.text_of(&directory).ok()?)?;
            directories.push((cx.text_of(&package).ok()?.to_string(), directory));
        }
    }
    let join = |directory: &str, name: &str| {
        [directory, name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    };
    let directory = |package: &str| {
        let mut head = package;
        let mut tail = String::new();
        loop {
            if let Some((_, directory)) = directories.iter().rev().find(|(known, _)| known == head) {
                return join(directory, &tail);
            }
            if head.is_empty() {
                return tail;
            }
            let (parent, last) = head.rsplit_once('.').unwrap_or(("", head));
            tail = join(last, &tail);
            head = parent;
        }
    };
    let packages = texts(cx, "packages")?;
    let modules = texts(cx, "py_modules")?;
    if packages.is_empty() && modules.is_empty() {
        return None;
    }
    let file = |module: &String| {
        let (package, name) = module.rsplit_once('.').unwrap_or(("", module));
        join(&directory(package), &format!("{name}.py"))
    };
    Some(Copied {
        packages: packages.iter().map(|package| (package.clone(), directory(package))).collect(),
        modules: modules.iter().map(|module| (module.clone(), file(module))).collect(),
    })
}

/// `Command.get_finalized_command`: of another command, where it puts the libraries.
pub(super) fn finalized(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    if !cx.is_rehearsing() {
        return Err(cx.unknown("what a command does is not followed"));
    }
    let command = cx.instance(&COMMAND);
    let unknown = cx.unknown_value("the options of other commands are not followed");
    cx.open_attributes(&command, &unknown);
    prepare(cx, &command);
    Ok(command)
}

/// `Command.copy_file`.
pub(super) fn copy_file(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if !cx.is_rehearsing() {
        return Ok(Value::NONE);
    }
    let (source, target) = (cx.path_of(&arguments.get(1))?, cx.path_of(&arguments.get(2))?);
    let target = super::super::distutils_util::copy(cx, &source, &target)?;
    let target = cx.native_text(&target);
    Ok(Value::tuple(vec![target, Value::int(1)]))
}

/// `Command.mkpath`.
pub(super) fn make_path(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if cx.is_rehearsing() {
        let path = cx.path_of(&arguments.get(1))?;
        cx.make_directory(&path);
    }
    Ok(Value::NONE)
}

/// `run` of a command of setuptools.
pub(in crate::stdlib) fn run(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    cx.run_own_command();
    Ok(Value::NONE)
}

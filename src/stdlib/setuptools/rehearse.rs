//! The commands of `setup(cmdclass=…)` that take part in a wheel, run to see what they do beside what setuptools' own do.

use super::{COMMAND, DISTRIBUTION, distribution, modules};
use crate::eval::arguments::Arguments;
use crate::eval::rehearsal::{BUILD_LIB, Copied, INSTALL_LIB, RELEASE, Rehearsals, Work};
use crate::eval::{Data, Evaluator, Raised, Value};
use crate::system::normalise;
use crate::text::Span;

type Result = std::result::Result<Value, Raised>;
type Keywords = [(String, Value, Span)];

/// Commands of setuptools that are run in a build of a wheel, and what they do to its libraries.
const COMMANDS: &[(&str, Work)] = &[
    ("bdist_wheel", Work::Packs),
    ("build", Work::Builds),
    ("build_py", Work::Builds),
    ("install", Work::Installs),
    ("install_data", Work::Beside),
    ("install_lib", Work::Installs),
    ("install_scripts", Work::Beside),
    ("sdist", Work::Releases),
];

/// Commands that have run by the time that a wheel's files are installed.
const BUILT: &[&str] = &["build", "build_clib", "build_ext", "build_py", "build_scripts"];

/// Marks of a command of the project that has options, or has run.
const FINALIZED: &str = "\u{1a}finalized";
const RUN: &str = "\u{1a}run";
/// The list of files of a source distribution, until setuptools' own command has copied them.
const RELEASED: &str = "\u{1a}released";
/// Options that a command gets from others.
const SHARED: &[&str] = &["build_lib", "editable_mode", "force"];
/// Before the names of a distribution's commands.
const COMMAND_OBJECT: &str = "\u{1a}command ";

/// Options of these commands: who sets them changes what setuptools' own command does.
const OPTIONS: &[&str] = &[
    "archive_files",
    "bdist_dir",
    "build_base",
    "build_dir",
    "build_number",
    "build_platlib",
    "build_purelib",
    "build_scripts",
    "build_temp",
    "compile",
    "compiler",
    "compression",
    "data_dir",
    "data_files",
    "debug",
    "dist_dir",
    "dist_info_dir",
    "egginfo_dir",
    "exclude_package_data",
    "exec_prefix",
    "executable",
    "extra_path",
    "filelist",
    "format",
    "formats",
    "group",
    "home",
    "install_base",
    "install_data",
    "install_headers",
    "install_libbase",
    "install_platbase",
    "install_platlib",
    "install_purelib",
    "install_scripts",
    "keep_temp",
    "manifest",
    "manifest_files",
    "manifest_only",
    "old_and_unmanageable",
    "optimize",
    "owner",
    "package",
    "package_data",
    "package_dir",
    "packages",
    "parallel",
    "plat_name",
    "plat_name_supplied",
    "plat_tag",
    "prefix",
    "prune",
    "py_limited_api",
    "py_modules",
    "python_tag",
    "relative",
    "root",
    "root_is_pure",
    "single_version_externally_managed",
    "skip_build",
    "template",
    "universal",
    "use_defaults",
    "user",
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
        let work = COMMANDS.iter().find(|(known, _)| known == name).map(|(_, work)| *work);
        if work == Some(Work::Releases) && !cx.is_for_source_distribution() {
            continue;
        }
        if let Some(work) = work.or(predicate.map(|_| Work::Builds)) {
            done.push((name.clone(), one(cx, (name, class), work, predicate, keywords)));
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
    (name, class): (&str, &Value),
    work: Work,
    predicate: Option<&Value>,
    keywords: &Keywords,
) -> std::result::Result<crate::eval::state::Written, String> {
    let roots: Vec<Value> = keywords.iter().map(|(_, value, _)| value.clone()).collect();
    let copied = copied(cx, keywords);
    cx.rehearse(work, copied, &roots, |cx| {
        if predicate.is_some() {
            // A command of its own: build_py has run before it.
            cx.run_own_command();
        }
        let distribution = cx.instance(&DISTRIBUTION);
        distribution::hold(cx, &distribution, keywords);
        let command = cx.call(class, vec![distribution.clone()])?;
        cx.set_rehearsed_command(&command);
        cx.put_attribute(&distribution, &format!("{COMMAND_OBJECT}{name}"), command.clone());
        cx.call_method(&command, "initialize_options", Vec::new())?;
        let options = prepare(cx, &command, name, keywords);
        let metadata =
            (work == Work::Releases).then(|| distribution::hold_metadata(cx, &distribution, keywords));
        cx.put_attribute(&command, FINALIZED, Value::int(1));
        cx.call_method(&command, "finalize_options", Vec::new())?;
        if let Some(predicate) = predicate.filter(|predicate| !predicate.is_none()) {
            let runs = cx.call(predicate, vec![command.clone()])?;
            if !matches!(runs.data, Data::Bool(true)) {
                cx.stop_rehearsal(|| "it is not known whether it runs".to_owned());
            }
        }
        cx.put_attribute(&command, RUN, Value::int(1));
        cx.call_method(&command, "run", Vec::new())?;
        if name == "bdist_wheel" {
            asked_for_tag(cx, &command)?;
        }
        let mut given = Vec::new();
        for (name, value) in options {
            if !cx.own_attribute(&command, name).is_some_and(|now| now.is(&value)) {
                cx.stop_rehearsal(|| format!("it sets `{name}`"));
            }
            given.push(name);
        }
        let set = cx.own_attribute_names(&command);
        let set = |name: &&&str| !given.contains(*name) && set.iter().any(|own| own == **name);
        if let Some(name) = OPTIONS.iter().find(set) {
            cx.stop_rehearsal(|| format!("it sets `{name}`"));
        }
        let kept = keywords
            .iter()
            .filter(|(name, ..)| !distribution::is_metadata(name))
            .all(|(name, value, _)| cx.own_attribute(&distribution, name).is_some_and(|now| now.is(value)));
        if let Some(metadata) = metadata {
            distribution::check_metadata(cx, &metadata, keywords)?;
            cx.delete_own_attribute(&distribution, "metadata")?;
        }
        let held = cx.own_attribute_names(&distribution);
        if !kept || held.iter().filter(|name| !name.starts_with(COMMAND_OBJECT)).count() != keywords.len() {
            cx.stop_rehearsal(|| "it changes the distribution".to_owned());
        }
        Ok(())
    })
}

/// The options that the command has by the time it runs.
fn prepare(
    cx: &mut Evaluator<'_>,
    command: &Value,
    name: &str,
    keywords: &Keywords,
) -> Vec<(&'static str, Value)> {
    let (library, installed) = (cx.native_text(BUILD_LIB), cx.native_text(INSTALL_LIB));
    let no: Value = Data::Bool(false).into();
    let mut options =
        vec![("dry_run", Value::int(0)), ("editable_mode", no.clone()), ("force", Value::int(0))];
    match name {
        "install" => options.extend([("install_lib", installed), ("build_lib", library), ("skip_build", no)]),
        "install_lib" => {
            options.extend([("install_dir", installed), ("build_dir", library), ("skip_build", no)]);
        }
        "install_data" => options.extend([("install_dir", installed), ("outfiles", cx.list(Vec::new()))]),
        "bdist_wheel" | "build_scripts" | "install_scripts" | "sdist" => {}
        _ => options.push(("build_lib", library)),
    }
    if name == "build_py" {
        let fields: [&'static str; 3] = ["package_data", "packages", "py_modules"];
        for field in fields {
            let given = keywords.iter().find(|(keyword, value, _)| keyword == field && !value.is_none());
            options.extend(given.map(|(_, value, _)| (field, value.clone())));
        }
    }
    for (name, value) in &options {
        cx.put_attribute(command, name, value.clone());
    }
    options
}

/// `get_tag` of a class of the project, which must give what setuptools' own gives.
fn asked_for_tag(cx: &mut Evaluator<'_>, command: &Value) -> std::result::Result<(), Raised> {
    let tag = cx.call_method(command, "get_tag", Vec::new())?;
    let own = cx.own_attribute(command, TAG);
    let same = match (&tag.data, own.as_ref().map(|own| &own.data)) {
        (Data::Tuple(tag), Some(Data::Tuple(own))) => {
            tag.len() == own.len() && tag.iter().zip(own.iter()).all(|(tag, own)| tag.is(own))
        }
        _ => false,
    };
    if !same {
        cx.stop_rehearsal(|| "its `get_tag` gives other tags than setuptools' own".to_owned());
    }
    Ok(())
}

/// Whether a setting whose name begins so may be given to a command.
fn may_set(cx: &mut Evaluator<'_>, command: &Value, beginning: &str) -> bool {
    let distribution = cx.own_attribute(command, "distribution");
    let options = distribution.and_then(|distribution| cx.own_attribute(&distribution, "options"));
    options.is_some() || cx.has_setting(beginning)
}

/// Where `bdist_wheel.get_tag` leaves what it gave.
const TAG: &str = "\u{1a}tag";

/// `bdist_wheel.get_tag` for a pure wheel: which Python and, when a setting names one, which platform is not known here.
pub(in crate::stdlib) fn tag(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if !cx.is_rehearsing() {
        return Err(cx.unknown("the tags of a wheel are not known before it is built"));
    }
    let python = cx.unknown_value("settings say which Python the wheel is tagged for");
    let plain = !may_set(cx, &arguments.get(0), "plat");
    let platform = if plain { cx.native_text("any") } else { cx.unknown_value("settings say the platform") };
    let tag = Value::tuple(vec![python, cx.native_text("none"), platform]);
    cx.put_attribute(&arguments.get(0), TAG, tag.clone());
    Ok(tag)
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

/// The distribution of a command, or itself, and a class of the project for a command of that name.
fn own_class(
    cx: &mut Evaluator<'_>,
    asked: &Value,
    name: &str,
) -> std::result::Result<(Value, Option<Value>), Raised> {
    let distribution = if cx.is_instance(asked, &DISTRIBUTION) {
        asked.clone()
    } else {
        cx.get_attribute(asked, "distribution")?
    };
    if let Some(classes) = cx.own_attribute(&distribution, "cmdclass") {
        for (known, class) in cx.dict_items(&classes)? {
            if cx.text_of(&known)?.as_ref() == name && cx.is_script_class(&class) {
                return Ok((distribution, Some(class)));
            }
        }
    }
    Ok((distribution, None))
}

/// The one command of the project under this name that a distribution has.
fn object(
    cx: &mut Evaluator<'_>,
    distribution: &Value,
    name: &str,
    class: &Value,
) -> std::result::Result<Value, Raised> {
    let place = format!("{COMMAND_OBJECT}{name}");
    if let Some(command) = cx.own_attribute(distribution, &place) {
        return Ok(command);
    }
    let command = cx.call(class, vec![distribution.clone()])?;
    cx.put_attribute(distribution, &place, command.clone());
    cx.call_method(&command, "initialize_options", Vec::new())?;
    Ok(command)
}

fn finalize(cx: &mut Evaluator<'_>, command: &Value, name: &str) -> std::result::Result<(), Raised> {
    if cx.own_attribute(command, FINALIZED).is_none() {
        cx.put_attribute(command, FINALIZED, Value::int(1));
        let before: Vec<_> =
            SHARED.iter().map(|option| (*option, cx.own_attribute(command, option))).collect();
        prepare(cx, command, name, &[]);
        for (option, value) in before {
            // A command of its own has of these options those that it makes, and what it sets stays.
            match value {
                Some(value) if !value.is_none() => cx.put_attribute(command, option, value),
                None if !COMMANDS.iter().any(|(known, _)| *known == name) => {
                    cx.delete_own_attribute(command, option)?;
                }
                _ => {}
            }
        }
        cx.call_method(command, "finalize_options", Vec::new())?;
    }
    Ok(())
}

/// `Distribution.get_command_obj`.
pub(super) fn command_object(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if !cx.is_rehearsing() {
        return Err(cx.unknown("the commands of a distribution are not followed"));
    }
    let name = cx.text_of(&arguments.get(1))?;
    match own_class(cx, &arguments.get(0), &name)? {
        (distribution, Some(class)) => object(cx, &distribution, &name, &class),
        _ => Err(cx.unknown("the commands of setuptools are not followed")),
    }
}

/// `Command.get_finalized_command`: of a command of setuptools, where it puts the libraries.
pub(super) fn finalized(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if !cx.is_rehearsing() {
        return Err(cx.unknown("what a command does is not followed"));
    }
    let name = cx.text_of(&arguments.get(1))?;
    if let (distribution, Some(class)) = own_class(cx, &arguments.get(0), &name)? {
        let command = object(cx, &distribution, &name, &class)?;
        finalize(cx, &command, &name)?;
        return Ok(command);
    }
    let command = cx.instance(&COMMAND);
    let unknown = cx.unknown_value("the options of other commands are not followed");
    cx.open_attributes(&command, &unknown);
    // What is built is not yet bound for a wheel.
    let bound = matches!(cx.rehearsed_work(), Some(Work::Installs | Work::Beside));
    if bound || name.starts_with("build") {
        prepare(cx, &command, &name, &[]);
    }
    Ok(command)
}

/// `Command.run_command` and `Distribution.run_command`: each command runs once.
pub(super) fn run_command(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if !cx.is_rehearsing() {
        return Ok(Value::NONE);
    }
    let name = cx.text_of(&arguments.get(1))?;
    let installs = matches!(cx.rehearsed_work(), Some(Work::Installs | Work::Beside));
    if installs && BUILT.contains(&name.as_ref()) {
        return Ok(Value::NONE);
    }
    let (distribution, Some(class)) = own_class(cx, &arguments.get(0), &name)? else {
        cx.stop_rehearsal(|| format!("it runs the command `{name}`, which is not followed"));
        return Ok(Value::NONE);
    };
    let command = object(cx, &distribution, &name, &class)?;
    finalize(cx, &command, &name)?;
    if cx.own_attribute(&command, RUN).is_none() {
        cx.put_attribute(&command, RUN, Value::int(1));
        cx.call_method(&command, "run", Vec::new())?;
    }
    Ok(Value::NONE)
}

/// `Command.execute(func, args, …)`.
pub(super) fn execute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    if cx.is_rehearsing() {
        let given = cx.items(&arguments.get(2))?;
        cx.call(&arguments.get(1), given)?;
    }
    Ok(Value::NONE)
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
pub(in crate::stdlib) fn run(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let this = arguments.get(0);
    let Some(command) = cx.rehearsed_command() else {
        cx.run_own_command();
        return Ok(Value::NONE);
    };
    if !command.is(&this) {
        cx.stop_rehearsal(|| "another command of setuptools is run by it".to_owned());
        return Ok(Value::NONE);
    }
    if cx.is_filled_before() && may_set(cx, &command, "force") {
        cx.stop_rehearsal(|| "a setting may force setuptools' own command to copy anew".to_owned());
    }
    cx.run_own_command();
    if cx.script_method(&command, "find_package_modules").is_some() {
        modules::find(cx, &command)?;
    }
    if cx.script_method(&command, "build_module").is_some() {
        modules::build(cx, &command)?;
    }
    if cx.rehearsed_work() == Some(Work::Releases)
        && let Some(method) = cx.script_method(&command, "make_release_tree")
    {
        // Stands for the list of files, which is not followed: to be handed on, and nothing else.
        let files = cx.instance(&COMMAND);
        let directory = cx.native_text(RELEASE);
        cx.put_attribute(&command, RELEASED, files.clone());
        cx.call(&method, vec![directory, files])?;
        if !cx.own_attribute(&command, RELEASED).is_some_and(|released| released.is_none()) {
            cx.stop_rehearsal(|| "its `make_release_tree` does not call setuptools' own".to_owned());
        }
    }
    Ok(Value::NONE)
}

/// `sdist.make_release_tree`: the files of the list are copied.
pub(in crate::stdlib) fn make_release_tree(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let Some(command) = cx.rehearsed_command() else { return Ok(Value::NONE) };
    let directory = cx.path_of(&arguments.get(1))?;
    let same = cx.own_attribute(&command, RELEASED).is_some_and(|files| files.is(&arguments.get(2)));
    if *directory != *RELEASE || !same {
        cx.stop_rehearsal(|| "which files it copies is not followed".to_owned());
    }
    cx.put_attribute(&command, RELEASED, Value::NONE);
    Ok(Value::NONE)
}

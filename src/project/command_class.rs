//! What a command class of the project changes in a build, told from its tree: setuptools' own class, one that only adds
//! to it what no file depends on, one known recipe, or anything else.

use crate::eval::Data;
use crate::eval::module::Class;
use crate::eval::outcome::{ClassBody, Outcome};
use crate::eval::value::Value;
use crate::syntax::python::ast::{self, Constant, Expr, Stmt};
use crate::syntax::python2::{PRINT, REPR};

/// What takes the place of a command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Replacement {
    /// The class that setuptools takes anyway.
    Own,
    /// A class whose methods do what setuptools' own do, and nothing that a file depends on.
    Inert,
    /// The `build_py` of distutils or one like it: it knows patterns of package data, and nothing else of data.
    Plain,
    /// A class whose code was followed: it makes, changes or removes these files, and does nothing else.
    Followed(Vec<String>),
    /// An `install_data` that puts `data_files` beside the packages.
    DataInLibrary,
    /// A class that makes Python 3 code of Python 2 code.
    Converts,
    /// Why it may change what is built.
    Changes(String),
    /// The same, of a class that changes nothing for a source distribution.
    Builds(String),
}

/// Commands of which setuptools has a class of its own over that of distutils.
const SETUPTOOLS: &[&str] = &[
    "build",
    "build_clib",
    "build_ext",
    "build_py",
    "bdist_wheel",
    "dist_info",
    "egg_info",
    "install",
    "install_egg_info",
    "install_lib",
    "install_scripts",
    "sdist",
];
/// What a class body may define without a say in what is built.
const HARMLESS: &[&str] =
    &["__doc__", "__module__", "__qualname__", "boolean_options", "description", "user_options"];
/// The methods that a build calls on every command.
const METHODS: &[&str] = &["finalize_options", "initialize_options", "run"];
/// Functions that only look.
const LOOKING: &[&str] = &[
    "abspath",
    "basename",
    "bool",
    "dirname",
    "endswith",
    "exists",
    "format",
    "get",
    "get_fullname",
    "get_name",
    "get_version",
    "getattr",
    "hasattr",
    "int",
    "isdir",
    "isfile",
    "isinstance",
    "items",
    "join",
    "keys",
    "len",
    "list",
    "lower",
    "match",
    "repr",
    "search",
    "sorted",
    "split",
    "startswith",
    "str",
    "strip",
    "tuple",
    "upper",
    "values",
];
/// Methods and functions that only tell people something.
const TELLING: &[&str] =
    &["announce", "debug", "debug_print", "error", "flush", "info", "print", "warn", "warning", "write"];
/// What `write` and `flush` may be called on.
const STREAMS: &[&str] = &["stderr", "stdout"];

/// Judges the class that a project gives for a command.
pub fn judge(outcome: &Outcome, command: &str, class: &Value) -> Replacement {
    if let Data::Class(class) = &class.data {
        return match is_own(class, command) {
            true => Replacement::Own,
            false if is_plain(class, command) => Replacement::Plain,
            false if is_alike(class, command) => Replacement::Own,
            false => other(class),
        };
    }
    let Some(ClassBody { bases, members }) = outcome.class_body(class) else {
        return Replacement::Changes("what class it is, or derives from, is not known".to_owned());
    };
    let [base] = bases else { return Replacement::Changes("its class derives from several".to_owned()) };
    let inherited = judge(outcome, command, base);
    if let Replacement::Changes(_) | Replacement::Builds(_) | Replacement::Converts = inherited {
        return inherited;
    }
    let mut judged = if inherited == Replacement::Own { Replacement::Inert } else { inherited };
    for (name, value) in members.iter().filter(|(name, _)| !HARMLESS.contains(&name.as_str())) {
        let Some(body) = outcome.function_body(value).filter(|_| METHODS.contains(&name.as_str())) else {
            return Replacement::Changes(format!("its class defines `{name}`"));
        };
        let method = Method { outcome, name, function: value, base };
        if command == "install_data" && method.goes_to_library(body) {
            judged = Replacement::DataInLibrary;
        } else if !method.is_inert(body) {
            return Replacement::Changes(format!("its `{name}` does more than setuptools' own"));
        }
    }
    judged
}

fn is_own(class: &Class, command: &str) -> bool {
    let package = if SETUPTOOLS.contains(&command) { "setuptools" } else { "distutils" };
    // The `wheel` distribution hands on the class of setuptools under its old name.
    let wheel = command == "bdist_wheel" && class.module == "wheel.bdist_wheel";
    class.name == command && (wheel || class.module == format!("{package}.command.{command}"))
}

/// The `build_py` of distutils, in a project that setuptools builds.
fn is_plain(class: &Class, command: &str) -> bool {
    command == "build_py" && class.name == command && class.module == "distutils.command.build_py"
}

/// Commands of distutils that do in a build what those of setuptools over them do.
fn is_alike(class: &Class, command: &str) -> bool {
    const ALIKE: &[&str] = &["build", "build_clib", "build_ext", "install", "install_scripts"];
    ALIKE.contains(&command)
        && class.name == command
        && class.module.strip_prefix("distutils.command.") == Some(command)
}

/// Commands that a source distribution only asks for their files.
const ASKED: &[&str] = &["build", "build_clib", "build_ext", "build_py", "build_scripts"];
/// Methods of theirs that only a build calls.
const BUILDING: &[&str] = &[
    "build_extension",
    "build_extensions",
    "build_module",
    "build_modules",
    "build_package_data",
    "build_packages",
    "byte_compile",
    "get_outputs",
    "run",
];

/// Methods that `build_ext` and `build_scripts` call on themselves to say what their files are.
const COMPILING: &[&str] = &[
    "check_extensions_list",
    "ensure_string_list",
    "get_ext_filename",
    "get_ext_fullname",
    "get_ext_fullpath",
    "links_to_dynamic",
    "setup_shlib_compiler",
    "swig_sources",
];

/// Whether a class answers a source distribution as that of setuptools does, whatever it does in a build.
pub fn only_builds(outcome: &Outcome, command: &str, class: &Value) -> bool {
    if !ASKED.contains(&command) {
        return false;
    }
    if let Data::Class(class) = &class.data {
        return is_own(class, command) || is_plain(class, command) || is_alike(class, command);
    }
    let Some(ClassBody { bases: [base], members }) = outcome.class_body(class) else { return false };
    let takes_part = |name: &str| {
        let asked = METHODS.contains(&name)
            || CALLED.contains(&name)
            || COMPILING.contains(&name)
            || name == "find_package_modules";
        (asked || name.starts_with("__")) && !HARMLESS.contains(&name) && !BUILDING.contains(&name)
    };
    let mut told = members.iter().filter(|(name, _)| takes_part(name));
    let same = |(name, value): &(String, Value)| {
        let method = Method { outcome, name, function: value, base };
        METHODS.contains(&name.as_str())
            && outcome.function_body(value).is_some_and(|body| method.is_inert(body))
    };
    only_builds(outcome, command, base) && told.all(same)
}

/// Whether a class puts data files beside the packages, whatever its `run` does beside that.
pub fn puts_data_in_library(outcome: &Outcome, class: &Value) -> bool {
    let Some(ClassBody { bases: [base], members }) = outcome.class_body(class) else { return false };
    let told = |(name, value): &(String, Value)| {
        let method = Method { outcome, name, function: value, base };
        matches!(outcome.function_body(value), Some(body) if name == "finalize_options" && method.goes_to_library(body))
    };
    let mut rest = members.iter().filter(|(name, _)| !HARMLESS.contains(&name.as_str()) && name != "run");
    matches!(&base.data, Data::Class(class) if is_own(class, "install_data"))
        && rest.next().is_some_and(told)
        && rest.next().is_none()
}

/// Names that setuptools' own commands call on themselves in a build; the other methods of a class are called by its own code.
const CALLED: &[&str] = &[
    "_add_defaults_build_sub_commands",
    "_add_defaults_c_libs",
    "_add_defaults_data_files",
    "_add_defaults_ext",
    "_add_defaults_optional",
    "_add_defaults_python",
    "_add_defaults_scripts",
    "_add_defaults_standards",
    "_copy_file",
    "_manifest_is_not_generated",
    "_remove_os_link",
    "_safe_data_files",
    "add_defaults",
    "analyze_manifest",
    "build_modules",
    "build_package_data",
    "build_packages",
    "byte_compile",
    "check_metadata",
    "check_module",
    "check_package",
    "check_readme",
    "copy_file",
    "copy_tree",
    "data_files",
    "ensure_finalized",
    "exclude_data_files",
    "execute",
    "find_all_modules",
    "find_data_files",
    "find_modules",
    "get_archive_files",
    "get_exclusions",
    "get_file_list",
    "get_finalized_command",
    "get_module_outfile",
    "get_output_mapping",
    "get_package_dir",
    "get_source_files",
    "get_sub_commands",
    "has_c_libraries",
    "has_ext_modules",
    "has_pure_modules",
    "has_scripts",
    "install",
    "make_archive",
    "make_distribution",
    "make_file",
    "manifest_maker",
    "mkpath",
    "move_file",
    "prune_file_list",
    "read_manifest",
    "read_template",
    "run_command",
    "set_undefined_options",
    "sub_commands",
    "write_manifest",
];

/// Whether what running a class showed is all that it does: it changes none of the methods by which setuptools' own work. Says
/// with it whether that is the `build_py` of distutils.
pub fn follows(outcome: &Outcome, command: &str, class: &Value) -> Result<bool, String> {
    if let Data::Class(class) = &class.data {
        // A sub-command of the project's own has nothing of setuptools to run.
        let base = class.name == "Command";
        return match is_plain(class, command) {
            true => Ok(true),
            false if base || is_own(class, command) || is_alike(class, command) => Ok(false),
            false => {
                Err(format!("it is `{}.{}`, not the class that setuptools takes", class.module, class.name))
            }
        };
    }
    let Some(ClassBody { bases, members }) = outcome.class_body(class) else {
        return Err("what class it is, or derives from, is not known".to_owned());
    };
    if let Some((name, _)) = members.iter().find(|(name, _)| {
        CALLED.contains(&name.as_str()) || name.starts_with("__get") || name.starts_with("__set")
    }) {
        return Err(format!("its class defines `{name}`"));
    }
    let object = |base: &&Value| !matches!(&base.data, Data::Class(class) if class.name == "object");
    let mut plain = false;
    for base in bases.iter().filter(object) {
        plain |= follows(outcome, command, base)?;
    }
    Ok(plain)
}

fn other(class: &Class) -> Replacement {
    if class.name == "build_py_2to3" {
        return Replacement::Converts;
    }
    Replacement::Changes(format!(
        "it is `{}.{}`, not the class that setuptools takes",
        class.module, class.name
    ))
}

/// A method that takes the place of a command's own.
struct Method<'a> {
    outcome: &'a Outcome,
    name: &'a str,
    function: &'a Value,
    base: &'a Value,
}

impl Method<'_> {
    /// Whether it calls the base's own once, whatever happens, and does nothing else that a file depends on.
    fn is_inert(&self, body: &[Stmt]) -> bool {
        body.iter().filter(|statement| self.calls_base(statement)).count() == 1
            && body.iter().all(|statement| self.calls_base(statement) || only_tells(statement))
    }

    /// `base.run(self)`, `super().run()`, `return super(Own, self).run()`.
    fn calls_base(&self, statement: &Stmt) -> bool {
        let expression = match statement {
            Stmt::Expr(statement) => &statement.value,
            Stmt::Return(ast::StmtReturn { value: Some(value), .. }) => value,
            _ => return false,
        };
        let Expr::Call(call) = &**expression else { return false };
        let Expr::Attribute(attribute) = &*call.func else { return false };
        if attribute.attr.as_str() != self.name || !call.keywords.is_empty() {
            return false;
        }
        match (&*attribute.value, call.args.as_slice()) {
            (Expr::Call(inner), []) => is_name(&inner.func, "super"),
            (class, [argument]) => is_name(argument, "self") && self.is_base(class),
            _ => false,
        }
    }

    /// Whether an expression names the class that the command derives from.
    fn is_base(&self, expression: &Expr) -> bool {
        let Expr::Name(name) = expression else { return false };
        match (self.outcome.global(self.function, name.id.as_str()).map(|value| value.data), &self.base.data)
        {
            (Some(Data::Class(named)), Data::Class(base)) => std::ptr::eq(named, *base),
            (Some(Data::Object(named)), Data::Object(base)) => named == *base,
            _ => false,
        }
    }

    /// The recipe for data files beside the packages: `install_dir` is taken from `install_lib` of the install command.
    fn goes_to_library(&self, body: &[Stmt]) -> bool {
        let steps: Vec<&Stmt> = body.iter().filter(|statement| !is_docstring(statement)).collect();
        let (last, before) = match steps.split_last() {
            Some((last, before)) => (*last, before),
            None => return false,
        };
        match self.name {
            // install_cmd = self.get_finalized_command('install'); self.install_dir = getattr(install_cmd, 'install_lib')
            "run" => {
                let [Stmt::Assign(command), Stmt::Assign(directory)] = before else { return false };
                let ([Expr::Name(local)], [Expr::Attribute(target)]) =
                    (command.targets.as_slice(), directory.targets.as_slice())
                else {
                    return false;
                };
                let finalized = self_call(&command.value, "get_finalized_command")
                    .is_some_and(|arguments| matches!(arguments, [name] if is_text(name, "install")));
                let library = match &*directory.value {
                    Expr::Attribute(attribute) => {
                        is_name(&attribute.value, &local.id) && attribute.attr.as_str() == "install_lib"
                    }
                    Expr::Call(call) => {
                        is_name(&call.func, "getattr")
                            && matches!(call.args.as_slice(), [object, name] if is_name(object, &local.id) && is_text(name, "install_lib"))
                    }
                    _ => false,
                };
                finalized
                    && library
                    && is_name(&target.value, "self")
                    && target.attr.as_str() == "install_dir"
                    && self.calls_base(last)
            }
            // self.set_undefined_options('install', ('install_lib', 'install_dir')), before or after the base's own
            "finalize_options" => {
                let [first] = before else { return false };
                let sets = |statement: &Stmt| {
                    let Stmt::Expr(statement) = statement else { return false };
                    let pair = |pair: &Expr| match pair {
                        Expr::Tuple(tuple) => {
                            matches!(tuple.elts.as_slice(), [from, to] if is_text(from, "install_lib") && is_text(to, "install_dir"))
                        }
                        _ => false,
                    };
                    self_call(&statement.value, "set_undefined_options")
                        .is_some_and(|arguments| matches!(arguments, [command, option] if is_text(command, "install") && pair(option)))
                };
                // The base's own gives `install_dir` a value, so it comes second.
                sets(first) && self.calls_base(last)
            }
            _ => false,
        }
    }
}

fn is_name(expression: &Expr, wanted: &str) -> bool {
    matches!(expression, Expr::Name(name) if name.id.as_str() == wanted)
}

/// Whether a statement looks, remembers in a local name, or tells people something.
fn only_tells(statement: &Stmt) -> bool {
    let all = |body: &[Stmt]| body.iter().all(only_tells);
    match statement {
        Stmt::Pass(_) => true,
        Stmt::Expr(statement) => only_looks(&statement.value),
        Stmt::Assign(statement) => {
            statement.targets.iter().all(|target| matches!(target, Expr::Name(_)))
                && only_looks(&statement.value)
        }
        Stmt::If(statement) => only_looks(&statement.test) && all(&statement.body) && all(&statement.orelse),
        _ => false,
    }
}

fn only_looks(expression: &Expr) -> bool {
    match expression {
        Expr::Constant(_) | Expr::Name(_) => true,
        Expr::Attribute(attribute) => only_looks(&attribute.value),
        Expr::Subscript(subscript) => only_looks(&subscript.value) && only_looks(&subscript.slice),
        Expr::BinOp(operation) => only_looks(&operation.left) && only_looks(&operation.right),
        Expr::UnaryOp(operation) => only_looks(&operation.operand),
        Expr::BoolOp(operation) => operation.values.iter().all(only_looks),
        Expr::Compare(comparison) => {
            only_looks(&comparison.left) && comparison.comparators.iter().all(only_looks)
        }
        Expr::List(list) => list.elts.iter().all(only_looks),
        Expr::Tuple(tuple) => tuple.elts.iter().all(only_looks),
        Expr::JoinedStr(text) => text.values.iter().all(only_looks),
        Expr::FormattedValue(value) => only_looks(&value.value),
        Expr::Call(call) => {
            let arguments =
                call.args.iter().chain(call.keywords.iter().map(|keyword| &keyword.value)).all(only_looks);
            // `print(…, file=…)` may write a file.
            let to_file = call
                .keywords
                .iter()
                .any(|keyword| keyword.arg.as_ref().is_none_or(|name| name.as_str() == "file"));
            arguments && !to_file && calls_what_looks(&call.func)
        }
        _ => false,
    }
}

fn calls_what_looks(function: &Expr) -> bool {
    match function {
        Expr::Name(name) => {
            let name = name.id.as_str();
            LOOKING.contains(&name) || matches!(name, "print" | PRINT | REPR)
        }
        Expr::Attribute(attribute) => {
            let name = attribute.attr.as_str();
            let to_stream = || matches!(&*attribute.value, Expr::Attribute(stream) if STREAMS.contains(&stream.attr.as_str()));
            let harmless = match name {
                "write" | "flush" => to_stream(),
                _ => LOOKING.contains(&name) || TELLING.contains(&name),
            };
            harmless && only_looks(&attribute.value)
        }
        _ => false,
    }
}

/// The arguments of `self.name(…)`.
fn self_call<'a>(expression: &'a Expr, name: &str) -> Option<&'a [Expr]> {
    let Expr::Call(call) = expression else { return None };
    let Expr::Attribute(attribute) = &*call.func else { return None };
    (is_name(&attribute.value, "self") && attribute.attr.as_str() == name && call.keywords.is_empty())
        .then_some(call.args.as_slice())
}

fn is_text(expression: &Expr, wanted: &str) -> bool {
    matches!(expression, Expr::Constant(constant) if matches!(&constant.value, Constant::Str(text) if text == wanted))
}

fn is_docstring(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(statement) if matches!(&*statement.value, Expr::Constant(_)))
}

//! `pkg_resources`, which setuptools has until 82: requirements, versions, files of the project's packages, and what is
//! installed in a clean build environment, which is next to nothing.
//!
//! Not modelled: environments, working sets of one's own, entry points, zipped packages.

use super::importlib_metadata::{Installed, installed};
use super::packaging::{self, INVALID_REQUIREMENT, REQUIREMENT, SPECIFIER_SET, version};
use super::{loading, releases};
use crate::eval::module::{Class, Entry, Member, Module, Native, function};
use crate::eval::{Arguments, Evaluator, Raised, Value, exceptions};
use crate::packaging::requirement_text;

pub(super) static MODULES: &[&Module] = &[&MODULE, &EXTERN];

static MODULE: Module = Module { name: "pkg_resources", members: MEMBERS, available: Some(is_there) };
static EXTERN: Module = Module { name: "pkg_resources.extern", members: &[], available: Some(has_extern) };

type Result = std::result::Result<Value, Raised>;

fn is_there(cx: &mut Evaluator<'_>) -> bool {
    releases::before(cx, &[82])
}

pub(super) fn has_extern(cx: &mut Evaluator<'_>) -> bool {
    releases::before(cx, &[71])
}

const WORKING_SET: &str = "what else is installed depends on the environment that builds";

const MEMBERS: &[Entry] = &[
    ("ContextualVersionConflict", Member::Class(&VERSION_CONFLICT)),
    ("Distribution", Member::Class(&DISTRIBUTION)),
    ("DistributionNotFound", Member::Class(&NOT_FOUND)),
    ("ExtractionError", Member::Class(&EXTRACTION_ERROR)),
    ("PEP440Warning", Member::Class(&exceptions::RUNTIME_WARNING)),
    ("Requirement", Member::Class(&OWN_REQUIREMENT)),
    ("RequirementParseError", Member::Class(&INVALID_REQUIREMENT)),
    ("ResolutionError", Member::Class(&RESOLUTION_ERROR)),
    ("UnknownExtra", Member::Class(&UNKNOWN_EXTRA)),
    ("VersionConflict", Member::Class(&VERSION_CONFLICT)),
    ("add_activation_listener", Member::Ignored),
    ("cleanup_resources", Member::Ignored),
    ("declare_namespace", Member::Ignored),
    ("evaluate_marker", function("(text, extra=None)", evaluate_marker)),
    ("fixup_namespace_packages", Member::Ignored),
    ("get_build_platform", Member::Opaque("the platform of the machine that builds is not known")),
    ("get_distribution", function("(dist)", get_distribution)),
    ("get_platform", Member::Opaque("the platform of the machine that builds is not known")),
    ("get_supported_platform", Member::Opaque("the platform of the machine that builds is not known")),
    ("invalid_marker", function("(text)", invalid_marker)),
    ("iter_entry_points", Member::Opaque(WORKING_SET)),
    ("load_entry_point", function("(dist, group, name)", get_distribution)),
    ("parse_requirements", function("(strs)", parse_requirements)),
    ("parse_version", function("(v)", |cx, a| version::parse(cx, &a.get(0)))),
    ("require", function("(*requirements)", require)),
    (
        "resource_exists",
        function("(package, name)", |cx, a| {
            let path = resource(cx, a)?;
            Ok(Value::bool(cx.exists(&path)?))
        }),
    ),
    (
        "resource_filename",
        function("(package, name)", |cx, a| {
            let path = resource(cx, a)?;
            Ok(cx.native_text(&path))
        }),
    ),
    (
        "resource_isdir",
        function("(package, name)", |cx, a| {
            let path = resource(cx, a)?;
            Ok(Value::bool(cx.is_directory(&path)?))
        }),
    ),
    (
        "resource_listdir",
        function("(package, name)", |cx, a| {
            let path = resource(cx, a)?;
            let names = cx.list_directory(&path)?;
            let names = names.iter().map(|(name, _)| cx.native_text(name)).collect();
            Ok(cx.list(names))
        }),
    ),
    ("resource_stream", function("(package, name)", resource_stream)),
    (
        "resource_string",
        function("(package, name)", |cx, a| {
            let path = resource(cx, a)?;
            Ok(Value::bytes(cx.read_file(&path)?))
        }),
    ),
    (
        "safe_extra",
        function("(extra)", |cx, a| {
            let text = cx.text_of(&a.get(0))?;
            let safe = replaced(&text, |c| c.is_ascii_alphanumeric() || ".-".contains(c), '_');
            Ok(cx.native_text(&safe.to_lowercase()))
        }),
    ),
    (
        "safe_name",
        function("(name)", |cx, a| {
            let text = cx.text_of(&a.get(0))?;
            Ok(cx.native_text(&safe_name(&text)))
        }),
    ),
    ("safe_version", function("(version)", safe_version)),
    ("set_extraction_path", Member::Ignored),
    (
        "to_filename",
        function("(name)", |cx, a| {
            let text = cx.text_of(&a.get(0))?;
            Ok(cx.native_text(&text.replace('-', "_")))
        }),
    ),
    ("working_set", Member::Constant(working_set)),
    (
        "yield_lines",
        function("(strs)", |cx, a| {
            let mut lines = Vec::new();
            yield_lines(cx, &a.get(0), &mut lines, 0)?;
            let lines = lines.iter().map(|line| cx.native_text(line)).collect();
            Ok(cx.iterator(lines))
        }),
    ),
];

macro_rules! exception {
    ($ident:ident $name:literal $base:expr) => {
        static $ident: Class =
            Class { name: $name, module: "pkg_resources", bases: &[$base], members: &[], new: None };
    };
}

exception!(RESOLUTION_ERROR "ResolutionError" &exceptions::EXCEPTION);
exception!(UNKNOWN_EXTRA "UnknownExtra" &RESOLUTION_ERROR);
exception!(EXTRACTION_ERROR "ExtractionError" &exceptions::RUNTIME_ERROR);

static VERSION_CONFLICT: Class = Class {
    name: "VersionConflict",
    module: "pkg_resources",
    bases: &[&RESOLUTION_ERROR],
    members: &[
        ("dist", Member::Property(|cx, this| argument(cx, this, 0))),
        ("req", Member::Property(|cx, this| argument(cx, this, 1))),
    ],
    new: None,
};

static NOT_FOUND: Class = Class {
    name: "DistributionNotFound",
    module: "pkg_resources",
    bases: &[&RESOLUTION_ERROR],
    members: &[
        ("__str__", function("(self)", not_found_text)),
        ("req", Member::Property(|cx, this| argument(cx, this, 0))),
    ],
    new: None,
};

fn argument(cx: &mut Evaluator<'_>, this: &Value, index: i64) -> Result {
    let args = cx.get_attribute(this, "args")?;
    cx.get_item(&args, &Value::int(index))
}

fn not_found_text(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let requirement = argument(cx, &arguments.get(0), 0)?;
    let requirement = cx.display(&requirement)?;
    let text = format!("The '{requirement}' distribution was not found and is required by the application");
    Ok(cx.native_text(&text))
}

/// Whether a marker holds for the target; `extra` never had a meaning here.
fn evaluate_marker(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = cx.text_of(&arguments.get(0))?;
    match requirement_text::check_marker(text.trim()) {
        Ok(()) => packaging::marker_holds(cx, &text),
        Err(error) => Err(cx.error(&exceptions::SYNTAX_ERROR, format!("{}: '{text}'", error.message))),
    }
}

/// `False` for a marker, the SyntaxError for anything else.
fn invalid_marker(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = cx.text_of(&arguments.get(0))?;
    match requirement_text::check_marker(text.trim()) {
        Ok(()) => Ok(Value::bool(false)),
        Err(error) => match cx.error(&exceptions::SYNTAX_ERROR, error.message) {
            Raised::Exception(exception) => Ok(exception),
            other => Err(other),
        },
    }
}

/// Runs of other characters become one `with`.
fn replaced(text: &str, keep: impl Fn(char) -> bool, with: char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut replaced = false;
    for c in text.chars() {
        if keep(c) {
            out.push(c);
        } else if !replaced {
            out.push(with);
        }
        replaced = !keep(c);
    }
    out
}

fn safe_name(text: &str) -> String {
    replaced(text, |c| c.is_ascii_alphanumeric() || c == '.', '-')
}

fn safe_version(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = cx.text_of(&arguments.get(0))?;
    let safe = match text.trim().parse::<crate::packaging::Version>() {
        Ok(version) => version.to_string(),
        Err(_) => safe_name(&text.replace(' ', ".")),
    };
    Ok(cx.native_text(&safe))
}

/// The lines of texts, nested as may be, blanks and comment lines left out.
fn yield_lines(
    cx: &mut Evaluator<'_>,
    value: &Value,
    lines: &mut Vec<String>,
    depth: usize,
) -> std::result::Result<(), Raised> {
    if let Ok(text) = cx.text_of(value) {
        cx.charge_bytes(text.len().saturating_mul(4))?;
        let found = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.extend(found.map(str::to_owned));
        return Ok(());
    }
    if depth > 64 {
        return Err(cx.unknown("lists nest too deeply"));
    }
    for item in cx.items(value)? {
        cx.charge_steps(1)?;
        yield_lines(cx, &item, lines, depth + 1)?;
    }
    Ok(())
}

static OWN_REQUIREMENT: Class = Class {
    name: "Requirement",
    module: "pkg_resources",
    bases: &[&REQUIREMENT],
    members: &[
        ("__contains__", function("(self, item)", has)),
        (
            "__init__",
            function("(self, requirement_string)", |cx, a| {
                let text = cx.text_of(&a.get(1))?;
                fill(cx, &a.get(0), &text)?;
                Ok(Value::NONE)
            }),
        ),
        (
            "__repr__",
            function("(self)", |cx, a| {
                let text = cx.display(&a.get(0))?;
                Ok(cx.native_text(&format!("Requirement.parse('{text}')")))
            }),
        ),
        (
            "parse",
            Member::StaticMethod(Native::new("(s)", |cx, a| {
                let text = cx.text_of(&a.get(0))?;
                requirement(cx, &text)
            })),
        ),
    ],
    new: None,
};

fn requirement(cx: &mut Evaluator<'_>, text: &str) -> Result {
    let made = cx.instance(&OWN_REQUIREMENT);
    fill(cx, &made, text)?;
    Ok(made)
}

/// What a requirement has here beside what it has in `packaging`.
fn fill(cx: &mut Evaluator<'_>, this: &Value, text: &str) -> std::result::Result<(), Raised> {
    packaging::fill_requirement(cx, this, text)?;
    let name = cx.get_attribute(this, "name")?;
    cx.put_attribute(this, "unsafe_name", name.clone());
    let project = safe_name(&cx.text_of(&name)?);
    let key = cx.native_text(&project.to_lowercase());
    cx.put_attribute(this, "key", key);
    let project = cx.native_text(&project);
    cx.put_attribute(this, "project_name", project);
    let extras = cx.get_attribute(this, "extras")?;
    let extras = cx.items(&extras)?;
    let extras = if extras.len() < 2 {
        Value::tuple(extras)
    } else {
        cx.unknown_value("the order of several extras differs from run to run")
    };
    cx.put_attribute(this, "extras", extras);
    let set = cx.get_attribute(this, "specifier")?;
    if set.is_unknown() {
        cx.put_attribute(this, "specs", set);
        return Ok(());
    }
    let clauses = packaging::clauses(cx, &set)?;
    let specs = if clauses.len() < 2 {
        let pair = |cx: &Evaluator<'_>, (operator, version): &(String, String)| {
            Value::tuple(vec![cx.native_text(operator), cx.native_text(version)])
        };
        let pairs = clauses.iter().map(|clause| pair(cx, clause)).collect();
        cx.list(pairs)
    } else {
        cx.unknown_value("the order of several specifiers differs from run to run")
    };
    cx.put_attribute(this, "specs", specs);
    Ok(())
}

/// `version in requirement`, pre-releases included.
fn has(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (this, mut item) = (arguments.get(0), arguments.get(1));
    if cx.is_instance(&item, &DISTRIBUTION) {
        let key = cx.get_attribute(&item, "key")?;
        let own = cx.get_attribute(&this, "key")?;
        if !cx.equal(&key, &own)? {
            return Ok(Value::bool(false));
        }
        item = cx.get_attribute(&item, "version")?;
    }
    let set = cx.get_attribute(&this, "specifier")?;
    if !cx.is_instance(&set, &SPECIFIER_SET) {
        return Err(cx.unknown("specifiers that the script replaced"));
    }
    packaging::contains(cx, &set, &item, Some(&Value::bool(true)))
}

fn parse_requirements(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mut lines = Vec::new();
    yield_lines(cx, &arguments.get(0), &mut lines, 0)?;
    let mut found = Vec::new();
    for line in requirement_text::lines(&lines) {
        // An object with a dict of its own.
        cx.charge_bytes(1_000 + line.len().saturating_mul(4))?;
        found.push(requirement(cx, &line)?);
    }
    Ok(cx.iterator(found))
}

static DISTRIBUTION: Class =
    Class { name: "Distribution", module: "pkg_resources", bases: &[], members: &[], new: None };

/// A distribution of which nothing but name and version is known.
fn distribution(cx: &mut Evaluator<'_>, name: &str, version: Option<&str>) -> Value {
    let made = cx.instance(&DISTRIBUTION);
    let unknown = cx.unknown_value(WORKING_SET);
    cx.open_attributes(&made, &unknown);
    let (project, key) = (cx.native_text(name), cx.native_text(&name.to_lowercase()));
    cx.put_attribute(&made, "project_name", project);
    cx.put_attribute(&made, "key", key);
    if let Some(version) = version {
        let version = cx.native_text(version);
        cx.put_attribute(&made, "version", version.clone());
        if let Ok(parsed) = version::parse(cx, &version) {
            cx.put_attribute(&made, "parsed_version", parsed);
        }
    }
    made
}

/// The distribution that a requirement asks for, or the exception that it is not there or too old.
fn provide(cx: &mut Evaluator<'_>, wanted: &Value) -> Result {
    let name = cx.get_attribute(wanted, "name")?;
    let name = cx.text_of(&name)?;
    match installed(cx, &name)? {
        // What installs a project is often, but not always, where the project is built.
        Installed::No if name.eq_ignore_ascii_case("pip") => {
            Err(cx.unknown("whether pip is where the project is built, and which, is not known"))
        }
        Installed::No => Err(cx.error_with(&NOT_FOUND, vec![wanted.clone(), Value::NONE])),
        Installed::Stale => Err(cx.unknown(format!("`{name}` has metadata of an earlier build in the tree"))),
        Installed::Yes(version) => {
            let found = distribution(cx, &name, version.as_deref());
            let Some(version) = version else { return Ok(found) };
            let (set, version) = (cx.get_attribute(wanted, "specifier")?, cx.native_text(&version));
            let fits = packaging::contains(cx, &set, &version, Some(&Value::bool(true)))?;
            if cx.truth(&fits)? {
                Ok(found)
            } else {
                Err(cx.error_with(&VERSION_CONFLICT, vec![found, wanted.clone()]))
            }
        }
    }
}

fn get_distribution(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let wanted = arguments.get(0);
    if cx.is_instance(&wanted, &DISTRIBUTION) {
        return Ok(wanted);
    }
    let wanted = match cx.text_of(&wanted) {
        Ok(text) => requirement(cx, &text)?,
        Err(_) => wanted,
    };
    provide(cx, &wanted)
}

fn require(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let wanted = cx.list(arguments.rest().to_vec());
    require_all(cx, &wanted)
}

fn require_all(cx: &mut Evaluator<'_>, wanted: &Value) -> Result {
    let mut lines = Vec::new();
    yield_lines(cx, wanted, &mut lines, 0)?;
    let mut found = Vec::new();
    for line in requirement_text::lines(&lines) {
        let wanted = requirement(cx, &line)?;
        found.push(provide(cx, &wanted)?);
    }
    Ok(cx.list(found))
}

static WORKING_SET_CLASS: Class = Class {
    name: "WorkingSet",
    module: "pkg_resources",
    bases: &[],
    members: &[
        ("__iter__", Member::Opaque(WORKING_SET)),
        ("add", Member::Ignored),
        ("add_entry", Member::Ignored),
        ("by_key", Member::Unknown(WORKING_SET)),
        ("entries", Member::Unknown(WORKING_SET)),
        ("find", Member::Opaque(WORKING_SET)),
        ("iter_entry_points", Member::Opaque(WORKING_SET)),
        (
            "require",
            function("(self, *requirements)", |cx, a| {
                let wanted = cx.list(a.rest().to_vec());
                require_all(cx, &wanted)
            }),
        ),
        ("resolve", Member::Opaque(WORKING_SET)),
        ("subscribe", Member::Ignored),
    ],
    new: None,
};

fn working_set(cx: &mut Evaluator<'_>) -> Result {
    let made = cx.instance(&WORKING_SET_CLASS);
    let unknown = cx.unknown_value(WORKING_SET);
    cx.open_attributes(&made, &unknown);
    Ok(made)
}

/// The path of a resource of a package.
fn resource(cx: &mut Evaluator<'_>, arguments: &Arguments) -> std::result::Result<String, Raised> {
    let package = arguments.get(0);
    if cx.is_instance(&package, &REQUIREMENT) {
        provide(cx, &package)?;
        return Err(cx.unknown(WORKING_SET));
    }
    let name = cx.text_of(&package)?;
    let module = cx.import_module(&name)?;
    let directory = loading::package_directory(cx, &module)?;
    let mut path = directory;
    let name = cx.text_of(&arguments.get(1))?;
    for part in name.split('/').filter(|part| !part.is_empty()) {
        path = loading::beside(cx, &path, part);
    }
    Ok(path)
}

fn resource_stream(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let path = resource(cx, arguments)?;
    let builtins = cx.import_module("builtins")?;
    let (path, mode) = (cx.native_text(&path), cx.native_text("rb"));
    cx.call_method(&builtins, "open", vec![path, mode])
}

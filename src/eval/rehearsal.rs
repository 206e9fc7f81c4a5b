//! A command of the project, run in a copy of the state to see what it would do to the files of a build.
//!
//! Whatever is not followed ends the rehearsal: a command is understood whole or not at all.

use super::files::Stands;
use super::module::Entry;
use super::object::Object;
use super::raised::Raised;
use super::state::{State, Written};
use super::value::{Data, ObjectId, Value};
use super::{CallArguments, Evaluator};
use crate::system::Kind;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where the command build puts a wheel's libraries, below the project's root.
pub const BUILD_LIB: &str = "build/lib";
/// Where the command `install_lib` copies them to (the real name tells the platform; no file may hold it).
pub const INSTALL_LIB: &str = "build/bdist/wheel";
/// Where the command `sdist` puts the files of a source distribution.
pub const RELEASE: &str = "build/release";
/// Stands among the written files once setuptools' own command has run; no path contains it.
const RAN: &str = "\u{1a}ran";
/// Stands in a directory that was made.
const MADE: &str = "\u{1a}made";
/// Before the paths of what was written by the time that setuptools' own command ran.
const BEFORE: &str = "\u{1a}before/";

/// Commands of the project by name, each with what it does or why that is not followed.
pub type Rehearsals = Vec<(String, Result<Written, String>)>;

/// Where the modules come from that build_py copies.
#[derive(Clone, Debug, Default)]
pub struct Copied {
    /// Packages and their directories below the root.
    pub packages: Vec<(String, String)>,
    /// Modules beside packages, and their files.
    pub modules: Vec<(String, String)>,
}

/// What setuptools' own command does to the directories of a build.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    /// It fills [`BUILD_LIB`].
    Builds,
    /// It fills [`INSTALL_LIB`] from [`BUILD_LIB`], which is full before.
    Installs,
    /// Both are full before, and it puts other files into the wheel.
    Beside,
    /// It fills both and packs them up.
    Packs,
    /// It fills [`RELEASE`] and packs that up.
    Releases,
}

/// A rehearsal under way.
#[derive(Debug)]
pub(super) struct Rehearsal {
    work: Work,
    /// The command, once it is made.
    command: Option<Value>,
    /// `None` when the script does not say.
    copied: Option<Copied>,
    /// Why it is not followed to its end.
    stopped: Option<String>,
}

/// What stands at a path once build_py has copied its files.
enum Place {
    /// Outside the directories of a build.
    Elsewhere,
    Nothing,
    Directory,
    /// A copy of this file of the project.
    CopyOf(String),
    /// Package data, of which it is not followed what is copied.
    Unclear,
}

/// Functions without a model that only tell people something, or prepare what is known anyway.
const HARMLESS: &[&str] = &[
    "__init__",
    "__init_subclass__",
    "addHandler",
    "announce",
    "basicConfig",
    "byte_compile",
    "captureWarnings",
    "critical",
    "debug",
    "debug_print",
    "declare_namespace",
    "dump_options",
    "ensure_finalized",
    "ensure_string_list",
    "error",
    "exception",
    "finalize_options",
    "flush",
    "info",
    "initialize_options",
    "log",
    "makedirs",
    "mkdir",
    "print_exc",
    "resetwarnings",
    "setLevel",
    "set_undefined_options",
    "set_verbosity",
    "sleep",
    "warn",
    "warning",
];

impl Evaluator<'_> {
    /// Whether commands of the project are run to see what they do: only a build asks that.
    pub fn rehearses(&self) -> bool {
        self.environment.commands
    }

    /// Whether setup.py is run for a source distribution.
    pub fn is_for_source_distribution(&self) -> bool {
        self.environment.argv.get(1).is_some_and(|command| command == "sdist")
    }

    pub fn is_rehearsing(&self) -> bool {
        self.rehearsal.is_some()
    }

    /// Puts on record that something is not followed, when a command is being run.
    pub fn stop_rehearsal(&mut self, why: impl FnOnce() -> String) {
        if let Some(rehearsal) = &mut self.rehearsal {
            rehearsal.stopped.get_or_insert_with(why);
        }
    }

    /// A call of a function that is passed over.
    pub(super) fn rehearse_ignored(&mut self, entry: &'static Entry, arguments: &CallArguments) {
        let name = entry.0;
        // A stream takes a text, a writer of another kind takes a file.
        let streams = matches!(name, "write" | "writelines")
            && matches!(arguments.positional.last().map(|v| &v.data), Some(Data::Text(_) | Data::Bytes(_)));
        if !streams && !HARMLESS.contains(&name) {
            self.stop_rehearsal(|| format!("it calls `{name}`, which is not followed"));
        }
    }

    /// The command that is being run.
    pub fn rehearsed_command(&self) -> Option<Value> {
        self.rehearsal.as_ref()?.command.clone()
    }

    pub fn set_rehearsed_command(&mut self, command: &Value) {
        if let Some(rehearsal) = &mut self.rehearsal {
            rehearsal.command = Some(command.clone());
        }
    }

    /// What setuptools' own command does that is being run.
    pub fn rehearsed_work(&self) -> Option<Work> {
        self.rehearsal.as_ref().map(|rehearsal| rehearsal.work)
    }

    /// The modules that setuptools' own command copies, as package, name and file.
    pub fn copied_modules(&mut self) -> Result<Option<Vec<[String; 3]>>, Raised> {
        let Some(copied) = self.rehearsal.as_ref().and_then(|rehearsal| rehearsal.copied.clone()) else {
            return Ok(None);
        };
        let mut modules = Vec::new();
        for (package, directory) in &copied.packages {
            for (name, kind) in self.list_directory(if directory.is_empty() { "." } else { directory })? {
                let Some(module) = name.strip_suffix(".py").filter(|module| !module.starts_with('.')) else {
                    continue;
                };
                let file = if directory.is_empty() { name.clone() } else { format!("{directory}/{name}") };
                if kind == Kind::File && file != "setup.py" {
                    modules.push([package.clone(), module.to_owned(), file]);
                }
            }
        }
        for (module, file) in &copied.modules {
            let (package, name) = module.rsplit_once('.').unwrap_or(("", module));
            modules.push([package.to_owned(), name.to_owned(), file.clone()]);
        }
        Ok(Some(modules))
    }

    /// setuptools' own command does its work. It copies only what is newer than what stands there already.
    pub fn run_own_command(&mut self) {
        let Some(work) = self.rehearsed_work() else { return };
        if self.state.written.contains_key(RAN) {
            self.stop_rehearsal(|| "it runs setuptools' own command twice".to_owned());
        }
        let mut before = Vec::new();
        for (path, content) in self.state.written.iter() {
            match (work, path.strip_prefix("build/")) {
                (_, None) | (Work::Beside, _) => {}
                // There was nothing to remove.
                (Work::Builds | Work::Packs | Work::Releases, Some(_)) if content.is_none() => {
                    before.push((path.clone(), None));
                }
                _ if path.strip_prefix(BUILD_LIB).is_some_and(|below| below.starts_with('/')) => {
                    before.push((path.clone(), Some(content.clone())));
                }
                _ if path.ends_with(MADE) => {}
                _ => {
                    let why = format!("it writes `{path}` before setuptools' own command does");
                    return self.stop_rehearsal(|| why);
                }
            }
        }
        let written = Arc::make_mut(&mut self.state.written);
        for (path, content) in before {
            match content {
                Some(content) => drop(written.insert(format!("{BEFORE}{path}"), content)),
                None => drop(written.remove(&path)),
            }
        }
        written.insert(RAN.to_owned(), Some(Data::Bool(true).into()));
    }

    /// Whether a file may hold a setting of a command whose name begins so.
    pub fn has_setting(&self, beginning: &str) -> bool {
        const SECTIONS: &[&str] = &["[bdist_wheel]", "[build]", "[build_py]", "[install]", "[install_lib]"];
        let read =
            |file: &str| self.system.read(file).map(|text| String::from_utf8_lossy(&text).into_owned());
        let mut inside = false;
        read("setup.cfg").is_ok_and(|text| {
            text.lines().any(|line| {
                if line.starts_with('[') {
                    inside = SECTIONS.contains(&line.trim_end());
                }
                inside && line.starts_with(beginning)
            })
        }) || read("pyproject.toml").is_ok_and(|text| text.contains("distutils") && text.contains(beginning))
    }

    /// Whether files stand where setuptools' own command is to put some.
    pub fn is_filled_before(&self) -> bool {
        self.state.written.iter().any(|(path, content)| path.starts_with("build/") && content.is_some())
    }

    /// A module that setuptools' own command does not copy.
    pub fn leave_out(&mut self, package: &str, module: &str) {
        let path = format!("{}/{module}.py", package.replace('.', "/"));
        self.remove_file(&format!("{BUILD_LIB}/{}", path.trim_start_matches('/')));
    }

    /// A copy takes the execute bit of a file with it, which the wheel's files that commands write do not have.
    pub fn copy_mode(&mut self, source: &str) {
        let Some(inside) = self.locate(source).filter(|_| self.is_rehearsing()) else { return };
        let inside = self.copied_from(inside);
        if self.system.metadata(&inside).is_ok_and(|found| found.executable) {
            let why = format!("it copies `{}`, which is executable", inside.escape_debug());
            self.stop_rehearsal(|| why);
        }
    }

    /// `mkpath`.
    pub fn make_directory(&mut self, path: &str) {
        self.write_file(&format!("{path}/{MADE}"), Value::NONE);
    }

    /// Runs a command by `work` and takes everything back. Gives the files that it makes, changes or removes (`None`) below the
    /// wheel's libraries, after setuptools' own command, which it must run once and always. `roots` must be as they were.
    pub fn rehearse(
        &mut self,
        task: Work,
        copied: Option<Copied>,
        roots: &[Value],
        work: impl FnOnce(&mut Self) -> Result<(), Raised>,
    ) -> Result<Written, String> {
        let saved = self.state.clone();
        let budget = self.budget.clone();
        let guarded = std::mem::replace(&mut self.guarded, 0);
        let base = self.alternatives.len();
        let known = (self.diagnostics.len(), self.missing_modules.len(), self.unknown_asserts.len());
        self.rehearsal = Some(Rehearsal { work: task, command: None, copied, stopped: None });
        let result = work(self);
        let stopped = self.rehearsal.take().and_then(|rehearsal| rehearsal.stopped);
        let hangs = self.alternatives.len() > base || self.unknown_asserts.len() > known.2;
        self.alternatives.truncate(base);
        let missing = self.missing_modules.get(known.1).map(|(name, _)| name.clone());
        self.diagnostics.truncate(known.0);
        self.missing_modules.truncate(known.1);
        self.unknown_asserts.truncate(known.2);
        (self.guarded, self.budget) = (guarded, budget);
        let after = std::mem::replace(&mut self.state, saved);
        if let Some(name) = missing {
            return Err(format!("it imports `{name}`, which is not there in a clean build environment"));
        }
        if let Some(why) = stopped {
            return Err(why);
        }
        match result {
            Ok(()) if hangs => return Err("what it does hangs on a condition that is not known".to_owned()),
            Ok(()) => {}
            Err(Raised::Exhausted(_)) => return Err("it takes too long to follow".to_owned()),
            Err(_) => return Err("it raises an exception".to_owned()),
        }
        let effects = (&self.state.effects, &after.effects);
        if effects.0.patches.len() != effects.1.patches.len()
            || effects.0.setup_calls.len() != effects.1.setup_calls.len()
            || is_touched(&self.state, &after, roots)
        {
            return Err("it changes what setup() was given".to_owned());
        }
        self.library(&after, task)
    }

    /// What a rehearsal left below the wheel's libraries.
    fn library(&self, after: &State, work: Work) -> Result<Written, String> {
        if !matches!(after.written.get(RAN), Some(Some(Value { data: Data::Bool(true), .. }))) {
            return Err("it does not always run setuptools' own command".to_owned());
        }
        let mut library = Written::new();
        let mut installed = Written::new();
        for (path, content) in after.written.iter() {
            let same = match (self.state.written.get(path), content) {
                (Some(Some(before)), Some(now)) => before.is(now),
                (Some(None), None) => true,
                _ => false,
            };
            if same
                || path.starts_with('\u{1a}')
                || path.ends_with(MADE)
                || self.stands_so(path, content.as_ref())
            {
                continue;
            }
            let below = |root: &str| path.strip_prefix(root)?.strip_prefix('/');
            let in_time = || {
                let before = after.written.get(&format!("{BEFORE}{path}"));
                work == Work::Builds
                    || matches!((before, content), (Some(Some(a)), Some(b)) if a.is(b))
                    || matches!((before, content), (Some(None), None))
            };
            if work == Work::Releases && content.as_ref().is_none_or(|value| value.as_object().is_none()) {
                let Some(below) = below(RELEASE) else {
                    return Err(format!("it writes `{}`", path.escape_debug()));
                };
                library.insert(below.to_owned(), content.clone());
                continue;
            }
            let (below, place) = match (below(BUILD_LIB), below(INSTALL_LIB)) {
                (Some(below), _) if work != Work::Beside && in_time() => (below, &mut library),
                (_, Some(below)) if matches!(work, Work::Installs | Work::Beside) => (below, &mut installed),
                // Of the project's files setuptools' own command may have copied one as it was in between.
                _ => return Err(format!("it writes `{}`", path.escape_debug())),
            };
            if content.as_ref().is_some_and(|value| value.as_object().is_some()) {
                return Err(format!("it writes `{below}`, whose content is not followed"));
            }
            let told = |text: &str| text.contains(BUILD_LIB) || text.contains(INSTALL_LIB);
            if matches!(content, Some(Value { data: Data::Text(text), .. }) if told(text)) {
                return Err(format!("`{below}` holds the place of the build"));
            }
            place.insert(below.to_owned(), content.clone());
        }
        library.extend(installed);
        Ok(library)
    }

    /// Whether a file of the project holds just what was written to it.
    fn stands_so(&self, path: &str, content: Option<&Value>) -> bool {
        let written: &[u8] = match content.map(|value| &value.data) {
            Some(Data::Text(text)) if text.is_ascii() => text.as_bytes(),
            Some(Data::Bytes(bytes)) => bytes,
            _ => return false,
        };
        !path.starts_with("build/") && self.system.read(path).is_ok_and(|there| there == written)
    }

    fn place(&self, inside: &str) -> Place {
        let Some(rehearsal) = &self.rehearsal else { return Place::Elsewhere };
        if inside != "build" && !inside.starts_with("build/") {
            return Place::Elsewhere;
        }
        let below =
            |root: &str| inside.strip_prefix(root).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        if let Some(below) = below(RELEASE) {
            let ran = matches!(self.state.written.get(RAN), Some(Some(Value { data: Data::Bool(true), .. })));
            return match (below.trim_start_matches('/'), rehearsal.work) {
                (below, Work::Releases) if ran && self.system.is_file(below) => {
                    Place::CopyOf(below.to_owned())
                }
                (_, Work::Releases) if ran => Place::Unclear,
                _ => Place::Nothing,
            };
        }
        let (below, built) = match (below(BUILD_LIB), below(INSTALL_LIB)) {
            (Some(below), _) => (below.trim_start_matches('/'), true),
            (_, Some(below)) => (below.trim_start_matches('/'), false),
            _ => return Place::Nothing,
        };
        let full = match (rehearsal.work, built) {
            (Work::Installs | Work::Beside, true) | (Work::Beside, false) => true,
            (Work::Builds, false) | (Work::Packs | Work::Releases, _) => return Place::Unclear,
            (Work::Builds, true) | (Work::Installs, false) => false,
        };
        match self.state.written.get(RAN) {
            _ if full => {}
            None => return Place::Nothing,
            Some(Some(Value { data: Data::Bool(true), .. })) => {}
            Some(_) => return Place::Unclear,
        }
        let Some(copied) = &rehearsal.copied else { return Place::Unclear };
        let (directory, name) = below.rsplit_once('/').unwrap_or(("", below));
        let path = |package: &str| package.replace('.', "/");
        if below.is_empty()
            || copied.packages.iter().any(|(package, _)| {
                let package = path(package);
                package == below || package.starts_with(&format!("{below}/"))
            })
        {
            return Place::Directory;
        }
        let module = below.strip_suffix(".py").map(|module| module.replace('/', "."));
        if let Some((_, file)) = copied.modules.iter().find(|(known, _)| Some(known) == module.as_ref()) {
            return Place::CopyOf(file.clone());
        }
        let package = copied.packages.iter().find(|(package, _)| path(package) == directory);
        match package {
            Some((_, from)) if module.is_some() => {
                let source = if from.is_empty() { name.to_owned() } else { format!("{from}/{name}") };
                if self.system.metadata(&source).is_ok() { Place::CopyOf(source) } else { Place::Nothing }
            }
            _ if copied
                .packages
                .iter()
                .any(|(package, _)| below.starts_with(&format!("{}/", path(package)))) =>
            {
                Place::Unclear
            }
            // Data files may stand anywhere.
            _ if rehearsal.work == Work::Beside => Place::Unclear,
            _ => Place::Nothing,
        }
    }

    /// What stands at a path of a build's directories that nothing was written to.
    pub(super) fn built_kind(&self, inside: &str) -> Stands {
        match self.place(inside) {
            Place::Elsewhere => Stands::AsBefore,
            Place::Directory => Stands::There(Kind::Directory),
            Place::CopyOf(_) => Stands::There(Kind::File),
            Place::Nothing | Place::Unclear => Stands::Nowhere,
        }
    }

    /// The file of the project that a file of a build's directories is a copy of; others as they are.
    pub(super) fn copied_from(&self, inside: String) -> String {
        match self.place(&inside) {
            Place::CopyOf(source) => source,
            _ => inside,
        }
    }

    /// The names in a directory that setuptools' own commands have filled are not followed.
    pub(super) fn list_built(&mut self, inside: &str) {
        if !matches!(self.place(inside), Place::Elsewhere | Place::Nothing) {
            let why = format!("it looks through `{}`, which is not followed", inside.escape_debug());
            self.stop_rehearsal(|| why);
        }
    }

    /// Looking at package data of a build's directories is not followed.
    pub(super) fn look_at_built(&mut self, inside: &str) {
        if matches!(self.place(inside), Place::Unclear) {
            let why = format!(
                "it looks at `{}`, and which data files are there is not followed",
                inside.escape_debug()
            );
            self.stop_rehearsal(|| why);
        }
    }
}

/// Whether anything that the roots reach was changed.
fn is_touched(before: &State, after: &State, roots: &[Value]) -> bool {
    let mut seen: BTreeSet<ObjectId> = BTreeSet::new();
    let mut tuples = BTreeSet::new();
    let mut pending: Vec<Value> = roots.to_vec();
    while let Some(value) = pending.pop() {
        match &value.data {
            Data::Tuple(items) if tuples.insert(items.as_ptr()) => pending.extend(items.iter().cloned()),
            Data::Object(id) if seen.insert(*id) => {
                if !before.is_same(after, *id) {
                    return true;
                }
                match before.object(*id) {
                    Object::List(list) => pending.extend(list.items.iter().cloned()),
                    Object::Set(set) => pending.extend(set.values()),
                    Object::Dict(dict) => {
                        pending.extend(dict.iter().flat_map(|(_, key, value)| [key.clone(), value.clone()]));
                    }
                    Object::Instance(instance) => pending.push(Value::object(instance.attributes)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    false
}

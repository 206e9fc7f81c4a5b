//! The application file: one zip that finds its Python, unpacks itself once and runs.
//!
//! Layers of the file, first to last: a header (a `sh` script or a `#!` line), the wheels byte for byte under `whl/`,
//! `spx.json` (what is inside and which wheels go with which Python), `spx_sbom.json` (the bill of materials),
//! `spx_find.py` (looks for what was prepared), `spx_start.py` (runs it), `spx_cold.py`, `spx_cache.py`, `spx_install.py`
//! (the cold start), `spx_rare.py` (what most cold starts do without), `spx_settle.py` (the end of a run under Python 2),
//! `spx_tools.py` (`SPX_TOOLS=1`) and `__main__.py`.
//! PEP 441 says what a Python application zip is. With `--layout loose` the same stands in a directory.
//!
//! # How it starts
//!
//! *First run*: `spx_find.py` finds nothing prepared; the cold start checks each wheel's sha256, unpacks it to
//! `whl/<hash>/` in the cache and publishes `app/<id>/<interpreter>/ready`: a marshalled pair of the code of
//! `spx_start.py` and what it needs to know; beside it stands the application's own `site-packages`, of links into the
//! wheels. *Later runs*: `spx_find.py` loads `ready`, whose code compares size and time of every unpacked file (one `stat`
//! each) and the goals of the links, cleans `sys.path`, and runs the entry in the same process. *From the `sh`
//! header* even the zip is not opened: `app/<id>/start` tells which interpreter to start, and `-c` loads `ready`.
//!
//! # Which Python
//!
//! `python3.8 app.pyz` runs under that Python or says in one line which ones fit. The `sh` header takes the first of
//! `python3`, `python`, `python2`, `python3.14` … that fits, and keeps to it for this `PATH` (and `PYENV_VERSION`) while
//! it is there. On Windows `python app.pyz` and `py -3 app.pyz` run both kinds of file; `py app.pyz` and a double click
//! need `#!/usr/bin/env python3` ([`Header::Shebang`]): the launcher of CPython up to 3.13 takes `#!/bin/sh` for a program
//! beside the script and fails, the newer install manager warns and takes its default Python.

mod header;
mod manifest;
pub mod read;
mod sbom;
mod write;

#[cfg(test)]
#[cfg(unix)]
mod tests;

pub use write::{Error, Summary, write, write_loose};

use crate::packaging::{Platform, Python};
use std::fmt;
use std::path::PathBuf;

/// What goes into one application file.
#[derive(Clone, Debug)]
pub struct App {
    /// Said in messages, such as `demo`.
    pub name: String,
    /// Of the project, or of the distribution that was asked for first.
    pub version: Option<String>,
    /// What was asked for, as written: `click>=8`.
    pub requirements: Vec<String>,
    /// In the order they are stored; [`Selection::wheels`] points here.
    pub wheels: Vec<AppWheel>,
    /// The most specific first: at run time the first that fits the interpreter is taken.
    pub selections: Vec<Selection>,
    pub entry: Entry,
    /// Put before the user's arguments.
    pub inject_args: Vec<String>,
    /// Set at start unless the user's environment has the variable.
    pub inject_env: Vec<(String, String)>,
    pub header: Header,
    pub behaviour: Behaviour,
    /// Whether the wheels are deflated in the file; else they are stored byte for byte.
    pub compress: bool,
}

/// How the application behaves at run time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Behaviour {
    pub inherit_path: InheritPath,
    /// Whether `PYTHONPATH` names the application's directories, for the Pythons that it starts.
    pub extend_pythonpath: bool,
    /// Whether imports from the cache write bytecode.
    pub compile: bool,
    /// Whether the `.pth` files of the wheels are run at start, as in a site directory.
    pub pth: bool,
    /// Whether the application's directory is a virtual environment, which `sys.executable` is the Python of. Python 2 and
    /// Windows get `extend_pythonpath` in its place.
    pub venv: bool,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            inherit_path: InheritPath::No,
            extend_pythonpath: false,
            compile: true,
            pth: false,
            venv: false,
        }
    }
}

/// What of the interpreter's own `sys.path` (its site-packages, `PYTHONPATH`) the application sees.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum InheritPath {
    #[default]
    No,
    /// All of it, after the application's own.
    Fallback,
    /// All of it, before the application's own.
    Prefer,
}

impl InheritPath {
    /// The word in the manifest and in `__main__.py`; empty for none.
    fn word(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Fallback => "fallback",
            Self::Prefer => "prefer",
        }
    }
}

/// A wheel and where its bytes are.
#[derive(Clone, Debug)]
pub struct AppWheel {
    /// By PEP 427, such as `demo-1.0-py2.py3-none-any.whl`.
    pub file_name: String,
    /// 64 lower-case hexadecimal digits; checked against the content while writing, and again before unpacking.
    pub sha256: String,
    pub source: WheelSource,
    /// Normalised (PEP 503).
    pub name: String,
    pub version: String,
    /// As its METADATA has it: an SPDX expression or free text.
    pub license: Option<License>,
    pub required_by: Vec<RequiredBy>,
}

impl AppWheel {
    /// A wheel of which nothing is known but what its file name says.
    pub fn new(file_name: String, sha256: String, source: WheelSource) -> Self {
        let mut parts = file_name.trim_end_matches(".whl").split('-');
        let name = parts.next().map(crate::packaging::name::normalize).unwrap_or_default();
        let version = parts.next().unwrap_or_default().to_owned();
        Self { file_name, sha256, source, name, version, license: None, required_by: Vec::new() }
    }
}

/// The licence that a distribution declares.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum License {
    /// SPDX (PEP 639).
    Expression(String),
    /// What `License` says, or a classifier's last words.
    Name(String),
}

/// Who wants a wheel.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct RequiredBy {
    /// Name (normalised) and version of the distribution that says so; `None` for what was asked for.
    pub distribution: Option<(String, String)>,
    /// The requirement as written.
    pub requirement: String,
}

/// Where a wheel's bytes are: one that spx just built, or a file in the download cache (streamed, never held whole).
#[derive(Clone, Debug)]
pub enum WheelSource {
    Bytes(Vec<u8>),
    File(PathBuf),
}

/// Which wheels an interpreter gets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selection {
    pub python: Python,
    /// `None` fits every platform (all wheels are pure).
    pub platform: Option<Platform>,
    /// What `platform.machine()` says: `x86_64`, `aarch64`, `AMD64`, `arm64`; `None` fits every one.
    pub machine: Option<String>,
    /// `None` fits every C library.
    pub libc: Option<Libc>,
    /// `sys.implementation.name`, such as `cpython`, when a wheel is bound to it; `None` fits PyPy too.
    pub implementation: Option<String>,
    /// Indexes into [`App::wheels`] in `sys.path` order: the project first.
    pub wheels: Vec<usize>,
}

impl Selection {
    /// A selection of pure wheels: any platform, any implementation.
    pub fn pure(python: Python, wheels: Vec<usize>) -> Self {
        Self { python, platform: None, machine: None, libc: None, implementation: None, wheels }
    }
}

/// The C library that native Linux wheels need (PEP 600, PEP 656): at least this version.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Libc {
    Glibc(u16, u16),
    Musl(u16, u16),
}

/// What runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Entry {
    /// A file of a wheel's `.data/scripts`, by name; the first selected wheel that has it.
    Script(String),
    /// `sys.exit(attr())`; `attr` may be dotted.
    Function { module: String, attr: String },
    /// As `python -m module`.
    Module(String),
    /// An interactive interpreter that sees the wheels.
    Interpreter,
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Script(name) => write!(f, "script `{name}`"),
            Self::Function { module, attr } => write!(f, "`{module}:{attr}`"),
            Self::Module(name) => write!(f, "`-m {name}`"),
            Self::Interpreter => f.write_str("the interpreter"),
        }
    }
}

/// What the file starts with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Header {
    /// A POSIX `sh` script that finds a Python the application has wheels for.
    Sh,
    /// `#!` and this text, such as `/usr/bin/env python3`.
    Shebang(String),
}

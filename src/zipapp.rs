//! The application file: one zip that finds its Python, unpacks itself once and runs.
//!
//! Layers of the file, first to last: a header (a `sh` script or a `#!` line), the wheels byte for byte under `whl/`,
//! `spx.json` (what is inside and which wheels go with which Python), `spx_install.py` (the cold path) and
//! `__main__.py` (the warm path). PEP 441 says what a Python application zip is.

mod header;
mod manifest;
mod write;

#[cfg(all(test, unix))]
mod tests;

pub use write::{Error, Summary, write};

use crate::packaging::{Platform, Python};
use std::fmt;
use std::path::PathBuf;

/// What goes into one application file.
#[derive(Clone, Debug)]
pub struct App {
    /// Said in messages, such as `demo`.
    pub name: String,
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
}

/// A wheel and where its bytes are.
#[derive(Clone, Debug)]
pub struct AppWheel {
    /// By PEP 427, such as `demo-1.0-py2.py3-none-any.whl`.
    pub file_name: String,
    /// 64 lower-case hexadecimal digits; checked against the content while writing, and again before unpacking.
    pub sha256: String,
    pub source: WheelSource,
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

//! The Python modules that setup.py files use, one file each.

use crate::eval::Module;

mod ast;
mod builtins;
mod builtins_items;
mod builtins_text;
mod codecs;
mod collections;
mod configparser;
mod contextlib;
mod copy;
mod distutils_core;
pub mod fnmatch;
mod functools;
mod glob;
mod hashlib;
mod inert;
mod io;
mod itertools;
mod json;
mod logging;
mod math;
mod operator;
mod os;
mod os_path;
mod pathlib;
mod platform;
pub mod re;
mod setuptools;
pub mod shlex;
mod small;
mod string;
mod sys;
pub mod textwrap;
mod time;
mod versions;
mod warnings;

#[cfg(test)]
mod tests;

/// Every modelled module, sorted by name.
pub static MODULES: &[&Module] = &[
    &configparser::PYTHON2,
    &small::STRING_IO,
    &builtins::PYTHON2_MODULE,
    &small::FUTURE,
    &small::ABC,
    &ast::MODULE,
    &inert::ATEXIT,
    &hashlib::BASE64,
    &builtins::MODULE,
    &small::C_STRING_IO,
    &codecs::MODULE,
    &collections::MODULE,
    &small::COLLECTIONS_ABC,
    &inert::COMMANDS,
    &configparser::MODULE,
    &contextlib::MODULE,
    &copy::MODULE,
    &inert::CTYPES,
    &inert::CTYPES_UTIL,
    &time::DATETIME,
    &distutils_core::PACKAGE,
    &distutils_core::MODULE,
    &small::ERRNO,
    &fnmatch::MODULE,
    &functools::MODULE,
    &inert::GC,
    &inert::GETPASS,
    &glob::MODULE,
    &inert::GZIP,
    &hashlib::MODULE,
    &io::MODULE,
    &itertools::MODULE,
    &json::MODULE,
    &json::DECODER,
    &small::LOCALE,
    &logging::MODULE,
    &math::MODULE,
    &inert::MULTIPROCESSING,
    &operator::MODULE,
    &os::MODULE,
    &os_path::MODULE,
    &pathlib::MODULE,
    &inert::PDB,
    &platform::MODULE,
    &inert::PPRINT,
    &inert::RANDOM,
    &re::MODULE,
    &setuptools::MODULE,
    &shlex::MODULE,
    &inert::SIGNAL,
    &inert::SOCKET,
    &small::STAT,
    &string::MODULE,
    &inert::SUBPROCESS,
    &sys::MODULE,
    &inert::TARFILE,
    &inert::TEMPFILE,
    &textwrap::MODULE,
    &time::MODULE,
    &inert::TRACEBACK,
    &small::TYPES,
    &small::TYPING,
    &inert::URLLIB,
    &inert::URLLIB_ERROR,
    &inert::URLLIB_REQUEST,
    &inert::URLLIB2,
    &inert::UUID,
    &warnings::MODULE,
    &inert::WEBBROWSER,
    &inert::ZIPFILE,
];

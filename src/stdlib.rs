//! The Python modules that setup.py files use, one file each.

use crate::eval::Module;

mod ast;
mod builtins;
mod builtins_items;
mod builtins_numbers;
mod builtins_text;
mod codecs;
mod collections;
mod commands;
mod configparser;
mod contextlib;
mod copy;
mod distutils_core;
mod distutils_modules;
mod distutils_util;
mod distutils_version;
pub mod email;
mod fnmatch;
mod functools;
mod glob;
mod hashlib;
mod imp;
mod importlib;
mod importlib_metadata;
mod inert;
mod inspect;
mod io;
mod itertools;
mod json;
mod loading;
mod logging;
mod machine;
mod math;
mod module_constant;
mod operator;
mod os;
mod os_path;
mod packaging;
mod pathlib;
mod pip;
mod pkg_resources;
mod pkgutil;
mod platform;
pub mod re;
mod releases;
mod runpy;
mod setuptools;
mod setuptools_config;
mod setuptools_modules;
mod setuptools_scm;
pub mod shlex;
mod small;
mod string;
mod sys;
mod sysconfig;
pub mod textwrap;
mod time;
mod versions;
mod warnings;
mod written;

#[cfg(test)]
mod tests;

/// Every modelled module.
pub static MODULES: &[&Module] = &ALL;

static ALL: [&Module; count(FAMILIES)] = joined(FAMILIES);

/// The modules by where they come from.
const FAMILIES: &[&[&Module]] = &[
    STANDARD_LIBRARY,
    commands::MODULES,
    distutils_modules::MODULES,
    distutils_util::MODULES,
    email::MODULES,
    importlib::MODULES,
    importlib_metadata::MODULES,
    packaging::MODULES,
    pip::MODULES,
    pkg_resources::MODULES,
    setuptools_modules::MODULES,
    sysconfig::MODULES,
];

const fn count(families: &[&[&Module]]) -> usize {
    let (mut count, mut family) = (0, 0);
    while family < families.len() {
        count += families[family].len();
        family += 1;
    }
    count
}

const fn joined<const COUNT: usize>(families: &[&[&'static Module]]) -> [&'static Module; COUNT] {
    let mut all = [&builtins::MODULE; COUNT];
    let (mut at, mut family) = (0, 0);
    while family < families.len() {
        let mut module = 0;
        while module < families[family].len() {
            all[at] = families[family][module];
            at += 1;
            module += 1;
        }
        family += 1;
    }
    all
}

/// Modules that stand alone, sorted by name.
const STANDARD_LIBRARY: &[&Module] = &[
    &configparser::PYTHON2,
    &small::STRING_IO,
    &builtins::PYTHON2_MODULE,
    &small::FUTURE,
    &ast::CLASSES,
    &small::ABC,
    &written::ARGPARSE,
    &ast::MODULE,
    &inert::ATEXIT,
    &hashlib::BASE64,
    &builtins::MODULE,
    &small::C_STRING_IO,
    &written::CALENDAR,
    &codecs::MODULE,
    &collections::MODULE,
    &small::COLLECTIONS_ABC,
    &inert::COMMANDS,
    &configparser::MODULE,
    &contextlib::MODULE,
    &copy::MODULE,
    &inert::CTYPES,
    &inert::CTYPES_UTIL,
    &written::DATETIME,
    &distutils_core::PACKAGE,
    &distutils_core::MODULE,
    &distutils_version::MODULE,
    &written::ENUM,
    &small::ERRNO,
    &fnmatch::MODULE,
    &functools::MODULE,
    &inert::GC,
    &inert::GETPASS,
    &glob::MODULE,
    &inert::GZIP,
    &hashlib::MODULE,
    &imp::MODULE,
    &inspect::MODULE,
    &io::MODULE,
    &itertools::MODULE,
    &json::MODULE,
    &json::DECODER,
    &small::LOCALE,
    &logging::MODULE,
    &math::MODULE,
    &inert::MULTIPROCESSING,
    &operator::MODULE,
    &written::OPTPARSE,
    &os::MODULE,
    &os_path::MODULE,
    &pathlib::MODULE,
    &inert::PDB,
    &pkgutil::MODULE,
    &platform::MODULE,
    &inert::PPRINT,
    &inert::RANDOM,
    &re::MODULE,
    &runpy::MODULE,
    &setuptools::MODULE,
    &setuptools_scm::MODULE,
    &shlex::MODULE,
    &written::SHUTIL,
    &inert::SIGNAL,
    &inert::SOCKET,
    &small::STAT,
    &string::MODULE,
    &written::STRUCT,
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

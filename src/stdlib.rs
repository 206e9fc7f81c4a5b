//! The Python modules that setup.py files use, one file each.

use crate::eval::Module;

mod builtins;
mod builtins_items;
mod builtins_text;
mod codecs;
mod distutils_core;
mod io;
mod os;
mod os_path;
mod setuptools;
mod sys;

/// Every modelled module, sorted by name.
pub static MODULES: &[&Module] = &[
    &builtins::PYTHON2_MODULE,
    &builtins::MODULE,
    &codecs::MODULE,
    &distutils_core::PACKAGE,
    &distutils_core::MODULE,
    &io::MODULE,
    &os::MODULE,
    &os_path::MODULE,
    &setuptools::MODULE,
    &sys::MODULE,
];
pub mod fnmatch;
pub mod re;
pub mod shlex;
pub mod textwrap;

//! The Python modules that setup.py files use, one file each.

use crate::eval::Module;

mod builtins;
mod builtins_items;
mod builtins_text;
mod codecs;
mod distutils_core;
pub mod fnmatch;
mod io;
mod os;
mod os_path;
pub mod re;
mod setuptools;
pub mod shlex;
mod sys;
pub mod textwrap;

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

//! The Python modules that setup.py files use, one file each.

pub mod fnmatch;
pub mod re;
pub mod shlex;
pub mod textwrap;

//! spx reads `setup.py` without running it, and builds on what it read.
//!
//! The pipeline, one layer a line, lowest first (`tests/layers.rs` keeps imports going down):
//!
//! 1. [`text`] where things stand, [`system`] the world, [`packaging`] the vocabulary, [`archive`] zip and tar;
//! 2. [`diagnostic`]: what spx has to say, and where;
//! 3. [`syntax`]: text to typed trees with spans; [`index`]: the simple repository API; [`report`]: diagnostics to bytes;
//! 4. [`eval`]: the interpreter of setup.py; [`resolve`]: which versions, for which Pythons;
//! 5. [`stdlib`]: the Python modules that setup.py files use, one file each;
//! 6. [`project`]: setup.py, setup.cfg and pyproject.toml merged, each field with its origin;
//! 7. [`build`]: wheels; [`zipapp`]: the application file; [`lint`]: what is wrong in setup files, and how to mend it;
//! 8. [`ops`]: one function a verb;
//! 9. [`cli`]: what was typed, and what it means.

pub mod archive;
pub mod packaging;
pub mod system;
pub mod text;

pub mod diagnostic;

pub mod index;
pub mod report;
pub mod syntax;

pub mod eval;
pub mod resolve;

pub mod stdlib;

pub mod project;

pub mod build;
pub mod lint;
pub mod zipapp;

pub mod ops;

pub mod cli;

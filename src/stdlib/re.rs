//! Python's `re`: its syntax read into a tree, and two engines that search.
//!
//! [`syntax`] reads a pattern by the rules of one Python version. What is regular runs on `regex-automata` in linear time;
//! look-around, back-references, atomic groups and the rest run on a bounded [`backtrack`] machine. [`pattern`] is the
//! compiled pattern with Python's searches; [`template`] reads the replacement of `sub`.

pub mod backtrack;
pub mod character;
pub mod pattern;
mod program;
pub mod syntax;
pub mod template;
pub mod tree;

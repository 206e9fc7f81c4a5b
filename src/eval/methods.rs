//! The methods of built-in types, one file a type.

pub mod dict;
mod hashed_set;
pub mod list;
pub mod number;
pub mod set;
pub mod text;
pub mod text_case;
pub mod text_codec;
pub mod text_split;
pub mod text_test;

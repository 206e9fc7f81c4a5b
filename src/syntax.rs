//! Text to typed trees with spans, one file a format.

pub mod ini;
pub mod requirements_txt;

//! Text to typed trees with spans, one file a format.

pub mod comments;
pub mod ini;
pub mod manifest_in;
pub mod python;
pub mod python2;
pub mod requirements_txt;
pub mod setup_cfg;
pub mod toml;

//! Text to typed trees with spans, one file a format.

pub mod ini;
pub mod python;
pub mod requirements_txt;
pub mod manifest_in;
pub mod comments;
pub mod python2;
pub mod setup_cfg;
pub mod toml;

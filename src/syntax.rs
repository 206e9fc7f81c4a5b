//! Text to typed trees with spans, one file a format.

pub mod manifest_in;

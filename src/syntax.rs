//! Text to typed trees with spans, one file a format.

pub mod comments;
pub mod python;
pub mod python2;

//! Diagnostics to bytes, one file a format.

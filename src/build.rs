//! Wheels, from a project that was read.

//! Against an index on loopback.

//! The simple repository API: pages, metadata files, wheels, and the cache of them.

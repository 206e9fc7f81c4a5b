//! The one integration binary: spx as its users meet it.
// Tests look at the world from outside: they start programs, read and write files, and say loudly what they skip.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::format_collect
)]

mod app;
mod broken;
mod cli;
mod dependencies;
mod docs;
#[cfg(unix)]
mod everywhere;
mod index_faults;
mod index_real;
mod layers;
mod limits;
mod lint;
mod lock;
mod lsp;
mod sdist;
mod support;
#[cfg(unix)]
mod tools;
mod wheel;

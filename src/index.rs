//! The simple repository API: pages, metadata files, wheels, and the cache of them.
//!
//! [`Settings`] say which indexes there are and how patient spx is; a [`Client`] reads them. What comes from an index is
//! hostile until proven: every transfer is bounded in bytes and time, every file name is parsed before it is used, every
//! hash that was promised is checked, and credentials are never shown.

mod access;
mod archive_at;
mod cache;
pub mod client;
pub mod credentials;
pub mod error;
mod files;
mod find_links;
mod html;
mod http;
mod json;
pub mod known;
mod listed;
mod metadata;
mod names;
mod once;
mod pages;
mod patience;
pub mod progress;
pub mod project_page;
mod ranged;
pub mod settings;
#[cfg(test)]
mod tests;

pub use access::About;
pub use client::Client;
pub use error::{Fault, IndexError, Place};
pub use files::LocalFile;
pub use listed::{Listed, ProjectPage};
pub use progress::{Progress, Quiet, Transfer};
pub use project_page::{CoreMetadata, Distribution, Hashes, IndexFile};
pub use settings::{CacheChoice, Options, PipValue, Settings, pip_configuration_files};
